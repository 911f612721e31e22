//! Owns handing out every table of the file as it is, for whoever wants to leave or to look with other tools.
//! Never writes a file; how a record looks on disk is the caller's.

use rusqlite::types::ValueRef;

use super::{Error, Store, migrate, table as tables};
use crate::domain::row::Table;
use crate::util::hash::hex;

/// A value of an exported record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Not given.
    Nothing,
    /// A whole number.
    Number(i64),
    /// A text; JSON and hashes (hexadecimal) too.
    Text(String),
}

/// Names of all tables that can be exported: the register, then the history and the observations.
pub fn table_names() -> Vec<&'static str> {
    let mut names: Vec<_> = Table::ALL.into_iter().map(Table::name).collect();
    names.extend(["event", "observation", "report"]);
    names
}

impl Store {
    /// Hands out a table: first the names of its columns, then record by record; no record of a table that a file of an older
    /// format lacks. Nothing for a table that does not exist.
    pub fn each_record(
        &self,
        table: &str,
        header: impl FnOnce(&[&str]),
        mut take: impl FnMut(Vec<Cell>),
    ) -> Result<(), Error> {
        // The name becomes part of a statement, so it must be one of ours.
        let Some(table) = table_names().into_iter().find(|name| *name == table) else { return Ok(()) };
        let known = Table::of_name(table);
        let read = || {
            let format = migrate::format(&self.connection)?;
            if let Some(lacking) = known.filter(|known| !migrate::has(format, *known)) {
                header(&tables::columns(lacking).iter().map(|column| column.name).collect::<Vec<_>>());
                return Ok(());
            }
            let mut statement =
                self.connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3"))?;
            let count = statement.column_count();
            header(&statement.column_names().collect::<Vec<_>>());
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                take((0..count).map(|i| row.get_ref(i).map(cell)).collect::<rusqlite::Result<_>>()?);
            }
            Ok(())
        };
        read().map_err(|error| self.named(error))
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Nothing,
        ValueRef::Integer(n) => Cell::Number(n),
        // Our tables are strict and have no such column.
        ValueRef::Real(n) => Cell::Text(n.to_string()),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Text(hex(bytes)),
    }
}
