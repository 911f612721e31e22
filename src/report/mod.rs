//! What goes on paper: a book and a date become a `Layout` of blocks. No fonts, no points, no clock.
//!
//! [`monthly`] is the compliance report. The others are the papers of the month, one file each, dressed alike by [`sheet`].

pub mod calendar;
pub mod change;
pub mod layout;
pub mod monthly;
pub mod roles;
pub mod run_sheet;
pub mod schedule;
pub mod sheet;
