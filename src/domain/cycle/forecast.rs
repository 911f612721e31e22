//! Will the calendar meet the promise? For every coming month, rank, class and exposure: when the last machine is patched by the
//! windows agreed, against when the deadline rules in force want it done.
//!
//! The finish of a group in a month is the end of its last slot that follows the month's release; a group whose windows come
//! back by themselves is patched in the first one after the release. A group without a window never finishes. Severe duties
//! are left to the emergency procedure where the calendar is too slow for them, and say so instead of failing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::book::Book;
use crate::domain::calendar::expected::release_in;
use crate::domain::calendar::recurrence::months_between;
use crate::domain::calendar::release::ReleaseRule;
use crate::domain::calendar::shift::Closures;
use crate::domain::calendar::slot::{Slot, slots_for_release};
use crate::domain::calendar::window::Recurs;
use crate::domain::compliance::binding::{Binding, Clocks};
use crate::domain::compliance::rule::{NEVER, NO_RULE, Profile, Rules};
use crate::domain::compliance::zone::ZoneDays;
use crate::domain::group::GroupId;
use crate::domain::rating::Rank;
use crate::domain::row::words;
use crate::domain::ruleset::traits::Traits;
use crate::domain::stamp::{instant, of_instant};
use crate::domain::standing::standings;
use crate::util::clock::{DAY_SECS, day_in, day_text, zone};
use crate::util::text::counted;

/// How many months are looked at.
pub const MONTHS: usize = 24;

words!(
    /// What comes of a promise.
    Outcome {
        /// Patched before it is due.
        Kept = "kept", "In time";
        /// Too late by the calendar, and meant for the emergency procedure.
        Emergency = "emergency", "By emergency only";
        /// The last window ends after the due date.
        Late = "late", "Late";
        /// A group has no window in time for that month.
        NoWindow = "no_window", "No window";
        /// No deadline rule binds: nothing was promised.
        NoRule = "no_rule", "Nothing promised";
    }
);

/// One promise in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What comes of it.
    pub outcome: Outcome,
    /// When it is due, UTC seconds.
    pub due_at: Option<i64>,
    /// When the last window ends, UTC seconds.
    pub finish_at: Option<i64>,
    /// The group that finishes last, or that has no window.
    pub group: Option<GroupId>,
    /// Why that window is not on its day.
    pub shifted_because: String,
    /// Whole days late; 0 where it is not.
    pub days_late: i64,
}

/// A rank for a class and an exposure, over the months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Rank.
    pub rank: Rank,
    /// Class.
    pub class: AssetClass,
    /// Exposure as recorded; unknown counts as internet-facing.
    pub exposure: Exposure,
    /// Assets in scope that it holds for.
    pub assets: u64,
    /// One for each month.
    pub cells: Vec<Cell>,
}

/// A coming month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// Its release, UTC seconds.
    pub release_at: i64,
}

/// A promise that will be broken, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which month, its place in [`Forecast::months`].
    pub month: usize,
    /// Which line, its place in [`Forecast::lines`].
    pub line: usize,
    /// `Medium servers, internal: due Tue 8 Dec 2026, last window of Web ends Sat 12 Dec 2026, 4 days late: shifted by freeze ...`
    pub text: String,
}

/// The coming months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// The months that have a release.
    pub months: Vec<Month>,
    /// Every rank for every class and exposure that an asset in scope has; strictest first.
    pub lines: Vec<Line>,
    /// What fails, by month.
    pub failures: Vec<Failure>,
    /// Assets in scope that are in no group: no window can be said to be theirs.
    pub without_group: u64,
    /// No release rule of a monthly template is on the calendar: there is nothing to count from.
    pub no_release: bool,
}

/// The release that months count from: that of the first monthly template that is offered.
pub fn release_rule(book: &Book) -> Option<&ReleaseRule> {
    let offered = book.cycle_templates.rows().iter().filter(|template| template.ended_at.is_none());
    let mut rules = offered.filter_map(|template| book.release_rules.get(template.release?.0));
    rules.find(|rule| rule.ended_at.is_none())
}

