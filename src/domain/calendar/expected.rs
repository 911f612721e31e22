//! Releases to expect: every rule in force, less what was moved or dropped for one month (requirements S1-52, S3-21).

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::recurrence::{Recurrence, month_of, month_text, months_between};
use super::release::{Day, ReleaseOverride, ReleaseRule, ReleaseRuleId};
use super::zone::time_of;
use crate::domain::book::Book;
use crate::util::clock::{DAY_SECS, zone};

/// A release of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// By which rule.
    pub rule: ReleaseRuleId,
    /// Who releases.
    pub vendor: String,
    /// What.
    pub title: String,
    /// First day of the month it answers for.
    pub month: NaiveDate,
    /// When by the rule, UTC seconds; nothing where the rule does not hold in that month.
    pub ruled_at: Option<i64>,
    /// When it comes, UTC seconds; nothing where it was dropped.
    pub at: Option<i64>,
    /// Why it leaves its rule; empty where it does not.
    pub reason: String,
    /// The rule is told by one source only.
    pub unconfirmed: bool,
}

impl Expected {
    /// `Microsoft Security updates`.
    pub fn name(&self) -> String {
        format!("{} {}", self.vendor, self.title).trim().to_owned()
    }

    /// Where it stands in the calendar: when it comes, or when it would have come.
    pub fn place_at(&self) -> Option<i64> {
        self.at.or(self.ruled_at)
    }
}

impl From<Day> for Weekday {
    fn from(day: Day) -> Self {
        match day {
            Day::Monday => Self::Mon,
            Day::Tuesday => Self::Tue,
            Day::Wednesday => Self::Wed,
            Day::Thursday => Self::Thu,
            Day::Friday => Self::Fri,
            Day::Saturday => Self::Sat,
            Day::Sunday => Self::Sun,
        }
    }
}

/// A rule as arithmetic; nothing where its time cannot be read, which saving never lets through.
pub fn recurrence(rule: &ReleaseRule) -> Option<Recurrence> {
    Some(Recurrence {
        nth: rule.nth,
        weekday: rule.weekday.into(),
        months: rule.months.clone(),
        time: time_of(&rule.time)?,
        zone: zone(&rule.zone),
        from_on: rule.from_on,
        until_on: rule.until_on,
    })
}

/// The release of a rule in a month (`month`: any day of it, in the rule's own zone); nothing where neither the rule nor a
/// one-off gives one.
pub fn release_in(book: &Book, rule: &ReleaseRule, month: NaiveDate) -> Option<Expected> {
    let ruled_at = recurrence(rule)?.at_in_month(month.year(), month.month());
    let moved = moved_in(book, rule.id, month);
    if ruled_at.is_none() && moved.is_none() {
        return None;
    }
    Some(Expected {
        rule: rule.id,
        vendor: rule.vendor.clone(),
        title: rule.title.clone(),
        month: super::recurrence::first_of_month(month),
        ruled_at,
        at: moved.map_or(ruled_at, |moved| moved.at),
        reason: moved.map(|moved| moved.reason.clone()).unwrap_or_default(),
        unconfirmed: rule.unconfirmed,
    })
}

fn moved_in(book: &Book, rule: ReleaseRuleId, month: NaiveDate) -> Option<&ReleaseOverride> {
    let wanted = month_text(month);
    let holds = |o: &&ReleaseOverride| o.rule == rule && o.ended_at.is_none() && o.month == wanted;
    // What was recorded later wins.
    book.release_overrides.rows().iter().rev().find(holds)
}

/// Every release of every rule that is on the calendar, from `from_at` (included) to `to_at` (excluded), in order of time.
/// Dropped ones stand at the time at which they would have come.
pub fn releases(book: &Book, from_at: i64, to_at: i64) -> Vec<Expected> {
    let mut found = Vec::new();
    for rule in book.release_rules.rows().iter().filter(|rule| rule.ended_at.is_none()) {
        // A one-off may move a release out of its month, so months are looked at with a margin of six weeks.
        for month in months_between(zone(&rule.zone), from_at - 45 * DAY_SECS, to_at + 45 * DAY_SECS) {
            found.extend(release_in(book, rule, month));
        }
    }
    found.retain(|release| release.place_at().is_some_and(|at| (from_at..to_at).contains(&at)));
    found.sort_by(|a, b| (a.place_at(), &a.vendor, &a.title).cmp(&(b.place_at(), &b.vendor, &b.title)));
    found
}

/// The next release of a rule that comes after an instant, at most fourteen months ahead.
pub fn next_release(book: &Book, rule: &ReleaseRule, after_at: i64) -> Option<Expected> {
    let months = months_between(zone(&rule.zone), after_at - 45 * DAY_SECS, after_at + 430 * DAY_SECS);
    let ahead = months.filter_map(|month| release_in(book, rule, month));
    ahead.filter(|release| release.at.is_some_and(|at| at > after_at)).min_by_key(|release| release.at)
}

/// The first day of the month that a text such as `2026-12` names, with the sentence to show where it names none.
pub fn month_named(text: &str) -> Result<NaiveDate, String> {
    month_of(text).ok_or_else(|| format!("{text} is no month. Write it like 2026-12."))
}
