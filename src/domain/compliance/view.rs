//! A Book looked at from one instant: everything that judging a pair needs, laid out once.
//!
//! Building a view costs little beside a pass over all pairs; it borrows the Book and can be shared between threads.

use std::collections::HashMap;

use crate::domain::book::Book;
use crate::domain::pair::{Block, EXACT, STATE_MASK, State};
use crate::domain::rating::Rank;
use crate::domain::risk::Dossiers;
use crate::domain::ruleset::traits::traits;
use crate::domain::stamp::{Stamp, of_instant};
use crate::util::clock::{self, DAY_SECS};

use super::binding::Binding;
use super::chain::Chain;
use super::cover::{Covers, attested};
use super::duty::{Duty, duties};
use super::opinion::Opinions;
use super::rule::{NEVER, Rules};
use super::subject::Subjects;
use super::terms::Spells;
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
    /// What binds each update over time.
    pub(super) spells: Spells,
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
        let rules = Rules::new(book, sets, zones);
        let spells = Spells::new(&duties, traits, &subjects, &rules);
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
            spells,
            duties,
        };
        view.chain = Chain::build(&view);
        view
    }

    /// The pairs of an update, if any source ever listed one.
    pub fn block(&self, update: u32) -> Option<&'a Block> {
        let block = self.book.pairs.blocks.get(update as usize)?;
        (!block.is_empty()).then_some(block.as_ref())
    }

    /// The transitions of a pair that are believed: not after `at`, and not a "not applicable" that only came once the update
    /// had been taken away from the machines, which proves nothing (`metrics.md` rules 6 and 10).
    pub fn span(&self, update: u32, block: &Block, position: usize, at: Stamp) -> Option<Span> {
        believed(block, position, at, self.duties[update as usize].left)
    }

    /// The rank of an update at the as-of instant.
    pub fn rank(&self, update: u32) -> Rank {
        self.duties[update as usize].rank
    }
}

/// The transitions of a pair that are believed, given when its update left: see [`View::span`].
#[inline]
pub(super) fn believed(block: &Block, position: usize, at: Stamp, left: Stamp) -> Option<Span> {
    let first = block.starts[position] as usize;
    let mut end = block.starts[position + 1] as usize;
    while end > first && block.times[end - 1] > at {
        end -= 1;
    }
    let mut last = end.checked_sub(1).filter(|&last| last >= first)?;
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

/// The value that held at an instant, of steps in order; the first also holds before.
pub(super) fn value_at<V: Copy>(steps: &[(Stamp, V)], at: Stamp) -> Option<V> {
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
