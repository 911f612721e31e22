//! Documents in the programme: kept, edited by section, submitted, ratified, marked when out of date.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patchbook::app::Engine;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, DocumentCommand, Edit, RoleCommand};
use patchbook::domain::document::subject::{Subject, options};
use patchbook::domain::document::{DocumentState, DocumentVersion, shipped, standing};
use patchbook::domain::practice::Practice;
use patchbook::ui::route::Room;

use super::desk::{Desk, hire, light, run};

fn documents(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Programme);
    desk.answer("Documents");
    desk
}

fn begun(engine: &mut Engine) {
    run(engine, Command::Document(DocumentCommand::Begin("charter".into())));
    hire(engine, "Ruth Okafor");
}

fn press(desk: &mut Desk<'_>, label: &str) {
    desk.window.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    desk.settle();
}

fn open_charter(desk: &mut Desk<'_>) {
    open(desk, "charter");
}

fn open(desk: &mut Desk<'_>, key: &str) {
    let row = shipped::TEXTS.iter().position(|(known, _)| *known == key).expect("a template");
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
    assert!(desk.mentions("What may stand in double braces"));
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

#[test]
fn what_a_list_is_about_is_chosen_in_a_panel_and_kept_with_the_version() {
    let mut desk = documents(|engine| {
        run(engine, Command::Document(DocumentCommand::Begin("change-list".into())));
    });
    open(&mut desk, "change-list");
    let book = desk.book();
    let id = standing::keyed(&book, "change-list").expect("kept").id;
    let at = standing::versions(&book, id)[0].made_at;
    let months = options(&book, Subject::Month, at);
    let (name, chosen) = &months[2];
    press(&mut desk, "What it is about…");
    desk.choose("Month", name);
    press(&mut desk, "Save");
    let book = desk.book();
    assert_eq!(standing::versions(&book, id)[0].about, *chosen);
    assert!(desk.mentions(&format!("Month: {name}")));
    assert!(desk.mentions(&format!("change records of {name}")), "the preview follows the choice");
}

#[test]
fn a_document_out_of_date_says_in_words_what_changed() {
    let mut desk = documents(|engine| {
        begun(engine);
        let newest = version(engine.book()).id;
        run(engine, Command::Document(DocumentCommand::Submit(newest)));
        let base = engine.book().practice.as_ref().clone();
        let row = Practice { quorum: base.quorum + 1, ..base.clone() };
        let edit = Box::new(Edit { base: Some(base), row });
        run(engine, Command::Role(RoleCommand::Practice(edit)));
    });
    assert!(desk.mentions("1 out of date") && desk.mentions("the quorum of the committee"));
    assert!(!desk.mentions("practice.quorum"), "no raw name");
    open_charter(&mut desk);
    assert!(desk.mentions("Changed since it was submitted: the quorum of the committee."));
}
