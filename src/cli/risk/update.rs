//! `update`: list what is owed, show an update with everything known of it, rate it, confirm bundles.
//! `update`: the updates with their rank and its reasons, rating, bundles, releases to expect.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::{At, done, run, update_named};
use crate::app::{Engine, Error};
use crate::cli::change::value::wrong;
use crate::cli::output::columns;
use crate::domain::command::{Command, RiskCommand};
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::gate::Go;
use crate::domain::gate::rule::{GateState, conflicts_of, domains_of, state};
use crate::domain::rating::Rank;
use crate::domain::risk::{Dossiers, RankBasis, bundles, course, ratings_of, suggestion};
use crate::domain::stamp::instant;
use crate::store::Access;
use crate::util::clock::{day_in, day_text, text_in, zone};
use serde_json::json;

use super::list;
use crate::app::{Context, Engine, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::{input, needed, run};
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
    /// List the updates that somebody owes, the most urgent first
    List {
        /// The register
        file: PathBuf,
        /// Also what nobody owes
        #[arg(long)]
        all: bool,
    },
    /// Show an update: rank with every reason, threat data, who owes it, decisions, known conflicts
    Show {
        /// The register
        file: PathBuf,
        /// Its KB, such as KB5036892
        kb: String,
        /// Which of several products of one KB
        #[arg(long, value_name = "WORDS")]
        product: Option<String>,
    },
    /// Set the rank of an update against or with the suggestion
    Rate {
        /// The register
        file: PathBuf,
        /// Its KB, such as KB5036892
        kb: String,
        /// severe, high, medium or low
        rank: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Which of several products of one KB
        #[arg(long, value_name = "WORDS")]
        product: Option<String>,
    },
    /// List the bundles that are to be rated, or confirm one
    Confirm {
        /// The register
        file: PathBuf,
        /// The bundle as it is listed; without it the bundles are listed
        bundle: Option<String>,
        /// Which rank, where a bundle's name comes with several
        #[arg(long, value_name = "RANK")]
        rank: Option<String>,
    },
}

pub(in crate::cli) fn act(action: &UpdateAction, at: At<'_>) -> Result<(), Error> {
    match action {
        UpdateAction::List { file, all } => list(&open(file, Access::ReadOnly, at)?, *all, at),
        UpdateAction::Show { file, kb, product } => {
            show(&open(file, Access::ReadOnly, at)?, kb, product.as_deref(), at)
        }
        UpdateAction::Rate { file, kb, rank, reason, product } => {
            let mut engine = open(file, Access::Write, at)?;
            let update = update_named(engine.book(), kb, product.as_deref())?.id;
            let command = Command::SetRank { update, rank: rank_of(rank)?, reason: reason.clone() };
            done(&mut engine, command, at.output)
        }
        UpdateAction::Confirm { file, bundle, rank } => confirm(file, bundle.as_deref(), rank.as_deref(), at),
    }
}

fn open(file: &std::path::Path, access: Access, at: At<'_>) -> Result<Engine, Error> {
    crate::cli::file::open(file, access, at.context, at.output)
}

fn rank_of(text: &str) -> Result<Rank, Error> {
    Rank::of_word(text)
        .ok_or_else(|| wrong(format!("{text} is no rank"), "Ranks are severe, high, medium, low."))
}

/// Who owes an update: open, overdue, the earliest due date and the rule that set it.
struct Owed {
    open: usize,
    overdue: usize,
    due_at: Option<i64>,
    rule: String,
}

