//! Changes: What may be done, was done, was not done?

use egui::Ui;

use super::{Ctx, page_ui};
use crate::app::session::Notice;
use crate::domain::change::ChangeId;
use crate::domain::waiver::request::WaiverRequestId;
use crate::ui::action::Action;
use crate::ui::widget::page_header_ui;

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    change: Option<ChangeId>,
    waiver: Option<WaiverRequestId>,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows a change record.
    pub fn open(&mut self, change: ChangeId) {
        self.change = Some(change);
    }

    /// Shows a waiver request.
    pub fn open_waiver(&mut self, waiver: WaiverRequestId) {
        self.waiver = Some(waiver);
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, _notice: &Notice) -> bool {
        false
    }
}

/// Draws the room.
pub fn room_ui(_state: &mut State, _ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    page_ui(ui, |ui| {
        page_header_ui(ui, "Changes", "", None, &[]);
        Vec::new()
    })
}
