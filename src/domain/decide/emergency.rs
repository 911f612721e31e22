//! Emergencies and their interim measures.
//!
//! The declaration starts the clock. A rehearsal is the same but for its number and its mark.

use chrono::Datelike as _;

use super::super::approval::{Approval, Verdict};
use super::super::book::Book;
use super::super::change::{ChangeKind, ChangeRecord};
use super::super::command::{ApprovalDraft, Decision, Edit, EmergencyCommand, Issues};
use super::super::cycle::template::{CycleTemplate, StepWhen, TemplateStep};
use super::super::cycle::{Cycle, CycleId, CycleKind, CycleStep, CycleStepId};
use super::super::emergency::standing::decided_on;
use super::super::emergency::step::{APPROVE_WITHIN_HOURS, starting_steps};
use super::super::emergency::{InterimMeasure, MeasureId};
use super::super::row::RowChange;
use super::super::run::sheet::holder_on;
use super::super::update::UpdateId;
use super::approval::row;
use super::{Findings, Moment, one_change, refused, still_as_read};
use crate::util::clock::{day_in, zone};
use crate::util::hash::{hex, sha256};
use crate::util::text::{fold, line};

const HOUR_SECS: i64 = 3600;

pub(super) fn decide(book: &Book, command: EmergencyCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        EmergencyCommand::Declare { reason, updates, drill, by, at } => {
            declare(book, &Declaration { reason, updates, drill, by, at }, moment)
        }
        EmergencyCommand::Measure(edit) => save_measure(book, *edit, moment),
        EmergencyCommand::RemoveMeasure { measure, because } => {
            remove_measure(book, measure, &because, moment)
        }
    }
}

struct Declaration {
    reason: String,
    updates: Vec<UpdateId>,
    drill: bool,
    by: String,
    at: i64,
}

fn declare(book: &Book, declaration: &Declaration, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Declaration { updates, drill, at, .. } = declaration;
    let (reason, by) = (line(&declaration.reason).into_owned(), line(&declaration.by).into_owned());
    let mut findings = Findings::default();
    findings.demand("reason", &reason, "Say what the emergency is about.");
    findings.demand("by", &by, "Say who declares it.");
    if *at > moment.at {
        findings.add("at", "An emergency cannot be declared for a time that has not come.");
    }
    if updates.iter().any(|id| book.updates.get(id.0).is_none()) {
        findings.add("updates", "An update is no longer in the register. Choose the updates again.");
    }
    findings.done()?;
    let template = book
        .cycle_templates
        .iter()
        .find(|template| template.kind == CycleKind::Emergency && template.ended_at.is_none());
    let number = number(book, *drill, *at);
    let cycle = Cycle {
        id: CycleId(moment.ids.next()),
        kind: CycleKind::Emergency,
        name: number.clone(),
        month: String::new(),
        template: template.map(|template| template.id),
        anchor_at: *at,
        cutoff_at: None,
        drill: *drill,
        updates: updates.clone(),
        points: Vec::new(),
        reason,
        declared_by: by,
        approve_by_at: Some(at + APPROVE_WITHIN_HOURS * HOUR_SECS),
        created_at: moment.at,
        closed_at: None,
        closed_by: String::new(),
        cancelled_because: String::new(),
    };
    let mut changes = vec![RowChange::create(&cycle)];
    for (position, step) in (1..).zip(steps_of(template)) {
        changes.push(RowChange::create(&dated(book, &cycle, position, step, moment)));
    }
    changes.push(RowChange::create(&record(book, &cycle, moment)));
    let what = if *drill { "Declare drill" } else { "Declare emergency" };
    Ok(Decision { label: format!("{what} {number}"), changes, batch: None })
}

fn steps_of(template: Option<&CycleTemplate>) -> Vec<TemplateStep> {
    template.map(|t| t.steps.clone()).filter(|steps| !steps.is_empty()).unwrap_or_else(starting_steps)
}

/// `EMG-2026-001`, by the year of its declaration; rehearsals have a number of their own kind and leave no hole.
fn number(book: &Book, drill: bool, at: i64) -> String {
    let prefix = if drill { "DRILL" } else { "EMG" };
    let year = day_in(zone(&book.shop.zone), at).year();
    let prefix = format!("{prefix}-{year}-");
    let number_of = |cycle: &Cycle| cycle.name.strip_prefix(&prefix)?.parse::<u32>().ok();
    let last = book.cycles.iter().filter(|c| c.kind == CycleKind::Emergency).filter_map(number_of).max();
    format!("{prefix}{:03}", last.unwrap_or(0) + 1)
}

fn dated(book: &Book, cycle: &Cycle, position: i64, step: TemplateStep, moment: Moment<'_>) -> CycleStep {
    let due_at = match step.when {
        StepWhen::Hours { hours } => cycle.anchor_at + hours * HOUR_SECS,
        // A template that counts in days: the clock runs from the declaration all the same.
        StepWhen::Days { days, .. } | StepWhen::Weekday { from_days: days, .. } => {
            cycle.anchor_at + days.max(0) * 24 * HOUR_SECS
        }
    };
    let on = day_in(zone(&book.shop.zone), due_at);
    CycleStep {
        id: CycleStepId(moment.ids.next()),
        cycle: cycle.id,
        position,
        key: step.key,
        phase: step.phase,
        title: step.title,
        role: step.role,
        person: step.person.or_else(|| step.role.and_then(|role| holder_on(book, role, on))),
        deputy: step.deputy,
        document: step.document,
        milestone: step.milestone,
        planned_at: due_at,
        due_at,
        shifted_because: String::new(),
        done_at: None,
        done_by: String::new(),
        recorded_at: None,
        skipped_because: String::new(),
        note: String::new(),
    }
}

