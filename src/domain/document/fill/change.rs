//! Change records, what a cycle changes, and installations outside any change.

use std::collections::BTreeMap;

use super::Fill;
use crate::domain::asset::AssetId;
use crate::domain::change::figure::{Approved, approved, evidence_gaps, named};
use crate::domain::change::line::LineResult;
use crate::domain::change::orphan::{Orphans, orphans};
use crate::domain::change::state::has_begun;
use crate::domain::change::{ChangeRecord, ChangeState, lines, window_of};
use crate::domain::cycle::Cycle;
use crate::domain::cycle::progress::steps_of;
use crate::domain::cycle::template::StepKey;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value, time_text};
use crate::domain::stamp::instant;
use crate::domain::update::UpdateId;
use crate::domain::waiver::state::standing;
use crate::util::text::counted;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    Some(match (kind, name) {
        (Kind::Table, "changes") => month_changes(fill),
        (Kind::Table, "change-figures") => figures(fill),
        (Kind::Table, "orphans") => outside(fill),
        _ => return None,
    })
}

pub(super) fn about(fill: &Fill<'_>, cycle: &Cycle, name: &str) -> Option<Value> {
    Some(match name {
        "points" => points(fill, cycle),
        "nights" => nights(fill, cycle),
        "interruptions" => interruptions(fill, cycle),
        "updates" => cycle_updates(fill, cycle),
        "changes" => cycle_changes(fill, cycle),
        "results" => results(fill, cycle),
        _ => return None,
    })
}

/// Names of machines, at most six of them.
pub(super) fn assets(fill: &Fill<'_>, ids: &[AssetId]) -> String {
    let names: Vec<String> = ids.iter().take(6).map(|id| fill.asset(*id)).collect();
    more(&names, ids.len())
}

/// Short names of updates, at most six of them.
pub(super) fn updates(fill: &Fill<'_>, ids: &[UpdateId]) -> String {
    let known = ids.iter().filter_map(|id| fill.book.updates.get(id.0));
    let names: Vec<String> = known.take(6).map(crate::domain::update::Update::short_name).collect();
    more(&names, ids.len())
}

fn more(names: &[String], all: usize) -> String {
    let shown = names.join(", ");
    if all > names.len() { format!("{shown} and {} more", all - names.len()) } else { shown }
}

fn records<'a>(fill: &Fill<'a>, cycle: &Cycle) -> Vec<&'a ChangeRecord> {
    let mut rows: Vec<&ChangeRecord> =
        fill.book.changes.iter().filter(|record| record.cycle == Some(cycle.id)).collect();
    rows.sort_by(|a, b| (a.window_from_at, &a.number).cmp(&(b.window_from_at, &b.number)));
    rows
}

fn window(fill: &Fill<'_>, record: &ChangeRecord) -> String {
    match (record.window_from_at, record.window_until_at) {
        (Some(from), Some(until)) if fill.day(from) == fill.day(until) => {
            let clock = |at| crate::util::clock::utc(at).with_timezone(&fill.zone);
            format!(
                "{} {} to {}",
                fill.day(from),
                clock(from).format("%H:%M"),
                clock(until).format("%H:%M %Z")
            )
        }
        // A night: the second day by its name alone, unless the clock is put forward or back in it.
        (Some(from), Some(until)) if is_one_night(fill, from, until) => {
            let clock = |at| crate::util::clock::utc(at).with_timezone(&fill.zone);
            format!(
                "{} {} to {}",
                fill.day(from),
                clock(from).format("%H:%M"),
                clock(until).format("%a %H:%M %Z")
            )
        }
        (Some(from), Some(until)) => {
            format!("{} to {}", time_text(fill.zone, from), time_text(fill.zone, until))
        }
        (Some(from), None) => time_text(fill.zone, from),
        _ => String::new(),
    }
}

/// Whether an instant lies on the day after another, under the same name of the zone.
fn is_one_night(fill: &Fill<'_>, from: i64, until: i64) -> bool {
    let clock = |at| crate::util::clock::utc(at).with_timezone(&fill.zone);
    let zone = |at| clock(at).format("%Z").to_string();
    clock(from).date_naive().succ_opt() == Some(clock(until).date_naive()) && zone(from) == zone(until)
}

fn decision(fill: &Fill<'_>, record: &ChangeRecord) -> String {
    if let Some(approval) = crate::domain::approval::standing(fill.book, record) {
        return format!("{} on {}", fill.person(approval.person), fill.day(approval.decided_at));
    }
    match approved(fill.book, record) {
        Approved::Never => "not approved".to_owned(),
        _ => "by its template".to_owned(),
    }
}

fn machine_names(fill: &Fill<'_>, record: &ChangeRecord) -> String {
    let ids: Vec<AssetId> = lines(fill.book, record.id).iter().map(|line| line.asset).collect();
    assets(fill, &ids)
}

fn points(fill: &Fill<'_>, cycle: &Cycle) -> Value {
    let mut grid = Grid::new(&["Group", "Point person", "Mail"]);
    for point in &cycle.points {
        let mail = fill.book.people.get(point.person.0).map(|person| person.mail.clone());
        grid.row([fill.group(Some(point.group)), fill.person(Some(point.person)), mail.unwrap_or_default()]);
    }
    Value::Table(grid)
}

