//! Runbooks, patch nights and their log.
//!
//! A run is a copy of its runbook. Its log is only added to; what was accepted does not change.

mod log;
mod step;

use chrono::{Days, NaiveDate};

use super::super::book::Book;
use super::super::change::ChangeId;
use super::super::command::{Decision, Edit, Issues, RunCommand};
use super::super::cycle::CycleId;
use super::super::row::RowChange;
use super::super::run::entry::{EntryKind, RunEntry};
use super::super::run::plan::{Placed, place};
use super::super::run::runbook::{Runbook, RunbookId};
use super::super::run::sheet::{Sheet, Stage, holder_on};
use super::super::run::starting::starting_runbook;
use super::super::run::{Run, RunEntryId, RunId, RunStep, RunStepId};
use super::asset::above;
use super::{Findings, Moment, one_change, refused, still_as_read};
use crate::domain::calendar::zone::time_of;
use crate::domain::group::GroupId;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::id::Ids;
use crate::util::text::{block, fold, line};

/// A night is planned at most so many days before or after today.
const PLAN_DAYS: u64 = 366;
/// Longest step, minutes.
const STEP_MINUTES_MAX: i64 = 24 * 60;

pub(super) fn decide(book: &Book, command: RunCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        RunCommand::Runbook(edit) => save_runbook(book, *edit, moment),
        RunCommand::EndRunbook(id) => end_runbook(book, id, moment),
        RunCommand::Plan { runbook, cycle, changes, on, drill } => {
            plan(book, &Night { runbook, cycle, changes, on, drill }, moment)
        }
        RunCommand::Run(edit) => save_run(book, *edit),
        RunCommand::Step(edit) => step::save(book, *edit, moment),
        RunCommand::Begin { run, at } => step::begin_night(book, run, at, moment),
        RunCommand::BeginStep { step, at } => step::begin(book, step, at, moment),
        RunCommand::EndStep { step, at } => step::end(book, step, at, moment),
        RunCommand::SkipStep { step, because } => step::skip(book, step, &because, moment),
        RunCommand::Log { run, entries } => log::write(book, run, entries, moment),
        RunCommand::End { run, at } => step::end_night(book, run, at, moment),
        RunCommand::Summary { run, text } => summary(book, run, &text),
        RunCommand::AcceptSummary { run, by } => accept(book, run, &by, moment),
        RunCommand::Cancel { run, because } => cancel(book, run, &because),
    }
}

/// The runbook a new file starts with. `groups`: the groups it starts with, by name.
pub(super) fn starting(ids: &Ids, groups: &[(GroupId, &str)]) -> RowChange {
    RowChange::create(&starting_runbook(RunbookId(ids.next()), groups))
}

fn save_runbook(book: &Book, edit: Edit<Runbook>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.runbooks.get(base.id.0), base, &base.name)?;
    }
    row.id = base.as_ref().map_or_else(|| RunbookId(moment.ids.next()), |base| base.id);
    row.ended_at = base.as_ref().and_then(|base| base.ended_at);
    row.name = line(&row.name).into_owned();
    let mut findings = Findings::default();
    findings.demand("name", &row.name, "Give the runbook a name.");
    let same = |other: &&Runbook| {
        other.id != row.id && other.ended_at.is_none() && fold(&other.name) == fold(&row.name)
    };
    if let Some(other) = book.runbooks.iter().find(same) {
        findings.add("name", format!("There is already a runbook called {}.", other.name));
    }
    if row.steps.is_empty() {
        findings.add("steps", "A runbook needs at least one step.");
    }
    for (number, step) in (1..).zip(&mut row.steps) {
        step.task = line(&step.task).into_owned();
        step.team = line(&step.team).into_owned();
        step.parts = step.parts.iter().map(|p| line(p).into_owned()).filter(|p| !p.is_empty()).collect();
        if step.task.is_empty() {
            findings.add("steps", format!("Say what is to be done in step {number}."));
        }
        match time_of(&step.time) {
            Some(time) => step.time = time.format("%H:%M").to_string(),
            None => findings.add("steps", format!("Write the time of step {number} like 21:00.")),
        }
        if !(1..=STEP_MINUTES_MAX).contains(&step.minutes) {
            findings.add("steps", format!("Step {number} takes between 1 minute and 24 hours."));
        }
        if !(0..=3).contains(&step.day) {
            findings
                .add("steps", format!("Step {number} is on the day of the night or up to three days after."));
        }
        if step.group.is_some_and(|id| book.groups.get(id.0).is_none()) {
            findings.add("steps", format!("The patch group of step {number} is no longer in the register."));
        }
        if step.role.is_some_and(|id| book.roles.get(id.0).is_none()) {
            findings.add("steps", format!("The role of step {number} is no longer in the register."));
        }
    }
    findings.done()?;
    let label = format!("{} runbook {}", if base.is_some() { "Change" } else { "Add" }, row.name);
    Ok(one_change(label, base.as_ref(), &row))
}

