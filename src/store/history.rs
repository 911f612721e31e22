//! Owns reading the history for people: entries, operations, heads on paper; and the note that something was printed.
//! Never interprets a row image.

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::error::Error;
use super::event::{self, Author, Header, Printed};
use super::{Committed, Store};
use crate::domain::row::Table;
use crate::util::hash::{Digest, hex};

/// An entry of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventView {
    /// Its number.
    pub seq: i64,
    /// The operation it belongs to.
    pub op_id: i64,
    /// When, UTC seconds.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// Where.
    pub site: String,
    /// What kind: see the constants of [`super::event`].
    pub kind: String,
    /// The body as stored; `None` if it was blanked.
    pub body: Option<String>,
    /// Its hash.
    pub hash: Digest,
}

/// Which entries to read.
#[derive(Clone, Debug, Default)]
pub struct HistoryFilter {
    /// Only entries before this number, newest first; `None` from the newest.
    pub before: Option<i64>,
    /// At most so many; 0 for all.
    pub limit: usize,
    /// Only entries of this operation.
    pub op_id: Option<i64>,
    /// Only changes of this row.
    pub row: Option<(Table, i64)>,
    /// Only entries of this kind.
    pub kind: Option<&'static str>,
}

/// What an operation did to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Something new.
    Done,
    /// It took one back.
    Undone,
    /// It brought one back.
    Redone,
}

/// An operation, for lists and menus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationView {
    /// Its id.
    pub op_id: i64,
    /// Number of its first entry.
    pub seq: i64,
    /// When, UTC seconds.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// Where.
    pub site: String,
    /// What; of an undo, what was undone.
    pub label: String,
    /// Why.
    pub note: String,
    /// The operation it takes back.
    pub undo_of: Option<i64>,
    /// It cannot be undone.
    pub fixed: bool,
    /// Done, undone or redone.
    pub verb: Verb,
}

/// Whether a head on paper is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadCheck {
    /// The entry has this hash: nothing before it has changed since the paper was printed.
    Found,
    /// The entry is there with another hash: history before it is not what it was.
    Differs,
    /// There is no such entry: the file is older than the paper, or cut.
    Missing,
    /// What was typed is not the beginning of a hash: fewer than eight digits, or others than 0-9 and a-f.
    NotAHash,
}

impl Store {
    /// Entries, newest first.
    pub fn history(&self, filter: &HistoryFilter) -> Result<Vec<EventView>, Error> {
        let sql = "SELECT seq, op_id, at, actor, site, kind, body, hash FROM event
             WHERE seq < ?1 AND (?2 IS NULL OR op_id = ?2) AND (?3 IS NULL OR kind = ?3)
             AND (?4 IS NULL OR substr(body, 1, length(?4)) = ?4)
             ORDER BY seq DESC LIMIT ?5";
        let prefix = filter.row.map(|(table, id)| row_prefix(table, id));
        let limit = if filter.limit == 0 { -1 } else { filter.limit as i64 };
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let before = filter.before.unwrap_or(i64::MAX);
            let rows = statement.query_map((before, filter.op_id, filter.kind, prefix, limit), view)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.named(error))
    }

    /// Every operation, oldest first.
    pub fn operations(&self) -> Result<Vec<OperationView>, Error> {
        operations(&self.connection).map_err(|error| self.named(error))
    }

    /// Looks for a head as printed: the number of an entry and the first groups of its hash, blanks allowed.
    pub fn check_head(&self, seq: i64, groups: &str) -> Result<HeadCheck, Error> {
        let wanted: String =
            groups.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        if !(8..=64).contains(&wanted.len()) || !wanted.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(HeadCheck::NotAHash);
        }
        let read = || {
            let mut statement = self.connection.prepare_cached("SELECT hash FROM event WHERE seq = ?1")?;
            statement.query_row([seq], |row| row.get::<_, Vec<u8>>(0)).optional()
        };
        Ok(match read().map_err(|error| self.named(error))? {
            None => HeadCheck::Missing,
            Some(hash) if hex(&hash).starts_with(&wanted) => HeadCheck::Found,
            Some(_) => HeadCheck::Differs,
        })
    }

    /// Records that a document was printed.
    pub fn record_printed(&mut self, printed: &Printed, author: &Author) -> Result<Committed, Error> {
        self.write(author, None, false, |write| write.event(event::PRINTED, &event::body_text(printed)))
    }
}

