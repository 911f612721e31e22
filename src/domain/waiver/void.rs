//! What ends a waiver early, by itself: newly exploited, exposed further, a control that failed (standards.md 3.7).
//!
//! Computed from the register's dated rows, loaded facts among them, never stored, so that nobody has to remember it. Never makes a
//! waiver valid.

use std::collections::HashMap;

use crate::domain::asset::{Exposure, FactValue};
use crate::domain::book::Book;
use crate::domain::rating::Rank;
use crate::domain::risk::{RankBasis, Ranked, ranked};
use crate::domain::standing::FactsByAsset;
use crate::domain::update::UpdateId;

use super::request::WaiverRequest;

/// Why a waiver of one pair ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VoidReason {
    /// Its update was rated Severe since.
    Severe,
    /// A fact made its update Severe since: the fact.
    Raised(String),
    /// Its update, Severe already, is known to be exploited since.
    Exploited,
    /// Its asset can be reached from further away since.
    Exposed(Exposure),
    /// A control failed: its text.
    ControlFailed(String),
}

impl VoidReason {
    /// What people read.
    pub fn text(&self) -> String {
        match self {
            Self::Severe => "the update was rated Severe".to_owned(),
            Self::Raised(fact) => format!("the update became Severe: {fact}"),
            Self::Exploited => "the update became known as exploited".to_owned(),
            Self::Exposed(now) => format!("the exposure became {}", now.text().to_lowercase()),
            Self::ControlFailed(control) => format!("a control failed: {control}"),
        }
    }
}

/// The end of a waiver by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Void {
    /// From here on it covers nothing, UTC seconds.
    pub at: i64,
    /// Why.
    pub why: VoidReason,
}

/// Every waiver that ended early by itself, by its row id: the earliest reason.
pub fn voids(book: &Book) -> HashMap<i64, Void> {
    let mut found = HashMap::new();
    let granted: Vec<(&WaiverRequest, i64)> =
        book.waiver_requests.rows().iter().filter_map(|r| Some((r, r.granted_at?))).collect();
    if granted.is_empty() {
        return found;
    }
    let facts = FactsByAsset::new(book);
    let watched = watched(book, &granted);
    for (request, granted_at) in granted {
        let failed = control_failed(request);
        for id in &request.grants {
            let Some(waiver) = book.waivers.get(id.0) else { continue };
            let exploited = request
                .void_if_exploited
                .then(|| watched.get(&waiver.update))
                .flatten()
                .and_then(|update| exploited(update, granted_at));
            let exposed = request
                .void_if_exposed
                .then(|| book.asset_place(waiver.asset))
                .flatten()
                .and_then(|place| exposed(book, &facts, place, granted_at));
            let first = [failed.clone(), exploited, exposed].into_iter().flatten().min_by_key(|void| void.at);
            if let Some(void) = first {
                found.insert(id.0, void);
            }
        }
    }
    found
}

fn control_failed(request: &WaiverRequest) -> Option<Void> {
    let failed = request.controls.iter().filter_map(|control| Some((control.failed_at?, &control.text)));
    let (at, text) = failed.min()?;
    Some(Void { at, why: VoidReason::ControlFailed(text.clone()) })
}

/// How the updates are held whose waivers end when newly exploited.
fn watched(book: &Book, granted: &[(&WaiverRequest, i64)]) -> HashMap<UpdateId, Ranked> {
    let watched = granted.iter().filter(|(request, _)| request.void_if_exploited);
    let grants = watched.flat_map(|(request, _)| &request.grants);
    let mut updates: Vec<UpdateId> =
        grants.filter_map(|id| book.waivers.get(id.0)).map(|waiver| waiver.update).collect();
    updates.sort_unstable();
    updates.dedup();
    ranked(book, &updates, i64::MAX).into_iter().map(|row| (row.update, row)).collect()
}

/// The instant at which an update became Severe since, by a person or by a fact, or became known as exploited while it was Severe
/// already.
fn exploited(update: &Ranked, granted_at: i64) -> Option<Void> {
    let steps = &update.course.steps;
    let rises = steps.windows(2).find(|pair| {
        pair[1].since_at > granted_at && pair[1].rank == Rank::Severe && pair[0].rank != Rank::Severe
    });
    let risen = rises.map(|pair| Void {
        at: pair[1].since_at,
        why: match &pair[1].basis {
            RankBasis::Raised(reason) => VoidReason::Raised(reason.clone()),
            RankBasis::Rated(_) | RankBasis::Suggested => VoidReason::Severe,
        },
    });
    let known = update.exploited_at.filter(|&at| at > granted_at);
    let known = known.map(|at| Void { at, why: VoidReason::Exploited });
    risen.into_iter().chain(known).min_by_key(|void| void.at)
}

fn exposed(book: &Book, facts: &FactsByAsset<'_>, place: u32, granted_at: i64) -> Option<Void> {
    let asset = book.assets.rows().get(place as usize)?;
    let then = reach(facts.standing(asset, place, granted_at).exposure);
    let later = facts.of(place).iter().filter(|fact| fact.since_at > granted_at);
    let grown = later.filter_map(|fact| match fact.value {
        FactValue::Exposure(exposure) if reach(exposure) > then => Some((fact.since_at, exposure)),
        _ => None,
    });
    let (at, exposure) = grown.min_by_key(|&(at, _)| at)?;
    Some(Void { at, why: VoidReason::Exposed(exposure) })
}

/// From how far away an asset can be reached; nobody knowing counts as furthest.
fn reach(exposure: Exposure) -> u8 {
    match exposure {
        Exposure::Isolated => 0,
        Exposure::Internal => 1,
        Exposure::Internet | Exposure::Unknown => 2,
    }
}
