//! Writing a change record: a new one gets its number and its template's plan, an old one keeps what its state has locked.

use super::super::super::book::Book;
use super::super::super::change::duty::left_people;
use super::super::super::change::field::Field;
use super::super::super::change::state::{Rule, field_rule};
use super::super::super::change::{ChangeId, ChangeKind, ChangePlan, ChangeRecord, ChangeState};
use super::super::super::command::{Decision, Edit, Issues};
use super::super::super::cycle::CycleId;
use super::super::super::risk::worst_rank;
use super::super::super::row::RowChange;
use super::super::{Findings, Moment, still_as_read};
use super::{decision, edited, evidence_is_whole};
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::{block, line};

/// An emergency's approval follows within two days unless somebody says otherwise (standards.md 3.6).
const APPROVE_WITHIN_SECS: i64 = 48 * 3600;

pub(super) fn save(book: &Book, edit: Edit<ChangeRecord>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, row } = edit;
    let mut findings = Findings::default();
    let Some(base) = base else {
        let record = prepare(book, row, 1, moment);
        check(book, None, &record, moment, &mut findings);
        findings.done()?;
        let label = format!("Add {} {}", record.number, record.title);
        return Ok(decision(label, vec![RowChange::create(&record)]));
    };
    still_as_read(book.changes.get(base.id.0), &base, &base.number)?;
    let row = tidied(row);
    let mut after = base.clone();
    if row.kind != base.kind {
        if base.state == ChangeState::Draft {
            after.kind = row.kind;
        } else {
            findings
                .add("kind", "The type is fixed once a change was submitted. Cancel it and write another.");
        }
    }
    for &field in Field::ALL {
        if !field.differs(&base, &row) {
            continue;
        }
        match field_rule(after.kind, base.state, field) {
            Rule::Offered | Rule::Demanded => field.copy(&row, &mut after),
            Rule::Locked if after.kind == ChangeKind::Standard && field.is_planned() => findings.add(
                field.word(),
                format!("{} is its template's. Make a normal change to plan differently.", field.text()),
            ),
            Rule::Locked | Rule::Hidden => findings.add(
                field.word(),
                format!(
                    "{} does not change while a {} change is {}.",
                    field.text(),
                    after.kind.text().to_lowercase(),
                    base.state.text().to_lowercase()
                ),
            ),
        }
    }
    take_template(book, &base.plan, base.template != after.template, &mut after);
    if base.updates != after.updates && base.rank == after.rank {
        after.rank = worst_rank(book, &after.updates, moment.at);
    }
    check(book, Some(&base), &after, moment, &mut findings);
    findings.done()?;
    let label = format!("Change {}", base.number);
    Ok(decision(label, edited(book, &base, after, &[], moment)))
}

/// A new record as it is written: tidied, numbered, a draft. `nth`: which new one of this operation it is, from 1.
pub(super) fn prepare(book: &Book, row: ChangeRecord, nth: usize, moment: Moment<'_>) -> ChangeRecord {
    let fresh = ChangeRecord::new(row.kind);
    let mut record = tidied(row);
    record.id = ChangeId(moment.ids.next());
    record.state = ChangeState::Draft;
    record.number = number(book, record.cycle, nth, moment.at);
    record.created_at = moment.at;
    record.ended_as = None;
    (record.started_at, record.start_recorded_at, record.ended_at) = (None, None, None);
    (record.monitor_until_at, record.closed_at) = (None, None);
    (record.go_ahead_because, record.closed_by, record.cancelled_because) =
        (fresh.go_ahead_because.clone(), fresh.closed_by.clone(), fresh.cancelled_because.clone());
    for &field in Field::ALL {
        if field_rule(record.kind, ChangeState::Draft, field) == Rule::Hidden {
            field.copy(&fresh, &mut record);
        }
    }
    if record.kind == ChangeKind::Emergency && record.approve_by_at.is_none() {
        record.approve_by_at = Some(moment.at + APPROVE_WITHIN_SECS);
    }
    let unplanned = ChangePlan::default();
    take_template(book, &unplanned, true, &mut record);
    if record.rank.is_none() {
        record.rank = worst_rank(book, &record.updates, moment.at);
    }
    record
}

