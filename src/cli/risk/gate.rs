//! `domain`, `gate`, `conflict`, `prerequisite` on the console.
//! `gate`: go or no-go, with risk and cost beside it.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::update::go_of;
use super::{At, domain_named, run, update_named};
use crate::app::{Engine, Error};
use crate::cli::change::value::{date, instant, person, wrong};
use crate::cli::output::columns;
use crate::domain::approval::Medium;
use crate::domain::calendar::release::Day;
use crate::domain::command::{Edit, RiskCommand};
use crate::domain::gate::rule::domains;
use crate::domain::gate::{
    GoDecision, GoDecisionId, KnownConflict, KnownConflictId, Prerequisite, PrerequisiteId, PrerequisiteKind,
    TechDomain, TechDomainId,
};
use crate::store::Access;
use crate::util::clock::{day_in, day_text, text_in, zone};

/// What can be done with technology domains.
#[derive(Debug, Subcommand)]
pub enum DomainAction {
    /// List the technology domains and who decides for them
    List {
        /// The register
        file: PathBuf,
    },
    /// Add a technology domain, or change one
    Set(Box<DomainSet>),
    /// Use a technology domain no longer
    End {
        /// The register
        file: PathBuf,
        /// Its name
        name: String,
    },
}

/// Arguments of `domain set`.
#[derive(Debug, clap::Args)]
pub struct DomainSet {
    /// The register
    pub file: PathBuf,
    /// Its name
    pub name: String,
    /// A word in the technology or operating system of its machines; replaces all of them
    #[arg(long, value_name = "WORD")]
    pub word: Vec<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub decider: Option<String>,
    /// Who decides in their absence
    #[arg(long, value_name = "NAME")]
    pub deputy: Option<String>,
    /// Silence means go, under this section of the policy
    #[arg(long, value_name = "SECTION")]
    pub silent_go: Option<String>,
    /// Weekday and time by which to object, such as thursday@12:00
    #[arg(long, value_name = "DAY@TIME")]
    pub object_by: Option<String>,
    /// Silence means nothing
    #[arg(long, conflicts_with = "silent_go")]
    pub no_silent_go: bool,
}
use super::tech_domain;
use super::update::view;
use crate::app::{Context, Engine, Error, evidence};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::{day, input, instant, needed, run};
use crate::domain::approval::Medium;
use crate::domain::book::Book;
use crate::domain::command::{Command, RiskCommand};
use crate::domain::compliance::rule::NEVER;
use crate::domain::gate::rule::{domains_of, state};
use crate::domain::gate::{Go, GoDecision, GoDecisionId};
use crate::domain::update::Update;
use crate::store::Access;
use crate::util::clock::{iso, text_in, zone};
use crate::util::text::fold;

