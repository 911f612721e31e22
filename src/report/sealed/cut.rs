//! The figures of a sealed month by group, rank, exposure, site, owner and class.

use super::Source;
use crate::domain::compliance::cut::Cut;
use crate::domain::compliance::machine::Segment;
use crate::domain::month::figure::{CUTS, parts_of};
use crate::report::layout::{Column, Layout, StackedBars, Table};
use crate::report::monthly::words::parts;

pub(super) fn cuts(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "By group, rank, exposure, site and owner", "cuts");
    let groups = slices(source, Cut::Group);
    let bars = groups.iter().map(|name| (name.clone(), counts(source, Cut::Group, name)));
    let bars: Vec<_> = bars.filter(|(_, counts)| counts.iter().any(|n| *n > 0)).collect();
    if !bars.is_empty() {
        let caption = "Machines by patch group".to_owned();
        layout.stacked_bars(StackedBars { caption, keys: parts([0; 6]), bars, shares: false });
    }
    for cut in CUTS {
        let names = slices(source, cut);
        if cut != Cut::Rank {
            layout.table(machines(source, cut, &names));
        }
        layout.table(items(source, cut, &names));
    }
}

/// The slices of a cut, in the order in which they were sealed.
fn slices(source: &Source<'_>, cut: Cut) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let ids = source.seal.outputs.figures.iter().filter_map(|figure| parts_of(&figure.id));
    for (_, _, name) in ids.filter(|(_, of, _)| *of == cut) {
        if names.last().is_none_or(|last| last != name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn counts(source: &Source<'_>, cut: Cut, name: &str) -> Vec<u64> {
    let id = |segment: &Segment| format!("segment.{}/{}/{name}", segment.word(), cut.word());
    Segment::ALL.iter().map(|segment| source.part(&id(segment))).collect()
}

fn value(source: &Source<'_>, figure: &str, cut: Cut, name: &str) -> String {
    let id = format!("{figure}/{}/{name}", cut.word());
    source.figure(&id).map_or_else(|| "0".to_owned(), |figure| figure.text.clone())
}

fn machines(source: &Source<'_>, cut: Cut, names: &[String]) -> Table {
    let mut columns = vec![Column::text(cut.text()).weight(2.0), Column::number("In scope")];
    columns.extend(Segment::ALL.iter().map(|segment| Column::number(segment.text())));
    columns.extend([Column::number("M1"), Column::number("M1n"), Column::number("M2")]);
    let mut table =
        Table::new(format!("Machines by {}", cut.word()), columns).when_empty("No machine was in scope.");
    let in_scope = |name: &&String| source.part(&format!("S/{}/{name}", cut.word())) > 0;
    for name in names.iter().filter(in_scope) {
        let mut row = vec![name.clone(), value(source, "S", cut, name)];
        row.extend(Segment::ALL.iter().map(|s| value(source, &format!("segment.{}", s.word()), cut, name)));
        row.extend(["M1", "M1n", "M2"].map(|figure| value(source, figure, cut, name)));
        table.row(row);
    }
    table
}

fn items(source: &Source<'_>, cut: Cut, names: &[String]) -> Table {
    let mut columns = vec![Column::text(cut.text()).weight(2.0)];
    columns.extend(["Open", "Overdue", "Machines overdue", "M4", "M3", "M3 net"].map(Column::number));
    let mut table = Table::new(format!("Items by {}", cut.word()), columns).when_empty("Nothing was owed.");
    for name in names {
        let mut row = vec![name.clone()];
        row.extend(["open", "M5", "M5m", "M4", "M3", "M3n"].map(|figure| value(source, figure, cut, name)));
        table.row(row);
    }
    table
}
