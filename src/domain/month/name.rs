//! The name of a month, `2026-11`, and the stretch of time it stands for in the shop's zone.

use chrono::{Datelike as _, Months, NaiveDate};

use crate::domain::book::Book;
use crate::domain::compliance::month::{month_period, month_text};
use crate::domain::compliance::outcome::Period;
use crate::util::clock::{day_in, zone};

/// The first day of a named month; `None` for anything that is not written like `2026-11`.
pub fn first_day(month: &str) -> Option<NaiveDate> {
    let (year, number) = month.split_once('-')?;
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, number.parse().ok()?, 1)?;
    // One month has one name: a second spelling would be a second month to whoever compares names.
    (name_of(day) == month).then_some(day)
}

/// The name of the month in which an instant lies.
pub fn month_at(book: &Book, at: i64) -> String {
    name_of(day_in(zone(&book.shop.zone), at))
}

/// The name of the month of a day.
pub fn name_of(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// A month's first second and the first second after it, UTC, in the shop's zone.
pub fn period(book: &Book, month: &str) -> Option<Period> {
    Some(month_period(zone(&book.shop.zone), first_day(month)?))
}

/// The instant of a month's figures: 23:59:59 of its last day in the shop's zone, UTC seconds.
pub fn end_at(book: &Book, month: &str) -> Option<i64> {
    Some(period(book, month)?.to_at - 1)
}

/// The month before a named one.
pub fn before(month: &str) -> Option<String> {
    Some(name_of(first_day(month)?.checked_sub_months(Months::new(1))?))
}

/// The month after a named one.
pub fn after(month: &str) -> Option<String> {
    Some(name_of(first_day(month)?.checked_add_months(Months::new(1))?))
}

/// `November 2026`.
pub fn text(month: &str) -> String {
    first_day(month).map_or_else(|| month.to_owned(), |day| month_text(day.year() * 12 + day.month0() as i32))
}
