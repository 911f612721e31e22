//! History: who changed what, and can it be trusted? The steps as a table, one step's entries beside it, and the proofs.
//!
//! Invariant: nothing here changes the register but Undo and Redo of the newest step.

mod panel;
mod proof;
mod words;

use std::collections::VecDeque;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::{Ctx, page_ui};
use crate::app::error::Error;
use crate::app::session::{Notice, Request};
use crate::store::history::{EventView, OperationView, Verb};
use crate::store::verify::VerifyReport;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::theme::size;
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{
    SearchBox, Selection, Table, TableState, card_ui, empty_state_ui, number, page_header_ui,
};
use crate::util::text::{count, counted, fold};

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "History";
const SEARCH: &str = "Search the history";
const FIND: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::F);

/// The longest name of a step on a button, in characters.
const NAME_MAX: usize = 28;

/// What was asked for and is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Steps,
    Entries,
    Verify,
    Head,
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    /// Steps, oldest first, as they were at entry `of`.
    operations: Vec<OperationView>,
    of: Option<i64>,
    /// Steps that match the search, newest first.
    order: Vec<u32>,
    search: String,
    table: Option<TableState>,
    selection: Selection,
    /// The entries of a step as they came, and as they are shown.
    read: Option<(i64, Vec<EventView>)>,
    entries: Option<panel::Entries>,
    waiting: VecDeque<Ask>,
    report: Option<Result<VerifyReport, Error>>,
    check: proof::Check,
    /// Whether all digits of the hash are shown.
    full: bool,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        match notice {
            Notice::HistoryRead { operations, op_id, entries } => {
                self.answered(&[Ask::Steps, Ask::Entries]);
                self.operations.clone_from(operations);
                self.sift();
                if let Some(op_id) = op_id {
                    self.read = Some((*op_id, entries.clone()));
                }
                true
            }
            Notice::Verified(report) => {
                self.answered(&[Ask::Verify]);
                self.report = Some(Ok(report.as_ref().clone()));
                true
            }
            Notice::HeadChecked(found) => {
                self.answered(&[Ask::Head]);
                self.check.found = Some(*found);
                true
            }
            Notice::Failed { error, ticket: None } => match self.waiting.pop_front() {
                Some(Ask::Verify) => {
                    self.report = Some(Err(error.clone()));
                    true
                }
                // The others are told by the window.
                _ => false,
            },
            _ => false,
        }
    }

    fn answered(&mut self, asks: &[Ask]) {
        if let Some(at) = self.waiting.iter().position(|ask| asks.contains(ask)) {
            self.waiting.remove(at);
        }
    }

    fn ask(&mut self, ask: Ask, request: Request) -> Action {
        self.waiting.push_back(ask);
        Action::Send(request)
    }

    fn waits_for(&self, ask: Ask) -> bool {
        self.waiting.contains(&ask)
    }

    /// Asks for the steps whenever the register has moved on.
    fn follow(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let now = ctx.book().head.seq;
        if self.of == Some(now) {
            return None;
        }
        // Also where the answer fails: it is told once, not asked for with every frame.
        self.of = Some(now);
        Some(self.ask(Ask::Steps, Request::History { op_id: None }))
    }

    fn sift(&mut self) {
        let wanted = fold(&self.search);
        let matches = |step: &OperationView| {
            wanted.is_empty() || fold(&step.label).contains(&wanted) || fold(&step.actor).contains(&wanted)
        };
        let places = self.operations.iter().enumerate().rev().filter(|(_, step)| matches(step));
        self.order = places.map(|(place, _)| place as u32).collect();
    }
}

