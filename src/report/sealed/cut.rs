//! The figures of a sealed month by group, rank, exposure, site, owner and class.

use super::Source;
use crate::domain::compliance::cut::Cut;
use crate::domain::compliance::machine::Segment;
use crate::domain::month::SealedFigure;
use crate::domain::month::figure::{CUTS, parts_of};
use crate::report::layout::{Column, Layout, StackedBars, Table};
use crate::report::monthly::words::parts;
use crate::util::text::count;

pub(super) fn cuts(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "By group, rank, exposure, site and owner", "cuts");
    let groups = slices(source, Cut::Group);
    let bars = groups.iter().map(|name| (name.clone(), counts(source, Cut::Group, name)));
    let bars: Vec<_> = bars.filter(|(_, counts)| counts.iter().any(|n| *n > 0)).collect();
    if !bars.is_empty() {
        let caption = "Where the machines of each group stood".to_owned();
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

fn figure<'a>(source: &'a Source<'_>, figure: &str, cut: Cut, name: &str) -> Option<&'a SealedFigure> {
    source.figure(&format!("{figure}/{}/{name}", cut.word()))
}

/// A count as it was sealed.
fn value(source: &Source<'_>, id: &str, cut: Cut, name: &str) -> String {
    figure(source, id, cut, name).map_or_else(|| "0".to_owned(), |figure| figure.text.clone())
}

/// What a share was counted from: the part, or the whole.
fn counted(
    source: &Source<'_>,
    id: &str,
    cut: Cut,
    name: &str,
    of: fn(&SealedFigure) -> Option<i64>,
) -> String {
    count(figure(source, id, cut, name).and_then(of).map_or(0, i64::unsigned_abs))
}

/// The share alone, as it was sealed; its counts stand in the same line.
fn share(source: &Source<'_>, id: &str, cut: Cut, name: &str) -> String {
    let Some(figure) = figure(source, id, cut, name) else { return "n/a".to_owned() };
    let text = figure.text.split_once(" = ").map_or(figure.text.as_str(), |(_, share)| share);
    text.split_once(" (").map_or(text, |(share, _)| share).to_owned()
}

fn machines(source: &Source<'_>, cut: Cut, names: &[String]) -> Table {
    let mut columns = vec![Column::text(cut.text()).weight(1.0), Column::number("In scope")];
    columns.extend(Segment::ALL.iter().map(|segment| Column::number(segment.text())));
    columns.extend(["M1", "M1n", "Observed", "M2"].map(Column::number));
    let mut table =
        Table::new(format!("Machines by {}", cut.word()), columns).when_empty("No machine was in scope.");
    let in_scope = |name: &&String| source.part(&format!("S/{}/{name}", cut.word())) > 0;
    for name in names.iter().filter(in_scope) {
        let mut row = vec![name.clone(), value(source, "S", cut, name)];
        row.extend(Segment::ALL.iter().map(|s| value(source, &format!("segment.{}", s.word()), cut, name)));
        row.extend(["M1", "M1n"].map(|id| share(source, id, cut, name)));
        row.push(counted(source, "M2", cut, name, |figure| figure.part));
        row.push(share(source, "M2", cut, name));
        table.row(row);
    }
    table
}

fn items(source: &Source<'_>, cut: Cut, names: &[String]) -> Table {
    let mut columns = vec![Column::text(cut.text()).weight(1.0)];
    let titles = [
        "Required",
        "Satisfied",
        "M4",
        "Open",
        "Overdue",
        "On machines",
        "Due",
        "Met",
        "M3",
        "Due, not waived",
        "M3n",
    ];
    columns.extend(titles.map(Column::number));
    let mut table = Table::new(format!("Items by {}", cut.word()), columns).when_empty("Nothing was owed.");
    for name in names {
        let n = |id: &str, of: fn(&SealedFigure) -> Option<i64>| counted(source, id, cut, name, of);
        table.row([
            name.clone(),
            n("M4", |figure| figure.whole),
            n("M4", |figure| figure.part),
            share(source, "M4", cut, name),
            value(source, "open", cut, name),
            value(source, "M5", cut, name),
            value(source, "M5m", cut, name),
            n("M3", |figure| figure.whole),
            n("M3", |figure| figure.part),
            share(source, "M3", cut, name),
            n("M3n", |figure| figure.whole),
            share(source, "M3n", cut, name),
        ]);
    }
    table
}
