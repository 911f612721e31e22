//! What goes on paper: a book and a date become a `Layout` of blocks. No fonts, no points, no clock. Notices become
//! mail drafts the same way.

pub mod ics;
pub mod layout;
pub mod mail;
pub mod monthly;
