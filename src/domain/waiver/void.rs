//! What ends a waiver early, by itself: newly exploited, exposed further, a control that failed (standards.md 3.7).
//!
//! Computed from the register's dated rows, never stored, so that nobody has to remember it. Never makes a waiver valid.

use std::collections::HashMap;

use crate::domain::asset::{Exposure, FactValue};
use crate::domain::book::Book;
use crate::domain::rating::{Rank, suggested};
use crate::domain::standing::FactsByAsset;
use crate::domain::update::UpdateId;

use super::request::WaiverRequest;

/// Why a waiver of one pair ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VoidReason {
    /// Its update was rated Severe since.
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
            Self::Exploited => "the update was rated Severe".to_owned(),
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
    let ranks = ranks(book);
    for (request, granted_at) in granted {
        let failed = control_failed(request);
        for id in &request.grants {
            let Some(waiver) = book.waivers.get(id.0) else { continue };
            let exploited = request
                .void_if_exploited
                .then(|| exploited(book, &ranks, waiver.update, granted_at))
                .flatten();
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

/// Ranks that people set, by update, in the order of time.
fn ranks(book: &Book) -> HashMap<UpdateId, Vec<(i64, Rank)>> {
    let mut ranks: HashMap<UpdateId, Vec<(i64, Rank)>> = HashMap::new();
    for rating in &book.ratings {
        ranks.entry(rating.update).or_default().push((rating.since_at, rating.rank));
    }
    for list in ranks.values_mut() {
        list.sort_by_key(|&(since_at, _)| since_at);
    }
    ranks
}

fn exploited(
    book: &Book,
    ranks: &HashMap<UpdateId, Vec<(i64, Rank)>>,
    update: UpdateId,
    granted_at: i64,
) -> Option<Void> {
    let list = ranks.get(&update)?;
    let then = list.iter().rfind(|&&(since_at, _)| since_at <= granted_at).map(|&(_, rank)| rank);
    let then = then.or_else(|| book.updates.get(update.0).map(suggested));
    if then == Some(Rank::Severe) {
        return None;
    }
    let later = list.iter().find(|&&(since_at, rank)| since_at > granted_at && rank == Rank::Severe);
    later.map(|&(at, _)| Void { at, why: VoidReason::Exploited })
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
