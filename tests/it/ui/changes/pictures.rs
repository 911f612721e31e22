//! Pictures of the room, for eyes, in both looks.

use egui::{Key, Modifiers};
use patchbook::ui::theme::Mode;

use super::super::desk::{Desk, desk};
use super::shop::{press, record};
use crate::widgets::support::Setting;

fn shot(desk: &mut Desk<'_>, name: &str) {
    let path = desk.window.shot(name);
    assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
}

#[test]
fn the_room_can_be_painted_in_both_looks() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let mut desk = desk(Setting { mode, ..Setting::default() }, record);
        desk.press(Modifiers::COMMAND, Key::Num4);
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
        press(&mut desk, "Submit");
        shot(&mut desk, &format!("changes-submit-{look}"));
        press(&mut desk, "Submit");
        press(&mut desk, "Approve");
        shot(&mut desk, &format!("changes-decide-{look}"));
        desk.press(Modifiers::NONE, Key::Escape);
        shot(&mut desk, &format!("changes-submitted-{look}"));
    }
}
