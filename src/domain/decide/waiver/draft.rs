//! Writing a request: drafts freely, granted ones only where a control was seen working or failing.

use super::super::super::book::Book;
use super::super::super::command::{Decision, Edit, Issues};
use super::super::super::cycle::{CycleId, CycleKind};
use super::super::super::waiver::request::{Control, WaiverRequest, WaiverRequestId};
use super::super::super::waiver::rule;
use super::super::{Findings, Moment, one_change, refused, still_as_read};
use super::{find, is_undecided};
use crate::util::clock::{day_in, zone};
use crate::util::text::{block, line};

pub(super) fn save(book: &Book, edit: Edit<WaiverRequest>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    tidy(&mut row);
    let Some(base) = base else {
        let row = WaiverRequest { renews: None, ..fresh(book, row, moment) };
        return Ok(one_change(format!("Write waiver {}", row.number), None, &row));
    };
    still_as_read(book.waiver_requests.get(base.id.0), &base, &base.number)?;
    let label = format!("Change waiver {}", base.number);
    if is_undecided(&base) && base.requested_at.is_none() {
        return Ok(one_change(label, Some(&base), &keep_course(&base, row)));
    }
    if base.granted_at.is_some() && base.revoked_at.is_none() {
        let row = watched(&base, keep_course(&base, row), moment)?;
        return Ok(one_change(label, Some(&base), &row));
    }
    Err(refused(if is_undecided(&base) {
        format!("{} was asked for and cannot be changed now. Have it returned first.", base.number)
    } else {
        format!("{} is decided. Write a new request.", base.number)
    }))
}

pub(super) fn renew(book: &Book, id: WaiverRequestId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let earlier = find(book, id)?;
    if earlier.granted_at.is_none() || earlier.revoked_at.is_some() {
        return Err(refused(format!(
            "{} was never granted or was revoked. Write a new request.",
            earlier.number
        )));
    }
    if let Some(later) = rule::renewal(book, id) {
        return Err(refused(format!(
            "{} follows {} already. Go on with that one.",
            later.number, earlier.number
        )));
    }
    let controls = earlier.controls.iter().filter(|control| control.failed_at.is_none()).cloned().collect();
    let row = WaiverRequest {
        cycle: None,
        controls,
        // A renewal is decided anew, so it says anew why and until when.
        reason: String::new(),
        recommendation: String::new(),
        until_on: None,
        review_on: None,
        ..earlier.clone()
    };
    let row = WaiverRequest { renews: Some(id), ..fresh(book, row, moment) };
    Ok(one_change(format!("Renew waiver {} as {}", earlier.number, row.number), None, &row))
}

/// What is typed, with the course of a request that has not begun.
fn fresh(book: &Book, row: WaiverRequest, moment: Moment<'_>) -> WaiverRequest {
    WaiverRequest {
        id: WaiverRequestId(moment.ids.next()),
        number: next_number(book, moment.at),
        cycle: row.cycle.or_else(|| current_cycle(book, moment.at)),
        requested_at: None,
        reviewed_at: None,
        grants: Vec::new(),
        granted_at: None,
        rejected_because: String::new(),
        revoked_at: None,
        revoked_because: String::new(),
        created_at: moment.at,
        ..row
    }
}

/// What is typed, with the course of the request as it was.
fn keep_course(base: &WaiverRequest, row: WaiverRequest) -> WaiverRequest {
    WaiverRequest {
        id: base.id,
        number: base.number.clone(),
        renews: base.renews,
        requested_at: base.requested_at,
        reviewed_at: base.reviewed_at,
        grants: base.grants.clone(),
        granted_at: base.granted_at,
        rejected_because: base.rejected_because.clone(),
        revoked_at: base.revoked_at,
        revoked_because: base.revoked_because.clone(),
        created_at: base.created_at,
        ..row
    }
}

/// A granted request may only say when it is looked at again, and how its controls were found since.
fn watched(base: &WaiverRequest, row: WaiverRequest, moment: Moment<'_>) -> Result<WaiverRequest, Issues> {
    let mut findings = Findings::default();
    let unseen = |control: &Control| Control { verified_at: None, failed_at: None, ..control.clone() };
    let same = base.controls.len() == row.controls.len()
        && base.controls.iter().zip(&row.controls).all(|(was, is)| unseen(was) == unseen(is));
    let others = WaiverRequest { controls: base.controls.clone(), review_on: base.review_on, ..row.clone() };
    if !same || others != *base {
        return Err(refused(format!(
            "{} was decided as it stands. Renew it to change anything but how its controls were found.",
            base.number
        )));
    }
    for (was, is) in base.controls.iter().zip(&row.controls) {
        if was.failed_at.is_some() && was.failed_at != is.failed_at {
            findings.add("controls", format!("{} was seen failing; that stays. Renew the waiver.", was.text));
        }
        if [is.failed_at, is.verified_at].into_iter().flatten().any(|seen| seen > moment.at) {
            findings.add("controls", format!("{} cannot have been seen in the future.", is.text));
        }
    }
    findings.done()?;
    Ok(row)
}

fn tidy(row: &mut WaiverRequest) {
    for text in [&mut row.reason, &mut row.recommendation, &mut row.exit_plan] {
        *text = block(text);
    }
    for control in &mut row.controls {
        control.text = line(&control.text).into_owned();
        control.proof = line(&control.proof).into_owned();
    }
    row.updates.sort_unstable();
    row.updates.dedup();
    row.assets.sort_unstable();
    row.assets.dedup();
}

/// `WVR-2026-11-002`: counted through the month in the shop's zone, never used twice.
fn next_number(book: &Book, at: i64) -> String {
    let prefix = day_in(zone(&book.shop.zone), at).format("WVR-%Y-%m-").to_string();
    let used =
        book.waiver_requests.rows().iter().filter_map(|r| r.number.strip_prefix(&prefix)?.parse().ok());
    format!("{prefix}{:03}", used.max().unwrap_or(0) + 1)
}

/// The month under way: the newest that is neither closed nor given up.
fn current_cycle(book: &Book, at: i64) -> Option<CycleId> {
    let open = book.cycles.rows().iter().filter(|cycle| {
        cycle.kind == CycleKind::Monthly
            && !cycle.drill
            && cycle.created_at <= at
            && cycle.closed_at.is_none()
            && cycle.cancelled_because.is_empty()
    });
    open.max_by_key(|cycle| cycle.anchor_at).map(|cycle| cycle.id)
}
