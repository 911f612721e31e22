//! Roles on the console: who holds them, hand-overs, leaving, the three hats.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::own;
use super::{all_needed, day, day_or_today, needed, person, role, run};
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::cli::file::open;
use crate::cli::output::{Output, columns, progress};
use crate::domain::book::Book;
use crate::domain::command::{Command, Edit, RoleCommand};
use crate::domain::role::holder::{assigned_on, roles_in_order};
use crate::domain::role::leaving::left_behind;
use crate::domain::role::{Assignment, AssignmentId, Part};
use crate::store::Access;
use crate::util::clock::day_text;

/// What can be done with roles.
#[derive(Debug, Subcommand)]
pub enum RoleAction {
    /// List the roles with who holds them and who stands in
    List(List),
    /// Set up the usual roles and matrix in a register that has none
    Begin {
        /// The register
        file: PathBuf,
    },
    /// Add a role of your own
    Add(own::Add),
    /// Change what a role is called, answers for, or which hat it folds into
    Change(own::Change),
    /// Use a role no longer: ends what everybody has of it
    Drop(own::Drop),
    /// Give somebody a role from a day on
    Assign(Assign),
    /// End what somebody has of a role
    End(End),
    /// Hand a role over: ends the old holder, begins the new one
    HandOver(HandOver),
    /// Somebody leaves: ends all they hold, lists what is left without anybody
    Leave(Leave),
    /// Somebody who left is there again
    Return {
        /// The register
        file: PathBuf,
        /// Who
        person: String,
    },
    /// Fold every role into three hats: does, approves, looks over
    Hats(Hats),
}

