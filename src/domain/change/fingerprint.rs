//! What an approval is given for: scope, plan and window of a record as canonical text, and its SHA-256.
//!
//! The text names rows by their ids, so that renaming an asset voids nothing; [`differences`] puts names back for people.
//! Anybody can check a fingerprint: it is the SHA-256 of the very text that the approval keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::field::Field;
use super::line::ChangeLine;
use super::{ChangeId, ChangeRecord, lines};
use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::update::UpdateId;
use crate::util::clock::iso;
use crate::util::hash::{hex, sha256};

/// The canonical text of a record: one `name=value` a line, in the order of the fields, assets and updates by id.
pub fn canonical(book: &Book, record: &ChangeRecord) -> String {
    canonical_of(book, record, &[])
}

/// The same with lines as they will stand, for a decision that has not been written yet.
pub(crate) fn canonical_of(book: &Book, record: &ChangeRecord, edited: &[ChangeLine]) -> String {
    let mut text = String::new();
    let mut put = |name: &str, value: &str| {
        let value = value.replace('\\', "\\\\").replace('\n', "\\n");
        let _infallible = writeln!(text, "{name}={value}");
    };
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let instant = |at: Option<i64>| at.map_or_else(String::new, iso);
    put("kind", record.kind.word());
    put("group", &number(record.group.map(|group| group.0)));
    put("template", &number(record.template.map(|template| template.0)));
    let updates: BTreeSet<UpdateId> = record.updates.iter().copied().collect();
    for update in updates {
        put("update", &update.0.to_string());
    }
    let mut rows: BTreeMap<AssetId, String> = BTreeMap::new();
    let kept = lines(book, record.id).into_iter();
    let kept = kept.filter(|line| edited.iter().all(|row| row.id != line.id));
    let new = edited.iter().filter(|line| line.removed_because.is_empty());
    for line in kept.chain(new) {
        let mut value = format!("{} ring {}", line.asset.0, line.ring);
        if line.window_from_at.is_some() || line.window_until_at.is_some() {
            let _infallible = write!(
                value,
                " window {} to {}",
                instant(line.window_from_at),
                instant(line.window_until_at)
            );
        }
        rows.insert(line.asset, value);
    }
    for value in rows.values() {
        put("asset", value);
    }
    let plan = &record.plan;
    put("impact", &plan.impact);
    put("risk_of_applying", &plan.risk_of_applying);
    put("risk_of_waiting", &plan.risk_of_waiting);
    put("outage", if plan.outage { "yes" } else { "no" });
    put("planned_downtime", &number(plan.downtime_minutes));
    put("prerequisites", &plan.prerequisites);
    put("test_plan", &plan.test_plan);
    put("rollout_plan", &plan.rollout_plan);
    put("phasing", &plan.phasing);
    put("backout_plan", &plan.backout_plan);
    put("backout_trigger", &plan.backout_trigger);
    put("backout_minutes", &number(plan.backout_minutes));
    put("backout_owner", &number(plan.backout_owner.map(|person| person.0)));
    put("monitoring_plan", &plan.monitoring_plan);
    put("acceptance", &plan.acceptance);
    put("quiet_days", &number(plan.quiet_days));
    put("window_from_at", &instant(record.window_from_at));
    put("window_until_at", &instant(record.window_until_at));
    text
}

/// SHA-256 of a canonical text, hexadecimal.
pub fn of_text(text: &str) -> String {
    hex(&sha256(text.as_bytes()))
}

/// The fingerprint of a record as it stands.
pub fn fingerprint(book: &Book, record: &ChangeRecord) -> String {
    of_text(&canonical(book, record))
}

/// One field that is no longer what was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field as people read it.
    pub field: String,
    /// What was approved; empty: nothing.
    pub approved: String,
    /// What it is now; empty: nothing.
    pub now: String,
}

/// What differs between two canonical texts, field by field, with names for ids.
pub fn differences(book: &Book, approved: &str, now: &str) -> Vec<Difference> {
    let (before, after) = (fields(approved), fields(now));
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let nothing = BTreeSet::new();
    let mut found = Vec::new();
    for name in names {
        let old = before.get(name).unwrap_or(&nothing);
        let new = after.get(name).unwrap_or(&nothing);
        let told = |values: &BTreeSet<&str>, others: &BTreeSet<&str>| {
            let only = values.difference(others).map(|value| readable(book, name, value));
            only.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
        };
        if old != new {
            found.push(Difference { field: label(name), approved: told(old, new), now: told(new, old) });
        }
    }
    found
}

/// What differs between what was approved and the record as it stands.
pub fn since_approved(book: &Book, change: ChangeId, approved: &str) -> Vec<Difference> {
    let record = book.changes.get(change.0);
    record.map_or_else(Vec::new, |record| differences(book, approved, &canonical(book, record)))
}

fn fields(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut fields: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
        fields.entry(name).or_default().insert(value);
    }
    fields
}

fn label(name: &str) -> String {
    match name {
        "kind" => "Type".to_owned(),
        "update" => Field::Updates.text().to_owned(),
        "asset" => Field::Lines.text().to_owned(),
        _ => Field::of_word(name).map_or_else(|| name.to_owned(), |field| field.text().to_owned()),
    }
}

fn readable(book: &Book, name: &str, value: &str) -> String {
    let id = || value.split(' ').next().and_then(|id| id.parse::<i64>().ok());
    let known = match name {
        "group" => id().and_then(|id| book.groups.get(id)).map(|group| group.name.clone()),
        "template" => id().and_then(|id| book.change_templates.get(id)).map(|t| t.name.clone()),
        "update" => id().and_then(|id| book.updates.get(id)).map(crate::domain::update::Update::short_name),
        "backout_owner" => id().and_then(|id| book.people.get(id)).map(|person| person.name.clone()),
        "asset" => id().and_then(|id| book.assets.get(id)).map(|asset| {
            let rest = value.split_once(' ').map_or("", |(_, rest)| rest);
            format!("{} ({rest})", asset.name)
        }),
        _ => None,
    };
    known.unwrap_or_else(|| unescaped(value))
}

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            match letters.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            }
        } else {
            out.push(letter);
        }
    }
    out
}
