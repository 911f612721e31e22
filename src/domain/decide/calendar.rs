//! Release rules, closures, maintenance windows, cycle templates.

use super::super::book::Book;
use super::super::command::{CalendarCommand, Decision, Issues};
use super::{Moment, refused};

pub(super) fn decide(
    _book: &Book,
    command: CalendarCommand,
    _moment: Moment<'_>,
) -> Result<Decision, Issues> {
    Err(refused(format!("{command:?} is not understood by this version.")))
}
