//! Rule sets, pending changes and business cases in the window.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patchbook::app::Engine;
use patchbook::domain::asset::{AssetClass, Exposure};
use patchbook::domain::case::{BusinessCase, LossInput, Range};
use patchbook::domain::command::{CaseCommand, Command, DeadlineCommand, Edit};
use patchbook::domain::ruleset::standing::in_force;
use patchbook::domain::ruleset::{Filled, SetScope};
use patchbook::ui::route::Room;

use super::desk::{Desk, NOW, hire, light, run};

fn press(desk: &mut Desk<'_>, label: &str) {
    desk.window.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    desk.settle();
}

fn case_tab(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Programme);
    desk.answer("Business case");
    desk
}

/// An estimate that costs more than it saves.
fn costly(engine: &mut Engine) {
    hire(engine, "Dora");
    let one = |likely| Range { low: likely, likely, high: likely };
    let mut row = BusinessCase::new("Monthly cycle", "EUR");
    (row.cost.hour_cents, row.cost.fixed_minutes) = (5_500, 4_308);
    row.loss = Some(LossInput {
        loss_cents: one(10_000_000),
        before_permille: one(200),
        after_permille: one(80),
        grounds: "invented".to_owned(),
    });
    run(engine, Command::Case(CaseCommand::Save(Box::new(Edit { base: None, row }))));
}

#[test]
fn a_rule_set_is_adopted_in_the_settings_and_left_again() {
    let mut desk = light(|_| ());
    desk.go(Room::Settings);
    assert!(desk.mentions("Not ratified: no policy"));
    press(&mut desk, "Adopt a rule set");
    desk.choose("Rule set", "Cyber Essentials 3.3 (in force)");
    assert!(desk.mentions("It knows no waivers"));
    press(&mut desk, "Adopt rule set");
    assert!(desk.mentions("Say why the rule set shall bind"));
    desk.retype("Why it shall bind", "A customer asks for it");
    press(&mut desk, "Adopt rule set");
    let book = desk.book();
    let sets = in_force(&book, NOW + 1);
    assert_eq!((sets.len(), sets[0].key.as_str()), (1, "ce-3.3"));
    assert!(desk.shows("Leave Cyber Essentials 3.3"));
    press(&mut desk, "Leave Cyber Essentials 3.3");
    desk.retype("Why it shall bind no more", "They left");
    press(&mut desk, "Leave rule set");
    assert!(in_force(&desk.book(), NOW + 1).is_empty());
}

#[test]
fn a_rule_set_binds_several_classes_and_exposures_at_once() {
    let mut desk = light(|_| ());
    desk.go(Room::Settings);
    press(&mut desk, "Adopt a rule set");
    desk.choose("Rule set", "Cyber Essentials 3.3 (in force)");
    assert!(desk.mentions("Classes that it binds: all, none is ticked"));
    for name in [AssetClass::Server.text(), AssetClass::Workstation.text(), Exposure::Internet.text()] {
        desk.window.harness.get_by_role_and_label(Role::CheckBox, name).click_accesskit();
        desk.settle();
    }
    assert!(desk.mentions("Classes that it binds: only what is ticked"));
    desk.window.shot("settings-adopt-light");
    desk.retype("Why it shall bind", "A customer asks for it");
    press(&mut desk, "Adopt rule set");
    let book = desk.book();
    let binds = &in_force(&book, NOW + 1)[0].binds;
    assert_eq!((binds.classes.len(), binds.exposures.as_slice()), (2, &[Exposure::Internet][..]));
    assert!(binds.groups.is_empty());
}

#[test]
fn the_times_that_a_source_leaves_open_are_asked_for() {
    let mut desk = light(|_| ());
    desk.go(Room::Settings);
    press(&mut desk, "Adopt a rule set");
    desk.choose("Rule set", "NIST SP 800-53 SI-2 (in force)");
    desk.retype("Why it shall bind", "A contract");
    press(&mut desk, "Adopt rule set");
    assert!(desk.mentions("leaves this time to you"));
    desk.retype("Time to correct", "20");
    press(&mut desk, "Adopt rule set");
    let book = desk.book();
    assert_eq!((book.set_rules.len(), book.set_rules.rows()[0].count), (1, 20));
}

#[test]
fn the_rules_of_an_adopted_set_can_be_read() {
    let mut desk = light(|engine| {
        let command = DeadlineCommand::Adopt {
            key: "bod-26-04".to_owned(),
            binds: SetScope::default(),
            filled: Filled::default(),
            reason: "By choice".to_owned(),
            case: None,
        };
        run(engine, Command::Deadline(command));
    });
    desk.go(Room::Settings);
    assert!(desk.shows("Unconfirmed"));
    press(&mut desk, "Show the rules of CISA BOD 26-04");
    assert!(desk.mentions("row 16, listed, exposed, automatable, total impact: 3 days"));
}

#[test]
fn an_estimate_is_written_with_its_sums_as_they_are_typed() {
    let mut desk = case_tab(|_| ());
    assert!(desk.shows("No estimate yet"));
    press(&mut desk, "Write an estimate");
    desk.retype("Name of the estimate", "Monthly cycle");
    desk.retype("Currency", "EUR");
    desk.retype("An hour of work", "55");
    desk.retype("Hours a cycle, whatever the number of machines", "10");
    assert!(desk.mentions("10 h, 550 EUR"));
    desk.retype("Tools a year", "lots");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.mentions("Write an amount"));
    desk.retype("Tools a year", "600");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    assert_eq!(book.cases.len(), 1);
    assert_eq!(
        (book.cases.rows()[0].cost.fixed_minutes, book.cases.rows()[0].cost.tool_cents),
        (600, 60_000)
    );
}

#[test]
fn a_negative_result_is_shown_and_judged_as_it_is() {
    let mut desk = case_tab(costly);
    assert!(desk.mentions("-35\u{202f}388 EUR"), "47,388 a year against 12,000");
    assert!(desk.mentions("It costs more than it saves"));
    press(&mut desk, "Record judgement…");
    desk.choose("What was made of it", "Reasonable");
    desk.retype("Judged by", "Dora");
    desk.retype("As", "CIO");
    desk.choose("How they told", "E-mail");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    assert_eq!(book.cases.rows()[0].judged_by, "Dora");
    assert!(desk.shows("Reasonable"));
    assert!(desk.mentions("no evidence"));
}
