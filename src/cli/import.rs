//! `import`: the wizard of the window, as flags.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::args::Import;
use super::output::{Output, progress};
use crate::app::import as importing;
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::domain::pair::State;
use crate::import::date::DateOrder;
use crate::import::plan::{Choices, ImportPlan, Verdict};
use crate::import::{Answers, FileScope, Mapping, Outcome, QuestionKind, ReadSet, Role};
use crate::store::Access;
use crate::util::clock::{text_in, zone};
use crate::util::text::{count, counted, fold};

pub(super) fn run(args: &Import, context: &Context, output: &Output) -> Result<(), Error> {
    let access = if args.dry_run { Access::ReadOnly } else { Access::Write };
    let mut engine = super::file::open(&args.file, access, context, output)?;
    let inputs = importing::inputs(&args.inputs)?;
    let mut answers = answers(args, &engine)?;
    let mut read = importing::read_files(&inputs, &answers, &progress())?;
    if map_columns(args, &read, &mut answers)? {
        read = importing::read_files(&inputs, &answers, &progress())?;
    }
    if let Some(obstacle) = importing::obstacle(&read) {
        return Err(obstacle);
    }
    // A scope changes what the figures mean: the window asks, so the console must be told.
    if let Some(open) = read.questions.iter().find(|q| matches!(q.kind, QuestionKind::Scope { .. })) {
        let file = read.files.get(usize::from(open.file)).map_or("", |f| f.name.as_str());
        let (summary, hint) = importing::question_text(&open.kind, file);
        return Err(Error::new(ErrorKind::Question, summary, hint));
    }
    let choices = choices(args, &read, &engine)?;
    let plan = importing::plan_import(&engine, &read, &choices);
    let zone = zone(&engine.book().shop.zone);
    let as_of = plan.as_of_at.map(|at| text_in(zone, at));
    let (text, mut value) = (describe(&plan, &read, as_of.as_deref()), value_of(&plan, &read));
    if args.dry_run {
        value["dry_run"] = Value::Bool(true);
        output.result(&format!("{text}\nNothing was changed: this was a dry run."), &value);
        return Ok(());
    }
    let done = importing::accept(&mut engine, plan, &read, &answers, &progress())?;
    value["entry"] = done.entry.into();
    let last = match done.op_id {
        Some(_) => format!(
            "Recorded as \"{}\", entry {}. Undo with: patchbook-cli undo FILE",
            done.label, done.entry
        ),
        None => "Nothing new: the register is as it was.".to_owned(),
    };
    output.result(&format!("{text}\n{last}"), &value);
    Ok(())
}

fn usage(text: String) -> Error {
    Error::new(ErrorKind::Input, text, "")
}

fn answers(args: &Import, engine: &Engine) -> Result<Answers, Error> {
    let mut answers = importing::saved_answers(engine.book());
    let all = &mut answers.for_all;
    all.zone_offset_minutes = args.zone_offset;
    all.every_state = args.every_state.as_deref().map(state_of).transpose()?;
    if let Some(word) = &args.scope {
        all.scope = Some(match word.as_str() {
            "all-but-not-applicable" => FileScope::AllButNotApplicable,
            "all" => FileScope::All,
            "needed-only" => FileScope::NeededOnly,
            "some" => FileScope::OneUpdate(String::new()),
            other => {
                return Err(usage(format!(
                    "{other} is no scope: all-but-not-applicable, all, needed-only, some"
                )));
            }
        });
    }
    if let Some(word) = &args.date_order {
        all.date_order = Some(match word.as_str() {
            "day-first" => DateOrder::DayFirst,
            "month-first" => DateOrder::MonthFirst,
            other => return Err(usage(format!("{other} is no date order: day-first, month-first"))),
        });
    }
    for pair in &args.state {
        let (word, state) = split(pair, "WORD=STATE")?;
        let state = if state == "skip" { None } else { Some(state_of(state)?) };
        all.state_words.insert(crate::import::state::fold_word(word), state);
    }
    for pair in &args.update_of_file {
        let (file, kb) = split(pair, "FILE=KB")?;
        let digits = kb.trim_start_matches(|c: char| !c.is_ascii_digit());
        answers.update_of_file.insert(file.to_owned(), digits.to_owned());
    }
    Ok(answers)
}

fn state_of(word: &str) -> Result<State, Error> {
    let wanted = fold(word).replace(['-', '_', ' '], "");
    let found = State::ALL.into_iter().find(|s| fold(s.text()).replace(' ', "") == wanted);
    found.ok_or_else(|| {
        let all: Vec<String> = State::ALL.iter().map(|s| fold(s.text()).replace(' ', "-")).collect();
        usage(format!("{word} is no state: {}", all.join(", ")))
    })
}

fn split<'a>(pair: &'a str, form: &str) -> Result<(&'a str, &'a str), Error> {
    pair.rsplit_once('=').ok_or_else(|| usage(format!("{pair} is not of the form {form}")))
}

/// Lays the named columns over the guess of every table; true if anything was named.
fn map_columns(args: &Import, read: &ReadSet, answers: &mut Answers) -> Result<bool, Error> {
    if args.column.is_empty() {
        return Ok(false);
    }
    for file in read.files.iter().filter(|f| !f.fingerprint.is_empty()) {
        let header = &file.recognised.columns;
        let mut mapping = file.mapping.clone().unwrap_or_else(|| Mapping::guess(header));
        for pair in &args.column {
            let (role, name) = split(pair, "ROLE=HEADER")?;
            let role = Role::of_word(role)
                .ok_or_else(|| usage(format!("{role} is no column meaning: {}", role_words())))?;
            if let Some(column) = header.iter().find(|h| fold(h) == fold(name)) {
                mapping.set(role, column);
            }
        }
        answers.profile_mut(&file.fingerprint).mapping = Some(mapping);
    }
    Ok(true)
}

