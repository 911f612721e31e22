//! The room of the updates, by role and label and by keyboard.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::domain::rating::Rank;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::desk::{Desk, hire, import, light};
use super::shell::bench::sample;

fn updates(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Updates);
    desk
}

fn golden(engine: &mut Engine) {
    import(engine, &["golden"]);
    hire(engine, "Priya Baker");
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
fn a_bundle_is_confirmed_in_one_action_by_keyboard_and_what_is_left_out_stays() {
    let mut desk = updates(golden);
    desk.answer("To rate");
    let button = desk
        .window
        .harness
        .get_all_by_role(Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.starts_with("Confirm "))
        .expect("a bundle");
    desk.window.harness.get_by_role_and_label(Role::Button, &button).focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Space);
    let book = desk.book();
    assert!(!book.ratings.is_empty());
    assert!(book.grounds.iter().all(|ground| !ground.bundle.is_empty()), "each says in which bundle");
    assert!(desk.mentions("Confirm the suggested rank of"), "the toast offers to take it back");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(desk.book().ratings.is_empty());
}

#[test]
fn a_go_is_decided_for_a_domain_and_says_how_it_is_known() {
    let mut desk = updates(golden);
    open_first(&mut desk);
    desk.answer("Go or no-go");
    desk.button_like("Decide for ");
    desk.choose("Decision", "Go");
    desk.type_lines("Why", "Tested on two machines");
    desk.type_lines("Risk of not deploying", "A flaw that is used");
    desk.retype("Decided by", "Priya Baker");
    desk.retype("As", "Head of IT");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.book().go_decisions.is_empty());
    assert!(desk.shows("Choose how they told."));
    desk.choose("How they told", "Phone");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let row = &book.go_decisions.rows()[0];
    assert_eq!((row.decided_by.as_str(), row.evidence_name.as_str()), ("Priya Baker", ""));
    assert!(desk.mentions("on the phone") && desk.mentions("no evidence"));
    desk.button("Take this decision back");
    assert!(desk.book().go_decisions.rows()[0].voided_at.is_some());
}

#[test]
fn a_corrected_field_says_no_longer_what_was_wrong_and_the_others_still_do() {
    let mut desk = updates(golden);
    open_first(&mut desk);
    desk.answer("Go or no-go");
    desk.button_like("Decide for ");
    desk.type_lines("Why", "Tested on two machines");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.shows("Choose what was decided.") && desk.shows("Choose how they told."));
    desk.choose("Decision", "Go");
    assert!(!desk.shows("Choose what was decided."), "it is chosen");
    assert!(desk.shows("Choose how they told."), "it is not");
    desk.choose("How they told", "Phone");
    assert!(!desk.shows("Choose how they told."));
    assert!(desk.book().go_decisions.is_empty(), "nothing was sent by typing");
}

#[test]
fn a_conflict_and_a_domain_are_kept_and_threat_data_says_what_is_missing() {
    let mut desk = updates(golden);
    desk.answer("Conflicts");
    desk.button("Add a conflict");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.book().conflicts.is_empty(), "what suffered is demanded");
    desk.type_into("What suffered", "Payroll 9");
    desk.type_lines("What happened", "It starts no longer");
    desk.press(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.book().conflicts.rows()[0].product, "Payroll 9");
    desk.answer("Domains");
    desk.button("Add a domain");
    desk.type_into("Name", "Cash registers");
    desk.type_lines("Covers", "POS, till");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let row = book.domains.iter().find(|row| row.name == "Cash registers").expect("the domain");
    assert_eq!(row.technologies, ["POS", "till"]);
    desk.answer("Threat data");
    assert!(desk.shows("No threat data loaded"));
}

#[test]
fn the_machines_that_owe_an_update_add_up_by_where_they_stand() {
    let mut bench = sample(Mode::Light);
    bench.go(Room::Updates);
    bench.ctrl(Key::F);
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.press(Modifiers::NONE, Key::Enter);
    let labels =
        || bench.window.harness.get_all_by_role(Role::CheckBox).filter_map(|n| n.accesskit_node().label());
    let count =
        |label: &str| label.rsplit(' ').next().and_then(|n| n.parse::<u32>().ok()).unwrap_or_default();
    let words = ["Overdue ", "Unsupported ", "Unknown ", "Waived ", "In time ", "Up to date "];
    let sum: u32 = words
        .iter()
        .filter_map(|word| labels().find(|label| label.starts_with(word)))
        .map(|label| count(&label))
        .sum();
    assert!(sum > 0);
    assert!(bench.mentions(&format!("Owed by {sum} of ")), "{sum}");
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
    for part in ["Why this rank", "Go or no-go", "Needs and conflicts"] {
        bench.window.harness.get_by_role_and_label(Role::RadioButton, part).click_accesskit();
        bench.settle();
        bench.window.shot(&format!("updates-{}-light", &part[..3].to_lowercase()));
    }
    bench.press(Modifiers::NONE, Key::Escape);
    for tab in ["To rate", "Domains", "Conflicts", "Threat data"] {
        bench.window.harness.get_by_role_and_label(Role::RadioButton, tab).click_accesskit();
        bench.settle();
        bench.window.shot(&format!("updates-tab-{}-light", &tab[..3].to_lowercase()));
    }
}

#[test]
fn what_is_expected_next_is_listed_by_the_calendars_rules() {
    let mut desk = updates(|_| ());
    desk.answer("Upcoming releases");
    let _ = desk.window.harness.get_by_role_and_label(Role::Table, "Upcoming releases");
    assert!(desk.mentions("14 May 2024"), "the second Tuesday of the next month");
    desk.window.shot("updates-ahead-light");
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("no such vendor".to_owned()));
    desk.settle();
    assert!(desk.mentions("0 releases are expected"));
}

#[test]
fn one_decision_is_recorded_for_all_ticked_updates_of_a_domain() {
    let mut desk = updates(golden);
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::COMMAND, Key::A);
    assert!(desk.mentions(" ticked"));
    desk.window.shot("updates-ticked-light");
    desk.button_like("Go or no-go for ");
    desk.choose("Decision", "No go");
    desk.type_lines("Why", "The vendor withdrew it");
    desk.type_lines("Risk of not deploying", "A flaw that is used");
    desk.retype("Decided by", "Priya Baker");
    desk.retype("As", "Head of IT");
    desk.choose("How they told", "Phone");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    assert_eq!(book.go_decisions.len(), 1);
    let decided = &book.go_decisions.rows()[0].updates;
    assert!(decided.len() > 1, "all that the domain decides on");
}

#[test]
fn every_value_of_the_table_stands_under_its_own_title() {
    let desk = updates(golden);
    let rows = desk.window.harness.get_all_by_role(Role::Row);
    let said =
        rows.filter_map(|row| row.accesskit_node().label()).find(|label| label.starts_with("KB5036909"));
    let said = said.expect("the row of the update");
    assert!(said.contains(", High, 0, 1, Tue 16 Apr 2024, Default table, Suggested, "), "{said}");
}

#[test]
fn the_domains_can_be_searched() {
    let mut desk = updates(|_| ());
    desk.answer("Domains");
    let all = desk.window.harness.get_all_by_role(Role::Row).count();
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("linux".to_owned()));
    desk.settle();
    let found = desk.window.harness.get_all_by_role(Role::Row).count();
    assert!(found > 0 && found < all, "{found} of {all}");
}
