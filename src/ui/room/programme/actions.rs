//! The view of actions: what was agreed, who does it, by when, and through how many meetings it was carried.

use egui::Ui;

use super::choose::{Ask, date, person_ui, wrong};
use super::sheet::{Frame, Sheet};
use crate::domain::action::{Action as Item, ActionId, Origin, Standing};
use crate::domain::command::{Command, CommitteeCommand, Edit, Issue};
use crate::domain::person::PersonId;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{
    Button, DateField, Field, Selection, Table, TableState, TickBox, card_ui, date_text, empty_state_ui,
};
use crate::util::clock::day_text;
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
pub const TABLE: &str = "Actions";

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    table: Option<TableState>,
    selection: Selection,
    all: bool,
}

impl View {
    /// Draws the view; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let items = ctx.book().actions.rows();
        if items.is_empty() {
            let words = "What meetings, reviews and nights leave to be done: who does it, by when, and how often it was carried \
                         into the next month.";
            let offers: &[&str] = if ctx.can_write() { &["Add an action"] } else { &[] };
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::LIST_CHECKS, "No actions yet", words, offers)
            });
            return chosen.inner.map(|_| -> Box<dyn Sheet> { Box::new(ActionSheet::new(Origin::Own)) });
        }
        ui.add(TickBox::new(&mut self.all, "Also what is done or given up"));
        let mut order: Vec<u32> = (0..items.len() as u32).collect();
        order.retain(|at| self.all || items[*at as usize].is_open());
        order.sort_by_key(|at| {
            let item = &items[*at as usize];
            (!item.is_open(), item.due_on.unwrap_or(chrono::NaiveDate::MAX), item.created_at, item.id)
        });
        let columns = [
            Column::new("what", "What", size::COLUMN_TEXT).unsortable().pinned(),
            Column::new("owner", "Owner", size::COLUMN_NAME).unsortable(),
            Column::new("due", "Due", size::COLUMN_NAME + size::MARGIN).unsortable(),
            Column::new("state", "State", size::COLUMN_COUNT + size::GAP).unsortable(),
            Column::new("carried", "Carried", size::COLUMN_COUNT).right().unsortable(),
            Column::new("from", "Agreed in", size::COLUMN_WIDE).unsortable(),
        ];
        let late = items.iter().filter(|item| item.standing(ctx.today) == Standing::Overdue).count();
        let open = items.iter().filter(|item| item.is_open()).count();
        let summary = format!(
            "{} open, {late} overdue, {} in all",
            counted(open as u64, "action", "actions"),
            items.len()
        );
        let id_of = |place: u32| items[place as usize].id.0 as u64;
        let table = self.table.get_or_insert_with(|| ctx.table(TABLE));
        let output = Table::new(TABLE, &columns, &order, &id_of).summary(&summary).ui(
            ui,
            table,
            &mut self.selection,
            |cell, place, column| {
                if let Some(item) = items.get(place as usize) {
                    cell_ui(cell, item, column, ctx);
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
        }
        let item = items.get(output.opened? as usize)?;
        Some(if item.is_open() {
            Box::new(ActionSheet::change(item))
        } else {
            Box::new(SettledSheet { action: item.id })
        })
    }
}

fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Open => Tone::Info,
        Standing::Overdue => Tone::Bad,
        Standing::Done => Tone::Good,
        Standing::Dropped => Tone::Neutral,
    }
}

/// Where an action comes from, in words.
fn origin_text(ctx: &Ctx<'_>, origin: Origin) -> String {
    let book = ctx.book();
    match origin {
        Origin::Own => String::new(),
        Origin::Meeting(id) => book.meetings.get(id.0).map(|row| row.title.clone()).unwrap_or_default(),
        Origin::Cycle(id) => book.cycles.get(id.0).map(|row| row.name.clone()).unwrap_or_default(),
        Origin::Change(id) => book.changes.get(id.0).map(|row| row.number.clone()).unwrap_or_default(),
        Origin::Entry(id) => {
            let run = book.run_entries.get(id.0).and_then(|entry| book.runs.get(entry.run.0));
            run.map(|run| run.title.clone()).unwrap_or_default()
        }
    }
}

fn cell_ui(cell: &mut Cell<'_>, item: &Item, column: usize, ctx: &Ctx<'_>) {
    let standing = item.standing(ctx.today);
    match column {
        0 if item.is_open() => cell.strong(&item.what),
        0 => cell.weak(&item.what),
        1 => match ctx.book().person_name(item.owner) {
            "" => cell.chip(Tone::Warn, "Nobody"),
            name => cell.text(name),
        },
        2 => cell.number(&item.due_on.map(day_text).unwrap_or_default()),
        3 => cell.chip(tone(standing), standing.text()),
        4 => match item.carried(ctx.book()) {
            0 => cell.weak(""),
            times => cell.number(&times.to_string()),
        },
        _ => cell.weak(&origin_text(ctx, item.origin)),
    }
}

#[derive(Clone, Debug, PartialEq)]
struct ActionDraft {
    what: String,
    owner: Option<PersonId>,
    due: String,
    done_by: String,
    result: String,
    because: String,
}

/// What is done with an action when its panel is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Write,
    Finish,
    GiveUp,
}

/// Adds an action, changes it, says that it was done, or gives it up.
#[derive(Debug)]
pub struct ActionSheet {
    base: Option<Item>,
    origin: Origin,
    deed: Deed,
    form: Form<ActionDraft>,
}

impl ActionSheet {
    /// A new action.
    pub fn new(origin: Origin) -> Self {
        let empty = String::new;
        let (done_by, result, because) = (empty(), empty(), empty());
        let draft = ActionDraft { what: empty(), owner: None, due: empty(), done_by, result, because };
        Self { base: None, origin, deed: Deed::Write, form: Form::new(draft) }
    }

