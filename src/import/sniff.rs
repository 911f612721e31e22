//! What a file is, by its content and never by its extension.
//!
//! Owns the order of the tests (`formats.md` section 5) and the result, which always says why. It never reads past the head
//! of a file and never rejects one: what is said about files that are not read stands beside [`Foreign`].

mod delimiter;
mod magic;
mod signature;
mod text;

use serde::{Deserialize, Serialize};

pub use super::answer::Foreign;
use super::encoding::{CodePage, TextEncoding, guess};
use super::mapping::Mapping;

/// How many bytes of a file are looked at.
pub(super) const HEAD: usize = 256 * 1024;

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The manifest of our own export.
    Manifest,
    /// Edges of supersedence, from our own export.
    Supersedence,
    /// Computers of a WSUS server.
    Computers,
    /// Computers of Active Directory.
    Directory,
    /// Updates with GUID and title.
    Updates,
    /// States with the names of computers and updates.
    States,
    /// States by GUID alone.
    StateIds,
    /// States of one update on many computers; the file's name or a person says which.
    OneUpdate,
    /// Computers and updates without a state: each row stands for the same state, a person says which.
    PairList,
    /// A table nobody knows: a person says which column means what.
    Table,
    /// Something known that no patch state can be read from.
    Foreign(Foreign),
}

impl FileKind {
    /// Its name for people, in a few words.
    pub fn name(&self) -> &str {
        match self {
            FileKind::Manifest => "manifest of the Patchbook export",
            FileKind::Supersedence => "supersedence list of the Patchbook export",
            FileKind::Computers => "list of WSUS computers",
            FileKind::Directory => "list of Active Directory computers",
            FileKind::Updates => "list of WSUS updates",
            FileKind::States => "update states per computer",
            FileKind::StateIds => "update states per computer, by identifier",
            FileKind::OneUpdate => "states of one update per computer",
            FileKind::PairList => "computers and updates without a state",
            FileKind::Table => "table",
            FileKind::Foreign(foreign) => foreign.name(),
        }
    }
}

/// What a file was recognised as, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    /// What it is.
    pub kind: FileKind,
    /// How sure that is, in percent: 80 and more is acted upon, less is asked about.
    pub confidence: u8,
    /// How its bytes stand for characters; none for files that are no text.
    pub encoding: Option<TextEncoding>,
    /// The character between cells; none for files that are no tables.
    pub delimiter: Option<char>,
    /// How many records stand before the header; none for files without one.
    pub header_row: Option<usize>,
    /// The header.
    pub columns: Vec<String>,
    /// What gave it away, for people.
    pub why: String,
}

/// From which confidence on a guess is acted upon, in percent.
pub const SURE: u8 = 80;

/// Recognises a file by its head. `whole` says whether the head is all of it; `page` is the answer or setting for ANSI
/// files.
pub fn recognise(head: &[u8], whole: bool, page: Option<CodePage>) -> Recognised {
    if let Some((foreign, why)) = magic::recognise(head) {
        return other(foreign, None, why);
    }
    let encoding = guess(head, page);
    let mut text = encoding.decode(head);
    if let (false, Some(end)) = (whole, text.rfind('\n')) {
        text = text[..=end].to_owned().into();
    }
    if text.trim().is_empty() {
        return other(Foreign::Empty, Some(encoding), "there is nothing in it");
    }
    if text::is_binary(&text) {
        return other(Foreign::Binary, None, "it is full of control characters");
    }
    if text.contains(super::manifest::MARK) && text.trim_start().starts_with('{') {
        return Recognised {
            kind: FileKind::Manifest,
            ..other(Foreign::Json, Some(encoding), "its key patchbook_export")
        };
    }
    if let Some((foreign, why)) = text::recognise(&text) {
        return other(foreign, Some(encoding), why);
    }
    table(&text, encoding)
}

/// Recognises an input by its head; nothing where it cannot be opened.
pub fn of_input(input: &super::source::Input) -> Option<Recognised> {
    let mut head = vec![0; HEAD];
    let filled = input.open().ok()?.fill(&mut head).ok()?;
    head.truncate(filled);
    Some(recognise(&head, filled < HEAD, None))
}

/// What some text inside another format is, if it is no text for people.
fn inside(text: &str) -> Option<Foreign> {
    if let Some((foreign, _)) = text::recognise(text) {
        return Some(foreign);
    }
    match table(text, TextEncoding::Ascii).kind {
        FileKind::Foreign(foreign) => Some(foreign),
        _ => None,
    }
}

/// The header of a table and what the table is.
fn table(text: &str, encoding: TextEncoding) -> Recognised {
    if delimiter::is_too_wide(text) {
        return other(Foreign::TooWide, Some(encoding), "its first line");
    }
    let Some(layout) = delimiter::layout(text) else {
        return other(Foreign::PlainText, Some(encoding), "it has no columns");
    };
    let Some(header_row) = layout.header_row else {
        let (foreign, why) = signature::headerless(&layout.rows);
        return Recognised { delimiter: Some(layout.delimiter), ..other(foreign, Some(encoding), why) };
    };
    let columns = layout.rows[header_row].clone();
    let mapping = Mapping::guess(&columns);
    let (kind, confidence, why) = signature::kind_of(layout.type_line.as_deref(), &columns, &mapping);
    Recognised {
        kind,
        confidence,
        encoding: Some(encoding),
        delimiter: Some(layout.delimiter),
        header_row: Some(header_row),
        columns,
        why,
    }
}

/// What a table is once a person said which column means what.
pub(super) fn kind_of_mapping(columns: &[String], mapping: &Mapping) -> (FileKind, u8, String) {
    signature::kind_of_roles(columns, mapping)
}

/// What a file that could not be opened was recognised as.
pub(super) fn nothing() -> Recognised {
    other(Foreign::Binary, None, "it could not be read")
}

fn other(foreign: Foreign, encoding: Option<TextEncoding>, why: &str) -> Recognised {
    Recognised {
        kind: FileKind::Foreign(foreign),
        confidence: 100,
        encoding,
        delimiter: None,
        header_row: None,
        columns: Vec::new(),
        why: why.to_owned(),
    }
}

/// The first rows under the header, for a preview.
pub(super) fn sample_rows(head: &[u8], recognised: &Recognised, most: usize) -> Vec<Vec<String>> {
    let (Some(encoding), Some(delimiter), Some(header_row)) =
        (recognised.encoding, recognised.delimiter, recognised.header_row)
    else {
        return Vec::new();
    };
    let rows = delimiter::records(&encoding.decode(head), delimiter, header_row + 1 + most);
    rows.into_iter().skip(header_row + 1).collect()
}
