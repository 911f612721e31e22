//! What moved the figures besides patching.

use crate::domain::compliance::moved::Change;
use crate::report::layout::{Column, Layout, Table};
use crate::util::text::{count, counted};

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
    for (change, subjects) in alike(changes) {
        let of = match subjects.len() {
            1 => subjects.join(", "),
            // Every one by its name: this page is the list of what moved the figures.
            n => format!("{} alike: {}", count(n as u64), subjects.join("; ")),
        };
        table.row([
            source.minute(change.at),
            change.matter.text().to_owned(),
            of,
            change.before,
            change.after,
            change.reason,
            change.by.unwrap_or_else(|| "not recorded".to_owned()),
        ]);
    }
    layout.table(table);
}

/// Changes that differ in nothing but what they are of, as one with all that it is of; in the order of the first of each.
fn alike(changes: Vec<Change>) -> Vec<(Change, Vec<String>)> {
    let mut groups: Vec<(Change, Vec<String>)> = Vec::new();
    for change in changes {
        let same = |(other, _): &&mut (Change, Vec<String>)| {
            (other.at, other.matter, &other.before, &other.after, &other.reason, &other.by)
                == (change.at, change.matter, &change.before, &change.after, &change.reason, &change.by)
        };
        // They come in the order of time, so what is alike lies at the end.
        let mut recent = groups.iter_mut().rev().take_while(|(other, _)| other.at == change.at);
        if let Some((_, subjects)) = recent.find(same) {
            subjects.push(change.subject);
        } else {
            let subject = change.subject.clone();
            groups.push((change, vec![subject]));
        }
    }
    groups
}
