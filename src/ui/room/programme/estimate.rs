//! The panel of a business case: an estimate with its sums as they are typed.

use egui::Ui;

use super::choose::wrong;
use super::sheet::{Frame, Sheet};
use crate::domain::case::money::{
    cents, hours, hours_text, money, percent_text, permille, plain, times_a_year, times_text,
};
use crate::domain::case::sum::{cost, gain};
use crate::domain::case::{BusinessCase, CostGroup, CostInput, LossInput, Range, live, prefill};
use crate::domain::command::{CaseCommand, Command, Edit, Issue};
use crate::domain::compliance::view::View;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, beside_ui, cell_text, heading_ui, row_ui, weak_ui};
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Field, TickBox};

const FIELDS: [&str; 17] = [
    "name",
    "currency",
    "hour_cents",
    "fixed_minutes",
    "prerequisite_cents",
    "rework_permille",
    "rework_minutes",
    "emergencies",
    "emergency_cents",
    "tool_cents",
    "training_cents",
    "groups",
    "loss",
    "before",
    "after",
    "grounds",
    "other_side",
];

/// A group as typed: machines, minutes each, automated %, failing %, minutes again, hours of outage, an hour of outage.
#[derive(Clone, Debug, PartialEq)]
struct GroupDraft {
    name: String,
    numbers: [String; 7],
}

const GROUP_LABELS: [&str; 7] = [
    "Machines",
    "Minutes each",
    "Automated %",
    "Failing at first %",
    "Minutes to retry",
    "Hours of outage",
    "An hour of outage",
];

impl GroupDraft {
    fn of(group: &CostGroup) -> Self {
        Self {
            name: group.name.clone(),
            numbers: [
                group.machines.to_string(),
                group.touch_minutes.to_string(),
                percent_text(group.automated_permille),
                percent_text(group.failed_permille),
                group.retry_minutes.to_string(),
                hours_text(group.outage_minutes),
                plain(group.outage_cents_an_hour, 2),
            ],
        }
    }

    fn read(&self) -> Result<CostGroup, &'static str> {
        let [machines, touch, automated, failed, retry, outage, price] = &self.numbers;
        Ok(CostGroup {
            name: self.name.clone(),
            machines: whole(machines)?,
            touch_minutes: whole(touch)?,
            automated_permille: permille(automated)?,
            failed_permille: permille(failed)?,
            retry_minutes: whole(retry)?,
            outage_minutes: hours(outage)?,
            outage_cents_an_hour: cents(price)?,
        })
    }
}

fn whole(text: &str) -> Result<i64, &'static str> {
    text.trim().parse().map_err(|_| "Write a whole number, such as 40.")
}

/// Labels and fields of the numbers that stand for themselves.
const NUMBERS: [(&str, &str); 9] = [
    ("An hour of work", "hour_cents"),
    ("Hours a cycle, whatever the number of machines", "fixed_minutes"),
    ("Prerequisites a cycle", "prerequisite_cents"),
    ("Rework on compatibility %", "rework_permille"),
    ("Hours of rework", "rework_minutes"),
    ("Emergencies a year", "emergencies"),
    ("Cost of an emergency", "emergency_cents"),
    ("Tools a year", "tool_cents"),
    ("Training a year", "training_cents"),
];

/// Labels and fields of the guesses.
const GUESSES: [(&str, &str); 3] =
    [("Lost once", "loss"), ("Times a year without", "before"), ("Times a year with", "after")];

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    name: String,
    currency: String,
    ask: String,
    numbers: [String; 9],
    groups: Vec<GroupDraft>,
    with_loss: bool,
    /// Low, likely and high of each guess.
    guesses: [[String; 3]; 3],
    grounds: String,
    other_side: String,
}

impl Draft {
    fn of(case: &BusinessCase) -> Self {
        let cost = &case.cost;
        let loss = case.loss.clone().unwrap_or_default();
        let three =
            |range: Range, text: &dyn Fn(i64) -> String| [range.low, range.likely, range.high].map(text);
        let amount = |value: i64| plain(value, 2);
        Self {
            name: case.name.clone(),
            currency: case.currency.clone(),
            ask: case.ask.clone(),
            numbers: [
                amount(cost.hour_cents),
                hours_text(cost.fixed_minutes),
                amount(cost.prerequisite_cents),
                percent_text(cost.rework_permille),
                hours_text(cost.rework_minutes),
                cost.emergencies.to_string(),
                amount(cost.emergency_cents),
                amount(cost.tool_cents),
                amount(cost.training_cents),
            ],
            groups: cost.groups.iter().map(GroupDraft::of).collect(),
            with_loss: case.loss.is_some(),
            guesses: [
                three(loss.loss_cents, &amount),
                three(loss.before_permille, &times_text),
                three(loss.after_permille, &times_text),
            ],
            grounds: loss.grounds,
            other_side: case.other_side.clone(),
        }
    }

