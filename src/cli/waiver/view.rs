//! Waivers as lists and single ones, for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::super::output::{Output, columns};
use super::super::people::input;
use super::{List, Show, find, open};
use crate::app::{Context, Error, paper};
use crate::domain::approval::{Approval, Subject, evidence_text};
use crate::domain::compliance::view::View;
use crate::domain::waiver::debt::{Debt, NOTICE_DAYS, debt};
use crate::domain::waiver::request::WaiverRequest;
use crate::domain::waiver::state::{Standing, WaiverState, standing};
use crate::domain::waiver::{rule, text};
use crate::store::Access;
use crate::util::clock::{day_in, day_text, text_in, zone};
use crate::util::text::{count, counted};

pub(super) fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let wanted = args.state.as_deref().map(|word| {
        WaiverState::of_word(&word.replace('-', "_")).ok_or_else(|| {
            let all: Vec<String> = WaiverState::ALL.iter().map(|s| s.word().replace('_', "-")).collect();
            input(format!("{word} is no state: {}", all.join(", ")), "")
        })
    });
    let wanted = wanted.transpose()?;
    let view = View::new(book, now);
    let mut found: Vec<(&WaiverRequest, Standing)> =
        book.waiver_requests.rows().iter().filter_map(|r| Some((r, standing(&view, r)?))).collect();
    found.retain(|(_, standing)| wanted.is_none_or(|state| standing.state == state));
    found.sort_by_key(|(request, standing)| (!standing.state.is_debt(), standing.until_at, &request.number));
    let zone = zone(&book.shop.zone);
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|(request, standing)| {
            let until = standing.until_at.map(|at| day_in(zone, at)).or(request.until_on);
            vec![
                request.number.clone(),
                standing.state.text().to_owned(),
                rule::binding_rank(book, request, now).text().to_owned(),
                until.map_or_else(String::new, day_text),
                request.assets.len().to_string(),
                standing.open().to_string(),
                if rule::is_late(book, request) { "late" } else { "" }.to_owned(),
                request.reason.lines().next().unwrap_or_default().to_owned(),
            ]
        })
        .collect();
    let header = ["Number", "State", "Rank", "Until", "#Assets", "#Open pairs", "Asked", "Reason"];
    let owed = debt(&view, paper::period(book, now));
    let mut text = columns(&header, &rows);
    let _infallible = write!(text, "\n\n{}", debt_text(&owed));
    if let Some(warning) = rule::preset_warning(book) {
        let _infallible = write!(text, "\n{warning}");
    }
    let values: Vec<Value> = found
        .iter()
        .map(|(request, standing)| {
            json!({ "number": request.number, "state": standing.state.word(), "until_at": standing.until_at,
                    "rank": rule::binding_rank(book, request, now).word(), "assets": request.assets.len(),
                    "open_pairs": standing.open(), "late": rule::is_late(book, request),
                    "days_left": standing.days_left(now), "reason": request.reason })
        })
        .collect();
    output.result(&text, &json!({ "waivers": values, "debt": debt_value(&owed) }));
    Ok(())
}

/// M11 in one sentence, what expired first.
pub(in crate::cli) fn debt_text(debt: &Debt) -> String {
    let expiring: Vec<String> = NOTICE_DAYS
        .iter()
        .zip(debt.expiring)
        .map(|(days, n)| format!("{} within {days} d", count(n)))
        .collect();
    let age =
        debt.median_age_days().map_or_else(|| "n/a (0 items)".to_owned(), |days| format!("{days} days"));
    format!(
        "expired {}, active {}, new {}, expiring {}, renewed twice or more {}, median age {age}, {} machine-days",
        count(debt.expired.len() as u64),
        count(debt.active.len() as u64),
        count(debt.new),
        expiring.join(" / "),
        count(debt.renewed_twice),
        count(debt.machine_days().unsigned_abs())
    )
}

/// M11 for programs.
pub(in crate::cli) fn debt_value(debt: &Debt) -> Value {
    let names = |list: &[crate::domain::waiver::debt::Owed]| -> Vec<String> {
        list.iter().map(|owed| owed.name.clone()).collect()
    };
    json!({ "expired": names(&debt.expired), "active": names(&debt.active), "new": debt.new,
            "expiring_within_days": NOTICE_DAYS, "expiring": debt.expiring, "renewed_twice": debt.renewed_twice,
            "median_age_days": debt.median_age_days(), "machine_days": debt.machine_days() })
}

