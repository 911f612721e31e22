//! What the pages of the wizard share: one answer out of a few with what it means, and a sentence on a tint.

use egui::accesskit::Role;
use egui::{Frame, Label, Margin, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::error::Error;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Text, Tone, paint, size};

/// Draws one of several answers, its meaning below; `true` when it is chosen.
pub fn choice_ui(ui: &mut Ui, chosen: bool, title: &str, meaning: &str) -> bool {
    let tokens = theme::tokens(ui);
    let inner =
        Frame::new().inner_margin(Margin::symmetric(size::GAP as i8, size::GAP_SMALL as i8)).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                let (dot, _) = ui.allocate_exact_size(vec2(size::TICK, size::TICK), Sense::hover());
                let radius = size::ICON / 2.0;
                ui.painter().circle_filled(dot.center(), radius, tokens.surface);
                let (color, width) = if chosen {
                    (tokens.accent, size::RADIUS_TICK + size::LINE)
                } else {
                    (tokens.control_border, size::LINE)
                };
                ui.painter().circle_stroke(dot.center(), radius - width / 2.0, Stroke::new(width, color));
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = size::LINE;
                    ui.add(Label::new(Text::Medium.rich(title)).wrap());
                    if !meaning.is_empty() {
                        ui.add(Label::new(Text::Body.rich(meaning).color(tokens.weak)).wrap());
                    }
                });
            });
            ui.set_width(ui.available_width());
        });
    let response = inner.response.interact(Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, title));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(meaning));
    paint::focus_ring(ui, &response, size::RADIUS);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.clicked()
}

/// Draws a sentence that matters, with its icon, on the tint of its tone.
pub fn notice_ui(ui: &mut Ui, tone: Tone, icon: Icon, title: &str, words: &str) {
    let tokens = theme::tokens(ui);
    Frame::new()
        .fill(tokens.tint(tone))
        .corner_radius(size::RADIUS_CARD)
        .inner_margin(Margin::symmetric(size::CELL_PAD as i8, size::GAP as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(size::ICON, size::TICK), Sense::hover());
                paint::icon(ui.painter(), rect.center(), icon, Text::Icon, tokens.tone(tone));
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = size::LINE;
                    ui.add(Label::new(Text::Medium.rich(title).color(tokens.text)).wrap());
                    if !words.is_empty() {
                        ui.add(Label::new(Text::Body.rich(words).color(tokens.text)).wrap());
                    }
                });
            });
        });
}

/// Draws why the last step failed; a stop that was asked for is no failure.
pub fn failure_ui(ui: &mut Ui, error: &Error) {
    let (tone, icon) = if super::is_cancel(error) {
        (Tone::Neutral, crate::ui::icon::INFO)
    } else {
        (Tone::Bad, crate::ui::icon::CIRCLE_ALERT)
    };
    notice_ui(ui, tone, icon, &sentence(&error.summary), &error.hints.join(" "));
    ui.add_space(size::GAP);
}

/// A summary as a sentence: large first letter.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
