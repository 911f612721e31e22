//! How the month was worked: waiver debt, changes, orphans, independent verification, cycles kept. What ran out leads.

use std::collections::BTreeMap;

use crate::domain::change::figure;
use crate::domain::change::orphan::{Cover, Orphans, orphans};
use crate::domain::cycle::measure;
use crate::domain::waiver::debt::{Debt, Owed, debt};
use crate::domain::waiver::rule::preset_warning;
use crate::report::layout::{Cell, Column, Layout, Table, Tone};
use crate::util::text::count;

use super::Source;
use super::words::few;

/// The rows of a list of orphans; more are counted.
const SHOWN: usize = 60;

pub(super) fn work(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "How the month was worked", "work");
    let debt = debt(&source.view, source.spec.period);
    figures(source, &debt, layout);
    waivers(source, &debt, layout);
    outside(source, &orphans(&source.view, source.spec.period), layout);
}

fn figures(source: &Source<'_>, debt: &Debt, layout: &mut Layout) {
    let columns = vec![
        Column::text("Figure"),
        Column::text("Of the period").weight(2.0),
        Column::text("Value").weight(4.0),
    ];
    let mut table = Table::new(format!("M10 to M17, {}", source.period()), columns);
    let age = debt.median_age_days().map_or_else(|| "n/a".to_owned(), |days| format!("{days} days"));
    let value = format!(
        "{} in force (ending within 30 days {}), {} ran out and still open, {} new, {} renewed twice or more; median age {age}; \
         {} machine-days exposed",
        count(debt.active.len() as u64),
        count(debt.expiring[0]),
        count(debt.expired.len() as u64),
        count(debt.new),
        count(debt.renewed_twice),
        count(debt.machine_days().unsigned_abs()),
    );
    let [first, last, drift] = source.view.operation(source.spec.period).named();
    for (id, name, value) in [first, last] {
        table.row([id.to_owned(), name.to_owned(), value]);
    }
    table.row(["M11".to_owned(), "Waivers".to_owned(), value]);
    for (id, name, value) in figure::named(&source.view, source.spec.period).into_iter().chain([drift]) {
        table.row([id.to_owned(), name.to_owned(), value]);
    }
    let kept = measure::kept(source.book, source.spec.period, source.spec.as_of_at);
    for (id, name, value) in kept.named() {
        table.row([id.to_owned(), name.to_owned(), value]);
    }
    layout.table(table);
    layout.paragraph(
        "An approval counts as given before the start by the time it was recorded. A deployment counts as validated where an import \
         shows it; what somebody attested by hand stands apart. Drills are in none of these figures.",
    );
}

fn waivers(source: &Source<'_>, debt: &Debt, layout: &mut Layout) {
    layout.heading(2, "Waiver debt");
    if let Some(warning) = preset_warning(source.book) {
        layout.warn(warning);
    }
    let columns = vec![
        Column::text("Waiver"),
        Column::text("Standing"),
        Column::text("Ends or ended"),
        Column::text("Since"),
        Column::number("Renewals"),
        Column::number("Machine-days"),
        Column::number("Open"),
        Column::text("Still open on").weight(3.0),
    ];
    let mut table = Table::new("", columns).when_empty("No waiver is in force, and none ran out unsolved.");
    for owed in &debt.expired {
        table.row(line(source, owed, Tone::Bad));
    }
    for owed in &debt.active {
        table.row(line(source, owed, Tone::Accent));
    }
    layout.table(table);
}

fn line(source: &Source<'_>, owed: &Owed, tone: Tone) -> [Cell; 8] {
    let days = crate::domain::compliance::ratio::days_begun(owed.machine_secs);
    let open: Vec<String> = owed
        .open
        .iter()
        .map(|(asset, update)| format!("{} ({})", source.asset(*asset), source.update(*update)))
        .collect();
    [
        Cell::new(owed.name.clone()).strong(),
        Cell::new(owed.state.text()).tone(tone),
        Cell::new(source.day(owed.until_at)),
        Cell::new(source.day(owed.since_at)),
        Cell::new(owed.renewals.to_string()),
        Cell::new(days.to_string()),
        Cell::new(count(open.len() as u64)),
        Cell::new(few(&open)),
    ]
}

/// Both ways: installs without a change, and changes that report what no install shows.
fn outside(source: &Source<'_>, found: &Orphans, layout: &mut Layout) {
    layout.heading(2, "Installs and changes that do not match");
    let columns = vec![
        Column::text("What is wrong").weight(2.4),
        Column::text("Update"),
        Column::number("Machines"),
        Column::text("Which").weight(2.0),
    ];
    let empty = if found.installs.is_empty() {
        "No install of the period is known, and no change reports one."
    } else {
        "Every known install of the period has its change, and every change its installs."
    };
    let mut table = Table::new("", columns).when_empty(empty);
    let book = source.book;
    let number = |id: crate::domain::change::ChangeId| {
        book.changes.get(id.0).map(|record| record.number.clone()).unwrap_or_default()
    };
    // One line for an update with which the same is wrong; its machines are counted and a few are named.
    let mut lines: BTreeMap<(String, String), (Tone, Vec<String>)> = BTreeMap::new();
    let mut add = |update: String, words: String, tone: Tone, machine: String| {
        lines.entry((words, update)).or_insert_with(|| (tone, Vec::new())).1.push(machine);
    };
    for covered in &found.installs {
        let (words, tone) = match covered.cover {
            Cover::Nothing => ("installed outside any change".to_owned(), Tone::Bad),
            Cover::CannotTell(change) => {
                (format!("cannot tell: {} may cover it", number(change)), Tone::Unknown)
            }
            Cover::Change(_) | Cover::Template(_) => continue,
        };
        add(source.update(covered.install.update), words, tone, source.asset(covered.asset).to_owned());
    }
    for row in &found.unshown {
        let (words, tone) = if row.cannot_tell {
            (format!("{} reports it done; nobody can tell", number(row.change)), Tone::Unknown)
        } else {
            (format!("{} reports it done and no install shows it", number(row.change)), Tone::Bad)
        };
        let update = book.updates.get(row.update.0).map(crate::domain::update::Update::short_name);
        add(update.unwrap_or_default(), words, tone, source.asset(row.asset).to_owned());
    }
    let more = lines.len().saturating_sub(SHOWN);
    for ((words, update), (tone, mut machines)) in lines.into_iter().take(SHOWN) {
        machines.sort();
        machines.dedup();
        table.row([
            Cell::new(words).tone(tone),
            Cell::new(update),
            Cell::new(count(machines.len() as u64)),
            Cell::new(few(&machines)),
        ]);
    }
    layout.table(table);
    if more > 0 {
        layout.paragraph(format!("{} more lines are not listed here.", count(more as u64)));
    }
}
