//! Where documents stand: their versions, which is in force, which state values that have changed since.

use super::fill::Fill;
use super::kind::Kind;
use super::name::{self, WhenEmpty};
use super::shipped;
use super::{Document, DocumentId, DocumentState, DocumentVersion};
use crate::domain::book::Book;
use crate::util::clock;

/// The versions of a document, the oldest first.
pub fn versions(book: &Book, document: DocumentId) -> Vec<&DocumentVersion> {
    let mut rows: Vec<&DocumentVersion> = book.versions.iter().filter(|v| v.document == document).collect();
    rows.sort_by_key(|version| version.number);
    rows
}

/// The document of a key that is kept.
pub fn keyed<'b>(book: &'b Book, key: &str) -> Option<&'b Document> {
    book.documents.iter().find(|document| document.key == key && document.ended_at.is_none())
}

/// The version in a state, the newest.
pub fn in_state(book: &Book, document: DocumentId, state: DocumentState) -> Option<&DocumentVersion> {
    versions(book, document).into_iter().rev().find(|version| version.state == state)
}

/// The version that was in force at an instant (UTC seconds), as it had been recorded by then.
pub fn in_force_at(book: &Book, document: DocumentId, at: i64) -> Option<&DocumentVersion> {
    let day = clock::day_in(clock::zone(&book.shop.zone), at);
    let held = |v: &&DocumentVersion| {
        v.ratified_at.is_some()
            && v.recorded_at.max(v.ratified_at).is_some_and(|from| from <= at)
            && v.superseded_at.is_none_or(|until| at < until)
            && v.effective_on.is_none_or(|from| from <= day)
    };
    versions(book, document).into_iter().rev().find(held)
}

/// The draft or the submitted version, of which there is at most one.
pub fn open(book: &Book, document: DocumentId) -> Option<&DocumentVersion> {
    let open = |v: &&DocumentVersion| matches!(v.state, DocumentState::Draft | DocumentState::UnderReview);
    versions(book, document).into_iter().rev().find(open)
}

/// A value that a version states and that is another one now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its name in the templates.
    pub name: String,
    /// What it is called in a sentence.
    pub label: String,
    /// What the version says.
    pub then: String,
    /// What is set now; empty where nothing is.
    pub now: String,
    /// Where it is set.
    pub place: &'static str,
}

impl Changed {
    /// From what to what, in lines: `3 -> 5` for a value, the rows that went and came for a table.
    pub fn lines(&self) -> Vec<String> {
        let one = |text: &str| !text.contains('\n') && !text.contains(" | ");
        let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
        if one(&self.then) && one(&self.now) {
            return vec![format!("{} \u{2192} {}", said(&self.then), said(&self.now))];
        }
        let rows = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (then, mut now) = (rows(&self.then), rows(&self.now));
        let cells =
            |row: &String| row.split(" | ").filter(|c| !c.trim().is_empty()).collect::<Vec<_>>().join(", ");
        let mut lines = Vec::new();
        for row in &then {
            match now.iter().position(|other| other == row) {
                Some(place) => drop(now.remove(place)),
                None => lines.push(format!("\u{2212} {}", cells(row))),
            }
        }
        lines.extend(now.iter().map(|row| format!("+ {}", cells(row))));
        if lines.is_empty() {
            lines.push("the same rows in another order".to_owned());
        }
        lines
    }
}

/// The labels of changes as one sentence part: `the quorum of the committee, the table of deadlines`.
pub fn labels(changed: &[Changed]) -> String {
    changed.iter().map(|change| change.label.as_str()).collect::<Vec<_>>().join(", ")
}

/// A version that is out of date.
#[derive(Clone, Debug)]
pub struct Stale<'b> {
    /// The document.
    pub document: &'b Document,
    /// The ratified or submitted version.
    pub version: &'b DocumentVersion,
    /// What has changed since.
    pub changed: Vec<Changed>,
}

/// The values a version states that are others now; none for a draft, which states nothing yet.
pub fn changed(book: &Book, version: &DocumentVersion, as_of_at: i64) -> Vec<Changed> {
    let Some(document) = book.documents.get(version.document.0) else { return Vec::new() };
    let Some(template) = shipped::template(&document.key) else { return Vec::new() };
    let fill = Fill::new(book, as_of_at, template).of(document, Some(version.id));
    let mut found = Vec::new();
    for stated in &version.stated {
        let Some(known) = known(&stated.name) else { continue };
        let value = fill.value(known.kind, &stated.name).ok().flatten();
        let now = match (value, known.empty) {
            (Some(value), _) => value.text(),
            (None, WhenEmpty::Instead(words)) => words.to_owned(),
            (None, _) => String::new(),
        };
        if now != stated.value {
            let (name, then, label) = (stated.name.clone(), stated.value.clone(), name::label(&stated.name));
            found.push(Changed { name, label, then, now, place: known.place });
        }
    }
    found
}

/// The name in the catalogue that states a value; one name has one type there.
fn known(stated: &str) -> Option<name::Name> {
    let mut settings = Kind::ALL.iter().filter(|kind| **kind != Kind::Signatures);
    settings.find_map(|kind| name::find(*kind, stated).ok())
}

/// Ratified and submitted versions that state a value which has changed since.
pub fn stale(book: &Book, as_of_at: i64) -> Vec<Stale<'_>> {
    let mut found = Vec::new();
    for document in book.documents.iter().filter(|document| document.ended_at.is_none()) {
        for version in versions(book, document.id) {
            if matches!(version.state, DocumentState::Ratified | DocumentState::UnderReview) {
                let changed = changed(book, version, as_of_at);
                if !changed.is_empty() {
                    found.push(Stale { document, version, changed });
                }
            }
        }
    }
    found
}