fn nights(fill: &Fill<'_>, cycle: &Cycle) -> Value {
    let mut grid = Grid::new(&["Begins", "Group", "Machines", "Outage", "Change record"]);
    let mut rows: Vec<(i64, [String; 5])> = Vec::new();
    for record in records(fill, cycle) {
        let mut by_window: BTreeMap<i64, Vec<AssetId>> = BTreeMap::new();
        for line in lines(fill.book, record.id).into_iter().filter(|line| line.removed_because.is_empty()) {
            if let Some(from) = window_of(record, line).0 {
                by_window.entry(from).or_default().push(line.asset);
            }
        }
        for (from, machines) in by_window {
            let outage = if record.plan.outage { minutes(record) } else { "none".to_owned() };
            rows.push((
                from,
                [
                    time_text(fill.zone, from),
                    fill.group(record.group),
                    assets(fill, &machines),
                    outage,
                    record.number.clone(),
                ],
            ));
        }
    }
    for step in steps_of(fill.book, cycle.id) {
        let is_night = matches!(step.key, Some(StepKey::PatchNight | StepKey::LastWindow));
        let planned = rows.iter().any(|(from, _)| fill.day(*from) == fill.day(step.due_at));
        if is_night && !planned && step.skipped_because.is_empty() {
            let begins = time_text(fill.zone, step.due_at);
            let (title, none) = (step.title.clone(), "no change record yet".to_owned());
            rows.push((step.due_at, [begins, title, String::new(), String::new(), none]));
        }
    }
    rows.sort_by_key(|(from, _)| *from);
    for (_, row) in rows {
        grid.row(row);
    }
    Value::Table(grid)
}

fn minutes(record: &ChangeRecord) -> String {
    record.plan.downtime_minutes.map(|n| counted(n as u64, "minute", "minutes")).unwrap_or_default()
}

/// Number, title and kind.
fn named_as(record: &ChangeRecord) -> String {
    format!("{} {} ({})", record.number, record.title, record.kind.text().to_lowercase())
}

/// Words one after the other, without the empty ones.
fn said<const N: usize>(words: [String; N], between: &str) -> String {
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(between)
}

fn interruptions(fill: &Fill<'_>, cycle: &Cycle) -> Value {
    let mut grid = Grid::new(&["When", "Group", "What is interrupted", "Planned for", "Machines"]);
    for record in records(fill, cycle).into_iter().filter(|record| record.plan.outage) {
        grid.row([
            window(fill, record),
            fill.group(record.group),
            record.plan.impact.clone(),
            minutes(record),
            machine_names(fill, record),
        ]);
    }
    Value::Table(grid)
}

/// The updates a cycle is about: those it names, else the covered ones released from its day 0 to the next month's.
fn cycle_updates(fill: &Fill<'_>, cycle: &Cycle) -> Value {
    let mut grid = Grid::new(&["Update", "Title", "Rank", "Due first", "Machines that owe it"]);
    let view = fill.view();
    let day0 = crate::util::clock::day_in(fill.zone, cycle.anchor_at);
    let month = crate::domain::compliance::month::month_period(fill.zone, day0);
    for (place, update) in fill.book.updates.iter().enumerate() {
        let named = if cycle.updates.is_empty() {
            month.contains(update.released_at) && fill.book.shop.covered.contains(&update.classification)
        } else {
            cycle.updates.contains(&update.id)
        };
        if !named {
            continue;
        }
        let open = view.pairs_of(place as u32).into_iter();
        let open = open.filter(|v| v.kind == crate::domain::compliance::verdict::Kind::Open && v.required);
        let due = open.map(|v| v.due).min().filter(|due| *due != crate::domain::compliance::rule::NEVER);
        grid.row([
            update.short_name(),
            update.title.clone(),
            view.rank(place as u32).text().to_owned(),
            due.map(|due| fill.day(instant(due))).unwrap_or_default(),
            fill.figures().updates[place].open.to_string(),
        ]);
    }
    Value::Table(grid)
}

fn cycle_changes(fill: &Fill<'_>, cycle: &Cycle) -> Value {
    let mut grid = Grid::new(&["Change", "Machines", "Window", "Approved by", "Standing"]);
    for record in records(fill, cycle) {
        let standing = [record.state.text().to_owned(), record.outcome.clone(), record.issues.clone()];
        grid.row([
            named_as(record),
            said([fill.group(record.group), machine_names(fill, record)], ": "),
            window(fill, record),
            decision(fill, record),
            said(standing, "; "),
        ]);
    }
    Value::Table(grid)
}

