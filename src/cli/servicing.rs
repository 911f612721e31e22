//! End of servicing on the console: what ends when, rows of one's own, proofs of extended support, a newer table.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Value, json};

use super::file::open;
use super::output::{Output, columns};
use super::people::{all_needed, day, input, needed, run};
use crate::app::{Context, Engine, Error, evidence};
use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::command::{Command, Edit, ServicingCommand, ThreatCommand};
use crate::domain::compliance::servicing::AHEAD_DAYS;
use crate::domain::lifecycle::{
    End, ExtendedSupport, ExtendedSupportId, Lifecycle, LifecycleId, Proof, Support, Supports,
};
use crate::domain::standing::standings;
use crate::import::lifecycle;
use crate::store::Access;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::{counted, fold};

/// What can be done with support ends.
#[derive(Debug, Subcommand)]
pub enum SupportAction {
    /// List what is past its end, what ends soon, and what no row of the table fits
    List(List),
    /// Add a row of one's own, or change it
    Set(Set),
    /// End a row of one's own
    End(EndRow),
    /// Record proof of extended support for an asset
    Prove(Prove),
    /// Take a proof back
    Void(Void),
    /// Load a newer table of support ends, CSV of the shape of the shipped one
    Load(Load),
}

/// Arguments of `support list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// How far ahead, in days
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    pub ahead: i64,
    /// The table itself instead of the machines
    #[arg(long)]
    pub table: bool,
}

/// Arguments of `support set`.
#[derive(Debug, clap::Args)]
pub struct Set {
    /// The register
    pub file: PathBuf,
    /// The product, as its machines name it
    pub product: String,
    /// Its edition; every edition if absent
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub edition: String,
    /// Last day of security updates, or none
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Last day of paid extended support
    #[arg(long, value_name = "DATE")]
    pub extended: Option<String>,
    /// Where the day is from
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
}

/// Arguments of `support end`.
#[derive(Debug, clap::Args)]
pub struct EndRow {
    /// The register
    pub file: PathBuf,
    /// The product of the row
    pub product: String,
    /// Its edition
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub edition: String,
}

/// Arguments of `support prove`.
#[derive(Debug, clap::Args)]
pub struct Prove {
    /// The register
    pub file: PathBuf,
    /// The asset
    pub asset: String,
    /// Which of its products; its operating system if absent
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub product: String,
    /// Until when, included
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Contract, key or order
    #[arg(long, value_name = "TEXT")]
    pub reference: Option<String>,
    /// The file that shows it: its name and checksum are kept
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
}

/// Arguments of `support void`.
#[derive(Debug, clap::Args)]
pub struct Void {
    /// The register
    pub file: PathBuf,
    /// The asset
    pub asset: String,
    /// Which of its products; its operating system if absent
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub product: String,
}

/// Arguments of `support load`.
#[derive(Debug, clap::Args)]
pub struct Load {
    /// The register
    pub file: PathBuf,
    /// The table
    pub table: PathBuf,
    /// Only say what would change
    #[arg(long)]
    pub dry_run: bool,
}

pub(super) fn act(action: &SupportAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        SupportAction::List(args) => list(args, context, output),
        SupportAction::Set(args) => set(args, context, output),
        SupportAction::End(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let row = own(engine.book(), &args.product, &args.edition).ok_or_else(|| {
                let hint = "See them: patchbook-cli support list --table.";
                input(format!("there is no row of your own about {}", args.product), hint)
            })?;
            let command = ServicingCommand::EndRow(row.id);
            run(&mut engine, Command::Servicing(command), output)
        }
        SupportAction::Prove(args) => prove(args, context, output),
        SupportAction::Void(args) => void(args, context, output),
        SupportAction::Load(args) => load(args, context, output),
    }
}

fn own<'a>(book: &'a Book, product: &str, edition: &str) -> Option<&'a Lifecycle> {
    let named = |row: &&Lifecycle| {
        row.own
            && row.ended_at.is_none()
            && fold(&row.product) == fold(product)
            && fold(&row.edition) == fold(edition)
    };
    book.lifecycles.iter().find(named)
}

fn asset(book: &Book, name: &str) -> Result<AssetId, Error> {
    let found = book.asset_named(name).map(|asset| asset.id);
    found.ok_or_else(|| {
        input(format!("{name} is not in the register"), "See what is: patchbook-cli assets FILE.")
    })
}

fn day_or_none(text: &str) -> Result<Option<NaiveDate>, Error> {
    if fold(text) == "none" { Ok(None) } else { day(text).map(Some) }
}

fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let at = engine.context().clock.now_at();
    let supports = Supports::new(engine.book(), at);
    if args.table {
        table(&engine, &supports, at, output);
        return Ok(());
    }
    if !(0..=3660).contains(&args.ahead) {
        return Err(input(format!("{} days is out of range", args.ahead), "Give 0 to 3660 days."));
    }
    machines(&engine, &supports, at, args.ahead, output);
    Ok(())
}

