//! Threat data: what a file says that is new.

use super::super::book::Book;
use super::super::command::{Decision, Issues, ThreatCommand};
use super::{Moment, refused};

pub(super) fn decide(_book: &Book, command: ThreatCommand, _moment: Moment<'_>) -> Result<Decision, Issues> {
    Err(refused(format!("This cannot be done yet: {command:?}.")))
}
