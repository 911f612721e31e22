//! Roles, matrix, committee, meetings and actions: what may be decided, and what is worked out of it.

mod committee;
mod matrix;
mod meetings;

mod roles;

use chrono::NaiveDate;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, CommitteeCommand, Decision, Edit, Issues, RoleCommand};
use patchbook::domain::decide::{Moment, decide, starting_rows};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::role::{Assignment, AssignmentId, Part, RoleId, role_coded};
use patchbook::util::id::Ids;

/// Mon 23 Nov 2026, 09:00 UTC.
pub const NOW: i64 = 1_795_424_400;

/// A register in memory with the starting rows, and four people.
pub struct Shop {
    pub book: Book,
    pub ids: Ids,
    pub at: i64,
    pub ines: PersonId,
    pub tomasz: PersonId,
    pub ruth: PersonId,
    pub milan: PersonId,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn shop() -> Shop {
    let ids = Ids::seeded(7);
    let mut book = Book::default();
    assert!(book.apply(&starting_rows(&ids)).expect("rows"));
    let nobody = PersonId(0);
    let mut shop = Shop { book, ids, at: NOW, ines: nobody, tomasz: nobody, ruth: nobody, milan: nobody };
    shop.ines = shop.hire("Ines Hartmann");
    shop.tomasz = shop.hire("Tomasz Lis");
    shop.ruth = shop.hire("Ruth Okafor");
    shop.milan = shop.hire("Milan Dvorak");
    shop
}

impl Shop {
    pub fn ask(&self, command: Command) -> Result<Decision, Issues> {
        decide(&self.book, command, Moment { at: self.at, actor: "Ines Hartmann", ids: &self.ids })
    }

    pub fn run(&mut self, command: Command) -> String {
        let decision = self.ask(command).unwrap_or_else(|issues| panic!("refused: {issues}"));
        assert!(self.book.apply(&decision.changes).expect("rows"));
        decision.label
    }

    pub fn role(&mut self, command: RoleCommand) -> String {
        self.run(Command::Role(command))
    }

    pub fn committee(&mut self, command: CommitteeCommand) -> String {
        self.run(Command::Committee(command))
    }

    /// What is wrong: field and text of each.
    pub fn refused(&self, command: Command) -> Vec<(&'static str, String)> {
        let issues = self.ask(command).expect_err("a refusal");
        assert!(!issues.0.is_empty());
        issues.0.into_iter().map(|issue| (issue.field, issue.text)).collect()
    }

    pub fn hire(&mut self, name: &str) -> PersonId {
        let person =
            Person { id: PersonId(0), name: name.to_owned(), mail: String::new(), function: String::new() };
        self.run(Command::SavePerson { base: None, person });
        self.book.people.rows().last().expect("a person").id
    }

    pub fn coded(&self, code: &str) -> RoleId {
        role_coded(&self.book, code).expect("a role").id
    }

    pub fn assignment(&self, code: &str, person: PersonId, part: Part, from: &str) -> Assignment {
        Assignment {
            id: AssignmentId(0),
            role: self.coded(code),
            person,
            part,
            from_on: day(from),
            until_on: None,
            reason: String::new(),
        }
    }

    pub fn assign(&mut self, code: &str, person: PersonId, part: Part, from: &str) -> Assignment {
        let row = self.assignment(code, person, part, from);
        self.role(new(row));
        self.book.assignments.rows().last().expect("an assignment").clone()
    }
}

pub fn new(row: Assignment) -> RoleCommand {
    RoleCommand::Assign(Box::new(Edit { base: None, row }))
}
