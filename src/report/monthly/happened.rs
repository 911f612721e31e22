//! What happened in the month besides figures: changes, patch nights, emergencies, reviews and actions, and what it took. Each is
//! told as the register holds it when the report is printed; where nothing is recorded, that is said.

use crate::domain::action::Action;
use crate::domain::case::actual::{actual, beside, gaps};
use crate::domain::case::{BusinessCase, Judgement, live};
use crate::domain::change::figure::counts;
use crate::domain::change::{ChangeRecord, ChangeState, lines};
use crate::domain::emergency::standing::{Standing, emergencies, owed, standing};
use crate::domain::meeting::Meeting;
use crate::domain::month::name;
use crate::domain::run::Run;
use crate::domain::run::drift::{StepState, drift, drift_text, span_text};
use crate::domain::run::entry::{EntryKind, RunEntry};
use crate::domain::run::sheet::{Sheet, Stage};
use crate::report::layout::{Cell, Column, Layout, Table, Tone};
use crate::report::{actions as action_list, change, night, sheet};
use crate::util::clock::day_in;
use crate::util::text::{count, counted};

use super::Source;

pub(super) fn happened(source: &Source<'_>, layout: &mut Layout) {
    let spec = sheet::Spec { printed_at: source.spec.as_of_at, program: source.spec.program };
    let papers = sheet::Source::new(source.book, spec);
    changes(source, &papers, layout);
    nights(source, &papers, layout);
    emergency(source, &papers, layout);
    reviews(source, &papers, layout);
    actions(source, &papers, layout);
    cost(source, layout);
}

impl Source<'_> {
    /// In the period, and known at the as-of instant.
    fn in_month(&self, at: Option<i64>) -> bool {
        at.is_some_and(|at| self.spec.period.contains(at) && at <= self.spec.as_of_at)
    }
}

fn changes(source: &Source<'_>, papers: &sheet::Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Changes", "changes");
    let of_month = |record: &&ChangeRecord| {
        counts(source.book, record)
            && (source.in_month(record.started_at) || source.in_month(record.ended_at))
    };
    let mut records: Vec<&ChangeRecord> = source.book.changes.iter().filter(of_month).collect();
    records.sort_by_key(|record| (record.started_at, &record.number));
    let columns = vec![
        Column::text("Number"),
        Column::text("Title").weight(2.0),
        Column::number("Machines"),
        Column::text("Begun"),
        Column::text("State"),
        Column::text("Approved").weight(1.4),
        Column::text("Remarks").weight(1.8),
    ];
    let empty = format!("No change began or ended in {}.", source.period());
    let mut table = Table::new("", columns).when_empty(empty);
    for record in &records {
        let rows = lines(source.book, record.id);
        let tone = match record.ended_as.unwrap_or(record.state) {
            ChangeState::Failed | ChangeState::RolledBack => Tone::Bad,
            ChangeState::Partly => Tone::Warn,
            _ => Tone::Plain,
        };
        table.row([
            Cell::new(record.number.clone()).strong(),
            Cell::new(record.title.clone()),
            Cell::new(count(rows.len() as u64)),
            Cell::new(record.started_at.map_or_else(String::new, |at| source.day(at))),
            Cell::new(record.state.text()).tone(tone),
            change::approved(papers, record),
            Cell::new(change::remarks(papers, record).join("; ")),
        ]);
    }
    layout.table(table);
}

