//! The business case on the console: write an estimate, see its sums, compare it with a month, record what the one who pays made of it.

mod show;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::file::open;
use super::output::Output;
use super::people::{input, needed, run};
use super::told::Told;
use crate::app::{Context, Error};
use crate::domain::book::Book;
use crate::domain::case::money::{cents, hours, permille, times_a_year};
use crate::domain::case::{BusinessCase, CostGroup, Judgement, LossInput, Range, live, prefill};
use crate::domain::command::{CaseCommand, Command, Edit};
use crate::domain::compliance::view::View;
use crate::store::Access;
use crate::util::text::fold;

/// What can be done with business cases.
#[derive(Debug, Subcommand)]
pub enum CaseAction {
    /// List the estimates
    List {
        /// The register
        file: PathBuf,
    },
    /// Write an estimate; its groups are those of the register
    New(Box<Numbers>),
    /// Change an estimate that nobody has judged; what is not named stays
    Set(Box<Numbers>),
    /// Show an estimate with its sums, beside a month if one is named
    Show {
        /// The register
        file: PathBuf,
        /// Its name
        name: String,
        /// A month to compare with, such as 2026-11
        #[arg(long, value_name = "MONTH")]
        month: Option<String>,
    },
    /// Record what the one who pays made of it
    Judge(Box<JudgeArgs>),
    /// Give an estimate up
    End {
        /// The register
        file: PathBuf,
        /// Its name
        name: String,
    },
}

/// Arguments of `case new` and `case set`. Amounts in whole units of the currency with two decimals at most.
#[derive(Debug, Args)]
pub struct Numbers {
    /// The register
    pub file: PathBuf,
    /// Its name
    pub name: String,
    /// The currency, such as EUR
    #[arg(long)]
    pub currency: Option<String>,
    /// What is asked for, in one sentence
    #[arg(long)]
    pub ask: Option<String>,
    /// What the sums leave out: contracts, certification, orders, insurance
    #[arg(long)]
    pub other_side: Option<String>,
    /// An hour of work, with everything on it
    #[arg(long, value_name = "AMOUNT")]
    pub rate: Option<String>,
    /// Hours to evaluate, test, coordinate and report in one cycle
    #[arg(long, value_name = "HOURS")]
    pub fixed_hours: Option<String>,
    /// Numbers of a group: NAME,machines=40,touch=30,automated=0,failed=5,retry=60,outage=120,price=450 (minutes, percent, amount
    /// an hour of outage); may be given for each group
    #[arg(long, value_name = "GROUP")]
    pub group: Vec<String>,
    /// Take machines, failures and windows of the groups from the register again
    #[arg(long)]
    pub prefill: bool,
    /// Prerequisites of one cycle
    #[arg(long, value_name = "AMOUNT")]
    pub prerequisites: Option<String>,
    /// Probability of work on compatibility in one cycle, in percent
    #[arg(long, value_name = "PERCENT")]
    pub rework: Option<String>,
    /// Hours of that work
    #[arg(long, value_name = "HOURS")]
    pub rework_hours: Option<String>,
    /// Emergencies a year
    #[arg(long, value_name = "COUNT")]
    pub emergencies: Option<i64>,
    /// What one emergency costs
    #[arg(long, value_name = "AMOUNT")]
    pub emergency: Option<String>,
    /// Tools a year
    #[arg(long, value_name = "AMOUNT")]
    pub tools: Option<String>,
    /// Training a year
    #[arg(long, value_name = "AMOUNT")]
    pub training: Option<String>,
    /// What is lost once: low/likely/high, or one amount
    #[arg(long, value_name = "RANGE")]
    pub loss: Option<String>,
    /// How often a year without the programme: low/likely/high, or one number
    #[arg(long, value_name = "RANGE")]
    pub before: Option<String>,
    /// How often a year with it: low/likely/high, or one number
    #[arg(long, value_name = "RANGE")]
    pub after: Option<String>,
    /// Where the guesses come from
    #[arg(long)]
    pub grounds: Option<String>,
}

