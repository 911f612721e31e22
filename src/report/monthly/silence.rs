//! Who is not observed and why, and who is past the end of security updates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::domain::asset::Asset;
use crate::domain::compliance::machine::{Machine, Reason};
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::servicing::AHEAD_DAYS;
use crate::domain::lifecycle::{Proof, Supports};
use crate::report::layout::{Column, Layout, Table};
use crate::util::text::{count, counted};

use super::Source;

pub(super) fn silence(source: &Source<'_>, layout: &mut Layout) {
    let figures = &source.figures;
    layout.heading_at(1, "Unknown, with reasons", "unknown");
    let coverage = figures.coverage();
    layout.paragraph(format!(
        "{} of machines in scope are observed. A machine that is overdue or unsupported and silent too is listed here as well.",
        coverage.with_counts()
    ));
    let mut table =
        Table::new("Reasons", vec![Column::text("Reason").weight(3.0), Column::number("Machines")])
            .when_empty(if figures.machines.iter().any(Machine::in_scope) {
                "Every machine in scope is observed."
            } else {
                "No machine is in scope, so nothing is observed."
            });
    for (reason, machines) in figures.reasons() {
        table.row([reason.to_owned(), count(machines)]);
    }
    layout.table(table);
    let columns = ["Machine", "Segment", "Reasons", "Last report", "Away"];
    let mut columns = columns.map(Column::text).to_vec();
    columns[2] = Column::text("Reasons").weight(4.0);
    let mut table = Table::new("Machines that are not observed", columns);
    for (machine, asset) in figures.machines.iter().zip(source.book.assets.rows()) {
        let Some(segment) = machine.segment.filter(|_| !machine.reasons.is_empty()) else { continue };
        let reasons: Vec<String> = machine.reasons.iter().map(|reason| reason_text(source, reason)).collect();
        let report = machine.report_at.map_or_else(|| "never".to_owned(), |at| source.minute(at));
        table.row([
            asset.name.clone(),
            segment.text().to_owned(),
            reasons.join("; "),
            report,
            away_text(asset),
        ]);
    }
    if !table.rows.is_empty() {
        layout.table(table);
    }
    unsupported(source, layout);
}

fn reason_text(source: &Source<'_>, reason: &Reason) -> String {
    match reason {
        Reason::NoStateSource => "no source of patch states knows it".to_owned(),
        Reason::NeverReported => "known to a source, but it never reported".to_owned(),
        Reason::Stale { limit_days, .. } => {
            format!("no report within {}", counted(limit_days.unsigned_abs(), "day", "days"))
        }
        Reason::NotSeenSince { released_at, .. } => {
            format!("not seen since the release of {}", source.day(*released_at))
        }
        Reason::StateUnknown { pairs } => {
            format!("{} without an answer", counted((*pairs).into(), "required item", "required items"))
        }
        Reason::NotSubscribed { products } => format!("owned but not subscribed: {}", products.join(", ")),
    }
}

fn away_text(asset: &Asset) -> String {
    let Some(away) = &asset.away else { return String::new() };
    let mut text = if away.holder.is_empty() { "away".to_owned() } else { format!("with {}", away.holder) };
    if let Some(since) = away.since_on {
        let _infallible = write!(text, " since {}", since.format("%-d %b %Y"));
    }
    if let Some(expected) = away.expected_on {
        let _infallible = write!(text, ", expected {}", expected.format("%-d %b %Y"));
    }
    text
}

fn unsupported(source: &Source<'_>, layout: &mut Layout) {
    let columns =
        ["Machine", "Segment", "Product", "End of security updates", "Proof"].map(Column::text).to_vec();
    let mut table =
        Table::new("Past the end of security updates, without proof of extended support", columns);
    let supports = Supports::new(source.book, source.figures.as_of_at);
    for (machine, asset) in source.figures.machines.iter().zip(source.book.assets.rows()) {
        let Some(segment) = machine.segment.filter(|_| machine.unsupported) else { continue };
        let support = supports.of(asset);
        let Some(past) = support.past() else { continue };
        let day = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
        let end = past.security_end_on.map(day).unwrap_or_default();
        let proof = match (&past.proof, past.until()) {
            (Proof::None, _) | (_, None) => "none".to_owned(),
            (_, until) if until == past.security_end_on => "not sold for it".to_owned(),
            (_, Some(until)) => format!("ran out on {}", day(until)),
        };
        table.row([asset.name.clone(), segment.text().to_owned(), past.name.clone(), end, proof]);
    }
    if !table.rows.is_empty() {
        layout.table(table);
    }
    ahead(source, layout);
}

/// M16: whose security updates end within a year.
fn ahead(source: &Source<'_>, layout: &mut Layout) {
    let found = source.view.servicing(&source.figures);
    let past = Ratio::bad(found.past.len() as u64, source.figures.in_scope());
    let within: Vec<String> = AHEAD_DAYS
        .iter()
        .zip(&found.within)
        .map(|(days, places)| format!("{} within {days} days", count(places.len() as u64)))
        .collect();
    layout.paragraph(format!(
        "M16, past the end of servicing without proof: {}; {}; no end is known of {}.",
        past.with_counts(),
        within.join(", "),
        counted(found.unknown.len() as u64, "machine", "machines")
    ));
    let columns = vec![
        Column::text("End of security updates"),
        Column::text("Product").weight(1.6),
        Column::number("Machines"),
        Column::text("Which").weight(4.0),
    ];
    let mut table = Table::new("Ends of security updates within a year", columns);
    let supports = Supports::new(source.book, source.figures.as_of_at);
    let [.., year] = &found.within;
    // One line for all machines that end together: they are replaced together.
    let mut ends: BTreeMap<(NaiveDate, String), Vec<&str>> = BTreeMap::new();
    for &place in year {
        let asset = &source.book.assets.rows()[place as usize];
        if let Some((until, product)) =
            supports.of(asset).first().and_then(|end| Some((end.until()?, end.name.clone())))
        {
            ends.entry((until, product)).or_default().push(&asset.name);
        }
    }
    for ((until, product), mut machines) in ends {
        machines.sort_unstable();
        table.row([
            until.format("%-d\u{a0}%b\u{a0}%Y").to_string(),
            product,
            count(machines.len() as u64),
            machines.join(", "),
        ]);
    }
    if !table.rows.is_empty() {
        layout.table(table);
    }
}
