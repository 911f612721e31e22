//! What a person can do to calendar and cycles.

use super::Edit;
use crate::domain::calendar::closure::{Closure, ClosureId};
use crate::domain::calendar::release::{ReleaseOverride, ReleaseOverrideId, ReleaseRule, ReleaseRuleId};
use crate::domain::calendar::window::{MaintenanceWindow, WindowId};
use crate::domain::cycle::template::{CycleTemplate, CycleTemplateId};
use crate::domain::cycle::{CycleId, CycleStep, CycleStepId};
use crate::domain::emergency::{InterimMeasure, MeasureId};
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::update::UpdateId;

/// Releases, closures, windows, templates.
#[derive(Clone, Debug, PartialEq)]
pub enum CalendarCommand {
    /// Add or change a release rule.
    Release(Box<Edit<ReleaseRule>>),
    /// Take a release rule off the calendar.
    EndRelease(ReleaseRuleId),
    /// Add or change a one-off release.
    Override(Box<Edit<ReleaseOverride>>),
    /// Take a one-off release back.
    EndOverride(ReleaseOverrideId),
    /// Add or change a holiday or freeze.
    Closure(Box<Edit<Closure>>),
    /// Take a holiday or freeze off the calendar.
    EndClosure(ClosureId),
    /// Add or change a maintenance window.
    Window(Box<Edit<MaintenanceWindow>>),
    /// End a maintenance window.
    EndWindow(WindowId),
    /// Add or change a cycle template.
    Template(Box<Edit<CycleTemplate>>),
    /// Offer a cycle template no longer.
    EndTemplate(CycleTemplateId),
}

/// Cycles and their steps.
#[derive(Clone, Debug, PartialEq)]
pub enum CycleCommand {
    /// Begin the cycle of a month: generates its steps.
    Begin {
        /// From which template.
        template: CycleTemplateId,
        /// `2026-12`.
        month: String,
    },
    /// Begin a catch-up campaign.
    BeginCampaign {
        /// From which template.
        template: CycleTemplateId,
        /// What people call it.
        name: String,
        /// Day 0, UTC seconds.
        anchor_at: i64,
        /// Which updates; empty: everything open at the begin.
        updates: Vec<UpdateId>,
        /// Why.
        reason: String,
    },
    /// Change a step: its date, person, document.
    Step(Box<Edit<CycleStep>>),
    /// A step was done.
    StepDone {
        /// Which.
        step: CycleStepId,
        /// When, UTC seconds.
        at: i64,
        /// By whom.
        by: String,
    },
    /// A step was not done after all.
    StepReopen(CycleStepId),
    /// A step is left out.
    StepSkip {
        /// Which.
        step: CycleStepId,
        /// Why; demanded.
        because: String,
    },
    /// Name the point person of a group.
    SetPoint {
        /// Which cycle.
        cycle: CycleId,
        /// Which group.
        group: GroupId,
        /// Who; nothing takes them away.
        person: Option<PersonId>,
    },
    /// Close a cycle.
    Close {
        /// Which.
        cycle: CycleId,
        /// By whom.
        by: String,
    },
    /// Give a cycle up.
    Cancel {
        /// Which.
        cycle: CycleId,
        /// Why; demanded.
        because: String,
    },
}

/// Emergencies.
#[derive(Clone, Debug, PartialEq)]
pub enum EmergencyCommand {
    /// Declare an emergency, or a drill: makes the cycle with its steps and one emergency change record.
    Declare {
        /// What it is about.
        reason: String,
        /// Which updates, as far as known.
        updates: Vec<UpdateId>,
        /// A rehearsal.
        drill: bool,
        /// Who declares it.
        by: String,
        /// When the clock began, UTC seconds.
        at: i64,
    },
    /// Add or change an interim measure.
    Measure(Box<Edit<InterimMeasure>>),
    /// Take an interim measure back.
    RemoveMeasure {
        /// Which.
        measure: MeasureId,
        /// Why, or what replaced it; demanded.
        because: String,
    },
}
