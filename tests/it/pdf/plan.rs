//! Drawn plans: a month loses no entry, labels of a strip do not run into each other, a burndown says its last count.

use chrono::NaiveDate;
use patchbook::draw::{
    Burndown, Mark, Measure, Milestone, MonthEntry, MonthGrid, Phase, Rect, Standing, Timeline, Tone, Weight,
    burndown, month_grid, timeline, weeks_of,
};

/// Every character is half the size wide.
struct Half;

impl Measure for Half {
    fn width(&self, text: &str, size: f32, _: Weight) -> f32 {
        text.chars().count() as f32 * size / 2.0
    }
}

const PLACE: Rect = Rect::new(10.0, 20.0, 740.0, 400.0);

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

fn entry(on: NaiveDate, text: &str) -> MonthEntry {
    MonthEntry { on, time: "21:00".into(), text: text.into(), tone: Tone::Accent }
}

fn words(marks: &[Mark]) -> Vec<(String, f32, f32)> {
    marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Text { text, at, .. } => Some((text.clone(), at.x, at.y)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_month_shows_the_whole_weeks_it_touches_monday_first() {
    assert_eq!(weeks_of(day(12, 8)), (day(11, 30), 5));
    assert_eq!(weeks_of(day(2, 1)), (day(1, 26), 5), "1 February 2026 is a Sunday");
    let june = NaiveDate::from_ymd_opt(2027, 2, 14).expect("a date");
    assert_eq!(weeks_of(june).1, 4, "February 2027 begins on a Monday and has 28 days");
    let grid = MonthGrid { month_on: day(12, 8), ..MonthGrid::default() };
    let drawing = month_grid(&Half, PLACE, &grid, 7.0);
    assert_eq!(drawing.head.len(), 7);
    assert_eq!(drawing.days.len(), 35);
    let last = drawing.days.last().expect("a day");
    assert!(
        (last.rect.right() - PLACE.right()).abs() < 0.1 && (last.rect.bottom() - PLACE.bottom()).abs() < 0.1
    );
}

#[test]
fn every_entry_of_a_day_is_shown_or_counted() {
    for many in 0..30_usize {
        let entries = (0..many).map(|n| entry(day(12, 11), &format!("Group {n} with a name of some length")));
        let grid = MonthGrid { month_on: day(12, 1), entries: entries.collect(), ..MonthGrid::default() };
        let drawing = month_grid(&Half, PLACE, &grid, 7.0);
        let cell = drawing.days.iter().find(|d| d.on == day(12, 11)).expect("the day");
        assert_eq!(cell.places.len() + cell.hidden, many, "{many}");
        let said = words(&cell.marks).iter().any(|(text, ..)| *text == format!("+{} more", cell.hidden));
        assert_eq!(said, cell.hidden > 0, "{many}: {:?}", words(&cell.marks));
        for (text, x, y) in words(&cell.marks) {
            assert!(x >= cell.rect.x && x <= cell.rect.right(), "{text}");
            assert!(y >= cell.rect.y && y <= cell.rect.bottom(), "{text} of {many}");
        }
    }
}

#[test]
fn a_cell_too_low_for_any_entry_still_counts_them() {
    let entries = vec![entry(day(12, 11), "One"), entry(day(12, 11), "Two")];
    let grid = MonthGrid { month_on: day(12, 1), entries, ..MonthGrid::default() };
    let drawing = month_grid(&Half, Rect::new(0.0, 0.0, 700.0, 110.0), &grid, 7.0);
    let cell = drawing.days.iter().find(|d| d.on == day(12, 11)).expect("the day");
    assert_eq!(cell.hidden, 2);
    assert!(words(&cell.marks).iter().any(|(text, ..)| text == "+2 more"));
}

fn strip() -> Timeline {
    let milestone = |on, text: &str| Milestone { on, text: text.into(), tone: Tone::Accent };
    Timeline {
        from_on: day(11, 30),
        to_on: day(12, 20),
        today: Some(day(12, 9)),
        phases: vec![
            Phase { name: "Plan".into(), from_on: day(11, 30), to_on: day(12, 7), standing: Standing::Past },
            Phase {
                name: "Test".into(),
                from_on: day(12, 8),
                to_on: day(12, 10),
                standing: Standing::Current,
            },
            Phase {
                name: "Verify".into(),
                from_on: day(12, 10),
                to_on: day(12, 20),
                standing: Standing::Ahead,
            },
        ],
        milestones: vec![
            milestone(day(12, 8), "Patch Tuesday"),
            milestone(day(12, 10), "Announcement to everybody"),
            milestone(day(12, 11), "Cut-off for exceptions"),
            milestone(day(12, 11), "First night"),
            milestone(day(12, 19), "Exceptions and failed attempts"),
        ],
    }
}

#[test]
fn the_labels_of_a_strip_do_not_run_into_each_other() {
    let drawing = timeline(&Half, PLACE, &strip(), 8.0);
    let plates: Vec<Rect> = drawing
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rect { rect, fill: Some(patchbook::draw::Ink::Ground), stroke: None } => Some(*rect),
            _ => None,
        })
        .filter(|rect| rect.y > PLACE.y + 60.0)
        .collect();
    assert_eq!(plates.len(), 5);
    for (i, a) in plates.iter().enumerate() {
        assert!(a.x >= PLACE.x - 5.0 && a.right() <= PLACE.right() + 0.1, "{a:?}");
        for b in &plates[i + 1..] {
            let apart = a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y;
            assert!(apart, "{a:?} {b:?}");
        }
    }
    assert!(words(&drawing.marks).iter().any(|(text, ..)| text == "today"));
}

#[test]
fn a_day_outside_the_strip_is_not_marked_as_today() {
    let strip = Timeline { today: Some(day(1, 9)), ..strip() };
    let drawing = timeline(&Half, PLACE, &strip, 8.0);
    assert!(!words(&drawing.marks).iter().any(|(text, ..)| text == "today"));
}

#[test]
fn a_burndown_says_its_last_count_and_keeps_to_its_rectangle() {
    let chart = Burndown {
        from_on: day(11, 1),
        due_on: day(12, 31),
        total: 240,
        open: vec![(day(11, 8), 260), (day(11, 20), 130), (day(12, 9), 61)],
    };
    let drawing = burndown(&Half, PLACE, &chart, 8.0);
    assert!(words(&drawing.marks).iter().any(|(text, ..)| text == "61 open"));
    for mark in &drawing.marks {
        if let Mark::Line { from, to, .. } = mark {
            for p in [from, to] {
                assert!(p.x >= PLACE.x && p.x <= PLACE.right() + 0.1, "{p:?}");
                assert!(p.y >= PLACE.y && p.y <= PLACE.bottom() + 0.1, "{p:?}");
            }
        }
    }
}

#[test]
fn a_burndown_of_nothing_is_drawn_all_the_same() {
    let chart = Burndown { from_on: day(11, 1), due_on: day(11, 1), total: 0, open: Vec::new() };
    assert!(!burndown(&Half, PLACE, &chart, 8.0).marks.is_empty());
}
