//! What no paper may get wrong: drafts and drills are marked, nothing claims more than was shown.

use patchbook::domain::change::ChangeId;
use patchbook::domain::cycle::CycleId;
use patchbook::domain::meeting::MeetingId;
use patchbook::domain::run::RunId;
use patchbook::pdf::render;
use patchbook::report::{change, meeting, night, run_sheet, schedule};

use super::book::{at, living};
use super::golden::{SPEC, papers};
use super::words::text;
use crate::pdf::read::{open, pages, text as page_text};

#[test]
fn a_drill_is_marked_on_every_page_of_every_paper_of_it() {
    let mut book = living();
    let mut cycle = book.cycles.get(1).expect("the cycle").clone();
    cycle.drill = true;
    book.cycles.put(cycle);
    let mut run = book.runs.get(1).expect("the run").clone();
    run.drill = true;
    book.runs.put(run);
    let layouts = [
        schedule::build(&book, SPEC, CycleId(1)),
        change::build(&book, SPEC, ChangeId(1)),
        change::build_list(&book, SPEC, CycleId(1)),
        run_sheet::build(&book, SPEC, RunId(1)),
        night::build(&book, SPEC, RunId(1)),
        meeting::build_minutes(&book, SPEC, MeetingId(1)),
    ];
    for layout in layouts.into_iter().flatten() {
        let doc = open(&render(&layout).expect("renders").bytes);
        for page in pages(&doc) {
            assert!(page_text(&doc, page).contains("DRILL"), "{}", layout.title);
        }
    }
}

#[test]
fn minutes_and_summaries_are_drafts_until_somebody_accepts_them() {
    let mut book = living();
    let minutes = |book: &_| meeting::build_minutes(book, SPEC, MeetingId(1)).expect("the meeting");
    assert!(minutes(&book).notice.contains("DRAFT"));
    let mut held = book.meetings.get(1).expect("the meeting").clone();
    held.accepted_at = Some(at(12, 12, 9, 0));
    held.accepted_by = "Zoë O’Neill".into();
    book.meetings.put(held);
    assert!(minutes(&book).notice.is_empty());
    assert!(night::build(&book, SPEC, RunId(1)).expect("the run").notice.contains("DRAFT"));
}

#[test]
fn without_a_quorum_there_are_no_minutes_but_a_decision_note() {
    let book = living();
    let with = meeting::build_minutes(&book, SPEC, MeetingId(1)).expect("the meeting");
    let without = meeting::build_minutes(&book, SPEC, MeetingId(2)).expect("the meeting");
    assert!(with.title.starts_with("Minutes: "), "{}", with.title);
    assert!(without.title.starts_with("Decision note: "), "{}", without.title);
}

#[test]
fn an_approval_names_who_recorded_it_how_it_came_and_what_shows_it() {
    let book = living();
    let said = text(&change::build(&book, SPEC, ChangeId(1)).expect("the record"));
    assert!(
        said.contains("recorded by Ada Byron on 4 Dec 2026 12:18 CET as decided by Zoë O’Neill (Business approval) by e-mail"),
        "{said}"
    );
    assert!(said.contains("evidence RE: December window.eml 3f2a9c01"));
    let (_, waiver) = papers(&book).into_iter().find(|(name, _)| *name == "waiver").expect("the waiver");
    assert!(text(&waiver).contains("on the phone, no evidence"));
}

#[test]
fn a_void_approval_shows_what_differs_from_what_was_approved() {
    let said = text(&change::build(&living(), SPEC, ChangeId(1)).expect("the record"));
    assert!(said.contains("Void since"), "{said}");
    assert!(said.contains("Uninstall KB5048685 and restart. |"), "{said}");
}

#[test]
fn no_record_without_an_approval_that_stands_claims_one() {
    let mut book = living();
    let mut record = book.changes.get(1).expect("the record").clone();
    record.plan.rollout_plan = "Something else.".into();
    book.changes.put(record);
    let said = text(&change::build(&book, SPEC, ChangeId(1)).expect("the record"));
    assert!(said.contains("No approval stands for what this record says now."));
    assert!(said.contains("[sign] Approved |  |  | "), "{said}");
}

#[test]
fn a_line_entered_later_says_so_in_the_log() {
    let said = text(&night::build(&living(), SPEC, RunId(1)).expect("the run"));
    let line = said.lines().find(|line| line.contains("DC-01 back")).expect("the line");
    assert!(line.contains("later, "), "{line}");
}

#[test]
fn every_entry_of_a_crowded_day_stands_in_the_agenda() {
    let mut book = living();
    for id in 100..120 {
        let mut step = book.cycle_steps.get(9).expect("a step").clone();
        step.id.0 = id;
        step.title = format!("Crowded {id}");
        book.cycle_steps.put(step);
    }
    let layout = patchbook::report::calendar::build(&book, SPEC, super::book::day(12, 1));
    let printed = render(&layout).expect("renders");
    let doc = open(&printed.bytes);
    let all: Vec<String> = pages(&doc).into_iter().map(|page| page_text(&doc, page)).collect();
    assert!(all[0].contains(" more\n"), "{}", all[0]);
    let agenda = all[1..].concat();
    for id in 100..120 {
        assert!(agenda.contains(&format!("Crowded {id}")), "{id}");
    }
}

#[test]
fn the_status_counts_as_the_compliance_report_counts() {
    let mut book = crate::compliance::example::register();
    let mut cycle = living().cycles.get(1).expect("the cycle").clone();
    cycle.updates = book.updates.iter().take(1).map(|update| update.id).collect();
    book.cycles.put(cycle);
    let spec =
        patchbook::report::sheet::Spec { printed_at: crate::compliance::maker::at(12, 1, 0) - 1, ..SPEC };
    let said = text(&patchbook::report::status::build(&book, spec, CycleId(1)).expect("the cycle"));
    // Of ten that need it: four done, one failed, one waiting for a restart, one waived, three open otherwise.
    let row = said.lines().find(|line| line.contains("| 10 | 4 |")).unwrap_or_else(|| panic!("{said}"));
    assert!(row.contains("| 10 | 4 | 1 | 1 | 1 |"), "{row}");
}
