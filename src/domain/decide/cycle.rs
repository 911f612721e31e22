//! Cycles and their steps.

use super::super::book::Book;
use super::super::command::{CycleCommand, Decision, Issues};
use super::{Moment, refused};

pub(super) fn decide(_book: &Book, command: CycleCommand, _moment: Moment<'_>) -> Result<Decision, Issues> {
    Err(refused(format!("{command:?} is not understood by this version.")))
}
