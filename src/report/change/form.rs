//! One change record as a form to sign: the field groups an auditor looks for (standards.md 3.6), filled where the record is,
//! with room to write where it is not.

use super::super::layout::{Cell, Column, Form, Layout, Table, Tone};
use super::super::sheet::{Source, Spec, day_or, mark_drill};
use super::decision;
use crate::domain::approval::{self, Subject, evidence_text};
use crate::domain::book::Book;
use crate::domain::change::line::LineResult;
use crate::domain::change::test::{TestResult, TestStage, TestVerdict};
use crate::domain::change::{Backup, ChangeId, ChangeKind, ChangeRecord, ChangeState, lines};
use crate::util::text::counted;

/// The form of a record; nothing if there is no such record.
pub fn build(book: &Book, spec: Spec, change: ChangeId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let record = book.changes.get(change.0)?;
    let mut layout = source.sheet(format!("Change record {}", record.number));
    layout.subtitle.clone_from(&record.title);
    if source.is_drill(record.cycle) {
        mark_drill(&mut layout);
    }
    warnings(record, &mut layout);
    layout.form(identity(&source, record));
    layout.form(request(&source, record));
    layout.form(impact(record));
    machines(&source, record, &mut layout);
    layout.form(tests_form(record));
    tests(&source, record, &[TestStage::Before], "Tests before the change", &mut layout);
    layout.form(plan(&source, record));
    layout.form(backout(&source, record));
    layout.form(acceptance(record));
    decision::approvals(&source, record, &mut layout);
    decision::duties(&source, record, &mut layout);
    layout.form(execution(&source, record));
    let after = [TestStage::Smoke, TestStage::Integrity, TestStage::Acceptance];
    tests(&source, record, &after, "Tests after the change", &mut layout);
    notices(&source, record, &mut layout);
    layout.form(outcome(&source, record));
    signatures(&source, record, &mut layout);
    Some(layout)
}

fn warnings(record: &ChangeRecord, layout: &mut Layout) {
    if record.after_the_fact {
        layout.warn("Raised after the fact: the work was done before this record was written.");
    }
    if !record.go_ahead_because.is_empty() {
        layout.warn(format!("Begun without approval: {}", record.go_ahead_because));
    }
    if !record.cancelled_because.is_empty() {
        layout.warn(format!("Cancelled: {}", record.cancelled_because));
    }
}

fn identity(source: &Source<'_>, record: &ChangeRecord) -> Form {
    let mut form = Form::new("Identity", 4);
    form.field("Number", record.number.clone()).field("State", record.state.text());
    let tone = match record.state {
        ChangeState::Closed => Tone::Good,
        ChangeState::Rejected | ChangeState::Failed | ChangeState::RolledBack => Tone::Bad,
        _ => Tone::Plain,
    };
    form.tone(tone);
    form.field("Cycle", source.cycle(record.cycle)).field("Group", source.group(record.group));
    let of = |kind| record.kind == kind;
    form.boxes("Type", ChangeKind::ALL.iter().map(|kind| (kind.text(), of(*kind)))).span(3);
    form.field("Rank", record.rank.map_or("", |rank| rank.text()));
    if let Some(template) = record.template.and_then(|id| source.book.change_templates.get(id.0)) {
        form.wide("Made from the template", template.name.clone(), 1);
    }
    form.wide("Updates", updates(source, record), 2);
    form
}

