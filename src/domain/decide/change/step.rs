//! A step of a record along its states, made by a person. Steps that are somebody's decision are recorded as approvals.

use super::super::super::book::Book;
use super::super::super::change::missing::missing;
use super::super::super::change::state::{moves, needs_decision, verb};
use super::super::super::change::template::ChangeTemplate;
use super::super::super::change::{ChangeKind, ChangeRecord, ChangeState};
use super::super::super::command::{Decision, Issue, Issues, Move};
use super::super::super::row::RowChange;
use super::super::{Findings, Moment, refused, still_as_read};
use super::decision;
use crate::util::clock::DAY_SECS;
use crate::util::text::{block, line};

pub(super) fn make(book: &Book, step: &Move, moment: Moment<'_>) -> Result<Decision, Issues> {
    use ChangeState as S;
    still_as_read(book.changes.get(step.base.id.0), &step.base, &step.base.number)?;
    let record = &step.base;
    if needs_decision(step.to) && moves(record.kind, record.state).contains(&step.to) {
        let done = step.to.text().to_lowercase();
        return Err(refused(format!("A change becomes {done} by a recorded decision. Record who decided.")));
    }
    let because = block(&step.because);
    let dated = matches!(step.to, S::InProgress | S::Implemented | S::Partly | S::RolledBack | S::Failed);
    let at = if dated { step.at } else { moment.at };
    let mut findings = Findings::default();
    if at > moment.at {
        let field = if step.to == S::InProgress { "started_at" } else { "ended_at" };
        findings.add(field, "That is later than now. Record it when it has happened.");
    }
    let mut looked_at = record.clone();
    let mut after = record.clone();
    after.state = step.to;
    match step.to {
        S::Draft | S::Submitted | S::Declared => after.cancelled_because.clear(),
        S::Cancelled => {
            findings.demand("because", &because, "Say why the change is given up.");
            after.cancelled_because = because;
        }
        S::GoAhead => {
            findings.demand("because", &because, "Say why the work begins before the approval.");
            after.go_ahead_because = because;
        }
        S::InProgress => {
            after.started_at = Some(at);
            after.start_recorded_at = Some(moment.at);
        }
        S::Implemented | S::Partly | S::RolledBack | S::Failed => {
            if step.to != S::Implemented {
                findings.demand("because", &because, "Say what was not achieved and why.");
            }
            after.ended_at = Some(at);
            after.ended_as = Some(step.to);
            if !because.is_empty() {
                let earlier = std::mem::take(&mut after.outcome);
                after.outcome = if earlier.is_empty() { because } else { format!("{earlier}\n{because}") };
            }
        }
        S::Monitoring => {
            let days = record.plan.quiet_days.unwrap_or(book.practice.quiet_days);
            after.monitor_until_at = Some(record.ended_at.unwrap_or(moment.at) + days * DAY_SECS);
        }
        S::Closed => {
            after.closed_at = Some(moment.at);
            let by = line(&step.by).into_owned();
            after.closed_by = if by.is_empty() { moment.actor.to_owned() } else { by };
        }
        _ => {}
    }
    // The outcome that is told with the step counts as filled in.
    looked_at.outcome.clone_from(&after.outcome);
    findings.0.extend::<Vec<Issue>>(missing(book, &looked_at, step.to, at));
    findings.done()?;
    let mut changes: Vec<RowChange> = RowChange::update(record, &after).into_iter().collect();
    changes.extend(lost_template(book, &after, moment));
    Ok(decision(format!("{} {}", verb(step.to), record.number), changes))
}

/// A failed run takes the template's ratification away (standards.md 3.6).
fn lost_template(book: &Book, record: &ChangeRecord, moment: Moment<'_>) -> Option<RowChange> {
    let failed = matches!(record.state, ChangeState::Failed | ChangeState::RolledBack);
    let template = book.change_templates.get(record.template?.0)?;
    if !failed || record.kind != ChangeKind::Standard || template.revoked_at.is_some() {
        return None;
    }
    let after = ChangeTemplate {
        revoked_at: Some(moment.at),
        revoked_because: format!("{} ended as {}", record.number, record.state.text().to_lowercase()),
        ..template.clone()
    };
    RowChange::update(template, &after)
}
