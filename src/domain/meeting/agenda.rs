//! The agenda of the committee's meeting, made from the register (the twelve points of standards.md 3.5, in our own words).
//!
//! What it says is how things stood when it was made; the minutes keep it so.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use super::{Attendance, Meeting, MeetingItem, MeetingKind, Presence, Standing, last_held};
use crate::domain::action::open_actions;
use crate::domain::book::Book;
use crate::domain::change::ChangeState;
use crate::domain::change::figure::leaves_undone;
use crate::domain::committee::{MailingList, members_on};
use crate::domain::compliance::figures::{Figures, figures};
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::month::{month_period, reference_month};
use crate::domain::cycle::Cycle;
use crate::domain::document::{shipped, standing};
use crate::domain::lifecycle::Supports;
use crate::domain::role::conflict::conflicts_on;
use crate::domain::role::matrix;
use crate::domain::standing::standings;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::counted;

/// Lines of one kind that an item lists before it only counts.
const LISTED: usize = 8;

/// How far ahead expiring waivers are looked for, in days (standards.md 3.5).
const EXPIRING_DAYS: u64 = 60;

/// How far ahead freezes and holidays are looked for, in days.
const CLOSURE_DAYS: u64 = 45;

/// How far ahead the end of servicing is looked for, in days.
const SERVICING_DAYS: u64 = 180;

/// What the register is looked at from.
pub(super) struct Look<'a> {
    pub book: &'a Book,
    pub at: i64,
    pub today: NaiveDate,
}

impl<'a> Look<'a> {
    pub fn new(book: &'a Book, at: i64) -> Self {
        Self { book, at, today: day_in(zone(&book.shop.zone), at) }
    }

    pub fn day(&self, at: i64) -> String {
        day_text(day_in(zone(&self.book.shop.zone), at))
    }

    fn ahead(&self, days: u64) -> NaiveDate {
        self.today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
    }
}

/// Lines under a heading that counts them; the rest is only counted.
pub(super) fn list(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut text = format!("{heading}:");
    for line in lines.iter().take(LISTED) {
        text.push_str("\n- ");
        text.push_str(line);
    }
    if lines.len() > LISTED {
        let _infallible = write!(text, "\n- and {} more", lines.len() - LISTED);
    }
    text
}

/// The parts that say something, one below the other.
pub(super) fn joined(parts: Vec<String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Who is asked to the committee's meeting on a day: every member, not there until ticked.
pub fn invited(book: &Book, on: NaiveDate) -> Vec<Attendance> {
    let members = members_on(book, MailingList::Committee, on);
    let mut asked: Vec<Attendance> = Vec::new();
    for member in members {
        if asked.iter().all(|one| one.person != member.person) {
            asked.push(Attendance {
                person: member.person,
                presence: Presence::Absent,
                deputy: None,
                votes: true,
            });
        }
    }
    asked
}

/// The agenda of a meeting on a day, from the register as it stands; `at` is now, UTC seconds.
pub fn committee(book: &Book, on: NaiveDate, at: i64) -> Vec<MeetingItem> {
    let look = Look::new(book, at);
    let period = month_period(zone(&book.shop.zone), reference_month(look.today));
    let counted = figures(book, at, period);
    vec![
        MeetingItem::of("Who is here, quorum, apologies", attendance(&look, on)),
        MeetingItem::of("Minutes of the last meeting", last_minutes(&look)),
        MeetingItem::of("Open actions", actions(&look)),
        MeetingItem::of("The last cycle: figures, failures, back-outs", last_cycle(&look, &counted)),
        MeetingItem::of("Overdue, the worst first", overdue(&counted)),
        MeetingItem::of("Waivers: new, expiring, expired", waivers(&look)),
        MeetingItem::of("The coming release: rating, go or no go", coming(&look)),
        MeetingItem::of("Windows, freezes, point persons", windows(&look)),
        MeetingItem::of("End of servicing ahead", servicing(&look)),
        MeetingItem::of(DOCUMENTS, documents(&look)),
        MeetingItem::of("Audit: findings and duties in one hand", audit(&look)),
        MeetingItem::of("Anything else, and thanks to the teams", String::new()),
    ]
}

/// The item under which the committee looks at policy and procedure; its decisions are the yearly review (requirement S1-31).
pub const DOCUMENTS: &str = "Policy and procedure";

fn attendance(look: &Look<'_>, on: NaiveDate) -> String {
    let asked = invited(look.book, on).len() as u64;
    let needed = look.book.practice.quorum;
    if asked == 0 {
        return "The committee has no members on that day.".to_owned();
    }
    format!("{} asked, {needed} needed for a quorum.", counted(asked, "member", "members"))
}

fn last_minutes(look: &Look<'_>) -> String {
    let Some(last) = last_held(look.book, MeetingKind::Committee, look.at) else {
        return "This is the first meeting in this register.".to_owned();
    };
    let what = if last.standing() == Standing::Accepted {
        format!("accepted by {}", last.accepted_by)
    } else {
        "still a draft: to be accepted".to_owned()
    };
    format!("{} of {}: {what}.", last.title, look.day(last.at()))
}

pub(super) fn actions(look: &Look<'_>) -> String {
    let open = open_actions(look.book);
    let line = |action: &&crate::domain::action::Action| {
        let owner = match look.book.person_name(action.owner) {
            "" => "nobody",
            name => name,
        };
        let due = action.due_on.map_or_else(|| "no date".to_owned(), |due| format!("by {}", day_text(due)));
        let late = if action.due_on.is_some_and(|due| due < look.today) { ", overdue" } else { "" };
        let carried = match action.carried(look.book) {
            0 => String::new(),
            times => format!(", carried forward {}", counted(times as u64, "time", "times")),
        };
        format!("{} ({owner}, {due}{late}{carried})", action.what)
    };
    let lines: Vec<String> = open.iter().map(line).collect();
    match lines.len() {
        0 => "None is open.".to_owned(),
        count => list(&format!("{} open", counted(count as u64, "action", "actions")), &lines),
    }
}

/// The cycle that began last.
fn newest_cycle<'a>(look: &Look<'a>) -> Option<&'a Cycle> {
    let begun = look.book.cycles.rows().iter();
    let begun = begun.filter(|c| c.anchor_at <= look.at && !c.drill && c.cancelled_because.is_empty());
    begun.max_by_key(|cycle| (cycle.anchor_at, cycle.id))
}