/// The one record that tracks every action of the emergency (requirement S1-67).
fn record(book: &Book, cycle: &Cycle, moment: Moment<'_>) -> ChangeRecord {
    let row = ChangeRecord {
        title: cycle.name.clone(),
        cycle: Some(cycle.id),
        updates: cycle.updates.clone(),
        reason: cycle.reason.clone(),
        approve_by_at: cycle.approve_by_at,
        ..ChangeRecord::new(ChangeKind::Emergency)
    };
    super::change::declared(book, row, moment)
}

/// Records what the officer decided: go out at once, await the business, approve, refuse (requirement S1-66). An approval that
/// comes after the fact is recorded with the time at which it was given and the time at which it was recorded.
pub(super) fn record_decision(
    book: &Book,
    draft: &ApprovalDraft,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let cycle = book.cycles.get(draft.subject_id).filter(|cycle| cycle.kind == CycleKind::Emergency);
    let Some(cycle) = cycle else {
        return Err(refused("A decision is recorded on an emergency, and this is none."));
    };
    let text = decided_on(book, cycle);
    let mut findings = Findings::default();
    if draft.shown != hex(&sha256(text.as_bytes())) {
        findings.add(
            "",
            format!(
                "{} was changed since it was shown. Look at it as it is now, then record the decision again.",
                cycle.name
            ),
        );
    }
    if cycle.closed_at.is_some() || !cycle.cancelled_because.is_empty() {
        findings.add("", format!("{} is over; nothing is decided on it any more.", cycle.name));
    }
    if draft.decided_at < cycle.anchor_at {
        findings.add("decided_at", "The decision lies before the declaration. Check the time.");
    }
    if draft.decision == Verdict::Await {
        findings.demand("comment", &draft.comment, "Say why the approval is awaited.");
    }
    // Whoever declares an emergency and approves it alone is shown as such; nobody is asked to pretend.
    let own = fold(book.person_name(Some(draft.person))) == fold(&cycle.declared_by);
    let approval = row(book, draft, text, own, moment, &mut findings);
    findings.done()?;
    let label = format!("Record decision on {}: {}", cycle.name, draft.decision.text());
    Ok(one_change(label, None, &approval))
}

/// Takes a decision that was recorded wrongly back; it stays in the history.
pub(super) fn void_decision(approval: &Approval, because: &str, moment: Moment<'_>) -> Decision {
    let after =
        Approval { voided_at: Some(moment.at), voided_because: because.to_owned(), ..approval.clone() };
    one_change("Take back a decision".to_owned(), Some(approval), &after)
}

fn save_measure(book: &Book, edit: Edit<InterimMeasure>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.measures.get(base.id.0), base, &base.what)?;
        if base.removed_at.is_some() {
            return Err(refused(format!("\"{}\" was taken back and stays as it is.", base.what)));
        }
        row = InterimMeasure { id: base.id, cycle: base.cycle, ..row };
    } else {
        row.id = MeasureId(moment.ids.next());
    }
    row.removed_at = None;
    row.removed_because.clear();
    row.what = line(&row.what).into_owned();
    row.undo = line(&row.undo).into_owned();
    let mut findings = Findings::default();
    match book.cycles.get(row.cycle.0) {
        Some(cycle) if cycle.kind != CycleKind::Emergency => {
            findings.add("cycle", format!("{} is no emergency.", cycle.name));
        }
        Some(cycle) if cycle.closed_at.is_some() || !cycle.cancelled_because.is_empty() => {
            findings.add("cycle", format!("{} is over.", cycle.name));
        }
        Some(_) => {}
        None => findings.add("cycle", "The emergency is no longer in the register."),
    }
    findings.demand("what", &row.what, "Say what is blocked, disabled or isolated.");
    findings.demand("undo", &row.undo, "Say how it is taken back.");
    match row.review_at {
        None => findings.add("review_at", "Say when it is looked at again; a stop-gap has a date."),
        Some(at) if at <= row.in_force_at => {
            findings.add("review_at", "The next look comes after the begin. Check the date.");
        }
        Some(_) => {}
    }
    if row.in_force_at > moment.at {
        findings.add("in_force_at", "This time has not come yet. Check it.");
    }
    if row.owner.is_some_and(|id| book.people.get(id.0).is_none()) {
        findings.add("owner", "This person is no longer in the register. Choose another one.");
    }
    findings.done()?;
    let label = format!("{} interim measure: {}", if base.is_some() { "Change" } else { "Add" }, row.what);
    Ok(one_change(label, base.as_ref(), &row))
}

fn remove_measure(book: &Book, id: MeasureId, because: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(before) = book.measures.get(id.0) else {
        return Err(refused("The interim measure is no longer in the register."));
    };
    let because = line(because).into_owned();
    let mut findings = Findings::default();
    if before.removed_at.is_some() {
        findings.add("", format!("\"{}\" was taken back already.", before.what));
    }
    findings.demand("because", &because, "Say why it is taken back, or what replaced it.");
    findings.done()?;
    let after = InterimMeasure { removed_at: Some(moment.at), removed_because: because, ..before.clone() };
    Ok(one_change(format!("Take back interim measure: {}", before.what), Some(before), &after))
}