fn table(engine: &Engine, supports: &Supports<'_>, at: i64, output: &Output) {
    let today = day_in(zone(&engine.book().shop.zone), at);
    let mut live: Vec<&Lifecycle> = supports.rows().all().collect();
    live.sort_by_key(|row| (!row.own, row.security_end_on.unwrap_or(NaiveDate::MAX), &row.product));
    let shown = |day: Option<NaiveDate>, none: &str| day.map_or_else(|| none.to_owned(), day_text);
    let row = |row: &&Lifecycle| {
        let standing = match row.security_end_on {
            Some(end) if end < today => "ended",
            _ => "",
        };
        vec![
            row.product.clone(),
            row.edition_text().to_owned(),
            shown(row.security_end_on, "none set"),
            shown(row.extended_end_on, ""),
            standing.to_owned(),
            if row.own { format!("own: {}", row.source) } else { row.source.clone() },
        ]
    };
    let value = |row: &&Lifecycle| {
        json!({
            "product": row.product, "edition": row.edition, "security_end_on": row.security_end_on,
            "extended_end_on": row.extended_end_on, "source": row.source, "as_of_on": row.as_of_on, "own": row.own,
        })
    };
    let rows: Vec<Vec<String>> = live.iter().map(row).collect();
    let values: Vec<Value> = live.iter().map(value).collect();
    let header =
        ["Product", "Edition", "Security updates end", "Extended support ends", "Standing", "Source"];
    let text = if rows.is_empty() {
        "The table is empty. Load one: patchbook-cli support load.".to_owned()
    } else {
        columns(&header, &rows)
    };
    output.result(&text, &Value::Array(values));
}

/// How a proof is told.
fn proof_text(proof: &Proof) -> String {
    match proof {
        Proof::None => "no proof".to_owned(),
        Proof::Named(text) => text.clone(),
        Proof::Until(day, reference) => format!("{reference} until {}", day_text(*day)),
    }
}

fn standing(support: &Support, end: &End) -> String {
    match end.until() {
        None => "no end".to_owned(),
        Some(until) if until < support.today => "past".to_owned(),
        Some(until) => {
            let days = (until - support.today).num_days();
            match AHEAD_DAYS.into_iter().find(|ahead| days <= *ahead) {
                Some(ahead) => format!("within {ahead} days"),
                None => counted(days.unsigned_abs(), "day left", "days left"),
            }
        }
    }
}

fn machines(engine: &Engine, supports: &Supports<'_>, at: i64, ahead: i64, output: &Output) {
    let book = engine.book();
    let standings = standings(book, at);
    let counted_in = book.assets.iter().zip(&standings).filter(|(_, standing)| standing.counts());
    let (mut rows, mut values, mut unfit) = (Vec::new(), Vec::new(), Vec::new());
    for (asset, _) in counted_in {
        let support = supports.of(asset);
        for end in &support.ends {
            let Some(until) = end.until() else { continue };
            if (until - support.today).num_days() > ahead {
                continue;
            }
            let proof = proof_text(&end.proof);
            let day = |day: Option<NaiveDate>| day.map(day_text).unwrap_or_default();
            let standing = standing(&support, end);
            let cells = vec![
                asset.name.clone(),
                end.name.clone(),
                day(end.security_end_on),
                day(end.extended_end_on),
                proof.clone(),
                standing.clone(),
            ];
            rows.push((until, cells));
            values.push(json!({
                "asset": asset.name, "product": end.name, "security_end_on": end.security_end_on,
                "extended_end_on": end.extended_end_on, "until_on": until, "proof": proof, "standing": standing,
                "past": end.is_past(support.today),
            }));
        }
        for gap in &support.unfit {
            unfit.push((asset.name.clone(), gap.product.clone(), gap.why.clone()));
        }
    }
    rows.sort();
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(_, cells)| cells).collect();
    let header = ["Asset", "Product", "Security updates end", "Extended support ends", "Proof", "Standing"];
    let mut text = if rows.is_empty() {
        format!("Nothing has ended, and nothing known ends within {ahead} days.")
    } else {
        columns(&header, &rows)
    };
    if !unfit.is_empty() {
        text.push_str("\n\nNo row of the table fits:\n");
        let gaps: Vec<Vec<String>> = unfit
            .iter()
            .map(|(name, product, why)| vec![name.clone(), product.clone(), why.clone()])
            .collect();
        text.push_str(&columns(&["Asset", "Product", "Why"], &gaps));
    }
    let gaps: Vec<Value> = unfit
        .iter()
        .map(|(name, product, why)| json!({ "asset": name, "product": product, "why": why }))
        .collect();
    output.result(&text, &json!({ "ends": values, "unfit": gaps }));
}

