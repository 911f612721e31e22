//! Supersedence, worked out per asset: which newer update satisfies an older duty, and which older due date a newer one inherits.
//!
//! A duty passes only to a duty that is itself required, so an optional preview swallows none; the chain runs on through it.
//! Edges that would close a circle are ignored.

use crate::domain::stamp::Stamp;

use super::edge::advised_edges;
use super::rule::NEVER;
use super::view::{View, is_installed, run_start};

/// Packs an instant and the update it belongs to, so that the smaller is the earlier.
fn pack(at: Stamp, update: u32) -> u64 {
    u64::from(at) << 32 | u64::from(update)
}

const NOTHING: u64 = u64::MAX;

type Column = Option<Box<[u64]>>;

/// Columns over assets for every update that takes part in supersedence.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// Per update and asset: when it or a newer one was first installed, and which.
    satisfied: Vec<Column>,
    /// Per update and asset: the earliest unmet due date of an older one, and which.
    inherited: Vec<Column>,
}

impl Chain {
    /// When a duty was satisfied on an asset by itself or by what supersedes it, and by which update.
    pub fn satisfied(&self, update: u32, asset: u32) -> Option<(Stamp, u32)> {
        self.of(update).satisfied(asset)
    }

    /// The earliest unmet due date of what an update supersedes on an asset, and whose it is.
    pub fn inherited(&self, update: u32, asset: u32) -> Option<(Stamp, u32)> {
        self.of(update).inherited(asset)
    }

    /// What is known of one update: for asset after asset.
    pub(super) fn of(&self, update: u32) -> Links<'_> {
        Links { satisfied: column(&self.satisfied, update), inherited: column(&self.inherited, update) }
    }

    /// Works the columns out. The view must be complete but for its chain.
    pub(super) fn build(view: &View<'_>) -> Self {
        let edges = Edges::new(view);
        if edges.order.is_empty() {
            return Self::default();
        }
        let updates = view.duties.len();
        let mut chain = Self { satisfied: vec![None; updates], inherited: vec![None; updates] };
        for &update in &edges.order {
            let column = satisfied_column(view, &chain, &edges, update);
            chain.satisfied[update as usize] = Some(column);
        }
        let mut handed: Vec<Column> = vec![None; updates];
        for &update in edges.order.iter().rev() {
            let (inherited, hands) = inherited_columns(view, &handed, &edges, update);
            chain.inherited[update as usize] = inherited;
            handed[update as usize] = hands;
        }
        chain
    }
}

/// What is known of one update, asset by asset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'c> {
    satisfied: Option<&'c [u64]>,
    inherited: Option<&'c [u64]>,
}

impl Links<'_> {
    /// As [`Chain::satisfied`].
    #[inline]
    pub fn satisfied(&self, asset: u32) -> Option<(Stamp, u32)> {
        unpack(self.satisfied?, asset)
    }

    /// As [`Chain::inherited`].
    #[inline]
    pub fn inherited(&self, asset: u32) -> Option<(Stamp, u32)> {
        unpack(self.inherited?, asset)
    }
}

fn column(columns: &[Column], update: u32) -> Option<&[u64]> {
    columns.get(update as usize)?.as_deref()
}

#[inline]
fn unpack(column: &[u64], asset: u32) -> Option<(Stamp, u32)> {
    let packed = *column.get(asset as usize)?;
    (packed != NOTHING).then_some(((packed >> 32) as Stamp, packed as u32))
}

fn merge(into: &mut [u64], from: &Column) {
    if let Some(from) = from {
        for (a, b) in into.iter_mut().zip(from) {
            *a = (*a).min(*b);
        }
    }
}

fn satisfied_column(view: &View<'_>, chain: &Chain, edges: &Edges, update: u32) -> Box<[u64]> {
    let mut column = vec![NOTHING; view.subjects.list.len()].into_boxed_slice();
    for &newer in &edges.newer[update as usize] {
        merge(&mut column, &chain.satisfied[newer as usize]);
    }
    let duty = &view.duties[update as usize];
    let Some(block) = view.block(update).filter(|_| duty.counts) else { return column };
    for (position, &asset) in block.assets.iter().enumerate() {
        let Some(span) = view.span(update, block, position, view.at) else { continue };
        if is_installed(block.bytes[span.last]) && !view.contradicted(update, block, span, asset) {
            let at = block.times[run_start(block, span)];
            // Once it had left it was no longer required, so it can take nothing over.
            if at <= duty.left {
                let slot = &mut column[asset as usize];
                *slot = (*slot).min(pack(at, update));
            }
        }
    }
    column
}

