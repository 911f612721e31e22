//! Patch nights on the console: plan, show, begin, step, log, paste, end, summary, accept.

pub mod args;
pub mod emergency;

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use serde_json::{Value, json};

use self::args::{Night, Which};
use super::file::open;
use super::output::{Output, columns, progress};
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::domain::command::{Command, EntryDraft, RunCommand};
use crate::domain::run::drift::{drift, drift_text};
use crate::domain::run::entry::EntryKind;
use crate::domain::run::phone;
use crate::domain::run::sheet::{Sheet, Stage};
use crate::domain::run::summary::{clock_text, entry_text, minutes};
use crate::domain::run::{Run, RunId};
use crate::store::Access;
use crate::util::clock::{day_in, text_in, zone};
use crate::util::text::{counted, fold};

pub(super) fn run(args: &Night, context: &Context, output: &Output) -> Result<(), Error> {
    match args {
        Night::Plan { file, on, runbook, cycle, drill } => {
            plan(file, on, runbook.as_deref(), cycle.as_deref(), *drill, context, output)
        }
        Night::Show(which) => show(which, context, output),
        Night::Begin(which) => told(which, context, output, |sheet, now_at| {
            Ok(RunCommand::Begin { run: sheet.run.id, at: now_at })
        }),
        Night::Step { which, number, what, at, because } => told(which, context, output, |sheet, now_at| {
            step(sheet, *number, what, at.as_deref(), because, now_at)
        }),
        Night::Log { which, kind, text, at, receiver } => told(which, context, output, |sheet, now_at| {
            log(sheet, kind, text, at.as_deref(), receiver, now_at)
        }),
        Night::Paste { which, notes, dry_run } => paste(which, notes, *dry_run, context, output),
        Night::End(which) => told(which, context, output, |sheet, now_at| {
            Ok(RunCommand::End { run: sheet.run.id, at: now_at })
        }),
        Night::Summary { which, text } => summary(which, text.as_deref(), context, output),
        Night::Accept { which, by } => told(which, context, output, |sheet, _| {
            Ok(RunCommand::AcceptSummary { run: sheet.run.id, by: by.clone() })
        }),
    }
}

fn input(text: String, hint: &str) -> Error {
    Error::new(ErrorKind::Input, text, hint)
}

/// A date as it is given on the console.
fn date(text: &str) -> Result<NaiveDate, Error> {
    text.parse().map_err(|_| input(format!("{text} is no date"), "Write it like 2026-12-11."))
}

fn done(engine: &mut Engine, command: Command, output: &Output) -> Result<(), Error> {
    let done = engine.run(command, &progress())?;
    let text = format!("{}. Entry {}.", done.label, done.entry);
    output.result(&text, &json!({ "done": done.label, "entry": done.entry }));
    Ok(())
}

fn plan(
    file: &Path,
    on: &str,
    runbook: Option<&str>,
    cycle: Option<&str>,
    drill: bool,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    let on = date(on)?;
    let mut engine = open(file, Access::Write, context, output)?;
    let book = engine.book();
    let mut offered = book.runbooks.iter().filter(|r| r.ended_at.is_none());
    let found = match runbook {
        Some(name) => offered.find(|r| fold(&r.name) == fold(name)),
        None => offered.next(),
    };
    let Some(runbook) = found.map(|runbook| runbook.id) else {
        let names: Vec<&str> =
            book.runbooks.iter().filter(|r| r.ended_at.is_none()).map(|r| r.name.as_str()).collect();
        return Err(input(
            "there is no such runbook".to_owned(),
            &format!("There are: {}.", names.join(", ")),
        ));
    };
    let cycle = match cycle {
        Some(name) => {
            let found = book.cycles.iter().find(|cycle| fold(&cycle.name) == fold(name));
            Some(found.ok_or_else(|| input(format!("there is no cycle {name}"), ""))?.id)
        }
        None => None,
    };
    let command = RunCommand::Plan { runbook, cycle, changes: Vec::new(), on, drill };
    done(&mut engine, Command::Run(command), output)
}

/// The night that is meant.
fn night_of(engine: &Engine, which: &Which) -> Result<RunId, Error> {
    let book = engine.book();
    let zone = zone(&book.shop.zone);
    let runs = || book.runs.iter().filter(|run| run.stage() != Stage::Cancelled);
    let found: Option<&Run> = match &which.night {
        Some(text) => {
            let on = date(text)?;
            runs().filter(|run| day_in(zone, run.planned_at) == on).max_by_key(|run| run.created_at)
        }
        None => runs()
            .find(|run| run.stage() == Stage::UnderWay)
            .or_else(|| runs().filter(|run| run.stage() == Stage::Planned).min_by_key(|run| run.planned_at))
            .or_else(|| runs().max_by_key(|run| run.planned_at)),
    };
    let hint = "Plan one with: patchbook-cli night plan FILE --on DATE";
    found.map(|run| run.id).ok_or_else(|| input("there is no such night".to_owned(), hint))
}

