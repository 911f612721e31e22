//! The matrix on paper: upright names over narrow columns, marks in the middle of their cells, remarks with a shape and a
//! word. Owns its geometry; the head is repeated on every page.

use super::super::scene::{Content, Glyphs, NodeId, ROOT, Role};
use super::super::style::TABLE;
use super::super::text::Line;
use super::widths::MARKER;
use super::{Flow, baseline_of, look, point};
use crate::draw::{Anchor, Ink, Mark, Rect, Weight};
use crate::report::layout::{Matrix, MatrixRow};

const PAD: f32 = 5.0;
const PAD_UP: f32 = 2.6;
/// The tallest head.
const TALLEST: f32 = 130.0;
/// The narrowest and the widest column.
const COLUMN: (f32, f32) = (24.0, 44.0);

/// Where everything of a matrix stands.
struct Plan {
    node: NodeId,
    title: f32,
    column: f32,
    remark: f32,
    head: f32,
}

impl Flow<'_> {
    pub(super) fn matrix_least(&self, matrix: &Matrix) -> f32 {
        self.caption_height(&matrix.caption) + self.head_height(matrix) + 3.0 * (TABLE.lead + 2.0 * PAD_UP)
    }

    fn head_height(&self, matrix: &Matrix) -> f32 {
        let width = |words: &str, weight| self.one_line(words, TABLE.size, look(weight, Ink::Text)).width;
        let widest = matrix
            .columns
            .iter()
            .map(|column| width(&column.title, Weight::SemiBold).max(width(&column.under, Weight::Regular)));
        widest.fold(40.0, f32::max).min(TALLEST) + 2.0 * PAD
    }

    fn matrix_plan(&mut self, matrix: &Matrix) -> Plan {
        let measure = self.sheet.measure;
        let remarks = matrix.rows.iter().any(|row| row.remark.is_some());
        let remark = if remarks { measure * 0.24 } else { 0.0 };
        let count = matrix.columns.len().max(1) as f32;
        let column = ((measure * 0.66 - remark) / count).clamp(COLUMN.0, COLUMN.1);
        let title = (measure - remark - column * count).max(measure * 0.15);
        let column = (measure - remark - title) / count;
        let head = self.head_height(matrix);
        Plan { node: self.node(Role::Table, ROOT), title, column, remark, head }
    }

    pub(super) fn matrix(&mut self, matrix: &Matrix) {
        self.leave(8.0);
        self.need(self.matrix_least(matrix).min(self.room_of_page()));
        self.caption(&matrix.caption, 0.0);
        let plan = self.matrix_plan(matrix);
        self.matrix_head(matrix, &plan);
        for (i, row) in matrix.rows.iter().enumerate() {
            self.matrix_row(matrix, &plan, row, i % 2 == 1);
        }
        self.rule(self.sheet.left, self.y, self.sheet.measure, 0.8, Ink::Weak);
        self.leave(14.0);
    }

    fn matrix_head(&mut self, matrix: &Matrix, plan: &Plan) {
        let row = self.node(Role::Row, plan.node);
        let low = self.y + plan.head;
        let strong = look(Weight::SemiBold, Ink::Head);
        let node = self.node(Role::HeadCell, row);
        let at = point(self.sheet.left + PAD, low - PAD);
        self.put_text(node, &matrix.corner, at, TABLE.size, strong, Anchor::Start);
        for (i, column) in matrix.columns.iter().enumerate() {
            let node = self.node(Role::HeadCell, row);
            let x = self.sheet.left + plan.title + i as f32 * plan.column;
            let middle = x + plan.column / 2.0;
            let room = plan.head - 2.0 * PAD;
            let title = self.cut(&column.title, TABLE.size, Weight::SemiBold, room);
            let under = self.cut(&column.under, TABLE.size, Weight::Regular, room);
            let lines = if under.is_empty() {
                vec![(title, Weight::SemiBold, TABLE.size * 0.36)]
            } else {
                vec![
                    (title, Weight::SemiBold, TABLE.size * -0.2),
                    (under, Weight::Regular, TABLE.size * 0.95),
                ]
            };
            for (words, weight, right) in lines {
                let line = self.one_line(&words, TABLE.size, look(weight, Ink::Head));
                self.put_turned(node, line, middle + right, low - PAD);
            }
            self.rule(x, self.y, 0.4, plan.head, Ink::Rule);
        }
        if plan.remark > 0.0 {
            let node = self.node(Role::HeadCell, row);
            let at = point(self.sheet.right() - plan.remark + PAD, low - PAD);
            self.put_text(node, &matrix.remark, at, TABLE.size, strong, Anchor::Start);
        }
        self.y = low;
        self.rule(self.sheet.left, self.y, self.sheet.measure, 1.0, Ink::Head);
        self.y += 1.0;
    }

    /// A line set upward from a point.
    fn put_turned(&mut self, node: NodeId, line: Line, x: f32, y: f32) {
        for run in line.runs {
            let glyphs = Glyphs { x, y: y - run.x, size: TABLE.size, look: run.look, pieces: run.pieces };
            self.put(node, Content::Turned(glyphs, 90.0));
        }
    }

    fn matrix_row(&mut self, matrix: &Matrix, plan: &Plan, row: &MatrixRow, striped: bool) {
        let words = |weight| look(weight, Ink::Text);
        let title = self.wrap(&row.title, TABLE, words(Weight::Regular), plan.title - 2.0 * PAD);
        let remark = match &row.remark {
            Some((_, text)) if plan.remark > 0.0 => {
                self.wrap(text, TABLE, words(Weight::Medium), plan.remark - 2.0 * PAD - MARKER)
            }
            _ => Vec::new(),
        };
        let height = title.len().max(remark.len()).max(1) as f32 * TABLE.lead + 2.0 * PAD_UP;
        if self.y + height > self.sheet.bottom + 0.01 && !self.at_top() {
            self.new_page();
            self.matrix_head(matrix, plan);
        }
        let frame = Rect::new(self.sheet.left, self.y, self.sheet.measure, height);
        if striped {
            self.put_shape(Mark::Rect { rect: frame, fill: Some(Ink::Stripe), stroke: None });
        }
        let parent = self.node(Role::Row, plan.node);
        let node = self.node(Role::Cell, parent);
        let top = self.y + PAD_UP;
        for (n, line) in title.into_iter().enumerate() {
            let baseline = top + n as f32 * TABLE.lead + baseline_of(TABLE);
            self.put_line(node, line, self.sheet.left + PAD, baseline, TABLE.size);
        }
        for i in 0..matrix.columns.len() {
            let x = self.sheet.left + plan.title + i as f32 * plan.column;
            self.rule(x, self.y, 0.4, height, Ink::Rule);
            let node = self.node(Role::Cell, parent);
            let cell = row.cells.get(i).map(String::as_str).unwrap_or_default();
            // The one who answers stands out by weight, which a copy keeps.
            let strong = cell.contains('A');
            let look = if strong { look(Weight::SemiBold, Ink::Text) } else { words(Weight::Regular) };
            let at = point(x + plan.column / 2.0, top + baseline_of(TABLE));
            self.put_text(node, cell, at, TABLE.size + 0.5, look, Anchor::Middle);
        }
        if plan.remark > 0.0 {
            let x = self.sheet.right() - plan.remark;
            self.rule(x, self.y, 0.4, height, Ink::Rule);
            let node = self.node(Role::Cell, parent);
            if let Some((tone, _)) = &row.remark {
                self.marker(*tone, x + PAD, top + TABLE.lead / 2.0);
            }
            for (n, line) in remark.into_iter().enumerate() {
                let baseline = top + n as f32 * TABLE.lead + baseline_of(TABLE);
                self.put_line(node, line, x + PAD + MARKER, baseline, TABLE.size);
            }
        }
        self.y += height;
    }
}
