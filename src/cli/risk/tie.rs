//! `conflict` and `prerequisite`: what updates once broke, and what they need.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::{all_needed, day, input, needed, run};
use crate::domain::book::Book;
use crate::domain::change::{ChangeRecord, ChangeState, numbered};
use crate::domain::command::{Command, Edit, RiskCommand};
use crate::domain::gate::need::needs;
use crate::domain::gate::{KnownConflict, KnownConflictId, Prerequisite, PrerequisiteId, PrerequisiteKind};
use crate::domain::update::{Update, UpdateId};
use crate::store::Access;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::fold;

/// What can be done with known conflicts.
#[derive(Debug, Subcommand)]
pub enum ConflictAction {
    /// List what updates are known to have broken
    List {
        /// The register
        file: PathBuf,
    },
    /// Remember a conflict, so that next month's update of the same product warns
    Add(AddConflict),
    /// A conflict is no longer true, by its number in the list
    End {
        /// The register
        file: PathBuf,
        /// Its number in the list
        number: usize,
    },
}

/// Arguments of `conflict add`.
#[derive(Debug, clap::Args)]
pub struct AddConflict {
    /// The register
    pub file: PathBuf,
    /// The product or application that suffered
    pub product: String,
    /// What happened
    #[arg(long, value_name = "TEXT")]
    pub what: Option<String>,
    /// The update that did it, by its KB
    #[arg(long, value_name = "KB")]
    pub update: Option<String>,
    /// The asset it was seen on
    #[arg(long, value_name = "ASSET")]
    pub asset: Option<String>,
    /// What helped
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub remedy: String,
    /// Who found out what helps
    #[arg(long, value_name = "NAME", default_value = "")]
    pub solved_by: String,
    /// When it was seen, such as 2026-11-12; today if absent
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// What can be done with prerequisites.
#[derive(Debug, Subcommand)]
pub enum PrerequisiteAction {
    /// List what updates need
    List {
        /// The register
        file: PathBuf,
    },
    /// Say what an update needs: another update, or something in words
    Add(AddNeed),
    /// It is no longer needed, by its number in the list
    End {
        /// The register
        file: PathBuf,
        /// Its number in the list
        number: usize,
    },
    /// Check that what change records need is installed or comes first
    Check {
        /// The register
        file: PathBuf,
        /// Only this change record; every one that is not over if absent
        change: Option<String>,
    },
}

/// Arguments of `prerequisite add`.
#[derive(Debug, clap::Args)]
pub struct AddNeed {
    /// The register
    pub file: PathBuf,
    /// The update, by its KB
    pub update: String,
    /// The update it needs, by its KB
    #[arg(long, value_name = "KB")]
    pub needs: Option<String>,
    /// What it needs, in words
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub what: String,
    /// It must be installed together with it, not before
    #[arg(long)]
    pub together: bool,
}

pub(in crate::cli) fn conflict(
    action: &ConflictAction,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    match action {
        ConflictAction::List { file } => conflicts(file, context, output),
        ConflictAction::Add(args) => add_conflict(args, context, output),
        ConflictAction::End { file, number } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let id = nth(&held_conflicts(engine.book()), *number, "conflict")?.id;
            run(&mut engine, Command::Risk(RiskCommand::EndConflict(id)), output)
        }
    }
}

pub(in crate::cli) fn prerequisite(
    action: &PrerequisiteAction,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    match action {
        PrerequisiteAction::List { file } => prerequisites(file, context, output),
        PrerequisiteAction::Add(args) => add_need(args, context, output),
        PrerequisiteAction::End { file, number } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let id = nth(&held_needs(engine.book()), *number, "prerequisite")?.id;
            run(&mut engine, Command::Risk(RiskCommand::EndPrerequisite(id)), output)
        }
        PrerequisiteAction::Check { file, change } => check(file, change.as_deref(), context, output),
    }
}

/// The row of a number in a list; numbers begin at 1.
fn nth<'r, R>(rows: &[&'r R], number: usize, noun: &str) -> Result<&'r R, Error> {
    let found = number.checked_sub(1).and_then(|place| rows.get(place)).copied();
    found.ok_or_else(|| {
        let hint = format!("See the numbers: patchbook-cli {noun} list FILE.");
        input(format!("the list has no number {number}"), &hint)
    })
}

fn held_conflicts(book: &Book) -> Vec<&KnownConflict> {
    let mut rows: Vec<&KnownConflict> = book.conflicts.iter().filter(|row| row.ended_at.is_none()).collect();
    rows.sort_by_key(|row| (row.seen_on, row.id));
    rows
}

fn held_needs(book: &Book) -> Vec<&Prerequisite> {
    let mut rows: Vec<&Prerequisite> =
        book.prerequisites.iter().filter(|row| row.ended_at.is_none()).collect();
    rows.sort_by_key(|row| (row.recorded_at, row.id));
    rows
}