fn role_words() -> String {
    Role::all().map(Role::word).collect::<Vec<_>>().join(", ")
}

fn choices(args: &Import, read: &ReadSet, engine: &Engine) -> Result<Choices, Error> {
    let key = |name: &str| {
        let found =
            read.computers.iter().find(|c| fold(&c.name) == fold(name) || fold(&c.short_name) == fold(name));
        found.map(|c| c.key.0.clone()).ok_or_else(|| usage(format!("the files name no computer {name}")))
    };
    let mut choices = Choices { source_name: args.source.clone(), ..Choices::default() };
    for name in &args.take {
        choices.take.insert(key(name)?);
    }
    for name in &args.leave_out {
        choices.leave_out.insert(key(name)?);
    }
    for pair in &args.take_as {
        let (name, asset) = split(pair, "NAME=ASSET")?;
        let found = engine.book().asset_named(asset);
        let id = found.ok_or_else(|| usage(format!("the register has no asset {asset}")))?.id;
        choices.take_as.insert(key(name)?, id);
    }
    Ok(choices)
}

fn verdict_word(verdict: &Verdict) -> (&'static str, String) {
    match verdict {
        Verdict::Create => ("new", String::new()),
        Verdict::Change(diffs) => {
            let said = diffs.iter().map(|d| {
                let kept = if d.kept_yours { " (kept yours)" } else { "" };
                format!("{}: {} -> {}{kept}", d.field, if d.was.is_empty() { "-" } else { &d.was }, d.becomes)
            });
            ("changed", said.collect::<Vec<_>>().join("; "))
        }
        Verdict::Unchanged => ("unchanged", String::new()),
        Verdict::Placeholder => ("waiting", "known only by its GUID until a file names it".to_owned()),
        Verdict::Ask(text) => ("ask", text.clone()),
        Verdict::LeftOut(text) => ("left out", text.clone()),
    }
}

fn describe(plan: &ImportPlan, read: &ReadSet, as_of: Option<&str>) -> String {
    let mut out = String::new();
    for file in &read.files {
        let what = match &file.outcome {
            Outcome::Imported => format!(
                "{}, {} rows, {} left out",
                file.recognised.kind.name(),
                count(file.rows),
                count(file.skipped)
            ),
            Outcome::Waiting => "waits for an answer".to_owned(),
            Outcome::NotImported { name, sentence } => format!("{name}. {sentence}"),
            Outcome::Unreadable { sentence } => sentence.clone(),
        };
        let _infallible = writeln!(out, "{}: {what}", file.name);
    }
    let _infallible = writeln!(out, "Source: {}. {}.", plan.source_name, plan.scope.text());
    if let Some(as_of) = as_of {
        let _infallible = writeln!(out, "Data as of {as_of}.");
    }
    for computer in &plan.computers {
        let (word, text) = verdict_word(&computer.verdict);
        if word == "unchanged" && computer.remark.is_empty() {
            continue;
        }
        let remark = if computer.remark.is_empty() { "" } else { &computer.remark };
        let line = format!("  {word:<9} {}  {text} {remark}", computer.name);
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let s = &plan.states;
    let _infallible = writeln!(
        out,
        "Pairs: {} new, {} changed, {} vanished, {} unchanged, {} older, {} not applicable, {} unresolved.",
        count(s.new),
        count(s.changed),
        count(s.vanished),
        count(s.same),
        count(s.older),
        count(s.not_applicable),
        count(s.unresolved)
    );
    for warning in &plan.warnings {
        let _infallible = writeln!(out, "Note: {warning}");
    }
    for issue in read.issues.kept().iter().take(20) {
        let file = read.files.get(usize::from(issue.file)).map_or("", |f| f.name.as_str());
        let _infallible = writeln!(out, "  {file} line {}: {}", issue.line, issue.text);
    }
    if read.issues.total() > 20 {
        let more = counted(read.issues.total() - 20, "more remark", "more remarks");
        let _infallible = writeln!(out, "  and {more}.");
    }
    let _infallible = write!(out, "In all: {}.", plan.summary());
    out
}

fn value_of(plan: &ImportPlan, read: &ReadSet) -> Value {
    let files: Vec<Value> = read
        .files
        .iter()
        .map(|f| {
            json!({
                "name": f.name, "sha256": f.sha256, "kind": f.recognised.kind.name(), "rows": f.rows,
                "skipped": f.skipped, "imported": f.outcome == Outcome::Imported,
            })
        })
        .collect();
    let computers: Vec<Value> = plan
        .computers
        .iter()
        .map(|c| {
            let (word, text) = verdict_word(&c.verdict);
            json!({ "name": c.name, "line": c.line, "verdict": word, "text": text, "remark": c.remark })
        })
        .collect();
    let s = &plan.states;
    json!({
        "source": plan.source_name,
        "scope": plan.scope.word(),
        "files": files,
        "computers": computers,
        "updates": {
            "new": plan.updates.created, "changed": plan.updates.changed,
            "unchanged": plan.updates.unchanged, "placeholders": plan.updates.placeholders,
        },
        "pairs": {
            "new": s.new, "changed": s.changed, "same": s.same, "older": s.older, "vanished": s.vanished,
            "not_applicable": s.not_applicable, "unresolved": s.unresolved, "left_out": s.left_out,
            "never_reported": s.never_reported,
        },
        "warnings": plan.warnings,
        "issues": read.issues.total(),
        "nothing_new": plan.is_nothing_new(),
    })
}
