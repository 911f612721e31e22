//! Owns making and opening a file, and what is said about it on the way.
//! Never changes a file that is foreign, newer, damaged or locked.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::Error;
use super::event::{self, Appender, Author, Header, MigrationBody};
use super::header::{self, Held};
use super::lock::{Holder, Lock, Refused};
use super::{Access, Store, connection, draft, migrate, verify};
use crate::domain::book::Head;
use crate::domain::row::RowChange;
use crate::domain::shop::Shop;
use crate::util::id::Ids;
use crate::util::progress::Progress;

/// What a new file starts with.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Who makes it.
    pub author: Author,
    /// Its settings.
    pub shop: Shop,
    /// More rows: default groups, default deadline rules.
    pub rows: Vec<RowChange>,
}

/// Something worth telling about a file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Somebody else is writing; it was opened for looking on.
    LockedBy(Option<Holder>),
    /// The folder or the file system allows no lock; it was opened for looking on.
    NoLock(String),
    /// The file or the disk is write-protected; it was opened for looking on.
    WriteProtected,
    /// The history does not hold together; it was opened for looking on. The text names the first broken place.
    HistoryBroken(String),
    /// Another program had switched the file to write-ahead logging: what it wrote last may be missing from a copy.
    WasWal,
    /// It had an older format and was upgraded, after a backup.
    Upgraded {
        /// The format before.
        from: u32,
        /// The format now.
        to: u32,
        /// The file as it was.
        backup: PathBuf,
    },
    /// It has an older format and should have been upgraded, which failed; the file is as it was, opened for looking on.
    NotUpgraded {
        /// Its format.
        format: u32,
        /// Why, and what to do.
        why: String,
    },
    /// It has an older format and was opened for looking on, so it was not upgraded.
    OlderFormat(u32),
}

impl Note {
    /// Whether it says why a file can only be looked at; else it is worth telling beside.
    pub fn is_why(&self) -> bool {
        !matches!(self, Self::WasWal | Self::Upgraded { .. })
    }
}

/// A file that was opened. The register is read by [`Store::load`], which may take a while in a large file.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub store: Store,
    /// What to tell.
    pub notes: Vec<Note>,
}

impl Store {
    /// Makes a new file, complete before it gets its name, and opens it. Never overwrites.
    pub fn create(path: &Path, new: &NewFile, ids: Arc<Ids>) -> Result<Opened, Error> {
        if path.exists() {
            return Err(Error::Exists { path: path.to_owned() });
        }
        let draft = draft::begin(path)?;
        let file_id = format!("{:016x}{:016x}", ids.next(), ids.next());
        fill(&draft, new, &file_id, &ids)?;
        draft::keep(draft, path, false)?;
        let me =
            Holder { who: new.author.actor.clone(), host: new.author.site.clone(), since_at: new.author.at };
        Self::open(path, Access::Write, &me, ids)
    }

    /// Opens a file as [`Store::open_keeping`] does, with the backup before an upgrade beside the file.
    pub fn open(path: &Path, access: Access, me: &Holder, ids: Arc<Ids>) -> Result<Opened, Error> {
        Self::open_keeping(path, access, me, None, ids)
    }

