//! A status chip: a word on a tint with a shape in front of it, so that colour never speaks alone.

use egui::accesskit::Role;
use egui::{Painter, Pos2, Rect, Response, Sense, Shape, Ui, Widget, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, Text, Tokens, Tone, paint, size};

/// A word that says how something stands.
#[derive(Clone, Copy, Debug)]
#[must_use = "a chip does nothing until it is added to a ui"]
pub struct Chip<'a> {
    word: &'a str,
    tone: Tone,
}

impl<'a> Chip<'a> {
    /// A chip with a word and what it means.
    pub fn new(tone: Tone, word: &'a str) -> Self {
        Self { word, tone }
    }

    /// Paints the chip with its left edge at `left`, centred on the height of `rect` and cut at its right edge.
    /// Returns where it stands. For table cells, which paint rather than lay out.
    pub fn paint(self, painter: &Painter, tokens: &Tokens, rect: Rect, left: f32) -> Rect {
        let frame = size::GAP + size::CHIP_MARK + size::GAP_SMALL + size::GAP;
        let color = tokens.tone(self.tone);
        let galley = paint::line(painter, self.word, Text::SmallMedium, color, rect.right() - left - frame);
        let chip = Rect::from_min_size(
            pos2(left, rect.center().y - size::CHIP / 2.0),
            vec2(frame + galley.size().x, size::CHIP),
        );
        painter.rect_filled(chip, size::CHIP / 2.0, tokens.tint(self.tone));
        mark(painter, self.tone, pos2(left + size::GAP + size::CHIP_MARK / 2.0, chip.center().y), tokens);
        paint::line_at(painter, chip, left + size::GAP + size::CHIP_MARK + size::GAP_SMALL, galley, color);
        chip
    }
}

/// The shape that goes with a tone: ring, dot, check, triangle, diamond.
pub fn mark(painter: &Painter, tone: Tone, center: Pos2, tokens: &Tokens) {
    let color = tokens.tone(tone);
    let half = size::CHIP_MARK / 2.0;
    let at = |x: f32, y: f32| center + vec2(x * half, y * half);
    let stroke = egui::Stroke::new(size::RING, color);
    match tone {
        Tone::Neutral => {
            painter.circle_stroke(center, half - size::LINE / 2.0, stroke);
        }
        Tone::Info => {
            painter.circle_filled(center, half, color);
        }
        Tone::Good => {
            painter.add(Shape::line(vec![at(-1.0, 0.1), at(-0.3, 0.8), at(1.0, -0.7)], stroke));
        }
        Tone::Warn => {
            let points = vec![at(0.0, -1.0), at(1.1, 0.9), at(-1.1, 0.9)];
            painter.add(Shape::convex_polygon(points, color, egui::Stroke::NONE));
        }
        Tone::Bad => {
            let points = vec![at(0.0, -1.1), at(1.1, 0.0), at(0.0, 1.1), at(-1.1, 0.0)];
            painter.add(Shape::convex_polygon(points, color, egui::Stroke::NONE));
        }
    }
}

impl Widget for Chip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui);
        let frame = 2.0 * size::GAP + size::CHIP_MARK + size::GAP_SMALL;
        let room = ui.available_width() - frame;
        let width = paint::line(ui.painter(), self.word, Text::SmallMedium, tokens.text, room).size().x;
        let (rect, response) = ui.allocate_exact_size(vec2(frame + width, size::CHIP), Sense::hover());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Label, enabled, self.word));
        // One point of slack keeps rounding from cutting the word it was measured with.
        self.paint(ui.painter(), tokens, rect.expand2(vec2(size::LINE, 0.0)), rect.left());
        response
    }
}
