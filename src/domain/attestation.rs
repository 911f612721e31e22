//! Pairs that a person vouches for by hand: counted apart from what a tool proved.

use serde::{Deserialize, Serialize};

use super::asset::AssetId;
use super::row::{id_type, row_of};
use super::update::UpdateId;

id_type!(
    /// Which attestation.
    AttestationId
);

/// Somebody checked one pair by hand and found it installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// Row id.
    pub id: AttestationId,
    /// Which asset.
    pub asset: AssetId,
    /// Which update.
    pub update: UpdateId,
    /// Checked at, UTC seconds.
    pub checked_at: i64,
    /// Who checked.
    pub checked_by: String,
    /// How it was checked.
    pub how: String,
    /// Name of the evidence file; empty for none.
    pub evidence_name: String,
    /// SHA-256 of the evidence file, hexadecimal; empty for none.
    pub evidence_sha256: String,
    /// Taken back at, UTC seconds.
    pub voided_at: Option<i64>,
}
row_of!(Attestation, Attestation);
