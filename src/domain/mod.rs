//! What patching is: plain data and the rules over it.
//!
//! Invariant: no files, no clock, no database, no window. Every instant and every id comes in as an argument, so one
//! implementation serves the window, the console, the paper and a replay of the log.

pub mod action;
pub mod approval;
pub mod asset;
pub mod attestation;
pub mod batch;
pub mod book;
pub mod calendar;
pub mod case;
pub mod change;
pub mod command;
pub mod committee;
pub mod compliance;
pub mod counting;
pub mod cycle;
pub mod deadline;
pub mod decide;
pub mod document;
pub mod emergency;
pub mod gate;
pub mod group;
pub mod lifecycle;
pub mod meeting;
pub mod month;
pub mod notice;
pub mod pair;
pub mod person;
pub mod practice;
pub mod programme;
pub mod query;
pub mod rating;
pub mod review;
pub mod risk;
pub mod role;
pub mod row;
pub mod ruleset;
pub mod run;
pub mod shelf;
pub mod shop;
pub mod source;
pub mod stamp;
pub mod standing;
pub mod threat;
pub mod timeline;
pub mod undo;
pub mod update;
pub mod waiver;