fn owed(view: &View<'_>, update: u32) -> Owed {
    let mut owed = Owed { open: 0, overdue: 0, due_at: None, rule: String::new() };
    let Some(block) = view.block(update).filter(|_| view.duties[update as usize].counts) else { return owed };
    let mut first = NEVER;
    for position in 0..block.assets.len() {
        let Some(verdict) = view.judge(update, block, position) else { continue };
        let counts = view.subjects.list[verdict.asset as usize].counts;
        if !counts || !verdict.required || verdict.kind != Kind::Open {
            continue;
        }
        owed.open += 1;
        owed.overdue += usize::from(verdict.past_due(view.at) && !verdict.waived);
        if verdict.due < first {
            first = verdict.due;
            owed.due_at = Some(instant(verdict.due));
            view.rule_text(verdict.rule).clone_into(&mut owed.rule);
        }
    }
    owed
}

fn list(engine: &Engine, all: bool, at: At<'_>) -> Result<(), Error> {
    let book = engine.book();
    let view = View::new(book, engine.context().clock.now_at());
    let zone = zone(&book.shop.zone);
    let mut found: Vec<(Rank, i64, Vec<String>, Value)> = Vec::new();
    for (place, update) in book.updates.rows().iter().enumerate() {
        let owed = owed(&view, place as u32);
        if owed.open == 0 && !all {
            continue;
        }
        let rank = view.rank(place as u32);
        let due = owed.due_at.map_or_else(|| "-".to_owned(), |at| day_text(day_in(zone, at)));
        let row = vec![
            update.short_name(),
            rank.text().to_owned(),
            owed.open.to_string(),
            owed.overdue.to_string(),
            due,
            owed.rule.clone(),
            update.title.chars().take(60).collect(),
        ];
        let value = json!({
            "kb": update.kbs, "title": update.title, "rank": rank.word(), "open": owed.open,
            "overdue": owed.overdue, "first_due_at": owed.due_at, "rule": owed.rule,
        });
        found.push((rank, owed.due_at.unwrap_or(i64::MAX), row, value));
    }
    found.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
    let rows: Vec<Vec<String>> = found.iter().map(|row| row.2.clone()).collect();
    let text = if rows.is_empty() {
        "Nobody owes an update of a covered class.".to_owned()
    } else {
        columns(&["Update", "Rank", "#Open", "#Overdue", "First due", "By the rule", "Title"], &rows)
    };
    at.output.result(&text, &Value::Array(found.into_iter().map(|row| row.3).collect()));
    Ok(())
}

