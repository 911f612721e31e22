//! The agenda of a cycle's review and of the review after an emergency (requirements S1-69 to S1-71).

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::agenda::{Look, actions, first_line, joined, list, milestones, troubles};
use super::{Attendance, MeetingItem, Presence};
use crate::domain::book::Book;
use crate::domain::cycle::generate::is_patching;
use crate::domain::cycle::{Cycle, CycleId};
use crate::domain::person::PersonId;
use crate::domain::run::entry::EntryKind;
use crate::util::clock::{day_in, zone};
use crate::util::text::counted;

/// Who is asked to a review: point persons, and everybody a step names. Nobody votes.
pub fn invited(book: &Book, cycle: &Cycle) -> Vec<Attendance> {
    let steps = book.cycle_steps.rows().iter().filter(|step| step.cycle == cycle.id);
    let named = steps.flat_map(|step| [step.person, step.deputy]).flatten();
    let mut people: Vec<PersonId> = cycle.points.iter().map(|point| point.person).chain(named).collect();
    people.sort_by_key(|person| (book.person_name(Some(*person)), *person));
    people.dedup();
    let asked = |person| Attendance { person, presence: Presence::Absent, deputy: None, votes: false };
    people.into_iter().map(asked).collect()
}

/// The day a cycle's review is due: so many days after its last window as the shop's practice says, Monday to Friday counted.
/// `None` where the cycle has no window yet.
pub fn due_on(book: &Book, cycle: CycleId) -> Option<NaiveDate> {
    let windows = book.cycle_steps.rows().iter().filter(|step| step.cycle == cycle && is_patching(step));
    let last = day_in(zone(&book.shop.zone), windows.map(|step| step.due_at).max()?);
    let days = usize::try_from(book.practice.review_days).ok()?.checked_sub(1)?;
    let weekday = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    last.iter_days().skip(1).filter(weekday).nth(days)
}

/// The agenda of a review; `at` is now, UTC seconds.
pub fn cycle(book: &Book, cycle: &Cycle, at: i64) -> Vec<MeetingItem> {
    let look = Look::new(book, at);
    vec![
        MeetingItem::of("Planned and done", joined(vec![milestones(&look, cycle), late(&look, cycle)])),
        MeetingItem::of("Changes: failures and back-outs", troubles(&look, cycle)),
        MeetingItem::of("Issues of the night", issues(&look, cycle)),
        MeetingItem::of("Open actions", actions(&look)),
    ]
}

/// The agenda of the review after an emergency; `at` is now, UTC seconds.
pub fn emergency(book: &Book, of: &Cycle, at: i64) -> Vec<MeetingItem> {
    let look = Look::new(book, at);
    let mut declared = format!("Declared on {} by {}.", look.day(of.anchor_at), of.declared_by);
    if !of.reason.is_empty() {
        declared.push_str("\nWhy: ");
        declared.push_str(first_line(&of.reason));
    }
    let mut items = vec![
        MeetingItem::of("What happened, and when", declared),
        MeetingItem::of("Interim measures", measures(&look, of)),
        MeetingItem::of("Why the usual path was too slow, and what came of it", String::new()),
    ];
    items.extend(cycle(book, of, at));
    items
}

fn late(look: &Look<'_>, cycle: &Cycle) -> String {
    let steps = look.book.cycle_steps.rows().iter().filter(|step| step.cycle == cycle.id);
    let late = steps.filter(|step| {
        step.skipped_because.is_empty()
            && step.due_at <= look.at
            && step.done_at.is_none_or(|d| d > step.due_at)
    });
    let line = |step: &crate::domain::cycle::CycleStep| {
        let done = step.done_at.map_or_else(|| "not done".to_owned(), |at| format!("done {}", look.day(at)));
        format!("{}, due {}, {done}", step.title, look.day(step.due_at))
    };
    let lines: Vec<String> = late.map(line).collect();
    let skipped = look.book.cycle_steps.rows().iter();
    let skipped = skipped.filter(|step| step.cycle == cycle.id && !step.skipped_because.is_empty());
    let skipped: Vec<String> =
        skipped.map(|step| format!("{}: {}", step.title, step.skipped_because)).collect();
    joined(vec![list("Late or not done", &lines), list("Left out", &skipped)])
}

fn issues(look: &Look<'_>, cycle: &Cycle) -> String {
    let runs: Vec<_> = look.book.runs.rows().iter().filter(|run| run.cycle == Some(cycle.id)).collect();
    let entries = look.book.run_entries.rows().iter().filter(|entry| {
        matches!(entry.kind, EntryKind::Issue | EntryKind::BackOut)
            && runs.iter().any(|run| run.id == entry.run)
    });
    let lines: Vec<String> = entries.map(|entry| first_line(&entry.text).to_owned()).collect();
    match (runs.len(), lines.len()) {
        (0, _) => "No patch night was recorded.".to_owned(),
        (_, 0) => "None was written down.".to_owned(),
        (_, count) => list(&counted(count as u64, "issue", "issues"), &lines),
    }
}

fn measures(look: &Look<'_>, cycle: &Cycle) -> String {
    let rows = look.book.measures.rows().iter().filter(|measure| measure.cycle == cycle.id);
    let line = |measure: &crate::domain::emergency::InterimMeasure| {
        let state = measure
            .removed_at
            .map_or_else(|| "still in force".to_owned(), |at| format!("removed {}", look.day(at)));
        format!("{}, {state}", measure.what)
    };
    let lines: Vec<String> = rows.map(line).collect();
    if lines.is_empty() { "None was taken.".to_owned() } else { list("Taken", &lines) }
}
