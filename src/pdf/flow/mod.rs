//! Blocks onto pages. Owns the cursor, page breaks and what keeps together; the files beside it each place one sort of
//! block. Shapes no text itself and writes no PDF.

mod cover;
mod figure;
mod figures;
mod form;
mod frame;
mod matrix;
mod opening;
mod plan;
mod prose;
mod table;
mod trend;
mod widths;

use super::font::{Face, Fonts};
use super::scene::{
    ARTIFACT, Bookmark, Content, Glyphs, Item, Link, Node, NodeId, Page, Place, ROOT, Role, Scene,
};
use super::style::{BODY, Sheet, Type};
use super::text::{self, Fill, Line, Look};
use crate::draw::{Anchor, Ink, Mark, Point, Rect, Weight};
use crate::report::layout::{Block, Layout, Opening};

/// Lays a layout out; the second part are the warnings.
pub fn compose(layout: &Layout, fonts: &Fonts) -> (Scene, Vec<String>) {
    let (flow, ended) = laid(layout, fonts, None);
    // Lines to sign alone on a page say nothing of what is signed: the section before goes with them.
    match before_lone_signatures(layout, &ended) {
        Some(section) => laid(layout, fonts, Some(section)).0.finish(),
        None => flow.finish(),
    }
}

/// All blocks laid out, and on which page each ended; a new page begins before the block at `apart`.
fn laid<'a>(layout: &'a Layout, fonts: &'a Fonts, apart: Option<usize>) -> (Flow<'a>, Vec<usize>) {
    let mut flow = Flow::new(layout, fonts);
    match layout.opening {
        Opening::Cover => flow.cover(),
        Opening::Head => flow.opening(),
    }
    let mut ended = Vec::with_capacity(layout.blocks.len());
    for (i, block) in layout.blocks.iter().enumerate() {
        if apart == Some(i) {
            flow.page_break();
        }
        flow.block(block, &layout.blocks[i + 1..]);
        ended.push(flow.page());
    }
    (flow, ended)
}

/// The section before the last one, where it is short, the last one only has lines to sign, and they would stand on the
/// page after its heading.
fn before_lone_signatures(layout: &Layout, ended: &[usize]) -> Option<usize> {
    /// More blocks than a short section has.
    const BLOCKS: usize = 4;
    /// More rows than a table of one has.
    const ROWS: usize = 12;
    let (last, earlier) = layout.blocks.split_last()?;
    let is_heading = |block: &Block| matches!(block, Block::Heading(_));
    let sign = earlier.iter().rposition(is_heading)?;
    let section = earlier[..sign].iter().rposition(is_heading)?;
    let within = &earlier[section + 1..sign];
    let long = |block: &Block| matches!(block, Block::Table(table) if table.rows.len() > ROWS);
    let is_short = within.len() <= BLOCKS && !within.iter().any(long);
    let apart = matches!(last, Block::SignatureLines(_)) && ended[section] + 1 == ended[sign];
    // A section that begins a page already would leave that page empty.
    let moves = section > 0 && ended[section - 1] == ended[section];
    (is_short && apart && moves).then_some(section)
}

/// The pages so far and where the next thing goes.
struct Flow<'a> {
    layout: &'a Layout,
    fonts: &'a Fonts,
    sheet: Sheet,
    pages: Vec<Page>,
    /// Upper edge of what comes next.
    y: f32,
    /// Space asked for by the block before, dropped at the top of a page.
    gap: f32,
    tree: Vec<Node>,
    bookmarks: Vec<Bookmark>,
    links: Vec<Link>,
    /// Lines of contents waiting for the pages of their headings.
    awaited: Vec<cover::Awaited>,
    logo: Option<super::scene::Picture>,
    warnings: Vec<String>,
    lang: Option<hypher::Lang>,
}

