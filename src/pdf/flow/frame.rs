//! What stands on every page around the text: running head, foot, stamp. Owns the last step of laying out, when the
//! number of pages is known.

use super::super::scene::{ARTIFACT, Content, Glyphs, Item, Scene};
use super::super::style::SMALL;
use super::{Flow, look, point};
use crate::draw::{self, Anchor, Ink, Rect, Tone, Weight, grouped};
use crate::report::layout::{Mark, Opening, Orientation};

/// How many digits of the head hash stand on every page.
const SHORT_HASH: usize = 16;

impl Flow<'_> {
    /// Adds head, foot and stamp to every page and closes the scene.
    pub(super) fn finish(mut self) -> (Scene, Vec<String>) {
        self.resolve_contents();
        let pages = std::mem::take(&mut self.pages);
        let total = pages.len();
        let mut done = Vec::with_capacity(total);
        for (number, page) in pages.into_iter().enumerate() {
            self.pages.push(page);
            if number > 0 {
                self.head();
            }
            self.foot(number + 1, total);
            self.notice();
            self.stamp();
            done.append(&mut self.pages);
        }
        let scene = Scene {
            width: self.sheet.width,
            height: self.sheet.height,
            pages: done,
            tree: self.tree,
            bookmarks: self.bookmarks,
            links: self.links,
            logo: self.logo,
        };
        (scene, self.warnings)
    }

    fn head(&mut self) {
        let (layout, sheet) = (self.layout, self.sheet);
        let baseline = 45.0;
        let right = joined(&[&layout.shop, &layout.classification, &layout.version_line]);
        let right = self.cut(&right, SMALL.size, Weight::Regular, sheet.measure * 0.6);
        let look_right = look(Weight::Regular, Ink::Weak);
        let taken = self.one_line(&right, SMALL.size, look_right).width;
        let title = self.cut(&layout.title, SMALL.size, Weight::SemiBold, sheet.measure - taken - 24.0);
        let look_left = look(Weight::SemiBold, Ink::Head);
        self.put_text(ARTIFACT, &title, point(sheet.left, baseline), SMALL.size, look_left, Anchor::Start);
        self.put_text(ARTIFACT, &right, point(sheet.right(), baseline), SMALL.size, look_right, Anchor::End);
        self.rule(sheet.left, 52.0, sheet.measure, 0.5, Ink::Rule);
    }

    fn foot(&mut self, page: usize, pages: usize) {
        let (layout, sheet) = (self.layout, self.sheet);
        let baseline = sheet.height - 38.0;
        self.rule(sheet.left, sheet.height - 52.0, sheet.measure, 0.5, Ink::Rule);
        let hash: String = layout.head_hash.chars().take(SHORT_HASH).collect();
        let record = match hash.as_str() {
            "" => String::new(),
            hash => format!("Record {hash}, entry {}", grouped(layout.event_no)),
        };
        let printed = match layout.printed_at.as_str() {
            "" => String::new(),
            at => format!("Printed {at}"),
        };
        let words = joined(&[&printed, &record]);
        let words = self.cut(&words, SMALL.size, Weight::Regular, sheet.measure - 80.0);
        let look = look(Weight::Regular, Ink::Weak);
        self.put_text(ARTIFACT, &words, point(sheet.left, baseline), SMALL.size, look, Anchor::Start);
        // All digits of the record's head stand on the last page, and on the first where no cover has them.
        let whole = page == pages || page == 1 && layout.opening == Opening::Head;
        if whole && !layout.head_hash.is_empty() {
            let whole = format!("Record head {}", layout.head_hash);
            let whole = self.cut(&whole, SMALL.size, Weight::Regular, sheet.measure);
            self.put_text(
                ARTIFACT,
                &whole,
                point(sheet.left, baseline + SMALL.lead),
                SMALL.size,
                look,
                Anchor::Start,
            );
        }
        let number = format!("Page {page} of {pages}");
        self.put_text(ARTIFACT, &number, point(sheet.right(), baseline), SMALL.size, look, Anchor::End);
    }

    /// Words in a frame at the upper edge, for what nobody may overlook on any page.
    fn notice(&mut self) {
        const SIZE: f32 = 8.5;
        let (layout, sheet) = (self.layout, self.sheet);
        if layout.notice.is_empty() {
            return;
        }
        let frame = Rect::new(sheet.left, 14.0, sheet.measure, 18.0);
        self.put_shape(draw::Mark::Rect { rect: frame, fill: Some(Ink::Ground), stroke: None });
        self.put_shape(draw::Mark::Rect { rect: frame, fill: None, stroke: Some((1.4, Ink::Text)) });
        let words = self.cut(&layout.notice, SIZE, Weight::SemiBold, sheet.measure - 20.0);
        let at = point(sheet.left + sheet.measure / 2.0, frame.y + 12.2);
        self.put_text(ARTIFACT, &words, at, SIZE, look(Weight::SemiBold, Ink::Text), Anchor::Middle);
    }

    /// Pale letters from the lower left to the upper right, over everything, so that no stripe hides them.
    fn stamp(&mut self) {
        let (word, ink) = match self.layout.mark {
            Mark::None => return,
            Mark::Draft => ("DRAFT", Ink::Full(Tone::Accent)),
            Mark::Sample => ("SAMPLE", Ink::Full(Tone::Bad)),
            Mark::Drill => ("DRILL", Ink::Full(Tone::Warn)),
        };
        let sheet = self.sheet;
        let look = look(Weight::SemiBold, ink);
        let shaped = self.fonts.shape(look.face, word);
        let (degrees, length) = match self.layout.orientation {
            Orientation::Portrait => (52.0_f32, sheet.height * 0.64),
            Orientation::Landscape => (30.0_f32, sheet.width * 0.64),
        };
        let size = length * 1000.0 / shaped.width.max(1) as f32;
        let (sin, cos) = degrees.to_radians().sin_cos();
        // The word's middle, a third of the em above the baseline, stands on the middle of the sheet.
        let (along, up) = (length / 2.0, size * 0.36);
        let x = sheet.width / 2.0 - along * cos + up * sin;
        let y = sheet.height / 2.0 + along * sin + up * cos;
        let glyphs = Glyphs { x, y, size, look, pieces: shaped.pieces.clone() };
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { node: ARTIFACT, content: Content::Stamp(glyphs, degrees) });
        }
    }

    /// The words cut with an ellipsis to fit the room.
    pub(super) fn cut(&self, words: &str, size: f32, weight: Weight, room: f32) -> String {
        let look = look(weight, Ink::Text);
        if self.one_line(words, size, look).width <= room {
            return words.to_owned();
        }
        let mut kept: Vec<char> = words.chars().take(300).collect();
        while kept.pop().is_some() {
            let shorter = kept.iter().collect::<String>().trim_end().to_owned() + "…";
            if self.one_line(&shorter, size, look).width <= room {
                return shorter;
            }
        }
        String::new()
    }
}

/// The parts that say something, with a dot between them.
pub(super) fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("  ·  ")
}
