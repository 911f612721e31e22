//! The business case: cost (standards.md 5.1) and loss (5.2), negative results as they come out.

use super::{Fill, nothing, text};
use crate::domain::case::sum::{CycleCost, cost, gain};
use crate::domain::case::{BusinessCase, CostGroup, CostInput, Judgement, LossInput, Range};
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    let name = name.strip_prefix("case.")?;
    let Some(case) = chosen(fill) else {
        let flag = kind == Kind::Flag;
        return Some(if flag { Value::Flag(false) } else { nothing() });
    };
    let money = |cents: i64| Value::Money(cents, case.currency.clone());
    let loss = case.loss.as_ref();
    let of_loss = |f: &dyn Fn(&LossInput) -> Value| loss.map_or_else(nothing, f);
    let sum = cost(&case.cost);
    let gained = loss.map(|loss| gain(loss, sum.year_cents));
    Some(match name {
        "name" => text(&case.name),
        "ask" => text(&case.ask),
        "currency" => text(&case.currency),
        "machines" => Value::Number(sum.machines),
        "cycle-hours" => text(hours(&sum.cycle)),
        "cycle-labour" => money(sum.cycle.labour_cents),
        "cycle-outage" => money(sum.cycle.outage_cents),
        "cycle-cost" => money(sum.cycle.total_cents),
        "year-cost" => money(sum.year_cents),
        "machine-cost" => machine_cost(case),
        "by-hand-cost" => money(cost(&by_hand(&case.cost)).year_cents),
        "costs" => costs(case),
        "services" => services(case),
        "has-loss" => Value::Flag(loss.is_some()),
        "losses" => of_loss(&|loss| losses(case, loss)),
        "benefit" => gained.map_or_else(nothing, |gain| money(gain.benefit_cents.likely)),
        "net" => gained.map_or_else(nothing, |gain| money(gain.net_cents.likely)),
        "return" => {
            gained.map_or_else(nothing, |gain| text(percent(gain.return_percent.map(|range| range.likely))))
        }
        "break-even" => gained.and_then(|gain| gain.break_even_cents).map_or_else(nothing, money),
        "is-negative" => Value::Flag(gained.is_some_and(|gain| gain.net_cents.likely < 0)),
        "has-break-even" => Value::Flag(gained.is_some_and(|gain| gain.break_even_cents.is_some())),
        "grounds" => of_loss(&|loss| text(&loss.grounds)),
        "has-other-side" => Value::Flag(!case.other_side.trim().is_empty()),
        "other-side" => text(&case.other_side),
        "options" => options(case),
        "judgement" => text(judgement(fill, case)),
        _ => return None,
    })
}

/// The chosen case, else the newest that is not given up.
pub(super) fn chosen<'a>(fill: &Fill<'a>) -> Option<&'a BusinessCase> {
    let newest =
        || fill.book.cases.iter().filter(|c| c.ended_at.is_none()).max_by_key(|c| (c.created_at, c.id));
    fill.chosen.case.and_then(|id| fill.book.cases.get(id.0)).or_else(newest)
}

/// Cost of a machine a year.
pub(super) fn machine_cost(case: &BusinessCase) -> Value {
    let each = cost(&case.cost).machine_year_cents;
    each.map_or_else(nothing, |cents| Value::Money(cents, case.currency.clone()))
}

/// Cost of a year.
pub(super) fn year_cost(case: &BusinessCase) -> Value {
    Value::Money(cost(&case.cost).year_cents, case.currency.clone())
}

fn by_hand(input: &CostInput) -> CostInput {
    let mut input = input.clone();
    input.groups.iter_mut().for_each(|group| group.automated_permille = 0);
    input
}

/// What this part of the input costs alone in one cycle.
fn alone(input: &CostInput, groups: Vec<CostGroup>, fixed_minutes: i64) -> CycleCost {
    cost(&CostInput { hour_cents: input.hour_cents, groups, fixed_minutes, ..CostInput::default() }).cycle
}

fn hours(cycle: &CycleCost) -> String {
    format!("{}.{}", cycle.hours_tenths / 10, cycle.hours_tenths % 10)
}

fn percent(percent: Option<i64>) -> String {
    percent.map_or_else(|| "n/a (no cost)".to_owned(), |percent| format!("{percent} %"))
}

