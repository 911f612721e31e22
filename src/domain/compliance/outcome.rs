//! Whether a pair met its due date: the membership and the judgement of M3, both fixed on the due date.
//!
//! An inherited due date binds here only if it had not yet passed when the newer update was released: one that had is the older
//! duty's own miss, in its own month. A due date that had passed when its rank or exposure came to hold counts at that moment. A satisfied run that began before the first observation, with no true install time, is
//! left-censored and out of M3; with a true install time nothing is censored, and it counts.

use crate::domain::pair::{Block, STATE_MASK, State};
use crate::domain::stamp::{Stamp, of_instant};

use super::listing::Listing;
use super::verdict::{Kind, Proof, Verdict};
use super::view::{Span, View, is_exact, is_installed, run_start};

/// A stretch of time, first second included, last excluded, UTC seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First second.
    pub from_at: i64,
    /// First second after it.
    pub to_at: i64,
}

impl Period {
    /// Whether an instant lies in it.
    pub fn contains(&self, at: i64) -> bool {
        self.from_at <= at && at < self.to_at
    }
}

/// What became of a pair at its due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Closed in time.
    Met,
    /// Not closed in time.
    Missed,
    /// The due date lies between the last report that showed it open and the first that showed it closed.
    CannotTell,
}

/// A pair whose due date fell in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The due date that counted.
    pub due: Stamp,
    /// What became of it.
    pub outcome: Outcome,
    /// Validly waived on its due date.
    pub waived: bool,
}

impl View<'_> {
    /// The outcome of the pair at a position of an update's block, as [`Listing::outcome`].
    pub fn outcome(
        &self,
        update: u32,
        block: &Block,
        position: usize,
        verdict: &Verdict,
        period: Period,
    ) -> Option<Judged> {
        self.listing(update, block).outcome(position, verdict, period)
    }

    /// Whether the install time of a superseding update on an asset is a true one.
    fn exact_closing(&self, update: u32, asset: u32) -> bool {
        let Some(block) = self.block(update) else { return false };
        let Some(position) = block.find(asset) else { return false };
        let span = self.span(update, block, position, self.at);
        span.is_some_and(|span| is_exact(block.bytes[run_start(block, span)]))
    }
}

impl Listing<'_> {
    /// The outcome of a pair, if its due date fell in the period, has come, and the pair was required then.
    #[inline]
    pub fn outcome(&self, position: usize, verdict: &Verdict, period: Period) -> Option<Judged> {
        let due = self.counted_due(verdict);
        let from_to = of_instant(period.from_at)..of_instant(period.to_at);
        if !from_to.contains(&due) || due > self.view.at || self.duty.left <= due {
            return None;
        }
        self.outcome_of_due(position, verdict, due)
    }

    fn outcome_of_due(&self, position: usize, verdict: &Verdict, due: Stamp) -> Option<Judged> {
        if !self.view.subjects.counted_at(verdict.asset, due) {
            return None;
        }
        let outcome = self.outcome_at(position, verdict, due)?;
        let waived = self.covers.find(verdict.asset, due).is_some();
        Some(Judged { due, outcome, waived })
    }

    #[inline]
    fn counted_due(&self, verdict: &Verdict) -> Stamp {
        match self.links.inherited(verdict.asset) {
            Some((at, _))
                if at >= verdict.start
                    && at < verdict.fell_due
                    && at < verdict.closed
                    && (verdict.kind != Kind::Open || verdict.inherited_from.is_some()) =>
            {
                at
            }
            _ => verdict.fell_due,
        }
    }

    pub(super) fn outcome_at(&self, position: usize, verdict: &Verdict, due: Stamp) -> Option<Outcome> {
        let block = self.block;
        match verdict.kind {
            Kind::Satisfied(Proof::Itself) if verdict.left_censored => return None,
            Kind::Satisfied(Proof::Itself | Proof::Hand) if verdict.closed <= due => {
                return Some(Outcome::Met);
            }
            _ => {}
        }
        let all = self.span(position, self.view.at)?;
        let then = self.span(position, due);
        // Not listed by then: what the first observation shows must have held, or it came later still.
        let place = then.map_or(all.first, |span| span.last);
        match State::of_number(block.bytes[place] & STATE_MASK) {
            // A scanner says otherwise: nobody can tell, which counts against the rate.
            state if !state.is_open() && verdict.kind == Kind::Open && verdict.state == state => {
                Some(Outcome::CannotTell)
            }
            State::NotApplicable | State::InstalledOrNotApplicable => None,
            State::Installed => installed_by(block, place, all.first, then),
            State::Unknown => Some(self.unknown_at(all, place, verdict, due)),
            _ => Some(self.open_at(all, place, verdict.asset, due)),
        }
    }

    fn unknown_at(&self, all: Span, place: usize, verdict: &Verdict, due: Stamp) -> Outcome {
        let block = self.block;
        if self.links.satisfied(verdict.asset).is_some_and(|(at, _)| at <= due) {
            return Outcome::Met;
        }
        let next = (place..=all.last).find(|&i| is_installed(block.bytes[i]));
        match next {
            Some(next) if is_exact(block.bytes[next]) => Outcome::Missed,
            _ => Outcome::CannotTell,
        }
    }

    /// It was open at `place`: closed later, if at all. In the interval between its last open and its first closed report nobody
    /// can tell.
    fn open_at(&self, all: Span, place: usize, asset: u32, due: Stamp) -> Outcome {
        let block = self.block;
        let chained = self.links.satisfied(asset);
        if chained.is_some_and(|(at, _)| at <= due) {
            return Outcome::Met;
        }
        let next = (place..=all.last).find(|&i| is_installed(block.bytes[i]));
        let own = next.map(|i| (block.times[i], is_exact(block.bytes[i])));
        let chained = chained.map(|(at, by)| (at, self.view.exact_closing(by, asset)));
        let Some((at, exact)) = [own, chained].into_iter().flatten().min_by_key(|&(at, exact)| (at, !exact))
        else {
            return Outcome::Missed;
        };
        let report = self.view.book.pairs.report_before(asset, at).unwrap_or(0);
        let last_open = block.times[place].max(report);
        if exact || last_open >= due { Outcome::Missed } else { Outcome::CannotTell }
    }
}

/// Installed at the due date: met, unless nobody knows since when. A first observation after the due date that shows it installed
/// at a true time is late.
fn installed_by(block: &Block, place: usize, first: usize, then: Option<Span>) -> Option<Outcome> {
    let start = run_start(block, Span { first, last: place });
    if start == first && !is_exact(block.bytes[start]) {
        return None;
    }
    Some(if then.is_some() { Outcome::Met } else { Outcome::Missed })
}