/// Arguments of `case judge`.
#[derive(Debug, Args)]
#[command(mut_arg("by", |by| by.help("Who judged")))]
pub struct JudgeArgs {
    /// The register
    pub file: PathBuf,
    /// Its name
    pub name: String,
    /// reasonable, with-changes or unreasonable
    #[arg(long)]
    pub judgement: Option<String>,
    /// How it was told
    #[command(flatten)]
    pub told: Told,
    /// What they said
    #[arg(long, default_value = "")]
    pub comment: String,
}

pub(super) fn act(action: &CaseAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        CaseAction::List { file } => show::list(file, context, output),
        CaseAction::New(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let book = engine.book();
            let earlier = live(book).last().map(|case| case.cost.clone());
            let currency = needed(args.currency.as_deref(), "--currency EUR", "in which currency")?;
            let mut row = BusinessCase::new(&args.name, currency);
            row.cost = prefill::input(&View::new(book, engine.context().clock.now_at()), earlier.as_ref());
            put(args, &mut row)?;
            run(&mut engine, Command::Case(CaseCommand::Save(Box::new(Edit { base: None, row }))), output)
        }
        CaseAction::Set(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let base = find(engine.book(), &args.name)?.clone();
            let mut row = base.clone();
            if args.prefill {
                let view = View::new(engine.book(), engine.context().clock.now_at());
                row.cost = prefill::input(&view, Some(&base.cost));
            }
            put(args, &mut row)?;
            let edit = Edit { base: Some(base), row };
            run(&mut engine, Command::Case(CaseCommand::Save(Box::new(edit))), output)
        }
        CaseAction::Show { file, name, month } => show::show(file, name, month.as_deref(), context, output),
        CaseAction::Judge(args) => judge(args, context, output),
        CaseAction::End { file, name } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let id = find(engine.book(), name)?.id;
            run(&mut engine, Command::Case(CaseCommand::End(id)), output)
        }
    }
}

/// The estimate of a name.
pub(super) fn find<'b>(book: &'b Book, name: &str) -> Result<&'b BusinessCase, Error> {
    let named = live(book).into_iter().find(|case| fold(&case.name) == fold(name));
    named.ok_or_else(|| {
        input(format!("there is no estimate {name}"), "See which there are: patchbook-cli case list.")
    })
}

