//! What goes on paper: a book and a date become a `Layout` of blocks. No fonts, no points, no clock.

pub mod ics;
pub mod layout;
pub mod monthly;