/// What an update inherits, and what it hands on to newer ones: nothing where it is installed, its own due date or the inherited
/// one where it is open, the inherited one where it does not apply.
fn inherited_columns(view: &View<'_>, handed: &[Column], edges: &Edges, update: u32) -> (Column, Column) {
    let mut inherited: Column = None;
    for &older in &edges.older[update as usize] {
        if handed[older as usize].is_some() {
            let column =
                inherited.get_or_insert_with(|| vec![NOTHING; view.subjects.list.len()].into_boxed_slice());
            merge(column, &handed[older as usize]);
        }
    }
    let duty = &view.duties[update as usize];
    let hands_own = duty.counts && duty.hands_on;
    let block = view.block(update).filter(|_| !edges.newer[update as usize].is_empty() && duty.counts);
    let Some(block) = block else {
        let hands = inherited.clone();
        return (inherited, hands);
    };
    let terms = view.terms(update);
    let empty = || vec![NOTHING; view.subjects.list.len()].into_boxed_slice();
    let mut hands = inherited.clone().unwrap_or_else(empty);
    for (position, &asset) in block.assets.iter().enumerate() {
        let Some(span) = view.span(update, block, position, view.at) else { continue };
        let state =
            crate::domain::pair::State::of_number(block.bytes[span.last] & crate::domain::pair::STATE_MASK);
        let installed = is_installed(block.bytes[span.last]);
        let contradicted = view.contradicted(update, block, span, asset);
        if installed && !contradicted {
            hands[asset as usize] = NOTHING;
        } else if hands_own && (state.is_open() || contradicted) {
            let due = terms.decide(asset, block.times[span.first], NEVER).due;
            // Waived on the day it was due, it hands on nothing; a waiver that came later takes no miss away.
            let waived = || view.covers.find(update, asset, due.at.min(view.at)).is_some();
            if due.at != NEVER && !waived() {
                hands[asset as usize] = hands[asset as usize].min(pack(due.at, update));
            }
        }
    }
    (inherited, Some(hands))
}

/// The edges both ways, and the updates that have any, newer before older.
struct Edges {
    newer: Vec<Vec<u32>>,
    older: Vec<Vec<u32>>,
    order: Vec<u32>,
}

impl Edges {
    fn new(view: &View<'_>) -> Self {
        let updates = view.duties.len();
        let mut newer: Vec<Vec<u32>> = vec![Vec::new(); updates];
        for edge in &view.book.supersedences {
            let places = (view.book.updates.place(edge.older.0), view.book.updates.place(edge.newer.0));
            if let (Some(old), Some(new)) = places
                && old != new
            {
                newer[old as usize].push(new);
            }
        }
        for (old, new) in advised_edges(view.book, view.as_of_at) {
            newer[old as usize].push(new);
        }
        for list in &mut newer {
            list.sort_unstable();
            list.dedup();
        }
        let mut edges = Self { older: vec![Vec::new(); updates], newer, order: Vec::new() };
        edges.sort();
        edges
    }

    /// Orders the updates by walking towards newer ones, and cuts what would close a circle.
    fn sort(&mut self) {
        #[derive(Clone, Copy, PartialEq)]
        enum Mark {
            Fresh,
            Entered,
            Done,
        }
        let updates = self.newer.len();
        let mut marks = vec![Mark::Fresh; updates];
        let mut takes_part = vec![false; updates];
        for (old, list) in self.newer.iter().enumerate() {
            for &new in list {
                takes_part[old] = true;
                takes_part[new as usize] = true;
            }
        }
        let mut kept: Vec<Vec<u32>> = vec![Vec::new(); updates];
        let mut path: Vec<(u32, usize)> = Vec::new();
        for root in (0..updates as u32).filter(|&u| takes_part[u as usize]) {
            if marks[root as usize] != Mark::Fresh {
                continue;
            }
            marks[root as usize] = Mark::Entered;
            path.push((root, 0));
            while let Some((update, next)) = path.last_mut() {
                let update = *update as usize;
                let Some(&new) = self.newer[update].get(*next) else {
                    marks[update] = Mark::Done;
                    self.order.push(update as u32);
                    path.pop();
                    continue;
                };
                *next += 1;
                if marks[new as usize] == Mark::Entered {
                    continue;
                }
                kept[update].push(new);
                self.older[new as usize].push(update as u32);
                if marks[new as usize] == Mark::Fresh {
                    marks[new as usize] = Mark::Entered;
                    path.push((new, 0));
                }
            }
        }
        self.newer = kept;
    }
}
