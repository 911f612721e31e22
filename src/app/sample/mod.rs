//! The sample register: an invented shop, told as six months of export files that the real importers read, and as what its people
//! decided and did in between, told through the same commands that the window gives.
//!
//! The story follows the real calendar: its releases are the last six Patch Tuesdays, and it ends on the last Sunday. It never
//! writes into a folder that exists.

mod build;
mod estate;
mod file;
mod month;
mod promise;
mod story;

use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime, TimeDelta, Weekday};

use crate::util::clock::day_in;

pub use build::{Sample, build};
pub use estate::{Behaviour, Machine, machines};

/// Where the shop is.
const ZONE: chrono_tz::Tz = chrono_tz::Europe::London;
/// How many months of releases the story has.
const MONTHS: usize = 6;
/// A server fetches new updates in the night after their release.
const FETCH_SECS: i64 = 8 * 3600;

/// Group, start of its maintenance window by the shop's clock, its length in minutes, days after the release.
const WINDOWS: [(&str, &str, i64, i64); 7] = [
    ("Domain controllers", "21:00", 60, 3),
    ("E-mail", "22:00", 60, 3),
    ("Web", "22:00", 90, 3),
    ("Database", "23:00", 90, 3),
    ("Application", "23:30", 120, 3),
    ("Presentation and other", "21:00", 120, 4),
    ("Workstations", "20:00", 180, 3),
];
/// How many months were patched under change records, in the agreed windows.
const RECORDED: usize = 2;

/// The story on its calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The release days, oldest first.
    releases_on: Vec<NaiveDate>,
    /// The Sunday of the last export.
    end_on: NaiveDate,
}

impl Calendar {
    /// The calendar that ends within the seven days before an instant.
    pub fn ending(now_at: i64) -> Self {
        let today = day_in(chrono_tz::UTC, now_at);
        let sunday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_sunday()));
        let end_on = if export_at(sunday) <= now_at { sunday } else { sunday - TimeDelta::weeks(1) };
        let months = (0..=MONTHS as u32).filter_map(|back| end_on.checked_sub_months(Months::new(back)));
        let releases = months.filter_map(second_tuesday);
        let mut releases_on: Vec<NaiveDate> =
            releases.filter(|day| release_at(*day) + FETCH_SECS <= export_at(end_on)).take(MONTHS).collect();
        releases_on.reverse();
        Self { releases_on, end_on }
    }

    /// When each export was made, UTC seconds, oldest first: Sundays at 06:30 from the one before the first release, and the
    /// morning after each of the last two releases, when the month's records are written.
    pub fn exports_at(&self) -> Vec<i64> {
        let Some(first) = self.releases_on.first() else { return Vec::new() };
        let begin = *first - TimeDelta::days(i64::from(first.weekday().num_days_from_sunday()));
        let mut days: Vec<NaiveDate> = begin.iter_weeks().take_while(|day| *day <= self.end_on).collect();
        days.extend(self.releases_on.iter().rev().take(2).map(|day| *day + Days::new(1)));
        days.sort_unstable();
        days.into_iter().map(export_at).collect()
    }

    /// When each month's updates came out, UTC seconds.
    pub fn releases_at(&self) -> Vec<i64> {
        self.releases_on.iter().map(|day| release_at(*day)).collect()
    }

    /// The day the shop began with Patchbook: between the first and the second release.
    pub fn adoption_on(&self) -> NaiveDate {
        self.releases_on.first().map_or(self.end_on, |day| *day + Days::new(22))
    }

    /// Three weeks before the last release but one, UTC seconds: when one machine is retired.
    pub fn retirement_at(&self) -> i64 {
        let day = self.releases_on.iter().rev().nth(1).map_or(self.end_on, |day| *day - Days::new(22));
        at_utc(day, 9, 0)
    }
}

/// Patch Tuesday of the month that a day is in.
fn second_tuesday(day: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(day.year(), day.month(), Weekday::Tue, 2)
}

fn release_at(day: NaiveDate) -> i64 {
    let ten = day.and_time(NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default());
    let there = ten.and_local_timezone(chrono_tz::America::Los_Angeles).earliest();
    there.map_or_else(|| at_utc(day, 18, 0), |time| time.timestamp())
}

/// When the window of a group begins after a release, UTC seconds, and how long it is, in seconds.
fn window_after(group: &str, release_at: i64) -> Option<(i64, i64)> {
    let &(_, start, minutes, days) = WINDOWS.iter().find(|(name, ..)| *name == group)?;
    let start = NaiveTime::parse_from_str(start, "%H:%M").ok()?;
    let day = day_in(ZONE, release_at) + TimeDelta::days(days);
    let there = day.and_time(start).and_local_timezone(ZONE).earliest()?;
    Some((there.timestamp(), minutes * 60))
}

fn export_at(day: NaiveDate) -> i64 {
    at_utc(day, 6, 30)
}

fn at_utc(day: NaiveDate, hour: u32, minute: u32) -> i64 {
    day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()).and_utc().timestamp()
}

/// The files of one export.
#[derive(Clone, Debug)]
pub struct ExportFolder {
    /// The folder.
    pub folder: PathBuf,
    /// When the export was made, UTC seconds.
    pub made_at: i64,
}

/// Writes the exports below a new folder, one folder each, and says where. Fails if the folder exists.
pub fn write_exports(folder: &Path, calendar: &Calendar) -> io::Result<Vec<ExportFolder>> {
    std::fs::create_dir(folder)?;
    let machines = machines();
    let mut written = Vec::new();
    for made_at in calendar.exports_at() {
        let below = folder.join(day_in(chrono_tz::UTC, made_at).format("wsus-export-%Y-%m-%d").to_string());
        std::fs::create_dir(&below)?;
        let export = story::export(&machines, calendar, made_at);
        file::write(&below, &export)?;
        written.push(ExportFolder { folder: below, made_at });
    }
    Ok(written)
}
