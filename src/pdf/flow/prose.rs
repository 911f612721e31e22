//! Headings, paragraphs, lists, callouts. Owns their spacing.

use super::super::font::Face;
use super::super::scene::{ARTIFACT, Bookmark, ROOT, Role};
use super::super::style::{BODY, HEADING, Type};
use super::super::text::{self, Fill, Line, Look};
use super::{Flow, baseline_of, look, point};
use crate::draw::{Anchor, Ink, Mark, Rect, Tone, Weight};
use crate::report::layout::{Block, CalloutKind, Heading, RichText, Style};

const CALLOUT: Type = Type { size: 9.0, lead: 13.25 };
const PAD: f32 = 9.0;
const ICON: f32 = 14.0;

fn level_of(heading: &Heading) -> usize {
    usize::from(heading.level.clamp(1, 3)) - 1
}

/// Space above and below a heading of each level.
const AROUND: [(f32, f32); 3] = [(26.0, 8.0), (20.0, 6.0), (15.0, 4.0)];

/// Space above a heading that directly follows another.
const UNDER_HEADING: f32 = 11.0;

impl Flow<'_> {
    fn heading_lines(&self, heading: &Heading) -> Vec<Line> {
        let kind = HEADING[level_of(heading)];
        self.wrap(&heading.text, kind, look(Weight::SemiBold, Ink::Head), self.sheet.measure)
    }

    pub(super) fn heading_height(&self, heading: &Heading) -> f32 {
        let level = level_of(heading);
        self.heading_lines(heading).len() as f32 * HEADING[level].lead + AROUND[level].1
    }

    pub(super) fn heading(&mut self, heading: &Heading, rest: &[Block]) {
        let level = level_of(heading);
        let kind = HEADING[level];
        let lines = self.heading_lines(heading);
        let before = self.layout.blocks.len().checked_sub(rest.len() + 2).map(|i| &self.layout.blocks[i]);
        let stacked = matches!(before, Some(Block::Heading(_)));
        self.leave(if stacked { UNDER_HEADING } else { AROUND[level].0 });
        let height = lines.len() as f32 * kind.lead + AROUND[level].1;
        self.need((height + self.least(rest)).min(self.room_of_page()));
        let node = self.node(Role::Heading(level as u8 + 1), ROOT);
        let place = self.here();
        let text = text::clean(&heading.text).replace('\n', " ");
        let anchor = heading.anchor.clone();
        self.bookmarks.push(Bookmark { level: level as u8 + 1, text, anchor, place });
        for line in lines {
            self.need(kind.lead);
            self.put_line(node, line, self.sheet.left, self.y + baseline_of(kind), kind.size);
            self.y += kind.lead;
        }
        self.leave(AROUND[level].1);
    }

    fn rich_lines(&self, rich: &RichText, size: f32, width: f32, justify: bool) -> Vec<Line> {
        let spans: Vec<(&str, Look)> =
            rich.0.iter().map(|run| (run.text.as_str(), look_of(run.style))).collect();
        text::lines(self.fonts, &spans, Fill { size, width, justify, lang: self.lang })
    }

    pub(super) fn paragraph(&mut self, rich: &RichText) {
        let lines = self.rich_lines(rich, BODY.size, self.sheet.measure, true);
        let node = self.node(Role::Paragraph, ROOT);
        self.put_lines(node, lines, BODY, self.sheet.left);
        self.leave(7.0);
    }

    pub(super) fn list(&mut self, ordered: bool, items: &[RichText]) {
        const INDENT: f32 = 20.0;
        let list = self.node(Role::List, ROOT);
        for (i, item) in items.iter().enumerate() {
            let lines = self.rich_lines(item, BODY.size, self.sheet.measure - INDENT, false);
            let node = self.node(Role::Item, list);
            self.need(BODY.lead * lines.len().min(2) as f32);
            let baseline = self.y + baseline_of(BODY);
            let (label, anchor, x) = if ordered {
                (format!("{}.", i + 1), Anchor::End, INDENT - 6.0)
            } else {
                ("•".to_owned(), Anchor::Middle, INDENT - 10.0)
            };
            let look = Look { face: Face::tabular(Weight::Regular), ink: Ink::Full(Tone::Accent) };
            self.put_text(node, &label, point(self.sheet.left + x, baseline), BODY.size, look, anchor);
            self.put_lines(node, lines, BODY, self.sheet.left + INDENT);
            self.leave(3.0);
        }
        self.leave(8.0);
    }

    fn callout_lines(&self, rich: &RichText) -> Vec<Line> {
        let width = self.sheet.measure - 2.0 * PAD - ICON - 6.0;
        self.rich_lines(rich, CALLOUT.size, width, false)
    }

    pub(super) fn callout_height(&self, rich: &RichText) -> f32 {
        self.callout_lines(rich).len() as f32 * CALLOUT.lead + 2.0 * PAD
    }

    /// A tinted box with a bar at its edge, a shape and a word; a long one goes on over the page.
    pub(super) fn callout(&mut self, kind: CalloutKind, rich: &RichText) {
        let (word, tone) = match kind {
            CalloutKind::Note => ("Note", Tone::Accent),
            CalloutKind::Limit => ("Limit", Tone::Warn),
            CalloutKind::Warn => ("Warning", Tone::Bad),
        };
        let worded = RichText(
            RichText::new().strong(format!("{word}: ")).0.into_iter().chain(rich.0.iter().cloned()).collect(),
        );
        let mut lines = self.callout_lines(&worded).into_iter().peekable();
        let node = self.node(Role::Note, ROOT);
        self.leave(8.0);
        let mut first = true;
        while lines.peek().is_some() {
            let fits = |room: f32| ((room - 2.0 * PAD) / CALLOUT.lead).floor().max(1.0) as usize;
            let whole = lines.len() as f32 * CALLOUT.lead + 2.0 * PAD;
            self.need(whole.min(self.room_of_page() / 3.0));
            let now = lines.len().min(fits(self.sheet.bottom - self.y));
            let height = now as f32 * CALLOUT.lead + 2.0 * PAD;
            let frame = Rect::new(self.sheet.left, self.y, self.sheet.measure, height);
            self.put_shape(Mark::Rect { rect: frame, fill: Some(Ink::Light(tone)), stroke: None });
            self.put_shape(Mark::Rect {
                rect: Rect { w: 2.5, ..frame },
                fill: Some(Ink::Full(tone)),
                stroke: None,
            });
            if first {
                self.callout_icon(kind, tone, frame.x + PAD + 2.0, frame.y + PAD + 1.2);
            }
            self.y += PAD;
            for line in lines.by_ref().take(now) {
                let x = self.sheet.left + PAD + ICON + 6.0;
                self.put_line(node, line, x, self.y + baseline_of(CALLOUT), CALLOUT.size);
                self.y += CALLOUT.lead;
            }
            self.y += PAD;
            first = false;
        }
        self.leave(10.0);
    }

    /// A circle-like shape for a note, a diamond for a limit, a triangle for a warning.
    fn callout_icon(&mut self, kind: CalloutKind, tone: Tone, x: f32, y: f32) {
        let fill = Ink::Full(tone);
        let s = 10.0;
        let points = match kind {
            CalloutKind::Note => {
                let corner = |i: u8| {
                    let (sin, cos) = (f32::from(i) * std::f32::consts::TAU / 20.0).sin_cos();
                    point(x + s / 2.0 + cos * s / 2.0, y + s / 2.0 + sin * s / 2.0)
                };
                (0..20).map(corner).collect()
            }
            CalloutKind::Limit => vec![
                point(x + s / 2.0, y),
                point(x + s, y + s / 2.0),
                point(x + s / 2.0, y + s),
                point(x, y + s / 2.0),
            ],
            CalloutKind::Warn => vec![point(x + s / 2.0, y), point(x + s, y + s), point(x, y + s)],
        };
        self.put_shape(Mark::Polygon { points, fill });
        let sign = if kind == CalloutKind::Note { "i" } else { "!" };
        let low = if kind == CalloutKind::Warn { 9.0 } else { 7.6 };
        let white = look(Weight::SemiBold, Ink::OnTone);
        self.put_text(ARTIFACT, sign, point(x + s / 2.0, y + low), 7.5, white, Anchor::Middle);
    }
}

fn look_of(style: Style) -> Look {
    match style {
        Style::Plain => look(Weight::Regular, Ink::Text),
        Style::Strong => look(Weight::SemiBold, Ink::Text),
        Style::Emphasis => look(Weight::Italic, Ink::Text),
        Style::Code => Look { face: Face::tabular(Weight::Medium), ink: Ink::Head },
    }
}
