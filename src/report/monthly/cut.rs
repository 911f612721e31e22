//! The figures by group, rank and the other cuts, with counts beside every share.

use crate::domain::compliance::cut::{Cut, Slice};
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::ratio::days_text;
use crate::report::layout::{Column, Layout, StackedBars, Table};
use crate::util::text::count;

use super::Source;
use super::words::{number, parts, share};

pub(super) fn cuts(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "By group, rank, exposure, site and owner", "cuts");
    let groups = source.figures.by(&source.view, Cut::Group);
    let bars = groups.iter().filter(|slice| slice.in_scope() > 0);
    let bars: Vec<(String, Vec<u64>)> =
        bars.map(|slice| (slice.name.clone(), slice.segments.to_vec())).collect();
    if !bars.is_empty() {
        let caption = "Where the machines of each group stand".to_owned();
        layout.stacked_bars(StackedBars { caption, keys: parts([0; 6]), bars, shares: false });
    }
    layout.table(machines("Machines by patch group", "Group", &groups));
    layout.table(pairs("Items by patch group", "Group", &groups));
    layout.table(pairs("Items by rank", "Rank", &source.figures.by(&source.view, Cut::Rank)));
    layout.note(
        "Machines stand in the group they are in now. An item that fell due stays with the rank under which it did. M1 is up to date and \
         in time of those in scope, M1n the same with the waived ones, M2 observed of those in scope, M4 satisfied of required, M3 met \
         of due in the period; M3n leaves out what was not met and validly waived on its due date.",
    );
    for cut in [Cut::Exposure, Cut::Site, Cut::Owner, Cut::Class] {
        let slices = source.figures.by(&source.view, cut);
        layout.table(machines(&format!("Machines by {}", cut.word()), cut.text(), &slices));
        layout.table(pairs(&format!("Items by {}", cut.word()), cut.text(), &slices));
    }
}

fn machines(caption: &str, title: &str, slices: &[Slice]) -> Table {
    let mut columns = vec![Column::text(title).weight(1.0), Column::number("In scope")];
    columns.extend(Segment::ALL.iter().map(|segment| Column::number(segment.text())));
    columns.extend(["M1", "M1n", "Observed", "M2"].map(Column::number));
    let mut table = Table::new(caption, columns).when_empty("No machine is in scope.");
    for slice in slices.iter().filter(|slice| slice.in_scope() > 0) {
        let mut row = vec![slice.name.clone(), count(slice.in_scope())];
        row.extend(slice.segments.iter().map(|&n| count(n)));
        row.push(share(slice.within_deadline()));
        row.push(share(slice.within_deadline_or_waived()));
        row.push(count(slice.observed));
        row.push(share(slice.coverage()));
        table.row(row);
    }
    table
}

fn pairs(caption: &str, title: &str, slices: &[Slice]) -> Table {
    let mut columns = vec![Column::text(title).weight(1.0)];
    let numbers = [
        "Required",
        "Satisfied",
        "M4",
        "Open",
        "Overdue",
        "On machines",
        "Machine-days",
        "Due",
        "Met",
        "M3",
        "Waived",
        "M3n",
    ];
    columns.extend(numbers.map(Column::number));
    let mut table = Table::new(caption, columns).when_empty("Nothing is owed.");
    for slice in slices {
        let tally = &slice.tally;
        table.row([
            slice.name.clone(),
            number(tally.applicable()),
            number(tally.satisfied),
            share(tally.state_gross()),
            number(tally.open),
            number(tally.overdue),
            count(slice.overdue_machines),
            days_text(slice.overdue_secs as f64),
            number(tally.fell_due()),
            number(tally.met),
            share(tally.deadline_gross()),
            number(tally.waived_at_due),
            share(tally.deadline_net()),
        ]);
    }
    table
}
