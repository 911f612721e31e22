//! Templates: written, ratified, withdrawn, and what they make.

use egui::{Key, Modifiers};
use patchbook::domain::change::ChangeState;
use patchbook::domain::change::template::ChangeTemplate;

use super::super::desk::Desk;
use super::shop::{changes, press, shop};

fn templates() -> Desk<'static> {
    let mut desk = changes(shop);
    desk.button_like("Templates");
    desk
}

fn tills(desk: &Desk<'_>) -> ChangeTemplate {
    let book = desk.book();
    book.change_templates.iter().find(|template| template.name == "Tills").cloned().expect("the template")
}

fn written() -> Desk<'static> {
    let mut desk = templates();
    press(&mut desk, "New template");
    desk.retype("Template name", "Tills");
    desk.type_lines("Back-out plan", "Roll back by the update server");
    desk.press(Modifiers::COMMAND, Key::S);
    desk
}

#[test]
fn a_template_is_written_and_ratified_by_somebody_named() {
    let mut desk = written();
    assert_eq!(tills(&desk).name, "Tills");
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("tills".to_owned()));
    desk.settle();
    to_rows(&mut desk);
    press(&mut desk, "Ratify…");
    press(&mut desk, "Ratify");
    assert!(desk.mentions("Choose who ratified it."));
    desk.choose("Ratified by", "Priya Baker");
    press(&mut desk, "Ratify");
    assert_eq!(tills(&desk).ratified_function, "Business owner");
    assert!(desk.mentions("ratified by Priya Baker (Business owner)"));
    press(&mut desk, "Withdraw…");
    desk.retype("Reason", "A run failed");
    press(&mut desk, "Withdraw");
    assert!(tills(&desk).revoked_at.is_some());
    assert!(desk.shows("Withdrawn"));
}

fn to_rows(desk: &mut Desk<'_>) {
    use egui::accesskit::Role;
    use egui_kittest::kittest::Queryable as _;
    desk.window.harness.get_by_role_and_label(Role::Table, "Change templates").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Home);
    desk.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn a_standard_change_shows_the_plan_of_its_template_locked() {
    let mut desk = written();
    desk.button_like("Records");
    press(&mut desk, "New record");
    desk.choose("Type", "Standard");
    desk.choose("Template", "Tills");
    desk.retype("Title", "April, workstations");
    press(&mut desk, "Make the record");
    let book = desk.book();
    assert_eq!(book.changes.rows()[0].state, ChangeState::Draft);
    assert_eq!(book.changes.rows()[0].plan.backout_plan, "Roll back by the update server");
    assert!(desk.shows("Roll back by the update server"));
    assert!(desk.mentions("is not ratified"));
}
