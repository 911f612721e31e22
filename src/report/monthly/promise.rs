//! What the policy promises, rank by rank, and what became of it: met, missed, and why as far as anybody recorded it.
//!
//! The shop sets no targets of its own: the promise is that everything is done by its due date.

use std::collections::{BTreeMap, HashMap};

use crate::domain::asset::AssetId;
use crate::domain::change::state::is_open;
use crate::domain::change::{ChangeRecord, lines};
use crate::domain::compliance::cut::Cut;
use crate::domain::compliance::outcome::Outcome;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::{Kind, Verdict};
use crate::domain::pair::State;
use crate::domain::rating::Rank;
use crate::report::layout::{Cell, Column, Layout, Table, Tone};
use crate::util::text::count;

use super::Source;
use super::words::{few, number, share};

pub(super) fn promise(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "What was promised, and what was missed", "promise");
    layout.paragraph(
        "The promise of the deadlines in force is that everything is done by its due date; the shop has set no lower target.",
    );
    let mut columns = vec![Column::text("Rank").weight(1.0), Column::text("Promised")];
    columns.extend(["Due", "Met", "Missed", "Cannot tell", "Kept"].map(Column::number));
    let caption = format!("Due in {}", source.period());
    let mut table = Table::new(caption, columns).when_empty("Nothing is owed.");
    for slice in source.figures.by(&source.view, Cut::Rank) {
        let tally = &slice.tally;
        let kept = tally.deadline_gross();
        let tone = if kept.part == kept.whole { Tone::Plain } else { Tone::Bad };
        table.row([
            Cell::new(slice.name.clone()),
            Cell::new("all by the due date"),
            Cell::new(number(tally.fell_due())),
            Cell::new(number(tally.met)),
            Cell::new(number(tally.missed)),
            Cell::new(number(tally.cannot_tell)),
            Cell::new(share(Ratio::good(tally.met.into(), tally.fell_due().into()))).tone(tone),
        ]);
    }
    layout.table(table);
    layout.table(reasons(source));
}

/// Misses that share rank and reason.
#[derive(Default)]
struct Missed {
    items: u64,
    machines: Vec<String>,
    open: u64,
    /// Nobody can tell whether they are.
    unknown: u64,
    changes: Vec<String>,
}

fn reasons(source: &Source<'_>) -> Table {
    let view = &source.view;
    let planned = under_way(source);
    let mut found: BTreeMap<(Rank, String), Missed> = BTreeMap::new();
    for update in 0..view.duties.len() as u32 {
        let counts = view.duties[update as usize].counts;
        let Some(block) = view.block(update).filter(|_| counts) else { continue };
        for position in 0..block.len() {
            let Some(verdict) = view.judge(update, block, position) else { continue };
            let Some(judged) = view.outcome(update, block, position, &verdict, source.spec.period) else {
                continue;
            };
            if judged.outcome == Outcome::Met {
                continue;
            }
            let why = if judged.waived {
                waived(source, update, verdict.asset, judged.due)
            } else {
                reason(source, &verdict, judged.outcome).to_owned()
            };
            let line = found.entry((verdict.rank, why)).or_default();
            line.items += 1;
            line.machines.push(source.asset(verdict.asset).to_owned());
            let owed = verdict.required && view.subjects.list[verdict.asset as usize].counts;
            line.unknown += u64::from(owed && verdict.kind == Kind::Unknown);
            if owed && verdict.kind == Kind::Open {
                line.open += 1;
                let asset = source.book.assets.rows()[verdict.asset as usize].id;
                let update = source.book.updates.rows()[update as usize].id;
                let records = planned.get(&asset).into_iter().flatten();
                let of_update = records.filter(|record| record.updates.contains(&update));
                line.changes.extend(of_update.map(|record| record.number.clone()));
            }
        }
    }
    let columns = vec![
        Column::text("Rank"),
        Column::text("Reason as recorded").weight(2.0),
        Column::number("Items"),
        Column::text("Machines").weight(1.4),
        Column::number("Still open"),
        Column::text("Action under way").weight(1.4),
    ];
    let mut table =
        Table::new("Missed, or nobody can tell, by reason", columns).when_empty("Nothing was missed.");
    for ((rank, why), mut line) in found {
        for list in [&mut line.machines, &mut line.changes] {
            list.sort();
            list.dedup();
        }
        let machines = format!("{}: {}", count(line.machines.len() as u64), few(&line.machines));
        let action = match (line.open, line.changes.is_empty()) {
            (0, _) if line.unknown > 0 => Cell::new("find out: nobody can tell their state").tone(Tone::Warn),
            (0, _) => Cell::new("none needed: done since, or owed no more"),
            (_, true) => Cell::new("no open change record").tone(Tone::Warn),
            (_, false) => Cell::new(few(&line.changes)),
        };
        table.row([
            Cell::new(rank.text()),
            Cell::new(why),
            Cell::new(count(line.items)),
            Cell::new(machines),
            Cell::new(count(line.open)),
            action,
        ]);
    }
    table
}

fn waived(source: &Source<'_>, update: u32, asset: u32, due: crate::domain::stamp::Stamp) -> String {
    let cover = source.view.covers.find(update, asset, due);
    let reason = cover.map_or("", |cover| source.book.waivers.rows()[cover.waiver as usize].reason.as_str());
    if reason.is_empty() {
        "Waived on the due date".to_owned()
    } else {
        format!("Waived on the due date: {reason}")
    }
}

fn reason(source: &Source<'_>, verdict: &Verdict, outcome: Outcome) -> &'static str {
    let machine = &source.figures.machines[verdict.asset as usize];
    let silent = machine.in_scope() && !machine.observed();
    match (outcome, verdict.state) {
        (Outcome::CannotTell, _) => "No report tells whether it was in time",
        _ if verdict.closed != NEVER => "Done late; states and waivers give no reason",
        (_, State::Failed) => "The installation failed",
        (_, State::PendingReboot) => "A restart is pending",
        _ if silent => "The machine is silent",
        _ if !machine.in_scope() => "The machine left the scope since",
        _ => "States and waivers give no reason",
    }
}

/// Change records whose work has not ended, by the machines they hold.
fn under_way<'a>(source: &Source<'a>) -> HashMap<AssetId, Vec<&'a ChangeRecord>> {
    let mut found: HashMap<AssetId, Vec<&ChangeRecord>> = HashMap::new();
    for record in source.book.changes.iter().filter(|r| is_open(r.state) && r.ended_at.is_none()) {
        for line in lines(source.book, record.id) {
            found.entry(line.asset).or_default().push(record);
        }
    }
    found
}
