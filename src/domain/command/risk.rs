//! What a person can do to threat data, ratings, go/no-go decisions, rule sets and support ends.

use super::Edit;
use crate::domain::case::BusinessCaseId;
use crate::domain::gate::{
    GoDecision, GoDecisionId, KnownConflict, KnownConflictId, Prerequisite, PrerequisiteId, TechDomain,
    TechDomainId,
};
use crate::domain::lifecycle::{ExtendedSupport, ExtendedSupportId, Lifecycle, LifecycleId};
use crate::domain::ruleset::{Filled, PendingRuleId, RuleSetId, SetScope};
use crate::domain::threat::{Advisory, Catalogue, Finding, ThreatFact};
use crate::domain::update::UpdateId;

/// Threat data.
#[derive(Clone, Debug, PartialEq)]
pub enum ThreatCommand {
    /// Write what a file says that is new, as it was shown. The ids and the instants are set here.
    Load(Box<CatalogueRows>),
}

/// What a planned load writes. Facts and findings name the catalogue by its place in this set.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogueRows {
    /// The file.
    pub catalogue: Catalogue,
    /// Facts that are new.
    pub facts: Vec<ThreatFact>,
    /// Advisories that are new.
    pub advisories: Vec<Advisory>,
    /// Findings that are new, and those that are gone: with their own id where they are in the register.
    pub findings: Vec<Finding>,
    /// Rows of the table of support ends that are new, or that end: with their own id where they are in the register.
    pub lifecycles: Vec<Lifecycle>,
}

/// Ratings, go/no-go, conflicts, prerequisites.
#[derive(Clone, Debug, PartialEq)]
pub enum RiskCommand {
    /// Confirm the suggested ranks of these updates in one go.
    Confirm {
        /// Which updates.
        updates: Vec<UpdateId>,
        /// The bundle they were shown in: `Windows 11, November 2026`.
        bundle: String,
    },
    /// Add or change a technology domain.
    Domain(Box<Edit<TechDomain>>),
    /// Use a technology domain no longer.
    EndDomain(TechDomainId),
    /// Record a decision. Its id and the instant of recording are set here.
    Decide(Box<GoDecision>),
    /// Take a decision back.
    VoidDecision(GoDecisionId),
    /// Add or change a known conflict.
    Conflict(Box<Edit<KnownConflict>>),
    /// A conflict is no longer true.
    EndConflict(KnownConflictId),
    /// Add or change a prerequisite.
    Prerequisite(Box<Edit<Prerequisite>>),
    /// A prerequisite is no longer needed.
    EndPrerequisite(PrerequisiteId),
}

/// Rule sets, and changes that wait for the policy.
#[derive(Clone, Debug, PartialEq)]
pub enum DeadlineCommand {
    /// Take on a preset. It binds once the policy that states it is ratified; at once where none ever was.
    Adopt {
        /// Key of the preset.
        key: String,
        /// Which assets it binds.
        binds: SetScope,
        /// What the preset leaves to the shop.
        filled: Filled,
        /// Why.
        reason: String,
        /// The estimate of what it costs.
        case: Option<BusinessCaseId>,
    },
    /// Leave a rule set, under the same terms.
    Drop {
        /// Which.
        set: RuleSetId,
        /// Why.
        reason: String,
    },
    /// Take a pending change back.
    Withdraw(PendingRuleId),
    /// Say which estimate belongs to a pending change.
    Estimate {
        /// Which change.
        pending: PendingRuleId,
        /// Which estimate.
        case: BusinessCaseId,
    },
}

/// End of servicing.
#[derive(Clone, Debug, PartialEq)]
pub enum ServicingCommand {
    /// Add or change a row of the shop's own.
    Row(Box<Edit<Lifecycle>>),
    /// Take a row away.
    EndRow(LifecycleId),
    /// Record proof of extended support. Its id and the instant of recording are set here.
    Prove(Box<ExtendedSupport>),
    /// Take a proof back.
    VoidProof(ExtendedSupportId),
}
