//! Writing records: new ones, a cycle's in bulk, fields, assets, backup, tests, results.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::args::{Bulk, Line, New, Set, Test, Verify};
use super::value::{cycle, instant, local, person, record, set as set_field, sides, unanswered, word, wrong};
use super::{carry_out, said};
use crate::app::{Context, Engine, Error, evidence};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::change::line::{ChangeLine, LineResult, Proof};
use crate::domain::change::outcome::{LineOutcome, outcomes};
use crate::domain::change::test::{TestResult, TestResultId, TestStage, TestVerdict};
use crate::domain::change::{Backup, ChangeId, ChangeKind, ChangeRecord, lines};
use crate::domain::command::{ChangeCommand, Edit, LineFound};
use crate::domain::compliance::view::View;
use crate::store::Access;

fn asset(book: &Book, name: &str) -> Result<AssetId, Error> {
    let none = || wrong(format!("the register has no asset {name}"), "");
    book.asset_named(name).map(|asset| asset.id).ok_or_else(none)
}

/// The line of a named asset on a record.
fn line_of<'b>(book: &'b Book, change: ChangeId, name: &str) -> Result<&'b ChangeLine, Error> {
    let id = asset(book, name)?;
    let found = lines(book, change).into_iter().find(|line| line.asset == id);
    found.ok_or_else(|| wrong(format!("{name} is not on the record"), "See patchbook-cli change show."))
}

pub(super) fn new(args: &New, context: &Context, output: &Output) -> Result<(), Error> {
    let kind = ChangeKind::of_word(&args.kind).ok_or_else(|| {
        wrong(format!("{} is no type", args.kind), "Types are standard, normal, emergency.")
    })?;
    let title =
        args.title.clone().ok_or_else(|| unanswered("a change needs a title", "Give it with --title."))?;
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let mut row = ChangeRecord::new(kind);
    row.title = title;
    for text in &args.fields {
        set_field(engine.book(), &mut row, text)?;
    }
    let add = args.assets.iter().map(|name| asset(engine.book(), name)).collect::<Result<Vec<_>, _>>()?;
    carry_out(&mut engine, ChangeCommand::Save(Box::new(Edit { base: None, row })))?;
    let newest = engine.book().changes.iter().max_by_key(|record| (record.created_at, &record.number));
    let (id, number) = newest.map(|record| (record.id, record.number.clone())).unwrap_or_default();
    if !add.is_empty() {
        carry_out(&mut engine, ChangeCommand::Lines { change: id, add, remove: Vec::new() })?;
    }
    said(&engine, &number, output)
}

pub(super) fn bulk(args: &Bulk, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let cycle = cycle(engine.book(), &args.cycle)?;
    let before: Vec<ChangeId> = engine.book().changes.iter().map(|record| record.id).collect();
    carry_out(&mut engine, ChangeCommand::Bulk { cycle })?;
    let book = engine.book();
    let made: Vec<&ChangeRecord> = book.changes.iter().filter(|r| !before.contains(&r.id)).collect();
    let rows: Vec<Vec<String>> = made
        .iter()
        .map(|r| {
            vec![
                r.number.clone(),
                r.title.clone(),
                r.kind.text().to_owned(),
                lines(book, r.id).len().to_string(),
            ]
        })
        .collect();
    let text = if rows.is_empty() {
        "No group owes anything that is not on a record already.".to_owned()
    } else {
        columns(&["Number", "Title", "Type", "#Assets"], &rows)
    };
    let value: Vec<Value> = made
        .iter()
        .map(|r| json!({ "number": r.number, "title": r.title, "kind": r.kind.word(), "assets": lines(book, r.id).len() }))
        .collect();
    output.result(&text, &Value::Array(value));
    Ok(())
}

pub(super) fn set(args: &Set, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.one.file, Access::Write, context, output)?;
    let base = record(engine.book(), &args.one.number)?.clone();
    let mut row = base.clone();
    for text in &args.fields {
        set_field(engine.book(), &mut row, text)?;
    }
    if let Some(job) = &args.backup {
        row.backup = Some(backup(args, job, &engine)?);
    }
    let (id, number) = (base.id, base.number.clone());
    if row != base {
        carry_out(&mut engine, ChangeCommand::Save(Box::new(Edit { base: Some(base), row })))?;
    }
    let add = args.assets.iter().map(|name| asset(engine.book(), name)).collect::<Result<Vec<_>, _>>()?;
    let mut remove = Vec::new();
    for text in &args.removed {
        let (name, because) = sides(text)?;
        remove.push((line_of(engine.book(), id, name)?.id, because.to_owned()));
    }
    if !add.is_empty() || !remove.is_empty() {
        carry_out(&mut engine, ChangeCommand::Lines { change: id, add, remove })?;
    }
    said(&engine, &number, output)
}

pub(super) fn line(args: &Line, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.one.file, Access::Write, context, output)?;
    let book = engine.book();
    let record = record(book, &args.one.number)?;
    let number = record.number.clone();
    let base = line_of(book, record.id, &args.asset)?.clone();
    let mut row = base.clone();
    let own = |text: &String| -> Result<Option<i64>, Error> {
        if text.trim().is_empty() { Ok(None) } else { local(book, text).map(Some) }
    };
    if let Some(text) = &args.window_from {
        row.window_from_at = own(text)?;
    }
    if let Some(text) = &args.window_until {
        row.window_until_at = own(text)?;
    }
    row.ring = args.ring.unwrap_or(row.ring);
    row.note = args.note.clone().unwrap_or(row.note);
    if let Some(name) = &args.seen_by {
        row.monitored_by.clone_from(name);
        row.monitored_at = Some(instant(&engine, args.seen_at.as_deref())?);
    }
    carry_out(&mut engine, ChangeCommand::Line(Box::new(Edit { base: Some(base), row })))?;
    said(&engine, &number, output)
}

