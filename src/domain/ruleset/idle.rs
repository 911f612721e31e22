//! Rules that can never decide: for all that they bind, another rule asks for less time from the same clock or an earlier one. Such a
//! rule is not wrong, and it is never refused; whoever records it is told. Only what is certain is told: where two times cannot be
//! compared (a catalogue's due date, months against 29 days), nothing is said.

use super::standing::{proposed_rules, proposed_sets, rules_of, time_text};
use super::{Amount, Condition, RuleSet, SetClock, SetRule, Stage, Trigger};
use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::book::Book;
use crate::domain::compliance::moved::rule_text;
use crate::domain::deadline::{ClockStart, DeadlineRule, TimeUnit, binding};
use crate::domain::rating::Rank;
use crate::util::clock::{day_in, zone};

/// What can be decided apart: a rank, a class, an exposure.
type Slot = (Rank, AssetClass, Exposure);

/// How much time there is: whole days up to an end of day, or exact hours.
#[derive(Clone, Copy)]
enum Time {
    /// At least and at most so many days; they differ for months.
    Days(i64, i64),
    Hours(i64),
}

impl Time {
    /// Whether it always ends before another that starts at the same instant. A day's end lies 0 to 24 hours after the instant that is
    /// so many days on; an hour more is left for the change of clocks.
    fn is_less(self, other: Self) -> bool {
        match (self, other) {
            (Self::Days(_, most), Self::Days(least, _)) => most < least,
            (Self::Hours(mine), Self::Hours(other)) => mine < other,
            (Self::Hours(mine), Self::Days(least, _)) => mine < least * 24,
            (Self::Days(_, most), Self::Hours(other)) => most * 24 + 25 < other,
        }
    }
}

/// A rule as it is compared.
struct Entrant {
    slots: Vec<Slot>,
    /// It asks for nothing but rank, class and exposure, of machines of every group.
    plain: bool,
    clock: SetClock,
    time: Time,
    text: String,
}

impl Entrant {
    fn own(rule: &DeadlineRule) -> Self {
        let fits = |&(rank, class, exposure): &Slot| {
            rank == rule.rank
                && rule.class.is_none_or(|wanted| wanted == class)
                && rule.exposure.is_none_or(|wanted| is_met(&[wanted], exposure))
        };
        Self {
            slots: slots().filter(fits).collect(),
            plain: true,
            clock: match rule.clock {
                ClockStart::Release => SetClock::Release,
                ClockStart::FirstSeen => SetClock::Detected,
            },
            time: match rule.unit {
                TimeUnit::Days => Time::Days(rule.amount, rule.amount),
                TimeUnit::Hours => Time::Hours(rule.amount),
            },
            text: rule_text(rule),
        }
    }

    /// `None` for a rule that makes nothing due, or that gives no time of its own.
    fn of_set(set: &RuleSet, rule: &SetRule) -> Option<Self> {
        let (count, condition) = (rule.count, &rule.condition);
        let time = match rule.unit {
            Amount::Hours => Time::Hours(count),
            Amount::Days => Time::Days(count, count),
            Amount::Weeks => Time::Days(count * 7, count * 7),
            Amount::Months => Time::Days(count * 28, count * 30),
            Amount::Listed | Amount::Upgrade => return None,
        };
        let fits = |&(rank, class, exposure): &Slot| {
            let any = |list: &[AssetClass]| list.is_empty() || list.contains(&class);
            (condition.ranks.is_empty() || condition.ranks.contains(&rank))
                && any(&condition.classes)
                && any(&set.binds.classes)
                && is_met(&condition.exposures, exposure)
                && is_met(&set.binds.exposures, exposure)
        };
        (rule.stage == Stage::Correct).then(|| Self {
            slots: slots().filter(fits).collect(),
            plain: asks_nothing(condition) && set.binds.groups.is_empty(),
            clock: rule.clock,
            time,
            text: format!("{}, {}: {}", set.name, rule.label, time_text(count, rule.unit, rule.clock)),
        })
    }

