//! Approvals: who decided what, and whether they could.

use super::super::book::Book;
use super::super::command::{ApprovalCommand, Decision, Issues};
use super::{Moment, refused};

pub(super) fn decide(
    _book: &Book,
    command: ApprovalCommand,
    _moment: Moment<'_>,
) -> Result<Decision, Issues> {
    Err(refused(format!("{command:?} is not understood by this version.")))
}
