//! Status back to security: one row an update of a cycle with where its machines stand, and by whom it was carried out
//! (requirement S3-16).

use super::layout::{Cell, Column, KeyFigure, Layout, Table, Tone};
use super::sheet::{Source, Spec, day, mark_drill};
use crate::domain::book::Book;
use crate::domain::change::ChangeRecord;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::{Kind, Verdict};
use crate::domain::compliance::view::View;
use crate::domain::cycle::{Cycle, CycleId, CycleKind};
use crate::domain::pair::State;
use crate::domain::stamp::instant;
use crate::domain::update::UpdateId;
use crate::util::clock;

/// What one update has come to.
#[derive(Default)]
struct Count {
    required: u32,
    satisfied: u32,
    failed: u32,
    pending: u32,
    waived: u32,
    overdue: u32,
    other_open: u32,
    unknown: u32,
    due: u32,
    open_on: Vec<String>,
}

/// The status of a cycle's updates at the time of printing; nothing if there is no such cycle.
pub fn build(book: &Book, spec: Spec, cycle: CycleId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let cycle = book.cycles.get(cycle.0)?;
    let view = View::new(book, spec.printed_at);
    let updates = updates_of(&source, cycle);
    let mut layout = source.landscape(format!("Status of updates, {}", cycle.name));
    layout.subtitle = format!("Operations to security, as of {}", source.instant(spec.printed_at));
    if cycle.drill {
        mark_drill(&mut layout);
    }
    let counts: Vec<(UpdateId, Count)> =
        updates.iter().filter_map(|id| Some((*id, count(&view, book.updates.place(id.0)?)))).collect();
    figures(&counts, &mut layout);
    layout.table(table(&source, &view, &counts));
    open(&source, &counts, &mut layout);
    layout.note(
        "Counted over machines in scope. Installed and waiting for a restart is not satisfied. A waiver is named and does not \
         turn open into done.",
    );
    layout.signature_lines([("Reported", "", "Operations"), ("Taken note of", "", "Information security")]);
    Some(layout)
}

