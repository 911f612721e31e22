//! Rows as tab-separated text for a spreadsheet: the titles first, then every ticked row in the order shown, or
//! the current row when none is ticked.

use super::cell::Cell;
use super::{Rows, Shown};
use crate::ui::widget::table::state::Selection;

/// The text for the clipboard and how many rows are in it.
pub(super) fn tsv(
    rows: &Rows<'_>,
    columns: &[Shown<'_>],
    selection: &Selection,
    draw: &mut dyn FnMut(&mut Cell<'_>, u32, usize),
) -> Option<(String, usize)> {
    let wanted = |row: &u32| {
        let id = (rows.id_of)(*row);
        if selection.ticked.is_empty() {
            selection.current == Some(id)
        } else {
            selection.ticked.contains(&id)
        }
    };
    let mut text = String::new();
    for (at, column) in columns.iter().enumerate() {
        field(&mut text, at, column.title);
    }
    text.push('\n');
    let mut count = 0;
    let mut words = String::new();
    for row in rows.order.iter().filter(|row| wanted(row)) {
        for (at, column) in columns.iter().enumerate() {
            words.clear();
            let mut cell = Cell::collected(words);
            draw(&mut cell, *row, column.index);
            words = cell.into_words();
            field(&mut text, at, &words);
        }
        text.push('\n');
        count += 1;
    }
    (count > 0).then_some((text, count))
}

/// A field never holds what separates fields or rows.
fn field(text: &mut String, at: usize, words: &str) {
    if at > 0 {
        text.push('\t');
    }
    text.extend(words.chars().map(|letter| if matches!(letter, '\t' | '\n' | '\r') { ' ' } else { letter }));
}
