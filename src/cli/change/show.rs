//! What the register says of change records: the list, one record whole, orphans, updates for security.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::args::{List, Month, One};
use super::value::{cycle, date, record, wrong};
use crate::app::{Context, Engine, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::approval::{on_change, sentence};
use crate::domain::book::Book;
use crate::domain::change::duty::conflicts;
use crate::domain::change::field::Field;
use crate::domain::change::figure::{evidence_gaps, update_status};
use crate::domain::change::fingerprint::since_approved;
use crate::domain::change::line::{ChangeLine, LineResult, Proof};
use crate::domain::change::missing::missing;
use crate::domain::change::orphan::{Cover, Covered, orphans as find_orphans};
use crate::domain::change::state::{Rule, field_rule, moves, verb};
use crate::domain::change::{ChangeRecord, ChangeState, lines, window_of};
use crate::domain::compliance::month::{month_period, reference_month};
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::stamp::instant as at_of;
use crate::domain::update::Update;
use crate::store::Access;
use crate::util::clock::{day_in, text_in, zone};

fn when(book: &Book, at: Option<i64>) -> String {
    at.map_or_else(String::new, |at| text_in(zone(&book.shop.zone), at))
}

pub(super) fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let wanted = args.cycle.as_deref().map(|name| cycle(book, name)).transpose()?;
    let state = args.state.as_deref();
    let state = state
        .map(|word| ChangeState::of_word(word).ok_or_else(|| wrong(format!("{word} is no state"), "")))
        .transpose()?;
    let mut found: Vec<&ChangeRecord> = book
        .changes
        .iter()
        .filter(|r| wanted.is_none_or(|cycle| r.cycle == Some(cycle)) && state.is_none_or(|s| r.state == s))
        .collect();
    found.sort_by(|a, b| a.number.cmp(&b.number));
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|r| {
            vec![
                r.number.clone(),
                r.kind.text().to_owned(),
                r.state.text().to_owned(),
                r.title.clone(),
                lines(book, r.id).len().to_string(),
                when(book, r.window_from_at),
            ]
        })
        .collect();
    let value: Vec<Value> = found
        .iter()
        .map(|r| {
            json!({ "number": r.number, "kind": r.kind.word(), "state": r.state.word(), "title": r.title,
                    "assets": lines(book, r.id).len(), "window_from_at": r.window_from_at })
        })
        .collect();
    let header = ["Number", "Type", "State", "Title", "#Assets", "Window begins"];
    output.result(&columns(&header, &rows), &Value::Array(value));
    Ok(())
}

pub(super) fn one(args: &One, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let record = record(book, &args.number)?;
    let mut text = format!("{} {}\n", record.number, record.title);
    let kind = record.kind.text();
    let _infallible = writeln!(text, "{kind} change, {}\n", record.state.text().to_lowercase());
    let mut fields = serde_json::Map::new();
    for &field in Field::ALL {
        let shown = told(book, record, field);
        if field_rule(record.kind, record.state, field) != Rule::Hidden && !shown.is_empty() {
            let _infallible = writeln!(
                text,
                "{:<30}{}",
                field.text(),
                shown.replace('\n', "\n                              ")
            );
            fields.insert(field.word().to_owned(), shown.into());
        }
    }
    let rows = lines(book, record.id);
    let _infallible = writeln!(text, "\n{}", asset_table(book, record, &rows));
    let decisions: Vec<String> = on_change(book, record.id).iter().map(|a| sentence(book, a)).collect();
    for decision in &decisions {
        let _infallible = writeln!(text, "{decision}");
    }
    if let Some(last) = on_change(book, record.id).last() {
        for difference in since_approved(book, record.id, &last.decided_text) {
            let (old, new) = (&difference.approved, &difference.now);
            let _infallible = writeln!(
                text,
                "  {}: decided on \u{201c}{old}\u{201d}, now \u{201c}{new}\u{201d}",
                difference.field
            );
        }
    }
    let conflicts: Vec<String> = conflicts(book, record).iter().map(|c| c.text(book)).collect();
    for conflict in &conflicts {
        let _infallible = writeln!(text, "Duties in one hand: {conflict}");
    }
    let mut next = serde_json::Map::new();
    for &to in moves(record.kind, record.state) {
        let gaps: Vec<String> = missing(book, record, to, now).into_iter().map(|issue| issue.text).collect();
        let _infallible =
            writeln!(text, "\n{}: {}", verb(to), if gaps.is_empty() { "possible now" } else { "not yet" });
        for gap in &gaps {
            let _infallible = writeln!(text, "  {gap}");
        }
        next.insert(to.word().to_owned(), gaps.into());
    }
    let lacks = evidence_gaps(book, record, now);
    let value = json!({
        "number": record.number, "title": record.title, "kind": record.kind.word(), "state": record.state.word(),
        "fields": fields, "decisions": decisions, "conflicts": conflicts, "next": next, "evidence_gaps": lacks,
        "lines": rows.iter().map(|line| line_value(book, line)).collect::<Vec<_>>(),
    });
    output.result(&text, &value);
    Ok(())
}

