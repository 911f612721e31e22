//! How far the twelve steps are (requirement S1-03), and whom the training has reached (requirement S1-10).

use chrono::{Months, NaiveDate};

use crate::domain::book::Book;

use super::table::entries;
use super::{ProgrammeEntry, ProgrammeKind};

/// What a step lacks: status, owner, evidence and date are asked for of each; empty when it is complete.
pub fn step_lacks(row: &ProgrammeEntry) -> Vec<&'static str> {
    let mut lacking = Vec::new();
    if !matches!(row.get("status"), "done" | "repeats") {
        lacking.push("being done");
    }
    for (field, text) in [("owner", "an owner"), ("evidence", "evidence"), ("checked_on", "a date")] {
        if row.get(field).is_empty() {
            lacking.push(text);
        }
    }
    lacking
}

/// Steps that are complete, of all.
pub fn steps_complete(book: &Book) -> (u64, u64) {
    let steps = entries(book, ProgrammeKind::Step);
    let complete = steps.iter().filter(|row| step_lacks(row).is_empty()).count();
    (complete as u64, steps.len() as u64)
}

/// Where the training of an audience stands on one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Who.
    pub audience: String,
    /// What.
    pub topic: String,
    /// How often, in months; `None`: once.
    pub every_months: Option<u32>,
    /// Held last.
    pub last_on: Option<NaiveDate>,
    /// To be held by; `None`: held, and once is enough.
    pub due_on: Option<NaiveDate>,
    /// The next session that is planned.
    pub planned_on: Option<NaiveDate>,
    /// Never held, or longer ago than it may be.
    pub overdue: bool,
}

/// Every audience and topic of the plan with what was held of it, by a day. A topic that was held without a plan is listed too.
pub fn coverage(book: &Book, today: NaiveDate) -> Vec<Coverage> {
    let rows = entries(book, ProgrammeKind::Training);
    let mut list: Vec<Coverage> = Vec::new();
    for row in &rows {
        let (audience, topic) = (row.get("audience"), row.get("topic"));
        let same = |one: &&mut Coverage| one.audience == audience && one.topic == topic;
        let known = list.iter_mut().find(same);
        let one = if let Some(one) = known {
            one
        } else {
            list.push(Coverage {
                audience: audience.to_owned(),
                topic: topic.to_owned(),
                every_months: None,
                last_on: None,
                due_on: None,
                planned_on: None,
                overdue: false,
            });
            let last = list.len() - 1;
            &mut list[last]
        };
        let every = row.number("every_months").and_then(|months| u32::try_from(months).ok());
        one.every_months = one.every_months.or(every.filter(|months| *months > 0));
        if let Some(held) = row.day("held_on").filter(|held| *held <= today) {
            one.last_on = one.last_on.max(Some(held));
        } else {
            let planned = row.day("next_on").filter(|day| *day >= today);
            one.planned_on = match (one.planned_on, planned) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }
    for one in &mut list {
        one.due_on = match (one.last_on, one.every_months) {
            (Some(last), Some(months)) => last.checked_add_months(Months::new(months)),
            _ => None,
        };
        one.overdue = one.last_on.is_none() || one.due_on.is_some_and(|due| due < today);
    }
    list
}
