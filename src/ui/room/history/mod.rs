//! History: who changed what, and can it be trusted? Reads nothing itself: the engine is asked, and asked again when the
//! register has moved on.

pub mod entry;
pub mod trust;

use egui::{Key, Label, Modifiers, Ui};

use super::{Ctx, page_ui};
use crate::app::session::{Notice, Request};
use crate::store::history::{EventView, OperationView, Verb};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::table::Cell;
use crate::ui::widget::{
    Chosen, Column, PageAction, Selection, Table, TableState, page_header_ui, side_panel_ui,
};
use crate::util::text::{count, counted};

use entry::Words;
use trust::{Trust, trust_ui};

/// The name by which the table's columns are kept.
const TABLE: &str = "history";
/// How many entries of an operation are shown.
const ENTRIES: usize = 200;

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    /// Newest first.
    operations: Vec<OperationView>,
    order: Vec<u32>,
    /// The entry up to which operations were asked for.
    asked: Option<i64>,
    opened: Option<Opened>,
    trust: Trust,
    table: Option<TableState>,
    selection: Selection,
    verifying: bool,
}

/// One operation beside the table.
#[derive(Debug)]
struct Opened {
    op_id: i64,
    entries: Option<Vec<(i64, Words)>>,
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
                self.operations = operations.iter().rev().cloned().collect();
                self.order = (0..self.operations.len() as u32).collect();
                if let (Some(opened), Some(op_id)) = (&mut self.opened, op_id)
                    && opened.op_id == *op_id
                {
                    opened.entries = Some(read(entries));
                }
                true
            }
            Notice::Verified(report) => {
                self.verifying = false;
                self.trust.verified(Box::new((**report).clone()));
                true
            }
            Notice::HeadChecked(check) => {
                self.trust.checked(*check);
                true
            }
            Notice::Failed { .. } => {
                self.verifying = false;
                false
            }
            _ => false,
        }
    }

    fn open(&mut self, op_id: i64) -> Action {
        self.opened = Some(Opened { op_id, entries: None });
        Action::Send(Request::History { op_id: Some(op_id) })
    }
}

/// The entries in words, oldest first.
fn read(entries: &[EventView]) -> Vec<(i64, Words)> {
    entries.iter().rev().take(ENTRIES).map(|event| (event.seq, entry::words(event))).collect()
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let seq = ctx.book().head.seq;
    if state.asked != Some(seq) {
        state.asked = Some(seq);
        actions.push(Action::Send(Request::History { op_id: None }));
    }
    operation_ui(state, ctx, ui);
    page_ui(ui, |ui| {
        actions.extend(header_ui(state, ctx, ui));
        actions.extend(trust_ui(&mut state.trust, ctx, ui));
        ui.add_space(size::GAP);
        actions.extend(operations_ui(state, ctx, ui));
    });
    actions
}

fn header_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let context = format!(
        "{}, the newest entry is {}",
        counted(state.operations.len() as u64, "operation", "operations"),
        count(ctx.book().head.seq.unsigned_abs())
    );
    let mut verify = PageAction::new(Some(icon::SHIELD_CHECK), "Verify now");
    verify.enabled = !state.verifying;
    let last = ctx.shown.steps.undo.as_ref().map(|label| format!("Undo: {label}"));
    let mut undo = PageAction::new(Some(icon::UNDO_2), "Undo the last");
    undo.enabled = last.is_some() && ctx.can_write();
    undo.tooltip = last.as_deref();
    let copy = PageAction::new(Some(icon::COPY), "Save a copy…");
    match page_header_ui(ui, "History", &context, Some(verify), &[undo, copy]) {
        Some(Chosen::Primary) => {
            state.verifying = true;
            vec![Action::Send(Request::Verify)]
        }
        Some(Chosen::Other(0)) => vec![Action::Undo],
        Some(Chosen::Other(_)) => {
            let stem = ctx.shown.path.file_stem().unwrap_or_default().to_string_lossy();
            vec![Action::Pick(Purpose::SaveCopy { name: format!("{stem}-{}.patchbook", ctx.today) })]
        }
        None => Vec::new(),
    }
}

fn operations_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let columns = [
        Column::new("entry", "Entry", 80.0).right().unsortable().pinned(),
        Column::new("at", "When", 190.0).unsortable(),
        Column::new("actor", "Who", 160.0).unsortable(),
        Column::new("what", "What", 380.0).unsortable().pinned(),
        Column::new("site", "Where", 140.0).unsortable(),
    ];
    let mut table = state.table.take().unwrap_or_else(|| ctx.table(TABLE));
    let operations = &state.operations;
    let id_of = |row: u32| operations[row as usize].op_id.cast_unsigned();
    let summary = format!("{}, the newest first", counted(operations.len() as u64, "operation", "operations"));
    let output = Table::new("Operations", &columns, &state.order, &id_of).summary(&summary).ui(
        ui,
        &mut table,
        &mut state.selection,
        |cell, row, column| cell_ui(&operations[row as usize], ctx, cell, column),
    );
    if output.columns_changed {
        actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
    }
    state.table = Some(table);
    if let Some(row) = output.opened {
        let op_id = state.operations[row as usize].op_id;
        actions.push(state.open(op_id));
    }
    actions
}

fn cell_ui(operation: &OperationView, ctx: &Ctx<'_>, cell: &mut Cell<'_>, column: usize) {
    match column {
        0 => cell.number(&count(operation.seq.unsigned_abs())),
        1 => cell.number(&ctx.time_text(operation.at)),
        2 => cell.text(&operation.actor),
        3 => {
            match operation.verb {
                Verb::Done => {}
                Verb::Undone => cell.chip(Tone::Neutral, "Undone"),
                Verb::Redone => cell.chip(Tone::Info, "Redone"),
            }
            cell.text(&operation.label);
        }
        _ => cell.weak(&operation.site),
    }
}

fn operation_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) {
    let Some(opened) = &state.opened else { return };
    let Some(operation) = state.operations.iter().find(|op| op.op_id == opened.op_id) else { return };
    let (entries, operation) = (&opened.entries, operation.clone());
    let (_, mut close) = side_panel_ui(ui, "operation", &operation.label, None, |ui| {
        let tokens = theme::tokens(ui);
        let who = format!("{} on {}", operation.actor, operation.site);
        for text in [ctx.time_text(operation.at), who, operation.note.clone()] {
            if !text.is_empty() {
                ui.add(Label::new(Text::Body.rich(text).color(tokens.weak)).wrap());
            }
        }
        ui.add_space(size::GAP);
        let Some(entries) = entries else { return };
        for (seq, words) in entries {
            ui.add(Label::new(Text::Medium.rich(&words.title)).wrap());
            let at = format!("Entry {}", count(seq.unsigned_abs()));
            ui.add(Label::new(Text::SmallNumber.rich(at).color(tokens.weak)).wrap());
            for change in &words.changes {
                ui.add(Label::new(Text::Small.rich(change)).wrap().selectable(true));
            }
            ui.add_space(size::GAP);
        }
        if entries.len() == ENTRIES {
            let words = format!("The first {} entries; patchbook-cli history shows all", count(ENTRIES as u64));
            ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
        }
    });
    close |= ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if close {
        state.opened = None;
    }
}
