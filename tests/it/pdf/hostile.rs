//! Layouts nobody should write: nothing panics, nothing hangs, nothing leaves the page, nothing is dropped in silence.

use patchbook::draw::Mark;
use patchbook::pdf::scene::{Content, Scene};
use patchbook::pdf::{compose, render};
use patchbook::report::layout::{
    Bar, BarChart, Column, Direction, KeyFigure, Layout, Paper, SegmentBar, StackedBars, Table, Tone,
};

use super::read::{all_text, open, pages, text};
use super::sample::segments;

/// Every mark lies on the sheet.
fn check_on_sheet(scene: &Scene) {
    let inside = |x: f32, y: f32| {
        assert!(x >= 0.0 && x <= scene.width && y >= 0.0 && y <= scene.height, "({x}, {y}) is off the sheet");
    };
    for item in scene.pages.iter().flat_map(|page| &page.items) {
        match &item.content {
            Content::Glyphs(glyphs) => inside(glyphs.x, glyphs.y),
            Content::Shape(Mark::Rect { rect, .. }) | Content::Logo(rect) => {
                inside(rect.x, rect.y);
                inside(rect.right(), rect.bottom());
            }
            Content::Shape(Mark::Line { from, to, .. }) => {
                inside(from.x, from.y);
                inside(to.x, to.y);
            }
            Content::Shape(Mark::Polygon { points, .. }) => points.iter().for_each(|p| inside(p.x, p.y)),
            Content::Shape(Mark::Text { .. }) => panic!("flow turns text marks into glyphs"),
            Content::Stamp(..) | Content::Turned(..) => {}
        }
    }
}

fn printed(layout: &Layout) -> (String, Vec<String>) {
    check_on_sheet(&compose(layout).expect("composes"));
    let rendered = render(layout).expect("renders");
    (all_text(&rendered.bytes), rendered.warnings)
}

#[test]
fn an_empty_layout_is_one_page() {
    let rendered = render(&Layout::default()).expect("renders");
    assert_eq!((rendered.pages, rendered.warnings.len()), (1, 0));
    assert_eq!(pages(&open(&rendered.bytes)).len(), 1);
}

#[test]
fn control_characters_become_spaces_and_line_ends_stay() {
    let mut layout = Layout::new("Control");
    layout.paragraph("one\u{0}two\u{7}three\tfour\u{1b}[31mfive\r\nsix\u{85}seven\u{200b}eight");
    let (text, warnings) = printed(&layout);
    assert!(text.contains("one two three four [31mfive\nsix\nseveneight\n"), "{text}");
    assert!(warnings.is_empty());
}

#[test]
fn a_word_of_ten_thousand_characters_is_torn_and_complete() {
    let word: String = (0..10_000_u32).map(|i| char::from(b'a' + (i % 23) as u8)).collect();
    let mut layout = Layout::new("Long");
    layout.lang = "zz".into();
    layout.paragraph(word.as_str());
    let mut table = Table::new("", vec![Column::text("Narrow"), Column::text("Wide").weight(3.0)]);
    table.row(["x", word.as_str()]);
    layout.table(table);
    let (text, _) = printed(&layout);
    let letters: String = text
        .lines()
        .filter(|l| !l.starts_with("Page ") && !["Long", "Narrow", "Wide", "x"].contains(l))
        .collect();
    assert_eq!(letters.len(), 20_000);
    assert_eq!(letters, word.repeat(2));
}

#[test]
fn characters_no_face_has_are_boxes_that_still_extract_and_a_warning_names_them() {
    let mut layout = Layout::new("Boxes");
    layout.paragraph("smile 😀 mei 美 shalom שלום");
    let (text, warnings) = printed(&layout);
    assert!(text.contains("smile 😀 mei 美 shalom שלום"), "{text}");
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].contains("U+1F600") && warnings[0].contains("U+7F8E"), "{warnings:?}");
}

#[test]
fn characters_that_reorder_text_are_shown_as_boxes() {
    let mut layout = Layout::new("Spoof");
    layout.paragraph("invoice\u{202E}fdp.exe");
    let (text, warnings) = printed(&layout);
    assert!(text.contains("invoice\u{202E}fdp.exe"));
    assert!(warnings.iter().any(|w| w.contains("U+202E")), "{warnings:?}");
}

#[test]
fn a_table_of_five_thousand_rows_repeats_its_head_on_every_page_and_keeps_every_row() {
    let mut layout = Layout::new("Big");
    let mut table = Table::new(
        "Machines",
        vec![Column::text("Machine"), Column::text("Update").weight(1.0), Column::number("Days")],
    );
    for i in 0..5_000 {
        table.row([format!("SRV-{i:05}"), "2026-10 Cumulative Update".into(), format!("{}", i % 400)]);
    }
    table.total(["5,000 machines", "", "997,000"]);
    layout.table(table);
    let rendered = render(&layout).expect("renders");
    let doc = open(&rendered.bytes);
    let texts: Vec<String> = pages(&doc).into_iter().map(|page| text(&doc, page)).collect();
    assert!(texts.len() > 50);
    for page in &texts {
        assert_eq!(page.matches("Machine\nUpdate\nDays\n").count(), 1);
    }
    let all = texts.concat();
    for i in 0..5_000 {
        assert!(all.contains(&format!("SRV-{i:05}\n")), "row {i}");
    }
    let last = texts.last().expect("a page");
    assert!(last.contains("SRV-04999") && last.contains("5,000 machines"), "totals stay with the last row");
}

