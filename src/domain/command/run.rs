//! What a person can do on a patch night.

use chrono::NaiveDate;

use super::Edit;
use crate::domain::asset::AssetId;
use crate::domain::change::ChangeId;
use crate::domain::cycle::CycleId;
use crate::domain::group::GroupId;
use crate::domain::run::entry::{EntryKind, RunEntryId};
use crate::domain::run::runbook::{Runbook, RunbookId};
use crate::domain::run::{Run, RunId, RunStep, RunStepId};

/// Runbooks, runs and their log.
#[derive(Clone, Debug, PartialEq)]
pub enum RunCommand {
    /// Add or change a runbook.
    Runbook(Box<Edit<Runbook>>),
    /// Offer a runbook no longer.
    EndRunbook(RunbookId),
    /// Copy a runbook into a run for a night.
    Plan {
        /// From which runbook.
        runbook: RunbookId,
        /// For which cycle.
        cycle: Option<CycleId>,
        /// Which records it carries out.
        changes: Vec<ChangeId>,
        /// The evening's date.
        on: NaiveDate,
        /// A rehearsal.
        drill: bool,
    },
    /// Change a run's lead, bridge or title.
    Run(Box<Edit<Run>>),
    /// Change a step before it has begun.
    Step(Box<Edit<RunStep>>),
    /// The night begins.
    Begin {
        /// Which run.
        run: RunId,
        /// When, UTC seconds.
        at: i64,
    },
    /// A step begins; an entry says so.
    BeginStep {
        /// Which.
        step: RunStepId,
        /// When, UTC seconds.
        at: i64,
    },
    /// A step ends; an entry says so.
    EndStep {
        /// Which.
        step: RunStepId,
        /// When, UTC seconds.
        at: i64,
    },
    /// A step is left out.
    SkipStep {
        /// Which.
        step: RunStepId,
        /// Why; demanded.
        because: String,
    },
    /// Write into the log.
    Log {
        /// Which run.
        run: RunId,
        /// The lines, in order; several when notes are pasted afterwards.
        entries: Vec<EntryDraft>,
    },
    /// The night ends; a summary is drafted.
    End {
        /// Which run.
        run: RunId,
        /// When, UTC seconds.
        at: i64,
    },
    /// Write the summary.
    Summary {
        /// Which run.
        run: RunId,
        /// The text.
        text: String,
    },
    /// Accept the summary: from here it is no draft.
    AcceptSummary {
        /// Which run.
        run: RunId,
        /// Who accepts it.
        by: String,
    },
    /// Give a run up.
    Cancel {
        /// Which run.
        run: RunId,
        /// Why; demanded.
        because: String,
    },
}

/// A line of the log as it is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryDraft {
    /// When it happened, UTC seconds.
    pub at: i64,
    /// What it is.
    pub kind: EntryKind,
    /// What happened.
    pub text: String,
    /// Which step it is about.
    pub step: Option<RunStepId>,
    /// Which patch group it is about.
    pub group: Option<GroupId>,
    /// Which asset it is about.
    pub asset: Option<AssetId>,
    /// Who took over, for a hand-over.
    pub receiver: String,
    /// Entered later than it happened.
    pub late: bool,
    /// The entry it puts right.
    pub corrects: Option<RunEntryId>,
}
