//! Roles, assignments, the matrix, accepted conflicts.

use super::super::book::Book;
use super::super::command::{Decision, Issues, RoleCommand};
use super::{Moment, refused};

pub(super) fn decide(_book: &Book, command: RoleCommand, _moment: Moment<'_>) -> Result<Decision, Issues> {
    Err(refused(format!("{command:?} is not understood by this version.")))
}
