//! Owns blanking texts of the history that hold personal data, so that the chain still holds and says who did it and why.
//! Never blanks what a replay still needs: the row first gets a text without the data.

use super::error::{Conflict, Error};
use super::event::{self, Author, Header, RedactBody};
use super::{Committed, Store, history};
use crate::domain::row::{Row, RowChange};

impl Store {
    /// Puts `without` in the place of a row, and blanks every earlier entry about it. The names of actors in the entries
    /// themselves stay: they are part of the chain. Cannot be undone; whatever else the blanked entries' operations did can
    /// no longer be undone either.
    pub fn redact<R: Row>(&mut self, without: &R, reason: &str, author: &Author) -> Result<Committed, Error> {
        let (table, id) = (R::TABLE, without.id());
        let earlier =
            history::entries_of_row(&self.connection, table, id).map_err(|error| self.named(error))?;
        let header =
            Header { label: format!("Redact a row of {}", table.name()), note: reason.to_owned(), ..fixed() };
        self.write(author, None, false, |write| {
            let before = write.image_in_table(table, id)?;
            let Some(before) = before else {
                return Err(Conflict::RowChanged { table, id, by: String::new() }.into());
            };
            write.header(&header)?;
            write.change_forgetting(RowChange {
                table,
                id,
                before: Some(before),
                after: Some(without.image()),
            })?;
            let body = RedactBody { events: earlier.clone(), reason: reason.to_owned() };
            write.event(event::REDACT, &event::body_text(&body))?;
            let mut blank = write
                .connection
                .prepare_cached("UPDATE event SET body = NULL WHERE seq = ?1")
                .map_err(|error| write.named(error))?;
            for seq in &earlier {
                blank.execute([seq]).map_err(|error| write.named(error))?;
            }
            Ok(())
        })
    }
}

fn fixed() -> Header {
    Header { fixed: true, ..Header::default() }
}