/// What the cycle names; for a month what was released in it, together with what its records carry.
fn updates_of(source: &Source<'_>, cycle: &Cycle) -> Vec<UpdateId> {
    let book = source.book;
    let mut ids = cycle.updates.clone();
    let records = book.changes.iter().filter(|record| record.cycle == Some(cycle.id));
    ids.extend(records.flat_map(|record| record.updates.iter().copied()));
    if cycle.kind == CycleKind::Monthly && cycle.updates.is_empty() {
        let later = book.cycles.iter().filter(|other| {
            other.kind == CycleKind::Monthly && !other.drill && other.anchor_at > cycle.anchor_at
        });
        // A release day has its updates from its first midnight on, whatever hour a source gives them.
        let from = |at| {
            let on = clock::day_in(source.zone, at);
            clock::instant_of(source.zone, on.and_time(chrono::NaiveTime::MIN))
        };
        let until = later.map(|other| from(other.anchor_at)).min().unwrap_or(i64::MAX);
        let span = from(cycle.anchor_at)..until;
        ids.extend(
            book.updates
                .iter()
                .filter(|update| {
                    span.contains(&update.released_at)
                        && book.shop.covered.contains(&update.classification)
                        && !update.declined_for_good()
                })
                .map(|update| update.id),
        );
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn count(view: &View<'_>, update: u32) -> Count {
    let mut count = Count { due: NEVER, ..Count::default() };
    for verdict in view.pairs_of(update).iter().filter(|verdict| verdict.required) {
        count.required += 1;
        if take(view, &mut count, verdict) {
            count.due = count.due.min(verdict.due);
            count.open_on.push(view.book.assets.rows()[verdict.asset as usize].name.clone());
        }
    }
    count.open_on.sort_unstable();
    count
}

/// Counts a pair; true where it is open.
fn take(view: &View<'_>, count: &mut Count, verdict: &Verdict) -> bool {
    match verdict.kind {
        Kind::Satisfied(_) => {
            count.satisfied += 1;
            return false;
        }
        Kind::Unknown => count.unknown += 1,
        _ if verdict.waived => count.waived += 1,
        _ if verdict.state == State::Failed => count.failed += 1,
        _ if verdict.state == State::PendingReboot => count.pending += 1,
        _ => count.other_open += 1,
    }
    if view.is_overdue(verdict) {
        count.overdue += 1;
    }
    true
}

fn figures(counts: &[(UpdateId, Count)], layout: &mut Layout) {
    if counts.is_empty() {
        return;
    }
    let sum = |of: fn(&Count) -> u32| counts.iter().map(|(_, count)| of(count)).sum::<u32>();
    let (required, satisfied, overdue) = (sum(|c| c.required), sum(|c| c.satisfied), sum(|c| c.overdue));
    let whole = counts.iter().filter(|(_, c)| c.required > 0 && c.satisfied == c.required).count();
    let listed = counts.iter().filter(|(_, c)| c.required > 0).count();
    layout.key_figures(vec![
        KeyFigure::new(
            "Updates done everywhere",
            format!("{whole} of {}", counts.len()),
            format!("{listed} of them listed by a source as required"),
        ),
        KeyFigure::new("Items satisfied", format!("{satisfied} of {required}"), "update and machine"),
        KeyFigure::new(
            "Failed or waiting",
            (sum(|c| c.failed) + sum(|c| c.pending)).to_string(),
            "for a restart, or for another try",
        ),
        KeyFigure::new("Overdue", overdue.to_string(), "past the due date and not waived")
            .tone(if overdue == 0 { Tone::Plain } else { Tone::Bad }),
    ]);
}

fn table(source: &Source<'_>, view: &View<'_>, counts: &[(UpdateId, Count)]) -> Table {
    let mut columns =
        vec![Column::text("Update").weight(3.0), Column::text("Rank"), Column::text("Released")];
    let numbers = ["Required", "Done", "Failed", "Restart", "Waived", "Other open", "Unknown", "Overdue"];
    columns.extend(numbers.map(Column::number));
    columns.extend([Column::text("First due"), Column::text("Changes").weight(1.4)]);
    let mut table = Table::new("", columns).when_empty("No update belongs to this cycle.");
    for (id, count) in counts {
        let Some(update) = source.book.updates.get(id.0) else { continue };
        let rank = source.book.updates.place(id.0).map(|place| view.rank(place).text()).unwrap_or_default();
        let due = match count.due {
            _ if count.required == 0 => "not listed yet".to_owned(),
            NEVER if count.open_on.is_empty() => String::new(),
            NEVER => "no rule".to_owned(),
            due => day(clock::day_in(source.zone, instant(due))),
        };
        let title = format!("{} {}", update.short_name(), update.title.replace(&update.short_name(), ""));
        let done = Cell::new(count.satisfied.to_string());
        let whole = count.required > 0 && count.satisfied == count.required;
        let overdue = Cell::new(count.overdue.to_string());
        table.row([
            Cell::new(title.trim().replace(" ()", "")),
            Cell::new(rank),
            Cell::new(source.day(update.released_at)),
            Cell::new(count.required.to_string()),
            if whole { done.tone(Tone::Good) } else { done },
            Cell::new(count.failed.to_string()),
            Cell::new(count.pending.to_string()),
            Cell::new(count.waived.to_string()),
            Cell::new(count.other_open.to_string()),
            Cell::new(count.unknown.to_string()),
            if count.overdue > 0 { overdue.tone(Tone::Bad).strong() } else { overdue },
            Cell::new(due),
            Cell::new(changes(source, *id)),
        ]);
    }
    table
}

fn changes(source: &Source<'_>, update: UpdateId) -> String {
    let carries = |record: &&ChangeRecord| record.updates.contains(&update);
    let found = source.book.changes.iter().filter(carries);
    found
        .map(|record| format!("{} {}", record.number, record.state.text().to_lowercase()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Where it is still open, by name, so that security need not ask.
fn open(source: &Source<'_>, counts: &[(UpdateId, Count)], layout: &mut Layout) {
    let columns = vec![Column::text("Update"), Column::number("Open"), Column::text("On").weight(5.0)];
    let told = counts.iter().any(|(_, count)| count.required > 0);
    let empty =
        if told { "Nothing is open." } else { "No source lists these updates yet, so nothing can be told." };
    let mut table = Table::new("Still open, by name", columns).when_empty(empty);
    for (id, count) in counts.iter().filter(|(_, count)| !count.open_on.is_empty()) {
        table.row([source.update(*id), count.open_on.len().to_string(), count.open_on.join(", ")]);
    }
    layout.table(table);
}
