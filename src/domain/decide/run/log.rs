//! The log of a night: lines are added and never changed; a wrong one is put right by a new one that names it.

use super::super::super::book::Book;
use super::super::super::command::{Decision, EntryDraft, Issues};
use super::super::super::row::RowChange;
use super::super::super::run::entry::{EntryKind, RunEntry, RunEntryId};
use super::super::super::run::sheet::{Sheet, Stage};
use super::super::super::run::{RunId, RunStep};
use super::super::asset::above;
use super::super::{Findings, Moment, refused};
use super::step::{may_begin, may_end, not_ahead};
use super::{locked, sheet};
use crate::util::clock::{text_in, zone};
use crate::util::text::{counted, line};

/// Lines on their way into a log.
pub(super) struct Writing<'a> {
    run: RunId,
    newest: i64,
    moment: Moment<'a>,
    entries: Vec<RunEntry>,
}

impl<'a> Writing<'a> {
    /// Begins behind the newest line of a run, so that lines of one second stay in the order of writing.
    pub fn new(sheet: &Sheet<'_>, moment: Moment<'a>) -> Self {
        let newest = sheet.entries.iter().map(|entry| entry.id.0).max().unwrap_or(0);
        Self { run: sheet.run.id, newest, moment, entries: Vec::new() }
    }

    /// Adds a line by whoever is at work.
    pub fn add(&mut self, draft: &EntryDraft) {
        self.newest = above(self.newest, self.moment.ids.next());
        self.entries.push(RunEntry {
            id: RunEntryId(self.newest),
            run: self.run,
            at: draft.at,
            recorded_at: self.moment.at,
            author: self.moment.actor.to_owned(),
            kind: draft.kind,
            text: line(&draft.text).into_owned(),
            step: draft.step,
            group: draft.group,
            asset: draft.asset,
            receiver: line(&draft.receiver).into_owned(),
            late: draft.late,
            corrects: draft.corrects,
        });
    }

    /// The rows to be written.
    pub fn changes(self) -> Vec<RowChange> {
        self.entries.iter().map(RowChange::create).collect()
    }
}

pub(super) fn write(
    book: &Book,
    run: RunId,
    drafts: Vec<EntryDraft>,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let sheet = sheet(book, run)?;
    match sheet.run.stage() {
        Stage::Accepted => return Err(refused(locked(sheet.run))),
        Stage::Cancelled => return Err(refused(format!("{} was cancelled.", sheet.run.title))),
        Stage::Planned | Stage::UnderWay | Stage::Ended => {}
    }
    if drafts.is_empty() {
        return Err(refused("There is nothing to enter. Write at least one line."));
    }
    let label = match drafts.as_slice() {
        [only] => format!("{}: {}", only.kind.text(), line(&only.text)),
        several => format!("Enter {}", counted(several.len() as u64, "line", "lines")),
    };
    let mut findings = Findings::default();
    let mut steps: Vec<RunStep> = sheet.steps.iter().map(|step| (*step).clone()).collect();
    let mut writing = Writing::new(&sheet, moment);
    for draft in drafts {
        check(&mut findings, &sheet, &draft, moment);
        move_step(&mut findings, &sheet, &mut steps, &draft, moment);
        writing.add(&draft);
    }
    findings.done()?;
    let moved = steps.iter().filter_map(|after| RowChange::update(sheet.step(after.id)?, after));
    let mut changes: Vec<RowChange> = moved.collect();
    changes.extend(writing.changes());
    Ok(Decision { label, changes, batch: None })
}

fn check(findings: &mut Findings, sheet: &Sheet<'_>, draft: &EntryDraft, moment: Moment<'_>) {
    let book = sheet.book;
    findings.demand("text", &draft.text, "Say what happened.");
    if draft.kind == EntryKind::HandOver {
        findings.demand("receiver", &draft.receiver, "Say who takes over.");
    }
    not_ahead(findings, draft.at, moment);
    if draft.step.is_some_and(|id| sheet.step(id).is_none()) {
        findings.add("step", "The step belongs to another night.");
    }
    if draft.group.is_some_and(|id| book.groups.get(id.0).is_none()) {
        findings.add("group", "The patch group is no longer in the register.");
    }
    if draft.asset.is_some_and(|id| book.assets.get(id.0).is_none()) {
        findings.add("asset", "The asset is no longer in the register.");
    }
    let Some(corrects) = draft.corrects else { return };
    match (sheet.entry(corrects), sheet.correction_of(corrects)) {
        (None, _) => findings.add("corrects", "The line to be put right belongs to another night."),
        (Some(_), Some(newer)) => findings.add(
            "corrects",
            format!(
                "This line was put right already, by {}. Put that newer line right instead.",
                newer.author
            ),
        ),
        (Some(_), None) => {}
    }
}

/// A begin or end that names a step moves it: for the first time, or to where a correction puts it.
fn move_step(
    findings: &mut Findings,
    sheet: &Sheet<'_>,
    steps: &mut [RunStep],
    draft: &EntryDraft,
    moment: Moment<'_>,
) {
    let Some(step) = steps.iter_mut().find(|step| Some(step.id) == draft.step) else { return };
    let old = draft.corrects.and_then(|id| sheet.entry(id));
    // Only the line that moved the step moves it again when it is put right.
    let moved_to = old.filter(|old| old.step == draft.step && old.kind == draft.kind).map(|old| old.at);
    let zone = zone(&sheet.book.shop.zone);
    if matches!(draft.kind, EntryKind::Begin | EntryKind::End) {
        if sheet.run.begun_at.is_none() {
            findings.add("", "Begin the night first.");
        }
        if let Some(ended_at) = sheet.run.ended_at.filter(|ended_at| draft.at > *ended_at) {
            let text = format!(
                "\"{}\" cannot begin or end after the night ended at {}. Check the time.",
                step.task,
                text_in(zone, ended_at)
            );
            findings.add("at", text);
        }
    }
    match draft.kind {
        EntryKind::Begin if moved_to.is_some() && step.begun_at == moved_to => {
            if let Some(ended_at) = step.ended_at.filter(|ended_at| draft.at > *ended_at) {
                let text = format!(
                    "\"{}\" cannot begin after its end at {}. Check the time.",
                    step.task,
                    text_in(zone, ended_at)
                );
                findings.add("at", text);
            }
            step.begun_at = Some(draft.at);
        }
        EntryKind::End if moved_to.is_some() && step.ended_at == moved_to => {
            if let Some(begun_at) = step.begun_at.filter(|begun_at| draft.at < *begun_at) {
                let text = format!(
                    "\"{}\" cannot end before its begin at {}. Check the time.",
                    step.task,
                    text_in(zone, begun_at)
                );
                findings.add("at", text);
            }
            step.ended_at = Some(draft.at);
        }
        EntryKind::Begin if step.begun_at.is_none() => {
            may_begin(findings, sheet, step, draft.at, moment);
            step.begun_at = Some(draft.at);
        }
        EntryKind::End if step.begun_at.is_some() && step.ended_at.is_none() => {
            may_end(findings, sheet, step, draft.at, moment);
            step.ended_at = Some(draft.at);
        }
        // A second begin or end of a step is a line about it and moves nothing.
        _ => {}
    }
}
