//! Who holds which role: assignments, hand-overs, leaving, and the fold into three hats.

use chrono::NaiveDate;

use super::super::book::Book;
use super::super::command::{Decision, Edit, Issues, RoleCommand};
use super::super::person::{Departure, DepartureId, Person, PersonId, last_day, why_absent};
use super::super::practice::Practice;
use super::super::role::holder::{assigned_on, roles_in_order};
use super::super::role::{Assignment, AssignmentId, Hat, Part, Role, RoleId, start};
use super::super::row::RowChange;
use super::{Findings, Moment, matrix, one_change, refused, still_as_read};
use crate::util::clock::day_text;
use crate::util::text::line;

pub(super) fn decide(book: &Book, command: RoleCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        RoleCommand::Begin => begin(book, moment),
        RoleCommand::Role(edit) => matrix::save_role(book, *edit, moment),
        RoleCommand::EndRole(id) => matrix::end_role(book, id, moment),
        RoleCommand::Assign(edit) => assign(book, *edit, moment),
        RoleCommand::HandOver { role, to, on, reason } => hand_over(book, role, to, on, &reason, moment),
        RoleCommand::Leave { person, on } => leave(book, person, on, moment),
        RoleCommand::Return(person) => come_back(book, person, moment),
        RoleCommand::Activity(edit) => matrix::save_activity(book, *edit, moment),
        RoleCommand::EndActivity(id) => matrix::end_activity(book, id, moment),
        RoleCommand::AcceptConflict(conflict) => matrix::accept_conflict(book, *conflict, moment),
        RoleCommand::EndConflict(id) => matrix::end_conflict(book, id, moment),
        RoleCommand::Hats { does, approves, looks_over, on } => {
            hats(book, Worn { does, approves, looks_over }, on, moment)
        }
        RoleCommand::Practice(edit) => matrix::save_practice(book, &edit),
    }
}

fn begin(book: &Book, moment: Moment<'_>) -> Result<Decision, Issues> {
    if !book.roles.is_empty() || !book.activities.is_empty() {
        return Err(refused("This register already has roles. Change those, or add one."));
    }
    let mut changes = start::matrix_rows(moment.ids);
    if book.practice.id == 0 {
        changes.push(start::practice_row());
    }
    Ok(Decision { label: "Set up the usual roles and their matrix".to_owned(), changes, batch: None })
}

/// A role that is still used.
pub(super) fn role_in_use(book: &Book, id: RoleId) -> Result<&Role, Issues> {
    match book.roles.get(id.0) {
        Some(role) if role.ended_at.is_none() => Ok(role),
        Some(role) => Err(refused(format!("{} is no longer used. Choose another role.", role.name))),
        None => Err(refused("The role is no longer in the register. Choose another one.")),
    }
}

fn person(book: &Book, id: PersonId) -> Result<&Person, Issues> {
    book.people
        .get(id.0)
        .ok_or_else(|| refused("This person is not in the register: choose somebody who is."))
}

fn assign(book: &Book, edit: Edit<Assignment>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    let role = role_in_use(book, row.role)?;
    if let Some(base) = &base {
        still_as_read(book.assignments.get(base.id.0), base, "The assignment")?;
    }
    row.id = base.as_ref().map_or_else(|| AssignmentId(moment.ids.next()), |base| base.id);
    row.reason = line(&row.reason).into_owned();
    let mut findings = Findings::default();
    check_stretch(book, &row, base.is_some(), &mut findings);
    check_others(book, role, &row, &mut findings);
    findings.done()?;
    let who = book.person_name(Some(row.person));
    let as_what = if row.part == Part::Deputy { "deputy of " } else { "" };
    let label = match (&base, row.until_on) {
        (Some(base), Some(until)) if base.until_on != row.until_on => {
            format!("End {as_what}{} for {who} on {}", role.name, day_text(until))
        }
        (Some(_), _) => format!("Change {as_what}{} of {who}", role.name),
        (None, _) => format!("Make {who} {as_what}{}", role.name),
    };
    Ok(one_change(label, base.as_ref(), &row))
}

