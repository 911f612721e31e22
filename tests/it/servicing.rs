//! End of servicing: which row of the table a product is, what holds when, what may be recorded, and a newer table.

mod console;
mod matching;
mod recording;
mod standing;
mod table;

use chrono::NaiveDate;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, Decision, Issues};
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::lifecycle::starting;
use patchbook::util::id::Ids;

pub use super::compliance::maker::{Maker, at};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The shipped table, recorded at the begin of 2026.
pub fn with_table(mut book: Book) -> Book {
    assert!(book.apply(&starting(&Ids::seeded(3), at(1, 1, 0))).expect("rows"));
    book
}

pub fn ask(book: &Book, command: Command, at: i64) -> Result<Decision, Issues> {
    decide(book, command, Moment { at, actor: "Ines Hartmann", ids: &Ids::seeded(at.unsigned_abs()) })
}

/// Decides and applies.
pub fn done(book: &mut Book, command: Command, at: i64) -> String {
    let decision = ask(book, command, at).expect("a decision");
    assert!(book.apply(&decision.changes).expect("rows"));
    decision.label
}

pub fn refusal(book: &Book, command: Command, at: i64) -> String {
    let issues = ask(book, command, at).expect_err("issues");
    issues.0.iter().map(|issue| format!("{}: {}", issue.field, issue.text)).collect::<Vec<_>>().join("\n")
}
