//! People and patch groups: their lists and the form of one.

use egui::{Label, Ui};

use super::Panel;
use super::sent::{Answer, Sent};
use crate::app::session::Notice;
use crate::domain::command::Command;
use crate::domain::group::{Group, GroupId};
use crate::domain::person::{Person, PersonId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::banner::Banner;
use crate::ui::widget::grid::{GridColumn, grid_ui};
use crate::ui::widget::{Button, Field, card_ui};

/// How many rows a list shows before it scrolls.
const ROWS: usize = 12;

/// A person as typed.
#[derive(Debug)]
pub struct PersonForm {
    base: Option<Person>,
    draft: Person,
    pub(super) sent: Sent,
}

impl PersonForm {
    /// A form over a person, or for a new one.
    pub fn new(person: Option<&Person>) -> Self {
        let blank = Person { id: PersonId(0), name: String::new(), mail: String::new(), function: String::new() };
        let draft = person.cloned().unwrap_or(blank);
        Self { base: person.cloned(), draft, sent: Sent::default() }
    }

    /// Whether it holds words that are not in the register.
    pub fn is_changed(&self) -> bool {
        match &self.base {
            Some(base) => *base != self.draft,
            None => !(self.draft.name.is_empty() && self.draft.mail.is_empty() && self.draft.function.is_empty()),
        }
    }

    /// What its panel is called.
    pub fn title(&self) -> &str {
        self.base.as_ref().map_or("New person", |person| person.name.as_str())
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> Answer {
        self.sent.answer(notice)
    }

    /// Sends the person.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let (base, person) = (self.base.clone(), self.draft.clone());
        self.sent.send(ctx, Command::SavePerson { base, person })
    }
}

/// A patch group as typed.
#[derive(Debug)]
pub struct GroupForm {
    base: Option<Group>,
    draft: Group,
    position: String,
    pub(super) sent: Sent,
}

impl GroupForm {
    /// A form over a group, or for a new one at the end of the order.
    pub fn new(group: Option<&Group>, ctx: &Ctx<'_>) -> Self {
        let last = ctx.book().groups.rows().iter().map(|group| group.position).max().unwrap_or(0);
        let blank = Group { id: GroupId(0), name: String::new(), position: last + 1, note: String::new() };
        let draft = group.cloned().unwrap_or(blank);
        Self { base: group.cloned(), position: draft.position.to_string(), draft, sent: Sent::default() }
    }

    /// Whether it holds words that are not in the register.
    pub fn is_changed(&self) -> bool {
        match &self.base {
            Some(base) => *base != self.draft || self.position != base.position.to_string(),
            None => !(self.draft.name.is_empty() && self.draft.note.is_empty()),
        }
    }

    /// What its panel is called.
    pub fn title(&self) -> &str {
        self.base.as_ref().map_or("New patch group", |group| group.name.as_str())
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> Answer {
        self.sent.answer(notice)
    }

    /// Sends the group, or names what is wrong.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.sent.clear();
        let Ok(position) = self.position.trim().parse() else {
            self.sent.refuse("position", "Type a number; the lower goes first.");
            return None;
        };
        let (base, group) = (self.base.clone(), Group { position, ..self.draft.clone() });
        self.sent.send(ctx, Command::SaveGroup { base, group })
    }
}

/// Draws the form of a person in its panel.
pub fn person_ui(form: &mut PersonForm, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    whole_issue_ui(&form.sent, ui);
    let record = form.base.as_ref().map_or(0, |person| person.id.0);
    let fields = [
        ("name", "Name", &mut form.draft.name),
        ("mail", "E-mail", &mut form.draft.mail),
        ("function", "Function", &mut form.draft.function),
    ];
    for (name, label, text) in fields {
        let issue = form.sent.issue(name);
        let mut field = Field::new(("person", record), label, text).issue(issue.as_deref());
        if name == "name" {
            field = field.required();
        }
        if field.ui(ui).changed() {
            form.sent.edited(name);
        }
    }
    let save = ui.add(Button::primary("Save person").icon(icon::SAVE).shortcut("Ctrl+S")).clicked();
    if save { form.save(ctx).into_iter().collect() } else { Vec::new() }
}

/// Draws the form of a group in its panel.
pub fn group_ui(form: &mut GroupForm, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    whole_issue_ui(&form.sent, ui);
    let record = ("group", form.base.as_ref().map_or(0, |group| group.id.0));
    let issue = form.sent.issue("name");
    if Field::new(record, "Name", &mut form.draft.name).required().issue(issue.as_deref()).ui(ui).changed() {
        form.sent.edited("name");
    }
    let issue = form.sent.issue("position");
    let field = Field::new(record, "Place in the order", &mut form.position).number().issue(issue.as_deref());
    if field.help("The lower goes first").ui(ui).changed() {
        form.sent.edited("position");
    }
    Field::new(record, "Note", &mut form.draft.note).lines(3).ui(ui);
    let save = ui.add(Button::primary("Save group").icon(icon::SAVE).shortcut("Ctrl+S")).clicked();
    if save { form.save(ctx).into_iter().collect() } else { Vec::new() }
}

fn whole_issue_ui(sent: &Sent, ui: &mut Ui) {
    if let Some(issue) = sent.issue("") {
        Banner::new(Tone::Bad, "Not saved").words(&issue).ui(ui);
    }
}

/// Draws the list of people; answers the panel that is wanted.
pub fn people_ui(ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Panel> {
    let mut people: Vec<&Person> = ctx.book().people.rows().iter().collect();
    people.sort_by(|a, b| a.name.cmp(&b.name));
    let mut wanted = None;
    card_ui(ui, Some("People"), |ui| {
        let words = "Owners, administrators and testers of machines. A person is not a login.";
        note_ui(ui, words);
        let columns = [column("Name"), column("Function"), column("E-mail"), narrow()];
        grid_ui(ui, "People", &columns, people.len(), height(people.len()), |ui, row, at| {
            let person = people[row];
            match at {
                0 => text_ui(ui, &person.name),
                1 => text_ui(ui, &person.function),
                2 => text_ui(ui, &person.mail),
                _ => {
                    if change_ui(ui, &person.name, ctx) {
                        wanted = Some(Panel::Person(PersonForm::new(Some(person))));
                    }
                }
            }
        });
        if ui.add(Button::secondary("Add a person").icon(icon::PLUS).enabled(ctx.can_write())).clicked() {
            wanted = Some(Panel::Person(PersonForm::new(None)));
        }
    });
    wanted
}

/// Draws the list of patch groups in their order; answers the panel that is wanted.
pub fn groups_ui(ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Panel> {
    let groups = ctx.book().groups_in_order();
    let mut wanted = None;
    card_ui(ui, Some("Patch groups"), |ui| {
        note_ui(ui, "Machines that are patched together, in the order in which they go.");
        let columns = [column("Name"), column("Note"), narrow(), narrow()];
        grid_ui(ui, "Patch groups", &columns, groups.len(), height(groups.len()), |ui, row, at| {
            let group = groups[row];
            match at {
                0 => text_ui(ui, &group.name),
                1 => text_ui(ui, &group.note),
                2 => text_ui(ui, &group.position.to_string()),
                _ => {
                    if change_ui(ui, &group.name, ctx) {
                        wanted = Some(Panel::Group(GroupForm::new(Some(group), ctx)));
                    }
                }
            }
        });
        if ui.add(Button::secondary("Add a patch group").icon(icon::PLUS).enabled(ctx.can_write())).clicked() {
            wanted = Some(Panel::Group(GroupForm::new(None, ctx)));
        }
    });
    wanted
}

fn column(title: &'static str) -> GridColumn<'static> {
    GridColumn { title, width: None }
}

fn narrow() -> GridColumn<'static> {
    GridColumn { title: "", width: Some(size::COLUMN_MIN * 2.0) }
}

fn height(rows: usize) -> f32 {
    (rows.min(ROWS) as f32 + 1.0) * (size::CONTROL + size::GAP)
}

fn text_ui(ui: &mut Ui, text: &str) {
    ui.add(Label::new(Text::Body.rich(text)).truncate());
}

fn note_ui(ui: &mut Ui, words: &str) {
    let tokens = theme::tokens(ui);
    ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
}

fn change_ui(ui: &mut Ui, name: &str, ctx: &Ctx<'_>) -> bool {
    let button = ui.add(Button::quiet("Change").enabled(ctx.can_write()));
    ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(format!("Change {name}")));
    button.clicked()
}
