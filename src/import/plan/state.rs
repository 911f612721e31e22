//! Which pairs changed: transitions against what the register knows, and what a missing row proves.

use std::collections::{HashMap, HashSet};

use crate::domain::asset::AssetId;
use crate::domain::batch::{Batch, Observation, Report, Scope};
use crate::domain::book::Book;
use crate::domain::decide::Moment;
use crate::domain::pair::State;
use crate::domain::source::{SourceAssetId, SourceId, SourceUpdateId};
use crate::domain::stamp::{Stamp, of_instant};
use crate::util::text::counted;

use super::super::{Approval, FileReport, ReadSet, Role, StateRow};
use super::computer::Computers;
use super::update::Updates;

/// What would happen to pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// Pairs no source listed before.
    pub new: u64,
    /// Pairs whose state changed.
    pub changed: u64,
    /// Pairs whose state is the known one.
    pub same: u64,
    /// States older than what is known: history.
    pub older: u64,
    /// Not applicable and never listed otherwise: not kept.
    pub not_applicable: u64,
    /// Pairs that vanished from a file whose scope says that they do not apply any more.
    pub vanished: u64,
    /// States of computers that are left out.
    pub left_out: u64,
    /// States of computers that never reported: no data.
    pub never_reported: u64,
    /// States that wait for a file that names their computer or update.
    pub unresolved: u64,
}

impl StateCounts {
    /// How many observations are written.
    pub fn written(&self) -> u64 {
        self.new + self.changed + self.older + self.vanished + self.unresolved
    }
}

pub(super) struct States {
    pub(super) counts: StateCounts,
    pub(super) observations: Vec<Observation>,
    pub(super) reports: Vec<Report>,
    /// Whether a report is in it that the register does not have yet.
    pub(super) new_reports: bool,
    pub(super) as_of_at: Option<i64>,
}

#[allow(clippy::too_many_arguments, reason = "the four results of the plan so far, each used whole")]
pub(super) fn plan(
    book: &Book,
    read: &ReadSet,
    computers: &Computers,
    updates: &Updates,
    scope: Scope,
    source: SourceId,
    moment: Moment<'_>,
    already: Option<&Batch>,
    warnings: &mut Vec<String>,
) -> States {
    // The very same files again say nothing of today.
    let now = already.map_or(moment.at, |batch| batch.recorded_at.min(moment.at));
    let times = ReportTimes::new(book, read, computers, now, warnings);
    let asset_places: Vec<Option<u32>> =
        computers.plans.iter().map(|plan| book.assets.place(plan.asset?.0)).collect();
    let update_places: Vec<Option<u32>> =
        updates.updates.iter().map(|id| book.updates.place((*id)?.0)).collect();
    let mut out = States {
        counts: StateCounts::default(),
        observations: Vec::new(),
        reports: Vec::new(),
        new_reports: false,
        as_of_at: None,
    };
    let mut seen: HashSet<(u32, u32)> = HashSet::new();
    let track_seen = scope == Scope::AllButNotApplicable;

    for row in &read.states {
        let Some(asset) = computers.identities[row.computer as usize] else {
            out.counts.left_out += 1;
            continue;
        };
        let Some(reported_at) = times.of(row) else {
            out.counts.never_reported += 1;
            continue;
        };
        let update = updates.identities[row.update as usize];
        let observation = Observation {
            asset,
            update,
            state: row.state as u8,
            reported_at,
            installed_at: row.installed_at().filter(|&installed| installed <= reported_at),
        };
        let (asset_place, update_place) =
            (asset_places[row.computer as usize], update_places[row.update as usize]);
        if let (true, Some(a), Some(u)) = (track_seen, asset_place, update_place) {
            seen.insert((a, u));
        }
        let resolved = computers.plans[row.computer as usize].asset.is_some()
            && updates.updates[row.update as usize].is_some();
        if !resolved && already.is_some() && waits_already(book, asset, update) {
            out.counts.same += 1;
            continue;
        }
        if judge(book, row, reported_at, asset_place, update_place, resolved, &mut out.counts) {
            out.observations.push(observation);
        }
    }

    let reporting = times.reports(computers);
    if track_seen {
        vanish(book, source, &reporting, computers, &asset_places, &seen, &mut out);
    }
    for (&computer, &reported_at) in &reporting {
        let Some(asset) = computers.identities[computer as usize] else { continue };
        out.reports.push(Report { asset, reported_at });
        let known = match asset_places[computer as usize] {
            Some(place) => book
                .pairs
                .reports
                .get(place as usize)
                .is_some_and(|reports| reports.binary_search(&of_instant(reported_at)).is_ok()),
            None => already.is_some() && book.source_assets.get(asset.0).is_some(),
        };
        out.new_reports |= !known && scope.is_report();
    }
    out.as_of_at = out.reports.iter().map(|r| r.reported_at).max();
    settle(&mut out);
    out
}

