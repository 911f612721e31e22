//! The key beside a bar: filling, count and name of every part, empty ones too. Owns its columns.

use super::mark::{cut, text};
use super::{Anchor, Drawing, Ink, Measure, Rect, Segment, Weight, fill, grouped};

/// The key of a bar in as many columns as fit into the width of `rect`, row by row in the order given. `counts` false
/// leaves the numbers out.
pub fn legend(measure: &dyn Measure, rect: Rect, segments: &[Segment], size: f32, counts: bool) -> Drawing {
    let (swatch, row) = (size * 1.1, size * 1.75);
    let number = |segment: &Segment| if counts { grouped(segment.count) } else { String::new() };
    let number_width = |segment: &Segment| measure.width(&number(segment), size, Weight::SemiBold);
    let name_width = |segment: &Segment| measure.width(&segment.name, size, Weight::Regular);
    let between = if counts { size * 0.45 } else { 0.0 };
    let entry =
        |segment: &Segment| swatch + size * 0.55 + number_width(segment) + between + name_width(segment);
    let gap = size * 2.0;
    let total: f32 = segments.iter().map(|s| entry(s) + gap).sum::<f32>() - gap;
    let widest = segments.iter().map(entry).fold(1.0, f32::max);
    let per_row = (((rect.w + gap) / (widest + gap)).floor().max(1.0) as usize).min(segments.len().max(1));
    // One row of entries set close together if all fit; otherwise columns under each other.
    let one_row = total <= rect.w;
    let mut out = Drawing::default();
    let mut x = rect.x;
    for (i, segment) in segments.iter().enumerate() {
        let line = if one_row { 0 } else { i / per_row };
        if !one_row {
            x = rect.x + (i % per_row) as f32 * (rect.w + gap) / per_row as f32;
        }
        let top = rect.y + line as f32 * row;
        let baseline = top + size;
        let box_rect = Rect::new(x, baseline - swatch * 0.85, swatch, swatch);
        out.marks.extend(fill(box_rect, segment.tone, segment.pattern));
        let mut at = x + swatch + size * 0.55;
        if counts {
            out.marks.push(text(
                at,
                baseline,
                &number(segment),
                size,
                Weight::SemiBold,
                Ink::Text,
                Anchor::Start,
            ));
            at += number_width(segment) + between;
        }
        let name = cut(measure, &segment.name, size, Weight::Regular, rect.right() - at);
        let ink = if counts && segment.count == 0 { Ink::Weak } else { Ink::Text };
        out.marks.push(text(at, baseline, &name, size, Weight::Regular, ink, Anchor::Start));
        x += entry(segment) + gap;
        out.height = (line + 1) as f32 * row;
    }
    out
}
