//! Decisions about waivers: who signs, and what the last signature grants.
//!
//! A grant begins at the instant at which it is recorded, whatever the day on which somebody decided.

use super::super::super::approval::{Approval, ApprovalId, Subject, Verdict};
use super::super::super::book::Book;
use super::super::super::command::{ApprovalCommand, ApprovalDraft, Decision, Issues};
use super::super::super::row::RowChange;
use super::super::super::waiver::request::{WaiverRequest, WaiverRequestId};
use super::super::super::waiver::text::{decided_text, fingerprint};
use super::super::super::waiver::{Waiver, WaiverId, rule};
use super::super::{Findings, Moment, refused};
use super::{check, revoked, undecided};
use crate::util::clock::{day_in, end_of_day, zone};
use crate::util::hash::{digest_of_hex, hex, sha256};
use crate::util::text::{block, fold, line};

/// Whether a command is about the decision on a waiver.
pub(in super::super) fn is_about_waiver(book: &Book, command: &ApprovalCommand) -> bool {
    match command {
        ApprovalCommand::Record(draft) => draft.subject == Subject::Waiver,
        ApprovalCommand::Void { approval, .. } => {
            book.approvals.get(approval.0).is_some_and(|row| row.subject == Subject::Waiver)
        }
    }
}

pub(in super::super) fn decide(
    book: &Book,
    command: ApprovalCommand,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    match command {
        ApprovalCommand::Record(draft) => record(book, &draft, moment),
        ApprovalCommand::Void { approval, because } => void(book, approval, &because, moment),
    }
}

fn record(book: &Book, draft: &ApprovalDraft, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = undecided(book, WaiverRequestId(draft.subject_id))?;
    if before.requested_at.is_none() {
        return Err(refused(format!("{} is a draft. Ask for it before it is decided.", before.number)));
    }
    if draft.shown != fingerprint(book, before, moment.at) {
        return Err(refused(format!(
            "{} is not what was on the screen any more. Look at it again, then decide.",
            before.number
        )));
    }
    signature(book, before, draft, moment)?;
    let approval = approval(book, before, draft, moment);
    let mut changes = vec![RowChange::create(&approval)];
    let label = format!("{} waiver {}", verb(draft.decision), before.number);
    let after = match draft.decision {
        Verdict::Approve => {
            let signed = signatures(book, before, &approval);
            let missing = missing(book, before, &signed, moment.at);
            if missing.is_empty() {
                check::demands(book, before, moment)?;
                grant(book, before, &signed, moment, &mut changes)
            } else {
                WaiverRequest { reviewed_at: before.reviewed_at.or(Some(moment.at)), ..before.clone() }
            }
        }
        Verdict::Reject => WaiverRequest { rejected_because: approval.comment.clone(), ..before.clone() },
        _ => WaiverRequest { requested_at: None, reviewed_at: None, ..before.clone() },
    };
    changes.extend(RowChange::update(before, &after));
    Ok(Decision { label, changes, batch: None })
}

fn verb(decision: Verdict) -> &'static str {
    match decision {
        Verdict::Approve => "Approve",
        Verdict::Reject => "Reject",
        _ => "Return",
    }
}

/// Whether this person may decide like that.
fn signature(
    book: &Book,
    request: &WaiverRequest,
    draft: &ApprovalDraft,
    moment: Moment<'_>,
) -> Result<(), Issues> {
    let mut findings = Findings::default();
    if matches!(draft.decision, Verdict::GoAhead | Verdict::Await) {
        findings.add("decision", "A waiver is approved, returned or rejected.");
    }
    if draft.decision != Verdict::Approve {
        findings.demand("comment", &draft.comment, "Say why; whoever asked wants to know.");
    }
    if draft.decided_at > moment.at {
        findings.add("decided_at", "A decision cannot lie in the future.");
    }
    // Told in the morning and entered in the afternoon is one day.
    let day = |at| day_in(zone(&book.shop.zone), at);
    if request.requested_at.is_some_and(|asked| day(draft.decided_at) < day(asked)) {
        findings.add(
            "decided_at",
            "Nobody can have decided on a request before the day on which it was asked for. Look at the day.",
        );
    }
    findings.demand("function", &draft.function, "Say as what they decided.");
    if let Some((_, sha256)) = &draft.evidence
        && digest_of_hex(sha256).is_none()
    {
        findings.add("evidence", "The evidence has no SHA-256. Choose the file again.");
    }
    let Some(person) = book.people.get(draft.person.0) else {
        findings.add("person", "Whoever decided is not in the register. Add the person first.");
        return findings.done();
    };
    let demanded = rule::demanded(book, request, moment.at);
    let is_demanded = demanded.iter().any(|function| fold(function) == fold(&draft.function));
    if demanded.is_empty() {
        findings
            .add("function", "The shop names nobody who may accept this risk. Set the cap under Settings.");
    } else if draft.decision == Verdict::Approve && !is_demanded {
        let text = format!("This risk is accepted by: {}.", demanded.join(", "));
        findings.add("function", text);
    }
    let on = day_in(zone(&book.shop.zone), draft.decided_at);
    if !draft.function.trim().is_empty()
        && !rule::is_of(book, draft.person, &draft.function, &request.assets, on)
    {
        let text = format!(
            "{} is not {} in the register. Assign the role, or choose who decided.",
            person.name, draft.function
        );
        findings.add("person", text);
    }
    let own = request.requested_by == Some(draft.person);
    if own && draft.decision == Verdict::Approve && !rule::may_accept_own(book, draft.person) {
        let text = format!(
            "{} asks for this waiver and does not accept its risk too. Let somebody else decide, or accept the conflict in the matrix.",
            person.name
        );
        findings.add("person", text);
    }
    let twice = |row: &&Approval| row.person == Some(draft.person) && row.decision == Verdict::Approve;
    let standing = standing_approvals(book, request, &draft.shown);
    if draft.decision == Verdict::Approve && !book.practice.hats && standing.iter().any(twice) {
        findings
            .add("person", format!("{} has signed already; the second signature is another's.", person.name));
    }
    findings.done()
}

