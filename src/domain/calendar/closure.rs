//! Holidays and freezes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::group::GroupId;
use crate::domain::row::{id_type, row_of, words};

id_type!(
    /// Which closure.
    ClosureId
);

words!(
    /// Why one does not patch.
    ClosureKind {
        /// People are away.
        Holiday = "holiday", "Holiday";
        /// The business wants no change.
        Freeze = "freeze", "Freeze";
    }
);

words!(
    /// What a closure does to the steps and windows that fall into it.
    ClosureEffect {
        /// They stay, with a warning.
        Warn = "warn", "Warn";
        /// They move to the day before, and say so.
        Earlier = "earlier", "Shift to the day before";
        /// They move to the day after, and say so.
        Later = "later", "Shift to the day after";
    }
);

/// Days on which one does not patch: a holiday or a freeze.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// Row id.
    pub id: ClosureId,
    /// Holiday or freeze.
    pub kind: ClosureKind,
    /// What people call it.
    pub name: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, included.
    pub until_on: NaiveDate,
    /// Comes back every year on the same days.
    pub yearly: bool,
    /// What it does to steps and windows.
    pub effect: ClosureEffect,
    /// Which groups it binds; empty for all.
    pub groups: Vec<GroupId>,
    /// Taken off the calendar at, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Closure, Closure);
