//! A night is planned: which runbook, which cycle, which date.

use egui::Ui;

use super::Page;
use super::part::{Answer, Sending, column_ui, weak_ui, words_ui};
use crate::app::session::Notice;
use crate::domain::command::{Command, RunCommand};
use crate::domain::cycle::Cycle;
use crate::domain::run::RunId;
use crate::domain::run::plan::place;
use crate::domain::run::runbook::Runbook;
use crate::domain::run::summary::clock_text;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{
    Banner, Button, DateField, Dropdown, PageAction, TickBox, card_ui, date_text, page_header_ui,
};

const FIELDS: [&str; 3] = ["runbook", "cycle", "on"];

/// What is chosen so far.
#[derive(Debug, Default)]
pub struct Draft {
    runbook: Option<usize>,
    cycle: Option<usize>,
    on: String,
    drill: bool,
    sending: Sending,
}

impl Draft {
    /// Takes an answer: `Some` if it was this form's, with the night where one was made.
    #[expect(clippy::option_option, reason = "whether it was ours, and what it made, are two questions")]
    pub fn notice(&mut self, notice: &Notice) -> Option<Option<RunId>> {
        match self.sending.notice(notice) {
            Answer::Foreign => None,
            Answer::Failed => Some(None),
            Answer::Saved => {
                *self = Self::default();
                let Notice::Changed { shown, .. } = notice else { return Some(None) };
                Some(shown.book.runs.rows().last().map(|run| run.id))
            }
        }
    }
}

/// Draws the form; the page to go to, if one was chosen.
pub fn page_ui(draft: &mut Draft, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Page> {
    let back = PageAction::new(Some(icon::CHEVRON_LEFT), "All nights");
    let words = "The runbook is copied: what happens in the night never changes it.";
    let mut next = page_header_ui(ui, "Plan a night", words, None, &[back]).is_some().then_some(Page::List);
    let book = ctx.book();
    let runbooks: Vec<&Runbook> = book.runbooks.iter().filter(|runbook| runbook.ended_at.is_none()).collect();
    if runbooks.is_empty() {
        weak_ui(ui, "There is no runbook. Add one first.");
        return next;
    }
    let open = |cycle: &&Cycle| cycle.closed_at.is_none() && cycle.cancelled_because.is_empty();
    let cycles: Vec<&Cycle> = book.cycles.iter().filter(open).collect();
    if draft.on.is_empty() {
        draft.on = date_text::say(ctx.today);
        draft.runbook = Some(0);
    }
    let on = date_text::read(&draft.on, ctx.today);
    column_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        let names: Vec<&str> = runbooks.iter().map(|runbook| runbook.name.as_str()).collect();
        let issues = FIELDS.map(|field| draft.sending.issue(field));
        let runbook = Dropdown::new("plan", "Runbook", &names, &mut draft.runbook).required();
        runbook.issue(issues[0].as_deref()).ui(ui);
        let mut names = vec!["No cycle"];
        names.extend(cycles.iter().map(|cycle| cycle.name.as_str()));
        let cycle = Dropdown::new("plan", "Cycle", &names, &mut draft.cycle).empty("No cycle");
        cycle.issue(issues[1].as_deref()).ui(ui);
        DateField::new("plan", "Evening of", &mut draft.on, ctx.today)
            .required()
            .issue(issues[2].as_deref())
            .ui(ui);
        ui.add(TickBox::new(&mut draft.drill, "This is a drill, outside every figure"));
        draft.sending.general_ui(ui, &FIELDS);
        ui.horizontal(|ui| {
            let can = ctx.can_write() && !draft.sending.is_waiting();
            if ui.add(Button::primary("Plan the night").enabled(can)).clicked() {
                let Some(on) = on else {
                    draft.sending.refuse("on", "Write the date like 11 Dec 2026.");
                    return;
                };
                let Some(runbook) = draft.runbook.and_then(|at| runbooks.get(at)) else {
                    draft.sending.refuse("runbook", "Choose a runbook.");
                    return;
                };
                let cycle = draft.cycle.and_then(|at| at.checked_sub(1)).and_then(|at| cycles.get(at));
                let command = RunCommand::Plan {
                    runbook: runbook.id,
                    cycle: cycle.map(|cycle| cycle.id),
                    changes: cycle.map(|cycle| records_of(ctx, cycle)).unwrap_or_default(),
                    on,
                    drill: draft.drill,
                };
                actions.push(draft.sending.send(ctx, Command::Run(command)));
            }
            if ui.add(Button::secondary("Cancel")).clicked() {
                next = Some(Page::List);
            }
        });
    });
    ui.add_space(size::GAP_LARGE);
    if let (Some(on), Some(runbook)) = (on, draft.runbook.and_then(|at| runbooks.get(at))) {
        let placed = place(book, runbook, on, ctx.zone);
        for remark in placed.iter().filter_map(|placed| placed.remark.as_deref()) {
            Banner::new(Tone::Warn, "A time the clocks change").words(remark).ui(ui);
        }
        card_ui(ui, Some("What will be copied"), |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            let mut day = None;
            for placed in placed {
                let text = ctx.day_text(placed.planned_at);
                if day.as_ref() != Some(&text) {
                    words_ui(ui, Text::Medium, &text);
                    day = Some(text);
                }
                let time = clock_text(ctx.zone, placed.planned_at);
                weak_ui(
                    ui,
                    &format!(
                        "{time}  {}  ({}, {} min)",
                        placed.step.task, placed.step.team, placed.step.minutes
                    ),
                );
            }
        });
    }
    next
}

/// The records of a cycle that the night carries out: those approved or on their way.
fn records_of(ctx: &Ctx<'_>, cycle: &Cycle) -> Vec<crate::domain::change::ChangeId> {
    use crate::domain::change::ChangeState as S;
    let goes = |state| matches!(state, S::Approved | S::GoAhead | S::Scheduled | S::Declared);
    ctx.book().changes.iter().filter(|c| c.cycle == Some(cycle.id) && goes(c.state)).map(|c| c.id).collect()
}
