//! Runbooks: the plan of a patch night. A run copies it and never writes back.

use serde::{Deserialize, Serialize};

use crate::domain::group::GroupId;
use crate::domain::role::RoleId;
use crate::domain::row::{id_type, row_of};

id_type!(
    /// Which runbook.
    RunbookId
);

/// A step of a runbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunbookStep {
    /// 0: the day of the night; 1: the day after.
    pub day: i64,
    /// Local time, `21:00`.
    pub time: String,
    /// Planned length.
    pub minutes: i64,
    /// What is to be done.
    pub task: String,
    /// Its numbered parts.
    pub parts: Vec<String>,
    /// Which role does it.
    pub role: Option<RoleId>,
    /// Who does it, in words: `System admins`.
    pub team: String,
    /// The patch group it is about.
    pub group: Option<GroupId>,
}

/// The plan of a patch night, to be copied into a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runbook {
    /// Row id.
    pub id: RunbookId,
    /// What people call it.
    pub name: String,
    /// The steps, in order.
    pub steps: Vec<RunbookStep>,
    /// No longer offered since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Runbook, Runbook);
