//! Programme: Who, by what rules?

use egui::Ui;

use super::{Ctx, page_ui};
use crate::app::session::Notice;
use crate::domain::meeting::MeetingId;
use crate::ui::action::Action;
use crate::ui::widget::page_header_ui;

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    meeting: Option<MeetingId>,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows a meeting.
    pub fn open(&mut self, meeting: MeetingId) {
        self.meeting = Some(meeting);
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, _notice: &Notice) -> bool {
        false
    }
}

/// Draws the room.
pub fn room_ui(_state: &mut State, _ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    page_ui(ui, |ui| {
        page_header_ui(ui, "Programme", "", None, &[]);
        Vec::new()
    })
}