/// One row per pair and one per computer, in the order of the file. Where two identities of a source are one asset, or a file
/// lists a pair twice, the later report wins; at the same time the worse state does.
fn settle(out: &mut States) {
    let badness = |o: &Observation| u8::from(State::of_number(o.state).is_open());
    out.observations.sort_unstable_by_key(|o| (o.asset, o.update, o.reported_at, badness(o)));
    out.observations.reverse();
    out.observations.dedup_by_key(|o| (o.asset, o.update));
    out.observations.reverse();
    out.reports.sort_unstable();
    out.reports.reverse();
    out.reports.dedup_by_key(|r| r.asset);
    out.reports.reverse();
}

/// Whether a pair whose computer or update nobody named yet was brought by the same files before.
fn waits_already(book: &Book, asset: SourceAssetId, update: SourceUpdateId) -> bool {
    book.source_assets.get(asset.0).is_some() && book.source_updates.get(update.0).is_some()
}

/// Whether a state is news. Counts it either way.
fn judge(
    book: &Book,
    row: &StateRow,
    reported_at: i64,
    asset: Option<u32>,
    update: Option<u32>,
    resolved: bool,
    counts: &mut StateCounts,
) -> bool {
    let state = State::of_number(row.state as u8);
    let stamp = of_instant(reported_at);
    if state == State::Unknown && row.approval == Approval::NotApproved {
        // WSUS lists every unapproved update as unknown for everybody; nobody owes those.
        counts.same += 1;
        return false;
    }
    let known = asset.zip(update).and_then(|(asset, update)| {
        let block = book.pairs.blocks.get(update as usize)?;
        Some((block, block.find(asset)?))
    });
    let Some((block, position)) = known else {
        if state == State::NotApplicable {
            counts.not_applicable += 1;
            return false;
        }
        if resolved {
            counts.new += 1;
        } else {
            counts.unresolved += 1;
        }
        return true;
    };
    // A list of some updates only is no report, but a pair it changed is known from then on all the same.
    let newest = asset.and_then(|a| book.pairs.reports.get(a as usize)).and_then(|r| r.last().copied());
    let newer = newest.max(block.at(position, Stamp::MAX).map(|t| t.at));
    match block.at(position, stamp) {
        Some(then) if then.state() == state => {
            counts.same += 1;
            false
        }
        None if state == State::NotApplicable => {
            counts.not_applicable += 1;
            false
        }
        _ if newer.is_some_and(|newer| newer > stamp) => {
            counts.older += 1;
            true
        }
        _ => {
            counts.changed += 1;
            true
        }
    }
}

/// Under "all but not applicable" a pair that this source listed before and lists no more is not applicable now
/// (`metrics.md` rule 10).
fn vanish(
    book: &Book,
    source: SourceId,
    reporting: &HashMap<u32, i64>,
    computers: &Computers,
    asset_places: &[Option<u32>],
    seen: &HashSet<(u32, u32)>,
    out: &mut States,
) {
    let mut by_place: HashMap<u32, (SourceAssetId, i64)> = HashMap::new();
    for (&computer, &at) in reporting {
        if let (Some(place), Some(identity)) =
            (asset_places[computer as usize], computers.identities[computer as usize])
        {
            // One report cannot both list a pair and not list it: what it said first stands.
            let stamp = of_instant(at);
            if book.pairs.newest_report(place, stamp) != Some(stamp) {
                let slot = by_place.entry(place).or_insert((identity, at));
                // Two keys of one asset: its later report, and always the same one of two at one time.
                if (at, identity) > (slot.1, slot.0) {
                    *slot = (identity, at);
                }
            }
        }
    }
    let of_source = book.source_updates.rows().iter().filter(|s| s.source == source);
    let listed: HashMap<u32, SourceUpdateId> =
        of_source.filter_map(|s| Some((book.updates.place(s.update?.0)?, s.id))).collect();
    for (update, block) in book.pairs.blocks.iter().enumerate() {
        let Some(&identity) = listed.get(&(update as u32)) else { continue };
        for (position, asset) in block.assets.iter().enumerate() {
            let Some(&(source_asset, at)) = by_place.get(asset) else { continue };
            // A late report takes nothing away from a newer one: what that one said is put back behind it.
            let stamp = of_instant(at);
            let gone = block.at(position, stamp).is_some_and(|t| t.state() != State::NotApplicable);
            if gone && !seen.contains(&(*asset, update as u32)) {
                if book.pairs.newest_report(*asset, Stamp::MAX).is_some_and(|newest| newest > stamp) {
                    out.counts.older += 1;
                } else {
                    out.counts.vanished += 1;
                }
                out.observations.push(Observation {
                    asset: source_asset,
                    update: identity,
                    state: State::NotApplicable as u8,
                    reported_at: at,
                    installed_at: None,
                });
            }
        }
    }
}

