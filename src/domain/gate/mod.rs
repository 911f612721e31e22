//! Go or no-go: who decides for a technology domain, what was decided, and what is remembered for next time.

pub mod demand;
pub mod need;
pub mod rule;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::approval::{Medium, told_text};
use crate::domain::asset::AssetId;
use crate::domain::calendar::release::Day;
use crate::domain::person::PersonId;
use crate::domain::row::{id_type, row_of, words};
use crate::domain::update::UpdateId;

words!(
    /// What was decided for a technology domain.
    Go {
        /// Deploy.
        Go = "go", "Go";
        /// Do not deploy: it stays owed until a waiver exists.
        NoGo = "no_go", "No go";
        /// Not yet.
        Wait = "wait", "Wait";
    }
);

words!(
    /// How two updates depend on each other.
    PrerequisiteKind {
        /// A prerequisite.
        Before = "before", "Must be installed first";
        /// A co-requisite.
        Together = "together", "Must be installed together";
    }
);

id_type!(
    /// Which technology domain.
    TechDomainId
);

/// A technology domain with the person who decides for it (requirement S3-08).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechDomain {
    /// Row id.
    pub id: TechDomainId,
    /// `Windows`.
    pub name: String,
    /// Words by which an asset's technology or operating system falls into it.
    pub technologies: Vec<String>,
    /// Who decides.
    pub decider: Option<PersonId>,
    /// Who decides in their absence.
    pub deputy: Option<PersonId>,
    /// The section of the policy that lets silence mean go.
    pub section: String,
    /// Go unless the decider objects in time.
    pub silent_go: bool,
    /// Since when silence means go by this weekday and time, UTC seconds; `None` where it means nothing. What could be objected to
    /// until an earlier instant did not go in silence: nobody knew that it would.
    pub silent_since_at: Option<i64>,
    /// Weekday after the release by which to object.
    pub object_weekday: Day,
    /// Local time by which to object, `12:00`.
    pub object_time: String,
    /// Place in lists.
    pub position: i64,
    /// No longer used since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(TechDomain, TechDomain);

id_type!(
    /// Which decision.
    GoDecisionId
);

/// A go, a no-go or a wait, with risk and cost beside it (requirement S3-10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoDecision {
    /// Row id.
    pub id: GoDecisionId,
    /// For which domain.
    pub domain: TechDomainId,
    /// On which updates.
    pub updates: Vec<UpdateId>,
    /// What was decided.
    pub decision: Go,
    /// Why.
    pub reason: String,
    /// The risk of not deploying, in words.
    pub risk: String,
    /// What deploying costs, in hundredths of the currency.
    pub cost_cents: Option<i64>,
    /// What it takes, in minutes of work.
    pub cost_minutes: Option<i64>,
    /// An outage is needed (requirement S3-13).
    pub outage: bool,
    /// When it is best taken.
    pub outage_when: String,
    /// Until when a wait holds.
    pub wait_until_on: Option<NaiveDate>,
    /// Who decided.
    pub decided_by: String,
    /// As what.
    pub function: String,
    /// How they told.
    pub medium: Medium,
    /// When they decided, UTC seconds.
    pub decided_at: i64,
    /// When it was recorded, UTC seconds.
    pub recorded_at: i64,
    /// Who recorded it.
    pub recorded_by: String,
    /// Name of the evidence file.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// Taken back at, UTC seconds.
    pub voided_at: Option<i64>,
}
row_of!(GoDecision, GoDecision);

impl GoDecision {
    /// How it became known: `by e-mail, recorded by Ada, no evidence`.
    pub fn told_text(&self) -> String {
        told_text(Some(self.medium), &self.recorded_by, (&self.evidence_name, &self.evidence_sha256))
    }
}

id_type!(
    /// Which conflict.
    KnownConflictId
);

/// What an update once broke, so that next month remembers (requirement S3-17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownConflict {
    /// Row id.
    pub id: KnownConflictId,
    /// The product or application that suffered.
    pub product: String,
    /// The update that did it.
    pub update: Option<UpdateId>,
    /// The asset it was seen on.
    pub asset: Option<AssetId>,
    /// What happened.
    pub what: String,
    /// What helped.
    pub remedy: String,
    /// Who found it.
    pub solved_by: String,
    /// When it was seen.
    pub seen_on: NaiveDate,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
    /// No longer true since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(KnownConflict, KnownConflict);

id_type!(
    /// Which prerequisite.
    PrerequisiteId
);

/// What an update needs (requirement S3-12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prerequisite {
    /// Row id.
    pub id: PrerequisiteId,
    /// Which update needs it.
    pub update: UpdateId,
    /// The update it needs; none where it is something else.
    pub needs: Option<UpdateId>,
    /// What it needs, in words.
    pub what: String,
    /// How they depend.
    pub kind: PrerequisiteKind,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
    /// No longer needed since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Prerequisite, Prerequisite);
