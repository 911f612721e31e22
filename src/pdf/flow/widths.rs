//! How wide the columns of a table are. Owns the sharing of the width; places nothing.

use super::super::font::{Face, Fonts};
use super::super::text::clean;
use crate::draw::Weight;
use crate::report::layout::{Cell, Table};

/// Room for the marker of a tone.
pub(super) const MARKER: f32 = 10.0;
/// No word makes a column wider than this share of the table; longer ones are torn.
const WIDEST_WORD: f32 = 0.3;

/// What a column asks for, in points with its padding.
#[derive(Debug, Clone, Copy, Default)]
struct Wish {
    /// The widest word.
    least: f32,
    /// The widest cell on one line.
    natural: f32,
}

/// The width of each column, with `pad` on both sides of its text; they add up to `room`.
pub(super) fn widths(fonts: &Fonts, table: &Table, size: f32, pad: f32, room: f32) -> Vec<f32> {
    let mut wishes = vec![Wish::default(); table.columns.len()];
    for (wish, column) in wishes.iter_mut().zip(&table.columns) {
        *wish = widest(*wish, measured(fonts, &column.title, Weight::SemiBold, size));
    }
    for row in table.rows.iter().chain(&table.totals) {
        let last = table.totals.as_ref().is_some_and(|totals| std::ptr::eq(totals, row));
        for (wish, cell) in wishes.iter_mut().zip(row) {
            let mut asked = measured(fonts, &cell.text, weight_of(cell, last), size);
            let marker = if has_marker(cell) { MARKER } else { 0.0 };
            asked.least += marker;
            asked.natural += marker;
            *wish = widest(*wish, asked);
        }
    }
    for wish in &mut wishes {
        wish.least = wish.least.min(room * WIDEST_WORD) + 2.0 * pad + 0.2;
        wish.natural = (wish.natural + 2.0 * pad + 0.2).max(wish.least);
    }
    share(table, &wishes, room)
}

pub(super) fn weight_of(cell: &Cell, total: bool) -> Weight {
    if cell.strong || total { Weight::SemiBold } else { Weight::Regular }
}

pub(super) fn has_marker(cell: &Cell) -> bool {
    use crate::report::layout::Tone;
    !matches!(cell.tone, Tone::Plain | Tone::Weak)
}

fn widest(a: Wish, b: Wish) -> Wish {
    Wish { least: a.least.max(b.least), natural: a.natural.max(b.natural) }
}

fn measured(fonts: &Fonts, words: &str, weight: Weight, size: f32) -> Wish {
    let face = Face::tabular(weight);
    let words = clean(words);
    let space = fonts.shape(face, " ").width;
    let (mut least, mut natural) = (0, 0);
    for line in words.split('\n') {
        let mut whole = -space;
        for word in line.split(' ') {
            let width = if word.is_empty() { 0 } else { fonts.shape(face, word).width };
            least = least.max(width);
            whole += width + space;
        }
        natural = natural.max(whole);
    }
    let points = |thousandths: i32| thousandths as f32 * size / 1000.0;
    Wish { least: points(least), natural: points(natural) }
}

fn share(table: &Table, wishes: &[Wish], room: f32) -> Vec<f32> {
    let least: f32 = wishes.iter().map(|w| w.least).sum();
    if least >= room {
        // Only the longest words are torn: the width is shared so that short ones stay whole.
        let words: Vec<Wish> = wishes.iter().map(|w| Wish { least: 0.0, natural: w.least }).collect();
        return fair(&words, (0..words.len()).collect(), room);
    }
    let weights: f32 = table.columns.iter().map(|c| c.weight.max(0.0)).sum();
    let spare = room - least;
    if weights > 0.0 {
        // Unweighted columns get what they need first, up to three quarters of the table; weighted ones share the rest.
        let weighted = |i: usize| table.columns[i].weight > 0.0;
        let plain: Vec<usize> = (0..wishes.len()).filter(|i| !weighted(*i)).collect();
        let most = room * 0.75 - plain.iter().map(|i| wishes[*i].least).sum::<f32>();
        let mut out = fair(wishes, plain, most.clamp(0.0, spare));
        let rest = room - out.iter().sum::<f32>();
        for (width, column) in out.iter_mut().zip(&table.columns) {
            *width += rest * column.weight.max(0.0) / weights;
        }
        return out;
    }
    let natural: f32 = wishes.iter().map(|w| w.natural).sum();
    if natural <= room {
        // What is left over goes to all in proportion, so that the table has the width of the text.
        return wishes.iter().map(|w| w.natural + (room - natural) * w.natural / natural).collect();
    }
    fair(wishes, (0..wishes.len()).collect(), spare)
}

/// The least widths, with `spare` handed out to the `open` columns: who lacks little gets it all, the others even parts.
fn fair(wishes: &[Wish], mut open: Vec<usize>, mut spare: f32) -> Vec<f32> {
    let lack = |i: usize| wishes[i].natural - wishes[i].least;
    let mut out: Vec<f32> = wishes.iter().map(|w| w.least).collect();
    open.sort_by(|a, b| lack(*a).total_cmp(&lack(*b)));
    for (done, i) in open.iter().enumerate() {
        let given = (spare / (open.len() - done) as f32).min(lack(*i));
        out[*i] += given;
        spare -= given;
    }
    out
}
