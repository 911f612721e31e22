//! Machines: which of six exclusive segments each is in, and why it counts as unknown where it does.
//!
//! Two rules are read strictly. A release counts for "not seen since" once that release is more than five days old, whatever
//! came out after it: else a stream of weekly releases would switch the test off for good. And a check by hand is a
//! patch-state report only of an asset that no tool reports on: it must not make a silent machine look observed.

use std::collections::{HashMap, HashSet};

use crate::domain::asset::{Asset, AssetClass};
use crate::domain::counting::{self, Counting};
use crate::domain::lifecycle::Supports;
use crate::domain::row::words;
use crate::domain::source::SourceId;
use crate::domain::stamp::instant;
use crate::util::clock::DAY_SECS;
use crate::util::text::fold;

use super::tally::Tally;
use super::view::View;

/// Days after which a release is old enough that an observed machine must have reported since.
pub const SETTLED_DAYS: i64 = 5;

words!(
    /// Where a machine of the scope stands. Each is in the first that applies.
    Segment {
        /// At least one required, open, unwaived pair past due.
        Overdue = "overdue", "Overdue";
        /// Past the end of security updates without proof of extended support.
        Unsupported = "unsupported", "Unsupported";
        /// Not observed.
        Unknown = "unknown", "Unknown";
        /// At least one waived open pair.
        Waived = "waived", "Waived";
        /// At least one open required pair, none past due.
        InTime = "in_time", "In time";
        /// Observed, and no open required pair.
        UpToDate = "up_to_date", "Up to date";
    }
);

/// Why a machine is not observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No source of patch states knows it.
    NoStateSource,
    /// A source knows it, but it never reported.
    NeverReported,
    /// Its newest report is older than the freshness limit.
    Stale {
        /// The newest report, UTC seconds.
        report_at: i64,
        /// The limit in days.
        limit_days: i64,
    },
    /// Its newest report is older than a covered release of more than five days ago.
    NotSeenSince {
        /// That release, UTC seconds.
        released_at: i64,
        /// The newest report, UTC seconds.
        report_at: i64,
    },
    /// Required pairs for which nobody has an answer.
    StateUnknown {
        /// How many.
        pairs: u32,
    },
    /// It owns products that are not subscribed, so no missing update of them can show.
    NotSubscribed {
        /// Which.
        products: Vec<String>,
    },
}

impl Reason {
    /// A short name to count by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoStateSource => "No state source",
            Self::NeverReported => "Never reported",
            Self::Stale { .. } => "Stale",
            Self::NotSeenSince { .. } => "Not seen since a release",
            Self::StateUnknown { .. } => "Required pair with state unknown",
            Self::NotSubscribed { .. } => "Product not subscribed",
        }
    }
}

/// One asset of the register.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// Where it stands; `None` out of scope.
    pub segment: Option<Segment>,
    /// Why it is not observed; empty if it is, or if it is out of scope.
    pub reasons: Vec<Reason>,
    /// Past the end of security updates without proof of extended support, whatever its segment.
    pub unsupported: bool,
    /// Its pairs of every rank.
    pub tally: Tally,
    /// Its newest patch-state report, UTC seconds.
    pub report_at: Option<i64>,
}

impl Machine {
    /// In S.
    pub fn in_scope(&self) -> bool {
        self.segment.is_some()
    }

    /// In O.
    pub fn observed(&self) -> bool {
        self.in_scope() && self.reasons.is_empty()
    }
}

/// What being observed depends on, gathered once.
pub(super) struct Watch<'v, 'b> {
    view: &'v View<'b>,
    newest_release_at: Option<i64>,
    known_to_state_source: HashSet<i64>,
    by_hand: HashMap<u32, i64>,
    subscribed: Option<HashSet<String>>,
    supports: Supports<'b>,
    /// What was counted over time.
    counting: Vec<Counting>,
}

impl<'v, 'b> Watch<'v, 'b> {
    pub(super) fn new(view: &'v View<'b>) -> Self {
        let book = view.book;
        let settled_at = view.as_of_at - SETTLED_DAYS * DAY_SECS;
        // One that has left since still shows whether anybody looked: else a decline would make a silent machine observed.
        let owed = view.duties.iter().filter(|duty| duty.counts);
        let newest = owed.map(|duty| instant(duty.released)).filter(|&at| at < settled_at).max();
        let live = book.batches.rows().iter().filter(|b| b.voided_at.is_none() && b.scope.is_report());
        let sources: HashSet<SourceId> = live.map(|batch| batch.source).collect();
        let known = book.source_assets.rows().iter().filter(|row| sources.contains(&row.source));
        let mut by_hand: HashMap<u32, i64> = HashMap::new();
        for (&(_, asset), &(checked, _)) in &view.attested {
            let newest = by_hand.entry(asset).or_insert(i64::MIN);
            *newest = (*newest).max(instant(checked));
        }
        let products = book.subscriptions.rows().iter().filter(|row| row.kind == "product");
        let live = products.filter(|row| row.ended_at.is_none_or(|ended| ended > view.as_of_at));
        let titles: HashSet<String> = live.map(|row| fold(&row.title)).collect();
        Self {
            view,
            newest_release_at: newest,
            known_to_state_source: known.filter_map(|row| row.asset.map(|id| id.0)).collect(),
            by_hand,
            subscribed: (!titles.is_empty()).then_some(titles),
            supports: Supports::new(book, view.as_of_at),
            counting: counting::course(book, view.as_of_at),
        }
    }

