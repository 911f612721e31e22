//! The dialog over a template's page: it is ratified, or its ratification is withdrawn.

use egui::{Align, Context, Id, Label, Layout, Ui};

use super::super::section::{evidence_ui, weak_ui};
use super::super::sheet::field::people;
use super::super::sheet::flaws_ui;
use crate::domain::change::template::{ChangeTemplate, ChangeTemplateId};
use crate::domain::command::{ChangeCommand, Command, Ratification};
use crate::domain::person::PersonId;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, DateField, Dropdown, Field, date_text, modal};
use crate::util::clock;

/// A ratification or a withdrawal being written down.
#[derive(Clone, Debug)]
pub(super) struct Ratifying {
    template: ChangeTemplateId,
    name: String,
    revoke: bool,
    person: Option<i64>,
    function: String,
    on: String,
    expires: String,
    because: String,
    pub(super) evidence: Option<(String, String)>,
    pub(super) flaws: Vec<(String, String)>,
    pub(super) waiting: Option<u64>,
}

impl Ratifying {
    pub(super) fn new(ctx: &Ctx<'_>, template: &ChangeTemplate, revoke: bool) -> Self {
        let year = ctx.today.checked_add_days(chrono::Days::new(365)).unwrap_or(ctx.today);
        Self {
            template: template.id,
            name: template.name.clone(),
            revoke,
            person: None,
            function: String::new(),
            on: date_text::say(ctx.today),
            expires: date_text::say(year),
            because: String::new(),
            evidence: None,
            flaws: Vec::new(),
            waiting: None,
        }
    }

    fn flaw(&self, name: &str) -> Option<String> {
        self.flaws.iter().find(|(named, _)| named == name).map(|(_, text)| text.clone())
    }

    fn run(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.flaws.clear();
        let template = self.template;
        let command = if self.revoke {
            ChangeCommand::RevokeTemplate { template, because: self.because.clone() }
        } else {
            let mut flaw = |named: &str, text: &str| self.flaws.push((named.to_owned(), text.to_owned()));
            let on = date_text::read(&self.on, ctx.today);
            let expires = date_text::read(&self.expires, ctx.today);
            if self.person.is_none() {
                flaw("person", "Choose who ratified it.");
            }
            if on.is_none() {
                flaw("at", "Say when it was ratified.");
            }
            if expires.is_none() {
                flaw("expires_on", "Say until when it holds.");
            }
            let (person, on, expires_on) = (self.person?, on?, expires?);
            let noon = on.and_hms_opt(12, 0, 0).map_or(ctx.now_at, |noon| clock::instant_of(ctx.zone, noon));
            ChangeCommand::RatifyTemplate(Box::new(Ratification {
                template,
                person: PersonId(person),
                function: self.function.clone(),
                // What was decided today was decided by now, whatever the hour.
                at: if on == ctx.today { ctx.now_at } else { noon },
                expires_on,
                evidence: self.evidence.clone(),
            }))
        };
        let ticket = ctx.tickets.take();
        self.waiting = Some(ticket);
        Some(Action::Run { ticket, command: Box::new(Command::Change(command)) })
    }

    pub(super) fn dialog_ui(&mut self, ctx: &Ctx<'_>, egui: &Context) -> (Vec<Action>, bool) {
        let (mut actions, mut leave) = (Vec::new(), false);
        let verb = if self.revoke { "Withdraw" } else { "Ratify" };
        let title = format!("{verb} {}", self.name);
        leave |= modal::dialog_ui(egui, Id::unique("ratify a template"), &title, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            let known = ["person", "function", "at", "expires_on", "because", "evidence"];
            let general: Vec<String> = self
                .flaws
                .iter()
                .filter(|(named, _)| !known.contains(&named.as_str()))
                .map(|(_, text)| text.clone())
                .collect();
            if !general.is_empty() {
                flaws_ui(ui, &general);
            }
            if self.revoke {
                weak_ui(
                    ui,
                    "No record can be made from it until it is ratified again. Records made before keep it.",
                );
                let issue = self.flaw("because");
                Field::new((self.template.0, "withdraw"), "Reason", &mut self.because)
                    .required()
                    .issue(issue.as_deref())
                    .ui(ui);
            } else {
                self.fields_ui(ctx, ui, &mut actions);
            }
            let row = egui::vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                let button = if self.revoke { Button::danger(verb) } else { Button::primary(verb) };
                if ui.add(button.enabled(self.waiting.is_none())).clicked() {
                    actions.extend(self.run(ctx));
                }
                leave |= ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        (actions, leave)
    }

    fn fields_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let record = (self.template.0, "ratify");
        let people = people(ctx.book());
        let names: Vec<&str> = people.iter().map(|(_, name)| name.as_str()).collect();
        let mut chosen = self.person.and_then(|id| people.iter().position(|(known, _)| *known == id));
        let issue = self.flaw("person");
        let dropdown = Dropdown::new(record, "Ratified by", &names, &mut chosen).required();
        if dropdown.issue(issue.as_deref()).ui(ui).changed() {
            self.person = chosen.and_then(|at| people.get(at)).map(|(id, _)| *id);
            if self.function.trim().is_empty() {
                let person = self.person.and_then(|id| ctx.book().people.get(id));
                self.function = person.map(|person| person.function.clone()).unwrap_or_default();
            }
        }
        let issue = self.flaw("function");
        Field::new(record, "As what", &mut self.function).required().issue(issue.as_deref()).ui(ui);
        let issue = self.flaw("at");
        DateField::new(record, "Ratified on", &mut self.on, ctx.today)
            .required()
            .issue(issue.as_deref())
            .ui(ui);
        let issue = self.flaw("expires_on");
        DateField::new(record, "Holds until", &mut self.expires, ctx.today)
            .required()
            .issue(issue.as_deref())
            .ui(ui);
        let (name, sha256) = self.evidence.clone().unwrap_or_default();
        evidence_ui(ui, &name, &sha256);
        if ui.add(Button::secondary("Name a file as evidence…").icon(icon::FILE_CHECK)).clicked() {
            actions.push(Action::Pick(Purpose::Evidence));
        }
        if let Some(issue) = self.flaw("evidence") {
            ui.add(Label::new(Text::Small.rich(issue)).wrap());
        }
    }
}
