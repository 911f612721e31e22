//! From nothing to an open register, and back.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use patchbook::app::Engine;
use patchbook::app::preferences::{Preferences, Theme};
use patchbook::store::Access;
use patchbook::ui::app::Start;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::bench::{bench, context, open};

#[test]
fn a_new_register_leads_from_welcome_to_today_with_what_to_do_next() {
    let mut bench = bench(Mode::Light);
    assert_eq!(bench.app().room(), Room::Welcome);
    bench.window.shot("shell-welcome-light");
    let path = bench.make("Tidewater Fittings");
    assert!(path.exists());
    assert_eq!(bench.app().room(), Room::Today);
    assert!(bench.shows("Nothing is imported yet"));
    assert!(bench.shows("Tidewater Fittings"));
    assert!(bench.mentions("Saved - entry "));
    assert_eq!(bench.app().preferences().recent, [path]);
}

#[test]
fn a_new_register_says_under_each_field_what_is_missing() {
    let mut bench = bench(Mode::Light);
    bench.button("New register");
    bench.retype("Time zone", "Berlin");
    bench.retype("File", &bench.folder.join("none/shop.patchbook").display().to_string());
    bench.button("Make the register");
    assert!(bench.shows("Type the name that stands on every page"));
    assert!(bench.shows("Not a time zone. Write it like Europe/Berlin"));
    assert!(bench.shows("There is no folder of this name"));
    bench.window.shot("shell-new-issues-light");
    bench.click(Role::CheckBox, "Europe/Berlin");
    assert_eq!(bench.value("Time zone"), "Europe/Berlin");
}

#[test]
fn an_existing_file_is_never_written_over() {
    let mut bench = bench(Mode::Light);
    let path = bench.folder.join("shop.patchbook");
    std::fs::File::create(&path).expect("a file");
    bench.make("Tidewater Fittings");
    assert!(bench.mentions("it is never overwritten"));
    assert_eq!(std::fs::metadata(&path).expect("it").len(), 0);
    assert_eq!(bench.app().room(), Room::Welcome);
}

#[test]
fn a_register_opens_by_its_path_and_closes_to_welcome_where_it_is_remembered() {
    let mut bench = bench(Mode::Light);
    bench.make("Tidewater Fittings");
    bench.ctrl(Key::K);
    bench.type_text("close the");
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.app().room(), Room::Welcome);
    bench.click(Role::Link, "Open shop");
    assert_eq!(bench.app().room(), Room::Today);
}

#[test]
fn a_file_that_is_no_register_is_named_and_nothing_opens() {
    let mut bench = bench(Mode::Light);
    let path = bench.folder.join("letter.patchbook");
    std::io::Write::write_all(&mut std::fs::File::create(&path).expect("a file"), b"Dear Sir")
        .expect("written");
    bench.ctrl(Key::O);
    bench.name_path(&path, "Open");
    assert!(bench.mentions("letter.patchbook"));
    assert_eq!(bench.app().room(), Room::Welcome);
    bench.window.shot("shell-foreign-light");
}

#[test]
fn a_path_that_leads_nowhere_is_said_in_the_dialog() {
    let mut bench = bench(Mode::Light);
    bench.ctrl(Key::O);
    bench.name_path(&bench.folder.join("gone.patchbook"), "Open");
    assert!(bench.shows("There is no file of this name"));
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("There is no file of this name"));
}

#[test]
fn a_register_somebody_else_writes_is_looked_at_and_says_who_has_it() {
    let mut first = bench(Mode::Light);
    let path = first.make("Tidewater Fittings");
    let holder = Engine::open(&path, Access::ReadOnly, context()).expect("looking on");
    drop(holder);
    let mut second = open(Mode::Light, first.folder.clone(), Start::Open(path), None);
    assert!(second.mentions("Open for writing by Ines Hartmann on desk"));
    assert!(second.shows("Looking on"));
    second.window.shot("shell-looking-on-light");
    second.ctrl(Key::I);
    assert!(!second.shows("Path"), "nothing is imported into a register one looks at");
}

#[test]
fn look_room_and_recent_files_are_kept_for_the_next_time() {
    let mut first = bench(Mode::Light);
    let path = first.make("Tidewater Fittings");
    first.go(Room::Settings);
    first.ctrl(Key::K);
    first.type_text("dark theme");
    first.press(Modifiers::NONE, Key::Enter);
    first.ctrl(Key::Plus);
    let kept = Preferences::read(&first.folder.join("preferences.toml")).0;
    assert_eq!(kept.theme, Theme::Dark);
    assert_eq!(kept.room, "settings");
    assert_eq!(kept.recent, std::slice::from_ref(&path));
    assert!((kept.zoom - 1.1).abs() < 0.001);
    first.ctrl(Key::K);
    first.type_text("close the");
    first.press(Modifiers::NONE, Key::Enter);
    let again = open(Mode::Light, first.folder.clone(), Start::Open(path), None);
    assert_eq!(again.app().room(), Room::Settings);
}

#[test]
fn the_sample_is_made_in_a_folder_of_its_own() {
    let mut bench = bench(Mode::Light);
    bench.button("Make the sample…");
    let folder = bench.folder.clone();
    bench.name_path(&folder, "Make the sample");
    bench.window.shot("shell-sample-light");
    assert!(folder.join("patchbook-sample/tidewater.patchbook").exists());
    assert_eq!(bench.app().room(), Room::Today);
    assert!(bench.mentions("47 machines in scope"));
}

#[test]
fn leaving_asks_only_where_typed_words_would_be_lost() {
    let mut bench = bench(Mode::Light);
    bench.make("Tidewater Fittings");
    bench.go(Room::Settings);
    bench.close();
    assert!(!bench.mentions("Leave without saving"));
    bench.retype("Shop name", "Tidewater Valves");
    bench.close();
    assert!(bench.mentions("Leave without saving"));
    bench.button("Cancel");
    assert!(!bench.mentions("Leave without saving"));
    assert_eq!(bench.value("Shop name"), "Tidewater Valves");
}

#[test]
fn a_dropped_register_opens_and_anything_else_starts_an_import() {
    let mut bench = bench(Mode::Light);
    let path = bench.make("Tidewater Fittings");
    let csv = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/golden/computers.csv");
    bench.drop_file(&csv);
    assert_eq!(bench.app().room(), Room::Import);
    assert!(bench.mentions("new computers"));
    bench.go(Room::Today);
    bench.drop_file(&path);
    assert_eq!(bench.app().room(), Room::Today, "the room that was open last");
}
