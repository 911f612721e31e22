//! Owns bringing a file of an older format to the newest one: after a verified backup, in one transaction, with an entry of the
//! history that says so.
//! Never touches a file whose copy does not verify, and never leaves half an upgrade: what fails leaves the file byte for byte
//! as it was.

use std::path::{Path, PathBuf};

use rusqlite::{Transaction, TransactionBehavior};

use super::error::{Conflict, Error};
use super::event::{self, Appender, Author, Header, MigrationBody};
use super::migrate::{self, FORMAT, STEPS};
use super::{Access, Store};
use crate::util::hash::hex;

impl Store {
    /// Upgrades the file from an older format. Answers where the backup lies: below `backups`, or beside the file.
    pub(super) fn upgrade(
        &mut self,
        from: u32,
        backups: Option<&Path>,
        author: &Author,
    ) -> Result<PathBuf, Error> {
        let path = self.path.clone();
        if self.access != Access::Write {
            return Err(Error::ReadOnly { path });
        }
        let backup = self.backup_before(FORMAT, backups, author.at)?;
        let named = |error| Error::of(&path, error);
        let ids = std::sync::Arc::clone(&self.ids);
        let transaction =
            Transaction::new(&mut self.connection, TransactionBehavior::Immediate).map_err(named)?;
        let head = event::read_head(&transaction, &self.file_id).map_err(named)?;
        if head != self.head {
            // The backup would lack what was recorded in between.
            return Err(Conflict::HeadMoved { seq: head.seq }.into());
        }
        let change = || {
            migrate::run(&transaction, from, FORMAT)?;
            let mut events = Appender::new(&transaction, head, ids.next(), author)?;
            let label = format!("Upgrade the file to format {FORMAT}");
            let header = Header { label, fixed: true, ..Header::default() };
            events.push(event::OPERATION, &event::body_text(&header))?;
            events.push(event::MIGRATION, &event::body_text(&MigrationBody { from, to: FORMAT }))?;
            Ok((events.head(), hex(&migrate::schema_digest(&transaction)?)))
        };
        let (head, schema) = change().map_err(named)?;
        if STEPS.last().is_none_or(|step| step.schema != schema) {
            let what = "its tables after the upgrade are not those of the newest format".to_owned();
            return Err(Error::Damaged { path, what });
        }
        transaction.commit().map_err(named)?;
        self.head = head;
        Ok(backup)
    }
}
