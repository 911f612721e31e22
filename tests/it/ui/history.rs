//! History: every step in words, and what can be proved of it.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::domain::asset::AssetKind;
use patchbook::domain::command::{AssetDraft, Command};
use patchbook::domain::standing::standings;
use patchbook::ui::route::Room;
use patchbook::util::hash::hex;

use super::desk::{Desk, NOW, add, dark, import, light, run};

fn history(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::History);
    desk.settle();
    desk
}

fn move_machine(engine: &mut Engine, name: &str, site: &str) {
    let book = engine.book().clone();
    let place = book.assets.rows().iter().position(|asset| asset.name == name).expect("the machine");
    let base = book.assets.rows()[place].clone();
    let standing = standings(&book, NOW)[place];
    let mut asset = base.clone();
    asset.site = site.to_owned();
    let draft =
        AssetDraft { base: Some(base), asset, standing, reason: String::new(), approved_by: String::new() };
    run(engine, Command::SaveAsset(Box::new(draft)));
}

fn two_steps(engine: &mut Engine) {
    add(engine, "WS-014", AssetKind::Workstation);
    move_machine(engine, "WS-014", "Branch office");
}

#[test]
fn steps_stand_newest_first_with_who_and_what() {
    let desk = history(two_steps);
    let rows: Vec<String> = desk
        .window
        .harness
        .get_all_by_role(Role::Row)
        .map(|row| row.accesskit_node().label().unwrap_or_default())
        .collect();
    assert!(rows[0].contains("Ada Admin") && rows[0].contains("Change WS-014"), "{rows:?}");
    assert!(rows[1].contains("Add WS-014"), "{rows:?}");
    assert!(desk.mentions("3 steps, newest first"));
}

#[test]
fn a_step_tells_its_changes_in_words() {
    let mut desk = history(two_steps);
    desk.window.harness.get_by_role_and_label(Role::Table, "History").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Home);
    assert!(desk.shows("Change asset WS-014"));
    assert!(desk.shows("site: Head office → Branch office"));
    desk.press(Modifiers::NONE, Key::ArrowDown);
    assert!(desk.shows("Set asset WS-014"));
    assert!(desk.shows("site: Head office"));
    assert!(!desk.shows("site: Head office → Branch office"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(!desk.shows("Set asset WS-014"));
}

#[test]
fn undo_and_redo_name_their_steps_and_become_steps_themselves() {
    let mut desk = history(two_steps);
    desk.button("Undo: Change WS-014");
    assert_eq!(desk.book().assets.rows()[0].site, "Head office");
    assert!(desk.mentions("Undone: Change WS-014"));
    assert!(desk.mentions("4 steps, newest first"));
    desk.button("Redo: Change WS-014");
    assert_eq!(desk.book().assets.rows()[0].site, "Branch office");
    assert!(desk.mentions("5 steps, newest first"));
}

#[test]
fn a_search_narrows_the_steps_and_says_so() {
    let mut desk = history(two_steps);
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("change".to_owned()));
    desk.settle();
    assert!(desk.mentions("1 of 3 steps"));
    desk.window.harness.event(egui::Event::Text("zzz".to_owned()));
    desk.settle();
    assert!(desk.shows("Nothing matches"));
    desk.button("Show all steps");
    assert!(desk.mentions("3 steps, newest first"));
}

#[test]
fn verifying_a_sound_file_says_how_much_holds_together() {
    let mut desk = history(|engine| import(engine, &["golden"]));
    desk.button("Verify now");
    assert!(desk.mentions("No sign of rewriting: "));
    assert!(desk.mentions("hold together"));
    let entries = desk.book().head.seq;
    assert!(desk.mentions(&format!("No sign of rewriting: {entries} entries")));
}

#[test]
fn a_printed_entry_is_found_differs_or_is_missing() {
    let mut desk = history(two_steps);
    let head = desk.book().head;
    let digits = hex(&head.hash);
    desk.button("Check a printed entry…");
    desk.retype("Entry on paper", &head.seq.to_string());
    desk.retype("Its hash", &format!("{} {}", &digits[..4], digits[4..16].to_uppercase()));
    desk.button("Check");
    assert!(desk.mentions("Found: entry"));
    desk.retype("Entry on paper", &(head.seq - 1).to_string());
    desk.button("Check");
    assert!(desk.mentions("Differs: entry"));
    desk.retype("Entry on paper", &(head.seq + 1).to_string());
    desk.button("Check");
    assert!(desk.mentions("Missing: there is no entry"));
    desk.retype("Its hash", "abc");
    desk.button("Check");
    assert!(desk.mentions("Write at least 8 digits of the hash"));
    desk.retype("Entry on paper", "the last");
    desk.button("Check");
    assert!(desk.shows("Write the number of the entry"));
}

#[test]
fn the_hash_is_shown_in_part_and_whole_on_demand() {
    let mut desk = history(|_| ());
    let digits = hex(&desk.book().head.hash);
    let grouped = |n: usize| -> String {
        let groups: Vec<&str> = (0..n / 4).map(|at| &digits[at * 4..at * 4 + 4]).collect();
        groups.join(" ")
    };
    assert!(desk.shows(&grouped(16)));
    desk.button("Show all 64 digits");
    assert!(desk.shows(&grouped(64)));
    desk.button("Show the first 16 digits");
    assert!(desk.shows(&grouped(16)));
}

#[test]
fn an_import_tells_what_it_brought() {
    let mut desk = history(|engine| import(engine, &["golden"]));
    desk.window.harness.get_by_role_and_label(Role::Table, "History").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Home);
    desk.window.shot("history-import-light");
    assert!(desk.mentions("Observations of import 1"));
}

#[test]
fn a_copy_is_offered_by_name() {
    let mut desk = history(|_| ());
    desk.button("Save a copy…");
    assert!(desk.value("Path").contains("corner-2024-04-15"), "{}", desk.value("Path"));
}

#[test]
fn the_room_can_be_painted_in_both_looks() {
    let fill = |engine: &mut Engine| {
        import(engine, &["golden"]);
        two_steps(engine);
    };
    for (look, mut desk) in [("light", light(fill)), ("dark", dark(fill))] {
        desk.go(Room::History);
        desk.button("Verify now");
        desk.window.harness.get_by_role_and_label(Role::Table, "History").focus();
        desk.settle();
        desk.press(Modifiers::NONE, Key::Home);
        desk.window.shot(&format!("history-{look}"));
        desk.button("Check a printed entry…");
        desk.retype("Entry on paper", "5");
        desk.retype("Its hash", "0123456789abcdef");
        desk.button("Check");
        desk.window.shot(&format!("history-check-{look}"));
    }
}
