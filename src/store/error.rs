//! Owns the named reasons for which the file cannot be opened, read or written, each with what to do about it.
//! Never holds more of the file than a name, a number or an id.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::lock::Holder;
use crate::domain::book::BadRow;
use crate::domain::row::Table;
use crate::util::progress::Cancelled;

/// What went wrong with the file. The message says what could not be done; [`Error::hint`] what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not one of our files: another program's, or something that only bears the name.
    #[error("this is not a Patchbook file ({found}): {}", path.display())]
    Foreign {
        /// Which file.
        path: PathBuf,
        /// What it is instead.
        found: &'static str,
    },
    /// Written by a newer version.
    #[error("the file has format {found}, this program knows formats up to {known}: {}", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format this program knows.
        known: u32,
    },
    /// Ours, but it cannot be read as it stands.
    #[error("the file is damaged ({what}): {}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is broken.
        what: String,
    },
    /// A write was cut off, by a crash or a pulled plug, and cannot be rolled back where the file lies.
    #[error("the last write to the file was cut off and must first be rolled back: {}", path.display())]
    Unfinished {
        /// Which file.
        path: PathBuf,
    },
    /// Somebody else is writing.
    #[error("the file is in use{}: {}", by_text(by.as_ref()), path.display())]
    Locked {
        /// Which file.
        path: PathBuf,
        /// Who has it, where that is known.
        by: Option<Holder>,
    },
    /// It was opened for looking only, or the system allows no more.
    #[error("the file can only be read: {}", path.display())]
    ReadOnly {
        /// Which file.
        path: PathBuf,
    },
    /// Something was recorded in between, or stands in the way.
    #[error("{0}")]
    Conflict(#[from] Conflict),
    /// No room, or a limit on the size of files.
    #[error("the disk is full; nothing was changed: {}", path.display())]
    DiskFull {
        /// Which file.
        path: PathBuf,
    },
    /// The file was moved, replaced or deleted while open.
    #[error("the file was moved, replaced or deleted while it was open; nothing was changed: {}", path.display())]
    Moved {
        /// Where it was.
        path: PathBuf,
    },
    /// Something is there already.
    #[error("there is already a file of that name: {}", path.display())]
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{cause}: {}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// An operation that cannot be written: an image that does not fit its table.
    #[error("a row of {} cannot be written: {what} does not fit", table.name())]
    BadImage {
        /// Which table.
        table: Table,
        /// Which column.
        what: String,
    },
    /// A row of the file that the program cannot read as its noun.
    #[error(transparent)]
    BadRow(#[from] BadRow),
    /// A copy did not pass its verification; it was not kept.
    #[error("the copy did not pass its verification and was not kept: {}", path.display())]
    BadCopy {
        /// Where it would have been.
        path: PathBuf,
    },
    /// The user stopped it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// Anything else the database says.
    #[error("the database refused: {0}")]
    Sqlite(rusqlite::Error),
}

/// Why an operation does not fit the register as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Somebody recorded something since the register was read.
    #[error("something was recorded since the register was read (entry {seq})")]
    HeadMoved {
        /// The newest event now.
        seq: i64,
    },
    /// A row is not as it was when the operation was decided.
    #[error("{} {id} was changed since{}", table.name(), label_text(by))]
    RowChanged {
        /// Which table.
        table: Table,
        /// Which row.
        id: i64,
        /// Label of the later operation; empty where unknown.
        by: String,
    },
    /// A row that should be new is there already.
    #[error("{} {id} is there already", table.name())]
    RowExists {
        /// Which table.
        table: Table,
        /// Which row.
        id: i64,
    },
    /// A row would go, or is missing, that something else refers to.
    #[error("{table} still refers to what this would remove")]
    StillUsed {
        /// The table that refers.
        table: String,
    },
    /// A row refers to something that is not there.
    #[error("a row refers to something that is not there")]
    MissingReference,
    /// Only the newest live import of a source can be undone or brought back.
    #[error("import {number} of the same source came later; undo that one first{}", label_text(label))]
    LaterBatch {
        /// Number of the batch to undo first.
        number: i64,
        /// Label of its operation; empty where unknown.
        label: String,
    },
    /// The import's identities are gone, so its observations would mean nothing.
    #[error("import {number} cannot be brought back: what it refers to is gone; import its files again")]
    LostIdentities {
        /// Number of the batch.
        number: i64,
    },
    /// It was undone before.
    #[error("\"{label}\" was undone before")]
    AlreadyUndone {
        /// Label of the operation.
        label: String,
    },
    /// The beginning of a file, a redaction, a migration or a rebuild, a seal, a signature or a posture, or whatever else stands for good.
    #[error("\"{label}\" cannot be undone")]
    Fixed {
        /// Label of the operation.
        label: String,
    },
    /// The log has no such operation.
    #[error("the history has no operation {op_id}")]
    UnknownOperation {
        /// What was asked for.
        op_id: i64,
    },
}

