//! A night after its end: the summary and the minutes as drafts, the issues that are still open, the log.

use egui::Ui;

use super::part::{Answer, Sending, beside_ui, text_ui, weak_ui};
use super::{Page, during};
use crate::app::session::Notice;
use crate::domain::action::ActionId;
use crate::domain::command::{Command, CommitteeCommand, Edit, RunCommand};
use crate::domain::review::proposal;
use crate::domain::run::drift::{drift, drift_text};
use crate::domain::run::sheet::{Sheet, Stage};
use crate::domain::run::summary::{minutes, summary};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::{Banner, Button, Chosen, Field, PageAction, card_ui, page_header_ui};

/// What is being typed.
#[derive(Debug, Default)]
pub struct State {
    text: Option<String>,
    by: String,
    sending: Sending,
}

impl State {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.text.is_some()
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.sending.notice(notice);
        if answer == Answer::Saved {
            self.text = None;
        }
        answer != Answer::Foreign
    }
}

/// Draws the page; the page to go to, if one was chosen.
pub fn page_ui(
    state: &mut State,
    night: &mut during::State,
    sheet: &Sheet<'_>,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Page> {
    let run = sheet.run;
    let draft = run.stage() == Stage::Ended;
    let back = PageAction::new(Some(icon::CHEVRON_LEFT), "All nights");
    let paste = PageAction {
        enabled: draft && ctx.can_write(),
        ..PageAction::new(Some(icon::CLIPBOARD_PASTE), "Paste phone notes")
    };
    let context = format!("{}, ended {}", run.stage().text(), drift_text(drift(sheet, ctx.now_at).secs()));
    let next = match page_header_ui(ui, &run.title, &context, None, &[back, paste]) {
        Some(Chosen::Other(0)) => Some(Page::List),
        Some(_) => {
            night.paste.open();
            None
        }
        None => None,
    };
    ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
    if run.drill {
        Banner::new(Tone::Warn, "DRILL").words("A rehearsal. It is outside every figure.").ui(ui);
    }
    if let Some(at) = run.accepted_at {
        let words = format!("Accepted by {} on {}.", run.accepted_by, ctx.time_text(at));
        Banner::new(Tone::Good, "The summary is no draft any more").words(&words).ui(ui);
    }
    if draft && ctx.can_write() {
        night.line_ui(sheet, ctx, ui, actions);
    }
    actions.extend(night.paste.ui(sheet, ctx, ui));
    beside_ui(ui, &[3.0, 2.0], |ui, at| {
        ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
        if at == 0 {
            summary_ui(state, sheet, ctx, ui, actions);
            card_ui(ui, Some(if draft { "Minutes, a draft from the log" } else { "Minutes" }), |ui| {
                let text = minutes(sheet, ctx.zone);
                text_ui(ui, &text);
                if ui.add(Button::secondary("Copy the minutes").icon(icon::COPY)).clicked() {
                    actions.push(Action::Copy(text));
                }
            });
        } else {
            issues_ui(state, sheet, ctx, ui, actions);
            night.log_ui(sheet, ctx, ui);
        }
    });
    next
}

fn summary_ui(state: &mut State, sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let run = sheet.run;
    let draft = run.stage() == Stage::Ended && ctx.can_write();
    let title = if run.accepted_at.is_some() { "Summary" } else { "Summary, a draft" };
    card_ui(ui, Some(title), |ui| {
        if !draft {
            text_ui(ui, &run.summary);
            return;
        }
        let mut text = state.text.clone().unwrap_or_else(|| run.summary.clone());
        let issue = state.sending.issue("summary");
        Field::new(("summary", run.id.0), "Summary text", &mut text).lines(12).issue(issue.as_deref()).ui(ui);
        state.text = (text != run.summary).then_some(text);
        let dirty = state.text.is_some();
        ui.horizontal(|ui| {
            if ui.add(Button::secondary("Save the draft").enabled(dirty)).clicked()
                && let Some(text) = state.text.clone()
            {
                let command = RunCommand::Summary { run: run.id, text };
                actions.push(state.sending.send(ctx, Command::Run(command)));
            }
            if ui.add(Button::quiet("Write it again from the log")).clicked() {
                state.text = Some(summary(sheet, ctx.zone, ctx.now_at)).filter(|text| *text != run.summary);
            }
        });
        ui.add_space(size::GAP);
        let issue = state.sending.issue("by");
        Field::new(("accept", run.id.0), "Accepted by", &mut state.by)
            .required()
            .issue(issue.as_deref())
            .help("From here the night is locked.")
            .ui(ui);
        state.sending.general_ui(ui, &["summary", "by"]);
        let accept = Button::primary("Accept the summary").enabled(!dirty && !state.sending.is_waiting());
        let accept = if dirty { accept.tooltip("Save the draft first") } else { accept };
        if ui.add(accept).clicked() {
            let command = RunCommand::AcceptSummary { run: run.id, by: state.by.clone() };
            actions.push(state.sending.send(ctx, Command::Run(command)));
        }
    });
}

/// Issues that nobody follows up: each becomes an action by one button (requirements S1-59, S1-71).
fn issues_ui(state: &mut State, sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let issues = sheet.open_issues();
    card_ui(ui, Some("Issues nobody follows up"), |ui| {
        if issues.is_empty() {
            weak_ui(ui, "None.");
        }
        for issue in issues {
            text_ui(ui, &issue.text);
            let verb = Button::secondary("Make it an action")
                .enabled(ctx.can_write() && !state.sending.is_waiting());
            let button = ui.add(verb);
            let name = format!("Make it an action: {}", issue.text);
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(name));
            if button.clicked()
                && let Some(mut row) = proposal(sheet, issue.id, ctx.zone, ctx.now_at)
            {
                row.id = ActionId(0);
                let command = CommitteeCommand::Action(Box::new(Edit { base: None, row }));
                actions.push(state.sending.send(ctx, Command::Committee(command)));
            }
        }
    });
}
