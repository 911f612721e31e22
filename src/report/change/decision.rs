//! The approvals of a record on paper, in the words that claim what was shown and no more; a void one with what differs; the
//! conflicts of duty.

use super::super::layout::{Cell, Column, Layout, Table, Tone};
use super::super::sheet::Source;
use crate::domain::approval::{Approval, Verdict, evidence_text, on_change, sentence, standing};
use crate::domain::change::duty::conflicts;
use crate::domain::change::fingerprint::{fingerprint, since_approved};
use crate::domain::change::{ChangeKind, ChangeRecord};

/// Every decision, oldest first, each as its sentence; what a void one was given for beside what the record says now.
pub(super) fn approvals(source: &Source<'_>, record: &ChangeRecord, layout: &mut Layout) {
    layout.heading(3, "Approvals");
    let given = on_change(source.book, record.id);
    if given.is_empty() {
        layout.paragraph(none_yet(source, record));
    }
    for approval in &given {
        layout.paragraph(sentence_of(source, approval));
        if !approval.comment.is_empty() {
            layout.paragraph(format!("Comment: {}", approval.comment));
        }
        for remark in timing(record, approval) {
            layout.limit(remark);
        }
        let stale = approval.fingerprint != fingerprint(source.book, record);
        let cares = approval.decision == Verdict::Approve;
        if cares && (approval.voided_at.is_some() || stale) {
            void(source, record, approval, layout);
        }
    }
    if record.state.word() != "draft" && !given.is_empty() && standing(source.book, record).is_none() {
        layout.warn("No approval stands for what this record says now.");
    }
}

fn none_yet(source: &Source<'_>, record: &ChangeRecord) -> String {
    match (record.kind, record.template.and_then(|id| source.book.change_templates.get(id.0))) {
        (ChangeKind::Standard, Some(template)) => {
            let by = source.person(template.ratified_by);
            let at = source.minute_or(template.ratified_at);
            if template.ratified_at.is_none() {
                return format!("Standard change; its template {} was never ratified.", template.name);
            }
            let function = if template.ratified_function.is_empty() {
                String::new()
            } else {
                format!(" ({})", template.ratified_function)
            };
            format!(
                "Inherited from the template {}, ratified by {by}{function} on {at}, {}.",
                template.name,
                evidence_text(&template.evidence_name, &template.evidence_sha256)
            )
        }
        _ => "No decision is recorded.".to_owned(),
    }
}

/// The one sentence, with its shape words first.
fn sentence_of(source: &Source<'_>, approval: &Approval) -> String {
    format!("{}.", sentence(source.book, approval))
}

/// What is counted apart: recorded after the start, raised after the fact.
fn timing(record: &ChangeRecord, approval: &Approval) -> Vec<String> {
    let mut remarks = Vec::new();
    let began = record.started_at;
    if approval.decision == Verdict::Approve && began.is_some_and(|at| approval.recorded_at > at) {
        let told = if began.is_some_and(|at| approval.decided_at <= at) {
            "It is said to have been decided before the work began, but was recorded after."
        } else {
            "It was decided and recorded after the work began."
        };
        remarks.push(told.to_owned());
    }
    remarks
}

fn void(source: &Source<'_>, record: &ChangeRecord, approval: &Approval, layout: &mut Layout) {
    let now = since_approved(source.book, record.id, &approval.decided_text);
    let caption = match approval.voided_at {
        Some(at) => format!("Void since {}: {}", source.minute(at), approval.voided_because),
        None => "The record no longer says what was approved".to_owned(),
    };
    let columns = vec![
        Column::text("Field").weight(1.0),
        Column::text("As approved").weight(2.0),
        Column::text("As it stands").weight(2.0),
    ];
    let mut table =
        Table::new(caption, columns).when_empty("The record says again what was approved; nothing differs.");
    for difference in now {
        table.row([difference.field, told(source, &difference.approved), told(source, &difference.now)]);
    }
    layout.table(table);
}

/// A value of the record; an instant as people read it.
fn told(source: &Source<'_>, value: &str) -> String {
    if value.is_empty() {
        return "nothing".to_owned();
    }
    chrono::DateTime::parse_from_rfc3339(value)
        .map_or_else(|_| value.to_owned(), |instant| source.minute(instant.timestamp()))
}

/// Two duties in one hand, accepted or not.
pub(super) fn duties(source: &Source<'_>, record: &ChangeRecord, layout: &mut Layout) {
    layout.heading(3, "Duties in one hand");
    let columns = vec![
        Column::text("Separation that is missing").weight(1.4),
        Column::text("Person").weight(1.0),
        Column::text("Standing").weight(1.4),
        Column::text("What takes its place").weight(2.0),
    ];
    let mut table = Table::new("", columns).when_empty("None that the record shows.");
    for conflict in conflicts(source.book, record) {
        let (standing, tone) = match conflict.accepted {
            Some(row) => {
                (format!("accepted by {} on {}", row.accepted_by, source.day(row.accepted_at)), Tone::Plain)
            }
            None => ("not accepted by anybody".to_owned(), Tone::Bad),
        };
        table.row([
            Cell::new(conflict.rule.text()),
            Cell::new(source.person(Some(conflict.person))),
            Cell::new(standing).tone(tone),
            Cell::new(conflict.accepted.map(|row| row.instead.clone()).unwrap_or_default()),
        ]);
    }
    layout.table(table);
}
