//! The register in the window: table, filters, forms, pages.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::domain::asset::AssetKind;
use patchbook::ui::route::Room;

use super::desk::{Desk, add, dark, hire, import, light};

fn three(engine: &mut Engine) {
    add(engine, "SRV-FILE01", AssetKind::Server);
    add(engine, "LAP-007", AssetKind::Laptop);
    add(engine, "PRN-EG-1", AssetKind::Printer);
    hire(engine, "Priya Baker");
}

fn assets(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Assets);
    desk
}

/// Puts the keyboard on the rows and the first row under it.
fn to_rows(desk: &mut Desk<'_>) {
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
}

fn ticked(desk: &Desk<'_>) -> bool {
    desk.mentions(" ticked")
}

#[test]
fn an_empty_register_says_what_the_room_is_for_and_offers_both_ways_in() {
    let mut desk = assets(|_| ());
    assert!(desk.shows("No assets yet"));
    desk.window.shot("assets-empty-light");
    desk.button("New asset by hand");
    assert!(desk.window.harness.get_by_role_and_label(Role::TextInput, "Name").is_focused());
}

#[test]
fn a_new_asset_is_added_by_keyboard_and_undone_by_name() {
    let mut desk = assets(three);
    desk.press(Modifiers::COMMAND, Key::N);
    desk.window.harness.event(Event::Text("TAB-001".to_owned()));
    desk.settle();
    desk.choose("Kind", "Tablet");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let added = book.asset_named("tab-001").expect("the asset");
    assert_eq!(added.kind, AssetKind::Tablet);
    assert!(desk.mentions("Add TAB-001"));
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(desk.book().asset_named("TAB-001").is_none());
}

#[test]
fn every_kind_of_thing_can_be_chosen() {
    let mut desk = assets(three);
    desk.press(Modifiers::COMMAND, Key::N);
    for kind in AssetKind::ALL {
        desk.choose("Kind", kind.text());
    }
    desk.choose("Status", "Cold standby");
    desk.choose("Ownership", "BYOD");
}

#[test]
fn a_name_that_is_taken_is_said_under_the_field_and_the_draft_stays() {
    let mut desk = assets(three);
    desk.press(Modifiers::COMMAND, Key::N);
    desk.window.harness.event(Event::Text("lap-007".to_owned()));
    desk.settle();
    desk.type_into("Function", "reception");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.mentions("LAP-007 is already in the register"));
    assert_eq!(desk.value("Function"), "reception");
    assert_eq!(desk.book().assets.len(), 3);
}

#[test]
fn rows_open_with_enter_and_esc_asks_only_if_something_would_be_lost() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value("Name"), "LAP-007");
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(!desk.shows("Close panel"));
    desk.press(Modifiers::NONE, Key::Enter);
    desk.type_into("Function", "reception");
    desk.button("Close panel");
    assert!(desk.shows("Save the changes to LAP-007?"));
    desk.button("Cancel");
    assert_eq!(desk.value("Function"), "reception");
    desk.button("Close panel");
    desk.button("Discard");
    assert!(!desk.shows("Close panel"));
    assert_eq!(desk.book().asset_named("LAP-007").expect("it").function, "");
}

#[test]
fn undoing_text_never_brings_words_of_one_asset_into_another() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.type_into("Function", "reception");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    assert_ne!(desk.value("Name"), "LAP-007");
    desk.window.harness.get_by_role_and_label(Role::TextInput, "Function").focus();
    desk.settle();
    for _ in 0..4 {
        desk.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(desk.value("Function"), "");
    assert_eq!(desk.book().asset_named("LAP-007").expect("it").function, "reception");
}

