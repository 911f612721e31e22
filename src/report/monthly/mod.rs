//! The monthly compliance report: what the figures are, what they open into, and how far they can be trusted.
//!
//! Pure: the same Book and [`Spec`] give the same [`Layout`]. Prints what `domain::compliance` counted and counts nothing itself.

mod age;
mod apart;
mod appendix;
mod ask;
mod beside;
mod cover;
mod curve;
mod cut;
pub(super) mod formula;
mod happened;
mod ledger;
mod method;
mod moved;
mod overdue;
mod pace;
mod promise;
mod provenance;
mod silence;
mod summary;
pub(in crate::report) mod words;
mod work;
pub(in crate::report) mod year;

use chrono_tz::Tz;

use crate::domain::book::Book;
use crate::domain::compliance::DEFINITIONS;
use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::month::SealedFigure;
use crate::domain::month::figure;
use crate::domain::month::name;
use crate::domain::month::standing::{MonthFigures, figures_of_month};
use crate::domain::row::Table;
use crate::util::clock;

use super::layout::Layout;

/// What a report is for.
pub struct Spec<'a> {
    /// As of, UTC seconds.
    pub as_of_at: i64,
    /// The period of M3.
    pub period: Period,
    /// When it is printed, UTC seconds.
    pub printed_at: i64,
    /// Program and version.
    pub program: &'static str,
    /// Who recorded a row.
    pub recorded_by: &'a dyn Fn(Table, i64) -> Option<String>,
}

/// What every page draws from.
struct Source<'a> {
    book: &'a Book,
    spec: &'a Spec<'a>,
    view: View<'a>,
    figures: Figures,
    /// The same as a seal would keep them.
    measured: Vec<SealedFigure>,
    /// The figures of the month before, from its seal where there is one.
    former: Option<MonthFigures<'a>>,
    zone: Tz,
}

/// The report as blocks of meaning.
pub fn build(book: &Book, spec: &Spec<'_>) -> Layout {
    let view = View::new(book, spec.as_of_at);
    let figures = view.figures(spec.period);
    let measured = figure::list(&view, &figures, spec.period);
    let zone = clock::zone(&book.shop.zone);
    let this = name::name_of(clock::day_in(zone, spec.period.from_at));
    let former = name::before(&this).and_then(|month| figures_of_month(book, &month, spec.as_of_at));
    let source = Source { book, spec, view, figures, measured, former, zone };
    let mut layout = cover::cover(&source);
    summary::summary(&source, &mut layout);
    beside::beside(&source, &mut layout);
    ledger::ledger(&source, &mut layout);
    cut::cuts(&source, &mut layout);
    curve::curve(&source, &mut layout);
    pace::pace(&source, &mut layout);
    promise::promise(&source, &mut layout);
    overdue::overdue(&source, &mut layout);
    silence::silence(&source, &mut layout);
    age::ages(&source, &mut layout);
    apart::apart(&source, &mut layout);
    work::work(&source, &mut layout);
    happened::happened(&source, &mut layout);
    year::year(&source, &mut layout);
    moved::moved(&source, &mut layout);
    beside::restated(&source, &mut layout);
    provenance::provenance(&source, &mut layout);
    formula::formulas(&source.measured, DEFINITIONS, &mut layout);
    method::method(&source, &mut layout);
    appendix::appendix(&source, &mut layout);
    layout
}
