//! Import: files, questions, plan, done. Nothing is written before "Import" is pressed, and Cancel leaves all as it was.
//!
//! Invariant: what is accepted is what was read and planned; every answer is asked once and remembered by the header it was
//! given for.

mod candidate;
mod choice;
mod choose;
mod columns;
mod computers;
mod counts;
mod done;
mod files;
mod plan;
mod question;
mod servicing;
mod threat;
mod wait;

use std::collections::HashSet;
use std::sync::Arc;

use egui::{Event, Frame, Margin, Ui};

use super::Ctx;
use crate::app::error::{Error, ErrorKind};
use crate::app::import::saved_answers;
use crate::app::session::{Accepted, How, Notice, Planned, Request, ServicingPlanned, ThreatPlanned};
use crate::domain::asset::AssetId;
use crate::import::plan::{Choices, ImportPlan};
use crate::import::{Answers, Input, ReadSet};
use crate::ui::action::Action;
use crate::ui::theme::size;
use crate::ui::widget::steps_ui;

use done::Result as Done;
use plan::View;

/// Where the wizard stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Choose,
    Reading,
    Questions,
    Plan,
    /// The preview of a file of threat data, in place of a plan.
    Threat,
    /// The same of a table of support ends.
    Servicing,
    Writing,
    Done,
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    stage: Stage,
    inputs: Vec<Input>,
    answers: Answers,
    choices: Choices,
    read: Option<Arc<ReadSet>>,
    plan: Option<ImportPlan>,
    /// A file of threat data that was read.
    threat: Option<ThreatPlanned>,
    /// A table of support ends that was read.
    servicing: Option<ServicingPlanned>,
    /// What stands in the way of a plan.
    obstacle: Option<Error>,
    /// Why the last step failed.
    failure: Option<Error>,
    /// Rows typed or pasted on the first page.
    pasted: String,
    view: View,
    /// The assets there were before the import was written.
    before: HashSet<AssetId>,
    done: Option<Done>,
    /// When the step that is waited for began, in the context's seconds.
    since: Option<f64>,
}

impl State {
    /// Starts with these files; the app calls it for what is picked, dropped or pasted, and carries out what comes back.
    pub fn begin(&mut self, inputs: Vec<Input>, ctx: &Ctx<'_>) -> Vec<Action> {
        if inputs.is_empty() || self.stage == Stage::Writing {
            return Vec::new();
        }
        *self = Self { inputs, answers: saved_answers(ctx.book()), ..Self::default() };
        vec![self.read_again()]
    }

    /// Reads the files with the answers so far.
    fn read_again(&mut self) -> Action {
        self.stage = Stage::Reading;
        self.since = None;
        self.failure = None;
        Action::ReadFiles {
            inputs: self.inputs.clone(),
            answers: Box::new(self.answers.clone()),
            choices: Box::new(self.choices.clone()),
        }
    }

    /// Plans again what was read, with the choices so far.
    fn plan_again(&self) -> Option<Action> {
        let read = Arc::clone(self.read.as_ref()?);
        Some(Action::PlanAgain { read, choices: Box::new(self.choices.clone()) })
    }

    /// Takes what was read and planned.
    pub fn planned(&mut self, planned: Planned) {
        if !matches!(self.stage, Stage::Reading | Stage::Plan) {
            // Cancelled meanwhile.
            return;
        }
        let Planned { read, plan, obstacle } = planned;
        let asks = !read.questions.is_empty();
        if asks {
            question::prepare(&mut self.answers, &read);
        }
        self.stage = if asks { Stage::Questions } else { Stage::Plan };
        self.view.take(plan.as_ref(), &read);
        self.read = Some(read);
        self.plan = plan;
        self.obstacle = obstacle;
    }

    /// Takes a file of threat data that was read and planned.
    pub fn threat_planned(&mut self, planned: ThreatPlanned) {
        // Cancelled meanwhile, unless it is waited for.
        if self.stage == Stage::Reading {
            self.inputs.truncate(1);
            self.stage = Stage::Threat;
            self.threat = Some(planned);
        }
    }