/// What can be done with decisions.
#[derive(Debug, Subcommand)]
pub enum GateAction {
    /// Record a go, a no-go or a wait
    Decide(Box<Decide>),
    /// List the decisions, the newest first
    List {
        /// The register
        file: PathBuf,
    },
    /// Take a decision back, by its number in the list
    Void {
        /// The register
        file: PathBuf,
        /// Its number
        number: usize,
    },
    /// List where the updates stand in the technology domains of their machines
    List(List),
    /// Record a go, a no-go or a wait
    Decide(Decide),
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
pub struct Decide {
    /// The register
    pub file: PathBuf,
    /// The technology domain
    pub domain: String,
    /// go, no-go or wait
    pub decision: String,
    /// An update by its KB; repeat for several
    #[arg(long, required = true, value_name = "KB")]
    pub update: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The risk of not deploying
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub risk: String,
    /// What deploying takes, in minutes of work
    #[arg(long, value_name = "N")]
    pub minutes: Option<i64>,
    /// What deploying costs, in hundredths of the currency
    #[arg(long, value_name = "N")]
    pub cents: Option<i64>,
    /// An outage is needed, best taken then
    #[arg(long, value_name = "TEXT")]
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
    /// Who decided
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// As what
    #[arg(long, value_name = "TEXT")]
    pub function: String,
    /// How they told: in_app, mail, paper, phone, spoken
    #[arg(long, default_value = "in_app")]
    pub medium: String,
    /// When they decided, local time; now if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Evidence file; its name and SHA-256 are kept
    /// Who decided; who decides for the domain if absent
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// As what they decided
    #[arg(long, value_name = "TEXT")]
    pub function: Option<String>,
    /// How they told: in-app, mail, paper, phone, spoken
    #[arg(long)]
    pub medium: Option<String>,
    /// When they decided, such as 2026-12-07T10:00; now if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// The file that shows it: its name and checksum are kept
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
}

/// What can be done with known conflicts.
#[derive(Debug, Subcommand)]
pub enum ConflictAction {
    /// List what updates once broke
    List {
        /// The register
        file: PathBuf,
    },
    /// Remember a conflict
    Add {
        /// The register
        file: PathBuf,
        /// The product or application that suffered
        product: String,
        /// What happened
        #[arg(long, value_name = "TEXT")]
        what: String,
        /// What helped
        #[arg(long, value_name = "TEXT", default_value = "")]
        remedy: String,
        /// Who found it
        #[arg(long, value_name = "NAME", default_value = "")]
        by: String,
        /// The update that did it, by its KB
        #[arg(long, value_name = "KB")]
        update: Option<String>,
        /// The asset it was seen on
        #[arg(long, value_name = "NAME")]
        asset: Option<String>,
        /// When it was seen; today if absent
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// A conflict is no longer true, by its number in the list
    End {
        /// The register
        file: PathBuf,
        /// Its number
        number: usize,
    },
}

/// What can be done with prerequisites.
#[derive(Debug, Subcommand)]
pub enum PrerequisiteAction {
    /// Say what an update needs
    Add {
        /// The register
        file: PathBuf,
        /// The update, by its KB
        update: String,
        /// The update it needs, by its KB
        #[arg(long, value_name = "KB")]
        needs: Option<String>,
        /// What it needs, in words
        #[arg(long, value_name = "TEXT", default_value = "")]
        what: String,
        /// They go together, instead of one before the other
        #[arg(long)]
        together: bool,
    },
    /// List what updates need
    List {
        /// The register
        file: PathBuf,
    },
    /// A prerequisite is no longer needed, by its number in the list
    End {
        /// The register
        file: PathBuf,
        /// Its number
        number: usize,
    },
}

fn open(file: &std::path::Path, access: Access, at: At<'_>) -> Result<Engine, Error> {
    crate::cli::file::open(file, access, at.context, at.output)
}

/// The row of a number in a list that counts from 1.
fn nth<R>(mut rows: Vec<R>, number: usize) -> Result<R, Error> {
    if number == 0 || number > rows.len() {
        return Err(wrong(
            format!("the list has no number {number}"),
            "Numbers are in the first column of the list.",
        ));
    }
    Ok(rows.swap_remove(number - 1))
}

pub(in crate::cli) fn domain(action: &DomainAction, at: At<'_>) -> Result<(), Error> {
    match action {
        DomainAction::List { file } => {
            let engine = open(file, Access::ReadOnly, at)?;
            let book = engine.book();
            let (mut rows, mut values) = (Vec::new(), Vec::new());
            for row in domains(book) {
                let day = row.object_weekday.text();
                let silence = if row.silent_go {
                    format!("go, unless objected by {day} {} ({})", row.object_time, row.section)
                } else {
                    "means nothing".to_owned()
                };
                let decider = book.person_name(row.decider);
                rows.push(vec![
                    row.name.clone(),
                    decider.to_owned(),
                    silence.clone(),
                    row.technologies.join(", "),
                ]);
                values.push(json!({ "name": row.name, "decider": decider, "silence": silence, "words": row.technologies }));
            }
            at.output
                .result(&columns(&["Domain", "Decides", "Silence", "Words"], &rows), &Value::Array(values));
            Ok(())
        }
        DomainAction::Set(args) => set_domain(args, at),
        DomainAction::End { file, name } => {
            let mut engine = open(file, Access::Write, at)?;
            let id = domain_named(engine.book(), name)?.id;
            run(&mut engine, RiskCommand::EndDomain(id), at.output)
        }
    }
}

fn set_domain(args: &DomainSet, at: At<'_>) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, at)?;
    let book = engine.book();
    let base = domain_named(book, &args.name).ok().cloned();
    let mut row = base.clone().unwrap_or_else(|| TechDomain {
        id: TechDomainId(0),
        name: args.name.clone(),
        technologies: Vec::new(),
        decider: None,
        deputy: None,
        section: String::new(),
        silent_go: false,
        object_weekday: Day::Thursday,
        object_time: "12:00".to_owned(),
        position: 0,
        ended_at: None,
    });
    if !args.word.is_empty() {
        row.technologies.clone_from(&args.word);
    }
    if let Some(name) = &args.decider {
        row.decider = Some(person(book, name)?);
    }
    if let Some(name) = &args.deputy {
        row.deputy = Some(person(book, name)?);
    }
    if let Some(section) = &args.silent_go {
        row.silent_go = true;
        row.section.clone_from(section);
    }
    if args.no_silent_go {
        row.silent_go = false;
    }
    if let Some(text) = &args.object_by {
        let form = || wrong(format!("{text} is no weekday with a time"), "Write it like thursday@12:00.");
        let (day, time) = text.split_once('@').ok_or_else(form)?;
        row.object_weekday = Day::of_word(day).ok_or_else(form)?;
        time.clone_into(&mut row.object_time);
    }
    run(&mut engine, RiskCommand::Domain(Box::new(Edit { base, row })), at.output)
}

pub(in crate::cli) fn gate(action: &GateAction, at: At<'_>) -> Result<(), Error> {
    match action {
        GateAction::Decide(args) => decide(args, at),
        GateAction::List { file } => {
            let engine = open(file, Access::ReadOnly, at)?;
            let book = engine.book();
            let shop_zone = zone(&book.shop.zone);
            let (mut rows, mut values) = (Vec::new(), Vec::new());
            for (number, row) in (1..).zip(decisions(&engine)) {
                let domain = book.domains.get(row.domain.0).map_or("", |domain| domain.name.as_str());
                let names: Vec<String> = row
                    .updates
                    .iter()
                    .filter_map(|id| book.updates.get(id.0))
                    .map(|u| u.short_name())
                    .collect();
                rows.push(vec![
                    number.to_string(),
                    domain.to_owned(),
                    row.decision.text().to_owned(),
                    names.join(", "),
                    format!("{} as {}", row.decided_by, row.function),
                    text_in(shop_zone, row.decided_at),
                    row.reason.clone(),
                ]);
                values.push(json!({
                    "number": number, "domain": domain, "decision": row.decision.word(), "updates": names,
                    "by": row.decided_by, "function": row.function, "decided_at": row.decided_at,
                    "recorded_at": row.recorded_at, "reason": row.reason, "risk": row.risk,
                }));
            }
            let head = ["#", "Domain", "Decision", "Updates", "Decided by", "When", "Reason"];
            let text = if rows.is_empty() {
                "Nobody has decided anything.".to_owned()
            } else {
                columns(&head, &rows)
            };
            at.output.result(&text, &Value::Array(values));
            Ok(())
        }
        GateAction::Void { file, number } => {
            let mut engine = open(file, Access::Write, at)?;
            let id = nth(decisions(&engine), *number)?.id;
            run(&mut engine, RiskCommand::VoidDecision(id), at.output)
        }
    }
}

fn decisions(engine: &Engine) -> Vec<GoDecision> {
    let rows = engine.book().go_decisions.iter();
    let mut found: Vec<GoDecision> = rows.filter(|row| row.voided_at.is_none()).cloned().collect();
    found.sort_by_key(|row| (std::cmp::Reverse(row.recorded_at), row.id));
    found
}

fn decide(args: &Decide, at: At<'_>) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, at)?;
    let book = engine.book();
    let mut updates = Vec::new();
    for kb in &args.update {
        updates.push(update_named(book, kb, None)?.id);
    }
    let medium = Medium::of_word(&args.medium).ok_or_else(|| {
        wrong(format!("{} is no medium", args.medium), "Media: in_app, mail, paper, phone, spoken.")
    })?;
    let (evidence_name, evidence_sha256) =
        args.evidence.as_deref().map(crate::app::evidence::digest).transpose()?.unwrap_or_default();
    let row = GoDecision {
        id: GoDecisionId(0),
        domain: domain_named(book, &args.domain)?.id,
        updates,
        decision: go_of(&args.decision)?,
        reason: args.reason.clone(),
        risk: args.risk.clone(),
        cost_cents: args.cents,
        cost_minutes: args.minutes,
        outage: args.outage.is_some(),
        outage_when: args.outage.clone().unwrap_or_default(),
        wait_until_on: args.until.as_deref().map(date).transpose()?,
        decided_by: args.by.clone(),
        function: args.function.clone(),
        medium,
        decided_at: instant(&engine, args.at.as_deref())?,
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
    let evidence = if row.evidence_name.is_empty() {
        "no evidence".to_owned()
    } else {
        format!("evidence {} {}", row.evidence_name, row.evidence_sha256.get(..12).unwrap_or_default())
    };
    let void = row.voided_at.map(|at| format!(", taken back {}", text_in(zone, at))).unwrap_or_default();
    format!(
        "{domain}, {}: {}. Decided by {} ({}) {} on {}, {evidence}{void}",
        names(book, row).join(", "),
        parts.join("; "),
        row.decided_by,
        row.function,
        row.medium.phrase(),
        text_in(zone, row.decided_at)
    )
}

fn value(book: &Book, row: &GoDecision) -> Value {
    json!({
        "domain": book.domains.get(row.domain.0).map(|domain| domain.name.clone()), "updates": names(book, row),
        "decision": row.decision.word(), "reason": row.reason, "risk": row.risk, "cost_cents": row.cost_cents,
        "cost_minutes": row.cost_minutes, "outage": row.outage, "outage_when": row.outage_when,
        "wait_until_on": row.wait_until_on, "decided_by": row.decided_by, "function": row.function,
        "medium": row.medium.word(), "decided_at": iso(row.decided_at), "evidence": row.evidence_name,
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
    let decider = book.person_name(domain.decider).to_owned();
    let by = args.by.clone().or(Some(decider).filter(|name| !name.is_empty()));
    let by = needed(by.as_ref(), "--by NAME", "who decided")?.clone();
    let own = book.people.iter().find(|person| fold(&person.name) == fold(&by));
    let own = own.map(|person| person.function.clone()).filter(|function| !function.is_empty());
    let function = args.function.clone().or(own);
    let function = needed(function.as_ref(), "--function TEXT", "as what they decided")?.clone();
    let medium = needed(args.medium.as_ref(), "--medium WORD", "how they told")?;
    let medium = Medium::of_word(&fold(medium).replace('-', "_")).ok_or_else(|| {
        input(format!("{medium} is no medium"), "Media are in-app, mail, paper, phone, spoken.")
    })?;
    let (evidence_name, evidence_sha256) =
        args.evidence.as_deref().map(evidence::digest).transpose()?.unwrap_or_default();
    Ok(GoDecision {
        id: GoDecisionId(0),
        domain: domain.id,
        updates,
        decision,
        reason: needed(args.reason.as_ref(), "--reason TEXT", "why it was decided so")?.clone(),
        risk: args.risk.clone(),
        cost_cents: args.cost.as_deref().map(cents).transpose()?,
        cost_minutes: args.work,
        outage: args.outage.is_some(),
        outage_when: args.outage.clone().unwrap_or_default(),
        wait_until_on: args.until.as_deref().map(day).transpose()?,
        decided_by: by,
        function,
        medium,
        decided_at: match &args.at {
            Some(text) => instant(book, text)?,
            None => engine.context().clock.now_at(),
        },
        recorded_at: 0,
        evidence_name,
        evidence_sha256,
        voided_at: None,
    };
    run(&mut engine, RiskCommand::Decide(Box::new(row)), at.output)
}

pub(in crate::cli) fn conflict(action: &ConflictAction, at: At<'_>) -> Result<(), Error> {
    match action {
        ConflictAction::List { file } => {
            let engine = open(file, Access::ReadOnly, at)?;
            let book = engine.book();
            let (mut rows, mut values) = (Vec::new(), Vec::new());
            for (number, row) in (1..).zip(conflicts(&engine)) {
                let update = row.update.and_then(|id| book.updates.get(id.0)).map(|u| u.short_name());
                let cells =
                    [row.product, update.unwrap_or_default(), day_text(row.seen_on), row.what, row.remedy];
                values.push(json!({
                    "number": number, "product": cells[0], "update": cells[1], "seen_on": row.seen_on,
                    "what": cells[3], "remedy": cells[4], "by": row.solved_by,
                }));
                rows.push(std::iter::once(number.to_string()).chain(cells).collect());
            }
            let head = ["#", "Suffered", "Update", "Seen", "What happened", "What helped"];
            let text =
                if rows.is_empty() { "No conflict is known.".to_owned() } else { columns(&head, &rows) };
            at.output.result(&text, &Value::Array(values));
            Ok(())
        }
        ConflictAction::Add { file, product, what, remedy, by, update, asset, on } => {
            let mut engine = open(file, Access::Write, at)?;
            let book = engine.book();
            let asset = asset.as_ref().map(|name| {
                let none = || wrong(format!("the register has no asset {name}"), "See patchbook-cli assets.");
                book.asset_named(name).map(|asset| asset.id).ok_or_else(none)
            });
            let today = day_in(zone(&book.shop.zone), engine.context().clock.now_at());
            let row = KnownConflict {
                id: KnownConflictId(0),
                product: product.clone(),
                update: update.as_ref().map(|kb| update_named(book, kb, None).map(|u| u.id)).transpose()?,
                asset: asset.transpose()?,
                what: what.clone(),
                remedy: remedy.clone(),
                solved_by: by.clone(),
                seen_on: on.as_deref().map(date).transpose()?.unwrap_or(today),
                recorded_at: 0,
                ended_at: None,
            };
            run(&mut engine, RiskCommand::Conflict(Box::new(Edit { base: None, row })), at.output)
        }
        ConflictAction::End { file, number } => {
            let mut engine = open(file, Access::Write, at)?;
            let id = nth(conflicts(&engine), *number)?.id;
            run(&mut engine, RiskCommand::EndConflict(id), at.output)
        }
    }
}

fn conflicts(engine: &Engine) -> Vec<KnownConflict> {
    let rows = engine.book().conflicts.iter();
    let mut found: Vec<KnownConflict> = rows.filter(|row| row.ended_at.is_none()).cloned().collect();
    found.sort_by_key(|row| (std::cmp::Reverse(row.seen_on), row.id));
    found
}

pub(in crate::cli) fn prerequisite(action: &PrerequisiteAction, at: At<'_>) -> Result<(), Error> {
    match action {
        PrerequisiteAction::Add { file, update, needs, what, together } => {
            let mut engine = open(file, Access::Write, at)?;
            let book = engine.book();
            let kind = if *together { PrerequisiteKind::Together } else { PrerequisiteKind::Before };
            let row = Prerequisite {
                id: PrerequisiteId(0),
                update: update_named(book, update, None)?.id,
                needs: needs.as_ref().map(|kb| update_named(book, kb, None).map(|u| u.id)).transpose()?,
                what: what.clone(),
                kind,
                recorded_at: 0,
                ended_at: None,
            };
            run(&mut engine, RiskCommand::Prerequisite(Box::new(Edit { base: None, row })), at.output)
        }
        PrerequisiteAction::List { file } => {
            let engine = open(file, Access::ReadOnly, at)?;
            let name = |id: crate::domain::update::UpdateId| {
                engine.book().updates.get(id.0).map_or_else(String::new, |update| update.short_name())
            };
            let (mut rows, mut values) = (Vec::new(), Vec::new());
            for (number, row) in (1..).zip(prerequisites(&engine)) {
                let cells = [name(row.update), row.needs.map(name).unwrap_or_default(), row.what];
                values.push(json!({
                    "number": number, "update": cells[0], "needs": cells[1], "what": cells[2], "kind": row.kind.word(),
                }));
                rows.push(std::iter::once(number.to_string()).chain(cells).collect());
            }
            let text = if rows.is_empty() {
                "No prerequisite is recorded.".to_owned()
            } else {
                columns(&["#", "Update", "Needs", "In words"], &rows)
            };
            at.output.result(&text, &Value::Array(values));
            Ok(())
        }
        PrerequisiteAction::End { file, number } => {
            let mut engine = open(file, Access::Write, at)?;
            let id = nth(prerequisites(&engine), *number)?.id;
            run(&mut engine, RiskCommand::EndPrerequisite(id), at.output)
        }
    }
}

fn prerequisites(engine: &Engine) -> Vec<Prerequisite> {
    let rows = engine.book().prerequisites.iter();
    let mut found: Vec<Prerequisite> = rows.filter(|row| row.ended_at.is_none()).cloned().collect();
    found.sort_by_key(|row| (std::cmp::Reverse(row.recorded_at), row.id));
    found
    })
}

/// `1200`, `1200.5` or `1200.50` in hundredths.
fn cents(text: &str) -> Result<i64, Error> {
    let wrong = || input(format!("{text} is no amount"), "Write it like 1200.50.");
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return Err(wrong());
    }
    let whole: i64 = whole.parse().map_err(|_| wrong())?;
    let part: i64 = format!("{part:0<2}").parse().map_err(|_| wrong())?;
    whole.checked_mul(100).and_then(|cents| cents.checked_add(part)).ok_or_else(wrong)
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
