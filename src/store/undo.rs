//! Owns taking operations back, and bringing them back again, out of the log: so it works after a restart and from the console.
//! Never deletes an event or an observation; an import's batch is voided, and what it created is removed by new events. Never judges
//! whether it ought to: that is the domain's, before.

use rusqlite::{Connection, OptionalExtension as _};
use serde_json::Value;

use super::error::{Conflict, Error};
use super::event::{self, Author, Header, RowBody};
use super::history::{self, OperationView, Verb};
use super::{Committed, Store};
use crate::domain::row::{Image, RowChange, Table};
use crate::util::progress::Progress;

/// What can be undone and redone, the next one last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stacks {
    /// Operations to undo.
    pub undo: Vec<OperationView>,
    /// Undoings to undo.
    pub redo: Vec<OperationView>,
}

/// What taking an operation back, or bringing it back, would change.
#[derive(Clone, Debug)]
pub struct Reversal {
    /// The operation that is turned round.
    pub op_id: i64,
    /// When that was recorded, UTC seconds.
    pub recorded_at: i64,
    /// What was done.
    pub label: String,
    /// It cannot be undone.
    pub fixed: bool,
    /// The inverse of its changes, last first.
    pub changes: Vec<RowChange>,
}

impl Store {
    /// What can be undone and redone, derived from the log. An operation recorded after an undo ends the redoing.
    pub fn stacks(&self) -> Result<Stacks, Error> {
        Ok(stacks(self.operations()?))
    }

    /// What taking an operation back would change, for whoever judges it first. Undoing an undoing brings the operation back.
    pub fn reversal(&self, op_id: i64, at: i64) -> Result<Reversal, Error> {
        let named = |error| Error::of(&self.path, error);
        let operations = history::operations(&self.connection).map_err(named)?;
        let (target, is_undone) = newest_standing(&operations, op_id)?;
        let label = target.label.clone();
        if is_undone {
            return Err(Conflict::AlreadyUndone { label }.into());
        }
        let (op_id, recorded_at) = (target.op_id, target.at);
        let changes = inverse(&self.connection, op_id, target.seq, at)
            .map_err(named)?
            .ok_or_else(|| Conflict::Fixed { label: label.clone() })?;
        Ok(Reversal { op_id, recorded_at, label, fixed: target.fixed, changes })
    }

    /// Takes an operation back: appends the inverse of its changes, in one transaction. Undoing an undoing brings the
    /// operation back. Refused, with the reason by name, where something recorded later stands in the way.
    pub fn undo(&mut self, op_id: i64, author: &Author) -> Result<Committed, Error> {
        let reversal = self.reversal(op_id, author.at)?;
        self.revert(reversal, author)
    }

    /// Records a reversal as one operation.
    pub fn revert(&mut self, reversal: Reversal, author: &Author) -> Result<Committed, Error> {
        let Reversal { op_id, label, fixed, changes, .. } = reversal;
        if fixed {
            return Err(Conflict::Fixed { label }.into());
        }
        let header = Header { label, undo_of: Some(op_id), ..Header::default() };
        self.write(author, None, true, |write| {
            write.header(&header)?;
            for change in changes.iter().filter(|change| change.table == Table::Batch) {
                if let Some(conflict) =
                    batch_conflict(write.connection, change).map_err(|e| write.named(e))?
                {
                    return Err(conflict.into());
                }
            }
            let revived = changes.iter().filter(|c| c.table == Table::Batch && is_live(c.after.as_ref()));
            let revived: Vec<(i64, i64)> =
                revived.map(|c| (c.id, number(c.after.as_ref(), "number"))).collect();
            write.changes(changes, &Progress::default())?;
            for (batch, number) in revived {
                if has_lost_identities(write.connection, batch).map_err(|e| write.named(e))? {
                    return Err(Conflict::LostIdentities { number }.into());
                }
            }
            Ok(())
        })
    }
}

fn stacks(operations: Vec<OperationView>) -> Stacks {
    let mut stacks = Stacks::default();
    for operation in operations {
        let place = |list: &[OperationView]| list.iter().rposition(|o| Some(o.op_id) == operation.undo_of);
        match operation.verb {
            Verb::Done => {
                stacks.redo.clear();
                if !operation.fixed {
                    stacks.undo.push(operation);
                }
            }
            Verb::Undone => {
                if let Some(place) = place(&stacks.undo) {
                    stacks.undo.remove(place);
                    stacks.redo.push(operation);
                }
            }
            Verb::Redone => {
                if let Some(place) = place(&stacks.redo) {
                    stacks.redo.remove(place);
                    stacks.undo.push(operation);
                }
            }
        }
    }
    stacks
}

