//! The trend page: segments, deadline rate, days to 95 % and age of what is installed, month by month.

use super::layout::{
    Bar, BarChart, Block, Column, Direction, Layout, Pattern, Table, Tone, Trend, TrendMonth,
};
use super::monthly::words::parts;
use super::sheet::{Source, Spec};
use crate::domain::book::Book;
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::ratio::days_text;
use crate::domain::month::canonical::ALTERED;
use crate::domain::month::name;
use crate::domain::month::standing::baseline;
use crate::domain::month::trend::{MONTHS, Point, trend};
use crate::util::text::count;

/// The page, for the months up to the time of printing.
pub fn build(book: &Book, spec: Spec) -> Layout {
    let source = Source::new(book, spec);
    let points = trend(book, spec.printed_at, MONTHS);
    let mut layout = source.landscape("Months beside each other");
    layout.subtitle = format!("Until {}", source.instant(spec.printed_at));
    if points.is_empty() {
        layout.paragraph("Nothing was imported and no month was sealed yet.");
        return layout;
    }
    for point in points.iter().filter(|point| !point.intact) {
        layout.warn(format!(
            "{} is {ALTERED}: the digest of a seal does not fit what it holds. Do not rely on its figures.",
            name::text(&point.month)
        ));
    }
    layout.push(Block::Trend(chart(&points)));
    layout.note(
        "Bars: machines in scope by segment. Line: deadline rate (M3, gross) in per cent. A month in brackets was not sealed: it is told \
         from what is known now. A restated month shows its newest seal; a hollow diamond is the rate that was sealed first. The line \
         breaks where the definitions changed.",
    );
    if let Some(known) = baseline(book) {
        layout.paragraph(format!("Baseline: {}, {}.", known.name, source.instant(known.taken_at)));
    }
    layout.table(table(&points));
    layout.bar_chart(until_95(&points));
    layout.bar_chart(installed(&points));
    layout
}

/// The chart of a trend, for paper.
pub fn chart(points: &[Point]) -> Trend {
    let month = |point: &Point| TrendMonth {
        label: short(&point.month),
        counts: point.values.segments.to_vec(),
        per_mille: point.values.deadline_per_mille(),
        first: point.first.as_ref().and_then(super::super::domain::month::trend::Values::deadline_per_mille),
        sealed: point.seal.is_some(),
        breaks: point.breaks,
    };
    Trend {
        caption: "Machines by segment, and the deadline rate".to_owned(),
        keys: parts([0; 6]),
        months: points.iter().map(month).collect(),
    }
}

/// `Nov 26`.
pub fn short(month: &str) -> String {
    name::first_day(month).map_or_else(|| month.to_owned(), |day| day.format("%b\u{a0}%y").to_string())
}

fn label(point: &Point) -> String {
    if point.seal.is_some() { short(&point.month) } else { format!("({})", short(&point.month)) }
}

fn until_95(points: &[Point]) -> BarChart {
    let bar = |point: &Point| match point.values.until_95_secs {
        Some(secs) => {
            let days = secs as f64 / 86_400.0;
            Bar::new(label(point), days, days_text(secs as f64)).filled(Tone::Accent, Pattern::Solid)
        }
        None => Bar::new(label(point), 0.0, point.values.until_95_text.clone()),
    };
    BarChart {
        caption: "M7: days until 95 % of the month's own releases were satisfied, as of its end".to_owned(),
        direction: Direction::Across,
        bars: points.iter().map(bar).collect(),
        full: None,
    }
}

fn installed(points: &[Point]) -> BarChart {
    let bar = |point: &Point| match point.values.installed_days {
        Some(days) => Bar::new(label(point), days as f64, count(days)).filled(Tone::Accent, Pattern::Rising),
        None => Bar::new(label(point), 0.0, "nothing installed"),
    };
    BarChart {
        caption: "Median age in days of the newest update that machines show installed".to_owned(),
        direction: Direction::Across,
        bars: points.iter().map(bar).collect(),
        full: None,
    }
}

fn table(points: &[Point]) -> Table {
    let mut columns = vec![Column::text("Month").weight(1.2), Column::text("State").weight(1.4)];
    columns.extend(Segment::ALL.iter().map(|segment| Column::number(segment.text())));
    columns.push(Column::text("M3").weight(2.6));
    columns.push(Column::text("M7 To 95 %").weight(1.2));
    columns.push(Column::number("Age, days"));
    columns.push(Column::text("Definitions").weight(1.2));
    let mut table = Table::new("The same in numbers", columns);
    for point in points {
        table.row(line(point, &point.values, state(point)));
        if let Some(first) = &point.first {
            table.row(line(point, first, "sealed first".to_owned()));
        }
    }
    table
}

fn state(point: &Point) -> String {
    let words = match (point.seal, point.running) {
        (Some(_), _) if point.first.is_some() => "sealed, restated",
        (Some(_), _) => "sealed",
        (None, true) => "running, not sealed",
        (None, false) => "not sealed",
    };
    if point.intact { words.to_owned() } else { format!("{words}, {ALTERED}") }
}

fn line(point: &Point, values: &crate::domain::month::trend::Values, state: String) -> Vec<String> {
    let mut row = vec![name::text(&point.month), state];
    row.extend(values.segments.iter().map(|n| count(*n)));
    row.push(values.deadline_text.clone());
    row.push(values.until_95_text.clone());
    row.push(values.installed_days.map_or_else(|| "none".to_owned(), count));
    row.push(if point.breaks { format!("{} (new)", point.definitions) } else { point.definitions.clone() });
    row
}
