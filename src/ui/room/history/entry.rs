//! An entry of the history in words: which row, and what of it changed. Pure; draws nothing.

use serde_json::Value;

use crate::domain::row::Table;
use crate::store::history::EventView;
use crate::util::text::line;

/// Longer values than this are cut, in characters.
const VALUE_MAX: usize = 80;

/// An entry in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What it is about: `Asset WS-014 added`.
    pub title: String,
    /// What changed: `site: Store → Office`.
    pub changes: Vec<String>,
}

/// Puts an entry into words.
pub fn words(event: &EventView) -> Words {
    let Some(body) = event.body.as_deref() else {
        return plain("Blanked: the text was removed, its hash is kept");
    };
    let Ok(body) = serde_json::from_str::<Value>(body) else { return plain("Cannot be read") };
    let text = |key: &str| body.get(key).map(shown).unwrap_or_default();
    match event.kind.as_str() {
        "row" => row(&body),
        "operation" => plain(&format!("Operation: {}", text("label"))),
        "batch" => Words {
            title: "Imported observations".to_owned(),
            changes: vec![
                format!("observations: {}", text("observations")),
                format!("reports: {}", text("reports")),
                format!("digest: {}", text("digest")),
            ],
        },
        "printed" => Words {
            title: format!("Printed: {}", text("title")),
            changes: vec![format!("file: {}", text("file")), format!("SHA-256: {}", text("sha256"))],
        },
        "redact" => plain(&format!("Texts removed: {}", text("reason"))),
        "migration" => plain(&format!("File format {} to {}", text("from"), text("to"))),
        "lost" => plain("Observations of an import could not be saved by a rebuild"),
        other => plain(other),
    }
}

fn plain(title: &str) -> Words {
    Words { title: line(title).into_owned(), changes: Vec::new() }
}

fn row(body: &Value) -> Words {
    let table = body.get("t").and_then(Value::as_str).and_then(Table::of_name).map_or("Row", table_words);
    let none = Value::Null;
    let (before, after) = (body.get("b").unwrap_or(&none), body.get("v").unwrap_or(&none));
    let name = ["name", "title", "label"].iter().find_map(|key| {
        let of = |image: &Value| image.get(*key).and_then(Value::as_str).map(str::to_owned);
        of(after).or_else(|| of(before))
    });
    let verb = match (before.is_null(), after.is_null()) {
        (true, _) => "added",
        (false, true) => "taken out",
        (false, false) => "changed",
    };
    let title = match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("{table} {} {verb}", line(&name)),
        None => format!("{table} {verb}"),
    };
    Words { title, changes: changes(before, after) }
}

fn changes(before: &Value, after: &Value) -> Vec<String> {
    let Some(fields) = after.as_object() else { return Vec::new() };
    let is_new = before.is_null();
    let mut all = Vec::new();
    for (key, value) in fields {
        let was = before.get(key).unwrap_or(&Value::Null);
        let empty = shown(value).is_empty();
        if was == value || key == "id" || (is_new && empty) {
            continue;
        }
        let name = key.replace('_', " ");
        all.push(match is_new {
            true => format!("{name}: {}", shown(value)),
            false => format!("{name}: {} → {}", or_none(&shown(was)), or_none(&shown(value))),
        });
    }
    all
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => String::new(),
        other => other.to_string(),
    };
    let text = line(&text).into_owned();
    if text.chars().count() > VALUE_MAX {
        let cut: String = text.chars().take(VALUE_MAX).collect();
        return format!("{cut}…");
    }
    text
}

fn table_words(table: Table) -> &'static str {
    match table {
        Table::Shop => "Settings of",
        Table::Person => "Person",
        Table::PatchGroup => "Patch group",
        Table::Asset => "Asset",
        Table::AssetFact => "Dated value of an asset",
        Table::PatchUpdate => "Update",
        Table::Supersedence => "Supersedence",
        Table::Rating => "Rank",
        Table::DeadlineRule => "Deadline rule",
        Table::Waiver => "Waiver",
        Table::Source => "Source",
        Table::SourceAsset => "Computer in a source",
        Table::SourceUpdate => "Update in a source",
        Table::Subscription => "Subscription",
        Table::Profile => "Saved answers of an import",
        Table::Batch => "Import",
        Table::Attestation => "Check by hand",
    }
}
