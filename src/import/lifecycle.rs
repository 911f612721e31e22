//! A table of support ends as CSV, in the shape of the one that comes with the program.
//!
//! Owns its columns, what its cells may say, and which rows of the register it replaces. It never writes, and a row that the file
//! leaves out stays: a missing row proves nothing.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::csv::{Feed, Records, Stop};
use super::report::Control;
use super::sniff::recognise;
use super::{Content, Input};
use crate::domain::book::Book;
use crate::domain::command::CatalogueRows;
use crate::domain::lifecycle::{Lifecycle, LifecycleId};
use crate::domain::threat::{Catalogue, CatalogueId, CatalogueKind};
use crate::util::hash::{hex, sha256};
use crate::util::text::{fold, line};

/// The most bytes such a table has: the shipped one has 3,000.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleRow {
    /// Product.
    pub product: String,
    /// Edition; empty for every edition.
    pub edition: String,
    /// Last day of security updates; `None`: none is set.
    pub security_end_on: Option<NaiveDate>,
    /// Last day of paid extended support.
    pub extended_end_on: Option<NaiveDate>,
    /// Where the row is from, if the file says so.
    pub source: String,
    /// State of that source, if the file says so.
    pub as_of_on: Option<NaiveDate>,
}

/// A file that was read: its rows and what is wrong with the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifecycleFile {
    /// Name of the file.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Rows, in the order of the file.
    pub rows: Vec<LifecycleRow>,
    /// Rows that are not taken: the line, and why.
    pub issues: Vec<(u32, String)>,
}

/// What a file would change.
#[derive(Clone, Debug, PartialEq)]
pub struct LifecyclePlan {
    /// What is written.
    pub rows: CatalogueRows,
    /// Rows about products that the register does not know yet.
    pub added: usize,
    /// Rows that say something else than the register does.
    pub replaced: usize,
    /// Rows that the register has already.
    pub same: usize,
    /// Rows that are older, by their own date, than what the register has; they are left aside.
    pub older: usize,
}

#[derive(Default)]
struct Columns {
    product: Option<usize>,
    edition: Option<usize>,
    security: Option<usize>,
    extended: Option<usize>,
    source: Option<usize>,
    as_of: Option<usize>,
}

impl Columns {
    fn of(header: &[String]) -> Self {
        let at = |names: &[&str]| header.iter().position(|cell| names.contains(&cell.as_str()));
        Self {
            product: at(&["product"]),
            edition: at(&["edition"]),
            security: at(&["security_updates_end", "security_end_on"]),
            extended: at(&["esu_end", "extended_end_on"]),
            source: at(&["source"]),
            as_of: at(&["as_of", "as_of_on"]),
        }
    }
}

/// Reads a table of support ends. An error is one sentence that says what is wrong with the file and what to choose instead.
pub fn read(name: &str, bytes: &[u8]) -> Result<LifecycleFile, String> {
    if bytes.len() > MAX_BYTES {
        return Err(
            "The file has more than 4 MB, and no table of support ends has. Choose another one.".to_owned()
        );
    }
    let recognised = recognise(bytes, true, None);
    let Some(encoding) = recognised.encoding else {
        return Err("It is no text. Choose a table of support ends as CSV.".to_owned());
    };
    let text = encoding.decode(bytes);
    let delimiter = recognised.delimiter.filter(char::is_ascii).unwrap_or(',') as u8;
    let mut records = Records::new(Feed::new(text.into_owned().into_bytes(), None, None), delimiter);
    let mut file =
        LifecycleFile { name: name.to_owned(), sha256: hex(&sha256(bytes)), ..LifecycleFile::default() };
    let mut columns: Option<Columns> = None;
    let mut width = 0;
    // Every program that writes such a table ends its last line.
    let is_open = !matches!(bytes.last(), Some(b'\n' | b'\r'));
    let mut short = None;
    let mut hook = |_, _| Control::Continue;
    while let Some(record) = records.next(&mut hook).map_err(|stop| stopped(&stop))? {
        let cell = |at: Option<usize>| {
            at.map(|at| line(&String::from_utf8_lossy(record.cell(at))).into_owned()).unwrap_or_default()
        };
        let Some(columns) = &columns else {
            let header: Vec<String> = (0..record.len()).map(|at| fold(&cell(Some(at)))).collect();
            let found = Columns::of(&header);
            if found.product.is_none() || found.security.is_none() {
                return Err("Its first line must name the columns product, edition, security_updates_end and esu_end. \
                            Choose a table of support ends."
                    .to_owned());
            }
            columns = Some(found);
            width = record.len();
            continue;
        };
        if record.cut {
            return Err(format!(
                "The file ends inside a quoted cell in line {}. Fetch it again.",
                record.line
            ));
        }
        short = (record.len() < width).then_some(record.line);
        match row(columns, cell) {
            Ok(row) => file.rows.push(row),
            Err(why) => file.issues.push((record.line, why)),
        }
    }
    if let Some(line) = short.filter(|_| is_open) {
        return Err(format!("The file ends in the middle of line {line}: it was cut. Fetch it again."));
    }
    if file.rows.is_empty() {
        return Err(match file.issues.first() {
            Some((line, why)) => format!("No row can be taken. Line {line}: {why}"),
            None => "The file holds no row. Choose a table of support ends.".to_owned(),
        });
    }
    Ok(file)
}