    /// What was typed; whatever cannot be read stays nothing and is told.
    fn read(&self, issues: &mut Vec<Issue>) -> (CostInput, Option<LossInput>) {
        let mut told = |field: &'static str, read: Result<i64, &'static str>| {
            read.unwrap_or_else(|text| {
                issues.push(wrong(field, text));
                0
            })
        };
        let [hour, fixed, prerequisites, rework, rework_hours, emergencies, emergency, tools, training] =
            &self.numbers;
        let mut cost = CostInput {
            hour_cents: told("hour_cents", cents(hour)),
            fixed_minutes: told("fixed_minutes", hours(fixed)),
            groups: Vec::new(),
            prerequisite_cents: told("prerequisite_cents", cents(prerequisites)),
            rework_permille: told("rework_permille", permille(rework)),
            rework_minutes: told("rework_minutes", hours(rework_hours)),
            emergencies: told("emergencies", whole(emergencies)),
            emergency_cents: told("emergency_cents", cents(emergency)),
            tool_cents: told("tool_cents", cents(tools)),
            training_cents: told("training_cents", cents(training)),
        };
        let mut guess = |place: usize, one: &dyn Fn(&str) -> Result<i64, &'static str>| {
            let [low, likely, high] = &self.guesses[place];
            let field = GUESSES[place].1;
            Range {
                low: told(field, one(low)),
                likely: told(field, one(likely)),
                high: told(field, one(high)),
            }
        };
        let loss = self.with_loss.then(|| LossInput {
            loss_cents: guess(0, &cents),
            before_permille: guess(1, &times_a_year),
            after_permille: guess(2, &times_a_year),
            grounds: self.grounds.clone(),
        });
        for group in &self.groups {
            match group.read() {
                Ok(group) => cost.groups.push(group),
                Err(text) => issues.push(wrong("groups", &format!("{}: {text}", group.name))),
            }
        }
        (cost, loss)
    }
}

/// An estimate being written.
#[derive(Debug)]
pub struct Estimate {
    base: Option<BusinessCase>,
    form: Form<Draft>,
}

impl Estimate {
    /// A new one, with what the register knows; prices and hours of the newest estimate are taken over.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        let earlier = live(ctx.book()).pop();
        let mut case = BusinessCase::new("", earlier.map_or("", |case| case.currency.as_str()));
        case.cost = prefill::input(&View::new(ctx.book(), ctx.now_at), earlier.map(|case| &case.cost));
        Self { base: None, form: Form::new(Draft::of(&case)) }
    }

    /// One that nobody has judged.
    pub fn change(case: &BusinessCase) -> Self {
        Self { base: Some(case.clone()), form: Form::new(Draft::of(case)) }
    }
}

impl Sheet for Estimate {
    fn title(&self, _: &Ctx<'_>) -> String {
        self.base
            .as_ref()
            .map_or_else(|| "Write an estimate".to_owned(), |case| format!("Change {}", case.name))
    }

