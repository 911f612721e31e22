//! Maintenance windows of patch groups.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::release::{Day, ReleaseRuleId};
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::row::{id_type, row_of};

id_type!(
    /// Which maintenance window.
    WindowId
);

/// How a window comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum Recurs {
    /// So many days after a release, counted on the shop's calendar.
    Release {
        /// Which release.
        rule: ReleaseRuleId,
        /// Days after it, -31 to 45.
        days: i64,
    },
    /// The nth weekday of every month.
    Month {
        /// 1 to 5, or -1 for the last.
        nth: i64,
        /// Which weekday.
        weekday: Day,
    },
    /// Every week.
    Week {
        /// Which weekday.
        weekday: Day,
    },
    /// Once.
    Once {
        /// On which day.
        on: NaiveDate,
    },
}

/// When a group may be patched, as agreed with the business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceWindow {
    /// Row id.
    pub id: WindowId,
    /// Which group.
    pub group: GroupId,
    /// What people call it.
    pub name: String,
    /// How it comes back.
    pub recurs: Recurs,
    /// Local start, `21:00`.
    pub start: String,
    /// Length.
    pub minutes: i64,
    /// Time zone; empty for the shop's.
    pub zone: String,
    /// The business owner who agreed.
    pub agreed_by: Option<PersonId>,
    /// When they agreed.
    pub agreed_on: Option<NaiveDate>,
    /// Until when that holds; nothing: once and for good.
    pub agreed_until_on: Option<NaiveDate>,
    /// Name of the file that shows it.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// Ended at, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(MaintenanceWindow, MaintenanceWindow);
