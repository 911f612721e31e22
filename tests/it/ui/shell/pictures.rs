//! Pictures of every room over the sample register, for eyes, in both looks.

use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::bench::{bench, sample};

#[test]
fn every_room_can_be_painted_in_both_looks() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let mut empty = bench(mode);
        empty.make("Tidewater Fittings");
        empty.window.shot(&format!("shell-today-empty-{look}"));
        let mut bench = sample(mode);
        for room in Room::SIDEBAR {
            bench.go(room);
            let path = bench.window.shot(&format!("shell-{}-{look}", room.word()));
            assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
        }
    }
}
