//! Roles and activities of the matrix, accepted conflicts of duty, and how the shop works.
//!
//! A row of the matrix may break its rules while it is being changed: the findings are shown beside it, not refused.

use std::collections::BTreeSet;

use super::super::book::Book;
use super::super::command::{Decision, Edit, Issues};
use super::super::practice::{Practice, WaiverCap};
use super::super::rating::Rank;
use super::super::role::conflict::{acceptance, conflicts_on};
use super::super::role::{Activity, ActivityId, Assignment, DutyConflict, DutyConflictId, Role, RoleId};
use super::super::row::RowChange;
use super::role::role_in_use;
use super::{Findings, Moment, one_change, refused, still_as_read, today};
use crate::util::text::{fold, line};

/// The longest short form of a role, in characters: it heads a column.
const CODE_MAX: usize = 6;

pub(super) fn save_role(book: &Book, edit: Edit<Role>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.roles.get(base.id.0), base, &base.name)?;
        row.position = base.position;
    } else {
        row.position = book.roles.rows().iter().map(|role| role.position).max().unwrap_or(0) + 1;
    }
    row.id = base.as_ref().map_or_else(|| RoleId(moment.ids.next()), |base| base.id);
    row.ended_at = None;
    for text in [&mut row.code, &mut row.name, &mut row.responsibility, &mut row.job_title] {
        *text = line(text).into_owned();
    }
    let mut findings = Findings::default();
    findings.demand("code", &row.code, "Give the role a short form, such as PC.");
    if row.code.chars().count() > CODE_MAX {
        findings.add("code", "A short form has at most six characters.");
    }
    findings.demand("name", &row.name, "Give the role a name.");
    let used = book.roles.rows().iter().filter(|role| role.id != row.id && role.ended_at.is_none());
    for other in used {
        if !row.code.is_empty() && fold(&other.code) == fold(&row.code) {
            findings
                .add("code", format!("{} is the short form of {}. Choose another.", row.code, other.name));
        }
        if fold(&other.name) == fold(&row.name) {
            findings.add("name", format!("There is already a role called {}.", other.name));
        }
    }
    findings.done()?;
    let label = format!("{} role {}", if base.is_some() { "Change" } else { "Add" }, row.name);
    Ok(one_change(label, base.as_ref(), &row))
}

pub(super) fn end_role(book: &Book, id: RoleId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let role = role_in_use(book, id)?;
    let on = today(book, moment);
    let mut changes: Vec<RowChange> =
        RowChange::update(role, &Role { ended_at: Some(moment.at), ..role.clone() }).into_iter().collect();
    let running = |a: &&Assignment| a.role == id && a.until_on.is_none_or(|until| until > on);
    for old in book.assignments.rows().iter().filter(running) {
        let until_on = Some(on.max(old.from_on.pred_opt().unwrap_or(old.from_on)));
        let new = Assignment { until_on, reason: "The role is no longer used".to_owned(), ..old.clone() };
        changes.extend(RowChange::update(old, &new));
    }
    Ok(Decision { label: format!("Use role {} no longer", role.name), changes, batch: None })
}

pub(super) fn save_activity(
    book: &Book,
    edit: Edit<Activity>,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.activities.get(base.id.0), base, "This row of the matrix")?;
        row.position = base.position;
    } else {
        row.position = book.activities.rows().iter().map(|a| a.position).max().unwrap_or(0) + 1;
    }
    row.id = base.as_ref().map_or_else(|| ActivityId(moment.ids.next()), |base| base.id);
    row.ended_at = None;
    row.name = line(&row.name).into_owned();
    let mut findings = Findings::default();
    findings.demand("name", &row.name, "Say what is done.");
    let mut named = BTreeSet::new();
    for mark in &row.marks {
        if book.roles.get(mark.role.0).is_none() {
            findings.add("marks", "A marked role is no longer in the register. Clear its mark.");
        }
        if !named.insert(mark.role) {
            findings.add("marks", "A role has two marks in this row. Leave one.");
        }
    }
    let rows = book.activities.rows().iter().filter(|a| a.id != row.id && a.ended_at.is_none());
    if let Some(other) = rows.into_iter().find(|a| fold(&a.name) == fold(&row.name)) {
        findings.add("name", format!("The matrix already has a row “{}”.", other.name));
    }
    findings.done()?;
    let label = match &base {
        Some(base) if base.name == row.name => format!("Mark “{}” in the matrix", row.name),
        Some(_) => format!("Change “{}” in the matrix", row.name),
        None => format!("Add “{}” to the matrix", row.name),
    };
    Ok(one_change(label, base.as_ref(), &row))
}

pub(super) fn end_activity(book: &Book, id: ActivityId, moment: Moment<'_>) -> Result<Decision, Issues> {
    match book.activities.get(id.0) {
        Some(row) if row.ended_at.is_none() => {
            let after = Activity { ended_at: Some(moment.at), ..row.clone() };
            Ok(one_change(format!("Take “{}” out of the matrix", row.name), Some(row), &after))
        }
        _ => Err(refused("This row is no longer in the matrix.")),
    }
}

