//! Months beside each other: stacked bars of machines with a line of shares over them. Owns its geometry; counts nothing.
//!
//! Safe in black and white: parts are told apart by their patterns and by the counts on them, the line by its round points and the shares above the field, a month
//! that was not sealed by brackets round its name, a value that was sealed first and restated since by a hollow diamond, a change of definitions by a dashed
//! upright and its word.

use super::bar::number;
use super::mark::{cut, text};
use super::{Anchor, Drawing, Ink, Mark, Measure, Point, Rect, Segment, Weight, fill, grouped};

/// One month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrendMonth {
    /// Its name: `Nov 26`.
    pub label: String,
    /// One count per key.
    pub counts: Vec<u64>,
    /// The line's value in tenths of a percent; `None` where there is none.
    pub per_mille: Option<u64>,
    /// The line's value as it was sealed first, where it was restated, in tenths of a percent.
    pub first: Option<u64>,
    /// Sealed; else its name stands in brackets.
    pub sealed: bool,
    /// The definitions changed in front of it: the line breaks.
    pub breaks: bool,
}

/// A stretch of months.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trend {
    /// Name and filling of each part, from the top of a bar down; their counts are ignored.
    pub keys: Vec<Segment>,
    /// The months, oldest first.
    pub months: Vec<TrendMonth>,
}

/// Where the months lie.
struct Field {
    left: f32,
    width: f32,
    top: f32,
    base: f32,
    size: f32,
    slot: f32,
}

impl Field {
    fn middle(&self, i: usize) -> f32 {
        self.left + (i as f32 + 0.5) * self.slot
    }

    fn share(&self, per_mille: u64) -> f32 {
        self.base - per_mille.min(1000) as f32 / 1000.0 * (self.base - self.top)
    }
}

/// The chart, filling `rect`: machines at the left axis, shares at the right one.
pub fn trend(measure: &dyn Measure, rect: Rect, chart: &Trend, size: f32) -> Drawing {
    let total = |month: &TrendMonth| month.counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    let full = chart.months.iter().map(total).max().unwrap_or(0).max(1);
    let left = rect.x + measure.width(&grouped(full), size, Weight::Regular) + size * 0.9;
    let right = rect.right() - measure.width("100 %", size, Weight::Regular) - size * 0.9;
    let width = (right - left).max(size);
    let field = Field {
        left,
        width,
        top: rect.y + size * if chart.months.iter().any(|month| month.breaks) { 3.2 } else { 1.9 },
        base: rect.bottom() - size * 2.0,
        size,
        slot: width / chart.months.len().max(1) as f32,
    };
    let mut out = Drawing { height: rect.h, ..Drawing::default() };
    axes(&field, full, &mut out.marks);
    for (i, month) in chart.months.iter().enumerate() {
        bar(measure, &field, i, month, &chart.keys, full, &mut out.marks);
    }
    for (i, month) in chart.months.iter().enumerate().filter(|(_, month)| month.breaks) {
        broken(measure, &field, i, month, &mut out.marks);
    }
    line(&field, &chart.months, &mut out.marks);
    for (i, month) in chart.months.iter().enumerate() {
        counts(measure, &field, i, month, &chart.keys, full, &mut out.marks);
    }
    out
}

fn axes(field: &Field, full: u64, marks: &mut Vec<Mark>) {
    let size = field.size;
    for step in 0..=4_u64 {
        let y = field.share(step * 250);
        let (from, to) = (Point { x: field.left, y }, Point { x: field.left + field.width, y });
        let (thick, ink) = if step == 0 { (0.8, Ink::Weak) } else { (0.4, Ink::Rule) };
        marks.push(Mark::Line { from, to, width: thick, ink });
        let n = full * step / 4;
        if full.is_multiple_of(4) || step == 0 || step == 4 {
            let x = field.left - size * 0.5;
            marks.push(text(x, y + size * 0.36, &grouped(n), size, Weight::Regular, Ink::Weak, Anchor::End));
        }
        let x = field.left + field.width + size * 0.5;
        let share = format!("{}\u{a0}%", step * 25);
        marks.push(text(x, y + size * 0.36, &share, size, Weight::Regular, Ink::Weak, Anchor::Start));
    }
}