fn asset_table(book: &Book, record: &ChangeRecord, rows: &[&ChangeLine]) -> String {
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|line| {
            let asset = book.assets.get(line.asset.0);
            let (from, _) = window_of(record, line);
            vec![
                asset.map_or_else(String::new, |asset| asset.name.clone()),
                line.ring.to_string(),
                when(book, from),
                line.result.map_or("not verified", LineResult::text).to_owned(),
                line.proof.map_or_else(String::new, |proof| format!("{}: {}", proof.text(), line.result_by)),
                line.monitored_by.clone(),
                asset.map_or_else(String::new, |asset| asset.restart_procedure.clone()),
            ]
        })
        .collect();
    let header =
        ["Asset", "#Ring", "Window begins", "Result", "Known by", "Seen back by", "Restart procedure"];
    columns(&header, &cells)
}

fn line_value(book: &Book, line: &ChangeLine) -> Value {
    json!({ "asset": book.assets.get(line.asset.0).map(|asset| &asset.name), "ring": line.ring,
            "result": line.result.map(LineResult::word),
            "proof": line.proof.map(Proof::word), "by": line.result_by })
}

/// A field as it is printed; empty where there is nothing.
fn told(book: &Book, record: &ChangeRecord, field: Field) -> String {
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let name = |id| book.person_name(id).to_owned();
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let plan = &record.plan;
    match field {
        Field::Title | Field::Lines => String::new(),
        Field::Cycle => {
            record.cycle.and_then(|id| book.cycles.get(id.0)).map_or_else(String::new, |c| c.name.clone())
        }
        Field::Group => {
            record.group.and_then(|id| book.groups.get(id.0)).map_or_else(String::new, |g| g.name.clone())
        }
        Field::Template => {
            let template = record.template.and_then(|id| book.change_templates.get(id.0));
            template.map_or_else(String::new, |template| template.name.clone())
        }
        Field::Updates => {
            let names = record.updates.iter().filter_map(|id| book.updates.get(id.0));
            names.map(Update::short_name).collect::<Vec<_>>().join(", ")
        }
        Field::Rank => record.rank.map_or_else(String::new, |rank| rank.text().to_owned()),
        Field::Reason => record.reason.clone(),
        Field::Impact => plan.impact.clone(),
        Field::RiskOfApplying => plan.risk_of_applying.clone(),
        Field::RiskOfWaiting => plan.risk_of_waiting.clone(),
        Field::Outage => yes(plan.outage),
        Field::PlannedDowntime => number(plan.downtime_minutes),
        Field::Prerequisites => plan.prerequisites.clone(),
        Field::TestPlan => plan.test_plan.clone(),
        Field::UntestedBecause => record.untested_because.clone(),
        Field::RolloutPlan => plan.rollout_plan.clone(),
        Field::Phasing => plan.phasing.clone(),
        Field::BackoutPlan => plan.backout_plan.clone(),
        Field::BackoutTrigger => plan.backout_trigger.clone(),
        Field::BackoutMinutes => number(plan.backout_minutes),
        Field::BackoutOwner => name(plan.backout_owner),
        Field::BackoutProvenOn => plan.backout_proven_on.map_or_else(String::new, |day| day.to_string()),
        Field::MonitoringPlan => plan.monitoring_plan.clone(),
        Field::Acceptance => plan.acceptance.clone(),
        Field::QuietDays => number(plan.quiet_days),
        Field::Notifications => plan.notifications.clone(),
        Field::CostHours => number(plan.cost_hours),
        Field::WindowFrom => when(book, record.window_from_at),
        Field::WindowUntil => when(book, record.window_until_at),
        Field::Requester => name(record.requester),
        Field::Coordinator => name(record.coordinator),
        Field::Implementer => name(record.implementer),
        Field::Tester => name(record.tester),
        Field::Monitor => name(record.monitor),
        Field::Backup => record.backup.as_ref().map_or_else(String::new, |b| {
            let verified = if b.is_verified() { "verified" } else { "not verified" };
            format!("{} ({verified} {})", b.job, when(book, b.verified_at)).replace(" )", ")")
        }),
        Field::ApproveBy => when(book, record.approve_by_at),
        Field::AfterTheFact => {
            if record.after_the_fact {
                "yes".to_owned()
            } else {
                String::new()
            }
        }
        Field::ActualDowntime => number(record.downtime_minutes),
        Field::Outcome => record.outcome.clone(),
        Field::Issues => record.issues.clone(),
        Field::Review => record.review.clone(),
        Field::CriteriaMet => record.criteria_met.map_or_else(String::new, yes),
    }
}

