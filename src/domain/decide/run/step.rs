//! Begin and end of a night and of its steps; each writes its own line of the log (requirements S1-56 to S1-58).

use super::super::super::book::Book;
use super::super::super::command::{Decision, Edit, EntryDraft, Issues};
use super::super::super::row::RowChange;
use super::super::super::run::entry::EntryKind;
use super::super::super::run::sheet::{Sheet, Stage};
use super::super::super::run::summary::summary;
use super::super::super::run::{Run, RunId, RunStep, RunStepId};
use super::super::{Findings, Moment, one_change, refused, still_as_read};
use super::log::Writing;
use super::{STEP_MINUTES_MAX, locked, sheet};
use crate::domain::emergency::standing::holds_night;
use crate::util::clock::{text_in, zone};
use crate::util::text::line;

/// What was told of later than this is stamped so, seconds.
const LATE_SECS: i64 = 5 * 60;

pub(super) fn save(book: &Book, edit: Edit<RunStep>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.run_steps.get(base.id.0), base, &base.task)?;
        if base.begun_at.is_some() || base.is_skipped() {
            return Err(refused(format!("\"{}\" has begun or was left out, and stays as it is.", base.task)));
        }
        row = RunStep { id: base.id, run: base.run, ..row };
    } else {
        row.id = RunStepId(moment.ids.next());
    }
    (row.begun_at, row.ended_at) = (None, None);
    row.skipped_because.clear();
    row.task = line(&row.task).into_owned();
    row.team = line(&row.team).into_owned();
    row.parts = row.parts.iter().map(|p| line(p).into_owned()).filter(|p| !p.is_empty()).collect();
    let sheet = sheet(book, row.run)?;
    let mut findings = Findings::default();
    if !matches!(sheet.run.stage(), Stage::Planned | Stage::UnderWay) {
        findings.add("", "The night is over; its steps stay as they are.");
    }
    findings.demand("task", &row.task, "Say what is to be done.");
    if !(1..=STEP_MINUTES_MAX).contains(&row.minutes) {
        findings.add("minutes", "A step takes between 1 minute and 24 hours.");
    }
    if row.person.is_some_and(|id| book.people.get(id.0).is_none()) {
        findings.add("person", "This person is no longer in the register. Choose another one.");
    }
    if row.group.is_some_and(|id| book.groups.get(id.0).is_none()) {
        findings.add("group", "This patch group is no longer in the register. Choose another one.");
    }
    findings.done()?;
    let label = format!("{} step {}", if base.is_some() { "Change" } else { "Add" }, row.task);
    Ok(one_change(label, base.as_ref(), &row))
}

pub(super) fn begin_night(book: &Book, run: RunId, at: i64, moment: Moment<'_>) -> Result<Decision, Issues> {
    let sheet = sheet(book, run)?;
    let zone = zone(&book.shop.zone);
    let mut findings = Findings::default();
    match sheet.run.stage() {
        Stage::Planned => {}
        Stage::UnderWay | Stage::Ended | Stage::Accepted => {
            let begun_at = sheet.run.begun_at.unwrap_or(at);
            let text = format!(
                "{} has begun already, {}. A night begins once; plan another one for another night.",
                sheet.run.title,
                text_in(zone, begun_at)
            );
            findings.add("at", text);
        }
        Stage::Cancelled => {
            findings.add("at", format!("{} was cancelled. Plan a new night.", sheet.run.title));
        }
    }
    not_ahead(&mut findings, at, moment);
    if let Some(why) = sheet.run.cycle.and_then(|cycle| holds_night(book, cycle)) {
        findings.add("", why);
    }
    findings.done()?;
    let after = Run { begun_at: Some(at), ..sheet.run.clone() };
    let mut writing = Writing::new(&sheet, moment);
    writing.add(&draft(at, moment, EntryKind::Begin, &sheet.run.title, None));
    let mut changes: Vec<RowChange> = RowChange::update(sheet.run, &after).into_iter().collect();
    changes.extend(writing.changes());
    Ok(Decision { label: format!("Begin {}", sheet.run.title), changes, batch: None })
}

