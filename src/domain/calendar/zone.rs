//! Local dates and times of a named zone as instants, with the two hours a year that do not exist or come twice told apart.
//!
//! Two rules, and nowhere a third. A *maintenance window* is an agreement, so a start inside the gap of a clock change is a
//! named error: nobody can begin at a time that does not exist, see [`agreed`]. A *reminder, step or release* inside the gap
//! moves to the first moment that exists, see [`moved`]. An hour that comes twice means its first pass for both.

use chrono::{LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;

use crate::util::clock::{day_text, instant_of, utc};

/// What a local date and time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalTime {
    /// One instant, UTC seconds: the usual case.
    Once(i64),
    /// None: clocks are put forward over it. The first instant that exists after it, UTC seconds.
    Gap(i64),
    /// Two: clocks are put back over it. Both instants, UTC seconds, the earlier one first.
    Twice(i64, i64),
}

/// A local time that does not exist on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} does not exist on {} in {zone}: clocks go forward to {}. Choose another time.",
    .time.format("%H:%M"), day_text(*.day), .next.format("%H:%M")
)]
pub struct NoSuchTime {
    /// The day.
    pub day: NaiveDate,
    /// The time that is skipped.
    pub time: NaiveTime,
    /// The zone.
    pub zone: Tz,
    /// The local time that follows the gap.
    pub next: NaiveTime,
}

/// Reads a local date and time.
pub fn local_time(zone: Tz, day: NaiveDate, time: NaiveTime) -> LocalTime {
    let local = day.and_time(time);
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => LocalTime::Once(at.timestamp()),
        LocalResult::Ambiguous(one, other) => {
            let (one, other) = (one.timestamp(), other.timestamp());
            LocalTime::Twice(one.min(other), one.max(other))
        }
        LocalResult::None => LocalTime::Gap(after_gap(zone, local)),
    }
}

/// The instant of a start that was agreed: an error in a gap, the first pass of an hour that comes twice.
pub fn agreed(zone: Tz, day: NaiveDate, time: NaiveTime) -> Result<i64, NoSuchTime> {
    match local_time(zone, day, time) {
        LocalTime::Once(at) | LocalTime::Twice(at, _) => Ok(at),
        LocalTime::Gap(next_at) => {
            Err(NoSuchTime { day, time, zone, next: utc(next_at).with_timezone(&zone).time() })
        }
    }
}

/// The instant of a reminder, step or release: the first moment after a gap, the first pass of an hour that comes twice.
pub fn moved(zone: Tz, day: NaiveDate, time: NaiveTime) -> i64 {
    match local_time(zone, day, time) {
        LocalTime::Once(at) | LocalTime::Twice(at, _) | LocalTime::Gap(at) => at,
    }
}

/// A local time as rows keep it: `21:00`. Hours and minutes only.
pub fn time_of(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// The first second after a gap: the last minute before it is found, then one second is added.
fn after_gap(zone: Tz, local: NaiveDateTime) -> i64 {
    // Gaps last at most a day (Samoa 2011); every one begins and ends on a full minute.
    for minutes in 1..=25 * 60 {
        let earlier = local - TimeDelta::minutes(minutes);
        if let Some(at) = zone.from_local_datetime(&earlier).latest() {
            return at.timestamp() + 60;
        }
    }
    instant_of(zone, local)
}
