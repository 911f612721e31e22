//! Owns the look at the first 100 bytes of a file before the database engine sees it, and the list of files that this process
//! has open.
//! Never looks at a file that this process has open: closing the handle would drop the database's own locks.
//!
//! Layout of the header: the SQLite file format; `user_version` at byte 60 holds our format, `application_id` at 68 our mark.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::Error;
use super::migrate::FORMAT;

/// Our mark in the header: `PBK1`.
pub const APPLICATION_ID: u32 = 0x5042_4b31;

/// What the header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Another program set write-ahead logging, which this one never uses.
    pub is_wal: bool,
}

/// Looks at the header; `None` where this process has the file open already. Every error is a name for what the file is.
pub(super) fn sniff(path: &Path) -> Result<Option<Header>, Error> {
    if is_held(path) {
        return Ok(None);
    }
    let foreign = |found| Error::Foreign { path: path.to_owned(), found };
    let mut bytes = Vec::with_capacity(100);
    let file = std::fs::File::open(path).map_err(|cause| Error::io(path, cause))?;
    let meta = file.metadata().map_err(|cause| Error::io(path, cause))?;
    if !meta.is_file() {
        return Err(foreign("not a file"));
    }
    file.take(100).read_to_end(&mut bytes).map_err(|cause| Error::io(path, cause))?;
    if bytes.is_empty() {
        return Err(foreign("it is empty"));
    }
    if !bytes.starts_with(b"SQLite format 3\0") {
        return Err(foreign("not even a database"));
    }
    if bytes.len() < 100 {
        return Err(Error::Damaged { path: path.to_owned(), what: "it ends within its header".to_owned() });
    }
    let word = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    if word(68) != APPLICATION_ID {
        return Err(foreign("a database of another program"));
    }
    match word(60) {
        0 => return Err(foreign("it has no format")),
        found if found > FORMAT => return Err(Error::Newer { path: path.to_owned(), found, known: FORMAT }),
        _ => {}
    }
    Ok(Some(Header { is_wal: bytes[18] == 2 || bytes[19] == 2 }))
}

static HELD: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn is_held(path: &Path) -> bool {
    let path = real(path);
    HELD.lock().unwrap_or_else(PoisonError::into_inner).contains(&path)
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// While it lives, this process has the file open.
#[derive(Debug)]
pub(super) struct Held(PathBuf);

impl Held {
    pub fn new(path: &Path) -> Self {
        let path = real(path);
        HELD.lock().unwrap_or_else(PoisonError::into_inner).push(path.clone());
        Self(path)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = held.iter().position(|path| *path == self.0) {
            held.swap_remove(at);
        }
    }
}
