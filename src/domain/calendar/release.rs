//! Release rules: when vendors release, as data with dates, and the releases that leave their rule.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::row::{id_type, row_of, words};

id_type!(
    /// Which release rule.
    ReleaseRuleId
);
id_type!(
    /// Which one-off release.
    ReleaseOverrideId
);

words!(
    /// A weekday.
    Day {
        /// Monday.
        Monday = "monday", "Monday";
        /// Tuesday.
        Tuesday = "tuesday", "Tuesday";
        /// Wednesday.
        Wednesday = "wednesday", "Wednesday";
        /// Thursday.
        Thursday = "thursday", "Thursday";
        /// Friday.
        Friday = "friday", "Friday";
        /// Saturday.
        Saturday = "saturday", "Saturday";
        /// Sunday.
        Sunday = "sunday", "Sunday";
    }
);

/// When a vendor releases: the nth weekday of a month, at a time in a zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRule {
    /// Row id.
    pub id: ReleaseRuleId,
    /// Who releases.
    pub vendor: String,
    /// `Security updates`.
    pub title: String,
    /// 1 to 5, or -1 for the last.
    pub nth: i64,
    /// Which weekday.
    pub weekday: Day,
    /// Months in which it holds, 1 to 12.
    pub months: Vec<u32>,
    /// Local time, `10:00`.
    pub time: String,
    /// Time zone of that time, `America/Los_Angeles`.
    pub zone: String,
    /// First day on which the rule holds.
    pub from_on: Option<NaiveDate>,
    /// Last day on which it holds.
    pub until_on: Option<NaiveDate>,
    /// Where the rule is from.
    pub source: String,
    /// Told by one source only.
    pub unconfirmed: bool,
    /// Taken off the calendar at, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(ReleaseRule, ReleaseRule);

/// One release that leaves its rule: moved, dropped, or out of band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseOverride {
    /// Row id.
    pub id: ReleaseOverrideId,
    /// Which rule.
    pub rule: ReleaseRuleId,
    /// `2026-12`.
    pub month: String,
    /// When it comes instead, UTC seconds; nothing: no release that month.
    pub at: Option<i64>,
    /// Why.
    pub reason: String,
    /// Taken back at, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(ReleaseOverride, ReleaseOverride);
