//! A cycle as a strip: days across, phases as bars, milestones under them, the current day as a line through all. Owns its
//! geometry; labels that would run into each other stand in lanes under each other.

use chrono::{Datelike as _, NaiveDate};

use super::mark::{cut, text};
use super::marker::marker;
use super::{Anchor, Drawing, Ink, Mark, Measure, Pattern, Point, Rect, Tone, Weight, fill};

/// Where a phase stands against the current day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Over.
    Past,
    /// Now.
    Current,
    /// Still to come.
    #[default]
    Ahead,
}

/// A stretch of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Its name.
    pub name: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, included.
    pub to_on: NaiveDate,
    /// Past, current or ahead.
    pub standing: Standing,
}

/// A day that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The day.
    pub on: NaiveDate,
    /// What.
    pub text: String,
    /// Its tone, shown by a shape: done good, late bad, open plain or accent.
    pub tone: Tone,
}

/// A cycle as a strip of days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// First day shown.
    pub from_on: NaiveDate,
    /// Last day shown, included.
    pub to_on: NaiveDate,
    /// The current day, if it is to be marked; outside the strip it is left out.
    pub today: Option<NaiveDate>,
    /// The phases.
    pub phases: Vec<Phase>,
    /// The milestones.
    pub milestones: Vec<Milestone>,
}

struct Scale {
    x: f32,
    day: f32,
    from_on: NaiveDate,
    days: i64,
}

impl Scale {
    /// The left edge of a day, kept inside the strip.
    fn left(&self, on: NaiveDate) -> f32 {
        self.x + (on - self.from_on).num_days().clamp(0, self.days) as f32 * self.day
    }

    fn middle(&self, on: NaiveDate) -> f32 {
        self.left(on) + self.day / 2.0
    }
}

/// The strip across the width of `rect`; grows downward from its top. Days outside the strip are kept at its edges.
pub fn timeline(measure: &dyn Measure, rect: Rect, strip: &Timeline, size: f32) -> Drawing {
    let days = ((strip.to_on - strip.from_on).num_days() + 1).clamp(1, 800);
    let scale = Scale { x: rect.x, day: rect.w / days as f32, from_on: strip.from_on, days };
    let mut marks = Vec::new();
    let mut y = rect.y + if strip.today.is_some() { size * 1.5 } else { 0.0 };
    let top = y;
    y = phases(measure, &mut marks, strip, &scale, y, size);
    let axis = y;
    y = ruler(measure, &mut marks, strip, &scale, y, size);
    y = milestones(measure, &mut marks, rect, strip, &scale, y, size);
    let mut ground = weekends(strip, &scale, Rect::new(rect.x, axis, rect.w, size * 2.6));
    if let Some(on) = strip.today.filter(|on| *on >= strip.from_on && *on <= strip.to_on) {
        today(measure, &mut marks, rect, scale.middle(on), (top, axis + size * 2.6), size);
    }
    ground.append(&mut marks);
    Drawing { marks: ground, height: y - rect.y }
}

fn today(measure: &dyn Measure, marks: &mut Vec<Mark>, rect: Rect, x: f32, span: (f32, f32), size: f32) {
    let ink = Ink::Full(Tone::Bad);
    let (from, to) = (Point { x, y: span.0 - size * 0.3 }, Point { x, y: span.1 });
    marks.push(Mark::Line { from, to, width: 1.4, ink });
    let half = measure.width("today", size, Weight::SemiBold) / 2.0;
    let at = x.clamp(rect.x + half, (rect.right() - half).max(rect.x + half));
    marks.push(text(at, span.0 - size * 0.6, "today", size, Weight::SemiBold, ink, Anchor::Middle));
}

/// Phases in lanes, so that two that overlap do not hide each other; answers the lower edge.
fn phases(
    measure: &dyn Measure,
    marks: &mut Vec<Mark>,
    strip: &Timeline,
    scale: &Scale,
    y: f32,
    size: f32,
) -> f32 {
    let (thick, lane) = (size * 2.0, size * 2.3);
    let mut ends: Vec<f32> = Vec::new();
    for phase in &strip.phases {
        let left = scale.left(phase.from_on);
        let right = (scale.left(phase.to_on) + scale.day).max(left + 2.0);
        let free = ends.iter().position(|end| *end <= left + 0.01);
        let row = free.unwrap_or_else(|| {
            ends.push(0.0);
            ends.len() - 1
        });
        ends[row] = right;
        let bar = Rect::new(left + 0.5, y + row as f32 * lane, right - left - 1.0, thick);
        let (tone, pattern, ink) = match phase.standing {
            Standing::Past => (Tone::Plain, Pattern::Level, Ink::Text),
            Standing::Current => (Tone::Accent, Pattern::Solid, Ink::OnTone),
            Standing::Ahead => (Tone::Plain, Pattern::Hollow, Ink::Text),
        };
        marks.extend(fill(bar, tone, pattern));
        let name = cut(measure, &phase.name, size, Weight::SemiBold, bar.w - size * 0.8);
        if name.is_empty() {
            continue;
        }
        if pattern == Pattern::Level {
            let wide = measure.width(&name, size, Weight::SemiBold);
            let plate = Rect::new(bar.x + size * 0.25, bar.y + size * 0.35, wide + size * 0.4, size * 1.3);
            marks.push(Mark::Rect { rect: plate, fill: Some(Ink::Ground), stroke: None });
        }
        let (x, baseline) = (bar.x + size * 0.45, bar.y + thick / 2.0 + size * 0.36);
        marks.push(text(x, baseline, &name, size, Weight::SemiBold, ink, Anchor::Start));
    }
    y + ends.len() as f32 * lane
}

