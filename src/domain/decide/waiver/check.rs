//! What a waiver request must hold before it is asked for, and again before it is granted: everything wrong at once.

use std::collections::BTreeSet;

use super::super::super::book::Book;
use super::super::super::command::Issues;
use super::super::super::compliance::verdict::Kind;
use super::super::super::compliance::view::View;
use super::super::super::rating::Rank;
use super::super::super::waiver::request::{Control, WaiverRequest};
use super::super::super::waiver::rule;
use super::super::{Findings, Moment};
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::fold;

/// Says everything that a request lacks.
pub(super) fn demands(book: &Book, request: &WaiverRequest, moment: Moment<'_>) -> Result<(), Issues> {
    let mut findings = Findings::default();
    subject(book, request, moment, &mut findings);
    grounds(book, request, &mut findings);
    dates(book, request, moment, &mut findings);
    controls(book, request, moment, &mut findings);
    renewal(book, request, moment, &mut findings);
    findings.done()
}

/// The pairs of a request that are owed or may be: neither shown satisfied nor shown not to apply. Places of asset and update.
pub(super) fn owed(book: &Book, request: &WaiverRequest, at: i64) -> Vec<(u32, u32)> {
    let view = View::new(book, at);
    let mut pairs = BTreeSet::new();
    for asset in request.assets.iter().filter_map(|&id| book.asset_place(id)) {
        for update in request.updates.iter().filter_map(|id| book.updates.place(id.0)) {
            let kind = view.pair(asset, update).map(|verdict| verdict.kind);
            if !matches!(kind, Some(Kind::Satisfied(_) | Kind::NotApplicable | Kind::Merged)) {
                pairs.insert((asset, update));
            }
        }
    }
    pairs.into_iter().collect()
}

fn subject(book: &Book, request: &WaiverRequest, moment: Moment<'_>, findings: &mut Findings) {
    if request.updates.is_empty() {
        findings.add("updates", "Name the updates that stay open.");
    }
    if request.updates.iter().any(|id| book.updates.get(id.0).is_none()) {
        findings.add("updates", "An update of the list is no longer in the register. Take it off.");
    }
    if request.assets.is_empty() {
        findings.add("assets", "List the assets one by one; a waiver never covers all of a kind.");
    }
    if request.assets.iter().any(|id| book.assets.get(id.0).is_none()) {
        findings.add("assets", "An asset of the list is no longer in the register. Take it off.");
    }
    if !request.updates.is_empty() && !request.assets.is_empty() && owed(book, request, moment.at).is_empty()
    {
        findings.add(
            "assets",
            "Nothing of this is open: every update is on every asset, or does not apply to it.",
        );
    }
}

fn grounds(book: &Book, request: &WaiverRequest, findings: &mut Findings) {
    findings.demand("reason", &request.reason, "Say why the updates cannot be applied in time.");
    findings.demand("exit_plan", &request.exit_plan, "Say how the waiver ends: what makes it unnecessary.");
    match request.requested_by {
        None => findings.add("requested_by", "Say who asks."),
        Some(person) if book.people.get(person.0).is_none() => {
            findings.add("requested_by", "Whoever asks is no longer in the register.");
        }
        Some(_) => {}
    }
}

fn dates(book: &Book, request: &WaiverRequest, moment: Moment<'_>, findings: &mut Findings) {
    let today = day_in(zone(&book.shop.zone), moment.at);
    let rank = rule::binding_rank(book, request, moment.at);
    if request.exit_on.is_none() {
        findings.add("exit_on", "Say by when the exit plan is carried out.");
    }
    match (request.until_on, rule::last_day(book, rank, moment.at)) {
        (None, _) => findings.add("until_on", "Say on which day the waiver ends."),
        (Some(until), _) if until < today => findings.add("until_on", "The waiver would have ended already."),
        (_, None) => {
            findings
                .add("until_on", format!("The shop has no cap for {}. Set one under Settings.", rank.text()));
        }
        (Some(until), Some(last)) if until > last => {
            let text = format!("A waiver of rank {} ends on {} at the latest.", rank.text(), day_text(last));
            findings.add("until_on", text);
        }
        _ => {}
    }
    if rank == Rank::Severe && !book.practice.severe_waivers {
        findings.add(
            "updates",
            "A severe update is not waived in this shop. Patch, cut the asset off, or turn severe waivers on under Settings.",
        );
    }
}

fn controls(book: &Book, request: &WaiverRequest, moment: Moment<'_>, findings: &mut Findings) {
    let today = day_in(zone(&book.shop.zone), moment.at);
    for control in &request.controls {
        let name = if control.text.trim().is_empty() { "A control" } else { control.text.trim() };
        for lack in lacks(control, today) {
            findings.add("controls", format!("{name}: {lack}"));
        }
    }
    let worst = rule::worst_rank(book, request, moment.at);
    let lowered = request.residual > worst;
    let needs_one = lowered || worst <= Rank::High;
    if needs_one && !request.controls.iter().any(|control| rule::stands(control, today)) {
        let why = if lowered {
            format!(
                "The updates are {}, the risk that stays is called {}",
                worst.text(),
                request.residual.text()
            )
        } else {
            format!("The updates are {}", worst.text())
        };
        findings
            .add("controls", format!("{why}: name a control that stands in, with owner, date and proof."));
    }
}

fn lacks(control: &Control, today: chrono::NaiveDate) -> Vec<&'static str> {
    let mut lacks = Vec::new();
    if control.text.trim().is_empty() {
        lacks.push("say what it is.");
    }
    if control.owner.is_none() {
        lacks.push("name its owner.");
    }
    match control.since_on {
        None => lacks.push("say since when it is in force."),
        Some(since) if since > today => lacks.push("it is not in force yet."),
        Some(_) => {}
    }
    if control.proof.trim().is_empty() {
        lacks.push("say what shows that it works.");
    }
    if control.failed_at.is_some() {
        lacks.push("it failed; take it off, or name another.");
    }
    lacks
}

fn renewal(book: &Book, request: &WaiverRequest, moment: Moment<'_>, findings: &mut Findings) {
    let chain = rule::forebears(book, request);
    let Some(last) = chain.first() else { return };
    if fold(&request.reason) == fold(&last.reason) {
        findings
            .add("reason", "A renewal needs a fresh reason: say what is different from the last decision.");
    }
    let rank = rule::binding_rank(book, request, moment.at);
    let most = rule::cap(book, rank).map_or(0, |cap| cap.renewals);
    let known: BTreeSet<String> = chain.iter().flat_map(|r| &r.controls).map(|c| fold(&c.text)).collect();
    let has_new = request.controls.iter().any(|control| !known.contains(&fold(&control.text)));
    if rank == Rank::Severe && has_new {
        return;
    }
    if chain.len() as i64 > most {
        let text = if rank == Rank::Severe {
            "A severe waiver is renewed only with a control that it did not have before.".to_owned()
        } else {
            format!("A waiver of rank {} is renewed at most {most} times.", rank.text())
        };
        findings.add("renews", text);
    }
}
