//! Patch groups: blocks of assets that are patched together, in an order.

use serde::{Deserialize, Serialize};

use super::row::{id_type, row_of};

id_type!(
    /// Which group.
    GroupId
);

/// A patch group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Row id.
    pub id: GroupId,
    /// Unique name.
    pub name: String,
    /// Place in the order; lower goes first.
    pub position: i64,
    /// Free text.
    pub note: String,
}
row_of!(Group, PatchGroup);

/// The order a new file starts with (requirement S1-18).
pub const DEFAULT_ORDER: [&str; 7] = [
    "Domain controllers",
    "E-mail",
    "Web",
    "Application",
    "Database",
    "Presentation and other",
    "Workstations",
];
