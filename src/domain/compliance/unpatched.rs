//! M9: what was still open three months after its release (`metrics.md` M9, requirement S2-04).
//!
//! The mark is the instant 90 days after the vendor's release. Membership is fixed there, as in M3: a pair belongs to the period
//! in which its mark fell, if it was required and its asset in scope then, and nothing that leaves later takes it out. A waiver
//! changes nothing here. Where nobody can tell whether it was open at the mark, it counts as open; what was first seen satisfied
//! after the mark is left out and counted apart.

use crate::domain::stamp::of_instant;
use crate::util::clock::DAY_SECS;

use super::operation::PairPlace;
use super::outcome::{Outcome, Period};
use super::ratio::Ratio;
use super::view::View;

/// Days from the release to the mark.
pub const MARK_DAYS: i64 = 90;

/// M9 of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpatched {
    /// Pairs required at their mark.
    pub required: u64,
    /// Of these, open then: places of asset and update.
    pub open: Vec<PairPlace>,
    /// Of these, nobody can tell; they count as open.
    pub cannot_tell: u64,
    /// First seen satisfied after the mark: in no count.
    pub unseen: u64,
}

impl Unpatched {
    /// Open three months after release, of those required then.
    pub fn ratio(&self) -> Ratio {
        Ratio::bad(self.open.len() as u64 + self.cannot_tell, self.required)
    }
}

impl View<'_> {
    /// Counts M9 of the marks that fell in a period and have come.
    pub fn unpatched(&self, period: Period) -> Unpatched {
        let mut found = Unpatched::default();
        for (update, row) in self.book.updates.iter().enumerate() {
            let place = update as u32;
            let mark_at = row.released_at.saturating_add(MARK_DAYS * DAY_SECS);
            let duty = &self.duties[update];
            let in_period = period.contains(mark_at) && mark_at <= self.as_of_at;
            if !in_period || !duty.counts || duty.left <= of_instant(mark_at) {
                continue;
            }
            self.unpatched_of(place, mark_at, &mut found);
        }
        found
    }

    fn unpatched_of(&self, update: u32, mark_at: i64, found: &mut Unpatched) {
        let Some(block) = self.block(update) else { return };
        let mark = of_instant(mark_at);
        let listing = self.listing(update, block);
        for position in 0..block.len() {
            let asset = block.assets[position];
            if !self.subjects.counted_at(asset, mark) {
                continue;
            }
            let Some(verdict) = listing.judge(position).filter(|verdict| verdict.required) else {
                continue;
            };
            if verdict.left_censored {
                let seen = listing.span(position, mark).is_some();
                found.required += u64::from(seen);
                found.unseen += u64::from(!seen);
                continue;
            }
            let Some(outcome) = listing.outcome_at(position, &verdict, mark) else { continue };
            found.required += 1;
            match outcome {
                Outcome::Met => {}
                Outcome::Missed => found.open.push((asset, update)),
                Outcome::CannotTell => found.cannot_tell += 1,
            }
        }
    }
}
