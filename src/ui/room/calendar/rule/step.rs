//! The steps of a template as a list, one of them open for change.

use egui::Ui;

use super::pick::{self, choose_ui};
use crate::domain::calendar::release::Day;
use crate::domain::cycle::Phase;
use crate::domain::cycle::template::{StepKey, StepWhen, TemplateStep};
use crate::domain::person::PersonId;
use crate::domain::role::RoleId;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{beside_ui, cell_text, open_ui, row_ui, weak_ui};
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Field, TickBox};

const SHARES: [f32; 4] = [2.0, 20.0, 14.0, 9.0];

/// How a step finds its day, as it is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum By {
    #[default]
    Days,
    Weekday,
    Hours,
}

/// A step as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct StepDraft {
    key: Option<StepKey>,
    phase: Phase,
    title: String,
    by: By,
    offset: String,
    weekday: Day,
    time: String,
    role: Option<RoleId>,
    person: Option<PersonId>,
    deputy: Option<PersonId>,
    document: String,
    milestone: bool,
}

impl Default for StepDraft {
    fn default() -> Self {
        Self {
            key: None,
            phase: Phase::Plan,
            title: String::new(),
            by: By::Days,
            offset: "0".to_owned(),
            weekday: Day::Friday,
            time: "12:00".to_owned(),
            role: None,
            person: None,
            deputy: None,
            document: String::new(),
            milestone: false,
        }
    }
}

impl StepDraft {
    /// What a step shows.
    pub fn of(step: &TemplateStep) -> Self {
        let mut draft = Self {
            key: step.key,
            phase: step.phase,
            title: step.title.clone(),
            role: step.role,
            person: step.person,
            deputy: step.deputy,
            document: step.document.clone(),
            milestone: step.milestone,
            ..Self::default()
        };
        match &step.when {
            StepWhen::Days { days, time } => {
                (draft.by, draft.offset, draft.time) = (By::Days, days.to_string(), time.clone());
            }
            StepWhen::Weekday { weekday, from_days, time } => {
                (draft.by, draft.weekday) = (By::Weekday, *weekday);
                (draft.offset, draft.time) = (from_days.to_string(), time.clone());
            }
            StepWhen::Hours { hours } => (draft.by, draft.offset) = (By::Hours, hours.to_string()),
        }
        draft
    }

    /// The step, or what cannot be read.
    pub fn step(&self) -> Result<TemplateStep, String> {
        let unit = if self.by == By::Hours { "hours" } else { "days" };
        let words = format!("write a whole number of {unit}, such as 3.");
        let offset = pick::number(&self.offset, "steps", &words).map_err(|issue| issue.text)?;
        let time = self.time.trim().to_owned();
        let when = match self.by {
            By::Days => StepWhen::Days { days: offset, time },
            By::Weekday => StepWhen::Weekday { weekday: self.weekday, from_days: offset, time },
            By::Hours => StepWhen::Hours { hours: offset },
        };
        Ok(TemplateStep {
            key: self.key,
            phase: self.phase,
            title: self.title.clone(),
            when,
            role: self.role,
            person: self.person,
            deputy: self.deputy,
            document: self.document.clone(),
            milestone: self.milestone,
        })
    }

    fn when_words(&self) -> String {
        let days = |text: &str| {
            let text = text.trim();
            if text.starts_with(['-', '+']) { text.to_owned() } else { format!("+{text}") }
        };
        match self.by {
            By::Days => format!("Day {}, {}", days(&self.offset), self.time),
            By::Weekday => format!("{} from day {}, {}", self.weekday.text(), days(&self.offset), self.time),
            By::Hours => format!("{} h after", self.offset.trim()),
        }
    }
}

/// What was pressed in the row of a step.
#[derive(Clone, Copy, Debug)]
enum Wish {
    Open(usize),
    Swap(usize, usize),
    Remove(usize),
    Add,
}

/// Draws the steps.
pub fn steps_ui(steps: &mut Vec<StepDraft>, record: (&'static str, i64), ctx: &Ctx<'_>, ui: &mut Ui) {
    let id = egui::Id::unique(("open step", record));
    let mut open: Option<usize> = ui.data(|data| data.get_temp(id)).flatten();
    let (mut wish, all) = (None, steps.len());
    weak_ui(ui, "Steps, counted from day 0: the release, the declaration or the start");
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, step) in steps.iter_mut().enumerate() {
            wish = wish.or(row_of(at, all, step, open == Some(at), ui));
            if open == Some(at) {
                open_ui(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = size::CELL_PAD;
                    fields_ui(step, (record.0, record.1, at), ctx, ui);
                    if ui.add(Button::secondary("Fold the step").icon(icon::CHEVRON_UP)).clicked() {
                        wish = Some(Wish::Open(at));
                    }
                });
                ui.add_space(size::GAP_SMALL);
            }
        }
    });
    if ui.add(Button::secondary("Add a step").icon(icon::PLUS)).clicked() {
        wish = Some(Wish::Add);
    }
    match wish {
        Some(Wish::Open(at)) => open = if open == Some(at) { None } else { Some(at) },
        Some(Wish::Swap(from, to)) => {
            steps.swap(from, to);
            open = None;
        }
        Some(Wish::Remove(at)) => {
            steps.remove(at);
            open = None;
        }
        Some(Wish::Add) => {
            steps.push(StepDraft::default());
            open = Some(steps.len() - 1);
        }
        None => {}
    }
    ui.data_mut(|data| data.insert_temp(id, open));
}

