//! People on the console: list them, add one.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::run;
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::command::Command;
use crate::domain::person::{Person, PersonId, last_day};
use crate::store::Access;
use crate::util::clock::day_text;
use crate::util::text::fold;

/// What can be done with people.
#[derive(Debug, Subcommand)]
pub enum PersonAction {
    /// List the people the register names
    List {
        /// The register
        file: PathBuf,
    },
    /// Add a person
    Add(Add),
}

/// Arguments of `person add`.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The register
    pub file: PathBuf,
    /// Full name
    pub name: String,
    /// E-mail address
    #[arg(long, default_value = "")]
    pub mail: String,
    /// What they do in the shop
    #[arg(long, default_value = "")]
    pub function: String,
}

pub(in crate::cli) fn act(action: &PersonAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        PersonAction::List { file } => {
            let engine = open(file, Access::ReadOnly, context, output)?;
            let book = engine.book();
            let mut people: Vec<&Person> = book.people.rows().iter().collect();
            people.sort_by_cached_key(|person| fold(&person.name));
            let left = |person: &Person| last_day(book, person.id);
            let row = |person: &&Person| {
                let left = left(person).map(day_text).unwrap_or_default();
                vec![person.name.clone(), person.function.clone(), person.mail.clone(), left]
            };
            let rows: Vec<Vec<String>> = people.iter().map(row).collect();
            let value = |person: &&Person| {
                json!({ "name": person.name, "function": person.function, "mail": person.mail,
                        "last_on": left(person) })
            };
            let values: Vec<Value> = people.iter().map(value).collect();
            output
                .result(&columns(&["Name", "Function", "E-mail", "Last day"], &rows), &Value::Array(values));
            Ok(())
        }
        PersonAction::Add(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let person = Person {
                id: PersonId(0),
                name: args.name.clone(),
                mail: args.mail.clone(),
                function: args.function.clone(),
            };
            run(&mut engine, Command::SavePerson { base: None, person }, output)
        }
    }
}
