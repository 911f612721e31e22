//! The character between cells, and the row that is the header.
//!
//! Owns both guesses over the head of a file. It never reads the whole file.

use crate::import::csv::{Feed, MAX_COLUMNS, Records};
use crate::import::mapping::{fold_header, is_known_header};
use crate::import::report::Control;

use super::signature;

/// Characters that stand between cells, the likeliest first.
const DELIMITERS: [char; 5] = [',', ';', '\t', '|', '!'];

/// How many records are looked at.
const RECORDS: usize = 50;

/// How many records may stand before the header, the header included.
const HEADER_WITHIN: usize = 20;

/// The shape of a table.
pub(super) struct Layout {
    /// The character between cells.
    pub delimiter: char,
    /// The first records.
    pub rows: Vec<Vec<String>>,
    /// Which of them is the header; none if there seems to be none.
    pub header_row: Option<usize>,
    /// The .NET type of a `#TYPE` line.
    pub type_line: Option<String>,
}

/// The first records of a text under a delimiter.
pub(super) fn records(text: &str, delimiter: char, most: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let feed = Feed::new(text.as_bytes().to_vec(), None, None);
    let mut records = Records::new(feed, delimiter as u8);
    while rows.len() < most {
        let Ok(Some(record)) = records.next(&mut |_, _| Control::Continue) else { break };
        rows.push((0..record.len()).map(|i| String::from_utf8_lossy(record.cell(i)).into_owned()).collect());
    }
    rows
}

/// Whether the first line has more columns than any table.
pub(super) fn is_too_wide(text: &str) -> bool {
    let line = text.lines().find(|line| !line.is_empty()).unwrap_or_default();
    DELIMITERS.iter().any(|delimiter| line.matches(*delimiter).count() >= MAX_COLUMNS)
}

/// The most likely shape, or nothing where no character divides the lines into cells.
pub(super) fn layout(text: &str) -> Option<Layout> {
    let type_line =
        text.lines().next().and_then(|line| line.trim().strip_prefix("#TYPE ")).map(str::to_owned);
    let declared = text.lines().take(2).find_map(|line| {
        let rest = line.trim_matches('"').strip_prefix("sep=")?;
        rest.chars().next().filter(|c| DELIMITERS.contains(c))
    });
    let mut best: Option<(usize, Layout)> = None;
    for delimiter in DELIMITERS.into_iter().filter(|d| declared.is_none_or(|only| only == *d)) {
        let rows = records(text, delimiter, RECORDS);
        let Some((score, header_row)) = judge(&rows) else { continue };
        if best.as_ref().is_none_or(|(top, _)| score > *top) {
            best = Some((score, Layout { delimiter, rows, header_row, type_line: type_line.clone() }));
        }
    }
    best.map(|(_, layout)| layout).or_else(|| one_column(text, type_line))
}

/// A score for a delimiter, and the header under it.
fn judge(rows: &[Vec<String>]) -> Option<(usize, Option<usize>)> {
    let widths: Vec<usize> = rows.iter().map(Vec::len).filter(|&width| width > 1).collect();
    let usual =
        *widths.iter().max_by_key(|&&width| (widths.iter().filter(|&&w| w == width).count(), width))?;
    let even = widths.iter().filter(|&&width| width == usual).count() * 100 / rows.len();
    let known = |row: &Vec<String>| row.iter().filter(|cell| is_known(cell)).count();
    let candidates = rows.iter().enumerate().take(HEADER_WITHIN).filter(|(_, row)| row.len() > 1);
    let best =
        candidates.map(|(at, row)| (known(row), at)).max_by_key(|&(hits, at)| (hits, usize::MAX - at))?;
    if even < 30 && best.0 < 2 {
        return None;
    }
    let header = if best.0 >= 2 {
        Some(best.1)
    } else {
        rows.iter().position(|row| row.len() == usual).filter(|&at| looks_like_header(&rows[at]))
    };
    Some((best.0 * 100 + even + usual.min(50), header))
}

/// Every cell a different, non-empty word, and none of them a value.
fn looks_like_header(row: &[String]) -> bool {
    let mut seen: Vec<String> = row.iter().map(|cell| fold_header(cell)).collect();
    seen.sort();
    let distinct = seen.windows(2).all(|pair| pair[0] != pair[1]) && seen.iter().all(|cell| !cell.is_empty());
    let values = row.iter().filter(|cell| {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        digits * 2 > cell.len() || cell.contains('@')
    });
    distinct && values.count() == 0
}

/// A table of a single known column.
fn one_column(text: &str, type_line: Option<String>) -> Option<Layout> {
    let rows = records(text, ',', RECORDS);
    let header_row = rows.iter().take(HEADER_WITHIN).position(|row| row.len() == 1 && is_known(&row[0]))?;
    Some(Layout { delimiter: ',', rows, header_row: Some(header_row), type_line })
}

fn is_known(cell: &str) -> bool {
    let folded = fold_header(cell);
    is_known_header(&folded) || signature::is_known(&folded)
}