fn view(row: &Row<'_>) -> rusqlite::Result<EventView> {
    Ok(EventView {
        seq: row.get(0)?,
        op_id: row.get(1)?,
        at: row.get(2)?,
        actor: row.get(3)?,
        site: row.get(4)?,
        kind: row.get(5)?,
        body: row.get(6)?,
        hash: row.get(7)?,
    })
}

/// How the body of every change of a row begins.
fn row_prefix(table: Table, id: i64) -> String {
    format!("{{\"t\":\"{}\",\"k\":{id},", table.name())
}

/// Every operation, oldest first.
pub(super) fn operations(connection: &Connection) -> rusqlite::Result<Vec<OperationView>> {
    let sql = "SELECT seq, op_id, at, actor, site, body FROM event INDEXED BY event_operation
         WHERE kind = 'operation' ORDER BY seq";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found: Vec<OperationView> = Vec::new();
    let mut places = std::collections::HashMap::new();
    while let Some(row) = rows.next()? {
        let body = row.get_ref(5)?.as_str_or_null()?;
        // A blanked or foreign header still has its place; it can only not be undone.
        let header = body.and_then(|body| serde_json::from_str::<Header>(body).ok());
        let header = header.unwrap_or(Header { fixed: true, ..Header::default() });
        let target = header.undo_of.and_then(|op| places.get(&op)).map(|&place: &usize| found[place].verb);
        let verb = match target {
            None => Verb::Done,
            Some(Verb::Undone) => Verb::Redone,
            Some(Verb::Done | Verb::Redone) => Verb::Undone,
        };
        let op_id = row.get(1)?;
        places.insert(op_id, found.len());
        found.push(OperationView {
            op_id,
            seq: row.get(0)?,
            at: row.get(2)?,
            actor: row.get(3)?,
            site: row.get(4)?,
            label: header.label,
            note: header.note,
            undo_of: header.undo_of,
            fixed: header.fixed,
            verb,
        });
    }
    Ok(found)
}

/// The header of an operation and the number of its event.
pub(super) fn header_of(connection: &Connection, op_id: i64) -> rusqlite::Result<Option<(i64, Header)>> {
    let sql =
        "SELECT seq, body FROM event INDEXED BY event_operation WHERE kind = 'operation' AND op_id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let found =
        statement.query_row([op_id], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?))).optional()?;
    Ok(found.map(|(seq, body)| {
        let header = body.and_then(|body| serde_json::from_str(&body).ok());
        (seq, header.unwrap_or(Header { fixed: true, ..Header::default() }))
    }))
}

/// Numbers of the entries about a row whose texts are still there. Reads the whole log.
pub(super) fn entries_of_row(connection: &Connection, table: Table, id: i64) -> rusqlite::Result<Vec<i64>> {
    let sql = "SELECT seq FROM event WHERE kind = 'row' AND substr(body, 1, length(?1)) = ?1 ORDER BY seq";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([row_prefix(table, id)], |row| row.get(0))?;
    rows.collect()
}

/// Label of the last operation that changed a row; empty where there is none. Reads the whole log: only for messages.
pub(super) fn last_label_of_row(connection: &Connection, table: Table, id: i64) -> rusqlite::Result<String> {
    label_of_prefix(connection, event::ROW, &row_prefix(table, id))
}

/// Label of the operation that recorded a batch; empty where there is none. Reads the whole log: only for messages.
pub(super) fn label_of_batch(connection: &Connection, batch: i64) -> rusqlite::Result<String> {
    label_of_prefix(connection, event::BATCH, &format!("{{\"batch\":{batch},"))
}

fn label_of_prefix(connection: &Connection, kind: &str, prefix: &str) -> rusqlite::Result<String> {
    let sql = "SELECT op_id FROM event WHERE kind = ?1 AND substr(body, 1, length(?2)) = ?2 ORDER BY seq DESC LIMIT 1";
    let found: Option<i64> = connection.query_row(sql, (kind, prefix), |row| row.get(0)).optional()?;
    let Some(op_id) = found else { return Ok(String::new()) };
    Ok(header_of(connection, op_id)?.map(|(_, header)| header.label).unwrap_or_default())
}
