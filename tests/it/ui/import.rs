//! The import wizard: from a file to one step of the history, and back.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::desk::{add, dark, fixture, import, light};
use patchbook::domain::asset::AssetKind;
use patchbook::ui::route::Room;

#[test]
fn a_whole_import_by_keyboard_is_one_step_and_is_undone_as_one() {
    let mut desk = light(|_| ());
    desk.import(&fixture("golden"));
    assert!(desk.mentions("4 new computers"));
    assert!(desk.book().assets.is_empty(), "nothing is written before Import");
    desk.window.shot("import-plan-light");
    desk.window.harness.get_by_role_and_label(Role::Button, "Import").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.mentions("Recorded as one step"));
    assert_eq!(desk.book().assets.len(), 4);
    desk.window.shot("import-done-light");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(desk.book().assets.rows().iter().all(|_| false), "undone as one");
    assert!(desk.shows("Which files?"));
}

#[test]
fn the_new_machines_of_an_import_can_be_looked_at() {
    let mut desk = light(|_| ());
    desk.import(&fixture("golden"));
    desk.button("Import");
    desk.button("Show 4 new machines");
    assert!(desk.mentions("New in this import"));
}

#[test]
fn cancel_leaves_the_register_as_it_is() {
    let mut desk = light(|_| ());
    desk.import(&fixture("golden"));
    desk.button("Cancel");
    assert!(desk.shows("Which files?"));
    assert_eq!(desk.book().head.seq, desk.book().head.seq);
    assert!(desk.book().assets.is_empty() && desk.book().batches.is_empty());
}

#[test]
fn the_same_files_twice_are_said_plainly() {
    let mut desk = light(|engine| import(engine, &["golden"]));
    let before = desk.book().head.seq;
    desk.import(&fixture("golden"));
    assert!(desk.shows("Already imported"));
    assert!(desk.shows("Nothing new"));
    let button = desk.window.harness.get_by_role_and_label(Role::Button, "Import");
    assert!(button.accesskit_node().is_disabled());
    assert_eq!(desk.book().head.seq, before);
}

#[test]
fn a_file_that_holds_no_states_is_answered_by_its_sentence() {
    let mut desk = light(|_| ());
    desk.import(&fixture("scanners/BulletinSearch.xlsx"));
    assert!(desk.mentions("BulletinSearch.xlsx"));
    assert!(desk.shows("Not imported"));
    desk.window.shot("import-named-light");
    assert!(desk.book().batches.is_empty());
}

