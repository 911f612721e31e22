//! `threat`: load threat data, list what was loaded, show what is known of a vulnerability or an article.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::output::{Output, columns, progress};
use crate::app::{Context, Engine, Error, ErrorKind, threat};
use crate::domain::book::Book;
use crate::domain::threat::{Catalogue, CatalogueId, Finding, Threat};
use crate::import::threat::plan::ThreatPlan;
use crate::store::Access;
use crate::util::clock::{day_text, text_in, zone};
use crate::util::text::{count, counted};

/// What can be done with threat data.
#[derive(Debug, Subcommand)]
pub enum ThreatAction {
    /// Load files of threat data: KEV, EPSS, MSRC, WES-NG, NVD, CVE records, or a scan of Nessus or Greenbone
    Load {
        /// The register
        file: PathBuf,
        /// The files, loaded one after the other
        #[arg(required = true)]
        inputs: Vec<PathBuf>,
        /// Show what would be new and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// List the files loaded, the newest first
    List {
        /// The register
        file: PathBuf,
    },
    /// Show what is known of a vulnerability (CVE-2024-29988) or an article (KB5036909)
    Show {
        /// The register
        file: PathBuf,
        /// Which
        name: String,
    },
}

pub(super) fn act(action: &ThreatAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        ThreatAction::Load { file, inputs, dry_run } => load(file, inputs, *dry_run, context, output),
        ThreatAction::List { file } => list(file, context, output),
        ThreatAction::Show { file, name } => show(file, name, context, output),
    }
}

fn load(
    file: &std::path::Path,
    inputs: &[PathBuf],
    dry_run: bool,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    for path in inputs {
        is_file(path)?;
    }
    let access = if dry_run { Access::ReadOnly } else { Access::Write };
    let mut engine = super::file::open(file, access, context, output)?;
    let (mut texts, mut values) = (Vec::new(), Vec::new());
    for path in inputs {
        let (text, value) = load_one(&mut engine, path, dry_run)?;
        texts.push(text);
        values.push(value);
    }
    if dry_run {
        texts.push("Nothing was changed: this was a dry run.".to_owned());
    }
    output.result(&texts.join("\n"), &json!({ "dry_run": dry_run, "files": values }));
    Ok(())
}

/// Threat data is loaded file by file: which files of a folder are meant is not guessed.
fn is_file(path: &std::path::Path) -> Result<(), Error> {
    if !path.exists() {
        let text = format!("there is no file of this name: {}", path.display());
        return Err(Error::new(ErrorKind::Input, text, "Check the name and the folder."));
    }
    if !path.is_dir() {
        return Ok(());
    }
    let inside =
        std::fs::read_dir(path).map_err(|cause| Error::io("cannot list the folder", path, &cause))?;
    let files = inside.filter_map(Result::ok).map(|entry| entry.path()).filter(|inside| inside.is_file());
    let mut known: Vec<String> = files
        .filter(|inside| threat::is_threat(&threat::input(inside)))
        .map(|inside| inside.display().to_string())
        .collect();
    known.sort();
    let hint = if known.is_empty() {
        "No file in it is threat data that is known here. Name the file that you downloaded.".to_owned()
    } else {
        format!("Name the files to load. In it are: {}", known.join(" "))
    };
    Err(Error::new(ErrorKind::Input, format!("this is a folder, not a file: {}", path.display()), hint))
}

fn load_one(engine: &mut Engine, path: &std::path::Path, dry_run: bool) -> Result<(String, Value), Error> {
    let read = threat::read_file(engine.book(), &threat::input(path), &progress())?;
    let plan = threat::plan_load(engine, &read);
    let mut text = describe(engine.book(), &plan);
    let mut value = value_of(&plan);
    if !dry_run {
        let done = threat::load(engine, plan, &progress())?;
        value["entry"] = done.entry.into();
        let _infallible = match done.op_id {
            Some(_) => {
                write!(
                    text,
                    "\nRecorded as \"{}\", entry {}. Undo with: patchbook-cli undo FILE",
                    done.label, done.entry
                )
            }
            None => write!(text, "\nNothing new: the register is as it was."),
        };
    }
    Ok((text, value))
}

