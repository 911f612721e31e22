//! The page of the plan: what would change, computer by computer, before anything does.

use std::collections::HashSet;

use egui::{Label, ScrollArea, Ui};

use super::choice::{failure_ui, notice_ui, sentence};
use super::computers::{self, Kind};
use super::{State, counts, files};
use crate::domain::asset::AssetId;
use crate::domain::batch::Scope;
use crate::import::ReadSet;
use crate::import::plan::{ImportPlan, Verdict};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{Button, Field, Selection, TableState, number, page_header_ui};

/// Which part of the plan is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Computers by verdict.
    #[default]
    Computers,
    /// Pairs and updates in counts.
    Counts,
    /// The files.
    Files,
}

/// How the plan is looked at.
#[derive(Debug, Default)]
pub struct View {
    /// Which part.
    pub tab: Tab,
    /// Only computers of this verdict.
    pub kind: Option<Kind>,
    /// The rows of the computers shown.
    pub order: Vec<u32>,
    /// The row looked at and the rows taken.
    pub selection: Selection,
    /// Columns.
    pub table: TableState,
    /// What is searched for, to say which asset a computer is.
    pub wanted: String,
    /// What it found.
    pub found: Vec<(AssetId, String)>,
    /// The name of the source as typed; follows the plan until somebody types.
    pub source: String,
    /// Files whose remarks are open.
    pub opened: HashSet<usize>,
}

impl View {
    /// Follows a new plan: same place, new verdicts.
    pub fn take(&mut self, plan: Option<&ImportPlan>, read: &ReadSet) {
        let Some(plan) = plan else {
            self.tab = Tab::Files;
            return;
        };
        self.source.clone_from(&plan.source_name);
        if plan.computers.is_empty() && self.order.is_empty() {
            self.tab = if read.states.is_empty() { Tab::Files } else { Tab::Counts };
        }
        self.refresh(plan);
        self.selection.ticked = (0..plan.computers.len())
            .filter(|at| computers::is_taken(&plan.computers[*at].verdict))
            .map(computers::row_id)
            .collect();
    }

    /// Filters the rows again.
    pub fn refresh(&mut self, plan: &ImportPlan) {
        let fits = |at: &usize| self.kind.is_none_or(|kind| Kind::of(&plan.computers[*at].verdict) == kind);
        let mut order: Vec<usize> = (0..plan.computers.len()).filter(fits).collect();
        // What asks for a choice comes first, then what changes; the files' own order within.
        order.sort_by_key(|at| Kind::of(&plan.computers[*at].verdict) as u8);
        self.order = order.into_iter().map(|at| at as u32).collect();
    }
}

/// Draws the page.
pub fn plan_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let ready = state.plan.as_ref().is_some_and(|plan| !plan.is_nothing_new());
    let context = state
        .plan
        .as_ref()
        .map_or_else(|| "Nothing can be imported from this".to_owned(), |plan| from_words(ctx, plan));
    let import = PageAction {
        enabled: ready && ctx.can_write(),
        tooltip: (!ready).then_some("There is nothing to import"),
        ..PageAction::new(Some(icon::DOWNLOAD), "Import")
    };
    let others = [PageAction::new(None, "Cancel")];
    let chosen = page_header_ui(ui, "Import", &context, state.plan.is_some().then_some(import), &others);
    super::progress_ui(state, ui);
    if let Some(failure) = &state.failure {
        failure_ui(ui, failure);
    }
    match state.plan.take() {
        Some(plan) => {
            head_ui(state, &plan, ctx, ui, &mut actions);
            state.plan = Some(plan);
        }
        None => {
            if state.obstacle.is_some() {
                let words =
                    "Each file is named below, with what to export instead. The register is as it was.";
                notice_ui(ui, Tone::Neutral, icon::INFO, "Nothing here can be imported", words);
                ui.add_space(size::GAP_SMALL);
            }
        }
    }
    if state.stage == super::Stage::Plan {
        tabs_ui(state, ui);
        body_ui(state, ctx, ui, &mut actions);
    }
    match chosen {
        Some(Chosen::Primary) => actions.extend(state.accept(ctx)),
        Some(Chosen::Other(_)) => state.leave(),
        None => {}
    }
    actions
}

