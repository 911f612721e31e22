//! The action list: what is open by due date, what was done or dropped lately, each with where it comes from.

use super::layout::{Cell, Column, Layout, Table, Tone};
use super::sheet::{Source, Spec, day_or};
use crate::domain::action::{Action, Origin};
use crate::domain::book::Book;
use crate::util::clock::DAY_SECS;

/// Finished actions stay on the list for so many days.
const KEPT_DAYS: i64 = 60;

/// The list at the time of printing.
pub fn build(book: &Book, spec: Spec) -> Layout {
    let source = Source::new(book, spec);
    let mut layout = source.landscape("Action list");
    layout.subtitle = format!("As of {}", source.instant(spec.printed_at));
    let is_open = |action: &&Action| action.done_at.is_none() && action.dropped_because.is_empty();
    let mut open: Vec<&Action> = book.actions.iter().filter(is_open).collect();
    open.sort_by_key(|a| (a.due_on.is_none(), a.due_on, a.created_at, a.id));
    let overdue = open.iter().filter(|a| a.due_on.is_some_and(|due| due < source.today())).count();
    layout.paragraph(format!("{} open, {overdue} of them overdue.", open.len()));
    layout.table(table(&source, "Open", &open, "Nothing is open.", true));
    let since_at = spec.printed_at - KEPT_DAYS * DAY_SECS;
    let finished =
        |action: &&Action| !is_open(action) && action.done_at.unwrap_or(action.created_at) >= since_at;
    let mut done: Vec<&Action> = book.actions.iter().filter(finished).collect();
    done.sort_by_key(|a| (std::cmp::Reverse(a.done_at), a.id));
    let caption = format!("Done or dropped in the last {KEPT_DAYS} days");
    layout.table(table(&source, &caption, &done, "None.", true));
    layout
}

/// Actions as a table; `full` with where they come from and what came of them, which takes a sheet that lies.
pub(super) fn table(
    source: &Source<'_>,
    caption: &str,
    actions: &[&Action],
    empty: &str,
    full: bool,
) -> Table {
    let mut columns = vec![
        Column::text("What").weight(3.0),
        Column::text("Who"),
        Column::text("By when"),
        Column::text("Standing"),
    ];
    if full {
        columns.extend(["From", "Agreed"].map(Column::text));
        columns.push(Column::text("What came of it").weight(2.0));
    }
    let mut table = Table::new(caption, columns).when_empty(empty);
    for action in actions {
        let owner = source.person(action.owner);
        let owner = if owner.is_empty() { Cell::new("nobody").tone(Tone::Warn) } else { Cell::new(owner) };
        let (word, tone) = standing(source, action);
        let came = if action.dropped_because.is_empty() { &action.result } else { &action.dropped_because };
        let due = Cell::new(day_or(action.due_on));
        let mut row = vec![Cell::new(action.what.clone()), owner, due, Cell::new(word).tone(tone)];
        if full {
            row.push(Cell::new(origin(source, action.origin)));
            row.push(Cell::new(source.day(action.created_at)));
            row.push(Cell::new(came.clone()));
        }
        table.row(row);
    }
    table
}

fn standing(source: &Source<'_>, action: &Action) -> (String, Tone) {
    match action.done_at {
        _ if !action.dropped_because.is_empty() => ("dropped".to_owned(), Tone::Unknown),
        Some(at) => (format!("done {} by {}", source.day(at), action.done_by), Tone::Good),
        None if action.due_on.is_some_and(|due| due < source.today()) => ("overdue".to_owned(), Tone::Bad),
        None => ("open".to_owned(), Tone::Plain),
    }
}

fn origin(source: &Source<'_>, origin: Origin) -> String {
    let book = source.book;
    match origin {
        Origin::Own => "by itself".to_owned(),
        Origin::Meeting(id) => book
            .meetings
            .get(id.0)
            .map(|meeting| format!("{} {}", meeting.kind.text(), meeting.number))
            .unwrap_or_default(),
        Origin::Cycle(id) => format!("cycle {}", source.cycle(Some(id))),
        Origin::Change(id) => book.changes.get(id.0).map(|record| record.number.clone()).unwrap_or_default(),
        Origin::Entry(id) => {
            let run = book.run_entries.get(id.0).and_then(|entry| book.runs.get(entry.run.0));
            run.map(|run| format!("issue of {}", run.title)).unwrap_or_default()
        }
    }
}
