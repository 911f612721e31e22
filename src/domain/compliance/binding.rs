//! Rule sets at work: which rules of the adopted sets bind a duty, when their clocks start, when they end.
//!
//! A set binds where its own clock starts while it is adopted and while its source is in force, so neither adopting nor leaving one
//! moves a due date that already runs. A set whose source had ended before the shop adopted it binds the past for which it was
//! adopted: everything whose clock started while that source was in force.

use chrono::{Months, NaiveDate};

use crate::domain::asset::Exposure;
use crate::domain::book::Book;
use crate::domain::rating::Rank;
use crate::domain::ruleset::traits::{Flaw, Traits};
use crate::domain::ruleset::{Amount, Condition, RuleSet, SetClock, SetRule, SetScope, Stage};
use crate::domain::stamp::{Stamp, instant, of_instant};
use crate::util::clock;

use super::rule::{NEVER, Profile};
use super::zone::ZoneDays;

/// What starts the clocks that depend on the pair: when the vendor released it, when the asset first showed it, when the asset
/// came into the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// Release.
    pub released: Stamp,
    /// The asset's first report of it.
    pub first_seen: Stamp,
    /// The asset's coming into the register.
    pub joined: Stamp,
}

impl Clocks {
    /// Everything at the release: what holds where nothing depends on the pair.
    pub fn at_release(released: Stamp) -> Self {
        Self { released, first_seen: released, joined: released }
    }
}

/// A duty as a rule of a set looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Regime<'t> {
    /// Its rank.
    pub rank: Rank,
    /// Whose duty it is.
    pub profile: Profile,
    /// What starts the clocks.
    pub clocks: Clocks,
    /// What is known of the update.
    pub traits: &'t Traits,
}

/// A rule of an adopted set.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// Place of the rule on its shelf.
    pub place: u32,
    /// The rule.
    pub rule: &'a SetRule,
    /// Its set.
    pub set: &'a RuleSet,
    /// It binds what starts at this instant or later.
    from_at: i64,
    /// It binds what starts before this instant.
    until_at: i64,
}

/// The rules of all adopted sets.
#[derive(Clone, Debug, Default)]
pub struct Binding<'a> {
    rules: Vec<Bound<'a>>,
}

impl<'a> Binding<'a> {
    /// Gathers the rules of the sets that were ever adopted, as known at an instant.
    pub fn new(book: &'a Book, as_of_at: i64) -> Self {
        let zone = clock::zone(&book.shop.zone);
        let start_of = |day: NaiveDate| {
            clock::end_of_day(zone, day.checked_sub_days(chrono::Days::new(1)).unwrap_or(day)) + 1
        };
        let mut rules = Vec::new();
        for (place, rule) in book.set_rules.rows().iter().enumerate() {
            let Some(set) = book.rule_sets.get(rule.set.0) else { continue };
            let Some(adopted_at) = set.adopted_at.filter(|&at| at <= as_of_at) else { continue };
            let source_from = set.from_on.map_or(i64::MIN, start_of);
            let source_until = set.until_on.map_or(i64::MAX, |day| clock::end_of_day(zone, day) + 1);
            let ended_at = set.ended_at.filter(|&at| at <= as_of_at).unwrap_or(i64::MAX);
            let (from_at, until_at) = if is_past(source_until, adopted_at) {
                (source_from, source_until)
            } else {
                (source_from.max(adopted_at), source_until.min(ended_at))
            };
            rules.push(Bound { place: place as u32, rule, set, from_at, until_at });
        }
        Self { rules }
    }

    /// Whether no set was ever adopted.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether any set binds groups.
    pub fn by_group(&self) -> bool {
        self.rules.iter().any(|bound| !bound.set.binds.groups.is_empty())
    }

    /// Whether the due dates of such a machine depend on when it first showed a duty, or on when it joined.
    pub fn by_pair(&self, profile: Profile) -> bool {
        let clock = |bound: &Bound<'_>| matches!(bound.rule.clock, SetClock::Detected | SetClock::Joined);
        self.rules.iter().any(|bound| clock(bound) && in_scope(&bound.set.binds, profile))
    }

