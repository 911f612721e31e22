//! The tables of a layout as CSV. Owns the neutralising of formulas; never touches files.

use super::{Align, Block, Cell, Layout, Table};

impl Layout {
    /// All tables as one CSV text (RFC 4180, CRLF, UTF-8 without a mark at the start): for each table a line with its
    /// caption, a line of column titles, its rows and its totals; tables are set apart by an empty line. A cell that a
    /// spreadsheet would run as a formula gets an apostrophe in front; plain numbers in number columns keep their sign.
    pub fn tables_csv(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            if let Block::Table(table) = block {
                if !out.is_empty() {
                    out.push_str("\r\n");
                }
                out.push_str(&table.csv());
            }
        }
        out
    }
}

impl Table {
    /// This table as CSV, with its caption as the first line when it has one.
    pub fn csv(&self) -> String {
        let mut lines: Vec<Vec<String>> = Vec::with_capacity(self.rows.len() + 3);
        if !self.caption.is_empty() {
            lines.push(vec![neutral(&self.caption, false)]);
        }
        lines.push(self.columns.iter().map(|c| neutral(&c.title, false)).collect());
        lines.extend(self.rows.iter().chain(&self.totals).map(|row| self.csv_line(row)));
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        for line in lines {
            // A Vec as target cannot fail to take a line, and flexible rows have no length to get wrong.
            let _ = writer.write_record(&line);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn csv_line(&self, row: &[Cell]) -> Vec<String> {
        let width = row.len().max(self.columns.len());
        (0..width)
            .map(|i| {
                let number = self.columns.get(i).is_some_and(|c| c.align == Align::Right);
                row.get(i).map(|cell| neutral(&cell.text, number)).unwrap_or_default()
            })
            .collect()
    }
}

/// Rows under a header as CSV text, neutralised like every table; for exports that are no document.
pub fn sheet_csv(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut writer =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let header = header.iter().map(|cell| neutral(cell, false)).collect::<Vec<_>>();
    for line in std::iter::once(&header).chain(rows) {
        // A Vec as target cannot fail to take a line, and flexible rows have no length to get wrong.
        let _ = writer.write_record(line.iter().map(|cell| neutral(cell, false)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The text with an apostrophe in front when a spreadsheet would take it for a formula.
fn neutral(text: &str, number: bool) -> String {
    // Also behind blanks, and in the full-width forms some spreadsheets take for the same (CWE-1236).
    let start = text.trim_start_matches(' ');
    let risky = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0']);
    if risky && !(number && text.parse::<f64>().is_ok_and(f64::is_finite)) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