fn set(args: &Set, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let base = own(engine.book(), &args.product, &args.edition).cloned();
    all_needed(&[
        (args.until.is_some() || base.is_some(), "--until DATE", "when security updates end, or none"),
        (args.source.is_some() || base.is_some(), "--source TEXT", "where the day is from"),
    ])?;
    let until = match (&args.until, &base) {
        (Some(text), _) => day_or_none(text)?,
        (None, Some(base)) => base.security_end_on,
        (None, None) => {
            let question = "when security updates end, or none";
            day_or_none(needed(args.until.as_ref(), "--until DATE", question)?)?
        }
    };
    let extended = match &args.extended {
        Some(text) => day_or_none(text)?,
        None => base.as_ref().and_then(|base| base.extended_end_on),
    };
    let source = match (&args.source, &base) {
        (None, Some(base)) => base.source.clone(),
        (source, _) => needed(source.as_ref(), "--source TEXT", "where the day is from")?.clone(),
    };
    let today = day_in(zone(&engine.book().shop.zone), engine.context().clock.now_at());
    let row = Lifecycle {
        id: LifecycleId(0),
        product: args.product.clone(),
        edition: args.edition.clone(),
        security_end_on: until,
        extended_end_on: extended,
        source,
        as_of_on: Some(today),
        own: true,
        recorded_at: 0,
        ended_at: None,
    };
    let edit = Box::new(Edit { base, row });
    run(&mut engine, Command::Servicing(ServicingCommand::Row(edit)), output)
}

fn prove(args: &Prove, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let asset = asset(engine.book(), &args.asset)?;
    let (paid, question) =
        ("until when extended support is paid", "the contract, key or order that shows it");
    all_needed(&[
        (args.until.is_some(), "--until DATE", paid),
        (args.reference.is_some(), "--reference TEXT", question),
    ])?;
    let until = day(needed(args.until.as_ref(), "--until DATE", paid)?)?;
    let reference = needed(args.reference.as_ref(), "--reference TEXT", question)?.clone();
    let (evidence_name, evidence_sha256) =
        args.evidence.as_deref().map(evidence::digest).transpose()?.unwrap_or_default();
    let proof = ExtendedSupport {
        id: ExtendedSupportId(0),
        asset,
        product: args.product.clone(),
        until_on: until,
        reference,
        evidence_name,
        evidence_sha256,
        recorded_at: 0,
        voided_at: None,
    };
    run(&mut engine, Command::Servicing(ServicingCommand::Prove(Box::new(proof))), output)
}

fn void(args: &Void, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let asset = asset(engine.book(), &args.asset)?;
    let held = |proof: &&ExtendedSupport| {
        proof.asset == asset && proof.voided_at.is_none() && fold(&proof.product) == fold(&args.product)
    };
    let newest = engine.book().extended_supports.iter().filter(held).max_by_key(|proof| proof.recorded_at);
    let id = newest.map(|proof| proof.id).ok_or_else(|| {
        let hint = "See what is recorded: patchbook-cli support list.";
        input(format!("no proof of extended support is recorded for {}", args.asset), hint)
    })?;
    run(&mut engine, Command::Servicing(ServicingCommand::VoidProof(id)), output)
}

fn load(args: &Load, context: &Context, output: &Output) -> Result<(), Error> {
    let failed = |cause| Error::io("cannot read the table", &args.table, &cause);
    let size = std::fs::metadata(&args.table).map_err(failed)?.len();
    let bytes = if size > lifecycle::MAX_BYTES as u64 {
        return Err(input("the file has more than 4 MB".to_owned(), "Choose a table of support ends."));
    } else {
        std::fs::read(&args.table).map_err(failed)?
    };
    let name = args.table.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = lifecycle::read(&name, &bytes).map_err(|sentence| input(format!("{name}: {sentence}"), ""))?;
    let access = if args.dry_run { Access::ReadOnly } else { Access::Write };
    let mut engine = open(&args.file, access, context, output)?;
    let plan = lifecycle::plan(engine.book(), &file);
    for (line, why) in &file.issues {
        output.note(&format!("Line {line} is not taken: {why}"));
    }
    let note = format!(
        "{} new, {} changed, {} as before, {} older than what is known.",
        plan.added, plan.replaced, plan.same, plan.older
    );
    if args.dry_run {
        let value = json!({ "added": plan.added, "replaced": plan.replaced, "same": plan.same, "older": plan.older,
                            "not_taken": file.issues.len() });
        output.result(&note, &value);
        return Ok(());
    }
    output.note(&note);
    run(&mut engine, Command::Threat(ThreatCommand::Load(Box::new(plan.rows))), output)
}
