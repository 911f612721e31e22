//! A night before its end: clock, next step, one-line entries, steps, log.

use egui::Ui;

use super::Page;
use super::entry::Line;
use super::part::{Answer, Sending, beside_ui, tick, weak_ui, words_ui};
use super::paste::Paste;
use super::steps::{Asked, steps_ui};
use super::{clock, log};
use crate::app::session::Notice;
use crate::domain::command::{Command, RunCommand};
use crate::domain::run::RunStepId;
use crate::domain::run::deviation::{before, from_run, from_runbook};
use crate::domain::run::drift::{Drift, drift, drift_text, span_text};
use crate::domain::run::sheet::{Sheet, Stage};
use crate::domain::run::summary::clock_text;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Banner, Button, Chip, Chosen, Field, PageAction, card_ui, page_header_ui};

/// What is being typed.
#[derive(Debug, Default)]
pub struct State {
    line: Line,
    /// Notes from the phone.
    pub paste: Paste,
    skip: Option<(RunStepId, String)>,
    cancel: Option<String>,
    sending: Sending,
}

impl State {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.line.is_dirty()
            || self.paste.is_dirty()
            || self.skip.as_ref().is_some_and(|(_, why)| !why.is_empty())
            || self.cancel.as_ref().is_some_and(|why| !why.is_empty())
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.sending.notice(notice);
        if answer == Answer::Saved {
            self.skip = None;
            self.cancel = None;
        }
        let mut taken = answer != Answer::Foreign;
        taken |= self.line.notice(notice);
        taken | self.paste.notice(notice)
    }

    fn run(&mut self, ctx: &Ctx<'_>, command: RunCommand) -> Option<Action> {
        (!self.sending.is_waiting()).then(|| self.sending.send(ctx, Command::Run(command)))
    }

    /// The log, which a night that ended has too.
    pub fn log_ui(&mut self, sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui) {
        if let Some(entry) = log::log_ui(sheet, ctx, ui) {
            self.line.correct(sheet, entry, ctx);
        }
    }

    /// The row of kinds and the open line.
    pub fn line_ui(&mut self, sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        card_ui(ui, None, |ui| actions.extend(self.line.ui(sheet, ctx, ui)));
    }
}

/// Draws the page; the page to go to, if one was chosen.
pub fn page_ui(
    state: &mut State,
    sheet: &Sheet<'_>,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Page> {
    let phase = sheet.run.stage();
    if matches!(phase, Stage::Planned | Stage::UnderWay) {
        tick(ctx, ui);
    }
    let next = head_ui(state, sheet, ctx, ui, actions);
    ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
    if sheet.run.drill {
        Banner::new(Tone::Warn, "DRILL").words("A rehearsal. It is outside every figure.").ui(ui);
    }
    state.sending.general_ui(ui, &["because"]);
    let drift = drift(sheet, ctx.now_at);
    beside_ui(ui, &[1.0, 2.0], |ui, at| match at {
        0 => clock::night_ui(sheet, &drift, ctx, ui),
        _ => next_ui(state, sheet, &drift, ctx, ui, actions),
    });
    if let Some((id, mut why)) = state.skip.take() {
        skip_ui(state, sheet, id, &mut why, ctx, ui, actions);
    }
    if phase == Stage::UnderWay && ctx.can_write() {
        state.line_ui(sheet, ctx, ui, actions);
    }
    actions.extend(state.paste.ui(sheet, ctx, ui));
    beside_ui(ui, &[5.0, 3.0], |ui, at| {
        ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
        if at == 0 {
            let works = phase == Stage::UnderWay && ctx.can_write();
            match steps_ui(sheet, &drift, works, ctx, ui) {
                Some((Asked::Skip, at)) => state.skip = Some((sheet.steps[at].id, String::new())),
                Some((asked, at)) => actions.extend(told(state, sheet.steps[at].id, asked, ctx)),
                None => {}
            }
            differences_ui(sheet, ctx, ui);
        } else {
            who_ui(sheet, ctx, ui);
            state.log_ui(sheet, ctx, ui);
        }
    });
    next
}

