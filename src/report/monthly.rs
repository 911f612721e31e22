//! The monthly compliance report.

use crate::domain::book::Book;
use crate::domain::compliance::outcome::Period;
use crate::domain::row::Table;

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

/// Stands in until the content lands.
pub fn build(_book: &Book, _spec: &Spec<'_>) -> Layout {
    Layout::default()
}

/// Stands in until the content lands.
pub fn period(_zone: chrono_tz::Tz, as_of_at: i64) -> Period {
    Period { from_at: as_of_at - 30 * 86_400, to_at: as_of_at }
}