pub(super) fn show(args: &Show, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let request = find(book, &args.number)?;
    let view = View::new(book, now);
    let Some(standing) = standing(&view, request) else {
        return Err(input(format!("{} is from the future", request.number), "Check this machine's clock."));
    };
    let zone = zone(&book.shop.zone);
    let mut shown = text::decided_text(book, request, now);
    let _infallible = write!(shown, "State: {}", standing.state.text());
    if let Some(at) = standing.until_at {
        let left = standing.days_left(now).map(|days| counted(days.unsigned_abs(), "day left", "days left"));
        let left = left.map_or_else(String::new, |left| format!(" ({left})"));
        let _infallible = write!(shown, ", granted until {}{left}", text_in(zone, at));
    }
    shown.push('\n');
    if rule::is_late(book, request) {
        shown.push_str("Asked for after the cut-off of its cycle\n");
    }
    if request.granted_at.is_none() {
        let _infallible = writeln!(shown, "Accepted by: {}", rule::demanded(book, request, now).join(", "));
    }
    for approval in decisions(book.approvals.rows(), request) {
        let how = evidence_text(&approval.evidence_name, &approval.evidence_sha256);
        let _infallible = writeln!(
            shown,
            "{} by {} as {} on {}, recorded by {} on {} ({}, {how}){}",
            approval.decision.text(),
            book.person_name(approval.person),
            approval.function,
            text_in(zone, approval.decided_at),
            approval.recorded_by,
            text_in(zone, approval.recorded_at),
            approval.medium.text(),
            if approval.voided_at.is_some() { ", taken back" } else { "" }
        );
    }
    for pair in &standing.pairs {
        let asset = &book.assets.rows()[pair.asset as usize].name;
        let update = book.updates.rows()[pair.update as usize].short_name();
        let what = match (&pair.void, pair.open, pair.covered) {
            (_, false, _) => "closed".to_owned(),
            (Some(void), _, _) => format!("no longer covered: {}", void.why.text()),
            (None, true, true) => "open, covered".to_owned(),
            (None, true, false) => "open, not covered".to_owned(),
        };
        let _infallible = writeln!(shown, "  {asset}  {update}  {what}");
    }
    if let Some(warning) = rule::preset_warning(book) {
        shown.push_str(&warning);
    }
    let pairs: Vec<Value> = standing
        .pairs
        .iter()
        .map(|pair| {
            json!({ "asset": book.assets.rows()[pair.asset as usize].name,
                    "update": book.updates.rows()[pair.update as usize].short_name(), "open": pair.open,
                    "covered": pair.covered, "void": pair.void.as_ref().map(|void| void.why.text()) })
        })
        .collect();
    let approvals: Vec<Value> = decisions(book.approvals.rows(), request)
        .map(|row| {
            json!({ "decision": row.decision.word(), "by": book.person_name(row.person), "function": row.function,
                    "decided_at": row.decided_at, "recorded_at": row.recorded_at, "recorded_by": row.recorded_by,
                    "medium": row.medium.word(), "evidence_sha256": row.evidence_sha256, "own": row.own,
                    "voided": row.voided_at.is_some() })
        })
        .collect();
    let value = json!({ "number": request.number, "state": standing.state.word(), "until_at": standing.until_at,
        "late": rule::is_late(book, request), "machine_secs": standing.machine_secs, "pairs": pairs,
        "decisions": approvals, "demanded": rule::demanded(book, request, now), "preset": rule::preset_warning(book) });
    output.result(&shown, &value);
    Ok(())
}

fn decisions<'b>(rows: &'b [Approval], request: &WaiverRequest) -> impl Iterator<Item = &'b Approval> {
    let id = request.id.0;
    let mut found: Vec<&Approval> =
        rows.iter().filter(|row| row.subject == Subject::Waiver && row.subject_id == id).collect();
    found.sort_by_key(|row| (row.recorded_at, row.id));
    found.into_iter()
}
