//! The calendar for other programs: entries become one iCalendar text (RFC 5545). No file, no clock, no Book.
//!
//! The same entries give the same bytes: an identity is made of the register's id and the row's, never of chance, so a second
//! import into a calendar program moves an entry instead of doubling it. Instants are written in UTC, days without a time.

use chrono::NaiveDate;

use crate::util::clock::utc;
use crate::util::text::{block, line};

/// The longest line, in octets, without its end.
const LINE_OCTETS: usize = 75;

/// When an entry takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// From one instant to another, UTC seconds. A moment ends when it begins.
    Span {
        /// Begin.
        from_at: i64,
        /// End; not before the begin.
        until_at: i64,
    },
    /// Whole days.
    Days {
        /// First day.
        from_on: NaiveDate,
        /// Last day, included.
        until_on: NaiveDate,
    },
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What makes it this entry for ever: noun, row and, for what comes back, which time: `window-123-2026-12-12`.
    pub key: String,
    /// When.
    pub when: When,
    /// What people read in the grid.
    pub title: String,
    /// The rest; may have several lines.
    pub text: String,
    /// `Maintenance window`, `Release`, ...
    pub category: String,
    /// It does not take place: dropped or given up.
    pub cancelled: bool,
}

/// What the text as a whole says.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The register's identity.
    pub file_id: &'a str,
    /// What the calendar is called.
    pub name: &'a str,
    /// When it was written, UTC seconds.
    pub written_at: i64,
    /// Number of the register's last entry: a later text replaces an earlier one.
    pub version: i64,
}

/// The calendar as one text: UTF-8, every line ends in CR LF and is folded at 75 octets.
pub fn text(head: Head<'_>, entries: &[Entry]) -> String {
    let mut out = String::new();
    for (name, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Patchbook//Patchbook//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        put(&mut out, name, value);
    }
    put(&mut out, "X-WR-CALNAME", &escaped(&line(head.name)));
    for entry in entries {
        event(&mut out, head, entry);
    }
    put(&mut out, "END", "VCALENDAR");
    out
}

fn event(out: &mut String, head: Head<'_>, entry: &Entry) {
    put(out, "BEGIN", "VEVENT");
    put(out, "UID", &escaped(&uid(head.file_id, &entry.key)));
    put(out, "DTSTAMP", &instant(head.written_at));
    put(out, "SEQUENCE", &head.version.clamp(0, i64::from(i32::MAX)).to_string());
    match entry.when {
        When::Span { from_at, until_at } => {
            put(out, "DTSTART", &instant(from_at));
            put(out, "DTEND", &instant(until_at.max(from_at)));
        }
        When::Days { from_on, until_on } => {
            // RFC 5545 3.6.1: the end of whole days is the day after the last.
            let last = until_on.max(from_on);
            put(out, "DTSTART;VALUE=DATE", &day(from_on));
            put(out, "DTEND;VALUE=DATE", &day(last.succ_opt().unwrap_or(last)));
            put(out, "TRANSP", "TRANSPARENT");
        }
    }
    put(out, "SUMMARY", &escaped(&line(&entry.title)));
    let text = block(&entry.text);
    if !text.is_empty() {
        put(out, "DESCRIPTION", &escaped(&text));
    }
    put(out, "CATEGORIES", &escaped(&line(&entry.category)));
    if entry.cancelled {
        put(out, "STATUS", "CANCELLED");
    }
    put(out, "END", "VEVENT");
}

fn instant(at: i64) -> String {
    utc(at).format("%Y%m%dT%H%M%SZ").to_string()
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// The identity of an entry in every calendar program.
fn uid(file_id: &str, key: &str) -> String {
    format!("{key}@{file_id}.patchbook")
}

/// A text value (RFC 5545 3.3.11). Control characters were made visible before, so only line breaks are left to escape.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n")
}

/// One property as lines of at most 75 octets that never part a character (RFC 5545 3.1).
fn put(out: &mut String, name: &str, value: &str) {
    let mut octets = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if octets + c.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}
