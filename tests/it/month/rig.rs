//! The register of the worked example with a month that can be closed, command by command.

use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, Decision, Issues, MonthCommand};
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::month::close;
use patchbook::domain::month::standing::seal_of;
use patchbook::domain::month::{Seal, SealId};
use patchbook::domain::person::{Person, PersonId};
use patchbook::util::id::Ids;

use crate::compliance::example::register;
use crate::compliance::maker::at;

pub const NOVEMBER: &str = "2026-11";

/// A book and its clock.
pub struct Shop {
    pub book: Book,
    pub now: i64,
    ids: Ids,
}

impl Shop {
    /// The worked example on 2 December 2026.
    pub fn new() -> Self {
        Self::of(register())
    }

    pub fn of(book: Book) -> Self {
        let mut book = book;
        for (id, name, function) in
            [(901, "Cleo", "Auditor"), (902, "Ben", ""), (903, "Cleo Okafor", "Patching auditor")]
        {
            let (name, function) = (name.to_owned(), function.to_owned());
            book.people.put(Person { id: PersonId(id), name, mail: String::new(), function });
        }
        Self { book, now: at(12, 2, 9), ids: Ids::seeded(7) }
    }

    pub fn run(&mut self, command: Command) -> Result<Decision, Issues> {
        let moment = Moment { at: self.now, actor: "Ada", ids: &self.ids };
        let decision = decide(&self.book, command, moment)?;
        assert!(self.book.apply(&decision.changes).expect("rows"), "no row may go");
        let (assets, updates) = (self.book.assets.len(), self.book.updates.len());
        std::sync::Arc::make_mut(&mut self.book.pairs).fit(assets, updates);
        self.now += 60;
        Ok(decision)
    }

    pub fn month(&mut self, command: MonthCommand) -> Result<Decision, Issues> {
        self.run(Command::Month(command))
    }

    pub fn answer(&mut self, item: &str, answer: &str) -> Result<Decision, Issues> {
        let (month, item, answer) = (NOVEMBER.to_owned(), item.to_owned(), answer.to_owned());
        self.month(MonthCommand::Answer { month, item, answer })
    }

    pub fn points(&self) -> Vec<close::Point> {
        close::list(&self.book, NOVEMBER, self.now).expect("a month that has begun")
    }

    /// Answers whatever stops the seal.
    pub fn answer_all(&mut self) {
        let items: Vec<String> =
            close::stopping(&self.points()).iter().map(|point| point.item.word().to_owned()).collect();
        for item in items {
            self.answer(&item, "Known; in hand").expect("an answer");
        }
    }

    pub fn try_seal(&mut self) -> Result<Decision, Issues> {
        self.month(MonthCommand::Seal {
            month: NOVEMBER.to_owned(),
            judgement: "A month of learning.".to_owned(),
            recorded_by: Vec::new(),
        })
    }

    /// Answers everything and seals November.
    pub fn sealed(mut self) -> Self {
        self.answer_all();
        self.try_seal().expect("a seal");
        self
    }

    pub fn seal(&self) -> &Seal {
        seal_of(&self.book, NOVEMBER).expect("a seal")
    }

    pub fn posture(&mut self, name: &str) {
        self.month(MonthCommand::Posture {
            name: name.to_owned(),
            parts: ["Ransomware", "The orders", "Two sites", "Firewall, backups"].map(str::to_owned),
            seal: None,
            baseline_instead_of: None,
        })
        .expect("a posture");
    }

    pub fn restate(&mut self, seal: SealId) -> Result<Decision, Issues> {
        self.month(MonthCommand::Restate {
            seal,
            reason: "A report came late".to_owned(),
            approved_by: "Cleo".to_owned(),
            judgement: "It was another month.".to_owned(),
            recorded_by: Vec::new(),
        })
    }
}

/// What was refused, as one text.
pub fn said(answer: Result<Decision, Issues>) -> String {
    answer.expect_err("it must be refused").to_string()
}
