//! Ratings, go/no-go decisions, known conflicts, prerequisites.

use super::super::book::Book;
use super::super::command::{Decision, Issues, RiskCommand};
use super::{Moment, refused};

pub(super) fn decide(_book: &Book, command: RiskCommand, _moment: Moment<'_>) -> Result<Decision, Issues> {
    Err(refused(format!("This cannot be done yet: {command:?}.")))
}