/// What a step did, in words.
fn what(step: &OperationView) -> String {
    let label = if step.label.is_empty() { "A step without a name" } else { step.label.as_str() };
    match step.verb {
        Verb::Done => label.to_owned(),
        Verb::Undone => format!("Undone: {label}"),
        Verb::Redone => format!("Redone: {label}"),
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions: Vec<Action> = state.follow(ctx).into_iter().collect();
    if ui.input_mut(|input| input.consume_shortcut(&FIND)) {
        ui.memory_mut(|memory| memory.request_focus(SearchBox::id_of(SEARCH)));
    }
    let before = state.selection.current;
    panel::panel_ui(state, ctx, ui);
    page_ui(ui, |ui| {
        header_ui(ctx, ui, &mut actions);
        actions.extend(proof::head_ui(state, ctx, ui));
        ui.add_space(size::GAP_SMALL);
        steps_ui(state, ctx, ui, &mut actions);
    });
    if let Some(id) = state.selection.current.filter(|_| state.selection.current != before) {
        let op_id = Some(id as i64);
        actions.push(state.ask(Ask::Entries, Request::History { op_id }));
    }
    actions
}

fn header_ui(ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let head = ctx.book().head;
    let context = format!("Entry {}, recorded {}", count(head.seq.unsigned_abs()), ctx.time_text(head.at));
    let steps = &ctx.shown.steps;
    let (undo, redo) = (named("Undo", steps.undo.as_deref()), named("Redo", steps.redo.as_deref()));
    let others = [
        PageAction {
            enabled: steps.undo.is_some() && ctx.can_write(),
            tooltip: Some(steps.undo.as_deref().unwrap_or("There is nothing to undo")),
            ..PageAction::new(Some(icon::UNDO_2), &undo)
        },
        PageAction {
            enabled: steps.redo.is_some() && ctx.can_write(),
            tooltip: Some(steps.redo.as_deref().unwrap_or("There is nothing to redo")),
            ..PageAction::new(Some(icon::REDO_2), &redo)
        },
    ];
    let copy = PageAction::new(Some(icon::SAVE), "Save a copy…");
    match page_header_ui(ui, "History", &context, Some(copy), &others) {
        Some(Chosen::Primary) => actions.push(Action::Pick(Purpose::SaveCopy { name: copy_name(ctx) })),
        Some(Chosen::Other(0)) => actions.push(Action::Undo),
        Some(Chosen::Other(_)) => actions.push(Action::Redo),
        None => {}
    }
}

/// `Undo: Change WS-014`, cut where it would crowd the header.
fn named(verb: &str, step: Option<&str>) -> String {
    match step {
        None => verb.to_owned(),
        Some(step) if step.chars().count() <= NAME_MAX => format!("{verb}: {step}"),
        Some(step) => format!("{verb}: {}…", step.chars().take(NAME_MAX).collect::<String>().trim_end()),
    }
}

fn copy_name(ctx: &Ctx<'_>) -> String {
    let stem = ctx.shown.path.file_stem().unwrap_or_default().to_string_lossy();
    format!("{stem}-{}.patchbook", ctx.today)
}

fn steps_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let search = SearchBox::new(SEARCH, "Search what was done, or by whom", &mut state.search);
    if search.ui(ui).changed() {
        state.sift();
    }
    ui.add_space(size::GAP_SMALL);
    if state.order.is_empty() && !state.search.trim().is_empty() {
        let words = format!("None of {} says that.", counted(state.operations.len() as u64, "step", "steps"));
        card_ui(ui, None, |ui| {
            if empty_state_ui(ui, icon::SEARCH, "Nothing matches", &words, &["Show all steps"]).is_some() {
                state.search.clear();
                state.sift();
            }
        });
        return;
    }
    let steps = &state.operations;
    let columns = [
        Column::new("entry", "Entry", size::TICK_COLUMN + size::CONTROL).right().unsortable(),
        Column::new("when", "When", size::FIGURE).unsortable(),
        Column::new("who", "Who", size::NUMBER_FIELD).unsortable(),
        Column::new("what", "What", size::FIGURE).unsortable().pinned(),
    ];
    let summary = if state.search.trim().is_empty() {
        format!("{}, newest first", counted(steps.len() as u64, "step", "steps"))
    } else {
        format!("{} of {} steps: “{}”", number(state.order.len()), number(steps.len()), state.search.trim())
    };
    let id_of = |place: u32| steps[place as usize].op_id as u64;
    let table = state.table.get_or_insert_with(|| ctx.table(TABLE));
    let output = Table::new(TABLE, &columns, &state.order, &id_of).summary(&summary).ui(
        ui,
        table,
        &mut state.selection,
        |cell, place, column| {
            if let Some(step) = steps.get(place as usize) {
                cell_ui(cell, step, column, ctx);
            }
        },
    );
    if output.columns_changed {
        actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
    }
}

fn cell_ui(cell: &mut Cell<'_>, step: &OperationView, column: usize, ctx: &Ctx<'_>) {
    match column {
        0 => cell.number(&count(step.seq.unsigned_abs())),
        1 => cell.number(&ctx.time_text(step.at)),
        2 => cell.text(&step.actor),
        _ if step.verb == Verb::Done => cell.strong(&what(step)),
        _ => cell.weak(&what(step)),
    }
}
