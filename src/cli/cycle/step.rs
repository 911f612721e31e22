//! Steps as they are printed.

use serde_json::{Value, json};

use super::super::output::columns;
use crate::domain::book::Book;
use crate::domain::cycle::CycleStep;
use crate::domain::cycle::progress::settled;
use crate::util::clock::{text_in, zone};

pub(super) fn when(book: &Book, at: i64) -> String {
    text_in(zone(&book.shop.zone), at)
}

pub(super) fn step_table(book: &Book, steps: &[&CycleStep]) -> String {
    let rows: Vec<Vec<String>> = steps
        .iter()
        .map(|step| {
            let state = if step.done_at.is_some() {
                format!("done by {}", step.done_by)
            } else if settled(step) {
                format!("left out: {}", step.skipped_because)
            } else {
                String::new()
            };
            let moved = if step.due_at == step.planned_at {
                String::new()
            } else {
                format!("{}, planned for {}", step.shifted_because, when(book, step.planned_at))
            };
            let remarks: Vec<String> = [state, moved].into_iter().filter(|text| !text.is_empty()).collect();
            vec![
                step.position.to_string(),
                when(book, step.due_at),
                step.phase.text().to_owned(),
                step.title.clone(),
                book.person_name(step.person).to_owned(),
                remarks.join("; "),
            ]
        })
        .collect();
    columns(&["#No", "When", "Phase", "What", "Who", "Remarks"], &rows)
}

pub(super) fn step_value(book: &Book, step: &CycleStep) -> Value {
    json!({
        "number": step.position, "key": step.key.map(crate::domain::cycle::template::StepKey::word), "phase": step.phase.word(), "title": step.title,
        "person": book.person_name(step.person), "deputy": book.person_name(step.deputy),
        "document": step.document, "milestone": step.milestone, "planned_at": step.planned_at, "due_at": step.due_at,
        "shifted_because": step.shifted_because, "done_at": step.done_at, "done_by": step.done_by,
        "skipped_because": step.skipped_because,
    })
}
