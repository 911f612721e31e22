//! Owns the one description of how a row image lies in its table: columns, their kinds, and the texts made of them.
//! Never knows what a column means.
//!
//! The *canonical text* of a row is its image as compact JSON with the keys in column order. It is what an event body
//! carries, and `text_of_row` writes the same text straight from the columns, so that a table and the log compare as texts.

use std::sync::LazyLock;

use rusqlite::types::{Null, ValueRef};
use rusqlite::{Row, Statement};
use serde_json::Value;

use crate::domain::row::{Image, Table};

/// How a column keeps a value of a row image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// A text; words of an enumeration and dates too.
    Text,
    /// 0 or 1.
    Bool,
    /// An array or an object, as its canonical JSON text.
    Json,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name: the key in the image.
    pub name: &'static str,
    /// How values are kept.
    pub kind: Kind,
}

/// Writes a table's columns, one kind after the other in the order of the image.
macro_rules! columns {
    ($($kind:ident $name:literal),+ $(,)?) => {
        &[$(Column { name: $name, kind: Kind::$kind }),+]
    };
}

/// The columns of a table, in the order of its row image.
#[expect(clippy::too_many_lines, reason = "one table of tables; cutting it in two would hide it")]
pub fn columns(table: Table) -> &'static [Column] {
    match table {
        Table::Shop => columns!(
            Int "id", Text "name", Text "logo", Text "zone", Text "paper", Int "fresh_server_days", Int "fresh_other_days",
            Json "covered", Text "adoption_on", Bool "sample",
        ),
        Table::Person => columns!(Int "id", Text "name", Text "mail", Text "function"),
        Table::PatchGroup => columns!(Int "id", Text "name", Int "position", Text "note"),
        Table::Asset => columns!(
            Int "id", Text "name", Json "aliases", Text "kind", Text "function", Text "environment", Text "criticality",
            Text "os", Text "os_version", Text "technology", Json "products", Text "make", Text "model", Text "serial",
            Text "ip", Text "site", Text "zone", Int "owner", Int "deploy_admin", Int "app_support", Int "tester",
            Bool "manual_only", Bool "remote_only", Text "restart_procedure", Text "ownership", Text "support_end_on",
            Text "support_proof", Int "partner", Int "standby_of", Json "depends_on", Json "away", Text "note",
            Json "imported", Int "created_at",
        ),
        Table::AssetFact => columns!(
            Int "id", Int "asset", Json "value", Int "since_at", Text "reason", Text "approved_by",
        ),
        Table::PatchUpdate => columns!(
            Int "id", Text "vendor", Text "title", Json "kbs", Text "guid", Text "classification", Text "severity",
            Json "products", Text "minimum_version", Int "released_at", Text "release_basis", Int "declined_at",
            Text "declined_reason", Int "withdrawn_at", Bool "superseded", Int "created_at",
        ),
        Table::Supersedence => columns!(Int "id", Int "older", Int "newer"),
        Table::Rating => columns!(Int "id", Int "update", Text "rank", Text "reason", Int "since_at"),
        Table::DeadlineRule => columns!(
            Int "id", Text "rank", Text "class", Text "exposure", Int "amount", Text "unit", Text "clock", Int "from_at",
            Int "until_at", Text "source",
        ),
        Table::Waiver => columns!(
            Int "id", Int "asset", Int "update", Int "approved_at", Int "until_at", Int "voided_at", Text "reason",
            Text "approved_by",
        ),
        Table::Source => columns!(Int "id", Text "kind", Text "name", Int "synced_at", Text "sync_result"),
        Table::SourceAsset => columns!(Int "id", Int "source", Text "key", Text "name", Int "asset"),
        Table::SourceUpdate => columns!(Int "id", Int "source", Text "key", Int "update"),
        Table::Subscription => columns!(Int "id", Int "source", Text "kind", Text "title", Int "ended_at"),
        Table::Profile => columns!(Int "id", Text "fingerprint", Text "name", Text "answers"),
        Table::Batch => columns!(
            Int "id", Int "source", Int "number", Json "files", Text "scope", Int "as_of_at", Int "recorded_at",
            Int "observations", Text "digest", Int "voided_at",
        ),
        Table::Attestation => columns!(
            Int "id", Int "asset", Int "update", Int "checked_at", Text "checked_by", Text "how", Text "evidence_name",
            Text "evidence_sha256", Int "voided_at",
        ),
        Table::Practice => columns!(
            Int "id", Bool "hats", Int "quiet_days", Int "review_days", Int "quorum", Int "desktops_per_night",
            Bool "severe_waivers", Bool "cyber_essentials", Json "waiver_caps",
        ),
        Table::Departure => columns!(Int "id", Int "person", Text "last_on", Int "ended_at"),
        Table::ReleaseRule => columns!(
            Int "id", Text "vendor", Text "title", Int "nth", Text "weekday", Json "months", Text "time",
            Text "zone", Text "from_on", Text "until_on", Text "source", Bool "unconfirmed", Int "ended_at",
        ),
        Table::ReleaseOverride => columns!(
            Int "id", Int "rule", Text "month", Int "at", Text "reason", Int "ended_at",
        ),
        Table::Closure => columns!(
            Int "id", Text "kind", Text "name", Text "from_on", Text "until_on", Bool "yearly", Text "effect",
            Json "groups", Int "ended_at",
        ),
        Table::MaintenanceWindow => columns!(
            Int "id", Int "group", Text "name", Json "recurs", Text "start", Int "minutes", Text "zone",
            Int "agreed_by", Text "agreed_on", Text "agreed_until_on", Text "evidence_name", Text "evidence_sha256",
            Int "ended_at",
        ),
        Table::CycleTemplate => columns!(
            Int "id", Text "name", Text "kind", Int "release", Json "steps", Int "ended_at",
        ),
        Table::Cycle => columns!(
            Int "id", Text "kind", Text "name", Text "month", Int "template", Int "anchor_at", Int "cutoff_at",
            Bool "drill", Json "updates", Json "points", Text "reason", Text "declared_by", Int "approve_by_at",
            Int "created_at", Int "closed_at", Text "closed_by", Text "cancelled_because",
        ),
        Table::CycleStep => columns!(
            Int "id", Int "cycle", Int "position", Text "key", Text "phase", Text "title", Int "role", Int "person",
            Int "deputy", Text "document", Bool "milestone", Int "planned_at", Int "due_at", Text "shifted_because",
            Int "done_at", Text "done_by", Int "recorded_at", Text "skipped_because", Text "note",
        ),
        Table::InterimMeasure => columns!(
            Int "id", Int "cycle", Text "what", Text "undo", Int "owner", Int "in_force_at", Int "review_at",
            Int "removed_at", Text "removed_because",
        ),
        Table::Role => columns!(
            Int "id", Text "code", Text "name", Text "responsibility", Text "job_title", Text "hat", Int "position",
            Int "ended_at",
        ),
        Table::Assignment => columns!(
            Int "id", Int "role", Int "person", Text "part", Text "from_on", Text "until_on", Text "reason",
        ),
        Table::Activity => columns!(
            Int "id", Int "position", Text "name", Text "duty", Json "marks", Int "ended_at",
        ),
        Table::DutyConflict => columns!(
            Int "id", Text "rule", Int "person", Int "change", Text "accepted_by", Int "accepted_at", Text "instead",
            Int "ended_at",
        ),
        Table::Member => columns!(
            Int "id", Int "person", Text "list", Text "represents", Int "nominee_of", Text "from_on",
            Text "until_on",
        ),
        Table::Contact => columns!(
            Int "id", Int "group", Text "bridge", Text "emergency", Json "escalation", Int "ended_at",
        ),
        Table::Meeting => columns!(
            Int "id", Text "kind", Int "number", Int "cycle", Text "title", Int "planned_at", Int "held_at",
            Int "ended_at", Text "place", Int "chair", Int "taker", Json "attendance", Int "quorum", Json "items",
            Text "good", Text "improve", Text "solutions", Text "thanks", Text "accepted_by", Int "accepted_at",
            Text "cancelled_because",
        ),
        Table::Action => columns!(
            Int "id", Text "what", Int "owner", Text "due_on", Json "origin", Int "created_at", Int "done_at",
            Text "done_by", Text "result", Text "dropped_because",
        ),
        Table::ChangeTemplate => columns!(
            Int "id", Text "name", Text "kind", Text "reason", Json "plan", Int "window_minutes", Int "ratified_by",
            Text "ratified_function", Int "ratified_at", Text "evidence_name", Text "evidence_sha256",
            Text "expires_on", Int "revoked_at", Text "revoked_because",
        ),
        Table::ChangeRecord => columns!(
            Int "id", Text "number", Text "kind", Text "state", Text "title", Int "cycle", Int "group",
            Int "template", Json "updates", Text "rank", Text "reason", Json "plan", Int "window_from_at",
            Int "window_until_at", Int "requester", Int "coordinator", Int "implementer", Int "tester",
            Int "monitor", Json "backup", Text "untested_because", Text "go_ahead_because", Int "approve_by_at",
            Bool "after_the_fact", Int "started_at", Int "start_recorded_at", Int "ended_at", Text "ended_as",
            Int "downtime_minutes", Text "outcome", Text "issues", Int "monitor_until_at", Text "review", Bool "criteria_met",
            Int "created_at", Int "closed_at", Text "closed_by", Text "cancelled_because",
        ),
        Table::ChangeLine => columns!(
            Int "id", Int "change", Int "asset", Int "ring", Int "window_from_at", Int "window_until_at",
            Json "backup", Text "note", Text "result", Int "result_at", Text "result_by", Text "proof",
            Text "monitored_by", Int "monitored_at", Text "removed_because",
        ),
        Table::TestResult => columns!(
            Int "id", Int "change", Int "line", Text "stage", Text "case", Text "expected", Text "found",
            Text "verdict", Int "tested_by", Int "tested_at", Text "evidence_name", Text "evidence_sha256",
            Text "voided_because",
        ),
        Table::Approval => columns!(
            Int "id", Text "subject", Int "subject_id", Text "decision", Int "person", Text "function",
            Text "medium", Int "decided_at", Int "recorded_at", Text "recorded_by", Text "comment",
            Text "evidence_name", Text "evidence_sha256", Text "fingerprint", Text "decided_text", Bool "own",
            Int "voided_at", Text "voided_because",
        ),
        Table::NoticeSent => columns!(
            Int "id", Text "kind", Text "subject", Int "subject_id", Text "recipients", Text "title", Text "text",
            Int "created_at", Int "sent_at", Text "sent_by",
        ),
        Table::WaiverRequest => columns!(
            Int "id", Text "number", Int "cycle", Json "updates", Json "assets", Text "reason_class", Text "reason",
            Text "recommendation", Text "residual", Json "controls", Text "exit_plan", Text "exit_on",
            Int "requested_by", Int "requested_at", Text "until_on", Text "review_on", Bool "void_if_exploited",
            Bool "void_if_exposed", Int "renews", Int "reviewed_at", Json "grants", Int "granted_at",
            Text "rejected_because", Int "revoked_at", Text "revoked_because", Int "created_at",
        ),
        Table::Runbook => columns!(
            Int "id", Text "name", Json "steps", Int "ended_at",
        ),
        Table::Run => columns!(
            Int "id", Int "cycle", Json "changes", Int "runbook", Text "title", Bool "drill", Int "lead",
            Text "bridge", Int "planned_at", Int "begun_at", Int "ended_at", Text "summary", Text "accepted_by",
            Int "accepted_at", Text "cancelled_because", Int "created_at",
        ),
        Table::RunStep => columns!(
            Int "id", Int "run", Int "position", Int "planned_at", Int "minutes", Text "task", Json "parts",
            Text "team", Int "person", Int "group", Int "begun_at", Int "ended_at", Text "skipped_because",
        ),
        Table::RunEntry => columns!(
            Int "id", Int "run", Int "at", Int "recorded_at", Text "author", Text "kind", Text "text", Int "step",
            Int "group", Int "asset", Text "receiver", Bool "late", Int "corrects",
        ),
        Table::Catalogue => {
            columns!(Int "id", Text "kind", Text "title", Text "version", Text "model", Int "published_at", Text "file_name", Text "sha256", Int "entries", Int "kept", Json "looked", Int "recorded_at")
        }
        Table::ThreatFact => columns!(Int "id", Text "cve", Int "catalogue", Json "value", Int "recorded_at"),
        Table::Advisory => {
            columns!(Int "id", Text "kb", Int "catalogue", Text "title", Text "released_on", Json "cves", Text "severity", Json "products", Json "fixes", Json "supersedes", Text "restart", Int "recorded_at")
        }
        Table::Finding => {
            columns!(Int "id", Int "catalogue", Int "asset", Int "update", Text "kb", Json "cves", Text "plugin", Text "name", Text "severity", Int "seen_at", Int "gone_at", Int "recorded_at")
        }
        Table::RatingGround => {
            columns!(Int "id", Text "suggested", Json "reasons", Text "bundle", Int "recorded_at")
        }
        Table::TechDomain => {
            columns!(Int "id", Text "name", Json "technologies", Int "decider", Int "deputy", Text "section", Bool "silent_go", Int "silent_since_at", Text "object_weekday", Text "object_time", Int "position", Int "ended_at")
        }
        Table::GoDecision => {
            columns!(Int "id", Int "domain", Json "updates", Text "decision", Text "reason", Text "risk", Int "cost_cents", Int "cost_minutes", Bool "outage", Text "outage_when", Text "wait_until_on", Text "decided_by", Text "function", Text "medium", Int "decided_at", Int "recorded_at", Text "recorded_by", Text "evidence_name", Text "evidence_sha256", Int "voided_at")
        }
        Table::KnownConflict => {
            columns!(Int "id", Text "product", Int "update", Int "asset", Text "what", Text "remedy", Text "solved_by", Text "seen_on", Int "recorded_at", Int "ended_at")
        }
        Table::Prerequisite => {
            columns!(Int "id", Int "update", Int "needs", Text "what", Text "kind", Int "recorded_at", Int "ended_at")
        }
        Table::BusinessCase => {
            columns!(Int "id", Text "name", Text "currency", Json "cost", Json "loss", Text "ask", Text "other_side", Int "created_at", Text "judged", Text "judged_by", Text "judged_function", Text "judged_medium", Int "judged_at", Text "recorded_by", Text "comment", Text "evidence_name", Text "evidence_sha256", Int "ended_at")
        }
        Table::Document => {
            columns!(Int "id", Text "key", Text "title", Int "owner", Text "classification", Int "review_months", Json "own_sections", Int "created_at", Int "ended_at")
        }
        Table::DocumentVersion => {
            columns!(Int "id", Int "document", Int "number", Text "state", Int "template", Text "text", Json "stated", Json "about", Text "note", Text "made_by", Int "made_at", Int "submitted_at", Text "ratified_by", Text "ratified_function", Text "ratified_medium", Int "ratified_at", Int "recorded_at", Text "recorded_by", Text "evidence_name", Text "evidence_sha256", Text "effective_on", Text "next_review_on", Int "superseded_at")
        }
        Table::RuleSet => {
            columns!(Int "id", Text "key", Text "name", Text "source", Text "note", Text "from_on", Text "until_on", Json "binds", Bool "waivers", Bool "unconfirmed", Int "adopted_at", Int "ended_at")
        }
        Table::SetRule => {
            columns!(Int "id", Int "set", Int "position", Text "label", Json "condition", Text "stage", Int "count", Text "unit", Text "clock", Bool "triage", Bool "unconfirmed")
        }
        Table::PendingRule => {
            columns!(Int "id", Text "kind", Int "replaces", Json "shall_be", Int "set", Text "reason", Text "proposed_by", Int "proposed_at", Int "case", Text "settled", Int "settled_at", Int "version")
        }
        Table::Lifecycle => {
            columns!(Int "id", Text "product", Text "edition", Text "security_end_on", Text "extended_end_on", Text "source", Text "as_of_on", Bool "own", Int "recorded_at", Int "ended_at")
        }
        Table::ExtendedSupport => {
            columns!(Int "id", Int "asset", Text "product", Text "until_on", Text "reference", Text "evidence_name", Text "evidence_sha256", Int "recorded_at", Int "voided_at")
        }
        Table::ProgrammeEntry => {
            columns!(Int "id", Text "kind", Int "position", Json "fields", Int "created_at", Int "ended_at")
        }
        Table::Seal => {
            columns!(Int "id", Text "month", Int "number", Int "as_of_at", Int "sealed_at", Text "sealed_by", Text "definitions", Text "program", Json "inputs", Json "outputs", Json "answered", Text "judgement", Int "restates", Text "reason", Text "approved_by", Text "sha256")
        }
        Table::CloseAnswer => {
            columns!(Int "id", Text "month", Text "item", Text "answer", Text "found", Text "answered_by", Int "answered_at")
        }
        Table::Signature => {
            columns!(Int "id", Int "seal", Text "meaning", Text "name", Text "function", Text "medium", Int "signed_at", Int "recorded_at", Text "recorded_by", Text "evidence_name", Text "evidence_sha256", Int "voided_at")
        }
        Table::Posture => {
            columns!(Int "id", Text "name", Int "taken_at", Text "taken_by", Bool "baseline", Text "threat", Text "protection", Text "environment", Text "defence", Text "definitions", Json "figures", Json "machines", Int "seal", Text "sha256")
        }
        Table::Counting => {
            columns!(Int "id", Json "covered", Int "fresh_server_days", Int "fresh_other_days", Text "adoption_on", Text "zone", Int "since_at", Text "reason")
        }
    }
}

