//! What patching is: plain data and the rules over it.
//!
//! Invariant: no files, no clock, no database, no window. Every instant and every id comes in as an argument, so one
//! implementation serves the window, the console, the paper and a replay of the log.

pub mod asset;
pub mod attestation;
pub mod batch;
pub mod book;
pub mod calendar;
pub mod command;
pub mod compliance;
pub mod deadline;
pub mod decide;
pub mod group;
pub mod pair;
pub mod person;
pub mod query;
pub mod rating;
pub mod row;
pub mod shelf;
pub mod shop;
pub mod source;
pub mod stamp;
pub mod standing;
pub mod timeline;
pub mod update;
pub mod waiver;
