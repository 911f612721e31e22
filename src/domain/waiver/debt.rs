//! The waiver debt (`metrics.md` M11): what is put off, for how long, and what ran out unsolved. Leads with what expired.
//!
//! Counts decisions, not pairs: a request with twenty machines is one waiver. A waiver without a request, from before requests
//! were kept, is one for itself.

use std::collections::BTreeSet;

use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::ratio::days_begun;
use crate::domain::compliance::view::View;
use crate::util::clock::DAY_SECS;

use super::rule::forebears;
use super::state::{Standing, WaiverState, standing};
use super::void::VoidReason;

/// The last days on which a waiver that ends is announced.
pub const NOTICE_DAYS: [i64; 4] = [30, 14, 7, 1];

/// A waiver in the debt.
#[derive(Clone, Debug)]
pub struct Owed {
    /// Place of the request; `None` for a waiver without one.
    pub request: Option<u32>,
    /// Its number, or the pair's names.
    pub name: String,
    /// Where it stands.
    pub state: WaiverState,
    /// When it ends or ended, UTC seconds.
    pub until_at: i64,
    /// When the first decision of its chain was recorded, UTC seconds.
    pub since_at: i64,
    /// How often it was renewed.
    pub renewals: usize,
    /// Its pairs that are still open: places of asset and update.
    pub open: Vec<(u32, u32)>,
    /// Seconds for which machines stood open under it.
    pub machine_secs: i64,
    /// Why it ended early, where it did.
    pub voided: Vec<VoidReason>,
}

/// M11.
#[derive(Clone, Debug, Default)]
pub struct Debt {
    /// Ended on their day, or early, with something still open: first of all.
    pub expired: Vec<Owed>,
    /// Cover pairs now, those that end first before the others.
    pub active: Vec<Owed>,
    /// How many of the active end within 30, 14, 7 days and one day.
    pub expiring: [u64; 4],
    /// Granted in the period.
    pub new: u64,
    /// Of active and expired, renewed twice or more.
    pub renewed_twice: u64,
    /// Median age of the active in seconds since the first decision of the chain; of an even number the upper one.
    pub median_age_secs: Option<i64>,
    /// Seconds for which machines stood open under active and expired waivers.
    pub machine_secs: i64,
}

impl Debt {
    /// Machine-days exposed so far, begun ones counted.
    pub fn machine_days(&self) -> i64 {
        days_begun(self.machine_secs)
    }

    /// Median age in days, begun ones counted; nothing where nothing is active.
    pub fn median_age_days(&self) -> Option<i64> {
        self.median_age_secs.map(days_begun)
    }
}

/// The debt at the view's instant; new ones over a period.
pub fn debt(view: &View<'_>, period: Period) -> Debt {
    let mut debt = Debt::default();
    let mut with_request: BTreeSet<i64> = BTreeSet::new();
    for (place, request) in view.book.waiver_requests.rows().iter().enumerate() {
        with_request.extend(request.grants.iter().map(|id| id.0));
        let Some(granted_at) = request.granted_at.filter(|&granted| granted <= view.as_of_at) else {
            continue;
        };
        debt.new += u64::from(period.contains(granted_at));
        let Some(standing) = standing(view, request) else { continue };
        let chain = forebears(view.book, request);
        let since_at = chain.iter().filter_map(|earlier| earlier.granted_at).fold(granted_at, i64::min);
        let owed = Owed {
            request: Some(place as u32),
            name: request.number.clone(),
            state: standing.state,
            until_at: standing.until_at.unwrap_or(granted_at),
            since_at,
            renewals: chain.len(),
            open: open_pairs(&standing),
            machine_secs: standing.machine_secs,
            voided: standing.pairs.iter().filter_map(|pair| Some(pair.void.as_ref()?.why.clone())).collect(),
        };
        // What a renewal took over is the renewal's debt.
        let taken_over = super::rule::renewal(view.book, request.id)
            .is_some_and(|later| later.granted_at.is_some_and(|granted| granted <= view.as_of_at));
        if owed.state.is_live() || !taken_over {
            debt.add(owed);
        }
    }
    for (place, waiver) in view.book.waivers.rows().iter().enumerate() {
        if !with_request.contains(&waiver.id.0) && waiver.approved_at <= view.as_of_at {
            debt.new += u64::from(period.contains(waiver.approved_at));
            if let Some(owed) = alone(view, place) {
                debt.add(owed);
            }
        }
    }
    debt.finish(view.as_of_at);
    debt
}

impl Debt {
    fn add(&mut self, owed: Owed) {
        if owed.state.is_live() {
            self.active.push(owed);
        } else if owed.state.is_debt() {
            self.expired.push(owed);
        }
    }

    fn finish(&mut self, at: i64) {
        self.active.sort_by(|a, b| (a.until_at, &a.name).cmp(&(b.until_at, &b.name)));
        self.expired.sort_by(|a, b| (a.until_at, &a.name).cmp(&(b.until_at, &b.name)));
        for (i, days) in NOTICE_DAYS.into_iter().enumerate() {
            let ends = self.active.iter().filter(|owed| owed.until_at - at <= days * DAY_SECS);
            self.expiring[i] = ends.count() as u64;
        }
        let all = || self.active.iter().chain(&self.expired);
        let (twice, secs) = (all().filter(|o| o.renewals >= 2).count(), all().map(|o| o.machine_secs).sum());
        self.renewed_twice = twice as u64;
        self.machine_secs = secs;
        let mut ages: Vec<i64> = self.active.iter().map(|owed| at - owed.since_at).collect();
        ages.sort_unstable();
        self.median_age_secs = ages.get(ages.len() / 2).copied();
    }
}

fn open_pairs(standing: &Standing) -> Vec<(u32, u32)> {
    standing.pairs.iter().filter(|pair| pair.open).map(|pair| (pair.asset, pair.update)).collect()
}

/// A waiver without a request.
fn alone(view: &View<'_>, place: usize) -> Option<Owed> {
    use crate::domain::compliance::verdict::Kind;
    let (book, waiver) = (view.book, &view.book.waivers.rows()[place]);
    let (asset, update) = (book.asset_place(waiver.asset)?, book.updates.place(waiver.update.0)?);
    let kind = view.pair(asset, update).map(|verdict| verdict.kind);
    if matches!(kind, Some(Kind::Satisfied(_) | Kind::NotApplicable | Kind::Merged)) {
        return None;
    }
    let at = view.as_of_at;
    if waiver.voided_at.is_some_and(|voided| voided <= at) {
        return None;
    }
    let state = if waiver.until_at < at {
        WaiverState::Expired
    } else if waiver.until_at - at <= super::state::EXPIRING_DAYS * DAY_SECS {
        WaiverState::Expiring
    } else {
        WaiverState::Active
    };
    let names = (&book.assets.rows()[asset as usize].name, book.updates.rows()[update as usize].short_name());
    Some(Owed {
        request: None,
        name: format!("{} on {}", names.1, names.0),
        state,
        until_at: waiver.until_at,
        since_at: waiver.approved_at,
        renewals: 0,
        open: vec![(asset, update)],
        machine_secs: at.min(waiver.until_at) - waiver.approved_at,
        voided: Vec::new(),
    })
}
