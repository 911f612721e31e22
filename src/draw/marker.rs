//! One shape for each tone, so that a marker survives black and white. Owns the shapes; says no words.

use super::{Ink, Mark, Point, Rect, Tone};

/// The marker of a tone in a square of side `size` whose left edge is `x` and whose middle is at the height `middle`: circle
/// good, triangle warn, square bad, ring unknown, diamond accent, bar plain.
pub fn marker(tone: Tone, x: f32, middle: f32, size: f32) -> Vec<Mark> {
    let (top, half) = (middle - size / 2.0, size / 2.0);
    let at = |x: f32, y: f32| Point { x, y };
    let polygon = |points: Vec<Point>| Mark::Polygon { points, fill: Ink::Full(tone) };
    match tone {
        Tone::Good => vec![polygon(round(x + half, middle, half))],
        Tone::Warn => {
            let low = top + size;
            vec![polygon(vec![at(x + half, top - size * 0.05), at(x + size, low), at(x, low)])]
        }
        Tone::Bad => {
            let rect = Rect::new(x, top, size, size).shrink(size * 0.05);
            vec![Mark::Rect { rect, fill: Some(Ink::Full(tone)), stroke: None }]
        }
        Tone::Accent => {
            let low = top + size;
            vec![polygon(vec![at(x + half, top), at(x + size, middle), at(x + half, low), at(x, middle)])]
        }
        Tone::Unknown => {
            let hole = Mark::Polygon { points: round(x + half, middle, half * 0.66), fill: Ink::Ground };
            vec![polygon(round(x + half, middle, half)), hole]
        }
        Tone::Plain => {
            let rect = Rect::new(x + size * 0.1, middle - size * 0.15, size * 0.8, size * 0.3);
            vec![Mark::Rect { rect, fill: Some(Ink::Full(tone)), stroke: None }]
        }
    }
}

fn round(x: f32, y: f32, radius: f32) -> Vec<Point> {
    let corner = |i: u8| {
        let (sin, cos) = (f32::from(i) * std::f32::consts::TAU / 16.0).sin_cos();
        Point { x: x + cos * radius, y: y + sin * radius }
    };
    (0..16).map(corner).collect()
}
