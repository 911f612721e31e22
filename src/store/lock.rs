//! Owns the sidecar that tells a second opener who is writing: `~$name.lock`, held by a lock of the operating system, which
//! frees itself when a process dies, and `~$name.holder` with who, where and since when.
//! Never reads or locks the document itself: closing such a handle would drop the database's own locks.
//!
//! Two files, because a lock is mandatory on Windows and would hide the text from the very person it is for.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::util::clock;

/// Who has the file open for writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Name of the person, as given in their preferences.
    pub who: String,
    /// Name of the machine.
    pub host: String,
    /// Since when, UTC seconds; 0 where unknown.
    pub since_at: i64,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |text: &'_ str, other| if text.is_empty() { other } else { text.to_owned() };
        write!(
            f,
            "{} on {}",
            name(&self.who, "somebody".to_owned()),
            name(&self.host, "another machine".to_owned())
        )?;
        if self.since_at > 0 {
            write!(f, " since {}", clock::text_in(chrono_tz::UTC, self.since_at))?;
        }
        Ok(())
    }
}

/// Why the lock was not given.
#[derive(Debug)]
pub(super) enum Refused {
    /// Somebody has it.
    Held(Option<Holder>),
    /// The file system knows no locks, or the folder cannot be written.
    Unsupported(std::io::Error),
}

/// A held lock. Given back, with its files removed, when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: Option<File>,
    path: PathBuf,
    holder: PathBuf,
}

impl Lock {
    /// Takes the lock of a document, or says who has it.
    pub fn take(document: &Path, me: &Holder) -> Result<Self, Refused> {
        let (lock, holder) = (beside(document, "lock"), beside(document, "holder"));
        loop {
            let open = OpenOptions::new().create(true).truncate(false).write(true).open(&lock);
            // What a dead process of another user left can still be locked, though not written.
            let file = open.or_else(|_| File::open(&lock)).map_err(Refused::Unsupported)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Refused::Held(read_holder(&holder))),
                Err(TryLockError::Error(cause)) => return Err(Refused::Unsupported(cause)),
            }
            // The last holder removes the file before it lets go: what was locked may have no name any more.
            if same_file(&file, &lock) {
                let text = format!("{}\n{}\n{}\n", me.who, me.host, me.since_at);
                // Only for people to read: a lock without it still holds.
                let _courtesy = File::create(&holder).and_then(|mut file| file.write_all(text.as_bytes()));
                return Ok(Self { file: Some(file), path: lock, holder });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A leftover is harmless: the next opener takes the lock and writes its own name.
        let _leftover = std::fs::remove_file(&self.holder);
        let _leftover = std::fs::remove_file(&self.path);
        drop(self.file.take());
    }
}

fn read_holder(path: &Path) -> Option<Holder> {
    let text = std::fs::read_to_string(path).ok()?;
    let mut lines = text.lines();
    let mut line = || lines.next().map(|l| crate::util::text::line(l).into_owned());
    Some(Holder { who: line()?, host: line()?, since_at: line()?.parse().unwrap_or(0) })
}

fn beside(document: &Path, kind: &str) -> PathBuf {
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    document.with_file_name(format!("~${name}.{kind}"))
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(held), Ok(named)) = (file.metadata(), std::fs::metadata(path)) else { return false };
    (held.dev(), held.ino()) == (named.dev(), named.ino())
}

#[cfg(not(unix))]
fn same_file(_file: &File, path: &Path) -> bool {
    path.exists()
}
