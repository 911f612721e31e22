//! Owns the one way by which anything is recorded: an operation, in one transaction, with its events.
//! Never decides: images come decided, and are applied and logged as they are.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Transaction, TransactionBehavior};

use super::error::{Conflict, Error};
use super::event::{self, Appender, Author, BatchBody, Header};
use super::table::{self, Misfit};
use super::{Access, Store, observation};
use crate::domain::book::Head;
use crate::domain::command::BatchRows;
use crate::domain::row::{Image, RowChange, Table};
use crate::util::hash::hex;
use crate::util::id::Ids;
use crate::util::progress::Progress;

/// What is recorded as one step.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// What was done, in a few words: `Import 412 rows from wsus.csv`.
    pub label: String,
    /// Why, where somebody said.
    pub note: String,
    /// Who, where, when.
    pub author: Author,
    /// Changed rows. Of several for one row, each begins where the one before ended.
    pub changes: Vec<RowChange>,
    /// Imports.
    pub batches: Vec<BatchRows>,
    /// It stands for good: no undo takes it back.
    pub fixed: bool,
}

/// What was recorded.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The operation's id, by which it can be undone.
    pub op_id: i64,
    /// The newest event.
    pub head: Head,
    /// The rows changed, batches included, in the order of the log: for [`crate::domain::book::Book::apply`].
    pub changes: Vec<RowChange>,
}

impl Store {
    /// Records an operation decided on the register at `expected`. One transaction: all of it is kept, or nothing.
    pub fn commit(&mut self, operation: Operation, expected: Head) -> Result<Committed, Error> {
        self.commit_watched(operation, expected, &Progress::default())
    }

    /// The same for long operations: reports progress, and stops with nothing changed when cancelled.
    pub fn commit_watched(
        &mut self,
        operation: Operation,
        expected: Head,
        progress: &Progress,
    ) -> Result<Committed, Error> {
        let Operation { label, note, author, mut changes, batches, fixed } = operation;
        // Parents first: a reference to a row that comes later would make the database look for it again and again. The sort is
        // stable, so several changes of one row stay in order.
        changes.sort_by_key(|change| change.table);
        let fixed = fixed || changes.iter().any(|change| change.table.is_final());
        let header = Header { label, note, undo_of: None, fixed };
        let any_gone = changes.iter().any(|change| change.after.is_none());
        self.write(&author, Some(expected), any_gone, |write| {
            write.header(&header)?;
            for rows in batches {
                write.batch(rows, progress)?;
            }
            write.changes(changes, progress)
        })
    }

    /// Runs one writing transaction. Where rows go (`any_gone`), references are checked once at its end.
    pub(super) fn write(
        &mut self,
        author: &Author,
        expected: Option<Head>,
        any_gone: bool,
        fill: impl FnOnce(&mut Writing<'_>) -> Result<(), Error>,
    ) -> Result<Committed, Error> {
        let path = self.path.clone();
        if self.access != Access::Write {
            return Err(Error::ReadOnly { path });
        }
        self.check_moved()?;
        let named = |error| Error::of(&path, error);
        if any_gone {
            // Per row that goes, the database would search every referring table.
            self.connection.pragma_update(None, "foreign_keys", false).map_err(named)?;
        }
        let done = self.write_unguarded(author, expected, any_gone, fill);
        if done.is_err() && !self.connection.is_autocommit() {
            // Dropping the transaction rolls back; if even that failed, try once more before anybody reads.
            self.connection.execute_batch("ROLLBACK").map_err(named)?;
        }
        self.connection.pragma_update(None, "foreign_keys", true).map_err(named)?;
        if let Ok(done) = &done {
            self.head = done.head;
        }
        done
    }

    fn write_unguarded(
        &mut self,
        author: &Author,
        expected: Option<Head>,
        any_gone: bool,
        fill: impl FnOnce(&mut Writing<'_>) -> Result<(), Error>,
    ) -> Result<Committed, Error> {
        let named = |error| Error::of(&self.path, error);
        let transaction =
            Transaction::new(&mut self.connection, TransactionBehavior::Immediate).map_err(named)?;
        let head = event::read_head(&transaction, &self.file_id).map_err(named)?;
        if expected.is_some_and(|expected| (expected.seq, expected.hash) != (head.seq, head.hash)) {
            return Err(Conflict::HeadMoved { seq: head.seq }.into());
        }
        let done = {
            let mut writing = Writing::begin(&transaction, &self.path, &self.ids, head, author)?;
            fill(&mut writing)?;
            if any_gone {
                writing.check_references()?;
            }
            Committed { op_id: writing.events.op_id(), head: writing.events.head(), changes: writing.changes }
        };
        transaction.commit().map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Conflict::MissingReference.into(),
            _ => named(error),
        })?;
        Ok(done)
    }

