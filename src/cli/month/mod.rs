//! Months on the console: the list before a month is sealed, answers, seals, restatements, signatures, comparisons; and postures.

mod posture;
mod show;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::file::open;
use super::output::{Output, columns};
use super::people::{all_needed, input, needed, run};
use super::told::Told;
use crate::app::{Context, Error};
use crate::domain::book::Book;
use crate::domain::command::{Command, MonthCommand};
use crate::domain::month::close::{self, Point};
use crate::domain::month::standing::{seal_named, seal_of, seals_of, signatures};
use crate::domain::month::{Seal, Signature, SignatureId, name};
use crate::store::Access;
use crate::util::clock::{text_in, zone};
use crate::util::text::{counted, fold};

pub use posture::PostureAction;

/// What can be done with a month.
#[derive(Debug, Subcommand)]
pub enum MonthAction {
    /// List the months: sealed or not, with their figures
    List(show::List),
    /// Show the list before a month is sealed: what was found, what stops the seal
    Check(OfMonth),
    /// Answer a point of that list
    Answer(Answer),
    /// Freeze a month: its figures never change again
    Seal(SealArgs),
    /// Correct a sealed month by another seal; the first one stays
    Restate(Restate),
    /// Record a signature under a sealed month
    Sign(Box<Sign>),
    /// Take a signature back
    Unsign(Unsign),
    /// Show a month: its seal, or what is counted now
    Show(show::Show),
    /// Compare two sealed months or postures, machine by machine
    Compare(show::Compare),
}

/// A month of a register.
#[derive(Debug, clap::Args)]
pub struct OfMonth {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-11
    pub month: String,
}

/// Arguments of `month answer`.
#[derive(Debug, clap::Args)]
pub struct Answer {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-11
    pub month: String,
    /// The point: import, unmatched, stale, failures, waivers-expired, waivers-expiring, orphans, review, actions or signatures
    pub point: String,
    /// The answer; an empty one takes it back
    pub answer: String,
}

/// Arguments of `month seal`.
#[derive(Debug, clap::Args)]
pub struct SealArgs {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-11
    pub month: String,
    /// Three sentences on the month
    #[arg(long)]
    pub judgement: Option<String>,
}

/// Arguments of `month restate`.
#[derive(Debug, clap::Args)]
pub struct Restate {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-11
    pub month: String,
    /// What was wrong
    #[arg(long)]
    pub reason: Option<String>,
    /// Who approved the restatement
    #[arg(long, value_name = "NAME")]
    pub approved_by: Option<String>,
    /// Three sentences on the month as it comes out now
    #[arg(long)]
    pub judgement: Option<String>,
}

/// Arguments of `month sign`.
#[derive(Debug, clap::Args)]
#[command(mut_arg("by", |by| by.help("Who signed")))]
pub struct Sign {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-11
    pub month: String,
    /// What it means: Prepared, Reviewed or Accepted
    #[arg(long)]
    pub meaning: Option<String>,
    /// How it was told
    #[command(flatten)]
    pub told: Told,
}

/// Arguments of `month unsign`.
#[derive(Debug, clap::Args)]
pub struct Unsign {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-11
    pub month: String,
    /// What it means: Prepared, Reviewed or Accepted
    #[arg(long)]
    pub meaning: String,
    /// Who signed
    #[arg(long, value_name = "NAME")]
    pub by: String,
}

/// Does what was asked of a month.
pub(super) fn act(action: &MonthAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        MonthAction::List(args) => show::list(args, context, output),
        MonthAction::Check(args) => check(args, context, output),
        MonthAction::Answer(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let (month, answer) = (args.month.clone(), args.answer.clone());
            let item = args.point.replace('-', "_");
            run(&mut engine, Command::Month(MonthCommand::Answer { month, item, answer }), output)
        }
        MonthAction::Seal(args) => seal(args, context, output),
        MonthAction::Restate(args) => restate(args, context, output),
        MonthAction::Sign(args) => sign(args, context, output),
        MonthAction::Unsign(args) => unsign(args, context, output),
        MonthAction::Show(args) => show::show(args, context, output),
        MonthAction::Compare(args) => show::compare(args, context, output),
    }
}

