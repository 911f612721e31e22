//! Slots: the single times at which a maintenance window opens, shifted by holidays and freezes.

use chrono::{Datelike as _, NaiveDate};

use super::closure::ClosureKind;
use super::expected::{release_in, releases};
use super::recurrence::{days_from, months_between, nth_weekday, weekday_from};
use super::shift::Closures;
use super::window::{MaintenanceWindow, Recurs, WindowId};
use super::zone::{NoSuchTime, agreed, moved, time_of};
use crate::domain::book::Book;
use crate::domain::group::GroupId;
use crate::util::clock::{DAY_SECS, day_in, zone};

/// What binds patching: people away, and changes unwanted.
const EVERY_KIND: [ClosureKind; 2] = [ClosureKind::Holiday, ClosureKind::Freeze];

/// One opening of a maintenance window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Which window.
    pub window: WindowId,
    /// Which group may be patched.
    pub group: GroupId,
    /// The release it follows, UTC seconds; nothing for windows that come back by themselves.
    pub release_at: Option<i64>,
    /// The day the agreement gives, in the window's zone.
    pub planned_on: NaiveDate,
    /// The day it opens.
    pub on: NaiveDate,
    /// It opens, UTC seconds.
    pub from_at: i64,
    /// It closes, UTC seconds.
    pub until_at: i64,
    /// Why it is not on its day; empty where it is.
    pub shifted_because: String,
    /// Holidays and freezes it falls into all the same.
    pub warnings: Vec<String>,
    /// The agreed start does not exist on that day; `from_at` is the first moment after the gap.
    pub gap: Option<NoSuchTime>,
}

impl Slot {
    /// Whether two slots share a moment.
    pub fn meets(&self, other: &Self) -> bool {
        self.from_at < other.until_at && other.from_at < self.until_at
    }
}

/// Every slot of the windows in force that opens from `from_at` (included) to `to_at` (excluded), in order of time.
pub fn slots(book: &Book, from_at: i64, to_at: i64) -> Vec<Slot> {
    let closures = Closures::new(book);
    let windows = book.windows.rows().iter().filter(|window| window.ended_at.is_none());
    let mut found: Vec<Slot> =
        windows.flat_map(|window| slots_of(book, &closures, window, from_at, to_at)).collect();
    found.sort_by_key(|slot| (slot.from_at, slot.until_at, slot.group, slot.window));
    found
}

/// The slots of one window, in order of time.
pub fn slots_of(
    book: &Book,
    closures: &Closures<'_>,
    window: &MaintenanceWindow,
    from_at: i64,
    to_at: i64,
) -> Vec<Slot> {
    // A shift may carry a slot into the span or out of it.
    let margin = 63 * DAY_SECS;
    let days = days(book, window, from_at - margin, to_at + margin);
    let mut found: Vec<Slot> = days
        .into_iter()
        .filter_map(|(on, release_at)| slot(book, closures, window, on, release_at))
        .collect();
    found.retain(|slot| (from_at..to_at).contains(&slot.from_at));
    found.sort_by_key(|slot| slot.from_at);
    // Two planned days that a closure moves onto the same one are one slot.
    found.dedup_by_key(|slot| slot.from_at);
    found
}

/// The slots of a window that answer for one release: those that follow it; for a window that comes back by itself the first
/// one that opens at or after it.
pub fn slots_for_release(
    book: &Book,
    closures: &Closures<'_>,
    window: &MaintenanceWindow,
    release_at: i64,
) -> Vec<Slot> {
    let all = slots_of(book, closures, window, release_at - 95 * DAY_SECS, release_at + 110 * DAY_SECS);
    if matches!(window.recurs, Recurs::Release { .. }) {
        return all.into_iter().filter(|slot| slot.release_at == Some(release_at)).collect();
    }
    all.into_iter().find(|slot| slot.from_at >= release_at).into_iter().collect()
}

/// The days the agreement gives, each with the release it follows.
fn days(book: &Book, window: &MaintenanceWindow, from_at: i64, to_at: i64) -> Vec<(NaiveDate, Option<i64>)> {
    let zone = zone_of(book, window);
    let (first, last) = (day_in(zone, from_at), day_in(zone, to_at));
    match &window.recurs {
        Recurs::Release { rule, days } => {
            let Some(rule) = book.release_rules.get(rule.0) else { return Vec::new() };
            let span = days * DAY_SECS;
            let months = months_between(zone, from_at - span - 45 * DAY_SECS, to_at - span + 45 * DAY_SECS);
            let releases = months.filter_map(|month| release_in(book, rule, month)?.at);
            releases.map(|at| (days_from(day_in(zone, at), *days), Some(at))).collect()
        }
        Recurs::Month { nth, weekday } => {
            let months = months_between(zone, from_at, to_at);
            let day = |month: NaiveDate| nth_weekday(month.year(), month.month(), (*weekday).into(), *nth);
            months.filter_map(day).map(|day| (day, None)).collect()
        }
        Recurs::Week { weekday } => {
            let mut day = weekday_from(first, (*weekday).into());
            let mut days = Vec::new();
            while day <= last {
                days.push((day, None));
                day = days_from(day, 7);
            }
            days
        }
        Recurs::Once { on } => vec![(*on, None)],
    }
}

fn slot(
    book: &Book,
    closures: &Closures<'_>,
    window: &MaintenanceWindow,
    planned_on: NaiveDate,
    release_at: Option<i64>,
) -> Option<Slot> {
    let zone = zone_of(book, window);
    let time = time_of(&window.start)?;
    let not_before = release_at
        .map(|at| day_in(zone, at))
        .filter(|release_on| planned_on >= *release_on)
        // On the release day itself only where the window opens after the release.
        .map(
            |on| if moved(zone, on, time) >= release_at.unwrap_or_default() { on } else { days_from(on, 1) },
        );
    let shifted = closures.shift(planned_on, Some(window.group), &EVERY_KIND, not_before);
    let (from_at, gap) = match agreed(zone, shifted.on, time) {
        Ok(at) => (at, None),
        Err(gap) => (moved(zone, shifted.on, time), Some(gap)),
    };
    Some(Slot {
        window: window.id,
        group: window.group,
        release_at,
        planned_on,
        on: shifted.on,
        from_at,
        until_at: from_at + window.minutes.max(0) * 60,
        shifted_because: shifted.because,
        warnings: shifted.warnings,
        gap,
    })
}

/// The zone of a window: its own, else the shop's.
pub fn zone_of(book: &Book, window: &MaintenanceWindow) -> chrono_tz::Tz {
    zone(if window.zone.is_empty() { &book.shop.zone } else { &window.zone })
}

/// The releases of every vendor between two instants, for "one maintenance period" (requirement S1-52): `own` is left out.
pub fn other_releases(
    book: &Book,
    own: Option<super::release::ReleaseRuleId>,
    from_at: i64,
    to_at: i64,
) -> Vec<super::expected::Expected> {
    let all = releases(book, from_at, to_at);
    all.into_iter().filter(|release| Some(release.rule) != own && release.at.is_some()).collect()
}
