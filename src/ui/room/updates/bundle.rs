//! What is to be rated: bundles by product and month where the facts agree, confirmed in one action; the exceptions one by one.

use egui::{Label, ScrollArea, Ui};

use super::list::rank_tone;
use super::rate::RateSheet;
use crate::app::session::Notice;
use crate::app::session::look::{Look, Looked};
use crate::domain::command::{Command, RiskCommand};
use crate::domain::risk::Bundle;
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::room::sheet::Sheet;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Chip, Link, TickBox, card_ui, empty_state_ui};
use crate::util::text::counted;

/// The view and what was worked out for it.
#[derive(Debug, Default)]
pub struct View {
    bundles: Option<Vec<Bundle>>,
    /// The entry of the history and the instant that were asked for.
    asked: Option<(i64, i64)>,
    /// What is left out of its bundle, to be rated by itself.
    apart: Vec<UpdateId>,
    waiting: Option<u64>,
    failure: Option<String>,
}

/// What was asked for in the view.
#[derive(Debug)]
pub enum Wish {
    /// Open a form.
    Open(Box<dyn Sheet>),
    /// Open the page of an update.
    Update(UpdateId),
}

impl View {
    /// Takes what was worked out.
    pub fn looked(&mut self, looked: Looked) {
        if self.asked.is_some_and(|(seq, _)| seq == looked.seq) {
            self.bundles = looked.bundles;
        }
    }

    /// Takes an answer; `true` if it was for this view.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return false;
        };
        if ticket.is_none() || *ticket != self.waiting {
            return false;
        }
        self.waiting = None;
        if let Notice::Failed { error, .. } = notice {
            self.failure = Some(error.summary.clone());
        }
        true
    }

    /// Draws the bundles; what was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Wish> {
        let key = (ctx.book().head.seq, ctx.shown.as_of_at);
        if self.asked != Some(key) {
            self.asked = Some(key);
            actions.push(Action::Look(Look::Bundles(ctx.shown.as_of_at)));
        }
        let Some(bundles) = self.bundles.clone() else {
            card_ui(ui, None, |ui| {
                weak_ui(ui, "What is to be rated is being worked out. This takes a moment.");
            });
            return None;
        };
        if bundles.is_empty() {
            let words = "Every update that a machine owes has a rank that somebody confirmed, and no fact has come since that says \
                         worse.";
            card_ui(ui, None, |ui| empty_state_ui(ui, icon::SHIELD_CHECK, "Nothing to rate", words, &[]));
            return None;
        }
        let mut wish = None;
        ScrollArea::vertical().id_salt("bundles").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(size::RULE_COLUMN.min(ui.available_width()));
            if let Some(failure) = &self.failure {
                crate::ui::widget::form::note_ui(ui, Some(failure), None);
            }
            for bundle in &bundles {
                card_ui(ui, None, |ui| {
                    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
                    if let Some(asked) = self.bundle_ui(bundle, ctx, ui, actions) {
                        wish = Some(asked);
                    }
                });
                ui.add_space(size::GAP);
            }
        });
        wish
    }

    fn bundle_ui(
        &mut self,
        bundle: &Bundle,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<Wish> {
        let mut wish = None;
        let chosen: Vec<UpdateId> =
            bundle.updates.iter().copied().filter(|update| !self.apart.contains(update)).collect();
        ui.horizontal(|ui| {
            heading_ui(ui, &bundle.name);
            ui.add(Chip::new(rank_tone(bundle.rank), bundle.rank.text()));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let what = counted(chosen.len() as u64, "update", "updates");
                let name = format!("Confirm {} for {what}", bundle.rank.text());
                let can = ctx.can_write() && !chosen.is_empty() && self.waiting.is_none();
                let button = Button::secondary(&name).icon(icon::CHECK).enabled(can);
                let response = ui.add(button);
                // Two bundles may hold as many updates of one rank: the name says which.
                let label = format!("{name} of {}", bundle.name);
                response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, can, &label));
                if response.clicked() {
                    let ticket = ctx.tickets.take();
                    self.waiting = Some(ticket);
                    self.failure = None;
                    let command =
                        RiskCommand::Confirm { updates: chosen.clone(), bundle: bundle.name.clone() };
                    actions.push(Action::Run { ticket, command: Box::new(Command::Risk(command)) });
                }
            });
        });
        for reason in &bundle.reasons {
            ui.add(Label::new(Text::Body.rich(reason)).wrap());
        }
        for id in &bundle.updates {
            let Some(update) = ctx.book().updates.get(id.0) else { continue };
            if let Some(asked) = self.update_ui(update, ctx, ui) {
                wish = Some(asked);
            }
        }
        wish
    }

    fn update_ui(&mut self, update: &Update, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Wish> {
        let mut wish = None;
        ui.horizontal(|ui| {
            let name = update.short_name();
            let mut on = !self.apart.contains(&update.id);
            if ui.add(TickBox::new(&mut on, &name)).changed() {
                self.apart.retain(|apart| *apart != update.id);
                if !on {
                    self.apart.push(update.id);
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let verb = format!("Rate {name} by itself…");
                if ui.add(Button::quiet(&verb).enabled(ctx.can_write())).clicked() {
                    wish = Some(Wish::Open(Box::new(RateSheet::new(ctx, update.id))));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    if ui.add(Link::new(&update.title)).clicked() {
                        wish = Some(Wish::Update(update.id));
                    }
                });
            });
        });
        wish
    }
}