/// Looks ahead from an instant, UTC seconds.
pub fn forecast(book: &Book, at: i64) -> Forecast {
    let mut out = Forecast {
        months: Vec::new(),
        lines: Vec::new(),
        failures: Vec::new(),
        without_group: 0,
        no_release: true,
    };
    let mut members: BTreeMap<(AssetClass, Exposure), (u64, BTreeSet<GroupId>)> = BTreeMap::new();
    for standing in standings(book, at).into_iter().filter(super::super::standing::Standing::counts) {
        let Some(group) = standing.group else {
            out.without_group += 1;
            continue;
        };
        let entry = members.entry((standing.class, standing.exposure)).or_default();
        entry.0 += 1;
        entry.1.insert(group);
    }
    let Some(rule) = release_rule(book) else { return out };
    out.no_release = false;
    out.months = coming(book, rule, at);
    let Some(last) = out.months.last() else { return out };
    let shop = zone(&book.shop.zone);
    let zones = vec![ZoneDays::new(shop, at - DAY_SECS, last.release_at + 120 * DAY_SECS)];
    let sets = Binding::new(book, at);
    let asked = !sets.is_empty();
    let rules = Rules::new(book, sets, zones);
    let finishes: Vec<BTreeMap<GroupId, Option<Slot>>> =
        out.months.iter().map(|month| finishes(book, month.release_at)).collect();
    for &rank in Rank::ALL {
        let traits = asked.then(|| Traits::typical(rank));
        for (&(class, exposure), (assets, groups)) in &members {
            let profile = Profile { class, exposure, zone: 0, group: None };
            let cells = out.months.iter().zip(&finishes).map(|(month, finishes)| {
                let release = of_instant(month.release_at);
                let due = rules.due(rank, profile, Clocks::at_release(release), traits.as_ref());
                let due_at = (due.rule != NO_RULE && due.at != NEVER).then(|| instant(due.at));
                cell(rank, due_at, groups, finishes, shop)
            });
            let cells = cells.collect();
            out.lines.push(Line { rank, class, exposure, assets: *assets, cells });
        }
    }
    out.failures = failures(book, &out);
    out
}

fn coming(book: &Book, rule: &ReleaseRule, at: i64) -> Vec<Month> {
    let ahead = months_between(zone(&rule.zone), at, at + (MONTHS as i64 + 2) * 31 * DAY_SECS);
    let releases = ahead.filter_map(|first| {
        let release_at = release_in(book, rule, first)?.at?;
        (release_at >= at).then_some(Month { first, release_at })
    });
    releases.take(MONTHS).collect()
}

/// The last slot of every group for a release; nothing for a group without one.
fn finishes(book: &Book, release_at: i64) -> BTreeMap<GroupId, Option<Slot>> {
    let closures = Closures::new(book);
    let mut by_group: BTreeMap<GroupId, Option<Slot>> =
        book.groups.rows().iter().map(|group| (group.id, None)).collect();
    for (group, finish) in &mut by_group {
        let own = || book.windows.rows().iter().filter(|w| w.ended_at.is_none() && w.group == *group);
        let follows = own().any(|window| matches!(window.recurs, Recurs::Release { .. }));
        // Where windows follow the release they are the plan; one that comes back by itself is then only a spare.
        let plan = own().filter(|window| !follows || matches!(window.recurs, Recurs::Release { .. }));
        let slots = plan.flat_map(|window| slots_for_release(book, &closures, window, release_at));
        let slots = slots.filter(|slot| slot.until_at >= release_at);
        *finish = if follows {
            slots.max_by_key(|slot| slot.until_at)
        } else {
            slots.min_by_key(|slot| slot.until_at)
        };
    }
    by_group
}

