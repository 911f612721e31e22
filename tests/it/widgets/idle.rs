//! A window nobody touches asks for nothing.

use std::time::Duration;

use egui_kittest::Harness;

use super::gallery::{Gallery, parts_room_ui, table_room_ui, toast_up, today_room_ui};
use super::support::window_over;

fn delay<State>(harness: &Harness<'_, State>) -> Duration {
    harness.output().viewport_output.values().map(|output| output.repaint_delay).min().expect("a viewport")
}

#[test]
fn an_idle_window_asks_for_no_repaint() {
    for room in [table_room_ui, today_room_ui, parts_room_ui] {
        let mut window = window_over(Gallery::default(), room);
        window.harness.run_steps(3);
        assert_eq!(delay(&window.harness), Duration::MAX);
    }
}

#[test]
fn a_focused_field_and_a_focused_table_ask_for_no_repaint_either() {
    use egui::accesskit::Role;
    use egui_kittest::kittest::Queryable as _;
    let mut window = window_over(Gallery::default(), table_room_ui);
    for (role, name) in [(Role::TextInput, "Name"), (Role::Table, "Assets")] {
        window.harness.get_by_role_and_label(role, name).focus();
        window.harness.run_steps(20);
        assert_eq!(delay(&window.harness), Duration::MAX, "{name}");
    }
}

#[test]
fn a_toast_asks_for_one_repaint_when_it_is_due_and_then_goes() {
    let mut gallery = Gallery::default();
    toast_up(&mut gallery);
    let mut window = window_over(gallery, today_room_ui);
    window.harness.run_steps(3);
    assert_eq!(window.harness.state().toasts.on_screen(), 2);
    let wait = delay(&window.harness);
    assert!(wait > Duration::from_secs(5) && wait < Duration::from_secs(11), "{wait:?}");
    let frames = (wait.as_secs_f32() * 60.0) as usize + 10;
    window.harness.run_steps(frames);
    assert_eq!(window.harness.state().toasts.on_screen(), 1, "the failure stays until it is read");
    window.harness.run_steps(3);
    assert_eq!(delay(&window.harness), Duration::MAX);
}
