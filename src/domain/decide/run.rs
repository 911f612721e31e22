//! Runbooks, patch nights and their log.

use super::super::book::Book;
use super::super::command::{Decision, Issues, RunCommand};
use super::{Moment, refused};

pub(super) fn decide(_book: &Book, command: RunCommand, _moment: Moment<'_>) -> Result<Decision, Issues> {
    Err(refused(format!("{command:?} is not understood by this version.")))
}
