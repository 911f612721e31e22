//! Action items on the console.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::meeting::find;
use super::{all_needed, day, input, needed, person, run, today};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::action::{Action, ActionId, Origin, Standing};
use crate::domain::book::Book;
use crate::domain::command::{Command, CommitteeCommand, Edit};
use crate::store::Access;
use crate::util::clock::day_text;

/// What can be done with actions.
#[derive(Debug, Subcommand)]
pub enum ActionAction {
    /// Add an action with its owner and date
    Add(Add),
    /// List the open actions
    List(List),
    /// Say that an action was done
    Done(Done),
    /// Give an action up, with a reason
    Drop(Drop),
}

/// Arguments of `action add`.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The register
    pub file: PathBuf,
    /// What is to be done
    pub what: String,
    /// Who does it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// By when, such as 2026-12-18
    #[arg(long, value_name = "DATE")]
    pub due: Option<String>,
    /// The meeting that agreed it: its title, or the number of a committee meeting
    #[arg(long, value_name = "MEETING")]
    pub meeting: Option<String>,
}

/// Arguments of `action list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// Also what is done or given up
    #[arg(long)]
    pub all: bool,
}

/// Arguments of `action done`.
#[derive(Debug, clap::Args)]
pub struct Done {
    /// The register
    pub file: PathBuf,
    /// Its number in `action list`
    pub number: usize,
    /// Who did it; you if absent
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// What came of it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub result: String,
}

/// Arguments of `action drop`.
#[derive(Debug, clap::Args)]
pub struct Drop {
    /// The register
    pub file: PathBuf,
    /// Its number in `action list`
    pub number: usize,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
}

pub(in crate::cli) fn act(action: &ActionAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        ActionAction::Add(args) => add(args, context, output),
        ActionAction::List(args) => list(args, context, output),
        ActionAction::Done(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let action = numbered(engine.book(), args.number)?;
            let by = args.by.clone().unwrap_or_else(|| context.actor.clone());
            let command = CommitteeCommand::ActionDone { action, by, result: args.result.clone() };
            run(&mut engine, Command::Committee(command), output)
        }
        ActionAction::Drop(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let action = numbered(engine.book(), args.number)?;
            let because = needed(args.because.as_ref(), "--because TEXT", "why it is given up")?.clone();
            run(&mut engine, Command::Committee(CommitteeCommand::DropAction { action, because }), output)
        }
    }
}

/// Every action by its number, which never changes: the order in which they were agreed.
fn all(book: &Book) -> Vec<(usize, &Action)> {
    let mut actions: Vec<&Action> = book.actions.rows().iter().collect();
    actions.sort_by_key(|action| (action.created_at, action.id));
    (1..).zip(actions).collect()
}

fn numbered(book: &Book, number: usize) -> Result<ActionId, Error> {
    let found = all(book).into_iter().find(|(at, _)| *at == number).map(|(_, action)| action.id);
    found.ok_or_else(|| {
        input(format!("there is no action {number}"), "See them: patchbook-cli action list --all.")
    })
}

fn add(args: &Add, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let origin = match &args.meeting {
        Some(word) => Origin::Meeting(find(book, word)?.id),
        None => Origin::Own,
    };
    all_needed(&[
        (args.owner.is_some(), "--owner NAME", "who does it"),
        (args.due.is_some(), "--due DATE", "by when it is done"),
    ])?;
    let owner = person(book, needed(args.owner.as_ref(), "--owner NAME", "who does it")?)?;
    let due = day(needed(args.due.as_ref(), "--due DATE", "by when it is done")?)?;
    let row = Action {
        id: ActionId(0),
        what: args.what.clone(),
        owner: Some(owner),
        due_on: Some(due),
        origin,
        created_at: 0,
        done_at: None,
        done_by: String::new(),
        result: String::new(),
        dropped_because: String::new(),
    };
    let edit = Box::new(Edit { base: None, row });
    run(&mut engine, Command::Committee(CommitteeCommand::Action(edit)), output)
}

fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, today) = (engine.book(), today(&engine));
    let mut shown: Vec<(usize, &Action)> = all(book);
    shown.retain(|(_, action)| args.all || action.is_open());
    shown.sort_by_key(|(number, a)| (!a.is_open(), a.due_on.unwrap_or(chrono::NaiveDate::MAX), *number));
    let row = |(number, action): &(usize, &Action)| {
        vec![
            number.to_string(),
            action.what.clone(),
            book.person_name(action.owner).to_owned(),
            action.due_on.map(day_text).unwrap_or_default(),
            action.standing(today).text().to_owned(),
            action.carried(book).to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = shown.iter().map(row).collect();
    let value = |(number, action): &(usize, &Action)| {
        json!({
            "number": number, "what": action.what, "owner": book.person_name(action.owner), "due_on": action.due_on,
            "state": action.standing(today).word(), "overdue": action.standing(today) == Standing::Overdue,
            "carried": action.carried(book), "origin": action.origin, "done_by": action.done_by,
            "result": action.result, "dropped_because": action.dropped_because,
        })
    };
    let values: Vec<Value> = shown.iter().map(value).collect();
    let text = if rows.is_empty() {
        "No action is open.".to_owned()
    } else {
        columns(&["#No", "What", "Owner", "Due", "State", "#Carried"], &rows)
    };
    output.result(&text, &Value::Array(values));
    Ok(())
}
