//! Small painters every widget shares: focus rings, outlines, icons, text that is cut with an ellipsis.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{Text, Tokens, size};
use crate::ui::icon::Icon;

/// Draws the focus ring around a response that has the keyboard, outside its outline.
pub fn focus_ring(ui: &Ui, response: &Response, radius: f32) {
    if response.has_focus() {
        ring(ui.painter(), super::tokens(ui), response.rect.expand(size::RING_GAP), radius + size::RING_GAP);
    }
}

/// Draws the focus ring just inside a rectangle, for what fills its parent.
pub fn focus_ring_inside(painter: &Painter, tokens: &Tokens, rect: Rect, radius: f32) {
    let stroke = Stroke::new(size::RING, tokens.accent_text);
    painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
}

fn ring(painter: &Painter, tokens: &Tokens, rect: Rect, radius: f32) {
    let stroke = Stroke::new(size::RING, tokens.accent_text);
    painter.rect_stroke(rect, radius, stroke, StrokeKind::Outside);
}

/// Fills a rounded rectangle and gives it an outline of one line inside its edge.
pub fn filled(painter: &Painter, rect: Rect, radius: f32, fill: Color32, outline: Option<Color32>) {
    painter.rect_filled(rect, radius, fill);
    if let Some(color) = outline {
        painter.rect_stroke(rect, radius, Stroke::new(size::LINE, color), StrokeKind::Inside);
    }
}

/// Paints an icon centred on a point, a little lower, where lower-case letters have their middle.
pub fn icon(painter: &Painter, center: Pos2, icon: Icon, text: Text, color: Color32) {
    let drop = match text {
        Text::IconSmall => size::ICON_DROP,
        Text::Icon => size::ICON_DROP / 2.0,
        _ => 0.0,
    };
    painter.text(center + vec2(0.0, drop), Align2::CENTER_CENTER, icon.glyph(), text.font(), color);
}

/// Lays out one line, cut with an ellipsis where it would be wider than `width`.
pub fn line(painter: &Painter, text: &str, style: Text, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), style.font(), color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    painter.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Paints a laid-out line with its left edge at `left` and its middle at the height of `rect`'s middle.
pub fn line_at(painter: &Painter, rect: Rect, left: f32, galley: Arc<Galley>, color: Color32) {
    let top = rect.center().y - galley.size().y / 2.0;
    painter.galley(pos2(left, top), galley, color);
}
