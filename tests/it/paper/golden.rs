//! Every paper as text, compared with what was read and found right; and printed, so that nothing is clipped or warned of.

use patchbook::domain::book::Book;
use patchbook::domain::change::ChangeId;
use patchbook::domain::change::line::ChangeLineId;
use patchbook::domain::cycle::CycleId;
use patchbook::domain::meeting::MeetingId;
use patchbook::domain::run::RunId;
use patchbook::domain::waiver::request::WaiverRequestId;
use patchbook::pdf::render;
use patchbook::report::layout::Layout;
use patchbook::report::sheet::Spec;
use patchbook::report::{
    actions, calendar, change, meeting, night, roles, run_sheet, schedule, status, waiver,
};

use super::book::{PRINTED_AT, day, living};
use super::words::text;

pub const SPEC: Spec = Spec { printed_at: PRINTED_AT, program: "Patchbook 0" };

/// Every paper of a register by name.
pub fn papers(book: &Book) -> Vec<(&'static str, Layout)> {
    let some = |layout: Option<Layout>| layout.expect("its row is there");
    vec![
        ("actions", actions::build(book, SPEC)),
        ("agenda", some(meeting::build_agenda(book, SPEC, MeetingId(1)))),
        ("calendar", calendar::build(book, SPEC, day(12, 8))),
        ("change", some(change::build(book, SPEC, ChangeId(1)))),
        ("change_empty", some(change::build(book, SPEC, ChangeId(2)))),
        ("change_line", some(change::build_line(book, SPEC, ChangeLineId(1)))),
        ("change_list", some(change::build_list(book, SPEC, CycleId(1)))),
        ("decision_note", some(meeting::build_minutes(book, SPEC, MeetingId(2)))),
        ("minutes", some(meeting::build_minutes(book, SPEC, MeetingId(1)))),
        ("night", some(night::build(book, SPEC, RunId(1)))),
        ("review", some(meeting::build_minutes(book, SPEC, MeetingId(3)))),
        ("roles", roles::build(book, SPEC, day(12, 12))),
        ("run_sheet", some(run_sheet::build(book, SPEC, RunId(1)))),
        ("schedule", some(schedule::build(book, SPEC, CycleId(1)))),
        ("status", some(status::build(book, SPEC, CycleId(1)))),
        ("waiver", some(waiver::build(book, SPEC, WaiverRequestId(1)))),
        ("waiver_register", waiver::build_register(book, SPEC)),
    ]
}

#[test]
fn every_paper_says_what_it_should() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, layout) in papers(&living()) {
            insta::assert_snapshot!(format!("paper_{name}"), text(&layout));
        }
    });
}

/// With `PATCHBOOK_LOOK_PAPERS=FOLDER` it also leaves the documents there, for people who want to look at them.
#[test]
fn every_paper_prints_without_a_warning_and_says_the_same_to_pdftotext() {
    for (name, layout) in papers(&living()) {
        let rendered = render(&layout).expect("renders");
        assert_eq!(rendered.warnings, Vec::<String>::new(), "{name}");
        assert_eq!(rendered.bytes, render(&layout).expect("renders").bytes, "{name}: same bytes twice");
        if let Ok(folder) = std::env::var("PATCHBOOK_LOOK_PAPERS") {
            std::fs::write(format!("{folder}/{name}.pdf"), &rendered.bytes).expect("writes");
        }
        let words = [layout.title.as_str(), layout.shop.as_str(), "9f9f9f9f9f9f9f9f"];
        if let Some((ok, printed)) = crate::pdf::extract::piped(
            "pdftotext",
            &["-layout", "-enc", "UTF-8", "FILE", "-"],
            &rendered.bytes,
        ) {
            assert!(ok, "{name}: {printed}");
            for word in words {
                assert!(printed.contains(word), "{name} lacks {word}");
            }
        }
    }
}

#[test]
fn every_paper_of_an_empty_register_prints_too() {
    let book = Book::default();
    for layout in [
        actions::build(&book, SPEC),
        calendar::build(&book, SPEC, day(12, 8)),
        roles::build(&book, SPEC, day(12, 12)),
        waiver::build_register(&book, SPEC),
    ] {
        assert_eq!(render(&layout).expect("renders").warnings, Vec::<String>::new());
    }
    assert!(change::build(&book, SPEC, ChangeId(1)).is_none());
    assert!(run_sheet::build(&book, SPEC, RunId(1)).is_none());
}