fn bar(
    measure: &dyn Measure,
    field: &Field,
    i: usize,
    month: &TrendMonth,
    keys: &[Segment],
    full: u64,
    marks: &mut Vec<Mark>,
) {
    let size = field.size;
    for (part, key, _) in parts(field, i, month, keys, full) {
        marks.extend(fill(part, key.tone, key.pattern));
    }
    let name = if month.sealed { month.label.clone() } else { format!("({})", month.label) };
    let name = cut(measure, &name, size, Weight::Regular, field.slot - 2.0);
    let ink = if month.sealed { Ink::Text } else { Ink::Weak };
    marks.push(text(
        field.middle(i),
        field.base + size * 1.4,
        &name,
        size,
        Weight::Regular,
        ink,
        Anchor::Middle,
    ));
}

/// Where the parts of a month stand, from the ground up, with what they count; none that counts nothing.
fn parts<'a>(
    field: &Field,
    i: usize,
    month: &TrendMonth,
    keys: &'a [Segment],
    full: u64,
) -> Vec<(Rect, &'a Segment, u64)> {
    let thick = (field.slot * 0.56).min(field.size * 6.0);
    let height = field.base - field.top;
    let mut y = field.base;
    // The last part is the best one and stands on the ground.
    let counted = keys.iter().zip(&month.counts).rev().filter(|(_, count)| **count > 0);
    let place = |(key, &count): (&'a Segment, &u64)| {
        let h = ((count as f64 / full as f64) as f32 * height).max(1.0);
        y -= h;
        (Rect::new(field.middle(i) - thick / 2.0, y, thick, h), key, count)
    };
    counted.map(place).collect()
}

/// The counts on the parts, each beside the month's point of the line; left out where a part has no room for both.
fn counts(
    measure: &dyn Measure,
    field: &Field,
    i: usize,
    month: &TrendMonth,
    keys: &[Segment],
    full: u64,
    marks: &mut Vec<Mark>,
) {
    let small = field.size * 0.85;
    let high = small * 1.5;
    let clear = high / 2.0 + field.size * 0.5;
    let taken: Vec<f32> =
        month.per_mille.iter().chain(&month.first).map(|share| field.share(*share)).collect();
    for (part, key, count) in parts(field, i, month, keys, full) {
        let label = grouped(count);
        let wide = measure.width(&label, small, Weight::SemiBold);
        if part.w < wide + 8.0 {
            continue;
        }
        let middle = part.y + part.h / 2.0;
        let beside = taken.iter().flat_map(|y| [y - clear, y + clear]);
        let free = |y: &f32| {
            let inside = *y - high / 2.0 >= part.y && *y + high / 2.0 <= part.bottom();
            inside && taken.iter().all(|at| (*y - at).abs() > clear - 0.01)
        };
        if let Some(y) = std::iter::once(middle).chain(beside).find(free) {
            let span = Rect::new(part.x, y - high / 2.0, part.w, high);
            number(marks, span, &label, small, wide, key.pattern);
        }
    }
}

/// A dashed upright in front of a month, with its word above the field.
fn broken(measure: &dyn Measure, field: &Field, i: usize, month: &TrendMonth, marks: &mut Vec<Mark>) {
    let x = field.left + i as f32 * field.slot;
    let dash = field.size * 0.5;
    let count = ((field.base - field.top) / dash).ceil().clamp(1.0, 500.0) as usize;
    for step in (0..count).step_by(2) {
        let y = field.top + step as f32 * dash;
        let (from, to) = (Point { x, y }, Point { x, y: (y + dash).min(field.base) });
        marks.push(Mark::Line { from, to, width: 1.0, ink: Ink::Text });
    }
    let words = format!("new definitions from {}", month.label);
    let wide = measure.width(&words, field.size * 0.85, Weight::Italic);
    let at = (x - wide / 2.0).clamp(field.left, (field.left + field.width - wide).max(field.left));
    let y = field.top - field.size * 2.0;
    marks.push(text(at, y, &words, field.size * 0.85, Weight::Italic, Ink::Text, Anchor::Start));
}