fn told(state: &mut State, step: RunStepId, asked: Asked, ctx: &Ctx<'_>) -> Option<Action> {
    let at = ctx.now_at;
    match asked {
        Asked::Begin => state.run(ctx, RunCommand::BeginStep { step, at }),
        Asked::End => state.run(ctx, RunCommand::EndStep { step, at }),
        Asked::Skip => None,
    }
}

fn head_ui(
    state: &mut State,
    sheet: &Sheet<'_>,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Page> {
    let run = sheet.run;
    let phase = run.stage();
    let can = ctx.can_write();
    // While the night runs its one primary action is the step, below; the end stands apart.
    let begin = PageAction { enabled: can, ..PageAction::new(Some(icon::MOON), "Begin the night") };
    let primary = (phase == Stage::Planned).then_some(begin);
    let other = |icon, name| PageAction { enabled: can, ..PageAction::new(Some(icon), name) };
    let mut others = vec![PageAction::new(Some(icon::CHEVRON_LEFT), "All nights")];
    match phase {
        Stage::Planned => others.push(other(icon::BAN, "Cancel the night")),
        Stage::UnderWay => {
            others.push(other(icon::CLIPBOARD_PASTE, "Paste phone notes"));
            others.push(other(icon::CHECK, "End the night"));
        }
        Stage::Ended | Stage::Accepted | Stage::Cancelled => {}
    }
    let context = format!("{}, planned for {}", phase.text(), ctx.time_text(run.planned_at));
    let at = ctx.now_at;
    match page_header_ui(ui, &run.title, &context, primary, &others) {
        Some(Chosen::Primary) => actions.extend(state.run(ctx, RunCommand::Begin { run: run.id, at })),
        Some(Chosen::Other(0)) => return Some(Page::List),
        Some(Chosen::Other(1)) if phase == Stage::Planned => state.cancel = Some(String::new()),
        Some(Chosen::Other(1)) => state.paste.open(),
        Some(Chosen::Other(_)) => actions.extend(state.run(ctx, RunCommand::End { run: run.id, at })),
        None => {}
    }
    if let Some(mut why) = state.cancel.take() {
        let mut open = true;
        card_ui(ui, Some("Cancel the night"), |ui| {
            let issue = state.sending.issue("because");
            Field::new(("cancel", run.id.0), "Why it does not take place", &mut why)
                .required()
                .issue(issue.as_deref())
                .ui(ui);
            ui.horizontal(|ui| {
                if ui.add(Button::danger("Cancel the night for good")).clicked() {
                    let command = RunCommand::Cancel { run: run.id, because: why.clone() };
                    actions.extend(state.run(ctx, command));
                }
                open = !ui.add(Button::quiet("Keep it")).clicked();
            });
        });
        ui.add_space(size::GAP_LARGE);
        state.cancel = open.then_some(why);
    }
    None
}

/// What is being done, what comes next, and the one button for each.
fn next_ui(
    state: &mut State,
    sheet: &Sheet<'_>,
    drift: &Drift,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let works = sheet.run.stage() == Stage::UnderWay && ctx.can_write();
    card_ui(ui, None, |ui| {
        for step in sheet.running() {
            words_ui(ui, Text::SmallMedium, "Being done");
            words_ui(ui, Text::Section, &step.task);
            let since = step.begun_at.map_or(0, |at| ctx.now_at - at);
            let end_at = drift.of(step.id).and_then(|d| d.end_at).unwrap_or(ctx.now_at);
            let text = format!(
                "{}, for {}, expected to end at {}",
                sheet.who(step),
                span_text(since),
                clock_text(ctx.zone, end_at)
            );
            weak_ui(ui, &text);
            if works && ui.add(Button::primary("End this step").icon(icon::CHECK)).clicked() {
                actions.extend(told(state, step.id, Asked::End, ctx));
            }
            ui.add_space(size::GAP);
        }
        let Some(step) = sheet.next() else {
            words_ui(ui, Text::SmallMedium, "Next");
            words_ui(ui, Text::Section, "Every step was begun or left out");
            return;
        };
        words_ui(ui, Text::SmallMedium, "Next");
        words_ui(ui, Text::Heading, &step.task);
        weak_ui(ui, &format!("{} at {}", sheet.who(step), clock_text(ctx.zone, step.planned_at)));
        for (at, part) in step.parts.iter().enumerate() {
            weak_ui(ui, &format!("{}. {part}", at + 1));
        }
        let secs = drift.of(step.id).map_or(0, |d| d.drift_secs);
        if secs.abs() > crate::domain::run::drift::ON_TIME_SECS {
            ui.add(Chip::new(super::part::drift_tone(secs), &drift_text(secs)));
        }
        if works {
            let alone = sheet.running().is_empty();
            let button =
                if alone { Button::primary("Begin this step") } else { Button::secondary("Begin this step") };
            if ui.add(button.icon(icon::ARROW_RIGHT)).clicked() {
                actions.extend(told(state, step.id, Asked::Begin, ctx));
            }
        }
    });
}

