//! A row of counted work on Today: how many, what, and the way in.

use egui::accesskit::Role;
use egui::{Align2, Response, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Text, Tone, paint, size};

/// One drawer of work. A click or Enter opens it.
#[must_use = "a drawer does nothing until it is added to a ui"]
pub struct Drawer<'a> {
    icon: Icon,
    tone: Tone,
    count: &'a str,
    title: &'a str,
    note: &'a str,
}

impl<'a> Drawer<'a> {
    /// A drawer with its count written out, its title and a line that says what to do with it.
    pub fn new(icon: Icon, tone: Tone, count: &'a str, title: &'a str, note: &'a str) -> Self {
        Self { icon, tone, count, title, note }
    }
}

impl Widget for Drawer<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), size::DRAWER), Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| {
            WidgetInfo::labeled(
                Role::Button,
                enabled,
                format!("{}: {}, {}", self.title, self.count, self.note),
            )
        });
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            if response.hovered() {
                painter.rect_filled(rect.expand2(vec2(size::GAP, 0.0)), size::RADIUS, tokens.hover);
            }
            let color = tokens.tone(self.tone);
            let side = size::CONTROL;
            let disc = pos2(rect.left() + side / 2.0, rect.center().y);
            painter.circle_filled(disc, side / 2.0, tokens.tint(self.tone));
            paint::icon(painter, disc, self.icon, Text::Icon, color);
            let arrow = pos2(rect.right() - size::ICON / 2.0, rect.center().y);
            paint::icon(painter, arrow, icon::CHEVRON_RIGHT, Text::Icon, tokens.weak);
            let end = arrow.x - size::ICON;
            let count = painter.text(
                pos2(end, rect.center().y),
                Align2::RIGHT_CENTER,
                self.count,
                Text::Number.font(),
                tokens.text,
            );
            let left = disc.x + side / 2.0 + size::CELL_PAD;
            let room = count.left() - size::GAP - left;
            let (top, bottom) = rect.shrink2(vec2(0.0, size::BUTTON_PAD_Y)).split_top_bottom_at_fraction(0.5);
            let title = paint::line(painter, self.title, Text::Medium, tokens.text, room);
            paint::line_at(painter, top, left, title, tokens.text);
            let note = paint::line(painter, self.note, Text::Small, tokens.weak, room);
            paint::line_at(painter, bottom, left, note, tokens.weak);
            if response.has_focus() {
                paint::focus_ring_inside(painter, tokens, rect.expand2(vec2(size::GAP, 0.0)), size::RADIUS);
            }
        }
        response
    }
}
