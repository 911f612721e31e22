//! One step beside the table: what it is, and what can be done with it - done, left out, opened again, changed.

use egui::Ui;

use super::super::rule::pick::{self, choose_ui};
use super::super::{escape, step_state};
use super::steps::role_name;
use crate::app::session::Notice;
use crate::domain::command::{Command, CycleCommand, Edit, Issue};
use crate::domain::cycle::progress::{countdown, settled};
use crate::domain::cycle::{CycleStep, CycleStepId};
use crate::domain::person::PersonId;
use crate::domain::role::RoleId;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Answer, Form, Pressed, beside_ui, entry_foot_ui, weak_ui};
use crate::ui::room::strip::time_words;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, DateField, Field, date_text, side_panel_ui};
use crate::util::clock::{instant_of, utc};

const EDIT: [&str; 6] = ["title", "due_at", "time", "person", "deputy", "shifted_because"];
const DONE: [&str; 3] = ["at", "time", "by"];
const SKIP: [&str; 1] = ["because"];

/// What a change of a step holds as typed.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    title: String,
    on: String,
    time: String,
    because: String,
    role: Option<RoleId>,
    person: Option<PersonId>,
    deputy: Option<PersonId>,
    document: String,
    note: String,
}

/// What a done step holds as typed.
#[derive(Clone, Debug, PartialEq)]
struct Done {
    on: String,
    time: String,
    by: String,
}

/// What is being said about the step.
#[derive(Debug)]
enum Saying {
    Change(Box<Form<Change>>),
    Done(Form<Done>),
    Skip(Form<String>),
}

/// The panel.
#[derive(Debug, Default)]
pub struct Panel {
    step: Option<CycleStepId>,
    saying: Option<Saying>,
}

impl Panel {
    /// Opens a step, unless a draft would be lost.
    pub fn open(&mut self, _ctx: &Ctx<'_>, step: CycleStepId) {
        if self.step == Some(step) || self.is_dirty() {
            return;
        }
        self.step = Some(step);
        self.saying = None;
    }

    /// Whether a step is open.
    pub fn is_open(&self) -> bool {
        self.step.is_some()
    }

    fn is_dirty(&self) -> bool {
        match &self.saying {
            Some(Saying::Change(form)) => form.is_dirty(),
            Some(Saying::Done(form)) => form.is_dirty(),
            Some(Saying::Skip(form)) => form.is_dirty(),
            None => false,
        }
    }

    /// What would be lost, in words.
    pub fn unsaved(&self) -> Option<String> {
        self.is_dirty().then(|| "a step of the cycle".to_owned())
    }

