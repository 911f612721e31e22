//! The file: opening, recording, undoing, verifying, rebuilding, copying. The only module that names the database.
//!
//! Invariant: rows are written only by an operation, in one transaction with the events that tell of it; events and
//! observations are never changed or deleted (a body may be blanked, and an event says so); images are applied as they come,
//! so that a replay of the log needs no rule of the domain. Never open a second handle to the document by any other means:
//! closing it would drop the database's locks.
#![doc = include_str!("FORMAT.md")]

pub mod backup;
pub mod commit;
mod connection;
mod draft;
pub mod error;
pub mod event;
pub mod export;
pub mod header;
pub mod history;
mod load;
pub mod lock;
pub mod migrate;
pub mod observation;
mod open;
pub mod rebuild;
pub mod redact;
pub mod table;
pub mod undo;
mod upgrade;
pub mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

pub use commit::{Committed, Operation};
pub use error::{Conflict, Error};
pub use event::{Author, Printed};
pub use lock::Holder;
pub use open::{NewFile, Note, Opened};

use crate::domain::book::Head;
use crate::util::id::Ids;

/// What one may do with an open file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Record.
    Write,
    /// Look on.
    ReadOnly,
}

/// An open file: the only connection that writes to it.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    access: Access,
    file_id: String,
    head: Head,
    ids: Arc<Ids>,
    // Given back after the connection is closed: fields are dropped in this order.
    _held: header::Held,
    _lock: Option<lock::Lock>,
}

impl Store {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether one may record.
    pub fn access(&self) -> Access {
        self.access
    }

    /// The file's identity, 32 hexadecimal digits.
    pub fn file_id(&self) -> &str {
        &self.file_id
    }

    /// The newest event as last read or written.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Reads the newest event again: one who looks on asks this to learn that somebody recorded something. True if it moved.
    pub fn refresh(&mut self) -> Result<bool, Error> {
        let head = event::read_head(&self.connection, &self.file_id).map_err(|error| self.named(error))?;
        let moved = head != self.head;
        self.head = head;
        Ok(moved)
    }

    /// Gives up writing, for a file whose verification failed in the background. The lock is kept, so that nobody else writes.
    pub fn look_on_only(&mut self) {
        self.access = Access::ReadOnly;
    }

    /// Bounds the file to so many pages of 4,096 bytes while it is open; beyond, it answers as on a full disk.
    pub fn limit_pages(&self, pages: u32) -> Result<(), Error> {
        let set = self.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
        set.map_err(|error| self.named(error))
    }

    fn named(&self, error: rusqlite::Error) -> Error {
        Error::of(&self.path, error)
    }
}