/// Does what was asked of postures.
pub(super) fn posture(action: &PostureAction, context: &Context, output: &Output) -> Result<(), Error> {
    posture::act(action, context, output)
}

fn no_month(month: &str) -> Error {
    input(format!("{month} is no month that has begun"), "Write it like 2026-11.")
}

/// The seal that is named by its number, such as 2026-11.1; nothing for the plain name of a month.
fn numbered<'b>(book: &'b Book, month: &str) -> Result<Option<&'b Seal>, Error> {
    let Some((plain, _)) = month.split_once('.') else { return Ok(None) };
    if let Some(seal) = seal_named(book, month) {
        return Ok(Some(seal));
    }
    let keys: Vec<String> = seals_of(book, plain).into_iter().map(Seal::key).collect();
    let hint = if keys.is_empty() {
        "Name a sealed month, such as 2026-11.".to_owned()
    } else {
        format!("There are: {}.", keys.join(", "))
    };
    Err(input(format!("{month} is no seal of the register"), &hint))
}

/// The newest seal of a month, or the one that is named by its number.
fn sealed<'b>(book: &'b Book, month: &str) -> Result<&'b Seal, Error> {
    if let Some(seal) = numbered(book, month)? {
        return Ok(seal);
    }
    seal_of(book, month).ok_or_else(|| {
        input(format!("{} is not sealed", name::text(month)), "Seal it first: patchbook-cli month seal.")
    })
}

fn check(args: &OfMonth, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let now = engine.context().clock.now_at();
    let points = close::list(engine.book(), &args.month, now).ok_or_else(|| no_month(&args.month))?;
    let stopping = close::stopping(&points).len() as u64;
    let rows: Vec<Vec<String>> = points.iter().map(row).collect();
    let mut text = columns(&["Point", "State", "Found", "Answer"], &rows);
    for point in points.iter().filter(|point| point.exception && !point.found.is_empty()) {
        let _infallible = write!(text, "\n\n{}:\n  {}", point.item.text(), point.found.join("\n  "));
    }
    let verdict = match seals_of(engine.book(), &args.month).last() {
        Some(seal) => {
            let at = text_in(zone(&engine.book().shop.zone), seal.sealed_at);
            format!("Sealed on {at}, SHA-256 {}.", seal.sha256)
        }
        None if stopping == 0 => "Nothing stops the seal.".to_owned(),
        None => {
            let next = close::stopping(&points).first().map(|point| answer_hint(args, point));
            let stops = counted(stopping, "point stops", "points stop");
            format!("{stops} the seal. The first is answered with: {}", next.unwrap_or_default())
        }
    };
    let _infallible = write!(text, "\n\n{verdict}");
    let values: Vec<Value> = points.iter().map(value).collect();
    output.result(&text, &json!({ "month": args.month, "points": values, "stopping": stopping }));
    Ok(())
}

/// The command that answers a point.
fn answer_hint(of: &OfMonth, point: &Point) -> String {
    let (file, item) = (of.file.display(), point.item.word().replace('_', "-"));
    format!("patchbook-cli month answer {file} {} {item} \"...\"", of.month)
}

fn row(point: &Point) -> Vec<String> {
    let state = match (point.exception, &point.answer) {
        (false, _) => "fine",
        (true, Some(_)) => "answered",
        (true, None) if point.outdated => "answer again",
        (true, None) => "exception",
    };
    let answer =
        point.answer.as_ref().map_or_else(String::new, |row| format!("{} ({})", row.answer, row.answered_by));
    vec![point.item.word().replace('_', "-"), state.to_owned(), point.summary.clone(), answer]
}

fn value(point: &Point) -> Value {
    json!({
        "point": point.item.word(), "exception": point.exception, "stops": point.stops(), "summary": point.summary,
        "found": point.found, "answer": point.answer.as_ref().map(|row| row.answer.clone()),
    })
}