fn period(engine: &Engine, month: Option<&str>) -> Result<Period, Error> {
    let zone = zone(&engine.book().shop.zone);
    let day = match month {
        Some(month) => date(&format!("{month}-01"))
            .map_err(|_| wrong(format!("{month} is no month"), "Write it like 2026-11."))?,
        None => reference_month(day_in(zone, engine.context().clock.now_at())),
    };
    Ok(month_period(zone, day))
}

pub(super) fn orphans(args: &Month, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let period = period(&engine, args.month.as_deref())?;
    let view = View::new(book, engine.context().clock.now_at());
    let found = find_orphans(&view, period);
    let row = |install: &Covered, why: &str| {
        let asset = &book.assets.rows()[install.asset as usize].name;
        let update = book.updates.rows()[install.install.update as usize].short_name();
        let by = when(book, Some(at_of(install.install.by)));
        let time = if install.install.exact {
            by
        } else {
            format!("{} to {by}", when(book, Some(at_of(install.install.after))))
        };
        vec![asset.clone(), update, time, why.to_owned()]
    };
    let number =
        |id: crate::domain::change::ChangeId| book.changes.get(id.0).map_or("", |r| r.number.as_str());
    let mut rows: Vec<Vec<String>> = found.outside().map(|i| row(i, "no change covers it")).collect();
    for install in found.cannot_tell() {
        if let Cover::CannotTell(change) = install.cover {
            rows.push(row(install, &format!("cannot tell: may be {}", number(change))));
        }
    }
    for lacking in &found.unshown {
        let asset = book.assets.rows()[lacking.asset as usize].name.clone();
        let update = book.updates.get(lacking.update.0).map_or_else(String::new, Update::short_name);
        let why = if lacking.cannot_tell {
            "cannot tell: no install is shown"
        } else {
            "not installed during the work"
        };
        rows.push(vec![asset, update, String::new(), format!("{} {why}", number(lacking.change))]);
    }
    let (outside, unclear) = (found.outside().count(), found.cannot_tell().count());
    let text = format!(
        "{}\n\n{} installs, {outside} outside any change, {unclear} cannot tell; {} changes without matching installs.",
        columns(&["Asset", "Update", "Installed", "Finding"], &rows),
        found.installs.len(),
        found.unmatched().len(),
    );
    let listed: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "asset": row[0], "update": row[1], "installed": row[2], "finding": row[3] }))
        .collect();
    let value = json!({ "installs": found.installs.len(), "outside": outside, "cannot_tell": unclear,
                        "changes_without_installs": found.unmatched().len(), "rows": listed });
    output.result(text.trim_start(), &value);
    Ok(())
}

pub(super) fn status(args: &Month, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let period = period(&engine, args.month.as_deref())?;
    let view = View::new(book, engine.context().clock.now_at());
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for update in book.updates.iter().filter(|update| period.contains(update.released_at)) {
        let status = update_status(&view, update.id);
        if status.required == 0 {
            continue;
        }
        let carried: Vec<&str> = status
            .changes
            .iter()
            .filter_map(|id| book.changes.get(id.0))
            .map(|record| record.number.as_str())
            .collect();
        let mut row = vec![update.short_name()];
        for n in [
            status.required,
            status.satisfied,
            status.open,
            status.failed,
            status.pending,
            status.waived,
            status.overdue,
            status.unknown,
        ] {
            row.push(n.to_string());
        }
        row.push(carried.join(", "));
        rows.push(row);
        values.push(json!({ "update": update.short_name(), "title": update.title, "required": status.required,
            "satisfied": status.satisfied, "open": status.open, "failed": status.failed, "pending": status.pending,
            "waived": status.waived, "overdue": status.overdue, "unknown": status.unknown, "changes": carried }));
    }
    let header = [
        "Update",
        "#Required",
        "#Satisfied",
        "#Open",
        "#Failed",
        "#Pending restart",
        "#Waived",
        "#Overdue",
        "#Unknown",
        "Changes",
    ];
    output.result(&columns(&header, &rows), &Value::Array(values));
    Ok(())
}
