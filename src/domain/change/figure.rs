//! The figures of changes (metrics.md M12, M15), each with the records and lines it was counted from, and the status of an
//! update that operations report back to security (requirement S3-16).
//!
//! Drills are outside every figure. What a person attested is never added to what a tool showed.

use super::line::{ChangeLineId, LineResult, Proof};
use super::missing::{is_settled, tests_before};
use super::orphan::orphans;
use super::state::{has_begun, is_open};
use super::{ChangeId, ChangeKind, ChangeRecord, ChangeState, backup_of, lines};
use crate::domain::approval::{Approval, Verdict, on_change, standing};
use crate::domain::asset::AssetClass;
use crate::domain::book::Book;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::cycle::CycleId;
use crate::domain::pair::State;
use crate::domain::standing::FactsByAsset;
use crate::domain::update::UpdateId;
use crate::util::text::{count, fold};

/// M12: the changes whose work ended in a period, by what is asked of them. Lists overlap where the questions do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// All of them.
    pub ended: Vec<ChangeId>,
    /// Done, without issues.
    pub successful: Vec<ChangeId>,
    /// Done wholly or in part, with issues.
    pub with_issues: Vec<ChangeId>,
    /// Not achieved.
    pub failed: Vec<ChangeId>,
    /// Taken back.
    pub backed_out: Vec<ChangeId>,
    /// Emergencies.
    pub emergency: Vec<ChangeId>,
    /// All evidence present: see [`evidence_gaps`].
    pub evidenced: Vec<ChangeId>,
    /// Approved, and the approval recorded, before the work began.
    pub approved_before: Vec<ChangeId>,
    /// The approval was recorded after the work had begun.
    pub recorded_after: Vec<ChangeId>,
    /// The record itself was raised when the work was done.
    pub after_the_fact: Vec<ChangeId>,
    /// No approval that stands.
    pub unapproved: Vec<ChangeId>,
    /// Approved by whoever asked for it.
    pub self_approved: Vec<ChangeId>,
}

/// M15: the lines that were reported done in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validated {
    /// All of them.
    pub reported: Vec<ChangeLineId>,
    /// An import shows them done.
    pub by_tool: Vec<ChangeLineId>,
    /// Somebody else than the implementer attested them.
    pub by_hand: Vec<ChangeLineId>,
    /// The implementer attested their own work: counted for nothing.
    pub by_own_hand: Vec<ChangeLineId>,
}

impl Validated {
    /// What tools prove, out of what was reported done.
    pub fn ratio(&self) -> Ratio {
        Ratio::good(self.by_tool.len() as u64, self.reported.len() as u64)
    }
}

/// Whether a record belongs into figures: not the rehearsal of an emergency.
pub fn counts(book: &Book, record: &ChangeRecord) -> bool {
    !record.cycle.and_then(|id| book.cycles.get(id.0)).is_some_and(|cycle| cycle.drill)
}

fn ended_in(book: &Book, period: Period) -> impl Iterator<Item = &ChangeRecord> {
    let inside = move |record: &&ChangeRecord| {
        record.ended_at.is_some_and(|at| period.contains(at)) && counts(book, record)
    };
    book.changes.iter().filter(inside)
}

/// M12 of a period. `at`: as of, UTC seconds.
pub fn changes(book: &Book, period: Period, at: i64) -> Changes {
    let mut found = Changes::default();
    for record in ended_in(book, period) {
        let id = record.id;
        found.ended.push(id);
        match record.ended_as {
            Some(ChangeState::Implemented) if record.issues.is_empty() && !leaves_undone(book, id) => {
                found.successful.push(id);
            }
            Some(ChangeState::RolledBack) => found.backed_out.push(id),
            Some(ChangeState::Failed) => found.failed.push(id),
            _ => found.with_issues.push(id),
        }
        if record.kind == ChangeKind::Emergency {
            found.emergency.push(id);
        }
        if evidence_gaps(book, record, at).is_empty() {
            found.evidenced.push(id);
        }
        if on_change(book, id).iter().any(|a| a.decision == Verdict::Approve && a.own && stands(a)) {
            found.self_approved.push(id);
        }
        match approved(book, record) {
            _ if is_after_the_fact(record) => found.after_the_fact.push(id),
            Approved::Before => found.approved_before.push(id),
            Approved::After => found.recorded_after.push(id),
            Approved::Never => found.unapproved.push(id),
        }
    }
    found
}

/// Whether a machine of a record was left undone, whoever says so: such a change went not as planned.
pub fn leaves_undone(book: &Book, id: ChangeId) -> bool {
    let undone = [LineResult::NotDone, LineResult::RolledBack, LineResult::Failed];
    lines(book, id).iter().any(|line| line.result.is_some_and(|result| undone.contains(&result)))
}

