//! Months beside each other (requirement S0-04): segments, deadline rate, days to 95 %, age of what is installed.
//!
//! A sealed month is drawn from its newest seal, as everywhere; what was sealed first is marked beside it. A month that nobody
//! sealed is counted from what is known now and says so. Where the definitions changed, the line breaks.

use super::canonical::verify_seal;
use super::measure::segments;
use super::standing::seals_of;
use super::{Seal, SealId, SealOutputs, SealedFigure, measure, name};
use crate::domain::book::Book;
use crate::domain::compliance::DEFINITIONS;

/// The months that are shown unless somebody asks for others.
pub const MONTHS: usize = 12;

/// One month of a trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// `2026-11`.
    pub month: String,
    /// The instant of its figures, UTC seconds.
    pub as_of_at: i64,
    /// The newest seal; `None`: not sealed.
    pub seal: Option<SealId>,
    /// The month has not ended: as it stands so far.
    pub running: bool,
    /// Version of the definitions.
    pub definitions: String,
    /// The definitions differ from the month before: the line breaks in front of this point.
    pub breaks: bool,
    /// The values.
    pub values: Values,
    /// The values as they were sealed first, where the month was restated.
    pub first: Option<Values>,
    /// The digests of its seals fit what they hold; so they do where there is none.
    pub intact: bool,
}

/// What a trend shows of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Machines by segment, in the order of [`crate::domain::compliance::machine::Segment::ALL`].
    pub segments: [u64; 6],
    /// M3 gross: met, and due in the month.
    pub deadline: (u64, u64),
    /// M3 as printed.
    pub deadline_text: String,
    /// M7 of the month's own releases, as of the month's end: seconds; `None`: not reached by then, or nothing was released.
    pub until_95_secs: Option<u64>,
    /// M7 as printed.
    pub until_95_text: String,
    /// Median age of what is installed, days.
    pub installed_days: Option<u64>,
}

impl Values {
    /// Reads them off figures. `month`: whose releases M7 is about.
    pub fn of(figures: &[SealedFigure], month: &str) -> Self {
        let figure = |id: &str| figures.iter().find(|figure| figure.id == id);
        let part = |id: &str| figure(id).and_then(|figure| figure.part).map(i64::unsigned_abs);
        let deadline = figure("M3");
        let until_95 = format!("M7/{month}");
        Self {
            segments: segments(figures),
            deadline: (
                part("M3").unwrap_or(0),
                deadline.and_then(|figure| figure.whole).map_or(0, i64::unsigned_abs),
            ),
            deadline_text: deadline.map_or_else(String::new, |figure| figure.text.clone()),
            until_95_secs: part(&until_95),
            until_95_text: figure(&until_95)
                .map_or_else(|| "nothing released".to_owned(), |figure| figure.text.clone()),
            installed_days: part("age"),
        }
    }

    /// The deadline rate in tenths of a percent, cut off; `None` where nothing was due.
    pub fn deadline_per_mille(&self) -> Option<u64> {
        (self.deadline.1 > 0).then(|| self.deadline.0 * 1000 / self.deadline.1)
    }
}

/// The months up to the one of an instant (UTC seconds), oldest first, at most `months`; none from before the register knew
/// anything.
pub fn trend(book: &Book, now_at: i64, months: usize) -> Vec<Point> {
    let newest = name::month_at(book, now_at);
    let Some(oldest) = oldest_month(book) else { return Vec::new() };
    let mut names = vec![newest.clone()];
    while names.len() < months.max(1) {
        let Some(before) =
            names.last().and_then(|month| name::before(month)).filter(|month| *month >= oldest)
        else {
            break;
        };
        names.push(before);
    }
    let mut points: Vec<Point> = names.iter().rev().filter_map(|month| point(book, month, now_at)).collect();
    for i in 1..points.len() {
        points[i].breaks = points[i].definitions != points[i - 1].definitions;
    }
    points
}

fn point(book: &Book, month: &str, now_at: i64) -> Option<Point> {
    let period = name::period(book, month)?;
    let seals = seals_of(book, month);
    let of = |seal: &Seal| Values::of(&seal.outputs.figures, month);
    if let Some(newest) = seals.last() {
        return Some(Point {
            month: month.to_owned(),
            as_of_at: newest.as_of_at,
            seal: Some(newest.id),
            running: false,
            definitions: newest.definitions.clone(),
            breaks: false,
            values: of(newest),
            first: seals.first().filter(|first| first.id != newest.id).map(|first| of(first)),
            intact: seals.iter().all(|seal| verify_seal(seal)),
        });
    }
    let as_of_at = now_at.min(period.to_at - 1);
    let outputs: SealOutputs = measure::outputs(book, as_of_at, period, &|_, _| None);
    Some(Point {
        month: month.to_owned(),
        as_of_at,
        seal: None,
        running: now_at < period.to_at,
        definitions: DEFINITIONS.to_owned(),
        breaks: false,
        values: Values::of(&outputs.figures, month),
        first: None,
        intact: true,
    })
}

/// The first month that the register knows anything of: `2026-04`.
pub fn oldest_month(book: &Book) -> Option<String> {
    let imports = book.batches.iter().filter(|batch| batch.voided_at.is_none());
    let first = imports.map(|batch| batch.as_of_at).min().map(|at| name::month_at(book, at));
    let sealed = book.seals.iter().map(|seal| seal.month.clone()).min();
    [first, sealed].into_iter().flatten().min()
}
