//! The document itself, its versions, and the other documents.

use super::{Fill, day_or, text};
use crate::domain::document::kind::Kind;
use crate::domain::document::shipped;
use crate::domain::document::standing;
use crate::domain::document::value::{Grid, Value};
use crate::domain::document::{Document, DocumentState, DocumentVersion};
use crate::domain::role::role_coded;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    if let Some(key) = name.strip_prefix("reference.") {
        let own = fill.book.documents.iter().find(|d| d.key == key && d.ended_at.is_none());
        let shipped = || shipped::template(key).map(|template| template.title.clone());
        return Some(text(own.map(|d| d.title.clone()).or_else(shipped).unwrap_or_default()));
    }
    Some(match (kind, name) {
        (_, "document.title") => text(fill.document.map_or(&fill.template.title, |document| &document.title)),
        (_, "document.owner") => text(owner(fill, fill.document)),
        (_, "document.version") => Value::Number(version(fill).map_or(1, |version| version.number)),
        (_, "document.classification") => {
            text(fill.document.map_or("Internal", |document| &document.classification))
        }
        (_, "document.review-months") => {
            let months = fill.document.map_or(fill.template.review_months, |document| document.review_months);
            Value::Number(months)
        }
        (Kind::Table, "document-control") => control(fill),
        (Kind::Table, "document-history") => history(fill),
        (Kind::Table, "documents") => documents(fill),
        (Kind::Table, "document-standing") => document_standing(fill),
        _ => return None,
    })
}

fn version<'a>(fill: &Fill<'a>) -> Option<&'a DocumentVersion> {
    fill.version.and_then(|id| fill.book.versions.get(id.0))
}

/// The person who keeps a document, else the role that its template names.
fn owner(fill: &Fill<'_>, document: Option<&Document>) -> String {
    let person = document.map(|document| fill.person(document.owner)).unwrap_or_default();
    if !person.is_empty() {
        return person;
    }
    let template = document.and_then(|d| shipped::template(&d.key)).unwrap_or(fill.template);
    role_coded(fill.book, &template.owner).map_or_else(|| template.owner.clone(), |role| role.name.clone())
}

fn ratified(fill: &Fill<'_>, version: &DocumentVersion) -> String {
    let Some(at) = version.ratified_at else { return "not ratified".to_owned() };
    let as_what = if version.ratified_function.is_empty() {
        String::new()
    } else {
        format!(" as {}", version.ratified_function)
    };
    format!("{}{as_what} on {} {}", version.ratified_by, fill.day(at), version.told_text())
}

/// Who made a version and when; whoever did not give a name is not named.
fn made(fill: &Fill<'_>, version: &DocumentVersion) -> String {
    let by = if version.made_by.is_empty() { "no name given" } else { &version.made_by };
    format!("{by}, on {}", fill.day(version.made_at))
}

fn control(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["", ""]);
    let title = fill.document.map_or(&fill.template.title, |document| &document.title);
    let mut line = |label: &str, value: String| {
        if !value.is_empty() {
            grid.row([label.to_owned(), value]);
        }
    };
    line("Document", title.clone());
    let version = version(fill);
    line(
        "Version",
        version.map_or_else(
            || "not begun".to_owned(),
            |v| format!("{}, {}", v.number, v.state.text().to_lowercase()),
        ),
    );
    line("Owner", owner(fill, fill.document));
    line("Classification", fill.document.map_or("Internal", |document| &document.classification).to_owned());
    if let Some(version) = version {
        line("Made by", made(fill, version));
        line("What changed", version.note.clone());
        line("Submitted", version.submitted_at.map(|at| fill.day(at)).unwrap_or_default());
        line("Ratified by", ratified(fill, version));
        line("Effective from", day_or(version.effective_on));
        line("Next review", day_or(version.next_review_on));
    }
    Value::Table(grid)
}

fn history(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Version", "State", "Made by", "What changed", "Ratified", "Effective from"]);
    let Some(document) = fill.document else { return Value::Table(grid) };
    let number = version(fill).map_or(i64::MAX, |version| version.number);
    for earlier in standing::versions(fill.book, document.id).into_iter().filter(|v| v.number < number) {
        grid.row([
            earlier.number.to_string(),
            earlier.state.text().to_owned(),
            made(fill, earlier),
            earlier.note.clone(),
            ratified(fill, earlier),
            day_or(earlier.effective_on),
        ]);
    }
    Value::Table(grid)
}

/// Documents that are kept, this one left out.
fn kept<'a>(fill: &Fill<'a>) -> Vec<&'a Document> {
    let this = fill.document.map(|document| document.id);
    let mut rows: Vec<&Document> =
        fill.book.documents.iter().filter(|d| d.ended_at.is_none() && Some(d.id) != this).collect();
    let place = |d: &Document| shipped::TEXTS.iter().position(|(key, _)| *key == d.key);
    rows.sort_by_key(|document| (place(document), document.id));
    rows
}

fn documents(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Document", "Kept by", "Months between reviews"]);
    let controlled = |document: &&Document| {
        let template = shipped::template(&document.key);
        template.is_some_and(|t| t.sections.iter().any(|s| s.text.contains("{{table:document-control}}")))
    };
    for document in kept(fill).into_iter().filter(controlled) {
        let cells = [document.title.clone(), owner(fill, Some(document)), document.review_months.to_string()];
        grid.row(cells);
    }
    Value::Table(grid)
}

fn document_standing(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Document", "Version", "Ratified by", "Next review", "Out of date"]);
    for document in kept(fill) {
        let versions = standing::versions(fill.book, document.id);
        let ratified = versions.iter().rev().find(|v| v.state == DocumentState::Ratified);
        let Some(version) = ratified.or_else(|| versions.last()) else {
            grid.row([document.title.as_str(), "none"]);
            continue;
        };
        let changed: Vec<String> = standing::changed(fill.book, version, fill.as_of_at)
            .into_iter()
            .map(|change| change.label)
            .collect();
        let ratified = version.ratified_at.map(|at| format!("{}, {}", version.ratified_by, fill.day(at)));
        grid.row([
            document.title.clone(),
            format!("{}, {}", version.number, version.state.text().to_lowercase()),
            ratified.unwrap_or_else(|| "not ratified".to_owned()),
            day_or(version.next_review_on),
            changed.join(", "),
        ]);
    }
    Value::Table(grid)
}
