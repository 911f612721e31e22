//! A table of threat data: its header found by name, its rows in a stream.
//!
//! Owns finding the header below comments and preambles, and telling a table that was cut off from one that ended. It never
//! says what a column means.

use std::borrow::Cow;

use crate::import::csv::{Record, Records};
use crate::import::encoding::Cells;
use crate::import::mapping::fold_header;

use super::{Fault, Hook, Source};

/// How many records may stand before the header, the header included.
const HEADER_WITHIN: usize = 20;

/// The table.
pub(super) struct Sheet<'s, 'i> {
    records: Records<'s, 'i>,
    cells: Cells,
    columns: Vec<String>,
    /// The records before the header, cells joined by commas.
    pub preamble: Vec<String>,
    short: Option<u32>,
}

/// One row.
pub(super) struct Row<'r> {
    record: Record<'r>,
    cells: Cells,
}

impl<'r> Row<'r> {
    /// The line it starts on.
    pub fn line(&self) -> u32 {
        self.record.line
    }

    /// The text of a column; empty where the file has no such column.
    pub fn text(&self, column: Option<usize>) -> Cow<'r, str> {
        column.map_or(Cow::Borrowed(""), |column| self.cells.decode(self.record.cell(column)))
    }
}

impl<'s, 'i> Sheet<'s, 'i> {
    /// Reads up to the header, which is the first record with all columns (folded) of one of these layouts.
    pub fn open(source: Source<'s, 'i>, layouts: &[&[&str]], hook: Hook<'_>) -> Result<Sheet<'s, 'i>, Fault> {
        let cells = source.encoding.cells(source.delimiter);
        let mut records = Records::new(source.feed, source.delimiter);
        let mut preamble = Vec::new();
        for _ in 0..HEADER_WITHIN {
            let Some(record) = records.next(hook)? else { break };
            let row: Vec<Cow<'_, str>> = (0..record.len()).map(|i| cells.decode(record.cell(i))).collect();
            let columns: Vec<String> = row.iter().map(|cell| fold_header(cell)).collect();
            let has = |mark: &&str| columns.iter().any(|column| column == mark);
            if layouts.iter().any(|marks| marks.iter().all(has)) {
                return Ok(Sheet { records, cells, columns, preamble, short: None });
            }
            preamble.push(row.join(","));
        }
        Err(Fault::Bad(format!(
            "No row names the columns {}. Download it again; nothing was taken from it.",
            layouts.first().map(|marks| marks.join(", ")).unwrap_or_default()
        )))
    }

    /// The place of the first of these columns (folded) that the file has.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.columns.iter().position(|column| column == name))
    }

    /// The next row; comment lines are passed over.
    pub fn next(&mut self, hook: Hook<'_>) -> Result<Option<Row<'_>>, Fault> {
        let cells = self.cells;
        let wanted = self.columns.len();
        while self.records.advance(hook)? {
            let record = self.records.current();
            if record.cut {
                return Err(cut_off(record.line));
            }
            let is_blank = (0..record.len()).all(|at| record.cell(at).is_empty());
            if is_blank || record.cell(0).starts_with(b"#") {
                continue;
            }
            // Only the last row may be cut: one that another follows was written that way.
            self.short = (record.len() < wanted).then_some(record.line);
            return Ok(Some(Row { record: self.records.current(), cells }));
        }
        match self.short {
            Some(line) => Err(cut_off(line)),
            None => Ok(None),
        }
    }
}

fn cut_off(line: u32) -> Fault {
    Fault::Bad(format!(
        "The file ends in the middle of the row in line {line}, so it is cut off. Download it again; nothing was \
         taken from it."
    ))
}