fn by_text(by: Option<&Holder>) -> String {
    by.map(|holder| format!(" by {holder}")).unwrap_or_default()
}

fn label_text(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!(" (\"{label}\")") }
}

impl Error {
    /// What to do about it, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Foreign { .. } => "Open a file that Patchbook made, or import this one.",
            Self::Newer { .. } => "Open it with the newer version of Patchbook that wrote it.",
            Self::Damaged { .. } => {
                "Rebuild it from its history into a new file, or open a backup; this file stays as it is."
            }
            Self::Unfinished { .. } => {
                "Open it once for writing; from a write-protected folder, copy the file and its -journal together first."
            }
            Self::Locked { .. } => "Look on read-only, or ask the other person to close the file.",
            Self::ReadOnly { .. } => "Save a copy where you may write, and work there.",
            Self::Conflict(Conflict::LaterBatch { .. }) => "Undo the later import first.",
            Self::Conflict(_) => "Look at what changed, then decide again; what you typed is kept.",
            Self::DiskFull { .. } => "Make room, then try again.",
            Self::Moved { .. } => "Save what is open under a new name.",
            Self::Exists { .. } => "Choose another name.",
            Self::Io { .. } => "Check the folder, its permissions and the disk.",
            Self::BadImage { .. } | Self::BadRow(_) => "This is a fault of the program; please report it.",
            Self::BadCopy { .. } => "Verify the file that was copied.",
            Self::Cancelled(_) => "Nothing was changed.",
            Self::Sqlite(_) => "Try again; if it stays, verify the file.",
        }
    }

    /// Names what the database says of a file.
    pub(super) fn of(path: &Path, error: rusqlite::Error) -> Self {
        // SQLITE_READONLY_DBMOVED, SQLITE_READONLY_ROLLBACK, SQLITE_IOERR_WRITE; rusqlite names only the primary codes.
        const MOVED: i32 = 1032;
        const ROLLBACK: i32 = 776;
        const IOERR_WRITE: i32 = 778;
        let path = path.to_owned();
        let Some(code) = error.sqlite_error() else {
            // A value that its column cannot hold: somebody else wrote it.
            return Self::Damaged { path, what: error.to_string() };
        };
        match (code.code, code.extended_code) {
            (ErrorCode::DiskFull, _) | (_, IOERR_WRITE) => Self::DiskFull { path },
            (_, MOVED) => Self::Moved { path },
            (_, ROLLBACK) => Self::Unfinished { path },
            (ErrorCode::ReadOnly, _) => Self::ReadOnly { path },
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Self::Locked { path, by: None },
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => {
                Self::Damaged { path, what: error.to_string() }
            }
            (ErrorCode::CannotOpen, _) => Self::Io { path, cause: std::io::Error::other(error.to_string()) },
            _ => Self::Sqlite(error),
        }
    }

    /// Names what the system says of a file.
    pub(super) fn io(path: &Path, cause: std::io::Error) -> Self {
        match cause.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::FileTooLarge => {
                Self::DiskFull { path: path.to_owned() }
            }
            _ => Self::Io { path: path.to_owned(), cause },
        }
    }
}