    fn verb(&self) -> &'static str {
        "Save estimate"
    }

    fn fields(&self) -> &'static [&'static str] {
        &FIELDS
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, _: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let record = ("case", self.base.as_ref().map(|base| base.id.0));
        let issue = |field: &str| self.form.issue(field);
        let issues = FIELDS.map(issue);
        let of = |field: &str| {
            FIELDS.iter().position(|known| *known == field).and_then(|at| issues[at].as_deref())
        };
        let (cost, loss) = self.form.draft.read(&mut Vec::new());
        let draft = &mut self.form.draft;
        beside_ui(ui, &[3.0, 1.0], |ui, _, at| {
            if at == 0 {
                Field::new(record, "Name of the estimate", &mut draft.name)
                    .required()
                    .issue(of("name"))
                    .ui(ui);
            } else {
                Field::new(record, "Currency", &mut draft.currency)
                    .required()
                    .hint("EUR")
                    .issue(of("currency"))
                    .ui(ui);
            }
        });
        Field::new(record, "What is asked for", &mut draft.ask).lines(2).ui(ui);
        heading_ui(ui, "What it comes to");
        sums_ui(ui, &cost, loss.as_ref(), &draft.currency);
        heading_ui(ui, "What it costs");
        for (pair, texts) in NUMBERS.chunks(2).zip(draft.numbers.chunks_mut(2)) {
            beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
                if let (Some((label, field)), Some(text)) = (pair.get(at), texts.get_mut(at)) {
                    Field::new(record, label, text).number().issue(of(field)).ui(ui);
                }
            });
        }
        if let Some(text) = of("groups") {
            crate::ui::widget::form::note_ui(ui, Some(text), None);
        }
        for (place, group) in draft.groups.iter_mut().enumerate() {
            heading_ui(ui, &group.name);
            for (pair, texts) in GROUP_LABELS.chunks(2).zip(group.numbers.chunks_mut(2)) {
                beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
                    if let (Some(label), Some(text)) = (pair.get(at), texts.get_mut(at)) {
                        Field::new((record, place), label, text).number().ui(ui);
                    }
                });
            }
        }
        heading_ui(ui, "What a loss would cost");
        ui.add(TickBox::new(&mut draft.with_loss, "Estimate what not patching costs"));
        if draft.with_loss {
            guesses_ui(record, draft, &of, ui);
        }
        let field = Field::new(record, "What the sums leave out", &mut draft.other_side).lines(2);
        field.help("Contracts, certification, orders, insurance").ui(ui);
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let mut issues = Vec::new();
        let (cost, loss) = draft.read(&mut issues);
        if !issues.is_empty() {
            return Err(issues);
        }
        let mut row = self.base.clone().unwrap_or_else(|| BusinessCase::new("", ""));
        row.name.clone_from(&draft.name);
        row.currency.clone_from(&draft.currency);
        row.ask.clone_from(&draft.ask);
        row.other_side.clone_from(&draft.other_side);
        (row.cost, row.loss) = (cost, loss);
        Ok(Command::Case(CaseCommand::Save(Box::new(Edit { base: self.base.clone(), row }))))
    }
}

fn guesses_ui<'i>(
    record: (&str, Option<i64>),
    draft: &mut Draft,
    of: &dyn Fn(&str) -> Option<&'i str>,
    ui: &mut Ui,
) {
    for ((label, field), texts) in GUESSES.iter().zip(&mut draft.guesses) {
        let labels = [format!("{label}, low"), format!("{label}, likely"), format!("{label}, high")];
        beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| {
            let issue = if at == 0 { of(field) } else { None };
            Field::new(record, &labels[at], &mut texts[at]).number().issue(issue).ui(ui);
        });
    }
    let field = Field::new(record, "Where the guesses come from", &mut draft.grounds).lines(2).required();
    field.issue(of("grounds")).ui(ui);
    weak_ui(ui, "0.2 a year is once in five years. It is a guess: look at the break-even first.");
}

/// The sums of an estimate, two columns.
pub fn sums_ui(ui: &mut Ui, input: &CostInput, loss: Option<&LossInput>, currency: &str) {
    let sums = cost(input);
    let amount = |cents: i64| money(cents, currency);
    let each = |cents: Option<i64>| cents.map_or_else(|| "n/a (0 machines)".to_owned(), amount);
    let mut rows = vec![
        (
            "Work a cycle",
            format!("{} h, {}", plain(sums.cycle.hours_tenths, 1), amount(sums.cycle.labour_cents)),
        ),
        ("Outage a cycle", amount(sums.cycle.outage_cents)),
        ("A cycle", amount(sums.cycle.total_cents)),
        ("A machine in a cycle", each(sums.machine_cycle_cents)),
        ("A year", amount(sums.year_cents)),
        ("A machine in a year", each(sums.machine_year_cents)),
    ];
    if let Some(loss) = loss {
        let gain = gain(loss, sums.year_cents);
        let of = |range: Range| {
            format!("{} ({} to {})", amount(range.likely), amount(range.low), amount(range.high))
        };
        rows.push(("Benefit a year", of(gain.benefit_cents)));
        rows.push(("Net a year", of(gain.net_cents)));
        let back = gain.return_percent.map_or_else(
            || "n/a (it costs nothing)".to_owned(),
            |range| format!("{} % ({} % to {} %)", range.likely, range.low, range.high),
        );
        rows.push(("Return", back));
        let even = gain.break_even_cents.map_or_else(|| "never: losses become no rarer".to_owned(), amount);
        rows.push(("Pays for itself from a loss of", even));
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (label, value) in rows {
            row_ui(ui, &[2.0, 3.0], |ui, at| {
                if at == 0 {
                    cell_text(ui, Text::Body, label, true);
                } else {
                    cell_text(ui, Text::Number, &value, false);
                }
            });
        }
    });
    ui.add_space(size::GAP_SMALL);
}
