//! The summary and the minutes of a night, written from its log as drafts (requirement S1-61).
//!
//! Says what the log says and nothing more: a step nothing tells of is called that.

use std::fmt::Write as _;

use chrono_tz::Tz;

use super::drift::{StepState, drift, drift_text, span_text};
use super::entry::{EntryKind, RunEntry};
use super::sheet::Sheet;
use crate::util::clock::{day_in, day_text, text_in, utc};
use crate::util::text::counted;

/// The summary: when, how far from the plan, what was wrong, what was decided.
pub fn summary(sheet: &Sheet<'_>, zone: Tz, now_at: i64) -> String {
    let mut text = String::new();
    let run = sheet.run;
    let mut say = |line: &str| {
        let _infallible = writeln!(text, "{line}");
    };
    if run.drill {
        say("DRILL: a rehearsal, outside every figure.");
    }
    let drift = drift(sheet, now_at);
    match (run.begun_at, run.ended_at) {
        (Some(begun_at), Some(ended_at)) => say(&format!(
            "{}: begun {}, ended {}, {} in all, {} against the plan.",
            run.title,
            text_in(zone, begun_at),
            text_in(zone, ended_at),
            span_text(ended_at - begun_at),
            drift_text(drift.secs())
        )),
        (Some(begun_at), None) => {
            say(&format!("{}: begun {}, not ended.", run.title, text_in(zone, begun_at)));
        }
        (None, _) => say(&format!("{}: not begun.", run.title)),
    }
    let in_state = |state| drift.steps.iter().filter(|d| d.state == state).count() as u64;
    let undone: Vec<_> = drift
        .steps
        .iter()
        .filter(|d| !matches!(d.state, StepState::Done | StepState::Skipped))
        .filter_map(|d| sheet.step(d.step))
        .collect();
    say(&format!(
        "{}: {} done, {} left out, {} the log says nothing of.",
        counted(sheet.steps.len() as u64, "step", "steps"),
        in_state(StepState::Done),
        in_state(StepState::Skipped),
        undone.len()
    ));
    for d in drift.steps.iter().filter(|d| d.state == StepState::Done && d.drift_secs.abs() >= 15 * 60) {
        if let Some(step) = sheet.step(d.step) {
            say(&format!("  {}: ended {}", step.task, drift_text(d.drift_secs)));
        }
    }
    for step in sheet.steps.iter().filter(|step| step.is_skipped()) {
        say(&format!("  Left out: {}: {}", step.task, step.skipped_because));
    }
    for step in undone {
        say(&format!("  Nothing said of: {}", step.task));
    }
    for (kind, title, none) in [
        (EntryKind::Issue, "Issues", "No issue was entered."),
        (EntryKind::Decision, "Decisions", ""),
        (EntryKind::BackOut, "Back-outs", ""),
        (EntryKind::HandOver, "Hand-overs", ""),
    ] {
        let entries = sheet.standing(kind);
        if entries.is_empty() {
            if !none.is_empty() {
                say(none);
            }
            continue;
        }
        say(&format!("{title}: {}", entries.len()));
        for entry in entries {
            say(&format!("  {}", entry_text(sheet, zone, entry)));
        }
    }
    let late = sheet.entries.iter().filter(|entry| entry.late).count();
    if late > 0 {
        say(&format!("{} entered later than it happened.", counted(late as u64, "line was", "lines were")));
    }
    text.trim_end().to_owned()
}

/// The minutes: the whole log in order, corrected lines beside what put them right.
pub fn minutes(sheet: &Sheet<'_>, zone: Tz) -> String {
    let mut text = String::new();
    if sheet.run.drill {
        text.push_str("DRILL: a rehearsal, outside every figure.\n");
    }
    let mut day = None;
    for entry in &sheet.entries {
        let on = day_in(zone, entry.at);
        if day != Some(on) {
            day = Some(on);
            let _infallible = writeln!(text, "{}", day_text(on));
        }
        let _infallible = writeln!(text, "  {}", entry_text(sheet, zone, entry));
    }
    if text.is_empty() { "Nothing was entered.".to_owned() } else { text.trim_end().to_owned() }
}

/// `22:14`, in the shop's zone.
pub fn clock_text(zone: Tz, at: i64) -> String {
    utc(at).with_timezone(&zone).format("%H:%M").to_string()
}

/// One line of the log: `22:14 Issue: WS-014 failed (Ann, entered later)`.
pub fn entry_text(sheet: &Sheet<'_>, zone: Tz, entry: &RunEntry) -> String {
    let mut text = format!("{} {}: {}", clock_text(zone, entry.at), entry.kind.text(), entry.text);
    if !entry.receiver.is_empty() {
        let _infallible = write!(text, ", taken by {}", entry.receiver);
    }
    let mut about = vec![named(&entry.author).to_owned()];
    if entry.late {
        about.push("entered later".to_owned());
    }
    if let Some(old) = entry.corrects.and_then(|id| sheet.entry(id)) {
        about.push(format!("corrects {} {}", clock_text(zone, old.at), old.text));
    }
    if let Some(new) = sheet.correction_of(entry.id) {
        about.push(format!("corrected by {}", named(&new.author)));
    }
    let _infallible = write!(text, " ({})", about.join(", "));
    text
}

/// Who wrote a line, also where nobody said who is at work.
fn named(author: &str) -> &str {
    if author.is_empty() { "no name given" } else { author }
}
