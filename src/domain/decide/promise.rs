//! What a register starts with for the promise: technology domains, the table of support ends, the programme's lists. A register
//! that was begun before these tables came is given the same.

use super::super::book::Book;
use super::super::row::RowChange;
use super::super::{gate, lifecycle, programme};
use crate::util::id::Ids;

/// The name of the operation that brings them to an older register.
pub const BEGIN_PROMISE: &str = "Begin the promise's tables";

/// The rows that a new register starts with. None refers to a row of another table.
pub(super) fn starting_rows(ids: &Ids) -> Vec<RowChange> {
    // The support ends are facts of the vendor, known for all time.
    let mut rows = lifecycle::shipped::starting(ids, 0);
    rows.extend(gate::rule::starting(ids));
    rows.extend(programme::shipped::starting(ids, 0));
    rows
}

/// The rows of the promise's tables that a new register starts with, for a register that has no row in any of them; else nothing.
pub fn promise_rows(book: &Book, ids: &Ids) -> Vec<RowChange> {
    let begun = [
        book.catalogues.len(),
        book.domains.len(),
        book.lifecycles.len(),
        book.documents.len(),
        book.rule_sets.len(),
        book.programme.len(),
        book.cases.len(),
        book.seals.len(),
        book.postures.len(),
    ];
    if begun.into_iter().any(|rows| rows > 0) { Vec::new() } else { starting_rows(ids) }
}