/// A plan in words: what, of when, what is new, what to know.
fn describe(book: &Book, plan: &ThreatPlan) -> String {
    let catalogue = &plan.rows.catalogue;
    let zone = zone(&book.shop.zone);
    let mut text = format!("{}: {}", catalogue.file_name, catalogue.kind.text());
    if !catalogue.title.is_empty() {
        let _infallible = write!(text, ", {}", catalogue.title);
    }
    if !catalogue.version.is_empty() {
        let _infallible = write!(text, ", version {}", catalogue.version);
    }
    if !catalogue.model.is_empty() {
        let _infallible = write!(text, ", model {}", catalogue.model);
    }
    if let Some(published) = catalogue.published_text(zone) {
        let _infallible = write!(text, ", published {published}");
    }
    let _infallible = write!(text, "\n{}: {}", entries(catalogue), plan.summary());
    if let Some(known) = plan.already.and_then(|id| book.catalogues.get(id.0)) {
        let at = text_in(zone, known.recorded_at);
        let _infallible = write!(text, "\nThe very same file was loaded as {} on {at}.", known.file_name);
    }
    for warning in &plan.warnings {
        let _infallible = write!(text, "\n{warning}");
    }
    for host in &plan.left_hosts {
        let _infallible = write!(text, "\n  {}: {}", host.name, host.why);
    }
    text
}

fn entries(catalogue: &Catalogue) -> String {
    counted(catalogue.entries.unsigned_abs(), "entry", "entries")
}

fn value_of(plan: &ThreatPlan) -> Value {
    let catalogue = &plan.rows.catalogue;
    let new: Vec<Value> =
        plan.tallies.iter().map(|tally| json!({ "count": tally.count, "what": tally.what })).collect();
    let left: Vec<Value> =
        plan.left_hosts.iter().map(|host| json!({ "name": host.name, "why": host.why })).collect();
    json!({
        "file": catalogue.file_name,
        "sha256": catalogue.sha256,
        "kind": catalogue.kind.word(),
        "title": catalogue.title,
        "version": catalogue.version,
        "model": catalogue.model,
        "published_at": catalogue.published_at,
        "entries": catalogue.entries,
        "kept": catalogue.kept,
        "new": new,
        "warnings": plan.warnings,
        "left_hosts": left,
        "already": plan.already.is_some(),
    })
}

