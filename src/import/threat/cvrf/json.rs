//! CVRF as JSON: kinds are numbers, texts stand under `Value`.

use std::marker::PhantomData;

use serde_json::Value;

use super::super::pipe::{Pipe, Watch, json};
use super::super::{Fault, Hook, Source, ThreatRead};
use super::{About, Entry, Fix, Month};

/// `Threats.Type` of an exploit status.
const STATUS: u64 = 1;
/// `Threats.Type` of a severity.
const SEVERITY: u64 = 3;
/// `Remediations.Type` of a vendor's fix.
const VENDOR_FIX: u64 = 2;

/// Reads the month.
pub(in crate::import::threat) fn read_json(
    source: Source<'_, '_>,
    hook: Hook<'_>,
) -> Result<ThreatRead, Fault> {
    let pipe = Pipe::new(source.feed, hook, Watch::Document);
    let document: Value = json(pipe, PhantomData, "The document")?;
    let mut month = Month::new();
    let tracking = &document["DocumentTracking"];
    month.head(
        text(&document["DocumentTitle"]),
        text(&tracking["Identification"]["ID"]),
        text(&tracking["InitialReleaseDate"]),
        text(&tracking["CurrentReleaseDate"]),
    );
    let tree = &document["ProductTree"];
    products(&mut month, tree, 0);
    for entry in list(&document["Vulnerability"]) {
        month.add(&entry_of(entry));
    }
    month.done()
}

/// A text, bare or under `Value`.
fn text(value: &Value) -> &str {
    value.as_str().or_else(|| value["Value"].as_str()).unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(|one| text(one).to_owned()).collect()
}

fn products(month: &mut Month, tree: &Value, level: u8) {
    for product in list(&tree["FullProductName"]) {
        month.products.insert(text(&product["ProductID"]).to_owned(), text(product).to_owned());
    }
    if level < 32 {
        for branch in list(&tree["Branch"]).iter().chain(list(&tree["Items"])) {
            products(month, branch, level + 1);
        }
    }
    if let Some(id) = tree["ProductID"].as_str() {
        month.products.insert(id.to_owned(), text(tree).to_owned());
    }
}

fn entry_of(value: &Value) -> Entry {
    let threats = list(&value["Threats"]).iter().map(|threat| {
        let about = match threat["Type"].as_u64() {
            Some(STATUS) => Some(About::Status),
            Some(SEVERITY) => Some(About::Severity),
            _ => None,
        };
        (about, text(&threat["Description"]).to_owned(), texts(&threat["ProductID"]))
    });
    let scores = list(&value["CVSSScoreSets"]).iter();
    let fixes = list(&value["Remediations"]).iter().filter(|fix| fix["Type"].as_u64() == Some(VENDOR_FIX));
    let first = list(&value["RevisionHistory"]).iter().map(|revision| text(&revision["Date"])).min();
    Entry {
        cve: text(&value["CVE"]).to_owned(),
        threats: threats.collect(),
        scores: scores
            .filter_map(|set| Some((set["BaseScore"].as_f64()?, text(&set["Vector"]).to_owned())))
            .collect(),
        fixes: fixes.map(fix_of).collect(),
        first: first.unwrap_or_default().to_owned(),
    }
}

fn fix_of(value: &Value) -> Fix {
    let own = |name: &str| text(&value[name]).to_owned();
    Fix {
        description: own("Description"),
        date: own("Date"),
        sub_type: own("SubType"),
        supersedes: own("Supercedence"),
        products: texts(&value["ProductID"]),
        restart: own("RestartRequired"),
        build: own("FixedBuild"),
    }
}
