//! One line of a record as a form of its own: one machine with everything it has from its record (requirement S2-07).

use super::super::layout::{Cell, Form, Layout, Tone};
use super::super::sheet::{Source, Spec, mark_drill};
use super::decision;
use super::form::{backup_text, minutes};
use crate::domain::book::Book;
use crate::domain::change::line::{ChangeLine, ChangeLineId, LineResult};
use crate::domain::change::{ChangeRecord, backup_of, window_of};

/// A result with its shape.
pub(super) fn result_cell(result: Option<LineResult>) -> Cell {
    match result {
        None => Cell::new("none yet").tone(Tone::Weak),
        Some(result) => Cell::new(result.text()).tone(result_tone(result)),
    }
}

fn result_tone(result: LineResult) -> Tone {
    match result {
        LineResult::Done => Tone::Good,
        LineResult::Failed | LineResult::RolledBack => Tone::Bad,
        LineResult::Pending | LineResult::NotDone => Tone::Warn,
        LineResult::CannotTell => Tone::Unknown,
    }
}

/// The form of a line; nothing if there is no such line.
pub fn build(book: &Book, spec: Spec, line: ChangeLineId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let line = book.change_lines.get(line.0)?;
    let record = book.changes.get(line.change.0)?;
    let name = source.asset(line.asset);
    let mut layout = source.sheet(format!("Change {} for {name}", record.number));
    layout.subtitle.clone_from(&record.title);
    if source.is_drill(record.cycle) {
        mark_drill(&mut layout);
    }
    if !line.removed_because.is_empty() {
        layout.warn(format!("Taken out of the record: {}", line.removed_because));
    }
    layout.form(machine(&source, record, line));
    layout.form(work(&source, record, line));
    layout.form(risk(&source, record));
    decision::approvals(&source, record, &mut layout);
    layout.form(night(&source, line));
    layout.form(checks(&source, record, line));
    let (does, watches) = (book.person_name(record.implementer), book.person_name(record.monitor));
    layout.signature_lines([
        ("Carried out", does, "Implementer"),
        ("Seen back", watches, "System monitor"),
        ("Verified", "", ""),
    ]);
    Some(layout)
}

fn machine(source: &Source<'_>, record: &ChangeRecord, line: &ChangeLine) -> Form {
    let mut form = Form::new("Machine", 3);
    let asset = source.book.assets.get(line.asset.0);
    form.field("Machine", source.asset(line.asset));
    form.field("Function", asset.map(|a| a.function.clone()).unwrap_or_default());
    form.field("Group", source.group(record.group));
    form.field("Owner", source.person(asset.and_then(|a| a.owner)));
    form.field("Application support", source.person(asset.and_then(|a| a.app_support)));
    form.field("Where it stands", asset.map(|a| a.site.clone()).unwrap_or_default());
    form.wide(
        "Restart procedure",
        asset
            .map(|a| a.restart_procedure.clone())
            .filter(|t| !t.is_empty())
            .unwrap_or_else(|| "none recorded".into()),
        1,
    );
    form
}

fn work(source: &Source<'_>, record: &ChangeRecord, line: &ChangeLine) -> Form {
    let mut form = Form::new("Work", 3);
    form.field("State of the record", record.state.text());
    form.field("Ring", line.ring.to_string());
    form.field("Planned downtime", minutes(record.plan.downtime_minutes));
    let (from_at, until_at) = window_of(record, line);
    let own = line.window_from_at.is_some() || line.window_until_at.is_some();
    let from = if own { " (its own)" } else { "" };
    form.wide("Window", format!("{}{from}", source.span(from_at, until_at)), 1);
    form.wide("Updates", source.updates(&record.updates), 1);
    form.wide("Steps", record.plan.rollout_plan.clone(), 4);
    let backup = backup_of(record, line).map(|backup| {
        let from = if line.backup.is_some() { " (its own)" } else { "" };
        format!("{}{from}", backup_text(source, backup))
    });
    form.wide("Backup", backup.unwrap_or_default(), 1);
    form.wide("What is special about it", line.note.clone(), 1);
    form
}

fn risk(source: &Source<'_>, record: &ChangeRecord) -> Form {
    let plan = &record.plan;
    let mut form = Form::new("Risk and back-out", 2);
    form.field("Risk of applying", plan.risk_of_applying.clone());
    form.field("Risk of not applying", plan.risk_of_waiting.clone());
    form.field("Back-out trigger", plan.backout_trigger.clone());
    form.field("Decided by", source.person(plan.backout_owner));
    form.wide("Back-out plan", plan.backout_plan.clone(), 3);
    form
}

fn night(source: &Source<'_>, line: &ChangeLine) -> Form {
    let mut form = Form::new("Execution on this machine", 3);
    form.field("Begun", "").field("Ended", "");
    let back = line.monitored_at.map(|at| format!("{} ({})", source.minute(at), line.monitored_by));
    form.field("Seen back after the restart", back.unwrap_or_default());
    form.boxes("Result", LineResult::ALL.iter().map(|result| (result.text(), line.result == Some(*result))));
    let known = line
        .proof
        .map(|proof| format!("{}: {}, {}", proof.text(), line.result_by, source.minute_or(line.result_at)));
    form.wide("How the result is known", known.unwrap_or_default(), 1);
    form.wide("Issues", "", 2);
    form
}

fn checks(source: &Source<'_>, record: &ChangeRecord, line: &ChangeLine) -> Form {
    use crate::domain::change::test::{TestStage, TestVerdict};
    let mut form = Form::new("Tests after the change", 1);
    let mine = source.book.tests.iter().filter(|test| {
        test.change == record.id
            && test.line.is_none_or(|id| id == line.id)
            && test.stage != TestStage::Before
            && test.voided_because.is_empty()
    });
    let mut any = false;
    for test in mine {
        any = true;
        let by = source.person(test.tested_by);
        let text = format!(
            "{}: {} ({by}, {})",
            test.verdict.text(),
            if test.found.is_empty() { test.expected.as_str() } else { test.found.as_str() },
            source.minute(test.tested_at)
        );
        form.wide(format!("{}: {}", test.stage.text(), test.case), text, 1);
        form.tone(if test.verdict == TestVerdict::Passed { Tone::Good } else { Tone::Bad });
    }
    if !any {
        form.wide("Smoke tests", "", 3);
    }
    form
}
