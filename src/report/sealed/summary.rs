//! The page for whoever reads one page, and the ledger of the denominator, both out of the seal.

use super::Source;
use crate::domain::compliance::machine::Segment;
use crate::domain::month::canonical::{ALTERED, verify_seal};
use crate::domain::month::standing::seals_of;
use crate::domain::month::{Seal, SealedFigure, name};
use crate::report::layout::{Cell, Column, KeyFigure, Layout, SegmentBar, Table, Tone};
use crate::report::monthly::words::{look, parts, since};
use crate::util::text::count;

/// Figures that are set beside those of the month before (`standards.md` 3.9).
pub(in crate::report) const BESIDE: [&str; 13] =
    ["M1", "M2", "M3", "M3n", "M4", "M5", "M5x", "M5d", "M9", "M11x", "M14", "M16", "age"];

pub(super) fn summary(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Summary", "summary");
    layout.segment_bar(SegmentBar {
        caption: "Machines in scope".to_owned(),
        segments: parts(source.seal.outputs.segments()),
        sum: sum_text(source),
    });
    let share = |id: &str| {
        let text = source.text(id);
        // The share stands large, the counts behind it small.
        text.split_once(" = ").map_or_else(
            || (text.clone(), String::new()),
            |(counts, rest)| {
                let (share, more) = rest
                    .split_once(" (")
                    .map_or((rest, ""), |(share, more)| (share, more.trim_end_matches(')')));
                let more = if more.is_empty() { String::new() } else { format!("; {more}") };
                (share.to_owned(), format!("{counts}{more}"))
            },
        )
    };
    let former = before(source);
    let moved = |id: &str| {
        let old = former.and_then(|seal| Some((seal.outputs.figure(id)?, name::text(&seal.month))));
        source.figure(id).zip(old).map(|(new, (old, month))| since(new, old, &month)).unwrap_or_default()
    };
    // Where a count stands large, it is the count that is compared.
    let plain = |figure: &SealedFigure| SealedFigure { whole: None, ..figure.clone() };
    let counts_moved = |id: &str| {
        let old = former.and_then(|seal| Some((seal.outputs.figure(id)?, name::text(&seal.month))));
        let pair = source.figure(id).zip(old);
        pair.map(|(new, (old, month))| since(&plain(new), &plain(old), &month)).unwrap_or_default()
    };
    let key = |label: &str, id: &str| {
        let (value, detail) = share(id);
        KeyFigure::new(label, value, detail + &moved(id))
    };
    let number = |label: &str, id: &str, detail: String| {
        let n = source.part(id);
        KeyFigure::new(label, count(n), detail + &counts_moved(id)).tone(if n == 0 {
            Tone::Plain
        } else {
            Tone::Bad
        })
    };
    layout.key_figures(vec![
        key("M1 Within deadline", "M1"),
        number("M5 Overdue machines", "M5m", format!("of which {} silent", source.text("M5s"))),
        key("M2 Reporting", "M2"),
    ]);
    layout.key_figures(vec![
        key("M3 Deadline rate", "M3"),
        key("M4 State coverage", "M4"),
        number("M5 Overdue items", "M5", format!("the oldest: {}", source.text("M5o"))),
    ]);
    layout.key_figures(vec![
        number("M11 Waivers run out", "M11x", source.text("M11")),
        number("M16 Past servicing", "M16", source.text("M16")),
        KeyFigure::new("Age of what is installed", count(source.part("age")), source.text("age")),
    ]);
    super::ask::asks(source, layout);
    // The summary stays one page that can be handed on alone.
    layout.page_break();
    layout.table(beside(source));
}

/// The seal of the month before, as it was when this one was sealed; a later restatement of it does not move this page.
fn before<'a>(source: &Source<'a>) -> Option<&'a Seal> {
    let month = name::before(&source.seal.month)?;
    // By the history, not by the clock: that can be set back.
    let known = source.seal.inputs.head_seq;
    seals_of(source.book, &month).into_iter().rfind(|seal| seal.inputs.head_seq < known)
}

fn beside(source: &Source<'_>) -> Table {
    let former = before(source);
    let mut columns = vec![
        Column::text("Figure").weight(0.6),
        Column::text("Name").weight(2.0),
        Column::text(name::text(&source.seal.month)).weight(2.4),
    ];
    columns.extend(former.map(|seal| {
        let sealed = if verify_seal(seal) { "sealed" } else { ALTERED };
        Column::text(format!("{}, {sealed}", name::text(&seal.month))).weight(2.4)
    }));
    let caption = if former.is_some() {
        "Beside the month before"
    } else {
        "This month; the month before was not sealed by then"
    };
    let mut table = Table::new(caption, columns);
    for figure in BESIDE.iter().filter_map(|id| source.figure(id)) {
        let mut row = vec![figure.id.as_str(), figure.name.as_str(), figure.text.as_str()];
        row.extend(former.map(|seal| seal.outputs.text(&figure.id)));
        table.row(row);
    }
    table
}

fn sum_text(source: &Source<'_>) -> String {
    let segments = source.seal.outputs.segments();
    let parts: Vec<String> = segments.iter().map(u64::to_string).collect();
    let (register, scope) = (source.part("R"), source.part("S"));
    let outside = register.saturating_sub(scope);
    format!("{register} = {outside} out of scope + {scope}; {scope} = {}", parts.join(" + "))
}

pub(super) fn ledger(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Who is counted", "ledger");
    let columns = vec![Column::text("Line").weight(3.0), Column::number("Machines")];
    let mut table = Table::new("From the register to the segments", columns);
    let (register, scope) = (source.part("R"), source.part("S"));
    table.row(["Register".to_owned(), count(register)]);
    table.row(["Out of scope".to_owned(), count(register.saturating_sub(scope))]);
    table.row(["In scope".to_owned(), count(scope)]);
    let segments = source.seal.outputs.segments();
    for &segment in Segment::ALL {
        let name = Cell::new(segment.text()).tone(look(segment).0);
        table.row([name, Cell::new(count(segments[segment as usize]))]);
    }
    layout.table(table);
    let verdict = if segments.iter().sum::<u64>() == scope {
        "Both sums come out."
    } else {
        "These sums do not come out; do not rely on them."
    };
    layout.paragraph(format!("{}. {verdict}", sum_text(source)));
    let columns = vec![Column::text("Machine"), Column::text("Why, since when, by whom").weight(4.0)];
    let mut table = Table::new("Out of scope", columns).when_empty("No asset was out of scope.");
    for machine in source.seal.outputs.machines.iter().filter(|machine| machine.segment.is_empty()) {
        table.row([machine.name.clone(), machine.outside.clone()]);
    }
    layout.table(table);
}