    /// Takes a table of support ends that was read and planned.
    pub fn servicing_planned(&mut self, planned: ServicingPlanned) {
        if self.stage == Stage::Reading {
            self.stage = Stage::Servicing;
            self.servicing = Some(planned);
        }
    }

    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes any other answer; `true` if it was this room's, so that nobody else shows it. `Changed` and `Failed` without a ticket
    /// are this room's while it waits for them.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        match (self.stage, notice) {
            (Stage::Reading, Notice::Failed { error, ticket: None }) => {
                self.stage = Stage::Choose;
                self.failure = Some(error.clone());
                true
            }
            (Stage::Writing, Notice::Failed { error, ticket: None }) => {
                self.stage = match (&self.threat, &self.servicing) {
                    (Some(_), _) => Stage::Threat,
                    (None, Some(_)) => Stage::Servicing,
                    (None, None) => Stage::Plan,
                };
                self.failure = Some(error.clone());
                true
            }
            (Stage::Writing, Notice::Changed { shown, done, ticket: None, how: How::Done }) => {
                let new = shown.book.assets.rows().iter().map(|asset| asset.id);
                let new: Vec<AssetId> = new.filter(|id| !self.before.contains(id)).collect();
                self.done = match (&self.plan, self.threat.take(), self.servicing.take()) {
                    (_, Some(threat), _) => Some(Done::loaded(threat.plan.summary(), threat.rest, done)),
                    (_, _, Some(table)) => {
                        Some(Done::loaded(servicing::summary(&table.plan), Vec::new(), done))
                    }
                    (plan, None, None) => plan.as_ref().map(|plan| Done::new(plan, done, new)),
                };
                self.finish();
                // The app says it as well, with Undo.
                false
            }
            (Stage::Writing, Notice::Unchanged { ticket: None }) => {
                self.done = Some(Done::nothing());
                self.finish();
                true
            }
            (Stage::Done, Notice::Changed { done, how: How::Undone, .. }) => {
                if self.done.as_ref().is_some_and(|mine| mine.is_of(done)) {
                    self.reset();
                }
                false
            }
            _ => false,
        }
    }

    fn finish(&mut self) {
        self.stage = Stage::Done;
        self.read = None;
        self.plan = None;
        self.threat = None;
        self.servicing = None;
        self.inputs.clear();
    }

    /// What would be lost by leaving: `the import of states.csv`.
    pub fn unsaved(&self) -> Option<String> {
        let open = matches!(self.stage, Stage::Questions | Stage::Plan | Stage::Threat | Stage::Servicing)
            && self.obstacle.is_none();
        let name = self.inputs.first().filter(|_| open)?;
        Some(format!("the import of {}", name.name))
    }

    /// Gives up what was read; the register is as it was.
    fn leave(&mut self) {
        *self = Self::default();
    }

    /// Writes the plan.
    fn accept(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let read = Arc::clone(self.read.as_ref()?);
        self.before = ctx.book().assets.rows().iter().map(|asset| asset.id).collect();
        self.stage = Stage::Writing;
        self.since = None;
        self.failure = None;
        let accepted = Accepted { read, answers: self.answers.clone(), choices: self.choices.clone() };
        Some(Action::Send(Request::Accept(Box::new(accepted))))
    }
}

const STEPS: [&str; 4] = ["Files", "Questions", "Plan", "Done"];

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let can_start = matches!(state.stage, Stage::Choose | Stage::Done) && ctx.can_write();
    if can_start && !ui.ctx().text_edit_focused() {
        actions.extend(pasted(state, ctx, ui));
    }
    if state.stage == Stage::Plan {
        actions.extend(computers::panel_ui(state, ctx, ui));
    }
    Frame::new().inner_margin(Margin::same(size::MARGIN as i8)).show(ui, |ui| {
        let asked = match state.stage {
            Stage::Choose => choose::choose_ui(state, ctx, ui),
            Stage::Reading | Stage::Writing => wait::wait_ui(state, ctx, ui),
            Stage::Questions => question::questions_ui(state, ui),
            Stage::Plan => plan::plan_ui(state, ctx, ui),
            Stage::Threat => threat::threat_ui(state, ctx, ui),
            Stage::Servicing => servicing::servicing_ui(state, ctx, ui),
            Stage::Done => done::done_ui(state, ctx, ui),
        };
        actions.extend(asked);
    });
    actions
}

/// Draws the steps; going back to the files gives up what was read, going back to a question changes its answer.
fn progress_ui(state: &mut State, ui: &mut Ui) {
    let at = match state.stage {
        Stage::Choose | Stage::Reading => 0,
        Stage::Questions => 1,
        Stage::Plan | Stage::Threat | Stage::Servicing | Stage::Writing => 2,
        Stage::Done => 3,
    };
    match steps_ui(ui, &STEPS, at) {
        Some(0) => state.leave(),
        Some(1) if state.read.as_ref().is_some_and(|read| !read.questions.is_empty()) => {
            state.stage = Stage::Questions;
        }
        _ => {}
    }
    ui.add_space(size::GAP);
}

fn pasted(state: &mut State, ctx: &Ctx<'_>, ui: &Ui) -> Vec<Action> {
    let text = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if text.contains('\n') => Some(text.clone()),
            _ => None,
        })
    });
    text.map(|text| state.begin(vec![Input::from_bytes("pasted text", text.into_bytes())], ctx))
        .unwrap_or_default()
}

/// Whether somebody stopped it: said, but no failure.
fn is_cancel(error: &Error) -> bool {
    error.kind == ErrorKind::Cancelled
}
