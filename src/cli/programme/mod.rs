//! The programme's lists on the console: one set of words over the table of fields.

pub mod answer;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::file::open;
use super::output::{Output, columns};
use super::people::{input, run};
use crate::app::{Context, Engine, Error};
use crate::domain::book::Book;
use crate::domain::command::{Command, Edit, ProgrammeCommand};
use crate::domain::programme::applicability::{counts, gaps, lacking};
use crate::domain::programme::field::FieldKind;
use crate::domain::programme::list::{columns as short, field, fields, purpose};
use crate::domain::programme::progress::{coverage, steps_complete};
use crate::domain::programme::table::{entries, shown, table_of};
use crate::domain::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};
use crate::store::Access;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::{counted, fold};

/// What can be done with the programme's lists.
#[derive(Debug, Subcommand)]
pub enum ProgrammeAction {
    /// Show a list, or all lists with their counts
    List(List),
    /// Show every field of one row, or the fields a list has
    Show(Show),
    /// Add a row
    Add(Add),
    /// Change fields of a row
    Set(Set),
    /// Take a row out of its list
    End(End),
    /// Put a row at another place of its list
    Order(Order),
    /// Answer what assessors and insurers ask, each answer with its machines
    Answers(answer::Answers),
    /// Show what is objected to patching, and your own figures that answer
    Objections(answer::Objections),
}

/// Arguments of `programme list`.
#[derive(Debug, Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// Which list: step, control, `scope_phase`, integration, maturity, tool, permission, law, training, breach, stakeholder
    pub kind: Option<String>,
    /// Only the gaps of the statement of applicability, worst first
    #[arg(long)]
    pub gaps: bool,
}

/// Arguments of `programme show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The register
    pub file: PathBuf,
    /// Which list
    pub kind: String,
    /// The row: its number in the list, or its name; absent: what fields the list has
    pub row: Option<String>,
}

/// Arguments of `programme add`.
#[derive(Debug, Args)]
pub struct Add {
    /// The register
    pub file: PathBuf,
    /// Which list
    pub kind: String,
    /// Fields as NAME=VALUE
    #[arg(value_name = "NAME=VALUE")]
    pub values: Vec<String>,
}

/// Arguments of `programme set`.
#[derive(Debug, Args)]
pub struct Set {
    /// The register
    pub file: PathBuf,
    /// Which list
    pub kind: String,
    /// The row: its number in the list, or its name
    pub row: String,
    /// Fields as NAME=VALUE; an empty value empties the field
    #[arg(value_name = "NAME=VALUE", required = true)]
    pub values: Vec<String>,
}

/// Arguments of `programme end`.
#[derive(Debug, Args)]
pub struct End {
    /// The register
    pub file: PathBuf,
    /// Which list
    pub kind: String,
    /// The row: its number in the list, or its name
    pub row: String,
}

/// Arguments of `programme order`.
#[derive(Debug, Args)]
pub struct Order {
    /// The register
    pub file: PathBuf,
    /// Which list
    pub kind: String,
    /// The row: its number in the list, or its name
    pub row: String,
    /// Its new place, 1 for the first
    #[arg(long, value_name = "PLACE")]
    pub to: usize,
}

pub(super) fn act(action: &ProgrammeAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        ProgrammeAction::List(args) => list(args, context, output),
        ProgrammeAction::Show(args) => show(args, context, output),
        ProgrammeAction::Add(args) => add(args, context, output),
        ProgrammeAction::Set(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let kind = kind(&args.kind)?;
            let base = find(engine.book(), kind, &args.row)?.clone();
            let mut row = base.clone();
            fill(kind, &mut row.fields, &args.values)?;
            save(&mut engine, Some(base), row, output)
        }
        ProgrammeAction::End(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let id = find(engine.book(), kind(&args.kind)?, &args.row)?.id;
            run(&mut engine, Command::Programme(ProgrammeCommand::End(id)), output)
        }
        ProgrammeAction::Order(args) => order(args, context, output),
        ProgrammeAction::Answers(args) => answer::answers(args, context, output),
        ProgrammeAction::Objections(args) => answer::objections(args, context, output),
    }
}

fn kind(word: &str) -> Result<ProgrammeKind, Error> {
    ProgrammeKind::of_word(&word.replace('-', "_")).ok_or_else(|| {
        let all: Vec<&str> = ProgrammeKind::ALL.iter().map(|kind| kind.word()).collect();
        input(format!("{word} is no list of the programme"), &format!("Choose one of {}.", all.join(", ")))
    })
}

fn find<'a>(book: &'a Book, kind: ProgrammeKind, word: &str) -> Result<&'a ProgrammeEntry, Error> {
    let rows = entries(book, kind);
    let named: Vec<&ProgrammeEntry> =
        rows.iter().copied().filter(|row| fold(row.name()) == fold(word)).collect();
    let hint = format!("See its rows: patchbook-cli programme list FILE {}.", kind.word());
    match named.as_slice() {
        [only] => return Ok(only),
        [] => {}
        _ => {
            return Err(input(
                format!("{word} is the name of several rows"),
                &format!("Give its number. {hint}"),
            ));
        }
    }
    let number = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    number.and_then(|at| rows.get(at).copied()).ok_or_else(|| input(format!("there is no row {word}"), &hint))
}

fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let Some(word) = &args.kind else {
        overview(&engine, output);
        return Ok(());
    };
    let kind = kind(word)?;
    let book = engine.book();
    let today = day_in(zone(&book.shop.zone), engine.context().clock.now_at());
    let mut rows = entries(book, kind);
    let all = rows.clone();
    if args.gaps {
        if kind != ProgrammeKind::Control {
            return Err(input("only controls have gaps".to_owned(), "Leave --gaps out, or list control."));
        }
        rows = gaps(book);
    }
    let names = short(kind);
    let place = |row: &ProgrammeEntry| all.iter().position(|other| other.id == row.id).map_or(0, |at| at + 1);
    let cells = |row: &&ProgrammeEntry| {
        let values = names.iter().filter_map(|name| Some((field(kind, name)?, row.get(name))));
        let shown = values.map(|(field, value)| brief(&shown(book, field, value, today)));
        std::iter::once(place(row).to_string()).chain(shown).collect::<Vec<_>>()
    };
    let (head, _) = table_of(book, kind, names, today);
    let header: Vec<&str> = std::iter::once("#No").chain(head).collect();
    let mut text = if rows.is_empty() {
        format!("{} Nothing is entered yet.", purpose(kind))
    } else {
        columns(&header, &rows.iter().map(cells).collect::<Vec<_>>())
    };
    for note in notes(book, kind, today) {
        text.push('\n');
        text.push_str(&note);
    }
    let values: Vec<Value> = rows.iter().map(|row| row_value(row, place(row))).collect();
    output.result(&text, &Value::Array(values));
    Ok(())
}

/// The first line of a value, short enough for a column.
fn brief(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let cut = first.chars().count() > 48 || text.lines().count() > 1;
    if cut { format!("{}…", first.chars().take(48).collect::<String>()) } else { first.to_owned() }
}

fn row_value(row: &ProgrammeEntry, number: usize) -> Value {
    let mut map: Map<String, Value> =
        row.fields.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
    map.insert("number".to_owned(), Value::from(number));
    if row.kind == ProgrammeKind::Control {
        map.insert("lacking".to_owned(), json!(lacking(row)));
    }
    Value::Object(map)
}

/// What the list comes to.
fn notes(book: &Book, kind: ProgrammeKind, today: chrono::NaiveDate) -> Vec<String> {
    match kind {
        ProgrammeKind::Control => counts(book)
            .into_iter()
            .map(|(framework, n)| {
                format!(
                    "{framework}: {} of {} answered; {} apply, of these {} implemented, {} partly, {} not, {} not checked.",
                    n.answered, n.all, n.apply, n.implemented, n.partly, n.not, n.unchecked
                )
            })
            .collect(),
        ProgrammeKind::Step => {
            let (complete, all) = steps_complete(book);
            vec![format!("{complete} of {all} steps are done with owner, evidence and date.")]
        }
        ProgrammeKind::Training => {
            let overdue = coverage(book, today).into_iter().filter(|one| one.overdue);
            let line = |one: crate::domain::programme::progress::Coverage| {
                let last = one.last_on.map_or_else(|| "never held".to_owned(), |day| format!("held last on {}", day_text(day)));
                format!("Overdue: {}, {} ({last}).", one.audience, one.topic)
            };
            overdue.map(line).collect()
        }
        _ => Vec::new(),
    }
}

fn overview(engine: &Engine, output: &Output) {
    let book = engine.book();
    let row = |kind: &ProgrammeKind| {
        let n = entries(book, *kind).len();
        vec![kind.word().to_owned(), n.to_string(), kind.text().to_owned(), purpose(*kind).to_owned()]
    };
    let rows: Vec<Vec<String>> = ProgrammeKind::ALL.iter().map(row).collect();
    let values: Vec<Value> = ProgrammeKind::ALL
        .iter()
        .map(|kind| json!({ "kind": kind.word(), "name": kind.text(), "rows": entries(book, *kind).len() }))
        .collect();
    output.result(&columns(&["List", "#Rows", "Name", "What it is for"], &rows), &Value::Array(values));
}

