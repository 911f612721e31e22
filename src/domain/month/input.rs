//! What goes into a sealed month: where the history stood, which data, rules and documents were in force, and a digest of every
//! table. Counts nothing.

use super::{SealInputs, SealedCatalogue, SealedTable};
use crate::domain::book::Book;
use crate::domain::compliance::moved::rule_text;
use crate::domain::counting;
use crate::domain::deadline::binding;
use crate::domain::row::{Row, Table};
use crate::domain::shelf::Shelf;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::hash::{FieldHasher, hex};

/// The inputs of a month that ends at an instant (UTC seconds), as the register stands now.
pub fn inputs(book: &Book, as_of_at: i64) -> SealInputs {
    SealInputs {
        head_seq: book.head.seq,
        head: hex(&book.head.hash),
        catalogues: catalogues(book, as_of_at),
        tables: Table::ALL.into_iter().filter_map(|table| sealed(book, table)).chain(batches(book)).collect(),
        documents: documents(book, as_of_at),
        rules: rules(book, as_of_at),
        settings: settings(book, as_of_at),
        shop: book.shop.name.clone(),
        zone: book.shop.zone.clone(),
    }
}

/// Every file of threat data that was loaded by an instant, in the order of loading.
pub fn catalogues(book: &Book, at: i64) -> Vec<SealedCatalogue> {
    let mut catalogues: Vec<_> = book.catalogues.iter().filter(|row| row.recorded_at <= at).collect();
    catalogues.sort_by_key(|row| (row.recorded_at, row.id));
    let catalogue = |row: &&crate::domain::threat::Catalogue| SealedCatalogue {
        kind: row.kind.text().to_owned(),
        version: if row.model.is_empty() {
            row.version.clone()
        } else {
            format!("{}, model {}", row.version, row.model)
        },
        sha256: row.sha256.clone(),
    };
    catalogues.iter().map(catalogue).collect()
}

fn batches(book: &Book) -> impl Iterator<Item = SealedTable> {
    book.live_batches().into_iter().map(|batch| SealedTable {
        name: format!("batch {}", batch.number),
        rows: batch.observations,
        sha256: batch.digest.clone(),
    })
}

/// Documents in force at an instant: key and number of the version that was ratified by then, in effect and not yet superseded.
pub fn documents(book: &Book, at: i64) -> Vec<(String, i64)> {
    let today = day_in(zone(&book.shop.zone), at);
    let in_force = book.versions.iter().filter(|version| {
        version.recorded_at.is_some_and(|recorded| recorded <= at)
            && version.effective_on.is_none_or(|day| day <= today)
            && version.superseded_at.is_none_or(|ended| ended > at)
    });
    let mut found: Vec<(String, i64)> = in_force
        .filter_map(|version| Some((book.documents.get(version.document.0)?.key.clone(), version.number)))
        .collect();
    found.sort();
    found
}

/// Deadline rules and adopted presets in force at an instant, one line each. A preset whose source had ended by then is named as
/// what it is: it still dates what began while the source was in force.
pub fn rules(book: &Book, at: i64) -> Vec<String> {
    let own =
        book.rules.iter().filter(|rule| rule.from_at <= at && rule.until_at.is_none_or(|until| until > at));
    let mut own = binding(own.collect());
    own.sort_by_key(|rule| {
        (rule.rank, rule.class.is_none(), rule.class, rule.exposure.is_none(), rule.exposure, rule.from_at)
    });
    let mut lines: Vec<String> =
        own.into_iter().map(|rule| format!("{} ({})", rule_text(rule), rule.source)).collect();
    let sets = book.rule_sets.iter().filter(|set| {
        set.adopted_at.is_some_and(|adopted| adopted <= at) && set.ended_at.is_none_or(|ended| ended > at)
    });
    for set in sets {
        let rules = book.set_rules.iter().filter(|rule| rule.set == set.id).count();
        let today = day_in(zone(&book.shop.zone), at);
        let from = match (set.from_on, set.until_on) {
            (_, Some(until)) if until < today => {
                format!(", not in force since {}: it dates only what began by then", day_text(until))
            }
            (Some(day), _) => format!(", in force from {}", day_text(day)),
            (None, _) => String::new(),
        };
        let unconfirmed = if set.unconfirmed { ", unconfirmed" } else { "" };
        lines.push(format!("{} ({}): {rules} rules{from}{unconfirmed}", set.name, set.source));
    }
    lines
}

/// What was counted at an instant.
fn settings(book: &Book, at: i64) -> Vec<String> {
    let course = counting::course(book, at);
    let parts = course.last().map(counting::Counting::parts);
    parts.into_iter().flatten().map(|(what, value)| format!("{what}: {value}")).collect()
}

