//! The page while files are read or a plan is written: how far, how long, and the way to stop.

use egui::Ui;

use super::{Stage, State};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::{Progress, card_ui, page_header_ui, progress_ui};
use crate::util::text::count;

/// How long a step must have run before its end can be foretold, in seconds.
const FORETELL_SECS: f64 = 2.0;

/// Draws the page.
pub fn wait_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let reading = state.stage == Stage::Reading;
    let names: Vec<&str> = state.inputs.iter().map(|input| input.name.as_str()).collect();
    let title = if reading { "Reading" } else { "Importing" };
    page_header_ui(ui, title, &names.join(", "), None, &[]);
    super::progress_ui(state, ui);
    if !matches!(state.stage, Stage::Reading | Stage::Writing) {
        return Vec::new();
    }
    let now = ui.input(|input| input.time);
    let since = *state.since.get_or_insert(now);
    let (done, total) = ctx.job.map_or((0, 0), |step| (step.done, step.total));
    let counts = match (total, reading) {
        (0, _) => String::new(),
        (_, true) => format!("{} of {} kB", count(done / 1024), count(total.div_ceil(1024))),
        (_, false) => format!("{} of {} rows", count(done), count(total)),
    };
    let left = left_words(now - since, done, total);
    let progress = Progress {
        title: ctx.job.map_or(title, |step| step.title.as_str()),
        fraction: (total > 0).then(|| done as f32 / total as f32),
        counts: &counts,
        left: &left,
        can_cancel: true,
    };
    let mut actions = Vec::new();
    card_ui(ui, None, |ui| {
        ui.add_space(size::GAP);
        if progress_ui(ui, &progress) {
            actions.push(Action::CancelJob);
        }
        ui.add_space(size::GAP);
    });
    actions
}

/// `about 20 s left`, once it can be told.
fn left_words(elapsed: f64, done: u64, total: u64) -> String {
    if elapsed < FORETELL_SECS || done == 0 || total <= done {
        return String::new();
    }
    let left = (elapsed * (total - done) as f64 / done as f64).ceil() as u64;
    if left < 90 { format!("about {left} s left") } else { format!("about {} min left", left.div_ceil(60)) }
}