/// The statements over one table. Parameters of `insert` follow the columns; those of `update` too, so `?1` is the id.
pub(super) struct Statements {
    pub insert: String,
    pub update: String,
    pub delete: String,
    pub select_one: String,
    pub select_all: String,
}

/// The statements of a table, built once.
pub(super) fn statements(table: Table) -> &'static Statements {
    static ALL: LazyLock<Vec<Statements>> = LazyLock::new(|| Table::ALL.into_iter().map(build).collect());
    &ALL[table as usize]
}

fn build(table: Table) -> Statements {
    let name = table.name();
    let columns = columns(table);
    let names = columns.iter().map(|c| format!("\"{}\"", c.name)).collect::<Vec<_>>().join(", ");
    let marks = (1..=columns.len()).map(|i| format!("?{i}")).collect::<Vec<_>>().join(", ");
    // The id itself is never set: a set key makes SQLite look for children of the old one.
    let sets = columns.iter().enumerate().skip(1).map(|(i, c)| format!("\"{}\" = ?{}", c.name, i + 1));
    let sets = sets.collect::<Vec<_>>().join(", ");
    Statements {
        insert: format!("INSERT INTO {name} ({names}) VALUES ({marks})"),
        update: format!("UPDATE {name} SET {sets} WHERE id = ?1"),
        delete: format!("DELETE FROM {name} WHERE id = ?1"),
        select_one: format!("SELECT {names} FROM {name} WHERE id = ?1"),
        select_all: format!("SELECT {names} FROM {name} ORDER BY id"),
    }
}

