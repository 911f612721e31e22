//! What stands in a room that has nothing to show: what the room is for, and what to do next.

use egui::{Align, Label, Layout, Sense, Ui, Vec2};

use super::button::Button;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Text, paint, size};

/// Draws an empty state in the middle of the width and tells which of its actions was chosen; the first is the
/// primary one.
pub fn empty_state_ui(ui: &mut Ui, icon: Icon, title: &str, words: &str, actions: &[&str]) -> Option<usize> {
    let tokens = theme::tokens(ui);
    let mut chosen = None;
    ui.vertical_centered(|ui| {
        ui.add_space(2.0 * size::GAP_SECTION);
        let side = 2.0 * size::ICON_LARGE;
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        ui.painter().circle_filled(rect.center(), side / 2.0, tokens.neutral_tint);
        paint::icon(ui.painter(), rect.center(), icon, Text::IconLarge, tokens.weak);
        ui.add_space(size::GAP);
        ui.label(Text::Section.rich(title));
        ui.scope(|ui| {
            ui.set_max_width(size::MEASURE.min(ui.available_width()));
            ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap().halign(Align::Center));
        });
        ui.add_space(size::GAP);
        if !actions.is_empty() {
            chosen = actions_ui(ui, actions);
        }
        ui.add_space(2.0 * size::GAP_SECTION);
    });
    chosen
}

/// A row of buttons, centred by what it measured last time.
fn actions_ui(ui: &mut Ui, actions: &[&str]) -> Option<usize> {
    let mut chosen = None;
    let widths: f32 = actions
        .iter()
        .map(|word| {
            let galley =
                paint::line(ui.painter(), word, Text::Medium, egui::Color32::PLACEHOLDER, size::DIALOG);
            galley.size().x + 2.0 * size::BUTTON_PAD_X
        })
        .sum();
    let width = widths + size::GAP * (actions.len() - 1) as f32;
    ui.allocate_ui_with_layout(
        egui::vec2(width, size::CONTROL),
        Layout::left_to_right(Align::Center),
        |ui| {
            for (at, word) in actions.iter().enumerate() {
                let button = if at == 0 { Button::primary(word) } else { Button::secondary(word) };
                if ui.add(button).clicked() {
                    chosen = Some(at);
                }
            }
        },
    );
    chosen
}
