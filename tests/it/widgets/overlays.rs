//! What floats: dialogs, the palette, toasts, and the panel that must not creep.

use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::ui::theme::{Tone, size};
use patchbook::ui::widget::modal::{Answer, Question, question_ui};
use patchbook::ui::widget::palette::{Entry, Palette, Picked, find};
use patchbook::ui::widget::segment_bar::Segment;
use patchbook::ui::widget::{
    Button, Drawer, Figure, Progress, Toast, Toasts, progress_ui, segment_bar_ui, side_panel_ui, steps_ui,
};

use super::support::{window, window_over};

#[derive(Default)]
struct Asked {
    open: bool,
    danger: bool,
    answer: Option<Answer>,
}

fn asking<'a>(danger: bool) -> super::support::Window<'a, Asked> {
    window_over(Asked { open: true, danger, answer: None }, |ui, asked| {
        ui.add(Button::primary("Behind"));
        let question = Question {
            title: "Discard the changes to LAP-000004?",
            body: "What you typed is not saved.",
            yes: "Discard",
            other: None,
            danger: asked.danger,
        };
        if asked.open
            && let Some(answer) = question_ui(ui.ctx(), &question)
        {
            asked.open = false;
            asked.answer = Some(answer);
        }
    })
}

#[test]
fn enter_answers_a_question_with_its_verb() {
    let mut window = asking(false);
    window.harness.run();
    assert!(window.harness.get_by_role_and_label(Role::Button, "Discard").is_focused());
    window.harness.key_press(Key::Enter);
    window.harness.run();
    assert_eq!(window.harness.state().answer, Some(Answer::Yes));
}

#[test]
fn where_something_is_taken_away_enter_is_cancel() {
    let mut window = asking(true);
    window.harness.run();
    assert!(window.harness.get_by_role_and_label(Role::Button, "Cancel").is_focused());
    window.harness.key_press(Key::Enter);
    window.harness.run();
    assert_eq!(window.harness.state().answer, Some(Answer::Cancel));
}

#[test]
fn escape_cancels_a_question() {
    let mut window = asking(false);
    window.harness.key_press(Key::Escape);
    window.harness.run();
    assert_eq!(window.harness.state().answer, Some(Answer::Cancel));
}

#[test]
fn a_question_is_clicked_and_what_is_behind_it_is_not() {
    let mut window = asking(true);
    window.harness.get_by_label("Discard").click();
    window.harness.run();
    assert_eq!(window.harness.state().answer, Some(Answer::Yes));
}

fn entries() -> [Entry<'static>; 4] {
    let entry = |name, shortcut| Entry { name, group: "Register", shortcut, enabled: true };
    [
        entry("New asset", "Ctrl+N"),
        entry("Import a file…", "Ctrl+I"),
        entry("Print the report", "Ctrl+P"),
        Entry { enabled: false, ..entry("Undo", "Ctrl+Z") },
    ]
}

#[test]
fn a_few_letters_find_a_command_and_the_best_fit_comes_first() {
    let entries = entries();
    assert_eq!(find("", &entries), [0, 1, 2, 3]);
    assert_eq!(find("rep", &entries), [2]);
    assert_eq!(find("ptr", &entries), [2]);
    assert_eq!(find("zzz", &entries), [0; 0]);
    assert_eq!(find("i", &entries)[0], 1);
}

#[test]
fn a_command_is_found_and_run_without_the_mouse() {
    let mut window = window_over((Palette::new(), None), |ui, (palette, picked)| {
        if picked.is_none() {
            *picked = palette.palette_ui(ui.ctx(), &entries());
        }
    });
    let harness = &mut window.harness;
    harness.run();
    harness.get_by_label("Find a command").type_text("new");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1, Some(Picked::Entry(0)));
}

#[test]
fn arrows_walk_the_palette_a_disabled_command_stays_and_escape_leaves() {
    let mut window = window_over((Palette::new(), None), |ui, (palette, picked)| {
        if picked.is_none() {
            *picked = palette.palette_ui(ui.ctx(), &entries());
        }
    });
    let harness = &mut window.harness;
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(harness.state().1, None, "Undo cannot be done now");
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().1, Some(Picked::Closed));
}

