//! The card of the people the register names.

use egui::Ui;

use super::form::{Answer, Form, Pressed, beside_ui, cell_text, entry_foot_ui, open_ui, row_ui, section_ui};
use crate::app::session::Notice;
use crate::domain::command::Command;
use crate::domain::person::{Person, PersonId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Field};
use crate::util::text::{counted, fold};

const FIELDS: [&str; 3] = ["name", "mail", "function"];
const SHARES: [f32; 4] = [14.0, 14.0, 16.0, 3.0];

/// How many people are listed before the rest folds away.
const LISTED: usize = 12;

/// The texts as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    name: String,
    mail: String,
    function: String,
}

impl Draft {
    fn of(person: &Person) -> Self {
        Self { name: person.name.clone(), mail: person.mail.clone(), function: person.function.clone() }
    }
}

/// The card.
#[derive(Debug, Default)]
pub struct Card {
    open: Option<(Option<PersonId>, Form<Draft>)>,
    all: bool,
}

impl Card {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.open.as_ref().is_some_and(|(_, form)| form.is_dirty())
    }

    /// Takes an answer; `true` if it was this card's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.open.as_mut().map_or(Answer::Foreign, |(_, form)| form.notice(notice));
        if answer == Answer::Saved {
            self.open = None;
        }
        answer != Answer::Foreign
    }

    /// Draws the card.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let mut people: Vec<&Person> = ctx.book().people.rows().iter().collect();
        people.sort_by_cached_key(|person| fold(&person.name));
        let known = |id: PersonId| people.iter().any(|person| person.id == id);
        if self.open.as_ref().is_some_and(|(id, _)| id.is_some_and(|id| !known(id))) {
            self.open = None;
        }
        let words = "Owners, admins, testers and approvers that the register names.";
        let mut action = None;
        section_ui(ui, "People", words, self.is_dirty(), |ui| {
            ui.add_enabled_ui(ctx.can_write(), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let most = if self.all { people.len() } else { LISTED };
                for person in people.iter().take(most) {
                    if self.open.as_ref().is_some_and(|(id, _)| *id == Some(person.id)) {
                        action = action.take().or(self.open_ui(Some(person), ctx, ui));
                    } else {
                        self.person_ui(person, ui);
                    }
                }
                if people.len() > most {
                    let words = format!("Show all {}", counted(people.len() as u64, "person", "people"));
                    self.all = ui.add(Button::quiet(&words).icon(icon::CHEVRON_DOWN)).clicked();
                }
                ui.add_space(size::GAP);
                if self.open.as_ref().is_some_and(|(id, _)| id.is_none()) {
                    action = action.take().or(self.open_ui(None, ctx, ui));
                } else if ui.add(Button::secondary("Add a person").icon(icon::PLUS)).clicked()
                    && !self.is_dirty()
                {
                    self.open = Some((None, Form::new(Draft::default())));
                }
            });
        });
        action
    }

    fn person_ui(&mut self, person: &Person, ui: &mut Ui) {
        let dirty = self.is_dirty();
        let change = format!("Change {}", person.name);
        row_ui(ui, &SHARES, |ui, cell| match cell {
            0 => cell_text(ui, Text::Medium, &person.name, false),
            1 => cell_text(ui, Text::Body, &person.function, false),
            2 => cell_text(ui, Text::Body, &person.mail, true),
            _ => {
                let why = if dirty { "Save or cancel what is open first" } else { change.as_str() };
                let button = Button::icon_only(icon::PENCIL, &change).enabled(!dirty).tooltip(why);
                if ui.add(button).clicked() {
                    self.open = Some((Some(person.id), Form::new(Draft::of(person))));
                }
            }
        });
    }

    fn open_ui(&mut self, person: Option<&Person>, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let (id, form) = self.open.as_mut()?;
        if let Some(person) = person {
            form.follow(Draft::of(person));
        }
        let record = ("person", id.unwrap_or_default().0);
        ui.add_space(size::GAP_SMALL);
        let pressed = open_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            let issues = FIELDS.map(|field| form.issue(field));
            let draft = &mut form.draft;
            beside_ui(ui, &[1.0, 1.0, 1.2], |ui, _, at| {
                let field = match at {
                    0 => Field::new(record, "Person's name", &mut draft.name).required(),
                    1 => Field::new(record, "Function", &mut draft.function).hint("Head of IT"),
                    _ => Field::new(record, "E-mail", &mut draft.mail).hint("name@example.org"),
                };
                // In the order of FIELDS: name, mail, function.
                let issue = &issues[[0, 2, 1][at]];
                field.issue(issue.as_deref()).ui(ui);
            });
            entry_foot_ui(form, ui, &FIELDS, if id.is_some() { "Save person" } else { "Add person" })
        });
        ui.add_space(size::GAP_SMALL);
        match pressed? {
            Pressed::Save => self.save(ctx),
            Pressed::Cancel => {
                self.open = None;
                None
            }
        }
    }

    /// Sends the open person.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let (id, form) = self.open.as_mut()?;
        let base = id.and_then(|id| ctx.book().people.get(id.0)).cloned();
        let Draft { name, mail, function } = form.draft.clone();
        let person = Person { id: PersonId(0), name, mail, function };
        Some(form.send(ctx, Command::SavePerson { base, person }))
    }
}
