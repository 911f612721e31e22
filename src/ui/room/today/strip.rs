//! The cycle on top of Today: its phases with the current one lit, the next step and how long until it, and the way into it.

use egui::{Align, Label, Layout, Ui};

use crate::domain::cycle::progress::{current, progress};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::strip::{cycle_name, month_words, next, next_words, phases};
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, card_ui, phase_strip_ui};

/// Draws the strip.
pub fn strip_ui(ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let Some(cycle) = current(ctx.book(), ctx.now_at) else {
        none_ui(ctx, ui, actions);
        return;
    };
    let now = progress(ctx.book(), cycle, ctx.now_at);
    card_ui(ui, None, |ui| {
        ui.spacing_mut().item_spacing.y = size::GAP;
        ui.horizontal(|ui| {
            ui.label(Text::Section.rich(format!("Cycle of {}", cycle_name(cycle))));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Button::secondary("Open the cycle").icon(icon::CALENDAR_CHECK)).clicked() {
                    actions.push(Action::OpenCycle(cycle.id));
                }
            });
        });
        phase_strip_ui(ui, &phases(&now));
        let (next, late) = next_words(&now, ctx);
        ui.add(Label::new(Text::Medium.rich(next)).wrap());
        if let Some(late) = late {
            ui.add(Label::new(Text::Body.rich(late).color(tokens.bad)).wrap());
        }
    });
}

fn none_ui(ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    card_ui(ui, None, |ui| {
        ui.horizontal(|ui| {
            ui.label(Text::Section.rich("No cycle is under way"));
            let offered = next(ctx).filter(|_| ctx.can_write());
            let Some((_, month)) = offered else { return };
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = format!("Begin the cycle of {}…", month_words(&month));
                if ui.add(Button::secondary(&words).icon(icon::CALENDAR_CHECK)).clicked() {
                    actions.push(Action::BeginCycle);
                }
            });
        });
        let words = "A cycle leads through the month: dated steps and named people, from the notice before the release to the review.";
        ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
    });
}
