//! Change templates; a ratified one makes standard changes, whose approval is inherited.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ChangeKind, ChangePlan};
use crate::domain::person::PersonId;
use crate::domain::row::{id_type, row_of};

id_type!(
    /// Which change template.
    ChangeTemplateId
);

/// A plan that change records are made from; ratified, it is a standard change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeTemplate {
    /// Row id.
    pub id: ChangeTemplateId,
    /// What people call it.
    pub name: String,
    /// Which kind of record it makes.
    pub kind: ChangeKind,
    /// The reason it writes.
    pub reason: String,
    /// The plan it writes.
    pub plan: ChangePlan,
    /// Length of the window it proposes.
    pub window_minutes: i64,
    /// Who ratified it.
    pub ratified_by: Option<PersonId>,
    /// As what.
    pub ratified_function: String,
    /// When, UTC seconds.
    pub ratified_at: Option<i64>,
    /// Name of the file that shows it.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// Last day on which it may be used.
    pub expires_on: Option<NaiveDate>,
    /// Withdrawn at, UTC seconds.
    pub revoked_at: Option<i64>,
    /// Why: a failed run, for one.
    pub revoked_because: String,
}
row_of!(ChangeTemplate, ChangeTemplate);