/// Rows and digest of a shelf: SHA-256 over the fields `patchbook table 1`, the table's name and the row images as compact JSON in
/// the order of their ids, each field preceded by its length as eight bytes, big-endian.
fn shelf<R: Row>(rows: &Shelf<R>) -> SealedTable {
    let mut order: Vec<&R> = rows.iter().collect();
    order.sort_by_key(|row| row.id());
    of_rows(order.into_iter())
}

fn of_rows<'r, R: Row + 'r>(rows: impl Iterator<Item = &'r R>) -> SealedTable {
    let mut hasher = FieldHasher::new("patchbook table 1");
    hasher.field(R::TABLE.name().as_bytes());
    let mut count = 0;
    for row in rows {
        // A map with string keys always serialises.
        hasher.field(serde_json::to_string(&row.image()).unwrap_or_default().as_bytes());
        count += 1;
    }
    SealedTable { name: R::TABLE.name().to_owned(), rows: count, sha256: hex(&hasher.finish()) }
}

/// A table as a seal keeps it; nothing for one without rows.
fn sealed(book: &Book, table: Table) -> Option<SealedTable> {
    let sealed = match table {
        Table::Shop => of_rows(std::iter::once(book.shop.as_ref())),
        Table::Practice => of_rows(std::iter::once(book.practice.as_ref()).filter(|row| row.id != 0)),
        Table::Person => shelf(&book.people),
        Table::PatchGroup => shelf(&book.groups),
        Table::Asset => shelf(&book.assets),
        Table::AssetFact => shelf(&book.facts),
        Table::PatchUpdate => shelf(&book.updates),
        Table::Supersedence => shelf(&book.supersedences),
        Table::Rating => shelf(&book.ratings),
        Table::DeadlineRule => shelf(&book.rules),
        Table::Waiver => shelf(&book.waivers),
        Table::Source => shelf(&book.sources),
        Table::SourceAsset => shelf(&book.source_assets),
        Table::SourceUpdate => shelf(&book.source_updates),
        Table::Subscription => shelf(&book.subscriptions),
        Table::Profile => shelf(&book.profiles),
        Table::Batch => shelf(&book.batches),
        Table::Attestation => shelf(&book.attestations),
        Table::Departure => shelf(&book.departures),
        Table::ReleaseRule => shelf(&book.release_rules),
        Table::ReleaseOverride => shelf(&book.release_overrides),
        Table::Closure => shelf(&book.closures),
        Table::MaintenanceWindow => shelf(&book.windows),
        Table::CycleTemplate => shelf(&book.cycle_templates),
        Table::Cycle => shelf(&book.cycles),
        Table::CycleStep => shelf(&book.cycle_steps),
        Table::InterimMeasure => shelf(&book.measures),
        Table::Role => shelf(&book.roles),
        Table::Assignment => shelf(&book.assignments),
        Table::Activity => shelf(&book.activities),
        Table::DutyConflict => shelf(&book.duty_conflicts),
        Table::Member => shelf(&book.members),
        Table::Contact => shelf(&book.contacts),
        Table::Meeting => shelf(&book.meetings),
        Table::Action => shelf(&book.actions),
        Table::ChangeTemplate => shelf(&book.change_templates),
        Table::ChangeRecord => shelf(&book.changes),
        Table::ChangeLine => shelf(&book.change_lines),
        Table::TestResult => shelf(&book.tests),
        Table::Approval => shelf(&book.approvals),
        Table::NoticeSent => shelf(&book.notices),
        Table::WaiverRequest => shelf(&book.waiver_requests),
        Table::Runbook => shelf(&book.runbooks),
        Table::Run => shelf(&book.runs),
        Table::RunStep => shelf(&book.run_steps),
        Table::RunEntry => shelf(&book.run_entries),
        Table::Catalogue => shelf(&book.catalogues),
        Table::ThreatFact => shelf(&book.threats),
        Table::Advisory => shelf(&book.advisories),
        Table::Finding => shelf(&book.findings),
        Table::RatingGround => shelf(&book.grounds),
        Table::TechDomain => shelf(&book.domains),
        Table::GoDecision => shelf(&book.go_decisions),
        Table::KnownConflict => shelf(&book.conflicts),
        Table::Prerequisite => shelf(&book.prerequisites),
        Table::BusinessCase => shelf(&book.cases),
        Table::Document => shelf(&book.documents),
        Table::DocumentVersion => shelf(&book.versions),
        Table::RuleSet => shelf(&book.rule_sets),
        Table::SetRule => shelf(&book.set_rules),
        Table::PendingRule => shelf(&book.pending_rules),
        Table::Lifecycle => shelf(&book.lifecycles),
        Table::ExtendedSupport => shelf(&book.extended_supports),
        Table::ProgrammeEntry => shelf(&book.programme),
        Table::Seal => shelf(&book.seals),
        Table::CloseAnswer => shelf(&book.close_answers),
        Table::Signature => shelf(&book.signatures),
        Table::Posture => shelf(&book.postures),
        Table::Counting => shelf(&book.countings),
    };
    (sealed.rows > 0).then_some(sealed)
}
