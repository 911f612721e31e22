//! A Book looked at from one instant: everything that judging a pair needs, laid out once.
//!
//! Building a view costs little beside a pass over all pairs; it borrows the Book and can be shared between threads.

use std::collections::HashMap;

use crate::domain::book::Book;
use crate::domain::pair::{Block, EXACT, STATE_MASK, State};
use crate::domain::rating::Rank;
use crate::domain::risk::Dossiers;
use crate::domain::ruleset::traits::{Traits, traits};
use crate::domain::stamp::{Stamp, of_instant};
use crate::util::clock::{self, DAY_SECS};

use super::binding::{Binding, Clocks};
use super::chain::Chain;
use super::cover::{Covers, attested};
use super::duty::{Duty, duties};
use super::opinion::Opinions;
use super::rule::{Due, NEVER, NO_RULE, Profile, Rules};
use super::subject::Subjects;
use super::zone::ZoneDays;

/// How far beyond the as-of instant midnights are laid out; rarer deadlines ask the calendar.
const AHEAD_DAYS: i64 = 400;

/// The Book as of an instant.
#[derive(Debug)]
pub struct View<'a> {
    /// What is looked at.
    pub book: &'a Book,
    /// From which instant, UTC seconds.
    pub as_of_at: i64,
    /// The same as a stamp.
    pub at: Stamp,
    /// What was known of vulnerabilities by then.
    pub dossiers: Dossiers<'a>,
    /// Assets.
    pub subjects: Subjects,
    /// Updates. Index: place.
    pub duties: Vec<Duty>,
    /// Deadline rules.
    pub rules: Rules<'a>,
    /// Waivers.
    pub covers: Covers,
    /// Checks by hand, by places of update and asset: when, and the place of the row.
    pub attested: HashMap<(u32, u32), (Stamp, u32)>,
    /// What scanners say against a source.
    pub opinions: Opinions,
    /// What supersedes what, worked out per asset.
    pub chain: Chain,
    /// What is known of each update over time; empty where no rule set asks.
    traits: Vec<Vec<(i64, Traits)>>,
    /// Spells of an update in which neither its rank nor what is known of it changes.
    eras: Vec<Era>,
    /// The first era of each update, and one more place at the end.
    era_first: Vec<u32>,
    /// Due dates counted from release, per era and profile.
    dues: Vec<Due>,
    /// Per profile and rank: due dates depend on the pair itself.
    by_pair: Vec<[bool; 4]>,
}

/// A spell in which neither the rank of an update nor what is known of it changes.
#[derive(Clone, Copy, Debug)]
struct Era {
    /// It ends before this instant.
    ends: Stamp,
    rank: Rank,
    /// Place among the update's traits.
    traits: u32,
}

/// The due date of a pair, and the regime (of rank, class, exposure, group and what is known) that set it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decided {
    /// The due date by the asset's own rules.
    pub due: Due,
    /// Since when that regime holds; zero where it held from the start.
    pub since: Stamp,
    era: usize,
    profile: u16,
}

/// The believed transitions of a pair: places in its block's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: usize,
    /// The one that holds.
    pub last: usize,
}

impl<'a> View<'a> {
    /// Looks at a Book as of an instant (UTC seconds).
    pub fn new(book: &'a Book, as_of_at: i64) -> Self {
        let shop_zone = clock::zone(&book.shop.zone);
        let dossiers = Dossiers::new(book, as_of_at);
        let duties = duties(book, as_of_at, shop_zone, &dossiers);
        let (zone_of, zones) = lay_out_zones(book, as_of_at, &duties);
        let sets = Binding::new(book, as_of_at);
        let subjects = Subjects::new(book, as_of_at, &zone_of, sets.by_group());
        let traits = if sets.is_empty() { Vec::new() } else { traits(book, as_of_at, &dossiers) };
        let by_set: Vec<bool> = subjects.profiles.iter().map(|&profile| sets.by_pair(profile)).collect();
        let rules = Rules::new(book, sets, zones);
        let by_pair = subjects.profiles.iter().zip(by_set).map(|(&profile, by_set)| {
            let mut depends = [by_set; 4];
            for &rank in Rank::ALL {
                depends[rank as usize] |= rules.by_first_seen(rank, profile);
            }
            depends
        });
        let by_pair = by_pair.collect();
        let (eras, era_first) = eras(&duties, &traits);
        let mut view = View {
            book,
            as_of_at,
            at: of_instant(as_of_at),
            dossiers,
            subjects,
            rules,
            covers: Covers::new(book),
            attested: attested(book, as_of_at),
            opinions: Opinions::new(book, as_of_at),
            chain: Chain::default(),
            traits,
            eras,
            era_first,
            dues: Vec::new(),
            by_pair,
            duties,
        };
        view.dues = view.release_dues();
        view.chain = Chain::build(&view);
        view
    }