/// `From WSUS01, data as of 12 Apr 2024 06:44 UTC`.
fn from_words(ctx: &Ctx<'_>, plan: &ImportPlan) -> String {
    let as_of = plan.as_of_at.map_or_else(
        || ", without patch states".to_owned(),
        |at| format!(", data as of {}", ctx.time_text(at)),
    );
    format!("From {}{as_of}", plan.source_name)
}

fn head_ui(state: &mut State, plan: &ImportPlan, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    if let Some(batch) = plan.already.and_then(|id| ctx.book().batches.get(id.0)) {
        let words = format!(
            "The very same files were recorded on {} as import {}.",
            ctx.day_text(batch.recorded_at),
            batch.number
        );
        notice_ui(ui, Tone::Info, icon::INFO, "Already imported", &words);
        ui.add_space(size::GAP);
    }
    let title = sentence(&plan.summary());
    let (tone, glyph) =
        if plan.is_nothing_new() { (Tone::Neutral, icon::INFO) } else { (Tone::Good, icon::CIRCLE_CHECK) };
    notice_ui(ui, tone, glyph, &title, scope_words(plan.scope));
    ui.add_space(size::GAP_SMALL);
    for warning in &plan.warnings {
        notice_ui(ui, Tone::Warn, icon::TRIANGLE_ALERT, warning, "");
        ui.add_space(size::GAP_SMALL);
    }
    let unnamed =
        state.read.as_ref().is_some_and(|read| read.manifest.as_ref().is_none_or(|m| m.server.is_empty()));
    if unnamed {
        source_ui(state, plan, ui, actions);
    }
}

/// The files do not say which server they come from.
fn source_ui(state: &mut State, plan: &ImportPlan, ui: &mut Ui, actions: &mut Vec<Action>) {
    let response = Field::new("source", "Name of the source", &mut state.view.source)
        .help("The files do not say which server they come from")
        .width(size::SIDE_PANEL)
        .ui(ui);
    let name = state.view.source.trim();
    if response.lost_focus() && !name.is_empty() && name != plan.source_name {
        name.clone_into(&mut state.choices.source_name);
        actions.extend(state.plan_again());
    }
    ui.add_space(size::GAP_SMALL);
}

fn scope_words(scope: Scope) -> &'static str {
    match scope {
        Scope::AllButNotApplicable => {
            "The files list all that applies: a row that vanished is not applicable now."
        }
        Scope::All => "The files list every state; a missing row proves nothing.",
        Scope::NeededOnly => "The files list only what is needed: nothing turns green by them.",
        Scope::SomeUpdates => "The files list some updates only: a missing row proves nothing.",
        Scope::NoStates => "The files carry no patch states: machines become known, not compliant.",
    }
}

fn tabs_ui(state: &mut State, ui: &mut Ui) {
    let computers = state.plan.as_ref().map_or(0, |plan| plan.computers.len());
    let files = state.read.as_ref().map_or(0, |read| read.files.len());
    let mut tabs = Vec::new();
    if state.plan.is_some() {
        tabs.push((Tab::Computers, format!("Computers {}", number(computers))));
        tabs.push((Tab::Counts, "Updates and pairs".to_owned()));
    }
    tabs.push((Tab::Files, format!("Files {}", number(files))));
    ui.horizontal(|ui| {
        for (tab, name) in &tabs {
            if ui.add(Button::quiet(name).selected(state.view.tab == *tab)).clicked() {
                state.view.tab = *tab;
            }
        }
    });
    ui.add_space(size::GAP_SMALL);
}

fn body_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    match state.view.tab {
        Tab::Computers => actions.extend(computers::list_ui(state, ui)),
        Tab::Counts => {
            let Some(plan) = &state.plan else { return };
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| counts::counts_ui(plan, ui));
        }
        Tab::Files => {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                actions.extend(files::files_ui(state, ctx, ui));
            });
        }
    }
}

/// A line that explains, above a list.
pub fn hint_ui(ui: &mut Ui, words: &str) {
    let tokens = theme::tokens(ui);
    ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
}

/// Whether a verdict waits for a choice.
pub fn asks(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Ask(_))
}