fn skip_ui(
    state: &mut State,
    sheet: &Sheet<'_>,
    id: RunStepId,
    why: &mut String,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let Some(step) = sheet.step(id).filter(|step| step.is_waiting()) else { return };
    let mut open = true;
    card_ui(ui, Some(&format!("Leave out: {}", step.task)), |ui| {
        let issue = state.sending.issue("because");
        Field::new(("skip", id.0), "Why", why).required().issue(issue.as_deref()).ui(ui);
        ui.horizontal(|ui| {
            if ui.add(Button::primary("Leave it out")).clicked() {
                actions.extend(state.run(ctx, RunCommand::SkipStep { step: id, because: why.clone() }));
            }
            open = !ui.add(Button::quiet("Keep the step")).clicked();
        });
    });
    state.skip = open.then(|| (id, std::mem::take(why)));
}

/// Who is on, and where to call.
fn who_ui(sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui) {
    let book = ctx.book();
    card_ui(ui, Some("Who is on, where to call"), |ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        let on: Vec<String> =
            sheet.running().iter().map(|step| sheet.who(step)).filter(|w| !w.is_empty()).collect();
        weak_ui(
            ui,
            &if on.is_empty() { "Nobody is at a step.".to_owned() } else { format!("On: {}", on.join("; ")) },
        );
        let lead = book.person_name(sheet.run.lead);
        if !lead.is_empty() {
            weak_ui(ui, &format!("Lead: {lead}"));
        }
        let contacts = book.contacts.iter().filter(|contact| contact.ended_at.is_none());
        let emergency = contacts.clone().map(|c| c.emergency.as_str()).find(|number| !number.is_empty());
        let bridge = match sheet.run.bridge.as_str() {
            "" => contacts.clone().map(|c| c.bridge.as_str()).find(|bridge| !bridge.is_empty()),
            bridge => Some(bridge),
        };
        for (name, number) in [("Bridge", bridge), ("Emergency number", emergency)] {
            match number {
                Some(number) => super::part::text_ui(ui, &format!("{name}: {number}")),
                None => weak_ui(ui, &format!("{name}: none on record")),
            }
        }
    });
}

/// What is not as in the runbook, and not as in the night before.
fn differences_ui(sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui) {
    let book = ctx.book();
    let runbook = sheet.run.runbook.and_then(|id| book.runbooks.get(id.0));
    let from_template =
        runbook.map(|r| (format!("Unlike the runbook {}", r.name), from_runbook(sheet, r, ctx.zone)));
    let earlier = before(book, sheet.run).and_then(|run| Sheet::of(book, run.id));
    let from_last = earlier.map(|e| (format!("Unlike {}", e.run.title), from_run(&e, sheet)));
    for (title, found) in [from_template, from_last].into_iter().flatten() {
        if found.is_empty() {
            continue;
        }
        card_ui(ui, Some(&title), |ui| {
            for deviation in found {
                weak_ui(ui, &deviation.text());
            }
        });
    }
}
