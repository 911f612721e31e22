//! Clock times of a runbook as instants of one night, in the shop's zone.
//!
//! After midnight is the next day. A time that the clocks skip moves to the first moment that exists, and that is said.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::runbook::{Runbook, RunbookStep};
use crate::domain::book::Book;
use crate::domain::calendar::zone::{LocalTime, local_time, time_of};
use crate::util::clock::{day_text, text_in};

/// A step of a runbook with its instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The step.
    pub step: &'a RunbookStep,
    /// When it begins, UTC seconds.
    pub planned_at: i64,
    /// What is odd about its time, in words: it does not exist that night, or comes twice.
    pub remark: Option<String>,
}

/// The steps of a runbook for the night of a day, in the order in which they begin; at the same time in the order of their
/// patch groups. Steps whose time cannot be read are left out; the register holds none.
pub fn place<'a>(book: &Book, runbook: &'a Runbook, on: NaiveDate, zone: Tz) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed<'a>> =
        runbook.steps.iter().filter_map(|step| place_one(step, on, zone)).collect();
    let group = |step: &RunbookStep| {
        step.group.and_then(|id| book.groups.get(id.0)).map_or(i64::MIN, |group| group.position)
    };
    placed.sort_by_key(|p| (p.planned_at, group(p.step)));
    placed
}

fn place_one(step: &RunbookStep, on: NaiveDate, zone: Tz) -> Option<Placed<'_>> {
    let day = on.checked_add_days(Days::new(u64::try_from(step.day).ok()?))?;
    let (planned_at, remark) = match local_time(zone, day, time_of(&step.time)?) {
        LocalTime::Once(at) => (at, None),
        LocalTime::Gap(at) => {
            let text = format!(
                "{} does not exist on {}: clocks go forward. \"{}\" is planned for {}.",
                step.time,
                day_text(day),
                step.task,
                text_in(zone, at)
            );
            (at, Some(text))
        }
        LocalTime::Twice(at, _) => {
            let text = format!(
                "{} comes twice on {}: clocks go back. \"{}\" is planned for the first one, {}.",
                step.time,
                day_text(day),
                step.task,
                text_in(zone, at)
            );
            (at, Some(text))
        }
    };
    Some(Placed { step, planned_at, remark })
}
