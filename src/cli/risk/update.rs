//! `update`: the updates with their rank and its reasons, rating, bundles, releases to expect.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::list;
use crate::app::{Context, Engine, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::{all_needed, input, needed, run};
use crate::domain::command::{Command, RiskCommand};
use crate::domain::compliance::view::View;
use crate::domain::gate::rule::upcoming;
use crate::domain::rating::Rank;
use crate::domain::risk::{Bundle, bundles};
use crate::store::Access;
use crate::util::clock::{iso, text_in, zone};
use crate::util::text::{counted, fold};

/// What can be done with updates.
#[derive(Debug, Subcommand)]
pub enum UpdateAction {
    /// List the updates with their rank, what is known against them, and how many machines owe them
    List(List),
    /// Show one update: rank and reasons, vulnerabilities, ratings, go or no-go, needs, conflicts
    Show(Show),
    /// Set the rank of one update, with the reason
    Rate(Rate),
    /// Confirm suggested ranks in bundles by product and month; without a bundle, list what is to confirm
    Confirm(Confirm),
    /// List where a scanner says missing and a source says installed
    Contradictions {
        /// The register
        file: PathBuf,
    },
    /// List the releases to expect
    Ahead {
        /// The register
        file: PathBuf,
        /// How far ahead
        #[arg(long, value_name = "DAYS", default_value_t = 45)]
        days: i64,
    },
}

/// Arguments of `update list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// Only of this rank: severe, high, medium, low
    #[arg(long)]
    pub rank: Option<String>,
    /// Only those whose title, KB or product holds this text
    #[arg(long, default_value = "")]
    pub search: String,
    /// Also what no machine owes
    #[arg(long)]
    pub all: bool,
}

/// Arguments of `update show`.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The register
    pub file: PathBuf,
    /// Its KB, such as KB5036892, its `UpdateId` or its title
    pub update: String,
    /// Only of this product, where a KB is for several
    #[arg(long, value_name = "TEXT")]
    pub product: Option<String>,
}

/// Arguments of `update rate`.
#[derive(Debug, clap::Args)]
pub struct Rate {
    /// The register
    pub file: PathBuf,
    /// Its KB, such as KB5036892, its `UpdateId` or its title
    pub update: String,
    /// Only of this product, where a KB is for several
    #[arg(long, value_name = "TEXT")]
    pub product: Option<String>,
    /// severe, high, medium or low
    #[arg(long)]
    pub rank: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: Option<String>,
}

/// Arguments of `update confirm`.
#[derive(Debug, clap::Args)]
pub struct Confirm {
    /// The register
    pub file: PathBuf,
    /// The bundle, such as "Windows 11, November 2026"; every rank in it unless one is named
    pub bundle: Option<String>,
    /// Only the bundle of this suggested rank
    #[arg(long)]
    pub rank: Option<String>,
    /// Instead of a bundle: this update by its KB; may be given more than once
    #[arg(long, value_name = "KB", conflicts_with = "bundle")]
    pub update: Vec<String>,
}

pub(in crate::cli) fn act(action: &UpdateAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        UpdateAction::List(args) => list::list(args, context, output),
        UpdateAction::Show(args) => list::show(args, context, output),
        UpdateAction::Rate(args) => rate(args, context, output),
        UpdateAction::Confirm(args) => confirm(args, context, output),
        UpdateAction::Contradictions { file } => list::contradictory(file, context, output),
        UpdateAction::Ahead { file, days } => ahead(file, *days, context, output),
    }
}

pub(super) fn rank_of(text: &str) -> Result<Rank, Error> {
    let rank = Rank::of_word(&fold(text));
    rank.ok_or_else(|| input(format!("{text} is no rank"), "Ranks are severe, high, medium, low."))
}

fn rate(args: &Rate, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let update = super::update(engine.book(), &args.update, args.product.as_deref())?.id;
    all_needed(&[
        (args.rank.is_some(), "--rank RANK", "the rank"),
        (args.reason.is_some(), "--reason TEXT", "why it has this rank"),
    ])?;
    let rank = rank_of(needed(args.rank.as_ref(), "--rank RANK", "the rank")?)?;
    let reason = needed(args.reason.as_ref(), "--reason TEXT", "why it has this rank")?.clone();
    run(&mut engine, Command::SetRank { update, rank, reason }, output)
}

fn confirm(args: &Confirm, context: &Context, output: &Output) -> Result<(), Error> {
    if args.bundle.is_none() && args.update.is_empty() {
        return to_confirm(&args.file, context, output);
    }
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let wanted = args.rank.as_deref().map(rank_of).transpose()?;
    let mut updates = Vec::new();
    for name in &args.update {
        updates.extend(super::updates(book, name, None)?.into_iter().map(|update| update.id));
    }
    if let Some(name) = &args.bundle {
        let fits = |bundle: &&Bundle| {
            fold(&bundle.name) == fold(name) && wanted.is_none_or(|rank| rank == bundle.rank)
        };
        let found = bundles(&view(&engine));
        updates.extend(found.iter().filter(fits).flat_map(|bundle| bundle.updates.iter().copied()));
        if updates.is_empty() {
            let hint = "See what is to confirm: patchbook-cli update confirm FILE.";
            return Err(input(format!("nothing is to confirm in {name}"), hint));
        }
    }
    let bundle = args.bundle.clone().unwrap_or_default();
    run(&mut engine, Command::Risk(RiskCommand::Confirm { updates, bundle }), output)
}

/// The register as it stands now.
pub(super) fn view(engine: &Engine) -> View<'_> {
    View::new(engine.book(), engine.context().clock.now_at())
}

fn to_confirm(file: &std::path::Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let found = bundles(&view(&engine));
    let mut lines = Vec::new();
    let mut values = Vec::new();
    for bundle in &found {
        let names: Vec<String> = bundle
            .updates
            .iter()
            .filter_map(|id| engine.book().updates.get(id.0))
            .map(crate::domain::update::Update::short_name)
            .collect();
        let count = counted(names.len() as u64, "update", "updates");
        lines.push(format!("{}: {}, {count}: {}", bundle.name, bundle.rank.text(), names.join(", ")));
        lines.extend(bundle.reasons.iter().map(|reason| format!("  {reason}")));
        values.push(json!({ "bundle": bundle.name, "rank": bundle.rank.word(), "updates": names,
                            "reasons": bundle.reasons }));
    }
    if lines.is_empty() {
        lines.push("Nothing is to confirm: every update that somebody owes is rated.".to_owned());
    }
    output.result(&lines.join("\n"), &json!(values));
    Ok(())
}

fn ahead(file: &std::path::Path, days: i64, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let zone = zone(&book.shop.zone);
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for release in upcoming(book, engine.context().clock.now_at(), days) {
        let Some(at) = release.at else { continue };
        let mark = if release.unconfirmed { "unconfirmed" } else { "" };
        let name = release.name();
        values.push(json!({ "at": iso(at), "what": name, "reason": release.reason,
                            "unconfirmed": release.unconfirmed }));
        rows.push(vec![text_in(zone, at), name, release.reason, mark.to_owned()]);
    }
    let text = if rows.is_empty() {
        format!("No release is expected within {days} days.")
    } else {
        columns(&["When", "What", "Moved because", ""], &rows)
    };
    output.result(&text, &json!(values));
    Ok(())
}
