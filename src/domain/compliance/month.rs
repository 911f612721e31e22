//! The reference month: between the first of a month and its Patch Tuesday it is still the month before (`metrics.md` rule 7).

use chrono::{Datelike as _, Months, NaiveDate, Weekday};
use chrono_tz::Tz;

use crate::util::clock;

use super::outcome::Period;

/// Patch Tuesday: the second Tuesday of a month.
pub fn patch_tuesday(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Tue, 2)
}

/// The first day of the reference month of a day.
pub fn reference_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    match patch_tuesday(day.year(), day.month()) {
        Some(tuesday) if day < tuesday => first.checked_sub_months(Months::new(1)).unwrap_or(first),
        _ => first,
    }
}

/// A calendar month in a zone. `day`: any day of it.
pub fn month_period(zone: Tz, day: NaiveDate) -> Period {
    let first = day.with_day(1).unwrap_or(day);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let begin = |day: NaiveDate| clock::instant_of(zone, day.and_time(chrono::NaiveTime::MIN));
    Period { from_at: begin(first), to_at: begin(next) }
}

/// `November 2026`, of a cohort's number (year times twelve plus month from 0).
pub fn month_text(month: i32) -> String {
    let date = NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1);
    date.map_or_else(|| month.to_string(), |date| date.format("%B %Y").to_string())
}
