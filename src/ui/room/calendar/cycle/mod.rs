//! The cycle: its phases with the current one lit, what is due next, its steps, the point person of every group, and how a new
//! one is begun.

mod begin;
mod burn;
mod campaign;
mod panel;
mod point;
mod steps;
mod view;

use egui::Ui;

use crate::app::session::Notice;
use crate::domain::cycle::progress::{current, is_open};
use crate::domain::cycle::{Cycle, CycleId, CycleKind, CycleStepId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::calendar::rule::Target;
use crate::ui::room::strip::{month_words, next};
use crate::ui::widget::{card_ui, empty_state_ui};

use begin::Begin;
use burn::Burn;
use campaign::Campaign;
use panel::Panel;
use point::Points;
use steps::Steps;
use view::Leave;
pub use view::context;

/// What the view remembers.
#[derive(Debug, Default)]
pub struct Cycles {
    /// The cycle that was chosen; nothing for the one that matters now.
    chosen: Option<CycleId>,
    begin: Option<Begin>,
    campaign: Option<Campaign>,
    steps: Steps,
    panel: Panel,
    points: Points,
    burn: Burn,
    leave: Leave,
}

impl Cycles {
    /// Shows a cycle.
    pub fn open(&mut self, cycle: CycleId) {
        self.chosen = Some(cycle);
        self.begin = None;
    }

    /// Shows a step of a cycle.
    pub fn open_step(&mut self, ctx: &Ctx<'_>, cycle: CycleId, step: CycleStepId) {
        self.open(cycle);
        self.steps.select(step);
        self.panel.open(ctx, step);
    }

    /// The form that holds unsaved text, by name.
    pub fn unsaved(&self) -> Option<String> {
        self.panel.unsaved().or_else(|| self.campaign.as_ref().and_then(Campaign::unsaved))
    }

    /// Takes an answer; `true` if it was this view's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let mut taken = self.panel.notice(notice);
        taken |= self.points.notice(notice);
        taken |= self.leave.notice(notice);
        if let Some((mine, begun)) = self.begin.as_mut().map(|begin| begin.notice(notice)) {
            taken |= mine;
            self.begun(begun);
        }
        if let Some((mine, begun)) = self.campaign.as_mut().map(|campaign| campaign.notice(notice)) {
            taken |= mine;
            self.begun(begun);
        }
        taken
    }

    fn begun(&mut self, cycle: Option<CycleId>) {
        if cycle.is_some() {
            self.chosen = cycle;
            self.begin = None;
            self.campaign = None;
        }
    }

    /// Saves the open step.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.panel.save(ctx)
    }

    /// "Begin the cycle of December 2026…", where one can be begun.
    pub fn next_words(&self, ctx: &Ctx<'_>) -> Option<String> {
        if self.begin.is_some() || self.campaign.is_some() {
            return None;
        }
        next(ctx).map(|(_, month)| format!("Begin the cycle of {}…", month_words(&month)))
    }

    /// Opens the preview of the next cycle.
    pub fn begin(&mut self, ctx: &Ctx<'_>) {
        self.begin = next(ctx).map(|(template, month)| Begin::new(template, month));
        self.campaign = None;
    }

    /// The cycle that is shown.
    fn shown<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Cycle> {
        let book = ctx.book();
        let chosen = self.chosen.and_then(|id| book.cycles.get(id.0));
        chosen.or_else(|| current(book, ctx.now_at)).or_else(|| {
            let open = book.cycles.rows().iter().filter(|cycle| is_open(cycle));
            open.max_by_key(|cycle| cycle.anchor_at)
                .or_else(|| book.cycles.rows().iter().max_by_key(|cycle| cycle.anchor_at))
        })
    }

    /// Draws the panel of the open step.
    pub fn panel_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        if self.begin.is_none() && self.campaign.is_none() {
            self.panel.ui(ctx, ui, actions);
        }
    }

    /// Draws the cycle, or the preview of a new one; a rule that is to be shown.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Target> {
        if let Some(begin) = &mut self.begin {
            if begin.ui(ctx, ui, actions) {
                self.begin = None;
            }
            return None;
        }
        if let Some(campaign) = &mut self.campaign {
            if campaign.ui(ctx, ui, actions) {
                self.campaign = None;
            }
            return None;
        }
        let Some(cycle) = self.shown(ctx) else { return self.empty_ui(ctx, ui) };
        self.cycle_ui(cycle, ctx, ui, actions);
        None
    }

    fn empty_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Target> {
        let mut target = None;
        card_ui(ui, None, |ui| {
            let words = "A cycle is one month of patching with dated steps and named people. It is made from a template and the \
                         release rules; nothing is written before you have seen it.";
            let next = next(ctx).filter(|_| ctx.can_write());
            let offers =
                if next.is_some() { vec!["Preview the next cycle…"] } else { vec!["Look at the rules"] };
            let chosen = empty_state_ui(ui, icon::CALENDAR_CHECK, "No cycle has begun yet", words, &offers);
            match (chosen, next) {
                (Some(_), Some((template, month))) => self.begin = Some(Begin::new(template, month)),
                (Some(_), None) => {
                    let template =
                        ctx.book().cycle_templates.rows().first().map(|row| Target::Template(row.id));
                    target = Some(template.unwrap_or(Target::NewWindow));
                }
                (None, _) => {}
            }
        });
        target
    }

    /// Opens the form of a campaign.
    fn begin_campaign(&mut self, ctx: &Ctx<'_>) {
        let kind = |template: &&crate::domain::cycle::template::CycleTemplate| {
            template.kind == CycleKind::CatchUp && template.ended_at.is_none()
        };
        if let Some(template) = ctx.book().cycle_templates.rows().iter().find(kind) {
            self.campaign = Some(Campaign::new(ctx, template.id));
        }
    }
}
