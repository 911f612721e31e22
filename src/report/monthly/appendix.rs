//! The machine list: every asset of the register with its segment and counts.

use crate::report::layout::{Cell, Column, Layout, Table};

use super::Source;
use super::words::{look, number};

pub(super) fn appendix(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Machines", "machines");
    let columns = vec![
        Column::text("Machine"),
        Column::text("Kind"),
        Column::text("Group").weight(1.3),
        Column::text("Owner").weight(1.3),
        Column::text("Segment"),
        Column::number("Open"),
        Column::number("Overdue"),
        Column::number("Waived"),
        Column::text("Last report"),
    ];
    let mut table = Table::new("", columns).when_empty("The register is empty.");
    let mut places: Vec<u32> = (0..source.book.assets.len() as u32).collect();
    places.sort_by_cached_key(|&place| source.asset(place).to_lowercase());
    for place in places {
        let asset = &source.book.assets.rows()[place as usize];
        let machine = &source.figures.machines[place as usize];
        let group = source.view.subjects.standings[place as usize].group;
        let group = group.and_then(|id| source.book.groups.get(id.0)).map_or("", |group| group.name.as_str());
        let segment = match machine.segment {
            Some(segment) => Cell::new(segment.text()).tone(look(segment).0),
            None => Cell::new("Out of scope"),
        };
        let report = machine.report_at.map_or_else(|| "never".to_owned(), |at| source.day(at));
        table.row([
            Cell::new(asset.name.clone()),
            Cell::new(asset.kind.text()),
            Cell::new(group),
            Cell::new(source.book.person_name(asset.owner)),
            segment,
            Cell::new(number(machine.tally.open)),
            Cell::new(number(machine.tally.overdue)),
            Cell::new(number(machine.tally.waived)),
            Cell::new(report),
        ]);
    }
    layout.table(table);
}
