//! What goes in and out of the session: requests, notices and what they carry. Plain data; nothing here answers anything.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Planned, ServicingPlanned, ThreatPlanned, look};
use crate::app::engine::{Done, Steps};
use crate::app::error::Error;
use crate::app::paper;
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::compliance::figures::Figures;
use crate::domain::shop::Shop;
use crate::import::plan::Choices;
use crate::import::{Answers, ReadSet};
use crate::store::history::{EventView, HeadCheck, OperationView};
use crate::store::verify::VerifyReport;
use crate::store::{Access, Note};

/// The open register as the window shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The register.
    pub book: Arc<Book>,
    /// Its figures as of now.
    pub figures: Arc<Figures>,
    /// The instant they are for, UTC seconds.
    pub as_of_at: i64,
    /// Where the file is.
    pub path: PathBuf,
    /// Whether it may be changed.
    pub access: Access,
    /// What was worth telling at opening.
    pub notes: Vec<Note>,
    /// What undo and redo would do.
    pub steps: Steps,
}

/// What the window asks for.
#[derive(Debug)]
pub enum Request {
    /// Make a new file.
    Create {
        /// Where.
        path: PathBuf,
        /// Its settings.
        shop: Box<Shop>,
    },
    /// Open a file.
    Open {
        /// Which.
        path: PathBuf,
        /// For writing or looking on.
        access: Access,
    },
    /// Make the sample register below a new folder and open it.
    Sample {
        /// The folder; it must not exist.
        folder: PathBuf,
    },
    /// Close the file.
    Close,
    /// Do something. The ticket comes back with the answer.
    Run {
        /// To recognise the answer.
        ticket: u64,
        /// What.
        command: Command,
    },
    /// Take back the last step.
    Undo,
    /// Bring back the last step taken back.
    Redo,
    /// Record an import as it was planned.
    Accept(Box<Accepted>),
    /// Record what a file of threat data says that is new.
    LoadThreat(Arc<crate::import::threat::ThreatRead>),
    /// Write what a table of support ends says that is new.
    LoadServicing(Arc<crate::import::lifecycle::LifecycleFile>),
    /// Print a paper.
    Print {
        /// Which, and as of when.
        spec: paper::Spec,
        /// Where.
        path: PathBuf,
    },
    /// Verify the whole file.
    Verify,
    /// Read operations of the history, and the entries of one of them.
    History {
        /// Entries of this operation as well.
        op_id: Option<i64>,
    },
    /// Whether a head printed on paper is in the history.
    CheckHead {
        /// Number of the entry.
        seq: i64,
        /// The digits of its hash, in groups or not.
        groups: String,
    },
    /// Write a verified copy.
    SaveCopy(PathBuf),
    /// Somebody else is at work.
    SetActor(String),
    /// Work out the figures again because time has passed.
    Refresh,
}

/// An import that was agreed to.
#[derive(Debug)]
pub struct Accepted {
    /// What was read.
    pub read: Arc<ReadSet>,
    /// The answers it took.
    pub answers: Answers,
    /// The choices made.
    pub choices: Choices,
}

/// What the window is told, in the past tense.
#[derive(Debug)]
pub enum Notice {
    /// A file was opened or made.
    Opened(Box<Shown>),
    /// The file was closed.
    Closed,
    /// Something was recorded.
    Changed {
        /// The register now.
        shown: Box<Shown>,
        /// What was done.
        done: Done,
        /// The ticket of the request.
        ticket: Option<u64>,
        /// How it came about.
        how: How,
    },
    /// Nothing was recorded because nothing differed.
    Unchanged {
        /// The ticket of the request.
        ticket: Option<u64>,
    },
    /// Something could not be done; nothing changed.
    Failed {
        /// Why.
        error: Error,
        /// The ticket of the request.
        ticket: Option<u64>,
    },
    /// Figures were worked out again.
    Refreshed(Box<Shown>),
    /// Files were read and planned.
    Planned(Box<Planned>),
    /// A file of threat data was read and planned.
    ThreatPlanned(Box<ThreatPlanned>),
    /// A table of support ends was read and planned.
    ServicingPlanned(Box<ServicingPlanned>),
    /// A document was printed.
    Printed {
        /// Where.
        path: PathBuf,
        /// How many pages.
        pages: usize,
        /// What could not be printed as it is.
        warnings: Vec<String>,
    },
    /// The file was verified.
    Verified(Box<VerifyReport>),
    /// The history was read.
    HistoryRead {
        /// Operations, oldest first.
        operations: Vec<OperationView>,
        /// The operation whose entries follow.
        op_id: Option<i64>,
        /// Its entries.
        entries: Vec<EventView>,
    },
    /// A printed head was looked for.
    HeadChecked(HeadCheck),
    /// A copy was written.
    CopySaved(PathBuf),
    /// A file was hashed.
    Hashed {
        /// Its name without its folder.
        name: String,
        /// SHA-256 of its bytes, hexadecimal.
        sha256: String,
    },
    /// The file that was hashed is a mail: what it says, or why it cannot serve as evidence.
    MailRead(Box<Result<crate::import::mail::Mail, crate::import::mail::NoMail>>),
    /// The figures of an earlier instant were worked out.
    Compared(Box<Past>),
    /// What the window wanted to look at was worked out.
    Looked(Box<look::Looked>),
}

/// The figures of an earlier instant, to show beside those of now.
#[derive(Clone, Debug)]
pub struct Past {
    /// The instant, UTC seconds.
    pub as_of_at: i64,
    /// The figures as they were then, with the observations known now.
    pub figures: Arc<Figures>,
}

/// How a change came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It was done.
    Done,
    /// It was undone.
    Undone,
    /// It was redone.
    Redone,
}
