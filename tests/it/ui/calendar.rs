//! Calendar: the month by keyboard, a cycle begun after it was shown, its steps settled, its rules changed in place.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::domain::asset::AssetKind;
use patchbook::domain::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use patchbook::domain::command::{CalendarCommand, Command, CycleCommand, Edit};
use patchbook::domain::cycle::CycleKind;
use patchbook::ui::theme::Mode;

use super::desk::{Desk, add, desk, hire, import, light, run};
use crate::widgets::support::Setting;

fn calendar(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.press(Modifiers::COMMAND, Key::Num3);
    desk
}

/// Presses a button wherever the page is scrolled to.
fn press(desk: &mut Desk<'_>, label: &str) {
    desk.window.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    desk.settle();
}

/// Begins the cycle of April 2024, in which the tests live.
fn begin_april(engine: &mut Engine) {
    let monthly = |row: &&patchbook::domain::cycle::template::CycleTemplate| row.kind == CycleKind::Monthly;
    let template = engine.book().cycle_templates.rows().iter().find(monthly).expect("a template").id;
    run(engine, Command::Cycle(CycleCommand::Begin { template, month: "2024-04".to_owned() }));
}

/// A window of the first group, the third day after the first release rule.
fn add_window(engine: &mut Engine, name: &str) {
    let book = engine.book();
    let (group, rule) = (book.groups_in_order()[0].id, book.release_rules.rows()[0].id);
    let row = MaintenanceWindow {
        id: WindowId(0),
        group,
        name: name.to_owned(),
        recurs: Recurs::Release { rule, days: 3 },
        start: "21:00".to_owned(),
        minutes: 240,
        zone: String::new(),
        agreed_by: None,
        agreed_on: None,
        agreed_until_on: None,
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        ended_at: None,
    };
    run(engine, Command::Calendar(CalendarCommand::Window(Box::new(Edit { base: None, row }))));
}

fn living(engine: &mut Engine) {
    import(engine, &["golden"]);
    add(engine, "WS-900", AssetKind::Workstation);
    for name in ["Bo Berg", "Cy Chen"] {
        hire(engine, name);
    }
    add_window(engine, "Controllers Friday night");
    begin_april(engine);
}

#[test]
fn every_view_can_be_painted_in_both_looks() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let setting = Setting { mode, ..Setting::default() };
        for view in ["Month", "Agenda", "Cycle", "Rules"] {
            let mut page = desk(setting, living);
            page.press(Modifiers::COMMAND, Key::Num3);
            page.answer(view);
            if view == "Month" {
                page.press(Modifiers::NONE, Key::Enter);
            }
            let path = page.window.shot(&format!("calendar-{}-{look}", view.to_lowercase()));
            assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
        }
        let mut page = desk(Setting { mode, size: vec2(1280.0, 1500.0), ..Setting::default() }, living);
        page.press(Modifiers::COMMAND, Key::Num3);
        press(&mut page, "Begin the cycle of May 2024…");
        page.window.shot(&format!("calendar-begin-{look}"));
    }
}
