//! A small register and a way to do things to it, without a file.

use std::sync::Arc;

use chrono::NaiveDate;
use patchbook::domain::asset::{Asset, AssetId, AssetKind, Exposure, Fact, FactId, FactValue};
use patchbook::domain::book::Book;
use patchbook::domain::calendar::closure::{Closure, ClosureEffect, ClosureId, ClosureKind};
use patchbook::domain::calendar::release::{ReleaseRule, ReleaseRuleId};
use patchbook::domain::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use patchbook::domain::command::{CalendarCommand, Command, CycleCommand, Edit, Issues};
use patchbook::domain::cycle::template::CycleTemplate;
use patchbook::domain::cycle::{Cycle, CycleKind, CycleStep};
use patchbook::domain::decide::{Moment, decide, starting_rows};
use patchbook::domain::group::GroupId;
use patchbook::domain::person::{Person, PersonId};
use patchbook::util::clock::{utc, zone};
use patchbook::util::id::Ids;

/// An instant as people write it: `2026-12-08 18:00`, UTC.
pub fn at(text: &str) -> i64 {
    chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc().timestamp()
}

/// A day: `2026-12-08`.
pub fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A register as a new file has it, at Sunday 22 November 2026.
pub struct Desk {
    pub book: Book,
    pub now: i64,
    pub ids: Ids,
}

impl Desk {
    pub fn new(zone: &str) -> Self {
        let ids = Ids::seeded(7);
        let mut book = Book::default();
        book.apply(&starting_rows(&ids)).unwrap();
        Arc::make_mut(&mut book.shop).zone = zone.to_owned();
        Self { book, now: at("2026-11-22 12:00"), ids }
    }

    /// Decides and applies; answers the label.
    pub fn run(&mut self, command: Command) -> Result<String, Issues> {
        let moment = Moment { at: self.now, actor: "Ann Tester", ids: &self.ids };
        let decision = decide(&self.book, command, moment)?;
        assert!(self.book.apply(&decision.changes).unwrap());
        Ok(decision.label)
    }

    pub fn cycle_command(&mut self, command: CycleCommand) -> Result<String, Issues> {
        self.run(Command::Cycle(command))
    }

    pub fn calendar(&mut self, command: CalendarCommand) -> Result<String, Issues> {
        self.run(Command::Calendar(command))
    }

    pub fn person(&mut self, name: &str) -> PersonId {
        let person =
            Person { id: PersonId(0), name: name.to_owned(), mail: String::new(), function: String::new() };
        self.run(Command::SavePerson { base: None, person }).unwrap();
        self.book.people.rows().last().unwrap().id
    }

    pub fn group(&self, name: &str) -> GroupId {
        self.book.groups.rows().iter().find(|group| group.name == name).unwrap().id
    }

    pub fn microsoft(&self) -> &ReleaseRule {
        &self.book.release_rules.rows()[0]
    }

    pub fn template(&self, kind: CycleKind) -> &CycleTemplate {
        self.book.cycle_templates.rows().iter().find(|template| template.kind == kind).unwrap()
    }

    pub fn begin(&mut self, month: &str) -> Result<String, Issues> {
        let template = self.template(CycleKind::Monthly).id;
        self.cycle_command(CycleCommand::Begin { template, month: month.to_owned() })
    }

    pub fn cycle(&self) -> &Cycle {
        self.book.cycles.rows().last().unwrap()
    }

    /// A step of the last cycle, by a part of its title.
    pub fn step(&self, part: &str) -> CycleStep {
        let cycle = self.cycle().id;
        let mut steps = self.book.cycle_steps.rows().iter().filter(|step| step.cycle == cycle);
        steps.find(|step| step.title.contains(part)).unwrap_or_else(|| panic!("no step {part}")).clone()
    }

    /// The local date and time of a step of the last cycle.
    pub fn local(&self, part: &str) -> String {
        let zone = zone(&self.book.shop.zone);
        utc(self.step(part).due_at).with_timezone(&zone).format("%a %-d %b %H:%M").to_string()
    }

    pub fn closure(
        &mut self,
        kind: ClosureKind,
        effect: ClosureEffect,
        from: &str,
        until: &str,
    ) -> Result<String, Issues> {
        let row = Closure {
            id: ClosureId(0),
            kind,
            name: "Year end".to_owned(),
            from_on: on(from),
            until_on: on(until),
            yearly: false,
            effect,
            groups: Vec::new(),
            ended_at: None,
        };
        self.calendar(CalendarCommand::Closure(Box::new(Edit { base: None, row })))
    }

    pub fn window(
        &mut self,
        group: &str,
        recurs: Recurs,
        start: &str,
        minutes: i64,
    ) -> Result<String, Issues> {
        let row = MaintenanceWindow {
            id: WindowId(0),
            group: self.group(group),
            name: format!("{group} {start}"),
            recurs,
            start: start.to_owned(),
            minutes,
            zone: String::new(),
            agreed_by: None,
            agreed_on: None,
            agreed_until_on: None,
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            ended_at: None,
        };
        self.calendar(CalendarCommand::Window(Box::new(Edit { base: None, row })))
    }

    pub fn after_release(&self, days: i64) -> Recurs {
        Recurs::Release { rule: self.microsoft().id, days }
    }

    pub fn done(&mut self, part: &str, at: i64) -> Result<String, Issues> {
        let step = self.step(part).id;
        self.cycle_command(CycleCommand::StepDone { step, at, by: "Ann".to_owned() })
    }
}

/// The fields that a refusal names.
pub fn fields(issues: &Issues) -> Vec<&'static str> {
    issues.0.iter().map(|issue| issue.field).collect()
}

/// An id that no row has.
pub const NO_RULE: ReleaseRuleId = ReleaseRuleId(-1);

impl Desk {
    /// An internal server in a group.
    pub fn server(&mut self, name: &str, group: &str) -> AssetId {
        self.asset(name, AssetKind::Server, group)
    }

    /// An internal asset in a group.
    pub fn asset(&mut self, name: &str, kind: AssetKind, group: &str) -> AssetId {
        let id = AssetId(self.ids.next());
        let mut asset = Asset::new(id, name, at("2026-01-01 00:00"));
        asset.kind = kind;
        self.book.assets.put(asset);
        let group = self.group(group);
        self.fact(id, FactValue::Exposure(Exposure::Internal));
        self.fact(id, FactValue::Group(Some(group)));
        id
    }

    pub fn out_of_scope(&mut self, asset: AssetId) {
        self.fact(asset, FactValue::Scope(false));
    }

    fn fact(&mut self, asset: AssetId, value: FactValue) {
        let fact = Fact {
            id: FactId(self.ids.next()),
            asset,
            value,
            since_at: at("2026-01-02 00:00"),
            reason: "as told".to_owned(),
            approved_by: "Ann".to_owned(),
        };
        self.book.facts.put(fact);
    }
}
