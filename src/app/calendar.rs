//! The calendar file: agenda in, iCalendar text out, whole or not at all.

use std::path::Path;

use crate::domain::book::Book;
use crate::domain::calendar::agenda::{Item, What, agenda};
use crate::report::ics::{Entry, Head, When, text};
use crate::util::clock::DAY_SECS;
use crate::util::file::write_whole;

use super::engine::Engine;
use super::error::Error;

/// How far back and ahead a calendar file reaches, in days: last month stays visible, next year is planned.
const BACK_DAYS: i64 = 62;
const AHEAD_DAYS: i64 = 400;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many entries.
    pub entries: usize,
}

/// The calendar of a register as iCalendar text, as of an instant (UTC seconds): two months back, thirteen ahead.
pub fn ics(book: &Book, written_at: i64) -> (String, Written) {
    let items = agenda(book, written_at - BACK_DAYS * DAY_SECS, written_at + AHEAD_DAYS * DAY_SECS);
    let entries: Vec<Entry> = items.iter().map(entry).collect();
    let name = if book.shop.sample {
        format!("SAMPLE {} patching", book.shop.name)
    } else {
        format!("{} patching", book.shop.name)
    };
    let head = Head { file_id: &book.file_id, name: &name, written_at, version: book.head.seq };
    (text(head, &entries), Written { entries: entries.len() })
}

/// Writes the calendar file; it replaces one of the same name, as calendar programs read it again and again.
pub fn write_ics(engine: &Engine, path: &Path) -> Result<Written, Error> {
    let (text, written) = ics(engine.book(), engine.context().clock.now_at());
    write_whole(path, text.as_bytes()).map_err(|e| Error::io("cannot write the calendar", path, &e))?;
    Ok(written)
}

fn entry(item: &Item) -> Entry {
    let when = match item.days {
        Some((from_on, until_on)) => When::Days { from_on, until_on },
        None => When::Span { from_at: item.from_at, until_at: item.until_at },
    };
    Entry {
        key: item.key.clone(),
        when,
        title: item.title.clone(),
        text: item.notes.join("\n"),
        category: item.what.text().to_owned(),
        // A step that was done did take place; a release that was dropped did not.
        cancelled: item.over && item.what == What::Release,
    }
}
