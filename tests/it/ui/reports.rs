//! The room of the reports, by role and label and by keyboard: a month is closed, sealed, signed; postures are compared.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::app::paper::PaperKind;
use patchbook::domain::month::canonical::{verify_posture, verify_seal};
use patchbook::domain::month::close::{Item, list, stopping};
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::desk::{Desk, hire, import, light};
use super::shell::bench::sample;

/// Thu 2 May 2024, 10:00 in Berlin: April is over.
const MAY: i64 = 1_714_636_800;
const APRIL: &str = "2024-04";

fn fill(engine: &mut Engine) {
    import(engine, &["golden"]);
    hire(engine, "Ada Admin");
    hire(engine, "Priya Baker");
}

fn may() -> Desk<'static> {
    let mut desk = light(fill).reopened_at(MAY);
    desk.go(Room::Reports);
    desk
}

/// The page of April, from the list whose first row is May.
fn april() -> Desk<'static> {
    let mut desk = may();
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.mentions("exceptions wait for an answer"));
    desk
}

/// Whether the button with this name can be pressed.
fn can(desk: &Desk<'_>, name: &str) -> bool {
    !desk.window.harness.get_by_role_and_label(Role::Button, name).accesskit_node().is_disabled()
}

/// The label of a point's field.
fn field(item: Item) -> String {
    format!("Answer to {}", item.text().to_lowercase())
}

/// Answers every exception where it stands.
fn answer_all(desk: &mut Desk<'_>) {
    let points = list(&desk.book(), APRIL, MAY).expect("April");
    for item in stopping(&points).iter().map(|point| point.item) {
        desk.window.harness.get_by_role_and_label(Role::MultilineTextInput, &field(item)).focus();
        desk.settle();
        desk.window.harness.event(egui::Event::Text("Known, and in hand".to_owned()));
        desk.settle();
        desk.press(Modifiers::COMMAND, Key::S);
    }
}

fn seal(desk: &mut Desk<'_>) {
    desk.button("Seal the month…");
    desk.type_lines("Judgement of the month", "A calm month. Little was left. May brings the servers.");
    desk.press(Modifiers::COMMAND, Key::S);
}

#[test]
fn an_empty_register_says_what_a_month_is_for() {
    let mut desk = light(|_| ());
    desk.go(Room::Reports);
    assert!(desk.shows("No months yet"));
    desk.answer("Trends");
    assert!(desk.shows("No months to compare yet"));
    desk.answer("Postures");
    assert!(desk.shows("No postures yet"));
}

#[test]
fn a_month_that_runs_cannot_be_sealed_and_says_when_it_can() {
    let mut desk = light(fill);
    desk.go(Room::Reports);
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.mentions("it can be sealed after"));
    assert!(!can(&desk, "Seal the month…"));
}

#[test]
fn an_exception_is_answered_in_place_and_stops_the_seal_until_then() {
    let mut desk = april();
    assert!(!can(&desk, "Seal the month…"), "exceptions stop it");
    desk.window.shot("reports-close-light");
    let points = list(&desk.book(), APRIL, MAY).expect("April");
    let first = stopping(&points)[0].item;
    desk.type_lines(&field(first), "Known since Tuesday");
    desk.button_like("Save the answer to");
    let book = desk.book();
    let row = &book.close_answers.rows()[0];
    assert_eq!((row.item.as_str(), row.answer.as_str()), (first.word(), "Known since Tuesday"));
    assert!(desk.mentions("Answered by Ada Admin"));
    // Away from the field, which has an undo of its own.
    desk.go(Room::Today);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(desk.book().close_answers.is_empty());
}

#[test]
fn a_named_machine_of_the_list_is_a_door() {
    let mut desk = april();
    let book = desk.book();
    let points = list(&book, APRIL, MAY).expect("April");
    let silent = points.iter().find(|point| point.item == Item::Stale && point.exception).expect("silent");
    desk.window.harness.get_by_role_and_label(Role::Link, &silent.found[0]).click_accesskit();
    desk.settle();
    assert_eq!(desk.window.harness.state().room(), Room::Assets);
}