/// When each computer reported its states.
struct ReportTimes<'a> {
    read: &'a ReadSet,
    /// Per computer: the time to use where the row has none; `None` for "never reported".
    fallback: Vec<Option<i64>>,
}

impl<'a> ReportTimes<'a> {
    fn new(
        book: &Book,
        read: &'a ReadSet,
        computers: &Computers,
        now: i64,
        warnings: &mut Vec<String>,
    ) -> Self {
        // If the set gives status times, a computer without one never reported.
        let gives = |file: &FileReport| file.mapping.as_ref().is_some_and(|m| m.has(Role::LastStatus));
        let column_exists = read.files.iter().any(gives);
        // A list of computers and a list of states may name one asset by different keys.
        let mut by_asset: HashMap<AssetId, i64> = HashMap::new();
        for (computer, plan) in read.computers.iter().zip(&computers.plans) {
            if let (Some(asset), Some(at)) = (plan.asset, computer.last_status_at) {
                let slot = by_asset.entry(asset).or_insert(at);
                *slot = at.max(*slot);
            }
        }
        let written_at = read.manifest.as_ref().and_then(|m| m.finished_at).unwrap_or(now).min(now);
        let mut assumed = 0;
        let mut fallback = Vec::with_capacity(read.computers.len());
        for (computer, plan) in read.computers.iter().zip(&computers.plans) {
            let known = plan.asset.and_then(|id| book.assets.get(id.0)).and_then(|a| a.imported.status_at);
            let beside = plan.asset.and_then(|id| by_asset.get(&id).copied());
            fallback.push(match computer.last_status_at.or(beside) {
                Some(at) => Some(at.min(now)),
                None if column_exists => None,
                None if known.is_some() => known.map(|at| at.min(now)),
                None => {
                    assumed += 1;
                    Some(written_at)
                }
            });
        }
        let timeless = read.states.iter().any(|row| read.reported_at(row).is_none());
        if assumed > 0 && timeless && !column_exists {
            warnings.push(format!(
                "The files do not say when a computer reported, so {} taken as reporting when the file was imported. \
                 A machine that is silent for weeks cannot be told this way: export the list of computers too.",
                counted(assumed, "computer is", "computers are")
            ));
        }
        Self { read, fallback }
    }

    fn of(&self, row: &StateRow) -> Option<i64> {
        row.reported_at().or(self.fallback[row.computer as usize])
    }

    /// Newest report of each computer in the set. Under our own manifest, a computer that lists nothing still reported.
    fn reports(&self, computers: &Computers) -> HashMap<u32, i64> {
        let mut newest: HashMap<u32, i64> = HashMap::new();
        for row in &self.read.states {
            if let Some(at) = self.of(row) {
                let slot = newest.entry(row.computer).or_insert(at);
                *slot = at.max(*slot);
            }
        }
        if self.read.manifest.as_ref().is_some_and(|m| m.complete) {
            for (index, computer) in self.read.computers.iter().enumerate() {
                if let Some(at) = computer.last_status_at {
                    newest.entry(index as u32).or_insert(at);
                }
            }
        }
        newest.retain(|&computer, _| computers.identities[computer as usize].is_some());
        newest
    }
}
