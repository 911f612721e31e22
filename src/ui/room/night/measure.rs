//! Interim measures: what is blocked, disabled or isolated until the patch is in, and how it is taken back.

use egui::Ui;

use super::part::{Answer, Sending, text_ui, weak_ui};
use crate::app::session::Notice;
use crate::domain::command::{Command, Edit, EmergencyCommand};
use crate::domain::emergency::standing::Standing;
use crate::domain::emergency::{InterimMeasure, MeasureId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::{Button, Chip, DateField, Field, card_ui as card, date_text};
use crate::util::clock::end_of_day;

const FIELDS: [&str; 4] = ["what", "undo", "review_at", "because"];

/// The texts as typed.
#[derive(Debug, Default)]
pub struct Draft {
    open: bool,
    what: String,
    undo: String,
    review: String,
    remove: Option<(MeasureId, String)>,
    sending: Sending,
}

impl Draft {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.open && !(self.what.is_empty() && self.undo.is_empty())
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.sending.notice(notice);
        if answer == Answer::Saved {
            *self = Self::default();
        }
        answer != Answer::Foreign
    }
}

/// Draws the measures and the form for another one.
pub fn card_ui(
    draft: &mut Draft,
    standing: &Standing<'_>,
    open: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    card(ui, Some("Interim measures"), |ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        if standing.measures.is_empty() {
            weak_ui(
                ui,
                "None. A block or an isolation taken until the patch is in belongs here, with its way back.",
            );
        }
        for measure in &standing.measures {
            measure_ui(draft, measure, open && ctx.can_write(), ctx, ui, actions);
        }
        if !open || !ctx.can_write() {
            return;
        }
        if !draft.open {
            ui.add_space(size::GAP_SMALL);
            draft.open = ui.add(Button::secondary("Add a measure")).clicked();
            return;
        }
        form_ui(draft, standing, ctx, ui, actions);
    });
}

fn measure_ui(
    draft: &mut Draft,
    measure: &InterimMeasure,
    open: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    text_ui(ui, &measure.what);
    weak_ui(ui, &format!("Way back: {}", measure.undo));
    if let Some(at) = measure.removed_at {
        ui.add(Chip::new(Tone::Good, "Taken back"));
        weak_ui(ui, &format!("{}: {}", ctx.time_text(at), measure.removed_because));
        return;
    }
    let due = measure.review_at.is_some_and(|at| at < ctx.now_at);
    let (tone, word) = if due { (Tone::Bad, "Review overdue") } else { (Tone::Warn, "In force") };
    ui.add(Chip::new(tone, word));
    if let Some(at) = measure.review_at {
        weak_ui(ui, &format!("Looked at again by {}", ctx.day_text(at)));
    }
    if !open {
        return;
    }
    match draft.remove.take_if(|(id, _)| *id == measure.id) {
        None => {
            let button = ui.add(Button::secondary("Take it back"));
            let name = format!("Take it back: {}", measure.what);
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(name));
            if button.clicked() {
                draft.remove = Some((measure.id, String::new()));
            }
        }
        Some((id, mut because)) => {
            let mut keep = true;
            let issue = draft.sending.issue("because");
            Field::new(("remove", id.0), "Why, or what replaced it", &mut because)
                .required()
                .issue(issue.as_deref())
                .ui(ui);
            ui.horizontal(|ui| {
                if ui.add(Button::primary("Taken back")).clicked() {
                    let command = EmergencyCommand::RemoveMeasure { measure: id, because: because.clone() };
                    actions.push(draft.sending.send(ctx, Command::Emergency(command)));
                }
                keep = !ui.add(Button::quiet("Keep it")).clicked();
            });
            draft.remove = keep.then_some((id, because));
        }
    }
}

fn form_ui(
    draft: &mut Draft,
    standing: &Standing<'_>,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let record = ("measure", standing.cycle.id.0);
    let issues = FIELDS.map(|field| draft.sending.issue(field));
    Field::new(record, "What is blocked, disabled or isolated", &mut draft.what)
        .required()
        .issue(issues[0].as_deref())
        .ui(ui);
    Field::new(record, "How it is taken back", &mut draft.undo).required().issue(issues[1].as_deref()).ui(ui);
    DateField::new(record, "Looked at again on", &mut draft.review, ctx.today)
        .required()
        .issue(issues[2].as_deref())
        .ui(ui);
    draft.sending.general_ui(ui, &FIELDS);
    ui.horizontal(|ui| {
        if ui.add(Button::primary("Add it").enabled(!draft.sending.is_waiting())).clicked() {
            let review_on = date_text::read(&draft.review, ctx.today);
            if review_on.is_none() && !draft.review.trim().is_empty() {
                draft.sending.refuse("review_at", "Write the date like 14 Dec 2026.");
                return;
            }
            let row = InterimMeasure {
                id: MeasureId(0),
                cycle: standing.cycle.id,
                what: draft.what.clone(),
                undo: draft.undo.clone(),
                owner: None,
                in_force_at: ctx.now_at,
                review_at: review_on.map(|day| end_of_day(ctx.zone, day)),
                removed_at: None,
                removed_because: String::new(),
            };
            let command = EmergencyCommand::Measure(Box::new(Edit { base: None, row }));
            actions.push(draft.sending.send(ctx, Command::Emergency(command)));
        }
        if ui.add(Button::quiet("Cancel")).clicked() {
            *draft = Draft::default();
        }
    });
}