    fn release_dues(&self) -> Vec<Due> {
        let mut dues = Vec::with_capacity(self.eras.len() * self.subjects.profiles.len());
        for (update, duty) in self.duties.iter().enumerate() {
            for era in &self.eras[self.era_range(update as u32)] {
                for &profile in &self.subjects.profiles {
                    let clocks = Clocks::at_release(duty.released);
                    dues.push(if duty.counts {
                        self.rules.due(era.rank, profile, clocks, self.known(update as u32, era))
                    } else {
                        Due { at: NEVER, start: duty.released, rule: NO_RULE, rank: era.rank }
                    });
                }
            }
        }
        dues
    }

    fn era_range(&self, update: u32) -> std::ops::Range<usize> {
        self.era_first[update as usize] as usize..self.era_first[update as usize + 1] as usize
    }

    fn known(&self, update: u32, era: &Era) -> Option<&Traits> {
        self.traits.get(update as usize).map(|steps| &steps[era.traits as usize].1)
    }

    /// What is known of an update at the as-of instant; nothing where no set is adopted.
    pub(super) fn known_now(&self, update: u32) -> Option<&Traits> {
        self.traits.get(update as usize)?.last().map(|(_, traits)| traits)
    }

    /// The clocks of a pair.
    fn clocks(&self, update: u32, asset: u32, first_seen: Stamp) -> Clocks {
        let joined = self.book.assets.rows()[asset as usize].created_at;
        Clocks { released: self.duties[update as usize].released, first_seen, joined: of_instant(joined) }
    }

    /// The pairs of an update, if any source ever listed one.
    pub fn block(&self, update: u32) -> Option<&'a Block> {
        let block = self.book.pairs.blocks.get(update as usize)?;
        (!block.is_empty()).then_some(block.as_ref())
    }

    /// The transitions of a pair that are believed: not after `at`, and not a "not applicable" that only came once the update
    /// had been taken away from the machines, which proves nothing (`metrics.md` rules 6 and 10).
    #[inline]
    pub fn span(&self, update: u32, block: &Block, position: usize, at: Stamp) -> Option<Span> {
        let first = block.starts[position] as usize;
        let mut end = block.starts[position + 1] as usize;
        while end > first && block.times[end - 1] > at {
            end -= 1;
        }
        let mut last = end.checked_sub(1).filter(|&last| last >= first)?;
        let left = self.duties[update as usize].left;
        if left != NEVER {
            let newest = last;
            while last > first && is_absent(block.bytes[last]) && block.times[last] >= left {
                last -= 1;
            }
            // Nobody ever showed it open, so there is nothing that its vanishing could hide.
            if block.bytes[last] & STATE_MASK == State::Unknown as u8 {
                last = newest;
            }
        }
        Some(Span { first, last })
    }

    /// The due date of a pair by its own rules, without what it inherits. The first regime (of rank, class, exposure, group and what
    /// is known) whose due date falls before that regime ends is final; so is the one in which the pair closed.
    #[inline]
    pub fn due(&self, update: u32, asset: u32, first_seen: Stamp, closed: Stamp) -> Due {
        self.deciding(update, asset, first_seen, closed).due
    }

    /// The due date, and the regime under which it was set.
    #[inline]
    pub(super) fn deciding(&self, update: u32, asset: u32, first_seen: Stamp, closed: Stamp) -> Decided {
        let eras = self.era_range(update);
        let subject = &self.subjects.list[asset as usize];
        if !subject.steady {
            return self.deciding_by_regimes(update, asset, first_seen, closed);
        }
        let (mut era, mut since) = (eras.start, 0);
        loop {
            let due = self.era_due(update, era, subject.profile, asset, first_seen);
            let ends = self.eras[era].ends;
            if due.at < ends || closed < ends || era + 1 >= eras.end {
                return Decided { due, since, era, profile: subject.profile };
            }
            (era, since) = (era + 1, ends);
        }
    }

    fn deciding_by_regimes(&self, update: u32, asset: u32, first_seen: Stamp, closed: Stamp) -> Decided {
        let eras = self.era_range(update);
        let subject = &self.subjects.list[asset as usize];
        let profiles = self.subjects.past(asset).map_or(&[][..], |past| past.profiles.as_slice());
        let mut bounds: Vec<Stamp> = self.eras[eras.clone()].iter().map(|era| era.ends).collect();
        bounds.extend(profiles.iter().map(|&(since, _)| since).skip(1));
        bounds.sort_unstable();
        bounds.dedup();
        let mut since = 0;
        let mut found = None;
        for ends in bounds {
            let passed = self.eras[eras.clone()].partition_point(|era| era.ends <= since);
            let era = (eras.start + passed).min(eras.end - 1);
            let profile = value_at(profiles, since).unwrap_or(subject.profile);
            let due = self.era_due(update, era, profile, asset, first_seen);
            found = Some(Decided { due, since, era, profile });
            if due.at < ends || closed < ends {
                break;
            }
            since = ends;
        }
        // The last era of every update ends never, so there is at least one bound.
        found.unwrap_or_else(|| {
            let due = self.era_due(update, eras.start, subject.profile, asset, first_seen);
            Decided { due, since: 0, era: eras.start, profile: subject.profile }
        })
    }

    #[inline]
    fn era_due(&self, update: u32, era: usize, profile: u16, asset: u32, first_seen: Stamp) -> Due {
        let place = usize::from(profile);
        let rank = self.eras[era].rank;
        if self.by_pair[place][rank as usize] {
            let clocks = self.clocks(update, asset, first_seen);
            let of = self.subjects.profiles[place];
            return self.rules.due(rank, of, clocks, self.known(update, &self.eras[era]));
        }
        self.dues[era * self.subjects.profiles.len() + place]
    }

    /// Under what a pair fell due: rank, profile, clocks, and what was known of the update; nothing is known where no set is adopted.
    pub(super) fn regime(
        &self,
        update: u32,
        asset: u32,
        first_seen: Stamp,
        closed: Stamp,
    ) -> (Rank, Profile, Clocks, Option<&Traits>) {
        let decided = self.deciding(update, asset, first_seen, closed);
        let era = &self.eras[decided.era];
        let profile = self.subjects.profiles[usize::from(decided.profile)];
        (era.rank, profile, self.clocks(update, asset, first_seen), self.known(update, era))
    }

    /// The rank of an update at the as-of instant.
    pub fn rank(&self, update: u32) -> Rank {
        self.duties[update as usize].rank
    }
}

