//! Marks on the screen: paints what `draw` laid out, in the window's fonts and colours. The same marks are printed on paper.
//!
//! Invariant: places nothing itself; whoever lays out asks [`Pen`] how wide a text is.

use egui::{FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::draw::{self, Anchor, Ink, Mark, Measure, Weight};
use crate::ui::theme::{Text, Tokens, size};

/// Measures text as it will be painted.
pub struct Pen<'a>(pub &'a Painter);

impl Measure for Pen<'_> {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let placeholder = egui::Color32::PLACEHOLDER;
        self.0.layout_no_wrap(text.to_owned(), font(size, weight), placeholder).size().x
    }
}

/// A place of the screen in the words of `draw`.
pub fn place(rect: Rect) -> draw::Rect {
    draw::Rect::new(rect.left(), rect.top(), rect.width(), rect.height())
}

/// A place of a drawing on the screen.
pub fn rect_of(rect: draw::Rect) -> Rect {
    Rect::from_min_size(pos2(rect.x, rect.y), vec2(rect.w, rect.h))
}

/// Paints marks that were laid out in screen coordinates.
pub fn marks_ui(painter: &Painter, tokens: &Tokens, marks: &[Mark]) {
    for mark in marks {
        paint(painter, tokens, mark);
    }
}

fn paint(painter: &Painter, tokens: &Tokens, mark: &Mark) {
    match mark {
        Mark::Text { at, text, size, weight, ink, anchor } => {
            let color = line_color(tokens, *ink);
            let galley = painter.layout_no_wrap(text.clone(), font(*size, *weight), color);
            let left = match anchor {
                Anchor::Start => at.x,
                Anchor::Middle => at.x - galley.size().x / 2.0,
                Anchor::End => at.x - galley.size().x,
            };
            let top = at.y - galley.size().y * size::BASELINE;
            painter.galley(pos2(left, top), galley, color);
        }
        Mark::Line { from, to, width, ink } => {
            painter.line_segment([point(*from), point(*to)], Stroke::new(*width, line_color(tokens, *ink)));
        }
        Mark::Rect { rect, fill, stroke } => {
            let rect = rect_of(*rect);
            if let Some(ink) = fill {
                painter.rect_filled(rect, 0.0, fill_color(tokens, *ink));
            }
            if let Some((width, ink)) = stroke {
                let stroke = Stroke::new(*width, line_color(tokens, *ink));
                painter.rect_stroke(rect, 0.0, stroke, StrokeKind::Middle);
            }
        }
        Mark::Polygon { points, fill } => {
            let points = points.iter().map(|at| point(*at)).collect();
            painter.add(Shape::convex_polygon(points, fill_color(tokens, *fill), Stroke::NONE));
        }
    }
}

fn point(at: draw::Point) -> Pos2 {
    pos2(at.x, at.y)
}

fn font(size: f32, weight: Weight) -> FontId {
    let style = match weight {
        Weight::Regular | Weight::Italic => Text::Body,
        Weight::Medium => Text::Medium,
        Weight::SemiBold => Text::Strong,
    };
    FontId { size, ..style.font() }
}

/// The colour of words and lines: the accent is the one that can be read.
fn line_color(tokens: &Tokens, ink: Ink) -> egui::Color32 {
    match ink {
        Ink::Full(draw::Tone::Accent) => tokens.accent_text,
        other => fill_color(tokens, other),
    }
}

fn fill_color(tokens: &Tokens, ink: Ink) -> egui::Color32 {
    match ink {
        Ink::Text | Ink::Head => tokens.text,
        Ink::Weak => tokens.weak,
        Ink::Ground => tokens.surface,
        // The tones of the dark look are light: only dark numbers can be read on them.
        Ink::OnTone => {
            if tokens.dark {
                tokens.surface
            } else {
                tokens.on_accent
            }
        }
        Ink::Rule => tokens.border,
        Ink::Stripe => tokens.stripe,
        Ink::Full(tone) => match tone {
            draw::Tone::Plain | draw::Tone::Unknown => tokens.weak,
            draw::Tone::Accent => tokens.accent_text,
            draw::Tone::Good => tokens.good,
            draw::Tone::Warn => tokens.warn,
            draw::Tone::Bad => tokens.bad,
        },
        Ink::Light(tone) => match tone {
            draw::Tone::Plain | draw::Tone::Unknown => tokens.neutral_tint,
            draw::Tone::Accent => tokens.info_tint,
            draw::Tone::Good => tokens.good_tint,
            draw::Tone::Warn => tokens.warn_tint,
            draw::Tone::Bad => tokens.bad_tint,
        },
    }
}