#[test]
fn leaving_an_answer_that_is_not_saved_asks_first() {
    let mut desk = april();
    let points = list(&desk.book(), APRIL, MAY).expect("April");
    desk.type_lines(&field(stopping(&points)[0].item), "Half a sentence");
    desk.button("All months");
    assert!(desk.shows("Discard what you typed?"));
    desk.button("Discard");
    assert!(desk.shows("Reports"));
    assert!(desk.book().close_answers.is_empty());
}

#[test]
fn a_month_is_sealed_with_a_judgement_and_signed() {
    let mut desk = april();
    answer_all(&mut desk);
    assert!(desk.mentions("Nothing stands in the way of the seal"));
    desk.button("Seal the month…");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.book().seals.is_empty(), "a judgement is demanded");
    desk.press(Modifiers::NONE, Key::Escape);
    seal(&mut desk);
    let book = desk.book();
    assert!(verify_seal(&book.seals.rows()[0]));
    assert!(desk.shows("A calm month. Little was left. May brings the servers."));
    desk.window.shot("reports-sealed-light");
    desk.button("Sign as prepared…");
    desk.retype("Signed by", "Ada Admin");
    desk.retype("As", "Patch coordinator");
    desk.choose("How they told", "In the program");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let row = &book.signatures.rows()[0];
    assert_eq!((row.meaning.as_str(), row.name.as_str()), ("Prepared", "Ada Admin"));
    assert!(desk.mentions("no evidence"), "what was not shown is not claimed");
    desk.button_like("Take back the signature of Ada Admin");
    assert!(desk.book().signatures.rows()[0].voided_at.is_some());
}

#[test]
fn a_restatement_that_changes_nothing_is_refused_in_words() {
    let mut desk = april();
    answer_all(&mut desk);
    seal(&mut desk);
    desk.button("Restate…");
    desk.type_lines("What was wrong", "Nothing, to be honest");
    desk.type_into("Approved by", "Priya Baker");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.mentions("there is nothing to restate"));
    assert_eq!(desk.book().seals.len(), 1);
}

#[test]
fn a_posture_is_taken_in_four_parts_and_compared_with_a_sealed_month() {
    let mut desk = april();
    answer_all(&mut desk);
    seal(&mut desk);
    desk.press(Modifiers::NONE, Key::Escape);
    desk.answer("Postures");
    desk.button("Take a posture");
    desk.type_into("Name", "Spring 2024");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.mentions("Say what threatens the shop"), "every part is asked for");
    for (label, words) in [
        ("Threats", "Ransom through mail and the internet"),
        ("What must be protected", "Orders and wages"),
        ("Environment", "One office, two servers"),
        ("Defences", "Patching within 14 days, backups each night"),
    ] {
        desk.type_lines(label, words);
    }
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    assert!(verify_posture(&book.postures.rows()[0]));
    assert!(desk.mentions("as they stood"), "both sides are there to compare");
    desk.button_like("Show Spring 2024");
    assert!(desk.shows("Orders and wages"));
    desk.window.shot("reports-postures-light");
}

#[test]
fn every_paper_is_offered_and_one_is_printed() {
    let mut desk = may();
    desk.answer("Papers");
    for kind in PaperKind::ALL {
        assert!(desk.shows(kind.text()), "{}", kind.text());
    }
    desk.button("Print roles and holders");
    assert!(desk.shows("File"), "the dialog for the file is open");
}

#[test]
fn trends_are_drawn_with_words_for_who_cannot_see_them() {
    let mut desk = may();
    desk.answer("Trends");
    assert!(desk.mentions("Apr 24 not sealed"));
}

#[test]
fn the_room_can_be_painted() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let mut bench = sample(mode);
        bench.go(Room::Reports);
        bench.window.shot(&format!("reports-{look}"));
        bench.press(Modifiers::NONE, Key::ArrowDown);
        bench.press(Modifiers::NONE, Key::Enter);
        let path = bench.window.shot(&format!("reports-month-{look}"));
        assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
        bench.press(Modifiers::NONE, Key::Escape);
        for tab in ["Trends", "Postures", "Papers"] {
            bench.window.harness.get_by_role_and_label(Role::RadioButton, tab).click_accesskit();
            bench.settle();
            bench.window.shot(&format!("reports-{}-{look}", tab.to_lowercase()));
        }
    }
}
