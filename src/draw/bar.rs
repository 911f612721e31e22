//! The compliance bar: parts that add up to a whole, each with pattern, count and label. Owns its geometry.

use super::mark::text;
use super::{Anchor, Ink, Mark, Measure, Pattern, Rect, Tone, Weight, fill, grouped};

/// One part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its name, for the legend.
    pub name: String,
    /// How many.
    pub count: u64,
    /// Its tone.
    pub tone: Tone,
    /// Its filling.
    pub pattern: Pattern,
}

/// The narrowest a part that is not empty may be: still seen, still clicked.
const LEAST: f32 = 3.0;
const GAP: f32 = 1.0;

/// Where each part lies in `rect`, in order; empty parts have no width. The parts share the width by count, but one
/// that is not empty is never narrower than can be seen, at the cost of the widest.
pub fn segment_spans(rect: Rect, counts: &[u64]) -> Vec<Rect> {
    let shown = counts.iter().filter(|c| **c > 0).count();
    if shown == 0 {
        return counts.iter().map(|_| Rect::new(rect.x, rect.y, 0.0, rect.h)).collect();
    }
    let room = (rect.w - GAP * (shown - 1) as f32).max(0.0);
    let least = LEAST.min(room / shown as f32);
    let total: f64 = counts.iter().map(|c| *c as f64).sum();
    let mut widths: Vec<f32> = counts.iter().map(|c| (*c as f64 / total * f64::from(room)) as f32).collect();
    let raised: f32 = counts
        .iter()
        .zip(&mut widths)
        .filter(|(count, width)| **count > 0 && **width < least)
        .map(|(_, width)| least - std::mem::replace(width, least))
        .sum();
    let spare: f32 = widths.iter().map(|w| (w - least).max(0.0)).sum();
    if spare > 0.0 {
        for width in &mut widths {
            *width -= raised * (*width - least).max(0.0) / spare;
        }
    }
    let mut x = rect.x;
    widths
        .into_iter()
        .map(|w| {
            let span = Rect::new(x, rect.y, w, rect.h);
            x += if w > 0.0 { w + GAP } else { 0.0 };
            span
        })
        .collect()
}

/// One horizontal bar filling `rect`: each part in its tone and pattern, with its count on it where there is room. The
/// names, and the counts that found no room, stand in the [`legend`](super::legend).
pub fn segment_bar(measure: &dyn Measure, rect: Rect, segments: &[Segment]) -> Vec<Mark> {
    let counts: Vec<u64> = segments.iter().map(|s| s.count).collect();
    let mut marks = Vec::new();
    if counts.iter().all(|c| *c == 0) {
        marks.push(Mark::Rect { rect, fill: Some(Ink::Stripe), stroke: Some((0.5, Ink::Rule)) });
        return marks;
    }
    let size = (rect.h * 0.42).clamp(6.0, 13.0);
    for (segment, span) in segments.iter().zip(segment_spans(rect, &counts)) {
        marks.extend(fill(span, segment.tone, segment.pattern));
        let label = grouped(segment.count);
        let width = measure.width(&label, size, Weight::SemiBold);
        if span.w >= width + 8.0 {
            number(&mut marks, span, &label, size, width, segment.pattern);
        }
    }
    marks
}

/// A count in the middle of a part; on a hatched part it stands on a plain plate, so that it can be read.
pub(super) fn number(
    marks: &mut Vec<Mark>,
    span: Rect,
    label: &str,
    size: f32,
    width: f32,
    pattern: Pattern,
) {
    let (middle, baseline) = (span.x + span.w / 2.0, span.y + span.h / 2.0 + size * 0.36);
    let ink = if pattern == Pattern::Solid { Ink::OnTone } else { Ink::Text };
    if pattern != Pattern::Solid {
        let plate = Rect::new(middle - width / 2.0 - 3.0, baseline - size * 0.9, width + 6.0, size * 1.1);
        marks.push(Mark::Rect { rect: plate, fill: Some(Ink::Ground), stroke: None });
    }
    marks.push(text(middle, baseline, label, size, Weight::SemiBold, ink, Anchor::Middle));
}
