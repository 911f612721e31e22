//! Settings: each card saves as one step, says what is wrong under the field, and keeps what was typed.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::domain::asset::{AssetClass, AssetKind, Exposure};
use patchbook::domain::command::Command;
use patchbook::domain::deadline::TimeUnit;
use patchbook::domain::rating::Rank;
use patchbook::domain::update::Classification;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::desk::{Desk, NOW, add, desk, hire, import, light, run};
use crate::widgets::support::Setting;

fn settings(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Settings);
    desk
}

/// Presses a button wherever the page is scrolled to.
fn press(desk: &mut Desk<'_>, label: &str) {
    desk.window.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    desk.settle();
}

/// Chooses an option of a dropdown wherever the page is scrolled to.
fn choose(desk: &mut Desk<'_>, name: &str, option: &str) {
    desk.window.harness.get_by_role_and_label(Role::ComboBox, name).click_accesskit();
    desk.settle();
    desk.window.harness.get_by_role_and_label(Role::ListBoxOption, option).click_accesskit();
    desk.settle();
}

fn names(desk: &Desk<'_>) -> Vec<String> {
    desk.book().groups_in_order().iter().map(|group| group.name.clone()).collect()
}

#[test]
fn the_name_of_the_shop_is_saved_as_one_step_and_undone_as_one() {
    let mut desk = settings(|_| ());
    assert!(
        desk.window.harness.get_by_role_and_label(Role::Button, "Save shop").accesskit_node().is_disabled()
    );
    desk.retype("Shop name", "Harbour Fittings");
    assert!(desk.shows("Not saved"));
    press(&mut desk, "Save shop");
    assert_eq!(desk.book().shop.name, "Harbour Fittings");
    assert!(!desk.shows("Not saved"));
    // Out of the field, where Ctrl+Z takes back letters.
    desk.window.harness.get_by_role_and_label(Role::Button, "Choose a logo…").focus();
    desk.settle();
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book().shop.name, "Corner Shop");
    assert_eq!(desk.value("Shop name"), "Corner Shop");
}

#[test]
fn a_shop_without_a_name_is_refused_under_the_field_and_the_text_stays() {
    let mut desk = settings(|_| ());
    desk.retype("Shop name", "   ");
    press(&mut desk, "Save shop");
    assert!(desk.shows("Give the shop a name; every page prints it."));
    assert_eq!(desk.value("Shop name"), "   ");
    assert_eq!(desk.book().shop.name, "Corner Shop");
}

#[test]
fn a_zone_is_found_by_its_city() {
    let mut desk = settings(|_| ());
    desk.retype("Time zone", "new yo");
    assert!(desk.mentions("Not a zone yet"));
    desk.window.harness.get_by_label("America/New_York").click_accesskit();
    desk.settle();
    assert_eq!(desk.value("Time zone"), "America/New_York");
    press(&mut desk, "Save shop");
    assert_eq!(desk.book().shop.zone, "America/New_York");
}

#[test]
fn a_logo_that_is_no_png_is_refused_and_a_png_is_kept() {
    let mut desk = settings(|_| ());
    let text = desk.file("logo.png", "not a picture");
    press(&mut desk, "Choose a logo…");
    desk.retype("Path", &text.display().to_string());
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.mentions("This is not a PNG"));
    let icon = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/icon/patchbook-256.png");
    press(&mut desk, "Choose a logo…");
    desk.retype("Path", &icon.display().to_string());
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.shows("The logo"));
    press(&mut desk, "Save shop");
    assert!(desk.book().shop.logo.starts_with("iVBOR"), "the bytes of a PNG in base64");
    assert!(patchbook::ui::room::settings::logo_image(&desk.book().shop.logo).is_some());
    press(&mut desk, "Remove logo");
    press(&mut desk, "Save shop");
    assert!(desk.book().shop.logo.is_empty());
}

