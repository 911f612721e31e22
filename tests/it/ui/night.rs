//! The room of the patch night, by role and label and by keyboard.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use patchbook::app::Engine;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, EmergencyCommand, RunCommand};
use patchbook::domain::run::entry::EntryKind;
use patchbook::domain::run::sheet::{Sheet, Stage};
use patchbook::ui::route::Room;

use super::desk::{Desk, NOW, dark, hire, light, run};

fn plan(engine: &mut Engine) {
    let runbook = engine.book().runbooks.rows()[0].id;
    let on = chrono::NaiveDate::from_ymd_opt(2024, 4, 15).expect("a date");
    run(engine, Command::Run(RunCommand::Plan { runbook, cycle: None, changes: vec![], on, drill: false }));
}

fn begin(engine: &mut Engine) {
    plan(engine);
    let id = engine.book().runs.rows()[0].id;
    run(engine, Command::Run(RunCommand::Begin { run: id, at: NOW - 3600 }));
}

fn declare(engine: &mut Engine, drill: bool) {
    let command = EmergencyCommand::Declare {
        reason: "A flaw in the mail server that is being used".to_owned(),
        updates: vec![],
        drill,
        by: "Olga Officer".to_owned(),
        at: NOW - 2 * 3600 - 300,
    };
    run(engine, Command::Emergency(command));
}

fn night(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Night);
    desk
}

fn notes(desk: &mut Desk<'_>) {
    use egui_kittest::kittest::Queryable as _;
    desk.window.harness.get_by_role_and_label(Role::MultilineTextInput, "Notes").focus();
    desk.settle();
    desk.window.harness.event(egui::Event::Text("1310 DC1 back\nnothing to read here".to_owned()));
    desk.settle();
}

fn texts(book: &Book) -> Vec<(EntryKind, String)> {
    let sheet = Sheet::of(book, book.runs.rows()[0].id).expect("a night");
    sheet.entries.iter().map(|entry| (entry.kind, entry.text.clone())).collect()
}

#[test]
fn an_empty_room_says_what_it_is_for_and_leads_to_a_first_night() {
    let mut desk = night(|_| {});
    assert!(desk.shows("No night yet"));
    desk.button("Plan the first night");
    desk.button("Plan the night");
    let book = desk.book();
    assert_eq!(book.runs.len(), 1);
    assert_eq!(book.runs.rows()[0].title, "Patch night Mon 15 Apr 2024");
    assert!(desk.shows("Begin the night"), "the new night is open");
    desk.button("Begin the night");
    assert_eq!(desk.book().runs.rows()[0].stage(), Stage::UnderWay);
}

#[test]
fn a_night_under_way_opens_by_itself() {
    let desk = night(begin);
    assert!(desk.shows("End the night") && desk.shows("Clock 14:00"));
}

#[test]
fn one_key_opens_a_line_and_enter_writes_it_at_once() {
    let mut desk = night(begin);
    for (key, words, kind) in [
        (Key::I, "WS-014 failed", EntryKind::Issue),
        (Key::D, "Leave WS-014 for Saturday", EntryKind::Decision),
        (Key::N, "Coffee is out", EntryKind::Note),
    ] {
        desk.press(Modifiers::NONE, key);
        desk.window.harness.event(egui::Event::Text(words.to_owned()));
        desk.settle();
        desk.press(Modifiers::NONE, Key::Enter);
        assert_eq!(texts(&desk.book()).last(), Some(&(kind, words.to_owned())));
    }
}

#[test]
fn a_letter_typed_into_a_line_opens_no_other_line() {
    let mut desk = night(begin);
    desk.press(Modifiers::NONE, Key::N);
    desk.window.harness.event(egui::Event::Text("b".to_owned()));
    desk.press(Modifiers::NONE, Key::B);
    assert_eq!(desk.value("Note"), "b");
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(!desk.mentions("Enter writes it at once"), "Esc leaves the line");
    // With Ctrl held a letter is the program's, not the room's.
    desk.go(Room::Today);
    desk.go(Room::Night);
    assert!(desk.shows("Clock 14:00"));
}

