//! The rules of the calendar, one card each: windows, holidays and freezes, releases, one-off releases, cycle templates. Each card
//! saves as one step, so that undo takes back one card.

mod card;
mod closure;
mod exception;
pub mod pick;
mod release;
mod step;
mod template;
mod window;

use egui::Ui;

use crate::app::session::Notice;
use crate::domain::calendar::closure::ClosureId;
use crate::domain::calendar::release::ReleaseRuleId;
use crate::domain::calendar::window::WindowId;
use crate::domain::cycle::template::CycleTemplateId;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::size;

use card::Card;
use closure::Closures;
use exception::Exceptions;
use release::Releases;
use template::Templates;
use window::Windows;

/// A row of the rules that another view leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A maintenance window.
    Window(WindowId),
    /// A new maintenance window.
    NewWindow,
    /// A holiday or freeze.
    Closure(ClosureId),
    /// A release rule.
    Release(ReleaseRuleId),
    /// A cycle template.
    Template(CycleTemplateId),
}

/// The cards.
#[derive(Debug, Default)]
pub struct Rules {
    windows: Card<Windows>,
    closures: Card<Closures>,
    releases: Card<Releases>,
    exceptions: Card<Exceptions>,
    templates: Card<Templates>,
}

impl Rules {
    /// The draft that would be lost, in words.
    pub fn unsaved(&self) -> Option<String> {
        let first =
            self.windows.unsaved().or_else(|| self.closures.unsaved()).or_else(|| self.releases.unsaved());
        first.or_else(|| self.exceptions.unsaved()).or_else(|| self.templates.unsaved())
    }

    /// Opens a row for change.
    pub fn show(&mut self, ctx: &Ctx<'_>, target: Target) {
        match target {
            Target::Window(id) => self.windows.show(ctx, id.0),
            Target::NewWindow => self.windows.add(ctx),
            Target::Closure(id) => self.closures.show(ctx, id.0),
            Target::Release(id) => self.releases.show(ctx, id.0),
            Target::Template(id) => self.templates.show(ctx, id.0),
        }
    }

    /// Takes an answer; `true` if it was a card's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let mut taken = self.windows.notice(notice);
        taken |= self.closures.notice(notice);
        taken |= self.releases.notice(notice);
        taken |= self.exceptions.notice(notice);
        taken | self.templates.notice(notice)
    }

    /// Saves the first card that holds something unsaved.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        if self.windows.is_dirty() {
            self.windows.save(ctx)
        } else if self.closures.is_dirty() {
            self.closures.save(ctx)
        } else if self.releases.is_dirty() {
            self.releases.save(ctx)
        } else if self.exceptions.is_dirty() {
            self.exceptions.save(ctx)
        } else if self.templates.is_dirty() {
            self.templates.save(ctx)
        } else {
            None
        }
    }

    /// Draws the cards.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let column = egui::vec2(ui.available_width().min(size::RULE_COLUMN), 0.0);
        ui.allocate_ui_with_layout(column, egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
            actions.extend(self.windows.ui(ctx, ui));
            actions.extend(self.closures.ui(ctx, ui));
            actions.extend(self.releases.ui(ctx, ui));
            actions.extend(self.exceptions.ui(ctx, ui));
            actions.extend(self.templates.ui(ctx, ui));
        });
    }
}
