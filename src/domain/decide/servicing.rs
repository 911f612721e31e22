//! End of servicing and proofs of extended support.

use super::super::book::Book;
use super::super::command::{Decision, Issues, ServicingCommand};
use super::{Moment, refused};

pub(super) fn decide(
    _book: &Book,
    command: ServicingCommand,
    _moment: Moment<'_>,
) -> Result<Decision, Issues> {
    Err(refused(format!("This cannot be done yet: {command:?}.")))
}