fn results(fill: &Fill<'_>, cycle: &Cycle) -> Value {
    let mut grid = Grid::new(&[
        "Group",
        "Planned",
        "Done",
        "Failed",
        "Pending restart",
        "Rolled back",
        "Not done",
        "Cannot tell",
        "Of these waived",
    ]);
    let mut counts: BTreeMap<String, [u64; 8]> = BTreeMap::new();
    let waived: Vec<AssetId> = fill
        .book
        .waiver_requests
        .iter()
        .filter(|request| request.cycle == Some(cycle.id))
        .filter(|request| standing(fill.view(), request).is_some_and(|s| s.state.is_live()))
        .flat_map(|request| request.assets.clone())
        .collect();
    for record in records(fill, cycle).into_iter().filter(|record| has_begun(record.state)) {
        for line in lines(fill.book, record.id).into_iter().filter(|line| line.removed_because.is_empty()) {
            let row = counts.entry(fill.group(record.group)).or_default();
            row[0] += 1;
            let column = match line.result {
                Some(LineResult::Done) => 1,
                Some(LineResult::Failed) => 2,
                Some(LineResult::Pending) => 3,
                Some(LineResult::RolledBack) => 4,
                Some(LineResult::NotDone) => 5,
                Some(LineResult::CannotTell) | None => 6,
            };
            row[column] += 1;
            row[7] += u64::from(waived.contains(&line.asset));
        }
    }
    for (group, row) in counts {
        let group = if group.is_empty() { "no group".to_owned() } else { group };
        grid.row(std::iter::once(group).chain(row.map(|count| count.to_string())));
    }
    Value::Table(grid)
}

/// Change records with work or window in the month.
fn month_changes(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Change", "Machines", "Window", "Approved", "Outcome", "Evidence lacking"]);
    let period = fill.period();
    let inside = |at: Option<i64>| at.is_some_and(|at| period.contains(at));
    let mut rows: Vec<&ChangeRecord> = fill
        .book
        .changes
        .iter()
        .filter(|r| r.state != ChangeState::Cancelled || r.started_at.is_some())
        .filter(|r| inside(r.window_from_at) || inside(r.started_at) || inside(r.ended_at))
        .collect();
    rows.sort_by_key(|record| (record.started_at.or(record.window_from_at), &record.number));
    for record in rows {
        let before = match approved(fill.book, record) {
            Approved::Before => "before the start",
            Approved::After => "after the start",
            Approved::Never => "",
        };
        let gaps = if record.ended_at.is_some() {
            evidence_gaps(fill.book, record, fill.as_of_at).join(", ")
        } else {
            String::new()
        };
        let machines = counted(lines(fill.book, record.id).len() as u64, "machine", "machines");
        let outcome = record.ended_as.unwrap_or(record.state).text().to_owned();
        grid.row([
            named_as(record),
            said([fill.group(record.group), machines], ": "),
            window(fill, record),
            said([decision(fill, record), before.to_owned()], ", "),
            said([outcome, record.issues.clone()], "; "),
            gaps,
        ]);
    }
    Value::Table(grid)
}

fn figures(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Figure", "Name", "Value"]);
    for (id, name, value) in named(fill.view(), fill.period()) {
        grid.row([id.to_owned(), name.to_owned(), value]);
    }
    Value::Table(grid)
}

/// Installations of one update that no change covers, near to one change.
struct Outside {
    /// The first of them was there at the earliest then.
    from_at: i64,
    /// The last of them was there at the latest then.
    until_at: i64,
    /// Names.
    machines: Vec<String>,
}

fn outside(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Update", "Nearest change", "Installed", "Machines"]);
    let found: Orphans = orphans(fill.view(), fill.period());
    let mut together: BTreeMap<(String, String), Outside> = BTreeMap::new();
    for covered in found.outside() {
        let install = &covered.install;
        let asset = &fill.book.assets.rows()[covered.asset as usize];
        let update = fill.book.updates.rows()[install.update as usize].short_name();
        let key = (update, nearest(fill, asset.id, instant(install.by)));
        let from = if install.exact { install.by } else { install.after };
        let row = together.entry(key).or_insert_with(|| Outside {
            from_at: instant(from),
            until_at: instant(install.by),
            machines: Vec::new(),
        });
        row.from_at = row.from_at.min(instant(from));
        row.until_at = row.until_at.max(instant(install.by));
        row.machines.push(asset.name.clone());
    }
    for ((update, near), mut row) in together {
        row.machines.sort();
        row.machines.dedup();
        let (from, until) = (fill.day(row.from_at), fill.day(row.until_at));
        grid.row([
            update,
            near,
            if from == until { until } else { format!("{from} to {until}") },
            format!("{}: {}", row.machines.len(), row.machines.join(", ")),
        ]);
    }
    Value::Table(grid)
}

/// The change whose work on a machine began nearest to an instant, with the day on which it began.
fn nearest(fill: &Fill<'_>, asset: AssetId, at: i64) -> String {
    let works = |record: &ChangeRecord| lines(fill.book, record.id).iter().any(|line| line.asset == asset);
    let begun = fill.book.changes.iter().filter_map(|record| Some((record, record.started_at?)));
    let near = begun
        .filter(|(record, _)| works(record))
        .min_by_key(|(record, began)| ((began - at).abs(), &record.number));
    near.map_or_else(
        || "none".to_owned(),
        |(record, began)| format!("{}, begun {}", record.number, fill.day(began)),
    )
}