#[test]
fn a_step_begins_and_ends_by_space_on_its_button() {
    let mut desk = night(begin);
    let task = "Check that every update is downloaded and approved";
    for verb in ["Begin", "End"] {
        use egui_kittest::kittest::Queryable as _;
        desk.window.harness.get_by_role_and_label(Role::Button, &format!("{verb} {task}")).focus();
        desk.settle();
        desk.press(Modifiers::NONE, Key::Space);
    }
    let found = texts(&desk.book());
    assert_eq!(found[1..], [(EntryKind::Begin, task.to_owned()), (EntryKind::End, task.to_owned())]);
}

#[test]
fn the_keys_for_begin_and_end_are_about_the_step_that_comes_next_and_the_one_that_runs() {
    let mut desk = night(begin);
    desk.press(Modifiers::NONE, Key::B);
    desk.press(Modifiers::NONE, Key::Enter);
    let book = desk.book();
    let sheet = Sheet::of(&book, book.runs.rows()[0].id).expect("a night");
    assert!(sheet.steps[0].is_running());
    desk.press(Modifiers::NONE, Key::E);
    desk.press(Modifiers::NONE, Key::Enter);
    let book = desk.book();
    let sheet = Sheet::of(&book, book.runs.rows()[0].id).expect("a night");
    assert_eq!(sheet.steps[0].ended_at, Some(NOW));
}

#[test]
fn a_hand_over_without_a_receiver_stays_on_screen_and_says_what_is_missing() {
    let mut desk = night(begin);
    desk.press(Modifiers::NONE, Key::H);
    desk.window.harness.event(egui::Event::Text("Servers are done".to_owned()));
    desk.settle();
    desk.retype("Taken over by", "");
    desk.press(Modifiers::COMMAND, Key::A);
    desk.press(Modifiers::NONE, Key::Delete);
    desk.button("Write it");
    assert!(desk.shows("Say who takes over."));
    assert_eq!(desk.value("Hand-over"), "Servers are done");
    desk.type_into("Taken over by", "Quality assurance");
    desk.button("Write it");
    assert_eq!(
        desk.book().run_entries.rows().last().map(|entry| entry.receiver.clone()).as_deref(),
        Some("Quality assurance")
    );
}

#[test]
fn phone_notes_are_shown_as_they_are_understood_before_they_are_written() {
    let mut desk = night(begin);
    desk.button("Paste phone notes");
    notes(&mut desk);
    assert!(desk.mentions("No time was found"));
    assert_eq!(desk.book().run_entries.len(), 1, "nothing is written before it is confirmed");
    desk.button("Write 2 lines");
    let book = desk.book();
    assert_eq!(book.run_entries.len(), 3);
    assert!(book.run_entries.iter().all(|entry| entry.late), "stamped as entered later");
    assert!(book.run_entries.iter().any(|entry| entry.kind == EntryKind::End && entry.text == "DC1 back"));
}

#[test]
fn the_end_leads_to_a_summary_that_is_accepted_by_name() {
    let mut desk = night(begin);
    desk.button("End the night");
    assert!(desk.shows("Summary, a draft") && desk.shows("Minutes, a draft from the log"));
    desk.button("Accept the summary");
    assert!(desk.shows("Say who accepts the summary."));
    desk.type_into("Accepted by", "Max Manager");
    desk.button("Accept the summary");
    assert_eq!(desk.book().runs.rows()[0].accepted_by, "Max Manager");
    assert!(!desk.shows("Accept the summary"));
}

#[test]
fn an_issue_becomes_an_action_by_one_button() {
    let mut desk = night(begin);
    desk.press(Modifiers::NONE, Key::I);
    desk.window.harness.event(egui::Event::Text("Printer is dead".to_owned()));
    desk.settle();
    desk.press(Modifiers::NONE, Key::Enter);
    desk.button("End the night");
    desk.button("Make it an action: Printer is dead");
    let book = desk.book();
    assert_eq!(book.actions.rows()[0].what, "Printer is dead");
    assert!(!desk.shows("Make it an action: Printer is dead"));
}

