//! What moved the figures besides patching.

use crate::report::layout::{Column, Layout, Table};
use crate::util::text::counted;

use super::Source;

pub(super) fn moved(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "What moved the figures besides patching", "moved");
    let changes = source.view.moved(source.spec.period, source.spec.recorded_by);
    layout.paragraph(format!(
        "{} of rank, scope, status, exposure, class, group, rules, declines, waivers or data recorded in {}.",
        counted(changes.len() as u64, "change", "changes"),
        source.period()
    ));
    let columns = vec![
        Column::text("When"),
        Column::text("What"),
        Column::text("Of").weight(2.0),
        Column::text("Before"),
        Column::text("After"),
        Column::text("Reason").weight(2.0),
        Column::text("Who"),
    ];
    let mut table = Table::new("", columns).when_empty("Nothing but patching moved them.");
    for change in changes {
        table.row([
            source.minute(change.at),
            change.matter.text().to_owned(),
            change.subject,
            change.before,
            change.after,
            change.reason,
            change.by.unwrap_or_else(|| "not recorded".to_owned()),
        ]);
    }
    layout.table(table);
}
