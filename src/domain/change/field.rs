//! The fields of a change record by name, and whether they hold something.
//!
//! One list for forms, console and rules. It does not know what a state demands; that is [`super::state`].

use super::line::ChangeLine;
use super::{ChangePlan, ChangeRecord};
use crate::domain::row::words;

words!(
    /// A field of a change record; its word is its name in the struct.
    Field {
        /// What is changed.
        Title = "title", "Title";
        /// The cycle it belongs to.
        Cycle = "cycle", "Cycle";
        /// The group it is for.
        Group = "group", "Group";
        /// What it was made from.
        Template = "template", "Template";
        /// Its assets.
        Lines = "lines", "Assets";
        /// What is installed.
        Updates = "updates", "Updates";
        /// The highest rank among them.
        Rank = "rank", "Rank";
        /// Why.
        Reason = "reason", "Reason";
        /// What it does to the service.
        Impact = "impact", "Impact on the service";
        /// What may go wrong if it is done.
        RiskOfApplying = "risk_of_applying", "Risk of applying";
        /// What may go wrong if it is not.
        RiskOfWaiting = "risk_of_waiting", "Risk of not applying";
        /// Whether there is an outage.
        Outage = "outage", "Outage";
        /// Planned downtime.
        PlannedDowntime = "planned_downtime", "Planned downtime in minutes";
        /// What must be in place before.
        Prerequisites = "prerequisites", "Prerequisites";
        /// What is tested, and where.
        TestPlan = "test_plan", "Test plan";
        /// Why there is no test evidence.
        UntestedBecause = "untested_because", "Reason for no test evidence";
        /// The steps.
        RolloutPlan = "rollout_plan", "Rollout plan";
        /// In which rings.
        Phasing = "phasing", "Phasing";
        /// How it is taken back.
        BackoutPlan = "backout_plan", "Back-out plan";
        /// What makes one take it back.
        BackoutTrigger = "backout_trigger", "Back-out trigger";
        /// The point of no return.
        BackoutMinutes = "backout_minutes", "Point of no return in minutes";
        /// Who decides on it.
        BackoutOwner = "backout_owner", "Back-out decided by";
        /// When taking it back was last tried.
        BackoutProvenOn = "backout_proven_on", "Back-out last proven on";
        /// Who watches what, and how.
        MonitoringPlan = "monitoring_plan", "Monitoring plan";
        /// What must hold to close it.
        Acceptance = "acceptance", "Acceptance criteria";
        /// Days without a reported issue.
        QuietDays = "quiet_days", "Quiet period in days";
        /// Who is told.
        Notifications = "notifications", "Notifications";
        /// Estimated cost.
        CostHours = "cost_hours", "Estimated hours of work";
        /// Begin of the window.
        WindowFrom = "window_from_at", "Window begins";
        /// End of the window.
        WindowUntil = "window_until_at", "Window ends";
        /// Who asks for it.
        Requester = "requester", "Requester";
        /// Who holds it together.
        Coordinator = "coordinator", "Coordinator";
        /// Who does it.
        Implementer = "implementer", "Implementer";
        /// Who tests.
        Tester = "tester", "Tester";
        /// Who watches that everything comes back.
        Monitor = "monitor", "System monitor";
        /// The verified backup.
        Backup = "backup", "Backup";
        /// By when the approval must follow.
        ApproveBy = "approve_by_at", "Approval due";
        /// Raised when the work was already done.
        AfterTheFact = "after_the_fact", "Raised after the fact";
        /// What it cost in downtime.
        ActualDowntime = "downtime_minutes", "Actual downtime in minutes";
        /// What came of it.
        Outcome = "outcome", "Outcome";
        /// What went wrong.
        Issues = "issues", "Issues";
        /// What the review says.
        Review = "review", "Review";
        /// Whether the acceptance criteria were met.
        CriteriaMet = "criteria_met", "Acceptance criteria met";
    }
);

impl Field {
    /// Belongs to what an approval is given for: scope, plan or window. Changing it afterwards voids the approval.
    pub fn is_material(self) -> bool {
        use Field as F;
        !matches!(
            self,
            F::Title
                | F::Cycle
                | F::Rank
                | F::Reason
                | F::UntestedBecause
                | F::BackoutProvenOn
                | F::Notifications
                | F::CostHours
                | F::Requester
                | F::Coordinator
                | F::Implementer
                | F::Tester
                | F::Monitor
                | F::Backup
                | F::ApproveBy
                | F::AfterTheFact
                | F::ActualDowntime
                | F::Outcome
                | F::Issues
                | F::Review
                | F::CriteriaMet
        )
    }

    /// Part of the plan, which a template writes.
    pub fn is_planned(self) -> bool {
        (Self::Impact..=Self::CostHours).contains(&self) && self != Self::UntestedBecause
    }

