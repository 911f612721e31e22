//! What a month really took, as far as anybody recorded it, beside what was estimated (requirement S1-77): work from the steps of the
//! patch nights that have a beginning and an end, outage from the change records. What nobody recorded is not in it, and that is said.

use std::collections::BTreeSet;

use crate::domain::book::Book;
use crate::domain::change::ChangeRecord;
use crate::domain::change::line::LineResult;
use crate::domain::cycle::CycleId;

use super::BusinessCase;
use super::sum::cost;

/// What a month took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actual {
    /// `2026-11`.
    pub month: String,
    /// Machines that were patched, successfully or not.
    pub machines: i64,
    /// Of these, with a result other than done.
    pub troubled: i64,
    /// Minutes of work: steps of patch nights with a beginning and an end.
    pub work_minutes: i64,
    /// Steps that were done and lack a beginning or an end: their work is not counted.
    pub untimed_steps: i64,
    /// Minutes of outage that change records report.
    pub outage_minutes: i64,
    /// Change records that began and report no outage time, not even none.
    pub unreported_outages: i64,
    /// What that comes to by the rates of the estimate, in hundredths.
    pub cost_cents: i64,
    /// One machine; `None` where none was patched.
    pub machine_cents: Option<i64>,
}

/// What the cycles of a month took, priced as in an estimate: an hour of outage at the rate of the record's group, else at the highest
/// of the estimate.
pub fn actual(book: &Book, case: &BusinessCase, month: &str) -> Actual {
    let cycles: BTreeSet<CycleId> = book
        .cycles
        .iter()
        .filter(|cycle| cycle.month == month && !cycle.drill)
        .map(|cycle| cycle.id)
        .collect();
    let in_month = |cycle: Option<CycleId>| cycle.is_some_and(|id| cycles.contains(&id));
    let mut out = Actual { month: month.to_owned(), ..Actual::default() };
    let mut outage_cents: i128 = 0;
    for change in book.changes.iter().filter(|change| in_month(change.cycle) && change.started_at.is_some()) {
        match change.downtime_minutes {
            Some(minutes) => {
                out.outage_minutes += minutes.max(0);
                outage_cents += i128::from(minutes.max(0)) * i128::from(rate(book, case, change));
            }
            None => out.unreported_outages += 1,
        }
        for line in book.change_lines.iter().filter(|line| line.change == change.id) {
            let Some(result) = line.result.filter(|result| *result != LineResult::NotDone) else { continue };
            out.machines += 1;
            out.troubled += i64::from(result != LineResult::Done);
        }
    }
    let runs: BTreeSet<i64> = book
        .runs
        .iter()
        .filter(|run| in_month(run.cycle) && !run.drill)
        .map(crate::domain::row::Row::id)
        .collect();
    let mut work_secs: i64 = 0;
    for step in book.run_steps.iter().filter(|step| runs.contains(&step.run.0)) {
        match (step.begun_at, step.ended_at) {
            (Some(begun), Some(ended)) => work_secs += (ended - begun).max(0),
            (None, None) => {}
            _ => out.untimed_steps += 1,
        }
    }
    out.work_minutes = (work_secs + 59) / 60;
    let work_cents = i128::from(out.work_minutes) * i128::from(case.cost.hour_cents.max(0));
    let total = (work_cents + outage_cents + 59) / 60;
    out.cost_cents = i64::try_from(total).unwrap_or(i64::MAX);
    let each = |machines: i64| out.cost_cents.saturating_add(machines - 1) / machines;
    out.machine_cents = (out.machines > 0).then(|| each(out.machines));
    out
}

fn rate(book: &Book, case: &BusinessCase, change: &ChangeRecord) -> i64 {
    let name = change.group.and_then(|id| book.groups.get(id.0)).map(|group| group.name.as_str());
    let own = case.cost.groups.iter().find(|group| Some(group.name.as_str()) == name);
    let highest = case.cost.groups.iter().map(|group| group.outage_cents_an_hour).max().unwrap_or(0);
    own.map_or(highest, |group| group.outage_cents_an_hour).max(0)
}

/// Months that have cycles, the newest first.
pub fn months(book: &Book) -> Vec<&str> {
    let months = book.cycles.iter().filter(|cycle| !cycle.drill && !cycle.month.is_empty());
    let months: BTreeSet<&str> = months.map(|cycle| cycle.month.as_str()).collect();
    months.into_iter().rev().collect()
}

/// Figure, estimate, what was recorded: three texts a row.
pub fn beside(case: &BusinessCase, actual: &Actual) -> Vec<[String; 3]> {
    use super::money::{hours_told, money, plain};
    let sums = cost(&case.cost);
    let currency = case.currency.as_str();
    let outage: i64 = case.cost.groups.iter().map(|group| group.outage_minutes.max(0)).sum();
    let each =
        |cents: Option<i64>| cents.map_or_else(|| "n/a (0 machines)".to_owned(), |c| money(c, currency));
    let row = |name: &str, estimate: String, found: String| [name.to_owned(), estimate, found];
    vec![
        row("Machines", sums.machines.to_string(), actual.machines.to_string()),
        row("Hours of work", plain(sums.cycle.hours_tenths, 1), hours_told(actual.work_minutes)),
        row("Hours of outage", hours_told(outage), hours_told(actual.outage_minutes)),
        row("Cost", money(sums.cycle.total_cents, currency), money(actual.cost_cents, currency)),
        row("Cost of one machine", each(sums.machine_cycle_cents), each(actual.machine_cents)),
    ]
}

/// What the recorded side leaves out, in one sentence; empty where nothing is known to be missing but planning and testing.
pub fn gaps(actual: &Actual) -> String {
    let mut parts = vec![
        "Recorded are the steps of the nights and the outages; planning, testing and reporting are not"
            .to_owned(),
    ];
    if actual.untimed_steps > 0 {
        parts.push(format!("{} steps lack a beginning or an end", actual.untimed_steps));
    }
    if actual.unreported_outages > 0 {
        parts.push(format!("{} change records say nothing of their outage", actual.unreported_outages));
    }
    format!("{}.", parts.join("; "))
}
