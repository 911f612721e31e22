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
