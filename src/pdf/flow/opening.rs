//! The head of a document without a cover: shop, title, a line of facts, a rule; the content follows on the same page.

use super::super::scene::{Content, ROOT, Role};
use super::super::style::{BODY, SHEET_TITLE, SMALL};
use super::frame::joined;
use super::{Flow, baseline_of, look, point};
use crate::draw::{Anchor, Ink, Rect, Tone, Weight};

/// The largest logo.
const LOGO: (f32, f32) = (110.0, 26.0);

impl Flow<'_> {
    /// A few lines instead of a cover.
    pub(super) fn opening(&mut self) {
        let (layout, sheet) = (self.layout, self.sheet);
        self.y = 38.0;
        self.letterhead();
        let head = look(Weight::SemiBold, Ink::Head);
        let node = self.node(Role::Title, ROOT);
        for line in self.wrap(&layout.title, SHEET_TITLE, head, sheet.measure) {
            self.put_line(node, line, sheet.left, self.y + baseline_of(SHEET_TITLE), SHEET_TITLE.size);
            self.y += SHEET_TITLE.lead;
        }
        if !layout.subtitle.is_empty() {
            let node = self.node(Role::Paragraph, ROOT);
            for line in self.wrap(&layout.subtitle, BODY, look(Weight::Medium, Ink::Text), sheet.measure) {
                self.put_line(node, line, sheet.left, self.y + baseline_of(BODY), BODY.size);
                self.y += BODY.lead;
            }
        }
        let facts: Vec<String> =
            layout.facts.iter().map(|(label, value)| format!("{label}: {value}")).collect();
        let facts = joined(&facts.iter().map(String::as_str).collect::<Vec<_>>());
        if !facts.is_empty() {
            let node = self.node(Role::Paragraph, ROOT);
            for line in self.wrap(&facts, SMALL, look(Weight::Regular, Ink::Weak), sheet.measure) {
                self.put_line(node, line, sheet.left, self.y + baseline_of(SMALL), SMALL.size);
                self.y += SMALL.lead;
            }
        }
        self.y += 4.0;
        self.rule(sheet.left, self.y, sheet.measure, 1.2, Ink::Full(Tone::Accent));
        self.y += 3.0;
        self.leave(8.0);
    }

    /// Logo at the left, shop, classification and version at the right.
    fn letterhead(&mut self) {
        let (layout, sheet) = (self.layout, self.sheet);
        let mut height: f32 = 12.0;
        if let Some(bytes) = &layout.logo {
            match super::super::png::decode(bytes) {
                Ok(picture) => {
                    let (w, h) = (picture.width as f32, picture.height as f32);
                    let scale = (LOGO.0 / w).min(LOGO.1 / h);
                    let rect = Rect::new(sheet.left, self.y, w * scale, h * scale);
                    let node = self.figure_node(format!("Logo of {}", layout.shop));
                    self.put(node, Content::Logo(rect));
                    self.logo = Some(picture);
                    height = height.max(rect.h + 6.0);
                }
                Err(sentence) => self.warnings.push(sentence),
            }
        }
        let words = joined(&[&layout.shop, &layout.classification, &layout.version_line]);
        if !words.is_empty() {
            let node = self.node(Role::Paragraph, ROOT);
            let words = self.cut(&words, SMALL.size, Weight::SemiBold, sheet.measure - LOGO.0 - 20.0);
            let look = look(Weight::SemiBold, Ink::Weak);
            let at = point(sheet.right(), self.y + 8.0);
            self.put_text(node, &words, at, SMALL.size, look, Anchor::End);
        }
        // Beside a title of one line the letterhead needs no room of its own.
        let title = self.one_line(&layout.title, SHEET_TITLE.size, look(Weight::SemiBold, Ink::Head)).width;
        if layout.logo.is_some() || title > sheet.measure * 0.6 {
            self.y += height;
        }
    }
}