fn stands(approval: &Approval) -> bool {
    approval.voided_at.is_none()
}

/// Raised when the work was done: said so, or begun before it was written.
pub fn is_after_the_fact(record: &ChangeRecord) -> bool {
    record.after_the_fact || record.started_at.is_some_and(|started| started < record.created_at)
}

/// When a change was approved, by the time at which that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approved {
    /// Before the work began.
    Before,
    /// After it had begun.
    After,
    /// Not at all.
    Never,
}

/// When a change was approved; a standard change by its template's ratification.
pub fn approved(book: &Book, record: &ChangeRecord) -> Approved {
    let started = record.started_at.unwrap_or(i64::MAX);
    if record.kind == ChangeKind::Standard {
        let template = record.template.and_then(|id| book.change_templates.get(id.0));
        let ratified = template.and_then(|template| template.ratified_at);
        return match ratified {
            Some(at) if at <= started => Approved::Before,
            Some(_) => Approved::After,
            None => Approved::Never,
        };
    }
    let given: Vec<&Approval> =
        on_change(book, record.id).into_iter().filter(|a| a.decision == Verdict::Approve).collect();
    let held_then =
        |a: &&Approval| a.recorded_at <= started && a.voided_at.is_none_or(|voided| voided > started);
    if given.iter().any(held_then) {
        Approved::Before
    } else if given.iter().any(|approval| stands(approval)) {
        Approved::After
    } else {
        Approved::Never
    }
}

/// What evidence a finished change lacks, in words: empty where all of it is there.
pub fn evidence_gaps(book: &Book, record: &ChangeRecord, at: i64) -> Vec<&'static str> {
    let mut gaps = Vec::new();
    let standard = record.kind == ChangeKind::Standard;
    let template = record.template.and_then(|id| book.change_templates.get(id.0));
    let shown = if standard {
        template.is_some_and(|template| !template.evidence_sha256.is_empty())
    } else {
        let of = |a: &&Approval| a.decision == Verdict::Approve && stands(a);
        on_change(book, record.id).iter().any(|a| of(a) && !a.evidence_sha256.is_empty())
    };
    if !shown {
        gaps.push("evidence of the approval");
    }
    if !standard && tests_before(book, record).is_empty() {
        gaps.push("test results");
    }
    if record.plan.backout_plan.trim().is_empty() {
        gaps.push("back-out plan");
    }
    let facts = FactsByAsset::new(book);
    let rows = lines(book, record.id);
    let is_server = |asset: crate::domain::asset::AssetId| {
        let place = book.assets.place(asset.0);
        let row = book.assets.get(asset.0);
        place.zip(row).is_some_and(|(place, row)| facts.standing(row, place, at).class == AssetClass::Server)
    };
    if rows
        .iter()
        .any(|line| is_server(line.asset) && !backup_of(record, line).is_some_and(super::Backup::is_verified))
    {
        gaps.push("verified backup");
    }
    if rows.iter().any(|line| !is_settled(book, record, line, at)) {
        gaps.push("verification of every asset");
    }
    if record.criteria_met.is_none() {
        gaps.push("acceptance");
    }
    gaps
}

/// Changes that went ahead, or were done, whose approval is overdue.
pub fn overdue_approvals(book: &Book, at: i64) -> Vec<ChangeId> {
    let overdue = |record: &&ChangeRecord| {
        record.approve_by_at.is_some_and(|by| by < at)
            && is_open(record.state)
            && (record.state == ChangeState::GoAhead || has_begun(record.state))
            && standing(book, record).is_none()
            && counts(book, record)
    };
    book.changes.iter().filter(overdue).map(|record| record.id).collect()
}

/// The records of a cycle that lack their approval or back-out plan (requirement S1-43): after the ticket deadline they are late.
pub fn unready_tickets(book: &Book, cycle: CycleId) -> Vec<ChangeId> {
    let unready = |record: &&ChangeRecord| {
        let approved = record.kind == ChangeKind::Standard || standing(book, record).is_some();
        record.cycle == Some(cycle)
            && is_open(record.state)
            && (!approved || record.plan.backout_plan.trim().is_empty())
    };
    book.changes.iter().filter(unready).map(|record| record.id).collect()
}

