//! Updates: which fix, how bad, who needs it, by when?
//!
//! Invariant: nothing changes but through a command; a draft is never lost without being asked about.

use egui::Ui;

use super::{Ctx, page_ui};
use crate::app::session::Notice;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::widget::{PageAction, page_header_ui};
use crate::util::text::counted;

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
        let context = counted(ctx.book().updates.len() as u64, "update", "updates");
        let import =
            PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon::UPLOAD), "Import…") };
        if page_header_ui(ui, "Updates", &context, Some(import), &[]).is_some() {
            actions.push(Action::Pick(Purpose::ImportFiles));
        }
    });
    actions
}