fn weekends(strip: &Timeline, scale: &Scale, band: Rect) -> Vec<Mark> {
    strip
        .from_on
        .iter_days()
        .take(scale.days as usize)
        .filter(|on| on.weekday().num_days_from_monday() >= 5)
        .map(|on| Mark::Rect {
            rect: Rect::new(scale.left(on), band.y, scale.day, band.h),
            fill: Some(Ink::Stripe),
            stroke: None,
        })
        .collect()
}

/// Ticks and dates as far as there is room: every day, else Mondays, else firsts of months; answers the lower edge.
fn ruler(
    measure: &dyn Measure,
    marks: &mut Vec<Mark>,
    strip: &Timeline,
    scale: &Scale,
    y: f32,
    size: f32,
) -> f32 {
    let small = size * 0.9;
    let number = measure.width("28", small, Weight::Regular) + 3.0;
    let dated = measure.width("28 Nov", small, Weight::Regular) + 4.0;
    let end = Point { x: scale.x + scale.days as f32 * scale.day, y };
    marks.push(Mark::Line { from: Point { x: scale.x, y }, to: end, width: 0.8, ink: Ink::Weak });
    let daily = scale.day >= number;
    let mut free = f32::MIN;
    for on in strip.from_on.iter_days().take(scale.days as usize) {
        let monday = on.weekday().num_days_from_monday() == 0;
        let shown = daily || if scale.day * 7.0 >= dated { monday } else { on.day() == 1 };
        if !shown {
            continue;
        }
        let x = scale.left(on);
        let (from, to) = (Point { x, y }, Point { x, y: y + size * 0.5 });
        marks.push(Mark::Line { from, to, width: 0.6, ink: Ink::Weak });
        let middle = if daily { scale.middle(on) } else { x };
        let weekday = on.format("%a").to_string();
        if daily && scale.day >= measure.width("Wed", small, Weight::Regular) + 2.0 {
            let ink = Ink::Weak;
            marks.push(text(middle, y + size * 1.35, &weekday, small, Weight::Regular, ink, Anchor::Middle));
        }
        let named = !daily || on.day() == 1 || on == strip.from_on;
        let label = if named { on.format("%-d\u{a0}%b").to_string() } else { on.format("%-d").to_string() };
        let half = measure.width(&label, small, Weight::Medium) / 2.0;
        let middle = middle.clamp(scale.x + half, (end.x - half).max(scale.x + half));
        if middle - half < free {
            continue;
        }
        free = middle + half + 2.0;
        let y = y + size * 2.35;
        marks.push(text(middle, y, &label, small, Weight::Medium, Ink::Text, Anchor::Middle));
    }
    y + size * 2.9
}

/// Milestones with their labels in lanes; answers the lower edge.
fn milestones(
    measure: &dyn Measure,
    marks: &mut Vec<Mark>,
    rect: Rect,
    strip: &Timeline,
    scale: &Scale,
    y: f32,
    size: f32,
) -> f32 {
    let lane = size * 1.7;
    let mut sorted: Vec<&Milestone> = strip.milestones.iter().collect();
    sorted.sort_by_key(|m| m.on);
    // From the right to the left: the line down to a label then never crosses a label in a lane above.
    let mut starts: Vec<f32> = Vec::new();
    let mut lines = Vec::new();
    for milestone in sorted.into_iter().rev() {
        let x = scale.middle(milestone.on);
        let room = rect.w * 0.6;
        let label = format!("{} {}", milestone.on.format("%a\u{a0}%-d\u{a0}%b"), milestone.text);
        let label = cut(measure, &label, size, Weight::Regular, room);
        let wide = measure.width(&label, size, Weight::Regular) + size * 1.4;
        let turned = x + wide > rect.right();
        let (left, right) = if turned { (x - wide, x + size * 0.5) } else { (x - size * 0.5, x + wide) };
        let fits = |start: &f32| right + size * 0.4 <= *start;
        let row = starts.iter().rposition(|start| !fits(start)).map_or(0, |last| last + 1);
        if row == starts.len() {
            starts.push(f32::MAX);
        }
        starts[row] = left;
        let middle = y + row as f32 * lane + lane / 2.0;
        lines.push(Mark::Line {
            from: Point { x, y: y - size * 0.2 },
            to: Point { x, y: middle },
            width: 0.5,
            ink: Ink::Weak,
        });
        let plate = Rect::new(left, middle - size * 0.65, right - left, size * 1.3);
        marks.push(Mark::Rect { rect: plate, fill: Some(Ink::Ground), stroke: None });
        marks.extend(marker(milestone.tone, x - size * 0.4, middle, size * 0.8));
        let (at, anchor) =
            if turned { (x - size * 0.8, Anchor::End) } else { (x + size * 0.8, Anchor::Start) };
        marks.push(text(at, middle + size * 0.36, &label, size, Weight::Regular, Ink::Text, anchor));
    }
    // Under the labels, so that no line strikes one through.
    let labels = std::mem::take(marks);
    marks.extend(lines);
    marks.extend(labels);
    y + starts.len() as f32 * lane
}