fn seal(args: &SealArgs, context: &Context, output: &Output) -> Result<(), Error> {
    let judgement = needed(args.judgement.as_ref(), "--judgement", "three sentences on the month")?.clone();
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let month = args.month.clone();
    let command = MonthCommand::Seal { month, judgement, recorded_by: Vec::new() };
    let of = OfMonth { file: args.file.clone(), month: args.month.clone() };
    run_and_show(&mut engine, command, &args.month, output).map_err(|mut error| {
        let now = engine.context().clock.now_at();
        if error.issues.iter().any(|issue| issue.field == "answered") {
            let points = close::list(engine.book(), &of.month, now).unwrap_or_default();
            error.hints.push(format!(
                "See what was found: patchbook-cli month check {} {}",
                of.file.display(),
                of.month
            ));
            error.hints.extend(close::stopping(&points).into_iter().map(|point| answer_hint(&of, point)));
        }
        error
    })
}

fn restate(args: &Restate, context: &Context, output: &Output) -> Result<(), Error> {
    let question = "three sentences on the month as it comes out now";
    all_needed(&[
        (args.reason.is_some(), "--reason", "what was wrong"),
        (args.approved_by.is_some(), "--approved-by", "who approved it"),
        (args.judgement.is_some(), "--judgement", question),
    ])?;
    let reason = needed(args.reason.as_ref(), "--reason", "what was wrong")?.clone();
    let approved_by = needed(args.approved_by.as_ref(), "--approved-by", "who approved it")?.clone();
    let judgement = needed(args.judgement.as_ref(), "--judgement", question)?.clone();
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let former = sealed(engine.book(), &args.month)?;
    let (seal, month) = (former.id, former.month.clone());
    let command = MonthCommand::Restate { seal, reason, approved_by, judgement, recorded_by: Vec::new() };
    run_and_show(&mut engine, command, &month, output)
}

/// Runs a command that seals and says the digest.
fn run_and_show(
    engine: &mut crate::app::Engine,
    command: MonthCommand,
    month: &str,
    output: &Output,
) -> Result<(), Error> {
    let done = engine.run(Command::Month(command), &super::output::progress())?;
    let seal = sealed(engine.book(), month)?;
    let at = text_in(zone(&engine.book().shop.zone), seal.as_of_at);
    let text = format!("{} as of {at} (entry {})\nSHA-256 {}", done.label, done.entry, seal.sha256);
    let value =
        json!({ "label": done.label, "entry": done.entry, "number": seal.number, "sha256": seal.sha256 });
    output.result(&text, &value);
    Ok(())
}

fn sign(args: &Sign, context: &Context, output: &Output) -> Result<(), Error> {
    let question = "what the signature means";
    args.told.whole(&[(args.meaning.is_some(), "--meaning", question)], "signed")?;
    let meaning = needed(args.meaning.as_ref(), "--meaning", question)?.clone();
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let told = args.told.read(&engine, "signed")?;
    let (evidence_name, evidence_sha256) = told.evidence.unwrap_or_default();
    let signature = Signature {
        id: SignatureId(0),
        seal: sealed(engine.book(), &args.month)?.id,
        meaning,
        name: told.by,
        function: told.function,
        medium: told.medium,
        signed_at: told.at,
        recorded_at: told.at,
        recorded_by: String::new(),
        evidence_name,
        evidence_sha256,
        voided_at: None,
    };
    run(&mut engine, Command::Month(MonthCommand::Sign(Box::new(signature))), output)
}

fn unsign(args: &Unsign, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let seal = sealed(engine.book(), &args.month)?.id;
    let found = signatures(engine.book(), seal)
        .into_iter()
        .find(|row| fold(&row.meaning) == fold(&args.meaning) && fold(&row.name) == fold(&args.by));
    let id = found.map(|row| row.id).ok_or_else(|| {
        input(
            format!("{} has not signed this as {}", args.by, args.meaning),
            "See who has: patchbook-cli month show.",
        )
    })?;
    run(&mut engine, Command::Month(MonthCommand::VoidSignature(id)), output)
}
