//! The bar at the foot of the window, for what goes on in the background.

use egui::{Align, Frame, Layout, Margin, Panel, Stroke, Ui, vec2};

use crate::ui::theme::{self, size};

/// Draws the status bar at the bottom of `ui`; call it before the content. `content` draws from left to right.
pub fn status_bar_ui<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = theme::tokens(ui);
    let frame = Frame::new().fill(tokens.sidebar).inner_margin(Margin::symmetric(size::MARGIN as i8, 0));
    Panel::bottom("status bar")
        .exact_size(size::STATUS_BAR)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            let edge = ui.max_rect().expand2(vec2(size::MARGIN, 0.0));
            let line = Stroke::new(size::LINE, tokens.border);
            ui.painter().hline(edge.x_range(), edge.top() + size::LINE / 2.0, line);
            let room = ui.max_rect().size();
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), content).inner
        })
        .inner
}
