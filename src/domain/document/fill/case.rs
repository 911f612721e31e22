//! The business case: cost (standards.md 5.1) and loss (5.2), negative results as they come out.

use super::{Fill, nothing, text};
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
    let year = year(&case.cost);
    Some(match name {
        "name" => text(&case.name),
        "ask" => text(&case.ask),
        "currency" => text(&case.currency),
        "machines" => Value::Number(machines(&case.cost)),
        "cycle-hours" => text(hours(milli_minutes(&case.cost))),
        "cycle-labour" => money(labour(&case.cost, milli_minutes(&case.cost))),
        "cycle-outage" => money(case.cost.groups.iter().map(outage).sum()),
        "cycle-cost" => money(cycle(&case.cost)),
        "year-cost" => money(year),
        "machine-cost" => machine_cost(case),
        "by-hand-cost" => money(self::year(&by_hand(&case.cost))),
        "costs" => costs(case),
        "services" => services(case),
        "has-loss" => Value::Flag(loss.is_some()),
        "losses" => of_loss(&|loss| losses(case, loss)),
        "benefit" => of_loss(&|loss| money(benefit(loss, likely))),
        "net" => of_loss(&|loss| money(benefit(loss, likely) - year)),
        "return" => of_loss(&|loss| text(percent(benefit(loss, likely) - year, year))),
        "break-even" => of_loss(&|loss| break_even(loss, year).map_or_else(nothing, money)),
        "is-negative" => Value::Flag(loss.is_some_and(|loss| benefit(loss, likely) < year)),
        "has-break-even" => Value::Flag(loss.is_some_and(|loss| break_even(loss, year).is_some())),
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
    let machines = machines(&case.cost).max(1);
    Value::Money(rounded(i128::from(year(&case.cost)), i128::from(machines)), case.currency.clone())
}

/// Cost of a year.
pub(super) fn year_cost(case: &BusinessCase) -> Value {
    Value::Money(year(&case.cost), case.currency.clone())
}

/// To the nearest whole, halves away from nought.
fn rounded(part: i128, whole: i128) -> i64 {
    let half = whole / 2 * part.signum();
    i64::try_from((part + half) / whole).unwrap_or(i64::MAX)
}

fn machines(cost: &CostInput) -> i64 {
    cost.groups.iter().map(|group| group.machines).sum()
}

/// Work on a group in one cycle, in thousandths of a minute.
fn of_group(group: &CostGroup) -> i128 {
    let by_hand = i128::from(group.touch_minutes) * i128::from(1000 - group.automated_permille);
    let again = i128::from(group.failed_permille) * i128::from(group.retry_minutes);
    i128::from(group.machines) * (by_hand + again)
}

fn rework(cost: &CostInput) -> i128 {
    i128::from(cost.rework_permille) * i128::from(cost.rework_minutes)
}

fn milli_minutes(cost: &CostInput) -> i128 {
    i128::from(cost.fixed_minutes) * 1000 + cost.groups.iter().map(of_group).sum::<i128>() + rework(cost)
}

fn labour(cost: &CostInput, milli_minutes: i128) -> i64 {
    rounded(i128::from(cost.hour_cents) * milli_minutes, 60_000)
}

fn outage(group: &CostGroup) -> i64 {
    rounded(i128::from(group.outage_minutes) * i128::from(group.outage_cents_an_hour), 60)
}

fn cycle(cost: &CostInput) -> i64 {
    labour(cost, milli_minutes(cost)) + cost.groups.iter().map(outage).sum::<i64>() + cost.prerequisite_cents
}

fn year(cost: &CostInput) -> i64 {
    12 * cycle(cost) + cost.emergencies * cost.emergency_cents + cost.tool_cents + cost.training_cents
}

fn by_hand(cost: &CostInput) -> CostInput {
    let mut cost = cost.clone();
    cost.groups.iter_mut().for_each(|group| group.automated_permille = 0);
    cost
}

fn hours(milli_minutes: i128) -> String {
    let tenths = rounded(milli_minutes, 6_000);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn likely(range: &Range) -> i64 {
    range.likely
}

fn expected(loss: i64, permille: i64) -> i64 {
    rounded(i128::from(loss) * i128::from(permille), 1000)
}

fn benefit(loss: &LossInput, of: fn(&Range) -> i64) -> i64 {
    let once = of(&loss.loss_cents);
    expected(once, of(&loss.before_permille)) - expected(once, of(&loss.after_permille))
}

fn break_even(loss: &LossInput, year: i64) -> Option<i64> {
    let rarer = loss.before_permille.likely - loss.after_permille.likely;
    (rarer > 0).then(|| rounded(i128::from(year) * 1000, i128::from(rarer)))
}

/// `-35 %`, towards nought from above and away from it below: never better than it is.
fn percent(part: i64, whole: i64) -> String {
    if whole == 0 { "n/a (no cost)".to_owned() } else { format!("{} %", (part * 100).div_euclid(whole)) }
}

fn costs(case: &BusinessCase) -> Value {
    let cost = &case.cost;
    let money = |cents: i64| Value::Money(cents, case.currency.clone()).text();
    let mut grid = Grid::new(&["Group", "Machines", "Minutes each", "Automated", "Hours", "Outage", "Cost"]);
    for group in &cost.groups {
        let work = of_group(group);
        grid.row([
            group.name.clone(),
            group.machines.to_string(),
            group.touch_minutes.to_string(),
            format!("{}.{} %", group.automated_permille / 10, group.automated_permille % 10),
            hours(work),
            money(outage(group)),
            money(labour(cost, work) + outage(group)),
        ]);
    }
    let mut line = |name: &str, time: String, cents: i64| {
        grid.row([
            name.to_owned(),
            String::new(),
            String::new(),
            String::new(),
            time,
            String::new(),
            money(cents),
        ]);
    };
    let fixed = i128::from(cost.fixed_minutes) * 1000;
    line("Fixed work of a cycle", hours(fixed), labour(cost, fixed));
    line("Prerequisites of a cycle", String::new(), cost.prerequisite_cents);
    line("Expected rework of a cycle", hours(rework(cost)), labour(cost, rework(cost)));
    line("Emergencies a year", String::new(), cost.emergencies * cost.emergency_cents);
    line("Tools a year", String::new(), cost.tool_cents);
    line("Training a year", String::new(), cost.training_cents);
    line("One cycle", hours(milli_minutes(cost)), cycle(cost));
    line("A year of twelve cycles", String::new(), year(cost));
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
    let year = year(&case.cost);
    let money = |cents: i64| Value::Money(cents, case.currency.clone()).text();
    let often = |permille: i64| format!("{}.{:03}", permille / 1000, permille % 1000);
    let mut grid = Grid::new(&["", "Low", "Likely", "High"]);
    let cases: [fn(&Range) -> i64; 3] = [|r| r.low, |r| r.likely, |r| r.high];
    let before = |of: fn(&Range) -> i64| expected(of(&loss.loss_cents), of(&loss.before_permille));
    let after = |of: fn(&Range) -> i64| expected(of(&loss.loss_cents), of(&loss.after_permille));
    let mut line = |name: &str, value: &dyn Fn(fn(&Range) -> i64) -> String| {
        grid.row(std::iter::once(name.to_owned()).chain(cases.map(value)));
    };
    line("Loss, once", &|of| money(of(&loss.loss_cents)));
    line("Times a year before", &|of| often(of(&loss.before_permille)));
    line("Times a year after", &|of| often(of(&loss.after_permille)));
    line("Expected loss a year before", &|of| money(before(of)));
    line("Expected loss a year after", &|of| money(after(of)));
    line("Benefit a year", &|of| money(before(of) - after(of)));
    line("Net a year", &|of| money(before(of) - after(of) - year));
    line("Return", &|of| percent(before(of) - after(of) - year, year));
    Value::Table(grid)
}

fn options(case: &BusinessCase) -> Value {
    let money = |cents: i64| Value::Money(cents, case.currency.clone()).text();
    let loss = |f: fn(&LossInput) -> i64| {
        case.loss.as_ref().map_or_else(|| "not estimated".to_owned(), |loss| money(f(loss)))
    };
    let mut grid = Grid::new(&["Option", "Cost a year", "Expected loss a year", "What stays"]);
    grid.row([
        "Do nothing".to_owned(),
        money(0),
        loss(|loss| expected(loss.loss_cents.likely, loss.before_permille.likely)),
        "every known fault, and no proof of anything".to_owned(),
    ]);
    grid.row([
        "Monthly cycle".to_owned(),
        money(year(&case.cost)),
        loss(|loss| expected(loss.loss_cents.likely, loss.after_permille.likely)),
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
