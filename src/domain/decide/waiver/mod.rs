//! Waiver requests along their states (peers.md D2): written, asked for, reviewed, decided, renewed, revoked.
//!
//! Nothing here makes the past green: an approval covers from the instant at which it is recorded, and what was seen failing is
//! never taken back.

mod check;
mod draft;
mod grant;

use super::super::book::Book;
use super::super::command::{Decision, Issues, WaiverCommand};
use super::super::row::RowChange;
use super::super::waiver::Waiver;
use super::super::waiver::request::{WaiverRequest, WaiverRequestId};
use super::{Findings, Moment, one_change, refused};
use crate::util::text::line;

pub(super) use grant::{decide as decide_approval, is_about_waiver};

pub(super) fn decide(book: &Book, command: WaiverCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        WaiverCommand::Save(edit) => draft::save(book, *edit, moment),
        WaiverCommand::Request(id) => request(book, id, moment),
        WaiverCommand::Review(id) => review(book, id, moment),
        WaiverCommand::Renew(id) => draft::renew(book, id, moment),
        WaiverCommand::Revoke { request, because } => revoke(book, request, &because, moment),
    }
}

fn find(book: &Book, id: WaiverRequestId) -> Result<&WaiverRequest, Issues> {
    book.waiver_requests.get(id.0).ok_or_else(|| refused("The waiver is no longer in the register."))
}

/// Whether it still waits for its decision.
fn is_undecided(request: &WaiverRequest) -> bool {
    request.granted_at.is_none() && request.rejected_because.is_empty() && request.revoked_at.is_none()
}

fn undecided(book: &Book, id: WaiverRequestId) -> Result<&WaiverRequest, Issues> {
    let request = find(book, id)?;
    if is_undecided(request) {
        return Ok(request);
    }
    Err(refused(format!(
        "{} was decided already. Renew it instead: a decision is never edited.",
        request.number
    )))
}

fn request(book: &Book, id: WaiverRequestId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = undecided(book, id)?;
    if before.requested_at.is_some() {
        return Err(refused(format!("{} was asked for already.", before.number)));
    }
    check::demands(book, before, moment)?;
    let after = WaiverRequest { requested_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("Request waiver {}", before.number), Some(before), &after))
}

fn review(book: &Book, id: WaiverRequestId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = undecided(book, id)?;
    if before.requested_at.is_none() {
        return Err(refused(format!("{} is a draft. Ask for it first.", before.number)));
    }
    let reviewed_at = before.reviewed_at.or(Some(moment.at));
    let after = WaiverRequest { reviewed_at, ..before.clone() };
    Ok(one_change(format!("Review waiver {}", before.number), Some(before), &after))
}

fn revoke(book: &Book, id: WaiverRequestId, because: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = find(book, id)?;
    if before.revoked_at.is_some() || !before.rejected_because.is_empty() {
        return Err(refused(format!("{} is ended already.", before.number)));
    }
    let mut findings = Findings::default();
    findings.demand("because", because, "Say why the waiver ends.");
    findings.done()?;
    Ok(Decision {
        label: format!("Revoke waiver {}", before.number),
        changes: revoked(book, before, &line(because), moment),
        batch: None,
    })
}

/// Ends a request and all it granted, from now on.
fn revoked(book: &Book, before: &WaiverRequest, because: &str, moment: Moment<'_>) -> Vec<RowChange> {
    let after =
        WaiverRequest { revoked_at: Some(moment.at), revoked_because: because.to_owned(), ..before.clone() };
    let mut changes: Vec<RowChange> = RowChange::update(before, &after).into_iter().collect();
    for waiver in before.grants.iter().filter_map(|id| book.waivers.get(id.0)) {
        let ended = waiver.voided_at.map_or(moment.at, |earlier| earlier.min(moment.at));
        changes.extend(RowChange::update(waiver, &Waiver { voided_at: Some(ended), ..waiver.clone() }));
    }
    changes
}
