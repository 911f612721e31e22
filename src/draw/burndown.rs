//! What is still open, day by day, against the straight line to the due day. Owns its geometry; counts nothing.

use chrono::NaiveDate;

use super::mark::text;
use super::{Anchor, Drawing, Ink, Mark, Measure, Point, Rect, Tone, Weight, grouped};

/// How a campaign goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Burndown {
    /// The first day.
    pub from_on: NaiveDate,
    /// The day it is due.
    pub due_on: NaiveDate,
    /// What was open at the beginning: the height of the chart and the start of the straight line.
    pub total: u64,
    /// How many were open at the end of each of these days, in their order; a day without a count has none.
    pub open: Vec<(NaiveDate, u64)>,
}

/// The chart, filling `rect`: steps for what is open, dashes for the straight line, the last count in words.
pub fn burndown(measure: &dyn Measure, rect: Rect, chart: &Burndown, size: f32) -> Drawing {
    let mut marks = Vec::new();
    let last = chart.open.last().map_or(chart.due_on, |(on, _)| (*on).max(chart.due_on));
    let days = (last - chart.from_on).num_days().max(1) as f32;
    let full = chart.open.iter().map(|(_, n)| *n).fold(chart.total, u64::max).max(1);
    let left = rect.x + measure.width(&grouped(full), size, Weight::Regular) + size * 0.8;
    let base = rect.bottom() - size * 1.9;
    let top = rect.y + size * 1.6;
    let (width, height) = ((rect.right() - left - size * 0.5).max(size), (base - top).max(size));
    let x = |on: NaiveDate| left + (on - chart.from_on).num_days().max(0) as f32 / days * width;
    let y = |n: u64| base - (n as f64 / full as f64) as f32 * height;
    for step in 0..=4_u64 {
        let n = full * step / 4;
        if step > 0 && n == full * (step - 1) / 4 {
            continue;
        }
        let (from, to) = (Point { x: left, y: y(n) }, Point { x: left + width, y: y(n) });
        let (thick, ink) = if step == 0 { (0.8, Ink::Weak) } else { (0.4, Ink::Rule) };
        marks.push(Mark::Line { from, to, width: thick, ink });
        let (at, label) = (left - size * 0.5, grouped(n));
        marks.push(text(at, y(n) + size * 0.36, &label, size, Weight::Regular, Ink::Weak, Anchor::End));
    }
    dashes(
        &mut marks,
        Point { x: left, y: y(chart.total) },
        Point { x: x(chart.due_on), y: base },
        size * 0.6,
    );
    steps(&mut marks, chart, &x, &y);
    days_below(measure, &mut marks, chart, &x, base + size * 1.4, size);
    if let Some((on, n)) = chart.open.last() {
        let label = format!("{} open", grouped(*n));
        let wide = measure.width(&label, size, Weight::SemiBold);
        let at = (x(*on) + size * 0.4).min(rect.right() - wide);
        let baseline = y(*n) - size * 0.5;
        let plate = Rect::new(at - 1.5, baseline - size * 0.85, wide + 3.0, size * 1.1);
        marks.push(Mark::Rect { rect: plate, fill: Some(Ink::Ground), stroke: None });
        marks.push(text(at, baseline, &label, size, Weight::SemiBold, Ink::Text, Anchor::Start));
    }
    Drawing { marks, height: rect.h }
}

fn dashes(marks: &mut Vec<Mark>, from: Point, to: Point, dash: f32) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let count = ((dx.hypot(dy) / dash.max(0.5)).ceil() as usize).clamp(1, 2000);
    let at = |i: usize| {
        let share = i as f32 / count as f32;
        Point { x: from.x + dx * share, y: from.y + dy * share }
    };
    for i in (0..count).step_by(2) {
        marks.push(Mark::Line { from: at(i), to: at(i + 1), width: 0.8, ink: Ink::Weak });
    }
}

/// Level until the next count, then down or up to it.
fn steps(marks: &mut Vec<Mark>, chart: &Burndown, x: &dyn Fn(NaiveDate) -> f32, y: &dyn Fn(u64) -> f32) {
    let ink = Ink::Full(Tone::Accent);
    let mut at = Point { x: x(chart.from_on), y: y(chart.total) };
    for (on, n) in &chart.open {
        let level = Point { x: x(*on), y: at.y };
        let next = Point { x: level.x, y: y(*n) };
        marks.push(Mark::Line { from: at, to: level, width: 1.6, ink });
        marks.push(Mark::Line { from: level, to: next, width: 1.6, ink });
        at = next;
    }
}

fn days_below(
    measure: &dyn Measure,
    marks: &mut Vec<Mark>,
    chart: &Burndown,
    x: &dyn Fn(NaiveDate) -> f32,
    baseline: f32,
    size: f32,
) {
    let mut named = vec![
        (chart.from_on, chart.from_on.format("%-d\u{a0}%b").to_string()),
        (chart.due_on, chart.due_on.format("due\u{a0}%-d\u{a0}%b").to_string()),
    ];
    named.extend(chart.open.last().map(|(on, _)| (*on, on.format("%-d\u{a0}%b").to_string())));
    let mut taken: Vec<(f32, f32)> = Vec::new();
    for (i, (on, label)) in named.into_iter().enumerate() {
        let wide = measure.width(&label, size, Weight::Regular);
        let (from, anchor) = match i {
            0 => (x(on), Anchor::Start),
            1 => (x(on) - wide, Anchor::End),
            _ => (x(on) - wide / 2.0, Anchor::Middle),
        };
        if taken.iter().any(|(a, b)| from < b + size && from + wide > a - size) {
            continue;
        }
        taken.push((from, from + wide));
        marks.push(text(x(on), baseline, &label, size, Weight::Regular, Ink::Text, anchor));
    }
}
