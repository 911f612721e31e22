//! What differs between two nights, or between a night and its runbook (requirement S1-56).
//!
//! A run is a copy: nothing here writes back.

use chrono_tz::Tz;

use super::plan::place;
use super::runbook::Runbook;
use super::sheet::{Sheet, Stage};
use super::{Run, RunStep};
use crate::domain::book::Book;
use crate::util::clock::day_in;
use crate::util::text::fold;

/// A step, reduced to what can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    task: String,
    team: String,
    /// Begin after the first step's, seconds.
    offset_secs: i64,
    minutes: i64,
}

/// One difference, seen from the later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// A step the other one does not have.
    Added(String),
    /// A step only the other one has.
    Missing(String),
    /// A step that is in both, but not the same.
    Changed {
        /// Which.
        task: String,
        /// How, in words.
        how: String,
    },
}

impl Deviation {
    /// One line for people.
    pub fn text(&self) -> String {
        match self {
            Self::Added(task) => format!("Added: {task}"),
            Self::Missing(task) => format!("Not in this night: {task}"),
            Self::Changed { task, how } => format!("{task}: {how}"),
        }
    }
}

/// A run against its runbook as the runbook is now.
pub fn from_runbook(sheet: &Sheet<'_>, runbook: &Runbook, zone: Tz) -> Vec<Deviation> {
    // Both on the same day, so that clock changes differ in neither.
    let on = day_in(zone, sheet.run.planned_at);
    let placed = place(sheet.book, runbook, on, zone);
    let first_at = placed.first().map_or(0, |p| p.planned_at);
    let theirs = placed
        .iter()
        .map(|p| Line {
            task: p.step.task.clone(),
            team: p.step.team.clone(),
            offset_secs: p.planned_at - first_at,
            minutes: p.step.minutes,
        })
        .collect::<Vec<_>>();
    compare(&theirs, &planned(&sheet.steps))
}

/// A run as planned against another one as planned.
pub fn from_run(earlier: &Sheet<'_>, sheet: &Sheet<'_>) -> Vec<Deviation> {
    compare(&planned(&earlier.steps), &planned(&sheet.steps))
}

/// The night before a run: the newest one of the same runbook that ended, no rehearsal unless this is one.
pub fn before<'a>(book: &'a Book, run: &Run) -> Option<&'a Run> {
    let same = |other: &&Run| {
        other.id != run.id
            && other.runbook == run.runbook
            && other.drill == run.drill
            && matches!(other.stage(), Stage::Ended | Stage::Accepted)
            && other.planned_at < run.planned_at
    };
    book.runs.iter().filter(same).max_by_key(|other| other.planned_at)
}

fn planned(steps: &[&RunStep]) -> Vec<Line> {
    let first_at = steps.iter().map(|step| step.planned_at).min().unwrap_or(0);
    let line = |step: &&RunStep| Line {
        task: step.task.clone(),
        team: step.team.clone(),
        offset_secs: step.planned_at - first_at,
        minutes: step.minutes,
    };
    steps.iter().map(line).collect()
}

fn compare(earlier: &[Line], later: &[Line]) -> Vec<Deviation> {
    let mut left: Vec<&Line> = earlier.iter().collect();
    let mut found = Vec::new();
    for line in later {
        let Some(place) = left.iter().position(|old| fold(&old.task) == fold(&line.task)) else {
            found.push(Deviation::Added(line.task.clone()));
            continue;
        };
        let old = left.remove(place);
        let mut how = Vec::new();
        if old.offset_secs != line.offset_secs {
            let minutes = (line.offset_secs - old.offset_secs) / 60;
            let word = if minutes > 0 { "later" } else { "earlier" };
            how.push(format!("{} min {word} after the first step", minutes.abs()));
        }
        if old.minutes != line.minutes {
            how.push(format!("{} min instead of {}", line.minutes, old.minutes));
        }
        if old.team != line.team {
            how.push(format!("{} instead of {}", words_of(&line.team), words_of(&old.team)));
        }
        if !how.is_empty() {
            found.push(Deviation::Changed { task: line.task.clone(), how: how.join(", ") });
        }
    }
    found.extend(left.into_iter().map(|old| Deviation::Missing(old.task.clone())));
    found
}

fn words_of(team: &str) -> &str {
    if team.is_empty() { "nobody" } else { team }
}