#[test]
fn every_file_of_the_fixtures_shows_a_plan_a_question_or_a_sentence() {
    let mut desk = light(|_| ());
    let mut seen = 0;
    for folder in ["wsus", "scanners", "msrc", "kev", "systeminfo", "wmic_qfe", "foreign"] {
        for entry in std::fs::read_dir(fixture(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            desk.import(&path);
            let asks = desk.shows("Continue");
            let plans = desk.mentions("Recognised as")
                || desk.mentions("; ticked ones are taken")
                || desk.mentions("Pairs of machine");
            assert!(asks || plans, "{}", path.display());
            desk.button("Cancel");
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
    assert!(desk.book().batches.is_empty());
}

const AMBIGUOUS: &str = "Computer,KB,State,LastStatus\nlap-1,5036892,Installed,4/3/2024 10:00\nlap-2,5036892,eingespielt,5/4/2024 10:00\n";

#[test]
fn questions_are_asked_in_plain_words_once_and_remembered() {
    let mut desk = light(|_| ());
    let file = desk.file("script.csv", AMBIGUOUS);
    desk.import(&file);
    assert!(desk.shows("Is the day or the month first in “LastStatus”?"));
    assert!(desk.shows("What does the state “eingespielt” mean?"));
    desk.window.shot("import-questions-light");
    let go_on = desk.window.harness.get_by_role_and_label(Role::Button, "Continue");
    assert!(go_on.accesskit_node().is_disabled());
    desk.answer("Day first");
    desk.choose("It means", "Installed");
    desk.answer("Some updates, or I do not know");
    desk.button("Continue");
    assert!(desk.mentions("2 new computers"));
    desk.button("Import");
    assert_eq!(desk.book().profiles.len(), 1);
    let later = desk.file("script2.csv", &AMBIGUOUS.replace("lap-2", "lap-3"));
    desk.import(&later);
    assert!(!desk.shows("Continue"), "asked once");
    assert!(desk.mentions("1 new computer"));
}

#[test]
fn a_table_nobody_knows_is_mapped_by_hand() {
    let mut desk = light(|_| ());
    let file = desk.file(
        "odd.csv",
        "Rechner,Artikel,Lage,Bemerkung\nlap-1,5036892,Installed,a\nlap-2,5036892,NotInstalled,b\n",
    );
    desk.import(&file);
    assert!(desk.shows("Which column means what?"), "asked about its columns");
    desk.choose("Meaning of Rechner", "Computer, by its name");
    desk.choose("Meaning of Artikel", "Update, by its KB number");
    desk.choose("Meaning of Lage", "State of the update");
    desk.window.shot("import-mapping-light");
    desk.button("Continue");
    desk.answer("Some updates, or I do not know");
    desk.button("Continue");
    assert!(desk.mentions("2 new computers"));
}

#[test]
fn a_computer_is_left_out_by_taking_its_tick() {
    let mut desk = light(|_| ());
    desk.import(&fixture("golden"));
    desk.click(Role::CheckBox, "Tick row 1");
    assert!(desk.mentions("3 new computers"));
    assert!(desk.shows("Left out 1"));
    desk.button("Import");
    assert_eq!(desk.book().assets.len(), 3);
}

#[test]
fn a_damaged_name_is_asked_about_and_taken_as_the_asset_one_says() {
    let mut desk = light(|engine| add(engine, "LAP-BÜRO-07", AssetKind::Laptop));
    desk.import(&fixture("wsus/01_Get-WsusComputer_ps51_default_enUS.csv"));
    while desk.shows("Continue") {
        desk.answer("Month first");
        desk.button("Continue");
    }
    assert!(desk.shows("Your choice 1"), "one cannot be matched for certain");
    desk.click(Role::CheckBox, "Your choice 1");
    desk.window.harness.get_all_by_role(Role::Row).next().expect("the computer").click();
    desk.settle();
    desk.window.shot("import-choice-light");
    desk.button("Take as LAP-BÜRO-07");
    assert!(!desk.mentions("Your choice 1"));
    assert!(desk.mentions("You said it is LAP-BÜRO-07"));
}

#[test]
fn your_own_value_stays_and_the_plan_says_so() {
    let mut desk = light(|engine| import(engine, &["golden"]));
    desk.go(Room::Assets);
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(Event::Text("ws-acc".to_owned()));
    desk.settle();
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.type_into("Model", "OptiPlex of accounting");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.mentions("Yours wins"));
    let text = std::fs::read_to_string(fixture("golden/computers.csv")).expect("a fixture");
    assert!(text.contains("OptiPlex 7090"));
    let file = desk.file("computers.csv", &text.replace("OptiPlex 7090", "OptiPlex 7095"));
    desk.import(&file);
    while desk.shows("Continue") {
        desk.button("Continue");
    }
    assert!(desk.mentions("kept yours"));
    desk.button("Import");
    let book = desk.book();
    let asset = book.asset_named("ws-acc-014").expect("it");
    assert_eq!(asset.model_text(), "OptiPlex of accounting");
    assert_eq!(asset.imported.model.as_deref(), Some("OptiPlex 7095"));
}

#[test]
fn the_pages_can_be_painted_in_the_dark() {
    let mut desk = dark(|engine| import(engine, &["golden"]));
    desk.go(Room::Import);
    desk.window.shot("import-choose-dark");
    let file = desk.file("script.csv", AMBIGUOUS);
    desk.import(&file);
    desk.window.shot("import-questions-dark");
    desk.button("Cancel");
    desk.import(&fixture("golden"));
    desk.button("Files 5");
    desk.window.shot("import-files-dark");
}

/// Two days after the newest of the files, UTC seconds: a file of the future is refused.
const LATE_AUGUST_2025: i64 = 1_756_252_800;

#[test]
fn a_file_of_threat_data_is_previewed_loaded_and_undone() {
    let mut desk = light(|_| ());
    desk.import(&fixture("kev/kev_whole.json.gz"));
    desk.button("Load");
    assert!(desk.mentions("which is later than today") && desk.book().catalogues.is_empty());
    let mut desk = desk.reopened_at(LATE_AUGUST_2025);
    desk.go(Room::Import);
    desk.import(&fixture("kev/kev_whole.json.gz"));
    assert!(desk.shows("Recognised as CISA KEV") && desk.shows("Version 2025.08.25"));
    assert!(desk.mentions("1\u{202f}404 newly listed as exploited"));
    assert!(desk.book().catalogues.is_empty(), "nothing is written before Load");
    desk.window.shot("import-threat-light");
    desk.button("Load");
    assert!(desk.mentions("Recorded as one step"));
    assert_eq!(desk.book().threats.len(), 1404);
    desk.import(&fixture("kev/kev_whole.json.gz"));
    assert!(desk.shows("Already loaded"));
    let button = desk.window.harness.get_by_role_and_label(Role::Button, "Load");
    assert!(button.accesskit_node().is_disabled());
    desk.button("Cancel");
    assert!(desk.shows("Which files?"));
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book().threats.len(), 0);
}

#[test]
fn several_files_of_threat_data_are_loaded_one_after_the_other() {
    let mut desk = light(|_| ());
    desk.import(&fixture("epss"));
    assert!(desk.mentions("3 more files wait"));
    assert!(desk.mentions("Left aside: 2 entries that concern nothing"));
    desk.button("Load");
    desk.button_like("Read epss_scores-2021-09-01");
    assert!(desk.mentions("2 more files wait"));
    desk.window.shot("import-threat-next-light");
    desk.button("Cancel");
    assert_eq!(desk.book().catalogues.len(), 1);
}

#[test]
fn a_scan_names_the_machines_that_it_leaves_aside() {
    let mut desk = dark(|engine| add(engine, "server99", AssetKind::Server));
    desk.import(&fixture("scanners/nessus_many_vuln.csv"));
    assert!(desk.mentions("2 machines left aside") && desk.shows("10.1.1.1"));
    desk.window.shot("import-threat-scan-dark");
    desk.button("Cancel");
    let mut desk = desk.reopened_at(LATE_AUGUST_2025);
    desk.go(Room::Import);
    desk.import(&fixture("scanners/report_detail_v2.csv"));
    assert!(desk.mentions("1 new finding"));
    desk.button("Load");
    assert_eq!(desk.book().findings.len(), 1);
}

#[test]
fn a_damaged_file_of_threat_data_changes_nothing_and_says_so() {
    let mut desk = light(|_| ());
    let text =
        std::fs::read_to_string(fixture("kev/known_exploited_vulnerabilities.json")).expect("a fixture");
    let file = desk.file("kev.json", &text[..text.len() / 2]);
    desk.import(&file);
    assert!(desk.mentions("ends in the middle") && desk.shows("Which files?"));
    assert!(desk.book().catalogues.is_empty());
}