/// Milestones of a cycle that were due, and how many were met in time.
pub(super) fn milestones(look: &Look<'_>, cycle: &Cycle) -> String {
    let due = look.book.cycle_steps.rows().iter();
    let due = due.filter(|step| step.cycle == cycle.id && step.milestone && step.due_at <= look.at);
    let due: Vec<_> = due.filter(|step| step.skipped_because.is_empty()).collect();
    let met = due.iter().filter(|step| step.done_at.is_some_and(|done| done <= step.due_at)).count();
    format!("{}: {met} of {} met on time.", cycle.name, counted(due.len() as u64, "milestone", "milestones"))
}

fn last_cycle(look: &Look<'_>, counted_now: &Figures) -> String {
    let mut parts = vec![format!(
        "Within deadline (M1): {}. Reporting: {}.",
        counted_now.within_deadline().with_counts(),
        counted_now.coverage().with_counts()
    )];
    if let Some(cycle) = newest_cycle(look) {
        parts.push(milestones(look, cycle));
        parts.push(troubles(look, cycle));
    } else {
        parts.push("No cycle has begun in this register.".to_owned());
    }
    joined(parts)
}

/// Changes of a cycle that failed, were taken back or done in part.
pub(super) fn troubles(look: &Look<'_>, cycle: &Cycle) -> String {
    let changes = look.book.changes.rows().iter().filter(|change| change.cycle == Some(cycle.id));
    let (mut lines, mut all) = (Vec::new(), 0_u64);
    for change in changes {
        all += 1;
        let bad = matches!(change.state, ChangeState::Failed | ChangeState::RolledBack | ChangeState::Partly);
        // As M12 has it: a machine that was left undone is an issue, whoever called the change done.
        let undone = leaves_undone(look.book, change.id);
        if bad || undone || !change.issues.is_empty() {
            let words = if change.issues.is_empty() { &change.outcome } else { &change.issues };
            let said = match (words.is_empty(), undone) {
                (false, _) => format!(": {}", first_line(words)),
                (true, true) => ": a machine was left undone".to_owned(),
                (true, false) => String::new(),
            };
            lines.push(format!(
                "{} {}, {}{said}",
                change.number,
                change.title,
                change.state.text().to_lowercase()
            ));
        }
    }
    match (all, lines.len()) {
        (0, _) => "No change record belongs to it.".to_owned(),
        (all, 0) => format!("{}, none with trouble.", counted(all, "change", "changes")),
        (all, _) => list(&format!("{}, with trouble", counted(all, "change", "changes")), &lines),
    }
}

pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn overdue(counted_now: &Figures) -> String {
    let machines = counted_now.in_segment(Segment::Overdue);
    if machines == 0 {
        return "No machine is overdue.".to_owned();
    }
    let ranks = crate::domain::rating::Rank::ALL.iter().zip(&counted_now.tallies);
    let by_rank = ranks.filter_map(|(rank, tallies)| {
        let open: u64 = tallies.iter().map(|tally| u64::from(tally.overdue)).sum();
        (open > 0).then(|| format!("{} {open}", rank.text()))
    });
    let by_rank: Vec<String> = by_rank.collect();
    format!(
        "{} overdue, {} of them silent. Overdue pairs: {}.",
        counted(machines, "machine", "machines"),
        counted_now.overdue_silent(),
        by_rank.join(", ")
    )
}

fn waivers(look: &Look<'_>) -> String {
    let book = look.book;
    let since = last_held(book, MeetingKind::Committee, look.at).map_or(0, Meeting::at);
    let soon_at = crate::util::clock::end_of_day(zone(&book.shop.zone), look.ahead(EXPIRING_DAYS));
    let (mut new, mut expiring, mut expired) = (Vec::new(), Vec::new(), Vec::new());
    for waiver in book.waivers.rows().iter().filter(|waiver| waiver.voided_at.is_none()) {
        let (Some(asset), Some(update)) =
            (book.assets.get(waiver.asset.0), book.updates.get(waiver.update.0))
        else {
            continue;
        };
        let words = format!("{} on {} until {}", update.short_name(), asset.name, look.day(waiver.until_at));
        if waiver.until_at < look.at {
            if waiver.until_at >= since {
                expired.push(words);
            }
            continue;
        }
        if waiver.until_at <= soon_at {
            expiring.push(words.clone());
        }
        if waiver.approved_at > since {
            new.push(words);
        }
    }
    let asked = book.waiver_requests.rows().iter().filter(|request| {
        request.requested_at.is_some() && request.granted_at.is_none() && request.rejected_because.is_empty()
    });
    let asked: Vec<String> =
        asked.map(|request| format!("{} {}", request.number, first_line(&request.reason))).collect();
    let parts = vec![
        list("Waiting for a decision", &asked),
        list("New since the last meeting", &new),
        list(&format!("Expiring within {EXPIRING_DAYS} days"), &expiring),
        list("Expired since the last meeting: the duties are open again", &expired),
    ];
    let text = joined(parts);
    if text.is_empty() { "None is new, expiring or expired.".to_owned() } else { text }
}

fn coming(look: &Look<'_>) -> String {
    let mut parts = Vec::new();
    let next = look.book.cycles.rows().iter();
    let next = next.filter(|c| c.anchor_at > look.at && !c.drill && c.cancelled_because.is_empty());
    match next.min_by_key(|cycle| (cycle.anchor_at, cycle.id)) {
        Some(cycle) => parts.push(format!("{}: day 0 is {}.", cycle.name, look.day(cycle.anchor_at))),
        None => parts.push("No cycle is planned after today.".to_owned()),
    }
    let rated = |update: &crate::domain::update::Update| {
        look.book.ratings.rows().iter().any(|rating| rating.update == update.id)
    };
    let fresh_at = look.at - 35 * crate::util::clock::DAY_SECS;
    let unrated = look.book.updates.rows().iter().filter(|update| {
        (fresh_at..=look.at).contains(&update.released_at)
            && look.book.shop.covered.contains(&update.classification)
            && update.declined_at.is_none()
            && !rated(update)
    });
    let count = unrated.count() as u64;
    if count > 0 {
        let updates = counted(count, "update", "updates");
        parts.push(format!("{updates} of the last 35 days still stand at the suggested rank."));
    }
    joined(parts)
}