/// M15 of a period.
pub fn validated(book: &Book, period: Period) -> Validated {
    let mut found = Validated::default();
    for record in ended_in(book, period) {
        if !matches!(record.ended_as, Some(ChangeState::Implemented | ChangeState::Partly)) {
            continue;
        }
        let implementer = fold(book.person_name(record.implementer));
        for line in lines(book, record.id) {
            if matches!(line.result, Some(LineResult::NotDone | LineResult::RolledBack | LineResult::Failed))
            {
                continue;
            }
            found.reported.push(line.id);
            match (line.result, line.proof) {
                (Some(LineResult::Done), Some(Proof::Tool)) => found.by_tool.push(line.id),
                (Some(LineResult::Done), Some(Proof::ByHand)) if fold(&line.result_by) == implementer => {
                    found.by_own_hand.push(line.id);
                }
                (Some(LineResult::Done), Some(Proof::ByHand)) => found.by_hand.push(line.id),
                _ => {}
            }
        }
    }
    found
}

/// M12, M13 and M15 of a period as they are printed: id, name, value.
pub fn named(view: &View<'_>, period: Period) -> Vec<(&'static str, &'static str, String)> {
    let changes = changes(view.book, period, view.as_of_at);
    let all = changes.ended.len() as u64;
    let part = |list: &[ChangeId]| Ratio::good(list.len() as u64, all).with_counts();
    let n = |list: &[ChangeId]| count(list.len() as u64);
    let orphans = orphans(view, period);
    let installs = orphans.installs.len() as u64;
    let outside = orphans.outside().count() as u64;
    let validated = validated(view.book, period);
    vec![
        (
            "M12",
            "Changes, successful",
            format!(
                "{} (with issues {}, failed {}, backed out {}, emergency {})",
                part(&changes.successful),
                n(&changes.with_issues),
                n(&changes.failed),
                n(&changes.backed_out),
                n(&changes.emergency)
            ),
        ),
        ("M12e", "Changes with all evidence", part(&changes.evidenced)),
        (
            "M12a",
            "Changes approved before start",
            format!(
                "{} (recorded after start {}, raised after the fact {}, not approved {}, self-approved {})",
                part(&changes.approved_before),
                n(&changes.recorded_after),
                n(&changes.after_the_fact),
                n(&changes.unapproved),
                n(&changes.self_approved)
            ),
        ),
        (
            "M13",
            "Installs outside any change",
            format!(
                "{} (cannot tell {}, changes without matching installs {})",
                Ratio::bad(outside, installs).with_counts(),
                count(orphans.cannot_tell().count() as u64),
                n(&orphans.unmatched())
            ),
        ),
        (
            "M15",
            "Deployments validated by a tool",
            format!(
                "{} (attested by hand {}, by the implementer {})",
                validated.ratio().with_counts(),
                count(validated.by_hand.len() as u64),
                count(validated.by_own_hand.len() as u64)
            ),
        ),
    ]
}

/// Where an update stands, for security: how many machines owe it, have it, failed it, and which changes carried it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateStatus {
    /// Machines in scope that it is required on.
    pub required: u64,
    /// Of these satisfied.
    pub satisfied: u64,
    /// Of these open.
    pub open: u64,
    /// Of the open ones: the installation failed.
    pub failed: u64,
    /// Of the open ones: a restart is missing.
    pub pending: u64,
    /// Of the open ones: covered by a waiver.
    pub waived: u64,
    /// Of the open ones: past due and not waived.
    pub overdue: u64,
    /// Nobody has an answer.
    pub unknown: u64,
    /// The changes that carry it, oldest first.
    pub changes: Vec<ChangeId>,
}

/// The status of an update as of the view (requirement S3-16).
pub fn update_status(view: &View<'_>, update: UpdateId) -> UpdateStatus {
    let mut status = UpdateStatus::default();
    let Some(place) = view.book.updates.place(update.0) else { return status };
    for verdict in view.pairs_of(place).into_iter().filter(|verdict| verdict.required) {
        status.required += 1;
        match verdict.kind {
            Kind::Satisfied(_) => status.satisfied += 1,
            Kind::Unknown => status.unknown += 1,
            Kind::Open => {
                status.open += 1;
                status.failed += u64::from(verdict.state == State::Failed);
                status.pending += u64::from(verdict.state == State::PendingReboot);
                status.waived += u64::from(verdict.waived);
                status.overdue += u64::from(view.is_overdue(&verdict));
            }
            Kind::NotApplicable | Kind::Merged => {}
        }
    }
    let carries = |record: &&ChangeRecord| {
        record.updates.contains(&update)
            && record.state != ChangeState::Cancelled
            && record.state != ChangeState::Rejected
    };
    let mut carrying: Vec<&ChangeRecord> = view.book.changes.iter().filter(carries).collect();
    carrying.sort_by(|a, b| (a.created_at, &a.number).cmp(&(b.created_at, &b.number)));
    status.changes = carrying.into_iter().map(|record| record.id).collect();
    status
}
