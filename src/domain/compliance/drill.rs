//! Drilling down: every figure opens into the machines and pairs it was counted from.

use std::collections::BTreeMap;

use crate::domain::pair::State;

use super::figures::ByHand;
use super::figures::Figures;
use super::machine::Segment;
use super::verdict::{Kind, Proof, Verdict};
use super::view::View;

/// An open or unanswered pair, with all that names it.
#[derive(Clone, Copy, Debug)]
pub struct OpenPair {
    /// Place of the update.
    pub update: u32,
    /// The verdict: asset, due date, rule, rank, state, waived.
    pub verdict: Verdict,
}

/// An overdue pair of one owner.
#[derive(Clone, Debug)]
pub struct OwnerOverdue {
    /// Owner's name, or `No owner`.
    pub owner: String,
    /// Their pairs: by machine name, then due date.
    pub pairs: Vec<OpenPair>,
}

/// A check by hand and what it amounts to.
#[derive(Clone, Copy, Debug)]
pub struct HandCheck {
    /// Place of the attestation.
    pub attestation: u32,
    /// Place of the asset.
    pub asset: u32,
    /// Place of the update.
    pub update: u32,
    /// What it amounts to.
    pub amounts_to: ByHand,
    /// The state a source gives; `None` where none lists the pair.
    pub state: Option<State>,
}

impl Figures {
    /// Places of the machines of a segment, in the order of the register.
    pub fn machines_in(&self, segment: Segment) -> Vec<u32> {
        let places = 0..self.machines.len() as u32;
        places.filter(|&place| self.machines[place as usize].segment == Some(segment)).collect()
    }

    /// Reasons for being unknown, and how many machines each concerns; a machine may have several.
    pub fn reasons(&self) -> Vec<(&'static str, u64)> {
        let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
        for reason in self.machines.iter().flat_map(|machine| &machine.reasons) {
            *counts.entry(reason.name()).or_default() += 1;
        }
        counts.into_iter().collect()
    }
}

impl View<'_> {
    /// The verdict of one pair; `None` if its update does not count or no source lists it.
    pub fn pair(&self, asset: u32, update: u32) -> Option<Verdict> {
        let block = self.block(update).filter(|_| self.duties[update as usize].counts)?;
        self.judge(update, block, block.find(asset)?)
    }

    /// The required pairs of an asset that are open or unanswered, the earliest due first.
    pub fn open_pairs(&self, asset: u32) -> Vec<OpenPair> {
        let updates = 0..self.duties.len() as u32;
        let judged =
            updates.filter_map(|update| Some(OpenPair { update, verdict: self.pair(asset, update)? }));
        let mut pairs: Vec<OpenPair> = judged.filter(|pair| is_owed(&pair.verdict)).collect();
        pairs.sort_by_key(|pair| (pair.verdict.due, pair.update));
        pairs
    }

    /// Every listed pair of an update whose asset is in scope.
    pub fn pairs_of(&self, update: u32) -> Vec<Verdict> {
        let Some(block) = self.block(update).filter(|_| self.duties[update as usize].counts) else {
            return Vec::new();
        };
        let judged = (0..block.len()).filter_map(|position| self.judge(update, block, position));
        judged.filter(|verdict| self.subjects.list[verdict.asset as usize].counts).collect()
    }

    /// Every overdue pair, in the order of updates.
    pub fn overdue(&self) -> impl Iterator<Item = OpenPair> + '_ {
        let updates = 0..self.duties.len() as u32;
        updates.flat_map(move |update| {
            let late = self.pairs_of(update).into_iter().filter(|verdict| self.is_overdue(verdict));
            late.map(move |verdict| OpenPair { update, verdict })
        })
    }

    /// Whether a pair of an asset in scope makes it overdue.
    pub fn is_overdue(&self, verdict: &Verdict) -> bool {
        verdict.required && !verdict.waived && verdict.past_due(self.at)
    }

    /// Overdue pairs by owner, those without an owner last.
    pub fn overdue_by_owner(&self) -> Vec<OwnerOverdue> {
        let mut owners: BTreeMap<(bool, &str), Vec<OpenPair>> = BTreeMap::new();
        let assets = self.book.assets.rows();
        for pair in self.overdue() {
            let owner = self.book.person_name(assets[pair.verdict.asset as usize].owner);
            owners.entry((owner.is_empty(), owner)).or_default().push(pair);
        }
        let lists = owners.into_iter().map(|((nobody, owner), mut pairs)| {
            pairs.sort_by_cached_key(|pair| {
                let name = assets[pair.verdict.asset as usize].name.to_lowercase();
                (name, pair.verdict.due, pair.update)
            });
            OwnerOverdue { owner: if nobody { "No owner".to_owned() } else { owner.to_owned() }, pairs }
        });
        lists.collect()
    }

    /// Every check by hand that holds, with what it amounts to.
    pub fn hand_checks(&self) -> Vec<HandCheck> {
        let mut checks: Vec<HandCheck> = self
            .attested
            .iter()
            .map(|(&(update, asset), &(_, attestation))| {
                let block = self.block(update);
                let listed = block.and_then(|block| Some((block, block.find(asset)?)));
                let span = listed.and_then(|(block, position)| self.span(update, block, position, self.at));
                let state = listed.zip(span).map(|((block, _), span)| state_of(block.bytes[span.last]));
                let verdict = self.pair(asset, update);
                let amounts_to = match (state, verdict.map(|verdict| verdict.kind)) {
                    (None, _) => ByHand::Unlisted,
                    (_, Some(Kind::Satisfied(Proof::Hand))) => ByHand::Accepted,
                    (Some(state), _) if state.is_open() => ByHand::Contradicted,
                    (Some(_), Some(Kind::Open)) => ByHand::Contradicted,
                    (Some(State::Unknown), _) => ByHand::Accepted,
                    _ => ByHand::Confirmed,
                };
                HandCheck { attestation, asset, update, amounts_to, state }
            })
            .collect();
        checks.sort_by_key(|check| (check.asset, check.update));
        checks
    }
}

fn state_of(byte: u8) -> State {
    State::of_number(byte & crate::domain::pair::STATE_MASK)
}

fn is_owed(verdict: &Verdict) -> bool {
    verdict.required && matches!(verdict.kind, Kind::Open | Kind::Unknown)
}