    /// Takes an answer; `true` if it was this panel's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = match &mut self.saying {
            Some(Saying::Change(form)) => form.notice(notice),
            Some(Saying::Done(form)) => form.notice(notice),
            Some(Saying::Skip(form)) => form.notice(notice),
            None => Answer::Foreign,
        };
        if answer == Answer::Saved {
            self.saying = None;
        }
        answer != Answer::Foreign
    }

    /// Draws the panel.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(step) = self.step.and_then(|id| ctx.book().cycle_steps.get(id.0)) else {
            self.step = None;
            return;
        };
        let (tone, word) = step_state(ctx, step);
        let open = ctx.book().cycles.get(step.cycle.0).is_some_and(crate::domain::cycle::progress::is_open);
        let ((), close) = side_panel_ui(ui, "cycle step", &step.title, Some((tone, &word)), |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            facts_ui(step, ctx, ui);
            if !open {
                weak_ui(ui, "The cycle is over. Its steps can no longer be changed.");
            } else if ctx.can_write() {
                actions.extend(self.saying_ui(step, ctx, ui));
            }
        });
        if (close || escape(ui)) && !self.is_dirty() {
            self.step = None;
            self.saying = None;
        }
    }

    fn saying_ui(&mut self, step: &CycleStep, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let record = ("step", step.id.0);
        let pressed = match &mut self.saying {
            None => return self.verbs_ui(step, ctx, ui),
            Some(Saying::Change(form)) => {
                form.follow(Change::of(step, ctx));
                change_ui(form, record, ctx, ui);
                entry_foot_ui(form, ui, &EDIT, "Save step")
            }
            Some(Saying::Done(form)) => {
                done_ui(form, record, ctx, ui);
                foot_ui(form, &DONE, "Mark as done", ui)
            }
            Some(Saying::Skip(form)) => {
                let issue = form.issue("because");
                let field = Field::new(record, "Why it is left out", &mut form.draft).required();
                field.issue(issue.as_deref()).ui(ui);
                foot_ui(form, &SKIP, "Leave out", ui)
            }
        };
        match pressed? {
            Pressed::Save => self.save(ctx),
            Pressed::Cancel => {
                self.saying = None;
                None
            }
        }
    }

    fn verbs_ui(&mut self, step: &CycleStep, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            if settled(step) {
                if ui.add(Button::secondary("Open again").icon(icon::ROTATE_CCW)).clicked() {
                    // Ticket 0 is nobody's: a failure is told by the window.
                    let command = Command::Cycle(CycleCommand::StepReopen(step.id));
                    action = Some(Action::Run { ticket: 0, command: Box::new(command) });
                }
            } else {
                if ui.add(Button::primary("Done…").icon(icon::CHECK)).clicked() {
                    self.saying = Some(Saying::Done(Form::new(Done::now(ctx))));
                }
                if ui.add(Button::secondary("Leave out…")).clicked() {
                    self.saying = Some(Saying::Skip(Form::new(String::new())));
                }
            }
            if ui.add(Button::secondary("Change…").icon(icon::PENCIL)).clicked() {
                self.saying = Some(Saying::Change(Box::new(Form::new(Change::of(step, ctx)))));
            }
        });
        action
    }

    /// Sends what is being said, or says what is wrong with it.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let step = self.step.and_then(|id| ctx.book().cycle_steps.get(id.0))?;
        match self.saying.as_mut()? {
            Saying::Change(form) => match form.draft.row(step, ctx) {
                Ok(row) => {
                    let edit = Edit { base: Some(step.clone()), row };
                    Some(form.send(ctx, Command::Cycle(CycleCommand::Step(Box::new(edit)))))
                }
                Err(issues) => {
                    form.refuse(issues);
                    None
                }
            },
            Saying::Done(form) => match read_time(&form.draft.on, &form.draft.time, "at", ctx) {
                Ok(at) => {
                    let by = form.draft.by.clone();
                    let command = CycleCommand::StepDone { step: step.id, at, by };
                    Some(form.send(ctx, Command::Cycle(command)))
                }
                Err(issue) => {
                    form.refuse(vec![issue]);
                    None
                }
            },
            Saying::Skip(form) => {
                let because = form.draft.clone();
                Some(form.send(ctx, Command::Cycle(CycleCommand::StepSkip { step: step.id, because })))
            }
        }
    }
}

/// The buttons of an answer that is ready as it stands.
fn foot_ui<D: Clone + PartialEq>(
    form: &Form<D>,
    fields: &[&str],
    save: &str,
    ui: &mut Ui,
) -> Option<Pressed> {
    form.words_ui(ui, fields);
    let mut pressed = None;
    ui.horizontal(|ui| {
        if ui.add(Button::primary(save).enabled(!form.is_saving())).clicked() {
            pressed = Some(Pressed::Save);
        }
        if ui.add(Button::secondary("Cancel")).clicked() {
            pressed = Some(Pressed::Cancel);
        }
    });
    pressed
}

impl Change {
    fn of(step: &CycleStep, ctx: &Ctx<'_>) -> Self {
        let (on, time) = parts(step.due_at, ctx);
        Self {
            title: step.title.clone(),
            on,
            time,
            because: step.shifted_because.clone(),
            role: step.role,
            person: step.person,
            deputy: step.deputy,
            document: step.document.clone(),
            note: step.note.clone(),
        }
    }

    fn row(&self, step: &CycleStep, ctx: &Ctx<'_>) -> Result<CycleStep, Vec<Issue>> {
        // A date nobody touched keeps its seconds.
        let same = (self.on.clone(), self.time.clone()) == parts(step.due_at, ctx);
        let due_at = if same {
            step.due_at
        } else {
            read_time(&self.on, &self.time, "due_at", ctx).map_err(|issue| vec![issue])?
        };
        Ok(CycleStep {
            title: self.title.clone(),
            due_at,
            shifted_because: self.because.clone(),
            role: self.role,
            person: self.person,
            deputy: self.deputy,
            document: self.document.clone(),
            note: self.note.clone(),
            ..step.clone()
        })
    }
}

impl Done {
    fn now(ctx: &Ctx<'_>) -> Self {
        let (on, time) = parts(ctx.now_at, ctx);
        Self { on, time, by: ctx.preferences.actor.clone() }
    }
}

fn parts(at: i64, ctx: &Ctx<'_>) -> (String, String) {
    let local = utc(at).with_timezone(&ctx.zone);
    (date_text::say(local.date_naive()), local.format("%H:%M").to_string())
}

