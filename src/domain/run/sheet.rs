//! A run with its steps and its log, in order, as every reader needs it.
//!
//! Reads only: what may be done to a run is decided in `decide/run`.

use super::entry::{EntryKind, RunEntry};
use super::{Run, RunEntryId, RunId, RunStep, RunStepId};
use crate::domain::book::Book;
use crate::domain::person::PersonId;
use crate::domain::role::Part;
use crate::domain::role::RoleId;
use chrono::NaiveDate;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Not begun.
    Planned,
    /// Begun, not ended.
    UnderWay,
    /// Ended; its summary is a draft.
    Ended,
    /// Its summary was accepted: nothing of it changes any more.
    Accepted,
    /// It did not take place.
    Cancelled,
}

impl Stage {
    /// The word for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::UnderWay => "Under way",
            Self::Ended => "Ended, summary is a draft",
            Self::Accepted => "Summary accepted",
            Self::Cancelled => "Cancelled",
        }
    }

    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::UnderWay => "under_way",
            Self::Ended => "ended",
            Self::Accepted => "accepted",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Run {
    /// How far it is.
    pub fn stage(&self) -> Stage {
        if !self.cancelled_because.is_empty() {
            Stage::Cancelled
        } else if self.accepted_at.is_some() {
            Stage::Accepted
        } else if self.ended_at.is_some() {
            Stage::Ended
        } else if self.begun_at.is_some() {
            Stage::UnderWay
        } else {
            Stage::Planned
        }
    }
}

impl RunStep {
    /// Planned end, UTC seconds.
    pub fn planned_end_at(&self) -> i64 {
        self.planned_at + self.minutes * 60
    }

    /// Whether it was left out.
    pub fn is_skipped(&self) -> bool {
        !self.skipped_because.is_empty()
    }

    /// Begun and not ended.
    pub fn is_running(&self) -> bool {
        self.begun_at.is_some() && self.ended_at.is_none()
    }

    /// Neither begun nor left out.
    pub fn is_waiting(&self) -> bool {
        self.begun_at.is_none() && !self.is_skipped()
    }
}

/// A run with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The register it is of.
    pub book: &'a Book,
    /// The run.
    pub run: &'a Run,
    /// Its steps, in their order.
    pub steps: Vec<&'a RunStep>,
    /// Its log, by the time something happened; what happened at the same time in the order of recording.
    pub entries: Vec<&'a RunEntry>,
}

impl<'a> Sheet<'a> {
    /// A run of the register.
    pub fn of(book: &'a Book, run: RunId) -> Option<Self> {
        let run = book.runs.get(run.0)?;
        let mut steps: Vec<&RunStep> = book.run_steps.iter().filter(|step| step.run == run.id).collect();
        steps.sort_by_key(|step| (step.position, step.id));
        let mut entries: Vec<&RunEntry> =
            book.run_entries.iter().filter(|entry| entry.run == run.id).collect();
        entries.sort_by_key(|entry| (entry.at, entry.recorded_at, entry.id));
        Some(Self { book, run, steps, entries })
    }

    /// A step by its id.
    pub fn step(&self, id: RunStepId) -> Option<&'a RunStep> {
        self.steps.iter().copied().find(|step| step.id == id)
    }

    /// An entry by its id.
    pub fn entry(&self, id: RunEntryId) -> Option<&'a RunEntry> {
        self.entries.iter().copied().find(|entry| entry.id == id)
    }

    /// The entry that puts another one right, if there is one.
    pub fn correction_of(&self, id: RunEntryId) -> Option<&'a RunEntry> {
        self.entries.iter().copied().find(|entry| entry.corrects == Some(id))
    }

    /// Entries of a kind that stand: none that another one puts right.
    pub fn standing(&self, kind: EntryKind) -> Vec<&'a RunEntry> {
        let stands = |entry: &&&RunEntry| entry.kind == kind && self.correction_of(entry.id).is_none();
        self.entries.iter().filter(stands).copied().collect()
    }

    /// Steps that are being done.
    pub fn running(&self) -> Vec<&'a RunStep> {
        self.steps.iter().copied().filter(|step| step.is_running()).collect()
    }

    /// The step that comes next: the first one that waits behind the last one that began, else the first one that waits.
    pub fn next(&self) -> Option<&'a RunStep> {
        let behind = self.steps.iter().rposition(|step| step.begun_at.is_some()).map_or(0, |place| place + 1);
        let waits = |step: &&&RunStep| step.is_waiting();
        self.steps[behind..].iter().find(waits).or_else(|| self.steps.iter().find(waits)).copied()
    }

    /// Who does a step: the person where one is named, else the team in words.
    pub fn who(&self, step: &RunStep) -> String {
        let person = self.book.person_name(step.person);
        match (person.is_empty(), step.team.is_empty()) {
            (true, _) => step.team.clone(),
            (false, true) => person.to_owned(),
            (false, false) => format!("{person} ({})", step.team),
        }
    }

    /// Issues of the log that nobody has put right and no action follows up (requirement S1-59).
    pub fn open_issues(&self) -> Vec<&'a RunEntry> {
        use crate::domain::action::Origin;
        let followed = |id: RunEntryId| self.book.actions.iter().any(|a| a.origin == Origin::Entry(id));
        let mut issues = self.standing(EntryKind::Issue);
        issues.retain(|entry| !followed(entry.id));
        issues
    }
}

/// Who holds a role on a day.
pub fn holder_on(book: &Book, role: RoleId, on: NaiveDate) -> Option<PersonId> {
    let holds = |a: &&crate::domain::role::Assignment| {
        a.role == role
            && a.part == Part::Holder
            && a.from_on <= on
            && a.until_on.is_none_or(|last| last >= on)
    };
    book.assignments.iter().find(holds).map(|a| a.person)
}
