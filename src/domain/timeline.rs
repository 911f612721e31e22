//! Builds the columns of pairs out of observations.
//!
//! A batch stores transitions against what was known when it was recorded. A batch that came late (its reports are older than
//! what was already there) tells of a time before: it must never overwrite what newer reports said, so after it the state of
//! the newer reports is put back (`metrics.md` rule 9).
//!
//! Known limit: what a newer report under "needed updates only" or "some updates only" confirmed without changing it was never
//! stored, so a late row of such a file can only be put back where a whole report shows it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::batch::{Batch, Observation, Report, Scope};
use super::book::Book;
use super::pair::{Block, EXACT, Pairs, STATE_MASK, State};
use super::stamp::{Stamp, of_instant};

/// Internal flag of a byte: the row came late.
const LATE: u8 = 0x80;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    update: u32,
    asset: u32,
    // Before the time: an install time may lie before the report that still showed the pair open.
    order: u32,
    reported: Stamp,
    at: Stamp,
    byte: u8,
}

/// One report of an asset.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sent {
    at: Stamp,
    order: u32,
    /// What it does not list does not apply.
    proves: bool,
}

/// Collects the observations of all live batches, in order of recording.
pub struct Builder {
    assets: HashMap<i64, u32>,
    updates: HashMap<i64, u32>,
    items: Vec<Item>,
    /// Per asset, as recorded; by time once finished.
    reports: Vec<Vec<Sent>>,
    update_count: usize,
    order: u32,
    scope: Scope,
    late_assets: HashSet<u32>,
}

impl Builder {
    /// Starts for a Book whose rows are loaded.
    pub fn new(book: &Book) -> Self {
        Self {
            assets: book.asset_places_by_source(),
            updates: book.update_places_by_source(),
            items: Vec::new(),
            reports: vec![Vec::new(); book.assets.len()],
            update_count: book.updates.len(),
            order: 0,
            scope: Scope::NoStates,
            late_assets: HashSet::new(),
        }
    }

    /// Begins the next batch. Its reports must be given before its observations.
    pub fn begin(&mut self, batch: &Batch) {
        self.order += 1;
        self.scope = batch.scope;
        self.late_assets.clear();
    }

    /// One report of the batch.
    pub fn report(&mut self, report: Report) {
        let Some(&asset) = self.assets.get(&report.asset.0) else { return };
        let at = of_instant(report.reported_at);
        let reports = &mut self.reports[asset as usize];
        if reports.iter().any(|sent| sent.at > at && sent.order < self.order) {
            self.late_assets.insert(asset);
        }
        if self.scope.is_report() {
            let proves = self.scope != Scope::NeededOnly;
            reports.push(Sent { at, order: self.order, proves });
        }
    }

    /// One observation of the batch. Identities that are not resolved yet are left out until a mapping names them.
    pub fn observation(&mut self, row: Observation) {
        let (Some(&asset), Some(&update)) = (self.assets.get(&row.asset.0), self.updates.get(&row.update.0))
        else {
            return;
        };
        let (at, exact) = match row.installed_at {
            Some(installed) if row.state == State::Installed as u8 => (installed, EXACT),
            _ => (row.reported_at, 0),
        };
        let late = if self.late_assets.contains(&asset) { LATE } else { 0 };
        let byte = (row.state & STATE_MASK) | exact | late;
        let reported = of_instant(row.reported_at);
        self.items.push(Item { update, asset, order: self.order, reported, at: of_instant(at), byte });
    }

    /// Sorts everything into columns.
    pub fn finish(mut self) -> Pairs {
        self.items.sort_unstable();
        for list in &mut self.reports {
            list.sort_unstable();
        }
        let mut blocks = vec![Block::default(); self.update_count];
        let mut rest = self.items.as_slice();
        while let Some(&first) = rest.first() {
            let same = rest.partition_point(|i| (i.update, i.asset) == (first.update, first.asset));
            let (pair, tail) = rest.split_at(same);
            rest = tail;
            push_pair(
                &mut blocks[first.update as usize],
                first.asset,
                pair,
                &self.reports[first.asset as usize],
            );
        }
        for block in &mut blocks {
            if !block.assets.is_empty() {
                block.starts.push(block.times.len() as u32);
            }
        }
        let reports = self.reports.into_iter().map(|list| {
            let mut times: Vec<Stamp> = list.into_iter().map(|sent| sent.at).collect();
            times.dedup();
            Arc::new(times)
        });
        Pairs { reports: reports.collect(), blocks: blocks.into_iter().map(Arc::new).collect() }
    }
}

fn push_pair(block: &mut Block, asset: u32, items: &[Item], reports: &[Sent]) {
    block.assets.push(asset);
    block.starts.push(block.times.len() as u32);
    let in_time =
        items.iter().all(|item| item.byte & LATE == 0) && items.is_sorted_by_key(|item| item.reported);
    if in_time {
        return push_in_order(block, items.iter().map(|item| (item.at, item.byte)));
    }
    let mut known: Vec<(Stamp, u8)> = Vec::new();
    for item in items {
        insert(&mut known, item, reports);
    }
    push_in_order(block, known.into_iter());
}

/// Takes one row in the order of recording. `known` is sorted by time and holds what was known before.
fn insert(known: &mut Vec<(Stamp, u8)>, item: &Item, reports: &[Sent]) {
    let until = known.partition_point(|&(at, _)| at <= item.reported);
    // An install time before a report that was already there cannot be; the report wins.
    let after = known[..until].last().map_or(item.at, |&(at, _)| item.at.max(at));
    let byte = item.byte & !LATE;
    let mut carry = None;
    if item.byte & LATE != 0 {
        let newer = reports.iter().find(|sent| sent.at > item.reported && sent.order < item.order);
        let said = newer.and_then(|sent| {
            let said = known.iter().rev().find(|&&(at, _)| at <= sent.at).map(|&(_, byte)| byte & STATE_MASK);
            // A whole report that never listed the pair said that it does not apply.
            let proven = || {
                let whole = reports.iter().find(|s| s.proves && s.at > item.reported && s.order < item.order);
                whole.map(|whole| (whole.at, State::NotApplicable as u8))
            };
            said.map(|byte| (sent.at, byte)).or_else(proven)
        });
        // What was known to change before that report already stands behind the row.
        carry = said.filter(|&(resumes, _)| known.get(until).is_none_or(|&(next, _)| next > resumes));
    }
    known.insert(until, (after, byte));
    if let Some(carry) = carry {
        known.insert(until + 1, carry);
    }
}

fn push_in_order(block: &mut Block, items: impl Iterator<Item = (Stamp, u8)>) {
    let mut last: Option<(Stamp, u8)> = None;
    for (at, byte) in items {
        if last.is_some_and(|(_, before)| before & STATE_MASK == byte & STATE_MASK && byte & EXACT == 0) {
            continue;
        }
        // An install time before the report that still showed it open cannot be; the report wins.
        let at = last.map_or(at, |(before, _)| at.max(before));
        block.times.push(at);
        block.bytes.push(byte);
        last = Some((at, byte));
    }
}
