//! How fast: the deadline rate of the period, and time to patch by month of release.

use crate::domain::compliance::figures::Cohort;
use crate::domain::compliance::month::month_text;
use crate::domain::compliance::ratio::days_text;
use crate::report::layout::{Column, Layout, Table};
use crate::util::text::count;

use super::Source;
use super::words::number;

pub(super) fn pace(source: &Source<'_>, layout: &mut Layout) {
    let total = &source.figures.total;
    layout.heading_at(1, "Deadlines kept and time to patch", "pace");
    let columns = vec![Column::text("Items due in the period").weight(3.0), Column::number("Count")];
    let mut table = Table::new(format!("M3 Deadline rate, {}", source.period()), columns);
    table.row(["Met".to_owned(), number(total.met)]);
    table.row(["Missed".to_owned(), number(total.missed)]);
    table.row(["Cannot tell (counts against the rate)".to_owned(), number(total.cannot_tell)]);
    table.row(["Gross rate".to_owned(), total.deadline_gross().with_counts()]);
    table.row([
        "Net rate, without what was validly waived on its due date".to_owned(),
        total.deadline_net().with_counts(),
    ]);
    table.row(["Machines without a miss".to_owned(), source.figures.deadline_by_machine().with_counts()]);
    layout.table(table);
    let mut columns = vec![Column::text("Released in").weight(2.0)];
    let numbers =
        ["Required", "Closed", "Mean", "Median", "90th", "Open-aware median", "To 95 %", "First seen done"];
    columns.extend(numbers.map(Column::number));
    let mut table = Table::new("M6 Days to patch and M7 days to 95 %, by month of release", columns)
        .when_empty("Nothing is owed.");
    for cohort in source.figures.cohorts.iter().rev() {
        table.row(line(cohort));
    }
    layout.table(table);
    layout.note(
        "Times are in days, rounded up. Mean, median and 90th percentile see closed items only and so flatter; the open-aware median \
         counts what is still open. Items already done when first seen, at an unknown time, are in none of the times.",
    );
}

fn line(cohort: &Cohort) -> [String; 9] {
    let days = |secs: Option<f64>| secs.map_or_else(|| "n/a".to_owned(), days_text);
    let reached =
        |secs: Option<u32>| secs.map_or_else(|| "not reached".to_owned(), |secs| days_text(f64::from(secs)));
    let times = &cohort.times;
    [
        month_text(cohort.month),
        number(cohort.required),
        count(times.closed.len() as u64),
        days(times.mean()),
        days(times.median()),
        days(times.ninetieth().map(f64::from)),
        if times.closed.is_empty() && times.open.is_empty() {
            "n/a".to_owned()
        } else {
            reached(times.open_aware_median())
        },
        reached(cohort.until_95),
        number(cohort.left_censored),
    ]
}
