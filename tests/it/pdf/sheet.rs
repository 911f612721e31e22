//! Sheets without a cover: landscape pages, forms, matrices, plans, lines to sign on.

use chrono::NaiveDate;
use patchbook::pdf::{compose, render};
use patchbook::report::layout::{
    Block, Burndown, Column, Form, Layout, Mark, Matrix, MatrixColumn, MatrixRow, Milestone, Month,
    MonthEntry, Phase, SignatureLine, Standing, Table, Timeline, Tone,
};

use super::read::{all_text, open, pages, text};
use super::sample::HASH;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

fn dressed(mut layout: Layout) -> Layout {
    layout.shop = "Example Instruments Ltd".into();
    layout.classification = "Internal".into();
    layout.head_hash = HASH.into();
    layout.event_no = 4_711;
    layout.printed_at = "22 Nov 2026 14:26 CET".into();
    layout
}

pub fn lying() -> Layout {
    let mut layout = dressed(Layout::landscape("Patching in December 2026"));
    layout.subtitle = "Patch Tuesday 8 Dec 2026 19:00 CET".into();
    layout.notice = "DRILL: an exercise".into();
    layout.mark = Mark::Drill;
    layout.push(Block::Month(month()));
    layout.page_break();
    layout.push(Block::Timeline(strip()));
    layout.push(Block::Matrix(matrix()));
    layout.push(Block::Burndown(Burndown {
        caption: "Catch-up campaign".into(),
        from_on: day(11, 1),
        due_on: day(12, 31),
        total: 240,
        open: vec![(day(11, 8), 205), (day(11, 20), 130), (day(12, 2), 84)],
    }));
    layout
}

fn month() -> Month {
    let entry =
        |on, time: &str, text: &str, tone| MonthEntry { on, time: time.into(), text: text.into(), tone };
    let mut entries = vec![
        entry(day(12, 1), "", "Announce patching to the committee", Tone::Good),
        entry(day(12, 4), "17:00", "Tickets carry approval and back-out plan", Tone::Warn),
        entry(day(12, 8), "19:00", "Patch Tuesday", Tone::Accent),
        entry(day(12, 11), "12:00", "Cut-off for exceptions", Tone::Bad),
    ];
    for n in 1..12 {
        entries.push(entry(
            day(12, 11),
            "21:00",
            &format!("Window of group {n}: Domain controllers"),
            Tone::Accent,
        ));
    }
    Month {
        caption: String::new(),
        month_on: day(12, 1),
        today: Some(day(12, 9)),
        entries,
        apart: vec![(day(12, 25), "Christmas Day".into()), (day(12, 28), "Freeze of the year's end".into())],
    }
}

fn strip() -> Timeline {
    let phase = |name: &str, from_on, to_on, standing| Phase { name: name.into(), from_on, to_on, standing };
    let stone = |on, text: &str, tone| Milestone { on, text: text.into(), tone };
    Timeline {
        caption: "Cycle December 2026".into(),
        from_on: day(11, 30),
        to_on: day(12, 20),
        today: Some(day(12, 9)),
        phases: vec![
            phase("Assess", day(11, 30), day(12, 3), Standing::Past),
            phase("Plan", day(12, 3), day(12, 8), Standing::Past),
            phase("Test", day(12, 8), day(12, 10), Standing::Current),
            phase("Deploy", day(12, 11), day(12, 13), Standing::Ahead),
            phase("Verify", day(12, 14), day(12, 20), Standing::Ahead),
        ],
        milestones: vec![
            stone(day(12, 4), "Ticket deadline", Tone::Good),
            stone(day(12, 8), "Patch Tuesday", Tone::Good),
            stone(day(12, 11), "Cut-off", Tone::Accent),
            stone(day(12, 11), "First night", Tone::Accent),
            stone(day(12, 19), "Exceptions and failed attempts are patched", Tone::Accent),
        ],
    }
}

fn matrix() -> Matrix {
    let column = |title: &str, under: &str| MatrixColumn { title: title.into(), under: under.into() };
    let row = |title: &str, cells: [&str; 4], remark: Option<(Tone, &str)>| MatrixRow {
        title: title.into(),
        cells: cells.map(str::to_owned).to_vec(),
        remark: remark.map(|(tone, text)| (tone, text.to_owned())),
    };
    Matrix {
        caption: "Who does what".into(),
        corner: "Activity".into(),
        columns: vec![
            column("Patching Coordinator", "Ada Byron"),
            column("Patching Administrator", "Jürgen Müller"),
            column("Quality Assurance", ""),
            column("Business Approval", "Zoë O’Neill"),
        ],
        rows: vec![
            row("Raise the change record, back-out plan and notices", ["A/R", "R", "C", "I"], None),
            row(
                "Deploy to production and restart",
                ["A", "R", "C", "A"],
                Some((Tone::Bad, "Two are accountable")),
            ),
            row(
                "Keep the procedure and the implementation details current",
                ["A", "", "", ""],
                Some((Tone::Warn, "Nobody is responsible")),
            ),
        ],
        remark: "Rule".into(),
    }
}

