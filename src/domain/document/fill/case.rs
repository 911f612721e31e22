//! The business case: cost (standards.md 5.1) and loss (5.2). The sums are those of the case itself; here is how they are told.

use super::{Fill, nothing, text};
use crate::domain::case::money::{percent_text, plain, times_text};
use crate::domain::case::sum::{Cost, Gain, cost, gain};
use crate::domain::case::{BusinessCase, CostInput, Judgement, LossInput, Range, live};
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value, money_text};

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    let name = name.strip_prefix("case.")?;
    let Some(case) = chosen(fill) else {
        let flag = kind == Kind::Flag;
        return Some(if flag { Value::Flag(false) } else { nothing() });
    };
    let told = Told::of(case);
    let money = |cents: i64| Value::Money(cents, case.currency.clone());
    let of_gain = |f: &dyn Fn(&Gain) -> Value| told.gain.as_ref().map_or_else(nothing, f);
    let Cost { cycle, year_cents, machines, machine_year_cents, .. } = told.cost;
    Some(match name {
        "name" => text(&case.name),
        "ask" => text(&case.ask),
        "currency" => text(&case.currency),
        "machines" => Value::Number(machines),
        "cycle-hours" => text(plain(cycle.hours_tenths, 1)),
        "cycle-labour" => money(cycle.labour_cents),
        "cycle-outage" => money(cycle.outage_cents),
        "cycle-cost" => money(cycle.total_cents),
        "year-cost" => money(year_cents),
        "machine-cost" => machine_year_cents.map_or_else(nothing, money),
        "by-hand-cost" => money(cost(&by_hand(&case.cost)).year_cents),
        "costs" => told.costs(),
        "services" => services(case),
        "has-loss" => Value::Flag(case.loss.is_some()),
        "losses" => case.loss.as_ref().map_or_else(nothing, |loss| told.losses(loss)),
        "benefit" => of_gain(&|gain| money(gain.benefit_cents.likely)),
        "net" => of_gain(&|gain| money(gain.net_cents.likely)),
        "return" => of_gain(&|gain| text(percent(gain.return_percent))),
        "break-even" => of_gain(&|gain| gain.break_even_cents.map_or_else(nothing, money)),
        "is-negative" => Value::Flag(told.gain.is_some_and(|gain| gain.net_cents.likely < 0)),
        "has-break-even" => Value::Flag(told.gain.is_some_and(|gain| gain.break_even_cents.is_some())),
        "grounds" => case.loss.as_ref().map_or_else(nothing, |loss| text(&loss.grounds)),
        "has-other-side" => Value::Flag(!case.other_side.trim().is_empty()),
        "other-side" => text(&case.other_side),
        "options" => told.options(),
        "judgement" => text(judgement(fill, case)),
        _ => return None,
    })
}

/// The chosen case, else the newest that is not given up.
pub(super) fn chosen<'a>(fill: &Fill<'a>) -> Option<&'a BusinessCase> {
    fill.chosen.case.and_then(|id| fill.book.cases.get(id.0)).or_else(|| live(fill.book).pop())
}

fn by_hand(input: &CostInput) -> CostInput {
    let mut input = input.clone();
    input.groups.iter_mut().for_each(|group| group.automated_permille = 0);
    input
}

/// `-35 %`.
fn percent(range: Option<Range>) -> String {
    range.map_or_else(|| "n/a (no cost)".to_owned(), |range| format!("{} %", range.likely))
}

/// A case with its sums.
struct Told<'c> {
    case: &'c BusinessCase,
    cost: Cost,
    gain: Option<Gain>,
}

impl<'c> Told<'c> {
    fn of(case: &'c BusinessCase) -> Self {
        let cost = cost(&case.cost);
        let gain = case.loss.as_ref().map(|loss| gain(loss, cost.year_cents));
        Self { case, cost, gain }
    }

    fn money(&self, cents: i64) -> String {
        money_text(cents, &self.case.currency)
    }

    /// What a part of the input costs by itself.
    fn part(&self, part: CostInput) -> Cost {
        cost(&CostInput { hour_cents: self.case.cost.hour_cents, ..part })
    }

