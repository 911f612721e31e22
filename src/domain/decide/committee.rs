//! Committee, contacts, meetings, actions.

use super::super::book::Book;
use super::super::command::{CommitteeCommand, Decision, Issues};
use super::{Moment, refused};

pub(super) fn decide(
    _book: &Book,
    command: CommitteeCommand,
    _moment: Moment<'_>,
) -> Result<Decision, Issues> {
    Err(refused(format!("{command:?} is not understood by this version.")))
}
