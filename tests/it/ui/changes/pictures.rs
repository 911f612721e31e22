//! Pictures of the room, for eyes, in both looks.

use egui::{Key, Modifiers};
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::super::desk::{Desk, desk};
use super::shop::{press, record};
use crate::widgets::support::Setting;

/// Painted in both looks; everything else in the light one only, because painting takes its time.
const BOTH: [&str; 6] = ["record-", "decide-", "records-", "waiver-", "waivers-", "orphans-"];

fn shot(desk: &mut Desk<'_>, name: &str) {
    let both = BOTH.iter().any(|word| name.trim_start_matches("changes-").starts_with(word));
    if name.ends_with("dark") && !both {
        return;
    }
    let path = desk.window.shot(name);
    assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
}

#[test]
fn the_room_can_be_painted_in_both_looks() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let mut desk = desk(Setting { mode, ..Setting::default() }, record);
        desk.go(Room::Changes);
        shot(&mut desk, &format!("changes-records-{look}"));
        desk.press(Modifiers::COMMAND, Key::N);
        shot(&mut desk, &format!("changes-new-{look}"));
        desk.press(Modifiers::NONE, Key::Escape);
        desk.press(Modifiers::COMMAND, Key::F);
        desk.press(Modifiers::NONE, Key::ArrowDown);
        desk.press(Modifiers::NONE, Key::Enter);
        shot(&mut desk, &format!("changes-record-{look}"));
        press(&mut desk, "Assets 2");
        desk.press(Modifiers::NONE, Key::Tab);
        shot(&mut desk, &format!("changes-assets-{look}"));
        press(&mut desk, "Tests 0");
        press(&mut desk, "Add a test");
        shot(&mut desk, &format!("changes-test-{look}"));
        press(&mut desk, "Cancel");
        press(&mut desk, "Messages 0");
        press(&mut desk, "Write a message");
        shot(&mut desk, &format!("changes-message-{look}"));
        press(&mut desk, "Cancel");
        press(&mut desk, "Record");
        press(&mut desk, "Cancel the change");
        shot(&mut desk, &format!("changes-cancel-{look}"));
        press(&mut desk, "Keep it");
        press(&mut desk, "Submit");
        press(&mut desk, "Approve");
        shot(&mut desk, &format!("changes-decide-{look}"));
        desk.press(Modifiers::NONE, Key::Escape);
        shot(&mut desk, &format!("changes-submitted-{look}"));
    }
}

#[test]
fn waivers_templates_and_orphans_can_be_painted_in_both_looks() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let mut desk = desk(Setting { mode, ..Setting::default() }, super::waiver::draft);
        desk.go(Room::Changes);
        shot(&mut desk, &format!("changes-empty-{look}"));
        desk.button_like("Orphans");
        shot(&mut desk, &format!("changes-orphans-{look}"));
        desk.button_like("Templates");
        press(&mut desk, "New template");
        shot(&mut desk, &format!("changes-template-{look}"));
        desk.press(Modifiers::NONE, Key::Escape);
        desk.button_like("Waivers");
        desk.press(Modifiers::COMMAND, Key::F);
        desk.press(Modifiers::NONE, Key::ArrowDown);
        desk.press(Modifiers::NONE, Key::Enter);
        shot(&mut desk, &format!("changes-waiver-{look}"));
        press(&mut desk, "Ask for it");
        press(&mut desk, "Approve…");
        desk.choose("Decided by", "Priya Baker");
        desk.choose("Told", "Paper");
        press(&mut desk, "Record the decision");
        shot(&mut desk, &format!("changes-waiver-active-{look}"));
        press(&mut desk, "All waivers");
        shot(&mut desk, &format!("changes-waivers-{look}"));
    }
}