/// What stands for an operation now: itself, or the newest operation that took it back or brought it back; and whether it is
/// taken back.
fn newest_standing(operations: &[OperationView], op_id: i64) -> Result<(&OperationView, bool), Conflict> {
    let find = |op_id| operations.iter().find(|o| o.op_id == op_id);
    let mut target = find(op_id).ok_or(Conflict::UnknownOperation { op_id })?;
    let mut is_undone = false;
    while let Some(later) = operations.iter().rfind(|o| o.undo_of == Some(target.op_id)) {
        is_undone = !is_undone;
        target = later;
    }
    Ok((target, is_undone))
}

/// The inverse of an operation's changes, last first; `None` where a body was blanked.
fn inverse(
    connection: &Connection,
    op_id: i64,
    seq: i64,
    at: i64,
) -> rusqlite::Result<Option<Vec<RowChange>>> {
    let mut statement =
        connection.prepare_cached("SELECT op_id, kind, body FROM event WHERE seq > ?1 ORDER BY seq")?;
    let mut rows = statement.query([seq])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        // The events of an operation follow each other.
        if row.get::<_, i64>(0)? != op_id {
            break;
        }
        if row.get_ref(1)?.as_str()? != event::ROW {
            continue;
        }
        let Some(change) = row.get_ref(2)?.as_str_or_null()?.and_then(change_of_body) else {
            return Ok(None);
        };
        changes.push(inverse_of(change, at));
    }
    changes.reverse();
    Ok(Some(changes))
}

fn inverse_of(change: RowChange, at: i64) -> RowChange {
    match change {
        // A batch is never removed: its observations stay, so it stays as voided.
        RowChange { table: Table::Batch, id, before: None, after: Some(image) } => {
            let mut voided = image.clone();
            voided.insert("voided_at".to_owned(), Value::from(at));
            RowChange { table: Table::Batch, id, before: Some(image), after: Some(voided) }
        }
        other => other.inverse(),
    }
}

/// Reads a row event's body.
pub(super) fn change_of_body(body: &str) -> Option<RowChange> {
    let RowBody { t, k, b, v } = serde_json::from_str(body).ok()?;
    let image = |raw: Option<&serde_json::value::RawValue>| -> Option<Option<Image>> {
        raw.map(|raw| serde_json::from_str(raw.get()).ok()).map_or(Some(None), |image| image.map(Some))
    };
    Some(RowChange { table: Table::of_name(t)?, id: k, before: image(b)?, after: image(v)? })
}

fn is_live(batch: Option<&Image>) -> bool {
    batch.is_some_and(|image| image.get("voided_at").is_none_or(Value::is_null))
}

fn number(image: Option<&Image>, name: &str) -> i64 {
    image.and_then(|image| image.get(name)?.as_i64()).unwrap_or_default()
}

/// What stands in the way of voiding a batch, or of bringing it back.
fn batch_conflict(connection: &Connection, change: &RowChange) -> rusqlite::Result<Option<Conflict>> {
    if is_live(change.before.as_ref()) == is_live(change.after.as_ref()) {
        return Ok(None);
    }
    let (source, number) = (number(change.after.as_ref(), "source"), number(change.after.as_ref(), "number"));
    let sql = "SELECT id, number FROM batch WHERE source = ?1 AND number > ?2 AND voided_at IS NULL
         ORDER BY number DESC LIMIT 1";
    let later: Option<(i64, i64)> =
        connection.query_row(sql, (source, number), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if let Some((id, number)) = later {
        let label = history::label_of_batch(connection, id)?;
        return Ok(Some(Conflict::LaterBatch { number, label }));
    }
    Ok(None)
}

/// Whether an identity that a batch observed is no longer there.
fn has_lost_identities(connection: &Connection, batch: i64) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM observation WHERE batch = ?1
         AND (source_asset NOT IN (SELECT id FROM source_asset) OR source_update NOT IN (SELECT id FROM source_update)))
         OR EXISTS (SELECT 1 FROM report WHERE batch = ?1 AND source_asset NOT IN (SELECT id FROM source_asset))";
    connection.query_row(sql, [batch], |row| row.get(0))
}
