//! A register in memory with its starting rows, and the shortest ways to do something to it.

use std::sync::Arc;

use chrono::NaiveDate;
use patchbook::domain::asset::{Asset, AssetId, AssetKind};
use patchbook::domain::book::Book;
use patchbook::domain::command::{AssetDraft, Command, EmergencyCommand, EntryDraft, RunCommand};
use patchbook::domain::decide::{Moment, decide, starting_rows};
use patchbook::domain::group::GroupId;
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::run::entry::EntryKind;
use patchbook::domain::run::sheet::Sheet;
use patchbook::domain::run::{RunId, RunStepId};
use patchbook::domain::shop::Shop;
use patchbook::domain::standing::Standing;
use patchbook::util::clock::instant_of;
use patchbook::util::id::Ids;

/// A register, and the time it is.
pub struct Rig {
    pub book: Book,
    pub now_at: i64,
    ids: Ids,
}

pub const BERLIN: chrono_tz::Tz = chrono_tz::Europe::Berlin;

/// A local time in Berlin.
pub fn local(text: &str) -> i64 {
    instant_of(BERLIN, chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Rig {
    pub fn new() -> Self {
        let ids = Ids::seeded(7);
        let mut book = Book {
            shop: Arc::new(Shop { zone: "Europe/Berlin".to_owned(), ..Shop::default() }),
            ..Book::default()
        };
        assert!(book.apply(&starting_rows(&ids)).unwrap());
        Self { book, now_at: local("2026-12-11 07:00"), ids }
    }

    pub fn try_run(&mut self, command: Command) -> Result<String, String> {
        let moment = Moment { at: self.now_at, actor: "Ann", ids: &self.ids };
        let decision = decide(&self.book, command, moment).map_err(|issues| issues.to_string())?;
        assert!(self.book.apply(&decision.changes).unwrap());
        Ok(decision.label)
    }

    pub fn run(&mut self, command: Command) -> String {
        self.try_run(command).unwrap()
    }

    /// What a command is refused for.
    pub fn refused(&mut self, command: Command) -> String {
        self.try_run(command).expect_err("a refusal")
    }

    /// The default night of Friday 11 December 2026.
    pub fn planned(&mut self) -> RunId {
        self.plan_on("2026-12-11")
    }

    pub fn plan_on(&mut self, on: &str) -> RunId {
        let runbook = self.book.runbooks.rows()[0].id;
        self.run(plan(runbook, on, false));
        self.book.runs.rows().last().unwrap().id
    }

    /// The same night, begun at 08:00.
    pub fn begun(&mut self) -> RunId {
        let run = self.planned();
        self.now_at = local("2026-12-11 08:00");
        self.run(Command::Run(RunCommand::Begin { run, at: self.now_at }));
        run
    }

    pub fn sheet(&self, run: RunId) -> Sheet<'_> {
        Sheet::of(&self.book, run).unwrap()
    }

    /// The step whose task begins with these words.
    pub fn step(&self, run: RunId, task: &str) -> RunStepId {
        self.sheet(run).steps.iter().find(|step| step.task.starts_with(task)).unwrap().id
    }

    pub fn begin(&mut self, step: RunStepId, at: &str) {
        self.now_at = local(at);
        self.run(Command::Run(RunCommand::BeginStep { step, at: local(at) }));
    }

    pub fn end(&mut self, step: RunStepId, at: &str) {
        self.now_at = local(at);
        self.run(Command::Run(RunCommand::EndStep { step, at: local(at) }));
    }

    pub fn log(&mut self, run: RunId, draft: EntryDraft) -> String {
        self.run(Command::Run(RunCommand::Log { run, entries: vec![draft] }))
    }

    pub fn asset(&mut self, name: &str) -> AssetId {
        let asset = Asset::new(AssetId(0), name, 0);
        let standing = Standing::of_kind(AssetKind::Server);
        let draft =
            AssetDraft { base: None, asset, standing, reason: String::new(), approved_by: String::new() };
        self.run(Command::SaveAsset(Box::new(draft)));
        self.book.assets.rows().last().unwrap().id
    }

    pub fn person(&mut self, name: &str) -> PersonId {
        let person = Person { name: name.to_owned(), ..self.blank_person() };
        self.run(Command::SavePerson { base: None, person });
        self.book.people.rows().last().unwrap().id
    }

    fn blank_person(&self) -> Person {
        serde_json::from_value(serde_json::json!({
            "id": 0, "name": "", "mail": "", "function": "", "left_on": null, "active": true,
        }))
        .unwrap()
    }

    pub fn group(&self, name: &str) -> GroupId {
        self.book.groups.iter().find(|group| group.name == name).unwrap().id
    }

    pub fn declare(&mut self, drill: bool) -> patchbook::domain::cycle::CycleId {
        let reason = "A flaw that is being used".to_owned();
        let by = "Olga Officer".to_owned();
        let at = self.now_at;
        self.run(Command::Emergency(EmergencyCommand::Declare { reason, updates: vec![], drill, by, at }));
        self.book.cycles.rows().last().unwrap().id
    }
}

pub fn plan(runbook: patchbook::domain::run::runbook::RunbookId, on: &str, drill: bool) -> Command {
    Command::Run(RunCommand::Plan { runbook, cycle: None, changes: vec![], on: day(on), drill })
}

pub fn entry(kind: EntryKind, at: i64, text: &str) -> EntryDraft {
    EntryDraft {
        at,
        kind,
        text: text.to_owned(),
        step: None,
        group: None,
        asset: None,
        receiver: String::new(),
        late: false,
        corrects: None,
    }
}
