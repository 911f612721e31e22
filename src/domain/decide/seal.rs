//! Frozen months and postures.

use super::super::book::Book;
use super::super::command::{Decision, Issues, MonthCommand};
use super::{Moment, refused};

pub(super) fn decide(_book: &Book, command: MonthCommand, _moment: Moment<'_>) -> Result<Decision, Issues> {
    Err(refused(format!("This cannot be done yet: {command:?}.")))
}