/// The line of shares: points joined where two months follow each other under the same definitions, each share above its month.
fn line(field: &Field, months: &[TrendMonth], marks: &mut Vec<Mark>) {
    let point = |i: usize| {
        let share = months.get(i)?.per_mille?;
        Some(Point { x: field.middle(i), y: field.share(share) })
    };
    for (i, month) in months.iter().enumerate().skip(1) {
        if let (Some(from), Some(to)) = (point(i - 1), point(i))
            && !month.breaks
        {
            // A light edge keeps the line apart from the patterns under it.
            marks.push(Mark::Line { from, to, width: 3.6, ink: Ink::Ground });
            marks.push(Mark::Line { from, to, width: 1.6, ink: Ink::Text });
        }
    }
    let size = field.size * 0.85;
    for (i, month) in months.iter().enumerate() {
        let Some(at) = point(i) else { continue };
        if let Some(first) = month.first {
            diamond(Point { x: at.x, y: field.share(first) }, field.size * 0.55, marks);
        }
        dot(at, field.size * 0.34, marks);
        let label = format!("{}\u{a0}%", share_text(month.per_mille.unwrap_or_default()));
        let above = field.top - field.size * 0.6;
        marks.push(text(at.x, above, &label, size, Weight::SemiBold, Ink::Text, Anchor::Middle));
    }
}

fn share_text(per_mille: u64) -> String {
    format!("{}.{}", per_mille / 10, per_mille % 10)
}

/// A round point: an octagon is round enough at this size.
fn dot(at: Point, radius: f32, marks: &mut Vec<Mark>) {
    let octagon = |radius: f32| {
        let corner = |step: u8| {
            let angle = f32::from(step) * std::f32::consts::FRAC_PI_4 + std::f32::consts::FRAC_PI_8;
            Point { x: at.x + radius * angle.cos(), y: at.y + radius * angle.sin() }
        };
        (0..8).map(corner).collect()
    };
    marks.push(Mark::Polygon { points: octagon(radius + 1.0), fill: Ink::Ground });
    marks.push(Mark::Polygon { points: octagon(radius), fill: Ink::Text });
}

/// A hollow diamond.
fn diamond(at: Point, radius: f32, marks: &mut Vec<Mark>) {
    let corners = |radius: f32| {
        vec![
            Point { x: at.x, y: at.y - radius },
            Point { x: at.x + radius, y: at.y },
            Point { x: at.x, y: at.y + radius },
            Point { x: at.x - radius, y: at.y },
        ]
    };
    marks.push(Mark::Polygon { points: corners(radius), fill: Ink::Text });
    marks.push(Mark::Polygon { points: corners((radius - 1.2).max(0.5)), fill: Ink::Ground });
}

/// What the chart shows in one sentence, for readers that cannot see it.
pub fn trend_text(chart: &Trend) -> String {
    let month = |month: &TrendMonth| {
        let machines: u64 = month.counts.iter().sum();
        let share = month.per_mille.map_or_else(|| "none due".to_owned(), |n| format!("{} %", share_text(n)));
        let sealed = if month.sealed { "sealed" } else { "not sealed" };
        let breaks = if month.breaks { ", new definitions" } else { "" };
        format!("{} {sealed}{breaks}: {} machines, {share}", month.label, grouped(machines))
    };
    chart.months.iter().map(month).collect::<Vec<_>>().join("; ")
}
