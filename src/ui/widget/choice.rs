//! A choice between a few words that are all in sight: "System | Light | Dark". Where they do not fit beside each other
//! they go on in another line, never out of sight.

use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Modifiers, Rect, Response, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

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
    let widths: Vec<f32> = galleys.iter().map(|galley| galley.size().x + 2.0 * size::BUTTON_PAD_X).collect();
    let (places, extent) = places(&widths, ui.available_width());
    let (whole, mut response) = ui.allocate_exact_size(extent, Sense::hover());
    paint::filled(ui.painter(), whole, size::RADIUS, tokens.surface, Some(tokens.control_border));
    for ((at, galley), place) in galleys.into_iter().enumerate().zip(places) {
        let rect = place.translate(whole.min.to_vec2());
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

/// Where words of these widths stand, line by line in the room there is, and how much all of them take.
fn places(widths: &[f32], room: f32) -> (Vec<Rect>, Vec2) {
    let (mut left, mut top, mut wide) = (0.0, 0.0, 0.0_f32);
    let mut places = Vec::with_capacity(widths.len());
    for &width in widths {
        if left > 0.0 && left + width > room {
            (left, top) = (0.0, top + size::CONTROL);
        }
        places.push(Rect::from_min_size(pos2(left, top), vec2(width, size::CONTROL)));
        left += width;
        wide = wide.max(left);
    }
    (places, vec2(wide, top + size::CONTROL))
}
