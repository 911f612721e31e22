//! Owns what an event is and how events are chained by their hashes.
//! Never interprets a row image.
//!
//! `hash` of an event: SHA-256 over nine fields, each preceded by its length as eight bytes big-endian: the text
//! `patchbook event 1`, the previous hash, `seq`, `op_id`, `at` (eight bytes big-endian each), `actor`, `site`, `kind`,
//! `body_hash`. Before the first event stands the hash over the fields `patchbook genesis 1` and the file id. `body_hash` is
//! plain SHA-256 of the stored body text.

use rusqlite::{CachedStatement, Connection};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::book::Head;
use crate::util::hash::{Digest, FieldHasher, sha256};

/// Header of an operation, its first event.
pub const OPERATION: &str = "operation";
/// A row changed.
pub const ROW: &str = "row";
/// Observations were appended.
pub const BATCH: &str = "batch";
/// A document was printed.
pub const PRINTED: &str = "printed";
/// Bodies were blanked.
pub const REDACT: &str = "redact";
/// The format changed.
pub const MIGRATION: &str = "migration";
/// A rebuild could not save the observations of a batch.
pub const LOST: &str = "lost";

/// Who records, where and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// Name of the person; given once, not authenticated.
    pub actor: String,
    /// Name of the machine.
    pub site: String,
    /// The machine's clock, UTC seconds, as it is.
    pub at: i64,
}

/// Body of an `operation` event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// What was done, in a few words.
    pub label: String,
    /// Why, where somebody said.
    pub note: String,
    /// The operation this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_of: Option<i64>,
    /// It cannot be undone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
}

/// Body of a `row` event, its images still texts. The nonce (`n`) keeps a blanked body from being guessed by its hash.
#[derive(Debug, Deserialize)]
pub(super) struct RowBody<'a> {
    /// Table.
    pub t: &'a str,
    /// Row id.
    pub k: i64,
    /// Image before; left out where the row is new, or where the earlier image was redacted.
    #[serde(borrow, default)]
    pub b: Option<&'a RawValue>,
    /// Image after; null where the row goes.
    #[serde(borrow)]
    pub v: Option<&'a RawValue>,
}

/// Body of a `batch` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BatchBody {
    /// Row id of the batch.
    pub batch: i64,
    /// How many observations.
    pub observations: i64,
    /// How many reports.
    pub reports: i64,
    /// Their digest, hexadecimal.
    pub digest: String,
}

/// Body of a `redact` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RedactBody {
    /// Numbers of the events whose bodies were blanked.
    pub events: Vec<i64>,
    /// Why.
    pub reason: String,
}

/// Body of a `lost` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LostBody {
    /// Row id of the batch.
    pub batch: i64,
}

/// Body of a `migration` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MigrationBody {
    /// Format before; 0 for a new file.
    pub from: u32,
    /// Format after.
    pub to: u32,
}

/// Body of a `printed` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// Title of the document.
    pub title: String,
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

/// A body as it is stored: compact JSON in the order of its fields.
pub(super) fn body_text<T: Serialize>(body: &T) -> String {
    // Structs of plain fields always serialise.
    serde_json::to_string(body).unwrap_or_default()
}

/// The hash before the first event.
pub fn genesis(file_id: &str) -> Digest {
    let mut hasher = FieldHasher::new("patchbook genesis 1");
    hasher.field(file_id.as_bytes());
    hasher.finish()
}

/// What of an event is hashed, beside the previous hash.
pub(super) struct Link<'a> {
    pub seq: i64,
    pub op_id: i64,
    pub at: i64,
    pub actor: &'a [u8],
    pub site: &'a [u8],
    pub kind: &'a [u8],
    pub body_hash: &'a [u8],
}

impl Link<'_> {
    /// The event's hash.
    pub fn hash(&self, previous: &Digest) -> Digest {
        let mut hasher = FieldHasher::new("patchbook event 1");
        hasher.field(previous).number(self.seq).number(self.op_id).number(self.at);
        hasher.field(self.actor).field(self.site).field(self.kind).field(self.body_hash);
        hasher.finish()
    }
}

/// Appends the events of one operation.
pub(super) struct Appender<'c> {
    insert: CachedStatement<'c>,
    head: Head,
    op_id: i64,
    author: &'c Author,
}

impl<'c> Appender<'c> {
    pub fn new(
        connection: &'c Connection,
        head: Head,
        op_id: i64,
        author: &'c Author,
    ) -> rusqlite::Result<Self> {
        let insert =
            connection.prepare_cached("INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        Ok(Self { insert, head, op_id, author })
    }

    pub fn push(&mut self, kind: &str, body: &str) -> rusqlite::Result<()> {
        let Author { actor, site, at } = self.author;
        let (seq, body_hash) = (self.head.seq + 1, sha256(body.as_bytes()));
        let link = Link {
            seq,
            op_id: self.op_id,
            at: *at,
            actor: actor.as_bytes(),
            site: site.as_bytes(),
            kind: kind.as_bytes(),
            body_hash: &body_hash,
        };
        let hash = link.hash(&self.head.hash);
        self.insert.execute((seq, self.op_id, at, actor, site, kind, body, &body_hash[..], &hash[..]))?;
        self.head = Head { seq, hash, at: *at };
        Ok(())
    }

    pub fn op_id(&self) -> i64 {
        self.op_id
    }

    pub fn head(&self) -> Head {
        self.head
    }
}

/// The newest event of a file, or its genesis.
pub(super) fn read_head(connection: &Connection, file_id: &str) -> rusqlite::Result<Head> {
    let sql = "SELECT seq, hash, at FROM event ORDER BY seq DESC LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(Head { seq: 0, hash: genesis(file_id), at: 0 }) };
    let hash = row.get_ref(1)?.as_blob()?;
    // A hash of another length matches nothing; verification names it.
    let hash = hash.try_into().unwrap_or_default();
    Ok(Head { seq: row.get(0)?, hash, at: row.get(2)? })
}

/// The file's identity.
pub(super) fn read_file_id(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("SELECT file_id FROM file", [], |row| row.get(0))
}
