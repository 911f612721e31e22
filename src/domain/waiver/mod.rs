//! Waivers: a decision to leave a duty open until a date. A waiver never turns red into green.

pub mod debt;
pub mod request;
pub mod rule;
pub mod span;
pub mod state;
pub mod text;
pub mod void;

use serde::{Deserialize, Serialize};

use super::asset::AssetId;
use super::row::{id_type, row_of};
use super::update::UpdateId;

id_type!(
    /// Which waiver.
    WaiverId
);

/// A waiver of one pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Row id.
    pub id: WaiverId,
    /// Which asset.
    pub asset: AssetId,
    /// Which update.
    pub update: UpdateId,
    /// Approved at, UTC seconds: valid from here.
    pub approved_at: i64,
    /// Valid until, UTC seconds.
    pub until_at: i64,
    /// Voided at, UTC seconds.
    pub voided_at: Option<i64>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub approved_by: String,
}
row_of!(Waiver, Waiver);

impl Waiver {
    /// Covered at an instant: approved, unexpired, not voided.
    pub fn valid_at(&self, at: i64) -> bool {
        self.approved_at <= at && at <= self.until_at && self.voided_at.is_none_or(|voided| at < voided)
    }
}
