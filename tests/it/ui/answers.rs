//! Answers to questionnaires, and the table of support ends that some of them rest on.

use egui::OutputCommand;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use patchbook::ui::route::Room;

use super::desk::{dark, import, light};

#[test]
fn answers_to_questionnaires_are_shown_and_copied() {
    let mut desk = light(|engine| import(engine, &["golden"]));
    desk.go(Room::Programme);
    desk.answer("Answers");
    desk.settle();
    for title in ["Devices by system and version", "Installed within 14 days", "End of life", "Who installs"]
    {
        assert!(desk.shows(title), "{title}");
    }
    desk.window.shot("answers-light");
    desk.window.harness.get_by_role_and_label(Role::Button, "Copy: Installed within 14 days").click();
    let mut text = None;
    for _ in 0..3 {
        desk.window.harness.step();
        let commands = desk.window.harness.output().platform_output.commands.clone();
        text = text.or(commands.into_iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text),
            _ => None,
        }));
    }
    let text = text.expect("a text on the clipboard");
    assert!(text.starts_with("Installed within 14 days\nOf what mattered"));
    assert!(text.contains("Within 30 days: "));
}

#[test]
fn a_table_of_support_ends_is_previewed_loaded_and_said_to_be_known() {
    let mut desk = dark(|_| ());
    let rows =
        "product,edition,security_updates_end,esu_end\nWindows 99,,2030-01-01,\nWindows 98,,some day,\n";
    let path = desk.file("ends.csv", rows);
    desk.import(&path);
    assert!(desk.mentions("1 new row") && desk.mentions("1 line is not taken"));
    desk.window.shot("servicing-import-dark");
    assert!(desk.book().lifecycles.iter().all(|row| row.product != "Windows 99"), "nothing is written yet");
    desk.button("Load");
    assert!(desk.book().lifecycles.iter().any(|row| row.product == "Windows 99" && !row.own));
    desk.import(&path);
    assert!(desk.mentions("There is nothing to load"));
}