fn backup(args: &Set, job: &str, engine: &Engine) -> Result<Backup, Error> {
    let by = args.verified_by.as_deref();
    let by =
        by.ok_or_else(|| unanswered("nobody is named who verified the backup", "Give --verified-by."))?;
    let (evidence_name, evidence_sha256) =
        args.backup_report.as_deref().map(evidence::digest).transpose()?.unwrap_or_default();
    Ok(Backup {
        job: job.to_owned(),
        verified_by: Some(person(engine.book(), by)?),
        verified_at: Some(instant(engine, args.verified_at.as_deref())?),
        restore_tested: args.restore_tested,
        evidence_name,
        evidence_sha256,
    })
}

pub(super) fn test(args: &Test, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.one.file, Access::Write, context, output)?;
    let book = engine.book();
    let record = record(book, &args.one.number)?;
    let number = record.number.clone();
    let stage = TestStage::of_word(&args.stage).ok_or_else(|| {
        wrong(format!("{} is no stage", args.stage), "Stages are before, smoke, integrity, acceptance.")
    })?;
    let verdict = TestVerdict::of_word(&args.verdict)
        .ok_or_else(|| wrong(format!("{} is no verdict", args.verdict), "A test passed or failed."))?;
    let on =
        args.asset.as_deref().map(|name| line_of(book, record.id, name)).transpose()?.map(|line| line.id);
    let (evidence_name, evidence_sha256) =
        args.evidence.as_deref().map(evidence::digest).transpose()?.unwrap_or_default();
    let row = TestResult {
        id: TestResultId(0),
        change: record.id,
        line: on,
        stage,
        case: args.case.clone(),
        expected: args.expected.clone(),
        found: args.found.clone(),
        verdict,
        tested_by: Some(person(book, &args.by)?),
        tested_at: instant(&engine, args.at.as_deref())?,
        evidence_name,
        evidence_sha256,
        voided_because: String::new(),
    };
    carry_out(&mut engine, ChangeCommand::Test(Box::new(Edit { base: None, row })))?;
    said(&engine, &number, output)
}

pub(super) fn verify(args: &Verify, context: &Context, output: &Output) -> Result<(), Error> {
    let access = if args.dry_run { Access::ReadOnly } else { Access::Write };
    let mut engine = open(&args.one.file, access, context, output)?;
    let number = record(engine.book(), &args.one.number)?.number.clone();
    if args.lines.is_empty() {
        return from_imports(&mut engine, &number, args.dry_run, output);
    }
    let book = engine.book();
    let id = record(book, &number)?.id;
    let mut found = Vec::new();
    for text in &args.lines {
        let (name, told) = sides(text)?;
        let result = LineResult::of_word(&word(told)).ok_or_else(|| {
            let all: Vec<&str> = LineResult::ALL.iter().map(|result| result.word()).collect();
            wrong(format!("{told} is no result"), &format!("Results are {}.", all.join(", ")))
        })?;
        let by = args.by.clone().unwrap_or_default();
        found.push(LineFound { line: line_of(book, id, name)?.id, result, proof: Proof::ByHand, by });
    }
    carry_out(&mut engine, ChangeCommand::Verify { change: id, found })?;
    said(&engine, &number, output)
}

fn from_imports(engine: &mut Engine, number: &str, dry_run: bool, output: &Output) -> Result<(), Error> {
    let book = engine.book().clone();
    let record = record(&book, number)?;
    let view = View::new(&book, engine.context().clock.now_at());
    let outcomes = outcomes(&view, record);
    let name = |outcome: &LineOutcome| book.assets.get(outcome.asset.0).map_or("", |a| a.name.as_str());
    let rows: Vec<Vec<String>> = outcomes
        .iter()
        .map(|outcome| {
            let updates: Vec<String> = outcome
                .updates
                .iter()
                .filter_map(|(id, finding)| Some((book.updates.get(id.0)?.short_name(), finding.text())))
                .map(|(update, finding)| format!("{update} {}", finding.to_lowercase()))
                .collect();
            let result = outcome.result.text().to_owned();
            vec![name(outcome).to_owned(), result, outcome.by.clone(), updates.join("; ")]
        })
        .collect();
    let value: Vec<Value> = outcomes
        .iter()
        .map(|o| json!({ "asset": name(o), "result": o.result.word(), "proof": o.proof.word(), "by": o.by }))
        .collect();
    let found: Vec<LineFound> = outcomes.iter().filter_map(|outcome| outcome.found(&book)).collect();
    let mut text = if outcomes.is_empty() {
        format!("{number} has not begun; there is nothing to verify.")
    } else {
        columns(&["Asset", "Result", "Shown by", "Updates"], &rows)
    };
    if dry_run {
        text.push_str("\nNothing was recorded.");
    } else if !found.is_empty() {
        let many = crate::util::text::counted(found.len() as u64, "result", "results");
        carry_out(engine, ChangeCommand::Verify { change: record.id, found })?;
        let _infallible = write!(text, "\nRecorded {many}.");
    }
    output.result(&text, &Value::Array(value));
    Ok(())
}
