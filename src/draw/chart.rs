//! Charts of bars: stacked, across and upright. Owns their geometry; the numbers come formatted.

use super::bar::number;
use super::mark::{cut, text};
use super::{
    Anchor, Drawing, Ink, Mark, Measure, Pattern, Point, Rect, Segment, Tone, Weight, fill, grouped,
    segment_spans,
};

/// One bar of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// Its length; negative and not-a-number count as 0.
    pub value: f64,
    /// The value as printed.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
    /// Its filling.
    pub pattern: Pattern,
}

/// One bar of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackedBar {
    /// What it stands for.
    pub label: String,
    /// One count per key.
    pub counts: Vec<u64>,
}

fn length(value: f64, full: f64) -> f32 {
    if value > 0.0 && full > 0.0 { (value / full).min(1.0) as f32 } else { 0.0 }
}

fn full_of(bars: &[Bar], full: Option<f64>) -> f64 {
    full.unwrap_or_else(|| bars.iter().map(|b| b.value).filter(|v| v.is_finite()).fold(0.0, f64::max))
}

/// The column of labels at the left: as wide as the widest label, at most a third of the width.
fn label_room<'a>(
    measure: &dyn Measure,
    labels: impl Iterator<Item = &'a str>,
    size: f32,
    width: f32,
) -> f32 {
    labels.map(|l| measure.width(l, size, Weight::Regular)).fold(0.0, f32::max).min(width / 3.0) + size * 0.9
}

/// Bars to the right of their labels, values at their ends; grows downward from the top of `rect`.
pub fn bars_across(measure: &dyn Measure, rect: Rect, bars: &[Bar], full: Option<f64>, size: f32) -> Drawing {
    let full = full_of(bars, full);
    let left = label_room(measure, bars.iter().map(|b| b.label.as_str()), size, rect.w);
    let values = bars.iter().map(|b| measure.width(&b.text, size, Weight::SemiBold)).fold(0.0, f32::max);
    let room = (rect.w - left - values - size * 0.7).max(size);
    let (thick, row) = (size * 1.25, size * 2.0);
    let mut out = Drawing { height: bars.len() as f32 * row, ..Drawing::default() };
    for (i, bar) in bars.iter().enumerate() {
        let top = rect.y + i as f32 * row + (row - thick) / 2.0;
        let baseline = top + thick / 2.0 + size * 0.36;
        let label = cut(measure, &bar.label, size, Weight::Regular, left - size * 0.9);
        out.marks.push(text(rect.x, baseline, &label, size, Weight::Regular, Ink::Text, Anchor::Start));
        let w = length(bar.value, full) * room;
        let w = if bar.value > 0.0 { w.max(1.0) } else { 0.0 };
        out.marks.extend(fill(Rect::new(rect.x + left, top, w, thick), bar.tone, bar.pattern));
        let x = rect.x + left + w + size * 0.5;
        out.marks.push(text(x, baseline, &bar.text, size, Weight::SemiBold, Ink::Text, Anchor::Start));
    }
    axis(&mut out.marks, rect.x + left, rect.y, out.height);
    out
}

fn axis(marks: &mut Vec<Mark>, x: f32, y: f32, height: f32) {
    let (from, to) = (Point { x, y }, Point { x, y: y + height });
    marks.push(Mark::Line { from, to, width: 0.6, ink: Ink::Weak });
}

