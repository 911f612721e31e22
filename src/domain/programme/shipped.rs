//! The rows that the lists of a new register start with, `assets/documents/programme.toml`.

use std::collections::BTreeMap;

use crate::domain::row::RowChange;
use crate::util::id::Ids;

use super::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};

/// The rows as text.
pub const SHIPPED: &str = include_str!("../../../assets/documents/programme.toml");

/// The rows of the shipped lists, recorded at an instant (UTC seconds).
pub fn starting(ids: &Ids, at: i64) -> Vec<RowChange> {
    let mut places: BTreeMap<ProgrammeKind, i64> = BTreeMap::new();
    let row = |(kind, fields)| {
        let position = places.entry(kind).or_insert(0);
        *position += 1;
        RowChange::create(&ProgrammeEntry {
            id: ProgrammeEntryId(ids.next()),
            kind,
            position: *position,
            fields,
            created_at: at,
            ended_at: None,
        })
    };
    tables(SHIPPED).into_iter().map(row).collect()
}

/// Reads what the shipped file uses of TOML: headers of arrays of tables, and values of one line that are basic strings or whole
/// numbers. A test reads the file by a whole reader and compares.
fn tables(text: &str) -> Vec<(ProgrammeKind, BTreeMap<String, String>)> {
    let mut rows: Vec<(ProgrammeKind, BTreeMap<String, String>)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(kind) = line.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
            if let Some(kind) = ProgrammeKind::of_word(kind) {
                rows.push((kind, BTreeMap::new()));
            }
        } else if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            let value = value.trim();
            let inside = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let value = inside.map_or_else(|| value.to_owned(), unescaped);
            let key = key.trim();
            if let Some((_, fields)) = rows.last_mut()
                && key != "position"
                && !value.is_empty()
            {
                fields.insert(key.to_owned(), value);
            }
        }
    }
    rows
}

fn unescaped(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\")
}
