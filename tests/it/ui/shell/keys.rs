//! Keys and the palette: everything can be reached without a mouse.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::ui::keys::Command;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::bench::bench;

#[test]
fn ctrl_and_a_number_leads_to_each_room() {
    let mut bench = bench(Mode::Light);
    bench.make("Tidewater Fittings");
    let keys = [
        (Key::Num1, Room::Today),
        (Key::Num2, Room::Assets),
        (Key::Num3, Room::Updates),
        (Key::Num4, Room::Calendar),
        (Key::Num5, Room::Changes),
        (Key::Num6, Room::Night),
        (Key::Num7, Room::Programme),
        (Key::Num8, Room::Reports),
        (Key::Num9, Room::Import),
        (Key::Num0, Room::History),
        (Key::Comma, Room::Settings),
    ];
    assert_eq!(keys.map(|(_, room)| room), Room::SIDEBAR);
    for (key, room) in keys {
        bench.ctrl(key);
        assert_eq!(bench.app().room(), room);
    }
}

#[test]
fn the_palette_holds_every_command_with_its_key() {
    let mut bench = bench(Mode::Light);
    bench.make("Tidewater Fittings");
    bench.ctrl(Key::K);
    for command in Command::ALL {
        let words = command.text();
        let listed = bench
            .window
            .harness
            .query_all_by_role(Role::MenuItem)
            .any(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(words)));
        assert!(listed, "{words}");
    }
    bench.window.shot("shell-palette-light");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.window.harness.query_all_by_role(Role::MenuItem).next().is_none());
}

#[test]
fn no_key_leads_to_two_commands() {
    let mut seen = Vec::new();
    for command in Command::ALL {
        for keys in command.shortcuts() {
            assert!(!seen.contains(keys), "{keys:?} of {command:?}");
            seen.push(*keys);
        }
    }
}

#[test]
fn commands_that_need_a_register_wait_for_one() {
    let mut bench = bench(Mode::Light);
    for key in [Key::Num2, Key::P, Key::I, Key::Z] {
        bench.ctrl(key);
        assert_eq!(bench.app().room(), Room::Welcome);
        assert!(!bench.shows("Path"));
    }
}

#[test]
fn a_step_is_undone_and_redone_by_keys_that_name_it() {
    let mut bench = bench(Mode::Light);
    bench.make("Tidewater Fittings");
    bench.go(Room::Settings);
    bench.retype("Shop name", "Tidewater Valves");
    bench.button("Save shop");
    assert!(bench.shows("Tidewater Valves"), "the sidebar names the shop");
    bench.ctrl(Key::K);
    assert!(bench.mentions("Undo: Change settings"));
    bench.press(Modifiers::NONE, Key::Escape);
    bench.go(Room::Today);
    bench.ctrl(Key::Z);
    assert!(bench.mentions("Undone: Change settings"));
    assert!(bench.shows("Tidewater Fittings"));
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(bench.shows("Tidewater Valves"));
}

#[test]
fn help_names_the_keys_and_leaves_with_esc() {
    let mut bench = bench(Mode::Light);
    bench.press(Modifiers::NONE, Key::F1);
    assert!(bench.shows("Where the numbers come from"));
    bench.window.shot("shell-help-light");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Where the numbers come from"));
}

#[test]
fn a_dialog_is_decided_before_any_other_key_counts() {
    let mut bench = bench(Mode::Light);
    bench.make("Tidewater Fittings");
    bench.ctrl(Key::O);
    bench.go(Room::Assets);
    assert_eq!(bench.app().room(), Room::Today);
}
