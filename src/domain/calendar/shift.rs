//! What holidays and freezes do to a day: nothing, a warning, or a visible shift that keeps the original date.

use chrono::{Datelike as _, NaiveDate};

use super::closure::{Closure, ClosureEffect, ClosureKind};
use super::recurrence::days_from;
use crate::domain::book::Book;
use crate::domain::group::GroupId;
use crate::util::clock::day_text;

/// Closures that follow each other are walked over for so many days, then the day stays with a warning.
const REACH_DAYS: i64 = 62;

/// The closures on the calendar.
#[derive(Clone, Debug)]
pub struct Closures<'a> {
    rows: Vec<&'a Closure>,
}

/// A day after holidays and freezes have been looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shifted {
    /// Where it was.
    pub planned_on: NaiveDate,
    /// Where it is.
    pub on: NaiveDate,
    /// Why the two differ: `shifted by freeze Year end`; empty where they do not.
    pub because: String,
    /// Closures it falls into all the same: `holiday All Saints on Sun 1 Nov 2026`.
    pub warnings: Vec<String>,
}

impl<'a> Closures<'a> {
    /// The closures that stand.
    pub fn new(book: &'a Book) -> Self {
        Self { rows: book.closures.rows().iter().filter(|closure| closure.ended_at.is_none()).collect() }
    }

    /// The closures that hold on a day for a group; those that name no group hold for every one and for no group too.
    pub fn on(&self, day: NaiveDate, group: Option<GroupId>) -> impl Iterator<Item = &'a Closure> + '_ {
        self.rows
            .iter()
            .copied()
            .filter(move |closure| binds(closure, group) && covers(closure, day).is_some())
    }

    /// Moves a day out of closures. `kinds`: which of them concern it. `not_before`: a shift never goes before this day; it
    /// turns to the day after instead, since nobody patches before the release.
    pub fn shift(
        &self,
        day: NaiveDate,
        group: Option<GroupId>,
        kinds: &[ClosureKind],
        not_before: Option<NaiveDate>,
    ) -> Shifted {
        let mut shifted = Shifted { planned_on: day, on: day, because: String::new(), warnings: Vec::new() };
        let mut direction = None;
        let mut names: Vec<String> = Vec::new();
        let concern = |day: NaiveDate| self.on(day, group).filter(|closure| kinds.contains(&closure.kind));
        while let Some(closure) = concern(shifted.on).find(|closure| closure.effect != ClosureEffect::Warn) {
            // The first closure gives the direction for good, or two of them could send a day back and forth for ever.
            let earlier = *direction.get_or_insert(closure.effect == ClosureEffect::Earlier);
            let Some((first, last)) = covers(closure, shifted.on) else { break };
            let mut next = if earlier { days_from(first, -1) } else { days_from(last, 1) };
            if earlier && not_before.is_some_and(|floor| next < floor) {
                direction = Some(false);
                next = days_from(last, 1);
            }
            if (next - day).num_days().abs() > REACH_DAYS || next == shifted.on {
                break;
            }
            names.push(name(closure));
            shifted.on = next;
        }
        names.dedup();
        if shifted.on != day {
            shifted.because = format!("shifted by {}", names.join(" and "));
        }
        shifted.warnings = concern(shifted.on)
            .map(|closure| format!("{} on {}", name(closure), day_text(shifted.on)))
            .collect();
        shifted
    }
}

/// `freeze Year end`.
pub fn name(closure: &Closure) -> String {
    format!("{} {}", closure.kind.text().to_lowercase(), closure.name)
}

/// The days of a closure that a day lies in, first and last; nothing where it lies in none.
pub fn covers(closure: &Closure, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let length = (closure.until_on - closure.from_on).num_days();
    let years = if closure.yearly { day.year() - 1..=day.year() } else { 0..=0 };
    let mut spans = years.filter_map(|year| {
        let first = if closure.yearly { in_year(closure.from_on, year) } else { closure.from_on };
        (first >= closure.from_on).then(|| (first, days_from(first, length)))
    });
    spans.find(|(first, last)| (*first..=*last).contains(&day))
}

/// The same day in another year; 29 February is the 28th where there is none.
fn in_year(day: NaiveDate, year: i32) -> NaiveDate {
    day.with_year(year).or_else(|| day.pred_opt()?.with_year(year)).unwrap_or(day)
}

fn binds(closure: &Closure, group: Option<GroupId>) -> bool {
    closure.groups.is_empty() || group.is_some_and(|group| closure.groups.contains(&group))
}
