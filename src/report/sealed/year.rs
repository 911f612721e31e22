//! The sealed months up to this one beside each other, each from its newest seal that was known when this one was sealed.

use super::Source;
use crate::domain::month::Seal;
use crate::domain::month::canonical::verify_seal;
use crate::domain::month::standing::seals_of;
use crate::domain::month::trend::{MONTHS, Point, Values};
use crate::report::layout::Layout;

pub(super) fn year(source: &Source<'_>, layout: &mut Layout) {
    let points = points(source);
    crate::report::monthly::year::months(&points, layout);
    layout.paragraph(
        "Beside this month stand the months that were sealed before it; what was sealed or restated later is not shown.",
    );
}

fn points(source: &Source<'_>) -> Vec<Point> {
    let (book, seal) = (source.book, source.seal);
    let mut months: Vec<&str> = book.seals.iter().map(|other| other.month.as_str()).collect();
    months.retain(|month| *month <= seal.month.as_str());
    months.sort_unstable();
    months.dedup();
    let first = months.len().saturating_sub(MONTHS);
    let mut points: Vec<Point> = months[first..].iter().filter_map(|month| point(source, month)).collect();
    for i in 1..points.len() {
        points[i].breaks = points[i].definitions != points[i - 1].definitions;
    }
    points
}

fn point(source: &Source<'_>, month: &str) -> Option<Point> {
    // By the history, not by the clock: that can be set back.
    let known = source.seal.inputs.head_seq;
    let mut seals: Vec<&Seal> = seals_of(source.book, month);
    seals.retain(|other| other.id == source.seal.id || other.inputs.head_seq < known);
    let newest = *seals.last()?;
    let values = |seal: &Seal| Values::of(&seal.outputs.figures, month);
    Some(Point {
        month: month.to_owned(),
        as_of_at: newest.as_of_at,
        seal: Some(newest.id),
        running: false,
        definitions: newest.definitions.clone(),
        breaks: false,
        values: values(newest),
        first: seals.first().filter(|first| first.id != newest.id).map(|first| values(first)),
        intact: seals.iter().all(|seal| verify_seal(seal)),
    })
}
