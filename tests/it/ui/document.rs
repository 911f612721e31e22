//! Documents in the programme: kept, edited by section, submitted, ratified, marked when out of date.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patchbook::app::Engine;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, DocumentCommand};
use patchbook::domain::document::{DocumentState, DocumentVersion, shipped, standing};
use patchbook::ui::route::Room;

use super::desk::{Desk, light, run};

fn documents(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Programme);
    desk.answer("Documents");
    desk
}

fn begun(engine: &mut Engine) {
    run(engine, Command::Document(DocumentCommand::Begin("charter".into())));
}

fn press(desk: &mut Desk<'_>, label: &str) {
    desk.window.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    desk.settle();
}

fn open_charter(desk: &mut Desk<'_>) {
    let row = shipped::TEXTS.iter().position(|(key, _)| *key == "charter").expect("the charter");
    desk.window.harness.get_by_role_and_label(Role::Table, "Documents").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Home);
    for _ in 0..row {
        desk.press(Modifiers::NONE, Key::ArrowDown);
    }
    desk.press(Modifiers::NONE, Key::Enter);
}

fn version(book: &Book) -> DocumentVersion {
    let document = standing::keyed(book, "charter").expect("kept");
    (*standing::versions(book, document.id).last().expect("a version")).clone()
}

fn rewrite(desk: &mut Desk<'_>, label: &str, text: &str) {
    desk.window.harness.get_by_role_and_label(Role::MultilineTextInput, label).focus();
    desk.settle();
    desk.press(Modifiers::COMMAND, Key::A);
    desk.window.harness.event(egui::Event::Text(text.to_owned()));
    desk.settle();
}

#[test]
fn a_document_is_kept_from_the_list() {
    let mut desk = documents(|_| {});
    assert!(desk.mentions("0 documents kept"));
    open_charter(&mut desk);
    press(&mut desk, "Keep this document");
    assert_eq!(version(&desk.book()).state, DocumentState::Draft);
    assert!(desk.mentions("1 document kept"));
}

#[test]
fn a_section_is_written_beside_what_it_reads_like() {
    let mut desk = documents(begun);
    open_charter(&mut desk);
    assert!(desk.mentions("How it reads"));
    rewrite(&mut desk, "Text", "We meet where {{text:shop.name}} is.");
    let name = desk.book().shop.name.clone();
    assert!(desk.mentions(&format!("We meet where {name} is.")), "the preview follows what is typed");
    rewrite(&mut desk, "Text", "We meet at {{text:shop.nmae}}.");
    assert!(desk.mentions("There is no name \"shop.nmae\""), "what is wrong is said at once");
    press(&mut desk, "Save section");
    assert!(desk.mentions("line 1: There is no name"), "and refused under the field");
    rewrite(&mut desk, "Text", "We meet on Mondays.");
    press(&mut desk, "Save section");
    let book = desk.book();
    assert_eq!(standing::keyed(&book, "charter").expect("kept").own_sections[0].text, "We meet on Mondays.");
    press(&mut desk, "Take the shipped words again");
    assert!(standing::keyed(&desk.book(), "charter").expect("kept").own_sections.is_empty());
}

#[test]
fn a_draft_is_submitted_and_recorded_as_ratified() {
    let mut desk = documents(begun);
    open_charter(&mut desk);
    press(&mut desk, "Submit…");
    press(&mut desk, "Submit");
    assert_eq!(version(&desk.book()).state, DocumentState::UnderReview);
    press(&mut desk, "Record the ratification…");
    desk.retype("Ratified by", "Ruth Okafor");
    desk.retype("As what", "Managing director");
    press(&mut desk, "Record as ratified");
    assert!(desk.mentions("Say how they told."));
    desk.choose("How they told", "In person");
    press(&mut desk, "Record as ratified");
    let ratified = version(&desk.book());
    assert_eq!((ratified.state, ratified.ratified_by.as_str()), (DocumentState::Ratified, "Ruth Okafor"));
    assert!(desk.mentions("no evidence"));
    press(&mut desk, "All documents");
    assert!(desk.mentions("0 out of date"));
}
