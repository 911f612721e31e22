//! Readers: the bytes of other tools' files become source-neutral rows and remarks about them.
//!
//! Owns recognising a file by its content, decoding it, reading it in a stream, typing its cells, and answering files it
//! does not read by name. It never writes, never opens the store, never matches a row against the register, and never
//! asks what time it is: file times are arguments. Bad input is data ([`RowIssue`], [`Outcome`]); an error is only a
//! cancelled or empty request ([`Refused`]).
//!
//! ```text
//! Input -> source (chunks, cap, SHA-256) -> sniff (what is it?) -> encoding -> csv (guarded records)
//!       -> mapping (which column means what) -> table (typed, interned rows) -> ReadSet
//! ```

mod answer;
mod csv;
pub mod date;
pub mod encoding;
pub mod identity;
pub mod lifecycle;
pub mod mail;
mod manifest;
pub mod mapping;
pub mod plan;
pub mod question;
mod read;
mod report;
pub mod row;
pub mod scope;
pub mod sniff;
pub mod source;
pub mod state;
mod table;
pub mod threat;

pub use mapping::{Mapping, Role};
pub use question::{Answers, Profile, Question, QuestionKind};
pub use read::read;
pub use report::{Control, FileReport, IssueList, Outcome, Progress, ReadSet, Refused};
pub use row::{
    Approval, ComputerRow, IdSpace, IssueKind, Manifest, RowIssue, SourceKey, State, StateRow,
    SubscriptionKind, SubscriptionRow, SupersedesRow, UpdateRow,
};
pub use scope::FileScope;
pub use sniff::{FileKind, Recognised};
pub use source::{Content, Input};