#[test]
fn a_change_by_somebody_else_keeps_the_draft_and_both_ways_out_work() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.type_into("Site", ", annex");
    // An undo from the status bar changes the row under the draft: it takes back nothing of LAP-007, so change it by the panel
    // of several instead.
    desk.press(Modifiers::COMMAND, Key::S);
    desk.type_into("Function", "reception");
    desk.button("Undo");
    assert!(desk.mentions("was changed meanwhile. What you typed is kept."));
    assert!(desk.mentions("Site is now: Head office"));
    assert_eq!(desk.value("Function"), "reception");
    desk.window.shot("assets-conflict-light");
    desk.button("Keep what I typed");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let asset = book.asset_named("LAP-007").expect("it");
    assert_eq!((asset.function.as_str(), asset.site.as_str()), ("reception", "Head office"));
}

#[test]
fn letters_typed_on_the_rows_search_and_the_count_and_the_filter_are_stated() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.window.harness.event(Event::Text("f".to_owned()));
    desk.settle();
    desk.window.harness.event(Event::Text("ile".to_owned()));
    desk.settle();
    assert!(desk.mentions("1 of 3 assets"));
    let table = desk.window.harness.get_by_role_and_label(Role::Table, "Assets");
    assert_eq!(table.accesskit_node().description().as_deref(), Some("1 of 3 assets: “file”"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.mentions("3 assets"));
}

#[test]
fn a_filter_is_kept_under_a_name_and_comes_back() {
    let mut desk = assets(three);
    desk.choose("Kind", "Server");
    desk.button("Save as view…");
    desk.type_into("Name of the view", "My servers");
    desk.button("Save view");
    desk.button("Clear filters");
    assert!(desk.mentions("3 assets"));
    desk.click(Role::CheckBox, "My servers");
    assert!(desk.mentions("1 of 3 assets"));
    let kept = desk.window.harness.state().preferences().tables["assets.views"].to_string();
    assert!(kept.contains("My servers"));
}

#[test]
fn preferences_with_columns_and_views_can_be_written_and_read_back() {
    let mut desk = assets(three);
    desk.click(Role::ColumnHeader, "Owner");
    desk.choose("Kind", "Server");
    desk.button("Save as view…");
    desk.type_into("Name of the view", "My servers");
    desk.button("Save view");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("preferences.toml");
    let preferences = desk.window.harness.state().preferences().clone();
    preferences.write(&path).expect("written");
    let (back, problem) = patchbook::app::preferences::Preferences::read(&path);
    assert_eq!((back, problem), (preferences, None));
}

#[test]
fn ticked_rows_are_changed_together_and_leaving_the_scope_needs_a_reason_and_a_name() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.press(Modifiers::COMMAND, Key::A);
    assert!(ticked(&desk));
    desk.button("Edit 3 ticked…");
    desk.choose("Owner", "Priya Baker");
    desk.choose("Scope", "Out of scope");
    desk.button("Apply to all");
    assert!(desk.mentions("Say why it leaves the scope"));
    assert!(desk.mentions("Name who approved"));
    assert_eq!(desk.book().people.len(), 1);
    desk.window.shot("assets-several-light");
    desk.type_into("Reason", "Moved to the other branch");
    desk.type_into("Approved by", "Ines Weber");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    assert!(book.assets.rows().iter().all(|asset| book.person_name(asset.owner) == "Priya Baker"));
    let standings = patchbook::domain::standing::standings(&book, super::desk::NOW + 1);
    assert!(standings.iter().all(|standing| !standing.scope));
    assert!(desk.mentions("Change 3 assets"));
}

#[test]
fn rows_are_copied_as_a_table_with_its_titles() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::Space);
    desk.window.harness.event(Event::Copy);
    desk.window.harness.step();
    let commands = desk.window.harness.output().platform_output.commands.clone();
    let text = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let text = text.expect("a text on the clipboard");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("Name\tCompliance\tOverdue\tOpen\tKind\tPatch group\tOwner"));
    assert!(lines[1].starts_with("LAP-007\tUnknown\t0\t0\tLaptop"));
}

