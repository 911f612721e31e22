//! Action items: carried from month to month until they are done or dropped with a reason.
//!
//! Whether one is overdue, and through how many meetings it was carried, is worked out, never stored.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::change::ChangeId;
use super::cycle::CycleId;
use super::meeting::{Meeting, MeetingId};
use super::person::PersonId;
use super::row::{id_type, row_of, words};
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

words!(
    /// Where an action stands.
    Standing {
        /// To be done.
        Open = "open", "Open";
        /// To be done, and past its date.
        Overdue = "overdue", "Overdue";
        /// Done.
        Done = "done", "Done";
        /// Given up, with a reason.
        Dropped = "dropped", "Dropped";
    }
);

impl Action {
    /// Whether somebody still has to do it.
    pub fn is_open(&self) -> bool {
        self.done_at.is_none() && self.dropped_because.is_empty()
    }

    /// Where it stands on a day.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        if !self.dropped_because.is_empty() {
            Standing::Dropped
        } else if self.done_at.is_some() {
            Standing::Done
        } else if self.due_on.is_some_and(|due| due < today) {
            Standing::Overdue
        } else {
            Standing::Open
        }
    }

    /// How many meetings and reviews since it was agreed found it open: how often it was carried forward (requirement S1-71).
    /// The meeting that agreed it does not count.
    pub fn carried(&self, book: &Book) -> usize {
        let found_it = |meeting: &&Meeting| {
            let at = meeting.held_at.unwrap_or(i64::MAX);
            at > self.created_at
                && self.done_at.is_none_or(|done| at < done)
                && self.origin != Origin::Meeting(meeting.id)
        };
        let held = book.meetings.rows().iter().filter(|meeting| meeting.held_at.is_some());
        if self.dropped_because.is_empty() { held.filter(found_it).count() } else { 0 }
    }
}

/// Open actions, the earliest due first, those without a date last.
pub fn open_actions(book: &Book) -> Vec<&Action> {
    let mut open: Vec<&Action> = book.actions.rows().iter().filter(|action| action.is_open()).collect();
    open.sort_by_key(|action| (action.due_on.unwrap_or(NaiveDate::MAX), action.created_at, action.id));
    open
}
