//! The card of patch groups in their order.

use egui::Ui;

use super::Counts;
use super::form::{Answer, Form, Pressed, beside_ui, cell_text, entry_foot_ui, open_ui, row_ui, section_ui};
use crate::app::session::Notice;
use crate::domain::command::Command;
use crate::domain::group::{Group, GroupId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Field};
use crate::util::text::counted;

const FIELDS: [&str; 2] = ["name", "note"];
const SHARES: [f32; 5] = [2.0, 14.0, 17.0, 6.0, 7.0];

/// The texts as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    name: String,
    note: String,
}

impl Draft {
    fn of(group: &Group) -> Self {
        Self { name: group.name.clone(), note: group.note.clone() }
    }
}

/// The card.
#[derive(Debug, Default)]
pub struct Card {
    open: Option<(Option<GroupId>, Form<Draft>)>,
}

/// What was pressed in the row of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Up,
    Down,
    Change,
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
    pub fn ui(&mut self, counts: &Counts, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let groups = ctx.book().groups_in_order();
        let known = |id: GroupId| groups.iter().any(|group| group.id == id);
        if self.open.as_ref().is_some_and(|(id, _)| id.is_some_and(|id| !known(id))) {
            self.open = None;
        }
        let words = "Blocks of machines that are patched together. The first goes first.";
        let mut action = None;
        section_ui(ui, "Patch groups", words, self.is_dirty(), |ui| {
            ui.add_enabled_ui(ctx.can_write(), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, group) in groups.iter().enumerate() {
                    if self.open.as_ref().is_some_and(|(id, _)| *id == Some(group.id)) {
                        action = action.take().or(self.open_ui(Some(group), ctx, ui));
                        continue;
                    }
                    match self.group_ui(group, (at, groups.len()), counts, ui) {
                        Some(Wish::Up) => action = Some(moved(&groups, at, at - 1)),
                        Some(Wish::Down) => action = Some(moved(&groups, at, at + 1)),
                        Some(Wish::Change) => {
                            self.open = Some((Some(group.id), Form::new(Draft::of(group))));
                        }
                        None => {}
                    }
                }
                ui.add_space(size::GAP);
                if self.open.as_ref().is_some_and(|(id, _)| id.is_none()) {
                    action = action.take().or(self.open_ui(None, ctx, ui));
                } else if ui.add(Button::secondary("Add a group").icon(icon::PLUS)).clicked()
                    && !self.is_dirty()
                {
                    self.open = Some((None, Form::new(Draft::default())));
                }
            });
        });
        action
    }

    fn group_ui(
        &self,
        group: &Group,
        (at, all): (usize, usize),
        counts: &Counts,
        ui: &mut Ui,
    ) -> Option<Wish> {
        let machines = counts.groups.get(&group.id).copied().unwrap_or_default();
        let (up, down) = (format!("Move {} up", group.name), format!("Move {} down", group.name));
        let change = format!("Change {}", group.name);
        let mut wish = None;
        row_ui(ui, &SHARES, |ui, cell| match cell {
            0 => cell_text(ui, Text::Number, &(at + 1).to_string(), true),
            1 => cell_text(ui, Text::Medium, &group.name, false),
            2 => cell_text(ui, Text::Body, &group.note.replace('\n', " "), true),
            3 => cell_text(ui, Text::Number, &counted(machines, "machine", "machines"), true),
            _ => {
                ui.spacing_mut().item_spacing.x = 0.0;
                if ui.add(Button::icon_only(icon::ARROW_UP, &up).enabled(at > 0)).clicked() {
                    wish = Some(Wish::Up);
                }
                if ui.add(Button::icon_only(icon::ARROW_DOWN, &down).enabled(at + 1 < all)).clicked() {
                    wish = Some(Wish::Down);
                }
                let why = if self.is_dirty() { "Save or cancel what is open first" } else { change.as_str() };
                let button = Button::icon_only(icon::PENCIL, &change).enabled(!self.is_dirty()).tooltip(why);
                if ui.add(button).clicked() {
                    wish = Some(Wish::Change);
                }
            }
        });
        wish
    }

    fn open_ui(&mut self, group: Option<&Group>, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let (id, form) = self.open.as_mut()?;
        if let Some(group) = group {
            form.follow(Draft::of(group));
        }
        let record = ("group", id.unwrap_or_default().0);
        ui.add_space(size::GAP_SMALL);
        let pressed = open_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            let (name, note) = (form.issue("name"), form.issue("note"));
            let draft = &mut form.draft;
            beside_ui(ui, &[1.0, 1.4], |ui, _, at| {
                if at == 0 {
                    let field = Field::new(record, "Group name", &mut draft.name).required();
                    field.issue(name.as_deref()).ui(ui);
                } else {
                    let field = Field::new(record, "Note", &mut draft.note);
                    field.hint("Patch after closing time").issue(note.as_deref()).ui(ui);
                }
            });
            entry_foot_ui(form, ui, &FIELDS, if id.is_some() { "Save group" } else { "Add group" })
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

    /// Sends the open group.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let (id, form) = self.open.as_mut()?;
        let base = id.and_then(|id| ctx.book().groups.get(id.0)).cloned();
        let last = ctx.book().groups.rows().iter().map(|group| group.position).max().unwrap_or_default();
        let Draft { name, note } = form.draft.clone();
        let position = base.as_ref().map_or(last + 1, |base| base.position);
        let group = Group { id: GroupId(0), name, position, note };
        Some(form.send(ctx, Command::SaveGroup { base, group }))
    }
}

/// The order with one group moved, as one step.
fn moved(groups: &[&Group], from: usize, to: usize) -> Action {
    let mut order: Vec<GroupId> = groups.iter().map(|group| group.id).collect();
    order.swap(from, to);
    // Ticket 0 is nobody's: a failure is told by the window.
    Action::Run { ticket: 0, command: Box::new(Command::OrderGroups(order)) }
}
