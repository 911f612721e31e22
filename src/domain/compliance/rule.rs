//! Due dates: which deadline rules bind a duty, and which of them ends first.
//!
//! A rule is in force for a duty if its version covers the instant at which its own clock starts, so a change of the table never
//! moves a due date that already runs. Of the rules of one (rank, class, exposure) only the newest version binds; a more
//! specific rule does not loosen a general one, because the earliest due date wins. Unknown exposure counts as
//! internet-facing. Where no rule binds there is no due date: such duties are counted apart and stay open.
//!
//! Rules of adopted sets (`binding`) come after the own ones: their places go on where the shelf of own rules ends.

use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::book::Book;
use crate::domain::deadline::{ClockStart, DeadlineRule, TimeUnit};
use crate::domain::group::GroupId;
use crate::domain::rating::Rank;
use crate::domain::ruleset::traits::Traits;
use crate::domain::ruleset::{SetRule, Stage};
use crate::domain::stamp::{Stamp, instant, of_instant};

use super::binding::{Binding, Clocks, Regime};
use super::zone::ZoneDays;

/// No instant: no due date, not closed, not left.
pub const NEVER: Stamp = Stamp::MAX;

/// Place of no rule.
pub const NO_RULE: u32 = u32::MAX;

/// Class, exposure, zone and, where a rule set binds groups, group of an asset: all that its due dates depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Class.
    pub class: AssetClass,
    /// Exposure as recorded.
    pub exposure: Exposure,
    /// Place of its zone in [`Rules::zones`].
    pub zone: u16,
    /// Its group; `None` too where no rule set binds groups.
    pub group: Option<GroupId>,
}

/// When a duty is due, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Due at the end of this second; [`NEVER`] where no rule binds.
    pub at: Stamp,
    /// When the clock started.
    pub start: Stamp,
    /// Place of the rule that won; [`NO_RULE`] where none binds.
    pub rule: u32,
    /// The rank it was judged by.
    pub rank: Rank,
}

/// The rules, sorted for looking up.
#[derive(Clone, Debug)]
pub struct Rules<'a> {
    rows: &'a [DeadlineRule],
    /// Per rank, class and exposure: places of rules, those of one key together, newest version first.
    lists: Vec<Vec<u32>>,
    seen: Vec<bool>,
    any_seen: bool,
    /// The rules of adopted sets.
    pub sets: Binding<'a>,
    /// Zones in use.
    pub zones: Vec<ZoneDays>,
}

impl<'a> Rules<'a> {
    /// Sorts a Book's rules, and gathers those of the sets adopted by an instant.
    pub fn new(book: &'a Book, sets: Binding<'a>, zones: Vec<ZoneDays>) -> Self {
        let rows = book.rules.rows();
        let mut lists = Vec::new();
        let mut seen = Vec::new();
        for &rank in Rank::ALL {
            for &class in AssetClass::ALL {
                for &exposure in Exposure::ALL {
                    let list = matching(rows, rank, class, exposure);
                    seen.push(list.iter().any(|&r| rows[r as usize].clock == ClockStart::FirstSeen));
                    lists.push(list);
                }
            }
        }
        let any_seen = seen.contains(&true);
        Self { rows, lists, seen, any_seen, sets, zones }
    }

    /// Whether the due date of such a duty by the own rules depends on when the asset first showed it.
    #[inline]
    pub fn by_first_seen(&self, rank: Rank, profile: Profile) -> bool {
        self.any_seen && self.seen[slot(rank, profile)]
    }

