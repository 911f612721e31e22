//! `gate`: go or no-go, with risk and cost beside it.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::tech_domain;
use super::update::view;
use crate::app::{Context, Engine, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::{day, input, needed, run};
use crate::cli::told::Told;
use crate::domain::book::Book;
use crate::domain::case::money::cents;
use crate::domain::command::{Command, RiskCommand};
use crate::domain::compliance::rule::NEVER;
use crate::domain::gate::rule::{domains_of, state};
use crate::domain::gate::{Go, GoDecision, GoDecisionId, TechDomain};
use crate::domain::update::Update;
use crate::store::Access;
use crate::util::clock::{iso, text_in, zone};
use crate::util::text::fold;

/// What can be done with decisions.
#[derive(Debug, Subcommand)]
pub enum GateAction {
    /// List where the updates stand in the technology domains of their machines
    List(List),
    /// Record a go, a no-go or a wait
    Decide(Box<Decide>),
    /// Take the newest decision on an update in a domain back
    Void(Void),
}

/// Arguments of `gate list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// Only this technology domain
    #[arg(long, value_name = "NAME")]
    pub domain: Option<String>,
    /// Only what may not go yet
    #[arg(long)]
    pub waiting: bool,
    /// The decisions themselves, those taken back included
    #[arg(long, conflicts_with = "waiting")]
    pub decisions: bool,
}

/// Arguments of `gate decide`.
#[derive(Debug, clap::Args)]
#[command(mut_arg("by", |by| by.help("Who decided; who decides for the domain if absent")))]
#[command(mut_arg("function", |function| function.help("As what they decided; the person's function if absent")))]
pub struct Decide {
    /// The register
    pub file: PathBuf,
    /// The technology domain
    pub domain: String,
    /// go, no-go or wait
    pub decision: String,
    /// The updates by their KB; every update of a KB is meant
    #[arg(required = true)]
    pub updates: Vec<String>,
    /// Why
    #[arg(long)]
    pub reason: Option<String>,
    /// What may happen while it is not deployed
    #[arg(long, default_value = "")]
    pub risk: String,
    /// What deploying costs, in the shop's currency, such as 1200.50
    #[arg(long, value_name = "AMOUNT")]
    pub cost: Option<String>,
    /// What it takes, in minutes of work
    #[arg(long, value_name = "MINUTES")]
    pub work: Option<i64>,
    /// An outage is needed, best taken then
    #[arg(long, value_name = "WHEN")]
    pub outage: Option<String>,
    /// Until when to wait
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// How it was told
    #[command(flatten)]
    pub told: Told,
}

/// Arguments of `gate void`.
#[derive(Debug, clap::Args)]
pub struct Void {
    /// The register
    pub file: PathBuf,
    /// The technology domain
    pub domain: String,
    /// The update by its KB
    pub update: String,
    /// Only of this product, where a KB is for several
    #[arg(long, value_name = "TEXT")]
    pub product: Option<String>,
}

pub(in crate::cli) fn act(action: &GateAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        GateAction::List(args) if args.decisions => decisions(args, context, output),
        GateAction::List(args) => list(args, context, output),
        GateAction::Decide(args) => decide(args, context, output),
        GateAction::Void(args) => void(args, context, output),
    }
}

fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let wanted = args.domain.as_deref().map(|name| tech_domain(book, name)).transpose()?;
    let (view, zone) = (view(&engine), zone(&book.shop.zone));
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for (place, update) in book.updates.rows().iter().enumerate() {
        let duty = &view.duties[place];
        if !duty.counts || duty.left != NEVER {
            continue;
        }
        for domain in domains_of(book, update.id) {
            let standing = state(book, domain, update, duty.rank, view.as_of_at);
            let other = wanted.is_some_and(|wanted| wanted.id != domain.id);
            if other || (args.waiting && standing.may_go()) {
                continue;
            }
            let text = standing.text(zone);
            values.push(json!({ "domain": domain.name, "update": update.short_name(), "title": update.title,
                                "rank": duty.rank.word(), "state": standing.word(), "text": text,
                                "may_go": standing.may_go() }));
            rows.push(vec![domain.name.clone(), update.short_name(), duty.rank.text().to_owned(), text]);
        }
    }
    let text = if rows.is_empty() {
        "No update of the register waits in a technology domain.".to_owned()
    } else {
        columns(&["Domain", "Update", "Rank", "State"], &rows)
    };
    output.result(&text, &json!(values));
    Ok(())
}

fn decisions(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let wanted = args.domain.as_deref().map(|name| tech_domain(book, name)).transpose()?;
    let of = |row: &&GoDecision| wanted.is_none_or(|domain| domain.id == row.domain);
    let mut found: Vec<&GoDecision> = book.go_decisions.iter().filter(of).collect();
    found.sort_by_key(|row| std::cmp::Reverse((row.recorded_at, row.id)));
    let mut lines: Vec<String> = found.iter().map(|row| sentence(book, row)).collect();
    let values: Vec<Value> = found.iter().map(|row| value(book, row)).collect();
    if lines.is_empty() {
        lines.push("No decision is recorded. Record one: patchbook-cli gate decide.".to_owned());
    }
    output.result(&lines.join("\n"), &json!(values));
    Ok(())
}