#[test]
fn an_emergency_shows_its_clock_and_patching_waits() {
    let mut desk = night(|engine| {
        hire(engine, "Otto Owner");
        declare(engine, false);
    });
    desk.window.harness.run_steps(2);
    use egui_kittest::kittest::Queryable as _;
    desk.window.harness.get_by_label_contains("EMG-2024-001").click();
    desk.settle();
    assert!(desk.shows("Since declaration 2 h 05 min"));
    assert!(desk.shows("Waits"));
    desk.button("Record a decision");
    desk.choose("Decision", "Go ahead before approval");
    desk.choose("Decided by", "Otto Owner");
    desk.type_into("Reason", "It is being used");
    desk.button("Record it");
    assert_eq!(desk.book().approvals.len(), 1);
}

#[test]
fn a_drill_is_marked_wherever_it_is_shown() {
    let mut desk = night(|engine| declare(engine, true));
    assert!(desk.mentions("DRILL"), "in the list");
    use egui_kittest::kittest::Queryable as _;
    desk.window.harness.get_by_label_contains("DRILL-2024-001").click();
    desk.settle();
    assert!(desk.shows("DRILL"), "on its page");
}

#[test]
fn the_room_asks_for_one_repaint_a_minute_and_only_while_a_clock_runs() {
    use std::time::Duration;
    let delay = |desk: &mut Desk<'_>| {
        for _ in 0..60 {
            desk.settle();
            let output = desk.window.harness.output();
            let delay = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
            if delay > Duration::from_secs(11) {
                return delay;
            }
        }
        Duration::ZERO
    };
    let mut desk = night(begin);
    let with_clock = delay(&mut desk);
    assert!(with_clock > Duration::from_secs(11) && with_clock <= Duration::from_mins(1), "{with_clock:?}");
    let mut desk = night(|_| {});
    assert_eq!(delay(&mut desk), Duration::MAX);
}

#[test]
fn every_page_of_the_room_can_be_painted_in_both_looks() {
    for (look, make) in [("light", light as fn(fn(&mut Engine)) -> Desk<'static>), ("dark", dark)] {
        let mut shots: Vec<std::path::PathBuf> = Vec::new();
        let mut desk = make(|_| {});
        desk.go(Room::Night);
        shots.push(desk.window.shot(&format!("night-empty-{look}")));
        desk.button("Plan the first night");
        shots.push(desk.window.shot(&format!("night-plan-{look}")));
        let mut desk = make(|engine| {
            begin(engine);
            declare(engine, true);
            hire(engine, "Otto Owner");
        });
        desk.go(Room::Night);
        desk.press(Modifiers::NONE, Key::B);
        desk.press(Modifiers::NONE, Key::Enter);
        desk.press(Modifiers::NONE, Key::I);
        desk.window.harness.event(egui::Event::Text("WS-014 failed".to_owned()));
        desk.settle();
        shots.push(desk.window.shot(&format!("night-during-{look}")));
        desk.press(Modifiers::NONE, Key::Enter);
        desk.button("End this step");
        desk.button("Paste phone notes");
        notes(&mut desk);
        shots.push(desk.window.shot(&format!("night-paste-{look}")));
        desk.button("Write 2 lines");
        desk.button("End the night");
        shots.push(desk.window.shot(&format!("night-after-{look}")));
        desk.button("All nights");
        shots.push(desk.window.shot(&format!("night-list-{look}")));
        use egui_kittest::kittest::Queryable as _;
        desk.window.harness.get_by_label_contains("DRILL-2024-001").click();
        desk.settle();
        shots.push(desk.window.shot(&format!("night-emergency-{look}")));
        for shot in shots {
            assert!(std::fs::metadata(shot).expect("a picture").len() > 10_000);
        }
    }
}