    /// The own rules for such a duty, whenever they bind.
    pub fn of(&self, rank: Rank, profile: Profile) -> impl Iterator<Item = &'a DeadlineRule> {
        let rows = self.rows;
        self.lists[slot(rank, profile)].iter().map(move |&place| &rows[place as usize])
    }

    /// The earliest due date of all binding rules. `traits`: what the rules of sets ask for; where no set is adopted nobody asks.
    pub fn due(&self, rank: Rank, profile: Profile, clocks: Clocks, traits: Option<&Traits>) -> Due {
        let mut best = Due { at: NEVER, start: clocks.released, rule: NO_RULE, rank };
        self.each(rank, profile, clocks, traits, &mut |rule, start, at| {
            if at < best.at {
                best = Due { at, start, rule, rank };
            }
        });
        best
    }

    /// Tells every rule that binds such a duty: its place, when its clock started, when it ends. [`NEVER`] where it gives no date.
    pub fn each(
        &self,
        rank: Rank,
        profile: Profile,
        clocks: Clocks,
        traits: Option<&Traits>,
        tell: &mut dyn FnMut(u32, Stamp, Stamp),
    ) {
        let mut bound: Option<&DeadlineRule> = None;
        let zone = &self.zones[usize::from(profile.zone)];
        for &place in &self.lists[slot(rank, profile)] {
            let rule = &self.rows[place as usize];
            if bound.is_some_and(|newer| (newer.class, newer.exposure) == (rule.class, rule.exposure)) {
                continue;
            }
            let start = match rule.clock {
                ClockStart::Release => clocks.released,
                ClockStart::FirstSeen => clocks.first_seen.max(clocks.released),
            };
            let start_at = instant(start);
            if rule.from_at > start_at || rule.until_at.is_some_and(|until| until <= start_at) {
                continue;
            }
            bound = Some(rule);
            let amount = rule.amount.max(0);
            let due_at = match rule.unit {
                TimeUnit::Hours => start_at.saturating_add(amount.saturating_mul(3600)),
                TimeUnit::Days => zone.end_after(start_at, amount),
            };
            // One below the mark for "no due date": a rule of centuries still is a rule.
            tell(place, start, of_instant(due_at).min(NEVER - 1));
        }
        if let Some(traits) = traits {
            let own = self.rows.len() as u32;
            let of = Regime { rank, profile, clocks, traits };
            self.sets.each(Stage::Correct, of, zone, &mut |bound, start, at| {
                tell(own + bound.place, start, at);
            });
        }
    }
}

/// A rule by its place.
#[derive(Clone, Copy, Debug)]
pub enum RuleRef<'a> {
    /// One of the own table.
    Own(&'a DeadlineRule),
    /// One of a set.
    Set(&'a SetRule),
}

/// The rule of a place; `None` for [`NO_RULE`].
pub fn rule_at(book: &Book, place: u32) -> Option<RuleRef<'_>> {
    let own = book.rules.rows();
    let place = place as usize;
    match own.get(place) {
        Some(rule) => Some(RuleRef::Own(rule)),
        None => book.set_rules.rows().get(place - own.len()).map(RuleRef::Set),
    }
}

/// What people read of the rule of a place: where it comes from; of a set its name, the rule, and "unconfirmed" where it is.
pub fn text(book: &Book, place: u32) -> String {
    match rule_at(book, place) {
        None => "no rule".to_owned(),
        Some(RuleRef::Own(rule)) => rule.source.clone(),
        Some(RuleRef::Set(rule)) => {
            let name = book.rule_sets.get(rule.set.0).map_or("a rule set", |set| set.name.as_str());
            let mark = if rule.unconfirmed { " (unconfirmed)" } else { "" };
            format!("{name}, {}{mark}", rule.label)
        }
    }
}

fn slot(rank: Rank, profile: Profile) -> usize {
    (rank as usize * AssetClass::ALL.len() + profile.class as usize) * Exposure::ALL.len()
        + profile.exposure as usize
}

fn matching(rows: &[DeadlineRule], rank: Rank, class: AssetClass, exposure: Exposure) -> Vec<u32> {
    let counts_as = if exposure == Exposure::Unknown { Exposure::Internet } else { exposure };
    let fits = |rule: &DeadlineRule| {
        rule.rank == rank
            && rule.class.is_none_or(|c| c == class)
            && rule.exposure.is_none_or(|e| e == exposure || e == counts_as)
    };
    let mut list: Vec<u32> = (0..rows.len() as u32).filter(|&r| fits(&rows[r as usize])).collect();
    list.sort_by_key(|&r| {
        let rule = &rows[r as usize];
        (rule.class, rule.exposure, std::cmp::Reverse((rule.from_at, r)))
    });
    list
}
