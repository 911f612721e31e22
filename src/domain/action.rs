//! Action items: carried from month to month until they are done or dropped with a reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::change::ChangeId;
use super::cycle::CycleId;
use super::meeting::MeetingId;
use super::person::PersonId;
use super::row::{id_type, row_of};
use super::run::RunEntryId;

id_type!(
    /// Which action item.
    ActionId
);

/// Where an action comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum Origin {
    /// Written by itself.
    Own,
    /// Agreed in a meeting or review.
    Meeting(MeetingId),
    /// Raised in a cycle.
    Cycle(CycleId),
    /// Raised by a change.
    Change(ChangeId),
    /// An issue of the night's log (requirement S1-59).
    Entry(RunEntryId),
}

/// Something somebody has to do, from where it was agreed until it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Row id.
    pub id: ActionId,
    /// What.
    pub what: String,
    /// Who.
    pub owner: Option<PersonId>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Where it comes from.
    pub origin: Origin,
    /// Agreed at, UTC seconds.
    pub created_at: i64,
    /// Done at, UTC seconds.
    pub done_at: Option<i64>,
    /// Who did it.
    pub done_by: String,
    /// What came of it.
    pub result: String,
    /// Why it was given up; empty: it was not.
    pub dropped_because: String,
}
row_of!(Action, Action);