/// A template writes its plan where nobody has written one; a standard change has nothing but its template's plan.
fn take_template(book: &Book, before: &ChangePlan, is_new: bool, record: &mut ChangeRecord) {
    let Some(template) = record.template.and_then(|id| book.change_templates.get(id.0)) else { return };
    let untouched = record.plan == *before || record.plan == ChangePlan::default();
    let drafted = record.state == ChangeState::Draft;
    if record.kind == ChangeKind::Standard && drafted || is_new && untouched {
        record.plan.clone_from(&template.plan);
    }
    if record.reason.is_empty() {
        record.reason.clone_from(&template.reason);
    }
    if let (Some(from), None) = (record.window_from_at, record.window_until_at)
        && template.window_minutes > 0
    {
        record.window_until_at = Some(from + template.window_minutes * 60);
    }
}

fn check(
    book: &Book,
    base: Option<&ChangeRecord>,
    record: &ChangeRecord,
    moment: Moment<'_>,
    findings: &mut Findings,
) {
    findings.demand("title", &record.title, "Give the change a title.");
    if let (Some(from), Some(until)) = (record.window_from_at, record.window_until_at)
        && until <= from
    {
        findings.add("window_until_at", "The window ends before it begins. Put its end after its begin.");
    }
    let plan = &record.plan;
    for (field, minutes) in [
        (Field::PlannedDowntime, plan.downtime_minutes),
        (Field::BackoutMinutes, plan.backout_minutes),
        (Field::ActualDowntime, record.downtime_minutes),
        (Field::CostHours, plan.cost_hours),
    ] {
        if minutes.is_some_and(|n| !(0..=60 * 24 * 90).contains(&n)) {
            findings.add(field.word(), format!("{} is between 0 and 129600.", field.text()));
        }
    }
    if plan.quiet_days.is_some_and(|days| !(0..=90).contains(&days)) {
        findings.add("quiet_days", "A quiet period is between 0 and 90 days.");
    }
    if let Some(backup) = &record.backup {
        check_backup(backup, moment, findings);
    }
    for update in &record.updates {
        if book.updates.get(update.0).is_none() {
            findings.add("updates", "One of the updates is no longer in the register. Take it off.");
        }
    }
    if record.template.is_some_and(|id| book.change_templates.get(id.0).is_none()) {
        findings.add("template", "The template is no longer in the register. Choose another.");
    }
    for (field, person, last) in left_people(book, record, moment.at) {
        if base.is_none_or(|base| field.differs(base, record)) {
            let name = book.person_name(Some(person));
            let role = field.text().to_lowercase();
            let text = format!("{name} left on {}. Name somebody else as {role}.", day_text(last));
            findings.add(field.word(), text);
        }
    }
}

/// A backup counts with who verified it, when, and the report that shows it.
pub(super) fn check_backup(
    backup: &super::super::super::change::Backup,
    moment: Moment<'_>,
    findings: &mut Findings,
) {
    if backup.verified_at.is_some_and(|at| at > moment.at) {
        findings
            .add("backup", "The backup was verified in the future. Give the time at which it was looked at.");
    }
    if !evidence_is_whole(&backup.evidence_name, &backup.evidence_sha256) {
        findings.add("backup", "The job report needs its name and its SHA-256. Choose the file again.");
    }
}

/// `CHG-2026-11-003`: the month of the cycle, or of the day it is written, and the next free number.
fn number(book: &Book, cycle: Option<CycleId>, nth: usize, at: i64) -> String {
    let month = cycle.and_then(|id| book.cycles.get(id.0)).map(|cycle| cycle.month.clone());
    let month = month
        .filter(|month| !month.is_empty())
        .unwrap_or_else(|| day_in(zone(&book.shop.zone), at).format("%Y-%m").to_string());
    let prefix = format!("CHG-{month}-");
    let taken = book.changes.iter().filter_map(|record| record.number.strip_prefix(&prefix)?.parse().ok());
    let last: usize = taken.max().unwrap_or(0);
    format!("{prefix}{:03}", last + nth)
}

/// Every text in the form in which it is kept.
fn tidied(mut record: ChangeRecord) -> ChangeRecord {
    record.title = line(&record.title).into_owned();
    let plan = &mut record.plan;
    for text in [
        &mut record.reason,
        &mut record.untested_because,
        &mut record.outcome,
        &mut record.issues,
        &mut record.review,
        &mut plan.impact,
        &mut plan.risk_of_applying,
        &mut plan.risk_of_waiting,
        &mut plan.prerequisites,
        &mut plan.test_plan,
        &mut plan.rollout_plan,
        &mut plan.phasing,
        &mut plan.backout_plan,
        &mut plan.backout_trigger,
        &mut plan.monitoring_plan,
        &mut plan.acceptance,
        &mut plan.notifications,
    ] {
        *text = block(text);
    }
    record.updates.sort_unstable();
    record.updates.dedup();
    record
}
