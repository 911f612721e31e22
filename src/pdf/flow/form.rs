//! Forms on paper: boxed fields with their labels, boxes to tick, lines to sign on. Owns their grid. Everything is told by
//! lines and words, so a black-and-white copy loses nothing.

use super::super::scene::{NodeId, ROOT, Role};
use super::super::style::{FIELD, SMALL};
use super::super::text::Line;
use super::{Flow, baseline_of, look, point};
use crate::draw::{self, Anchor, Ink, Mark, Rect, Weight};
use crate::report::layout::{Entry, Field, Form, SignatureLine, TickBox, Tone};

const PAD: f32 = 5.0;
/// From the upper edge of a field to the baseline of its label.
const LABEL_DOWN: f32 = 9.0;
const LABEL: f32 = 6.75;
/// Height taken by the label.
const HEAD: f32 = 12.5;
/// Height of a line to write on by hand.
const WRITE: f32 = 17.0;
const TICK: f32 = 8.0;
const SIGN: f32 = 40.0;

/// What lines to sign on need together.
pub(super) fn lines_height(lines: &[SignatureLine]) -> f32 {
    lines.len() as f32 * SIGN
}

/// A field with its place in the row and its lines.
struct Box<'f> {
    field: &'f Field,
    x: f32,
    width: f32,
    lines: std::vec::IntoIter<Line>,
    ticks: Vec<(f32, f32, &'f TickBox)>,
    /// Height under the label that is not lines of text.
    other: f32,
    node: Option<NodeId>,
}

