//! How fast the releases of a month were brought in, by day after the clock started, beside the three months before.

use crate::domain::compliance::figures::Cohort;
use crate::domain::compliance::month::month_text;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::survival::Times;
use crate::report::layout::{Column, Layout, Pattern, Segment, StackedBars, Table, Tone};
use crate::util::clock::{DAY_SECS, day_in};
use crate::util::text::count;

use super::Source;

/// The days at which the curve is read.
const DAYS: [u32; 6] = [3, 7, 14, 21, 30, 60];
/// This month and so many before it.
const MONTHS: i32 = 4;

pub(super) fn curve(source: &Source<'_>, layout: &mut Layout) {
    use chrono::Datelike as _;
    let first = day_in(source.zone, source.spec.period.from_at);
    let this = first.year() * 12 + first.month0() as i32;
    layout.heading_at(1, "Compliance by day after release", "curve");
    let shown = this - MONTHS + 1..=this;
    let cohorts: Vec<&Cohort> =
        source.figures.cohorts.iter().filter(|cohort| shown.contains(&cohort.month)).collect();
    if !cohorts.iter().any(|cohort| cohort.month == this) {
        layout.paragraph(format!("Nothing released in {} is required.", month_text(this)));
    }
    let timed: Vec<&&Cohort> = cohorts.iter().filter(|cohort| items(&cohort.times) > 0).collect();
    if timed.is_empty() {
        layout.paragraph("Of no release of these four months is the time from release known.");
        return;
    }
    layout.stacked_bars(StackedBars {
        caption: "Required items by the time they took".to_owned(),
        keys: keys(),
        bars: timed.iter().rev().map(|cohort| (month_text(cohort.month), parts(&cohort.times))).collect(),
        shares: true,
    });
    let mut columns = vec![Column::text("Released in").weight(1.0), Column::number("Items")];
    columns.extend(DAYS.map(|day| Column::number(format!("Day {day}"))));
    let mut table = Table::new("Share closed by day, and how many", columns);
    for cohort in timed.iter().rev() {
        let mut row = vec![month_text(cohort.month), count(items(&cohort.times))];
        row.extend(DAYS.map(|day| at_day(&cohort.times, day)));
        table.row(row);
    }
    layout.table(table);
    layout.note(
        "Days count from the start of an item's clock, as the rule of its deadline sets it. The share is open-aware (Kaplan-Meier): items \
         that are still open count for as long as they have been open. A day that no item has reached yet is \"not yet\". Items already \
         done when first seen, at an unknown time, are left out.",
    );
}

fn items(times: &Times) -> u64 {
    times.closed.len() as u64 + times.open.iter().map(|&(_, n)| u64::from(n)).sum::<u64>()
}

/// Closed within a day's end.
fn closed_by(times: &Times, day: u32) -> u64 {
    times.closed.partition_point(|&secs| i64::from(secs) <= i64::from(day) * DAY_SECS) as u64
}

fn keys() -> Vec<Segment> {
    vec![
        Segment::new("Within 7 days", 0, Tone::Good, Pattern::Solid),
        Segment::new("8 to 14 days", 0, Tone::Good, Pattern::Rising),
        Segment::new("15 to 30 days", 0, Tone::Warn, Pattern::Level),
        Segment::new("Later", 0, Tone::Bad, Pattern::Falling),
        Segment::new("Still open", 0, Tone::Unknown, Pattern::Dots),
    ]
}

fn parts(times: &Times) -> Vec<u64> {
    let [week, two, month] = [7, 14, 30].map(|day| closed_by(times, day));
    let closed = times.closed.len() as u64;
    vec![week, two - week, month - two, closed - month, items(times) - closed]
}

/// `86.0 % (43)`, read off the curve; `not yet` while something open was not watched for so long.
fn at_day(times: &Times, day: u32) -> String {
    let until_secs = i64::from(day) * DAY_SECS;
    if times.open.iter().any(|&(age, _)| i64::from(age) < until_secs) {
        return "not yet".to_owned();
    }
    let reached = times.curve().into_iter().take_while(|&(secs, _)| i64::from(secs) <= until_secs).last();
    let open = reached.map_or(1.0, |(_, open)| open);
    // In a millionth, so that the printed share is cut off as every other one is.
    let closed = ((1.0 - open) * 1e6 + 1e-6).floor() as u64;
    format!("{}\u{a0}({})", Ratio::good(closed, 1_000_000), count(closed_by(times, day)))
}
