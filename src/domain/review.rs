//! The review of a cycle: what the program already knows when people meet, and what is left to follow up
//! (requirements S1-70, S1-71).
//!
//! Proposes; a meeting is written and its actions are made by people.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::action::{Action, ActionId, Origin};
use super::book::Book;
use super::change::{ChangeRecord, ChangeState};
use super::cycle::{Cycle, CycleId};
use super::emergency::standing::standing;
use super::run::RunEntryId;
use super::run::drift::{drift, drift_text};
use super::run::sheet::{Sheet, Stage};
use super::run::summary::clock_text;
use crate::util::clock::{day_in, text_in};
use crate::util::text::line;

/// An action from a review is due within so many days unless somebody says otherwise.
const ACTION_DAYS: u64 = 30;

/// What the form of a review starts with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefilled {
    /// What went well, as far as log and records say.
    pub good: String,
    /// What to improve, as far as log and records say.
    pub improve: String,
}

/// The nights of a cycle, oldest first; those that did not take place are left out.
fn nights(book: &Book, cycle: CycleId) -> Vec<Sheet<'_>> {
    let of_cycle = book.runs.iter().filter(|run| run.cycle == Some(cycle) && run.stage() != Stage::Cancelled);
    let mut sheets: Vec<Sheet<'_>> = of_cycle.filter_map(|run| Sheet::of(book, run.id)).collect();
    sheets.sort_by_key(|sheet| (sheet.run.planned_at, sheet.run.id));
    sheets
}

/// What is known about a cycle when its review is planned. What there is to talk about is on the agenda.
pub fn prefilled(book: &Book, cycle: &Cycle, zone: Tz, now_at: i64) -> Prefilled {
    let (mut good, mut improve) = (Vec::new(), Vec::new());
    for sheet in nights(book, cycle.id) {
        night(&sheet, zone, now_at, &mut good, &mut improve);
    }
    let mut changes: Vec<&ChangeRecord> = book.changes.iter().filter(|c| c.cycle == Some(cycle.id)).collect();
    changes.sort_by(|a, b| a.number.cmp(&b.number));
    let of = |change: &ChangeRecord| format!("{} {}", change.number, change.title);
    for change in changes {
        match change.ended_as {
            Some(ChangeState::Implemented) => good.push(format!("{}: implemented", of(change))),
            Some(state @ (ChangeState::Partly | ChangeState::RolledBack | ChangeState::Failed)) => {
                improve.push(format!("{}: {}", of(change), state.text().to_lowercase()));
            }
            _ => {}
        }
    }
    if let Some(emergency) = standing(book, cycle.id, now_at)
        && emergency.approval_missed
    {
        improve.push("The approval after the fact did not come in time".to_owned());
    }
    Prefilled { good: good.join("\n"), improve: improve.join("\n") }
}

fn night(sheet: &Sheet<'_>, zone: Tz, now_at: i64, good: &mut Vec<String>, improve: &mut Vec<String>) {
    let drift = drift(sheet, now_at);
    let title = &sheet.run.title;
    let issues = sheet.open_issues();
    match sheet.run.ended_at {
        Some(ended_at) => {
            let text = format!("{title}: ended {}, {}", text_in(zone, ended_at), drift_text(drift.secs()));
            if drift.secs() > super::run::drift::ON_TIME_SECS { improve.push(text) } else { good.push(text) }
        }
        None => improve.push(format!("{title}: {}", sheet.run.stage().text().to_lowercase())),
    }
    if sheet.run.ended_at.is_some() && sheet.standing(super::run::entry::EntryKind::Issue).is_empty() {
        good.push(format!("{title}: no issue was entered"));
    }
    for issue in issues {
        improve.push(format!("{title}: {} {}", clock_text(zone, issue.at), issue.text));
    }
}

/// The action that one issue of a night asks for.
pub fn proposal(sheet: &Sheet<'_>, issue: RunEntryId, zone: Tz, now_at: i64) -> Option<Action> {
    let entry = sheet.entry(issue)?;
    Some(Action {
        id: ActionId(0),
        what: line(&entry.text).into_owned(),
        owner: sheet.run.lead,
        due_on: due_on(zone, now_at),
        origin: Origin::Entry(issue),
        created_at: now_at,
        done_at: None,
        done_by: String::new(),
        result: String::new(),
        dropped_because: String::new(),
    })
}

fn due_on(zone: Tz, now_at: i64) -> Option<NaiveDate> {
    day_in(zone, now_at).checked_add_days(Days::new(ACTION_DAYS))
}