#[test]
fn freshness_that_is_no_number_is_said_before_anything_is_sent() {
    let mut desk = settings(|_| ());
    let before = desk.book().head.seq;
    desk.retype("Servers are fresh for (days)", "a week");
    press(&mut desk, "Save counting");
    assert!(desk.mentions("Write a whole number of days"));
    desk.retype("Servers are fresh for (days)", "400");
    press(&mut desk, "Save counting");
    assert!(desk.shows("Freshness is between 1 and 365 days."));
    assert_eq!(desk.book().head.seq, before);
    desk.retype("Servers are fresh for (days)", "7");
    press(&mut desk, "Save counting");
    assert_eq!(desk.book().shop.fresh_server_days, 7);
}

#[test]
fn two_cards_of_the_same_row_are_saved_one_after_the_other() {
    let mut desk = settings(|_| ());
    desk.retype("Shop name", "Harbour Fittings");
    desk.retype("Others are fresh for (days)", "21");
    press(&mut desk, "Save shop");
    assert_eq!(desk.value("Others are fresh for (days)"), "21", "the other card keeps its draft");
    press(&mut desk, "Save counting");
    let shop = desk.book().shop.clone();
    assert_eq!((shop.name.as_str(), shop.fresh_other_days), ("Harbour Fittings", 21));
}

#[test]
fn classes_say_how_many_updates_they_have_and_are_covered_by_a_tick() {
    let mut desk = settings(|engine| import(engine, &["golden"]));
    let book = desk.book();
    let of = |class| book.updates.rows().iter().filter(|update| update.classification == class).count();
    let security = of(Classification::Security);
    assert!(security > 0, "the fixture has security updates");
    assert!(desk.mentions(&format!("Security updates, {security} update")));
    let drivers = desk.window.harness.get_by_label_contains("Drivers, ");
    drivers.click_accesskit();
    desk.settle();
    press(&mut desk, "Save counting");
    assert!(desk.mentions("Say why. It is printed with what moved the figures."));
    desk.type_into("Why it is changed", "Drivers broke a machine");
    press(&mut desk, "Save counting");
    let mut reasons: Vec<String> = desk.book().countings.iter().map(|row| row.reason.clone()).collect();
    reasons.sort();
    assert_eq!(reasons, ["", "Drivers broke a machine"]);
    assert!(desk.book().shop.covered.contains(&Classification::Driver));
}

#[test]
fn how_the_month_works_is_saved_as_one_step_and_undone_as_one() {
    let mut desk = settings(|_| ());
    let before = desk.book().practice.clone();
    desk.retype("Quiet period (days)", "10");
    desk.retype("Quorum (members)", "2");
    desk.retype("High runs at most (days)", "45");
    desk.window
        .harness
        .get_by_role_and_label(Role::CheckBox, "Severe duties may be waived")
        .click_accesskit();
    desk.settle();
    press(&mut desk, "Save how the month works");
    let practice = desk.book().practice.clone();
    assert_eq!((practice.quiet_days, practice.quorum, practice.severe_waivers), (10, 2, true));
    let high = practice.waiver_caps.iter().find(|cap| cap.rank == Rank::High).expect("a cap");
    assert_eq!((high.days, high.renewals), (45, 1));
    assert_eq!(practice.review_days, before.review_days, "what was not touched stays");
    desk.window.harness.get_by_role_and_label(Role::Button, "Choose a logo…").focus();
    desk.settle();
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.book().practice, *before);
    assert_eq!(desk.value("Quiet period (days)"), "7");
}

#[test]
fn numbers_the_rules_do_not_allow_are_refused_under_their_fields() {
    let mut desk = settings(|_| ());
    let before = desk.book().head.seq;
    desk.retype("Quiet period (days)", "a week");
    press(&mut desk, "Save how the month works");
    assert!(desk.shows("Write a whole number, such as 7."));
    desk.retype("Quiet period (days)", "0");
    desk.retype("Severe runs at most (days)", "31");
    desk.retype("Low is renewed (times)", "2");
    press(&mut desk, "Save how the month works");
    assert!(desk.mentions("The quiet period is between 1 and 90 days"));
    assert!(desk.shows("A waiver of severe risk runs between 1 and 30 days."));
    assert!(desk.mentions("A waiver of low risk is renewed 0 times or once"));
    assert_eq!(desk.value("Severe runs at most (days)"), "31", "what was typed stays");
    assert_eq!(desk.book().head.seq, before);
}

