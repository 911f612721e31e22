//! A headline figure: the number first, what it is out of, where it comes from and where it is going. A click
//! opens what it counts.

use egui::accesskit::Role;
use egui::{Response, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use crate::ui::icon;
use crate::ui::theme::{self, Text, Tone, paint, size};

/// Which way a figure moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// More than before.
    Up,
    /// Less than before.
    Down,
    /// As before.
    Same,
}

/// One figure in a card.
#[must_use = "a figure does nothing until it is added to a ui"]
pub struct Figure<'a> {
    title: &'a str,
    number: &'a str,
    out_of: Option<&'a str>,
    trend: Option<(Way, Tone, &'a str)>,
    note: Option<(Tone, &'a str)>,
    width: Option<f32>,
}

impl<'a> Figure<'a> {
    /// A figure with its title, both already written out ("Overdue", "1 204").
    pub fn new(title: &'a str, number: &'a str) -> Self {
        Self { title, number, out_of: None, trend: None, note: None, width: None }
    }

    /// The denominator: "of 3 410 pairs".
    pub fn out_of(mut self, words: &'a str) -> Self {
        self.out_of = Some(words);
        self
    }

    /// How it moved since last month, and whether that is good: `(Way::Up, Tone::Bad, "12 more than in October")`.
    pub fn trend(mut self, way: Way, tone: Tone, words: &'a str) -> Self {
        self.trend = Some((way, tone, words));
        self
    }

    /// A remark instead of a trend.
    pub fn note(mut self, tone: Tone, words: &'a str) -> Self {
        self.note = Some((tone, words));
        self
    }

    /// A fixed width instead of all there is, in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    fn spoken(&self) -> String {
        let mut said = format!("{}: {}", self.title, self.number);
        for part in
            [self.out_of, self.trend.map(|trend| trend.2), self.note.map(|note| note.1)].into_iter().flatten()
        {
            said.push_str(", ");
            said.push_str(part);
        }
        said
    }
}

impl Widget for Figure<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui);
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let room = width - 2.0 * size::CARD_PAD;
        let title = paint::line(ui.painter(), self.title, Text::Body, tokens.weak, room);
        // At this size the narrow space between thousands all but closes.
        let wide = self.number.replace('\u{202f}', "\u{2009}");
        let number = paint::line(ui.painter(), &wide, Text::Figure, tokens.text, room);
        let last_height = ui.text_style_height(&egui::TextStyle::Small);
        let height =
            2.0 * size::CARD_PAD + title.size().y + number.size().y + last_height + 2.0 * size::GAP_SMALL;
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.spoken()));
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            let outline = if response.hovered() { tokens.control_border } else { tokens.border };
            paint::filled(painter, rect, size::RADIUS_CARD, tokens.surface, Some(outline));
            let left = rect.left() + size::CARD_PAD;
            let mut top = rect.top() + size::CARD_PAD;
            let title_height = title.size().y;
            painter.galley(pos2(left, top), title, tokens.weak);
            if response.hovered() {
                let corner = pos2(rect.right() - size::CARD_PAD - size::ICON / 2.0, top + title_height / 2.0);
                paint::icon(painter, corner, icon::ARROW_RIGHT, Text::Icon, tokens.accent_text);
            }
            top += title_height + size::GAP_SMALL;
            let (number_width, number_height) = (number.size().x, number.size().y);
            painter.galley(pos2(left, top), number, tokens.text);
            if let Some(out_of) = self.out_of {
                let galley =
                    paint::line(painter, out_of, Text::Body, tokens.weak, room - number_width - size::GAP);
                // On the baseline of the number.
                let base = top + number_height * size::BASELINE - galley.size().y * size::BASELINE;
                painter.galley(pos2(left + number_width + size::GAP, base), galley, tokens.weak);
            }
            top += number_height + size::GAP_SMALL;
            let line = egui::Rect::from_min_size(pos2(left, top), vec2(room, last_height));
            if let Some((way, tone, words)) = self.trend {
                let glyph = match way {
                    Way::Up => icon::TRENDING_UP,
                    Way::Down => icon::TRENDING_DOWN,
                    Way::Same => icon::ARROW_RIGHT,
                };
                let color = tokens.tone(tone);
                paint::icon(
                    painter,
                    pos2(left + size::ICON_SMALL / 2.0, line.center().y),
                    glyph,
                    Text::IconSmall,
                    color,
                );
                let lead = size::ICON_SMALL + size::GAP_SMALL;
                let galley = paint::line(painter, words, Text::Small, color, room - lead);
                paint::line_at(painter, line, left + lead, galley, color);
            } else if let Some((tone, words)) = self.note {
                let color = tokens.tone(tone);
                let galley = paint::line(painter, words, Text::Small, color, room);
                paint::line_at(painter, line, left, galley, color);
            }
            paint::focus_ring(ui, &response, size::RADIUS_CARD);
        }
        response
    }
}

/// Draws figures side by side in as many columns as fit, and tells which one was opened.
pub fn figures_ui(ui: &mut Ui, figures: Vec<Figure<'_>>) -> Option<usize> {
    let gap = size::GAP_LARGE;
    let room = ui.available_width();
    let fit = ((room + gap) / (size::FIGURE + gap)).floor().max(1.0) as usize;
    let columns = fit.min(figures.len().max(1));
    let width = (room - gap * (columns - 1) as f32) / columns as f32;
    let mut opened = None;
    let mut figures = figures.into_iter().enumerate().peekable();
    while figures.peek().is_some() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (at, figure) in figures.by_ref().take(columns) {
                if ui.add(figure.width(width)).clicked() {
                    opened = Some(at);
                }
            }
        });
    }
    opened
}
