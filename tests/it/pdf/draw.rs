//! Drawings: parts add up, small counts are seen, nothing leaves its rectangle.

use patchbook::draw::{
    Mark, Measure, Pattern, Rect, Segment, Tone, Trend, TrendMonth, Weight, fill, legend, segment_bar,
    segment_spans, trend,
};

/// Every character is half the size wide.
struct Half;

impl Measure for Half {
    fn width(&self, text: &str, size: f32, _: Weight) -> f32 {
        text.chars().count() as f32 * size / 2.0
    }
}

const PLACE: Rect = Rect::new(10.0, 20.0, 300.0, 24.0);

fn parts(counts: &[u64]) -> Vec<Segment> {
    counts
        .iter()
        .map(|n| Segment {
            name: format!("part of {n}"),
            count: *n,
            tone: Tone::Good,
            pattern: Pattern::Rising,
        })
        .collect()
}

#[test]
fn the_parts_of_a_bar_fill_it_from_edge_to_edge() {
    let spans = segment_spans(PLACE, &[5, 0, 10, 1]);
    assert!((spans[0].x - PLACE.x).abs() < 0.01);
    assert!((spans[3].right() - PLACE.right()).abs() < 0.01);
    assert!(spans[1].w <= 0.0);
    assert!((spans[2].w / spans[0].w - 2.0).abs() < 0.05);
}

#[test]
fn one_machine_among_a_million_is_still_seen() {
    let spans = segment_spans(PLACE, &[1, 1_000_000, 1]);
    assert!(spans[0].w >= 2.9 && spans[2].w >= 2.9);
    assert!((spans[2].right() - PLACE.right()).abs() < 0.01);
}

#[test]
fn more_parts_than_the_bar_has_room_for_still_fit() {
    let spans = segment_spans(Rect::new(0.0, 0.0, 50.0, 5.0), &[1; 40]);
    assert!(spans.iter().all(|s| s.w >= 0.0 && s.right() <= 50.01));
}

#[test]
fn a_count_without_room_on_the_bar_stands_in_the_legend() {
    let parts = parts(&[2, 90_000]);
    let texts = |marks: &[Mark]| -> Vec<String> {
        let text = |m: &Mark| if let Mark::Text { text, .. } = m { Some(text.clone()) } else { None };
        marks.iter().filter_map(text).collect()
    };
    assert_eq!(texts(&segment_bar(&Half, PLACE, &parts)), ["90,000"]);
    let key = legend(&Half, PLACE, &parts, 8.0, true);
    assert_eq!(texts(&key.marks), ["2", "part of 2", "90,000", "part of 90000"]);
    assert!(key.height > 0.0);
}

#[test]
fn hatching_stays_inside_its_rectangle_and_each_pattern_is_different() {
    let patterns = [
        Pattern::Solid,
        Pattern::Rising,
        Pattern::Falling,
        Pattern::Cross,
        Pattern::Dots,
        Pattern::Level,
        Pattern::Hollow,
    ];
    let all: Vec<Vec<Mark>> = patterns.iter().map(|p| fill(PLACE, Tone::Bad, *p)).collect();
    for (i, marks) in all.iter().enumerate() {
        assert!(all[..i].iter().all(|other| other != marks), "{:?}", patterns[i]);
        for mark in marks {
            let points = match mark {
                Mark::Line { from, to, .. } => vec![*from, *to],
                Mark::Rect { rect, .. } => vec![
                    patchbook::draw::Point { x: rect.x, y: rect.y },
                    patchbook::draw::Point { x: rect.right(), y: rect.bottom() },
                ],
                other => panic!("{other:?}"),
            };
            for p in points {
                assert!(p.x >= PLACE.x - 0.01 && p.x <= PLACE.right() + 0.01, "{p:?}");
                assert!(p.y >= PLACE.y - 0.01 && p.y <= PLACE.bottom() + 0.01, "{p:?}");
            }
        }
    }
}

#[test]
fn no_count_of_a_trend_is_covered_by_the_line_or_its_share() {
    let month = |good: u64, bad: u64, share: u64| TrendMonth {
        label: "Nov 26".to_owned(),
        counts: vec![bad, good],
        per_mille: Some(share),
        sealed: true,
        ..TrendMonth::default()
    };
    // Points in the middle of a part, at its edge and in a part too low for both.
    let months = vec![month(50, 50, 250), month(50, 50, 500), month(97, 3, 985), month(30, 70, 650)];
    let chart = Trend { keys: parts(&[0, 0]), months };
    let drawing = trend(&Half, Rect::new(0.0, 0.0, 600.0, 240.0), &chart, 10.0);
    let dots: Vec<(f32, f32)> = drawing
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Polygon { points, .. } if points.len() == 8 => {
                let (low, high) =
                    points.iter().fold((f32::MAX, f32::MIN), |(a, b), p| (a.min(p.y), b.max(p.y)));
                Some((points.iter().map(|p| p.x).sum::<f32>() / 8.0, f32::midpoint(low, high)))
            }
            _ => None,
        })
        .collect();
    let bold: Vec<(&str, f32, f32)> = drawing
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Text { at, text, weight: Weight::SemiBold, .. } => Some((text.as_str(), at.x, at.y)),
            _ => None,
        })
        .collect();
    for wanted in ["25.0\u{a0}%", "50", "70", "97"] {
        assert!(bold.iter().any(|(text, ..)| *text == wanted), "{wanted} is missing in {bold:?}");
    }
    for (text, x, y) in &bold {
        for (dot_x, dot_y) in &dots {
            // A number stands on its baseline; its middle is a third of its size above.
            let apart = (dot_y - (y - 3.0)).abs();
            assert!((x - dot_x).abs() > 20.0 || apart > 7.0, "{text} lies on a point of the line");
        }
    }
}
