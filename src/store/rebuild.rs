//! Owns rescuing a damaged file: a new file whose history is the longest unbroken part of the old one, whose rows are replayed
//! from it, and whose observations are those that still have their digest. It has the format that its history tells of.
//! Never touches the damaged file.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, Row, Transaction};

use super::error::Error;
use super::event::{self, Author, BatchBody, Header, Link, LostBody};
use super::observation::{self, integer};
use super::table::{self, Misfit};
use super::undo::change_of_body;
use super::{connection, draft, header, migrate, verify};
use crate::domain::batch::{BatchId, Observation, Report};
use crate::domain::book::Head;
use crate::domain::row::{RowChange, Table};
use crate::util::hash::{Digest, hex, sha256};
use crate::util::id::Ids;
use crate::util::progress::Progress;

/// What a rebuild saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RebuildReport {
    /// Entries taken over.
    pub events: u64,
    /// The first entry that could not be taken over, and with it all later ones.
    pub lost_from: Option<i64>,
    /// Rows replayed.
    pub rows: u64,
    /// Observations taken over.
    pub observations: u64,
    /// Numbers of the batches whose observations could not be saved: they are voided, and may be imported again.
    pub damaged_batches: Vec<i64>,
}

/// Rebuilds a damaged file into a new one. The new file has the same identity and history, and verifies.
pub fn into_new_file(damaged: &Path, new: &Path, author: &Author, ids: &Ids) -> Result<RebuildReport, Error> {
    if new.exists() {
        return Err(Error::Exists { path: new.to_owned() });
    }
    header::sniff(damaged)?;
    let _held = header::Held::new(damaged);
    let from = connection::open_guarded(damaged, false)?;
    connection::check_schema(&from, damaged)?;
    let draft = draft::begin(new)?;
    let mut to = connection::create(&draft)?;
    // Rows come back in the order of the log, with all that came and went; the verification at the end covers them.
    to.pragma_update(None, "foreign_keys", false).map_err(|error| Error::of(new, error))?;
    let transaction = to.transaction().map_err(|error| Error::of(new, error))?;
    let mut rescue = Rescue { from: &from, to: &transaction, new, report: RebuildReport::default() };
    rescue.run(damaged, author, ids)?;
    let report = rescue.report;
    transaction.commit().map_err(|error| Error::of(new, error))?;
    to.close().map_err(|(_, error)| Error::of(new, error))?;
    if !verify::file(&draft, &Progress::default())?.is_sound() {
        return Err(Error::BadCopy { path: new.to_owned() });
    }
    draft::keep(draft, new, false)?;
    Ok(report)
}

struct Rescue<'a> {
    from: &'a Connection,
    to: &'a Transaction<'a>,
    new: &'a Path,
    report: RebuildReport,
}

/// How the reading of the history ended.
enum End {
    Whole,
    /// In the midst; holds the operation of the first entry that does not hold, where it can be read.
    Broken(Option<i64>),
}

/// An event as read, ready to be written as it is.
struct Entry {
    seq: i64,
    op_id: i64,
    at: i64,
    actor: String,
    site: String,
    kind: String,
    body: Option<String>,
    body_hash: Vec<u8>,
    hash: Digest,
}