    fn costs(&self) -> Value {
        let input = &self.case.cost;
        let mut grid =
            Grid::new(&["Group", "Machines", "Minutes each", "Automated", "Hours", "Outage", "Cost"]);
        for group in &input.groups {
            let part = self.part(CostInput { groups: vec![group.clone()], ..CostInput::default() }).cycle;
            grid.row([
                group.name.clone(),
                group.machines.to_string(),
                group.touch_minutes.to_string(),
                format!("{} %", percent_text(group.automated_permille)),
                plain(part.hours_tenths, 1),
                self.money(part.outage_cents),
                self.money(part.total_cents),
            ]);
        }
        let fixed = self.part(CostInput { fixed_minutes: input.fixed_minutes, ..CostInput::default() }).cycle;
        let cycle = &self.cost.cycle;
        let mut line = |name: &str, hours: String, cents: i64| {
            let none = String::new;
            grid.row([name.to_owned(), none(), none(), none(), hours, none(), self.money(cents)]);
        };
        line("Fixed work of a cycle", plain(fixed.hours_tenths, 1), fixed.total_cents);
        line("Prerequisites of a cycle", String::new(), cycle.prerequisite_cents);
        line("Expected rework of a cycle", String::new(), cycle.rework_cents);
        line("One cycle", plain(cycle.hours_tenths, 1), cycle.total_cents);
        line("Twelve cycles", String::new(), self.cost.cycles_cents);
        line("Emergencies a year", String::new(), self.cost.emergencies_cents);
        line("Tools a year", String::new(), input.tool_cents);
        line("Training a year", String::new(), input.training_cents);
        line("A year", String::new(), self.cost.year_cents);
        Value::Table(grid)
    }

    /// Three cases, each with the guesses that its benefit was worked out from.
    fn losses(&self, loss: &LossInput) -> Value {
        let (size, before, after) = (loss.loss_cents, loss.before_permille, loss.after_permille);
        // What makes losses more frequent costs the most where a loss is largest.
        let least = if before.low < after.high { size.high } else { size.low };
        let most = if before.high < after.low { size.low } else { size.high };
        let columns = [
            (least, before.low, after.high),
            (size.likely, before.likely, after.likely),
            (most, before.high, after.low),
        ];
        let same = |value: i64| Range { low: value, likely: value, high: value };
        let of = columns.map(|(size, before, after)| {
            let sure = LossInput {
                loss_cents: same(size),
                before_permille: same(before),
                after_permille: same(after),
                grounds: String::new(),
            };
            gain(&sure, self.cost.year_cents)
        });
        let mut grid = Grid::new(&["", "Least benefit", "Likely", "Most benefit"]);
        let mut line = |name: &str, values: [String; 3]| {
            grid.row(std::iter::once(name.to_owned()).chain(values));
        };
        line("Loss, once", columns.map(|(size, ..)| self.money(size)));
        line("Times a year before", columns.map(|(_, before, _)| times_text(before)));
        line("Times a year after", columns.map(|(.., after)| times_text(after)));
        line("Expected loss a year before", of.map(|gain| self.money(gain.before_cents)));
        line("Expected loss a year after", of.map(|gain| self.money(gain.after_cents)));
        line("Benefit a year", of.map(|gain| self.money(gain.benefit_cents.likely)));
        line("Net a year", of.map(|gain| self.money(gain.net_cents.likely)));
        line("Return", of.map(|gain| percent(gain.return_percent)));
        Value::Table(grid)
    }

    fn options(&self) -> Value {
        let loss = |f: fn(&Gain) -> i64| {
            self.gain.as_ref().map_or_else(|| "not estimated".to_owned(), |gain| self.money(f(gain)))
        };
        let mut grid = Grid::new(&["Option", "Cost a year", "Expected loss a year", "What stays"]);
        grid.row([
            "Do nothing".to_owned(),
            self.money(0),
            loss(|gain| gain.before_cents),
            "every known fault, and no proof of anything".to_owned(),
        ]);
        grid.row([
            "Monthly cycle".to_owned(),
            self.money(self.cost.year_cents),
            loss(|gain| gain.after_cents),
            "faults nobody knows yet, and what was waived".to_owned(),
        ]);
        Value::Table(grid)
    }
}

fn services(case: &BusinessCase) -> Value {
    let mut grid =
        Grid::new(&["Service", "Machines", "Minutes of outage a cycle", "An hour of outage costs"]);
    for group in &case.cost.groups {
        let hour = money_text(group.outage_cents_an_hour, &case.currency);
        grid.row([group.name.clone(), group.machines.to_string(), group.outage_minutes.to_string(), hour]);
    }
    Value::Table(grid)
}

fn judgement(fill: &Fill<'_>, case: &BusinessCase) -> String {
    let Some(at) = case.judged_at.filter(|_| case.judged != Judgement::Open) else {
        return Judgement::Open.text().to_owned();
    };
    let as_what =
        if case.judged_function.is_empty() { String::new() } else { format!(" ({})", case.judged_function) };
    let comment = if case.comment.is_empty() { String::new() } else { format!(": {}", case.comment) };
    let (verdict, by) = (case.judged.text(), &case.judged_by);
    format!("{verdict}: judged by {by}{as_what} on {} {}{comment}", fill.day(at), case.told_text())
}
