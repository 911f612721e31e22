//! What scanners show: one row for each time that a scan showed a check to have found something on a machine.
//!
//! Owns the row and which showings stand. It never weighs a finding against a source: that is `compliance::opinion`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::row::{id_type, row_of};
use crate::domain::update::UpdateId;

use super::{CatalogueId, CatalogueKind};

id_type!(
    /// Which showing of a finding.
    FindingId
);

/// One showing: one scan says of one machine that something is missing. A scan that shows it again is a row of its own, so
/// that what any scan showed can be told of any instant. Where a source says installed, both are shown and the worse counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Row id.
    pub id: FindingId,
    /// From which scan.
    pub catalogue: CatalogueId,
    /// On which asset.
    pub asset: AssetId,
    /// The update it is about; none where no update of the register fits.
    pub update: Option<UpdateId>,
    /// Digits of the article; empty where the scanner names none.
    pub kb: String,
    /// Vulnerabilities it names.
    pub cves: Vec<String>,
    /// Number of the scanner's check.
    pub plugin: String,
    /// Name of the scanner's check.
    pub name: String,
    /// The scanner's own word.
    pub severity: String,
    /// When this scan looked at the machine, UTC seconds.
    pub seen_at: i64,
    /// The first later scan of the machine that logged in and does not show it, UTC seconds. A scan that did not log in, or does
    /// not say so, ends nothing (`metrics.md`, rule 10).
    pub gone_at: Option<i64>,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
}
row_of!(Finding, Finding);

impl Finding {
    /// Whether it was shown by an instant (UTC seconds), and no scan up to then has ended it. By the times of the scans: when
    /// their files were loaded plays no part.
    pub fn shows_at(&self, at: i64) -> bool {
        self.seen_at <= at && self.gone_at.is_none_or(|gone| gone > at)
    }
}

/// The findings that stand as of an instant (UTC seconds): of each check of each scanner on each asset the newest showing, in the
/// order of the rows.
pub fn standing(book: &Book, at: i64) -> Vec<&Finding> {
    let mut newest: HashMap<(AssetId, Option<CatalogueKind>, &str), &Finding> = HashMap::new();
    for row in book.findings.iter().filter(|row| row.shows_at(at)) {
        let scanner = book.catalogues.get(row.catalogue.0).map(|scan| scan.kind);
        let known = newest.entry((row.asset, scanner, &row.plugin)).or_insert(row);
        if known.seen_at <= row.seen_at {
            *known = row;
        }
    }
    let mut rows: Vec<&Finding> = newest.into_values().collect();
    rows.sort_by_key(|row| row.id);
    rows
}
