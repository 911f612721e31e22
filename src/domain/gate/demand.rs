//! What gate and memory demand of a change record before it goes on: that what its updates need is installed or comes first
//! (requirement S3-12), that nobody has held them back (requirement S3-08), and that its plan or its tests speak of what such updates are known to have broken (requirement S3-17).

use super::need::{NeedStanding, needs};
use super::rule::{GateState, conflicts_of, covers, decision, domains};
use super::{Go, KnownConflict};
use crate::domain::book::Book;
use crate::domain::change::missing::tests_before;
use crate::domain::change::test::TestVerdict;
use crate::domain::change::{ChangeKind, ChangeRecord, lines};
use crate::domain::rating::Rank;
use crate::domain::risk::rank_at;
use crate::domain::update::Update;
use crate::util::clock::{day_text, zone};
use crate::util::text::fold;

/// The needs that nobody has arranged, each a field and a sentence with what to do. A standard change has its plan from its
/// template, so nobody can write into it that something was looked at by hand.
pub fn open_needs(book: &Book, record: &ChangeRecord, at: i64) -> Vec<(&'static str, String)> {
    let looked_at = !record.plan.prerequisites.trim().is_empty() || record.kind == ChangeKind::Standard;
    needs(book, record, at)
        .into_iter()
        .filter(|need| !need.met())
        .filter_map(|need| match need.standing {
            NeedStanding::ByHand if looked_at => None,
            NeedStanding::ByHand => {
                let text = format!("{} Then say so in the prerequisites.", need.text(book));
                Some(("prerequisites", text))
            }
            _ => Some(("updates", need.text(book))),
        })
        .collect()
}

/// The updates of a record that somebody has held back on its machines, each a sentence with what to do (requirement S3-08). A wait
/// that has run out holds until it is decided again; severe updates are held back by nobody (requirement S3-09).
pub fn held_back(book: &Book, record: &ChangeRecord, at: i64) -> Vec<String> {
    let machines: Vec<_> =
        lines(book, record.id).into_iter().filter_map(|line| book.assets.get(line.asset.0)).collect();
    let zone = zone(&book.shop.zone);
    let mut held = Vec::new();
    for domain in domains(book) {
        if !machines.is_empty() && !machines.iter().any(|asset| covers(domain, asset)) {
            continue;
        }
        for update in record.updates.iter().filter_map(|id| book.updates.get(id.0)) {
            let against = decision(book, domain.id, update.id).filter(|row| row.decision != Go::Go);
            let Some(row) = against.filter(|_| rank_at(book, update, at) != Rank::Severe) else { continue };
            held.push(format!(
                "{}, {}: {}. Leave it out of this record, or have it decided again.",
                update.short_name(),
                domain.name,
                GateState::Decided(Box::new(row.clone())).text(zone)
            ));
        }
    }
    held
}

/// The known conflicts that concern a record: of its updates or their products, on its machines, each once.
pub fn conflicts<'b>(book: &'b Book, record: &ChangeRecord) -> Vec<&'b KnownConflict> {
    let machines: Vec<_> = lines(book, record.id).iter().map(|line| line.asset).collect();
    let here = |conflict: &&KnownConflict| {
        conflict.asset.is_none_or(|asset| machines.is_empty() || machines.contains(&asset))
    };
    let mut found: Vec<&KnownConflict> = Vec::new();
    for update in record.updates.iter().filter_map(|id| book.updates.get(id.0)) {
        for conflict in conflicts_of(book, update).into_iter().filter(here) {
            if found.iter().all(|known| known.id != conflict.id) {
                found.push(conflict);
            }
        }
    }
    found
}

/// The known conflicts that neither the plan nor a test that passed names, each a sentence with what to do.
pub fn unanswered(book: &Book, record: &ChangeRecord) -> Vec<String> {
    let plan = &record.plan;
    let mut texts: Vec<String> = [
        &plan.impact,
        &plan.risk_of_applying,
        &plan.prerequisites,
        &plan.test_plan,
        &plan.rollout_plan,
        &plan.phasing,
        &plan.backout_plan,
        &plan.backout_trigger,
        &plan.monitoring_plan,
        &plan.acceptance,
        &record.untested_because,
    ]
    .map(|text| fold(text))
    .into();
    let passed = tests_before(book, record).into_iter().filter(|test| test.verdict == TestVerdict::Passed);
    texts.extend(passed.flat_map(|test| [&test.case, &test.expected, &test.found]).map(|text| fold(text)));
    let is_named = |conflict: &&KnownConflict| {
        let product = fold(&conflict.product);
        texts.iter().any(|text| text.contains(&product))
    };
    let open = conflicts(book, record).into_iter().filter(|conflict| !is_named(conflict));
    open.map(|conflict| {
        let KnownConflict { product, what, remedy, seen_on, .. } = conflict;
        let cause = conflict.update.and_then(|id| book.updates.get(id.0)).map(Update::short_name);
        let cause = cause.map(|name| format!(" after {name}")).unwrap_or_default();
        let helped = if remedy.is_empty() { String::new() } else { format!(" What helped: {remedy}.") };
        format!(
            "Known conflict with {product}{cause}, {}: {what}.{helped} Name {product} in the plan, or record a test of it that passed.",
            day_text(*seen_on)
        )
    })
    .collect()
}
