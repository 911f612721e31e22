//! The file itself: new, verify, rebuild, undo, backup, history.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{Backup, History, New, Rebuild, Undo, Verify};
use super::output::{Output, columns, progress};
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::domain::shop::Shop;
use crate::store::history::{HeadCheck, HistoryFilter, Verb};
use crate::store::{Access, Note};
use crate::util::clock::{text_in, zone};
use crate::util::hash::hex;
use crate::util::text::count;

pub(super) fn open(path: &Path, access: Access, context: &Context, output: &Output) -> Result<Engine, Error> {
    let engine = Engine::open(path, access, context.clone())?;
    for note in engine.notes() {
        output.note(&note_text(note));
    }
    if access == Access::Write && engine.access() == Access::ReadOnly {
        let why = engine.notes().iter().find(|note| note.is_why()).map(note_text).unwrap_or_default();
        return Err(Error::new(
            ErrorKind::File,
            format!("the register can only be looked at. {why}: {}", path.display()),
            "Close it elsewhere, or work on a copy.",
        ));
    }
    Ok(engine)
}

fn note_text(note: &Note) -> String {
    match note {
        Note::LockedBy(Some(holder)) => format!("It is open for writing by {holder}."),
        Note::LockedBy(None) => "Somebody else has it open for writing.".to_owned(),
        Note::NoLock(why) => format!("This folder allows no lock ({why})."),
        Note::WriteProtected => "The file is write-protected.".to_owned(),
        Note::HistoryBroken(what) => format!("Its history does not hold together: {what}."),
        Note::WasWal => {
            "Another program had changed its journal mode; what it wrote last may be missing.".to_owned()
        }
        Note::Upgraded { from, to, backup } => format!(
            "The file was upgraded from format {from} to {to}. As it was before: {}",
            backup.display()
        ),
        Note::NotUpgraded { format, why } => {
            format!("It has the older format {format} and could not be upgraded; it is as it was. {why}")
        }
        Note::OlderFormat(format) => format!(
            "It has the older format {format}: opening it for writing upgrades it, after a verified backup."
        ),
    }
}

pub(super) fn new(args: &New, context: &Context, output: &Output) -> Result<(), Error> {
    if args.zone.parse::<chrono_tz::Tz>().is_err() {
        let text = format!("{} is no time zone", args.zone);
        return Err(Error::new(ErrorKind::Input, text, "Write it like Europe/Berlin."));
    }
    if args.name.trim().is_empty() {
        let text = "A register needs the name of the shop; every page prints it".to_owned();
        return Err(Error::new(ErrorKind::Input, text, "Give it with --name."));
    }
    let shop = Shop { name: args.name.clone(), zone: args.zone.clone(), ..Shop::default() };
    let engine = Engine::create(&args.file, shop, context.clone())?;
    let text = format!("Made {} for {}, entry {}.", args.file.display(), args.name, engine.book().head.seq);
    output.result(&text, &json!({ "file": args.file, "entry": engine.book().head.seq }));
    Ok(())
}

pub(super) fn verify(args: &Verify, output: &Output) -> Result<(), Error> {
    let report = crate::store::verify::file(&args.file, &progress())?;
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    let head = hex(&report.head.hash);
    let mut text = format!(
        "{} entries, {} rows, {} imports with {} observations.\nHead: entry {}, {head}\n",
        count(report.events),
        count(report.rows),
        count(report.batches),
        count(report.observations),
        report.head.seq
    );
    if report.clock_steps_back > 0 {
        let _infallible = writeln!(text, "The clock stepped back {} times.", count(report.clock_steps_back));
    }
    let sound = report.is_sound();
    if sound {
        text.push_str("History, rows and observations hold together.\n");
    }
    for problem in &problems {
        let _infallible = writeln!(text, "  {problem}");
    }
    let found = args.head.as_deref().map(|head| check_head(&args.file, head)).transpose()?;
    if let Some(found) = found {
        let said = match found {
            HeadCheck::Found => "The printed head is in the history: no sign of rewriting since that entry.",
            HeadCheck::Differs => {
                "The printed head differs: the history before that entry is not what it was."
            }
            HeadCheck::Missing => {
                "The printed entry is missing: the file is older than the paper, or was cut."
            }
            HeadCheck::NotAHash => {
                "The printed head cannot be read: give ENTRY:HASH with at least eight digits."
            }
        };
        text.push_str(said);
    }
    let value = json!({
        "sound": sound, "events": report.events, "rows": report.rows, "batches": report.batches,
        "observations": report.observations, "head_entry": report.head.seq, "head": head,
        "clock_steps_back": report.clock_steps_back, "problems": problems, "more_problems": report.more_problems,
        "printed_head": found.map(|f| format!("{f:?}").to_lowercase()),
    });
    output.result(&text, &value);
    if !sound || found.is_some_and(|f| f != HeadCheck::Found) {
        let text = format!("the verification found something: {}", args.file.display());
        return Err(Error::new(
            ErrorKind::Unsound,
            text,
            "Keep the file as it is. Compare with a backup, or rebuild it into a new file with: patchbook-cli rebuild",
        ));
    }
    Ok(())
}

