//! Waivers and attestations laid beside the columns of pairs: per update, sorted by asset.

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
    /// A filter of hashed places: most pairs have no waiver, and this says so without searching.
    filter: Vec<u64>,
    /// Waivers that ended early by themselves, by row id.
    voids: HashMap<i64, Void>,
}

/// Bits of the filter for each waiver.
const FILTER_BITS: usize = 16;

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
        let words = (rows.len() * FILTER_BITS / 64).next_power_of_two();
        let mut filter = if rows.is_empty() { Vec::new() } else { vec![0; words] };
        for (update, cover) in &rows {
            let (word, bit) = filter_place(words, *update, cover.asset);
            filter[word] |= bit;
        }
        Self { starts, rows: rows.into_iter().map(|(_, cover)| cover).collect(), filter, voids }
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
    #[inline]
    pub fn find(&self, update: u32, asset: u32, at: Stamp) -> Option<&Cover> {
        if self.filter.is_empty() {
            return None;
        }
        let (word, bit) = filter_place(self.filter.len(), update, asset);
        if self.filter[word] & bit == 0 {
            return None;
        }
        let rows = self.of(update);
        let first = rows.partition_point(|cover| cover.asset < asset);
        rows[first..].iter().take_while(|cover| cover.asset == asset).find(|cover| cover.holds(at))
    }
}

/// Word and bit of a pair in a filter of so many words, a power of two.
#[inline]
fn filter_place(words: usize, update: u32, asset: u32) -> (usize, u64) {
    let key = u64::from(update) << 32 | u64::from(asset);
    // Fibonacci hashing: the high bits of the product are well mixed.
    let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    ((hash >> 6) as usize & (words - 1), 1 << (hash & 63))
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
