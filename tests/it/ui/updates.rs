//! The room of the updates, by role and label and by keyboard.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patchbook::app::Engine;
use patchbook::domain::rating::Rank;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::desk::{Desk, import, light};
use super::shell::bench::sample;

fn updates(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Updates);
    desk
}

fn golden(engine: &mut Engine) {
    import(engine, &["golden"]);
}

/// Opens the first update of the table.
fn open_first(desk: &mut Desk<'_>) {
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn an_empty_register_says_what_the_room_is_for_and_offers_the_way_in() {
    let mut desk = updates(|_| ());
    assert!(desk.shows("No updates yet"));
    desk.button("Import…");
    assert!(desk.shows("Path"));
}

#[test]
fn a_rank_is_set_by_hand_with_a_reason_and_undone() {
    let mut desk = updates(golden);
    open_first(&mut desk);
    desk.button("Rate it…");
    desk.choose("Rank", "Severe");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.book().ratings.is_empty(), "a reason is demanded");
    desk.type_lines("Reason", "It is used against shops like ours");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    assert_eq!(book.ratings.rows()[0].rank, Rank::Severe);
    assert!(desk.shows("Overridden"));
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(desk.shows("Suggested"));
}

#[test]
fn a_machine_of_an_update_opens_in_assets() {
    let mut desk = updates(golden);
    open_first(&mut desk);
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.window.harness.state().room(), Room::Assets);
}

#[test]
fn the_rows_can_be_searched_and_filtered_and_the_foot_says_so() {
    let mut desk = updates(golden);
    let _ = desk.window.harness.get_by_role_and_label(Role::Table, "Updates");
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("nothing like it".to_owned()));
    desk.settle();
    assert!(desk.shows("Nothing matches"));
    desk.button("Show all updates");
    assert!(desk.mentions("All "));
}

#[test]
fn the_room_can_be_painted() {
    let mut bench = sample(Mode::Light);
    bench.go(Room::Updates);
    bench.window.shot("updates-light");
    bench.ctrl(Key::F);
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.press(Modifiers::NONE, Key::Enter);
    bench.window.shot("updates-page-light");
}
