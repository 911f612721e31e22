//! A matrix of marks: rows of activities, narrow columns of roles, one letter or two in a cell. Owns the words; never
//! measures them.

use super::Tone;

/// Rows against narrow columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Stands above it; empty for none.
    pub caption: String,
    /// The title of the column of row names.
    pub corner: String,
    /// The narrow columns.
    pub columns: Vec<MatrixColumn>,
    /// The rows.
    pub rows: Vec<MatrixRow>,
    /// The title of the column of remarks; without remarks there is no such column.
    pub remark: String,
}

/// A narrow column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatrixColumn {
    /// Its name, set upright so that the column stays narrow.
    pub title: String,
    /// A second line beside it, such as who holds a role; empty for none.
    pub under: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatrixRow {
    /// Its name.
    pub title: String,
    /// The mark of each column; missing ones are empty.
    pub cells: Vec<String>,
    /// What is to be said about the row, with its shape.
    pub remark: Option<(Tone, String)>,
}
