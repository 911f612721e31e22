//! Waiver requests along their states.

use super::super::book::Book;
use super::super::command::{Decision, Issues, WaiverCommand};
use super::{Moment, refused};

pub(super) fn decide(_book: &Book, command: WaiverCommand, _moment: Moment<'_>) -> Result<Decision, Issues> {
    Err(refused(format!("{command:?} is not understood by this version.")))
}