    /// Why it never decides, if for every slot there is a rule that asks for less.
    fn outdone_by(&self, all: &[Self]) -> Option<String> {
        let outdoes = |other: &&Self, slot: &Slot| {
            other.plain
                && other.slots.contains(slot)
                && is_no_later(other.clock, self.clock)
                && other.time.is_less(self.time)
        };
        let by: Option<Vec<&Self>> =
            self.slots.iter().map(|slot| all.iter().find(|other| outdoes(other, slot))).collect();
        let mut texts: Vec<&str> = by?.into_iter().map(|other| other.text.as_str()).collect();
        texts.dedup();
        Some(match texts.as_slice() {
            [] => return None,
            [one] => format!("another rule asks for less: {one}"),
            [one, ..] => format!("others ask for less, such as: {one}"),
        })
    }
}

fn slots() -> impl Iterator<Item = Slot> {
    let exposures = |rank: Rank, class: AssetClass| Exposure::ALL.iter().map(move |&e| (rank, class, e));
    let classes = move |rank: Rank| AssetClass::ALL.iter().flat_map(move |&class| exposures(rank, class));
    Rank::ALL.iter().flat_map(move |&rank| classes(rank))
}

/// Unknown exposure counts as internet-facing.
fn is_met(wanted: &[Exposure], exposure: Exposure) -> bool {
    let counts_as = if exposure == Exposure::Unknown { Exposure::Internet } else { exposure };
    wanted.is_empty() || wanted.contains(&exposure) || wanted.contains(&counts_as)
}

fn asks_nothing(condition: &Condition) -> bool {
    condition.software.is_empty()
        && condition.trigger == Trigger::Any
        && condition.automatable.is_none()
        && condition.total_impact.is_none()
        && !condition.unassessed
}

/// Whether one clock never starts after another.
fn is_no_later(one: SetClock, other: SetClock) -> bool {
    use SetClock::{Checked, Detected, Earliest, Evaluated, Identified, Joined, Listed, Release};
    let is_later = match one {
        Release => matches!(other, Detected | Evaluated | Identified | Joined),
        Checked => matches!(other, Release | Detected | Evaluated | Identified | Joined),
        Earliest => matches!(other, Release | Listed | Detected | Evaluated | Identified | Joined),
        _ => false,
    };
    one == other || is_later
}

/// All that would bind from an instant (UTC seconds) on, with what waits for the policy done to it.
fn all(book: &Book, at: i64) -> Vec<Entrant> {
    let rules = proposed_rules(book, at);
    let today = day_in(zone(&book.shop.zone), at);
    // A set whose source has not begun, or will end, does not bind all that the rule beside it does.
    let lasts = |set: &&RuleSet| set.until_on.is_none() && set.from_on.is_none_or(|from| from <= today);
    let sets = proposed_sets(book, at).into_iter().filter(lasts);
    let of_sets = sets
        .flat_map(|set| rules_of(book, set).into_iter().filter_map(move |rule| Entrant::of_set(set, rule)));
    binding(rules.iter().collect()).into_iter().map(Entrant::own).chain(of_sets).collect()
}

/// Why an own rule can never decide: `another rule asks for less: High, Server, Internet-facing: 7 days from release`.
pub fn own_reason(book: &Book, at: i64, rule: &DeadlineRule) -> Option<String> {
    Entrant::own(rule).outdone_by(&all(book, at))
}

/// The rules of a set that can never decide, in their order, each with why; none of a set whose source has ended, since it binds the
/// past only.
pub fn set_reasons<'b>(book: &'b Book, at: i64, set: &RuleSet) -> Vec<(&'b SetRule, String)> {
    let today = day_in(zone(&book.shop.zone), at);
    if set.until_on.is_some_and(|until| until < today) {
        return Vec::new();
    }
    let all = all(book, at);
    let idle = |rule: &'b SetRule| Some((rule, Entrant::of_set(set, rule)?.outdone_by(&all)?));
    rules_of(book, set).into_iter().filter_map(idle).collect()
}