/// The days of an assignment, and whether the person is there on them.
fn check_stretch(book: &Book, row: &Assignment, known: bool, findings: &mut Findings) {
    if let Some(until) = row.until_on
        && until < row.from_on
    {
        let from = day_text(row.from_on);
        findings
            .add("until_on", format!("The last day lies before the first, {from}. Choose {from} or later."));
    }
    if !known && let Some(why) = why_absent(book, row.person, row.from_on) {
        findings.add("person", why);
    } else if let Some(last) = last_day(book, row.person)
        && row.until_on.is_none_or(|until| until > last)
    {
        let (name, last) = (book.person_name(Some(row.person)), day_text(last));
        findings.add("until_on", format!("{name} leaves on {last}: choose {last} or earlier."));
    }
}

/// What other assignments of the role say to it.
fn check_others(book: &Book, role: &Role, row: &Assignment, findings: &mut Findings) {
    let others = book.assignments.rows().iter();
    let others = others.filter(|a| a.role == row.role && a.id != row.id);
    for other in others.filter(|a| a.meets(row.from_on, row.until_on)) {
        let name = book.person_name(Some(other.person));
        let since = day_text(other.from_on);
        if other.person == row.person && other.part == row.part {
            findings.add(
                "person",
                format!("{name} already has this part of {} from {since}. Change that one.", role.name),
            );
        } else if other.person == row.person {
            let holder = if row.part == Part::Holder { "stands in for" } else { "holds" };
            findings.add(
                "person",
                format!(
                    "{name} {holder} {} from {since}: nobody is their own deputy. Choose somebody else.",
                    role.name
                ),
            );
        } else if other.part == Part::Holder && row.part == Part::Holder && row.reason.is_empty() {
            findings.add(
                "reason",
                format!(
                    "{name} holds {} from {since}. Hand it over, end that first, or say why both hold it.",
                    role.name
                ),
            );
        }
    }
}

/// An assignment ended on a day; one that would begin later never begins.
fn ended(assignment: &Assignment, on: NaiveDate, reason: &str) -> Assignment {
    let eve = assignment.from_on.pred_opt().unwrap_or(assignment.from_on);
    Assignment { until_on: Some(on.max(eve)), reason: reason.to_owned(), ..assignment.clone() }
}

fn hand_over(
    book: &Book,
    role: RoleId,
    to: PersonId,
    on: NaiveDate,
    reason: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let role = role_in_use(book, role)?;
    let reason = line(reason).into_owned();
    let eve = on.pred_opt().unwrap_or(on);
    let held = || {
        let rows = book.assignments.rows().iter();
        rows.filter(|a| a.role == role.id && a.part == Part::Holder)
    };
    let mut findings = Findings::default();
    if let Some(why) = why_absent(book, to, on) {
        findings.add("to", why);
    } else if let Some(last) = last_day(book, to) {
        findings.add(
            "to",
            format!(
                "{} leaves on {}: choose somebody who stays.",
                book.person_name(Some(to)),
                day_text(last)
            ),
        );
    }
    let before: Vec<&Assignment> = held().filter(|a| a.is_on(eve) && a.from_on < on).collect();
    if before.is_empty() {
        let day = day_text(eve);
        findings.add("role", format!("Nobody holds {} on {day}. Assign it instead.", role.name));
    }
    if held().any(|a| a.person == to && a.meets(on, None)) {
        findings.add("to", format!("{} already holds it then.", book.person_name(Some(to))));
    }
    if let Some(later) = held().find(|a| a.person != to && a.from_on >= on && a.meets(on, None)) {
        let (name, day) = (book.person_name(Some(later.person)), day_text(later.from_on));
        findings.add("on", format!("{name} is to hold it from {day}. Change that assignment first."));
    }
    findings.done()?;
    let why = |words: &str| if reason.is_empty() { words.to_owned() } else { reason.clone() };
    let mut changes = Vec::new();
    for old in before {
        changes.extend(RowChange::update(old, &ended(old, eve, &why("Handed over"))));
    }
    // Nobody is their own deputy.
    let stood_in = book.assignments.rows().iter();
    for old in stood_in
        .filter(|a| a.role == role.id && a.part == Part::Deputy && a.person == to && a.meets(on, None))
    {
        changes.extend(RowChange::update(old, &ended(old, eve, "Became the holder")));
    }
    changes.push(RowChange::create(&Assignment {
        id: AssignmentId(moment.ids.next()),
        role: role.id,
        person: to,
        part: Part::Holder,
        from_on: on,
        until_on: None,
        reason: why("Taken over"),
    }));
    let name = book.person_name(Some(to));
    let label = format!("Hand {} over to {name} from {}", role.name, day_text(on));
    Ok(Decision { label, changes, batch: None })
}

