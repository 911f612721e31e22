//! A box to tick with its words beside it.

use egui::accesskit::Role;
use egui::{Rect, Response, Sense, Ui, Widget, WidgetInfo, vec2};

use super::table::tick;
use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};

/// A yes or no. `changed()` tells that it was switched.
#[must_use = "a tick box does nothing until it is added to a ui"]
pub struct TickBox<'a> {
    on: &'a mut bool,
    words: &'a str,
}

impl<'a> TickBox<'a> {
    /// A box with the words that say what a tick means.
    pub fn new(on: &'a mut bool, words: &'a str) -> Self {
        Self { on, words }
    }
}

impl Widget for TickBox<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui);
        let lead = size::TICK + size::GAP;
        let words =
            paint::line(ui.painter(), self.words, Text::Body, tokens.text, ui.available_width() - lead);
        let (rect, mut response) =
            ui.allocate_exact_size(vec2(lead + words.size().x, size::CONTROL), Sense::click());
        if response.clicked() {
            *self.on = !*self.on;
            response.mark_changed();
        }
        let (enabled, on) = (ui.is_enabled(), *self.on);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, self.words));
        let painter = ui.painter();
        let place = Rect::from_min_size(rect.min, vec2(size::TICK, rect.height()));
        tick(painter, tokens, place, on.then_some(icon::CHECK));
        paint::line_at(painter, rect, rect.left() + lead, words, tokens.text);
        paint::focus_ring(ui, &response, size::RADIUS_TICK);
        response
    }
}