fn approval(book: &Book, request: &WaiverRequest, draft: &ApprovalDraft, moment: Moment<'_>) -> Approval {
    let text = decided_text(book, request, moment.at);
    let function = line(&draft.function).into_owned();
    let mut demanded = rule::demanded(book, request, moment.at).into_iter();
    // As the shop spells it, so that papers and lists agree.
    let function = demanded.find(|known| fold(known) == fold(&function)).unwrap_or(function);
    let (evidence_name, evidence_sha256) = draft.evidence.clone().unwrap_or_default();
    Approval {
        id: ApprovalId(moment.ids.next()),
        subject: Subject::Waiver,
        subject_id: request.id.0,
        decision: draft.decision,
        person: Some(draft.person),
        function,
        medium: draft.medium,
        decided_at: draft.decided_at,
        recorded_at: moment.at,
        recorded_by: moment.actor.to_owned(),
        comment: block(&draft.comment),
        evidence_name: line(&evidence_name).into_owned(),
        evidence_sha256,
        fingerprint: hex(&sha256(text.as_bytes())),
        decided_text: text,
        own: request.requested_by == Some(draft.person),
        voided_at: None,
        voided_because: String::new(),
    }
}

/// Approvals of a request as it now reads that were not taken back. A decision from before it was returned no longer counts, even
/// if it reads the same again.
fn standing_approvals<'b>(book: &'b Book, request: &WaiverRequest, fingerprint: &str) -> Vec<&'b Approval> {
    let of = |row: &&Approval| {
        row.subject == Subject::Waiver
            && row.subject_id == request.id.0
            && row.decision == Verdict::Approve
            && row.voided_at.is_none()
            && row.fingerprint == fingerprint
            && request.requested_at.is_some_and(|asked| row.recorded_at >= asked)
    };
    book.approvals.rows().iter().filter(of).collect()
}

/// Every approval that stands, with the one being recorded.
fn signatures<'b>(book: &'b Book, request: &WaiverRequest, now: &'b Approval) -> Vec<&'b Approval> {
    let mut signed = standing_approvals(book, request, &now.fingerprint);
    signed.push(now);
    signed
}

fn missing(book: &Book, request: &WaiverRequest, signed: &[&Approval], at: i64) -> Vec<String> {
    let has = |function: &String| signed.iter().any(|row| fold(&row.function) == fold(function));
    rule::demanded(book, request, at).into_iter().filter(|function| !has(function)).collect()
}

/// One waiver a pair, from now until the end of the last day.
fn grant(
    book: &Book,
    request: &WaiverRequest,
    signed: &[&Approval],
    moment: Moment<'_>,
    changes: &mut Vec<RowChange>,
) -> WaiverRequest {
    let until_at = request.until_on.map_or(moment.at, |until| end_of_day(zone(&book.shop.zone), until));
    let names: Vec<String> =
        signed.iter().map(|row| format!("{} ({})", book.person_name(row.person), row.function)).collect();
    let mut grants = Vec::new();
    for (asset, update) in check::owed(book, request, moment.at) {
        let waiver = Waiver {
            id: WaiverId(moment.ids.next()),
            asset: book.assets.rows()[asset as usize].id,
            update: book.updates.rows()[update as usize].id,
            approved_at: moment.at,
            until_at,
            voided_at: None,
            reason: format!("{}: {}", request.number, line(&request.reason)),
            approved_by: names.join(", "),
        };
        grants.push(waiver.id);
        changes.push(RowChange::create(&waiver));
    }
    WaiverRequest {
        reviewed_at: request.reviewed_at.or(Some(moment.at)),
        granted_at: Some(moment.at),
        grants,
        ..request.clone()
    }
}

/// A decision that was recorded wrongly: what rested on it ends now.
fn void(book: &Book, id: ApprovalId, because: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(before) = book.approvals.get(id.0) else {
        return Err(refused("The decision is no longer in the register."));
    };
    if before.voided_at.is_some() {
        return Err(refused("The decision was taken back already."));
    }
    let mut findings = Findings::default();
    findings.demand("because", because, "Say what was wrong with the decision.");
    findings.done()?;
    let because = line(because).into_owned();
    let after = Approval { voided_at: Some(moment.at), voided_because: because.clone(), ..before.clone() };
    let mut changes: Vec<RowChange> = RowChange::update(before, &after).into_iter().collect();
    let mut label = "Take back a decision".to_owned();
    if let Some(request) = book.waiver_requests.get(before.subject_id) {
        label = format!("Take back a decision on waiver {}", request.number);
        let rests = before.decision == Verdict::Approve
            && request.granted_at.is_some_and(|granted| before.recorded_at <= granted)
            && request.requested_at.is_some_and(|asked| before.recorded_at >= asked)
            && request.revoked_at.is_none();
        if rests {
            let why = format!("A decision it rests on was taken back: {because}");
            changes.extend(revoked(book, request, &why, moment));
        }
    }
    Ok(Decision { label, changes, batch: None })
}
