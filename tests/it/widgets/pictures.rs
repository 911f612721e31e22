//! Pictures of the gallery, for eyes, and the proof that they are the same every time.

use egui::{Vec2, vec2};
use patchbook::ui::theme::Mode;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patchbook::ui::widget::modal::{Question, question_ui};
use patchbook::ui::widget::palette::{Entry, Palette};

use super::gallery::{Gallery, parts_room_ui, table_room_ui, toast_up, today_room_ui};
use super::support::{Setting, window_over_with};

type Room = fn(&mut egui::Ui, &mut Gallery);

const ROOMS: [(&str, Room); 3] =
    [("table", table_room_ui), ("today", today_room_ui), ("parts", parts_room_ui)];

#[test]
fn every_room_of_the_gallery_can_be_painted_in_both_looks_and_at_two_scales() {
    let looks = [("light", Mode::Light, 1.0), ("light", Mode::Light, 1.5), ("dark", Mode::Dark, 1.0)];
    for (name, room) in ROOMS {
        for (look, mode, scale) in looks {
            let size: Vec2 = if scale > 1.0 { vec2(1280.0, 720.0) } else { vec2(1280.0, 800.0) };
            let mut gallery = Gallery::default();
            if name == "parts" {
                toast_up(&mut gallery);
            }
            let mut window = window_over_with(Setting { size, mode, scale }, gallery, room);
            window.harness.run_steps(2);
            let path = window.shot(&format!("{name}-{look}-{scale}x"));
            assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
        }
    }
}

#[test]
fn what_opens_over_a_room_can_be_painted() {
    let look = |mode| Setting { mode, ..Setting::default() };
    let open = |mode| window_over_with(look(mode), Gallery::default(), table_room_ui);

    let mut window = open(Mode::Light);
    window.harness.get_by_role_and_label(Role::ComboBox, "Kind").focus();
    window.harness.run();
    for key in [Key::Space, Key::ArrowDown] {
        window.harness.key_press(key);
        window.harness.run();
    }
    window.shot("dropdown");

    let mut window = open(Mode::Light);
    window.harness.get_by_label("Pick warranty ends").focus();
    window.harness.run();
    for key in [Key::Space, Key::ArrowRight] {
        window.harness.key_press(key);
        window.harness.run();
    }
    window.shot("calendar");

    let mut window = open(Mode::Dark);
    window.harness.get_by_role_and_label(Role::Table, "Assets").focus();
    window.harness.run();
    for (modifiers, key) in [
        (Modifiers::NONE, Key::ArrowDown),
        (Modifiers::NONE, Key::ArrowDown),
        (Modifiers::NONE, Key::Space),
        (Modifiers::SHIFT, Key::ArrowDown),
        (Modifiers::NONE, Key::ArrowDown),
    ] {
        window.harness.key_press_modifiers(modifiers, key);
        window.harness.run();
    }
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Status").hover();
    window.harness.run();
    window.shot("selection");

    let mut window = open(Mode::Dark);
    window.harness.get_by_label("Columns").click();
    window.harness.run();
    window.shot("columns");

    let mut window =
        window_over_with(look(Mode::Dark), (Gallery::default(), Palette::new()), |ui, (gallery, palette)| {
            today_room_ui(ui, gallery);
            let entry = |name, group, shortcut| Entry { name, group, shortcut, enabled: true };
            let entries = [
                entry("New asset", "Assets", "Ctrl+N"),
                entry("Import a file…", "Import", "Ctrl+I"),
                entry("Print the report", "Today", "Ctrl+P"),
                Entry { enabled: false, ..entry("Undo", "Edit", "Ctrl+Z") },
            ];
            palette.palette_ui(ui.ctx(), &entries);
        });
    window.harness.run();
    window.shot("palette");

    let mut window = window_over_with(look(Mode::Light), Gallery::default(), |ui, gallery: &mut Gallery| {
        table_room_ui(ui, gallery);
        let question = Question {
            title: "Discard the changes to LAP-000004?",
            body: "What you typed into Name and Cost is not saved. Nothing else is lost.",
            yes: "Discard",
            other: None,
            danger: true,
        };
        question_ui(ui.ctx(), &question);
    });
    window.harness.run();
    window.shot("question");
}
