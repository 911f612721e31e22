//! Emergencies on the console: declare, show, decide, measure.

use std::path::Path;

use serde_json::{Value, json};

use super::args::Emergency;
use super::{date, done, input};
use crate::app::{Context, Engine, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::told::medium;
use crate::domain::approval::{Subject, Verdict, sentence};
use crate::domain::command::{ApprovalCommand, ApprovalDraft, Command, Edit, EmergencyCommand};
use crate::domain::cycle::CycleId;
use crate::domain::emergency::standing::{Standing, decided_on, emergencies, holds, owed, standing};
use crate::domain::emergency::{InterimMeasure, MeasureId};
use crate::domain::run::drift::span_text;
use crate::store::Access;
use crate::util::clock::{end_of_day, text_in, zone};
use crate::util::hash::{hex, sha256};
use crate::util::text::fold;

pub(in crate::cli) fn run(args: &Emergency, context: &Context, output: &Output) -> Result<(), Error> {
    match args {
        Emergency::Declare { file, reason, by, update, drill } => {
            declare(file, reason, by, update, *drill, context, output)
        }
        Emergency::Show { file, name } => show(file, name.as_deref(), context, output),
        Emergency::Decide { file, name, decision, person, function, medium, comment } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let cycle = meant(&engine, name.as_deref())?;
            let said = Said { decision, person, function, medium, comment };
            let command = decision_of(&engine, cycle, &said)?;
            done(&mut engine, command, output)
        }
        Emergency::Measure { file, name, what, undo, review, remove, because } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let cycle = meant(&engine, name.as_deref())?;
            let command = match remove {
                Some(words) => removal(&engine, cycle, words, because)?,
                None => measure(&engine, cycle, what, undo, review.as_deref())?,
            };
            done(&mut engine, Command::Emergency(command), output)
        }
    }
}

fn declare(
    file: &Path,
    reason: &str,
    by: &str,
    names: &[String],
    drill: bool,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    let mut engine = open(file, Access::Write, context, output)?;
    let mut updates = Vec::new();
    for name in names {
        let found = engine.book().updates.iter().find(|update| fold(&update.short_name()) == fold(name));
        let found = found.ok_or_else(|| {
            input(format!("the register has no update {name}"), "Leave it out, or import it first.")
        })?;
        updates.push(found.id);
    }
    let at = engine.context().clock.now_at();
    let command =
        EmergencyCommand::Declare { reason: reason.to_owned(), updates, drill, by: by.to_owned(), at };
    done(&mut engine, Command::Emergency(command), output)
}

/// The emergency that is meant.
fn meant(engine: &Engine, name: Option<&str>) -> Result<CycleId, Error> {
    let all = emergencies(engine.book());
    let found = match name {
        Some(name) => all.iter().find(|cycle| fold(&cycle.name) == fold(name)),
        None => all.first(),
    };
    found.map(|cycle| cycle.id).ok_or_else(|| input("there is no such emergency".to_owned(), ""))
}

fn look(engine: &Engine, cycle: CycleId) -> Result<Standing<'_>, Error> {
    standing(engine.book(), cycle, engine.context().clock.now_at())
        .ok_or_else(|| input("there is no such emergency".to_owned(), ""))
}

