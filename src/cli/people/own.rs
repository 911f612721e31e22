//! What roles there are, on the console: add one, change one, use one no longer.

use std::path::PathBuf;

use super::{input, needed, role, run};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::Output;
use crate::domain::command::{Command, Edit, RoleCommand};
use crate::domain::role::{Hat, Role, RoleId};
use crate::store::Access;

/// What is said of a role; what is left out stays as it is.
#[derive(Debug, clap::Args)]
pub struct Said {
    /// Full name
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// What they answer for
    #[arg(long, value_name = "TEXT")]
    pub responsibility: Option<String>,
    /// Whose job that usually is
    #[arg(long, value_name = "TEXT")]
    pub job_title: Option<String>,
    /// The hat it folds into: does, approves or looks-over
    #[arg(long, value_name = "HAT")]
    pub hat: Option<String>,
}

/// Arguments of `role add`.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The register
    pub file: PathBuf,
    /// Short form, at most six characters
    pub code: String,
    /// What is said of it
    #[command(flatten)]
    pub said: Said,
}

/// Arguments of `role change`.
#[derive(Debug, clap::Args)]
pub struct Change {
    /// The register
    pub file: PathBuf,
    /// The role, by its short form or name
    pub role: String,
    /// Another short form
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// What is said of it
    #[command(flatten)]
    pub said: Said,
}

/// Arguments of `role drop`.
#[derive(Debug, clap::Args)]
pub struct Drop {
    /// The register
    pub file: PathBuf,
    /// The role, by its short form or name
    pub role: String,
}

pub(super) fn add(args: &Add, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    needed(args.said.name.as_ref(), "--name TEXT", "what the role is called")?;
    let empty = Role {
        id: RoleId(0),
        code: args.code.clone(),
        name: String::new(),
        responsibility: String::new(),
        job_title: String::new(),
        hat: Hat::Does,
        position: 0,
        ended_at: None,
    };
    let row = with(empty, &args.said)?;
    run(&mut engine, Command::Role(RoleCommand::Role(Box::new(Edit { base: None, row }))), output)
}

pub(super) fn change(args: &Change, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let base = role(engine.book(), &args.role)?.clone();
    if base.ended_at.is_some() {
        let hint = "Take its end back with undo, or add a role: patchbook-cli role add.";
        return Err(input(format!("{} is no longer used", base.name), hint));
    }
    let mut row = with(base.clone(), &args.said)?;
    row.code = args.code.clone().unwrap_or(row.code);
    let edit = Edit { base: Some(base), row };
    run(&mut engine, Command::Role(RoleCommand::Role(Box::new(edit))), output)
}

pub(super) fn drop(args: &Drop, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let id = role(engine.book(), &args.role)?.id;
    run(&mut engine, Command::Role(RoleCommand::EndRole(id)), output)
}

fn with(mut row: Role, said: &Said) -> Result<Role, Error> {
    row.name = said.name.clone().unwrap_or(row.name);
    row.responsibility = said.responsibility.clone().unwrap_or(row.responsibility);
    row.job_title = said.job_title.clone().unwrap_or(row.job_title);
    if let Some(word) = &said.hat {
        row.hat = Hat::of_word(&word.replace('-', "_"))
            .ok_or_else(|| input(format!("{word} is no hat"), "Give does, approves or looks-over."))?;
    }
    Ok(row)
}
