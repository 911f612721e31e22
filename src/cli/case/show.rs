//! The estimates as text and JSON: the list, one with its sums, and a month beside it. Changes nothing.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::find;
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::book::Book;
use crate::domain::case::actual::{actual, beside, gaps};
use crate::domain::case::money::{hours_told, money, percent_text, plain};
use crate::domain::case::sum::{cost, gain};
use crate::domain::case::{BusinessCase, CostGroup, Range, live};
use crate::store::Access;
use crate::util::clock::{text_in, zone};

pub(super) fn list(file: &Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let cases = live(engine.book());
    let row = |case: &&BusinessCase| {
        let sums = cost(&case.cost);
        let net = case.loss.as_ref().map(|loss| gain(loss, sums.year_cents).net_cents.likely);
        vec![
            case.name.clone(),
            money(sums.cycle.total_cents, &case.currency),
            money(sums.year_cents, &case.currency),
            net.map_or_else(|| "no loss estimated".to_owned(), |net| money(net, &case.currency)),
            case.judged.text().to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = cases.iter().map(row).collect();
    let text = if rows.is_empty() {
        "No estimate yet. Write one: patchbook-cli case new FILE NAME --currency EUR --rate 55.".to_owned()
    } else {
        columns(&["Estimate", "#A cycle", "#A year", "#Net a year", "Judged"], &rows)
    };
    let values: Vec<Value> = cases
        .iter()
        .map(|case| json!({ "name": case.name, "year_cents": cost(&case.cost).year_cents, "judged": case.judged.word() }))
        .collect();
    output.result(&text, &json!({ "cases": values }));
    Ok(())
}

pub(super) fn show(
    file: &Path,
    name: &str,
    month: Option<&str>,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let case = find(book, name)?;
    let sums = cost(&case.cost);
    let currency = case.currency.as_str();
    let amount = |cents: i64| money(cents, currency);
    let each = |cents: Option<i64>| cents.map_or_else(|| "n/a (0 machines)".to_owned(), amount);
    let mut rows = vec![
        vec!["Hours of work a cycle".to_owned(), plain(sums.cycle.hours_tenths, 1)],
        vec!["Labour a cycle".to_owned(), amount(sums.cycle.labour_cents)],
        vec!["Outage a cycle".to_owned(), amount(sums.cycle.outage_cents)],
        vec!["Prerequisites a cycle".to_owned(), amount(sums.cycle.prerequisite_cents)],
        vec!["Expected rework a cycle".to_owned(), amount(sums.cycle.rework_cents)],
        vec!["A cycle".to_owned(), amount(sums.cycle.total_cents)],
        vec!["A machine in a cycle".to_owned(), each(sums.machine_cycle_cents)],
        vec!["Emergencies a year".to_owned(), amount(sums.emergencies_cents)],
        vec!["Tools and training a year".to_owned(), amount(sums.fixed_cents)],
        vec!["A year".to_owned(), amount(sums.year_cents)],
        vec!["A machine in a year".to_owned(), each(sums.machine_year_cents)],
    ];
    let found = case.loss.as_ref().map(|loss| gain(loss, sums.year_cents));
    if let Some(gain) = &found {
        let range = |range: Range, text: &dyn Fn(i64) -> String| {
            format!("{} ({} to {})", text(range.likely), text(range.low), text(range.high))
        };
        let percent = |value: i64| format!("{value} %");
        rows.push(vec!["Expected loss without it, a year".to_owned(), amount(gain.before_cents)]);
        rows.push(vec!["Expected loss with it, a year".to_owned(), amount(gain.after_cents)]);
        rows.push(vec!["Benefit a year".to_owned(), range(gain.benefit_cents, &amount)]);
        rows.push(vec!["Net a year".to_owned(), range(gain.net_cents, &amount)]);
        let back =
            gain.return_percent.map_or_else(|| "n/a (it costs nothing)".to_owned(), |r| range(r, &percent));
        rows.push(vec!["Return".to_owned(), back]);
        let even = gain.break_even_cents.map_or_else(|| "never: losses become no rarer".to_owned(), amount);
        rows.push(vec!["Pays for itself from a loss of".to_owned(), even]);
    }
    let groups: Vec<Vec<String>> = case.cost.groups.iter().map(|group| group_row(group, currency)).collect();
    let header = [
        "Group",
        "#Machines",
        "#Touch min",
        "#Automated %",
        "#Failed %",
        "#Retry min",
        "#Outage h",
        "#An hour",
    ];
    let mut text = format!(
        "{}\n{}\n\n{}\n\n{}",
        case.name,
        judged_text(book, case),
        columns(&header, &groups),
        columns(&["Sum", "#Amount"], &rows)
    );
    let mut compared = Value::Null;
    if let Some(month) = month {
        let took = actual(book, case, month);
        let rows: Vec<Vec<String>> = beside(case, &took).into_iter().map(Vec::from).collect();
        let table = columns(&["Figure", "#Estimate", "#Recorded"], &rows);
        let _infallible = write!(text, "\n\n{month} beside the estimate\n{table}\n{}", gaps(&took));
        compared = json!({ "month": month, "machines": took.machines, "work_minutes": took.work_minutes,
                           "outage_minutes": took.outage_minutes, "cost_cents": took.cost_cents,
                           "machine_cents": took.machine_cents });
    }
    let gain = found.map(|gain| {
        json!({ "before_cents": gain.before_cents, "after_cents": gain.after_cents, "benefit_cents": gain.benefit_cents,
                "net_cents": gain.net_cents, "return_percent": gain.return_percent,
                "break_even_cents": gain.break_even_cents })
    });
    let value = json!({ "name": case.name, "currency": currency, "cycle_cents": sums.cycle.total_cents,
                        "year_cents": sums.year_cents, "hours_tenths": sums.cycle.hours_tenths,
                        "machine_cycle_cents": sums.machine_cycle_cents, "gain": gain, "month": compared,
                        "judged": case.judged.word(), "judged_by": case.judged_by });
    output.result(&text, &value);
    Ok(())
}

fn group_row(group: &CostGroup, currency: &str) -> Vec<String> {
    vec![
        group.name.clone(),
        group.machines.to_string(),
        group.touch_minutes.to_string(),
        percent_text(group.automated_permille),
        percent_text(group.failed_permille),
        group.retry_minutes.to_string(),
        hours_told(group.outage_minutes),
        money(group.outage_cents_an_hour, currency),
    ]
}

fn judged_text(book: &Book, case: &BusinessCase) -> String {
    let Some(at) = case.judged_at else { return case.judged.text().to_owned() };
    format!(
        "{} by {}, {}, {} {}",
        case.judged.text(),
        case.judged_by,
        case.judged_function,
        text_in(zone(&book.shop.zone), at),
        case.told_text()
    )
}
