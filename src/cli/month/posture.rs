//! Postures on the console: take, list, show, compare.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::{sealed, show};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::{all_needed, input, run};
use crate::domain::command::{Command, MonthCommand};
use crate::domain::month::Posture;
use crate::domain::month::canonical::verify_posture;
use crate::domain::month::standing::{baseline, postures};
use crate::store::Access;
use crate::util::clock::{text_in, zone};
use crate::util::text::fold;

/// What can be done with postures.
#[derive(Debug, Subcommand)]
pub enum PostureAction {
    /// Take a posture: four parts in words, the figures and machines of now or of a sealed month
    Take(Box<Take>),
    /// List them, the newest first
    List(OfFile),
    /// Show one
    Show(Named),
    /// Compare two postures or sealed months, machine by machine
    Compare(show::Compare),
}

/// A register.
#[derive(Debug, clap::Args)]
pub struct OfFile {
    /// The register
    pub file: PathBuf,
}

/// A posture of a register.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// The register
    pub file: PathBuf,
    /// Its name
    pub name: String,
}

/// Arguments of `posture take`.
#[derive(Debug, clap::Args)]
pub struct Take {
    /// The register
    pub file: PathBuf,
    /// Its name, such as "Spring 2027"
    pub name: String,
    /// What threatens the shop
    #[arg(long)]
    pub threat: Option<String>,
    /// What must be protected
    #[arg(long)]
    pub protection: Option<String>,
    /// What is protected: sites, systems, people
    #[arg(long)]
    pub environment: Option<String>,
    /// Which defences there are, and in what state
    #[arg(long)]
    pub defence: Option<String>,
    /// The sealed month it goes with, such as 2026-11: its figures are taken
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    /// It becomes the baseline in the place of the one there is
    #[arg(long)]
    pub new_baseline: bool,
}

pub(super) fn act(action: &PostureAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        PostureAction::Take(args) => take(args, context, output),
        PostureAction::List(args) => list(args, context, output),
        PostureAction::Show(args) => show_one(args, context, output),
        PostureAction::Compare(args) => show::compare(args, context, output),
    }
}

fn take(args: &Take, context: &Context, output: &Output) -> Result<(), Error> {
    let given = [&args.threat, &args.protection, &args.environment, &args.defence];
    let [threat, protection, environment, defence] = given.map(Option::is_some);
    all_needed(&[
        (threat, "--threat", "what threatens the shop"),
        (protection, "--protection", "what must be protected"),
        (environment, "--environment", "what is protected"),
        (defence, "--defence", "which defences there are"),
    ])?;
    let parts = given.map(|text| text.clone().unwrap_or_default());
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let seal =
        args.month.as_deref().map(|month| sealed(engine.book(), month)).transpose()?.map(|seal| seal.id);
    let known = baseline(engine.book()).map(|posture| posture.id);
    if args.new_baseline && known.is_none() {
        return Err(input(
            "there is no baseline yet".to_owned(),
            "Leave --new-baseline out: the first posture after a catch-up becomes the baseline by itself.",
        ));
    }
    let baseline_instead_of = known.filter(|_| args.new_baseline);
    let name = args.name.clone();
    run(&mut engine, Command::Month(MonthCommand::Posture { name, parts, seal, baseline_instead_of }), output)
}

fn list(args: &OfFile, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let found = postures(book);
    let is_baseline = |posture: &Posture| baseline(book).is_some_and(|known| known.id == posture.id);
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|posture| {
            let at = text_in(zone(&book.shop.zone), posture.taken_at);
            let mark = if is_baseline(posture) { "baseline" } else { "" };
            vec![posture.name.clone(), at, posture.taken_by.clone(), mark.to_owned(), posture.sha256.clone()]
        })
        .collect();
    let text = if rows.is_empty() {
        "No posture was taken yet. Take one: patchbook-cli posture take FILE NAME.".to_owned()
    } else {
        columns(&["Name", "As of", "Taken by", "", "SHA-256"], &rows)
    };
    let value = |posture: &&Posture| {
        json!({ "name": posture.name, "taken_at": posture.taken_at, "baseline": is_baseline(posture),
                "sha256": posture.sha256 })
    };
    output.result(&text, &Value::Array(found.iter().map(value).collect()));
    Ok(())
}

fn show_one(args: &Named, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let posture =
        book.postures.iter().find(|posture| fold(&posture.name) == fold(&args.name)).ok_or_else(|| {
            input(
                format!("there is no posture {}", args.name),
                "See which there are: patchbook-cli posture list.",
            )
        })?;
    let rows: Vec<Vec<String>> = posture
        .figures
        .iter()
        .filter(|figure| !figure.id.contains('/'))
        .map(|figure| vec![figure.id.clone(), figure.name.clone(), figure.text.clone()])
        .collect();
    let verdict = if verify_posture(posture) { "as it was taken" } else { "NOT as it was taken" };
    let text = format!(
        "{}{}, as of {}, taken by {}\nSHA-256 {}; the digest shows it {verdict}\n\nThreat model: {}\nProtection: {}\n\
         Environment: {}\nDefences: {}\n\n{}",
        posture.name,
        if posture.baseline { " (baseline)" } else { "" },
        text_in(zone(&book.shop.zone), posture.taken_at),
        posture.taken_by,
        posture.sha256,
        posture.threat,
        posture.protection,
        posture.environment,
        posture.defence,
        columns(&["Id", "Figure", "Value"], &rows)
    );
    let value = serde_json::to_value(posture).unwrap_or_default();
    output.result(&text, &value);
    Ok(())
}