fn leave(book: &Book, who: PersonId, on: NaiveDate, moment: Moment<'_>) -> Result<Decision, Issues> {
    let named = person(book, who)?;
    if let Some(last) = last_day(book, who) {
        let day = day_text(last);
        return Err(refused(format!("{} already leaves on {day}. Take that back first.", named.name)));
    }
    let departure =
        Departure { id: DepartureId(moment.ids.next()), person: who, last_on: on, ended_at: None };
    let mut changes = vec![RowChange::create(&departure)];
    let runs_on = |until: Option<NaiveDate>| until.is_none_or(|until| until > on);
    for old in book.assignments.rows().iter().filter(|a| a.person == who && runs_on(a.until_on)) {
        changes.extend(RowChange::update(old, &ended(old, on, "Left the shop")));
    }
    for old in book.members.rows().iter().filter(|m| m.person == who && runs_on(m.until_on)) {
        let mut new = old.clone();
        new.until_on = Some(on.max(old.from_on.pred_opt().unwrap_or(old.from_on)));
        changes.extend(RowChange::update(old, &new));
    }
    Ok(Decision { label: format!("{} leaves on {}", named.name, day_text(on)), changes, batch: None })
}

fn come_back(book: &Book, who: PersonId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let named = person(book, who)?;
    let open = book.departures.rows().iter();
    let mut changes = Vec::new();
    for old in open.filter(|departure| departure.person == who && departure.ended_at.is_none()) {
        changes.extend(RowChange::update(old, &Departure { ended_at: Some(moment.at), ..old.clone() }));
    }
    if changes.is_empty() {
        return Err(refused(format!("{} has not left.", named.name)));
    }
    Ok(Decision { label: format!("{} is back", named.name), changes, batch: None })
}

/// Who wears which hat.
#[derive(Clone, Copy)]
struct Worn {
    does: PersonId,
    approves: PersonId,
    looks_over: PersonId,
}

fn hats(book: &Book, worn: Worn, on: NaiveDate, moment: Moment<'_>) -> Result<Decision, Issues> {
    let mut findings = Findings::default();
    for (field, who) in [("does", worn.does), ("approves", worn.approves), ("looks_over", worn.looks_over)] {
        if let Some(why) = why_absent(book, who, on) {
            findings.add(field, why);
        } else if let Some(last) = last_day(book, who) {
            let (name, day) = (book.person_name(Some(who)), day_text(last));
            findings.add(field, format!("{name} leaves on {day}: choose somebody who stays."));
        }
    }
    if worn.does == worn.approves {
        findings.add("approves", "Whoever does the work cannot approve it too: name the boss.");
    }
    let roles = roles_in_order(book);
    if roles.is_empty() {
        findings.add("", "There are no roles to fold. Set up the usual roles first.");
    }
    findings.done()?;
    let eve = on.pred_opt().unwrap_or(on);
    let mut changes = Vec::new();
    for role in roles {
        let who = match role.hat {
            Hat::Does => worn.does,
            Hat::Approves => worn.approves,
            Hat::LooksOver => worn.looks_over,
        };
        let keeps = |a: &&Assignment| a.part == Part::Holder && a.person == who && a.until_on.is_none();
        let kept = assigned_on(book, role.id, Part::Holder, on).into_iter().find(keeps).map(|a| a.id);
        let rows = book.assignments.rows().iter();
        for old in rows.filter(|a| a.role == role.id && Some(a.id) != kept && a.meets(on, None)) {
            if old.part == Part::Holder || old.person == who {
                changes.extend(RowChange::update(old, &ended(old, eve, "Roles folded into three hats")));
            }
        }
        if kept.is_none() {
            changes.push(RowChange::create(&Assignment {
                id: AssignmentId(moment.ids.next()),
                role: role.id,
                person: who,
                part: Part::Holder,
                from_on: on,
                until_on: None,
                reason: format!("Hat: {}", role.hat.text().to_lowercase()),
            }));
        }
    }
    let practice = Practice { id: 1, hats: true, ..(*book.practice).clone() };
    if book.practice.id == 0 {
        changes.push(RowChange::create(&practice));
    } else {
        changes.extend(RowChange::update(&*book.practice, &practice));
    }
    let names = [worn.does, worn.approves, worn.looks_over].map(|id| book.person_name(Some(id)));
    let label = format!("{} does, {} approves, {} looks over", names[0], names[1], names[2]);
    Ok(Decision { label, changes, batch: None })
}
