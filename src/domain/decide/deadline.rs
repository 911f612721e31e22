//! Rule sets, and changes of deadlines that wait for the policy.

use super::super::book::Book;
use super::super::command::{DeadlineCommand, Decision, Issues};
use super::{Moment, refused};

pub(super) fn decide(
    _book: &Book,
    command: DeadlineCommand,
    _moment: Moment<'_>,
) -> Result<Decision, Issues> {
    Err(refused(format!("This cannot be done yet: {command:?}.")))
}

/// What comes into force with a ratified version of the policy.
pub fn come_into_force(
    _book: &Book,
    _version: &crate::domain::document::DocumentVersion,
    _moment: Moment<'_>,
) -> Vec<crate::domain::row::RowChange> {
    Vec::new()
}