#[test]
fn a_changed_deadline_is_in_force_from_now_on_and_the_old_one_keeps_its_day() {
    let mut desk = settings(|_| ());
    press(&mut desk, "Change High, server, internet-facing");
    assert!(desk.shows("In force from now on; duties released before keep the rule of their day."));
    assert_eq!(desk.value("Time"), "7");
    desk.retype("Time", "5");
    desk.retype("Source", "Policy 4.2");
    press(&mut desk, "Put in force");
    let book = desk.book();
    let here = |rule: &&patchbook::domain::deadline::DeadlineRule| {
        (rule.rank, rule.class, rule.exposure)
            == (Rank::High, Some(AssetClass::Server), Some(Exposure::Internet))
    };
    let mut rules: Vec<_> = book.rules.rows().iter().filter(here).collect();
    rules.sort_by_key(|rule| rule.from_at);
    assert_eq!(rules.len(), 2);
    assert_eq!((rules[0].amount, rules[0].until_at), (7, Some(NOW)));
    assert_eq!((rules[1].amount, rules[1].unit, rules[1].from_at), (5, TimeUnit::Days, NOW));
    assert_eq!((rules[1].source.as_str(), rules[1].until_at), ("Policy 4.2", None));
    press(&mut desk, "Show 1 rule that ended");
    assert!(desk.mentions("High, server, internet-facing: 7 days, from the beginning"));
}

#[test]
fn a_deadline_without_a_source_keeps_what_was_typed() {
    let mut desk = settings(|_| ());
    press(&mut desk, "Add a rule");
    choose(&mut desk, "Rank", "Medium");
    choose(&mut desk, "Class", "Workstation");
    choose(&mut desk, "Exposure", "Internet-facing");
    desk.retype("Time", "10");
    press(&mut desk, "Add rule");
    assert!(desk.mentions("Say where the rule comes from"));
    assert_eq!(desk.value("Time"), "10");
    desk.retype("Source", "Insurer");
    press(&mut desk, "Add rule");
    let book = desk.book();
    let added = book.rules.rows().iter().find(|rule| rule.from_at == NOW).expect("a rule");
    assert_eq!(
        (added.rank, added.class, added.exposure),
        (Rank::Medium, Some(AssetClass::Workstation), Some(Exposure::Internet))
    );
    assert_eq!((added.amount, added.source.as_str()), (10, "Insurer"));
}

#[test]
fn ending_a_deadline_is_asked_about_and_cancel_leaves_it() {
    let mut desk = settings(|_| ());
    press(&mut desk, "Change Low, workstation, every exposure");
    press(&mut desk, "End this rule…");
    assert!(desk.shows("End the deadline for Low, workstation, every exposure?"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.book().rules.rows().iter().all(|rule| rule.until_at.is_none()));
    press(&mut desk, "End this rule…");
    press(&mut desk, "End rule");
    let book = desk.book();
    let ended: Vec<_> = book.rules.rows().iter().filter(|rule| rule.until_at == Some(NOW)).collect();
    assert_eq!(ended.len(), 1);
    assert_eq!((ended[0].rank, ended[0].class), (Rank::Low, Some(AssetClass::Workstation)));
}

#[test]
fn moving_a_group_is_one_step_and_is_undone_as_one() {
    let mut desk = settings(|_| ());
    let before = names(&desk);
    press(&mut desk, "Move Web up");
    assert_eq!(names(&desk)[1], "Web");
    assert_eq!(names(&desk)[2], "E-mail");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&desk), before);
    let first = desk.window.harness.get_by_role_and_label(Role::Button, "Move Domain controllers up");
    assert!(first.accesskit_node().is_disabled());
}

