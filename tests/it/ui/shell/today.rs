//! Today over the sample register: numbers that add up and open into machines, printing, failed work.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::bench::{bench, sample};

#[test]
fn the_six_segments_add_up_to_the_scope_and_each_opens_its_machines() {
    let mut bench = sample(Mode::Light);
    assert!(bench.shows("Today"));
    let words = ["Overdue", "Unsupported", "Unknown", "Waived", "In time", "Up to date"];
    let mut total = 0;
    for word in words {
        let label = bench.window.harness.get_all_by_role(Role::Button).find_map(|node| {
            let label = node.accesskit_node().label()?;
            let rest = label.strip_prefix(word)?;
            let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
            (rest.contains("machines")).then(|| digits.parse::<u32>().ok()).flatten()
        });
        total += label.unwrap_or_else(|| panic!("{word} with its count"));
    }
    assert!(bench.mentions(&format!("{total} machines in scope")), "{total}");
    bench.button_like("Unknown");
    assert_eq!(bench.app().room(), Room::Assets);
}

#[test]
fn a_drawer_of_work_opens_exactly_its_machines() {
    let mut bench = sample(Mode::Light);
    bench.button_like("Waiting for a restart");
    assert_eq!(bench.app().room(), Room::Assets);
    assert!(bench.mentions("Waiting for a restart"));
}

#[test]
fn last_month_stands_beside_today() {
    let bench = sample(Mode::Light);
    assert!(bench.mentions("On 31 Oct:"));
    assert!(bench.mentions("was "));
}

#[test]
fn the_report_is_printed_to_where_the_dialog_says_and_told_with_its_pages() {
    let mut bench = sample(Mode::Light);
    bench.ctrl(Key::P);
    bench.window.shot("shell-print-light");
    let path = bench.folder.join("october.pdf");
    bench.retype("File", &path.display().to_string());
    bench.button("Print");
    assert!(bench.shows("Printed"));
    let bytes = std::fs::read(&path).expect("the report");
    assert!(bytes.starts_with(b"%PDF-"));
    bench.go(Room::History);
    assert!(bench.mentions("Monthly compliance report") || bench.mentions("Print"));
}

#[test]
fn another_paper_is_chosen_in_the_same_dialog_and_proposes_its_own_file() {
    let mut bench = sample(Mode::Light);
    bench.ctrl(Key::P);
    bench.click(Role::ComboBox, "Paper");
    // The list is longer than its popup: letters jump to what is out of sight.
    bench.type_text("Action");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.value("File").contains("-actions-"), "{}", bench.value("File"));
    let path = bench.folder.join("actions.pdf");
    bench.retype("File", &path.display().to_string());
    bench.button("Print");
    assert!(std::fs::read(&path).expect("the list").starts_with(b"%PDF-"));
}

#[test]
fn a_report_that_cannot_be_written_says_why() {
    let mut bench = sample(Mode::Light);
    bench.ctrl(Key::P);
    let path = bench.folder.join("gone/october.pdf");
    bench.retype("File", &path.display().to_string());
    bench.button("Print");
    assert!(bench.shows("There is no folder of this name"));
}

#[test]
fn nothing_imported_offers_the_export_script() {
    let mut bench = bench(Mode::Light);
    bench.make("Tidewater Fittings");
    bench.button("Save the export script…");
    let path = bench.folder.join("Export-Patchbook.ps1");
    bench.name_path(&path, "Save");
    assert!(std::fs::metadata(&path).expect("the script").len() > 1000);
    assert!(bench.shows("Saved Export-Patchbook.ps1"));
}