    /// Tells every rule of a stage that binds such a duty: the rule, when its clock started, when it ends. [`NEVER`] where the rule
    /// gives no date.
    pub fn each(
        &self,
        stage: Stage,
        of: Regime<'_>,
        zone: &ZoneDays,
        tell: &mut dyn FnMut(&Bound<'a>, Stamp, Stamp),
    ) {
        for bound in self.rules.iter().filter(|bound| bound.rule.stage == stage) {
            let condition = &bound.rule.condition;
            if !in_scope(&bound.set.binds, of.profile) || !of_update(condition, of) {
                continue;
            }
            for flaw in of.traits.flaws.iter().filter(|flaw| of_flaw(condition, of.traits, flaw)) {
                let Some(start_at) = start(bound.rule.clock, of.clocks, of.traits, flaw, zone) else {
                    continue;
                };
                let arisen_at = arisen(bound.rule.clock, start_at, of.clocks, flaw, zone);
                // A source that ended binds what its own clock began by then, whenever the update came.
                let listed = bound.rule.clock == SetClock::Listed && bound.set.until_on.is_some();
                let counted_at = if listed { start_at } else { arisen_at };
                if bound.from_at <= arisen_at && counted_at < bound.until_at {
                    let end = end(bound.rule, start_at, flaw, zone);
                    // One below the mark for "no due date": a rule of centuries still is a rule.
                    let at = end.map_or(NEVER, |at| of_instant(at).min(NEVER - 1));
                    tell(bound, of_instant(start_at), at);
                }
            }
        }
    }
}

/// Whether a source had ended when a shop took its rules on.
fn is_past(source_until_at: i64, adopted_at: i64) -> bool {
    source_until_at <= adopted_at
}

fn counts_as(exposure: Exposure) -> Exposure {
    if exposure == Exposure::Unknown { Exposure::Internet } else { exposure }
}

fn any_or<T: PartialEq>(list: &[T], value: &T) -> bool {
    list.is_empty() || list.contains(value)
}

/// Whether a set binds such a machine.
pub(super) fn in_scope(scope: &SetScope, profile: Profile) -> bool {
    any_or(&scope.classes, &profile.class)
        && any_or(&scope.exposures, &counts_as(profile.exposure))
        && (scope.groups.is_empty() || profile.group.is_some_and(|group| scope.groups.contains(&group)))
}

fn of_update(condition: &Condition, of: Regime<'_>) -> bool {
    any_or(&condition.ranks, &of.rank)
        && any_or(&condition.classes, &of.profile.class)
        && any_or(&condition.exposures, &counts_as(of.profile.exposure))
        && any_or(&condition.software, &of.traits.software)
}

fn of_flaw(condition: &Condition, traits: &Traits, flaw: &Flaw) -> bool {
    let both_known = flaw.automatable.is_some() && flaw.total_impact.is_some();
    // A row of a table wants both answers; what holds while one is missing may still want the other.
    let answered = |wanted: Option<bool>, answer: Option<bool>| {
        wanted.is_none_or(|wanted| both_known != condition.unassessed && answer == Some(wanted))
    };
    traits.holds(condition.trigger, flaw)
        && answered(condition.automatable, flaw.automatable)
        && answered(condition.total_impact, flaw.total_impact)
        && !(condition.unassessed && both_known)
}

/// When a clock starts, UTC seconds; `None` where it has not.
fn start(of: SetClock, clocks: Clocks, traits: &Traits, flaw: &Flaw, zone: &ZoneDays) -> Option<i64> {
    let released_at = instant(clocks.released);
    let listed_at = || flaw.listed_on.map(|day| zone.start_of(day));
    Some(match of {
        SetClock::Release => released_at,
        SetClock::Listed => listed_at()?,
        SetClock::Detected => instant(clocks.first_seen).max(released_at),
        SetClock::Evaluated => traits.evaluated_at.unwrap_or(released_at).max(released_at),
        SetClock::Identified => traits.known_at.max(released_at),
        SetClock::Joined => instant(clocks.joined).max(released_at),
        SetClock::Checked => traits.checked_at.unwrap_or(released_at).min(released_at),
        SetClock::Earliest => listed_at().map_or(released_at, |listed| listed.min(released_at)),
    })
}

/// When the duty arose, UTC seconds: with its clock, except where a listing may start it. There the duty arises with the later of
/// listing and release, so that a set binds a flaw that was listed before it was adopted and fixed after.
fn arisen(of: SetClock, start_at: i64, clocks: Clocks, flaw: &Flaw, zone: &ZoneDays) -> i64 {
    if !matches!(of, SetClock::Earliest | SetClock::Listed) {
        return start_at;
    }
    let listed_at = flaw.listed_on.map_or(start_at, |day| zone.start_of(day));
    listed_at.max(instant(clocks.released))
}

/// When the time is up, UTC seconds; `None` where the rule gives no date.
fn end(rule: &SetRule, start_at: i64, flaw: &Flaw, zone: &ZoneDays) -> Option<i64> {
    let count = rule.count.clamp(0, 40_000);
    match rule.unit {
        Amount::Hours => Some(start_at + count * 3600),
        Amount::Days => Some(zone.end_after(start_at, count)),
        Amount::Weeks => Some(zone.end_after(start_at, count * 7)),
        Amount::Months => {
            let months = Months::new(u32::try_from(count).unwrap_or(0));
            let same_day = zone.day(start_at).checked_add_months(months);
            let thirty = zone.end_after(start_at, count * 30);
            Some(same_day.map_or(thirty, |day| zone.end_of(day).min(thirty)))
        }
        Amount::Listed => flaw.due_on.map(|day| zone.end_of(day)),
        Amount::Upgrade => None,
    }
}
