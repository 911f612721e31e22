//! Import: files, columns, plan, done.

use egui::Ui;

use super::Ctx;
use crate::app::session::{Notice, Planned};
use crate::import::Input;
use crate::ui::action::Action;
use crate::ui::widget::page_header_ui;

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    planned: Option<Planned>,
}

impl State {
    /// Starts with these files; the app calls it for what is picked, dropped or pasted, and carries out what comes back.
    pub fn begin(&mut self, _inputs: Vec<Input>, _ctx: &Ctx<'_>) -> Vec<Action> {
        Vec::new()
    }

    /// Takes what was read and planned.
    pub fn planned(&mut self, planned: Planned) {
        self.planned = Some(planned);
    }

    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes any other answer; `true` if it was this room's, so that nobody else shows it. `Changed` and `Failed` without a ticket
    /// are this room's while it waits for them.
    pub fn notice(&mut self, _notice: &Notice) -> bool {
        false
    }

    /// What would be lost by leaving: `the import of states.csv`.
    pub fn unsaved(&self) -> Option<String> {
        None
    }
}

/// Draws the room.
pub fn room_ui(_state: &mut State, _ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    page_header_ui(ui, "Import", "", None, &[]);
    Vec::new()
}
