//! When nothing happens, nothing is painted.

use std::time::Duration;

use egui::{Key, ViewportId};
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
    let keys =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for key in keys {
        bench.ctrl(key);
        assert_eq!(repaint_delay(&mut bench), Duration::MAX, "{key:?}");
    }
}

#[test]
fn welcome_rests_too() {
    assert_eq!(repaint_delay(&mut bench(Mode::Light)), Duration::MAX);
}
