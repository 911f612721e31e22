//! Emergencies and their interim measures.

use super::super::book::Book;
use super::super::command::{Decision, EmergencyCommand, Issues};
use super::{Moment, refused};

pub(super) fn decide(
    _book: &Book,
    command: EmergencyCommand,
    _moment: Moment<'_>,
) -> Result<Decision, Issues> {
    Err(refused(format!("{command:?} is not understood by this version.")))
}
