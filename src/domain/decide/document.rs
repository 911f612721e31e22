//! Documents and their versions.

use super::super::book::Book;
use super::super::command::{Decision, DocumentCommand, Issues};
use super::{Moment, refused};

pub(super) fn decide(
    _book: &Book,
    command: DocumentCommand,
    _moment: Moment<'_>,
) -> Result<Decision, Issues> {
    Err(refused(format!("This cannot be done yet: {command:?}.")))
}
