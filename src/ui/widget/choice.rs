//! A choice between two to five words that are all in sight: "System | Light | Dark".

use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Modifiers, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, Text, paint, size};

/// Draws the words side by side in one control, named `name`; `changed()` tells that another was chosen. The
/// keyboard is on the chosen word, and Left and Right choose its neighbour.
pub fn choice_ui(ui: &mut Ui, name: &str, words: &[&str], chosen: &mut usize) -> Response {
    let tokens = theme::tokens(ui);
    let id = Id::unique(("choice", name));
    let before = *chosen;
    if words.iter().enumerate().any(|(at, _)| ui.memory(|memory| memory.has_focus(id.with(at)))) {
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if take(Key::ArrowLeft) {
            *chosen = chosen.saturating_sub(1);
        }
        if take(Key::ArrowRight) {
            *chosen = (*chosen + 1).min(words.len().saturating_sub(1));
        }
        ui.memory_mut(|memory| memory.request_focus(id.with(*chosen)));
    }
    let galleys: Vec<_> = words
        .iter()
        .map(|word| paint::line(ui.painter(), word, Text::Medium, tokens.text, size::FIGURE))
        .collect();
    let width: f32 = galleys.iter().map(|galley| galley.size().x + 2.0 * size::BUTTON_PAD_X).sum();
    let (whole, mut response) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::hover());
    paint::filled(ui.painter(), whole, size::RADIUS, tokens.surface, Some(tokens.control_border));
    let mut left = whole.left();
    for (at, galley) in galleys.into_iter().enumerate() {
        let rect = Rect::from_min_size(
            pos2(left, whole.top()),
            vec2(galley.size().x + 2.0 * size::BUTTON_PAD_X, whole.height()),
        );
        left = rect.right();
        // Only the chosen word is a stop of the Tab key; the arrows reach the others.
        let sense = if at == *chosen { Sense::click() } else { Sense::CLICK };
        let word = ui.interact(rect, id.with(at), sense);
        if word.clicked() {
            *chosen = at;
            word.request_focus();
        }
        if word.has_focus() {
            let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(word.id, filter));
        }
        let on = at == *chosen;
        let enabled = ui.is_enabled();
        word.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, on, words[at]));
        let inner = rect.shrink(size::LINE);
        if on {
            paint::filled(ui.painter(), rect, size::RADIUS, tokens.selection, Some(tokens.accent_text));
        } else if word.hovered() {
            ui.painter().rect_filled(inner, size::RADIUS, tokens.hover);
        }
        paint::line_at(ui.painter(), rect, rect.left() + size::BUTTON_PAD_X, galley, tokens.text);
        paint::focus_ring(ui, &word, size::RADIUS);
    }
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::RadioGroup);
        node.set_label(name);
    });
    if *chosen != before {
        response.mark_changed();
    }
    response
}
