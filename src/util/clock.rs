//! The one place that reads the machine's clock, and the calendar arithmetic over it.
//!
//! Instants are `i64` seconds since 1970-01-01 00:00 UTC. Nothing else in the program may ask what time it is;
//! everybody else is handed an instant, so that a test, a report and a replay give the same answer twice.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;

/// Seconds in a day without a clock change.
pub const DAY_SECS: i64 = 86_400;

/// Where instants come from: the machine, or a fixed value for tests and samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock, as it is; never corrected.
    System,
    /// Always this instant.
    Fixed(i64),
}

impl Clock {
    /// Now, in seconds since 1970 UTC.
    pub fn now_at(self) -> i64 {
        match self {
            #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
            Self::System => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64),
            Self::Fixed(at) => at,
        }
    }
}

/// The instant as a date and time in UTC; the epoch if it is out of chrono's range.
pub fn utc(at: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(at, 0).unwrap_or_default()
}

/// `2026-11-22T13:05:00Z`.
pub fn iso(at: i64) -> String {
    utc(at).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The calendar day of an instant in a zone.
pub fn day_in(zone: Tz, at: i64) -> NaiveDate {
    utc(at).with_timezone(&zone).date_naive()
}

/// `Tue 8 Dec 2026`.
pub fn day_text(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// `8 Dec 2026 18:00 UTC`, or the zone's own abbreviation.
pub fn text_in(zone: Tz, at: i64) -> String {
    utc(at).with_timezone(&zone).format("%-d %b %Y %H:%M %Z").to_string()
}

/// The instant of a local time; in a gap the first valid time after it, in a fold the earlier one.
pub fn instant_of(zone: Tz, local: NaiveDateTime) -> i64 {
    let mut probe = local;
    for _ in 0..96 {
        if let Some(found) = zone.from_local_datetime(&probe).earliest() {
            return found.timestamp();
        }
        // Clock changes skip at most a day (Samoa 2011), in steps of a quarter of an hour.
        probe += chrono::TimeDelta::minutes(15);
    }
    local.and_utc().timestamp()
}

/// 23:59:59 of a day in a zone: when a deadline counted in days ends.
pub fn end_of_day(zone: Tz, day: NaiveDate) -> i64 {
    let next = day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN);
    instant_of(zone, next) - 1
}

/// Parses a zone's name, `Europe/Berlin`; UTC where it is unknown.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(chrono_tz::UTC)
}