fn show(args: &Show, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let kind = kind(&args.kind)?;
    let book = engine.book();
    let Some(word) = &args.row else {
        let row = |field: &crate::domain::programme::field::Field| {
            let demanded = if field.required { "yes" } else { "" }.to_owned();
            vec![
                field.name.to_owned(),
                field.label.to_owned(),
                holds(field.kind),
                demanded,
                field.hint.to_owned(),
            ]
        };
        let rows: Vec<Vec<String>> = fields(kind).iter().map(row).collect();
        let value = |field: &crate::domain::programme::field::Field| json!({ "name": field.name, "label": field.label, "holds": holds(field.kind), "required": field.required });
        let values: Vec<Value> = fields(kind).iter().map(value).collect();
        let text = columns(&["Field", "Label", "Holds", "Demanded", "Hint"], &rows);
        output.result(&text, &Value::Array(values));
        return Ok(());
    };
    let row = find(book, kind, word)?;
    let today = day_in(zone(&book.shop.zone), engine.context().clock.now_at());
    let filled = fields(kind).iter().filter(|field| !row.get(field.name).is_empty());
    let rows: Vec<Vec<String>> = filled
        .map(|field| {
            vec![
                field.name.to_owned(),
                field.label.to_owned(),
                shown(book, field, row.get(field.name), today).replace('\n', "; "),
            ]
        })
        .collect();
    let mut text = columns(&["Field", "Label", "Value"], &rows);
    if kind == ProgrammeKind::Control && !lacking(row).is_empty() {
        text.push_str("\nNot answered yet: ");
        text.push_str(&lacking(row).join(", "));
        text.push_str(" is missing.");
    }
    let place = entries(book, kind).iter().position(|other| other.id == row.id).map_or(0, |at| at + 1);
    output.result(&text, &row_value(row, place));
    Ok(())
}

fn holds(kind: FieldKind) -> String {
    match kind {
        FieldKind::Text => "one line".to_owned(),
        FieldKind::Lines => "text".to_owned(),
        FieldKind::Date => "a day".to_owned(),
        FieldKind::Money => "an amount".to_owned(),
        FieldKind::Number => "a whole number".to_owned(),
        FieldKind::Choice(words) => words.join(" | "),
        FieldKind::Person => "a person or a role".to_owned(),
        FieldKind::Figures => "ids of own figures".to_owned(),
    }
}

/// Puts `NAME=VALUE` into fields; `\n` in a value breaks the line.
fn fill(kind: ProgrammeKind, fields: &mut BTreeMap<String, String>, values: &[String]) -> Result<(), Error> {
    for text in values {
        let form = || input(format!("{text} is not of the form NAME=VALUE"), "Write it like owner=ISO.");
        let (name, value) = text.split_once('=').ok_or_else(form)?;
        let name =
            field(kind, name.trim()).map_or_else(|| name.trim().to_owned(), |field| field.name.to_owned());
        fields.insert(name, value.replace("\\n", "\n"));
    }
    Ok(())
}

fn add(args: &Add, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let kind = kind(&args.kind)?;
    let mut values = BTreeMap::new();
    fill(kind, &mut values, &args.values)?;
    let asked = fields(kind).iter().filter(|field| field.required);
    let missing: Vec<&str> =
        asked.map(|field| field.name).filter(|name| !values.contains_key(*name)).collect();
    if !missing.is_empty() {
        return Err(Error::new(
            crate::app::ErrorKind::Question,
            format!(
                "{}: {}",
                if missing.len() == 1 { "an answer is missing" } else { "answers are missing" },
                missing.join(", ")
            ),
            format!(
                "Give {}.",
                missing.iter().map(|name| format!("{name}=VALUE")).collect::<Vec<_>>().join(" ")
            ),
        ));
    }
    let row = ProgrammeEntry {
        id: ProgrammeEntryId(0),
        kind,
        position: 0,
        fields: values,
        created_at: 0,
        ended_at: None,
    };
    save(&mut engine, None, row, output)
}

fn save(
    engine: &mut Engine,
    base: Option<ProgrammeEntry>,
    row: ProgrammeEntry,
    output: &Output,
) -> Result<(), Error> {
    let kind = row.kind;
    run(engine, Command::Programme(ProgrammeCommand::Save(Box::new(Edit { base, row }))), output)
        .map_err(|error| told_by_field(kind, error))
}

/// In a window each fault stands under its field; here it is told with the field's name.
fn told_by_field(kind: ProgrammeKind, mut error: Error) -> Error {
    for issue in error.issues.iter_mut().filter(|issue| field(kind, issue.field).is_some()) {
        issue.text = format!("{}: {}", issue.field, issue.text);
    }
    let texts: Vec<&str> = error.issues.iter().map(|issue| issue.text.as_str()).collect();
    if !texts.is_empty() {
        error.summary = texts.join("; ");
    }
    error
}

fn order(args: &Order, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let kind = kind(&args.kind)?;
    let book = engine.book();
    let moved = find(book, kind, &args.row)?.id;
    let mut ids: Vec<ProgrammeEntryId> = entries(book, kind).iter().map(|row| row.id).collect();
    if !(1..=ids.len()).contains(&args.to) {
        let rows = counted(ids.len() as u64, "row", "rows");
        return Err(input(format!("there is no place {}: the list has {rows}", args.to), ""));
    }
    ids.retain(|id| *id != moved);
    ids.insert(args.to - 1, moved);
    run(&mut engine, Command::Programme(ProgrammeCommand::Order(kind, ids)), output)
}