fn list(file: &std::path::Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = super::file::open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let zone = zone(&book.shop.zone);
    let mut loaded: Vec<&Catalogue> = book.catalogues.iter().collect();
    loaded.sort_by_key(|catalogue| std::cmp::Reverse((catalogue.recorded_at, catalogue.id)));
    if loaded.is_empty() {
        let hint = "No threat data is loaded yet. Load some with: patchbook-cli threat load FILE INPUTS";
        output.result(hint, &json!([]));
        return Ok(());
    }
    let row = |catalogue: &&Catalogue| {
        vec![
            catalogue.kind.text().to_owned(),
            catalogue.version.clone(),
            catalogue.published_text(zone).unwrap_or_default(),
            text_in(zone, catalogue.recorded_at),
            count(catalogue.entries.unsigned_abs()),
            count(catalogue.kept.unsigned_abs()),
            catalogue.file_name.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = loaded.iter().map(row).collect();
    let header = ["Kind", "Version", "Published", "Loaded", "#Entries", "#Kept", "File"];
    output.result(&columns(&header, &rows), &json!(loaded));
    Ok(())
}

fn show(file: &std::path::Path, name: &str, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = super::file::open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let wanted = name.trim().to_ascii_uppercase();
    let (text, value) = if wanted.starts_with("CVE-") {
        of_cve(book, &wanted)
    } else {
        of_kb(book, wanted.trim_start_matches("KB"))
    };
    if text.is_empty() {
        let summary = format!("nothing is known of {name}");
        return Err(Error::new(
            ErrorKind::Input,
            summary,
            "Write CVE-2024-29988 or KB5036909; load more with: patchbook-cli threat load FILE INPUTS",
        ));
    }
    output.result(&text, &value);
    Ok(())
}

/// From which file and since when, for the end of a line.
fn from(book: &Book, catalogue: CatalogueId, recorded_at: i64) -> String {
    let zone = zone(&book.shop.zone);
    let source = book.catalogues.get(catalogue.0);
    let words = source.map(|c| format!("{} {}", c.kind.text(), c.version)).unwrap_or_default();
    format!("{}, loaded {}", words.trim_end(), text_in(zone, recorded_at))
}

fn of_cve(book: &Book, cve: &str) -> (String, Value) {
    let mut facts: Vec<_> = book.threats.iter().filter(|fact| fact.cve == cve).collect();
    facts.sort_by_key(|fact| fact.recorded_at);
    let mut lines = Vec::new();
    for fact in &facts {
        lines.push(format!("{} ({})", words(&fact.value), from(book, fact.catalogue, fact.recorded_at)));
    }
    let fixed: Vec<_> = book.advisories.iter().filter(|a| a.cves.iter().any(|c| c == cve)).collect();
    let mut kbs: Vec<String> = fixed.iter().map(|advisory| format!("KB{}", advisory.kb)).collect();
    kbs.sort();
    kbs.dedup();
    if !kbs.is_empty() {
        lines.push(format!("Fixed by {}", kbs.join(", ")));
    }
    let found = book.findings.iter().filter(|finding| finding.cves.iter().any(|c| c == cve));
    let found: Vec<&Finding> = found.collect();
    lines.extend(found.iter().map(|finding| finding_line(book, finding)));
    if lines.is_empty() {
        return (String::new(), Value::Null);
    }
    let text = format!("{cve}\n{}", lines.join("\n"));
    (text, json!({ "cve": cve, "facts": facts, "fixed_by": kbs, "findings": found }))
}

fn of_kb(book: &Book, kb: &str) -> (String, Value) {
    let advisories: Vec<_> = book.advisories.iter().filter(|advisory| advisory.kb == kb).collect();
    let newer = book.advisories.iter().filter(|advisory| advisory.supersedes.iter().any(|old| old == kb));
    let mut newer: Vec<String> = newer.map(|advisory| format!("KB{}", advisory.kb)).collect();
    newer.sort();
    newer.dedup();
    let found: Vec<&Finding> = book.findings.iter().filter(|finding| finding.kb == kb).collect();
    let mut lines = Vec::new();
    for advisory in &advisories {
        let released =
            advisory.released_on.map(|day| format!(", released {}", day_text(day))).unwrap_or_default();
        let source = from(book, advisory.catalogue, advisory.recorded_at);
        lines.push(format!("{}, {}{released} ({source})", titled(&advisory.title), advisory.severity.text()));
        let many = counted(advisory.cves.len() as u64, "vulnerability", "vulnerabilities");
        lines.push(format!("  fixes {many}: {}", advisory.cves.join(", ")));
        lines.extend(
            advisory.fixes.iter().map(|fix| format!("  {} is fixed from build {}", fix.product, fix.build)),
        );
        if !advisory.supersedes.is_empty() {
            lines.push(format!("  replaces KB{}", advisory.supersedes.join(", KB")));
        }
        if !advisory.restart.is_empty() {
            lines.push(format!("  restart: {}", advisory.restart));
        }
    }
    if !newer.is_empty() {
        lines.push(format!("Replaced by {}", newer.join(", ")));
    }
    lines.extend(found.iter().map(|finding| finding_line(book, finding)));
    if lines.is_empty() {
        return (String::new(), Value::Null);
    }
    let value = json!({ "kb": kb, "advisories": advisories, "replaced_by": newer, "findings": found });
    (format!("KB{kb}\n{}", lines.join("\n")), value)
}

fn titled(title: &str) -> &str {
    if title.is_empty() { "Advisory" } else { title }
}

fn finding_line(book: &Book, finding: &Finding) -> String {
    let zone = zone(&book.shop.zone);
    let asset = book.assets.get(finding.asset.0).map_or("", |asset| asset.name.as_str());
    let scanner = book.catalogues.get(finding.catalogue.0).map_or("A scan", |c| c.kind.text());
    let gone =
        finding.gone_at.map(|at| format!(", no longer since {}", text_in(zone, at))).unwrap_or_default();
    let seen = text_in(zone, finding.seen_at);
    format!("{scanner} found it on {asset} on {seen}{gone}: {} ({})", finding.name, finding.severity)
}

/// One fact in words.
fn words(value: &Threat) -> String {
    let percent = |ppm: i64| format!("{:.2} %", ppm as f64 / 10_000.0);
    let yes = |flag: Option<bool>| match flag {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not said",
    };
    match value {
        Threat::Listed { listed_on, due_on, ransomware, product, name } => {
            let due = due_on.map(|day| format!(", due {}", day_text(day))).unwrap_or_default();
            let ransom = if *ransomware { ", used for ransom" } else { "" };
            let what = format!("{product} {name}");
            format!("Listed as exploited since {}{due}{ransom}: {}", day_text(*listed_on), what.trim())
        }
        Threat::Unlisted => "No longer listed as exploited; it stays known".to_owned(),
        Threat::Likelihood { score_ppm, percentile_ppm } => {
            let rank = percentile_ppm.map(|ppm| format!(", percentile {}", percent(ppm))).unwrap_or_default();
            format!("Likelihood of exploitation within 30 days {}{rank}", percent(*score_ppm))
        }
        Threat::Scored { version, score_tenths, vector } => {
            format!("CVSS {version} {}.{} {vector}", score_tenths / 10, score_tenths % 10)
                .trim_end()
                .to_owned()
        }
        Threat::Vendor { severity, exploited, disclosed } => format!(
            "The vendor says {}, exploitation {}, {}",
            severity.text(),
            exploited.text(),
            if *disclosed { "publicly disclosed" } else { "not publicly disclosed" }
        ),
        Threat::Ssvc { exploitation, automatable, total_impact } => format!(
            "CISA: exploitation {}, automatable {}, total impact {}",
            exploitation.text(),
            yes(*automatable),
            yes(*total_impact)
        ),
        Threat::Exploit { reference } => format!("Public exploit: {reference}"),
    }
}
