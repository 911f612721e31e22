//! The card of what is counted: freshness, adoption day, covered classes.

use egui::Ui;

use super::Counts;
use super::form::{Form, beside_ui, section_ui, weak_ui};
use crate::domain::command::{Command, Issue};
use crate::domain::shop::Shop;
use crate::domain::update::Classification;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{DateField, Field, TickBox, date_text, form};
use crate::util::text::counted;

const FIELDS: [&str; 5] = ["fresh_server_days", "fresh_other_days", "adoption_on", "covered", "reason"];

/// The texts as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    server: String,
    other: String,
    adoption: String,
    covered: Vec<Classification>,
    /// Why it is changed.
    reason: String,
}

impl Draft {
    fn of(shop: &Shop) -> Self {
        let mut covered = shop.covered.clone();
        covered.sort_unstable();
        Self {
            server: shop.fresh_server_days.to_string(),
            other: shop.fresh_other_days.to_string(),
            adoption: shop.adoption_on.map(date_text::say).unwrap_or_default(),
            covered,
            reason: String::new(),
        }
    }
}

/// The card.
#[derive(Debug, Default)]
pub struct Card {
    /// The form, once a frame has read the register.
    pub form: Option<Form<Draft>>,
}

impl Card {
    /// Draws the card.
    pub fn ui(&mut self, counts: &Counts, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let now = Draft::of(&ctx.book().shop);
        let form = self.form.get_or_insert_with(|| Form::new(now.clone()));
        form.follow(now);
        let words = "Every figure is worked out by these. A change holds from now on: months before are told by what counted then.";
        let mut save = false;
        section_ui(ui, "Counting", words, form.is_dirty(), |ui| {
            ui.add_enabled_ui(ctx.can_write(), |ui| {
                fresh_ui(form, ctx, ui);
                covered_ui(form, counts, ui);
                if form.is_dirty() && !ctx.book().batches.is_empty() {
                    let issue = form.issue("reason");
                    why_ui(&mut form.draft.reason, issue.as_deref(), ui);
                }
                save = form.foot_ui(ui, ctx, &FIELDS, "Save counting");
            });
        });
        if save { self.save(ctx) } else { None }
    }

    /// Sends the card, or says what is wrong with it.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let form = self.form.as_mut()?;
        let base = ctx.book().shop.as_ref().clone();
        let mut issues = Vec::new();
        let mut days = |field: &'static str, typed: &str| {
            typed.trim().parse::<i64>().unwrap_or_else(|_| {
                issues.push(Issue { field, text: "Write a whole number of days, such as 14.".to_owned() });
                0
            })
        };
        let fresh_server_days = days("fresh_server_days", &form.draft.server);
        let fresh_other_days = days("fresh_other_days", &form.draft.other);
        let adoption_on = date_text::read(&form.draft.adoption, ctx.today);
        if adoption_on.is_none() && !form.draft.adoption.trim().is_empty() {
            let text = "Not a date. Write it like 8 Dec 2026 or 2026-12-08".to_owned();
            issues.push(Issue { field: "adoption_on", text });
        }
        if !issues.is_empty() {
            form.refuse(issues);
            return None;
        }
        let covered = form.draft.covered.clone();
        let shop = Shop { fresh_server_days, fresh_other_days, covered, adoption_on, ..base.clone() };
        let reason = form.draft.reason.clone();
        Some(form.send(ctx, Command::SaveShop { base: Box::new(base), shop: Box::new(shop), reason }))
    }
}

/// Why what is counted is changed; demanded once anything was imported.
pub(super) fn why_ui(reason: &mut String, issue: Option<&str>, ui: &mut Ui) {
    let help = "Printed with what moved the figures";
    Field::new("shop", "Why it is changed", reason).required().help(help).issue(issue).ui(ui);
}

fn fresh_ui(form: &mut Form<Draft>, ctx: &Ctx<'_>, ui: &mut Ui) {
    let (server, other) = (form.issue("fresh_server_days"), form.issue("fresh_other_days"));
    let adoption = form.issue("adoption_on");
    let draft = &mut form.draft;
    beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| match at {
        0 => {
            let field = Field::new("shop", "Servers are fresh for", &mut draft.server).number().unit("days");
            field.required().issue(server.as_deref()).ui(ui);
        }
        1 => {
            let field = Field::new("shop", "Others are fresh for", &mut draft.other).number().unit("days");
            field.required().issue(other.as_deref()).ui(ui);
        }
        _ => {
            let field = DateField::new("shop", "Adoption day", &mut draft.adoption, ctx.today);
            field.issue(adoption.as_deref()).ui(ui);
        }
    });
    weak_ui(
        ui,
        "A machine whose newest patch report is older counts as not known. Updates released before the adoption day are the \
         catch-up campaign and stand apart.",
    );
}

fn covered_ui(form: &mut Form<Draft>, counts: &Counts, ui: &mut Ui) {
    let issue = form.issue("covered");
    ui.label(Text::Medium.rich("Classes of update the policy covers"));
    let half = Classification::ALL.len().div_ceil(2);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        beside_ui(ui, &[1.0, 1.0], |ui, _, side| {
            for class in Classification::ALL.iter().skip(side * half).take(half) {
                let mut on = form.draft.covered.contains(class);
                let updates = counts.updates.get(class).copied().unwrap_or_default();
                let words = format!("{}, {}", class.text(), counted(updates, "update", "updates"));
                if ui.add(TickBox::new(&mut on, &words)).changed() {
                    form.draft.covered.retain(|covered| covered != class);
                    if on {
                        form.draft.covered.push(*class);
                    }
                    form.draft.covered.sort_unstable();
                }
            }
        });
    });
    if issue.is_some() {
        ui.add_space(size::GAP_SMALL);
        form::note_ui(ui, issue.as_deref(), None);
    }
}
