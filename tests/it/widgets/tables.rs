//! A table of a hundred thousand rows, walked, sorted, ticked and copied without the mouse.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::ui::widget::{Selection, Table, TableOutput, TableState};

use super::gallery::{Machine, columns, machine_cell, machines};
use super::support::{Window, window_over};

struct Room {
    machines: Vec<Machine>,
    order: Vec<u32>,
    table: TableState,
    selection: Selection,
    /// What the table said, added up over the frames.
    said: TableOutput,
    /// How many cells were drawn in the last frame.
    cells: usize,
}

fn room<'a>(count: usize) -> Window<'a, Room> {
    let machines = machines(count);
    let room = Room {
        order: (0..machines.len() as u32).collect(),
        machines,
        table: TableState::default(),
        selection: Selection::default(),
        said: TableOutput::default(),
        cells: 0,
    };
    let mut window = window_over(room, |ui, room: &mut Room| {
        let columns = columns();
        let (machines, mut cells) = (&room.machines, 0);
        let id_of = |row: u32| machines[row as usize].id;
        let table = Table::new("Assets", &columns, &room.order, &id_of).tickable().summary("All of them");
        let said = table.ui(ui, &mut room.table, &mut room.selection, |cell, row, column| {
            cells += 1;
            machine_cell(&machines[row as usize], cell, column);
        });
        room.cells = cells;
        room.said.sort_changed |= said.sort_changed;
        room.said.columns_changed |= said.columns_changed;
        room.said.opened = said.opened.or(room.said.opened);
        room.said.copied = said.copied.or(room.said.copied);
        if said.sort_changed {
            sort(room);
        }
    });
    window.harness.get_by_role_and_label(Role::Table, "Assets").focus();
    window.harness.run();
    window
}

fn sort(room: &mut Room) {
    let Some(sort) = room.table.sort.clone() else { return };
    let machines = &room.machines;
    match sort.column.as_str() {
        "open" => room.order.sort_by_key(|row| machines[*row as usize].open),
        _ => room.order.sort_by(|a, b| machines[*a as usize].name.cmp(&machines[*b as usize].name)),
    }
    if sort.descending {
        room.order.reverse();
    }
}

fn current(window: &Window<'_, Room>) -> usize {
    let room = window.harness.state();
    let id = room.selection.current.expect("a current row");
    room.order.iter().position(|row| room.machines[*row as usize].id == id).expect("in the order")
}

fn press(window: &mut Window<'_, Room>, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.harness.run();
}

#[test]
fn the_keyboard_walks_a_hundred_thousand_rows_and_what_is_current_is_in_sight() {
    let mut window = room(100_000);
    let mut walk = |key, wanted: fn(usize) -> bool| {
        press(&mut window, Modifiers::NONE, key);
        let at = current(&window);
        assert!(wanted(at), "{key:?} led to row {at}");
        let room = window.harness.state();
        let name = &room.machines[room.order[at] as usize].name;
        let row = window.harness.get_by_label_contains(name.as_str()).rect();
        assert!(row.top() >= 34.0 && row.bottom() <= 770.0, "row {at} stands at {row:?}");
    };
    walk(Key::ArrowDown, |at| at == 0);
    walk(Key::ArrowDown, |at| at == 1);
    walk(Key::PageDown, |at| (15..30).contains(&at));
    walk(Key::End, |at| at == 99_999);
    walk(Key::ArrowDown, |at| at == 99_999);
    walk(Key::ArrowUp, |at| at == 99_998);
    walk(Key::PageUp, |at| at < 99_990);
    walk(Key::Home, |at| at == 0);
    walk(Key::ArrowUp, |at| at == 0);
}

#[test]
fn only_rows_in_sight_are_drawn() {
    let window = room(100_000);
    let cells = window.harness.state().cells;
    assert!(cells > 0 && cells <= 30 * columns().len(), "{cells} cells");
}

#[test]
fn enter_and_a_double_click_open_the_row() {
    let mut window = room(1000);
    press(&mut window, Modifiers::NONE, Key::End);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.harness.state().said.opened, Some(999));
}

#[test]
fn a_click_makes_a_row_current_and_gives_the_table_the_keyboard() {
    let mut window = room(1000);
    window.harness.get_by_label_contains("SRV-000006").click();
    window.harness.run();
    assert_eq!(current(&window), 6);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(current(&window), 7);
}

#[test]
fn a_title_sorts_by_click_and_by_keyboard_and_the_current_row_stays() {
    let mut window = room(100_000);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    let id = window.harness.state().selection.current;
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Open updates").click();
    window.harness.run();
    let first = |window: &Window<'_, Room>| {
        let room = window.harness.state();
        room.machines[room.order[0] as usize].open
    };
    assert_eq!(first(&window), 0);
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Open updates").focus();
    window.harness.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(first(&window), 1399);
    assert_eq!(window.harness.state().selection.current, id, "selection is by id, not by place");
}

