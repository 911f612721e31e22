//! Where the figures come from: the imports of the period with their files, hashes and row counts. Earlier ones were printed in
//! the months they belong to, and the history holds them all.

use crate::domain::batch::Batch;
use crate::report::layout::{Column, Layout, Table};
use crate::util::text::{count, counted};

use super::Source;

pub(super) fn provenance(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Where the figures come from", "provenance");
    let mut batches: Vec<&Batch> = source.book.batches.rows().iter().collect();
    batches.retain(|batch| batch.recorded_at <= source.spec.as_of_at.max(source.spec.printed_at));
    batches.sort_by_key(|batch| batch.number);
    let all = batches.len();
    let newest = batches.last().map(|batch| batch.number);
    // The newest import is always printed: without it nobody could tell what the figures rest on.
    batches.retain(|batch| batch.recorded_at >= source.spec.period.from_at || Some(batch.number) == newest);
    let earlier = (all - batches.len()) as u64;
    if earlier > 0 {
        let text = counted(earlier, "earlier import counts too and is", "earlier imports count too and are");
        layout.paragraph(format!("{text} listed in the history of the file."));
    }
    let mut columns = vec![
        Column::number("Import"),
        Column::text("Recorded"),
        Column::text("Source"),
        Column::text("Scope").weight(1.5),
        Column::text("Data as of"),
    ];
    columns.extend([Column::number("Changes of state"), Column::text("Standing")]);
    let mut table = Table::new("Imports", columns).when_empty("Nothing was imported.");
    for batch in &batches {
        let name = source.book.sources.get(batch.source.0).map(|row| row.name.clone());
        let standing =
            batch.voided_at.map_or_else(|| "counts".to_owned(), |at| format!("undone {}", source.day(at)));
        table.row([
            batch.number.to_string(),
            source.minute(batch.recorded_at),
            name.unwrap_or_default(),
            batch.scope.text().to_owned(),
            source.minute(batch.as_of_at),
            count(batch.observations.unsigned_abs()),
            standing,
        ]);
    }
    layout.table(table);
    let columns = vec![
        Column::number("Import"),
        Column::text("File").weight(1.4),
        Column::text("Recognised as").weight(2.0),
        Column::number("Rows"),
        Column::number("Skipped"),
        Column::text("SHA-256").weight(3.2),
    ];
    let mut table = Table::new("Files", columns).when_empty("No file was imported.");
    for batch in &batches {
        for file in &batch.files {
            table.row([
                batch.number.to_string(),
                file.name.clone(),
                file.kind.clone(),
                count(file.rows),
                count(file.skipped),
                file.sha256.clone(),
            ]);
        }
    }
    layout.table(table);
}
