//! The panel beside the table: one step with its entries in words.

use egui::{Label, Ui};

use super::State;
use super::words::{Line, Reader};
use crate::store::history::OperationView;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, side_panel_ui};
use crate::util::text::{count, counted};

/// How many entries are drawn before the rest is asked for.
const SHOWN: usize = 60;

/// The most entries of one step that are read.
const READ: usize = 500;

/// The entries of the step that is open.
#[derive(Debug)]
pub struct Entries {
    op_id: i64,
    lines: Vec<Line>,
    shown: usize,
}

/// Draws the panel if a step is open.
pub fn panel_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) {
    let Some(op_id) = state.selection.current.map(|id| id as i64) else { return };
    if let Some((of, entries)) = state.read.take() {
        let reader = Reader { book: ctx.book(), zone: ctx.zone };
        // Newest first as read, in the order of recording as shown.
        let lines = entries.iter().rev().map(|entry| reader.line(entry)).collect();
        state.entries = Some(Entries { op_id: of, lines, shown: SHOWN });
    }
    let Some(step) = state.operations.iter().find(|step| step.op_id == op_id).cloned() else {
        return;
    };
    let title = format!("Entry {}", count(step.seq.unsigned_abs()));
    let entries = state.entries.as_mut().filter(|entries| entries.op_id == op_id);
    let ((), close) = side_panel_ui(ui, "step", &title, None, |ui| {
        step_ui(&step, ctx, ui);
        match entries {
            Some(entries) => entries_ui(entries, ui),
            None => {
                ui.label(Text::Body.rich("Reading…"));
            }
        }
    });
    let escape = ui.input(|input| input.key_pressed(egui::Key::Escape)) && !ui.ctx().text_edit_focused();
    if close || escape {
        state.selection.current = None;
        state.entries = None;
    }
}

fn step_ui(step: &OperationView, ctx: &Ctx<'_>, ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
    let place = if step.site.is_empty() { String::new() } else { format!(" at {}", step.site) };
    let facts = [super::what(step), format!("{}, {}{place}", ctx.time_text(step.at), step.actor)];
    let [what, who] = facts;
    ui.add(Label::new(Text::Medium.rich(what)).wrap());
    ui.add(Label::new(Text::Body.rich(who).color(tokens.weak)).wrap());
    if !step.note.is_empty() {
        ui.add(Label::new(Text::Body.rich(&step.note)).wrap());
    }
    if step.fixed {
        ui.add(Label::new(Text::Small.rich("This step cannot be undone").color(tokens.weak)).wrap());
    }
    ui.add_space(size::GAP_LARGE);
}

fn entries_ui(entries: &mut Entries, ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    let all = entries.lines.len();
    let title = counted(all as u64, "entry", "entries");
    let heading = ui.label(Text::Section.rich(title));
    ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(egui::accesskit::Role::Heading));
    if all >= READ {
        let words = format!("The newest {} of this step", count(READ as u64));
        ui.label(Text::Small.rich(words).color(tokens.weak));
    }
    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
    for line in entries.lines.iter().take(entries.shown) {
        ui.add_space(size::GAP_SMALL);
        let number = count(line.seq.unsigned_abs());
        ui.label(Text::SmallNumber.rich(number).color(tokens.weak));
        ui.add(Label::new(Text::Medium.rich(&line.title)).wrap().selectable(true));
        for part in &line.parts {
            ui.add(Label::new(Text::Body.rich(part)).wrap().selectable(true));
        }
    }
    if all > entries.shown {
        ui.add_space(size::GAP);
        let rest = (all - entries.shown).min(SHOWN) as u64;
        let words = format!("Show {} more", count(rest));
        if ui.add(Button::secondary(&words)).clicked() {
            entries.shown += SHOWN;
        }
    }
}
