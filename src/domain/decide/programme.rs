//! The programme's lists.

use super::super::book::Book;
use super::super::command::{Decision, Issues, ProgrammeCommand};
use super::{Moment, refused};

pub(super) fn decide(
    _book: &Book,
    command: ProgrammeCommand,
    _moment: Moment<'_>,
) -> Result<Decision, Issues> {
    Err(refused(format!("This cannot be done yet: {command:?}.")))
}
