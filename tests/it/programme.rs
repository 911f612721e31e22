//! The programme's lists: their fields, what may be recorded, what is worked out of them, and the rows they start with.

mod answers;
mod console;
mod lists;
mod standing;

use std::collections::BTreeMap;

use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, Decision, Edit, Issues, ProgrammeCommand};
use patchbook::domain::decide::{Moment, decide, starting_rows};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::programme::table::entries;
use patchbook::domain::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};
use patchbook::util::id::Ids;

/// Mon 23 Nov 2026, 09:00 UTC.
pub const NOW: i64 = 1_795_424_400;

/// A register with what a new one starts with, its lists emptied, and one person.
pub fn shop() -> Book {
    let mut book = Book::default();
    assert!(book.apply(&starting_rows(&Ids::seeded(7))).expect("rows"));
    book.programme = Default::default();
    let (name, mail, function) = ("Ines Hartmann".to_owned(), String::new(), String::new());
    book.people.put(Person { id: PersonId(1), name, mail, function });
    book
}

pub fn row(kind: ProgrammeKind, fields: &[(&str, &str)]) -> ProgrammeEntry {
    let fields: BTreeMap<String, String> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ProgrammeEntry { id: ProgrammeEntryId(0), kind, position: 0, fields, created_at: 0, ended_at: None }
}

pub fn ask(book: &Book, command: ProgrammeCommand) -> Result<Decision, Issues> {
    let ids = Ids::seeded(book.programme.len() as u64 + 100);
    decide(book, Command::Programme(command), Moment { at: NOW, actor: "Ines Hartmann", ids: &ids })
}

pub fn done(book: &mut Book, command: ProgrammeCommand) -> String {
    let decision = ask(book, command).expect("a decision");
    assert!(book.apply(&decision.changes).expect("rows"));
    decision.label
}

pub fn save(base: Option<&ProgrammeEntry>, row: ProgrammeEntry) -> ProgrammeCommand {
    ProgrammeCommand::Save(Box::new(Edit { base: base.cloned(), row }))
}

/// Adds a row and answers it as it stands.
pub fn add(book: &mut Book, kind: ProgrammeKind, fields: &[(&str, &str)]) -> ProgrammeEntry {
    done(book, save(None, row(kind, fields)));
    (*entries(book, kind).last().expect("a row")).clone()
}

/// The fields that are found fault with.
pub fn faults(book: &Book, kind: ProgrammeKind, fields: &[(&str, &str)]) -> Vec<&'static str> {
    match ask(book, save(None, row(kind, fields))) {
        Ok(_) => Vec::new(),
        Err(issues) => issues.0.iter().map(|issue| issue.field).collect(),
    }
}