impl Flow<'_> {
    /// The fields in rows: as many as there are columns, fewer where one spans several; the last of a row fills it.
    fn rows_of_form<'f>(&self, form: &'f Form) -> Vec<Vec<Box<'f>>> {
        let columns = usize::from(form.columns.clamp(1, 4));
        let column = self.sheet.measure / columns as f32;
        let mut rows: Vec<Vec<(&Field, usize)>> = Vec::new();
        let mut used = columns;
        for field in &form.fields {
            let span = if field.span == 0 { columns } else { usize::from(field.span).min(columns) };
            if used + span > columns {
                rows.push(Vec::new());
                used = 0;
            }
            if let Some(row) = rows.last_mut() {
                row.push((field, span));
            }
            used += span;
        }
        rows.into_iter()
            .map(|row| {
                let mut x = self.sheet.left;
                let count = row.len();
                let boxed = row.into_iter().enumerate().map(|(i, (field, span))| {
                    let rest = self.sheet.right() - x;
                    let width = if i + 1 == count { rest } else { column * span as f32 };
                    let made = self.field_box(field, x, width);
                    x += width;
                    made
                });
                boxed.collect()
            })
            .collect()
    }

    fn field_box<'f>(&self, field: &'f Field, x: f32, width: f32) -> Box<'f> {
        let mut made =
            Box { field, x, width, lines: Vec::new().into_iter(), ticks: Vec::new(), other: 0.0, node: None };
        let room = width - 2.0 * PAD;
        match &field.value {
            Entry::Text(words) => {
                let marker = if has_marker(field) { 9.0 } else { 0.0 };
                let look = look(Weight::Regular, Ink::Text);
                made.lines = self.wrap(words, FIELD, look, room - marker).into_iter();
            }
            Entry::Blank(lines) => made.other = f32::from((*lines).clamp(1, 30)) * WRITE,
            Entry::Boxes(boxes) => {
                let (mut at, mut y) = (0.0, 0.0);
                for tick in boxes {
                    let look = look(Weight::Regular, Ink::Text);
                    let wide = TICK + 5.0 + self.one_line(&tick.label, FIELD.size, look).width;
                    if at > 0.0 && at + wide > room {
                        (at, y) = (0.0, y + FIELD.lead + 2.0);
                    }
                    made.ticks.push((at, y, tick));
                    at += wide + 14.0;
                }
                made.other = y + FIELD.lead + 2.0;
            }
        }
        made
    }

    pub(super) fn form_least(&self, form: &Form) -> f32 {
        let caption = self.caption_height(&form.caption);
        let first = self.rows_of_form(form).first().map_or(0.0, |row| row_height(row));
        caption + first.min(90.0)
    }

    pub(super) fn form(&mut self, form: &Form) {
        self.leave(8.0);
        self.caption(&form.caption, 30.0);
        for row in self.rows_of_form(form) {
            self.form_row(row);
        }
        self.leave(12.0);
    }

    /// A row of fields, on the next page if it does not fit, in parts if it is very tall.
    fn form_row(&mut self, mut row: Vec<Box>) {
        for field in &mut row {
            field.node = Some(self.node(Role::Paragraph, ROOT));
        }
        let whole = row_height(&row);
        self.need(if whole <= self.room_of_page() * 0.45 { whole } else { HEAD + 3.0 * FIELD.lead + PAD });
        let mut first = true;
        loop {
            let room = self.sheet.bottom - self.y;
            let height = row_height(&row);
            let fits = height <= room + 0.01 || self.at_top() && row.iter().all(|b| b.lines.len() == 0);
            let lines = if fits {
                usize::MAX
            } else {
                (((room - HEAD - PAD) / FIELD.lead).floor().max(1.0)) as usize
            };
            let now = if fits { height } else { HEAD + lines as f32 * FIELD.lead + PAD };
            for field in &mut row {
                self.put_field(field, now, lines, first);
            }
            self.y += now;
            if fits {
                return;
            }
            first = false;
            self.new_page();
        }
    }

    fn put_field(&mut self, made: &mut Box, height: f32, lines: usize, first: bool) {
        let frame = Rect::new(made.x, self.y, made.width, height);
        self.put_shape(Mark::Rect { rect: frame, fill: None, stroke: Some((0.6, Ink::Weak)) });
        let node = made.node.unwrap_or(ROOT);
        let left = made.x + PAD;
        let label =
            if first { made.field.label.clone() } else { format!("{} (continued)", made.field.label) };
        let label = self.cut(&label, LABEL, Weight::SemiBold, made.width - 2.0 * PAD);
        let at = point(left, self.y + LABEL_DOWN);
        self.put_text(node, &label, at, LABEL, look(Weight::SemiBold, Ink::Weak), Anchor::Start);
        let top = self.y + HEAD;
        let mut x = left;
        if has_marker(made.field) {
            if first {
                let hue = super::figure::tone(made.field.tone);
                for mark in draw::marker(hue, left, top + FIELD.lead / 2.0, 6.0) {
                    self.put_shape(mark);
                }
            }
            x += 9.0;
        }
        for (n, line) in made.lines.by_ref().take(lines).enumerate() {
            let baseline = top + n as f32 * FIELD.lead + baseline_of(FIELD);
            self.put_line(node, line, x, baseline, FIELD.size);
        }
        if !first {
            return;
        }
        if let Entry::Blank(count) = made.field.value {
            // The last line to write on is the edge of the box itself.
            for n in 1..count.clamp(1, 30) {
                let y = top + f32::from(n) * WRITE;
                self.rule(left, y, made.width - 2.0 * PAD, 0.4, Ink::Rule);
            }
        }
        for (dx, dy, tick) in std::mem::take(&mut made.ticks) {
            self.tick(node, left + dx, top + dy, tick);
        }
    }

    fn tick(&mut self, node: NodeId, x: f32, top: f32, tick: &TickBox) {
        let frame = Rect::new(x, top + 2.0, TICK, TICK);
        self.put_shape(Mark::Rect { rect: frame, fill: Some(Ink::Ground), stroke: None });
        self.put_shape(Mark::Rect { rect: frame, fill: None, stroke: Some((0.8, Ink::Text)) });
        if tick.ticked {
            let at = point(x + TICK / 2.0, frame.bottom() - 1.0);
            self.put_text(node, "×", at, 11.0, look(Weight::SemiBold, Ink::Text), Anchor::Middle);
        }
        let at = point(x + TICK + 5.0, top + baseline_of(FIELD));
        self.put_text(node, &tick.label, at, FIELD.size, look(Weight::Regular, Ink::Text), Anchor::Start);
    }

    /// Lines to sign on: what it means, name, function, date, signature.
    pub(super) fn signature_lines(&mut self, lines: &[SignatureLine]) {
        self.leave(10.0);
        // Who signs must see what they sign beside: all lines stay together where a page can hold them.
        self.need(lines_height(lines).min(self.room_of_page() * 0.6));
        for line in lines {
            self.need(SIGN);
            self.signature_line(line);
            self.y += SIGN;
        }
        self.leave(10.0);
    }

    fn signature_line(&mut self, line: &SignatureLine) {
        let measure = self.sheet.measure;
        let node = self.node(Role::Paragraph, ROOT);
        let base = self.y + SIGN - 14.0;
        let mut x = self.sheet.left;
        let meaning = measure * 0.17;
        let strong = look(Weight::SemiBold, Ink::Head);
        let mut y = base - 2.0;
        let words = self.wrap(&line.meaning, SMALL_STRONG, strong, meaning - 8.0);
        y -= words.len().saturating_sub(1) as f32 * SMALL_STRONG.lead;
        for words in words {
            self.put_line(node, words, x, y, SMALL_STRONG.size);
            y += SMALL_STRONG.lead;
        }
        x += meaning;
        let parts = [
            ("Name", line.name.as_str(), 0.23),
            ("Function", line.function.as_str(), 0.21),
            ("Date", line.date.as_str(), 0.13),
            ("Signature", "", 0.26),
        ];
        for (under, known, share) in parts {
            let width = measure * share;
            self.rule(x, base, width - 8.0, 0.7, Ink::Weak);
            // A long function is set smaller before it is cut.
            let plain = look(Weight::Regular, Ink::Text);
            let room = width - 8.0;
            let wide = self.one_line(known, FIELD.size, plain).width;
            // A hair less than what fits, or rounding would cut it all the same.
            let size = if wide > room { (FIELD.size * 0.99 * room / wide).max(6.0) } else { FIELD.size };
            let known = self.cut(known, size, Weight::Regular, room);
            self.put_text(node, &known, point(x, base - 3.0), size, plain, Anchor::Start);
            let small = look(Weight::Regular, Ink::Weak);
            self.put_text(node, under, point(x, base + 8.5), LABEL, small, Anchor::Start);
            x += width;
        }
    }
}

const SMALL_STRONG: super::Type = super::Type { size: 8.5, lead: SMALL.lead };

fn has_marker(field: &Field) -> bool {
    !matches!(field.tone, Tone::Plain | Tone::Weak) && matches!(field.value, Entry::Text(_))
}

fn row_height(row: &[Box]) -> f32 {
    let body = |b: &Box| (b.lines.len() as f32 * FIELD.lead).max(b.other);
    HEAD + row.iter().map(body).fold(FIELD.lead, f32::max) + PAD
}