fn read_time(on: &str, time: &str, field: &'static str, ctx: &Ctx<'_>) -> Result<i64, Issue> {
    let day = pick::date(on, field, ctx.today)?;
    let day = day.ok_or_else(|| Issue { field, text: "Say on which day.".to_owned() })?;
    let wrong = || Issue { field: "time", text: "Write the time like 21:00.".to_owned() };
    let time = chrono::NaiveTime::parse_from_str(time.trim(), "%H:%M").map_err(|_| wrong())?;
    Ok(instant_of(ctx.zone, day.and_time(time)))
}

fn facts_ui(step: &CycleStep, ctx: &Ctx<'_>, ui: &mut Ui) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        let due = time_words(ctx, step.due_at);
        let left = step.due_at - ctx.now_at;
        let due = if !settled(step) && left > 0 { format!("{due}, {}", countdown(left)) } else { due };
        fact_ui(ui, "Due", &due);
        if step.due_at != step.planned_at {
            fact_ui(ui, "Planned", &time_words(ctx, step.planned_at));
        }
        fact_ui(ui, "Why it moved", &step.shifted_because);
        fact_ui(ui, "Phase", step.phase.text());
        fact_ui(ui, "Role", role_name(ctx, step));
        let nobody = if step.person.is_none() { "Nobody" } else { "" };
        fact_ui(ui, "Person", &format!("{}{nobody}", ctx.book().person_name(step.person)));
        fact_ui(ui, "Deputy", ctx.book().person_name(step.deputy));
        fact_ui(ui, "Document", &step.document);
        fact_ui(ui, "Means", step.key.map_or("", |key| key.text()));
        if let Some(at) = step.done_at {
            fact_ui(ui, "Done", &format!("{} by {}", time_words(ctx, at), step.done_by));
        }
        if let Some(at) = step.recorded_at {
            fact_ui(ui, "Recorded", &time_words(ctx, at));
        }
        fact_ui(ui, "Left out because", &step.skipped_because);
        fact_ui(ui, "Note", &step.note);
    });
}

fn fact_ui(ui: &mut Ui, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    let tokens = crate::ui::theme::tokens(ui);
    ui.add(egui::Label::new(Text::Small.rich(name).color(tokens.weak)));
    ui.add(egui::Label::new(Text::Body.rich(value)).wrap());
    ui.add_space(size::GAP_SMALL);
}

fn change_ui(form: &mut Form<Change>, record: (&'static str, i64), ctx: &Ctx<'_>, ui: &mut Ui) {
    let [title, due, time, person, deputy, because] = EDIT.map(|field| form.issue(field));
    let draft = &mut form.draft;
    let (people, deputies) = (pick::people(ctx.book(), "Nobody"), pick::people(ctx.book(), "No deputy"));
    let roles = pick::roles(ctx.book());
    Field::new(record, "What is to be done", &mut draft.title).required().issue(title.as_deref()).ui(ui);
    day_time_ui(ui, record, "Due on", (&mut draft.on, &mut draft.time), (due, time), ctx);
    let field = Field::new(record, "Why it moves", &mut draft.because);
    field.help("Demanded when the date differs from the plan").issue(because.as_deref()).ui(ui);
    choose_ui(ui, record, "Role", &roles, &mut draft.role, None);
    choose_ui(ui, record, "Person", &people, &mut draft.person, person.as_deref());
    choose_ui(ui, record, "Deputy", &deputies, &mut draft.deputy, deputy.as_deref());
    Field::new(record, "Document it produces", &mut draft.document).ui(ui);
    Field::new(record, "Note", &mut draft.note).lines(2).ui(ui);
}

fn done_ui(form: &mut Form<Done>, record: (&'static str, i64), ctx: &Ctx<'_>, ui: &mut Ui) {
    let [at, time, by] = DONE.map(|field| form.issue(field));
    let draft = &mut form.draft;
    day_time_ui(ui, record, "Done on", (&mut draft.on, &mut draft.time), (at, time), ctx);
    Field::new(record, "Done by", &mut draft.by).required().issue(by.as_deref()).ui(ui);
}

fn day_time_ui(
    ui: &mut Ui,
    record: (&'static str, i64),
    label: &str,
    (on, time): (&mut String, &mut String),
    (on_issue, time_issue): (Option<String>, Option<String>),
    ctx: &Ctx<'_>,
) {
    beside_ui(ui, &[1.7, 1.0], |ui, _, at| {
        if at == 0 {
            let field = DateField::new(record, label, on, ctx.today).required();
            field.issue(on_issue.as_deref()).ui(ui);
        } else {
            let field = Field::new(record, "Time", time).number().required();
            field.issue(time_issue.as_deref()).ui(ui);
        }
    });
}
