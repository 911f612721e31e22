//! How old the open items are: from clock start, and from due date.

use crate::domain::compliance::cut::Cut;
use crate::domain::compliance::ratio::days_begun;
use crate::report::layout::{Bar, BarChart, Column, Direction, Layout, Pattern, Table, Tone};
use crate::util::text::count;

use super::Source;
use super::words::number;

const BUCKETS: [&str; 4] = ["0-30 days", "31-60 days", "61-90 days", "over 90 days"];

pub(super) fn ages(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Age of open items, and of what is installed", "ages");
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
    installed(source, layout);
    layout.note("Both tables of open items include waived items. A day that has begun counts. An item that inherited an earlier clock is aged by it.");
}

/// How old what is installed is, and what was still open three months after its release.
fn installed(source: &Source<'_>, layout: &mut Layout) {
    layout.heading(2, "Age of what is installed");
    let installed = source.view.installed_age();
    let mut columns = vec![Column::text("Newest installed update was released").weight(3.0)];
    columns.extend(BUCKETS.map(Column::number));
    columns.push(Column::number("None shown"));
    let mut table = Table::new("Machines by age of the newest update they show installed", columns);
    let mut row = vec!["days before the as-of instant".to_owned()];
    row.extend(installed.buckets.iter().map(|&n| count(n)));
    row.push(count(installed.none));
    table.row(row);
    layout.table(table);
    let days = |days: Option<i64>| days.map_or_else(|| "n/a".to_owned(), |days| format!("{days} days"));
    let newest = installed.newest_release.map(|secs| days_begun(i64::from(secs)));
    layout.paragraph(format!(
        "Median {}, the oldest {}; the newest covered release is {} old, and no machine can be younger.",
        days(installed.median_days()),
        days(installed.oldest_days()),
        days(newest)
    ));
    let unpatched = source.view.unpatched(source.spec.period);
    layout.paragraph(format!(
        "M9, unpatched three months after release: {} (cannot tell {}, first seen later {}).",
        unpatched.ratio().with_counts(),
        count(unpatched.cannot_tell),
        count(unpatched.unseen)
    ));
}
