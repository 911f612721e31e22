//! Waiver requests: the form, its decision, and what was granted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::WaiverId;
use crate::domain::asset::AssetId;
use crate::domain::cycle::CycleId;
use crate::domain::person::PersonId;
use crate::domain::rating::Rank;
use crate::domain::row::{id_type, row_of, words};
use crate::domain::update::UpdateId;

id_type!(
    /// Which waiver request.
    WaiverRequestId
);

words!(
    /// Why a duty cannot be met.
    ReasonClass {
        /// The vendor or an application does not work with it.
        Compatibility = "compatibility", "Incompatible";
        /// The vendor refuses it.
        VendorRefuses = "vendor_refuses", "Vendor refuses";
        /// No window in time.
        NoWindow = "no_window", "No window";
        /// No update exists.
        NoUpdate = "no_update", "No update available";
        /// Out of servicing.
        EndOfLife = "end_of_life", "End of servicing";
        /// The system goes soon.
        Retiring = "retiring", "System retiring";
        /// It cannot be reached.
        NotReachable = "not_reachable", "Not reachable";
        /// Safety or medical rules.
        Safety = "safety", "Safety or medical";
        /// A test failed.
        TestFailed = "test_failed", "Test failed";
        /// Something else.
        Other = "other", "Other";
    }
);

/// What stands in for the update: with an owner, a date and proof that it works (standards.md 3.7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// What it is.
    pub text: String,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// In force since.
    pub since_on: Option<NaiveDate>,
    /// What shows that it works.
    pub proof: String,
    /// When it was last seen working, UTC seconds.
    pub verified_at: Option<i64>,
    /// When it was seen failing, UTC seconds: that voids the waiver.
    pub failed_at: Option<i64>,
}

/// A request to leave duties open until a date, and what was decided; its grants are [`super::Waiver`]s.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverRequest {
    /// Row id.
    pub id: WaiverRequestId,
    /// `WVR-2026-11-002`.
    pub number: String,
    /// The cycle in which it was asked.
    pub cycle: Option<CycleId>,
    /// Which updates.
    pub updates: Vec<UpdateId>,
    /// Which assets, one by one.
    pub assets: Vec<AssetId>,
    /// Why, in a word.
    pub reason_class: ReasonClass,
    /// Why, in sentences.
    pub reason: String,
    /// What security advises.
    pub recommendation: String,
    /// The risk that stays.
    pub residual: Rank,
    /// What stands in for the update.
    pub controls: Vec<Control>,
    /// How it ends.
    pub exit_plan: String,
    /// By when.
    pub exit_on: Option<NaiveDate>,
    /// Who asks.
    pub requested_by: Option<PersonId>,
    /// When, UTC seconds; nothing: a draft.
    pub requested_at: Option<i64>,
    /// Last day it is asked for.
    pub until_on: Option<NaiveDate>,
    /// When it is looked at again.
    pub review_on: Option<NaiveDate>,
    /// Ends by itself when the weakness is newly exploited.
    pub void_if_exploited: bool,
    /// Ends by itself when an asset's exposure grows.
    pub void_if_exposed: bool,
    /// The decision it follows.
    pub renews: Option<WaiverRequestId>,
    /// Under review since, UTC seconds.
    pub reviewed_at: Option<i64>,
    /// What an approval granted.
    pub grants: Vec<WaiverId>,
    /// When it was approved, as recorded, UTC seconds.
    pub granted_at: Option<i64>,
    /// Why it was rejected; empty: it was not.
    pub rejected_because: String,
    /// Revoked at, UTC seconds.
    pub revoked_at: Option<i64>,
    /// Why.
    pub revoked_because: String,
    /// Made at, UTC seconds.
    pub created_at: i64,
}
row_of!(WaiverRequest, WaiverRequest);