fn check_head(path: &Path, head: &str) -> Result<HeadCheck, Error> {
    let form = || Error::new(ErrorKind::Input, format!("{head} is not of the form ENTRY:HASH"), "");
    let (entry, hash) = head.split_once(':').ok_or_else(form)?;
    // Pages print the number with separators.
    let entry = entry.trim().replace(',', "").parse().map_err(|_| form())?;
    let context = super::context(None);
    Engine::open(path, Access::ReadOnly, context)?.check_head(entry, hash)
}

pub(super) fn rebuild(args: &Rebuild, context: &Context, output: &Output) -> Result<(), Error> {
    let report = crate::app::engine::rebuild(&args.file, &args.new, context)?;
    let mut text = format!(
        "Rebuilt {} entries, {} rows and {} observations into {}.\n",
        count(report.events),
        count(report.rows),
        count(report.observations),
        args.new.display()
    );
    if let Some(entry) = report.lost_from {
        let _infallible = writeln!(text, "Everything from entry {entry} on is lost.");
    }
    for number in &report.damaged_batches {
        let _infallible =
            writeln!(text, "Import {number} is damaged and does not count; import its files again.");
    }
    let value = json!({
        "file": args.new, "entries": report.events, "rows": report.rows, "observations": report.observations,
        "lost_from": report.lost_from, "damaged_imports": report.damaged_batches,
    });
    output.result(&text, &value);
    Ok(())
}

pub(super) fn undo(args: &Undo, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let done = match args.operation {
        Some(op_id) => engine.undo_operation(op_id)?,
        None if args.redo => engine.redo()?,
        None => engine.undo()?,
    };
    let verb = if args.redo { "Redone" } else { "Undone" };
    output.result(
        &format!("{verb}: {} (entry {})", done.label, done.entry),
        &json!({ "label": done.label, "entry": done.entry }),
    );
    Ok(())
}

pub(super) fn backup(args: &Backup, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::ReadOnly, context, output)?;
    let folder = args.folder.clone().or_else(|| context.backups.clone()).ok_or_else(|| {
        Error::new(
            ErrorKind::Input,
            "this machine has no folder for backups",
            "Name one: patchbook-cli backup FILE FOLDER.",
        )
    })?;
    let path = engine.backup_to(&folder)?;
    output.result(&format!("Verified copy: {}", path.display()), &json!({ "file": path }));
    Ok(())
}

pub(super) fn history(args: &History, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let zone = zone(&engine.book().shop.zone);
    if let Some(op_id) = args.operation {
        let filter = HistoryFilter { op_id: Some(op_id), ..HistoryFilter::default() };
        let entries = engine.history(&filter)?;
        let rows: Vec<Vec<String>> = entries
            .iter()
            .map(|e| {
                vec![
                    e.seq.to_string(),
                    e.kind.clone(),
                    e.body.clone().unwrap_or_else(|| "(blanked)".to_owned()),
                ]
            })
            .collect();
        let value: Vec<Value> = entries
            .iter()
            .map(|e| json!({ "entry": e.seq, "kind": e.kind, "body": e.body, "hash": hex(&e.hash) }))
            .collect();
        output.result(&columns(&["#Entry", "Kind", "Body"], &rows), &Value::Array(value));
        return Ok(());
    }
    let mut operations = engine.operations()?;
    operations.reverse();
    if args.limit > 0 {
        operations.truncate(args.limit);
    }
    let verb = |verb: Verb| match verb {
        Verb::Done => "",
        Verb::Undone => "Undo: ",
        Verb::Redone => "Redo: ",
    };
    let rows: Vec<Vec<String>> = operations
        .iter()
        .map(|op| {
            let what = format!("{}{}", verb(op.verb), op.label);
            vec![op.seq.to_string(), text_in(zone, op.at), op.actor.clone(), what, op.op_id.to_string()]
        })
        .collect();
    let value: Vec<Value> = operations
        .iter()
        .map(|op| {
            json!({ "entry": op.seq, "at": op.at, "actor": op.actor, "site": op.site, "label": op.label,
                    "verb": format!("{:?}", op.verb).to_lowercase(), "operation": op.op_id })
        })
        .collect();
    output.result(&columns(&["#Entry", "When", "Who", "What", "Operation"], &rows), &Value::Array(value));
    Ok(())
}