fn name(book: &Book, update: Option<UpdateId>) -> String {
    update.and_then(|id| book.updates.get(id.0)).map(Update::short_name).unwrap_or_default()
}

fn conflicts(file: &std::path::Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for (place, row) in held_conflicts(book).into_iter().enumerate() {
        let update = name(book, row.update);
        let asset = row.asset.and_then(|id| book.assets.get(id.0)).map(|asset| asset.name.clone());
        values.push(json!({ "number": place + 1, "product": row.product, "update": update, "asset": asset,
                            "what": row.what, "remedy": row.remedy, "solved_by": row.solved_by,
                            "seen_on": row.seen_on }));
        rows.push(vec![
            (place + 1).to_string(),
            day_text(row.seen_on),
            row.product.clone(),
            update,
            asset.unwrap_or_default(),
            row.what.clone(),
            row.remedy.clone(),
            row.solved_by.clone(),
        ]);
    }
    let header = ["#No.", "Seen", "Product", "Update", "Asset", "What happened", "What helped", "Found by"];
    let text = if rows.is_empty() {
        "No conflict is remembered. Remember one: patchbook-cli conflict add.".to_owned()
    } else {
        columns(&header, &rows)
    };
    output.result(&text, &json!(values));
    Ok(())
}

fn add_conflict(args: &AddConflict, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let update = args.update.as_deref().map(|name| super::update(book, name, None)).transpose()?;
    let asset = args.asset.as_deref().map(|name| {
        let hint = "See what is: patchbook-cli assets FILE.";
        book.asset_named(name).ok_or_else(|| input(format!("{name} is not in the register"), hint))
    });
    let row = KnownConflict {
        id: KnownConflictId(0),
        product: args.product.clone(),
        update: update.map(|update| update.id),
        asset: asset.transpose()?.map(|asset| asset.id),
        what: needed(args.what.as_ref(), "--what TEXT", "what happened")?.clone(),
        remedy: args.remedy.clone(),
        solved_by: args.solved_by.clone(),
        seen_on: match &args.on {
            Some(text) => day(text)?,
            None => day_in(zone(&book.shop.zone), engine.context().clock.now_at()),
        },
        recorded_at: 0,
        ended_at: None,
    };
    let edit = Box::new(Edit { base: None, row });
    run(&mut engine, Command::Risk(RiskCommand::Conflict(edit)), output)
}

fn prerequisites(file: &std::path::Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for (place, row) in held_needs(book).into_iter().enumerate() {
        let (update, needs) = (name(book, Some(row.update)), name(book, row.needs));
        values.push(json!({ "number": place + 1, "update": update, "kind": row.kind.word(), "needs": needs,
                            "what": row.what }));
        rows.push(vec![(place + 1).to_string(), update, row.kind.text().to_owned(), needs, row.what.clone()]);
    }
    let text = if rows.is_empty() {
        "Nothing is known of what updates need. Say it: patchbook-cli prerequisite add.".to_owned()
    } else {
        columns(&["#No.", "Update", "How", "Needs", "In words"], &rows)
    };
    output.result(&text, &json!(values));
    Ok(())
}

fn add_need(args: &AddNeed, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let either = args.needs.is_some() || !args.what.trim().is_empty();
    all_needed(&[(either, "--needs KB, or --what TEXT", "the update it needs, or in words what it needs")])?;
    let needs = args.needs.as_deref().map(|name| super::update(book, name, None)).transpose()?;
    let row = Prerequisite {
        id: PrerequisiteId(0),
        update: super::update(book, &args.update, None)?.id,
        needs: needs.map(|update| update.id),
        what: args.what.clone(),
        kind: if args.together { PrerequisiteKind::Together } else { PrerequisiteKind::Before },
        recorded_at: 0,
        ended_at: None,
    };
    let edit = Box::new(Edit { base: None, row });
    run(&mut engine, Command::Risk(RiskCommand::Prerequisite(edit)), output)
}

fn check(
    file: &std::path::Path,
    number: Option<&str>,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let over = [ChangeState::Closed, ChangeState::Cancelled, ChangeState::Rejected];
    let wanted = |record: &&ChangeRecord| match number {
        Some(number) => fold(&record.number) == fold(number),
        None => record.ended_at.is_none() && !over.contains(&record.state),
    };
    if let Some(number) = number.filter(|number| numbered(book, number).is_none()) {
        let hint = "See them: patchbook-cli change list FILE.";
        return Err(input(format!("there is no change record {number}"), hint));
    }
    let at = engine.context().clock.now_at();
    let (mut lines, mut values) = (Vec::new(), Vec::new());
    for record in book.changes.iter().filter(wanted) {
        for need in needs(book, record, at) {
            let text = need.text(book);
            values.push(json!({ "change": record.number, "met": need.met(), "text": text }));
            lines.push(format!("{}: {text}", record.number));
        }
    }
    if lines.is_empty() {
        lines.push("Nothing is known that the updates of these records need.".to_owned());
    }
    output.result(&lines.join("\n"), &json!(values));
    Ok(())
}
