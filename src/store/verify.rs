//! Owns proving that a file holds together: schema, chain, replay of the log against the tables in both directions, digests
//! of the batches. Never changes anything, and never stops at the first problem.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::Path;

use rusqlite::{Connection, Row};

use super::error::Error;
use super::event::{self, BatchBody, Link, LostBody, MigrationBody, RedactBody, RowBody};
use super::observation::{self, BatchHasher, integer};
use super::{Store, connection, header, migrate, table};
use crate::domain::batch::Report;
use crate::domain::book::Head;
use crate::domain::row::Table;
use crate::domain::source::SourceAssetId;
use crate::util::hash::{Digest, hex, sha256};
use crate::util::progress::Progress;

/// At most so many problems are listed; the rest is counted.
const LISTED: usize = 200;

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// The file's identity.
    pub file_id: String,
    /// The file's format.
    pub format: u32,
    /// Entries read.
    pub events: u64,
    /// The newest entry.
    pub head: Head,
    /// Rows compared with the log.
    pub rows: u64,
    /// Batches whose digests were computed.
    pub batches: u64,
    /// Observations read.
    pub observations: u64,
    /// How often the clock went back between two entries; listed, never repaired.
    pub clock_steps_back: u64,
    /// Bodies that were blanked, each with its `redact` entry.
    pub blanked: u64,
    /// Numbers of batches whose observations an earlier rebuild could not save.
    pub lost_batches: Vec<i64>,
    /// What is wrong, in the order in which it was found; at most 200.
    pub problems: Vec<Problem>,
    /// Problems beyond those listed.
    pub more_problems: u64,
}

/// One thing that does not hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A number is missing in the row of entries, or comes out of turn.
    EntryMissing(i64),
    /// The text of an entry is not the one that was hashed.
    TextChanged(i64),
    /// An entry does not follow from the one before.
    ChainBroken(i64),
    /// A text was blanked without an entry that says so.
    Blanked(i64),
    /// The text of an entry cannot be read.
    Unreadable(i64),
    /// An entry changes a row from something else than what it was.
    StepBroken(i64),
    /// A row differs from what the log says.
    RowChanged(Table, i64),
    /// A row that the log does not know.
    RowAdded(Table, i64),
    /// A row that the log knows is gone.
    RowRemoved(Table, i64),
    /// The observations of a batch are not those that were recorded. Holds the batch's number and row id.
    BatchDamaged(i64, i64),
    /// Observations of a batch that the log does not know, by row id.
    StrayObservations(i64),
    /// The log is empty: every file begins with an entry.
    NoHistory,
    /// The file has a format that its history does not tell of.
    OtherFormat(u32),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EntryMissing(seq) => write!(f, "entry {seq} is missing or out of turn"),
            Self::TextChanged(seq) => write!(f, "the text of entry {seq} was changed"),
            Self::ChainBroken(seq) => write!(f, "entry {seq} does not follow from the one before"),
            Self::Blanked(seq) => write!(f, "the text of entry {seq} was removed and no entry says why"),
            Self::Unreadable(seq) => write!(f, "the text of entry {seq} cannot be read"),
            Self::StepBroken(seq) => write!(f, "entry {seq} changes a row that was not as it says"),
            Self::RowChanged(table, id) => write!(f, "{} {id} is not what the history says", table.name()),
            Self::RowAdded(table, id) => write!(f, "{} {id} is not in the history", table.name()),
            Self::RowRemoved(table, id) => write!(f, "{} {id} of the history is gone", table.name()),
            Self::BatchDamaged(number, _) => write!(f, "the observations of import {number} were changed"),
            Self::StrayObservations(id) => write!(f, "there are observations of an unknown import {id}"),
            Self::NoHistory => write!(f, "there is no history"),
            Self::OtherFormat(format) => {
                write!(f, "the history does not tell how the file came to format {format}")
            }
        }
    }
}

