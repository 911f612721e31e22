//! What binds a pair, on the page of its asset and of its update.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::ui::route::Room;

use super::desk::{Desk, import, light};

fn bound(engine: &mut Engine) {
    import(engine, &["golden"]);
}

fn lines(desk: &Desk<'_>, words: &str) -> Vec<String> {
    let found = desk.window.harness.query_all_by_label_contains(words);
    found.filter_map(|node| node.accesskit_node().value().or_else(|| node.accesskit_node().label())).collect()
}

/// Opens the first row of the room.
fn open_first(desk: &mut Desk<'_>) {
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.settle();
}

#[test]
fn the_page_of_an_asset_names_every_rule_that_binds_and_the_one_that_wins() {
    let mut desk = light(bound);
    desk.go(Room::Assets);
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::End);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.window.harness.get_by_label_contains("Show 1 owed update").click();
    desk.settle();
    desk.settle();
    assert_eq!(lines(&desk, "Rules that bind KB").len(), 1, "the first duty is chosen");
    assert_eq!(lines(&desk, "the earliest, wins").len(), 1);
    assert!(lines(&desk, "the earliest, wins")[0].contains(", clock from "));
    desk.window.shot("assets-binding-light");
}

#[test]
fn the_machines_of_an_update_say_the_same() {
    let mut desk = light(bound);
    desk.go(Room::Updates);
    open_first(&mut desk);
    let _ = desk.window.harness.get_by_role_and_label(Role::Table, "Machines of the update");
    assert_eq!(lines(&desk, "Rules that bind KB").len(), 1);
    assert_eq!(lines(&desk, "the earliest, wins").len(), 1);
    desk.window.shot("updates-binding-light");
}