/// Arguments of `role list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// As of this day, such as 2026-12-01; today if absent
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// Arguments of `role assign`.
#[derive(Debug, clap::Args)]
pub struct Assign {
    /// The register
    pub file: PathBuf,
    /// The role, by its short form or name
    pub role: String,
    /// Who
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// First day, such as 2026-12-01; today if absent
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day, included; until further notice if absent
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// As deputy, not as holder
    #[arg(long)]
    pub deputy: bool,
    /// Why; demanded where somebody else holds the role then
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// Arguments of `role end`.
#[derive(Debug, clap::Args)]
pub struct End {
    /// The register
    pub file: PathBuf,
    /// The role, by its short form or name
    pub role: String,
    /// Who has it
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Last day, such as 2026-11-30; today if absent
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// What they have as deputy
    #[arg(long)]
    pub deputy: bool,
    /// Why
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// Arguments of `role hand-over`.
#[derive(Debug, clap::Args)]
pub struct HandOver {
    /// The register
    pub file: PathBuf,
    /// The role, by its short form or name
    pub role: String,
    /// Who takes it
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// First day of the new holder, such as 2026-12-01
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Why
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// Arguments of `role leave`.
#[derive(Debug, clap::Args)]
pub struct Leave {
    /// The register
    pub file: PathBuf,
    /// Who
    pub person: String,
    /// Last day, such as 2026-11-30
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Only list what would be left without anybody
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `role hats`.
#[derive(Debug, clap::Args)]
pub struct Hats {
    /// The register
    pub file: PathBuf,
    /// Who does the work
    #[arg(long, value_name = "NAME")]
    pub does: Option<String>,
    /// Who approves it
    #[arg(long, value_name = "NAME")]
    pub approves: Option<String>,
    /// Who looks over it afterwards
    #[arg(long, value_name = "NAME")]
    pub looks_over: Option<String>,
    /// From this day, such as 2026-12-01; today if absent
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

pub(in crate::cli) fn act(action: &RoleAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        RoleAction::List(args) => list(args, context, output),
        RoleAction::Begin { file } => {
            let mut engine = open(file, Access::Write, context, output)?;
            run(&mut engine, Command::Role(RoleCommand::Begin), output)
        }
        RoleAction::Add(args) => own::add(args, context, output),
        RoleAction::Change(args) => own::change(args, context, output),
        RoleAction::Drop(args) => own::drop(args, context, output),
        RoleAction::Assign(args) => assign(args, context, output),
        RoleAction::End(args) => end(args, context, output),
        RoleAction::HandOver(args) => hand_over(args, context, output),
        RoleAction::Leave(args) => leave(args, context, output),
        RoleAction::Return { file, person: name } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let who = person(engine.book(), name)?;
            run(&mut engine, Command::Role(RoleCommand::Return(who)), output)
        }
        RoleAction::Hats(args) => hats(args, context, output),
    }
}

fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let on = day_or_today(&engine, args.on.as_deref())?;
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for role in roles_in_order(book) {
        let named = |part| -> Vec<&Assignment> { assigned_on(book, role.id, part, on) };
        let (holders, deputies) = (named(Part::Holder), named(Part::Deputy));
        let since = holders.first().map(|a| day_text(a.from_on)).unwrap_or_default();
        rows.push(vec![
            role.code.clone(),
            role.name.clone(),
            names(book, &holders),
            names(book, &deputies),
            since,
            role.hat.text().to_owned(),
        ]);
        let value = |a: &&Assignment| {
            json!({ "person": book.person_name(Some(a.person)), "from_on": a.from_on, "until_on": a.until_on,
                    "reason": a.reason })
        };
        values.push(json!({
            "code": role.code, "name": role.name, "responsibility": role.responsibility,
            "job_title": role.job_title, "hat": role.hat.word(),
            "holders": holders.iter().map(value).collect::<Vec<_>>(),
            "deputies": deputies.iter().map(value).collect::<Vec<_>>(),
        }));
    }
    let header = ["Code", "Role", "Holder", "Deputy", "Since", "Hat"];
    let text = if rows.is_empty() {
        "There are no roles yet. Set up the usual ones: patchbook-cli role begin FILE.".to_owned()
    } else {
        format!("On {}\n\n{}", day_text(on), columns(&header, &rows))
    };
    output.result(&text, &json!({ "on": on, "roles": values }));
    Ok(())
}

fn names(book: &Book, held: &[&Assignment]) -> String {
    if held.is_empty() {
        return "nobody".to_owned();
    }
    let names: Vec<&str> = held.iter().map(|a| book.person_name(Some(a.person))).collect();
    names.join(", ")
}

fn assign(args: &Assign, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let to = needed(args.to.as_ref(), "--to NAME", "who gets the role")?;
    let row = Assignment {
        id: AssignmentId(0),
        role: role(engine.book(), &args.role)?.id,
        person: person(engine.book(), to)?,
        part: if args.deputy { Part::Deputy } else { Part::Holder },
        from_on: day_or_today(&engine, args.from.as_deref())?,
        until_on: args.until.as_deref().map(day).transpose()?,
        reason: args.reason.clone(),
    };
    let command = RoleCommand::Assign(Box::new(Edit { base: None, row }));
    run(&mut engine, Command::Role(command), output)
}

fn end(args: &End, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let name = needed(args.person.as_ref(), "--person NAME", "whose part of the role ends")?;
    let on = day_or_today(&engine, args.on.as_deref())?;
    let command = ending(&engine, args, name, on)?;
    run(&mut engine, command, output)
}

fn ending(engine: &Engine, args: &End, name: &str, on: chrono::NaiveDate) -> Result<Command, Error> {
    let book = engine.book();
    let (role, who) = (role(book, &args.role)?, person(book, name)?);
    let part = if args.deputy { Part::Deputy } else { Part::Holder };
    let held = assigned_on(book, role.id, part, on).into_iter().find(|a| a.person == who);
    let Some(base) = held.cloned() else {
        let what = part.text().to_lowercase();
        let text = format!("{name} is not {what} of {} on {}", role.name, day_text(on));
        return Err(Error::new(ErrorKind::Input, text, "See who is: patchbook-cli role list."));
    };
    let reason = if args.reason.is_empty() { base.reason.clone() } else { args.reason.clone() };
    let row = Assignment { until_on: Some(on), reason, ..base.clone() };
    Ok(Command::Role(RoleCommand::Assign(Box::new(Edit { base: Some(base), row }))))
}

fn hand_over(args: &HandOver, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    all_needed(&[
        (args.to.is_some(), "--to NAME", "who takes the role"),
        (args.on.is_some(), "--on DATE", "from which day"),
    ])?;
    let to = needed(args.to.as_ref(), "--to NAME", "who takes the role")?;
    let on = day(needed(args.on.as_ref(), "--on DATE", "from which day")?)?;
    let (role, to) = (role(engine.book(), &args.role)?.id, person(engine.book(), to)?);
    let command = RoleCommand::HandOver { role, to, on, reason: args.reason.clone() };
    run(&mut engine, Command::Role(command), output)
}

fn leave(args: &Leave, context: &Context, output: &Output) -> Result<(), Error> {
    let access = if args.dry_run { Access::ReadOnly } else { Access::Write };
    let mut engine = open(&args.file, access, context, output)?;
    let who = person(engine.book(), &args.person)?;
    let on = day(needed(args.on.as_ref(), "--on DATE", "the last day")?)?;
    let lines = left_behind(engine.book(), who, on).lines(engine.book());
    let mut text = String::new();
    let mut entry = Value::Null;
    if args.dry_run {
        let _infallible = writeln!(text, "Nothing was changed.");
    } else {
        let done = engine.run(Command::Role(RoleCommand::Leave { person: who, on }), &progress())?;
        let _infallible = writeln!(text, "{} (entry {})", done.label, done.entry);
        entry = done.entry.into();
    }
    if lines.is_empty() {
        text.push_str("Nothing is left without anybody.");
    } else {
        text.push_str("Left without them:");
        for line in &lines {
            let _infallible = write!(text, "\n  {line}");
        }
    }
    output.result(&text, &json!({ "entry": entry, "left": lines }));
    Ok(())
}

fn hats(args: &Hats, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    all_needed(&[
        (args.does.is_some(), "--does NAME", "who does the work"),
        (args.approves.is_some(), "--approves NAME", "who approves it"),
        (args.looks_over.is_some(), "--looks-over NAME", "who looks over it"),
    ])?;
    let does = person(book, needed(args.does.as_ref(), "--does NAME", "who does the work")?)?;
    let approves = person(book, needed(args.approves.as_ref(), "--approves NAME", "who approves it")?)?;
    let looks_over =
        person(book, needed(args.looks_over.as_ref(), "--looks-over NAME", "who looks over it")?)?;
    let on = day_or_today(&engine, args.on.as_deref())?;
    run(&mut engine, Command::Role(RoleCommand::Hats { does, approves, looks_over, on }), output)
}
