//! `manifest.json` of our own export: what the set of files claims to be.
//!
//! Owns reading that one small file. It never trusts it: counts are checked against the rows, and a scope whose counts do
//! not agree is not believed.

use serde::Deserialize;

use super::date::{self, Cell, DateOrder, Evidence};
use super::row::{Manifest, SubscriptionKind, SubscriptionRow};
use super::scope::FileScope;

/// The key that makes a JSON file our manifest; its value is the version of the layout.
pub(super) const MARK: &str = "patchbook_export";

/// The newest layout this program reads.
const LAYOUT: u32 = 1;

/// The file as written; unknown keys are left alone.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Written {
    patchbook_export: u32,
    script_version: String,
    server: String,
    culture: String,
    started: String,
    finished: String,
    scope: String,
    complete: bool,
    files: std::collections::BTreeMap<String, u64>,
    last_sync: String,
    last_sync_result: String,
    products: Vec<String>,
    classifications: Vec<String>,
}

/// Reads the manifest; the error is a sentence for people.
pub(super) fn read(text: &str) -> Result<Manifest, String> {
    let written: Written = serde_json::from_str(text)
        .map_err(|error| format!("The manifest of the export is damaged in line {}.", error.line()))?;
    if written.patchbook_export > LAYOUT {
        return Err("The manifest was written by a newer export script than this program knows.".to_owned());
    }
    let named = |kind, titles: Vec<String>| {
        titles.into_iter().filter(|t| !t.trim().is_empty()).map(move |title| SubscriptionRow { kind, title })
    };
    let mut subscriptions: Vec<SubscriptionRow> = named(SubscriptionKind::Product, written.products)
        .chain(named(SubscriptionKind::Classification, written.classifications))
        .collect();
    subscriptions.sort();
    subscriptions.dedup();
    Ok(Manifest {
        script_version: written.script_version,
        server: written.server,
        culture: written.culture,
        started_at: instant(&written.started),
        finished_at: instant(&written.finished),
        scope: match written.scope.as_str() {
            "all_but_not_applicable" => FileScope::AllButNotApplicable,
            "all" => FileScope::All,
            "needed_only" => FileScope::NeededOnly,
            _ => FileScope::Unknown,
        },
        complete: written.complete,
        counts: written.files.into_iter().map(|(name, rows)| (name.to_lowercase(), rows)).collect(),
        last_sync_at: instant(&written.last_sync),
        last_sync_result: written.last_sync_result,
        subscriptions,
    })
}

/// The manifest's dates are ISO in UTC; anything else counts as absent.
fn instant(text: &str) -> Option<i64> {
    match date::read(text, &mut Evidence::default()) {
        Cell::Date(raw) => raw.resolve(DateOrder::DayFirst, 0),
        Cell::Never | Cell::Bad => None,
    }
}