/// Upright bars with labels below and values above, such as ages or months; fills `rect`.
pub fn bars_up(measure: &dyn Measure, rect: Rect, bars: &[Bar], full: Option<f64>, size: f32) -> Drawing {
    let full = full_of(bars, full);
    let base = rect.bottom() - size * 1.9;
    let room = (base - rect.y - size * 1.6).max(size);
    let mut out = Drawing { height: rect.h, ..Drawing::default() };
    for step in 1..=4_u8 {
        let y = base - room * f32::from(step) / 4.0;
        let (from, to) = (Point { x: rect.x, y }, Point { x: rect.right(), y });
        out.marks.push(Mark::Line { from, to, width: 0.4, ink: Ink::Rule });
    }
    let slot = rect.w / bars.len().max(1) as f32;
    let thick = (slot * 0.62).min(size * 7.0);
    for (i, bar) in bars.iter().enumerate() {
        let middle = rect.x + (i as f32 + 0.5) * slot;
        let h = length(bar.value, full) * room;
        let h = if bar.value > 0.0 { h.max(1.0) } else { 0.0 };
        let body = Rect::new(middle - thick / 2.0, base - h, thick, h);
        out.marks.extend(fill(body, bar.tone, bar.pattern));
        let above = base - h - size * 0.45;
        // A plate, so that no grid line runs through the number.
        let wide = measure.width(&bar.text, size, Weight::SemiBold);
        let plate = Rect::new(middle - wide / 2.0 - 2.0, above - size * 0.85, wide + 4.0, size * 1.1);
        out.marks.push(Mark::Rect { rect: plate, fill: Some(Ink::Ground), stroke: None });
        out.marks.push(text(middle, above, &bar.text, size, Weight::SemiBold, Ink::Text, Anchor::Middle));
        let label = cut(measure, &bar.label, size, Weight::Regular, slot - 2.0);
        let y = base + size * 1.4;
        out.marks.push(text(middle, y, &label, size, Weight::Regular, Ink::Text, Anchor::Middle));
    }
    let (from, to) = (Point { x: rect.x, y: base }, Point { x: rect.right(), y: base });
    out.marks.push(Mark::Line { from, to, width: 0.6, ink: Ink::Weak });
    out
}

/// Bars of parts under one key: label, parts with their counts where there is room, total at the end. With `shares`
/// every bar has the full length; otherwise its length is its total, the greatest (or `full`) filling the width.
pub fn stacked_bars(
    measure: &dyn Measure,
    rect: Rect,
    keys: &[Segment],
    bars: &[StackedBar],
    shares: bool,
    full: Option<u64>,
    size: f32,
) -> Drawing {
    let total = |bar: &StackedBar| bar.counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    let greatest = full.or_else(|| bars.iter().map(total).max()).unwrap_or(0).max(1);
    let left = label_room(measure, bars.iter().map(|b| b.label.as_str()), size, rect.w);
    let widest = measure.width(&grouped(greatest), size, Weight::SemiBold);
    let room = (rect.w - left - widest - size * 0.7).max(size);
    let (thick, row) = (size * 1.45, size * 2.2);
    let mut out = Drawing { height: bars.len() as f32 * row, ..Drawing::default() };
    for (i, bar) in bars.iter().enumerate() {
        let top = rect.y + i as f32 * row + (row - thick) / 2.0;
        let baseline = top + thick / 2.0 + size * 0.36;
        let label = cut(measure, &bar.label, size, Weight::Regular, left - size * 0.9);
        out.marks.push(text(rect.x, baseline, &label, size, Weight::Regular, Ink::Text, Anchor::Start));
        let sum = total(bar);
        let w = match (sum, shares) {
            (0, _) => 0.0,
            (_, true) => room,
            (sum, false) => (sum as f64 / greatest as f64) as f32 * room,
        };
        let spans = segment_spans(Rect::new(rect.x + left, top, w, thick), &bar.counts);
        for ((key, count), span) in keys.iter().zip(&bar.counts).zip(spans) {
            out.marks.extend(fill(span, key.tone, key.pattern));
            let (label, small) = (grouped(*count), size * 0.85);
            let wide = measure.width(&label, small, Weight::SemiBold);
            if *count > 0 && span.w >= wide + 8.0 {
                number(&mut out.marks, span, &label, small, wide, key.pattern);
            }
        }
        let x = rect.x + left + w + size * 0.5;
        let ink = if sum == 0 { Ink::Weak } else { Ink::Text };
        out.marks.push(text(x, baseline, &grouped(sum), size, Weight::SemiBold, ink, Anchor::Start));
    }
    axis(&mut out.marks, rect.x + left, rect.y, out.height);
    out
}
