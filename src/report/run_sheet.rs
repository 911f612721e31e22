//! The run sheet of a patch night (figure 8): clock time, task, who, with boxes for the actual times; set large enough to be
//! read at night.

use std::fmt::Write as _;

use super::layout::{Cell, Column, Form, Layout, Table, Tone};
use super::sheet::{Source, Spec, day, mark_drill};
use crate::domain::book::Book;
use crate::domain::change::window_of;
use crate::domain::run::{Run, RunId, RunStep};
use crate::util::clock;

/// The sheet of a run; nothing if there is no such run.
pub fn build(book: &Book, spec: Spec, run: RunId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let run = book.runs.get(run.0)?;
    let mut layout = source.sheet(format!("Run sheet: {}", run.title));
    layout.subtitle = format!("Begins {}", source.instant(run.planned_at));
    if run.drill {
        mark_drill(&mut layout);
    }
    if !run.cancelled_because.is_empty() {
        layout.warn(format!("This night does not take place: {}", run.cancelled_because));
    }
    head(&source, run, &mut layout);
    let mut steps: Vec<&RunStep> = book.run_steps.iter().filter(|step| step.run == run.id).collect();
    steps.sort_by_key(|step| (step.position, step.id));
    sections(&source, &steps, &mut layout);
    changes(&source, run, &mut layout);
    escalation(&source, &mut layout);
    let mut notes = Form::new("Issues, decisions and hand-overs with their time", 1);
    notes.wide("Time, what, who, taken over by", "", 12);
    layout.form(notes);
    layout.signature_lines([("Lead", book.person_name(run.lead), "Patch lead"), ("Night ended", "", "")]);
    Some(layout)
}

fn head(source: &Source<'_>, run: &Run, layout: &mut Layout) {
    let mut form = Form::new("", 3);
    form.field("Lead", source.person(run.lead));
    form.field("Conference bridge", run.bridge.clone());
    form.field("Emergency number of security", emergency(source));
    form.field("Cycle", source.cycle(run.cycle));
    form.field("Actual begin", source.minute_or(run.begun_at));
    form.field("Actual end", source.minute_or(run.ended_at));
    layout.form(form);
}

fn emergency(source: &Source<'_>) -> String {
    let cards = source.book.contacts.iter().filter(|card| card.ended_at.is_none() && card.group.is_none());
    cards.map(|card| card.emergency.clone()).find(|number| !number.is_empty()).unwrap_or_default()
}

/// One table a day, as in figure 8.
fn sections(source: &Source<'_>, steps: &[&RunStep], layout: &mut Layout) {
    if steps.is_empty() {
        layout.paragraph("This night has no steps.");
        return;
    }
    let on = |step: &RunStep| clock::day_in(source.zone, step.planned_at);
    let mut rest = steps;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|step| on(step) == on(first)).count().max(1);
        let (now, later) = rest.split_at(count);
        layout.table(day_table(source, day(on(first)), now));
        rest = later;
    }
}

fn day_table(source: &Source<'_>, caption: String, steps: &[&RunStep]) -> Table {
    let columns = vec![
        Column::text("Time"),
        Column::text("Task").weight(4.6),
        Column::text("Who").weight(2.2),
        Column::text("Begun").weight(1.1),
        Column::text("Ended").weight(1.1),
        Column::centre("Done").weight(0.6),
    ];
    let mut table = Table::new(caption, columns).by_hand();
    for step in steps {
        let mut task = step.task.clone();
        for (i, part) in step.parts.iter().enumerate() {
            let _infallible = write!(task, "\n{}. {part}", i + 1);
        }
        if !step.skipped_because.is_empty() {
            let _infallible = write!(task, "\nLeft out: {}", step.skipped_because);
        }
        let name = source.person(step.person);
        let group = source.group(step.group);
        let who = [name, step.team.clone(), group];
        let who: Vec<String> = who.into_iter().filter(|words| !words.is_empty()).collect();
        let time = |at: Option<i64>| at.map(|at| source.time(at)).unwrap_or_default();
        let done = if step.ended_at.is_some() { "yes" } else { "" };
        table.row([
            Cell::new(source.time(step.planned_at)).strong(),
            Cell::new(task),
            Cell::new(who.join("\n")),
            Cell::new(time(step.begun_at)),
            Cell::new(time(step.ended_at)),
            Cell::new(done),
        ]);
    }
    table
}

/// What is carried out, with the machines, so that nobody has to look them up at night.
fn changes(source: &Source<'_>, run: &Run, layout: &mut Layout) {
    let columns = vec![
        Column::text("Change"),
        Column::text("State"),
        Column::text("Ring"),
        Column::text("Machine"),
        Column::text("Window").weight(1.5),
        Column::text("Restart procedure and what is special").weight(2.5),
    ];
    let mut table = Table::new("Machines of this night", columns)
        .when_empty("No change record is carried out in this night.");
    for record in run.changes.iter().filter_map(|id| source.book.changes.get(id.0)) {
        let cleared = matches!(record.state.word(), "scheduled" | "in_progress" | "approved" | "go_ahead");
        for line in crate::domain::change::lines(source.book, record.id) {
            let (from_at, until_at) = window_of(record, line);
            let asset = source.book.assets.get(line.asset.0);
            let restart = asset.map(|asset| asset.restart_procedure.clone()).unwrap_or_default();
            let special = [restart, line.note.clone()].into_iter().filter(|w| !w.is_empty());
            table.row([
                Cell::new(record.number.clone()),
                Cell::new(record.state.text()).tone(if cleared { Tone::Plain } else { Tone::Warn }),
                Cell::new(line.ring.to_string()),
                Cell::new(source.asset(line.asset)).strong(),
                Cell::new(source.span(from_at, until_at)),
                Cell::new(special.collect::<Vec<_>>().join("; ")),
            ]);
        }
    }
    layout.table(table);
}

fn escalation(source: &Source<'_>, layout: &mut Layout) {
    let columns = vec![
        Column::text("For").weight(1.5),
        Column::text("Call").weight(1.5),
        Column::text("Number").weight(1.2),
        Column::text("After minutes without answer").weight(1.0),
    ];
    let mut table = Table::new("Escalation", columns).when_empty("No escalation path is recorded.");
    for card in source.book.contacts.iter().filter(|card| card.ended_at.is_none()) {
        let whole = if card.group.is_none() { "the whole shop".to_owned() } else { source.group(card.group) };
        for rung in &card.escalation {
            table.row([
                whole.clone(),
                source.person(Some(rung.person)),
                rung.phone.clone(),
                rung.after_minutes.to_string(),
            ]);
        }
    }
    layout.table(table);
}
