//! Rule sets: deadlines that others set, as data with dates, scope, source and what is not confirmed; and the changes of deadlines
//! that wait for the policy. Rows only: presets are in `preset`, rules that never decide in `idle`, what is known of an update in
//! `traits`, what holds and what waits in `standing`.

pub mod idle;
pub mod preset;
pub mod software;
pub mod standing;
pub mod traits;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::case::BusinessCaseId;
use crate::domain::deadline::{DeadlineRule, DeadlineRuleId};
use crate::domain::document::DocumentVersionId;
use crate::domain::group::GroupId;
use crate::domain::rating::Rank;
use crate::domain::row::{id_type, row_of, words};

words!(
    /// Which of its own times a rule speaks of. Only the time to correct makes a pair overdue.
    Stage {
        /// To learn of it, or to assess it.
        Identify = "identify", "identify";
        /// To tell of it.
        Report = "report", "report";
        /// To have it installed.
        Correct = "correct", "correct";
    }
);

words!(
    /// In what a deadline of a rule set is counted.
    Amount {
        /// Exact.
        Hours = "hours", "hours";
        /// Ends 23:59:59 in the site's zone, release day being day 0.
        Days = "days", "days";
        /// Seven days each.
        Weeks = "weeks", "weeks";
        /// The same day of a later month, or 30 days each where that is earlier.
        Months = "months", "months";
        /// The due date that the catalogue of exploited vulnerabilities gives.
        Listed = "listed", "the catalogue's due date";
        /// No date of its own.
        Upgrade = "upgrade", "the next scheduled upgrade";
    }
);

words!(
    /// What starts the clock of a rule.
    SetClock {
        /// The vendor's release.
        Release = "release", "release";
        /// Its listing as exploited.
        Listed = "listed", "listing";
        /// The asset's first report of it.
        Detected = "detected", "first seen on the machine";
        /// The first rating by a person; the release where nobody has rated it.
        Evaluated = "evaluated", "its rating";
        /// When it came into this register.
        Identified = "identified", "first known here";
        /// The asset's coming into the register, or the release where that is later.
        Joined = "joined", "the machine's joining";
        /// The newest check of the source before it.
        Checked = "checked", "the last check of the source";
        /// Its release or its listing as exploited, whichever is earlier: where the source does not say which of them it means.
        Earliest = "earliest", "its release or its listing, the earlier";
    }
);

words!(
    /// What a pending change does.
    PendingKind {
        /// A new rule of the own table.
        Add = "add", "Add a deadline";
        /// Another version of a rule.
        Change = "change", "Change a deadline";
        /// A rule that shall bind no more.
        End = "end", "End a deadline";
        /// A whole set that shall bind.
        Adopt = "adopt", "Adopt a rule set";
        /// A whole set that shall bind no more.
        Drop = "drop", "Leave a rule set";
    }
);

words!(
    /// What became of a pending change.
    Settled {
        /// It waits for the policy that states it.
        Open = "open", "Pending";
        /// The policy was ratified.
        InForce = "in_force", "In force";
        /// It was taken back.
        Withdrawn = "withdrawn", "Withdrawn";
    }
);

words!(
    /// What kind of software an update is for, as some rule sets tell apart.
    Software {
        /// A service reached from the internet.
        Service = "service", "Online service";
        /// What people open foreign content with.
        Office = "office", "Office, browser, mail, PDF, security product";
        /// Windows, Linux, a hypervisor.
        System = "system", "Operating system";
        /// What runs below.
        Firmware = "firmware", "Driver or firmware";
        /// Everything else.
        Other = "other", "Other application";
    }
);

words!(
    /// What must be known of an update for a rule to bind.
    Trigger {
        /// Nothing.
        Any = "any", "any update";
        /// The fast lane of the Essential Eight.
        CriticalOrExploit = "critical_or_exploit", "vendor-critical, or an exploit exists";
        /// Its slow lane.
        NoCriticalNoExploit = "no_critical_no_exploit", "neither vendor-critical nor with a known exploit";
        /// The vendor keeps its severity to itself.
        Unstated = "unstated", "no severity given by the vendor";
        /// Critical by the vendor or by its score.
        Critical = "critical", "vendor-critical, or CVSS 9.0 or more";
        /// High or critical by the vendor or by its score. Microsoft's word for high is important.
        High = "high", "vendor-critical or high, or CVSS 7.0 or more";
        /// Exploitation is known or likely, or nobody has said anything of it.
        Likely = "likely", "likely exploitable, or nothing known";
        /// Somebody has looked, and holds exploitation for unlikely.
        Unlikely = "unlikely", "not likely exploitable";
        /// In the catalogue of exploited vulnerabilities.
        Listed = "listed", "listed as exploited";
        /// Not in it.
        NotListed = "not_listed", "not listed as exploited";
    }
);

