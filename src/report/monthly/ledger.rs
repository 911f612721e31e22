//! The ledger: from the register to the six segments, with what is out of scope by name.

use crate::domain::compliance::machine::Segment;
use crate::report::layout::{Cell, Column, Layout, Table};
use crate::util::text::count;

use super::Source;
use super::words::look;

pub(super) fn ledger(source: &Source<'_>, layout: &mut Layout) {
    let ledger = source.figures.ledger(&source.view);
    layout.heading_at(1, "Who is counted", "ledger");
    let columns = vec![
        Column::text("Line").weight(3.0),
        Column::number("Machines"),
        Column::text("Meaning").weight(5.0),
    ];
    let mut table = Table::new("From the register to the segments", columns);
    table.row(["Register".to_owned(), count(ledger.register), "every asset in the file".to_owned()]);
    let outside = count(ledger.outside.len() as u64);
    table.row([
        "less out of scope".to_owned(),
        outside,
        "retired, stored, planned or excluded; named below".to_owned(),
    ]);
    table.row([
        Cell::new("In scope").strong(),
        Cell::new(count(ledger.in_scope)).strong(),
        Cell::new("the denominator of every machine figure"),
    ]);
    for &segment in Segment::ALL {
        let (tone, _) = look(segment);
        let machines = Cell::new(count(ledger.segments[segment as usize]));
        table.row([Cell::new(segment.text()).tone(tone), machines, Cell::new(meaning(segment))]);
    }
    layout.table(table);
    let verdict = if ledger.adds_up() {
        "Both sums come out."
    } else {
        "These sums do not come out; do not rely on them."
    };
    layout.paragraph(format!("{}. {verdict}", ledger.sum_text()));
    let columns = ["Machine", "Why", "Since", "Reason", "Approved by"].map(Column::text);
    let mut table = Table::new("Out of scope", columns.to_vec()).when_empty("No asset is out of scope.");
    for row in &ledger.outside {
        let since = row.since_at.map_or_else(|| "always".to_owned(), |at| source.day(at));
        let name = source.asset(row.asset).to_owned();
        table.row([name, row.why.to_owned(), since, row.reason.clone(), row.approved_by.clone()]);
    }
    layout.table(table);
}

fn meaning(segment: Segment) -> &'static str {
    match segment {
        Segment::Overdue => "owes something past its due date, without a valid waiver",
        Segment::Unsupported => "past the end of security updates, without proof of extended support",
        Segment::Unknown => "not observed: see who is silent",
        Segment::Waived => "owes something that a valid waiver covers, nothing past due beside it",
        Segment::InTime => "owes something, none of it past due",
        Segment::UpToDate => "observed, and owes nothing",
    }
}
