//! One emergency: how long ago, which step, what was decided, which stop-gaps are in force, what it still owes.

use egui::{Align, Layout, Ui, vec2};

use super::clock::large_ui;
use super::part::{Answer, Sending, beside_ui, text_ui, tick, weak_ui, words_ui};
use super::{Page, measure, verdict};
use crate::app::session::Notice;
use crate::domain::command::{Command, CycleCommand};
use crate::domain::cycle::{CycleId, CycleStep, CycleStepId};
use crate::domain::emergency::standing::{Decided, Standing, holds, owed, standing};
use crate::domain::run::drift::span_text;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Banner, Button, Chip, Chosen, Field, PageAction, card_ui, page_header_ui};

/// What is being typed.
#[derive(Debug, Default)]
pub struct State {
    verdict: verdict::Draft,
    measure: measure::Draft,
    skip: Option<(CycleStepId, String)>,
    sending: Sending,
}

impl State {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.verdict.is_dirty()
            || self.measure.is_dirty()
            || self.skip.as_ref().is_some_and(|(_, why)| !why.is_empty())
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.sending.notice(notice);
        if answer == Answer::Saved {
            self.skip = None;
        }
        let mut taken = answer != Answer::Foreign;
        taken |= self.verdict.notice(notice);
        taken | self.measure.notice(notice)
    }
}

/// Draws the page; the page to go to, if one was chosen.
pub fn page_ui(
    state: &mut State,
    cycle: CycleId,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Page> {
    let standing = standing(ctx.book(), cycle, ctx.now_at)?;
    let open = standing.cycle.closed_at.is_none() && standing.cycle.cancelled_because.is_empty();
    if open {
        tick(ctx, ui);
    }
    let debts = owed(ctx.book(), cycle, ctx.now_at);
    let back = PageAction::new(Some(icon::CHEVRON_LEFT), "All nights");
    let close =
        (open && ctx.can_write() && debts.is_empty()).then(|| PageAction::new(Some(icon::CHECK), "Close it"));
    let by = format!("{}, declared by {}", standing.cycle.reason, standing.cycle.declared_by);
    let next = match page_header_ui(ui, &standing.cycle.name, &by, close, &[back]) {
        Some(Chosen::Primary) => {
            let by = ctx.preferences.actor.clone();
            actions.push(state.sending.send(ctx, Command::Cycle(CycleCommand::Close { cycle, by })));
            None
        }
        Some(_) => Some(Page::List),
        None => None,
    };
    ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
    if standing.cycle.drill {
        Banner::new(Tone::Warn, "DRILL").words("A rehearsal. It is outside every figure.").ui(ui);
    }
    if standing.approval_missed {
        let words = "The approval had to follow by a deadline that has passed. Record it all the same.";
        Banner::new(Tone::Bad, "Approval missed").words(words).ui(ui);
    }
    state.sending.general_ui(ui, &["because"]);
    beside_ui(ui, &[1.0, 2.0], |ui, at| match at {
        0 => clock_ui(&standing, open, ctx, ui),
        _ => verdict::card_ui(&mut state.verdict, &standing, open, ctx, ui, actions),
    });
    beside_ui(ui, &[3.0, 2.0], |ui, at| {
        ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
        if at == 0 {
            steps_ui(state, &standing, open, ctx, ui, actions);
        } else {
            measure::card_ui(&mut state.measure, &standing, open, ctx, ui, actions);
            if open {
                card(ui, &debts);
            }
        }
    });
    next
}

fn card(ui: &mut Ui, debts: &[String]) {
    card_ui(ui, Some("Before it can be closed"), |ui| {
        if debts.is_empty() {
            weak_ui(ui, "Nothing is missing.");
        }
        for debt in debts {
            text_ui(ui, debt);
        }
    });
}

fn clock_ui(standing: &Standing<'_>, open: bool, ctx: &Ctx<'_>, ui: &mut Ui) {
    card_ui(ui, None, |ui| {
        large_ui(ui, &span_text(standing.clock_secs), "Since declaration");
        weak_ui(ui, &format!("Declared {}", ctx.time_text(standing.cycle.anchor_at)));
        let tone = match standing.decided {
            Decided::Approved => Tone::Good,
            Decided::GoAhead | Decided::Await => Tone::Warn,
            Decided::Nothing | Decided::Refused => Tone::Bad,
        };
        ui.add(Chip::new(tone, standing.decided.text()));
        if let Some(by_at) = standing.cycle.approve_by_at.filter(|_| open) {
            weak_ui(ui, &format!("Approval by {}", ctx.time_text(by_at)));
        }
    });
}

fn steps_ui(
    state: &mut State,
    standing: &Standing<'_>,
    open: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    card_ui(ui, Some("Steps"), |ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        for step in &standing.steps {
            step_ui(state, standing, step, open, ctx, ui, actions);
        }
    });
}

fn step_ui(
    state: &mut State,
    standing: &Standing<'_>,
    step: &CycleStep,
    open: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let settled = step.done_at.is_some() || !step.skipped_because.is_empty();
    let held = holds(ctx.book(), step).filter(|_| !settled);
    let room = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(size::CONTROL);
        if open && !settled && ctx.can_write() {
            let name = format!("Done: {}", step.title);
            let tooltip = held.clone().unwrap_or_else(|| name.clone());
            let button = ui.add(Button::quiet("Done").enabled(held.is_none()).tooltip(&tooltip));
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(name));
            if button.clicked() && !state.sending.is_waiting() {
                let by = ctx.preferences.actor.clone();
                let command = CycleCommand::StepDone { step: step.id, at: ctx.now_at, by };
                actions.push(state.sending.send(ctx, Command::Cycle(command)));
            }
            let name = format!("Leave out {}", step.title);
            if ui.add(Button::icon_only(icon::BAN, &name)).clicked() {
                state.skip = Some((step.id, String::new()));
            }
        }
        let (tone, word) = match (step.done_at, step.skipped_because.is_empty()) {
            (Some(_), _) => (Tone::Good, "Done"),
            (None, false) => (Tone::Neutral, "Left out"),
            (None, true) if held.is_some() => (Tone::Warn, "Waits"),
            (None, true) if step.due_at < ctx.now_at => (Tone::Bad, "Overdue"),
            (None, true) => (Tone::Info, "To do"),
        };
        ui.add(Chip::new(tone, word));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let hours = (step.due_at - standing.cycle.anchor_at) / 3600;
            words_ui(ui, Text::Number, &format!("{hours} h"));
            words_ui(ui, Text::Body, &step.title);
        });
    });
    if let Some((id, mut why)) = state.skip.take() {
        if id != step.id {
            state.skip = Some((id, why));
            return;
        }
        let mut keep = true;
        let issue = state.sending.issue("because");
        Field::new(("skip", id.0), "Why it is left out", &mut why).required().issue(issue.as_deref()).ui(ui);
        ui.horizontal(|ui| {
            if ui.add(Button::primary("Leave it out")).clicked() {
                let command = CycleCommand::StepSkip { step: id, because: why.clone() };
                actions.push(state.sending.send(ctx, Command::Cycle(command)));
            }
            keep = !ui.add(Button::quiet("Keep the step")).clicked();
        });
        state.skip = keep.then_some((id, why));
    }
}
