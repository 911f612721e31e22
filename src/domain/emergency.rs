//! Emergencies: what is kept beside the cycle of kind emergency and its steps.

use serde::{Deserialize, Serialize};

pub mod standing;
pub mod step;

use super::cycle::{Cycle, CycleId};
use super::person::PersonId;
use super::row::{id_type, row_of};

id_type!(
    /// Which interim measure.
    MeasureId
);

/// A stop-gap taken in an emergency: temporary, with a note on how to undo it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterimMeasure {
    /// Row id.
    pub id: MeasureId,
    /// Which emergency.
    pub cycle: CycleId,
    /// What was blocked, disabled or isolated.
    pub what: String,
    /// How it is taken back.
    pub undo: String,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// Since, UTC seconds.
    pub in_force_at: i64,
    /// To be looked at again by, UTC seconds.
    pub review_at: Option<i64>,
    /// Taken back at, UTC seconds.
    pub removed_at: Option<i64>,
    /// Why, or by what it was replaced.
    pub removed_because: String,
}
row_of!(InterimMeasure, InterimMeasure);

/// Whether a cycle counts in figures: a rehearsal never does.
pub fn counts(cycle: &Cycle) -> bool {
    !cycle.drill
}
