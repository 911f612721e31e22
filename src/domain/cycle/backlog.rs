//! What earlier months left over, apart from this month (requirement S1-51), and how a catch-up campaign burns it down.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::book::Book;
use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::stamp::of_instant;
use crate::util::clock::{DAY_SECS, day_in, end_of_day, instant_of, zone};

use super::{Cycle, CycleKind};

/// The open pairs of one month of release.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonthLeft {
    /// Year times twelve plus month from 0, see `compliance::month::month_text`.
    pub month: i32,
    /// Open or unanswered, required, of machines in scope.
    pub open: u64,
    /// Of these, past due and not waived.
    pub overdue: u64,
    /// Of these, waived.
    pub waived: u64,
    /// Released before the shop began: part of the catch-up.
    pub catch_up: u64,
}

/// The open pairs of a register, this month's and the older ones apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Released at or after the begin of this month's cycle.
    pub this_month: MonthLeft,
    /// Older months, the newest first.
    pub older: Vec<MonthLeft>,
}

impl Backlog {
    /// Open pairs of older months.
    pub fn older_open(&self) -> u64 {
        self.older.iter().map(|month| month.open).sum()
    }
}

/// Parts what is open by month of release. `since_at`: where this month begins, UTC seconds: the anchor of its cycle.
pub fn backlog(view: &View<'_>, since_at: i64) -> Backlog {
    let mut older: BTreeMap<i32, MonthLeft> = BTreeMap::new();
    let shop = zone(&view.book.shop.zone);
    let this = day_in(shop, since_at);
    let number = |day: chrono::NaiveDate| {
        use chrono::Datelike as _;
        day.year() * 12 + day.month0() as i32
    };
    let mut this_month = MonthLeft { month: number(this), ..MonthLeft::default() };
    for update in 0..view.duties.len() as u32 {
        let duty = &view.duties[update as usize];
        for verdict in view.pairs_of(update) {
            if !verdict.required || !matches!(verdict.kind, Kind::Open | Kind::Unknown) {
                continue;
            }
            let left = if duty.released >= of_instant(since_at) {
                &mut this_month
            } else {
                older
                    .entry(duty.month)
                    .or_insert_with(|| MonthLeft { month: duty.month, ..MonthLeft::default() })
            };
            left.open += 1;
            left.overdue += u64::from(view.is_overdue(&verdict));
            left.waived += u64::from(verdict.waived);
            left.catch_up += u64::from(duty.catch_up);
        }
    }
    Backlog { this_month, older: older.into_values().rev().collect() }
}

/// One point of a burndown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BurnPoint {
    /// As of, UTC seconds.
    pub at: i64,
    /// Pairs of the campaign still open or unanswered.
    pub open: u64,
}

/// How a campaign burns down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Burndown {
    /// How many pairs it began with.
    pub began_with: u64,
    /// Once a day for two weeks, once a week for longer ones; the last point is the as-of instant or the close.
    pub points: Vec<BurnPoint>,
}

/// The updates (their places) a campaign is about: those it names; if it names none, everything released before it began, or
/// before the shop began where that is earlier.
pub fn campaign_updates(book: &Book, cycle: &Cycle) -> Vec<u32> {
    if !cycle.updates.is_empty() {
        return cycle.updates.iter().filter_map(|update| book.updates.place(update.0)).collect();
    }
    let adopted_at = book
        .shop
        .adoption_on
        .map(|day| instant_of(zone(&book.shop.zone), day.and_time(chrono::NaiveTime::MIN)));
    let before_at = adopted_at.map_or(cycle.anchor_at, |adopted| adopted.min(cycle.anchor_at));
    let rows = book.updates.rows().iter().enumerate();
    rows.filter(|(_, update)| update.released_at < before_at).map(|(place, _)| place as u32).collect()
}

/// Counts the open pairs of a campaign from its begin to an instant, UTC seconds. Nothing for other kinds of cycle.
pub fn burndown(book: &Book, cycle: &Cycle, as_of_at: i64) -> Option<Burndown> {
    if cycle.kind != CycleKind::CatchUp {
        return None;
    }
    let updates: BTreeSet<u32> = campaign_updates(book, cycle).into_iter().collect();
    let end_at = cycle.closed_at.map_or(as_of_at, |closed| closed.min(as_of_at));
    let mut burndown = Burndown::default();
    for at in moments(book, cycle.anchor_at, end_at) {
        let view = View::new(book, at);
        let open = |update: &u32| {
            let owed = view.pairs_of(*update).into_iter();
            owed.filter(|v| v.required && matches!(v.kind, Kind::Open | Kind::Unknown)).count() as u64
        };
        burndown.points.push(BurnPoint { at, open: updates.iter().map(open).sum() });
    }
    burndown.began_with = burndown.points.first().map_or(0, |point| point.open);
    Some(burndown)
}

/// The begin, ends of days or weeks, the end; nothing where the end comes before the begin.
fn moments(book: &Book, from_at: i64, to_at: i64) -> Vec<i64> {
    if to_at < from_at {
        return Vec::new();
    }
    let shop = zone(&book.shop.zone);
    // A year of campaign is 53 looks at the register.
    let step = if to_at - from_at <= 15 * DAY_SECS { 1 } else { 7 };
    let mut moments = vec![from_at];
    let mut day = day_in(shop, from_at);
    while moments.len() < 60 {
        let at = end_of_day(shop, day);
        if at >= to_at {
            break;
        }
        if at > from_at {
            moments.push(at);
        }
        day = crate::domain::calendar::recurrence::days_from(day, step);
    }
    moments.push(to_at);
    moments.dedup();
    moments
}