impl VerifyReport {
    /// Nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Row ids of the batches whose observations were changed.
    pub fn damaged_batches(&self) -> BTreeSet<i64> {
        let id = |problem: &Problem| match problem {
            Problem::BatchDamaged(_, id) => Some(*id),
            _ => None,
        };
        self.problems.iter().filter_map(id).collect()
    }

    fn add(&mut self, problem: Problem) {
        if self.problems.len() < LISTED {
            self.problems.push(problem);
        } else {
            self.more_problems += 1;
        }
    }
}

impl Store {
    /// Verifies the open file as one moment of it.
    pub fn verify(&mut self, progress: &Progress) -> Result<VerifyReport, Error> {
        whole(&mut self.connection, &self.path, progress)
    }
}

/// Verifies a file through a connection of its own, which only reads: for the background, and for files nobody has open.
pub fn file(path: &Path, progress: &Progress) -> Result<VerifyReport, Error> {
    header::sniff(path)?;
    let _held = header::Held::new(path);
    let mut connection = connection::open_guarded(path, false)?;
    connection::check_schema(&connection, path)?;
    whole(&mut connection, path, progress)
}

fn whole(connection: &mut Connection, path: &Path, progress: &Progress) -> Result<VerifyReport, Error> {
    let transaction = connection.transaction().map_err(|error| Error::of(path, error))?;
    let mut log = Log::read(&transaction, true, progress).map_err(|fault| fault.named(path))?;
    log.compare_rows(&transaction, progress).map_err(|fault| fault.named(path))?;
    log.compare_batches(&transaction, progress).map_err(|fault| fault.named(path))?;
    log.compare_format();
    Ok(log.report)
}

/// The first break of the chain, if any: what must hold before the first write.
pub(super) fn first_break(connection: &mut Connection, path: &Path) -> Result<Option<Problem>, Error> {
    let transaction = connection.transaction().map_err(|error| Error::of(path, error))?;
    let log = Log::read(&transaction, false, &Progress::default()).map_err(|fault| fault.named(path))?;
    Ok(log.report.problems.into_iter().next())
}

/// What stops a verification.
enum Fault {
    Sqlite(rusqlite::Error),
    Cancelled(crate::util::progress::Cancelled),
}

