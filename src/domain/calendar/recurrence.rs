//! The nth weekday of chosen months at a local time in a named zone, as instants: how vendors say when they release.
//!
//! Weekday arithmetic only. "The Tuesday of the second calendar week" is another day in some months (`standards.md` 2.1).

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;

use super::zone::moved;
use crate::util::clock::day_in;

/// A day that comes back by rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// 1 to 5, or -1 for the last.
    pub nth: i64,
    /// Which weekday.
    pub weekday: Weekday,
    /// Months in which it holds, 1 to 12.
    pub months: Vec<u32>,
    /// Local time.
    pub time: NaiveTime,
    /// The zone of that time.
    pub zone: Tz,
    /// First day on which the rule holds.
    pub from_on: Option<NaiveDate>,
    /// Last day on which it holds.
    pub until_on: Option<NaiveDate>,
}

/// The nth such weekday of a month; -1 is the last. None where the month has no fifth, or `nth` is no place.
pub fn nth_weekday(year: i32, month: u32, weekday: Weekday, nth: i64) -> Option<NaiveDate> {
    match nth {
        1..=5 => NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth as u8),
        -1 => {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
            let back = last.weekday().days_since(weekday);
            last.checked_sub_days(Days::new(u64::from(back)))
        }
        _ => None,
    }
}

/// The first such weekday on or after a day.
pub fn weekday_from(day: NaiveDate, weekday: Weekday) -> NaiveDate {
    let ahead = weekday.days_since(day.weekday());
    day.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(day)
}

impl Recurrence {
    /// The day in a month, in the rule's own zone. None where the rule does not hold there.
    pub fn day_in_month(&self, year: i32, month: u32) -> Option<NaiveDate> {
        if !self.months.contains(&month) {
            return None;
        }
        let day = nth_weekday(year, month, self.weekday, self.nth)?;
        let holds =
            self.from_on.is_none_or(|from| from <= day) && self.until_on.is_none_or(|until| day <= until);
        holds.then_some(day)
    }

    /// The instant in a month, UTC seconds.
    pub fn at_in_month(&self, year: i32, month: u32) -> Option<i64> {
        Some(moved(self.zone, self.day_in_month(year, month)?, self.time))
    }

    /// Every instant from `from_at` (included) to `to_at` (excluded), in order.
    pub fn between(&self, from_at: i64, to_at: i64) -> Vec<i64> {
        months_between(self.zone, from_at, to_at)
            .filter_map(|first| self.at_in_month(first.year(), first.month()))
            .filter(|at| (from_at..to_at).contains(at))
            .collect()
    }
}

/// The first day of every month that a span of instants touches in a zone; nothing for a span that ends before it begins.
pub fn months_between(zone: Tz, from_at: i64, to_at: i64) -> impl Iterator<Item = NaiveDate> {
    let first = first_of_month(day_in(zone, from_at));
    let last = day_in(zone, to_at);
    (0..).map_while(move |n| first.checked_add_months(Months::new(n)).filter(|month| *month <= last))
}

/// The first day of a day's month.
pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// A month as rows and the console write it, `2026-12`: its first day.
pub fn month_of(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.trim().split_once('-')?;
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !digits(year) || !digits(month) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)
}

/// A month as rows keep it: `2026-12`.
pub fn month_text(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// So many days from a day; the day itself where the calendar ends.
pub fn days_from(day: NaiveDate, days: i64) -> NaiveDate {
    TimeDelta::try_days(days).and_then(|span| day.checked_add_signed(span)).unwrap_or(day)
}