/// The spells of every update, and where those of each begin.
fn eras(duties: &[Duty], traits: &[Vec<(i64, Traits)>]) -> (Vec<Era>, Vec<u32>) {
    let mut eras = Vec::with_capacity(duties.len());
    let mut first = Vec::with_capacity(duties.len() + 1);
    for (update, duty) in duties.iter().enumerate() {
        first.push(eras.len() as u32);
        let steps: Vec<(Stamp, u32)> = traits.get(update).map_or_else(Vec::new, |steps| {
            steps.iter().enumerate().map(|(i, &(since, _))| (of_instant(since), i as u32)).collect()
        });
        let mut bounds: Vec<Stamp> = duty.ranks.iter().map(|&(since, _)| since).skip(1).collect();
        bounds.extend(steps.iter().map(|&(since, _)| since).skip(1));
        bounds.sort_unstable();
        bounds.dedup();
        bounds.push(NEVER);
        let mut begins = 0;
        for ends in bounds {
            let rank = value_at(&duty.ranks, begins).unwrap_or(duty.rank);
            eras.push(Era { ends, rank, traits: value_at(&steps, begins).unwrap_or(0) });
            begins = ends;
        }
    }
    first.push(eras.len() as u32);
    (eras, first)
}

/// Whether a transition's byte says that the pair does not apply.
pub(super) fn is_absent(byte: u8) -> bool {
    byte & STATE_MASK == State::NotApplicable as u8
}

/// Whether a transition's byte says installed.
pub(super) fn is_installed(byte: u8) -> bool {
    byte & STATE_MASK == State::Installed as u8
}

/// Whether a transition's time is a true install time.
pub(super) fn is_exact(byte: u8) -> bool {
    byte & EXACT != 0
}

/// Where the run of installed transitions that ends at `last` begins.
pub(super) fn run_start(block: &Block, span: Span) -> usize {
    let mut start = span.last;
    while start > span.first && is_installed(block.bytes[start - 1]) {
        start -= 1;
    }
    start
}

fn value_at<V: Copy>(steps: &[(Stamp, V)], at: Stamp) -> Option<V> {
    let next = steps.partition_point(|&(since, _)| since <= at);
    steps.get(next.saturating_sub(1)).map(|&(_, value)| value)
}

/// The zone of each asset, and the days of each zone in use.
fn lay_out_zones(book: &Book, as_of_at: i64, duties: &[Duty]) -> (Vec<u16>, Vec<ZoneDays>) {
    let mut names: Vec<&str> = vec![&book.shop.zone];
    let mut zone_of = Vec::with_capacity(book.assets.len());
    for asset in &book.assets {
        let name = if asset.zone.is_empty() { book.shop.zone.as_str() } else { asset.zone.as_str() };
        let place = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        zone_of.push(place as u16);
    }
    let rows = book.updates.rows().iter().zip(duties);
    let first = rows.filter(|(_, duty)| duty.counts).map(|(update, _)| update.released_at).min();
    // A nonsense release of long ago must not cost a table of centuries.
    let from_at = first.unwrap_or(as_of_at).clamp(as_of_at - 40 * 366 * DAY_SECS, as_of_at) - DAY_SECS;
    let to_at = as_of_at + AHEAD_DAYS * DAY_SECS;
    let zones = names.iter().map(|name| ZoneDays::new(clock::zone(name), from_at, to_at)).collect();
    (zone_of, zones)
}
