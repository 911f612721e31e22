//! The keyboard as a person uses it: Tab until the control has it, then the keys that control answers.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::super::desk::Desk;

/// More stops than any page has.
const STOPS: usize = 260;

/// Role and name of what has the keyboard.
pub fn focused(desk: &Desk<'_>) -> Option<(Role, String)> {
    let found = desk.window.harness.query_all_by(|node| node.is_focused()).next()?;
    let node = found.accesskit_node();
    Some((node.role(), node.label().unwrap_or_default()))
}

/// Tabs until this has the keyboard.
pub fn reach(desk: &mut Desk<'_>, role: Role, label: &str) {
    reach_one(desk, &|is, named| is == role && named == label, label);
}

fn reach_one(desk: &mut Desk<'_>, wanted: &dyn Fn(Role, &str) -> bool, words: &str) {
    let mut stops: Vec<String> = Vec::new();
    for _ in 0..STOPS {
        if let Some((role, label)) = focused(desk) {
            if wanted(role, &label) {
                return;
            }
            stops.push(format!("{role:?} {label}"));
        }
        desk.window.harness.key_press(Key::Tab);
        desk.window.harness.run_steps(1);
    }
    stops.sort();
    stops.dedup();
    panic!("the Tab key does not lead to {words}; it leads to\n{}", stops.join("\n"));
}

/// Presses a button by Enter.
pub fn press(desk: &mut Desk<'_>, label: &str) {
    reach(desk, Role::Button, label);
    desk.press(Modifiers::NONE, Key::Enter);
}

/// Presses the first button whose name begins so.
pub fn press_like(desk: &mut Desk<'_>, words: &str) {
    reach_one(desk, &|role, label| role == Role::Button && label.starts_with(words), words);
    desk.press(Modifiers::NONE, Key::Enter);
}

/// Types into an input of one or several lines, over what stands there.
pub fn write(desk: &mut Desk<'_>, label: &str, text: &str) {
    let input = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
    reach_one(desk, &|role, named| input(role) && named == label, label);
    desk.press(Modifiers::COMMAND, Key::A);
    desk.window.harness.event(Event::Text(text.to_owned()));
    desk.settle();
}

/// Chooses an option: the arrow opens the list, its first letters find the option, Enter takes it.
pub fn choose(desk: &mut Desk<'_>, label: &str, option: &str) {
    reach(desk, Role::ComboBox, label);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.window.harness.event(Event::Text(option.to_owned()));
    desk.settle();
    desk.press(Modifiers::NONE, Key::Enter);
}

/// Goes to a view of a room by the arrows.
pub fn view(desk: &mut Desk<'_>, name: &str) {
    reach_one(desk, &|role, _| role == Role::RadioButton, "the views");
    for _ in 0..8 {
        desk.press(Modifiers::NONE, Key::ArrowLeft);
    }
    for _ in 0..8 {
        if focused(desk).is_some_and(|(_, label)| label == name) {
            return;
        }
        desk.press(Modifiers::NONE, Key::ArrowRight);
    }
    panic!("the arrows do not lead to the view {name}");
}

/// Opens a row of a table: down so often, then Enter.
pub fn open_row(desk: &mut Desk<'_>, table: &str, row: usize) {
    // A table with a current row says that row.
    reach_one(desk, &|role, named| role == Role::Row || role == Role::Table && named == table, table);
    desk.press(Modifiers::NONE, Key::Home);
    for _ in 0..row {
        desk.press(Modifiers::NONE, Key::ArrowDown);
    }
    desk.press(Modifiers::NONE, Key::Enter);
}