#[test]
fn a_row_taller_than_a_page_is_split_and_complete() {
    let mut layout = Layout::new("Tall");
    let mut table = Table::new("", vec![Column::text("Name"), Column::text("Reason")]);
    let reason = (0..2_500).map(|i| format!("word{i}")).collect::<Vec<_>>().join(" ");
    table.row(["before", "short"]).row(["tall", reason.as_str()]).row(["after", "short"]);
    layout.table(table);
    let (text, _) = printed(&layout);
    for i in 0..2_500 {
        assert!(text.split_whitespace().any(|w| w == format!("word{i}")), "word{i}");
    }
    assert!(text.matches("Name\nReason\n").count() > 1, "the head is repeated");
}

#[test]
fn tables_without_rows_columns_or_room_are_printed() {
    let mut layout = Layout::new("Odd");
    layout.table(Table::new("No rows", vec![Column::text("A")]));
    layout.table(Table::new("No columns", Vec::new()));
    let many: Vec<Column> = (0..60).map(|i| Column::text(format!("Column {i}"))).collect();
    let mut table = Table::new("Sixty columns", many);
    table.row((0..60).map(|i| format!("value{i}"))).row(["short"]).row((0..70).map(|i| i.to_string()));
    layout.table(table);
    let (text, _) = printed(&layout);
    assert_eq!(text.matches("None.").count(), 2);
    assert!(text.contains("No columns"));
}

#[test]
fn a_column_title_longer_than_a_page_is_cut_and_the_warning_says_so() {
    let mut layout = Layout::new("Head");
    let mut table = Table::new("", vec![Column::text("title ".repeat(5_000)), Column::text("b")]);
    for i in 0..200 {
        table.row([format!("row {i}"), "x".into()]);
    }
    layout.table(table);
    let (text, warnings) = printed(&layout);
    assert!(warnings.len() == 1 && warnings[0].contains("title title"), "{warnings:?}");
    assert!(text.contains("row 199\n"));
}

#[test]
fn figures_without_data_or_with_absurd_data_stay_on_the_page() {
    let mut layout = Layout::new("Figures");
    layout.segment_bar(SegmentBar { segments: segments([0; 6]), ..SegmentBar::default() });
    layout.segment_bar(SegmentBar {
        segments: segments([1, 1, 1, 1, 1, u64::MAX / 8]),
        ..SegmentBar::default()
    });
    layout.segment_bar(SegmentBar::default());
    for direction in [Direction::Across, Direction::Up] {
        let bars = vec![
            Bar::new("not a number", f64::NAN, "?"),
            Bar::new("infinite", f64::INFINITY, "∞"),
            Bar::new("negative", -5.0, "-5"),
            Bar::new("x".repeat(500), 3.0, "3"),
        ];
        layout.bar_chart(BarChart { direction, bars, ..BarChart::default() });
        layout.bar_chart(BarChart { direction, ..BarChart::default() });
    }
    let bars = (0..300).map(|i| (format!("Group {i}"), vec![i, 2, 3])).collect();
    layout.stacked_bars(StackedBars { keys: segments([0; 6]), bars, ..StackedBars::default() });
    layout.stacked_bars(StackedBars::default());
    layout.key_figures(Vec::new());
    layout
        .key_figures(vec![KeyFigure::new("L".repeat(300), "9".repeat(300), "d".repeat(300)).tone(Tone::Bad)]);
    layout.signatures([("Role ".repeat(50).as_str(), "Name ".repeat(50).as_str())]);
    layout.signatures([]);
    let (text, _) = printed(&layout);
    assert!(text.contains("Group 299"));
}

#[test]
fn headings_of_any_level_and_length_are_bookmarks() {
    let mut layout = Layout::new("T".repeat(5_000));
    layout.paper = Paper::Letter;
    layout.subtitle = "s ".repeat(500);
    layout.shop = "shop ".repeat(100);
    layout.contents(9);
    for level in [0, 3, 1, 2, 200] {
        layout.heading(level, "Heading ".repeat(200));
    }
    let scene = compose(&layout).expect("composes");
    check_on_sheet(&scene);
    let levels: Vec<u8> = scene.bookmarks.iter().map(|b| b.level).collect();
    assert_eq!(levels, [1, 3, 1, 2, 3]);
    assert_eq!(scene.links.len(), 5);
}

#[test]
fn thousands_of_headings_one_under_the_other_are_printed() {
    let mut layout = Layout::new("Headings");
    layout.contents(3);
    for i in 0..5_000 {
        layout.heading(1 + (i % 3) as u8, format!("Heading {i}"));
    }
    let (text, _) = printed(&layout);
    assert_eq!(text.matches("Heading 4999\n").count(), 2, "in the contents and in its place");
}

#[test]
fn a_logo_that_cannot_be_read_is_a_warning() {
    let mut layout = Layout::new("Logo");
    layout.logo = Some(b"\x89PNG\r\n\x1a\nnot really".to_vec());
    let (_, warnings) = printed(&layout);
    assert!(warnings.len() == 1 && warnings[0].contains("logo"), "{warnings:?}");
}

#[test]
fn a_heading_is_never_left_alone_at_the_foot_of_a_page() {
    for filler in 20..60 {
        let mut layout = Layout::new("Keep");
        for i in 0..filler {
            layout.paragraph(format!("Paragraph {i}"));
        }
        layout.heading(2, "Heading").paragraph("Follows the heading");
        let doc = open(&render(&layout).expect("renders").bytes);
        let texts: Vec<String> = pages(&doc).into_iter().map(|page| text(&doc, page)).collect();
        let together = texts.iter().any(|t| t.contains("Heading\nFollows the heading\n"));
        assert!(together, "after {filler} paragraphs");
    }
}