fn sheet(engine: &Engine, run: RunId) -> Result<Sheet<'_>, Error> {
    Sheet::of(engine.book(), run).ok_or_else(|| input("there is no such night".to_owned(), ""))
}

/// Does one thing to a night.
fn told(
    which: &Which,
    context: &Context,
    output: &Output,
    command: impl FnOnce(&Sheet<'_>, i64) -> Result<RunCommand, Error>,
) -> Result<(), Error> {
    let mut engine = open(&which.file, Access::Write, context, output)?;
    let run = night_of(&engine, which)?;
    let command = command(&sheet(&engine, run)?, engine.context().clock.now_at())?;
    done(&mut engine, Command::Run(command), output)
}

/// The instant of a clock time of the night; now if none is given.
fn instant(sheet: &Sheet<'_>, at: Option<&str>, now_at: i64) -> Result<i64, Error> {
    let Some(text) = at else { return Ok(now_at) };
    let reading = phone::read(sheet, zone(&sheet.book.shop.zone), now_at, text).into_iter().next();
    match reading.filter(|reading| phone::has_time(&reading.typed)) {
        Some(reading) if reading.remarks.is_empty() => Ok(reading.draft.at),
        Some(reading) => Err(input(reading.remarks.join(" "), "Give a time of the night, such as 22:14.")),
        None => Err(input(format!("{text} is no time"), "Write it like 22:14.")),
    }
}

fn step(
    sheet: &Sheet<'_>,
    number: usize,
    what: &str,
    at: Option<&str>,
    because: &str,
    now_at: i64,
) -> Result<RunCommand, Error> {
    let step = number.checked_sub(1).and_then(|place| sheet.steps.get(place));
    let Some(step) = step.map(|step| step.id) else {
        let hint = format!("There are {}.", counted(sheet.steps.len() as u64, "step", "steps"));
        return Err(input(format!("there is no step {number}"), &hint));
    };
    let at = instant(sheet, at, now_at)?;
    match what {
        "begin" => Ok(RunCommand::BeginStep { step, at }),
        "end" => Ok(RunCommand::EndStep { step, at }),
        "skip" => Ok(RunCommand::SkipStep { step, because: because.to_owned() }),
        other => Err(input(format!("{other} cannot be done with a step"), "Write begin, end or skip.")),
    }
}

fn log(
    sheet: &Sheet<'_>,
    kind: &str,
    text: &str,
    at: Option<&str>,
    receiver: &str,
    now_at: i64,
) -> Result<RunCommand, Error> {
    let Some(kind) = EntryKind::of_word(&kind.replace('-', "_")) else {
        let all: Vec<String> = EntryKind::ALL.iter().map(|kind| kind.word().replace('_', "-")).collect();
        return Err(input(
            format!("{kind} is no kind of line"),
            &format!("Write one of {}.", all.join(", ")),
        ));
    };
    let entry = EntryDraft {
        at: instant(sheet, at, now_at)?,
        kind,
        text: text.to_owned(),
        step: None,
        group: None,
        asset: None,
        receiver: receiver.to_owned(),
        late: at.is_some(),
        corrects: None,
    };
    Ok(RunCommand::Log { run: sheet.run.id, entries: vec![entry] })
}

fn paste(
    which: &Which,
    notes: &Path,
    dry_run: bool,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    let bytes = std::fs::read(notes).map_err(|why| {
        input(format!("{} cannot be read: {why}", notes.display()), "Check the name of the file.")
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let access = if dry_run { Access::ReadOnly } else { Access::Write };
    let mut engine = open(&which.file, access, context, output)?;
    let run = night_of(&engine, which)?;
    let zone = zone(&engine.book().shop.zone);
    let readings = phone::read(&sheet(&engine, run)?, zone, engine.context().clock.now_at(), &text);
    let book = engine.book();
    let name = |reading: &phone::Reading| {
        let asset = reading.draft.asset.and_then(|id| book.assets.get(id.0)).map(|a| a.name.clone());
        let group = reading.draft.group.and_then(|id| book.groups.get(id.0)).map(|g| g.name.clone());
        asset.or(group).unwrap_or_default()
    };
    let rows: Vec<Vec<String>> = readings
        .iter()
        .map(|reading| {
            vec![
                reading.line.to_string(),
                clock_text(zone, reading.draft.at),
                reading.draft.kind.text().to_owned(),
                name(reading),
                reading.draft.text.clone(),
                reading.remarks.join(" "),
            ]
        })
        .collect();
    let lines: Vec<Value> = readings
        .iter()
        .map(|reading| {
            json!({ "line": reading.line, "typed": reading.typed, "at": reading.draft.at,
                    "kind": reading.draft.kind.word(), "about": name(reading), "text": reading.draft.text,
                    "remarks": reading.remarks, "known": reading.known })
        })
        .collect();
    let mut text = columns(&["#Line", "Time", "Kind", "About", "Text", "Remark"], &rows);
    let entries: Vec<EntryDraft> = readings.into_iter().filter(|r| !r.known).map(|r| r.draft).collect();
    let count = entries.len() as u64;
    if dry_run || entries.is_empty() {
        text.push_str("\nNothing was written.");
        output.result(&text, &json!({ "lines": lines, "written": 0 }));
        return Ok(());
    }
    engine.run(Command::Run(RunCommand::Log { run, entries }), &progress())?;
    let _infallible = write!(text, "\n{} written.", counted(count, "line was", "lines were"));
    output.result(&text, &json!({ "lines": lines, "written": count }));
    Ok(())
}

fn show(which: &Which, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&which.file, Access::ReadOnly, context, output)?;
    let run = night_of(&engine, which)?;
    let sheet = sheet(&engine, run)?;
    let zone = zone(&engine.book().shop.zone);
    let drift = drift(&sheet, engine.context().clock.now_at());
    let mut text = format!(
        "{}: {}. Planned for {}, {} {}, {}.\n\n",
        sheet.run.title,
        sheet.run.stage().text().to_lowercase(),
        text_in(zone, sheet.run.planned_at),
        if sheet.run.ended_at.is_some() { "ended" } else { "expected to end" },
        text_in(zone, drift.end_at),
        drift_text(drift.secs())
    );
    if sheet.run.drill {
        text.insert_str(0, "DRILL: a rehearsal, outside every figure.\n");
    }
    let clock = |at: Option<i64>| at.map_or_else(String::new, |at| clock_text(zone, at));
    let (mut rows, mut steps) = (Vec::new(), Vec::new());
    for (number, (step, found)) in (1..).zip(sheet.steps.iter().zip(&drift.steps)) {
        rows.push(vec![
            number.to_string(),
            clock_text(zone, step.planned_at),
            clock(step.begun_at),
            clock(step.ended_at),
            found.state.text().to_owned(),
            drift_text(found.drift_secs),
            step.task.clone(),
            sheet.who(step),
        ]);
        steps.push(json!({
            "number": number, "task": step.task, "who": sheet.who(step), "planned_at": step.planned_at,
            "minutes": step.minutes, "begun_at": step.begun_at, "ended_at": step.ended_at,
            "state": found.state.word(), "drift_secs": found.drift_secs, "skipped_because": step.skipped_because,
        }));
    }
    text.push_str(&columns(&["#No", "Plan", "Begun", "Ended", "State", "Drift", "Task", "Who"], &rows));
    let _infallible = write!(text, "\n\n{}", minutes(&sheet, zone));
    let entries: Vec<Value> = sheet
        .entries
        .iter()
        .map(|entry| {
            json!({ "at": entry.at, "recorded_at": entry.recorded_at, "author": entry.author,
                    "kind": entry.kind.word(), "text": entry.text, "late": entry.late,
                    "line": entry_text(&sheet, zone, entry) })
        })
        .collect();
    let value = json!({
        "title": sheet.run.title, "stage": sheet.run.stage().word(), "drill": sheet.run.drill,
        "planned_at": sheet.run.planned_at, "begun_at": sheet.run.begun_at, "ended_at": sheet.run.ended_at,
        "expected_end_at": drift.end_at, "drift_secs": drift.secs(), "steps": steps, "log": entries,
        "next": sheet.next().map(|step| step.task.clone()),
    });
    output.result(&text, &value);
    Ok(())
}

fn summary(which: &Which, text: Option<&str>, context: &Context, output: &Output) -> Result<(), Error> {
    if let Some(text) = text {
        return told(which, context, output, |sheet, _| {
            Ok(RunCommand::Summary { run: sheet.run.id, text: text.to_owned() })
        });
    }
    let engine = open(&which.file, Access::ReadOnly, context, output)?;
    let run = night_of(&engine, which)?;
    let sheet = sheet(&engine, run)?;
    let zone = zone(&engine.book().shop.zone);
    let accepted = sheet
        .run
        .accepted_at
        .map(|at| format!("Accepted by {} on {}.", sheet.run.accepted_by, text_in(zone, at)));
    let state = accepted.unwrap_or_else(|| "A draft.".to_owned());
    let shown = match sheet.run.summary.as_str() {
        "" => crate::domain::run::summary::summary(&sheet, zone, engine.context().clock.now_at()),
        written => written.to_owned(),
    };
    let value = json!({
        "summary": shown, "minutes": minutes(&sheet, zone), "accepted_by": sheet.run.accepted_by,
        "accepted_at": sheet.run.accepted_at,
    });
    output.result(&format!("{state}\n\n{shown}\n\n{}", minutes(&sheet, zone)), &value);
    Ok(())
}