#[expect(clippy::derivable_impls, reason = "the macro that makes words derives none")]
impl Default for Trigger {
    fn default() -> Self {
        Self::Any
    }
}

/// Whom and what a rule binds. Everything that is given must hold; an empty list is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Ranks.
    pub ranks: Vec<Rank>,
    /// Asset classes.
    pub classes: Vec<AssetClass>,
    /// Exposures; an unknown exposure counts as internet-facing.
    pub exposures: Vec<Exposure>,
    /// Kinds of software.
    pub software: Vec<Software>,
    /// What must be known of the update.
    pub trigger: Trigger,
    /// Whether exploitation can be automated; `None`: no matter.
    pub automatable: Option<bool>,
    /// Whether the technical impact is total; `None`: no matter.
    pub total_impact: Option<bool>,
    /// Only where nobody has said whether exploitation can be automated, or whether the impact is total.
    pub unassessed: bool,
}

/// Which assets a whole set binds. Everything that is given must hold; an empty list is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetScope {
    /// Asset classes.
    pub classes: Vec<AssetClass>,
    /// Exposures; an unknown exposure counts as internet-facing.
    pub exposures: Vec<Exposure>,
    /// Groups.
    pub groups: Vec<GroupId>,
}

id_type!(
    /// Which rule set.
    RuleSetId
);

/// A rule set that the shop took on: a framework with its dates, its source and what is not confirmed of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    /// Row id.
    pub id: RuleSetId,
    /// The preset it was taken from: `ce-3.3`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it comes from, printed with every due date it sets.
    pub source: String,
    /// What to know of it; empty for nothing.
    pub note: String,
    /// First day on which its source was in force.
    pub from_on: Option<NaiveDate>,
    /// Last day on which its source was in force.
    pub until_on: Option<NaiveDate>,
    /// Which assets it binds.
    pub binds: SetScope,
    /// It knows waivers.
    pub waivers: bool,
    /// Some of it could not be confirmed.
    pub unconfirmed: bool,
    /// Binding since, UTC seconds; `None` while it is pending.
    pub adopted_at: Option<i64>,
    /// Binding no more since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(RuleSet, RuleSet);

id_type!(
    /// Which rule of a set.
    SetRuleId
);

/// One rule of a rule set. Where several bind, the earliest due date wins and names itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRule {
    /// Row id.
    pub id: SetRuleId,
    /// Of which set.
    pub set: RuleSetId,
    /// Place in the set.
    pub position: i64,
    /// What is printed: `Cyber Essentials A6.4`.
    pub label: String,
    /// Whom and what it binds.
    pub condition: Condition,
    /// Which time it speaks of.
    pub stage: Stage,
    /// How much time; 0 where the unit gives the date itself.
    pub count: i64,
    /// In what it is counted.
    pub unit: Amount,
    /// What starts the clock.
    pub clock: SetClock,
    /// Evidence is to be secured before anything is changed.
    pub triage: bool,
    /// The rule, its clock or its unit could not be confirmed.
    pub unconfirmed: bool,
}
row_of!(SetRule, SetRule);

/// A time that a rule set leaves to the shop: to learn of it, to tell of it, to have it installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnTime {
    /// Which of the three.
    pub stage: Stage,
    /// How much.
    pub count: i64,
    /// In what: hours, days, weeks or months.
    pub unit: Amount,
}

/// What a shop fills in where a preset leaves it open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What starts the clocks that could not be confirmed; `None`: the earliest.
    pub clock: Option<SetClock>,
    /// The times that the preset leaves to the shop.
    pub times: Vec<OwnTime>,
}

id_type!(
    /// Which pending change.
    PendingRuleId
);

/// A change of the deadlines that waits until the policy that states it is ratified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingRule {
    /// Row id.
    pub id: PendingRuleId,
    /// What it does.
    pub kind: PendingKind,
    /// The rule of the own table that it changes or ends.
    pub replaces: Option<DeadlineRuleId>,
    /// The rule as it shall be.
    pub shall_be: Option<DeadlineRule>,
    /// The rule set that it adopts or leaves.
    pub set: Option<RuleSetId>,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// Recorded at, UTC seconds.
    pub proposed_at: i64,
    /// The estimate of what it costs.
    pub case: Option<BusinessCaseId>,
    /// What became of it.
    pub settled: Settled,
    /// When, UTC seconds.
    pub settled_at: Option<i64>,
    /// The version of the policy that brought it into force.
    pub version: Option<DocumentVersionId>,
}
row_of!(PendingRule, PendingRule);