#[test]
fn arrows_walk_the_titles_and_with_shift_widen_a_column() {
    let mut window = room(10);
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Name").focus();
    window.harness.run();
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert!(window.harness.get_by_role_and_label(Role::ColumnHeader, "Kind").is_focused());
    press(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(window.harness.state().table.widths.get("kind"), Some(&126.0));
}

#[test]
fn space_ticks_shift_ticks_the_way_and_ctrl_a_ticks_all() {
    let mut window = room(100_000);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::Space);
    assert_eq!(window.harness.state().selection.ticked.len(), 1);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.harness.state().selection.ticked.len(), 3);
    press(&mut window, Modifiers::NONE, Key::Space);
    assert_eq!(window.harness.state().selection.ticked.len(), 2);
    press(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(window.harness.state().selection.ticked.len(), 100_000);
    window.harness.get_by_label("Clear").click();
    window.harness.run();
    assert!(window.harness.state().selection.ticked.is_empty());
}

#[test]
fn boxes_are_ticked_by_click_and_the_one_on_top_ticks_all() {
    let mut window = room(50);
    window.harness.get_by_role_and_label(Role::CheckBox, "Tick row 3").click();
    window.harness.run();
    assert_eq!(window.harness.state().selection.ticked.len(), 1);
    window.harness.get_by_role_and_label(Role::CheckBox, "Tick all rows").click();
    window.harness.run();
    assert_eq!(window.harness.state().selection.ticked.len(), 50);
}

fn copied(window: &mut Window<'_, Room>) -> Option<String> {
    window.harness.event(Event::Copy);
    window.harness.step();
    window.harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn the_current_row_is_copied_with_its_titles() {
    let mut window = room(100);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    let text = copied(&mut window).expect("a text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Name\tKind\tStatus\tOpen updates\tOwner\tSite");
    assert_eq!(
        lines[1],
        "LAP-000000\tLaptop\tUp to date\t0\tJoanna Rahman\tHead office, second floor, server room"
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn ticked_rows_are_copied_in_the_order_shown_without_hidden_columns() {
    let mut window = room(100_000);
    window.harness.state_mut().table.hidden.extend(["site".to_owned(), "owner".to_owned()]);
    press(&mut window, Modifiers::COMMAND, Key::A);
    let text = copied(&mut window).expect("a text");
    assert_eq!(text.lines().count(), 100_001);
    assert!(text.lines().all(|line| line.split('\t').count() == 4));
    assert_eq!(window.harness.state().said.copied, Some(100_000));
}

#[test]
fn tabs_and_line_ends_in_a_cell_never_break_what_is_copied() {
    let mut window = room(1);
    window.harness.state_mut().machines[0].name = "evil\tname\r\nhere".to_owned();
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    let text = copied(&mut window).expect("a text");
    assert_eq!(text.lines().count(), 2);
    assert_eq!(text.lines().nth(1).map(|line| line.split('\t').count()), Some(6));
}

#[test]
fn columns_are_hidden_and_shown_again_and_one_of_them_cannot_be() {
    let mut window = room(10);
    window.harness.get_by_role_and_label(Role::Button, "Columns").click();
    window.harness.run();
    window.harness.get_by_label("Show column Owner").click();
    window.harness.run();
    assert!(window.harness.state().table.hidden.contains("owner"));
    assert!(window.harness.query_by_role_and_label(Role::ColumnHeader, "Owner").is_none());
    window.harness.get_by_label("Show column Name").click();
    window.harness.run();
    assert!(window.harness.query_by_role_and_label(Role::ColumnHeader, "Name").is_some());
    window.harness.get_by_label("Reset columns").click();
    window.harness.run();
    assert_eq!(window.harness.state().table, TableState::default());
}

#[test]
fn a_table_is_a_table_to_a_screen_reader() {
    let mut window = room(100_000);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    let table = window.harness.get_by_role_and_label(Role::Table, "Assets");
    assert_eq!(table.accesskit_node().description().as_deref(), Some("All of them"));
    let row = window.harness.get_by_role_and_label(
        Role::Row,
        "LAP-000000, Laptop, Up to date, 0, Joanna Rahman, Head office, second floor, server room",
    );
    assert_eq!(row.accesskit_node().is_selected(), Some(true));
}

#[test]
fn what_a_table_remembers_survives_being_written_and_read() {
    let mut state = TableState::default();
    state.sort_by("name");
    state.sort_by("name");
    state.widths.insert("owner".to_owned(), 211.0);
    state.hidden.insert("site".to_owned());
    let text = serde_json::to_string(&state).expect("writable");
    assert_eq!(serde_json::from_str::<TableState>(&text).expect("readable"), state);
    assert_eq!(serde_json::from_str::<TableState>("{}").expect("an older state"), TableState::default());
}

#[test]
fn an_empty_table_answers_every_key_without_falling_over() {
    let mut window = room(0);
    for key in [Key::ArrowDown, Key::End, Key::Home, Key::PageUp, Key::Enter, Key::Space] {
        press(&mut window, Modifiers::NONE, key);
        press(&mut window, Modifiers::SHIFT, key);
    }
    press(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(copied(&mut window), None);
    assert_eq!(window.harness.state().selection.current, None);
}
