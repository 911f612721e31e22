//! How the work itself goes (`metrics.md`): failures M10 and drift M14. Every figure opens into its pairs. What is counted of change
//! records (M12, M13, M15) is in `domain/change/figure.rs`.
//!
//! Where the definitions leave room they are read as follows.
//! - *Attempt.* The first time a pair shows failed, waiting for a restart, or installed. Satisfied when first seen, with no install
//!   time, is no attempt that anybody saw.
//! - *Cannot tell.* Between "not installed" in one report and "installed" in the next nobody saw whether an attempt failed in
//!   between; only a true install time tells. Such pairs are out of the first-attempt rate, counted apart.
//! - *Baseline.* What more than half of the machines of a group have, of at least three that owe it; a machine that does not is below.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::pair::{Block, STATE_MASK, State};
use crate::domain::stamp::instant;
use crate::util::text::{count, counted};

use super::outcome::Period;
use super::ratio::Ratio;
use super::verdict::{Kind, Proof, Verdict};
use super::view::{Span, View, is_exact};

/// A pair: places of asset and update.
pub type PairPlace = (u32, u32);

/// A group's baseline is what more than half of so many machines have, or more.
const BASELINE_OF: usize = 3;

/// M10 and M14.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// Pairs first attempted in the period.
    pub attempted: Vec<PairPlace>,
    /// Of these, the first attempt that was seen had failed.
    pub first_failed: Vec<PairPlace>,
    /// Of these, nobody can tell about the first attempt.
    pub cannot_tell: Vec<PairPlace>,
    /// Of these, failed as they stand now.
    pub final_failed: Vec<PairPlace>,
    /// Installed before, open now, still applicable.
    pub drifted: Vec<PairPlace>,
    /// Required pairs that were installed at some time: what drift is a share of.
    pub once_installed: u64,
    /// Open where most of the group has it: places of asset and update.
    pub below_baseline: Vec<PairPlace>,
}

impl Operation {
    /// M10: first attempts that failed, of those that somebody can tell about.
    pub fn first_failure(&self) -> Ratio {
        let told = self.attempted.len() - self.cannot_tell.len();
        Ratio::bad(self.first_failed.len() as u64, told as u64)
    }

    /// M10: pairs that are failed now, of those attempted.
    pub fn final_failure(&self) -> Ratio {
        Ratio::bad(self.final_failed.len() as u64, self.attempted.len() as u64)
    }

    /// M14: pairs that were installed and are open, of those that were installed.
    pub fn drift(&self) -> Ratio {
        Ratio::bad(self.drifted.len() as u64, self.once_installed)
    }

    /// Machines below their group's baseline: places of the assets.
    pub fn machines_below(&self) -> BTreeSet<u32> {
        self.below_baseline.iter().map(|&(asset, _)| asset).collect()
    }

    /// Id, name and value of each, in the words of console and paper.
    pub fn named(&self) -> [(&'static str, &'static str, String); 3] {
        let first = self.first_failure().with_counts();
        let below = self.machines_below().len() as u64;
        [
            (
                "M10",
                "First attempts that failed",
                format!("{first} (cannot tell {})", count(self.cannot_tell.len() as u64)),
            ),
            ("M10f", "Attempted and failed as it stands", self.final_failure().with_counts()),
            (
                "M14",
                "Drift: installed before, open now",
                format!(
                    "{}; {} below their group's baseline",
                    self.drift().with_counts(),
                    counted(below, "machine", "machines")
                ),
            ),
        ]
    }
}

impl View<'_> {
    /// Counts M10 and M14; M10 over a period.
    pub fn operation(&self, period: Period) -> Operation {
        let mut operation = Operation::default();
        for update in 0..self.duties.len() as u32 {
            let Some(block) = self.block(update).filter(|_| self.duties[update as usize].counts) else {
                continue;
            };
            let mut groups: BTreeMap<Option<i64>, (usize, Vec<u32>)> = BTreeMap::new();
            for position in 0..block.len() {
                let asset = block.assets[position];
                if !self.subjects.list[asset as usize].counts {
                    continue;
                }
                let Some(verdict) = self.judge(update, block, position).filter(|v| v.required) else {
                    continue;
                };
                let Some(span) = self.span(update, block, position, self.at) else { continue };
                operation.attempt((asset, update), block, span, &verdict, period);
                operation.drift_of((asset, update), block, span, &verdict);
                let group = self.subjects.standings[asset as usize].group.map(|id| id.0);
                let counted = groups.entry(group).or_default();
                match verdict.kind {
                    Kind::Satisfied(_) => counted.0 += 1,
                    Kind::Open => counted.1.push(asset),
                    _ => {}
                }
            }
            for (satisfied, open) in groups.into_iter().filter(|(group, _)| group.is_some()).map(|(_, n)| n) {
                let owing = satisfied + open.len();
                if owing >= BASELINE_OF && satisfied * 2 > owing {
                    operation.below_baseline.extend(open.into_iter().map(|asset| (asset, update)));
                }
            }
        }
        operation
    }
}

impl Operation {
    fn attempt(&mut self, pair: PairPlace, block: &Block, span: Span, verdict: &Verdict, period: Period) {
        let state = |i: usize| State::of_number(block.bytes[i] & STATE_MASK);
        let tried = |i: &usize| matches!(state(*i), State::Failed | State::PendingReboot | State::Installed);
        let Some(first) = (span.first..=span.last).find(tried) else { return };
        let installed = state(first) == State::Installed;
        let exact = is_exact(block.bytes[first]);
        if (installed && !exact && first == span.first) || !period.contains(instant(block.times[first])) {
            return;
        }
        self.attempted.push(pair);
        if state(first) == State::Failed {
            self.first_failed.push(pair);
        } else if installed && !exact {
            self.cannot_tell.push(pair);
        }
        if verdict.kind == Kind::Open && verdict.state == State::Failed {
            self.final_failed.push(pair);
        }
    }

    fn drift_of(&mut self, pair: PairPlace, block: &Block, span: Span, verdict: &Verdict) {
        let installed = |i: usize| State::of_number(block.bytes[i] & STATE_MASK) == State::Installed;
        if !(span.first..=span.last).any(installed) {
            return;
        }
        match verdict.kind {
            Kind::Open => {
                self.once_installed += 1;
                self.drifted.push(pair);
            }
            Kind::Satisfied(Proof::Itself | Proof::Superseding(_)) => self.once_installed += 1,
            _ => {}
        }
    }
}
