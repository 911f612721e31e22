//! Threat data: the rows of a file as they were shown, with their ids and the instant.
//!
//! Facts, advisories and findings are only ever added. A finding of the register changes in two ways only: a scan that logged in
//! shows it no longer, or the update it is about is known by now. A scan that shows it again adds a row.

use super::super::book::Book;
use super::super::command::{CatalogueRows, Decision, Issues, ThreatCommand};
use super::super::lifecycle::{Lifecycle, LifecycleId};
use super::super::row::RowChange;
use super::super::threat::{
    Advisory, AdvisoryId, Catalogue, CatalogueId, Finding, FindingId, ThreatFact, ThreatFactId,
};
use super::{Findings, Moment, on};
use crate::util::clock::DAY_SECS;

pub(super) fn decide(book: &Book, command: ThreatCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        ThreatCommand::Load(rows) => load(book, *rows, moment),
    }
}

fn load(book: &Book, rows: CatalogueRows, moment: Moment<'_>) -> Result<Decision, Issues> {
    check(book, &rows, moment.at)?;
    let at = moment.at;
    let catalogue = Catalogue { id: CatalogueId(moment.ids.next()), recorded_at: at, ..rows.catalogue };
    let id = catalogue.id;
    let mut changes = vec![RowChange::create(&catalogue)];
    for fact in rows.facts {
        let fact = ThreatFact { id: ThreatFactId(moment.ids.next()), catalogue: id, recorded_at: at, ..fact };
        changes.push(RowChange::create(&fact));
    }
    for advisory in rows.advisories {
        let advisory =
            Advisory { id: AdvisoryId(moment.ids.next()), catalogue: id, recorded_at: at, ..advisory };
        changes.push(RowChange::create(&advisory));
    }
    for finding in rows.findings {
        changes.extend(finding_change(book, finding, id, moment));
    }
    for row in rows.lifecycles {
        changes.extend(lifecycle_change(book, row, moment));
    }
    let label = format!("Load {} {}", catalogue.kind.text(), catalogue.version);
    Ok(Decision { label: label.trim_end().to_owned(), changes, batch: None })
}

fn finding_change(book: &Book, finding: Finding, id: CatalogueId, moment: Moment<'_>) -> Option<RowChange> {
    let Some(before) = book.findings.get(finding.id.0) else {
        let id_of_finding = FindingId(moment.ids.next());
        let new = Finding { id: id_of_finding, catalogue: id, recorded_at: moment.at, ..finding };
        return Some(RowChange::create(&new));
    };
    let after = Finding {
        catalogue: before.catalogue,
        seen_at: before.seen_at,
        recorded_at: before.recorded_at,
        ..finding
    };
    RowChange::update(before, &after)
}

fn lifecycle_change(book: &Book, row: Lifecycle, moment: Moment<'_>) -> Option<RowChange> {
    if let Some(before) = book.lifecycles.get(row.id.0) {
        RowChange::update(before, &Lifecycle { recorded_at: before.recorded_at, ..row })
    } else {
        let new = Lifecycle { id: LifecycleId(moment.ids.next()), recorded_at: moment.at, ..row };
        Some(RowChange::create(&new))
    }
}

/// Everything that is wrong with a load, at once.
fn check(book: &Book, rows: &CatalogueRows, now_at: i64) -> Result<(), Issues> {
    let mut findings = Findings::default();
    let sha256 = &rows.catalogue.sha256;
    if crate::util::hash::digest_of_hex(sha256).is_none() {
        findings.add("file", "The file has no SHA-256. Read it again, then load it.");
    }
    // A file of the future would leave every later one aside as older. A day is left for zones.
    if let Some(dated) = rows.catalogue.published_at.filter(|dated| *dated > now_at + DAY_SECS) {
        let text = format!(
            "The file is dated {}, which is later than today. Look where it comes from and at this machine's clock, then load it again.",
            on(dated)
        );
        findings.add("file", text);
    }
    let brings_nothing = rows.facts.is_empty()
        && rows.advisories.is_empty()
        && rows.findings.is_empty()
        && rows.lifecycles.is_empty();
    let same = book.catalogues.iter().find(|known| known.sha256 == *sha256);
    if let Some(known) = same.filter(|_| brings_nothing) {
        let text =
            format!("{} was loaded on {}; choose a newer file.", known.file_name, on(known.recorded_at));
        findings.add("file", text);
    }
    if rows.facts.iter().any(|fact| !fact.cve.starts_with("CVE-")) {
        findings.add("facts", "A fact names no vulnerability. Read the file again, then load it.");
    }
    let is_number = |kb: &str| !kb.is_empty() && kb.bytes().all(|b| b.is_ascii_digit());
    if rows.advisories.iter().any(|advisory| !is_number(&advisory.kb)) {
        findings.add("advisories", "An advisory names no article. Read the file again, then load it.");
    }
    for finding in &rows.findings {
        if book.assets.get(finding.asset.0).is_none() {
            findings.add(
                "findings",
                "A finding is about an asset that is not in the register. Read the file again.",
            );
            break;
        }
    }
    let moved = |finding: &&Finding| match book.findings.get(finding.id.0) {
        None => finding.id != FindingId(0),
        Some(before) => {
            // An older scan may tell that it was gone earlier; nothing tells that it was not gone.
            let comes_back =
                before.gone_at.is_some_and(|known| finding.gone_at.is_none_or(|gone| gone > known));
            before.asset != finding.asset || before.plugin != finding.plugin || comes_back
        }
    };
    if rows.findings.iter().any(|finding| moved(&finding)) {
        findings.add("findings", "The findings were changed meanwhile. Read the file again, then load it.");
    }
    let strange = |row: &&Lifecycle| row.id != LifecycleId(0) && book.lifecycles.get(row.id.0).is_none();
    if rows.lifecycles.iter().any(|row| strange(&row)) {
        findings.add("lifecycles", "The table of support ends was changed meanwhile. Read the file again.");
    }
    findings.done()
}
