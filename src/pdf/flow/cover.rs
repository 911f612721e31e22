//! The first page's head and the contents. Owns what a document says about itself.

use super::super::font::Face;
use super::super::png;
use super::super::scene::{Content, Glyphs, Item, Link, NodeId, ROOT, Role};
use super::super::style::{BODY, TITLE, Type};
use super::super::text::Look;
use super::frame::joined;
use super::{ARTIFACT, Flow, baseline_of, look, point};
use crate::draw::{Anchor, Ink, Rect, Tone, Weight, grouped};
use crate::report::layout::{Block, Heading};

/// The largest logo.
const LOGO: (f32, f32) = (150.0, 44.0);
const SUBTITLE: Type = Type { size: 12.0, lead: 17.0 };
const FACT: Type = Type { size: 9.0, lead: 13.5 };

/// A line of the contents whose page is not known yet.
pub(super) struct Awaited {
    page: usize,
    baseline: f32,
    heading: usize,
    node: NodeId,
    look: Look,
    label: String,
    rect: Rect,
}

impl Flow<'_> {
    /// Shop, title, facts; the blocks follow on the same page.
    pub(super) fn cover(&mut self) {
        let layout = self.layout;
        self.y = 58.0;
        self.masthead();
        let lines = self.wrap(&layout.title, TITLE, look(Weight::SemiBold, Ink::Head), self.sheet.measure);
        let node = self.node(Role::Title, ROOT);
        for line in lines {
            self.need(TITLE.lead);
            self.put_line(node, line, self.sheet.left, self.y + baseline_of(TITLE), TITLE.size);
            self.y += TITLE.lead;
        }
        let under = joined(&[&layout.version_line, &layout.classification]);
        for (words, ink) in [(layout.subtitle.as_str(), Ink::Weak), (under.as_str(), Ink::Weak)] {
            if words.is_empty() {
                continue;
            }
            let kind = if ink == Ink::Weak && words == under { FACT } else { SUBTITLE };
            let node = self.node(Role::Paragraph, ROOT);
            for line in self.wrap(words, kind, look(Weight::Regular, ink), self.sheet.measure) {
                self.need(kind.lead);
                self.put_line(node, line, self.sheet.left, self.y + baseline_of(kind), kind.size);
                self.y += kind.lead;
            }
        }
        self.need(26.0);
        self.y += 9.0;
        self.rule(self.sheet.left, self.y, self.sheet.measure, 1.6, Ink::Full(Tone::Accent));
        self.y += 16.0;
        self.facts();
        self.leave(20.0);
    }

    fn masthead(&mut self) {
        let layout = self.layout;
        let mut height: f32 = 0.0;
        if let Some(bytes) = &layout.logo {
            match png::decode(bytes) {
                Ok(picture) => {
                    let (w, h) = (picture.width as f32, picture.height as f32);
                    let scale = (LOGO.0 / w).min(LOGO.1 / h);
                    let rect = Rect::new(self.sheet.left, self.y, w * scale, h * scale);
                    let node = self.figure_node(format!("Logo of {}", layout.shop));
                    self.put(node, Content::Logo(rect));
                    self.logo = Some(picture);
                    height = rect.h;
                }
                Err(sentence) => self.warnings.push(sentence),
            }
        }
        if !layout.shop.is_empty() {
            let node = self.node(Role::Paragraph, ROOT);
            let look = look(Weight::SemiBold, Ink::Weak);
            let (x, anchor) = if height > 0.0 {
                (self.sheet.right(), Anchor::End)
            } else {
                (self.sheet.left, Anchor::Start)
            };
            let name = self.cut(&layout.shop, 10.5, Weight::SemiBold, self.sheet.measure - LOGO.0 - 20.0);
            let baseline = self.y + height.max(14.0) - 4.0;
            self.put_text(node, &name, point(x, baseline), 10.5, look, anchor);
            height = height.max(14.0);
        }
        self.y += height + 34.0;
    }

    /// Labels and values in two columns, ending with the record's head.
    fn facts(&mut self) {
        let layout = self.layout;
        let mut facts: Vec<(&str, String)> =
            layout.facts.iter().map(|(label, value)| (label.as_str(), value.clone())).collect();
        facts.extend(self.record_facts());
        let label_look = look(Weight::Regular, Ink::Weak);
        let value_look = look(Weight::Medium, Ink::Text);
        let widths = facts.iter().map(|(label, _)| self.one_line(label, FACT.size, label_look).width);
        let column = widths.fold(0.0, f32::max).min(self.sheet.measure / 3.0) + 16.0;
        for (label, value) in facts {
            self.fact(label, &value, column, label_look, value_look);
        }
    }

    fn fact(&mut self, label: &str, value: &str, column: f32, label_look: Look, value_look: Look) {
        let left = self.wrap(label, FACT, label_look, column - 16.0);
        let right = self.wrap(value, FACT, value_look, self.sheet.measure - column);
        let rows = left.len().max(right.len());
        let node = self.node(Role::Paragraph, ROOT);
        let (mut left, mut right) = (left.into_iter(), right.into_iter());
        self.need(FACT.lead * rows.min(3) as f32);
        for _ in 0..rows {
            self.need(FACT.lead);
            let baseline = self.y + baseline_of(FACT);
            if let Some(line) = left.next() {
                self.put_line(node, line, self.sheet.left, baseline, FACT.size);
            }
            if let Some(line) = right.next() {
                self.put_line(node, line, self.sheet.left + column, baseline, FACT.size);
            }
            self.y += FACT.lead;
        }
        self.y += 2.0;
    }

    /// When it was printed, and the record's head with all its digits.
    fn record_facts(&self) -> Vec<(&'static str, String)> {
        let layout = self.layout;
        let mut facts = Vec::new();
        if !layout.printed_at.is_empty() {
            facts.push(("Printed", layout.printed_at.clone()));
        }
        if !layout.head_hash.is_empty() {
            facts.push(("Record head", layout.head_hash.clone()));
            facts.push(("at entry", grouped(layout.event_no)));
        }
        facts
    }

    /// The contents; page numbers follow when they are known.
    pub(super) fn contents(&mut self, depth: u8) {
        let layout = self.layout;
        let list = self.node(Role::Contents, ROOT);
        let headings = layout.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        });
        self.leave(8.0);
        for (number, heading) in headings.enumerate() {
            let level = heading.level.clamp(1, 3);
            if level <= depth.max(1) {
                self.contents_line(list, number, heading, level);
            }
        }
        self.leave(16.0);
    }

    fn contents_line(&mut self, list: NodeId, number: usize, heading: &Heading, level: u8) {
        let (weight, indent) = match level {
            1 => (Weight::SemiBold, 0.0),
            2 => (Weight::Regular, 14.0),
            _ => (Weight::Regular, 28.0),
        };
        if level == 1 {
            self.leave(4.0);
        }
        self.need(BODY.lead);
        let node = self.node(Role::ContentsItem, list);
        let look = Look { face: Face::tabular(weight), ink: Ink::Text };
        let (left, right) = (self.sheet.left + indent, self.sheet.right());
        let baseline = self.y + baseline_of(BODY);
        let words = self.cut(&heading.text, BODY.size, weight, self.sheet.measure - indent - 40.0);
        let line = self.one_line(&words, BODY.size, look);
        let from = left + line.width + 6.0;
        self.put_line(node, line, left, baseline, BODY.size);
        self.leader(from, right - 18.0, baseline);
        let rect = Rect::new(left, self.y, right - left, BODY.lead);
        let label = heading.text.clone();
        self.awaited.push(Awaited { page: self.page(), baseline, heading: number, node, look, label, rect });
        self.y += BODY.lead;
    }

    /// Dots on a common grid, so that those of all lines stand under each other.
    fn leader(&mut self, from: f32, to: f32, baseline: f32) {
        const STEP: f32 = 4.0;
        let look = look(Weight::Regular, Ink::Rule);
        let dot = self.fonts.shape(look.face, ".");
        let first = (from / STEP).ceil() * STEP;
        let count = ((to - first) / STEP).floor().max(0.0) as usize;
        if count == 0 {
            return;
        }
        let after = (STEP * 1000.0 / BODY.size) as i32 - dot.width;
        let mut pieces = Vec::with_capacity(count);
        for _ in 0..count {
            let mut piece = dot.pieces.first().cloned().unwrap_or_default();
            piece.after += after;
            pieces.push(piece);
        }
        let glyphs = Glyphs { x: first, y: baseline, size: BODY.size, look, pieces };
        self.put(ARTIFACT, Content::Glyphs(glyphs));
    }

    /// Writes the page numbers into the contents and makes its lines clickable.
    pub(super) fn resolve_contents(&mut self) {
        for line in std::mem::take(&mut self.awaited) {
            let Some(to) = self.bookmarks.get(line.heading).map(|b| b.place) else { continue };
            let number = self.one_line(&(to.page + 1).to_string(), BODY.size, line.look);
            let x = self.sheet.right() - number.width;
            for run in number.runs {
                let glyphs = Glyphs {
                    x: x + run.x,
                    y: line.baseline,
                    size: BODY.size,
                    look: run.look,
                    pieces: run.pieces,
                };
                self.pages[line.page].items.push(Item { node: line.node, content: Content::Glyphs(glyphs) });
            }
            self.links.push(Link { page: line.page, rect: line.rect, label: line.label, to });
        }
    }
}
