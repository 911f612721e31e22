//! The month's change list: every record of a cycle with its state, approval, window, outcome and what is wrong with it.

use super::super::layout::{Cell, Column, KeyFigure, Layout, Table, Tone};
use super::super::sheet::{Source, Spec, mark_drill};
use crate::domain::approval;
use crate::domain::book::Book;
use crate::domain::change::duty::conflicts;
use crate::domain::change::figure::{self, Approved};
use crate::domain::change::line::LineResult;
use crate::domain::change::{ChangeKind, ChangeRecord, ChangeState, lines};
use crate::domain::cycle::CycleId;

/// The records of a cycle; nothing if there is no such cycle.
pub fn build(book: &Book, spec: Spec, cycle: CycleId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let cycle = book.cycles.get(cycle.0)?;
    let mut layout = source.landscape(format!("Changes of {}", cycle.name));
    layout.subtitle = format!("As recorded by {}", source.instant(spec.printed_at));
    if cycle.drill {
        mark_drill(&mut layout);
    }
    let mut records: Vec<&ChangeRecord> =
        book.changes.iter().filter(|record| record.cycle == Some(cycle.id)).collect();
    records.sort_by(|a, b| {
        (a.window_from_at.unwrap_or(i64::MAX), &a.number)
            .cmp(&(b.window_from_at.unwrap_or(i64::MAX), &b.number))
    });
    figures(&source, &records, &mut layout);
    layout.table(table(&source, &records));
    layout.note(
        "An approval counts as given before the start by the time it was recorded; one that is only said to be earlier is marked.",
    );
    Some(layout)
}

fn figures(source: &Source<'_>, records: &[&ChangeRecord], layout: &mut Layout) {
    if records.is_empty() {
        return;
    }
    let count = |wanted: &dyn Fn(&ChangeRecord) -> bool| records.iter().filter(|r| wanted(r)).count();
    let began = count(&|r| r.started_at.is_some());
    let before = count(&|r| r.started_at.is_some() && approved_before(source, r));
    let bad = count(&|r| matches!(r.ended_as, Some(ChangeState::Failed | ChangeState::RolledBack)));
    let emergencies = count(&|r| r.kind == ChangeKind::Emergency);
    let closed = count(&|r| r.state == ChangeState::Closed);
    let tone = |n: usize, wanted: usize| if n == wanted { Tone::Plain } else { Tone::Bad };
    layout.key_figures(vec![
        KeyFigure::new("Records", records.len().to_string(), format!("{closed} closed")),
        KeyFigure::new(
            "Approved before the start",
            format!("{before} of {began}"),
            "of those begun, by the time recorded",
        )
        .tone(tone(before, began)),
        KeyFigure::new("Failed or backed out", bad.to_string(), "of all in the list").tone(tone(bad, 0)),
        KeyFigure::new("Emergencies", emergencies.to_string(), "of all in the list"),
    ]);
}

/// Counted as the figures count it: by the time the approval was recorded.
fn approved_before(source: &Source<'_>, record: &ChangeRecord) -> bool {
    figure::approved(source.book, record) == Approved::Before
}

fn table(source: &Source<'_>, records: &[&ChangeRecord]) -> Table {
    let columns = vec![
        Column::text("Number"),
        Column::text("Type"),
        Column::text("Title").weight(2.0),
        Column::text("Group"),
        Column::number("Machines"),
        Column::text("Window").weight(1.6),
        Column::text("State"),
        Column::text("Approved").weight(1.6),
        Column::text("Remarks").weight(1.8),
    ];
    let mut table = Table::new("", columns).when_empty("No change record belongs to this cycle.");
    let mut machines = 0;
    for record in records {
        let rows = lines(source.book, record.id);
        machines += rows.len();
        let tone = match record.state {
            ChangeState::Closed => Tone::Good,
            ChangeState::Failed | ChangeState::RolledBack | ChangeState::Rejected => Tone::Bad,
            _ => Tone::Plain,
        };
        let remarks = remarks(source, record);
        table.row([
            Cell::new(record.number.clone()).strong(),
            Cell::new(record.kind.text()),
            Cell::new(record.title.clone()),
            Cell::new(source.group(record.group)),
            Cell::new(rows.len().to_string()),
            Cell::new(source.span(record.window_from_at, record.window_until_at)),
            Cell::new(record.state.text()).tone(tone),
            approved(source, record),
            Cell::new(remarks.join("; ")),
        ]);
    }
    if !records.is_empty() {
        let count = crate::util::text::counted(records.len() as u64, "record", "records");
        let all = machines.to_string();
        table.total([count.as_str(), "", "", "", all.as_str(), "", "", "", ""]);
    }
    table
}

pub(in crate::report) fn approved(source: &Source<'_>, record: &ChangeRecord) -> Cell {
    if record.kind == ChangeKind::Standard {
        return Cell::new("by its template");
    }
    match approval::standing(source.book, record) {
        Some(given) => {
            let shown = if given.evidence_sha256.is_empty() { ", no evidence" } else { "" };
            let name = source.person(given.person);
            Cell::new(format!("{name} {}{shown}", source.day(given.decided_at)))
        }
        None if approval::on_change(source.book, record.id).is_empty() => Cell::new("no decision"),
        None => Cell::new("none stands").tone(Tone::Bad),
    }
}

pub(in crate::report) fn remarks(source: &Source<'_>, record: &ChangeRecord) -> Vec<String> {
    let rows = lines(source.book, record.id);
    let done = rows.iter().filter(|line| line.result == Some(LineResult::Done)).count();
    let all = rows.len();
    let mut remarks = Vec::new();
    if figure::is_after_the_fact(record) {
        remarks.push("raised after the fact".to_owned());
    }
    if !record.go_ahead_because.is_empty() {
        remarks.push("begun without approval".to_owned());
    } else if record.started_at.is_some() && !approved_before(source, record) {
        let never = figure::approved(source.book, record) == Approved::Never;
        let words = if never { "not approved" } else { "approval recorded after the start" };
        remarks.push(words.to_owned());
    }
    if approval::on_change(source.book, record.id).iter().any(|a| a.own && a.voided_at.is_none()) {
        remarks.push("self-approved".to_owned());
    }
    if record.ended_at.is_some() {
        remarks.push(format!("{done} of {all} machines done"));
    }
    let fell_short = |ended: &ChangeState| {
        matches!(ended, ChangeState::Partly | ChangeState::RolledBack | ChangeState::Failed)
            && *ended != record.state
    };
    if let Some(ended) = record.ended_as.filter(fell_short) {
        remarks.push(ended.text().to_lowercase());
    }
    let open = conflicts(source.book, record).iter().filter(|c| c.accepted.is_none()).count();
    if open > 0 {
        remarks.push(
            crate::util::text::counted(open as u64, "conflict of duty", "conflicts of duty")
                + " not accepted",
        );
    }
    remarks
}
