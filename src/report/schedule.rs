//! The timeline of a cycle (figure 4): the strip, then every step with when, days from day 0, what, role, person, deputy and
//! document.

use chrono::NaiveDate;

use super::layout::{
    Block, Burndown, Cell, Column, KeyFigure, Layout, Milestone, Phase, Standing, Table, Timeline, Tone,
};
use super::sheet::{Source, Spec, mark_drill};
use crate::domain::book::Book;
use crate::domain::cycle::backlog;
use crate::domain::cycle::progress::{self, Progress, settled};
use crate::domain::cycle::{Cycle, CycleId, CycleKind, CycleStep};
use crate::util::clock;

/// The timeline of a cycle; nothing if there is no such cycle.
pub fn build(book: &Book, spec: Spec, cycle: CycleId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let cycle = book.cycles.get(cycle.0)?;
    let progress = progress::progress(book, cycle, spec.printed_at);
    let title = match cycle.kind {
        CycleKind::Monthly => format!("Monthly timeline {}", cycle.name),
        CycleKind::CatchUp | CycleKind::Emergency => format!("Timeline {}", cycle.name),
    };
    let mut layout = source.landscape(title);
    layout.subtitle = subtitle(&source, cycle, &progress);
    if cycle.drill {
        mark_drill(&mut layout);
    }
    facts(&source, cycle, &mut layout);
    if let Some(strip) = strip(&source, cycle, &progress) {
        layout.push(Block::Timeline(strip));
    }
    figures(&source, &progress, &mut layout);
    burndown(&source, cycle, &progress, &mut layout);
    layout.table(steps(&source, cycle, &progress));
    points(&source, cycle, &mut layout);
    Some(layout)
}

fn subtitle(source: &Source<'_>, cycle: &Cycle, progress: &Progress<'_>) -> String {
    let zero = match cycle.kind {
        CycleKind::Monthly => "Day 0 is the release",
        CycleKind::CatchUp => "Day 0 is the start",
        CycleKind::Emergency => "Day 0 is the declaration",
    };
    let phase = progress.lit.map_or_else(String::new, |phase| format!("; current phase: {}", phase.text()));
    format!("{zero}, {}{phase}", source.instant(cycle.anchor_at))
}

fn facts(source: &Source<'_>, cycle: &Cycle, layout: &mut Layout) {
    if let Some(at) = cycle.cutoff_at {
        layout.fact("Requests for an exception are late after", source.minute(at));
    }
    if !cycle.reason.is_empty() {
        layout.fact("Declared because", cycle.reason.clone());
        layout.fact("Declared by", cycle.declared_by.clone());
    }
    match (cycle.closed_at, cycle.cancelled_because.as_str()) {
        (_, why) if !why.is_empty() => layout.fact("Given up", why.to_owned()),
        (Some(at), _) => layout.fact("Closed", format!("{} by {}", source.minute(at), cycle.closed_by)),
        _ => layout,
    };
}

fn strip(source: &Source<'_>, cycle: &Cycle, progress: &Progress<'_>) -> Option<Timeline> {
    let on = |at| clock::day_in(source.zone, at);
    let from_on = progress.steps.iter().map(|step| on(step.due_at)).min()?.min(on(cycle.anchor_at));
    let to_on = progress.steps.iter().map(|step| on(step.due_at)).max()?.max(on(cycle.anchor_at));
    let phases = progress.phases.iter().filter_map(|view| {
        let days: Vec<NaiveDate> =
            progress.steps.iter().filter(|s| s.phase == view.phase).map(|s| on(s.due_at)).collect();
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        let standing = if progress.lit == Some(view.phase) {
            Standing::Current
        } else if view.settled == view.steps {
            Standing::Past
        } else {
            Standing::Ahead
        };
        Some(Phase { name: view.phase.text().to_owned(), from_on: *first, to_on: *last, standing })
    });
    let stones = progress.steps.iter().filter(|step| step.milestone).map(|step| Milestone {
        on: on(step.due_at),
        text: step.title.clone(),
        tone: standing_of(source, step).1,
    });
    Some(Timeline {
        caption: "Phases and milestones".to_owned(),
        from_on,
        to_on,
        today: Some(source.today()),
        phases: phases.collect(),
        milestones: stones.collect(),
    })
}

