//! Pictures of every room over the sample register, for eyes, in both looks.

use egui::Key;
use patchbook::ui::theme::Mode;

use super::bench::{bench, sample};

#[test]
fn every_room_can_be_painted_in_both_looks() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let mut empty = bench(mode);
        empty.make("Tidewater Fittings");
        empty.window.shot(&format!("shell-today-empty-{look}"));
        let mut bench = sample(mode);
        let rooms = [
            (Key::Num1, "today"),
            (Key::Num2, "assets"),
            (Key::Num3, "calendar"),
            (Key::Num4, "changes"),
            (Key::Num5, "night"),
            (Key::Num6, "programme"),
            (Key::Num7, "import"),
            (Key::Num8, "history"),
            (Key::Num9, "settings"),
        ];
        for (key, name) in rooms {
            bench.ctrl(key);
            let path = bench.window.shot(&format!("shell-{name}-{look}"));
            assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
        }
    }
}
