//! One cell while it is drawn, or while its words are collected for a screen reader or the clipboard.
//!
//! The same closure serves all three, so what is copied is what is seen.

use egui::{Color32, Painter, Rect, pos2};

use super::Align;
use crate::ui::icon::Icon;
use crate::ui::theme::{Text, Tokens, Tone, paint, size};
use crate::ui::widget::chip::Chip;

/// A cell that a closure fills. Several parts stand one after the other.
pub struct Cell<'a> {
    brush: Option<(&'a Painter, &'static Tokens)>,
    rect: Rect,
    align: Align,
    left: f32,
    collect: bool,
    words: String,
}

impl<'a> Cell<'a> {
    pub(super) fn painted(
        painter: &'a Painter,
        tokens: &'static Tokens,
        rect: Rect,
        align: Align,
        collect: bool,
        words: String,
    ) -> Self {
        Self { brush: Some((painter, tokens)), rect, align, left: rect.left(), collect, words }
    }

    pub(super) fn collected(words: String) -> Self {
        Self { brush: None, rect: Rect::NOTHING, align: Align::Left, left: 0.0, collect: true, words }
    }

    pub(super) fn into_words(self) -> String {
        self.words
    }

    /// Text in the usual colour.
    pub fn text(&mut self, text: &str) {
        self.part(text, Text::Body, |tokens| tokens.text);
    }

    /// Text that stands back.
    pub fn weak(&mut self, text: &str) {
        self.part(text, Text::Body, |tokens| tokens.weak);
    }

    /// Text that stands out.
    pub fn strong(&mut self, text: &str) {
        self.part(text, Text::Medium, |tokens| tokens.text);
    }

    /// A number or a date, written out; figures of one width.
    pub fn number(&mut self, text: &str) {
        self.part(text, Text::Number, |tokens| tokens.text);
    }

    /// Text in the colour of a tone. The words must say the same.
    pub fn tone(&mut self, tone: Tone, text: &str) {
        self.part(text, Text::Body, |tokens| tokens.tone(tone));
    }

    /// A status chip.
    pub fn chip(&mut self, tone: Tone, word: &str) {
        self.collect(word);
        if let Some((painter, tokens)) = self.brush {
            let drawn = Chip::new(tone, word).paint(painter, tokens, self.rect, self.left);
            self.left = drawn.right() + size::GAP;
        }
    }

    /// An icon in front of what follows. `meaning` is what it says; it is read and copied.
    pub fn icon(&mut self, icon: Icon, meaning: &str) {
        self.collect(meaning);
        if let Some((painter, tokens)) = self.brush {
            let center = pos2(self.left + size::ICON / 2.0, self.rect.center().y);
            paint::icon(painter, center, icon, Text::Icon, tokens.weak);
            self.left += size::ICON + size::GAP;
        }
    }

    fn part(&mut self, text: &str, style: Text, color: impl Fn(&Tokens) -> Color32) {
        self.collect(text);
        if let Some((painter, tokens)) = self.brush {
            let color = color(tokens);
            let galley = paint::line(painter, text, style, color, self.rect.right() - self.left);
            let width = galley.size().x;
            let left = match self.align {
                Align::Left => self.left,
                Align::Right => self.rect.right() - width,
            };
            paint::line_at(painter, self.rect, left, galley, color);
            self.left = left + width + size::GAP;
        }
    }

    fn collect(&mut self, text: &str) {
        if self.collect && !text.is_empty() {
            if !self.words.is_empty() {
                self.words.push(' ');
            }
            self.words.push_str(text);
        }
    }
}