pub(super) fn begin(book: &Book, step: RunStepId, at: i64, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (sheet, step) = step_of(book, step)?;
    let mut findings = Findings::default();
    open(&mut findings, &sheet);
    may_begin(&mut findings, &sheet, step, at, moment);
    findings.done()?;
    let after = RunStep { begun_at: Some(at), ..step.clone() };
    Ok(told("Begin", EntryKind::Begin, &sheet, step, &after, at, moment))
}

pub(super) fn end(book: &Book, step: RunStepId, at: i64, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (sheet, step) = step_of(book, step)?;
    let mut findings = Findings::default();
    open(&mut findings, &sheet);
    may_end(&mut findings, &sheet, step, at, moment);
    findings.done()?;
    let after = RunStep { ended_at: Some(at), ..step.clone() };
    Ok(told("End", EntryKind::End, &sheet, step, &after, at, moment))
}

pub(super) fn skip(
    book: &Book,
    step: RunStepId,
    because: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let (sheet, step) = step_of(book, step)?;
    let mut findings = Findings::default();
    open(&mut findings, &sheet);
    if step.begun_at.is_some() {
        findings.add("", format!("\"{}\" has begun. End it, and say in the log what came of it.", step.task));
    }
    if step.is_skipped() {
        findings.add("", format!("\"{}\" was left out already: {}", step.task, step.skipped_because));
    }
    let because = line(because).into_owned();
    findings.demand("because", &because, "Say why the step is left out.");
    findings.done()?;
    let text = format!("Left out: {}: {because}", step.task);
    let after = RunStep { skipped_because: because, ..step.clone() };
    let mut writing = Writing::new(&sheet, moment);
    writing.add(&draft(moment.at, moment, EntryKind::Decision, &text, Some(step)));
    let mut changes: Vec<RowChange> = RowChange::update(step, &after).into_iter().collect();
    changes.extend(writing.changes());
    Ok(Decision { label: format!("Leave out {}", step.task), changes, batch: None })
}

pub(super) fn end_night(book: &Book, run: RunId, at: i64, moment: Moment<'_>) -> Result<Decision, Issues> {
    let sheet = sheet(book, run)?;
    let zone = zone(&book.shop.zone);
    let mut findings = Findings::default();
    match sheet.run.stage() {
        Stage::UnderWay => {}
        Stage::Planned => findings.add("at", "The night has not begun. Begin it, or cancel it."),
        Stage::Ended | Stage::Accepted => {
            findings.add("at", format!("{} has ended already.", sheet.run.title));
        }
        Stage::Cancelled => findings.add("at", format!("{} was cancelled.", sheet.run.title)),
    }
    not_ahead(&mut findings, at, moment);
    if let Some(begun_at) = sheet.run.begun_at.filter(|begun_at| at < *begun_at) {
        let text = format!(
            "The night cannot end at {}, before it began at {}. Check the time.",
            text_in(zone, at),
            text_in(zone, begun_at)
        );
        findings.add("at", text);
    }
    for step in sheet.running() {
        findings.add("", format!("\"{}\" is still being done. End it first.", step.task));
    }
    let last = sheet.steps.iter().filter_map(|step| Some((step.ended_at?, step))).max_by_key(|(at, _)| *at);
    if let Some((ended_at, step)) = last.filter(|(ended_at, _)| at < *ended_at) {
        let text = format!(
            "The night cannot end at {}, before \"{}\" ended at {}. Check the time.",
            text_in(zone, at),
            step.task,
            text_in(zone, ended_at)
        );
        findings.add("at", text);
    }
    findings.done()?;
    let mut after = Run { ended_at: Some(at), ..sheet.run.clone() };
    let mut writing = Writing::new(&sheet, moment);
    writing.add(&draft(at, moment, EntryKind::End, &sheet.run.title, None));
    if after.summary.is_empty() {
        let ended = Sheet { run: &after, ..sheet.clone() };
        after.summary = summary(&ended, zone, moment.at);
    }
    let mut changes: Vec<RowChange> = RowChange::update(sheet.run, &after).into_iter().collect();
    changes.extend(writing.changes());
    Ok(Decision { label: format!("End {}", sheet.run.title), changes, batch: None })
}