    /// Whether the record holds something here; a yes or no always does.
    pub fn is_filled(self, record: &ChangeRecord, lines: &[&ChangeLine]) -> bool {
        let said = |text: &str| !text.trim().is_empty();
        let plan = &record.plan;
        match self {
            Self::Title => said(&record.title),
            Self::Cycle => record.cycle.is_some(),
            Self::Group => record.group.is_some(),
            Self::Template => record.template.is_some(),
            Self::Lines => !lines.is_empty(),
            Self::Updates => !record.updates.is_empty(),
            Self::Rank => record.rank.is_some(),
            Self::Reason => said(&record.reason),
            Self::Impact => said(&plan.impact),
            Self::RiskOfApplying => said(&plan.risk_of_applying),
            Self::RiskOfWaiting => said(&plan.risk_of_waiting),
            Self::Outage | Self::AfterTheFact => true,
            Self::PlannedDowntime => plan.downtime_minutes.is_some(),
            Self::Prerequisites => said(&plan.prerequisites),
            Self::TestPlan => said(&plan.test_plan),
            Self::UntestedBecause => said(&record.untested_because),
            Self::RolloutPlan => said(&plan.rollout_plan),
            Self::Phasing => said(&plan.phasing),
            Self::BackoutPlan => said(&plan.backout_plan),
            Self::BackoutTrigger => said(&plan.backout_trigger),
            Self::BackoutMinutes => plan.backout_minutes.is_some(),
            Self::BackoutOwner => plan.backout_owner.is_some(),
            Self::BackoutProvenOn => plan.backout_proven_on.is_some(),
            Self::MonitoringPlan => said(&plan.monitoring_plan),
            Self::Acceptance => said(&plan.acceptance),
            Self::QuietDays => plan.quiet_days.is_some(),
            Self::Notifications => said(&plan.notifications),
            Self::CostHours => plan.cost_hours.is_some(),
            Self::WindowFrom => record.window_from_at.is_some(),
            Self::WindowUntil => record.window_until_at.is_some(),
            Self::Requester => record.requester.is_some(),
            Self::Coordinator => record.coordinator.is_some(),
            Self::Implementer => record.implementer.is_some(),
            Self::Tester => record.tester.is_some(),
            Self::Monitor => record.monitor.is_some(),
            Self::Backup => record.backup.as_ref().is_some_and(super::Backup::is_verified),
            Self::ApproveBy => record.approve_by_at.is_some(),
            Self::ActualDowntime => record.downtime_minutes.is_some(),
            Self::Outcome => said(&record.outcome),
            Self::Issues => said(&record.issues),
            Self::Review => said(&record.review),
            Self::CriteriaMet => record.criteria_met.is_some(),
        }
    }

    /// Takes this field's value from another record. Lines are rows of their own and stay.
    pub fn copy(self, from: &ChangeRecord, to: &mut ChangeRecord) {
        let (old, new): (&ChangePlan, &mut ChangePlan) = (&from.plan, &mut to.plan);
        match self {
            Self::Title => to.title.clone_from(&from.title),
            Self::Cycle => to.cycle = from.cycle,
            Self::Group => to.group = from.group,
            Self::Template => to.template = from.template,
            Self::Lines => {}
            Self::Updates => to.updates.clone_from(&from.updates),
            Self::Rank => to.rank = from.rank,
            Self::Reason => to.reason.clone_from(&from.reason),
            Self::Impact => new.impact.clone_from(&old.impact),
            Self::RiskOfApplying => new.risk_of_applying.clone_from(&old.risk_of_applying),
            Self::RiskOfWaiting => new.risk_of_waiting.clone_from(&old.risk_of_waiting),
            Self::Outage => new.outage = old.outage,
            Self::PlannedDowntime => new.downtime_minutes = old.downtime_minutes,
            Self::Prerequisites => new.prerequisites.clone_from(&old.prerequisites),
            Self::TestPlan => new.test_plan.clone_from(&old.test_plan),
            Self::UntestedBecause => to.untested_because.clone_from(&from.untested_because),
            Self::RolloutPlan => new.rollout_plan.clone_from(&old.rollout_plan),
            Self::Phasing => new.phasing.clone_from(&old.phasing),
            Self::BackoutPlan => new.backout_plan.clone_from(&old.backout_plan),
            Self::BackoutTrigger => new.backout_trigger.clone_from(&old.backout_trigger),
            Self::BackoutMinutes => new.backout_minutes = old.backout_minutes,
            Self::BackoutOwner => new.backout_owner = old.backout_owner,
            Self::BackoutProvenOn => new.backout_proven_on = old.backout_proven_on,
            Self::MonitoringPlan => new.monitoring_plan.clone_from(&old.monitoring_plan),
            Self::Acceptance => new.acceptance.clone_from(&old.acceptance),
            Self::QuietDays => new.quiet_days = old.quiet_days,
            Self::Notifications => new.notifications.clone_from(&old.notifications),
            Self::CostHours => new.cost_hours = old.cost_hours,
            Self::WindowFrom => to.window_from_at = from.window_from_at,
            Self::WindowUntil => to.window_until_at = from.window_until_at,
            Self::Requester => to.requester = from.requester,
            Self::Coordinator => to.coordinator = from.coordinator,
            Self::Implementer => to.implementer = from.implementer,
            Self::Tester => to.tester = from.tester,
            Self::Monitor => to.monitor = from.monitor,
            Self::Backup => to.backup.clone_from(&from.backup),
            Self::ApproveBy => to.approve_by_at = from.approve_by_at,
            Self::AfterTheFact => to.after_the_fact = from.after_the_fact,
            Self::ActualDowntime => to.downtime_minutes = from.downtime_minutes,
            Self::Outcome => to.outcome.clone_from(&from.outcome),
            Self::Issues => to.issues.clone_from(&from.issues),
            Self::Review => to.review.clone_from(&from.review),
            Self::CriteriaMet => to.criteria_met = from.criteria_met,
        }
    }

    /// Whether two records differ here.
    pub fn differs(self, a: &ChangeRecord, b: &ChangeRecord) -> bool {
        let mut copy = a.clone();
        self.copy(b, &mut copy);
        copy != *a
    }
}
