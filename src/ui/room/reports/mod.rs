//! Reports: what do I hand over?
//!
//! Invariant: a sealed figure comes from its seal; nothing changes but through a command.

use egui::Ui;

use super::{Ctx, page_ui};
use crate::app::session::Notice;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::widget::{PageAction, page_header_ui};

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, _notice: &Notice) -> bool {
        false
    }

    /// What would be lost by leaving, in words.
    pub fn unsaved(&self) -> Option<String> {
        None
    }
}

/// Draws the room.
pub fn room_ui(_state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    page_ui(ui, |ui| {
        let context = format!("As of {}", ctx.time_text(ctx.shown.as_of_at));
        let print = PageAction::new(Some(icon::PRINTER), "Print a paper…");
        if page_header_ui(ui, "Reports", &context, Some(print), &[]).is_some() {
            actions.push(Action::Print);
        }
    });
    actions
}