impl Rescue<'_> {
    fn named(&self, error: rusqlite::Error) -> Error {
        Error::of(self.new, error)
    }

    fn run(&mut self, damaged: &Path, author: &Author, ids: &Ids) -> Result<(), Error> {
        let file_id = event::read_file_id(self.from).map_err(|error| Error::of(damaged, error))?;
        let entries = self.entries(event::genesis(&file_id));
        // A history that breaks off before an upgrade is one of the older format; opening the new file upgrades it.
        let Some(format) = entries.iter().rev().find_map(migrated) else {
            return Err(Error::Damaged {
                path: damaged.to_owned(),
                what: "nothing of its history holds".to_owned(),
            });
        };
        self.begin(&file_id, format).map_err(|error| self.named(error))?;
        let mut batches = Vec::new();
        for entry in &entries {
            self.take(entry, &mut batches)?;
        }
        let mut gone = Vec::new();
        for batch in &batches {
            if !self.copy_batch(batch).map_err(|error| self.named(error))? {
                gone.push(batch.batch);
            }
        }
        let head = entries.last().map_or_else(Head::default, |e| Head { seq: e.seq, hash: e.hash, at: e.at });
        self.close(head, &gone, author, ids)
    }

    fn begin(&self, file_id: &str, format: u32) -> rusqlite::Result<()> {
        migrate::run(self.to, 0, format)?;
        self.to.execute("INSERT INTO file VALUES (1, ?1)", [file_id])?;
        Ok(())
    }

    /// The longest unbroken beginning of the history, in whole operations.
    fn entries(&mut self, genesis: Digest) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        // Damaged pages end the reading like a broken chain.
        let mut end = self.read_entries(genesis, &mut entries).unwrap_or(End::Broken(None));
        // A redaction at the end that was cut off leaves blanks without a reason; those cannot be replayed either.
        let named: BTreeSet<i64> = entries.iter().filter_map(redacted).flatten().collect();
        if let Some(at) = entries.iter().position(|e| e.body.is_none() && !named.contains(&e.seq)) {
            end = End::Broken(Some(entries[at].op_id));
            entries.truncate(at);
        }
        if let End::Broken(op_id) = end {
            // Half an operation is none.
            while entries.last().is_some_and(|last| Some(last.op_id) == op_id) {
                entries.pop();
            }
            self.report.lost_from = Some(entries.last().map_or(1, |last| last.seq + 1));
        }
        entries
    }

    /// Reads on until the chain breaks.
    fn read_entries(&self, genesis: Digest, entries: &mut Vec<Entry>) -> rusqlite::Result<End> {
        let sql = "SELECT seq, op_id, at, actor, site, kind, body, body_hash, hash FROM event ORDER BY seq";
        let mut statement = self.from.prepare(sql)?;
        let mut rows = statement.query([])?;
        let (mut seq, mut hash) = (0, genesis);
        while let Some(row) = rows.next()? {
            let entry = entry(row)?;
            let link = Link {
                seq: entry.seq,
                op_id: entry.op_id,
                at: entry.at,
                actor: entry.actor.as_bytes(),
                site: entry.site.as_bytes(),
                kind: entry.kind.as_bytes(),
                body_hash: &entry.body_hash,
            };
            let follows = entry.seq == seq + 1 && link.hash(&hash) == entry.hash;
            let whole =
                entry.body.as_ref().is_none_or(|body| sha256(body.as_bytes())[..] == entry.body_hash[..]);
            if !follows || !whole {
                return Ok(End::Broken(Some(entry.op_id)));
            }
            (seq, hash) = (entry.seq, entry.hash);
            entries.push(entry);
        }
        Ok(End::Whole)
    }

    /// Writes an event as it was, and what it says of a row.
    fn take(&mut self, entry: &Entry, batches: &mut Vec<BatchBody>) -> Result<(), Error> {
        let write = || {
            let mut insert =
                self.to.prepare_cached("INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
            let Entry { seq, op_id, at, actor, site, kind, body, body_hash, hash } = entry;
            insert.execute((seq, op_id, at, actor, site, kind, body, body_hash, &hash[..]))
        };
        write().map_err(|error| self.named(error))?;
        self.report.events += 1;
        let Some(body) = &entry.body else { return Ok(()) };
        if entry.kind == event::ROW
            && let Some(change) = change_of_body(body)
        {
            self.put(&change)?;
            self.report.rows += 1;
        } else if entry.kind == event::BATCH
            && let Ok(body) = serde_json::from_str::<BatchBody>(body)
        {
            batches.push(body);
        } else if entry.kind == event::LOST
            && let Ok(body) = serde_json::from_str::<LostBody>(body)
        {
            batches.retain(|batch| batch.batch != body.batch);
        }
        Ok(())
    }

    /// Puts a row as an event says, whatever was there.
    fn put(&self, change: &RowChange) -> Result<(), Error> {
        let statements = table::statements(change.table);
        let Some(image) = &change.after else {
            self.to.execute(&statements.delete, [change.id]).map_err(|error| self.named(error))?;
            return Ok(());
        };
        // Not REPLACE: it would delete first, and with it what refers to the row.
        for sql in [&statements.update, &statements.insert] {
            let mut statement = self.to.prepare_cached(sql).map_err(|error| self.named(error))?;
            table::bind(&mut statement, change.table, image).map_err(|misfit| match misfit {
                Misfit::Column(name) => Error::BadImage { table: change.table, what: name.to_owned() },
                Misfit::Sqlite(error) => self.named(error),
            })?;
            if statement.raw_execute().map_err(|error| self.named(error))? > 0 {
                break;
            }
        }
        Ok(())
    }

    /// Copies the observations of a batch if they still have their digest.
    fn copy_batch(&mut self, batch: &BatchBody) -> rusqlite::Result<bool> {
        let id = BatchId(batch.batch);
        let (mut observations, mut reports): (Vec<Observation>, Vec<Report>) = (Vec::new(), Vec::new());
        // A page that cannot be read is damage like any other.
        let read = observation::each(self.from, id, |row| observations.push(row))
            .and_then(|()| observation::each_report(self.from, id, |row| reports.push(row)));
        if read.is_err() || hex(&observation::digest(&observations, &reports)) != batch.digest {
            return Ok(false);
        }
        observation::append(self.to, id, &mut observations, &mut reports)?;
        self.report.observations += observations.len() as u64;
        Ok(true)
    }

    /// Records what was lost, where anything was.
    fn close(&mut self, head: Head, gone: &[i64], author: &Author, ids: &Ids) -> Result<(), Error> {
        if gone.is_empty() && self.report.lost_from.is_none() {
            return Ok(());
        }
        let note = match self.report.lost_from {
            Some(seq) => format!("Entries from {seq} on could not be saved"),
            None => String::new(),
        };
        let header =
            Header { label: "Rebuild from the history".to_owned(), note, fixed: true, undo_of: None };
        let mut write = super::commit::Writing::begin(self.to, self.new, ids, head, author)?;
        write.header(&header)?;
        for &batch in gone {
            write.event(event::LOST, &event::body_text(&LostBody { batch }))?;
            let Some(before) = write.image_in_table(Table::Batch, batch)? else { continue };
            self.report
                .damaged_batches
                .push(before.get("number").and_then(serde_json::Value::as_i64).unwrap_or(0));
            let mut after = before.clone();
            after.insert("voided_at".to_owned(), serde_json::Value::from(author.at));
            if after != before {
                write.change(RowChange {
                    table: Table::Batch,
                    id: batch,
                    before: Some(before),
                    after: Some(after),
                })?;
            }
        }
        Ok(())
    }
}

/// The format after a migration, if that is what an entry tells of.
fn migrated(entry: &Entry) -> Option<u32> {
    let body = entry.body.as_ref().filter(|_| entry.kind == event::MIGRATION)?;
    serde_json::from_str::<event::MigrationBody>(body).ok().map(|body| body.to)
}

fn redacted(entry: &Entry) -> Option<Vec<i64>> {
    let body = entry.body.as_ref().filter(|_| entry.kind == event::REDACT)?;
    serde_json::from_str::<event::RedactBody>(body).ok().map(|body| body.events)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: integer(row, 0)?,
        op_id: integer(row, 1)?,
        at: integer(row, 2)?,
        actor: row.get(3)?,
        site: row.get(4)?,
        kind: row.get(5)?,
        body: row.get(6)?,
        body_hash: row.get(7)?,
        hash: row.get_ref(8)?.as_blob()?.try_into().unwrap_or_default(),
    })
}
