//! The review of a cycle: what the program already knows when people meet, and what is left to follow up
//! (requirements S1-70, S1-71).
//!
//! Proposes; a meeting is written and its actions are made by people.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::action::{Action, ActionId, Origin};
use super::book::Book;
use super::change::{ChangeRecord, ChangeState};
use super::compliance::figures::Figures;
use super::cycle::{Cycle, CycleId, CycleKind};
use super::emergency::standing::standing;
use super::meeting::{Meeting, MeetingItem, MeetingKind};
use super::run::RunEntryId;
use super::run::drift::{drift, drift_text};
use super::run::sheet::{Sheet, Stage};
use super::run::summary::{clock_text, entry_text};
use crate::util::clock::{day_in, text_in};
use crate::util::text::{counted, line};

/// An action from a review is due within so many days unless somebody says otherwise.
const ACTION_DAYS: u64 = 30;

/// What the form of a review starts with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefilled {
    /// What went well, as far as log and records say.
    pub good: String,
    /// What to improve, as far as log and records say.
    pub improve: String,
    /// The agenda: one item for each thing to talk about.
    pub items: Vec<MeetingItem>,
}

/// The nights of a cycle, oldest first; those that did not take place are left out.
pub fn nights(book: &Book, cycle: CycleId) -> Vec<Sheet<'_>> {
    let of_cycle = book.runs.iter().filter(|run| run.cycle == Some(cycle) && run.stage() != Stage::Cancelled);
    let mut sheets: Vec<Sheet<'_>> = of_cycle.filter_map(|run| Sheet::of(book, run.id)).collect();
    sheets.sort_by_key(|sheet| (sheet.run.planned_at, sheet.run.id));
    sheets
}

/// What is known about a cycle when its review begins. `figures`: the shop's figures as of `now_at`, where they are at hand.
pub fn prefilled(book: &Book, cycle: &Cycle, figures: Option<&Figures>, zone: Tz, now_at: i64) -> Prefilled {
    let mut found = Prefilled::default();
    let (mut good, mut improve) = (Vec::new(), Vec::new());
    if let Some(figures) = figures {
        let brief = format!(
            "Machines within deadline (M1): {}. Overdue: {}.",
            figures.within_deadline().with_counts(),
            counted(u64::from(figures.total.overdue), "pair", "pairs")
        );
        found.items.push(item("Compliance", brief));
    }
    for sheet in nights(book, cycle.id) {
        night(&sheet, zone, now_at, &mut good, &mut improve, &mut found.items);
    }
    let mut changes: Vec<&ChangeRecord> = book.changes.iter().filter(|c| c.cycle == Some(cycle.id)).collect();
    changes.sort_by(|a, b| a.number.cmp(&b.number));
    let of = |change: &ChangeRecord| format!("{} {}", change.number, change.title);
    for change in changes {
        match change.ended_as {
            Some(ChangeState::Implemented) => good.push(format!("{}: implemented", of(change))),
            Some(state @ (ChangeState::Partly | ChangeState::RolledBack | ChangeState::Failed)) => {
                improve.push(format!("{}: {}", of(change), state.text().to_lowercase()));
                found.items.push(item(&of(change), change.issues.clone()));
            }
            _ => {}
        }
    }
    if let Some(emergency) = standing(book, cycle.id, now_at) {
        if emergency.approval_missed {
            improve.push("The approval after the fact did not come in time".to_owned());
        }
        let brief = format!(
            "{}. Decision: {}. Interim measures in force: {}.",
            cycle.reason,
            emergency.decided.text().to_lowercase(),
            emergency.measures.iter().filter(|m| m.removed_at.is_none()).count()
        );
        found.items.push(item(&cycle.name, brief));
    }
    found.good = good.join("\n");
    found.improve = improve.join("\n");
    found
}

fn night(
    sheet: &Sheet<'_>,
    zone: Tz,
    now_at: i64,
    good: &mut Vec<String>,
    improve: &mut Vec<String>,
    items: &mut Vec<MeetingItem>,
) {
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
        items.push(item(&issue.text, format!("{title}: {}", entry_text(sheet, zone, issue))));
    }
}

/// Actions that the open issues of a cycle's nights ask for: the issue, its night's lead where one is named, and a month's time.
/// Their ids are set when they are saved.
pub fn proposals(book: &Book, cycle: CycleId, zone: Tz, now_at: i64) -> Vec<Action> {
    let mut found = Vec::new();
    for sheet in nights(book, cycle) {
        let issues = sheet.open_issues();
        found.extend(issues.iter().filter_map(|issue| proposal(&sheet, issue.id, zone, now_at)));
    }
    found
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

/// A review of a cycle that is over and has none yet, or only a cancelled one.
pub fn is_owed(book: &Book, cycle: &Cycle) -> bool {
    let kind = if cycle.kind == CycleKind::Emergency { MeetingKind::Emergency } else { MeetingKind::Review };
    let held = |meeting: &Meeting| {
        meeting.kind == kind && meeting.cycle == Some(cycle.id) && meeting.cancelled_because.is_empty()
    };
    let over = nights(book, cycle.id).iter().any(|sheet| sheet.run.ended_at.is_some());
    over && cycle.cancelled_because.is_empty() && !book.meetings.iter().any(held)
}

fn due_on(zone: Tz, now_at: i64) -> Option<NaiveDate> {
    day_in(zone, now_at).checked_add_days(Days::new(ACTION_DAYS))
}

fn item(topic: &str, brief: String) -> MeetingItem {
    MeetingItem {
        topic: topic.to_owned(),
        brief,
        discussion: String::new(),
        decision: String::new(),
        decided_by: None,
        dissent: String::new(),
    }
}
