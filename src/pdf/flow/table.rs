//! Tables over pages: repeated head, stripes, wrapped cells, rows split when a page cannot hold them. Owns the geometry
//! of rows; `widths` owns that of columns.

use std::borrow::Cow;

use super::super::font::Face;
use super::super::scene::{NodeId, ROOT, Role};
use super::super::style::{BODY, CAPTION, DENSE, LARGE, TABLE, TINY, Type};
use super::super::text::{Line, Look};
use super::widths::{MARKER, has_marker, weight_of, widths};
use super::{Flow, baseline_of, look};
use crate::draw::{self, Ink, Mark, Rect, Weight};
use crate::report::layout::{Align, Cell, Column, Table, Tone};

/// Space above and below the text of a row.
const PAD_UP: f32 = 3.2;
/// Space left and right of the text of a cell.
const PAD: f32 = 5.0;

/// Type and side space by the number of columns: many columns are set smaller and closer.
fn setting(table: &Table) -> (Type, f32) {
    match table.columns.len() {
        _ if table.by_hand => (LARGE, PAD),
        0..=7 => (TABLE, PAD),
        8..=10 => (DENSE, 4.0),
        _ => (TINY, 3.0),
    }
}

/// A table with its columns measured.
struct Grid<'t> {
    columns: &'t [Column],
    widths: Vec<f32>,
    kind: Type,
    pad: f32,
    node: NodeId,
    /// The titles as lines, the same on every page.
    head: Vec<Vec<Line>>,
    /// A box around every cell and room to write in it.
    by_hand: bool,
}

impl Grid<'_> {
    fn head_lines(&self) -> usize {
        self.head.iter().map(Vec::len).max().unwrap_or(0).max(1)
    }
}

/// The lines of each cell of a row still to be placed.
struct Row<'t> {
    cells: Vec<std::vec::IntoIter<Line>>,
    source: Option<&'t [Cell]>,
    nodes: Vec<NodeId>,
    /// The fewest lines it takes.
    least: usize,
}

impl Row<'_> {
    fn lines(&self) -> usize {
        self.cells.iter().map(ExactSizeIterator::len).max().unwrap_or(0).max(self.least)
    }
}

fn height(lines: usize, kind: Type) -> f32 {
    lines as f32 * kind.lead + 2.0 * PAD_UP
}

/// Caption, head and the first row, roughly: measuring a table twice would cost more than it gives.
pub(super) fn least(table: &Table) -> f32 {
    let caption = if table.caption.is_empty() { 0.0 } else { CAPTION.lead + 4.0 };
    ABOVE + caption + least_below(table)
}

/// Space above a table.
const ABOVE: f32 = 8.0;

/// Head and the first rows.
fn least_below(table: &Table) -> f32 {
    let first = table.rows.len().min(2) as f32;
    height(1, TABLE) + first * height(2, TABLE)
}