fn costs(case: &BusinessCase) -> Value {
    let (input, sum) = (&case.cost, cost(&case.cost));
    let money = |cents: i64| Value::Money(cents, case.currency.clone()).text();
    let mut grid = Grid::new(&["Group", "Machines", "Minutes each", "Automated", "Hours", "Outage", "Cost"]);
    for group in &input.groups {
        let cycle = alone(input, vec![group.clone()], 0);
        grid.row([
            group.name.clone(),
            group.machines.to_string(),
            group.touch_minutes.to_string(),
            format!("{}.{} %", group.automated_permille / 10, group.automated_permille % 10),
            hours(&cycle),
            money(cycle.outage_cents),
            money(cycle.total_cents),
        ]);
    }
    let mut line = |name: &str, time: String, cents: i64| {
        let empty = String::new;
        grid.row([name.to_owned(), empty(), empty(), empty(), time, empty(), money(cents)]);
    };
    let fixed = alone(input, Vec::new(), input.fixed_minutes);
    line("Fixed work of a cycle", hours(&fixed), fixed.labour_cents);
    line("Prerequisites of a cycle", String::new(), sum.cycle.prerequisite_cents);
    line("Expected rework of a cycle", String::new(), sum.cycle.rework_cents);
    line("One cycle", hours(&sum.cycle), sum.cycle.total_cents);
    line("Emergencies a year", String::new(), sum.emergencies_cents);
    line("Tools and training a year", String::new(), sum.fixed_cents);
    line("A year of twelve cycles", String::new(), sum.year_cents);
    Value::Table(grid)
}

fn services(case: &BusinessCase) -> Value {
    let mut grid =
        Grid::new(&["Service", "Machines", "Minutes of outage a cycle", "An hour of outage costs"]);
    for group in &case.cost.groups {
        let hour = Value::Money(group.outage_cents_an_hour, case.currency.clone()).text();
        grid.row([group.name.clone(), group.machines.to_string(), group.outage_minutes.to_string(), hour]);
    }
    Value::Table(grid)
}

fn losses(case: &BusinessCase, loss: &LossInput) -> Value {
    let gain = gain(loss, cost(&case.cost).year_cents);
    let money = |cents: i64| Value::Money(cents, case.currency.clone()).text();
    let often = |permille: i64| format!("{}.{:03}", permille / 1000, permille % 1000);
    let mut grid = Grid::new(&["", "Low", "Likely", "High"]);
    let mut line = |name: &str, range: Range, say: &dyn Fn(i64) -> String| {
        let cells = [range.low, range.likely, range.high].map(say);
        grid.row(std::iter::once(name.to_owned()).chain(cells));
    };
    line("Loss, once", loss.loss_cents, &money);
    line("Times a year before", loss.before_permille, &often);
    line("Times a year after", loss.after_permille, &often);
    line("Benefit a year", gain.benefit_cents, &money);
    line("Net a year", gain.net_cents, &money);
    if let Some(range) = gain.return_percent {
        line("Return", range, &|percent| format!("{percent} %"));
    }
    grid.row(["Expected loss a year before".to_owned(), String::new(), money(gain.before_cents)]);
    grid.row(["Expected loss a year after".to_owned(), String::new(), money(gain.after_cents)]);
    Value::Table(grid)
}

fn options(case: &BusinessCase) -> Value {
    let year = cost(&case.cost).year_cents;
    let money = |cents: i64| Value::Money(cents, case.currency.clone()).text();
    let gain = case.loss.as_ref().map(|loss| gain(loss, year));
    let loss = |cents: Option<i64>| cents.map_or_else(|| "not estimated".to_owned(), money);
    let mut grid = Grid::new(&["Option", "Cost a year", "Expected loss a year", "What stays"]);
    grid.row([
        "Do nothing".to_owned(),
        money(0),
        loss(gain.map(|gain| gain.before_cents)),
        "every known fault, and no proof of anything".to_owned(),
    ]);
    grid.row([
        "Monthly cycle".to_owned(),
        money(year),
        loss(gain.map(|gain| gain.after_cents)),
        "faults nobody knows yet, and what was waived".to_owned(),
    ]);
    Value::Table(grid)
}

fn judgement(fill: &Fill<'_>, case: &BusinessCase) -> String {
    let Some(at) = case.judged_at.filter(|_| case.judged != Judgement::Open) else {
        return Judgement::Open.text().to_owned();
    };
    let as_what =
        if case.judged_function.is_empty() { String::new() } else { format!(" ({})", case.judged_function) };
    let comment = if case.comment.is_empty() { String::new() } else { format!(": {}", case.comment) };
    let by = &case.judged_by;
    format!("{}: recorded on {} as judged by {by}{as_what}{comment}", case.judged.text(), fill.day(at))
}
