//! The programme's lists and the end of servicing, by keyboard and by name.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patchbook::app::Engine;
use patchbook::domain::asset::{Asset, AssetId};
use patchbook::domain::command::{AssetDraft, Command, Edit, ProgrammeCommand, ServicingCommand};
use patchbook::domain::lifecycle::{Lifecycle, LifecycleId};
use patchbook::domain::programme::table::entries;
use patchbook::domain::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};
use patchbook::domain::standing::Standing;
use patchbook::ui::route::Room;

use super::desk::{Desk, light, run};

fn view(fill: impl FnOnce(&mut Engine), name: &str) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Programme);
    desk.answer(name);
    desk
}

fn press(desk: &mut Desk<'_>, label: &str) {
    desk.window.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    desk.settle();
}

fn open_first(desk: &mut Desk<'_>, table: &str) {
    desk.window.harness.get_by_role_and_label(Role::Table, table).focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Home);
    desk.press(Modifiers::NONE, Key::Enter);
}

/// No row in any list, so that a test says what there is.
fn emptied(engine: &mut Engine) {
    let ids: Vec<ProgrammeEntryId> = engine.book().programme.iter().map(|row| row.id).collect();
    for id in ids {
        run(engine, Command::Programme(ProgrammeCommand::End(id)));
    }
}

fn tool(engine: &mut Engine, product: &str) {
    let fields = [("product", product), ("class", "patch tool"), ("covers", "Windows")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
    let kind = ProgrammeKind::Tool;
    let row =
        ProgrammeEntry { id: ProgrammeEntryId(0), kind, position: 0, fields, created_at: 0, ended_at: None };
    run(engine, Command::Programme(ProgrammeCommand::Save(Box::new(Edit { base: None, row }))));
}

#[test]
fn an_empty_list_says_what_it_is_for_and_a_row_is_added_changed_and_undone() {
    let mut desk = view(emptied, "Lists");
    desk.choose("List", "Scope phases");
    assert!(desk.mentions("Where patching begins, and when the rest follows"));
    press(&mut desk, "Add a row");
    desk.retype("Phase", "Servers first");
    press(&mut desk, "Add row");
    assert!(desk.shows("Give what comes into scope.") && desk.shows("Give status."), "said under the fields");
    desk.choose("Status", "Planned");
    desk.window.harness.get_by_role_and_label(Role::MultilineTextInput, "What comes into scope").focus();
    desk.settle();
    desk.window.harness.event(egui::Event::Text("Servers".to_owned()));
    desk.settle();
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let rows = entries(&book, ProgrammeKind::ScopePhase);
    assert_eq!(rows.iter().map(|row| row.get("name")).collect::<Vec<_>>(), ["Servers first"]);
    assert_eq!((rows[0].get("what"), rows[0].get("status")), ("Servers", "planned"));
    open_first(&mut desk, "List");
    desk.retype("Begins", "8 Dec 2026");
    desk.press(Modifiers::COMMAND, Key::S);
    assert_eq!(entries(&desk.book(), ProgrammeKind::ScopePhase)[0].get("from_on"), "2026-12-08");
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(entries(&desk.book(), ProgrammeKind::ScopePhase).is_empty());
}

#[test]
fn rows_are_moved_and_taken_out() {
    let fill = |engine: &mut Engine| {
        emptied(engine);
        tool(engine, "Alpha");
        tool(engine, "Beta");
    };
    let mut desk = view(fill, "Lists");
    desk.choose("List", "Deployment tools");
    desk.window.harness.get_by_role_and_label(Role::Table, "List").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::End);
    press(&mut desk, "Move up");
    let names = |desk: &Desk<'_>| {
        let book = desk.book();
        entries(&book, ProgrammeKind::Tool).iter().map(|row| row.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&desk), ["Beta", "Alpha"]);
    open_first(&mut desk, "List");
    press(&mut desk, "Take out of the list");
    assert_eq!(names(&desk), ["Alpha"]);
}

fn old_machine(engine: &mut Engine) {
    let mut asset = Asset::new(AssetId(0), "OLD-1", 0);
    asset.os = "Vintage OS 3".to_owned();
    let standing = Standing::of_kind(asset.kind);
    let draft = AssetDraft { base: None, asset, standing, reason: String::new(), approved_by: String::new() };
    run(engine, Command::SaveAsset(Box::new(draft)));
}

fn ended_row(engine: &mut Engine) {
    old_machine(engine);
    let row = Lifecycle {
        id: LifecycleId(0),
        product: "Vintage OS 3".to_owned(),
        edition: String::new(),
        security_end_on: "2020-01-14".parse().ok(),
        extended_end_on: "2030-01-10".parse().ok(),
        source: "the vendor".to_owned(),
        as_of_on: None,
        own: true,
        recorded_at: 0,
        ended_at: None,
    };
    run(engine, Command::Servicing(ServicingCommand::Row(Box::new(Edit { base: None, row }))));
}

#[test]
fn a_row_of_ones_own_is_added_and_finds_the_machine() {
    let mut desk = view(old_machine, "End of servicing");
    desk.answer("No row fits");
    assert!(desk.mentions("Vintage OS 3"));
    press(&mut desk, "Add a row of your own…");
    desk.retype("Product", "Vintage OS 3");
    desk.retype("Security updates until", "14 Jan 2020");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.mentions("Say where the day is from"));
    desk.retype("Source", "the vendor");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.book().lifecycles.iter().any(|row| row.own && row.product == "Vintage OS 3"));
    desk.answer("Ended");
    assert!(desk.mentions("OLD-1"));
}

#[test]
fn a_proof_is_recorded_from_the_row_of_the_machine_and_taken_back() {
    let mut desk = view(ended_row, "End of servicing");
    desk.answer("Ended");
    open_first(&mut desk, "Ends of servicing");
    assert!(desk.mentions("Extended support is sold until Thu 10 Jan 2030"));
    desk.retype("Paid until", "1 Jan 2031");
    desk.retype("Contract, key or order", "order 7");
    press(&mut desk, "Record proof");
    assert!(desk.mentions("ends on Thu 10 Jan 2030"), "said under the field");
    desk.retype("Paid until", "10 Jan 2030");
    desk.press(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.book().extended_supports.len(), 1);
    assert!(desk.mentions("Nothing has ended"));
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(desk.book().extended_supports.is_empty());
}

#[test]
fn a_list_is_searched_sorted_and_brought_back_to_its_own_order() {
    let mut desk = view(
        |engine| {
            emptied(engine);
            for name in ["Zeppelin", "Anvil", "Mallet"] {
                tool(engine, name);
            }
        },
        "Lists",
    );
    desk.choose("List", ProgrammeKind::Tool.text());
    assert!(desk.mentions("3 rows"));
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("anv".to_owned()));
    desk.settle();
    assert!(desk.mentions("1 of 3 rows"));
    desk.press(Modifiers::COMMAND, Key::A);
    desk.press(Modifiers::NONE, Key::Backspace);
    assert!(desk.mentions("3 rows") && desk.shows("Move up"));
    desk.click(Role::ColumnHeader, "Product");
    assert!(!desk.shows("Move up"), "what is sorted has no place to be moved to");
    open_first(&mut desk, "List");
    assert_eq!(desk.value("Product"), "Anvil");
    desk.press(Modifiers::NONE, Key::Escape);
    press(&mut desk, "Back to its own order");
    open_first(&mut desk, "List");
    assert_eq!(desk.value("Product"), "Zeppelin");
}
