//! A command decided in a test: what it is called when it is carried out, what is wrong with it when it is refused.

use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, Decision, Issues};
use patchbook::domain::decide::{Moment, decide};
use patchbook::util::id::Ids;

pub fn ask(book: &Book, command: Command, at: i64) -> Result<Decision, Issues> {
    decide(book, command, Moment { at, actor: "Ines Hartmann", ids: &Ids::seeded(at.unsigned_abs()) })
}

/// Decides and applies; the label.
pub fn done(book: &mut Book, command: Command, at: i64) -> String {
    let decision = ask(book, command, at).expect("a decision");
    assert!(book.apply(&decision.changes).expect("rows"));
    decision.label
}

/// A line for each field that is wrong.
pub fn refusal(book: &Book, command: Command, at: i64) -> String {
    let issues = ask(book, command, at).expect_err("issues");
    issues.0.iter().map(|issue| format!("{}: {}", issue.field, issue.text)).collect::<Vec<_>>().join("\n")
}
