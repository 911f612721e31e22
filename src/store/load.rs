//! Owns reading the register into a Book.
//! Never decides what a row means; that is the Book's.

use rusqlite::Connection;

use super::error::Error;
use super::{Store, event, migrate, observation, table};
use crate::domain::book::Book;
use crate::domain::row::Table;
use crate::domain::timeline::Builder;

/// What can go wrong while reading: the database, or a row that is no image.
enum Fault {
    Sqlite(rusqlite::Error),
    Row(crate::domain::book::BadRow),
    Value(Table),
    Newer(u32),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<crate::domain::book::BadRow> for Fault {
    fn from(error: crate::domain::book::BadRow) -> Self {
        Self::Row(error)
    }
}

impl Store {
    /// Reads the whole register, as one moment of the file. Tables that a file of an older format lacks are empty.
    pub fn load(&mut self) -> Result<Book, Error> {
        let path = self.path.clone();
        let damaged = |what| Error::Damaged { path: path.clone(), what };
        let book = read(&mut self.connection).map_err(|fault| match fault {
            Fault::Sqlite(error) => Error::of(&path, error),
            Fault::Row(bad) => damaged(bad.to_string()),
            Fault::Value(table) => {
                damaged(format!("a row of {} holds a value of the wrong kind", table.name()))
            }
            Fault::Newer(found) => Error::Newer { path: path.clone(), found, known: migrate::FORMAT },
        })?;
        self.head = book.head;
        Ok(book)
    }
}

fn read(connection: &mut Connection) -> Result<Book, Fault> {
    let transaction = connection.transaction()?;
    let format = migrate::format(&transaction)?;
    if format > migrate::FORMAT {
        return Err(Fault::Newer(format));
    }
    let file_id = event::read_file_id(&transaction)?;
    let head = event::read_head(&transaction, &file_id)?;
    let mut book = Book { file_id, head, ..Book::default() };
    for table in Table::ALL.into_iter().filter(|table| migrate::has(format, *table)) {
        let columns = table::columns(table);
        let mut statement = transaction.prepare_cached(&table::statements(table).select_all)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let image = table::image_of_row(row, columns)?.ok_or(Fault::Value(table))?;
            book.put(table, image)?;
        }
    }
    let mut builder = Builder::new(&book);
    for batch in book.live_batches() {
        builder.begin(batch);
        observation::each_report(&transaction, batch.id, |report| builder.report(report))?;
        observation::each(&transaction, batch.id, |row| builder.observation(row))?;
    }
    let pairs = builder.finish();
    book.pairs = std::sync::Arc::new(pairs);
    Ok(book)
}