impl Flow<'_> {
    pub(super) fn caption(&mut self, words: &str, keep: f32) {
        if words.is_empty() {
            return;
        }
        let look = look(Weight::SemiBold, Ink::Text);
        let lines = self.wrap(words, CAPTION, look, self.sheet.measure);
        let height = lines.len() as f32 * CAPTION.lead;
        self.need((height + 4.0 + keep).min(self.room_of_page()));
        let node = self.node(Role::Caption, ROOT);
        for line in lines {
            self.need(CAPTION.lead);
            self.put_line(node, line, self.sheet.left, self.y + baseline_of(CAPTION), CAPTION.size);
            self.y += CAPTION.lead;
        }
        self.y += 4.0;
    }

    pub(super) fn table(&mut self, table: &Table) {
        self.leave(ABOVE);
        self.caption(&table.caption, least_below(table));
        if table.columns.is_empty() {
            self.empty_note(&table.empty);
            return;
        }
        let (kind, pad) = setting(table);
        let node = self.node(Role::Table, ROOT);
        let widths = widths(self.fonts, table, kind.size, pad, self.sheet.measure);
        let mut grid = Grid {
            columns: &table.columns,
            widths,
            kind,
            pad,
            node,
            head: Vec::new(),
            by_hand: table.by_hand,
        };
        grid.head = self.head_cells(&grid);
        let head = grid.head_lines();
        let first = table.rows.first().map_or(1, |row| self.body_row(&grid, row, false).lines());
        let together = height(head, kind) + height(first.min(6), kind);
        self.need(together.min(self.room_of_page()));
        self.put_head(&grid);
        if table.rows.is_empty() {
            self.empty_note(&table.empty);
        }
        let total = table.totals.as_ref().map(|cells| self.body_row(&grid, cells, true));
        let total_height = total.as_ref().map_or(0.0, |row| height(row.lines(), kind));
        for (i, cells) in table.rows.iter().enumerate() {
            let row = self.body_row(&grid, cells, false);
            let keep = if i + 1 == table.rows.len() { total_height } else { 0.0 };
            self.put_row(&grid, row, i % 2 == 1, keep);
        }
        if let Some(row) = total {
            self.rule(self.sheet.left, self.y, self.sheet.measure, 0.8, Ink::Weak);
            self.put_row(&grid, row, false, 0.0);
        }
        self.rule(self.sheet.left, self.y, self.sheet.measure, 0.8, Ink::Rule);
        self.leave(14.0);
    }

    fn empty_note(&mut self, words: &str) {
        let node = self.node(Role::Paragraph, ROOT);
        let lines = self.wrap(words, BODY, look(Weight::Italic, Ink::Weak), self.sheet.measure - 2.0 * PAD);
        self.y += 3.0;
        self.put_lines(node, lines, BODY, self.sheet.left + PAD);
        self.y += 3.0;
    }

    /// The titles as lines; a head never takes more than a third of a page.
    fn head_cells(&mut self, grid: &Grid) -> Vec<Vec<Line>> {
        let most = (self.room_of_page() / 3.0 / grid.kind.lead) as usize;
        let look = Look { face: Face::tabular(Weight::SemiBold), ink: Ink::OnTone };
        let mut cells = Vec::with_capacity(grid.columns.len());
        for (column, width) in grid.columns.iter().zip(&grid.widths) {
            let mut lines = self.wrap(&column.title, grid.kind, look, width - 2.0 * grid.pad);
            if lines.len() > most {
                lines.truncate(most);
                let begin: String = column.title.chars().take(40).collect();
                self.warnings.push(format!("A column title is too long to be printed whole: \"{begin}…\"."));
            }
            cells.push(lines);
        }
        cells
    }

    fn put_head(&mut self, grid: &Grid) {
        let kind = grid.kind;
        let cells = grid.head.iter().map(|lines| lines.clone().into_iter()).collect();
        let mut row = Row { cells, source: None, nodes: Vec::new(), least: 1 };
        let lines = row.lines();
        let frame = Rect::new(self.sheet.left, self.y, self.sheet.measure, height(lines, kind));
        self.put_shape(Mark::Rect { rect: frame, fill: Some(Ink::Head), stroke: None });
        let parent = self.node(Role::Row, grid.node);
        row.nodes = grid.columns.iter().map(|_| self.node(Role::HeadCell, parent)).collect();
        self.put_part(grid, &mut row, lines, false);
    }

    fn body_row<'t>(&self, grid: &Grid, cells: &'t [Cell], total: bool) -> Row<'t> {
        let lines = grid.widths.iter().enumerate().map(|(i, width)| {
            let Some(cell) = cells.get(i) else { return Vec::new().into_iter() };
            let words = if i + 1 == grid.widths.len() && cells.len() > i + 1 {
                Cow::Owned(cells[i..].iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("  "))
            } else {
                Cow::Borrowed(cell.text.as_str())
            };
            let ink = if cell.tone == Tone::Weak { Ink::Weak } else { Ink::Text };
            let look = Look { face: Face::tabular(weight_of(cell, total)), ink };
            let marker = if has_marker(cell) { MARKER } else { 0.0 };
            self.wrap(&words, grid.kind, look, width - 2.0 * grid.pad - marker).into_iter()
        });
        let least = if grid.by_hand && !total { 2 } else { 1 };
        Row { cells: lines.collect(), source: Some(cells), nodes: Vec::new(), least }
    }

    /// Places a row, on the next page under a new head if it does not fit, in parts if no page can hold it.
    fn put_row(&mut self, grid: &Grid, mut row: Row, striped: bool, keep: f32) {
        let kind = grid.kind;
        let parent = self.node(Role::Row, grid.node);
        row.nodes = grid.columns.iter().map(|_| self.node(Role::Cell, parent)).collect();
        let mut whole = height(row.lines(), kind);
        if self.y + whole + keep > self.sheet.bottom + 0.01 && whole + keep < self.room_of_page() * 0.6 {
            self.turn(grid);
        }
        let mut first = true;
        loop {
            let room = self.sheet.bottom - self.y;
            let fit = (((room - 2.0 * PAD_UP) / kind.lead + 0.01).floor().max(0.0)) as usize;
            let lines = row.lines();
            if fit < lines.min(3) && !first_on_page(self, grid) {
                self.turn(grid);
                continue;
            }
            let now = lines.min(fit.max(1));
            whole = height(now, kind);
            if striped {
                let rect = Rect::new(self.sheet.left, self.y, self.sheet.measure, whole);
                self.put_shape(Mark::Rect { rect, fill: Some(Ink::Stripe), stroke: None });
            }
            if grid.by_hand {
                self.boxes(grid, whole);
            }
            self.put_part(grid, &mut row, now, first);
            // What goes on over the page has its room to write already.
            row.least = 1;
            first = false;
            if now >= lines {
                return;
            }
            self.turn(grid);
        }
    }

    fn boxes(&mut self, grid: &Grid, height: f32) {
        let mut x = self.sheet.left;
        for width in &grid.widths {
            let rect = Rect::new(x, self.y, *width, height);
            self.put_shape(Mark::Rect { rect, fill: None, stroke: Some((0.6, Ink::Weak)) });
            x += width;
        }
    }

    fn turn(&mut self, grid: &Grid) {
        self.rule(self.sheet.left, self.y, self.sheet.measure, 0.8, Ink::Rule);
        self.new_page();
        self.put_head(grid);
    }

    /// The next `lines` lines of every cell of a row, at the cursor.
    fn put_part(&mut self, grid: &Grid, row: &mut Row, lines: usize, markers: bool) {
        let kind = grid.kind;
        let top = self.y + PAD_UP;
        let mut x = self.sheet.left;
        for (i, (column, width)) in grid.columns.iter().zip(&grid.widths).enumerate() {
            let cell = row.source.and_then(|cells| cells.get(i)).filter(|cell| has_marker(cell));
            let indent = if cell.is_some() { MARKER } else { 0.0 };
            let node = row.nodes.get(i).copied().unwrap_or(grid.node);
            let Some(waiting) = row.cells.get_mut(i) else { continue };
            let mut start = None;
            for (n, line) in waiting.by_ref().take(lines).enumerate() {
                let free = width - 2.0 * grid.pad - indent - line.width;
                let shift = match column.align {
                    Align::Left => 0.0,
                    Align::Right => free,
                    Align::Centre => free / 2.0,
                };
                let at = x + grid.pad + indent + shift.max(0.0);
                start.get_or_insert(at);
                self.put_line(node, line, at, top + n as f32 * kind.lead + baseline_of(kind), kind.size);
            }
            if let (Some(cell), Some(start), true) = (cell, start, markers) {
                self.marker(cell.tone, start - MARKER, top + kind.lead / 2.0);
            }
            x += width;
        }
        self.y += height(lines, kind);
    }

    /// The shape of a tone before the text of a cell.
    pub(super) fn marker(&mut self, tone: Tone, x: f32, middle: f32) {
        if matches!(tone, Tone::Plain | Tone::Weak) {
            return;
        }
        for mark in draw::marker(super::figure::tone(tone), x, middle, 6.0) {
            self.put_shape(mark);
        }
    }
}

/// True right under a head at the top of a page: turning the page again would gain nothing.
fn first_on_page(flow: &Flow, grid: &Grid) -> bool {
    flow.y <= flow.sheet.top + height(grid.head_lines(), grid.kind) + 0.01
}
