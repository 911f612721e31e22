//! Where a waiver stands at an instant: derived from its dates, its pairs and what voids it, never stored (peers.md D2).

use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::row::words;
use crate::domain::stamp::instant;
use crate::util::clock::DAY_SECS;

use super::request::WaiverRequest;
use super::void::Void;

/// A waiver that ends within so many days is expiring.
pub const EXPIRING_DAYS: i64 = 30;

words!(
    /// Where a waiver stands.
    WaiverState {
        /// Being written.
        Draft = "draft", "Draft";
        /// Asked for.
        Requested = "requested", "Requested";
        /// Being looked at; also while a second signature is missing.
        UnderReview = "under_review", "Under review";
        /// Refused.
        Rejected = "rejected", "Rejected";
        /// Covers its pairs.
        Active = "active", "Active";
        /// Covers its pairs, but ends within 30 days.
        Expiring = "expiring", "Expiring";
        /// Ended on its day, and something is still open.
        Expired = "expired", "Expired, still open";
        /// Ended early by itself, and something is still open.
        Voided = "voided", "Voided, still open";
        /// Every pair is satisfied or no longer applies.
        Closed = "closed", "Closed";
        /// Taken back.
        Revoked = "revoked", "Revoked";
    }
);

impl WaiverState {
    /// It covers pairs.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Active | Self::Expiring)
    }

    /// It ended and left something open behind.
    pub fn is_debt(self) -> bool {
        matches!(self, Self::Expired | Self::Voided)
    }
}

/// One pair that was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Place of the asset.
    pub asset: u32,
    /// Place of the update.
    pub update: u32,
    /// Place of the waiver.
    pub waiver: u32,
    /// Not shown satisfied or not applicable. A pair that no source lists counts as open.
    pub open: bool,
    /// Satisfied at, UTC seconds, where that is known.
    pub closed_at: Option<i64>,
    /// It ended early by itself.
    pub void: Option<Void>,
    /// Covered at the instant.
    pub covered: bool,
}

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: WaiverState,
    /// When it ends, as granted, UTC seconds.
    pub until_at: Option<i64>,
    /// Its pairs; empty before the approval.
    pub pairs: Vec<Granted>,
    /// Seconds for which machines stood open under it, each machine once.
    pub machine_secs: i64,
}

impl Standing {
    /// Pairs that are still open.
    pub fn open(&self) -> usize {
        self.pairs.iter().filter(|pair| pair.open).count()
    }

    /// Days left, begun ones counted; nothing once it has ended or before it begins.
    pub fn days_left(&self, at: i64) -> Option<i64> {
        let left = self.until_at.filter(|_| self.state.is_live())? - at;
        Some(left.div_euclid(DAY_SECS) + i64::from(left.rem_euclid(DAY_SECS) != 0))
    }
}

/// Where a request stands at the view's instant; nothing if it was not written by then.
pub fn standing(view: &View<'_>, request: &WaiverRequest) -> Option<Standing> {
    let at = view.as_of_at;
    let by_then = |instant: Option<i64>| instant.filter(|&then| then <= at);
    if request.created_at > at {
        return None;
    }
    let before = |state| Some(Standing { state, until_at: None, pairs: Vec::new(), machine_secs: 0 });
    let Some(granted_at) = by_then(request.granted_at) else {
        return before(if by_then(request.revoked_at).is_some() {
            WaiverState::Revoked
        } else if !request.rejected_because.is_empty() {
            WaiverState::Rejected
        } else if by_then(request.reviewed_at).is_some() {
            WaiverState::UnderReview
        } else if by_then(request.requested_at).is_some() {
            WaiverState::Requested
        } else {
            WaiverState::Draft
        });
    };
    let pairs = granted(view, request);
    let until_at = request.grants.iter().filter_map(|id| Some(view.book.waivers.get(id.0)?.until_at)).max();
    let any_open = pairs.iter().any(|pair| pair.open);
    let state = if by_then(request.revoked_at).is_some() {
        WaiverState::Revoked
    } else if !any_open {
        WaiverState::Closed
    } else if until_at.is_none_or(|until| until < at) {
        WaiverState::Expired
    } else if !pairs.iter().any(|pair| pair.covered) {
        WaiverState::Voided
    } else if until_at.is_some_and(|until| until - at <= EXPIRING_DAYS * DAY_SECS) {
        WaiverState::Expiring
    } else {
        WaiverState::Active
    };
    let machine_secs = machine_secs(view, &pairs, granted_at);
    Some(Standing { state, until_at, pairs, machine_secs })
}

fn granted(view: &View<'_>, request: &WaiverRequest) -> Vec<Granted> {
    let book = view.book;
    let of = |id: &super::WaiverId| {
        let waiver = book.waivers.get(id.0)?;
        let (asset, update) = (book.asset_place(waiver.asset)?, book.updates.place(waiver.update.0)?);
        let place = book.waivers.place(id.0)?;
        let verdict = view.pair(asset, update);
        let kind = verdict.map(|verdict| verdict.kind);
        let done = matches!(kind, Some(Kind::Satisfied(_) | Kind::NotApplicable | Kind::Merged));
        let closed = verdict.filter(|v| matches!(v.kind, Kind::Satisfied(_))).map(|v| instant(v.closed));
        let void = view.covers.void_of(id.0).filter(|void| void.at <= view.as_of_at).cloned();
        let covered = view.covers.find(update, asset, view.at).is_some_and(|cover| cover.waiver == place);
        // Two waivers may cover one pair while the older one runs out; either covers it.
        let covered = covered || (void.is_none() && waiver.valid_at(view.as_of_at));
        // What the policy does not cover is owed by nobody, with or without a waiver.
        let open = !done && verdict.is_none_or(|verdict| verdict.required);
        Some(Granted { asset, update, waiver: place, open, closed_at: closed, void, covered })
    };
    request.grants.iter().filter_map(of).collect()
}

/// Each machine from the approval until its last pair under the waiver was closed, or the waiver ended, or now.
fn machine_secs(view: &View<'_>, pairs: &[Granted], granted_at: i64) -> i64 {
    let mut ends: std::collections::BTreeMap<u32, i64> = std::collections::BTreeMap::new();
    for pair in pairs {
        let waiver = &view.book.waivers.rows()[pair.waiver as usize];
        let stops = [
            Some(view.as_of_at),
            Some(waiver.until_at),
            waiver.voided_at,
            pair.void.as_ref().map(|void| void.at),
            pair.closed_at,
        ];
        let end = stops.into_iter().flatten().min().unwrap_or(granted_at);
        let known = ends.entry(pair.asset).or_insert(granted_at);
        *known = (*known).max(end);
    }
    ends.values().map(|end| end - granted_at).sum()
}
