//! What a table remembers: the order, widths and hidden columns that outlive the program, and the selection that
//! does not. Rows are named by id, never by position, so sorting and filtering move nothing.

use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Which column orders the rows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sort {
    /// The key of the column.
    pub column: String,
    /// Largest first.
    pub descending: bool,
}

/// The part of a table's state worth keeping between runs. Columns are named by their keys, so a later version
/// with other columns reads an older state.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct TableState {
    /// The order of the rows; nothing means the caller's own order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Widths that were dragged, in points, by column key.
    pub widths: BTreeMap<String, f32>,
    /// Keys of hidden columns.
    pub hidden: BTreeSet<String>,
}

impl TableState {
    /// Sorts by a column: first upward, then downward, then upward again.
    pub fn sort_by(&mut self, key: &str) {
        let descending = self.sort.as_ref().is_some_and(|sort| sort.column == key && !sort.descending);
        self.sort = Some(Sort { column: key.to_owned(), descending });
    }
}

/// Which row the keyboard is on and which rows are ticked, by row id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The row the keyboard is on.
    pub current: Option<u64>,
    /// The ticked rows.
    pub ticked: HashSet<u64>,
    /// Where a range began: the row last ticked or moved to without Shift.
    pub(super) anchor: Option<u64>,
    /// Where `current` stood when it was last looked for; a guess, checked before use.
    pub(super) guess: usize,
}

impl Selection {
    /// Makes a row the current one, as a click on it would.
    pub fn select(&mut self, id: u64) {
        self.current = Some(id);
        self.anchor = Some(id);
    }

    /// Where the current row stands in `rows`. Looks through all of them only when it moved since the last call.
    pub(super) fn position(&mut self, rows: &[u32], id_of: &dyn Fn(u32) -> u64) -> Option<usize> {
        let current = self.current?;
        if rows.get(self.guess).is_some_and(|row| id_of(*row) == current) {
            return Some(self.guess);
        }
        let found = rows.iter().position(|row| id_of(*row) == current)?;
        self.guess = found;
        Some(found)
    }

    /// Ticks everything between the anchor and `to`, both included.
    pub(super) fn tick_range(&mut self, rows: &[u32], id_of: &dyn Fn(u32) -> u64, to: usize) {
        let from =
            self.anchor.and_then(|anchor| rows.iter().position(|row| id_of(*row) == anchor)).unwrap_or(to);
        let (low, high) = if from < to { (from, to) } else { (to, from) };
        self.ticked.extend(rows[low..=high].iter().map(|row| id_of(*row)));
    }

    /// Ticks a row or takes the tick away.
    pub(super) fn toggle(&mut self, id: u64) {
        if !self.ticked.remove(&id) {
            self.ticked.insert(id);
        }
        self.anchor = Some(id);
    }
}
