//! Paper: parameters in, a PDF on the disk and a note in the history out.

use std::path::Path;

use crate::domain::book::Book;
use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::month;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::pdf;
use crate::report::monthly;
use crate::store::Printed;
use crate::util::clock;
use crate::util::file::write_whole;
use crate::util::hash::{hex, sha256};

use super::engine::Engine;
use super::error::{Error, ErrorKind};

/// What a monthly report is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spec {
    /// As of which instant, UTC seconds; `None` for now.
    pub as_of_at: Option<i64>,
}

/// What was printed.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How many pages.
    pub pages: usize,
    /// What could not be printed as it is, and what stands in its place.
    pub warnings: Vec<String>,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

/// The figures of a register as of an instant, for the month that ends there.
pub fn figures(book: &Book, as_of_at: i64) -> Figures {
    View::new(book, as_of_at).figures(period(book, as_of_at))
}

/// The reporting period of an instant: the calendar month it lies in, in the shop's zone; before that month's Patch Tuesday the
/// month before (`metrics.md` rule 7).
pub fn period(book: &Book, as_of_at: i64) -> Period {
    let zone = clock::zone(&book.shop.zone);
    month::month_period(zone, month::reference_month(clock::day_in(zone, as_of_at)))
}

/// Prints the monthly compliance report, whole or not at all, and notes it in the history.
pub fn print(engine: &mut Engine, spec: &Spec, path: &Path) -> Result<Outcome, Error> {
    let printed_at = engine.context().clock.now_at();
    let rendered = render(engine, spec, printed_at)?;
    write_whole(path, &rendered.bytes).map_err(|e| Error::io("cannot write the report", path, &e))?;
    let sha256 = hex(&sha256(&rendered.bytes));
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let title = "Monthly compliance report".to_owned();
    engine.record_printed(&Printed { title, file, sha256: sha256.clone() })?;
    Ok(Outcome { pages: rendered.pages, warnings: rendered.warnings, sha256 })
}

/// The pages of the monthly compliance report.
pub fn render(engine: &Engine, spec: &Spec, printed_at: i64) -> Result<pdf::Rendered, Error> {
    let layout = layout(engine, spec, printed_at);
    pdf::render(&layout)
        .map_err(|e| Error::new(ErrorKind::Machine, format!("cannot lay out the report: {e}"), ""))
}

/// The report as blocks of meaning.
pub fn layout(engine: &Engine, spec: &Spec, printed_at: i64) -> crate::report::layout::Layout {
    let book = engine.book();
    let as_of_at = spec.as_of_at.unwrap_or(printed_at);
    let who = |table, id| engine.recorded_by(table, id);
    let monthly_spec = monthly::Spec {
        as_of_at,
        period: period(book, as_of_at),
        printed_at,
        program: concat!("Patchbook ", env!("CARGO_PKG_VERSION")),
        recorded_by: &who,
    };
    monthly::build(book, &monthly_spec)
}
