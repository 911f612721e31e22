//! The figures beside those of the month before and of the baseline, and what was restated since. Sealed months come from their
//! seals; one that nobody sealed says so.

use crate::domain::month::canonical::{ALTERED, verify_seal};
use crate::domain::month::standing::{baseline, differences, seals_of};
use crate::domain::month::{SealedFigure, name};
use crate::report::layout::{Column, Layout, Table};
use crate::report::sealed::summary::BESIDE;
use crate::util::text::counted;

use super::Source;

/// The page: this period, the month before, the baseline.
pub(super) fn beside(source: &Source<'_>, layout: &mut Layout) {
    let (book, spec) = (source.book, source.spec);
    // The summary stays one page that can be handed on alone.
    layout.page_break();
    layout.heading_at(1, "Beside the month before", "beside");
    let before = source.former.as_ref();
    let known = baseline(book).filter(|posture| posture.taken_at < spec.as_of_at);
    let former = before.map_or_else(
        || "Month before".to_owned(),
        |month| {
            let sealed = match month.seal() {
                Some(seal) if !verify_seal(seal) => ALTERED,
                Some(_) => "sealed",
                None => "not sealed",
            };
            format!("{}, {sealed}", name::text(&month.month))
        },
    );
    let mut columns = vec![
        Column::text("Figure").weight(0.6),
        Column::text("Name").weight(2.0),
        Column::text(source.period()).weight(2.4),
        Column::text(former).weight(2.4),
    ];
    if let Some(posture) = known {
        columns.push(Column::text(format!("Baseline {}", posture.name)).weight(2.4));
    }
    let text = |list: &[SealedFigure], id: &str| {
        list.iter().find(|figure| figure.id == id).map_or_else(String::new, |figure| figure.text.clone())
    };
    let mut table = Table::new("", columns);
    for id in BESIDE {
        let Some(figure) = source.measured.iter().find(|figure| figure.id == id) else { continue };
        let old = before.map_or_else(String::new, |month| month.outputs.text(id).to_owned());
        let mut row = vec![id.to_owned(), figure.name.clone(), figure.text.clone(), old];
        row.extend(known.map(|posture| text(&posture.figures, id)));
        table.row(row);
    }
    layout.table(table);
    if known.is_none() {
        layout.paragraph("No baseline was taken yet: the first posture after the catch-up becomes it.");
    }
    if let Some(month) = before.filter(|month| month.definitions != crate::domain::compliance::DEFINITIONS) {
        layout.limit(format!(
            "{} was counted by {}; the two months are not counted alike.",
            name::text(&month.month),
            month.definitions
        ));
    }
}

/// Every restatement recorded up to the as-of instant, the newest first.
pub(super) fn restated(source: &Source<'_>, layout: &mut Layout) {
    let (book, until_at) = (source.book, source.spec.as_of_at.max(source.spec.printed_at));
    layout.heading_at(1, "Restatements", "restatements");
    let mut seals: Vec<_> =
        book.seals.iter().filter(|seal| seal.number > 1 && seal.sealed_at <= until_at).collect();
    seals.sort_by_key(|seal| std::cmp::Reverse((seal.sealed_at, seal.id)));
    let columns = vec![
        Column::text("Month").weight(1.2),
        Column::text("When").weight(1.4),
        Column::text("Reason").weight(2.6),
        Column::text("Approved by").weight(1.2),
        Column::text("What changed").weight(3.0),
    ];
    let mut table = Table::new("", columns).when_empty("No sealed month was ever restated.");
    for seal in seals {
        let former = seals_of(book, &seal.month).into_iter().rfind(|other| other.number < seal.number);
        let found = former.map(|former| differences(&former.outputs, &seal.outputs)).unwrap_or_default();
        let first = found.iter().find(|difference| !difference.of.contains('/'));
        let example = first.map_or_else(String::new, |d| format!(": {} {} to {}", d.of, d.before, d.after));
        let changed = format!("{}{example}", counted(found.len() as u64, "value", "values"));
        table.row([
            name::text(&seal.month),
            source.minute(seal.sealed_at),
            seal.reason.clone(),
            seal.approved_by.clone(),
            changed,
        ]);
    }
    layout.table(table);
}
