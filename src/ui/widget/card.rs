//! A card: a surface with an outline that holds what belongs together.

use egui::{Frame, InnerResponse, Margin, Stroke, Ui};

use crate::ui::theme::{self, Text, size};

/// Draws a card as wide as there is room, with an optional title.
pub fn card_ui<R>(ui: &mut Ui, title: Option<&str>, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    frame(ui).inner_margin(Margin::same(size::CARD_PAD as i8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if let Some(title) = title {
            ui.label(Text::Section.rich(title));
            ui.add_space(size::GAP_SMALL);
        }
        content(ui)
    })
}

/// The frame of a card without space inside, for tables.
pub fn frame(ui: &Ui) -> Frame {
    let tokens = theme::tokens(ui);
    Frame::new()
        .fill(tokens.surface)
        .stroke(Stroke::new(size::LINE, tokens.border))
        .corner_radius(size::RADIUS_CARD)
}
