//! What happens on which day of a cycle, so that the story can be told in the order of time.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{cycle, drill, night, record, waiver};
use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::app::sample::promise;
use crate::app::sample::{Calendar, RECORDED, ZONE};
use crate::util::clock::day_in;

/// One month of the story.
#[derive(Clone, Debug)]
pub(in crate::app::sample) struct Month {
    /// Patch Tuesday.
    pub release_on: NaiveDate,
    /// `2026-11`.
    pub name: String,
    /// The month before the newest one: everything went its way, and it is closed.
    pub is_past: bool,
}

impl Month {
    /// A local time some days after the release, UTC seconds.
    pub fn at(&self, days: i64, hour: u32, minute: u32) -> i64 {
        local(self.on(days), hour, minute)
    }

    /// The day some days after the release.
    pub fn on(&self, days: i64) -> NaiveDate {
        if days < 0 {
            self.release_on - Days::new(days.unsigned_abs())
        } else {
            self.release_on + Days::new(days.unsigned_abs())
        }
    }
}

/// A local time of the shop, UTC seconds.
pub(super) fn local(day: NaiveDate, hour: u32, minute: u32) -> i64 {
    let time = day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default());
    time.and_local_timezone(ZONE)
        .earliest()
        .map_or_else(|| time.and_utc().timestamp(), |there| there.timestamp())
}

type Tell = fn(&mut Teller, &Month) -> Result<(), Error>;

/// Something that happens.
pub(in crate::app::sample) struct Event {
    /// When, UTC seconds.
    pub at: i64,
    /// In which month.
    pub month: Month,
    /// What.
    pub tell: Tell,
}

/// The last two months of the story, in the order of time.
pub(in crate::app::sample) fn diary(calendar: &Calendar) -> Vec<Event> {
    let releases = calendar.releases_at();
    let newest = releases.len().saturating_sub(1);
    let mut events = Vec::new();
    for (place, release_at) in releases.into_iter().enumerate().skip((newest + 1).saturating_sub(RECORDED)) {
        let release_on = day_in(ZONE, release_at);
        let month =
            Month { release_on, name: release_on.format("%Y-%m").to_string(), is_past: place < newest };
        let days: [(i64, u32, u32, Tell); 20] = [
            (-7, 9, 0, cycle::begin),
            (-6, 10, 0, cycle::call_committee),
            (-5, 9, 0, promise::publish),
            (-5, 14, 0, promise::freeze),
            (-1, 15, 30, cycle::hold_committee),
            (0, 20, 0, cycle::release_day),
            (1, 15, 0, promise::rate),
            (1, 16, 0, record::raise),
            (2, 10, 0, waiver::ask_in_time),
            (2, 11, 0, record::decide),
            (2, 14, 0, promise::remember),
            (2, 15, 0, record::announce),
            (3, 9, 0, night::plan),
            (3, 14, 0, waiver::ask_late),
            (3, 19, 0, night::tell),
            (5, 9, 0, record::verify),
            (6, 9, 30, record::watch),
            (7, 11, 0, promise::reconsider),
            (8, 10, 0, drill::rehearse),
            (14, 10, 0, cycle::close),
        ];
        events.extend(days.into_iter().map(|(days, hour, minute, tell)| Event {
            at: month.at(days, hour, minute),
            month: month.clone(),
            tell,
        }));
    }
    events.sort_by_key(|event| event.at);
    events
}
