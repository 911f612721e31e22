//! Runs: patch nights, each a copy of a runbook with its own times and its log.

pub mod deviation;
pub mod drift;
pub mod entry;
pub mod phone;
pub mod plan;
pub mod runbook;
pub mod sheet;
pub mod starting;
pub mod summary;

use serde::{Deserialize, Serialize};

use self::runbook::RunbookId;
use super::change::ChangeId;
use super::cycle::CycleId;
use super::group::GroupId;
use super::person::PersonId;
use super::row::{id_type, row_of};

pub use entry::RunEntryId;

id_type!(
    /// Which run.
    RunId
);
id_type!(
    /// Which step of a run.
    RunStepId
);

/// One patch night: a copy of a runbook, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Row id.
    pub id: RunId,
    /// The cycle it belongs to.
    pub cycle: Option<CycleId>,
    /// The change records it carries out.
    pub changes: Vec<ChangeId>,
    /// What it was copied from.
    pub runbook: Option<RunbookId>,
    /// `Patch night Fri 11 Dec 2026`.
    pub title: String,
    /// A rehearsal.
    pub drill: bool,
    /// Who leads.
    pub lead: Option<PersonId>,
    /// Conference bridge of the night.
    pub bridge: String,
    /// When the first step is planned, UTC seconds.
    pub planned_at: i64,
    /// Begun at, UTC seconds.
    pub begun_at: Option<i64>,
    /// Ended at, UTC seconds.
    pub ended_at: Option<i64>,
    /// The summary, generated or edited.
    pub summary: String,
    /// Who accepted the summary; empty: a draft.
    pub accepted_by: String,
    /// When, UTC seconds.
    pub accepted_at: Option<i64>,
    /// Why it did not take place; empty: it did.
    pub cancelled_because: String,
    /// Made at, UTC seconds.
    pub created_at: i64,
}
row_of!(Run, Run);

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunStep {
    /// Row id.
    pub id: RunStepId,
    /// Which run.
    pub run: RunId,
    /// Place in the order; lower goes first.
    pub position: i64,
    /// Planned begin, UTC seconds.
    pub planned_at: i64,
    /// Planned length.
    pub minutes: i64,
    /// What is to be done.
    pub task: String,
    /// Its numbered parts.
    pub parts: Vec<String>,
    /// Who does it, in words.
    pub team: String,
    /// Who does it, by name.
    pub person: Option<PersonId>,
    /// The patch group it is about.
    pub group: Option<GroupId>,
    /// Begun at, UTC seconds.
    pub begun_at: Option<i64>,
    /// Ended at, UTC seconds.
    pub ended_at: Option<i64>,
    /// Why it was left out; empty: it was not.
    pub skipped_because: String,
}
row_of!(RunStep, RunStep);
