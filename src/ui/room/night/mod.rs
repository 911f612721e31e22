//! Patch night: The patch night: what is next, and what happened? And the emergency: how long ago, what is decided?
//!
//! Invariant: every entry goes to the file at once; a page keeps only what is being typed.

mod after;
mod clock;
mod declare;
mod during;
mod emergency;
mod entry;
mod list;
mod log;
mod measure;
mod part;
mod paste;
mod plan;
mod steps;
mod verdict;

use egui::Ui;

use super::{Ctx, scroll_page_ui};
use crate::app::session::Notice;
use crate::domain::cycle::{CycleId, CycleKind};
use crate::domain::run::RunId;
use crate::domain::run::sheet::Sheet;
use crate::ui::action::Action;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The nights and emergencies there are; one that is under way opens by itself.
    #[default]
    List,
    /// A night is planned.
    Plan,
    /// An emergency or a drill is declared.
    Declare,
    /// One night.
    Run(RunId),
    /// One emergency.
    Emergency(CycleId),
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    page: Page,
    /// The list was asked for: a night under way does not open by itself again.
    chosen: bool,
    plan: plan::Draft,
    declare: declare::Draft,
    night: during::State,
    after: after::State,
    emergency: emergency::State,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows a run.
    pub fn open(&mut self, run: RunId) {
        self.go(Page::Run(run));
    }

    fn go(&mut self, page: Page) {
        if self.page != page {
            self.night = during::State::default();
            self.after = after::State::default();
            self.emergency = emergency::State::default();
        }
        self.page = page;
        self.chosen = true;
    }

    /// The form that holds unsaved text, by name.
    pub fn unsaved(&self) -> Option<String> {
        let forms = [
            (self.night.is_dirty(), "a line of the log"),
            (self.after.is_dirty(), "the summary of a night"),
            (self.declare.is_dirty(), "an emergency"),
            (self.emergency.is_dirty(), "a decision or measure"),
        ];
        forms.into_iter().find(|(dirty, _)| *dirty).map(|(_, name)| name.to_owned())
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let mut taken = self.night.notice(notice);
        taken |= self.after.notice(notice);
        taken |= self.emergency.notice(notice);
        if let Some(run) = self.plan.notice(notice) {
            taken = true;
            if let Some(run) = run {
                self.go(Page::Run(run));
            }
        }
        if let Some(cycle) = self.declare.notice(notice) {
            taken = true;
            if let Some(cycle) = cycle {
                self.go(Page::Emergency(cycle));
            }
        }
        taken
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let book = ctx.book();
    if !state.chosen
        && let Some(run) = book.runs.iter().find(|run| run.begun_at.is_some() && run.ended_at.is_none())
    {
        state.open(run.id);
    }
    let gone = match state.page {
        Page::Run(id) => book.runs.get(id.0).is_none(),
        Page::Emergency(id) => book.cycles.get(id.0).is_none_or(|c| c.kind != CycleKind::Emergency),
        Page::List | Page::Plan | Page::Declare => false,
    };
    if gone {
        state.go(Page::List);
    }
    let next = scroll_page_ui(ui, "night", |ui| match state.page {
        Page::List => list::page_ui(ctx, ui),
        Page::Plan => plan::page_ui(&mut state.plan, ctx, ui, &mut actions),
        Page::Declare => declare::page_ui(&mut state.declare, ctx, ui, &mut actions),
        Page::Emergency(cycle) => emergency::page_ui(&mut state.emergency, cycle, ctx, ui, &mut actions),
        Page::Run(run) => Sheet::of(book, run).and_then(|sheet| match sheet.run.ended_at {
            Some(_) => after::page_ui(&mut state.after, &mut state.night, &sheet, ctx, ui, &mut actions),
            None => during::page_ui(&mut state.night, &sheet, ctx, ui, &mut actions),
        }),
    });
    if let Some(page) = next {
        state.go(page);
    }
    actions
}