fn show(engine: &Engine, kb: &str, product: Option<&str>, at: At<'_>) -> Result<(), Error> {
    let book = engine.book();
    let update = update_named(book, kb, product)?;
    let now = engine.context().clock.now_at();
    let view = View::new(book, now);
    let dossiers = Dossiers::new(book, now);
    let place = book.updates.place(update.id.0).unwrap_or_default();
    let dossier = dossiers.at(update, now);
    let course = course(update, &dossiers, &ratings_of(&view, update));
    let suggested = suggestion(&view, &dossiers, place);
    let (owed, shop_zone) = (owed(&view, place), zone(&book.shop.zone));
    let basis = match course.steps.last().map(|step| &step.basis) {
        Some(RankBasis::Rated(rating)) => format!("rated: {}", rating.reason),
        Some(RankBasis::Raised(reason)) => format!("raised by a fact since it was rated: {reason}"),
        _ => "suggested, nobody has confirmed it".to_owned(),
    };
    let mut text = String::new();
    let mut say = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    say(format!("{}  {}", update.short_name(), update.title));
    say(format!("Rank      {} ({basis})", course.rank().text()));
    say(format!("Suggested {}", suggested.rank.text()));
    suggested.reasons.iter().for_each(|reason| say(format!("          - {}", reason.text)));
    say(format!("Mends     {}", counted(dossier.cves.len() as u64, "vulnerability", "vulnerabilities")));
    let due = owed
        .due_at
        .map_or_else(String::new, |at| format!(", first due {} by {}", text_in(shop_zone, at), owed.rule));
    say(format!(
        "Owed by   {}, {} overdue{due}",
        counted(owed.open as u64, "machine", "machines"),
        owed.overdue
    ));
    let mut gates = Vec::new();
    for domain in domains_of(book, update.id) {
        let words = match state(book, domain, update, course.rank(), now) {
            GateState::Skipped => "severe: goes without a decision".to_owned(),
            GateState::Decided(row) => {
                format!("{}, {} as {}: {}", row.decision.text(), row.decided_by, row.function, row.reason)
            }
            GateState::GoesUnless(by) => format!("goes unless objected to by {}", text_in(shop_zone, by)),
            GateState::WentSilently(by) => format!("went without objection by {}", text_in(shop_zone, by)),
            GateState::Waiting => "waits for a decision".to_owned(),
        };
        say(format!("Go/no-go  {}: {words}", domain.name));
        gates.push(json!({ "domain": domain.name, "state": words }));
    }
    let conflicts = conflicts_of(book, update);
    for conflict in &conflicts {
        say(format!("Conflict  {}: {} Helped: {}", conflict.product, conflict.what, conflict.remedy));
    }
    let against = view.contradictions().into_iter().filter(|row| row.update == place);
    let contradicted: Vec<&str> = against
        .filter_map(|row| book.assets.rows().get(row.asset as usize))
        .map(|a| a.name.as_str())
        .collect();
    if !contradicted.is_empty() {
        say(format!("A scanner says missing where a source says installed: {}", contradicted.join(", ")));
    }
    let value = json!({
        "kb": update.kbs, "title": update.title, "rank": course.rank().word(), "basis": basis,
        "suggested": suggested.rank.word(), "reasons": suggested.texts(), "cves": dossier.cves,
        "open": owed.open, "overdue": owed.overdue, "first_due_at": owed.due_at, "rule": owed.rule,
        "gates": gates, "contradicted": contradicted,
        "conflicts": conflicts.iter().map(|c| json!({ "product": c.product, "what": c.what })).collect::<Vec<_>>(),
    });
    at.output.result(&text, &value);
    Ok(())
}

fn confirm(file: &std::path::Path, name: Option<&str>, rank: Option<&str>, at: At<'_>) -> Result<(), Error> {
    let access = if name.is_some() { Access::Write } else { Access::ReadOnly };
    let mut engine = open(file, access, at)?;
    let found = bundles(&View::new(engine.book(), engine.context().clock.now_at()));
    let Some(name) = name else {
        let row = |b: &crate::domain::risk::Bundle| {
            let first = b.reasons.first().cloned().unwrap_or_default();
            vec![b.name.clone(), b.rank.text().to_owned(), b.updates.len().to_string(), first]
        };
        let rows: Vec<Vec<String>> = found.iter().map(row).collect();
        let text = if rows.is_empty() {
            "Nothing is to be rated.".to_owned()
        } else {
            columns(&["Bundle", "Suggested", "#Updates", "First reason"], &rows)
        };
        let value = found
            .iter()
            .map(|b| json!({ "bundle": b.name, "rank": b.rank.word(), "updates": b.updates.len() }));
        at.output.result(&text, &Value::Array(value.collect()));
        return Ok(());
    };
    let wanted = rank.map(rank_of).transpose()?;
    let fits = |b: &&crate::domain::risk::Bundle| {
        fold(&b.name) == fold(name) && wanted.is_none_or(|rank| b.rank == rank)
    };
    let chosen: Vec<_> = found.iter().filter(fits).collect();
    let [bundle] = chosen.as_slice() else {
        return Err(wrong(
            format!("{} bundles are called {name}", chosen.len()),
            "List them with patchbook-cli update confirm FILE; say which with --rank.",
        ));
    };
    let (updates, bundle) = (bundle.updates.clone(), bundle.name.clone());
    run(&mut engine, RiskCommand::Confirm { updates, bundle }, at.output)
}

/// The word of a decision.
pub(super) fn go_of(text: &str) -> Result<Go, Error> {
    Go::of_word(&text.replace('-', "_"))
        .ok_or_else(|| wrong(format!("{text} is no decision"), "Decisions are go, no-go, wait."))
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
