//! Owns observations and reports as they lie in the file, and the digest over them.
//! Never knows what a state means, nor what is true of a pair.
//!
//! The digest of a batch: SHA-256 over three fields, each preceded by its length as eight bytes big-endian: the text
//! `patchbook batch 1`, the digest of its observations, the digest of its reports. The digest of the observations is SHA-256
//! over the field `patchbook observations 1` and then, in the order of (`source_asset`, `source_update`), 34 bytes each with
//! no prefix: `source_asset`, `source_update` (eight bytes big-endian each), `state` (one byte), `reported_at` (eight), one
//! byte 1 and `installed_at` (eight), or nine bytes 0 where there is none. The digest of the reports is SHA-256 over the
//! field `patchbook reports 1` and then, in the order of (`source_asset`, `reported_at`), those two numbers of eight bytes.

use rusqlite::{Connection, Row};

use crate::domain::batch::{BatchId, Observation, Report};
use crate::domain::source::{SourceAssetId, SourceUpdateId};
use crate::util::hash::{Digest, FieldHasher};

const INSERT_OBSERVATION: &str = "INSERT INTO observation VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const INSERT_REPORT: &str = "INSERT INTO report VALUES (?1, ?2, ?3)";
const OF_BATCH: &str =
    "SELECT source_asset, source_update, state, reported_at, installed_at FROM observation WHERE batch = ?1
     ORDER BY source_asset, source_update";
const REPORTS_OF_BATCH: &str =
    "SELECT source_asset, reported_at FROM report WHERE batch = ?1 ORDER BY source_asset, reported_at";

/// Hashes the rows of one batch as they come in primary-key order.
pub(super) struct BatchHasher {
    observations: FieldHasher,
    reports: FieldHasher,
    // Rows are gathered so that the hash works on whole blocks.
    buffer: Vec<u8>,
}

impl BatchHasher {
    pub fn new() -> Self {
        Self {
            observations: FieldHasher::new("patchbook observations 1"),
            reports: FieldHasher::new("patchbook reports 1"),
            buffer: Vec::with_capacity(8_192),
        }
    }

    pub fn observation(&mut self, row: &Observation) {
        let mut bytes = [0; 34];
        bytes[..8].copy_from_slice(&row.asset.0.to_be_bytes());
        bytes[8..16].copy_from_slice(&row.update.0.to_be_bytes());
        bytes[16] = row.state;
        bytes[17..25].copy_from_slice(&row.reported_at.to_be_bytes());
        if let Some(installed) = row.installed_at {
            bytes[25] = 1;
            bytes[26..].copy_from_slice(&installed.to_be_bytes());
        }
        self.buffer.extend_from_slice(&bytes);
        if self.buffer.len() > 8_000 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.observations.raw(&self.buffer);
        self.buffer.clear();
    }

    pub fn report(&mut self, row: &Report) {
        self.reports.raw(&row.asset.0.to_be_bytes());
        self.reports.raw(&row.reported_at.to_be_bytes());
    }

    pub fn finish(mut self) -> Digest {
        self.flush();
        let mut whole = FieldHasher::new("patchbook batch 1");
        whole.field(&self.observations.finish());
        whole.field(&self.reports.finish());
        whole.finish()
    }
}

/// The digest of a batch, for rows already in primary-key order.
pub fn digest(observations: &[Observation], reports: &[Report]) -> Digest {
    let mut hasher = BatchHasher::new();
    for row in observations {
        hasher.observation(row);
    }
    for row in reports {
        hasher.report(row);
    }
    hasher.finish()
}

/// Appends the rows of a batch, sorted here into primary-key order, and gives their digest.
pub(super) fn append(
    connection: &Connection,
    batch: BatchId,
    observations: &mut [Observation],
    reports: &mut [Report],
) -> rusqlite::Result<Digest> {
    observations.sort_unstable_by_key(|row| (row.asset, row.update));
    reports.sort_unstable();
    let mut insert = connection.prepare_cached(INSERT_OBSERVATION)?;
    for row in observations.iter() {
        let values = (batch.0, row.asset.0, row.update.0, row.state, row.reported_at, row.installed_at);
        insert.execute(values)?;
    }
    let mut insert = connection.prepare_cached(INSERT_REPORT)?;
    for row in reports.iter() {
        insert.execute((batch.0, row.asset.0, row.reported_at))?;
    }
    Ok(digest(observations, reports))
}

/// Hands out the observations of a batch in primary-key order.
pub(super) fn each(
    connection: &Connection,
    batch: BatchId,
    mut take: impl FnMut(Observation),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(OF_BATCH)?;
    let mut rows = statement.query([batch.0])?;
    while let Some(row) = rows.next()? {
        take(of_row(row, 0)?);
    }
    Ok(())
}

/// Hands out the reports of a batch in primary-key order.
pub(super) fn each_report(
    connection: &Connection,
    batch: BatchId,
    mut take: impl FnMut(Report),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(REPORTS_OF_BATCH)?;
    let mut rows = statement.query([batch.0])?;
    while let Some(row) = rows.next()? {
        take(Report { asset: SourceAssetId(integer(row, 0)?), reported_at: integer(row, 1)? });
    }
    Ok(())
}

/// An observation whose columns begin with `source_asset` at a place.
pub(super) fn of_row(row: &Row<'_>, at: usize) -> rusqlite::Result<Observation> {
    Ok(Observation {
        asset: SourceAssetId(integer(row, at)?),
        update: SourceUpdateId(integer(row, at + 1)?),
        // A state that fits no byte was not written by us; 255 makes the digest differ and means unknown.
        state: u8::try_from(integer(row, at + 2)?).unwrap_or(u8::MAX),
        reported_at: integer(row, at + 3)?,
        installed_at: row.get_ref(at + 4)?.as_i64_or_null()?,
    })
}

/// An integer column, without the detour over a name.
pub(super) fn integer(row: &Row<'_>, at: usize) -> rusqlite::Result<i64> {
    Ok(row.get_ref(at)?.as_i64()?)
}