fn read<T>(
    flag: &str,
    text: Option<&String>,
    how: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<Option<T>, Error> {
    text.map(|text| how(text).map_err(|hint| input(format!("{flag}: {text} cannot be read"), hint)))
        .transpose()
}

fn put(args: &Numbers, row: &mut BusinessCase) -> Result<(), Error> {
    let texts = [
        (&args.currency, &mut row.currency),
        (&args.ask, &mut row.ask),
        (&args.other_side, &mut row.other_side),
    ];
    for (given, field) in texts {
        if let Some(text) = given {
            field.clone_from(text);
        }
    }
    let kept = &mut row.cost;
    let amounts = [
        ("--rate", &args.rate, &mut kept.hour_cents),
        ("--prerequisites", &args.prerequisites, &mut kept.prerequisite_cents),
        ("--emergency", &args.emergency, &mut kept.emergency_cents),
        ("--tools", &args.tools, &mut kept.tool_cents),
        ("--training", &args.training, &mut kept.training_cents),
    ];
    for (flag, text, field) in amounts {
        *field = read(flag, text.as_ref(), cents)?.unwrap_or(*field);
    }
    let times = [
        ("--fixed-hours", &args.fixed_hours, &mut kept.fixed_minutes),
        ("--rework-hours", &args.rework_hours, &mut kept.rework_minutes),
    ];
    for (flag, text, field) in times {
        *field = read(flag, text.as_ref(), hours)?.unwrap_or(*field);
    }
    kept.rework_permille = read("--rework", args.rework.as_ref(), permille)?.unwrap_or(kept.rework_permille);
    kept.emergencies = args.emergencies.unwrap_or(kept.emergencies);
    for text in &args.group {
        put_group(text, &mut kept.groups)?;
    }
    let loss = read("--loss", args.loss.as_ref(), |text| range(text, cents))?;
    let before = read("--before", args.before.as_ref(), |text| range(text, times_a_year))?;
    let after = read("--after", args.after.as_ref(), |text| range(text, times_a_year))?;
    if loss.is_some() || before.is_some() || after.is_some() || args.grounds.is_some() {
        let of = row.loss.get_or_insert_with(LossInput::default);
        of.loss_cents = loss.unwrap_or(of.loss_cents);
        of.before_permille = before.unwrap_or(of.before_permille);
        of.after_permille = after.unwrap_or(of.after_permille);
        if let Some(grounds) = &args.grounds {
            of.grounds.clone_from(grounds);
        }
    }
    Ok(())
}

/// `low/likely/high`, or one for all three.
fn range(text: &str, one: impl Fn(&str) -> Result<i64, &'static str>) -> Result<Range, &'static str> {
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [all] => one(all).map(|value| Range { low: value, likely: value, high: value }),
        [low, likely, high] => Ok(Range { low: one(low)?, likely: one(likely)?, high: one(high)? }),
        _ => Err("Write low/likely/high, such as 100000/350000/900000, or one number."),
    }
}

fn put_group(text: &str, groups: &mut Vec<CostGroup>) -> Result<(), Error> {
    let hint = "Write it like Web,machines=40,touch=30,automated=0,failed=5,retry=60,outage=120,price=450.";
    let mut parts = text.split(',');
    let name = parts.next().unwrap_or_default().trim();
    let place = groups.iter().position(|group| fold(&group.name) == fold(name)).unwrap_or_else(|| {
        groups.push(CostGroup { name: name.to_owned(), ..CostGroup::default() });
        groups.len() - 1
    });
    let group = &mut groups[place];
    for part in parts {
        let (key, value) =
            part.split_once('=').ok_or_else(|| input(format!("{part} cannot be read"), hint))?;
        let whole =
            || value.trim().parse::<i64>().map_err(|_| input(format!("{part} is no whole number"), hint));
        let share = || permille(value).map_err(|hint| input(format!("{part} cannot be read"), hint));
        match key.trim() {
            "machines" => group.machines = whole()?,
            "touch" => group.touch_minutes = whole()?,
            "automated" => group.automated_permille = share()?,
            "failed" => group.failed_permille = share()?,
            "retry" => group.retry_minutes = whole()?,
            "outage" => group.outage_minutes = whole()?,
            "price" => {
                let read = cents(value).map_err(|hint| input(format!("{part} cannot be read"), hint))?;
                group.outage_cents_an_hour = read;
            }
            other => return Err(input(format!("a group has no {other}"), hint)),
        }
    }
    Ok(())
}

fn judge(args: &JudgeArgs, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let case = find(engine.book(), &args.name)?.id;
    let (flag, question) = ("--judgement reasonable, with-changes or unreasonable", "what was made of it");
    args.told.whole(&[(args.judgement.is_some(), flag, question)], "judged it")?;
    let word = needed(args.judgement.as_deref(), flag, question)?;
    let judgement = Judgement::of_word(&word.replace('-', "_"))
        .filter(|judgement| *judgement != Judgement::Open)
        .ok_or_else(|| {
            input(format!("{word} is no judgement"), "Give reasonable, with-changes or unreasonable.")
        })?;
    let told = args.told.read(&engine, "judged it")?;
    let comment = args.comment.clone();
    run(&mut engine, Command::Case(CaseCommand::Judge { case, judgement, comment, told }), output)
}