#[test]
fn pasted_rows_offer_an_import_and_write_nothing() {
    let mut desk = assets(three);
    desk.window.harness.event(Event::Paste("Computer,KB,State\nlap-007,5036892,Installed\n".to_owned()));
    desk.settle();
    assert!(desk.mentions("Which updates does this file list"));
    assert!(desk.book().batches.is_empty());
}

#[test]
fn unknown_exposure_is_shown_as_such_and_counted() {
    let mut desk = assets(three);
    desk.click(Role::CheckBox, "Exposure unknown 3");
    assert!(desk.mentions("exposure unknown"));
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::Enter);
    let exposure = desk.window.harness.get_by_role_and_label(Role::ComboBox, "Exposure");
    assert_eq!(exposure.accesskit_node().value().as_deref(), Some("Unknown (counts as exposed)"));
    desk.choose("Exposure", "Internal");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.mentions("Exposure unknown 2"));
}

#[test]
fn retiring_asks_why_and_the_asset_stays() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.button("Retire…");
    desk.button("Retire");
    assert!(desk.mentions("Say why it is retired"));
    desk.type_into("Reason", "Stolen");
    desk.button("Retire");
    let book = desk.book();
    assert_eq!(book.assets.len(), 3);
    assert_eq!(book.facts.rows().iter().filter(|fact| fact.reason == "Stolen").count(), 1);
}

#[test]
fn a_person_is_added_from_within_the_form() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.choose("Owner", "New person…");
    desk.window.harness.event(Event::Text("Hana Mensah".to_owned()));
    desk.settle();
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.book().people.len(), 2);
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let asset = book.asset_named("LAP-007").expect("it");
    assert_eq!(book.person_name(asset.owner), "Hana Mensah");
}

#[test]
fn the_page_of_an_asset_shows_what_it_owes_and_takes_a_check_by_hand() {
    let mut desk = assets(|engine| import(engine, &["golden"]));
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::End);
    desk.press(Modifiers::NONE, Key::Enter);
    let name = desk.value("Name");
    assert_eq!(name, "WS-ACC-014");
    desk.window.shot("assets-form-light");
    desk.window.harness.get_by_label_contains("Show 1 owed update").click();
    desk.settle();
    desk.window.shot("assets-page-light");
    assert!(desk.mentions("required pair"));
    desk.button("Check by hand…");
    desk.window.shot("assets-attest-light");
    desk.button("Record the check");
    assert!(desk.mentions("Say how it was checked"));
    desk.type_into("How", "Looked at its screen");
    desk.button("Record the check");
    assert_eq!(desk.book().attestations.len(), 1);
    desk.button("Checked by hand 1");
    desk.window.harness.get_by_label_contains("Looked at its screen");
    desk.window.harness.get_by_label_contains("Take back the check").click();
    desk.settle();
    assert!(desk.book().attestations.rows()[0].voided_at.is_some());
    desk.window.harness.get_by_label_contains("Known from").click();
    desk.settle();
    desk.window.shot("assets-sources-light");
    desk.button("All assets");
    assert!(desk.shows("Assets"));
}

#[test]
fn the_table_can_be_painted_in_both_looks() {
    for (look, mut desk) in [("light", light(fill_many)), ("dark", dark(fill_many))] {
        desk.go(Room::Assets);
        desk.window.shot(&format!("assets-{look}"));
        to_rows(&mut desk);
        desk.press(Modifiers::NONE, Key::Enter);
        desk.window.shot(&format!("assets-panel-{look}"));
    }
}

fn fill_many(engine: &mut Engine) {
    import(engine, &["golden"]);
    for at in 1..30 {
        add(engine, &format!("LAP-{at:03}"), AssetKind::Laptop);
    }
    hire(engine, "Priya Baker");
}

#[test]
fn an_open_form_asks_for_no_frame() {
    let mut desk = assets(three);
    to_rows(&mut desk);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.window.harness.run();
    let output = desk.window.harness.output();
    let delay = output.viewport_output.values().map(|view| view.repaint_delay).min();
    assert_eq!(delay, Some(std::time::Duration::MAX));
}
