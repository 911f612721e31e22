//! Second opinions: a scanner says that an update is missing where a source calls it installed. Both are shown, and the worse
//! counts (`metrics.md`, rule 9). Where the two agree, a finding changes nothing.

use std::collections::HashMap;

use crate::domain::book::Book;
use crate::domain::stamp::{Stamp, of_instant};
use crate::domain::threat::Finding;

use super::rule::NEVER;
use super::view::{View, is_installed, run_start};

/// When scans showed a pair missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    /// The newest scan that shows it.
    last: Stamp,
    /// The first scan that no longer shows it; [`NEVER`] while there is none.
    gone: Stamp,
    /// Place of the finding.
    place: u32,
}

/// Findings about pairs, by places of update and asset.
#[derive(Clone, Debug, Default)]
pub struct Opinions {
    shown: HashMap<(u32, u32), Vec<Shown>>,
}

impl Opinions {
    /// Lays out the findings recorded up to an instant.
    pub(super) fn new(book: &Book, as_of_at: i64) -> Self {
        let mut shown: HashMap<(u32, u32), Vec<Shown>> = HashMap::new();
        for (place, row) in book.findings.rows().iter().enumerate() {
            let update = row.update.and_then(|id| book.updates.place(id.0));
            let (Some(update), Some(asset)) = (update, book.asset_place(row.asset)) else { continue };
            if row.recorded_at > as_of_at || row.seen_at > as_of_at {
                continue;
            }
            let gone = row.gone_at.filter(|&at| at <= as_of_at).map_or(NEVER, of_instant);
            shown.entry((update, asset)).or_default().push(Shown {
                last: of_instant(last_seen_at(book, row, as_of_at)),
                gone,
                place: place as u32,
            });
        }
        Self { shown }
    }

    /// The finding (its place) that contradicts a source which calls the pair installed since an instant. A scan from before the
    /// installation contradicts nothing.
    #[inline]
    pub fn against(&self, update: u32, asset: u32, installed: Stamp) -> Option<u32> {
        if self.shown.is_empty() {
            return None;
        }
        let rows = self.shown.get(&(update, asset))?;
        rows.iter().find(|row| row.gone == NEVER && row.last >= installed).map(|row| row.place)
    }
}

/// A pair that a source calls installed and a scanner calls missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Place of the update.
    pub update: u32,
    /// Place of the asset.
    pub asset: u32,
    /// Place of the finding.
    pub finding: u32,
    /// Since when the source calls it installed.
    pub installed: Stamp,
}

impl View<'_> {
    /// Every contradiction as of the view's instant, by update and asset.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let mut found = Vec::new();
        for &(update, asset) in self.opinions.shown.keys() {
            let Some(block) = self.block(update) else { continue };
            let Some(span) = block.find(asset).and_then(|place| self.span(update, block, place, self.at))
            else {
                continue;
            };
            if !is_installed(block.bytes[span.last]) {
                continue;
            }
            let installed = block.times[run_start(block, span)];
            if let Some(finding) = self.opinions.against(update, asset, installed) {
                found.push(Contradiction { update, asset, finding, installed });
            }
        }
        found.sort_by_key(|row| (row.update, row.asset));
        found
    }
}

/// The newest scan that shows a finding, by its own date where it has one.
fn last_seen_at(book: &Book, row: &Finding, as_of_at: i64) -> i64 {
    let scan = book.catalogues.get(row.catalogue.0);
    let at = scan.map_or(row.seen_at, |scan| scan.published_at.unwrap_or(scan.recorded_at));
    if at > as_of_at { row.seen_at } else { at.max(row.seen_at) }
}
