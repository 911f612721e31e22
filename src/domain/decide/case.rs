//! The business case.

use super::super::book::Book;
use super::super::command::{CaseCommand, Decision, Issues};
use super::{Moment, refused};

pub(super) fn decide(_book: &Book, command: CaseCommand, _moment: Moment<'_>) -> Result<Decision, Issues> {
    Err(refused(format!("This cannot be done yet: {command:?}.")))
}
