//! The clock of a night or an emergency: large, and a minute at a time.

use egui::{Label, Ui};

use super::part::{drift_tone, weak_ui};
use crate::domain::run::drift::{Drift, drift_text, span_text};
use crate::domain::run::sheet::{Sheet, Stage};
use crate::domain::run::summary::clock_text;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone};
use crate::ui::widget::{Chip, card_ui};

/// A large text with a name for whoever hears it.
pub fn large_ui(ui: &mut Ui, text: &str, name: &str) {
    let shown = ui.add(Label::new(Text::Clock.rich(text).color(theme::tokens(ui).text)));
    let name = format!("{name} {text}");
    ui.ctx().accesskit_node_builder(shown.id, |node| node.set_value(name));
}

/// The clock, the drift and the expected end of a night.
pub fn night_ui(sheet: &Sheet<'_>, drift: &Drift, ctx: &Ctx<'_>, ui: &mut Ui) {
    card_ui(ui, None, |ui| {
        large_ui(ui, &clock_text(ctx.zone, ctx.now_at), "Clock");
        weak_ui(ui, &ctx.day_text(ctx.now_at));
        if sheet.run.stage() == Stage::Planned {
            let left = sheet.run.planned_at - ctx.now_at;
            if left > 0 {
                ui.add(Chip::new(Tone::Info, &format!("Begins in {}", span_text(left))));
            } else {
                ui.add(Chip::new(Tone::Warn, &format!("Should have begun {} ago", span_text(-left))));
            }
        } else {
            let secs = drift.secs();
            ui.add(Chip::new(drift_tone(secs), &format!("Expected {}", drift_text(secs))));
        }
        let (planned, expected) =
            (clock_text(ctx.zone, drift.planned_end_at), clock_text(ctx.zone, drift.end_at));
        weak_ui(ui, &format!("Ends at {expected}, planned for {planned} {}", zone_text(ctx)));
    });
}

/// The zone's own abbreviation now.
fn zone_text(ctx: &Ctx<'_>) -> String {
    ctx.time_text(ctx.now_at).rsplit(' ').next().unwrap_or_default().to_owned()
}
