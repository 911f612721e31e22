//! Decisions on change records: what may be decided when, and where the record goes.

use super::super::super::approval::{Approval, Verdict, standing};
use super::super::super::book::Book;
use super::super::super::change::missing::{missing, missing_for_late_approval};
use super::super::super::change::state::has_begun;
use super::super::super::change::{ChangeId, ChangeKind, ChangeRecord, ChangeState, fingerprint};
use super::super::super::command::{ApprovalDraft, Decision, Issues};
use super::super::super::row::RowChange;
use super::super::approval::row;
use super::super::{Findings, Moment, refused};
use super::{decision, standing_rows, voided};

pub(in super::super) fn record(
    book: &Book,
    draft: &ApprovalDraft,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let record = super::record(book, ChangeId(draft.subject_id))?;
    let text = fingerprint::canonical(book, record);
    if let Some(approval) = standing(book, record).filter(|_| draft.decision == Verdict::Approve) {
        let name = book.person_name(approval.person);
        return Err(refused(format!(
            "{} was approved already by {name}. Nothing was recorded.",
            record.number
        )));
    }
    if draft.shown != fingerprint::of_text(&text) {
        return Err(refused(format!(
            "{} was changed since it was shown. Look at it as it is now, then record the decision again.",
            record.number
        )));
    }
    let to = leads_to(record, draft.decision)?;
    let mut findings = Findings::default();
    let own = record.requester == Some(draft.person);
    let approval = row(book, draft, text, own, moment, &mut findings);
    let mut after = record.clone();
    match to {
        Some(to) => {
            findings.0.extend(missing(book, record, to, moment.at));
            after.state = to;
        }
        None if draft.decision == Verdict::Approve => {
            findings.0.extend(missing_for_late_approval(book, record, moment.at));
        }
        None => {}
    }
    match draft.decision {
        Verdict::GoAhead => after.go_ahead_because.clone_from(&approval.comment),
        Verdict::Return | Verdict::Reject => after.cancelled_because.clone_from(&approval.comment),
        Verdict::Approve | Verdict::Await => {}
    }
    findings.done()?;
    let mut changes = Vec::new();
    if matches!(draft.decision, Verdict::Return | Verdict::Reject) {
        let because = format!("{} later", draft.decision.text().to_lowercase());
        changes.extend(standing_rows(book, record.id).filter_map(|old| voided(old, &because, moment)));
    }
    changes.extend(RowChange::update(record, &after));
    changes.push(RowChange::create(&approval));
    Ok(decision(format!("Record decision on {}: {}", record.number, draft.decision.text()), changes))
}

/// The state a decision leads to; `None` where it is recorded and moves nothing.
fn leads_to(record: &ChangeRecord, verdict: Verdict) -> Result<Option<ChangeState>, Issues> {
    use ChangeState as S;
    let emergency = record.kind == ChangeKind::Emergency;
    let waits = record.state == S::Submitted || emergency && matches!(record.state, S::Declared | S::GoAhead);
    let late = record.kind != ChangeKind::Standard && has_begun(record.state) && record.state != S::Closed;
    Ok(match verdict {
        Verdict::Approve if waits => Some(S::Approved),
        Verdict::Reject if waits => Some(S::Rejected),
        Verdict::Return if waits && record.state != S::GoAhead => Some(S::Returned),
        Verdict::GoAhead if emergency && record.state == S::Declared => Some(S::GoAhead),
        Verdict::Await if emergency && record.state == S::Declared => None,
        Verdict::Approve | Verdict::Reject if late => None,
        _ => {
            return Err(refused(format!(
                "A {} change that is {} is not {} now. {}",
                record.kind.text().to_lowercase(),
                record.state.text().to_lowercase(),
                verdict.phrase(),
                hint(record),
            )));
        }
    })
}

fn hint(record: &ChangeRecord) -> &'static str {
    match (record.kind, record.state) {
        (ChangeKind::Standard, _) => "Its approval is the ratification of its template.",
        (ChangeKind::Normal, ChangeState::Draft | ChangeState::Returned) => "Submit it first.",
        (ChangeKind::Emergency, ChangeState::Draft | ChangeState::Returned) => "Declare it first.",
        (_, ChangeState::Approved | ChangeState::Scheduled) => {
            "Void the recorded approval if it was recorded wrongly."
        }
        _ => "Nothing waits for a decision.",
    }
}

/// A decision was recorded wrongly: it is void, and before the work has begun the record waits for a decision again.
pub(in super::super) fn void(
    book: &Book,
    approval: &Approval,
    because: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    use ChangeState as S;
    let record = super::record(book, ChangeId(approval.subject_id))?;
    if record.state == S::Closed {
        return Err(refused(format!("{} is closed; its decisions stay as they are.", record.number)));
    }
    let waiting = if record.kind == ChangeKind::Emergency { S::Declared } else { S::Submitted };
    let mut after = record.clone();
    after.state = match (approval.decision, record.state) {
        (Verdict::Approve, S::Approved | S::Scheduled)
        | (Verdict::Return, S::Returned)
        | (Verdict::Reject, S::Rejected)
        | (Verdict::GoAhead, S::GoAhead) => waiting,
        (_, state) => state,
    };
    if after.state != record.state {
        after.cancelled_because.clear();
        if approval.decision == Verdict::GoAhead {
            after.go_ahead_because.clear();
        }
    }
    let mut changes: Vec<RowChange> = voided(approval, because, moment).into_iter().collect();
    changes.extend(RowChange::update(record, &after));
    Ok(decision(format!("Void decision on {}", record.number), changes))
}