fn show(file: &Path, name: Option<&str>, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let found = look(&engine, meant(&engine, name)?)?;
    let book = engine.book();
    let zone = zone(&book.shop.zone);
    let cycle = found.cycle;
    let owes = owed(book, cycle.id, engine.context().clock.now_at());
    let state = |step: &crate::domain::cycle::CycleStep| match (step.done_at, step.skipped_because.as_str()) {
        (Some(at), _) => format!("done {}", text_in(zone, at)),
        (None, "") => holds(book, step).map_or("to do", |_| "waits").to_owned(),
        (None, why) => format!("left out: {why}"),
    };
    let rows: Vec<Vec<String>> = found
        .steps
        .iter()
        .map(|step| {
            vec![
                format!("{} h", (step.due_at - cycle.anchor_at) / 3600),
                state(step),
                step.title.clone(),
                book.person_name(step.person).to_owned(),
            ]
        })
        .collect();
    let drill = if cycle.drill { "DRILL: a rehearsal, outside every figure.\n" } else { "" };
    let mut lines = vec![
        format!("{drill}{}: {}", cycle.name, cycle.reason),
        format!(
            "Declared by {} {}, {} ago. Decision: {}.",
            cycle.declared_by,
            text_in(zone, cycle.anchor_at),
            span_text(found.clock_secs),
            found.decided.text().to_lowercase()
        ),
    ];
    if found.approval_missed {
        lines.push("The approval after the fact did not come in time.".to_owned());
    }
    lines.push(columns(&["#After", "State", "Step", "Who"], &rows));
    lines.extend(found.decisions.iter().map(|approval| sentence(book, approval)));
    for measure in &found.measures {
        let until = measure.removed_at.map_or_else(
            || "in force".to_owned(),
            |at| format!("taken back {}: {}", text_in(zone, at), measure.removed_because),
        );
        lines.push(format!("Interim measure: {} ({until}). Way back: {}", measure.what, measure.undo));
    }
    lines.extend(owes.iter().map(|debt| format!("Before it can be closed: {debt}")));
    let steps: Vec<Value> = found
        .steps
        .iter()
        .map(|step| {
            json!({ "title": step.title, "due_at": step.due_at, "done_at": step.done_at,
                    "skipped_because": step.skipped_because, "held": holds(book, step) })
        })
        .collect();
    let measures: Vec<Value> = found
        .measures
        .iter()
        .map(|m| {
            json!({ "what": m.what, "undo": m.undo, "in_force_at": m.in_force_at, "review_at": m.review_at,
                    "removed_at": m.removed_at, "removed_because": m.removed_because })
        })
        .collect();
    let value = json!({
        "name": cycle.name, "drill": cycle.drill, "reason": cycle.reason, "declared_by": cycle.declared_by,
        "declared_at": cycle.anchor_at, "clock_secs": found.clock_secs, "decided": found.decided.word(),
        "approve_by_at": cycle.approve_by_at, "approval_missed": found.approval_missed, "steps": steps,
        "measures": measures, "owed": owes,
    });
    output.result(&lines.join("\n"), &value);
    Ok(())
}

struct Said<'a> {
    decision: &'a str,
    person: &'a str,
    function: &'a str,
    medium: &'a str,
    comment: &'a str,
}

fn decision_of(engine: &Engine, cycle: CycleId, said: &Said<'_>) -> Result<Command, Error> {
    let book = engine.book();
    let found = look(engine, cycle)?;
    let decision = match said.decision {
        "go-ahead" => Verdict::GoAhead,
        "await" => Verdict::Await,
        "approve" => Verdict::Approve,
        "reject" => Verdict::Reject,
        other => {
            return Err(input(
                format!("{other} is no decision"),
                "Write go-ahead, await, approve or reject after --decision.",
            ));
        }
    };
    let person = book.people.iter().find(|person| fold(&person.name) == fold(said.person));
    let person = person.ok_or_else(|| input(format!("the register has no person {}", said.person), ""))?.id;
    let medium = medium(said.medium)?;
    let text = decided_on(book, found.cycle);
    Ok(Command::Approval(ApprovalCommand::Record(Box::new(ApprovalDraft {
        subject: Subject::Cycle,
        subject_id: cycle.0,
        decision,
        person,
        function: said.function.to_owned(),
        medium,
        decided_at: engine.context().clock.now_at(),
        comment: said.comment.to_owned(),
        evidence: None,
        shown: hex(&sha256(text.as_bytes())),
    }))))
}

fn measure(
    engine: &Engine,
    cycle: CycleId,
    what: &str,
    undo: &str,
    review: Option<&str>,
) -> Result<EmergencyCommand, Error> {
    let zone = zone(&engine.book().shop.zone);
    let review_at = review.map(date).transpose()?.map(|day| end_of_day(zone, day));
    let row = InterimMeasure {
        id: MeasureId(0),
        cycle,
        what: what.to_owned(),
        undo: undo.to_owned(),
        owner: None,
        in_force_at: engine.context().clock.now_at(),
        review_at,
        removed_at: None,
        removed_because: String::new(),
    };
    Ok(EmergencyCommand::Measure(Box::new(Edit { base: None, row })))
}

fn removal(engine: &Engine, cycle: CycleId, words: &str, because: &str) -> Result<EmergencyCommand, Error> {
    let found = look(engine, cycle)?;
    let mut fitting =
        found.measures.iter().filter(|m| m.removed_at.is_none() && fold(&m.what).contains(&fold(words)));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => {
            Ok(EmergencyCommand::RemoveMeasure { measure: only.id, because: because.to_owned() })
        }
        (None, _) => Err(input(format!("no measure in force holds the words {words}"), "")),
        (Some(_), Some(_)) => {
            Err(input(format!("several measures hold the words {words}"), "Give more of their words."))
        }
    }
}
