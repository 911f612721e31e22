//! Assets: the register as a fast table, and one asset's form beside it.

use egui::Ui;

use super::Ctx;
use crate::app::session::Notice;
use crate::domain::asset::AssetId;
use crate::ui::action::{Action, AssetFilter};
use crate::ui::widget::page_header_ui;

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    filter: AssetFilter,
    open: Option<AssetId>,
}

impl State {
    /// Shows these machines.
    pub fn show(&mut self, filter: AssetFilter) {
        self.filter = filter;
    }

    /// Opens one asset.
    pub fn open(&mut self, asset: AssetId) {
        self.open = Some(asset);
    }

    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, _notice: &Notice) -> bool {
        false
    }

    /// The form that holds unsaved text, by name: `LAP-014`.
    pub fn unsaved(&self) -> Option<String> {
        None
    }
}

/// Draws the room.
pub fn room_ui(_state: &mut State, _ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    page_header_ui(ui, "Assets", "", None, &[]);
    Vec::new()
}
