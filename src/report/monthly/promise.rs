//! What the policy promises, rank by rank, and what became of it: met, missed, and why as far as anybody recorded it.
//!
//! The shop sets no targets of its own: the promise is that everything is done by its due date.

use std::collections::{BTreeMap, HashMap};

use crate::domain::asset::AssetId;
use crate::domain::change::line::{ChangeLine, LineResult};
use crate::domain::change::state::is_open;
use crate::domain::change::{ChangeRecord, lines};
use crate::domain::compliance::cut::Cut;
use crate::domain::compliance::outcome::Outcome;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::{Kind, Verdict};
use crate::domain::gate::rule::covers;
use crate::domain::gate::{Go, GoDecision};
use crate::domain::pair::State;
use crate::domain::rating::Rank;
use crate::domain::stamp::{self, Stamp};
use crate::domain::update::UpdateId;
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
    let told = Told::new(source);
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
                let of = (update, verdict.asset);
                reason(source, &verdict, judged.outcome, || told.of(source, of, judged.due))
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

fn waived(source: &Source<'_>, update: u32, asset: u32, due: Stamp) -> String {
    let cover = source.view.covers.find(update, asset, due);
    let reason = cover.map_or("", |cover| source.book.waivers.rows()[cover.waiver as usize].reason.as_str());
    if reason.is_empty() {
        "Waived on the due date".to_owned()
    } else {
        format!("Waived on the due date: {reason}")
    }
}

/// Why a due date was missed: what the newest report shows, else what decisions and change records tell (`told`).
fn reason(
    source: &Source<'_>,
    verdict: &Verdict,
    outcome: Outcome,
    told: impl Fn() -> Option<String>,
) -> String {
    let machine = &source.figures.machines[verdict.asset as usize];
    let silent = machine.in_scope() && !machine.observed();
    let late = verdict.closed != NEVER;
    let shown = match (outcome, verdict.state) {
        (Outcome::CannotTell, _) => Some("No report tells whether it was in time"),
        _ if late => None,
        (_, State::Failed) => Some("The installation failed"),
        (_, State::PendingReboot) => Some("A restart is pending"),
        _ if silent => Some("The machine is silent"),
        _ if !machine.in_scope() => Some("The machine left the scope since"),
        _ => None,
    };
    if let Some(shown) = shown {
        return shown.to_owned();
    }
    let why =
        told().unwrap_or_else(|| "No state, waiver, decision or change record gives a reason".to_owned());
    if late { format!("Done late. {why}") } else { why }
}

/// What people recorded about updates that were not deployed: decisions, and lines of change records.
struct Told<'a> {
    decisions: HashMap<UpdateId, Vec<&'a GoDecision>>,
    lines: HashMap<(AssetId, UpdateId), Vec<&'a ChangeLine>>,
}

impl<'a> Told<'a> {
    fn new(source: &Source<'a>) -> Self {
        let (mut decisions, mut lines) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        let book = source.book;
        let known = |row: &&GoDecision| row.decision != Go::Go && row.recorded_at <= source.spec.as_of_at;
        for row in book.go_decisions.iter().filter(known) {
            for update in &row.updates {
                decisions.entry(*update).or_default().push(row);
            }
        }
        let found = |row: &ChangeLine| row.result_at.is_some_and(|at| at <= source.spec.as_of_at);
        let stood = |row: &&ChangeLine| found(row) || !row.removed_because.is_empty();
        for line in book.change_lines.iter().filter(stood) {
            let record = book.changes.get(line.change.0);
            for update in record.iter().flat_map(|record| &record.updates) {
                lines.entry((line.asset, *update)).or_default().push(line);
            }
        }
        Self { decisions, lines }
    }

    /// The reason for one pair, by places in the register; decisions as they stood on its due date.
    fn of(&self, source: &Source<'_>, (update, asset): (u32, u32), due: Stamp) -> Option<String> {
        let book = source.book;
        let asset = &book.assets.rows()[asset as usize];
        let update = book.updates.rows()[update as usize].id;
        let due_at = stamp::instant(due);
        let stood = |row: &&&GoDecision| {
            row.decided_at <= due_at
                && row.voided_at.is_none_or(|until| until > due_at)
                && book.domains.get(row.domain.0).is_some_and(|domain| covers(domain, asset))
        };
        let decision = self.decisions.get(&update).into_iter().flatten().filter(stood);
        if let Some(row) = decision.max_by_key(|row| (row.decided_at, row.id)) {
            return Some(format!("Decided: {}, {}", row.decision.text().to_lowercase(), row.reason));
        }
        let line = self.lines.get(&(asset.id, update)).into_iter().flatten().max_by_key(|line| line.id)?;
        if !line.removed_because.is_empty() {
            return Some(format!("Taken out of its change record: {}", line.removed_because));
        }
        match line.result? {
            LineResult::RolledBack => Some("Rolled back by its change record".to_owned()),
            LineResult::NotDone => Some("Planned in a change record and not done".to_owned()),
            LineResult::Failed => Some("Failed under its change record".to_owned()),
            LineResult::Done | LineResult::Pending | LineResult::CannotTell => None,
        }
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