pub fn form() -> Layout {
    let mut layout = dressed(Layout::sheet("Change record CHG-2026-12-003"));
    layout.fact("State", "approved").fact("Cycle", "December 2026");
    let mut form = Form::new("Request", 3);
    form.field("Number", "CHG-2026-12-003").field("Type", "Normal").field("Rank", "High").tone(Tone::Warn);
    form.field("Requested by", "Ada Byron").field("At", "1 Dec 2026 09:12 CET").field("Coordinator", "");
    form.wide("Reason", &*"Monthly security updates for the domain controllers. ".repeat(6), 3);
    form.boxes(
        "Outcome",
        [("Success", true), ("Success with issues", false), ("Failed", false), ("Backed out", false)],
    );
    form.wide("Deviations", "", 4);
    form.wide("Steps", &*"Do this, then that, and look at the log.\n".repeat(90), 3);
    layout.form(form);
    layout.signature_lines([("Approved", "Zoë O’Neill", "Head of operations"), ("Verified", "", "")]);
    let columns = vec![
        Column::text("Planned"),
        Column::text("Task").weight(3.0),
        Column::text("Begun").weight(1.0),
        Column::text("Ended").weight(1.0),
    ];
    let mut table = Table::new("Run sheet", columns).by_hand();
    for n in 0..20 {
        table.row([
            format!("21:{n:02}"),
            format!("Step {n}: restart the group and wait for it"),
            String::new(),
            String::new(),
        ]);
    }
    layout.table(table);
    layout
}

#[test]
fn sheets_are_printed_without_a_warning() {
    for (name, layout) in [("lying", lying()), ("form", form())] {
        let rendered = render(&layout).expect("renders");
        assert_eq!(rendered.warnings, Vec::<String>::new());
        if let Ok(folder) = std::env::var("PATCHBOOK_LOOK_SHEETS") {
            std::fs::write(format!("{folder}/{name}.pdf"), &rendered.bytes).expect("writes");
        }
    }
}

#[test]
fn a_lying_sheet_is_wider_than_high_and_nothing_leaves_it() {
    let scene = compose(&lying()).expect("composes");
    assert!(scene.width > scene.height);
    let doc = open(&render(&lying()).expect("renders").bytes);
    let page = doc.get_dictionary(pages(&doc)[0]).expect("page");
    let edges = page.get(b"MediaBox").expect("box").as_array().expect("array");
    assert!(edges[2].as_float().expect("width") > 841.0 && edges[3].as_float().expect("height") < 596.0);
}

#[test]
fn the_notice_stands_on_every_page() {
    let doc = open(&render(&lying()).expect("renders").bytes);
    for page in pages(&doc) {
        let text = text(&doc, page);
        assert!(text.contains("DRILL: an exercise"), "{text}");
        assert!(text.lines().any(|line| line == "DRILL"), "across the page: {text}");
    }
}

#[test]
fn a_sheet_has_the_whole_head_of_the_record_on_its_first_and_last_page() {
    let doc = open(&render(&form()).expect("renders").bytes);
    let texts: Vec<String> = pages(&doc).into_iter().map(|page| text(&doc, page)).collect();
    for (i, text) in texts.iter().enumerate() {
        assert_eq!(text.contains(HASH), i == 0 || i + 1 == texts.len(), "page {i}");
    }
}

#[test]
fn every_line_of_a_tall_field_is_printed_once() {
    let text = all_text(&render(&form()).expect("renders").bytes);
    assert_eq!(text.matches("Do this, then that").count(), 90);
    assert!(text.contains("Steps (continued)"));
}

#[test]
fn a_ticked_box_is_told_from_an_empty_one_in_the_text_too() {
    let text = all_text(&render(&form()).expect("renders").bytes);
    assert!(text.contains("×\nSuccess\nSuccess with issues\n"), "{text}");
    assert_eq!(text.matches('×').count(), 1);
}

#[test]
fn the_days_of_a_month_are_cells_of_a_table() {
    use patchbook::pdf::scene::Role;
    let mut layout = Layout::landscape("Month");
    layout.push(Block::Month(month()));
    let scene = compose(&layout).expect("composes");
    let count = |role| scene.tree.iter().filter(|node| node.role == role).count();
    assert_eq!(
        (count(Role::Table), count(Role::Row), count(Role::HeadCell), count(Role::Cell)),
        (1, 6, 7, 35)
    );
}

#[test]
fn a_row_that_breaks_a_rule_says_so_in_words() {
    let text = all_text(&render(&lying()).expect("renders").bytes);
    assert!(text.contains("Two are accountable") && text.contains("Nobody is responsible"));
}

#[test]
fn lines_to_sign_are_never_alone_on_the_last_page() {
    for paragraphs in 30..70 {
        let mut layout = dressed(Layout::new("Charter"));
        layout.heading(1, "Purpose");
        for n in 0..paragraphs {
            layout.paragraph(format!("Paragraph {n}."));
        }
        layout.heading(1, "Document control").paragraph("Version 1, kept by the coordinator.");
        layout.heading(1, "Signatures");
        let line = |meaning: &str| SignatureLine { meaning: meaning.to_owned(), ..SignatureLine::default() };
        layout.push(Block::SignatureLines(vec![line("Issued"), line("Reviewed"), line("Ratified")]));
        let scene = compose(&layout).expect("composes");
        let page = |name: &str| {
            scene
                .bookmarks
                .iter()
                .find(|mark| mark.text == name)
                .map(|mark| mark.place.page)
                .expect("is there")
        };
        assert_eq!(page("Document control"), page("Signatures"), "after {paragraphs} paragraphs");
    }
}
