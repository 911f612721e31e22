//! End of servicing: until when security updates of a product come, and who has proof of paid extended support.
//!
//! A row is a fact of the vendor: the first one recorded about a product holds for all time before it too. A newer row ends an
//! older one from the day it is recorded, never before, and no row vanishes. A proof is the shop's doing and holds from the
//! instant it was recorded.

mod fit;
mod product;
pub mod shipped;
mod support;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::asset::AssetId;
use crate::domain::row::{id_type, row_of};

pub use fit::{Fit, Rows};
pub use product::{Edition, Family, Identity, of_row, os, software};
pub use shipped::{AS_OF, SHIPPED, SOURCE, starting};
pub use support::{End, Proof, Support, Supports, Unfit};

id_type!(
    /// Which row of the table of support ends.
    LifecycleId
);

/// When security updates of a product end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifecycle {
    /// Row id.
    pub id: LifecycleId,
    /// `Windows 11 25H2`.
    pub product: String,
    /// `Enterprise/Education (E)`; empty for every edition.
    pub edition: String,
    /// Last day of security updates; `None`: no end is set.
    pub security_end_on: Option<NaiveDate>,
    /// Last day of paid extended support.
    pub extended_end_on: Option<NaiveDate>,
    /// Where it is from.
    pub source: String,
    /// State of that source.
    pub as_of_on: Option<NaiveDate>,
    /// A row of the shop's own.
    pub own: bool,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
    /// Replaced or taken away at, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Lifecycle, Lifecycle);

id_type!(
    /// Which proof.
    ExtendedSupportId
);

/// Proof that an asset gets paid extended support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtendedSupport {
    /// Row id.
    pub id: ExtendedSupportId,
    /// Which asset.
    pub asset: AssetId,
    /// Which software on it, as the asset lists it; empty: its operating system.
    pub product: String,
    /// Until when.
    pub until_on: NaiveDate,
    /// Contract, key or order.
    pub reference: String,
    /// Name of the evidence file.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
    /// Taken back at, UTC seconds.
    pub voided_at: Option<i64>,
}
row_of!(ExtendedSupport, ExtendedSupport);
