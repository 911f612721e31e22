//! Printing: text for people, JSON for programs, failures with hints.

use std::io::{self, Write as _};

use serde_json::{Value, json};

use crate::app::Error;
use crate::util::progress::Progress;

/// How results are printed.
pub(super) struct Output {
    /// As one JSON document.
    pub json: bool,
}

impl Output {
    /// Prints a result in the form that was asked for.
    pub fn result(&self, text: &str, value: &Value) {
        let shown = if self.json { format!("{value:#}") } else { text.trim_end().to_owned() };
        // A closed pipe is the reader's choice, not a failure.
        writeln!(io::stdout(), "{shown}").ok();
    }

    /// Prints a failure: what could not be done, then what to do.
    pub fn error(&self, error: &Error) {
        if self.json {
            let issues: Vec<Value> =
                error.issues.iter().map(|i| json!({ "field": i.field, "text": i.text })).collect();
            let value = json!({ "error": error.summary, "hints": error.hints, "issues": issues });
            writeln!(io::stdout(), "{value:#}").ok();
            return;
        }
        match error.issues.as_slice() {
            // Several things that are wrong are read one by one.
            [_, _, ..] => {
                writeln!(io::stderr(), "Error: {} things stand in the way:", error.issues.len()).ok();
                for issue in &error.issues {
                    writeln!(io::stderr(), "  {}", issue.text).ok();
                }
            }
            _ => {
                writeln!(io::stderr(), "Error: {}", error.summary).ok();
            }
        }
        for hint in &error.hints {
            writeln!(io::stderr(), "Hint: {hint}").ok();
        }
    }

    /// A remark beside the result.
    pub fn note(&self, text: &str) {
        if !self.json {
            writeln!(io::stderr(), "{text}").ok();
        }
    }
}

/// Progress of a console job: shown nowhere, since a console command is stopped by Ctrl+C and leaves nothing behind.
pub(super) fn progress() -> Progress {
    Progress::default()
}

/// Lines up columns: text to the left, numbers (by header `#`) to the right.
pub(super) fn columns(header: &[&str], rows: &[Vec<String>]) -> String {
    let count = header.len();
    let title = |h: &str| h.trim_start_matches('#').to_owned();
    let mut widths: Vec<usize> = header.iter().map(|h| title(h).chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[String]| {
        let mut out = String::new();
        for (i, cell) in cells.iter().enumerate().take(count) {
            let pad = " ".repeat(widths[i].saturating_sub(cell.chars().count()));
            if header[i].starts_with('#') {
                out.push_str(&pad);
                out.push_str(cell);
            } else {
                out.push_str(cell);
                out.push_str(&pad);
            }
            out.push_str("  ");
        }
        out.trim_end().to_owned()
    };
    let mut out = line(&header.iter().map(|h| title(h)).collect::<Vec<_>>());
    for row in rows {
        out.push('\n');
        out.push_str(&line(row));
    }
    out
}
