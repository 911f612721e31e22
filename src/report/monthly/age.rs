//! How old the open items are: from clock start, and from due date.

use crate::domain::compliance::cut::Cut;
use crate::report::layout::{Bar, BarChart, Column, Direction, Layout, Pattern, Table, Tone};

use super::Source;
use super::words::number;

const BUCKETS: [&str; 4] = ["0-30 days", "31-60 days", "61-90 days", "over 90 days"];

pub(super) fn ages(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Age of open items", "ages");
    let total = &source.figures.total;
    let bars = BUCKETS
        .iter()
        .zip(total.ages)
        .map(|(&bucket, n)| Bar::new(bucket, f64::from(n), number(n)).filled(Tone::Accent, Pattern::Solid));
    if total.open > 0 {
        let caption = "Open items by age from clock start".to_owned();
        layout.bar_chart(BarChart { caption, direction: Direction::Up, bars: bars.collect(), full: None });
    }
    let slices = source.figures.by(&source.view, Cut::Rank);
    let mut columns = vec![Column::text("Rank").weight(2.0)];
    columns.extend(BUCKETS.map(Column::number));
    columns.push(Column::number("Sum"));
    for (caption, from_due) in
        [("Open items by age from clock start", false), ("Open items past due by age from due date", true)]
    {
        let mut table = Table::new(caption, columns.clone()).when_empty("Nothing is open.");
        let line = |name: &str, ages: [u32; 4]| {
            let mut row = vec![name.to_owned()];
            row.extend(ages.map(number));
            row.push(number(ages.iter().sum()));
            row
        };
        for slice in &slices {
            let ages = if from_due { slice.tally.due_ages } else { slice.tally.ages };
            table.row(line(&slice.name, ages));
        }
        table.total(line("All", if from_due { total.due_ages } else { total.ages }));
        layout.table(table);
    }
    layout.note("Both tables include waived items. A day that has begun counts. An item that inherited an earlier clock is aged by it.");
}