fn end_runbook(book: &Book, id: RunbookId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(before) = book.runbooks.get(id.0) else {
        return Err(refused("The runbook is no longer in the register."));
    };
    if before.ended_at.is_some() {
        return Err(refused(format!("{} is no longer offered already.", before.name)));
    }
    let after = Runbook { ended_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("Offer runbook {} no longer", before.name), Some(before), &after))
}

struct Night {
    runbook: RunbookId,
    cycle: Option<CycleId>,
    changes: Vec<ChangeId>,
    on: NaiveDate,
    drill: bool,
}

fn plan(book: &Book, night: &Night, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(runbook) = book.runbooks.get(night.runbook.0) else {
        return Err(refused("The runbook is no longer in the register. Choose another one."));
    };
    let zone = zone(&book.shop.zone);
    let mut findings = Findings::default();
    if runbook.ended_at.is_some() {
        findings.add("runbook", format!("{} is no longer offered. Choose another runbook.", runbook.name));
    }
    let cycle = night.cycle.and_then(|id| book.cycles.get(id.0));
    if night.cycle.is_some() && cycle.is_none() {
        findings.add("cycle", "The cycle is no longer in the register. Choose another one.");
    }
    if let Some(cycle) = cycle
        && (cycle.closed_at.is_some() || !cycle.cancelled_because.is_empty())
    {
        findings.add("cycle", format!("{} is over. Choose a cycle that is open.", cycle.name));
    }
    if night.changes.iter().any(|id| book.changes.get(id.0).is_none()) {
        findings.add("changes", "A change record is no longer in the register. Choose the records again.");
    }
    let today = day_in(zone, moment.at);
    let span = Days::new(PLAN_DAYS);
    if today.checked_add_days(span).is_some_and(|last| night.on > last)
        || today.checked_sub_days(span).is_some_and(|first| night.on < first)
    {
        findings.add("on", "A night is at most a year from today. Check the date.");
    }
    let placed = place(book, runbook, night.on, zone);
    let Some(planned_at) = placed.first().map(|p| p.planned_at) else {
        findings.add("runbook", format!("{} has no step. Add one, or choose another runbook.", runbook.name));
        return Err(Issues(findings.0));
    };
    let drill = night.drill || cycle.is_some_and(|cycle| cycle.drill);
    let same = |run: &&Run| {
        run.runbook == Some(runbook.id)
            && run.planned_at == planned_at
            && run.drill == drill
            && run.stage() != Stage::Cancelled
    };
    if let Some(other) = book.runs.iter().find(same) {
        findings.add("on", format!("{} is already planned. Open it, or choose another day.", other.title));
    }
    findings.done()?;
    let contact = book.contacts.iter().find(|c| c.group.is_none() && c.ended_at.is_none());
    let title = format!("{}{} {}", if drill { "DRILL " } else { "" }, runbook.name, day_text(night.on));
    let run = Run {
        id: RunId(moment.ids.next()),
        cycle: night.cycle,
        changes: night.changes.clone(),
        runbook: Some(runbook.id),
        title: line(&title).into_owned(),
        drill,
        lead: None,
        bridge: contact.map(|c| c.bridge.clone()).unwrap_or_default(),
        planned_at,
        begun_at: None,
        ended_at: None,
        summary: String::new(),
        accepted_by: String::new(),
        accepted_at: None,
        cancelled_because: String::new(),
        created_at: moment.at,
    };
    let mut changes = vec![RowChange::create(&run)];
    let mut newest = 0;
    for (position, placed) in (1..).zip(&placed) {
        let step = copied(book, run.id, position, placed, night.on, moment);
        changes.push(RowChange::create(&step));
        if let Some(remark) = &placed.remark {
            let entry = said(run.id, Some(step.id), moment, &mut newest, remark);
            changes.push(RowChange::create(&entry));
        }
    }
    Ok(Decision { label: format!("Plan {}", run.title), changes, batch: None })
}

fn copied(
    book: &Book,
    run: RunId,
    position: i64,
    placed: &Placed<'_>,
    on: NaiveDate,
    moment: Moment<'_>,
) -> RunStep {
    let step = placed.step;
    RunStep {
        id: RunStepId(moment.ids.next()),
        run,
        position,
        planned_at: placed.planned_at,
        minutes: step.minutes,
        task: step.task.clone(),
        parts: step.parts.clone(),
        team: step.team.clone(),
        person: step.role.and_then(|role| holder_on(book, role, on)),
        group: step.group,
        begun_at: None,
        ended_at: None,
        skipped_because: String::new(),
    }
}

