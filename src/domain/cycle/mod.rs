//! Cycles: the month with its dated steps, catch-up campaigns and emergencies.
//!
//! A cycle is [`generate`]d once from a template and then stands for itself. Where it stands is [`progress`], how well it was
//! kept [`measure`], what is wrong with the schedule [`lint`], whether the schedule can keep the deadlines [`forecast`].

pub mod backlog;
pub mod default;
pub mod forecast;
pub mod generate;
pub mod lint;
pub mod measure;
pub mod progress;
pub mod reminder;
pub mod template;

use serde::{Deserialize, Serialize};

use self::template::{CycleTemplateId, StepKey};
use super::group::GroupId;
use super::person::PersonId;
use super::role::RoleId;
use super::row::{id_type, row_of, words};
use super::update::UpdateId;

id_type!(
    /// Which cycle.
    CycleId
);
id_type!(
    /// Which step of a cycle.
    CycleStepId
);

words!(
    /// What kind of cycle.
    CycleKind {
        /// The month after a release.
        Monthly = "monthly", "Month";
        /// Bringing old duties up to date, apart from the month (requirement S0-05).
        CatchUp = "catch_up", "Catch-up campaign";
        /// A zero-day.
        Emergency = "emergency", "Emergency";
    }
);

words!(
    /// The phases of a cycle (requirement S1-41).
    Phase {
        /// What is out, and does it concern us.
        Assess = "assess", "Assess";
        /// Records, approvals, schedule.
        Plan = "plan", "Plan";
        /// On test systems.
        Test = "test", "Test";
        /// The night.
        Deploy = "deploy", "Deploy";
        /// Import, smoke tests, failures.
        Verify = "verify", "Verify";
        /// What went well, what to improve.
        Review = "review", "Review";
    }
);

/// The point person of a group for one cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Which group.
    pub group: GroupId,
    /// Who.
    pub person: PersonId,
}

/// A month, a catch-up campaign or an emergency, with its steps in [`CycleStep`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// Row id.
    pub id: CycleId,
    /// Which kind.
    pub kind: CycleKind,
    /// `2026-12`, `Catch-up 2026`, `EMG-2026-001`.
    pub name: String,
    /// The month it answers for, `2026-12`; empty for other kinds.
    pub month: String,
    /// What it was made from.
    pub template: Option<CycleTemplateId>,
    /// The release day, the declaration or the start: day 0, UTC seconds.
    pub anchor_at: i64,
    /// After this a request for an exception is late (requirement S1-47), UTC seconds.
    pub cutoff_at: Option<i64>,
    /// A rehearsal: the same steps, outside every figure.
    pub drill: bool,
    /// What it is about, for campaigns and emergencies; empty: everything released for its month.
    pub updates: Vec<UpdateId>,
    /// The point person of every group (requirement S1-35).
    pub points: Vec<Point>,
    /// Why it was declared.
    pub reason: String,
    /// Who declared it.
    pub declared_by: String,
    /// The approval of an emergency must follow by, UTC seconds.
    pub approve_by_at: Option<i64>,
    /// Made at, UTC seconds.
    pub created_at: i64,
    /// Closed at, UTC seconds.
    pub closed_at: Option<i64>,
    /// Who closed it.
    pub closed_by: String,
    /// Why it was given up; empty: it was not.
    pub cancelled_because: String,
}
row_of!(Cycle, Cycle);

/// One dated step of a cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleStep {
    /// Row id.
    pub id: CycleStepId,
    /// Which cycle.
    pub cycle: CycleId,
    /// Place in the order; lower goes first.
    pub position: i64,
    /// What it means to the program.
    pub key: Option<StepKey>,
    /// Which phase it belongs to.
    pub phase: Phase,
    /// What is to be done.
    pub title: String,
    /// Which role does it.
    pub role: Option<RoleId>,
    /// Who does it.
    pub person: Option<PersonId>,
    /// Who does it when they cannot.
    pub deputy: Option<PersonId>,
    /// The document it produces.
    pub document: String,
    /// Counts for M17.
    pub milestone: bool,
    /// Where the template puts it, UTC seconds.
    pub planned_at: i64,
    /// Where it stands now, UTC seconds.
    pub due_at: i64,
    /// Why the two differ.
    pub shifted_because: String,
    /// Done at, UTC seconds.
    pub done_at: Option<i64>,
    /// Who did it.
    pub done_by: String,
    /// When that was recorded, UTC seconds.
    pub recorded_at: Option<i64>,
    /// Why it was left out; empty: it was not.
    pub skipped_because: String,
    /// Free text.
    pub note: String,
}
row_of!(CycleStep, CycleStep);
