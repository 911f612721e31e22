//! Builds the columns of pairs out of observations.
//!
//! A batch stores transitions against what was known when it was recorded. A batch that came late (its reports are older than
//! what was already there) tells of a time before: it must never overwrite what newer reports said, so after it the state of
//! the newer reports is put back (`metrics.md` rule 9).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::batch::{Batch, Observation, Report};
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
    at: Stamp,
    byte: u8,
}

/// Collects the observations of all live batches, in order of recording.
pub struct Builder {
    assets: HashMap<i64, u32>,
    updates: HashMap<i64, u32>,
    items: Vec<Item>,
    /// Per asset: report instant and order of recording.
    reports: Vec<Vec<(Stamp, u32)>>,
    update_count: usize,
    order: u32,
    is_report: bool,
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
            is_report: false,
            late_assets: HashSet::new(),
        }
    }

    /// Begins the next batch. Its reports must be given before its observations.
    pub fn begin(&mut self, batch: &Batch) {
        self.order += 1;
        self.is_report = batch.scope.is_report();
        self.late_assets.clear();
    }

    /// One report of the batch.
    pub fn report(&mut self, report: Report) {
        let Some(&asset) = self.assets.get(&report.asset.0) else { return };
        let at = of_instant(report.reported_at);
        let reports = &mut self.reports[asset as usize];
        if reports.iter().any(|&(other, order)| other > at && order < self.order) {
            self.late_assets.insert(asset);
        }
        if self.is_report {
            reports.push((at, self.order));
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
        self.items.push(Item { update, asset, order: self.order, at: of_instant(at), byte });
    }

    /// Sorts everything into columns.
    pub fn finish(mut self) -> Pairs {
        self.items.sort_unstable();
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
        let reports = self.reports.into_iter().map(|mut list| {
            list.sort_unstable();
            let mut times: Vec<Stamp> = list.into_iter().map(|(at, _)| at).collect();
            times.dedup();
            Arc::new(times)
        });
        Pairs { reports: reports.collect(), blocks: blocks.into_iter().map(Arc::new).collect() }
    }
}

fn push_pair(block: &mut Block, asset: u32, items: &[Item], reports: &[(Stamp, u32)]) {
    block.assets.push(asset);
    block.starts.push(block.times.len() as u32);
    if items.iter().all(|item| item.byte & LATE == 0) {
        return push_in_order(block, items.iter().map(|item| (item.at, item.byte)));
    }
    let mut merged: Vec<(Stamp, u8)> = items.iter().map(|i| (i.at, i.byte & !LATE)).collect();
    for late in items.iter().filter(|item| item.byte & LATE != 0) {
        let newer = reports.iter().filter(|&&(at, order)| at > late.at && order < late.order);
        let Some(resumes) = newer.map(|&(at, _)| at).min() else { continue };
        let known = items.iter().filter(|i| i.byte & LATE == 0 && i.at <= resumes).max();
        // Newer reports that never listed the pair said that it does not apply.
        let byte = known.map_or(State::NotApplicable as u8, |item| item.byte & STATE_MASK);
        if !merged.iter().any(|&(at, _)| at == resumes) {
            merged.push((resumes, byte));
        }
    }
    merged.sort_by_key(|&(at, _)| at);
    push_in_order(block, merged.into_iter());
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
