//! What the console tells of documents. Decides nothing.

use std::fmt::Write as _;

use serde_json::json;

use super::{Diff, List, Show, keyed};
use crate::app::{Context, Engine, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::input;
use crate::domain::book::Book;
use crate::domain::document::compare::differences;
use crate::domain::document::compose::{Composed, compose};
use crate::domain::document::fill::Fill;
use crate::domain::document::template::Template;
use crate::domain::document::{Document, DocumentVersion, shipped, standing};
use crate::store::Access;
use crate::util::clock::day_text;

pub(super) fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let mut rows = Vec::new();
    let mut values = Vec::new();
    for template in shipped::templates() {
        let Some(document) = standing::keyed(book, &template.key) else {
            rows.push(vec![
                template.key.clone(),
                template.title.clone(),
                String::new(),
                "not kept".to_owned(),
            ]);
            values.push(json!({ "key": template.key, "title": template.title, "kept": false }));
            continue;
        };
        let version = standing::versions(book, document.id).last().copied();
        let changed = version.map(|version| standing::changed(book, version, now)).unwrap_or_default();
        let names: Vec<&str> = changed.iter().map(|change| change.name.as_str()).collect();
        let day = |day: Option<chrono::NaiveDate>| day.map(day_text).unwrap_or_default();
        rows.push(vec![
            document.key.clone(),
            document.title.clone(),
            version.map(|version| version.number.to_string()).unwrap_or_default(),
            version.map(|version| version.state.text().to_owned()).unwrap_or_default(),
            day(version.and_then(|version| version.next_review_on)),
            standing::labels(&changed),
        ]);
        values.push(json!({
            "key": document.key,
            "title": document.title,
            "kept": true,
            "version": version.map(|version| version.number),
            "state": version.map(|version| version.state.word()),
            "next_review_on": version.and_then(|version| version.next_review_on),
            "out_of_date": names,
        }));
    }
    for row in &mut rows {
        row.resize(6, String::new());
    }
    let text = columns(&["Key", "Title", "#Version", "State", "Next review", "Out of date"], &rows);
    output.result(&text, &json!({ "documents": values }));
    Ok(())
}

fn template(key: &str) -> Result<&'static Template, Error> {
    shipped::template(key).ok_or_else(|| {
        let keys: Vec<&str> = shipped::templates().iter().map(|t| t.key.as_str()).collect();
        input(format!("there is no document \"{key}\""), &format!("There are: {}.", keys.join(", ")))
    })
}

/// What a document would say if it were submitted now.
fn composed(
    book: &Book,
    template: &Template,
    document: Option<&Document>,
    version: Option<&DocumentVersion>,
    now: i64,
) -> Composed {
    let fill = Fill::new(book, now, template);
    match document {
        Some(document) => {
            compose(&fill.of(document, version.map(|v| v.id)), template, &document.own_sections)
        }
        None => compose(&fill, template, &[]),
    }
}

fn numbered<'b>(book: &'b Book, document: &Document, number: i64) -> Result<&'b DocumentVersion, Error> {
    let versions = standing::versions(book, document.id);
    versions.iter().find(|version| version.number == number).copied().ok_or_else(|| {
        let known: Vec<String> = versions.iter().map(|version| version.number.to_string()).collect();
        let hint = format!("Its versions are: {}.", known.join(", "));
        input(format!("{} has no version {number}", document.title), &hint)
    })
}

pub(super) fn show(args: &Show, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let template = template(&args.key)?;
    let document = standing::keyed(book, &args.key);
    if let Some(key) = &args.section {
        return section(template, document, key, output);
    }
    let version = match (document, args.version) {
        (Some(document), Some(number)) => Some(numbered(book, document, number)?),
        (Some(document), None) => standing::versions(book, document.id).last().copied(),
        (None, Some(_)) => Some(keyed(book, &args.key).and_then(|document| numbered(book, document, 0))?),
        (None, None) => None,
    };
    let fixed = version.filter(|version| !version.text.is_empty());
    let (text, faults) = if let Some(version) = fixed {
        (version.text.clone(), Vec::new())
    } else {
        let composed = composed(book, template, document, version, now);
        (composed.text(), composed.faults)
    };
    for fault in &faults {
        output.note(&fault.sentence());
    }
    let value = json!({
        "key": args.key,
        "version": version.map(|version| version.number),
        "state": version.map(|version| version.state.word()),
        "text": text,
        "faults": faults.iter().map(|fault| json!({
            "section": fault.section, "line": fault.line, "text": fault.text,
        })).collect::<Vec<_>>(),
        "stated": version.map(|version| &version.stated),
    });
    output.result(&text, &value);
    Ok(())
}