fn names(book: &Book, row: &GoDecision) -> Vec<String> {
    row.updates.iter().filter_map(|id| book.updates.get(id.0)).map(Update::short_name).collect()
}

fn sentence(book: &Book, row: &GoDecision) -> String {
    let zone = zone(&book.shop.zone);
    let domain = book.domains.get(row.domain.0).map_or("?", |domain| domain.name.as_str());
    let mut parts = vec![format!("{}: {}", row.decision.text(), row.reason)];
    if let Some(day) = row.wait_until_on {
        parts.push(format!("until {}", crate::util::clock::day_text(day)));
    }
    if !row.risk.is_empty() {
        parts.push(format!("risk of not deploying: {}", row.risk));
    }
    if let Some(cents) = row.cost_cents {
        parts.push(format!("cost {}.{:02}", cents / 100, cents % 100));
    }
    if let Some(minutes) = row.cost_minutes {
        parts.push(format!("{minutes} minutes of work"));
    }
    if row.outage {
        parts.push(format!("outage {}", row.outage_when));
    }
    let void = row.voided_at.map(|at| format!(", taken back {}", text_in(zone, at))).unwrap_or_default();
    format!(
        "{domain}, {}: {}. Decided by {} ({}) on {} {}{void}",
        names(book, row).join(", "),
        parts.join("; "),
        row.decided_by,
        row.function,
        text_in(zone, row.decided_at),
        row.told_text()
    )
}

fn value(book: &Book, row: &GoDecision) -> Value {
    json!({
        "domain": book.domains.get(row.domain.0).map(|domain| domain.name.clone()), "updates": names(book, row),
        "decision": row.decision.word(), "reason": row.reason, "risk": row.risk, "cost_cents": row.cost_cents,
        "cost_minutes": row.cost_minutes, "outage": row.outage, "outage_when": row.outage_when,
        "wait_until_on": row.wait_until_on, "decided_by": row.decided_by, "function": row.function,
        "medium": row.medium.word(), "decided_at": iso(row.decided_at), "recorded_by": row.recorded_by, "evidence": row.evidence_name,
        "evidence_sha256": row.evidence_sha256, "voided": row.voided_at.is_some(),
    })
}

fn decide(args: &Decide, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let row = draft(args, &engine)?;
    run(&mut engine, Command::Risk(RiskCommand::Decide(Box::new(row))), output)
}

fn draft(args: &Decide, engine: &Engine) -> Result<GoDecision, Error> {
    let book = engine.book();
    let domain = tech_domain(book, &args.domain)?;
    let decision = Go::of_word(&fold(&args.decision).replace('-', "_"));
    let decision = decision.ok_or_else(|| {
        input(format!("{} is no decision", args.decision), "Decisions are go, no-go, wait.")
    })?;
    let mut updates = Vec::new();
    for name in &args.updates {
        updates.extend(super::updates(book, name, None)?.into_iter().map(|update| update.id));
    }
    let told = told(args, domain, book);
    told.whole(&[(args.reason.is_some(), "--reason TEXT", "why it was decided so")], "decided")?;
    let told = told.read(engine, "decided")?;
    let (evidence_name, evidence_sha256) = told.evidence.unwrap_or_default();
    Ok(GoDecision {
        id: GoDecisionId(0),
        domain: domain.id,
        updates,
        decision,
        reason: needed(args.reason.as_ref(), "--reason TEXT", "why it was decided so")?.clone(),
        risk: args.risk.clone(),
        cost_cents: args.cost.as_deref().map(amount).transpose()?,
        cost_minutes: args.work,
        outage: args.outage.is_some(),
        outage_when: args.outage.clone().unwrap_or_default(),
        wait_until_on: args.until.as_deref().map(day).transpose()?,
        decided_by: told.by,
        function: told.function,
        medium: told.medium,
        decided_at: told.at,
        recorded_at: 0,
        recorded_by: String::new(),
        evidence_name,
        evidence_sha256,
        voided_at: None,
    })
}

/// How it was told; who decides for the domain, and the function they have in the register, where the flags leave them out.
fn told(args: &Decide, domain: &TechDomain, book: &Book) -> Told {
    let mut told = args.told.clone();
    let decider = book.person_name(domain.decider);
    told.by = told.by.or_else(|| Some(decider.to_owned()).filter(|name| !name.is_empty()));
    let by = told.by.as_deref().map(fold);
    let own = book.people.iter().find(|person| by.as_ref().is_some_and(|by| fold(&person.name) == *by));
    let own = own.map(|person| person.function.clone()).filter(|function| !function.is_empty());
    told.function = told.function.or(own);
    told
}

/// An amount in hundredths, read as the business case reads it.
fn amount(text: &str) -> Result<i64, Error> {
    cents(text).map_err(|hint| input(format!("{text} is no amount"), hint))
}

fn void(args: &Void, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let domain = tech_domain(book, &args.domain)?;
    let update = super::update(book, &args.update, args.product.as_deref())?;
    let found = crate::domain::gate::rule::decision(book, domain.id, update.id).map(|row| row.id);
    let id = found.ok_or_else(|| {
        let hint = "See them: patchbook-cli gate list FILE --decisions.";
        input(format!("no decision on {} stands for {}", update.short_name(), domain.name), hint)
    })?;
    run(&mut engine, Command::Risk(RiskCommand::VoidDecision(id)), output)
}