    /// Refuses if the file has another name by now, so that nothing is written to the wrong place.
    fn check_moved(&self) -> Result<(), Error> {
        #[cfg(unix)]
        {
            let mut moved = 0;
            let asked =
                self.connection.file_control(Some("main"), rusqlite::FileControl::HasMoved(&mut moved));
            if asked.is_ok() && moved != 0 {
                return Err(Error::Moved { path: self.path.clone() });
            }
        }
        Ok(())
    }
}

/// One transaction under way.
pub(super) struct Writing<'t> {
    pub connection: &'t Connection,
    path: &'t Path,
    ids: &'t Ids,
    events: Appender<'t>,
    body: Vec<u8>,
    changes: Vec<RowChange>,
}

impl<'t> Writing<'t> {
    /// Begins an operation within a transaction.
    pub fn begin(
        connection: &'t Connection,
        path: &'t Path,
        ids: &'t Ids,
        head: Head,
        author: &'t Author,
    ) -> Result<Self, Error> {
        let events =
            Appender::new(connection, head, ids.next(), author).map_err(|error| Error::of(path, error))?;
        Ok(Self { connection, path, ids, events, body: Vec::new(), changes: Vec::new() })
    }

    pub fn named(&self, error: rusqlite::Error) -> Error {
        Error::of(self.path, error)
    }

    /// Appends the header of the operation: its first event.
    pub fn header(&mut self, header: &Header) -> Result<(), Error> {
        self.event(event::OPERATION, &event::body_text(header))
    }

    /// Appends an event.
    pub fn event(&mut self, kind: &str, body: &str) -> Result<(), Error> {
        self.events.push(kind, body).map_err(|error| Error::of(self.path, error))
    }

    /// Applies and logs changes in their order.
    pub fn changes(&mut self, changes: Vec<RowChange>, progress: &Progress) -> Result<(), Error> {
        let total = changes.len() as u64;
        self.changes.reserve(changes.len());
        for (done, change) in changes.into_iter().enumerate() {
            if done % 1_024 == 0 {
                progress.report("Recording rows", done as u64, total)?;
            }
            self.change(change)?;
        }
        Ok(())
    }

    /// Applies and logs one change. The image before must be what the table holds.
    pub fn change(&mut self, change: RowChange) -> Result<(), Error> {
        let before = change.before.as_ref().map(table::text_of_image);
        if let Some(before) = &before
            && self.text_in_table(change.table, change.id)?.as_deref() != Some(before.as_bytes())
        {
            return Err(self.changed_since(&change));
        }
        self.apply(&change)?;
        let after = change.after.as_ref().map(table::text_of_image);
        self.log(&change, before.as_deref(), after.as_deref())?;
        self.changes.push(change);
        Ok(())
    }

    /// Applies a change and logs it without the image before, which is about to be blanked wherever else it stands.
    pub fn change_forgetting(&mut self, change: RowChange) -> Result<(), Error> {
        self.apply(&change)?;
        let after = change.after.as_ref().map(table::text_of_image);
        self.log(&change, None, after.as_deref())?;
        self.changes.push(change);
        Ok(())
    }