/// A section with its placeholders: the own words, and the shipped ones beside them where they have changed since.
fn section(
    template: &Template,
    document: Option<&Document>,
    key: &str,
    output: &Output,
) -> Result<(), Error> {
    let Some(section) = template.sections.iter().find(|section| section.key == key) else {
        let keys: Vec<&str> = template.sections.iter().map(|section| section.key.as_str()).collect();
        let text = format!("{} has no section \"{key}\"", template.title);
        return Err(input(text, &format!("Its sections are: {}.", keys.join(", "))));
    };
    let shipped_text = section.text.trim_matches('\n');
    let own = document.and_then(|document| document.own_sections.iter().find(|own| own.key == key));
    let newer = own.is_some_and(|own| own.over_sha256 != shipped::section_sha256(&section.text));
    if newer {
        output.note("The shipped words of this section have changed since they were replaced:");
        output.note(shipped_text);
    }
    let text = own.map_or(shipped_text, |own| own.text.as_str());
    let value = json!({
        "section": key, "text": text, "own": own.is_some(), "shipped": shipped_text, "shipped_changed": newer,
    });
    output.result(text, &value);
    Ok(())
}

pub(super) fn diff(args: &Diff, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let document = keyed(book, &args.key)?;
    let versions = standing::versions(book, document.id);
    let earlier = match args.from {
        Some(number) => numbered(book, document, number)?,
        None => versions.iter().rev().find(|version| !version.text.is_empty()).copied().ok_or_else(|| {
            input(format!("no version of {} has a fixed text", document.title), "Submit one first.")
        })?,
    };
    let text_of = |version: &DocumentVersion| -> Result<String, Error> {
        if version.text.is_empty() {
            let template = template(&document.key)?;
            return Ok(composed(book, template, Some(document), Some(version), now).text());
        }
        Ok(version.text.clone())
    };
    let later = match args.to {
        Some(number) => text_of(numbered(book, document, number)?)?,
        None => {
            composed(book, template(&document.key)?, Some(document), versions.last().copied(), now).text()
        }
    };
    let found = differences(&text_of(earlier)?, &later);
    let mut text = String::new();
    for difference in &found {
        let _ = writeln!(text, "{} (#{})", difference.title, difference.key);
        for line in &difference.lines {
            let _ = writeln!(text, "{}", line.text());
        }
    }
    if found.is_empty() {
        text.push_str("No difference.");
    }
    let value: Vec<_> = found
        .iter()
        .map(|difference| {
            let lines: Vec<String> =
                difference.lines.iter().map(crate::domain::document::compare::Line::text).collect();
            json!({ "section": difference.key, "title": difference.title, "lines": lines })
        })
        .collect();
    output.result(text.trim_end(), &json!({ "differences": value }));
    Ok(())
}

/// Tells what is out of date; answers how many versions are.
pub(super) fn stale(engine: &Engine, now: i64, output: &Output) -> usize {
    let found = standing::stale(engine.book(), now);
    let mut text = String::new();
    let mut values = Vec::new();
    for stale in &found {
        let state = stale.version.state.text().to_lowercase();
        let _ = writeln!(text, "{} version {}, {state}:", stale.document.title, stale.version.number);
        for change in &stale.changed {
            let _ = writeln!(text, "  {} (set in: {})", change.label, change.place);
            for line in change.lines() {
                let _ = writeln!(text, "    {line}");
            }
        }
        let told = |c: &standing::Changed| json!({ "name": c.name, "label": c.label, "then": c.then, "now": c.now, "set_in": c.place });
        let changed: Vec<_> = stale.changed.iter().map(told).collect();
        values.push(json!({
            "key": stale.document.key, "version": stale.version.number, "changed": changed,
        }));
    }
    if found.is_empty() {
        text.push_str("Every document says what is set now.");
    }
    output.result(text.trim_end(), &json!({ "stale": values }));
    found.len()
}