    /// An action that is open.
    pub fn change(item: &Item) -> Self {
        Self::of(item, Deed::Write, String::new())
    }

    fn of(item: &Item, deed: Deed, done_by: String) -> Self {
        let draft = ActionDraft {
            what: item.what.clone(),
            owner: item.owner,
            due: item.due_on.map(date_text::say).unwrap_or_default(),
            done_by,
            result: String::new(),
            because: String::new(),
        };
        Self { base: Some(item.clone()), origin: item.origin, deed, form: Form::new(draft) }
    }
}

impl Sheet for ActionSheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        match (&self.base, self.deed) {
            (None, _) => "Add an action".to_owned(),
            (Some(_), Deed::Write) => "Change an action".to_owned(),
            (Some(_), Deed::Finish) => "Done".to_owned(),
            (Some(_), Deed::GiveUp) => "Give up".to_owned(),
        }
    }

    fn verb(&self) -> &'static str {
        match (&self.base, self.deed) {
            (None, _) => "Add action",
            (Some(_), Deed::Write) => "Save",
            (Some(_), Deed::Finish) => "Record as done",
            (Some(_), Deed::GiveUp) => "Give up",
        }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["what", "owner", "due_on", "by", "because"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn is_ready(&self) -> bool {
        self.deed == Deed::Finish
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = ["what", "owner", "due_on", "by", "because"].map(|field| self.form.issue(field));
        let record = ("action", self.base.as_ref().map(|base| base.id.0));
        let dirty = self.form.is_dirty();
        let draft = &mut self.form.draft;
        match self.deed {
            Deed::Write => {
                Field::new(record, "What", &mut draft.what).required().issue(issues[0].as_deref()).ui(ui);
                let on = date_text::read(&draft.due, ctx.today).unwrap_or(ctx.today);
                person_ui(ui, ctx, record, &mut draft.owner, Ask::one("Owner", on, issues[1].as_deref()));
                let field = DateField::new(record, "Due", &mut draft.due, ctx.today);
                field.required().issue(issues[2].as_deref()).ui(ui);
            }
            Deed::Finish => {
                ui.add(egui::Label::new(Text::Medium.rich(&draft.what)).wrap());
                let field = Field::new(record, "Done by", &mut draft.done_by);
                field.required().issue(issues[3].as_deref()).ui(ui);
                Field::new(record, "What came of it", &mut draft.result).lines(3).ui(ui);
            }
            Deed::GiveUp => {
                ui.add(egui::Label::new(Text::Medium.rich(&draft.what)).wrap());
                let field = Field::new(record, "Why", &mut draft.because).lines(3);
                field.required().issue(issues[4].as_deref()).ui(ui);
            }
        }
        let from = origin_text(ctx, self.origin);
        if !from.is_empty() {
            weak_ui(ui, &format!("Agreed in {from}."));
        }
        let base = self.base.as_ref().filter(|_| self.deed == Deed::Write)?;
        let mut opened: Option<Box<dyn Sheet>> = None;
        ui.horizontal(|ui| {
            if ui.add(Button::secondary("Done…").icon(icon::CHECK).enabled(!dirty)).clicked() {
                let by = match ctx.book().person_name(base.owner) {
                    "" => ctx.preferences.actor.clone(),
                    name => name.to_owned(),
                };
                opened = Some(Box::new(Self::of(base, Deed::Finish, by)));
            }
            if ui.add(Button::quiet_danger("Give up…").enabled(!dirty)).clicked() {
                opened = Some(Box::new(Self::of(base, Deed::GiveUp, String::new())));
            }
        });
        opened
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let id = self.base.as_ref().map_or(ActionId(0), |base| base.id);
        let command = match self.deed {
            Deed::Finish => {
                let (by, result) = (draft.done_by.clone(), draft.result.clone());
                CommitteeCommand::ActionDone { action: id, by, result }
            }
            Deed::GiveUp => CommitteeCommand::DropAction { action: id, because: draft.because.clone() },
            Deed::Write => {
                let mut issues = Vec::new();
                if draft.what.trim().is_empty() {
                    issues.push(wrong("what", "Say what is to be done."));
                }
                if draft.owner.is_none() {
                    issues.push(wrong("owner", "Say who does it."));
                }
                let due_on = date(&draft.due, ctx, "due_on", &mut issues);
                if !issues.is_empty() {
                    return Err(issues);
                }
                let row = Item {
                    id,
                    what: draft.what.clone(),
                    owner: draft.owner,
                    due_on,
                    origin: self.origin,
                    created_at: 0,
                    done_at: None,
                    done_by: String::new(),
                    result: String::new(),
                    dropped_because: String::new(),
                };
                CommitteeCommand::Action(Box::new(Edit { base: self.base.clone(), row }))
            }
        };
        Ok(Command::Committee(command))
    }
}

/// An action that was done or given up: to look at.
#[derive(Debug)]
struct SettledSheet {
    action: ActionId,
}

impl Sheet for SettledSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let item = ctx.book().actions.get(self.action.0);
        item.map_or("Action", |item| item.standing(ctx.today).text()).to_owned()
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let item = ctx.book().actions.get(self.action.0)?;
        ui.add(egui::Label::new(Text::Medium.rich(&item.what)).wrap());
        if let Some(at) = item.done_at {
            weak_ui(ui, &format!("Done by {} on {}.", item.done_by, ctx.day_text(at)));
            weak_ui(ui, &item.result);
        } else {
            weak_ui(ui, &format!("Given up: {}", item.dropped_because));
        }
        None
    }
}
