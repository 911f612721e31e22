//! The last twelve months beside each other and beside the baseline. Sealed months come from their seals.

use crate::domain::compliance::DEFINITIONS;
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::ratio::{Ratio, days_text};
use crate::domain::month::canonical::ALTERED;
use crate::domain::month::name;
use crate::domain::month::standing::{baseline, seal_of};
use crate::domain::month::trend::{MONTHS, Point, Values, oldest_month, trend};
use crate::report::layout::{Block, Column, Layout, Table};
use crate::report::trend::chart;
use crate::util::text::count;

use super::Source;
use super::words::share;

pub(super) fn year(source: &Source<'_>, layout: &mut Layout) {
    months(&points(source), layout);
    let known = baseline(source.book).filter(|posture| posture.taken_at < source.spec.as_of_at);
    layout.paragraph(match known {
        Some(posture) => {
            let text = |id: &str| {
                let found = posture.figures.iter().find(|figure| figure.id == id);
                found.map_or("not counted", |figure| figure.text.as_str())
            };
            format!(
                "Baseline {}, {}: within deadline {}; deadline rate {}; overdue {}.",
                posture.name,
                source.instant(posture.taken_at),
                text("M1"),
                text("M3"),
                text("M5")
            )
        }
        None => "No baseline was taken: the months stand beside each other only.".to_owned(),
    });
}

/// The month of the report with the figures of this report, unless it is sealed, behind those before it.
fn points(source: &Source<'_>) -> Vec<Point> {
    let (book, period) = (source.book, source.spec.period);
    let until_at = source.spec.as_of_at.min(period.to_at - 1);
    let this = name::month_at(book, period.from_at);
    let Some(oldest) = oldest_month(book).filter(|oldest| *oldest <= this) else { return Vec::new() };
    if seal_of(book, &this).is_some() {
        return trend(book, until_at, MONTHS);
    }
    let mut points = if oldest < this { trend(book, period.from_at - 1, MONTHS - 1) } else { Vec::new() };
    let own = DEFINITIONS.to_owned();
    points.push(Point {
        as_of_at: source.spec.as_of_at,
        seal: None,
        running: until_at < period.to_at - 1,
        breaks: points.last().is_some_and(|before| before.definitions != own),
        definitions: own,
        values: Values::of(&source.measured, &this),
        first: None,
        intact: true,
        month: this,
    });
    points
}

/// Chart and table of months; also what a sealed report prints of the seals before it.
pub(in crate::report) fn months(points: &[Point], layout: &mut Layout) {
    layout.heading_at(1, "Twelve months", "year");
    if points.is_empty() {
        layout.paragraph("Nothing was imported and no month was sealed yet.");
        return;
    }
    for point in points.iter().filter(|point| !point.intact) {
        layout.warn(format!(
            "{} is {ALTERED}: the digest of a seal does not fit what it holds. Do not rely on its figures.",
            name::text(&point.month)
        ));
    }
    layout.push(Block::Trend(chart(points)));
    let columns = vec![
        Column::text("Month").weight(1.0),
        Column::text("State"),
        Column::number("In scope"),
        Column::number("Within deadline"),
        Column::number("M1"),
        Column::number("Overdue"),
        Column::number("Due"),
        Column::number("Met"),
        Column::number("M3"),
        Column::number("M7 To 95 %"),
        Column::number("Age, days"),
    ];
    let mut table = Table::new("The same in numbers", columns);
    for point in points {
        let state = match (point.seal, point.running) {
            (Some(_), _) if point.first.is_some() => "restated",
            (Some(_), _) => "sealed",
            (None, true) => "running",
            (None, false) => "not sealed",
        };
        table.row(line(name::text(&point.month), state, &point.values));
    }
    layout.table(table);
    layout.note(
        "Bars: machines in scope by segment. Line: deadline rate (M3, gross) in per cent. A month that was not sealed, in brackets in the \
         figure, is told from what is known now. A hollow diamond is the rate that was sealed first. The line breaks where the definitions \
         changed.",
    );
}

fn line(name: String, state: &str, values: &Values) -> Vec<String> {
    let scope: u64 = values.segments.iter().sum();
    let within = values.segments[Segment::UpToDate as usize] + values.segments[Segment::InTime as usize];
    let (met, due) = values.deadline;
    vec![
        name,
        state.to_owned(),
        count(scope),
        count(within),
        share(Ratio::good(within, scope)),
        count(values.segments[Segment::Overdue as usize]),
        count(due),
        count(met),
        share(Ratio::good(met, due)),
        values.until_95_secs.map_or_else(|| values.until_95_text.clone(), |secs| days_text(secs as f64)),
        values.installed_days.map_or_else(|| "none".to_owned(), count),
    ]
}
