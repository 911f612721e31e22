//! M17: cycles closed on time, milestones met on time, as counts over counts (`metrics.md` M17).
//!
//! A cycle is due at the end of the day on which its last step is due; a milestone at the end of its own day, in the shop's
//! zone. What is not due yet counts nowhere. A milestone whose date was moved by hand is measured by the date it had from its
//! template or its holiday, or every miss could be moved away; those are counted apart as well. Cycles that were given up and
//! drills are outside.

use super::progress::{settled, steps_of};
use super::{Cycle, CycleStep};
use crate::domain::book::Book;
use crate::domain::compliance::outcome::Period;
use crate::util::clock::{day_in, end_of_day, zone};
use crate::util::text;

/// How well cycles were kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Cycles that were due to be closed.
    pub cycles_due: u64,
    /// Of these, closed by then.
    pub cycles_on_time: u64,
    /// Milestones that were due, those left out included.
    pub milestones_due: u64,
    /// Of these, done by then.
    pub milestones_on_time: u64,
    /// Of the milestones due, left out with a reason: never on time.
    pub milestones_skipped: u64,
    /// Of the milestones due, moved by hand.
    pub milestones_moved: u64,
    /// Of those on time, recorded after their day had ended.
    pub milestones_recorded_late: u64,
}

impl Kept {
    /// Id, name and value of each, in the words of console and paper.
    pub fn named(&self) -> [(&'static str, &'static str, String); 2] {
        [
            (
                "M17",
                "Cycles closed on time",
                format!("{} of {} due", text::count(self.cycles_on_time), text::count(self.cycles_due)),
            ),
            (
                "M17m",
                "Milestones met on time",
                format!(
                    "{} of {} due (left out {}, moved by hand {}, recorded after their day {})",
                    text::count(self.milestones_on_time),
                    text::count(self.milestones_due),
                    text::count(self.milestones_skipped),
                    text::count(self.milestones_moved),
                    text::count(self.milestones_recorded_late),
                ),
            ),
        ]
    }
}

/// Counts what fell due within a period and by an instant, both UTC seconds.
pub fn kept(book: &Book, period: Period, as_of_at: i64) -> Kept {
    let mut kept = Kept::default();
    let until_at = period.to_at.min(as_of_at);
    let counted =
        book.cycles.rows().iter().filter(|cycle| cycle.cancelled_because.is_empty() && !cycle.drill);
    for cycle in counted {
        let steps = steps_of(book, cycle.id);
        if let Some(due_at) = due(book, &steps)
            && (period.from_at..until_at).contains(&due_at)
        {
            kept.cycles_due += 1;
            kept.cycles_on_time += u64::from(closed_by(cycle, due_at));
        }
        for step in steps.into_iter().filter(|step| step.milestone) {
            let due_at = day_end(book, measured_at(step));
            if (period.from_at..until_at).contains(&due_at) {
                count(&mut kept, step, due_at);
            }
        }
    }
    kept
}

fn count(kept: &mut Kept, step: &CycleStep, due_at: i64) {
    kept.milestones_due += 1;
    kept.milestones_skipped += u64::from(step.done_at.is_none() && settled(step));
    kept.milestones_moved += u64::from(moved_by_hand(step));
    if step.done_at.is_some_and(|done| done <= due_at) {
        kept.milestones_on_time += 1;
        kept.milestones_recorded_late +=
            u64::from(step.recorded_at.is_some_and(|recorded| recorded > due_at));
    }
}

/// When a cycle is due to be closed, UTC seconds; nothing for one without steps.
pub fn due(book: &Book, steps: &[&CycleStep]) -> Option<i64> {
    steps.iter().map(|step| measured_at(step)).max().map(|at| day_end(book, at))
}

fn closed_by(cycle: &Cycle, due_at: i64) -> bool {
    cycle.closed_at.is_some_and(|closed| closed <= due_at)
}

/// The date a step is measured by: what a holiday or freeze made of it counts, what a person made of it does not.
pub fn measured_at(step: &CycleStep) -> i64 {
    if moved_by_hand(step) { step.planned_at } else { step.due_at }
}

/// The words a step carries where generating it moved it; anything else was written by a person.
pub const BY_CALENDAR: [&str; 2] = ["shifted by ", "moved before the patch night"];

fn moved_by_hand(step: &CycleStep) -> bool {
    step.due_at != step.planned_at && !BY_CALENDAR.iter().any(|words| step.shifted_because.starts_with(words))
}

fn day_end(book: &Book, at: i64) -> i64 {
    let zone = zone(&book.shop.zone);
    end_of_day(zone, day_in(zone, at))
}
