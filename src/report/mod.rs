//! What goes on paper: a book and a date become a `Layout` of blocks. No fonts, no points, no clock. Notices become
//! mail drafts the same way.
//!
//! [`monthly`] is the compliance report. The others are the papers of the month, one file each, dressed alike by [`sheet`].

pub mod actions;
pub mod calendar;
pub mod certificate;
pub mod change;
pub mod comparison;
pub mod document;
pub mod ics;
pub mod layout;
pub mod mail;
pub mod meeting;
pub mod monthly;
pub mod night;
pub mod posture;
pub mod roles;
pub mod run_sheet;
pub mod schedule;
pub mod sealed;
pub mod sheet;
pub mod status;
pub mod trend;
pub mod waiver;
