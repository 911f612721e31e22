//! Pictures of the gallery, for eyes, and the proof that they are the same every time.

use egui::{Vec2, vec2};
use patchbook::ui::theme::Mode;

use super::gallery::{Gallery, parts_room_ui, table_room_ui, toast_up, today_room_ui};
use super::support::{Setting, window_over_with};

type Room = fn(&mut egui::Ui, &mut Gallery);

const ROOMS: [(&str, Room); 3] =
    [("table", table_room_ui), ("today", today_room_ui), ("parts", parts_room_ui)];

#[test]
fn every_room_of_the_gallery_can_be_painted_in_both_looks_and_at_two_scales() {
    for (name, room) in ROOMS {
        for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
            for scale in [1.0, 1.5] {
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
}