/// A note the program itself has to make.
fn said(run: RunId, step: Option<RunStepId>, moment: Moment<'_>, newest: &mut i64, text: &str) -> RunEntry {
    *newest = above(*newest, moment.ids.next());
    RunEntry {
        id: RunEntryId(*newest),
        run,
        at: moment.at,
        recorded_at: moment.at,
        author: moment.actor.to_owned(),
        kind: EntryKind::Note,
        text: line(text).into_owned(),
        step,
        group: None,
        asset: None,
        receiver: String::new(),
        late: false,
        corrects: None,
    }
}

fn save_run(book: &Book, edit: Edit<Run>) -> Result<Decision, Issues> {
    let Edit { base, row } = edit;
    let Some(base) = base else {
        return Err(refused("A night is planned from a runbook. Choose one and a date."));
    };
    still_as_read(book.runs.get(base.id.0), &base, &base.title)?;
    let mut findings = Findings::default();
    match base.stage() {
        Stage::Accepted => findings.add("", locked(&base)),
        Stage::Cancelled => findings.add("", format!("{} was cancelled. Plan a new night.", base.title)),
        Stage::Planned | Stage::UnderWay | Stage::Ended => {}
    }
    let title = line(&row.title).into_owned();
    findings.demand("title", &title, "Give the night a title.");
    if base.drill && !title.contains("DRILL") {
        findings.add("title", "A rehearsal keeps the word DRILL in its title.");
    }
    if row.lead.is_some_and(|id| book.people.get(id.0).is_none()) {
        findings.add("lead", "This person is no longer in the register. Choose another lead.");
    }
    if row.changes.iter().any(|id| book.changes.get(id.0).is_none()) {
        findings.add("changes", "A change record is no longer in the register. Choose the records again.");
    }
    findings.done()?;
    // Everything else follows from what happened, never from a form.
    let after = Run {
        title,
        lead: row.lead,
        bridge: line(&row.bridge).into_owned(),
        changes: row.changes,
        ..base.clone()
    };
    Ok(one_change(format!("Change {}", base.title), Some(&base), &after))
}

fn summary(book: &Book, run: RunId, text: &str) -> Result<Decision, Issues> {
    let sheet = sheet(book, run)?;
    match sheet.run.stage() {
        Stage::Ended => {}
        Stage::Accepted => return Err(refused(locked(sheet.run))),
        Stage::Planned | Stage::UnderWay | Stage::Cancelled => {
            return Err(refused("End the night first; then its summary is written."));
        }
    }
    let text = block(text);
    let mut findings = Findings::default();
    findings.demand("summary", &text, "A summary says at least how it went.");
    findings.done()?;
    let after = Run { summary: text, ..sheet.run.clone() };
    Ok(one_change(format!("Write the summary of {}", sheet.run.title), Some(sheet.run), &after))
}

fn accept(book: &Book, run: RunId, by: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let sheet = sheet(book, run)?;
    let mut findings = Findings::default();
    match sheet.run.stage() {
        Stage::Ended => {}
        Stage::Accepted => findings.add("", locked(sheet.run)),
        Stage::Planned | Stage::UnderWay | Stage::Cancelled => {
            findings.add("", "End the night first; then its summary can be accepted.");
        }
    }
    let by = line(by).into_owned();
    findings.demand("by", &by, "Say who accepts the summary.");
    findings.demand("summary", &sheet.run.summary, "Write the summary before it is accepted.");
    findings.done()?;
    let after = Run { accepted_by: by, accepted_at: Some(moment.at), ..sheet.run.clone() };
    Ok(one_change(format!("Accept the summary of {}", sheet.run.title), Some(sheet.run), &after))
}

fn cancel(book: &Book, run: RunId, because: &str) -> Result<Decision, Issues> {
    let sheet = sheet(book, run)?;
    let mut findings = Findings::default();
    match sheet.run.stage() {
        Stage::Planned => {}
        Stage::UnderWay => findings.add("", "The night is under way. End it, and say in its log why."),
        Stage::Ended | Stage::Accepted => findings.add("", "The night is over and cannot be cancelled."),
        Stage::Cancelled => findings.add("", format!("{} is cancelled already.", sheet.run.title)),
    }
    let because = line(because).into_owned();
    findings.demand("because", &because, "Say why the night does not take place.");
    findings.done()?;
    let after = Run { cancelled_because: because, ..sheet.run.clone() };
    Ok(one_change(format!("Cancel {}", sheet.run.title), Some(sheet.run), &after))
}

fn sheet(book: &Book, run: RunId) -> Result<Sheet<'_>, Issues> {
    Sheet::of(book, run).ok_or_else(|| refused("The night is no longer in the register."))
}

/// Why nothing about a run changes any more.
fn locked(run: &Run) -> String {
    format!(
        "{} accepted the summary of {}. What came to light later belongs into the review of the cycle.",
        run.accepted_by, run.title
    )
}
