//! Owns how a connection is set up: the guards against a file somebody prepared, and the settings that keep every commit.
//! Never opens write-ahead logging: a copy of such a file while it is open silently lacks what was recorded last.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::error::Error;
use super::migrate;

/// How long a writer waits for a reader to finish.
const BUSY_WAIT: Duration = Duration::from_secs(10);

/// Opens a file behind every guard: no triggers, no views, no trust in its schema.
pub(super) fn open_guarded(path: &Path, write: bool) -> Result<Connection, Error> {
    let access = if write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    open_with(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| Error::of(path, error))
}

/// Opens a read-only file in which another program set write-ahead logging: without its log, as it stands.
pub(super) fn open_still(path: &Path) -> Result<Connection, Error> {
    let mut uri = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(byte)),
            _ => {
                // Writing into a String cannot fail.
                let _infallible = write!(uri, "%{byte:02x}");
            }
        }
    }
    uri.push_str("?immutable=1");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    open_with(Path::new(&uri), flags).map_err(|error| Error::of(path, error))
}

/// Makes an empty file; the caller has made sure that nothing is lost.
pub(super) fn create(path: &Path) -> Result<Connection, Error> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let make = || {
        let connection = open_with(path, flags)?;
        trust(&connection)?;
        Ok(connection)
    };
    make().map_err(|error| Error::of(path, error))
}

fn open_with(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    #[allow(clippy::disallowed_methods, reason = "the one place that opens the file")]
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_WAIT)?;
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(config, on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, 32 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 100),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 3),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 8),
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ] {
        connection.set_limit(limit, most)?;
    }
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // KiB when negative: an import of a few hundred thousand rows stays in memory until it is committed.
    connection.pragma_update(None, "cache_size", -96_000)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// The schema must be exactly one of ours before anything else is asked of the file: a check of its pages would already
/// run the expressions stored in it. Answers the format.
pub(super) fn check_schema(connection: &Connection, path: &Path) -> Result<u32, Error> {
    let named = |error| Error::of(path, error);
    let said = migrate::format(connection).map_err(named)?;
    match migrate::known_format(connection).map_err(named)? {
        Some(format) if format == said => Ok(format),
        _ => Err(Error::Damaged { path: path.to_owned(), what: "its tables are not Patchbook's".to_owned() }),
    }
}

/// Settings for writing, once the schema is known to be ours; its triggers keep the history append-only from here on.
pub(super) fn trust(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true)?;
    connection.pragma_update(None, "locking_mode", "NORMAL")?;
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    // What a redaction blanks must not live on in free pages.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    connection.pragma_update(None, "foreign_keys", true)
}
