//! Two sealed months or postures beside each other on paper, machine by machine.

use super::layout::{Column, Layout, StackedBars, Table};
use super::monthly::words::parts;
use super::sheet::{Source, Spec};
use crate::domain::book::Book;
use crate::domain::month::SealedMachine;
use crate::domain::month::canonical::ALTERED;
use crate::domain::month::compare::{
    Compared, Comparison, Side, compare, definitions_text, order_text, segment_text,
};
use crate::util::text::counted;

/// The comparison of an earlier side with a later one.
pub fn build(book: &Book, spec: Spec, before: Side<'_>, after: Side<'_>) -> Layout {
    let source = Source::new(book, spec);
    let found = compare(before, after);
    let mut layout = source.sheet(format!("{} and {}", before.title(), after.title()));
    "Compared machine by machine, by name".clone_into(&mut layout.subtitle);
    for (label, side) in [("Before", before), ("After", after)] {
        let text =
            format!("{}, as of {}, SHA-256 {}", side.title(), source.instant(side.at()), side.sha256());
        layout.fact(label, text);
    }
    for side in [before, after].into_iter().filter(|side| !side.is_intact()) {
        layout.warn(altered(side));
    }
    if let Some(text) = order_text(before, after) {
        layout.warn(text);
    }
    if let Some(text) = definitions_text(before, after) {
        layout.warn(text);
    }
    let bars = [before, after].into_iter().zip(found.segments);
    layout.stacked_bars(StackedBars {
        caption: "Machines in scope".to_owned(),
        keys: parts([0; 6]),
        bars: bars.map(|(side, counts)| (side.title(), counts.to_vec())).collect(),
        shares: false,
    });
    lists(&found, &mut layout);
    let columns = vec![
        Column::text("Figure").weight(0.6),
        Column::text("Name").weight(2.0),
        Column::text(before.title()).weight(2.6),
        Column::text(after.title()).weight(2.6),
    ];
    let mut table = Table::new("Figures", columns);
    table.row(["", "Counted by", before.definitions(), after.definitions()]);
    for row in &found.figures {
        table.row([row.id.as_str(), row.name.as_str(), row.before.as_str(), row.after.as_str()]);
    }
    layout.table(table);
    layout.note(
        "Better: a better segment, or the same one with less overdue or less open. A machine that moved among overdue, unsupported and \
         unknown stands worse. One that left the scope is not better: it is in a list of its own.",
    );
    layout
}

/// What a paper says of a side whose digest does not fit.
pub(super) fn altered(side: Side<'_>) -> String {
    format!(
        "{} is {ALTERED}: the digest does not fit what it holds. Do not rely on its figures.",
        side.title()
    )
}

/// The lists of a comparison; machines that stand as they stood are only counted.
pub(super) fn lists(found: &Comparison<'_>, layout: &mut Layout) {
    let lists: [(&str, &[Compared<'_>]); 6] = [
        ("Better", &found.better),
        ("Worse", &found.worse),
        ("New in the register", &found.new),
        ("Gone from the register", &found.gone),
        ("Left the scope", &found.left),
        ("Came into the scope", &found.joined),
    ];
    for (title, rows) in lists {
        let columns = vec![
            Column::text("Machine"),
            Column::text("Before").weight(2.0),
            Column::text("After").weight(2.0),
        ];
        let caption = format!("{title}: {}", counted(rows.len() as u64, "machine", "machines"));
        let mut table = Table::new(caption, columns).when_empty("None.");
        for row in rows {
            table.row([row.name().to_owned(), text(row.before), text(row.after)]);
        }
        layout.table(table);
    }
    layout.paragraph(format!(
        "{} as before.",
        counted(found.same.len() as u64, "machine stands", "machines stand")
    ));
}

fn text(machine: Option<&SealedMachine>) -> String {
    machine.map_or_else(String::new, |machine| {
        format!("{}, {} open, {} overdue", segment_text(&machine.segment), machine.open, machine.overdue)
    })
}
