//! What came of a patch night: the summary, planned against actual, issues and decisions, the whole log. A draft until
//! somebody accepts it.

use super::layout::{Cell, Column, Form, Layout, Table, Tone};
use super::sheet::{Source, Spec, mark_draft, mark_drill};
use crate::domain::action::{Action, Origin};
use crate::domain::book::Book;
use crate::domain::run::entry::{EntryKind, RunEntry};
use crate::domain::run::{Run, RunId, RunStep};

/// The paper of a run; nothing if there is no such run.
pub fn build(book: &Book, spec: Spec, run: RunId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let run = book.runs.get(run.0)?;
    let mut layout = source.sheet(format!("Summary: {}", run.title));
    layout.subtitle = match (run.begun_at, run.ended_at) {
        (Some(begun), Some(_)) => source.span(Some(begun), run.ended_at),
        (Some(begun), None) => format!("Begun {}, not ended", source.minute(begun)),
        (None, _) => format!("Planned for {}, not begun", source.instant(run.planned_at)),
    };
    if run.drill {
        mark_drill(&mut layout);
    }
    if run.accepted_at.is_none() {
        mark_draft(&mut layout);
    }
    if !run.cancelled_because.is_empty() {
        layout.warn(format!("This night did not take place: {}", run.cancelled_because));
    }
    layout.form(head(&source, run));
    if run.summary.trim().is_empty() {
        layout.paragraph("No summary is written.");
    } else {
        layout.heading(3, "Summary");
        for line in run.summary.lines().filter(|line| !line.trim().is_empty()) {
            layout.paragraph(line);
        }
    }
    layout.table(steps(&source, run));
    let mut entries: Vec<&RunEntry> = book.run_entries.iter().filter(|entry| entry.run == run.id).collect();
    entries.sort_by_key(|entry| (entry.at, entry.recorded_at, entry.id));
    layout.table(issues(&source, &entries));
    layout.table(log(&source, &entries));
    let lead = book.person_name(run.lead);
    layout.signature_lines([("Written", lead, "Patch lead"), ("Accepted", run.accepted_by.as_str(), "")]);
    Some(layout)
}

fn head(source: &Source<'_>, run: &Run) -> Form {
    let mut form = Form::new("", 3);
    let known = |text: String, none: &str| if text.is_empty() { none.to_owned() } else { text };
    form.field("Lead", known(source.person(run.lead), "nobody named"));
    form.field("Cycle", known(source.cycle(run.cycle), "none"));
    let numbers = run.changes.iter().filter_map(|id| source.book.changes.get(id.0));
    let numbers: Vec<String> = numbers.map(|record| record.number.clone()).collect();
    form.field("Changes", known(numbers.join(", "), "none"));
    form.field("Planned begin", source.minute(run.planned_at));
    let late = run.begun_at.map(|at| drift((at - run.planned_at) / 60));
    form.field(
        "Actual begin",
        known(
            run.begun_at
                .map(|at| format!("{} ({})", source.minute(at), late.unwrap_or_default()))
                .unwrap_or_default(),
            "not begun",
        ),
    );
    form.field("Actual end", known(source.minute_or(run.ended_at), "not ended"));
    form
}

/// `on time`, `12 minutes late`, `5 minutes early`.
fn drift(minutes: i64) -> String {
    match minutes {
        0 => "on time".to_owned(),
        1.. => format!("{minutes} min late"),
        _ => format!("{} min early", minutes.unsigned_abs()),
    }
}

fn steps(source: &Source<'_>, run: &Run) -> Table {
    let mut columns =
        vec![Column::text("Planned"), Column::text("Task").weight(3.0), Column::text("Who").weight(1.4)];
    columns.extend(["Begun", "Ended"].map(Column::text));
    columns.extend([Column::number("Took / planned, min"), Column::text("Against the plan").weight(1.2)]);
    let mut table = Table::new("Planned and actual", columns).when_empty("This night has no steps.");
    let mut steps: Vec<&RunStep> = source.book.run_steps.iter().filter(|step| step.run == run.id).collect();
    steps.sort_by_key(|step| (step.position, step.id));
    for step in steps {
        let time = |at: Option<i64>| at.map(|at| source.time(at)).unwrap_or_default();
        let took = match (step.begun_at, step.ended_at) {
            (Some(begun), Some(ended)) => format!("{} / {}", (ended - begun) / 60, step.minutes),
            _ => format!("– / {}", step.minutes),
        };
        let (word, tone) = against(step);
        let name = source.person(step.person);
        table.row([
            Cell::new(source.time(step.planned_at)),
            Cell::new(step.task.clone()),
            Cell::new(if name.is_empty() { step.team.clone() } else { name }),
            Cell::new(time(step.begun_at)),
            Cell::new(time(step.ended_at)),
            Cell::new(took),
            Cell::new(word).tone(tone),
        ]);
    }
    table
}

