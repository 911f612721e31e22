//! Beginning a catch-up campaign: what was left open is brought up to date, apart from the month.

use egui::Ui;

use super::super::rule::pick::{self, choose_ui};
use super::begin::{newest, preview_ui};
use crate::app::session::Notice;
use crate::domain::command::{Command, CycleCommand, Issue};
use crate::domain::cycle::template::CycleTemplateId;
use crate::domain::cycle::{CycleId, CycleKind, generate};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Answer, Form, beside_ui, heading_ui, weak_ui};
use crate::ui::theme::size;
use crate::ui::widget::{Button, DateField, Field, Selection, TableState, card_ui, date_text};
use crate::util::clock::instant_of;

const FIELDS: [&str; 3] = ["name", "anchor_at", "reason"];

/// The texts as typed.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    template: CycleTemplateId,
    name: String,
    on: String,
    reason: String,
}

/// The form of a campaign.
#[derive(Debug)]
pub struct Campaign {
    form: Form<Draft>,
    table: TableState,
    selection: Selection,
}

impl Campaign {
    /// A campaign from a template, beginning today.
    pub fn new(ctx: &Ctx<'_>, template: CycleTemplateId) -> Self {
        let name = format!("Catch-up {}", ctx.today.format("%B %Y"));
        let draft = Draft { template, name, on: date_text::say(ctx.today), reason: String::new() };
        Self { form: Form::new(draft), table: TableState::default(), selection: Selection::default() }
    }

    /// What would be lost, in words.
    pub fn unsaved(&self) -> Option<String> {
        self.form.is_dirty().then(|| "a catch-up campaign".to_owned())
    }

    /// Takes an answer: whether it was this form's, and the cycle that was begun.
    pub fn notice(&mut self, notice: &Notice) -> (bool, Option<CycleId>) {
        match (self.form.notice(notice), notice) {
            (Answer::Saved, Notice::Changed { shown, .. }) => (true, newest(&shown.book)),
            (answer, _) => (answer != Answer::Foreign, None),
        }
    }

    /// Draws the form with what it will write; `true` when it is to be left.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
        let mut leave = false;
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            heading_ui(ui, "Begin a catch-up campaign");
            weak_ui(
                ui,
                "It takes up every update that was released before it begins and is still open, and counts them down, apart from the month.",
            );
            let [name, on, reason] = FIELDS.map(|field| self.form.issue(field));
            let kind = |row: &&crate::domain::cycle::template::CycleTemplate| {
                row.kind == CycleKind::CatchUp && row.ended_at.is_none()
            };
            let templates: Vec<_> = ctx
                .book()
                .cycle_templates
                .rows()
                .iter()
                .filter(kind)
                .map(|row| (row.name.clone(), row.id))
                .collect();
            let draft = &mut self.form.draft;
            beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| match at {
                0 => {
                    let field = Field::new("campaign", "Campaign name", &mut draft.name).required();
                    field.issue(name.as_deref()).ui(ui);
                }
                1 => {
                    let field = DateField::new("campaign", "Begins on", &mut draft.on, ctx.today).required();
                    field.issue(on.as_deref()).ui(ui);
                }
                _ => choose_ui(ui, "campaign", "Template", &templates, &mut draft.template, None),
            });
            let field = Field::new("campaign", "Reason of the campaign", &mut draft.reason).required();
            field.hint("Two years of updates on the tills").issue(reason.as_deref()).ui(ui);
            let template = ctx.book().cycle_templates.get(draft.template.0);
            if let (Some(template), Ok(at)) = (template, anchor(ctx, draft)) {
                let planned = generate::from(ctx.book(), template, at);
                preview_ui(&planned, ctx, ui, &mut self.table, &mut self.selection);
            }
            self.form.words_ui(ui, &FIELDS);
            ui.horizontal(|ui| {
                let can = !self.form.is_saving() && ctx.can_write();
                if ui.add(Button::primary("Begin campaign").enabled(can)).clicked() {
                    actions.extend(self.save(ctx));
                }
                leave = ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        leave
    }

    fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let Draft { template, name, reason, .. } = self.form.draft.clone();
        match anchor(ctx, &self.form.draft) {
            Ok(anchor_at) => {
                let updates = Vec::new();
                let command = CycleCommand::BeginCampaign { template, name, anchor_at, updates, reason };
                Some(self.form.send(ctx, Command::Cycle(command)))
            }
            Err(issue) => {
                self.form.refuse(vec![issue]);
                None
            }
        }
    }
}

/// Nine in the morning of the day that was typed.
fn anchor(ctx: &Ctx<'_>, draft: &Draft) -> Result<i64, Issue> {
    let on = pick::date(&draft.on, "anchor_at", ctx.today)?;
    let text = "Say on which day it begins.".to_owned();
    let on = on.ok_or(Issue { field: "anchor_at", text })?;
    let nine = chrono::NaiveTime::MIN + chrono::TimeDelta::hours(9);
    Ok(instant_of(ctx.zone, on.and_time(nine)))
}
