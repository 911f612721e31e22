//! A filter that is on or off, or that has been set and can be taken away.

use egui::accesskit::Role;
use egui::{Response, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};

/// A toggle in a row of filters: "Servers", "Overdue 12".
#[must_use = "a filter chip does nothing until it is added to a ui"]
pub struct FilterChip<'a> {
    word: &'a str,
    count: Option<String>,
    on: bool,
    removable: bool,
}

impl<'a> FilterChip<'a> {
    /// A filter with its word and whether it is on. A click or Space asks to switch it.
    pub fn new(word: &'a str, on: bool) -> Self {
        Self { word, count: None, on, removable: false }
    }

    /// How many rows it leaves, already written out.
    pub fn count(mut self, count: impl Into<String>) -> Self {
        self.count = Some(count.into());
        self
    }

    /// A filter that was added and that a click takes away; it shows a cross.
    pub fn removable(mut self) -> Self {
        self.removable = true;
        self.on = true;
        self
    }
}

impl Widget for FilterChip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui);
        let color = if self.on { tokens.text } else { tokens.weak };
        let room = size::DIALOG;
        let word = paint::line(ui.painter(), self.word, Text::Medium, color, room);
        let count = self
            .count
            .as_ref()
            .map(|count| paint::line(ui.painter(), count, Text::SmallNumber, tokens.weak, room));
        let glyph = match (self.removable, self.on) {
            (true, _) => Some(icon::X),
            (false, true) => Some(icon::CHECK),
            (false, false) => None,
        };
        let mut width = 2.0 * size::FIELD_PAD_X + word.size().x;
        width += count.as_ref().map_or(0.0, |count| size::GAP_SMALL + count.size().x);
        width += if glyph.is_some() { size::GAP_SMALL + size::ICON_SMALL } else { 0.0 };
        let (rect, response) = ui.allocate_exact_size(vec2(width, size::FILTER_CHIP), Sense::click());
        let enabled = ui.is_enabled();
        let name = match (&self.count, self.removable) {
            (_, true) => format!("Remove filter {}", self.word),
            (Some(count), false) => format!("{} {count}", self.word),
            (None, false) => self.word.to_owned(),
        };
        response.widget_info(|| {
            if self.removable {
                WidgetInfo::labeled(Role::Button, enabled, &name)
            } else {
                WidgetInfo::selected(Role::CheckBox, enabled, self.on, &name)
            }
        });
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            let (fill, outline) = match (self.on, response.hovered()) {
                (true, _) => (tokens.selection, tokens.accent_text),
                (false, true) => (tokens.hover, tokens.control_border),
                (false, false) => (tokens.surface, tokens.control_border),
            };
            let radius = size::FILTER_CHIP / 2.0;
            paint::filled(painter, rect, radius, fill, Some(outline));
            let mut left = rect.left() + size::FIELD_PAD_X;
            if let Some(glyph) = glyph.filter(|_| !self.removable) {
                paint::icon(
                    painter,
                    pos2(left + size::ICON_SMALL / 2.0, rect.center().y),
                    glyph,
                    Text::IconSmall,
                    tokens.accent_text,
                );
                left += size::ICON_SMALL + size::GAP_SMALL;
            }
            let end = left + word.size().x + size::GAP_SMALL;
            paint::line_at(painter, rect, left, word, color);
            if let Some(count) = count {
                paint::line_at(painter, rect, end, count, tokens.weak);
            }
            if let Some(glyph) = glyph.filter(|_| self.removable) {
                let x = rect.right() - size::FIELD_PAD_X - size::ICON_SMALL / 2.0;
                paint::icon(painter, pos2(x, rect.center().y), glyph, Text::IconSmall, tokens.weak);
            }
            paint::focus_ring(ui, &response, radius);
        }
        response
    }
}
