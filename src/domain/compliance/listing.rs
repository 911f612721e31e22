//! The pairs of one update as its sources list them, judged at the as-of instant.
//!
//! Whatever judging asks of the update alone (when it left, its spells and due dates, what it supersedes, its waivers) is looked up once;
//! a register of 1,000 machines asks it a thousand times for every update.

use crate::domain::pair::{Block, STATE_MASK, State};
use crate::domain::stamp::Stamp;

use super::chain::Links;
use super::cover::Walk;
use super::duty::Duty;
use super::rule::{Due, NEVER};
use super::terms::Terms;
use super::verdict::{Kind, Proof, Verdict};
use super::view::{Span, View, believed, is_exact, run_start};

/// All pairs of one update.
#[derive(Clone, Debug)]
pub struct Listing<'v> {
    pub(super) view: &'v View<'v>,
    pub(super) update: u32,
    pub(super) block: &'v Block,
    pub(super) duty: &'v Duty,
    pub(super) links: Links<'v>,
    pub(super) covers: Walk<'v>,
    terms: Terms<'v>,
}

impl<'v> View<'v> {
    /// The pairs of an update that a block holds. The update must be one that counts.
    pub fn listing(&'v self, update: u32, block: &'v Block) -> Listing<'v> {
        Listing {
            view: self,
            update,
            block,
            duty: &self.duties[update as usize],
            links: self.chain.of(update),
            covers: Walk::new(self.covers.of(update)),
            terms: self.terms(update),
        }
    }

    /// Judges the pair at a position of an update's block, as [`Listing::judge`].
    pub fn judge(&self, update: u32, block: &Block, position: usize) -> Option<Verdict> {
        self.listing(update, block).judge(position)
    }
}

impl Listing<'_> {
    /// The transitions of a pair that are believed at an instant: see [`View::span`].
    #[inline]
    pub(super) fn span(&self, position: usize, at: Stamp) -> Option<Span> {
        believed(self.block, position, at, self.duty.left)
    }

    /// Judges the pair at a position of the block. `None` if it was not listed by the as-of instant.
    pub fn judge(&self, position: usize) -> Option<Verdict> {
        let span = self.span(position, self.view.at)?;
        Some(self.judge_span(position, span))
    }

    /// Judges the pair at a position of the block by its transitions that are believed at the as-of instant.
    #[expect(
        clippy::inline_always,
        reason = "asked of every pair; a verdict handed over in memory costs a tenth of all figures"
    )]
    #[inline(always)]
    pub(super) fn judge_span(&self, position: usize, span: Span) -> Verdict {
        let view = self.view;
        let asset = self.block.assets[position];
        let (state, kind, closed, left_censored) = self.kind(span, asset);
        let first_seen = self.block.times[span.first];
        let decided = self.terms.decide(asset, first_seen, closed);
        let own = decided.due;
        let open = kind == Kind::Open;
        let waived = open && self.covers.find(asset, view.at).is_some();
        let older = if open { self.inherited(asset) } else { None };
        let aged_from = older.map_or(own.start, |older| older.due.start.min(own.start));
        let older = older.filter(|older| older.at < own.at);
        let due = older.map_or(own.at, |older| older.at);
        let by = older.map_or(own, |older| older.due);
        let left = self.duty.left;
        // What was met, or past due and open, when the update left stays as it was; only the future leaves. What nobody had
        // an answer to stays unanswered until the asset reports again.
        let stays = left == NEVER || closed <= left || due < left || kind == Kind::Unknown;
        Verdict {
            asset,
            state,
            kind,
            required: !matches!(kind, Kind::NotApplicable | Kind::Merged) && stays,
            due,
            own_due: own.at,
            fell_due: own.at.max(decided.since).max(self.duty.joined),
            start: own.start,
            aged_from,
            rule: by.rule,
            rank: by.rank,
            inherited_from: older.map(|older| older.update),
            closed,
            left_censored,
            waived,
        }
    }

    /// The state that holds, what the pair is, when it was closed, and whether that time is unknown.
    #[expect(clippy::inline_always, reason = "asked of every pair; as above")]
    #[inline(always)]
    fn kind(&self, span: Span, asset: u32) -> (State, Kind, Stamp, bool) {
        let state = State::of_number(self.block.bytes[span.last] & STATE_MASK);
        // Whatever the source or a check by hand says: the worse of two counts.
        if self.view.contradicted(self.update, self.block, span, asset) {
            return match self.superseding(asset) {
                Some((at, kind)) => (state, kind, at, false),
                None => (state, Kind::Open, NEVER, false),
            };
        }
        match state {
            State::NotApplicable => (state, Kind::NotApplicable, NEVER, false),
            State::InstalledOrNotApplicable => (state, Kind::Merged, NEVER, false),
            State::Installed => {
                let start = run_start(self.block, span);
                let closed = self.block.times[start];
                let unknown = start == span.first && !is_exact(self.block.bytes[start]);
                match self.superseding(asset) {
                    Some((at, kind)) if at < closed => (state, kind, at, unknown),
                    _ => (state, Kind::Satisfied(Proof::Itself), closed, unknown),
                }
            }
            _ => self.not_installed(state, asset),
        }
    }

    #[inline]
    fn not_installed(&self, state: State, asset: u32) -> (State, Kind, Stamp, bool) {
        if let Some((at, by)) = self.links.satisfied(asset) {
            return (state, Kind::Satisfied(Proof::Superseding(by)), at, false);
        }
        if state.is_open() {
            return (state, Kind::Open, NEVER, false);
        }
        match self.view.attested.get(&(self.update, asset)) {
            // A check by hand gives no install time, only a bound.
            Some(&(at, _)) => (state, Kind::Satisfied(Proof::Hand), at, true),
            None => (state, Kind::Unknown, NEVER, false),
        }
    }

    /// When another update satisfied the pair, and which.
    #[inline]
    fn superseding(&self, asset: u32) -> Option<(Stamp, Kind)> {
        let (at, by) = self.links.satisfied(asset).filter(|&(_, by)| by != self.update)?;
        Some((at, Kind::Satisfied(Proof::Superseding(by))))
    }

    /// The due date that an open pair inherits from an older update which nothing satisfied.
    #[inline]
    fn inherited(&self, asset: u32) -> Option<Inherited> {
        let (at, older) = self.links.inherited(asset)?;
        self.inherited_from(asset, at, older)
    }

    fn inherited_from(&self, asset: u32, at: Stamp, older: u32) -> Option<Inherited> {
        if self.view.chain.satisfied(older, asset).is_some() {
            return None;
        }
        let block = self.view.block(older)?;
        let first_seen = block.times[block.starts[block.find(asset)?] as usize];
        let due = self.view.terms(older).decide(asset, first_seen, NEVER).due;
        Some(Inherited { update: older, at, due })
    }
}

/// A due date handed on by an older update.
#[derive(Clone, Copy, Debug)]
struct Inherited {
    /// Place of the older update.
    update: u32,
    /// The due date.
    at: Stamp,
    /// What set it.
    due: Due,
}