impl<'a> Flow<'a> {
    fn new(layout: &'a Layout, fonts: &'a Fonts) -> Self {
        let sheet = Sheet::new(layout.paper, layout.orientation);
        let lang = if layout.lang.is_empty() { "en" } else { &layout.lang };
        let mut flow = Self {
            layout,
            fonts,
            sheet,
            pages: Vec::new(),
            y: sheet.top,
            gap: 0.0,
            tree: vec![Node { role: Role::Document, parent: ROOT, alt: None }],
            bookmarks: Vec::new(),
            links: Vec::new(),
            awaited: Vec::new(),
            logo: None,
            warnings: Vec::new(),
            lang: text::lang_of(lang),
        };
        flow.new_page();
        flow
    }

    fn block(&mut self, block: &Block, rest: &[Block]) {
        match block {
            Block::Heading(heading) => self.heading(heading, rest),
            Block::Paragraph(text) => self.paragraph(text),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Callout { kind, text } => self.callout(*kind, text),
            Block::Table(table) => self.table(table),
            Block::KeyFigures(figures) => self.key_figures(figures),
            Block::SegmentBar(bar) => self.segment_bar(bar),
            Block::StackedBars(bars) => self.stacked_bars(bars),
            Block::BarChart(chart) => self.bar_chart(chart),
            Block::Month(month) => self.month(month),
            Block::Timeline(strip) => self.timeline(strip),
            Block::Burndown(chart) => self.burndown(chart),
            Block::Trend(chart) => self.trend(chart),
            Block::Form(form) => self.form(form),
            Block::Matrix(matrix) => self.matrix(matrix),
            Block::SignatureLines(lines) => self.signature_lines(lines),
            Block::SignatureBoxes(boxes) => self.signatures(boxes),
            Block::PageBreak => self.page_break(),
            Block::Contents { depth } => self.contents(*depth),
        }
    }

    /// The least height the beginning of these blocks needs, so that a heading is not left behind alone: the headings
    /// that follow at once, and the start of what stands under them.
    fn least(&self, blocks: &[Block]) -> f32 {
        /// More headings in a row than anybody writes.
        const STACKED: usize = 6;
        let heights = blocks.iter().take(STACKED).map_while(|block| match block {
            Block::Heading(heading) => Some(self.heading_height(heading)),
            _ => None,
        });
        let (count, height) = heights.fold((0, 0.0), |(n, sum), h| (n + 1, sum + h));
        height + blocks.get(count).map_or(0.0, |block| self.least_of(block))
    }

    fn least_of(&self, block: &Block) -> f32 {
        let third = self.room_of_page() / 3.0;
        match block {
            Block::PageBreak | Block::Heading(_) => 0.0,
            Block::Paragraph(_) | Block::List { .. } => 2.0 * BODY.lead,
            Block::Callout { text, .. } => self.callout_height(text).min(third),
            Block::Table(table) => table::least(table),
            Block::KeyFigures(figures) => self.key_figures_height(figures),
            Block::SegmentBar(bar) => self.segment_bar_height(bar),
            Block::StackedBars(bars) => self.stacked_bars_height(bars).min(third),
            Block::BarChart(chart) => self.bar_chart_height(chart).min(third),
            Block::Month(_) => plan::MONTH_LEAST.min(self.room_of_page() * 0.8),
            Block::Timeline(strip) => self.timeline_height(strip).min(third),
            Block::Burndown(chart) => self.burndown_height(chart).min(third),
            Block::Trend(chart) => self.trend_height(chart).min(third),
            Block::Form(form) => self.form_least(form).min(third),
            Block::Matrix(matrix) => self.matrix_least(matrix),
            Block::SignatureLines(lines) => form::lines_height(lines).min(third),
            Block::SignatureBoxes(boxes) => figures::signatures_height(boxes),
            Block::Contents { .. } => 3.0 * BODY.lead,
        }
    }

    fn room_of_page(&self) -> f32 {
        self.sheet.bottom - self.sheet.top
    }

    fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = self.sheet.top;
        self.gap = 0.0;
    }

    fn at_top(&self) -> bool {
        self.y <= self.sheet.top + 0.01
    }

    fn page_break(&mut self) {
        if !self.at_top() {
            self.new_page();
        }
    }

    /// Leaves at least `space` before what comes next; spaces do not add up and vanish at the top of a page.
    fn leave(&mut self, space: f32) {
        self.gap = self.gap.max(space);
    }

    /// Moves to where something of this height fits whole; what no page can hold begins on a new one.
    fn need(&mut self, height: f32) {
        if self.at_top() {
            self.gap = 0.0;
        }
        let fits = self.y + self.gap + height <= self.sheet.bottom + 0.01;
        if !fits && !self.at_top() {
            self.new_page();
        } else {
            self.y += std::mem::take(&mut self.gap);
        }
    }

    fn node(&mut self, role: Role, parent: NodeId) -> NodeId {
        self.tree.push(Node { role, parent, alt: None });
        NodeId((self.tree.len() - 1) as u32)
    }

    fn figure_node(&mut self, alt: String) -> NodeId {
        self.tree.push(Node { role: Role::Figure, parent: ROOT, alt: Some(alt) });
        NodeId((self.tree.len() - 1) as u32)
    }

    fn page(&self) -> usize {
        self.pages.len() - 1
    }

    fn here(&self) -> Place {
        Place { page: self.page(), y: self.y }
    }

    fn put(&mut self, node: NodeId, content: Content) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { node, content });
        }
    }

    fn put_shape(&mut self, mark: Mark) {
        self.put(ARTIFACT, Content::Shape(mark));
    }

    fn rule(&mut self, x: f32, y: f32, width: f32, thickness: f32, ink: Ink) {
        let rect = Rect::new(x, y, width, thickness);
        self.put_shape(Mark::Rect { rect, fill: Some(ink), stroke: None });
    }

    /// Puts a line on a baseline.
    fn put_line(&mut self, node: NodeId, line: Line, x: f32, baseline: f32, size: f32) {
        for run in line.runs {
            let glyphs = Glyphs { x: x + run.x, y: baseline, size, look: run.look, pieces: run.pieces };
            self.put(node, Content::Glyphs(glyphs));
        }
    }

    /// One line of text however wide; `at` is its beginning, middle or end on the baseline.
    fn put_text(&mut self, node: NodeId, words: &str, at: Point, size: f32, look: Look, anchor: Anchor) {
        let line = self.one_line(words, size, look);
        let x = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - line.width / 2.0,
            Anchor::End => at.x - line.width,
        };
        self.put_line(node, line, x, at.y, size);
    }

    fn one_line(&self, words: &str, size: f32, look: Look) -> Line {
        let words = text::clean(words).replace('\n', " ");
        let fill = Fill::ragged(size, f32::from(u16::MAX));
        text::lines(self.fonts, &[(&words, look)], fill).into_iter().next().unwrap_or_default()
    }

    fn wrap(&self, words: &str, kind: Type, look: Look, width: f32) -> Vec<Line> {
        text::lines(self.fonts, &[(words, look)], Fill::ragged(kind.size, width))
    }

    /// Lines of running text, at least two on each side of a page break.
    fn put_lines(&mut self, node: NodeId, lines: Vec<Line>, kind: Type, x: f32) {
        let total = lines.len();
        for (i, line) in lines.into_iter().enumerate() {
            let left = total - i;
            let together = match (i, left) {
                (0, 1) => 1,
                (0, 3) => 3,
                (0, _) | (_, 2) => 2,
                _ => 1,
            };
            self.need(kind.lead * together as f32);
            let baseline = self.y + baseline_of(kind);
            self.put_line(node, line, x, baseline, kind.size);
            self.y += kind.lead;
        }
    }

    /// The marks of a drawing made at its place on this page.
    fn put_marks(&mut self, node: NodeId, marks: Vec<Mark>) {
        for mark in marks {
            match mark {
                Mark::Text { at, text, size, weight, ink, anchor } => {
                    let look = look(weight, ink);
                    self.put_text(node, &text, at, size, look, anchor);
                }
                shape => self.put(node, Content::Shape(shape)),
            }
        }
    }
}

/// From the upper edge of a line to its baseline.
fn baseline_of(kind: Type) -> f32 {
    (kind.lead - kind.size) / 2.0 + kind.size * 0.86
}

const fn look(weight: Weight, ink: Ink) -> Look {
    Look { face: Face::of(weight), ink }
}

const fn point(x: f32, y: f32) -> Point {
    Point { x, y }
}