#[test]
fn a_toasts_action_is_handed_back_and_the_bell_remembers() {
    let mut toasts = Toasts::default();
    toasts.push(Toast::new(Tone::Good, "Saved LAP-000004").action("Undo", 7).at("08:15"));
    let mut window = window_over((toasts, None), |ui, (toasts, done)| {
        *done = done.or(toasts.toasts_ui(ui.ctx()));
    });
    let harness = &mut window.harness;
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Link, "Undo").click();
    harness.run_steps(3);
    assert_eq!(harness.state().1, Some(7));
    assert_eq!(harness.state().0.on_screen(), 0);
    assert_eq!(harness.state().0.history().count(), 1);
    assert_eq!(harness.state().0.unread(), 1);
}

#[test]
fn a_side_panel_stays_as_wide_as_it_is_whatever_stands_in_it() {
    let mut window = window_over(Vec::new(), |ui, widths: &mut Vec<f32>| {
        side_panel_ui(ui, "asset", "A name so long that it could never fit into a panel", None, |ui| {
            ui.allocate_exact_size(vec2(900.0, 40.0), egui::Sense::hover());
        });
        widths.push(ui.available_width());
    });
    window.harness.run_steps(30);
    let widths = window.harness.state();
    let expected = super::support::SIZE.x - size::SIDE_PANEL;
    assert!(widths.iter().all(|width| (width - expected).abs() < 0.5), "{widths:?}");
}

#[test]
fn a_side_panel_is_closed_by_its_cross() {
    let mut window = window_over(false, |ui, closed| {
        *closed |= side_panel_ui(ui, "asset", "LAP-000004", None, |_| ()).1;
    });
    window.harness.get_by_label("Close panel").click();
    window.harness.run();
    assert!(window.harness.state());
}

#[test]
fn every_segment_of_the_bar_can_be_opened_by_keyboard_and_by_click() {
    let counts = [3, 0, 1, 0, 40_000, 1_000_000];
    let mut window = window_over(None, |ui, opened| {
        *opened = segment_bar_ui(ui, counts, "pairs").or(*opened);
    });
    let harness = &mut window.harness;
    harness.get_by_label("Overdue: 3 pairs").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), Some(Segment::Overdue));
    harness.get_by_label("Unsupported: 0 pairs").click();
    harness.run();
    assert_eq!(*harness.state(), Some(Segment::Unsupported));
}

#[test]
fn figures_drawers_and_steps_open_what_they_count() {
    let mut window = window_over(Vec::new(), |ui, opened: &mut Vec<&str>| {
        if ui.add(Figure::new("Overdue", "148").out_of("of 3 410")).clicked() {
            opened.push("figure");
        }
        let icon = patchbook::ui::icon::TRIANGLE_ALERT;
        if ui.add(Drawer::new(icon, Tone::Bad, "12", "Past their deadline", "Oldest: 41 days")).clicked() {
            opened.push("drawer");
        }
        if steps_ui(ui, &["File", "Columns", "Plan"], 1) == Some(0) {
            opened.push("step");
        }
    });
    let harness = &mut window.harness;
    for name in ["Overdue: 148, of 3 410", "Past their deadline: 12, Oldest: 41 days", "1. File, done"] {
        harness.get_by_label(name).focus();
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
    }
    assert_eq!(*harness.state(), ["figure", "drawer", "step"]);
}

#[test]
fn work_can_be_cancelled_and_tells_how_far_it_is() {
    let mut window = window_over(false, |ui, cancelled| {
        let progress = Progress {
            title: "Importing",
            fraction: Some(0.25),
            counts: "5 of 20 rows",
            left: "about 3 s left",
            can_cancel: true,
        };
        *cancelled |= progress_ui(ui, &progress);
    });
    let harness = &mut window.harness;
    let bar = harness.get_by_role_and_label(Role::ProgressIndicator, "Importing");
    assert_eq!(bar.accesskit_node().numeric_value(), Some(0.25));
    harness.get_by_label("Cancel").click();
    harness.run();
    assert!(harness.state());
}

#[test]
fn a_title_longer_than_the_page_is_cut_and_pushes_nothing_out() {
    use patchbook::ui::widget::page_header::PageAction;
    let window = window(|ui| {
        let long = "a very long title ".repeat(40);
        let action = PageAction::new(None, "New asset");
        patchbook::ui::widget::page_header_ui(ui, &long, &long, Some(action), &[]);
    });
    let button = window.harness.get_by_label("New asset").rect();
    assert!(button.right() <= super::support::SIZE.x && button.left() > 0.0, "{button:?}");
}