fn updates(source: &Source<'_>, record: &ChangeRecord) -> String {
    let line = |id: &crate::domain::update::UpdateId| {
        let update = source.book.updates.get(id.0)?;
        let short = update.short_name();
        Some(if update.title.contains(&short) || update.kbs.is_empty() {
            update.title.clone()
        } else {
            format!("{short}: {}", update.title)
        })
    };
    record.updates.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn request(source: &Source<'_>, record: &ChangeRecord) -> Form {
    let mut form = Form::new("Request and people", 3);
    form.field("Requester", source.person(record.requester));
    form.field("Raised", source.instant(record.created_at));
    form.field("Coordinator", source.person(record.coordinator));
    form.field("Implementer", source.person(record.implementer));
    form.field("Tester", source.person(record.tester));
    form.field("System monitor", source.person(record.monitor));
    form.wide("Reason", record.reason.clone(), 2);
    form
}

fn impact(record: &ChangeRecord) -> Form {
    let plan = &record.plan;
    let mut form = Form::new("Impact and risk", 2);
    form.wide("Impact on the service", plan.impact.clone(), 2);
    form.field("Risk of applying", plan.risk_of_applying.clone());
    form.field("Risk of not applying", plan.risk_of_waiting.clone());
    form.boxes("Outage", [("Yes", plan.outage), ("No", !plan.outage)]).span(1);
    form.field("Planned downtime", minutes(plan.downtime_minutes));
    form.wide("Prerequisites", plan.prerequisites.clone(), 1);
    form.wide("Phasing", plan.phasing.clone(), 1);
    form
}

pub(super) fn minutes(n: Option<i64>) -> String {
    n.map(|n| counted(n.unsigned_abs(), "minute", "minutes")).unwrap_or_default()
}

/// The lines with what came of them.
fn machines(source: &Source<'_>, record: &ChangeRecord, layout: &mut Layout) {
    let columns = vec![
        Column::text("Machine"),
        Column::centre("Ring"),
        Column::text("Function").weight(1.2),
        Column::text("Own window, own backup, notes").weight(1.8),
        Column::text("Result"),
        Column::text("Known from, seen back").weight(1.6),
    ];
    let rows = lines(source.book, record.id);
    let caption = format!("Machines: {}", rows.len());
    let mut table = Table::new(caption, columns).when_empty("No machine is on this record.");
    for line in rows {
        let own = [
            source.span(line.window_from_at, line.window_until_at),
            line.backup.as_ref().map(|backup| backup_text(source, backup)).unwrap_or_default(),
            line.note.clone(),
        ];
        let own: Vec<String> = own.into_iter().filter(|text| !text.is_empty()).collect();
        let known = line
            .proof
            .map(|proof| format!("{} {} {}", proof.text(), line.result_by, source.minute_or(line.result_at)));
        let back = line.monitored_at.map(|at| format!("back {} ({})", source.minute(at), line.monitored_by));
        let told: Vec<String> = known.into_iter().chain(back).collect();
        let asset = source.book.assets.get(line.asset.0);
        table.row([
            Cell::new(source.asset(line.asset)).strong(),
            Cell::new(line.ring.to_string()),
            Cell::new(asset.map(|asset| asset.function.clone()).unwrap_or_default()),
            Cell::new(own.join("; ")),
            super::line::result_cell(line.result),
            Cell::new(told.join("; ")),
        ]);
    }
    layout.table(table);
}

pub(super) fn backup_text(source: &Source<'_>, backup: &Backup) -> String {
    let by = source.person(backup.verified_by);
    let verified = match backup.verified_at {
        Some(at) if !by.is_empty() => format!("verified by {by} on {}", source.minute(at)),
        _ => "not verified".to_owned(),
    };
    let restore = if backup.restore_tested { "restore tested" } else { "restore not tested" };
    let shown = evidence_text(&backup.evidence_name, &backup.evidence_sha256);
    let job = if backup.job.is_empty() { "backup" } else { &backup.job };
    format!("{job}: {verified}, {restore}, {shown}")
}

fn tests_form(record: &ChangeRecord) -> Form {
    let mut form = Form::new("Test evidence", 1);
    form.wide("Test plan", record.plan.test_plan.clone(), 2);
    if !record.untested_because.is_empty() {
        form.wide("No test evidence because", record.untested_because.clone(), 1).tone(Tone::Warn);
    }
    form
}

fn tests(
    source: &Source<'_>,
    record: &ChangeRecord,
    stages: &[TestStage],
    caption: &str,
    layout: &mut Layout,
) {
    let columns = vec![
        Column::text("Sort"),
        Column::text("On"),
        Column::text("Case").weight(1.6),
        Column::text("Expected").weight(1.4),
        Column::text("Found").weight(1.4),
        Column::text("Result"),
        Column::text("By, when, evidence").weight(1.6),
    ];
    let mut table = Table::new(caption, columns).when_empty("No result is recorded.");
    let mine = |t: &&TestResult| t.change == record.id && stages.contains(&t.stage);
    let mut found: Vec<&TestResult> = source.book.tests.iter().filter(mine).collect();
    found.sort_by_key(|test| (test.tested_at, test.id));
    for test in found {
        let line = test.line.and_then(|id| source.book.change_lines.get(id.0));
        let tone = match test.verdict {
            _ if !test.voided_because.is_empty() => Tone::Unknown,
            TestVerdict::Passed => Tone::Good,
            TestVerdict::Failed => Tone::Bad,
        };
        let verdict = if test.voided_because.is_empty() {
            test.verdict.text().to_owned()
        } else {
            format!("{}, no longer counts: {}", test.verdict.text(), test.voided_because)
        };
        let by = format!(
            "{}, {}, {}",
            source.person(test.tested_by),
            source.minute(test.tested_at),
            evidence_text(&test.evidence_name, &test.evidence_sha256)
        );
        table.row([
            Cell::new(test.stage.text()),
            Cell::new(line.map_or_else(|| "all".to_owned(), |line| source.asset(line.asset))),
            Cell::new(test.case.clone()),
            Cell::new(test.expected.clone()),
            Cell::new(test.found.clone()),
            Cell::new(verdict).tone(tone),
            Cell::new(by),
        ]);
    }
    layout.table(table);
}

fn plan(source: &Source<'_>, record: &ChangeRecord) -> Form {
    let plan = &record.plan;
    let mut form = Form::new("Plan", 2);
    form.wide("Window", source.span(record.window_from_at, record.window_until_at), 1);
    form.wide("Steps", plan.rollout_plan.clone(), 4);
    form.wide("Monitoring", plan.monitoring_plan.clone(), 1);
    form.field("Users told", plan.notifications.clone());
    form.field("Estimated work", plan.cost_hours.map(|n| format!("{n} hours")).unwrap_or_default());
    let backup = record.backup.as_ref().map(|backup| backup_text(source, backup));
    form.wide("Backup", backup.unwrap_or_default(), 1);
    form
}

fn backout(source: &Source<'_>, record: &ChangeRecord) -> Form {
    let plan = &record.plan;
    let mut form = Form::new("Back-out", 3);
    form.wide("Trigger", plan.backout_trigger.clone(), 1);
    form.field("Decided by", source.person(plan.backout_owner));
    let after = plan.backout_minutes.map(|n| format!("{} after the begin", minutes(Some(n))));
    form.field("Point of no return", after.unwrap_or_default());
    let proven = plan.backout_proven_on.map_or_else(|| "never recorded".to_owned(), |on| day_or(Some(on)));
    form.field("Last proven", proven);
    form.wide("Steps and restore source", plan.backout_plan.clone(), 4);
    form
}

fn acceptance(record: &ChangeRecord) -> Form {
    let mut form = Form::new("Acceptance, set before the work", 3);
    form.push(super::super::layout::Field {
        label: "Criteria".into(),
        value: text_or_lines(&record.plan.acceptance, 2),
        span: 2,
        tone: Tone::Plain,
    });
    let days = record.plan.quiet_days.map(|n| counted(n.unsigned_abs(), "day", "days"));
    form.field("Quiet period", days.unwrap_or_default());
    form
}

fn text_or_lines(text: &str, lines: u8) -> super::super::layout::Entry {
    use super::super::layout::Entry;
    if text.trim().is_empty() { Entry::Blank(lines) } else { Entry::Text(text.to_owned()) }
}

fn execution(source: &Source<'_>, record: &ChangeRecord) -> Form {
    let mut form = Form::new("Execution", 3);
    form.field("Begun", source.minute_or(record.started_at));
    form.field("Recorded", source.minute_or(record.start_recorded_at));
    form.field("Ended", source.minute_or(record.ended_at));
    form.field("Actual downtime", minutes(record.downtime_minutes));
    form.field("Quiet until", source.minute_or(record.monitor_until_at));
    form.field("Approval due", source.minute_or(record.approve_by_at));
    let runs: Vec<String> = source
        .book
        .runs
        .iter()
        .filter(|run| run.changes.contains(&record.id))
        .map(|run| run.title.clone())
        .collect();
    form.wide("Carried out in the night", runs.join("; "), 1);
    form.wide("Deviations and issues", record.issues.clone(), 3);
    form
}

fn notices(source: &Source<'_>, record: &ChangeRecord, layout: &mut Layout) {
    let mine =
        |n: &&crate::domain::notice::NoticeSent| n.subject == Subject::Change && n.subject_id == record.id.0;
    let sent: Vec<_> = source.book.notices.iter().filter(mine).collect();
    if sent.is_empty() {
        return;
    }
    let columns = vec![
        Column::text("Message"),
        Column::text("To").weight(1.4),
        Column::text("Subject").weight(2.0),
        Column::text("Sent").weight(1.6),
    ];
    let mut table = Table::new("Messages", columns);
    for notice in sent {
        let told = match notice.sent_at {
            Some(at) => format!("{}, as {} said", source.minute(at), notice.sent_by),
            None => "not sent, as far as is recorded".to_owned(),
        };
        let to = notice.recipients.clone();
        table.row([notice.kind.text().to_owned(), to, notice.title.clone(), told]);
    }
    layout.table(table);
}

fn outcome(source: &Source<'_>, record: &ChangeRecord) -> Form {
    use ChangeState as S;
    let mut form = Form::new("Outcome, review and closure", 3);
    let ended = |state| record.ended_as == Some(state);
    let rows = lines(source.book, record.id);
    let done = rows.iter().filter(|line| line.result == Some(LineResult::Done)).count();
    let issues = !record.issues.trim().is_empty();
    // A success is ticked only where every machine is shown to be done.
    let flawless = ended(S::Implemented) && !issues && done == rows.len();
    form.boxes(
        "Outcome",
        [
            ("Success", flawless),
            ("Success with issues", ended(S::Implemented) && issues && done == rows.len()),
            ("In part", ended(S::Partly)),
            ("Failed", ended(S::Failed)),
            ("Backed out", ended(S::RolledBack)),
        ],
    );
    form.field("Ended as", record.ended_as.map_or("", |state| state.text()));
    form.field("Machines done", format!("{done} of {}", rows.len()));
    form.field("Closed", source.minute_or(record.closed_at));
    form.wide("What came of it", record.outcome.clone(), 2);
    form.wide("Review: what went well, what did not, why", record.review.clone(), 3);
    let met = |is| record.criteria_met == Some(is);
    form.boxes("Acceptance criteria met", [("Yes", met(true)), ("No", met(false))]);
    form
}

fn signatures(source: &Source<'_>, record: &ChangeRecord, layout: &mut Layout) {
    let book = source.book;
    let stands = approval::standing(book, record);
    let approver = stands.and_then(|a| a.person);
    let function = stands.map(|a| a.function.clone()).unwrap_or_default();
    let (requests, does) = (source.function(record.requester), source.function(record.implementer));
    layout.signature_lines([
        ("Requested", book.person_name(record.requester), requests.as_str()),
        ("Approved", book.person_name(approver), function.as_str()),
        ("Carried out", book.person_name(record.implementer), does.as_str()),
        ("Verified", "", ""),
        ("Closed", record.closed_by.as_str(), ""),
    ]);
}
