//! Fillings that are told apart without colour. Owns the hatching; never labels anything.

use super::{Ink, Mark, Point, Rect, Tone};

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pattern {
    /// The full tone.
    #[default]
    Solid,
    /// Lines rising to the right.
    Rising,
    /// Lines falling to the right.
    Falling,
    /// Both at once.
    Cross,
    /// Dots.
    Dots,
    /// Level lines.
    Level,
    /// Upright lines.
    Upright,
    /// Only an outline.
    Hollow,
}

/// Distance between hatch lines; the same on every bar so that a legend matches.
const STEP: f32 = 4.0;
const THIN: f32 = 0.7;

/// Fills `rect` with the tone in the pattern, with a thin outline of the full tone.
pub fn fill(rect: Rect, tone: Tone, pattern: Pattern) -> Vec<Mark> {
    if rect.w <= 0.0 || rect.h <= 0.0 {
        return Vec::new();
    }
    let full = Ink::Full(tone);
    let ground = match pattern {
        Pattern::Solid => full,
        Pattern::Hollow => Ink::Ground,
        _ => Ink::Light(tone),
    };
    let mut marks = vec![Mark::Rect { rect, fill: Some(ground), stroke: None }];
    match pattern {
        Pattern::Solid | Pattern::Hollow => {}
        Pattern::Rising => slanted(rect, full, true, &mut marks),
        Pattern::Falling => slanted(rect, full, false, &mut marks),
        Pattern::Cross => {
            slanted(rect, full, true, &mut marks);
            slanted(rect, full, false, &mut marks);
        }
        Pattern::Dots => dots(rect, full, &mut marks),
        Pattern::Level => level(rect, full, &mut marks),
        Pattern::Upright => upright(rect, full, &mut marks),
    }
    if pattern != Pattern::Solid && rect.w > 1.5 {
        marks.push(Mark::Rect { rect: rect.shrink(0.35), fill: None, stroke: Some((THIN, full)) });
    }
    marks
}

fn slanted(rect: Rect, ink: Ink, rising: bool, marks: &mut Vec<Mark>) {
    let count = ((rect.w + rect.h) / STEP).ceil().min(4000.0) as usize;
    for i in 1..count {
        let start = i as f32 * STEP - rect.h;
        // Clipped to the rectangle by hand: the backends have no common clip.
        let (left, right) = (start.max(0.0), (start + rect.h).min(rect.w));
        if right - left < 0.3 {
            continue;
        }
        let height = |along: f32| {
            let up = along - start;
            if rising { rect.bottom() - up } else { rect.y + up }
        };
        marks.push(Mark::Line {
            from: Point { x: rect.x + left, y: height(left) },
            to: Point { x: rect.x + right, y: height(right) },
            width: THIN,
            ink,
        });
    }
}

fn level(rect: Rect, ink: Ink, marks: &mut Vec<Mark>) {
    let count = (rect.h / STEP).floor().min(400.0) as usize;
    for i in 1..=count {
        let y = rect.y + i as f32 * STEP - STEP / 2.0 + (rect.h - count as f32 * STEP) / 2.0;
        marks.push(Mark::Line {
            from: Point { x: rect.x, y },
            to: Point { x: rect.right(), y },
            width: THIN,
            ink,
        });
    }
}

fn upright(rect: Rect, ink: Ink, marks: &mut Vec<Mark>) {
    let count = (rect.w / STEP).floor().min(1000.0) as usize;
    for i in 1..=count {
        let x = rect.x + i as f32 * STEP - STEP / 2.0 + (rect.w - count as f32 * STEP) / 2.0;
        marks.push(Mark::Line {
            from: Point { x, y: rect.y },
            to: Point { x, y: rect.bottom() },
            width: THIN,
            ink,
        });
    }
}

fn dots(rect: Rect, ink: Ink, marks: &mut Vec<Mark>) {
    const DOT: f32 = 1.3;
    let rows = (rect.h / STEP).floor().clamp(1.0, 100.0) as usize;
    let columns = (rect.w / STEP).floor().min(1000.0) as usize;
    let top = rect.y + (rect.h - rows as f32 * STEP) / 2.0;
    for row in 0..rows {
        let shift = if row % 2 == 0 { 0.25 } else { 0.75 };
        for column in 0..columns {
            let x = rect.x + (column as f32 + shift) * STEP;
            if x + DOT > rect.right() {
                continue;
            }
            let y = top + (row as f32 + 0.5) * STEP - DOT / 2.0;
            marks.push(Mark::Rect { rect: Rect::new(x, y, DOT, DOT), fill: Some(ink), stroke: None });
        }
    }
}
