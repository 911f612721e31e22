//! Change records on paper: one as a form to sign, one of its lines as a form of its own, the month's list.

mod decision;
mod form;
mod line;
mod list;

pub use form::build;
pub use line::build as build_line;
pub use list::build as build_list;
pub(super) use list::{approved, remarks};
