//! Welcome: no register is open. Make one, open one, look at the sample.

use egui::Ui;

use crate::app::preferences::Preferences;
use crate::app::session::Notice;
use crate::ui::action::Action;
use crate::ui::widget::page_header_ui;

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {}

impl State {
    /// Starts with a new register.
    pub fn begin_new(&mut self) {}

    /// Takes the place that was picked for the new register.
    pub fn place(&mut self, _path: &std::path::Path) {}

    /// Takes an answer; `true` if it was this room's.
    pub fn notice(&mut self, _notice: &Notice) -> bool {
        false
    }
}

/// Draws the room.
pub fn room_ui(_state: &mut State, _preferences: &Preferences, _open: bool, ui: &mut Ui) -> Vec<Action> {
    page_header_ui(ui, "Patchbook", "", None, &[]);
    Vec::new()
}
