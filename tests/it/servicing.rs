//! End of servicing: which row of the table a product is, what holds when, what may be recorded, and a newer table.

mod console;
mod matching;
mod recording;
mod standing;
mod table;

use chrono::NaiveDate;
use patchbook::domain::book::Book;
use patchbook::domain::lifecycle::starting;
use patchbook::util::id::Ids;

pub use super::compliance::maker::{Maker, at};
pub use super::decision::{ask, done, refusal};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The shipped table, recorded at the begin of 2026.
pub fn with_table(mut book: Book) -> Book {
    assert!(book.apply(&starting(&Ids::seeded(3), at(1, 1, 0))).expect("rows"));
    book
}
