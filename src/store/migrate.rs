//! Owns the steps from one format to the next, and the texts a schema must have.
//! Never repairs: a schema that is not exactly one of ours is refused.
//!
//! A fresh file is built by running every step, so that the stored schema texts are the same in every file of a format. A step
//! is frozen once released: its text is pinned by a test.

use rusqlite::Connection;

use super::header::APPLICATION_ID;
use crate::domain::row::Table;
use crate::util::hash::{Digest, FieldHasher, hex};

/// The newest format this program knows; `user_version` in the file.
pub const FORMAT: u32 = 3;

/// One step: from the format before to `to`.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The format after the step.
    pub to: u32,
    /// Its statements, in order.
    pub texts: &'static [&'static str],
    /// Digest of the schema after the step, hexadecimal (see [`built_schema`]).
    pub schema: &'static str,
}

/// Every step, oldest first.
pub const STEPS: [Step; 3] = [
    Step {
        to: 1,
        texts: &[
            include_str!("sql/create_register.sql"),
            include_str!("sql/create_history.sql"),
            include_str!("sql/create_observation.sql"),
        ],
        schema: "d18183d3a8fabe4feeedbd1437ec981230f85229ad4feb3d87de822d111363b7",
    },
    Step {
        to: 2,
        texts: &[include_str!("sql/create_month.sql")],
        schema: "7d6883db60a41b9e374862bfa8fb96f866404bc5403df65ff7a9a3b59e1407a3",
    },
    Step {
        to: 3,
        texts: &[include_str!("sql/create_promise.sql")],
        schema: "6f97750cb777f3809d23018b6bbbf6bcbf63e5e6c3bce8d41777e62a3777c9a5",
    },
];

impl Step {
    /// Digest of the step's own text.
    pub fn digest(&self) -> Digest {
        let mut hasher = FieldHasher::new("patchbook step 1");
        for text in self.texts {
            hasher.field(text.as_bytes());
        }
        hasher.finish()
    }
}

/// Runs the steps that lead from a format to a later one, inside the caller's transaction.
pub(super) fn run(connection: &Connection, from: u32, to: u32) -> rusqlite::Result<()> {
    for step in STEPS.iter().filter(|step| step.to > from && step.to <= to) {
        for text in step.texts {
            connection.execute_batch(text)?;
        }
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", to)
}

/// The format that the file says it has. Asked anew in each transaction that reads the register: somebody else may upgrade the
/// file while this one looks on.
pub(super) fn format(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Whether a format has a table.
pub(super) fn has(format: u32, table: Table) -> bool {
    since(table) <= format
}

/// The format that brought a table.
fn since(table: Table) -> u32 {
    match table {
        Table::Shop
        | Table::Person
        | Table::PatchGroup
        | Table::Asset
        | Table::AssetFact
        | Table::PatchUpdate
        | Table::Supersedence
        | Table::Rating
        | Table::DeadlineRule
        | Table::Waiver
        | Table::Source
        | Table::SourceAsset
        | Table::SourceUpdate
        | Table::Subscription
        | Table::Profile
        | Table::Batch
        | Table::Attestation => 1,
        Table::Catalogue
        | Table::ThreatFact
        | Table::Advisory
        | Table::Finding
        | Table::RatingGround
        | Table::TechDomain
        | Table::GoDecision
        | Table::KnownConflict
        | Table::Prerequisite
        | Table::BusinessCase
        | Table::Document
        | Table::DocumentVersion
        | Table::RuleSet
        | Table::SetRule
        | Table::PendingRule
        | Table::Lifecycle
        | Table::ExtendedSupport
        | Table::ProgrammeEntry
        | Table::Seal
        | Table::CloseAnswer
        | Table::Signature
        | Table::Posture
        | Table::Counting => 3,
        _ => 2,
    }
}

/// Digest over every object of the schema by type and name: type, name, table, text.
pub(super) fn schema_digest(connection: &Connection) -> rusqlite::Result<Digest> {
    let mut hasher = FieldHasher::new("patchbook schema 1");
    let sql = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for i in 0..4 {
            hasher.field(row.get_ref(i)?.as_bytes().unwrap_or_default());
        }
    }
    Ok(hasher.finish())
}

/// Digest of the schema that the steps up to a format build, hexadecimal: what [`Step::schema`] is frozen at.
pub fn built_schema(format: u32) -> Result<String, super::Error> {
    let build = || {
        let connection = Connection::open_in_memory()?;
        for text in STEPS.iter().filter(|step| step.to <= format).flat_map(|step| step.texts) {
            connection.execute_batch(text)?;
        }
        schema_digest(&connection)
    };
    build().map(|digest| hex(&digest)).map_err(super::Error::Sqlite)
}

/// The format whose frozen schema the file has; `None` if it is none of ours.
pub(super) fn known_format(connection: &Connection) -> rusqlite::Result<Option<u32>> {
    let digest = hex(&schema_digest(connection)?);
    Ok(STEPS.iter().find(|step| step.schema == digest).map(|step| step.to))
}