pub(super) fn accept_conflict(
    book: &Book,
    mut row: DutyConflict,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(person) = book.people.get(row.person.0) else {
        return Err(refused("This person is not in the register: choose somebody who is."));
    };
    row.accepted_by = line(&row.accepted_by).into_owned();
    row.instead = line(&row.instead).into_owned();
    let mut findings = Findings::default();
    findings.demand("accepted_by", &row.accepted_by, "Say who accepts it.");
    if fold(&row.accepted_by) == fold(&person.name) {
        findings.add("accepted_by", "Nobody accepts their own conflict of duty: name somebody else.");
    }
    findings.demand(
        "instead",
        &row.instead,
        "Say what takes the place of the separation, such as a second look within five days.",
    );
    if row.change.is_none() {
        let live = conflicts_on(book, today(book, moment));
        if !live.iter().any(|conflict| conflict.rule == row.rule && conflict.person == row.person) {
            findings.add(
                "rule",
                format!("{} has no such conflict now: there is nothing to accept.", person.name),
            );
        } else if acceptance(book, row.rule, row.person).is_some() {
            findings.add("rule", "It is accepted already. End that first to accept it anew.");
        }
    } else if row.change.is_some_and(|change| book.changes.get(change.0).is_none()) {
        findings.add("change", "The change is not in the register.");
    }
    findings.done()?;
    row.id = DutyConflictId(moment.ids.next());
    row.accepted_at = moment.at;
    row.ended_at = None;
    let label = format!("Accept for {}: {}", person.name, row.rule.text().to_lowercase());
    Ok(one_change(label, None, &row))
}

pub(super) fn end_conflict(book: &Book, id: DutyConflictId, moment: Moment<'_>) -> Result<Decision, Issues> {
    match book.duty_conflicts.get(id.0) {
        Some(row) if row.ended_at.is_none() => {
            let after = DutyConflict { ended_at: Some(moment.at), ..row.clone() };
            let name = book.person_name(Some(row.person));
            let label = format!("Accept no longer for {name}: {}", row.rule.text().to_lowercase());
            Ok(one_change(label, Some(row), &after))
        }
        _ => Err(refused("This conflict is not accepted any more.")),
    }
}

pub(super) fn save_practice(book: &Book, edit: &Edit<Practice>) -> Result<Decision, Issues> {
    let as_read = match &edit.base {
        Some(base) => *base == *book.practice,
        None => book.practice.id == 0,
    };
    if !as_read {
        return Err(refused(
            "How the shop works was changed meanwhile. Look at the new values, then save again.",
        ));
    }
    let mut row = edit.row.clone();
    row.id = 1;
    let mut findings = Findings::default();
    for (field, value, least, most, text) in [
        (
            "quiet_days",
            row.quiet_days,
            1,
            90,
            "The quiet period is between 1 and 90 days: an issue needs a day to show.",
        ),
        ("review_days", row.review_days, 1, 60, "A review is due within 1 to 60 working days."),
        ("quorum", row.quorum, 0, 50, "A quorum is between 0 and 50 members; 0 demands none."),
        (
            "desktops_per_night",
            row.desktops_per_night,
            1,
            100_000,
            "Desktops in one night are between 1 and 100 000.",
        ),
    ] {
        if !(least..=most).contains(&value) {
            findings.add(field, text);
        }
    }
    let mut ranks: Vec<Rank> = row.waiver_caps.iter().map(|cap| cap.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    if ranks.len() != row.waiver_caps.len() {
        findings.add("waiver_caps", "Each rank has one cap for its waivers.");
    }
    for cap in &mut row.waiver_caps {
        cap.approvers = cap.approvers.iter().map(|text| line(text).into_owned()).collect();
        cap.approvers.retain(|text| !text.is_empty());
        let (field, rank) = (WaiverCap::field(cap.rank), cap.rank.text().to_lowercase());
        let (days, renewals) = WaiverCap::most(cap.rank);
        if !(1..=days).contains(&cap.days) {
            findings.add(field, format!("A waiver of {rank} risk runs between 1 and {days} days."));
        }
        if !(0..=renewals).contains(&cap.renewals) {
            findings.add(
                field,
                if renewals == 0 {
                    format!(
                        "A waiver of {rank} risk is never renewed: write 0, and ask anew with a new control."
                    )
                } else {
                    format!("A waiver of {rank} risk is renewed 0 times or once: write 0 or 1.")
                },
            );
        }
        if cap.approvers.is_empty() {
            findings.add(field, format!("Say who may accept a waiver of {rank} risk."));
        }
    }
    findings.done()?;
    let before = (book.practice.id != 0).then_some(&*book.practice);
    Ok(one_change("Change how the shop works".to_owned(), before, &row))
}