/// What is wrong with a begin of a step at an instant.
pub(super) fn may_begin(
    findings: &mut Findings,
    sheet: &Sheet<'_>,
    step: &RunStep,
    at: i64,
    moment: Moment<'_>,
) {
    let zone = zone(&sheet.book.shop.zone);
    not_ahead(findings, at, moment);
    if let Some(begun_at) = step.begun_at {
        findings.add("at", format!("\"{}\" has begun already, {}.", step.task, text_in(zone, begun_at)));
    }
    if step.is_skipped() {
        findings.add("at", format!("\"{}\" was left out: {}", step.task, step.skipped_because));
    }
    if let Some(begun_at) = sheet.run.begun_at.filter(|begun_at| at < *begun_at) {
        let text = format!(
            "\"{}\" cannot begin at {}, before the night began at {}. Check the time.",
            step.task,
            text_in(zone, at),
            text_in(zone, begun_at)
        );
        findings.add("at", text);
    }
}

/// What is wrong with an end of a step at an instant.
pub(super) fn may_end(
    findings: &mut Findings,
    sheet: &Sheet<'_>,
    step: &RunStep,
    at: i64,
    moment: Moment<'_>,
) {
    let zone = zone(&sheet.book.shop.zone);
    not_ahead(findings, at, moment);
    match (step.begun_at, step.ended_at) {
        (None, _) => findings.add("at", format!("\"{}\" has not begun. Enter its begin first.", step.task)),
        (Some(_), Some(ended_at)) => {
            findings.add("at", format!("\"{}\" has ended already, {}.", step.task, text_in(zone, ended_at)));
        }
        (Some(begun_at), None) if at < begun_at => {
            let text = format!(
                "\"{}\" cannot end at {}, before it began at {}. Check the time.",
                step.task,
                text_in(zone, at),
                text_in(zone, begun_at)
            );
            findings.add("at", text);
        }
        (Some(_), None) => {}
    }
}

/// Nothing is entered before it happened.
pub(super) fn not_ahead(findings: &mut Findings, at: i64, moment: Moment<'_>) {
    if at > moment.at {
        findings.add("at", "This time has not come yet. Check it.");
    }
}

fn open(findings: &mut Findings, sheet: &Sheet<'_>) {
    match sheet.run.stage() {
        Stage::UnderWay => {}
        Stage::Planned => findings.add("", "Begin the night first."),
        Stage::Ended => findings.add("", "The night has ended. Write what is missing into its log."),
        Stage::Accepted => findings.add("", locked(sheet.run)),
        Stage::Cancelled => findings.add("", format!("{} was cancelled.", sheet.run.title)),
    }
}

fn told(
    verb: &str,
    kind: EntryKind,
    sheet: &Sheet<'_>,
    step: &RunStep,
    after: &RunStep,
    at: i64,
    moment: Moment<'_>,
) -> Decision {
    let mut writing = Writing::new(sheet, moment);
    writing.add(&draft(at, moment, kind, &step.task, Some(step)));
    let mut changes: Vec<RowChange> = RowChange::update(step, after).into_iter().collect();
    changes.extend(writing.changes());
    Decision { label: format!("{verb} {}", step.task), changes, batch: None }
}

fn draft(at: i64, moment: Moment<'_>, kind: EntryKind, text: &str, step: Option<&RunStep>) -> EntryDraft {
    EntryDraft {
        at,
        kind,
        text: text.to_owned(),
        step: step.map(|step| step.id),
        group: step.and_then(|step| step.group),
        asset: None,
        receiver: String::new(),
        late: at < moment.at - LATE_SECS,
        corrects: None,
    }
}

fn step_of(book: &Book, step: RunStepId) -> Result<(Sheet<'_>, &RunStep), Issues> {
    let Some(row) = book.run_steps.get(step.0) else {
        return Err(refused("The step is no longer in the register."));
    };
    Ok((sheet(book, row.run)?, row))
}