    fn apply(&self, change: &RowChange) -> Result<(), Error> {
        let RowChange { table, id, before, after } = change;
        let statements = table::statements(*table);
        let prepare = |sql: &str| self.connection.prepare_cached(sql).map_err(|error| self.named(error));
        let Some(image) = after else {
            prepare(&statements.delete)?.execute([id]).map_err(|error| self.named(error))?;
            return Ok(());
        };
        if image.get("id").and_then(serde_json::Value::as_i64) != Some(*id) {
            return Err(Error::BadImage { table: *table, what: "id".to_owned() });
        }
        let is_new = before.is_none();
        let mut statement = prepare(if is_new { &statements.insert } else { &statements.update })?;
        table::bind(&mut statement, *table, image).map_err(|misfit| match misfit {
            Misfit::Column(name) => Error::BadImage { table: *table, what: name.to_owned() },
            Misfit::Sqlite(error) => self.named(error),
        })?;
        match statement.raw_execute() {
            Ok(_) => Ok(()),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                if is_new && self.text_in_table(*table, *id)?.is_some() {
                    return Err(Conflict::RowExists { table: *table, id: *id }.into());
                }
                Err(Error::BadImage { table: *table, what: error.to_string() })
            }
            Err(error) => Err(self.named(error)),
        }
    }

    fn log(&mut self, change: &RowChange, before: Option<&str>, after: Option<&str>) -> Result<(), Error> {
        let body = &mut self.body;
        body.clear();
        body.extend_from_slice(b"{\"t\":");
        table::string(change.table.name(), body);
        body.extend_from_slice(b",\"k\":");
        table::number(change.id, body);
        body.extend_from_slice(b",\"n\":");
        table::number(self.ids.next(), body);
        if let Some(before) = before {
            body.extend_from_slice(b",\"b\":");
            body.extend_from_slice(before.as_bytes());
        }
        body.extend_from_slice(b",\"v\":");
        body.extend_from_slice(after.unwrap_or("null").as_bytes());
        body.push(b'}');
        // Every piece is UTF-8.
        let text = std::str::from_utf8(body).unwrap_or_default();
        self.events.push(event::ROW, text).map_err(|error| Error::of(self.path, error))
    }

    /// Appends a batch: its observations, its row, and the event that holds their digest.
    pub fn batch(&mut self, rows: BatchRows, progress: &Progress) -> Result<(), Error> {
        let BatchRows { mut batch, mut observations, mut reports } = rows;
        progress.report("Recording observations", 0, observations.len() as u64)?;
        let digest = observation::append(self.connection, batch.id, &mut observations, &mut reports);
        let digest = digest.map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => {
                Error::BadImage { table: Table::Batch, what: "an observation given twice".to_owned() }
            }
            _ => self.named(error),
        })?;
        batch.observations = observations.len() as i64;
        batch.digest = hex(&digest);
        let body = BatchBody {
            batch: batch.id.0,
            observations: batch.observations,
            reports: reports.len() as i64,
            digest: batch.digest.clone(),
        };
        self.change(RowChange::create(&batch))?;
        self.event(event::BATCH, &event::body_text(&body))
    }

    /// The canonical text of a row as the table holds it.
    fn text_in_table(&self, table: Table, id: i64) -> Result<Option<Vec<u8>>, Error> {
        let columns = table::columns(table);
        let read = || {
            let mut statement = self.connection.prepare_cached(&table::statements(table).select_one)?;
            let text = statement.query_row([id], |row| {
                let mut text = Vec::new();
                table::text_of_row(row, columns, &mut text)?;
                Ok(text)
            });
            text.optional()
        };
        read().map_err(|error| self.named(error))
    }

    fn changed_since(&self, change: &RowChange) -> Error {
        let by =
            super::history::last_label_of_row(self.connection, change.table, change.id).unwrap_or_default();
        Conflict::RowChanged { table: change.table, id: change.id, by }.into()
    }

    /// Whether anything is still referred to that went.
    fn check_references(&self) -> Result<(), Error> {
        let read = || {
            let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
            let mut rows = statement.query([])?;
            rows.next()?.map(|row| row.get::<_, String>(0)).transpose()
        };
        match read().map_err(|error| self.named(error))? {
            Some(table) => Err(Conflict::StillUsed { table }.into()),
            None => Ok(()),
        }
    }

    /// The image of a row, as the table holds it.
    pub fn image_in_table(&self, table: Table, id: i64) -> Result<Option<Image>, Error> {
        let columns = table::columns(table);
        let read = || {
            let mut statement = self.connection.prepare_cached(&table::statements(table).select_one)?;
            statement.query_row([id], |row| table::image_of_row(row, columns)).optional()
        };
        Ok(read().map_err(|error| self.named(error))?.flatten())
    }
}
