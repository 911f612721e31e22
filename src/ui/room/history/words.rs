//! Entries of the history in words: what was done to which row, from what to what.

use chrono_tz::Tz;
use serde_json::{Map, Value};

use crate::domain::book::Book;
use crate::domain::row::Table;
use crate::domain::update::Update;
use crate::store::event;
use crate::store::history::EventView;
use crate::util::clock::text_in;
use crate::util::text::{count, counted};

/// The longest value that is shown, in characters.
const VALUE_MAX: usize = 80;

type Image = Map<String, Value>;

/// An entry in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number of the entry.
    pub seq: i64,
    /// What kind of entry, and what it is about: `Change asset WS-014`.
    pub title: String,
    /// What changed: `site: Hull → York`.
    pub parts: Vec<String>,
}

/// What names are looked up in.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The register as it is now.
    pub book: &'a Book,
    /// The shop's zone.
    pub zone: Tz,
}

impl Reader<'_> {
    /// An entry in words.
    pub fn line(&self, entry: &EventView) -> Line {
        let (title, parts) = match entry.body.as_deref().map(serde_json::from_str::<Value>) {
            None => ("The text of this entry was removed".to_owned(), Vec::new()),
            Some(Ok(Value::Object(body))) => self.body(&entry.kind, &body),
            Some(_) => ("The text of this entry cannot be read".to_owned(), Vec::new()),
        };
        Line { seq: entry.seq, title, parts }
    }

    fn body(&self, kind: &str, body: &Image) -> (String, Vec<String>) {
        let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |key: &str| body.get(key).and_then(Value::as_u64).unwrap_or_default();
        match kind {
            event::OPERATION => {
                let note = Some(text("note")).filter(|note| !note.is_empty());
                let title = if body.contains_key("undo_of") {
                    format!("Step that turns back “{}”", text("label"))
                } else {
                    format!("Step “{}”", text("label"))
                };
                (title, note.into_iter().collect())
            }
            event::ROW => self.row(body),
            event::BATCH => {
                let batch =
                    body.get("batch").and_then(Value::as_i64).and_then(|id| self.book.batches.get(id));
                let title = batch.map_or_else(
                    || "Observations of an import".to_owned(),
                    |batch| format!("Observations of import {}", batch.number),
                );
                let parts = [
                    counted(number("observations"), "change of state", "changes of state"),
                    counted(number("reports"), "report", "reports"),
                    format!("SHA-256 {}", cut(&text("digest"))),
                ];
                (title, parts.into())
            }
            event::PRINTED => {
                let parts = [format!("file: {}", text("file")), format!("SHA-256 {}", text("sha256"))];
                (format!("Printed {}", text("title")), parts.into())
            }
            event::REDACT => {
                let gone = body.get("events").and_then(Value::as_array).map_or(0, Vec::len) as u64;
                let title = format!("Removed the texts of {}", counted(gone, "entry", "entries"));
                (title, vec![format!("reason: {}", text("reason"))])
            }
            event::MIGRATION => {
                let (from, to) = (number("from"), number("to"));
                let title = if from == 0 {
                    format!("Made the file in format {to}")
                } else {
                    format!("Brought the file from format {from} to format {to}")
                };
                (title, Vec::new())
            }
            event::LOST => {
                ("The observations of an import could not be saved by a rebuild".to_owned(), Vec::new())
            }
            other => (format!("Entry of kind {other}"), Vec::new()),
        }
    }

    fn row(&self, body: &Image) -> (String, Vec<String>) {
        let table = body.get("t").and_then(Value::as_str).and_then(Table::of_name);
        let Some(table) = table else { return ("A row of an unknown table".to_owned(), Vec::new()) };
        let (before, after) = (image(body, "b"), image(body, "v"));
        let about = after.or(before).map(|image| self.name(table, image)).unwrap_or_default();
        let verb = match (before, after) {
            (_, None) => "Remove",
            (None, Some(_)) => "Set",
            (Some(_), Some(_)) => "Change",
        };
        let title = format!("{verb} {} {about}", noun(table)).trim_end().to_owned();
        let parts = match (before, after) {
            (Some(before), Some(after)) => self.differences("", before, after),
            (None, Some(after)) => self.values(table, after),
            _ => Vec::new(),
        };
        (title, parts)
    }

    /// What a new row says; empty values and its own name are left out.
    fn values(&self, table: Table, image: &Image) -> Vec<String> {
        let said = |key: &str, value: &Value| {
            let own = matches!(key, "id" | "name" | "since_at" | "created_at" | "digest")
                || (table == Table::AssetFact && key == "asset");
            !own && !is_empty(value)
        };
        let kept = image.iter().filter(|(key, value)| said(key, value));
        kept.map(|(key, value)| format!("{}: {}", label(key), self.value(key, value))).collect()
    }

    fn differences(&self, prefix: &str, before: &Image, after: &Image) -> Vec<String> {
        let mut parts = Vec::new();
        let gone = before.keys().filter(|key| !after.contains_key(*key));
        for key in after.keys().chain(gone) {
            let (was, is) = (before.get(key).unwrap_or(&Value::Null), after.get(key).unwrap_or(&Value::Null));
            if was == is {
                continue;
            }
            match (was, is) {
                (Value::Object(was), Value::Object(is)) if prefix.is_empty() => {
                    parts.extend(self.differences(&format!("{} ", label(key)), was, is));
                }
                _ => {
                    let (was, is) = (self.value(key, was), self.value(key, is));
                    parts.push(format!("{prefix}{}: {was} → {is}", label(key)));
                }
            }
        }
        parts
    }

    fn value(&self, key: &str, value: &Value) -> String {
        match value {
            _ if is_empty(value) => "nothing".to_owned(),
            Value::Bool(true) => "yes".to_owned(),
            Value::Bool(false) => "no".to_owned(),
            Value::Number(number) => {
                number.as_i64().map_or_else(|| number.to_string(), |n| self.number(key, n))
            }
            Value::Array(list) => {
                cut(&list.iter().map(|one| self.value(key, one)).collect::<Vec<_>>().join(", "))
            }
            Value::Object(fields) => self.object(fields),
            Value::String(_) if key == "logo" => "a picture".to_owned(),
            Value::String(text) => cut(&spoken(text)),
            Value::Null => "nothing".to_owned(),
        }
    }

    fn object(&self, fields: &Image) -> String {
        if let (Some(Value::String(field)), Some(value)) = (fields.get("field"), fields.get("value")) {
            // A dated value names its field.
            return format!("{} {}", spoken(field), self.value(field, value));
        }
        let said = fields.iter().filter(|(_, value)| !is_empty(value));
        let said = said.map(|(key, value)| format!("{} {}", label(key), self.value(key, value)));
        cut(&said.collect::<Vec<_>>().join("; "))
    }

    fn number(&self, key: &str, n: i64) -> String {
        let book = self.book;
        let named = match key {
            "asset" | "partner" | "standby_of" | "depends_on" => {
                book.assets.get(n).map(|row| row.name.clone())
            }
            "owner" | "deploy_admin" | "app_support" | "tester" | "person" | "deputy" | "requester"
            | "coordinator" | "implementer" | "monitor" | "tested_by" | "agreed_by" | "ratified_by"
            | "requested_by" | "lead" | "chair" | "taker" | "decided_by" => {
                book.people.get(n).map(|row| row.name.clone())
            }
            "group" => book.groups.get(n).map(|row| row.name.clone()),
            "update" | "older" | "newer" => book.updates.get(n).map(Update::short_name),
            "role" => book.roles.get(n).map(|row| row.name.clone()),
            "cycle" => book.cycles.get(n).map(|row| row.name.clone()),
            "change" => book.changes.get(n).map(|row| row.number.clone()),
            "run" => book.runs.get(n).map(|row| row.title.clone()),
            "source" => book.sources.get(n).map(|row| row.name.clone()),
            key if key.ends_with("_at") => Some(text_in(self.zone, n)),
            _ => Some(if n < 0 { n.to_string() } else { count(n.unsigned_abs()) }),
        };
        named.unwrap_or_else(|| "one that is gone".to_owned())
    }

    fn name(&self, table: Table, image: &Image) -> String {
        let text = |key: &str| image.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let of = |key: &str| image.get(key).map(|value| self.value(key, value)).unwrap_or_default();
        match table {
            Table::Shop => String::new(),
            Table::AssetFact => of("asset"),
            Table::PatchUpdate => {
                match image.get("kbs").and_then(Value::as_array).and_then(|kbs| kbs.first()) {
                    Some(Value::String(kb)) => format!("KB{kb}"),
                    _ => cut(&text("title")),
                }
            }
            Table::Supersedence => format!("{} by {}", of("older"), of("newer")),
            Table::Rating => of("update"),
            Table::DeadlineRule => of("rank"),
            Table::Waiver | Table::Attestation => format!("{} on {}", of("update"), of("asset")),
            Table::SourceUpdate => cut(&text("key")),
            Table::Subscription => cut(&text("title")),
            Table::Batch => of("number"),
            Table::Person
            | Table::PatchGroup
            | Table::Asset
            | Table::Source
            | Table::SourceAsset
            | Table::Profile => cut(&text("name")),
            // The nouns of the month carry their name in one of these fields, or are of something that does.
            _ => ["number", "name", "title", "task", "what", "vendor", "text", "case"]
                .iter()
                .map(|key| of(key))
                .chain(["person", "asset", "group", "change"].iter().map(|key| of(key)))
                .find(|name| !name.is_empty())
                .map(|name| cut(&name))
                .unwrap_or_default(),
        }
    }
}

