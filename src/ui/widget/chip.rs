//! A status chip: a word on a tint with a shape in front of it, so that colour never speaks alone.

use egui::accesskit::Role;
use egui::{Color32, Painter, Rect, Response, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

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
        let color = tokens.tone(self.tone);
        let room = rect.right() - left - 2.0 * size::GAP;
        let galley = paint::line(painter, &self.text(), Text::SmallMedium, color, room);
        let chip = Rect::from_min_size(
            pos2(left, rect.center().y - size::CHIP / 2.0),
            vec2(galley.size().x + 2.0 * size::GAP, size::CHIP),
        );
        pill(painter, chip, tokens.tint(self.tone));
        paint::line_at(painter, chip, left + size::GAP, galley, color);
        chip
    }

    /// How wide the chip is where nothing cuts it, in points.
    pub fn width(self, painter: &Painter) -> f32 {
        let text = paint::line(painter, &self.text(), Text::SmallMedium, Color32::PLACEHOLDER, f32::INFINITY);
        text.size().x + 2.0 * size::GAP
    }

    /// The shape and the word. The shape is a character of the text's own font: one text costs less than a text and
    /// a drawing, in every row of a table.
    fn text(self) -> String {
        let shape = match self.tone {
            Tone::Neutral => '○',
            Tone::Info => '●',
            Tone::Good => '✓',
            Tone::Warn => '▲',
            Tone::Bad => '◆',
        };
        format!("{shape} {}", self.word)
    }
}

/// A rounded strip out of two discs and a rectangle: discs come ready-made out of the font's texture, a rounded
/// rectangle would be cut into triangles again in every frame and in every row.
fn pill(painter: &Painter, rect: Rect, fill: Color32) {
    let radius = rect.height() / 2.0;
    painter.circle_filled(pos2(rect.left() + radius, rect.center().y), radius, fill);
    painter.circle_filled(pos2(rect.right() - radius, rect.center().y), radius, fill);
    painter.rect_filled(rect.shrink2(vec2(radius, 0.0)), 0.0, fill);
}

impl Widget for Chip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let width = self.width(ui.painter()).min(ui.available_width());
        let (rect, response) = ui.allocate_exact_size(vec2(width, size::CHIP), Sense::hover());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Label, enabled, self.word));
        // One point of slack keeps rounding from cutting the word it was measured with.
        self.paint(ui.painter(), theme::tokens(ui), rect.expand2(vec2(size::LINE, 0.0)), rect.left());
        response
    }
}
