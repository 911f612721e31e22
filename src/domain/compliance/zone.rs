//! Midnights of the zones in use, laid out once, so that a deadline counted in days costs a few nanoseconds.
//!
//! Gives the same answers as `util::clock`, which it asks where a day lies outside the table.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use crate::util::clock::{self, DAY_SECS};

/// The days of one zone.
#[derive(Clone, Debug)]
pub struct ZoneDays {
    zone: Tz,
    first: NaiveDate,
    /// When each day begins, UTC seconds; one more than there are days.
    starts: Vec<i64>,
}

impl ZoneDays {
    /// Lays out the days from one instant to another, both UTC seconds.
    pub fn new(zone: Tz, from_at: i64, to_at: i64) -> Self {
        let first = clock::day_in(zone, from_at);
        let last = clock::day_in(zone, to_at.max(from_at));
        let mut starts = vec![clock::end_of_day(zone, first - TimeDelta::days(1)) + 1];
        let mut day = first;
        while day <= last {
            starts.push(clock::end_of_day(zone, day) + 1);
            day += TimeDelta::days(1);
        }
        Self { zone, first, starts }
    }

    /// The end (23:59:59) of the day that lies `days` after the day of an instant, which is day 0.
    pub fn end_after(&self, at: i64, days: i64) -> i64 {
        match self.place(at).and_then(|place| place.checked_add_signed(isize::try_from(days).ok()?)) {
            Some(place) if place + 1 < self.starts.len() => self.starts[place + 1] - 1,
            _ => self.end_by_calendar(at, days),
        }
    }

    /// The day of an instant.
    pub fn day(&self, at: i64) -> NaiveDate {
        clock::day_in(self.zone, at)
    }

    /// The end (23:59:59) of a day.
    pub fn end_of(&self, day: NaiveDate) -> i64 {
        clock::end_of_day(self.zone, day)
    }

    /// The first second of a day.
    pub fn start_of(&self, day: NaiveDate) -> i64 {
        day.pred_opt().map_or_else(|| self.end_of(day), |before| self.end_of(before) + 1)
    }

    /// The table's row of an instant's day.
    fn place(&self, at: i64) -> Option<usize> {
        if at < *self.starts.first()? || at >= *self.starts.last()? {
            return None;
        }
        // Days last about 24 hours, so the guess is at most one off but where a zone skipped a whole day.
        let mut place = (((at - self.starts[0]) / DAY_SECS) as usize).min(self.starts.len() - 2);
        while self.starts[place] > at {
            place -= 1;
        }
        while self.starts[place + 1] <= at {
            place += 1;
        }
        Some(place)
    }

    fn end_by_calendar(&self, at: i64, days: i64) -> i64 {
        let day = clock::day_in(self.zone, at);
        let span = TimeDelta::try_days(days).unwrap_or(TimeDelta::zero());
        clock::end_of_day(self.zone, day.checked_add_signed(span).unwrap_or(self.first))
    }
}