fn image<'a>(body: &'a Image, key: &str) -> Option<&'a Image> {
    body.get(key).and_then(Value::as_object)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn noun(table: Table) -> String {
    let noun = match table {
        Table::Shop => "the settings of the shop",
        Table::Person => "person",
        Table::PatchGroup => "patch group",
        Table::Asset => "asset",
        Table::AssetFact => "value of",
        Table::PatchUpdate => "update",
        Table::Supersedence => "replacement of",
        Table::Rating => "rank of",
        Table::DeadlineRule => "deadline for",
        Table::Waiver => "waiver for",
        Table::Source => "source",
        Table::SourceAsset => "computer of a source",
        Table::SourceUpdate => "update of a source",
        Table::Subscription => "subscription",
        Table::Profile => "saved answers",
        Table::Batch => "import",
        Table::Attestation => "check of",
        Table::Practice => "how the shop works",
        Table::Departure => "last day of",
        Table::Action => "action",
        Table::NoticeSent => "message",
        _ => return table.name().replace('_', " "),
    };
    noun.to_owned()
}

/// A field's name as words: `installed_at` is "installed".
fn label(key: &str) -> String {
    let key = key.strip_suffix("_at").or(key.strip_suffix("_on")).unwrap_or(key);
    key.replace('_', " ")
}

/// A kept word as words: `in_use` is "in use". Everything else stays as it is.
fn spoken(text: &str) -> String {
    let word = text.contains('_') && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if word { text.replace('_', " ") } else { text.to_owned() }
}

fn cut(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.chars().count() <= VALUE_MAX {
        return text;
    }
    text.chars().take(VALUE_MAX).chain(['…']).collect()
}
