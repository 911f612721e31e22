//! Paper: parameters in, a PDF on the disk and a note in the history out.

pub mod choice;

use std::path::Path;

use crate::domain::book::Book;
use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::month;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::month::standing::seal_of;
use crate::domain::month::{SealId, name};
use crate::pdf;
use crate::report::layout::Layout;
use crate::report::{
    actions, calendar, certificate, change, comparison, document, meeting, monthly, night, posture, roles,
    run_sheet, schedule, sealed, sheet, status, trend, waiver,
};
use crate::store::Printed;
use crate::util::clock;
use crate::util::file::write_whole;
use crate::util::hash::{hex, sha256};

use super::engine::Engine;
use super::error::{Error, ErrorKind};

pub use choice::{Paper, PaperKind, SideId};

const PROGRAM: &str = concat!("Patchbook ", env!("CARGO_PKG_VERSION"));

/// Which paper, and as of when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spec {
    /// Which paper.
    pub paper: Paper,
    /// The compliance report as of which instant, UTC seconds; `None` for now. The other papers tell of now.
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

/// Prints a paper, whole or not at all, and notes it in the history.
pub fn print(engine: &mut Engine, spec: &Spec, path: &Path) -> Result<Outcome, Error> {
    let printed_at = engine.context().clock.now_at();
    let layout = layout(engine, spec, printed_at)?;
    let rendered = (layout.title.clone(), laid_out(&layout)?);
    write_whole(path, &rendered.1.bytes).map_err(|e| Error::io("cannot write the paper", path, &e))?;
    let sha256 = hex(&sha256(&rendered.1.bytes));
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let title = rendered.0;
    engine.record_printed(&Printed { title, file, sha256: sha256.clone() })?;
    Ok(Outcome { pages: rendered.1.pages, warnings: rendered.1.warnings, sha256 })
}

/// The pages of a paper.
pub fn render(engine: &Engine, spec: &Spec, printed_at: i64) -> Result<pdf::Rendered, Error> {
    laid_out(&layout(engine, spec, printed_at)?)
}

fn laid_out(layout: &Layout) -> Result<pdf::Rendered, Error> {
    pdf::render(layout)
        .map_err(|e| Error::new(ErrorKind::Machine, format!("cannot lay out the paper: {e}"), ""))
}

/// A paper as blocks of meaning.
pub fn layout(engine: &Engine, spec: &Spec, printed_at: i64) -> Result<Layout, Error> {
    let book = engine.book();
    let sheet = sheet::Spec { printed_at, program: PROGRAM };
    let today = clock::day_in(clock::zone(&book.shop.zone), printed_at);
    let found = match spec.paper {
        Paper::Monthly => Some(
            sealed_at(book, spec)
                .and_then(|seal| sealed::build(book, sheet, seal))
                .unwrap_or_else(|| monthly_layout(engine, spec, printed_at)),
        ),
        Paper::Calendar(month_on) => Some(calendar::build(book, sheet, month_on)),
        Paper::Schedule(cycle) => schedule::build(book, sheet, cycle),
        Paper::RunSheet(run) => run_sheet::build(book, sheet, run),
        Paper::Night(run) => night::build(book, sheet, run),
        Paper::Roles => Some(roles::build(book, sheet, today)),
        Paper::Change(record) => change::build(book, sheet, record),
        Paper::ChangeLine(line) => change::build_line(book, sheet, line),
        Paper::Changes(cycle) => change::build_list(book, sheet, cycle),
        Paper::Status(cycle) => status::build(book, sheet, cycle),
        Paper::Waiver(request) => waiver::build(book, sheet, request),
        Paper::Waivers => Some(waiver::build_register(book, sheet)),
        Paper::Agenda(meeting) => meeting::build_agenda(book, sheet, meeting),
        Paper::Minutes(meeting) | Paper::Review(meeting) => meeting::build_minutes(book, sheet, meeting),
        Paper::Actions => Some(actions::build(book, sheet)),
        Paper::Document(version) => document::build(book, sheet, version),
        Paper::Sealed(seal) => sealed::build(book, sheet, seal),
        Paper::Certificate(seal) => certificate::build(book, sheet, seal),
        Paper::Posture(row) => posture::build(book, sheet, row),
        Paper::Comparison(before, after) => {
            let sides = before.of(book).zip(after.of(book));
            sides.map(|(before, after)| comparison::build(book, sheet, before, after))
        }
        Paper::Trend => Some(trend::build(book, sheet)),
    };
    found.ok_or_else(|| {
        let text = format!("cannot print: {}", spec.paper.kind().text());
        Error::new(ErrorKind::Input, text, "What it is about is no longer in the register: choose another.")
    })
}

/// The seal whose instant was asked for: a sealed month is printed from its seal. The end of a month in the shop's zone of today stands
/// for that month too, so that another zone makes no sealed month a counted one.
fn sealed_at(book: &Book, spec: &Spec) -> Option<SealId> {
    let at = spec.as_of_at?;
    // A month was sealed in the zone that the shop had then; its end is looked for in both.
    let of_then = book.seals.iter().filter(|seal| seal.as_of_at == at).max_by_key(|seal| seal.number);
    let month = name::month_at(book, at);
    let of_now = seal_of(book, &month).filter(|_| name::end_at(book, &month) == Some(at));
    of_then.or(of_now).map(|seal| seal.id)
}

fn monthly_layout(engine: &Engine, spec: &Spec, printed_at: i64) -> Layout {
    let book = engine.book();
    let as_of_at = spec.as_of_at.unwrap_or(printed_at);
    let who = |table, id| engine.recorded_by(table, id);
    let monthly_spec = monthly::Spec {
        as_of_at,
        period: period(book, as_of_at),
        printed_at,
        program: PROGRAM,
        recorded_by: &who,
    };
    monthly::build(book, &monthly_spec)
}