fn cell(
    rank: Rank,
    due_at: Option<i64>,
    groups: &BTreeSet<GroupId>,
    finishes: &BTreeMap<GroupId, Option<Slot>>,
    shop: chrono_tz::Tz,
) -> Cell {
    let mut cell = Cell {
        outcome: Outcome::NoRule,
        due_at,
        finish_at: None,
        group: None,
        shifted_because: String::new(),
        days_late: 0,
    };
    let slot_of = |group: &GroupId| finishes.get(group).and_then(Option::as_ref);
    let missing = groups.iter().find(|group| slot_of(group).is_none());
    let latest = groups.iter().filter_map(slot_of).max_by_key(|slot| slot.until_at);
    if let Some(slot) = latest {
        cell.finish_at = Some(slot.until_at);
        cell.group = Some(slot.group);
        cell.shifted_because.clone_from(&slot.shifted_because);
    }
    let Some(due_at) = due_at else { return cell };
    let late = cell.finish_at.is_some_and(|finish| finish > due_at);
    cell.outcome = match missing {
        Some(group) => {
            cell.group = Some(*group);
            cell.finish_at = None;
            Outcome::NoWindow
        }
        None if late => Outcome::Late,
        None => Outcome::Kept,
    };
    if late && let Some(finish) = cell.finish_at {
        cell.days_late = (day_in(shop, finish) - day_in(shop, due_at)).num_days().max(0);
    }
    if rank == Rank::Severe && matches!(cell.outcome, Outcome::Late | Outcome::NoWindow) {
        cell.outcome = Outcome::Emergency;
    }
    cell
}

fn failures(book: &Book, forecast: &Forecast) -> Vec<Failure> {
    let shop = zone(&book.shop.zone);
    let mut found = Vec::new();
    for (month, of) in forecast.months.iter().enumerate() {
        for (place, line) in forecast.lines.iter().enumerate() {
            let cell = &line.cells[month];
            let group = cell
                .group
                .and_then(|id| book.groups.get(id.0))
                .map_or("a group", |group| group.name.as_str());
            let due = cell.due_at.map(|at| day_text(day_in(shop, at))).unwrap_or_default();
            let what = line.name();
            let text = match (cell.outcome, cell.finish_at) {
                (Outcome::NoWindow, _) => format!(
                    "{what}: due {due}, and {group} has no window after the release of {}",
                    day_text(day_in(shop, of.release_at))
                ),
                (Outcome::Late, Some(finish)) => {
                    let by = if cell.days_late > 0 {
                        format!("{} late", counted(cell.days_late.unsigned_abs(), "day", "days"))
                    } else {
                        "hours late".to_owned()
                    };
                    let why = if cell.shifted_because.is_empty() {
                        String::new()
                    } else {
                        format!(": {}", cell.shifted_because)
                    };
                    format!(
                        "{what}: due {due}, last window of {group} ends {}, {by}{why}",
                        day_text(day_in(shop, finish))
                    )
                }
                _ => continue,
            };
            found.push(Failure { month, line: place, text });
        }
    }
    found
}

impl Line {
    /// `Medium servers, internal`.
    pub fn name(&self) -> String {
        let class = match self.class {
            AssetClass::Server => "servers",
            AssetClass::Workstation => "workstations",
        };
        let exposure = match self.exposure {
            Exposure::Unknown => "exposure unknown".to_owned(),
            exposure => exposure.text().to_lowercase(),
        };
        format!("{} {class}, {exposure}", self.rank.text())
    }

    /// How many months of the forecast are kept.
    pub fn kept(&self) -> usize {
        self.cells.iter().filter(|cell| cell.outcome == Outcome::Kept).count()
    }
}

impl Forecast {
    /// Whether nothing fails, over months that there are.
    pub fn holds(&self) -> bool {
        !self.no_release && !self.months.is_empty() && self.failures.is_empty() && self.without_group == 0
    }

    /// The months that fail, by their first days.
    pub fn failing_months(&self) -> Vec<NaiveDate> {
        let mut months: Vec<usize> = self.failures.iter().map(|failure| failure.month).collect();
        months.dedup();
        months.into_iter().map(|month| self.months[month].first).collect()
    }
}
