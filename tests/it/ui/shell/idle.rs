//! When nothing happens, nothing is painted.

use std::time::Duration;

use egui::ViewportId;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::bench::{Bench, bench, sample};

fn repaint_delay(bench: &mut Bench) -> Duration {
    // Toasts go in their own time; everything else must have settled long before.
    for _ in 0..60 {
        bench.window.harness.run_steps(2);
        let output = bench.window.harness.output();
        let delay = output.viewport_output[&ViewportId::ROOT].repaint_delay;
        if delay == Duration::MAX {
            return delay;
        }
        bench.window.harness.input_mut().time = None;
    }
    bench.window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay
}

#[test]
fn no_room_asks_to_be_painted_again_by_itself() {
    let mut bench = sample(Mode::Light);
    for room in Room::SIDEBAR {
        bench.go(room);
        assert_eq!(repaint_delay(&mut bench), Duration::MAX, "{room:?}");
    }
}

#[test]
fn welcome_rests_too() {
    assert_eq!(repaint_delay(&mut bench(Mode::Light)), Duration::MAX);
}