    /// Opens a file. `me` is who the next opener is told about. A file that cannot be written is opened for looking on, and
    /// a note says why. A file of an older format that can be written is upgraded, after a verified backup below the folder
    /// `backups`, or beside the file.
    pub fn open_keeping(
        path: &Path,
        access: Access,
        me: &Holder,
        backups: Option<&Path>,
        ids: Arc<Ids>,
    ) -> Result<Opened, Error> {
        let header = header::sniff(path)?;
        let mut notes = Vec::new();
        let mut lock = None;
        if access == Access::Write {
            match Lock::take(path, me) {
                Ok(taken) => lock = Some(taken),
                Err(Refused::Held(holder)) => notes.push(Note::LockedBy(holder)),
                Err(Refused::Unsupported(cause)) => notes.push(Note::NoLock(cause.to_string())),
            }
        }
        let is_wal = header.is_some_and(|header| header.is_wal);
        if is_wal {
            notes.push(Note::WasWal);
        }
        let named = |error| Error::of(path, error);
        let registered = Held::new(path);
        let still = is_wal && lock.is_none() && !beside(path, "-wal").exists();
        let mut connection = if still {
            connection::open_still(path)?
        } else {
            connection::open_guarded(path, lock.is_some())?
        };
        let format = connection::check_schema(&connection, path)?;
        if lock.is_some() && connection.is_readonly("main").map_err(named)? {
            notes.push(Note::WriteProtected);
            lock = None;
        }
        if lock.is_some() {
            if let Some(problem) = verify::first_break(&mut connection, path)? {
                notes.push(Note::HistoryBroken(problem.to_string()));
                lock = None;
                connection = connection::open_guarded(path, false)?;
            } else {
                connection::trust(&connection).map_err(named)?;
            }
        }
        let access = if lock.is_some() { Access::Write } else { Access::ReadOnly };
        let file_id = event::read_file_id(&connection).map_err(named)?;
        let head = event::read_head(&connection, &file_id).map_err(named)?;
        let path = path.to_owned();
        let mut store = Self { connection, path, access, file_id, head, ids, _held: registered, _lock: None };
        if format < migrate::FORMAT {
            notes.push(store.bring_up(format, backups, me)?);
            lock = lock.filter(|_| store.access == Access::Write);
        }
        Ok(Opened { store: Self { _lock: lock, ..store }, notes })
    }

    /// Upgrades a file of an older format if it may be written, and says what came of it.
    fn bring_up(&mut self, format: u32, backups: Option<&Path>, me: &Holder) -> Result<Note, Error> {
        if self.access == Access::ReadOnly {
            return Ok(Note::OlderFormat(format));
        }
        let author = Author { actor: me.who.clone(), site: me.host.clone(), at: me.since_at };
        match self.upgrade(format, backups, &author) {
            Ok(backup) => Ok(Note::Upgraded { from: format, to: migrate::FORMAT, backup }),
            Err(error) => {
                self.access = Access::ReadOnly;
                // A connection that only reads: nothing can be half done behind it.
                self.connection = connection::open_guarded(&self.path, false)?;
                let why = format!("{error}. {}", error.hint());
                Ok(Note::NotUpgraded { format, why })
            }
        }
    }
}

/// Builds a new file: every step of the format, the file's identity, and the first operation.
fn fill(path: &Path, new: &NewFile, file_id: &str, ids: &Arc<Ids>) -> Result<(), Error> {
    let named = |error| Error::of(path, error);
    let mut connection = connection::create(path)?;
    let head = begin(&mut connection, file_id, &new.author, ids).map_err(named)?;
    let mut store = Store {
        connection,
        path: path.to_owned(),
        access: Access::Write,
        file_id: file_id.to_owned(),
        head,
        ids: Arc::clone(ids),
        _held: Held::new(path),
        _lock: None,
    };
    let header = Header { label: "Begin the register".to_owned(), fixed: true, ..Header::default() };
    let mut rows = vec![RowChange::create(&new.shop)];
    rows.extend(new.rows.iter().cloned());
    rows.sort_by_key(|change| change.table);
    store.write(&new.author, Some(head), false, |write| {
        write.header(&header)?;
        write.changes(rows, &Progress::default())
    })?;
    store.connection.close().map_err(|(_, error)| named(error))
}

fn begin(
    connection: &mut rusqlite::Connection,
    file_id: &str,
    author: &Author,
    ids: &Ids,
) -> rusqlite::Result<Head> {
    let transaction = connection.transaction()?;
    migrate::run(&transaction, 0, migrate::FORMAT)?;
    transaction.execute("INSERT INTO file VALUES (1, ?1)", [file_id])?;
    let start = event::read_head(&transaction, file_id)?;
    let mut events = Appender::new(&transaction, start, ids.next(), author)?;
    events.push(event::MIGRATION, &event::body_text(&MigrationBody { from: 0, to: migrate::FORMAT }))?;
    let head = events.head();
    drop(events);
    transaction.commit()?;
    Ok(head)
}

fn beside(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