#[test]
fn a_group_is_added_at_the_end_and_two_of_one_name_are_refused() {
    let mut desk = settings(|_| ());
    press(&mut desk, "Add a group");
    desk.retype("Group name", "web");
    press(&mut desk, "Add group");
    assert!(desk.shows("There is already a group called Web."));
    assert_eq!(desk.value("Group name"), "web");
    desk.retype("Group name", "Point of sale");
    press(&mut desk, "Add group");
    assert_eq!(names(&desk).last().map(String::as_str), Some("Point of sale"));
    press(&mut desk, "Change Point of sale");
    desk.retype("Group name", "Tills");
    press(&mut desk, "Save group");
    assert_eq!(names(&desk).last().map(String::as_str), Some("Tills"));
}

#[test]
fn an_order_that_names_a_group_twice_is_refused() {
    let desk = light(|engine| {
        let order: Vec<_> = engine.book().groups_in_order().iter().map(|group| group.id).collect();
        let twice = [&order[..], &order[..1]].concat();
        let progress = patchbook::util::progress::Progress::default();
        engine.run(Command::OrderGroups(twice), &progress).expect_err("one group stands twice");
        engine.run(Command::OrderGroups(order[1..].to_vec()), &progress).expect_err("one group is left out");
        let back: Vec<_> = order.iter().rev().copied().collect();
        run(engine, Command::OrderGroups(back));
    });
    assert_eq!(names(&desk)[0], "Workstations");
}

#[test]
fn a_person_is_added_and_changed() {
    let mut desk = settings(|engine| hire(engine, "Bo Berg"));
    press(&mut desk, "Add a person");
    desk.retype("Person's name", "Cy Chen");
    desk.retype("E-mail", "cy at example");
    press(&mut desk, "Add person");
    assert!(desk.shows("An e-mail address needs an @."));
    desk.retype("E-mail", "cy@example.org");
    desk.retype("Function", "Tester");
    press(&mut desk, "Add person");
    press(&mut desk, "Change Bo Berg");
    assert_eq!(desk.value("Person's name"), "Bo Berg");
    assert_eq!(desk.value("E-mail"), "", "nothing of the other person is left in the field");
    desk.retype("Function", "Owner");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let said: Vec<_> =
        book.people.rows().iter().map(|p| (p.name.as_str(), p.mail.as_str(), p.function.as_str())).collect();
    assert_eq!(said, [("Bo Berg", "", "Owner"), ("Cy Chen", "cy@example.org", "Tester")]);
}

#[test]
fn the_name_at_work_goes_into_what_is_recorded_next() {
    let mut desk = settings(|_| ());
    desk.retype("Your name", "Dora Dee");
    press(&mut desk, "Use this name");
    assert_eq!(desk.window.harness.state().preferences().actor, "Dora Dee");
    press(&mut desk, "Move Web up");
    desk.go(Room::History);
    assert!(desk.mentions("Dora Dee, Change the order of patch groups"));
}

#[test]
fn look_and_zoom_are_kept_as_preferences() {
    let mut desk = settings(|_| ());
    desk.window.harness.get_by_role_and_label(Role::RadioButton, "Dark").click_accesskit();
    desk.settle();
    press(&mut desk, "Larger");
    let kept = desk.window.harness.state().preferences();
    assert_eq!(kept.theme, patchbook::app::preferences::Theme::Dark);
    assert!((kept.zoom - 1.1).abs() < 0.001);
}

#[test]
fn the_page_can_be_painted_in_both_looks() {
    let fill = |engine: &mut Engine| {
        import(engine, &["golden"]);
        add(engine, "WS-900", AssetKind::Workstation);
        for name in ["Bo Berg", "Cy Chen"] {
            hire(engine, name);
        }
    };
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let mut page = desk(Setting { mode, ..Setting::default() }, fill);
        page.go(Room::Settings);
        page.window.shot(&format!("settings-top-{look}"));
        let mut page = desk(Setting { mode, size: vec2(1280.0, 2200.0), ..Setting::default() }, fill);
        page.go(Room::Settings);
        press(&mut page, "Change High, server, internet-facing");
        page.retype("Time", "soon");
        press(&mut page, "Put in force");
        press(&mut page, "Add a person");
        page.retype("Time zone", "lon");
        let path = page.window.shot(&format!("settings-whole-{look}"));
        assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
    }
}
