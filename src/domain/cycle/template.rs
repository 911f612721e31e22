//! Cycle templates: what a month, a campaign or an emergency is made of, as data that the shop edits.

use serde::{Deserialize, Serialize};

use super::{CycleKind, Phase};
use crate::domain::calendar::release::{Day, ReleaseRuleId};
use crate::domain::person::PersonId;
use crate::domain::role::RoleId;
use crate::domain::row::{id_type, row_of, words};

id_type!(
    /// Which cycle template.
    CycleTemplateId
);

/// When a step is due, counted from day 0 (the release, the declaration or the start).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum StepWhen {
    /// So many days from day 0, on the shop's calendar.
    Days {
        /// -31 to 45.
        days: i64,
        /// Local time, `12:00`.
        time: String,
    },
    /// The first such weekday at least so many days from day 0.
    Weekday {
        /// Which weekday.
        weekday: Day,
        /// -31 to 45.
        from_days: i64,
        /// Local time, `12:00`.
        time: String,
    },
    /// So many hours after the instant of day 0.
    Hours {
        /// 0 to 1080.
        hours: i64,
    },
}

words!(
    /// What a step means to the program, beyond its words.
    StepKey {
        /// The cut-off for exceptions: later requests are late (requirement S1-47).
        CutOff = "cut_off", "Exception cut-off";
        /// By then every change record must be approved, with its back-out plan (requirement S1-43).
        TicketDeadline = "ticket_deadline", "Ticket deadline";
        /// The release itself.
        Release = "release", "Release";
        /// Test systems are patched.
        TestBegins = "test_begins", "Test begins";
        /// A patch window.
        PatchNight = "patch_night", "Patch night";
        /// The last patching of the month.
        LastWindow = "last_window", "Last window";
        /// The officer decides (emergency).
        Decision = "decision", "Decision";
        /// Evidence is kept before anything is touched (emergency).
        KeepEvidence = "keep_evidence", "Keep evidence";
        /// The review.
        Review = "review", "Review";
    }
);

/// A step of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateStep {
    /// What it means to the program; nothing: only its words.
    pub key: Option<StepKey>,
    /// Which phase it belongs to.
    pub phase: Phase,
    /// What is to be done.
    pub title: String,
    /// When.
    pub when: StepWhen,
    /// Which role does it.
    pub role: Option<RoleId>,
    /// Who, where it is not whoever holds the role.
    pub person: Option<PersonId>,
    /// Who stands in, where it is not the role's deputy.
    pub deputy: Option<PersonId>,
    /// The document it produces.
    pub document: String,
    /// Counts for M17.
    pub milestone: bool,
}

/// The steps a cycle is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleTemplate {
    /// Row id.
    pub id: CycleTemplateId,
    /// What people call it.
    pub name: String,
    /// Which kind of cycle it makes.
    pub kind: CycleKind,
    /// The release it counts from; nothing where the cycle is declared.
    pub release: Option<ReleaseRuleId>,
    /// The steps, in order.
    pub steps: Vec<TemplateStep>,
    /// No longer offered since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(CycleTemplate, CycleTemplate);