    /// The covered release that every observed machine must have reported after, UTC seconds.
    pub(super) fn newest_release_at(&self) -> Option<i64> {
        self.newest_release_at
    }

    /// The newest patch-state report of an asset.
    pub(super) fn report_at(&self, place: u32) -> Option<i64> {
        let reports = &self.view.book.pairs;
        let by_tool = reports.newest_report(place, self.view.at).map(instant);
        by_tool.or_else(|| self.by_hand.get(&place).copied())
    }

    /// Why an asset in scope is not observed.
    pub(super) fn reasons(&self, asset: &Asset, place: u32, unknown_pairs: u32) -> Vec<Reason> {
        let mut reasons = Vec::new();
        match self.report_at(place) {
            None if self.known_to_state_source.contains(&asset.id.0) => reasons.push(Reason::NeverReported),
            None => reasons.push(Reason::NoStateSource),
            Some(report_at) => self.age_reasons(place, report_at, &mut reasons),
        }
        if unknown_pairs > 0 {
            reasons.push(Reason::StateUnknown { pairs: unknown_pairs });
        }
        if let Some(subscribed) = &self.subscribed {
            let missing = asset.products.iter().filter(|product| !subscribed.contains(&fold(product)));
            let products: Vec<String> = missing.cloned().collect();
            if !products.is_empty() {
                reasons.push(Reason::NotSubscribed { products });
            }
        }
        reasons
    }

    fn age_reasons(&self, place: u32, report_at: i64, reasons: &mut Vec<Reason>) {
        if let Some(limit_days) = self.stale(place, report_at) {
            reasons.push(Reason::Stale { report_at, limit_days });
        }
        if let Some(released_at) = self.newest_release_at.filter(|&released_at| report_at < released_at) {
            reasons.push(Reason::NotSeenSince { released_at, report_at });
        }
    }

    /// The limit that a report has outlived: that of the class the asset was in when it did, and of the settings then, so that a
    /// change of either freshens nothing.
    fn stale(&self, place: u32, report_at: i64) -> Option<i64> {
        let subjects = &self.view.subjects;
        let now = [(0, subjects.list[place as usize].profile)];
        let past = subjects.past(place).map(|past| past.profiles.as_slice()).filter(|list| !list.is_empty());
        let regimes = past.unwrap_or(&now);
        let ends = regimes.iter().skip(1).map(|&(since, _)| instant(since)).chain([self.view.as_of_at]);
        let mut begins_at = i64::MIN;
        for (&(_, profile), ends_at) in regimes.iter().zip(ends) {
            let class = subjects.profiles[usize::from(profile)].class;
            for (n, counting) in self.counting.iter().enumerate() {
                let until_at = self.counting.get(n + 1).map_or(i64::MAX, |next| next.since_at).min(ends_at);
                let limit_days = limit_days(counting, class);
                if until_at > begins_at && until_at - report_at >= limit_days.saturating_mul(DAY_SECS) {
                    return Some(limit_days);
                }
            }
            begins_at = ends_at;
        }
        None
    }

    /// Past the end of security updates without proof, by the table and the proofs as they were known then.
    pub(super) fn unsupported(&self, asset: &Asset) -> bool {
        self.supports.of(asset).past().is_some()
    }

    /// The first segment that applies.
    pub(super) fn segment(machine: &Machine) -> Segment {
        let tally = &machine.tally;
        if tally.overdue > 0 {
            Segment::Overdue
        } else if machine.unsupported {
            Segment::Unsupported
        } else if !machine.reasons.is_empty() {
            Segment::Unknown
        } else if tally.waived > 0 {
            Segment::Waived
        } else if tally.open > 0 {
            Segment::InTime
        } else {
            Segment::UpToDate
        }
    }
}

fn limit_days(counting: &Counting, class: AssetClass) -> i64 {
    match class {
        AssetClass::Server => counting.fresh_server_days,
        AssetClass::Workstation => counting.fresh_other_days,
    }
}
