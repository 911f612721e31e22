//! Rows of boxes: large numbers and places to sign. Owns their grid; none is torn across pages.

use super::super::scene::{ROOT, Role};
use super::super::style::{SMALL, Type};
use super::{Flow, baseline_of, look, point};
use crate::draw::{Anchor, Ink, Mark, Rect, Tone as Hue, Weight};
use crate::report::layout::{KeyFigure, SignatureBox, Tone};

const GAP: f32 = 12.0;
const PAD: f32 = 10.0;
const VALUE: Type = Type { size: 20.0, lead: 25.0 };
const LABEL: Type = Type { size: 8.25, lead: 11.5 };
const SIGN: f32 = 74.0;
/// At most this many in a row.
const MOST: usize = 4;

/// Even rows: five become three and two, not four and one.
fn per_row(count: usize, most: usize) -> usize {
    count.div_ceil(count.div_ceil(most).max(1)).max(1)
}

/// What the boxes need together.
pub(super) fn signatures_height(boxes: &[SignatureBox]) -> f32 {
    boxes.len().div_ceil(per_row(boxes.len(), 3)) as f32 * (SIGN + GAP)
}

impl Flow<'_> {
    fn tile_width(&self, columns: usize) -> f32 {
        (self.sheet.measure - GAP * (columns - 1) as f32) / columns as f32
    }

    fn tile_height(&self, figure: &KeyFigure, width: f32) -> f32 {
        let room = width - 2.0 * PAD;
        let label = self.wrap(&figure.label, LABEL, look(Weight::Medium, Ink::Weak), room).len();
        let detail = self.wrap(&figure.detail, SMALL, look(Weight::Regular, Ink::Weak), room).len();
        let detail = if figure.detail.is_empty() { 0.0 } else { detail as f32 * SMALL.lead };
        2.0 * PAD + label as f32 * LABEL.lead + VALUE.lead + detail
    }

    fn rows_of<'f>(&self, figures: &'f [KeyFigure]) -> Vec<(&'f [KeyFigure], f32, f32)> {
        let columns = per_row(figures.len(), MOST);
        let width = self.tile_width(columns);
        let tallest = |row: &[KeyFigure]| row.iter().map(|f| self.tile_height(f, width)).fold(0.0, f32::max);
        figures.chunks(columns).map(|row| (row, width, tallest(row))).collect()
    }

    pub(super) fn key_figures_height(&self, figures: &[KeyFigure]) -> f32 {
        self.rows_of(figures).iter().map(|(_, _, height)| height + GAP).sum()
    }

    pub(super) fn key_figures(&mut self, figures: &[KeyFigure]) {
        self.leave(10.0);
        for (row, width, height) in self.rows_of(figures) {
            self.need(height);
            for (i, figure) in row.iter().enumerate() {
                let x = self.sheet.left + i as f32 * (width + GAP);
                self.tile(figure, Rect::new(x, self.y, width, height));
            }
            self.y += height;
            self.leave(GAP);
        }
        self.leave(14.0);
    }

    fn tile(&mut self, figure: &KeyFigure, rect: Rect) {
        let hue = match figure.tone {
            Tone::Good => Hue::Good,
            Tone::Warn => Hue::Warn,
            Tone::Bad => Hue::Bad,
            Tone::Unknown | Tone::Weak => Hue::Unknown,
            Tone::Plain | Tone::Accent => Hue::Accent,
        };
        self.put_shape(Mark::Rect { rect, fill: Some(Ink::Stripe), stroke: None });
        self.put_shape(Mark::Rect {
            rect: Rect { h: 1.6, ..rect },
            fill: Some(Ink::Full(hue)),
            stroke: None,
        });
        let node = self.node(Role::Paragraph, ROOT);
        let (x, room) = (rect.x + PAD, rect.w - 2.0 * PAD);
        let mut y = rect.y + PAD;
        for line in self.wrap(&figure.label, LABEL, look(Weight::Medium, Ink::Weak), room) {
            self.put_line(node, line, x, y + baseline_of(LABEL), LABEL.size);
            y += LABEL.lead;
        }
        let ink = if figure.tone == Tone::Plain { Ink::Text } else { Ink::Full(hue) };
        let value_look = look(Weight::SemiBold, ink);
        // A number is never cut: one too long for its tile is set smaller.
        let natural = self.one_line(&figure.value, VALUE.size, value_look).width;
        let size = if natural > room { (VALUE.size * room / natural).max(5.0) } else { VALUE.size };
        self.put_text(node, &figure.value, point(x, y + baseline_of(VALUE)), size, value_look, Anchor::Start);
        y += VALUE.lead;
        if !figure.detail.is_empty() {
            for line in self.wrap(&figure.detail, SMALL, look(Weight::Regular, Ink::Weak), room) {
                self.put_line(node, line, x, y + baseline_of(SMALL), SMALL.size);
                y += SMALL.lead;
            }
        }
    }

    /// Boxes with the role above and lines for name, date and signature.
    pub(super) fn signatures(&mut self, boxes: &[SignatureBox]) {
        let columns = per_row(boxes.len(), 3);
        let width = self.tile_width(columns);
        self.leave(14.0);
        self.need(signatures_height(boxes).min(self.room_of_page()));
        for row in boxes.chunks(columns) {
            self.need(SIGN);
            for (i, sign) in row.iter().enumerate() {
                let x = self.sheet.left + i as f32 * (width + GAP);
                self.signature(sign, Rect::new(x, self.y, width, SIGN));
            }
            self.y += SIGN;
            self.leave(GAP);
        }
        self.leave(14.0);
    }

    fn signature(&mut self, sign: &SignatureBox, rect: Rect) {
        self.put_shape(Mark::Rect { rect, fill: None, stroke: Some((0.6, Ink::Rule)) });
        let node = self.node(Role::Paragraph, ROOT);
        let (x, right, room) = (rect.x + PAD, rect.right() - PAD, rect.w - 2.0 * PAD);
        let role = self.cut(&sign.role, LABEL.size, Weight::SemiBold, room);
        let head = look(Weight::SemiBold, Ink::Head);
        self.put_text(node, &role, point(x, rect.y + PAD + 7.0), LABEL.size, head, Anchor::Start);
        let name = self.cut(&sign.name, LABEL.size, Weight::Regular, room);
        let text = look(Weight::Regular, Ink::Text);
        self.put_text(node, &name, point(x, rect.y + PAD + 20.0), LABEL.size, text, Anchor::Start);
        let line = rect.bottom() - PAD - 9.0;
        let date = room * 0.34;
        self.rule(x, line, date, 0.5, Ink::Weak);
        self.rule(x + date + 8.0, line, room - date - 8.0, 0.5, Ink::Weak);
        let small = look(Weight::Regular, Ink::Weak);
        self.put_text(node, "Date", point(x, line + 8.5), 6.75, small, Anchor::Start);
        self.put_text(
            node,
            "Signature",
            point(right - (room - date - 8.0), line + 8.5),
            6.75,
            small,
            Anchor::Start,
        );
    }
}