fn windows(look: &Look<'_>) -> String {
    let book = look.book;
    let live = || book.windows.rows().iter().filter(|window| window.ended_at.is_none());
    let unagreed =
        live().filter(|w| w.agreed_by.is_none() || w.agreed_until_on.is_some_and(|until| until < look.today));
    let group_name = |id: crate::domain::group::GroupId| {
        book.groups.get(id.0).map_or_else(String::new, |group| group.name.clone())
    };
    let unagreed: Vec<String> =
        unagreed.map(|window| format!("{} ({})", window.name, group_name(window.group))).collect();
    let last = look.ahead(CLOSURE_DAYS);
    let closures = book.closures.rows().iter().filter(|closure| {
        closure.ended_at.is_none() && closure.until_on >= look.today && closure.from_on <= last
    });
    let closures: Vec<String> = closures
        .map(|c| format!("{} {}: {} to {}", c.kind.text(), c.name, day_text(c.from_on), day_text(c.until_on)))
        .collect();
    let cycle = book.cycles.rows().iter().filter(|c| c.closed_at.is_none() && c.cancelled_because.is_empty());
    let points = cycle.max_by_key(|cycle| (cycle.anchor_at, cycle.id)).map(|cycle| {
        let groups = book.groups_in_order().into_iter();
        let without = groups.filter(|group| cycle.points.iter().all(|point| point.group != group.id));
        let names: Vec<String> = without.map(|group| group.name.clone()).collect();
        list(&format!("Groups without a point person in {}", cycle.name), &names)
    });
    let parts = vec![
        format!("{} in force.", counted(live().count() as u64, "window", "windows")),
        list("Not agreed, or agreed no longer", &unagreed),
        list(&format!("Freezes and holidays within {CLOSURE_DAYS} days"), &closures),
        points.unwrap_or_default(),
    ];
    joined(parts)
}

fn servicing(look: &Look<'_>) -> String {
    let last = look.ahead(SERVICING_DAYS);
    let mut ends: BTreeMap<(NaiveDate, String), Vec<&str>> = BTreeMap::new();
    let supports = Supports::new(look.book, look.at);
    for (asset, standing) in look.book.assets.rows().iter().zip(standings(look.book, look.at)) {
        if !standing.counts() {
            continue;
        }
        for end in supports.of(asset).ends {
            if let Some(until) = end.until().filter(|until| *until <= last) {
                ends.entry((until, end.name)).or_default().push(&asset.name);
            }
        }
    }
    let lines = ends.into_iter().map(|((until, product), names)| {
        let verb = if until < look.today { "ended" } else { "ends" };
        let who = match names.as_slice() {
            [only] => (*only).to_owned(),
            many => format!("{} machines", many.len()),
        };
        format!("{who} {product}, {verb} {}", day_text(until))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return format!("No end of servicing is known for the next {SERVICING_DAYS} days.");
    }
    list("Ended, or ending soon", &lines)
}

fn documents(look: &Look<'_>) -> String {
    let year_ago = look.at - 365 * crate::util::clock::DAY_SECS;
    let decided = look.book.meetings.rows().iter().filter(|meeting| {
        meeting.held_at.is_some_and(|at| at <= look.at)
            && meeting.items.iter().any(|item| item.topic == DOCUMENTS && !item.decision.is_empty())
    });
    match decided.max_by_key(|meeting| meeting.held_at) {
        Some(last) if last.at() > year_ago => {
            format!("Last decided on in {} of {}.", last.title, look.day(last.at()))
        }
        Some(last) => {
            format!("Last decided on in {} of {}: the yearly review is due.", last.title, look.day(last.at()))
        }
        None => {
            let policy = standing::keyed(look.book, shipped::POLICY);
            let version = policy.and_then(|policy| standing::in_force_at(look.book, policy.id, look.at));
            match version.and_then(|version| Some((version, version.ratified_at?))) {
                Some((version, at)) if at > year_ago => format!(
                    "Not decided on in a meeting of this register; the policy was ratified by {} on {}.",
                    version.ratified_by,
                    look.day(at)
                ),
                _ => "Never decided on in this register: the yearly review is due.".to_owned(),
            }
        }
    }
}

fn audit(look: &Look<'_>) -> String {
    let found = matrix::findings(look.book, look.today);
    let name = |finding: &matrix::Finding| {
        let row = finding.activity().and_then(|id| look.book.activities.get(id.0));
        let prefix = row.map(|row| format!("{}: ", row.name)).unwrap_or_default();
        format!("{prefix}{}", finding.text(look.book))
    };
    let found: Vec<String> = found.iter().map(name).collect();
    let conflicts = conflicts_on(look.book, look.today);
    let line = |conflict: &crate::domain::role::conflict::Conflict| {
        let who = look.book.person_name(Some(conflict.person));
        let accepted = if conflict.accepted.is_some() { "accepted" } else { "not accepted" };
        format!("{who}: {} ({accepted})", conflict.rule.text().to_lowercase())
    };
    let conflicts: Vec<String> = conflicts.iter().map(line).collect();
    let text = joined(vec![list("The roles matrix", &found), list("Duties in one hand", &conflicts)]);
    if text.is_empty() {
        "The roles matrix holds together and no duty lies in one hand.".to_owned()
    } else {
        text
    }
}
