//! The sample register: an invented shop, told as six months of export files that the real importers read.
//!
//! The story is fixed; only its calendar moves, by whole weeks, so that it ends within the last seven days. It never writes into
//! a folder that exists.

mod build;
mod estate;
mod file;
mod story;

use std::io;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::util::clock::{DAY_SECS, day_in};

pub use build::{Sample, build};
pub use estate::{Behaviour, Machine, machines};

/// The Sunday on which the story ends before it is moved: five days after the newest release.
const END_ON: NaiveDate = date(2026, 11, 15);
/// The release days of the story before it is moved.
const RELEASES_ON: [NaiveDate; 6] = [
    date(2026, 6, 9),
    date(2026, 7, 14),
    date(2026, 8, 11),
    date(2026, 9, 8),
    date(2026, 10, 13),
    date(2026, 11, 10),
];
/// How many weekly exports there are.
const EXPORTS: i64 = 24;

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("a date of the sample's calendar does not exist"),
    }
}

/// The story on its calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    shift: TimeDelta,
}

impl Calendar {
    /// The calendar that ends within the seven days before an instant.
    pub fn ending(now_at: i64) -> Self {
        let today = day_in(chrono_tz::UTC, now_at);
        let weeks = (today - END_ON).num_days().div_euclid(7);
        Self { shift: TimeDelta::weeks(weeks) }
    }

    /// When each export was made, UTC seconds, oldest first: Sundays at 06:30.
    pub fn exports_at(&self) -> Vec<i64> {
        let end = at_utc(END_ON + self.shift, 6, 30);
        (0..EXPORTS).rev().map(|week| end - week * 7 * DAY_SECS).collect()
    }

    /// When each month's updates came out, UTC seconds.
    pub fn releases_at(&self) -> Vec<i64> {
        RELEASES_ON.iter().map(|&day| at_utc(day + self.shift, 18, 0)).collect()
    }

    /// The day the shop began with Patchbook: between the first and the second release.
    pub fn adoption_on(&self) -> NaiveDate {
        date(2026, 7, 1) + self.shift
    }

    /// Two months before the end, UTC seconds: when one machine is retired.
    pub fn retirement_at(&self) -> i64 {
        at_utc(date(2026, 9, 21) + self.shift, 9, 0)
    }
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