/// Why an image cannot be bound: the column, or the key that is none.
pub(super) enum Misfit {
    Column(&'static str),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Misfit {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// Binds an image to an `insert` or `update` statement. The image must have exactly the table's columns, in their order.
pub(super) fn bind(statement: &mut Statement<'_>, table: Table, image: &Image) -> Result<(), Misfit> {
    let columns = columns(table);
    if image.len() != columns.len() {
        return Err(Misfit::Column("the number of fields"));
    }
    for (i, (column, (key, value))) in columns.iter().zip(image).enumerate() {
        if column.name != key {
            return Err(Misfit::Column(column.name));
        }
        let at = i + 1;
        match (column.kind, value) {
            (_, Value::Null) => statement.raw_bind_parameter(at, Null)?,
            (Kind::Int, Value::Number(n)) => {
                statement.raw_bind_parameter(at, n.as_i64().ok_or(Misfit::Column(column.name))?)?;
            }
            (Kind::Text, Value::String(text)) => statement.raw_bind_parameter(at, text.as_str())?,
            (Kind::Bool, Value::Bool(yes)) => statement.raw_bind_parameter(at, yes)?,
            (Kind::Json, Value::Array(_) | Value::Object(_)) => {
                statement.raw_bind_parameter(at, value.to_string())?;
            }
            _ => return Err(Misfit::Column(column.name)),
        }
    }
    Ok(())
}

/// Writes the canonical text of a row selected in column order. A value of the wrong type gives a text that no image has.
pub(super) fn text_of_row(row: &Row<'_>, columns: &[Column], out: &mut Vec<u8>) -> rusqlite::Result<()> {
    out.push(b'{');
    for (i, column) in columns.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        out.push(b'"');
        out.extend_from_slice(column.name.as_bytes());
        out.extend_from_slice(b"\":");
        match (row.get_ref(i)?, column.kind) {
            (ValueRef::Null, _) => out.extend_from_slice(b"null"),
            (ValueRef::Integer(0), Kind::Bool) => out.extend_from_slice(b"false"),
            (ValueRef::Integer(1), Kind::Bool) => out.extend_from_slice(b"true"),
            (ValueRef::Integer(n), Kind::Int) => number(n, out),
            (ValueRef::Text(text), Kind::Json) => out.extend_from_slice(text),
            (ValueRef::Text(text), Kind::Text) => string(&String::from_utf8_lossy(text), out),
            _ => out.extend_from_slice(b"?"),
        }
    }
    out.push(b'}');
    Ok(())
}

/// The image of a row selected in column order; `None` if a value does not fit its column.
pub(super) fn image_of_row(row: &Row<'_>, columns: &[Column]) -> rusqlite::Result<Option<Image>> {
    let mut image = Image::new();
    for (i, column) in columns.iter().enumerate() {
        let value = match (row.get_ref(i)?, column.kind) {
            (ValueRef::Null, _) => Value::Null,
            (ValueRef::Integer(n), Kind::Bool) => Value::Bool(n != 0),
            (ValueRef::Integer(n), Kind::Int) => Value::from(n),
            (ValueRef::Text(text), Kind::Json) => match serde_json::from_slice(text) {
                Ok(value) => value,
                Err(_) => return Ok(None),
            },
            (ValueRef::Text(text), Kind::Text) => match std::str::from_utf8(text) {
                Ok(text) => Value::from(text),
                Err(_) => return Ok(None),
            },
            _ => return Ok(None),
        };
        image.insert(column.name.to_owned(), value);
    }
    Ok(Some(image))
}

/// The canonical text of an image.
pub(super) fn text_of_image(image: &Image) -> String {
    // A map with string keys always serialises.
    serde_json::to_string(image).unwrap_or_default()
}

pub(super) fn number(n: i64, out: &mut Vec<u8>) {
    use std::io::Write as _;
    // Writing into a Vec cannot fail.
    let _infallible = write!(out, "{n}");
}

pub(super) fn string(text: &str, out: &mut Vec<u8>) {
    // Writing a string into a Vec cannot fail.
    let _infallible = serde_json::to_writer(out, text);
}
