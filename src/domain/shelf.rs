//! The rows of one noun in memory: dense, in the order of arrival, found by id.

use std::collections::HashMap;
use std::sync::Arc;

/// Rows with a stable place. A place (`u32`) never moves while the shelf lives, so columns may refer to it.
#[derive(Clone, Debug)]
pub struct Shelf<R> {
    rows: Arc<Vec<R>>,
    places: Arc<HashMap<i64, u32>>,
}

impl<R> Default for Shelf<R> {
    fn default() -> Self {
        Self { rows: Arc::default(), places: Arc::default() }
    }
}

impl<R: super::row::Row> Shelf<R> {
    /// Puts a row: over the one of the same id, or at the end.
    pub fn put(&mut self, row: R) {
        let id = row.id();
        let rows = Arc::make_mut(&mut self.rows);
        if let Some(&place) = self.places.get(&id) {
            rows[place as usize] = row;
        } else {
            Arc::make_mut(&mut self.places).insert(id, rows.len() as u32);
            rows.push(row);
        }
    }

    /// The row of an id.
    pub fn get(&self, id: i64) -> Option<&R> {
        self.place(id).map(|place| &self.rows[place as usize])
    }

    /// The place of an id.
    pub fn place(&self, id: i64) -> Option<u32> {
        self.places.get(&id).copied()
    }

    /// All rows; the slice index is the place.
    pub fn rows(&self) -> &[R] {
        &self.rows
    }

    /// Every row, in the order of its place.
    pub fn iter(&self) -> std::slice::Iter<'_, R> {
        self.rows.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'a, R: super::row::Row> IntoIterator for &'a Shelf<R> {
    type Item = &'a R;
    type IntoIter = std::slice::Iter<'a, R>;
    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