fn against(step: &RunStep) -> (String, Tone) {
    if !step.skipped_because.is_empty() {
        return (format!("left out: {}", step.skipped_because), Tone::Unknown);
    }
    let planned_end = step.planned_at + step.minutes * 60;
    match (step.begun_at, step.ended_at) {
        (_, Some(ended)) => {
            let minutes = (ended - planned_end) / 60;
            (drift(minutes), if minutes > 0 { Tone::Warn } else { Tone::Good })
        }
        (Some(_), None) => ("begun, end not entered".to_owned(), Tone::Warn),
        (None, None) => ("nothing entered".to_owned(), Tone::Warn),
    }
}

/// Issues, decisions, hand-overs and back-outs apart from the log, with who follows an issue up.
pub(super) fn issues(source: &Source<'_>, entries: &[&RunEntry]) -> Table {
    let columns = vec![
        Column::text("Time"),
        Column::text("Sort"),
        Column::text("What").weight(3.0),
        Column::text("On"),
        Column::text("Followed up by").weight(1.4),
    ];
    let mut table =
        Table::new("Issues, decisions, hand-overs and back-outs", columns).when_empty("None was entered.");
    let matters = |entry: &&&RunEntry| {
        matches!(
            entry.kind,
            EntryKind::Issue | EntryKind::Decision | EntryKind::HandOver | EntryKind::BackOut
        ) && !entries.iter().any(|other| other.corrects == Some(entry.id))
    };
    for entry in entries.iter().filter(matters) {
        let follows = |action: &&Action| action.origin == Origin::Entry(entry.id);
        let action = source.book.actions.iter().find(follows);
        let by = match (action, entry.kind) {
            (Some(action), _) => format!("{}: {}", source.person(action.owner), action.what),
            (None, EntryKind::Issue) => "nobody".to_owned(),
            (None, EntryKind::HandOver) => format!("taken over by {}", entry.receiver),
            (None, _) => String::new(),
        };
        let tone = match entry.kind {
            EntryKind::Issue => Tone::Warn,
            EntryKind::BackOut => Tone::Bad,
            _ => Tone::Plain,
        };
        table.row([
            Cell::new(source.time(entry.at)),
            Cell::new(entry.kind.text()).tone(tone),
            Cell::new(entry.text.clone()),
            Cell::new(about(source, entry)),
            Cell::new(by),
        ]);
    }
    table
}

fn about(source: &Source<'_>, entry: &RunEntry) -> String {
    match (entry.asset, entry.group) {
        (Some(asset), _) => source.asset(asset),
        (None, group) => source.group(group),
    }
}

fn log(source: &Source<'_>, entries: &[&RunEntry]) -> Table {
    let columns = vec![
        Column::text("When"),
        Column::text("Sort"),
        Column::text("What").weight(3.0),
        Column::text("On"),
        Column::text("By"),
        Column::text("Entered"),
    ];
    let mut table = Table::new("The log", columns).when_empty("Nothing was entered.");
    for entry in entries {
        let entered = if entry.late {
            format!("later, {}", source.minute(entry.recorded_at))
        } else {
            "at once".to_owned()
        };
        let mut text = entry.text.clone();
        if !entry.receiver.is_empty() {
            text = format!("{text} (taken over by {})", entry.receiver);
        }
        if let Some(old) = entry.corrects.and_then(|id| source.book.run_entries.get(id.0)) {
            text = format!("{text} (puts right {}: {})", source.time(old.at), old.text);
        }
        if entries.iter().any(|other| other.corrects == Some(entry.id)) {
            text = format!("{text} (put right below)");
        }
        table.row([
            Cell::new(source.minute(entry.at)),
            Cell::new(entry.kind.text()),
            Cell::new(text),
            Cell::new(about(source, entry)),
            Cell::new(entry.author.clone()),
            Cell::new(entered).tone(if entry.late { Tone::Unknown } else { Tone::Plain }),
        ]);
    }
    table
}