fn row_of(at: usize, all: usize, step: &StepDraft, open: bool, ui: &mut Ui) -> Option<Wish> {
    let place = at + 1;
    let (up, down) = (format!("Move step {place} up"), format!("Move step {place} down"));
    let (change, remove) = (format!("Change step {place}"), format!("Remove step {place}"));
    let title = if step.title.trim().is_empty() { "A new step" } else { &step.title };
    let mut wish = None;
    row_ui(ui, &SHARES, |ui, cell| match cell {
        0 => cell_text(ui, Text::Number, &place.to_string(), true),
        1 => cell_text(ui, Text::Medium, title, false),
        2 => cell_text(ui, Text::Number, &step.when_words(), true),
        _ => {
            ui.spacing_mut().item_spacing.x = 0.0;
            if ui.add(Button::icon_only(icon::ARROW_UP, &up).enabled(at > 0)).clicked() {
                wish = Some(Wish::Swap(at, at - 1));
            }
            if ui.add(Button::icon_only(icon::ARROW_DOWN, &down).enabled(place < all)).clicked() {
                wish = Some(Wish::Swap(at, at + 1));
            }
            if ui.add(Button::icon_only(icon::PENCIL, &change).selected(open)).clicked() {
                wish = Some(Wish::Open(at));
            }
            if ui.add(Button::icon_only(icon::TRASH_2, &remove)).clicked() {
                wish = Some(Wish::Remove(at));
            }
        }
    });
    wish
}

fn fields_ui(step: &mut StepDraft, record: (&'static str, i64, usize), ctx: &Ctx<'_>, ui: &mut Ui) {
    let phases: Vec<_> = Phase::ALL.iter().map(|phase| (phase.text().to_owned(), *phase)).collect();
    let mut keys = vec![("Nothing more than its words".to_owned(), None)];
    keys.extend(StepKey::ALL.iter().map(|key| (key.text().to_owned(), Some(*key))));
    let by = [
        ("Days from day 0".to_owned(), By::Days),
        ("A weekday from day 0".to_owned(), By::Weekday),
        ("Hours after day 0".to_owned(), By::Hours),
    ];
    let (days, roles) = (pick::days(), pick::roles(ctx.book()));
    let (people, deputies) =
        (pick::people(ctx.book(), "Whoever holds the role"), pick::people(ctx.book(), "The role's deputy"));
    Field::new(record, "What is to be done", &mut step.title).required().ui(ui);
    beside_ui(ui, &[1.0, 1.4], |ui, _, at| match at {
        0 => choose_ui(ui, record, "Phase", &phases, &mut step.phase, None),
        _ => choose_ui(ui, record, "Means to the program", &keys, &mut step.key, None),
    });
    beside_ui(ui, &[1.4, 1.2, 0.8, 0.8], |ui, _, at| match (at, step.by) {
        (0, _) => choose_ui(ui, record, "Due", &by, &mut step.by, None),
        (1, By::Weekday) => choose_ui(ui, record, "First", &days, &mut step.weekday, None),
        (1, by) => {
            let name = if by == By::Hours { "Hours after" } else { "Days after" };
            Field::new(record, name, &mut step.offset).number().ui(ui);
        }
        (2, By::Weekday) => {
            Field::new(record, "From day", &mut step.offset).number().ui(ui);
        }
        (2, By::Days) | (3, By::Weekday) => {
            Field::new(record, "Due at", &mut step.time).number().hint("12:00").ui(ui);
        }
        _ => {}
    });
    beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| match at {
        0 => choose_ui(ui, record, "Role", &roles, &mut step.role, None),
        1 => choose_ui(ui, record, "Person", &people, &mut step.person, None),
        _ => choose_ui(ui, record, "Deputy", &deputies, &mut step.deputy, None),
    });
    Field::new(record, "Document it produces", &mut step.document).ui(ui);
    ui.add(TickBox::new(&mut step.milestone, "A milestone: counted whether it was kept"));
}