impl Fault {
    fn named(self, path: &Path) -> Error {
        match self {
            Self::Sqlite(error) => Error::of(path, error),
            Self::Cancelled(cancelled) => cancelled.into(),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<crate::util::progress::Cancelled> for Fault {
    fn from(cancelled: crate::util::progress::Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

/// The log, read once: what it says each row and each batch must be.
struct Log {
    report: VerifyReport,
    /// Per table: the hash of each row's canonical text.
    rows: Vec<HashMap<i64, Digest>>,
    batches: BTreeMap<i64, BatchBody>,
    blank: BTreeSet<i64>,
    redacted: BTreeSet<i64>,
    lost: BTreeSet<i64>,
    /// The format after the last migration.
    format: Option<u32>,
}

impl Log {
    /// Reads every event and checks the chain; with `replay` also gathers what the rows must be.
    fn read(connection: &Connection, replay: bool, progress: &Progress) -> Result<Self, Fault> {
        let mut log = Self {
            report: VerifyReport {
                file_id: event::read_file_id(connection)?,
                format: migrate::format(connection)?,
                ..VerifyReport::default()
            },
            rows: vec![HashMap::new(); Table::ALL.len()],
            batches: BTreeMap::new(),
            blank: BTreeSet::new(),
            redacted: BTreeSet::new(),
            lost: BTreeSet::new(),
            format: None,
        };
        let mut last = Head { seq: 0, hash: event::genesis(&log.report.file_id), at: i64::MIN };
        let sql = "SELECT seq, op_id, at, actor, site, kind, body, body_hash, hash FROM event ORDER BY seq";
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if log.report.events.is_multiple_of(4_096) {
                progress.report("Reading the history", log.report.events, 0)?;
            }
            log.report.events += 1;
            last = log.event(row, last, replay)?;
        }
        if log.report.events == 0 {
            log.report.add(Problem::NoHistory);
        }
        for &seq in log.blank.difference(&log.redacted) {
            log.report.add(Problem::Blanked(seq));
        }
        log.report.blanked = log.blank.len() as u64;
        log.report.head = last;
        Ok(log)
    }

    fn event(&mut self, row: &Row<'_>, last: Head, replay: bool) -> rusqlite::Result<Head> {
        let (seq, at) = (integer(row, 0)?, integer(row, 2)?);
        let text = |i: usize| -> rusqlite::Result<&[u8]> { Ok(row.get_ref(i)?.as_bytes()?) };
        let (kind, body_hash) = (text(5)?, text(7)?);
        let link =
            Link { seq, op_id: integer(row, 1)?, at, actor: text(3)?, site: text(4)?, kind, body_hash };
        let stored = text(8)?;
        let hash: Digest = stored.try_into().unwrap_or_default();
        if seq != last.seq + 1 {
            self.report.add(Problem::EntryMissing(last.seq + 1));
        } else if link.hash(&last.hash) != hash {
            self.report.add(Problem::ChainBroken(seq));
        }
        self.report.clock_steps_back += u64::from(at < last.at);
        match row.get_ref(6)?.as_str_or_null() {
            Ok(None) => {
                self.blank.insert(seq);
            }
            Ok(Some(body)) => {
                if sha256(body.as_bytes())[..] != *body_hash {
                    self.report.add(Problem::TextChanged(seq));
                } else if (replay || kind == event::REDACT.as_bytes())
                    && self.replay(seq, kind, body).is_none()
                {
                    self.report.add(Problem::Unreadable(seq));
                }
            }
            Err(_) => self.report.add(Problem::TextChanged(seq)),
        }
        Ok(Head { seq, hash, at })
    }

    /// Takes in what an event says; `None` if it cannot be read.
    fn replay(&mut self, seq: i64, kind: &[u8], body: &str) -> Option<()> {
        if kind == event::ROW.as_bytes() {
            let RowBody { t, k, b, v } = serde_json::from_str(body).ok()?;
            let rows = &mut self.rows[Table::of_name(t)? as usize];
            if b.is_some_and(|before| rows.get(&k) != Some(&sha256(before.get().as_bytes()))) {
                self.report.add(Problem::StepBroken(seq));
            }
            match v {
                Some(image) => rows.insert(k, sha256(image.get().as_bytes())),
                None => rows.remove(&k),
            };
        } else if kind == event::BATCH.as_bytes() {
            let body: BatchBody = serde_json::from_str(body).ok()?;
            self.batches.insert(body.batch, body);
        } else if kind == event::REDACT.as_bytes() {
            let body: RedactBody = serde_json::from_str(body).ok()?;
            self.redacted.extend(body.events);
        } else if kind == event::LOST.as_bytes() {
            let body: LostBody = serde_json::from_str(body).ok()?;
            self.lost.insert(body.batch);
        } else if kind == event::MIGRATION.as_bytes() {
            let body: MigrationBody = serde_json::from_str(body).ok()?;
            self.format = Some(body.to);
        }
        Some(())
    }

    /// Compares every table with the log, both ways.
    fn compare_rows(&mut self, connection: &Connection, progress: &Progress) -> Result<(), Fault> {
        let mut text = Vec::new();
        for table in Table::ALL {
            progress.report("Comparing rows", table as u64, Table::ALL.len() as u64)?;
            let columns = table::columns(table);
            let known = &mut self.rows[table as usize];
            let all = &table::statements(table).select_all;
            let lacking = !migrate::has(self.report.format, table);
            let mut statement = if lacking { None } else { Some(connection.prepare(all)?) };
            let mut rows = statement.as_mut().map(|statement| statement.query([])).transpose()?;
            while let Some(row) = rows.as_mut().map_or(Ok(None), rusqlite::Rows::next)? {
                self.report.rows += 1;
                let id = integer(row, 0)?;
                text.clear();
                table::text_of_row(row, columns, &mut text)?;
                match known.remove(&id) {
                    Some(hash) if hash == sha256(&text) => {}
                    Some(_) => self.report.add(Problem::RowChanged(table, id)),
                    None => self.report.add(Problem::RowAdded(table, id)),
                }
            }
            let gone: BTreeSet<i64> = known.keys().copied().collect();
            for id in gone {
                self.report.add(Problem::RowRemoved(table, id));
            }
        }
        Ok(())
    }

    /// What the history says of the format must be what the file says of itself.
    fn compare_format(&mut self) {
        if self.report.events > 0 && self.format != Some(self.report.format) {
            self.report.add(Problem::OtherFormat(self.report.format));
        }
    }

    /// Compares the digest of every batch with the log.
    fn compare_batches(&mut self, connection: &Connection, progress: &Progress) -> Result<(), Fault> {
        let mut hashers: BTreeMap<i64, BatchHasher> = BTreeMap::new();
        for &batch in self.batches.keys() {
            hashers.insert(batch, BatchHasher::new());
        }
        let mut strays = BTreeSet::new();
        let sql =
            "SELECT batch, source_asset, source_update, state, reported_at, installed_at FROM observation
             ORDER BY batch, source_asset, source_update";
        self.each_of_batch(connection, sql, &mut hashers, &mut strays, progress, |row, hasher| {
            hasher.observation(&observation::of_row(row, 1)?);
            Ok(1)
        })?;
        let sql =
            "SELECT batch, source_asset, reported_at FROM report ORDER BY batch, source_asset, reported_at";
        self.each_of_batch(connection, sql, &mut hashers, &mut strays, progress, |row, hasher| {
            hasher.report(&Report { asset: SourceAssetId(integer(row, 1)?), reported_at: integer(row, 2)? });
            Ok(0)
        })?;
        for id in strays {
            self.report.add(Problem::StrayObservations(id));
        }
        let numbers = batch_numbers(connection)?;
        let nothing = hex(&observation::digest(&[], &[]));
        for (id, hasher) in hashers {
            self.report.batches += 1;
            let digest = hex(&hasher.finish());
            let number = numbers.get(&id).copied().unwrap_or_default();
            if self.lost.contains(&id) && digest == nothing {
                self.report.lost_batches.push(number);
            } else if self.batches.get(&id).is_none_or(|body| body.digest != digest) {
                self.report.add(Problem::BatchDamaged(number, id));
            }
        }
        Ok(())
    }

    fn each_of_batch(
        &mut self,
        connection: &Connection,
        sql: &str,
        hashers: &mut BTreeMap<i64, BatchHasher>,
        strays: &mut BTreeSet<i64>,
        progress: &Progress,
        mut take: impl FnMut(&Row<'_>, &mut BatchHasher) -> rusqlite::Result<u64>,
    ) -> Result<(), Fault> {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut current: Option<(i64, &mut BatchHasher)> = None;
        let mut done = 0_u64;
        // The map is asked once per batch, not once per row.
        let mut rest = hashers.iter_mut();
        while let Some(row) = rows.next()? {
            if done.is_multiple_of(16_384) {
                progress.report("Checking observations", done, 0)?;
            }
            done += 1;
            let batch = integer(row, 0)?;
            while current.as_ref().is_none_or(|(id, _)| *id < batch) {
                current = rest.next().map(|(&id, hasher)| (id, hasher));
                if current.is_none() {
                    break;
                }
            }
            match &mut current {
                Some((id, hasher)) if *id == batch => self.report.observations += take(row, hasher)?,
                _ => {
                    strays.insert(batch);
                }
            }
        }
        Ok(())
    }
}

fn batch_numbers(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, i64>> {
    let mut statement = connection.prepare("SELECT id, number FROM batch")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
