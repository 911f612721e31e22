//! Approvals: who decided what, and whether they could. What a decision does to its subject is that subject's own module.

use super::super::approval::{Approval, ApprovalId, Subject, Verdict};
use super::super::book::Book;
use super::super::change::duty::left_on;
use super::super::command::{ApprovalCommand, ApprovalDraft, Decision, Issues};
use super::{Findings, Moment, change, emergency, refused};
use crate::util::clock::{day_in, day_text, zone};
use crate::util::hash::digest_of_hex;
use crate::util::text::{block, line};

pub(super) fn decide(book: &Book, command: ApprovalCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        ApprovalCommand::Record(draft) => match draft.subject {
            Subject::Change => change::approval::record(book, &draft, moment),
            Subject::Cycle => emergency::record_decision(book, &draft, moment),
            other => {
                Err(refused(format!("No decision on a {} is recorded here.", other.text().to_lowercase())))
            }
        },
        ApprovalCommand::Void { approval, because } => void(book, approval, &because, moment),
    }
}

fn void(book: &Book, id: ApprovalId, because: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(approval) = book.approvals.get(id.0) else {
        return Err(refused("The decision is no longer in the register."));
    };
    if approval.voided_at.is_some() {
        return Err(refused("The decision is void already."));
    }
    let because = line(because).into_owned();
    let mut findings = Findings::default();
    findings.demand("because", &because, "Say why the decision was recorded wrongly.");
    findings.done()?;
    match approval.subject {
        Subject::Change => change::approval::void(book, approval, &because, moment),
        Subject::Cycle => Ok(emergency::void_decision(approval, &because, moment)),
        other => {
            Err(refused(format!("No decision on a {} is taken back here.", other.text().to_lowercase())))
        }
    }
}

/// The row of a decision, or everything that is wrong with how it was told. `text`: what was decided on, in canonical form;
/// `own`: the requester decides on their own request.
pub(super) fn row(
    book: &Book,
    draft: &ApprovalDraft,
    text: String,
    own: bool,
    moment: Moment<'_>,
    findings: &mut Findings,
) -> Approval {
    let function = line(&draft.function).into_owned();
    let comment = block(&draft.comment);
    match book.people.get(draft.person.0) {
        None => findings.add("person", "Name somebody who is in the register."),
        Some(person) => {
            let then = day_in(zone(&book.shop.zone), draft.decided_at);
            if let Some(last) = left_on(book, draft.person, then) {
                let name = &person.name;
                let text = format!("{name} left on {} and could not decide any more.", day_text(last));
                findings.add("person", format!("{text} Name somebody else."));
            }
        }
    }
    findings.demand("function", &function, "Say as what they decided, such as business owner.");
    if draft.decided_at > moment.at {
        findings.add("decided_at", "The decision lies in the future. Give the time at which it was made.");
    }
    if matches!(draft.decision, Verdict::Return | Verdict::Reject | Verdict::GoAhead) {
        findings.demand("comment", &comment, "Say why.");
    }
    let (name, sha256) = draft.evidence.clone().unwrap_or_default();
    let whole = name.is_empty() && sha256.is_empty() || !name.is_empty() && digest_of_hex(&sha256).is_some();
    if !whole {
        findings.add("evidence", "The evidence needs its name and its SHA-256. Choose the file again.");
    }
    Approval {
        id: ApprovalId(moment.ids.next()),
        subject: draft.subject,
        subject_id: draft.subject_id,
        decision: draft.decision,
        person: Some(draft.person),
        function,
        medium: draft.medium,
        decided_at: draft.decided_at,
        recorded_at: moment.at,
        recorded_by: moment.actor.to_owned(),
        comment,
        evidence_name: line(&name).into_owned(),
        evidence_sha256: sha256,
        fingerprint: crate::util::hash::hex(&crate::util::hash::sha256(text.as_bytes())),
        decided_text: text,
        own,
        voided_at: None,
        voided_because: String::new(),
    }
}
