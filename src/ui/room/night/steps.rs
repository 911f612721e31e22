//! The steps of a night: planned, actual, how far apart, in words and shapes.

use egui::{Align, Layout, Ui, vec2};

use super::part::{drift_tone, weak_ui, words_ui};
use crate::domain::run::RunStep;
use crate::domain::run::drift::{Drift, StepState, drift_text};
use crate::domain::run::sheet::Sheet;
use crate::domain::run::summary::clock_text;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Button, Chip, card_ui};

/// What was asked of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It begins now.
    Begin,
    /// It ends now.
    End,
    /// It is left out.
    Skip,
}

/// How a step stands, as a chip says it.
pub fn state(drift: &Drift, step: &RunStep) -> (Tone, String) {
    let Some(found) = drift.of(step.id) else { return (Tone::Neutral, String::new()) };
    let tone = match found.state {
        StepState::Waiting | StepState::Skipped => Tone::Neutral,
        StepState::Late | StepState::PassedOver => Tone::Warn,
        StepState::Running => Tone::Info,
        StepState::Done => drift_tone(found.drift_secs),
    };
    let text = match found.state {
        StepState::Done | StepState::Running => {
            format!("{}, {}", found.state.text(), drift_text(found.drift_secs))
        }
        other => other.text().to_owned(),
    };
    (tone, text)
}

/// Draws the steps; what was asked of which. `works`: the night is under way and may be written.
pub fn steps_ui(
    sheet: &Sheet<'_>,
    drift: &Drift,
    works: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) -> Option<(Asked, usize)> {
    let mut asked = None;
    card_ui(ui, Some("Steps"), |ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        let mut day = None;
        for (at, step) in sheet.steps.iter().enumerate() {
            let text = ctx.day_text(step.planned_at);
            if day.as_ref() != Some(&text) {
                words_ui(ui, Text::SmallMedium, &text);
                day = Some(text);
            }
            if let Some(what) = step_ui(sheet, step, drift, works, ctx, ui) {
                asked = Some((what, at));
            }
        }
    });
    asked
}

fn step_ui(
    sheet: &Sheet<'_>,
    step: &RunStep,
    drift: &Drift,
    works: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) -> Option<Asked> {
    let mut asked = None;
    let room = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(size::CONTROL);
        let can = works && step.ended_at.is_none() && !step.is_skipped();
        if can {
            let (verb, what) =
                if step.begun_at.is_some() { ("End", Asked::End) } else { ("Begin", Asked::Begin) };
            let name = format!("{verb} {}", step.task);
            let button = ui.add(Button::quiet(verb).tooltip(&name));
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(name.clone()));
            if button.clicked() {
                asked = Some(what);
            }
            if step.begun_at.is_none() {
                let name = format!("Leave out {}", step.task);
                let button = ui.add(Button::icon_only(crate::ui::icon::BAN, &name));
                if button.clicked() {
                    asked = Some(Asked::Skip);
                }
            }
        }
        let (tone, word) = state(drift, step);
        ui.add(Chip::new(tone, &word));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let begun = step.begun_at.map_or_else(|| "     ".to_owned(), |at| clock_text(ctx.zone, at));
            let ended = step.ended_at.map_or_else(String::new, |at| format!("-{}", clock_text(ctx.zone, at)));
            let times = format!("{}  {begun}{ended}", clock_text(ctx.zone, step.planned_at));
            let room = vec2(size::NUMBER_FIELD, size::CONTROL);
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                ui.set_width(size::NUMBER_FIELD);
                words_ui(ui, Text::Number, times.trim_end());
            });
            words_ui(ui, Text::Body, &step.task);
        });
    });
    let who = sheet.who(step);
    let parts = step.parts.iter().enumerate().map(|(at, part)| format!("{}. {part}", at + 1));
    let under: Vec<String> = std::iter::once(who).filter(|who| !who.is_empty()).chain(parts).collect();
    if step.is_running() || (works && sheet.next().is_some_and(|next| next.id == step.id)) {
        ui.horizontal(|ui| {
            ui.add_space(size::NUMBER_FIELD + size::GAP);
            weak_ui(ui, &under.join("  "));
        });
    }
    if step.is_skipped() {
        ui.horizontal(|ui| {
            ui.add_space(size::NUMBER_FIELD + size::GAP);
            weak_ui(ui, &step.skipped_because);
        });
    }
    asked
}
