//! Calendar: What happens when, and will it meet the promise?
//!
//! Invariant: dates come from the register's rules; nothing here computes one.

mod rule;
mod tab;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::{Ctx, scroll_page_ui};
use crate::app::session::Notice;
use crate::domain::cycle::CycleId;
use crate::ui::action::Action;
use crate::ui::theme::size;
use crate::ui::widget::page_header_ui;

use rule::Rules;
use tab::{Tab, tabs_ui};

const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    tab: Option<Tab>,
    cycle: Option<CycleId>,
    rules: Rules,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows a cycle.
    pub fn open(&mut self, cycle: CycleId) {
        self.cycle = Some(cycle);
        self.tab = Some(Tab::Cycle);
    }

    /// The form that holds unsaved text, by name.
    pub fn unsaved(&self) -> Option<String> {
        self.rules.unsaved()
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        self.rules.notice(notice)
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let tab = *state.tab.get_or_insert_with(|| Tab::kept(ctx));
    if ctx.can_write() && ui.input_mut(|input| input.consume_shortcut(&SAVE)) {
        actions.extend(state.rules.save(ctx));
    }
    scroll_page_ui(ui, "calendar", |ui| {
        page_header_ui(ui, "Calendar", "", None, &[]);
        if let Some(chosen) = tabs_ui(ui, tab) {
            state.tab = Some(chosen);
            actions.push(chosen.keep());
        }
        ui.add_space(size::GAP);
        if tab == Tab::Rules {
            state.rules.ui(ctx, ui, &mut actions);
        }
    });
    actions
}
