//! Second opinions: a scanner says that an update is missing where a source calls it installed, not applicable or nothing at all.
//! Both are shown, and the worse counts (`metrics.md`, rule 9). Where the two agree, a finding changes nothing.
//!
//! Which findings count as of an instant: those whose scan looked by then, however late its file was loaded. A scan is a report
//! like any other, and reports count from their own time, late batches too. Ranks are another matter: they rest on what was known,
//! so threat facts count from the instant they were recorded. A sealed month is shown from its seal, so a scan of it that is loaded
//! later changes what would be counted now, never what was sealed.

use std::collections::HashMap;

use crate::domain::book::Book;
use crate::domain::pair::{Block, STATE_MASK, State};
use crate::domain::stamp::{Stamp, of_instant};

use super::view::{Span, View};

/// One scan that shows a pair missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    /// When it looked.
    seen: Stamp,
    /// Place of the finding.
    place: u32,
}

/// Findings about pairs, by places of update and asset: each pair's showings that no later scan has ended.
#[derive(Clone, Debug, Default)]
pub struct Opinions {
    shown: HashMap<(u32, u32), Vec<Shown>>,
}

impl Opinions {
    /// Lays out what scans up to an instant (UTC seconds) show, whenever they were loaded.
    pub(super) fn new(book: &Book, as_of_at: i64) -> Self {
        let mut shown: HashMap<(u32, u32), Vec<Shown>> = HashMap::new();
        for (place, row) in book.findings.rows().iter().enumerate() {
            let update = row.update.and_then(|id| book.updates.place(id.0));
            let (Some(update), Some(asset)) = (update, book.asset_place(row.asset)) else { continue };
            if row.shows_at(as_of_at) {
                let one = Shown { seen: of_instant(row.seen_at), place: place as u32 };
                shown.entry((update, asset)).or_default().push(one);
            }
        }
        Self { shown }
    }

    /// The finding (its place) of the newest scan that shows a pair missing at or after an instant. A scan from before contradicts
    /// nothing: the source has looked since.
    #[inline]
    pub fn against(&self, update: u32, asset: u32, since: Stamp) -> Option<u32> {
        if self.shown.is_empty() {
            return None;
        }
        let rows = self.shown.get(&(update, asset))?;
        rows.iter().filter(|row| row.seen >= since).max_by_key(|row| row.seen).map(|row| row.place)
    }
}

/// A pair that a scanner calls missing and a source or a check by hand does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Place of the update.
    pub update: u32,
    /// Place of the asset.
    pub asset: u32,
    /// Place of the finding.
    pub finding: u32,
    /// What the source calls it; unknown where only a check by hand says otherwise.
    pub state: State,
    /// Since when the source says so, or when it was checked by hand.
    pub since: Stamp,
}

impl View<'_> {
    /// Every contradiction as of the view's instant, by update and asset.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let pairs = self.opinions.shown.keys();
        let mut found: Vec<Contradiction> =
            pairs.filter_map(|&(update, asset)| self.contradiction(update, asset)).collect();
        found.sort_by_key(|row| (row.update, row.asset));
        found
    }

    /// The contradiction about one pair as of the view's instant. Where the source has no answer and nobody checked by hand, the
    /// scanner is the only one to speak, which contradicts nobody.
    pub fn contradiction(&self, update: u32, asset: u32) -> Option<Contradiction> {
        let finding = self.missing_by_scan(update, asset)?;
        let block = self.block(update)?;
        let span = self.span(update, block, block.find(asset)?, self.at)?;
        let state = state_at(block, span.last);
        let since = match state {
            State::Unknown => self.attested.get(&(update, asset))?.0,
            _ => block.times[answer_start(block, span.first, span.last)],
        };
        Some(Contradiction { update, asset, finding, state, since })
    }

    /// The finding (its place) by which a pair counts as open although its source does not call it so.
    pub fn missing_by_scan(&self, update: u32, asset: u32) -> Option<u32> {
        let block = self.block(update)?;
        let span = self.span(update, block, block.find(asset)?, self.at)?;
        self.shown_missing(update, block, span, asset)
    }

    /// A scanner shows the pair missing although its source does not call it open.
    #[inline]
    pub(super) fn contradicted(&self, update: u32, block: &Block, span: Span, asset: u32) -> bool {
        // Asked of every pair; most registers hold no scan.
        !self.opinions.shown.is_empty() && self.shown_missing(update, block, span, asset).is_some()
    }

    /// The finding (its place) that shows a pair missing since its source last answered otherwise.
    fn shown_missing(&self, update: u32, block: &Block, span: Span, asset: u32) -> Option<u32> {
        if self.opinions.shown.is_empty() || state_at(block, span.last).is_open() {
            return None;
        }
        // "Unknown" is no answer: what was said before it is the last one, and where that was "open" any showing agrees with it.
        let answer = (span.first..=span.last).rev().find(|&place| state_at(block, place) != State::Unknown);
        let since = match answer {
            Some(place) if !state_at(block, place).is_open() => {
                block.times[answer_start(block, span.first, place)]
            }
            _ => 0,
        };
        self.opinions.against(update, asset, since)
    }
}

fn state_at(block: &Block, place: usize) -> State {
    State::of_number(block.bytes[place] & STATE_MASK)
}

/// Where the run of transitions to one state that ends at `last` begins.
fn answer_start(block: &Block, first: usize, last: usize) -> usize {
    let state = block.bytes[last] & STATE_MASK;
    let mut start = last;
    while start > first && block.bytes[start - 1] & STATE_MASK == state {
        start -= 1;
    }
    start
}
