//! The statement of applicability with its gaps (requirement S1-09, standards.md 3.3). Reasons for including and for excluding and
//! the state of implementation are all asked for; a row without them answers nothing.

use std::collections::BTreeMap;

use crate::domain::book::Book;

use super::table::entries;
use super::{ProgrammeEntry, ProgrammeKind};

/// What a control still lacks before it counts as answered; empty when it is.
pub fn lacking(row: &ProgrammeEntry) -> Vec<&'static str> {
    let mut lacking = Vec::new();
    match row.get("applies") {
        "yes" => {
            if row.get("reason_in").is_empty() {
                lacking.push("the reason for including it");
            }
            if matches!(row.get("implemented"), "" | "not checked") {
                lacking.push("how far it is implemented");
            }
        }
        "no" => {
            if row.get("reason_out").is_empty() {
                lacking.push("the reason for excluding it");
            }
        }
        _ => lacking.push("whether it applies"),
    }
    lacking
}

/// The reason that counts: for including or for excluding; empty while nobody has decided.
pub fn reason(row: &ProgrammeEntry) -> &str {
    match row.get("applies") {
        "yes" => row.get("reason_in"),
        "no" => row.get("reason_out"),
        _ => "",
    }
}

/// Whether a control applies and is not fully implemented: a gap, until it was tested again and closed.
pub fn is_gap(row: &ProgrammeEntry) -> bool {
    row.says("applies", "yes") && matches!(row.get("implemented"), "partly" | "no")
}

/// Controls that are gaps, worst first: likelihood times impact, a missing estimate counted as high.
pub fn gaps(book: &Book) -> Vec<&ProgrammeEntry> {
    let mut rows: Vec<&ProgrammeEntry> =
        entries(book, ProgrammeKind::Control).into_iter().filter(|row| is_gap(row)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(risk(row)));
    rows
}

/// Likelihood times impact, 1 to 9.
pub fn risk(row: &ProgrammeEntry) -> i64 {
    let weight = |field: &str| match row.get(field) {
        "low" => 1,
        "medium" => 2,
        _ => 3,
    };
    weight("likelihood") * weight("impact")
}

/// How a framework stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Controls of the framework.
    pub all: u64,
    /// Answered with reason and state.
    pub answered: u64,
    /// That apply.
    pub apply: u64,
    /// Of these, implemented.
    pub implemented: u64,
    /// Of these, implemented in part.
    pub partly: u64,
    /// Of these, not implemented.
    pub not: u64,
    /// Of these, not checked.
    pub unchecked: u64,
}

/// Counts by framework, in the order of the list.
pub fn counts(book: &Book) -> Vec<(String, Counts)> {
    let mut order: Vec<String> = Vec::new();
    let mut found: BTreeMap<String, Counts> = BTreeMap::new();
    for row in entries(book, ProgrammeKind::Control) {
        let framework = row.get("framework").to_owned();
        if !order.contains(&framework) {
            order.push(framework.clone());
        }
        let counts = found.entry(framework).or_default();
        counts.all += 1;
        counts.answered += u64::from(lacking(row).is_empty());
        if !row.says("applies", "yes") {
            continue;
        }
        counts.apply += 1;
        match row.get("implemented") {
            "yes" => counts.implemented += 1,
            "partly" => counts.partly += 1,
            "no" => counts.not += 1,
            _ => counts.unchecked += 1,
        }
    }
    let counted = order.into_iter().filter_map(|framework| found.remove_entry(&framework));
    counted.collect()
}