fn stopped(stop: &Stop) -> String {
    match stop {
        Stop::OpenQuote { line } => {
            format!("A quote that begins in line {line} never ends. Correct that line.")
        }
        Stop::TooLong { line } => {
            format!("Line {line} is longer than any row of such a table. Choose another file.")
        }
        Stop::TooWide { line } => {
            format!("Line {line} has more columns than any table. Choose another file.")
        }
        Stop::Io(cause) => format!("The file cannot be read: {cause}."),
        Stop::Cancelled => "Reading was stopped.".to_owned(),
    }
}

fn row(columns: &Columns, cell: impl Fn(Option<usize>) -> String) -> Result<LifecycleRow, String> {
    let product = cell(columns.product);
    if product.is_empty() {
        return Err("it names no product.".to_owned());
    }
    let security = cell(columns.security);
    if security.is_empty() {
        return Err(format!("{product} has no end of security updates; write a day, or none set."));
    }
    let row = LifecycleRow {
        edition: cell(columns.edition),
        security_end_on: day(&security)?,
        extended_end_on: day(&cell(columns.extended))?,
        source: cell(columns.source),
        as_of_on: day(&cell(columns.as_of))?,
        product,
    };
    match (row.security_end_on, row.extended_end_on) {
        (None, Some(_)) => Err(format!("{} has extended support but no end that it extends.", row.product)),
        (Some(security), Some(extended)) if extended <= security => {
            Err(format!("extended support of {} ends before its security updates do.", row.product))
        }
        _ => Ok(row),
    }
}

fn day(text: &str) -> Result<Option<NaiveDate>, String> {
    match text.to_lowercase().as_str() {
        "" | "-" | "–" | "none" | "none set" => Ok(None),
        day => match NaiveDate::parse_from_str(day, "%Y-%m-%d") {
            Ok(day) => Ok(Some(day)),
            Err(_) => Err(format!("“{text}” is no day. Write it like 2026-10-13.")),
        },
    }
}

/// The bytes of an input whose first line names the columns of a table of support ends; `None` for anything else, and for what
/// cannot be opened.
pub fn table_of(input: &Input) -> Option<Vec<u8>> {
    if input.size().ok()? > MAX_BYTES as u64 {
        return None;
    }
    let bytes = match &input.content {
        Content::Path(path) => std::fs::read(path).ok()?,
        Content::Bytes(bytes) => bytes.clone(),
    };
    let recognised = recognise(&bytes, true, None);
    let text = recognised.encoding?.decode(&bytes);
    let first = text.lines().next()?.trim_start_matches('\u{feff}');
    let delimiter = recognised.delimiter.unwrap_or(',');
    let header: Vec<String> =
        first.split(delimiter).map(|cell| fold(cell.trim().trim_matches('"'))).collect();
    let found = Columns::of(&header);
    (found.product.is_some() && found.security.is_some()).then_some(bytes)
}

/// Works out what a file would change. Rows of the shop's own are not touched.
pub fn plan(book: &Book, file: &LifecycleFile) -> LifecyclePlan {
    let mut live: HashMap<(String, String), &Lifecycle> = HashMap::new();
    for row in book.lifecycles.iter().filter(|row| !row.own && row.ended_at.is_none()) {
        live.entry((fold(&row.product), fold(&row.edition))).or_insert(row);
    }
    let mut taken: HashSet<(String, String)> = HashSet::new();
    let (mut added, mut replaced, mut same, mut older) = (0, 0, 0, 0);
    let mut lifecycles: Vec<Lifecycle> = Vec::new();
    for read in &file.rows {
        let named = (fold(&read.product), fold(&read.edition));
        if taken.contains(&named) {
            same += 1;
            continue;
        }
        let known = live.get(&named).copied();
        let new = Lifecycle {
            id: LifecycleId(0),
            product: read.product.clone(),
            edition: read.edition.clone(),
            security_end_on: read.security_end_on,
            extended_end_on: read.extended_end_on,
            source: if read.source.is_empty() { file.name.clone() } else { read.source.clone() },
            as_of_on: read.as_of_on,
            own: false,
            recorded_at: 0,
            ended_at: None,
        };
        match known {
            None => added += 1,
            Some(known)
                if (known.security_end_on, known.extended_end_on)
                    == (new.security_end_on, new.extended_end_on) =>
            {
                same += 1;
                continue;
            }
            Some(known) if new.as_of_on.is_some_and(|day| known.as_of_on.is_some_and(|at| day < at)) => {
                older += 1;
                continue;
            }
            Some(known) => {
                replaced += 1;
                lifecycles.push(known.clone());
            }
        }
        taken.insert(named);
        lifecycles.push(new);
    }
    let version = file.rows.iter().filter_map(|row| row.as_of_on).max();
    let catalogue = Catalogue {
        id: CatalogueId(0),
        kind: CatalogueKind::Lifecycle,
        title: "End of servicing".to_owned(),
        version: version.map(|day| day.to_string()).unwrap_or_default(),
        model: String::new(),
        published_at: None,
        file_name: line(&file.name).into_owned(),
        sha256: file.sha256.clone(),
        entries: file.rows.len() as i64,
        kept: (added + replaced) as i64,
        looked: Vec::new(),
        recorded_at: 0,
    };
    let rows = CatalogueRows {
        catalogue,
        facts: Vec::new(),
        advisories: Vec::new(),
        findings: Vec::new(),
        lifecycles,
    };
    LifecyclePlan { rows, added, replaced, same, older }
}