/// The nights that were planned for the period, rehearsals apart.
fn nights(source: &Source<'_>, papers: &sheet::Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Patch nights, planned and actual", "nights");
    let of_month = |run: &&Run| !run.drill && source.spec.period.contains(run.planned_at);
    let mut runs: Vec<&Run> = source.book.runs.iter().filter(of_month).collect();
    runs.sort_by_key(|run| (run.planned_at, run.id));
    if runs.is_empty() {
        layout.paragraph(format!("No patch night was planned for {}.", source.period()));
        return;
    }
    let columns = vec![
        Column::text("Night").weight(1.6),
        Column::text("Planned"),
        Column::text("Begun"),
        Column::text("Ended"),
        Column::text("Against the plan").weight(1.0),
        Column::number("Steps done"),
        Column::number("Left out"),
        Column::number("Nothing said"),
        Column::number("Issues"),
    ];
    let mut table = Table::new("", columns);
    let mut issues: Vec<(&Run, Vec<&RunEntry>)> = Vec::new();
    for run in runs {
        let Some(sheet) = Sheet::of(source.book, run.id) else { continue };
        table.row(night_line(source, &sheet));
        if !sheet.entries.is_empty() {
            issues.push((run, sheet.entries));
        }
    }
    layout.table(table);
    for (run, entries) in issues {
        let mut issues = night::issues(papers, &entries);
        issues.caption = format!("{}: {}", run.title, lower(&issues.caption));
        layout.table(issues);
    }
    layout.note("Every step with its planned and actual times stands on the paper of its night.");
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn night_line(source: &Source<'_>, sheet: &Sheet<'_>) -> [Cell; 9] {
    let run = sheet.run;
    let drift = drift(sheet, source.spec.as_of_at);
    let state = |wanted: &[StepState]| {
        count(drift.steps.iter().filter(|step| wanted.contains(&step.state)).count() as u64)
    };
    let time = |at: Option<i64>, none: &str| at.map_or_else(|| none.to_owned(), |at| source.minute(at));
    let (against, tone) = match (run.stage(), run.ended_at) {
        (Stage::Cancelled, _) => (format!("cancelled: {}", run.cancelled_because), Tone::Warn),
        (_, Some(_)) => {
            let tone =
                if drift.secs() > crate::domain::run::drift::ON_TIME_SECS { Tone::Warn } else { Tone::Good };
            (drift_text(drift.secs()), tone)
        }
        (stage, None) => (stage.text().to_lowercase(), Tone::Warn),
    };
    let all = count(sheet.steps.len() as u64);
    [
        Cell::new(run.title.clone()),
        Cell::new(source.minute(run.planned_at)),
        Cell::new(time(run.begun_at, "not begun")),
        Cell::new(time(run.ended_at, "not ended")),
        Cell::new(against).tone(tone),
        Cell::new(format!("{} of {all}", state(&[StepState::Done]))),
        Cell::new(state(&[StepState::Skipped])),
        Cell::new(state(&[StepState::PassedOver, StepState::Late, StepState::Waiting, StepState::Running])),
        Cell::new(count(sheet.standing(EntryKind::Issue).len() as u64)),
    ]
}

fn emergency(source: &Source<'_>, papers: &sheet::Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Emergencies", "emergencies");
    let (book, at, period) = (source.book, source.spec.as_of_at, source.spec.period);
    let touched = |cycle: &&&crate::domain::cycle::Cycle| {
        cycle.anchor_at < period.to_at
            && cycle.anchor_at <= at
            && cycle.closed_at.is_none_or(|closed| closed >= period.from_at)
    };
    let all = emergencies(book);
    let of_month: Vec<_> = all.iter().filter(touched).collect();
    let drills = of_month.iter().filter(|cycle| cycle.drill).count() as u64;
    let real: Vec<Standing<'_>> = of_month
        .iter()
        .filter(|cycle| !cycle.drill)
        .filter_map(|cycle| standing(book, cycle.id, at))
        .collect();
    if drills > 0 {
        let rehearsed = counted(drills, "rehearsal", "rehearsals");
        layout.paragraph(format!("{rehearsed} besides, which no figure counts."));
    }
    if real.is_empty() {
        layout.paragraph(format!("No emergency in {}.", source.period()));
        return;
    }
    let columns = vec![
        Column::text("Emergency"),
        Column::text("Declared"),
        Column::text("Why").weight(2.0),
        Column::text("Decision").weight(1.2),
        Column::text("Clock"),
        Column::text("Measures in force"),
        Column::text("Standing"),
    ];
    let mut table = Table::new("", columns);
    for found in &real {
        let cycle = found.cycle;
        let in_force = found.measures.iter().filter(|measure| measure.removed_at.is_none()).count();
        let (word, tone) = match cycle.closed_at {
            _ if !cycle.cancelled_because.is_empty() => ("called off".to_owned(), Tone::Unknown),
            Some(closed) => (format!("closed {}", papers.day(closed)), Tone::Good),
            None => ("open".to_owned(), Tone::Warn),
        };
        table.row([
            Cell::new(cycle.name.clone()).strong(),
            Cell::new(format!("{}, {}", source.minute(cycle.anchor_at), cycle.declared_by)),
            Cell::new(cycle.reason.clone()),
            Cell::new(found.decided.text()).tone(if found.approval_missed { Tone::Bad } else { Tone::Plain }),
            Cell::new(span_text(found.clock_secs)),
            Cell::new(format!("{in_force} of {}", found.measures.len())),
            Cell::new(word).tone(tone),
        ]);
    }
    layout.table(table);
    for found in real.iter().filter(|found| found.cycle.closed_at.is_none()) {
        let owed = owed(book, found.cycle.id, at);
        if !owed.is_empty() {
            layout.paragraph(format!("{} still owes:", found.cycle.name));
            layout.bullets(owed);
        }
    }
}

fn reviews(source: &Source<'_>, papers: &sheet::Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Meetings, review and actions", "review");
    let of_month = |m: &&Meeting| {
        m.held_at.map_or_else(
            || source.spec.period.contains(m.planned_at) && m.cancelled_because.is_empty(),
            |at| source.in_month(Some(at)),
        )
    };
    let mut meetings: Vec<&Meeting> = source.book.meetings.iter().filter(of_month).collect();
    meetings.sort_by_key(|meeting| (meeting.held_at.unwrap_or(meeting.planned_at), meeting.id));
    let columns = vec![
        Column::text("Meeting").weight(1.6),
        Column::text("Held"),
        Column::text("Minutes").weight(1.2),
        Column::number("Decisions"),
        Column::text("To improve").weight(2.4),
    ];
    let empty = format!("No meeting and no review was held or planned in {}.", source.period());
    let mut table = Table::new("", columns).when_empty(empty);
    for meeting in meetings {
        let decisions = meeting.items.iter().filter(|item| !item.decision.trim().is_empty()).count();
        let held = meeting.held_at.map_or_else(
            || format!("not held; planned {}", papers.day(meeting.planned_at)),
            |at| papers.day(at),
        );
        table.row([
            Cell::new(format!("{} {}", meeting.kind.text(), meeting.number)),
            Cell::new(held),
            Cell::new(meeting.standing().text()),
            Cell::new(decisions.to_string()),
            Cell::new(meeting.improve.lines().collect::<Vec<_>>().join("; ")),
        ]);
    }
    layout.table(table);
}

fn actions(source: &Source<'_>, papers: &sheet::Source<'_>, layout: &mut Layout) {
    let at = source.spec.as_of_at;
    let known = source.book.actions.iter().filter(|action| action.created_at <= at);
    let mut open: Vec<&Action> = known
        .filter(|action| action.dropped_because.is_empty() && action.done_at.is_none_or(|done| done > at))
        .collect();
    open.sort_by_key(|action| (action.due_on.is_none(), action.due_on, action.created_at, action.id));
    let today = papers.today();
    let late = open.iter().filter(|action| action.due_on.is_some_and(|due| due < today)).count();
    let mut done: Vec<&Action> =
        source.book.actions.iter().filter(|action| source.in_month(action.done_at)).collect();
    done.sort_by_key(|action| (action.done_at, action.id));
    layout.paragraph(format!(
        "{}, of which {} past the agreed date; {} done in {}.",
        counted(open.len() as u64, "action is open", "actions are open"),
        count(late as u64),
        count(done.len() as u64),
        source.period()
    ));
    layout.table(action_list::table(papers, "Open actions", &open, "No action is open.", false));
    let caption = format!("Actions done in {}", source.period());
    layout.table(action_list::table(papers, &caption, &done, "None.", false));
}

/// The estimate to hold it against: of those found reasonable the newest, else the newest.
fn estimate(source: &Source<'_>) -> Option<BusinessCase> {
    let cases = live(source.book);
    let found = |case: &&&BusinessCase| matches!(case.judged, Judgement::Reasonable | Judgement::WithChanges);
    cases
        .iter()
        .filter(found)
        .max_by_key(|case| (case.judged_at, case.id))
        .or(cases.last())
        .map(|case| (*case).clone())
}

fn cost(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "What the month took", "cost");
    let month = name::name_of(day_in(source.zone, source.spec.period.from_at));
    let estimate = estimate(source);
    let nothing = BusinessCase::new("", "");
    let took = actual(source.book, estimate.as_ref().unwrap_or(&nothing), &month);
    let told = source.book.changes.iter().any(|record| {
        record.downtime_minutes.is_some() && record.ended_at.is_some_and(|at| source.spec.period.contains(at))
    });
    if took.work_minutes == 0 && took.outage_minutes == 0 && took.untimed_steps == 0 && !told {
        layout.paragraph(format!(
            "Not recorded: no step of a patch night of the cycle of {} has a beginning and an end, and no change reports an outage.",
            source.period()
        ));
        return;
    }
    let columns =
        vec![Column::text("Of").weight(1.4), Column::number("Estimated"), Column::number("Recorded")];
    let mut table = Table::new(format!("Cycle of {}", source.period()), columns);
    let case = estimate.as_ref().unwrap_or(&nothing);
    for [of, estimated, recorded] in beside(case, &took) {
        if estimate.is_some() {
            table.row([of, estimated, recorded]);
        } else if !of.starts_with("Cost") {
            table.row([of, "no estimate".to_owned(), recorded]);
        }
    }
    layout.table(table);
    layout.paragraph(match &estimate {
        Some(case) => format!("{} Priced by the estimate {}.", gaps(&took), case.name),
        None => format!("{} No estimate was written, so there are no prices.", gaps(&took)),
    });
}