fn figures(source: &Source<'_>, progress: &Progress<'_>, layout: &mut Layout) {
    if progress.steps.is_empty() {
        return;
    }
    let done = progress.steps.iter().filter(|step| settled(step)).count();
    let late = progress.late.len();
    let next = progress.next.map_or_else(
        || ("none".to_owned(), "no open step lies ahead".to_owned()),
        |step| (source.minute(step.due_at), step.title.clone()),
    );
    let oldest = progress.late.first().map_or_else(String::new, |step| step.title.clone());
    layout.key_figures(vec![
        KeyFigure::new("Steps settled", format!("{done} of {}", progress.steps.len()), "done or left out"),
        KeyFigure::new("Late", late.to_string(), oldest).tone(if late == 0 {
            Tone::Plain
        } else {
            Tone::Bad
        }),
        KeyFigure::new("Next", next.0, next.1),
    ]);
}

/// What a campaign has still open, against the straight line to its last step.
fn burndown(source: &Source<'_>, cycle: &Cycle, progress: &Progress<'_>, layout: &mut Layout) {
    let Some(counted) = backlog::burndown(source.book, cycle, source.spec.printed_at) else { return };
    let on = |at| clock::day_in(source.zone, at);
    let Some(due_at) = progress.steps.iter().map(|step| step.due_at).max() else { return };
    layout.push(Block::Burndown(Burndown {
        caption: "Open items of the campaign, against the straight line to its last step".to_owned(),
        from_on: on(cycle.anchor_at),
        due_on: on(due_at),
        total: counted.began_with,
        open: counted.points.iter().map(|point| (on(point.at), point.open)).collect(),
    }));
}

/// What a step has come to, in words and as a shape.
fn standing_of(source: &Source<'_>, step: &CycleStep) -> (String, Tone) {
    if !step.skipped_because.is_empty() {
        return (format!("left out: {}", step.skipped_because), Tone::Unknown);
    }
    match step.done_at {
        Some(at) => {
            let late = if at > step.due_at { ", late" } else { "" };
            (format!("done {} by {}{late}", source.minute(at), step.done_by), Tone::Good)
        }
        None if step.due_at <= source.spec.printed_at => ("late".to_owned(), Tone::Bad),
        None => ("open".to_owned(), Tone::Plain),
    }
}

fn steps(source: &Source<'_>, cycle: &Cycle, progress: &Progress<'_>) -> Table {
    let mut columns = vec![Column::text("When"), Column::centre("D±"), Column::text("What").weight(3.0)];
    columns.extend(["Phase", "Role", "Person", "Deputy"].map(Column::text));
    columns.extend([Column::text("Document").weight(1.2), Column::text("Standing").weight(1.6)]);
    let mut table = Table::new("Steps", columns).when_empty("This cycle has no steps.");
    let zero = clock::day_in(source.zone, cycle.anchor_at);
    for step in &progress.steps {
        let days = (clock::day_in(source.zone, step.due_at) - zero).num_days();
        let role = step.role.and_then(|id| source.book.roles.get(id.0));
        let (standing, tone) = standing_of(source, step);
        let mut title = step.title.clone();
        if !step.shifted_because.is_empty() {
            let planned = source.minute(step.planned_at);
            title = format!("{title} ({}; planned for {planned})", step.shifted_because);
        }
        let what = if step.milestone { Cell::new(title).strong() } else { Cell::new(title) };
        table.row([
            Cell::new(source.minute(step.due_at)),
            Cell::new(offset(days)),
            what,
            Cell::new(step.phase.text()),
            Cell::new(role.map(|role| role.name.clone()).unwrap_or_default()),
            nobody(source.person(step.person), settled(step)),
            Cell::new(source.person(step.deputy)),
            Cell::new(step.document.clone()),
            Cell::new(standing).tone(tone),
        ]);
    }
    table
}

/// An open step that nobody is named for says so.
fn nobody(name: String, settled: bool) -> Cell {
    if name.is_empty() && !settled { Cell::new("nobody named").tone(Tone::Warn) } else { Cell::new(name) }
}

/// `D`, `D+3`, `D−4`.
fn offset(days: i64) -> String {
    match days {
        0 => "D".to_owned(),
        1.. => format!("D+{days}"),
        _ => format!("D\u{2212}{}", days.unsigned_abs()),
    }
}

fn points(source: &Source<'_>, cycle: &Cycle, layout: &mut Layout) {
    if cycle.points.is_empty() {
        return;
    }
    let columns = vec![Column::text("Group").weight(1.0), Column::text("Point person").weight(1.0)];
    let mut table = Table::new("Point person of every group", columns);
    for point in &cycle.points {
        table.row([source.group(Some(point.group)), source.person(Some(point.person))]);
    }
    layout.table(table);
}
