//! Waivers and attestations laid beside the columns of pairs: per update, sorted by asset.

use std::cell::Cell;
use std::collections::HashMap;

use crate::domain::book::Book;
use crate::domain::stamp::{Stamp, of_instant};
use crate::domain::waiver::void::{Void, voids};

use super::rule::NEVER;

/// A waiver of one pair of the update it is filed under.
#[derive(Clone, Copy, Debug)]
pub struct Cover {
    /// Place of the asset.
    pub asset: u32,
    /// Place of the waiver.
    pub waiver: u32,
    from: Stamp,
    until: Stamp,
    voided: Stamp,
}

impl Cover {
    fn holds(&self, at: Stamp) -> bool {
        self.from <= at && at <= self.until && at < self.voided
    }
}

/// All waivers.
#[derive(Clone, Debug, Default)]
pub struct Covers {
    /// Where each update's waivers begin; one more than there are updates.
    starts: Vec<u32>,
    rows: Vec<Cover>,
    /// Waivers that ended early by themselves, by row id.
    voids: HashMap<i64, Void>,
}

impl Covers {
    /// Sorts a Book's waivers.
    pub fn new(book: &Book) -> Self {
        let mut rows: Vec<(u32, Cover)> = Vec::with_capacity(book.waivers.len());
        let voids = voids(book);
        for (i, waiver) in book.waivers.rows().iter().enumerate() {
            let places = (book.updates.place(waiver.update.0), book.assets.place(waiver.asset.0));
            if let (Some(update), Some(asset)) = places {
                let by_itself = voids.get(&waiver.id.0).map(|void| void.at);
                let voided_at = [waiver.voided_at, by_itself].into_iter().flatten().min();
                let cover = Cover {
                    asset,
                    waiver: i as u32,
                    from: of_instant(waiver.approved_at),
                    until: of_instant(waiver.until_at),
                    voided: voided_at.map_or(NEVER, of_instant),
                };
                rows.push((update, cover));
            }
        }
        rows.sort_unstable_by_key(|(update, cover)| {
            (u64::from(*update) << 32 | u64::from(cover.asset), cover.waiver)
        });
        let mut starts = vec![0; book.updates.len() + 1];
        for (update, _) in &rows {
            starts[*update as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        Self { starts, rows: rows.into_iter().map(|(_, cover)| cover).collect(), voids }
    }

    /// When and why a waiver (its row id) ended early by itself, whatever the as-of instant.
    pub fn void_of(&self, waiver: i64) -> Option<&Void> {
        self.voids.get(&waiver)
    }

    /// Waivers of an update, by asset.
    pub fn of(&self, update: u32) -> &[Cover] {
        let update = update as usize;
        &self.rows[self.starts[update] as usize..self.starts[update + 1] as usize]
    }

    /// The waiver that covers a pair at an instant.
    pub fn find(&self, update: u32, asset: u32, at: Stamp) -> Option<&Cover> {
        let rows = self.of(update);
        holding(rows, rows.partition_point(|cover| cover.asset < asset), asset, at)
    }
}

/// The waivers of one update, asked asset by asset in the order of a block: a step, not a search.
#[derive(Clone, Debug)]
pub struct Walk<'c> {
    rows: &'c [Cover],
    /// The first row that is not of an asset before the one last asked for.
    next: Cell<usize>,
}

impl<'c> Walk<'c> {
    /// Stands before the first asset.
    pub fn new(rows: &'c [Cover]) -> Self {
        Self { rows, next: Cell::new(0) }
    }

    /// The waiver that covers an asset's pair at an instant. Any asset may be asked for; the next one in order costs least.
    #[inline]
    pub fn find(&self, asset: u32, at: Stamp) -> Option<&'c Cover> {
        let mut next = self.next.get();
        if next > 0 && self.rows[next - 1].asset >= asset {
            next = 0;
        }
        next += self.rows[next..].iter().take_while(|cover| cover.asset < asset).count();
        self.next.set(next);
        holding(self.rows, next, asset, at)
    }
}

/// The row that holds at an instant among those of an asset, which begin at a place.
#[inline]
fn holding(rows: &[Cover], first: usize, asset: u32, at: Stamp) -> Option<&Cover> {
    rows[first..].iter().take_while(|cover| cover.asset == asset).find(|cover| cover.holds(at))
}

/// Checks by hand, not voided, made by the as-of instant. Key: places of update and asset; value: the first check and the
/// place of its row.
pub fn attested(book: &Book, as_of_at: i64) -> HashMap<(u32, u32), (Stamp, u32)> {
    let mut found: HashMap<(u32, u32), (Stamp, u32)> = HashMap::new();
    for (i, row) in book.attestations.rows().iter().enumerate() {
        let live = row.checked_at <= as_of_at && row.voided_at.is_none_or(|voided| voided > as_of_at);
        let places = (book.updates.place(row.update.0), book.assets.place(row.asset.0));
        if let (true, (Some(update), Some(asset))) = (live, places) {
            let check = (of_instant(row.checked_at), i as u32);
            let known = found.entry((update, asset)).or_insert(check);
            *known = (*known).min(check);
        }
    }
    found
}
