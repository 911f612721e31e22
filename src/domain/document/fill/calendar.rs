//! Releases, windows, closures, the month's steps, the runbook, and one cycle.

use chrono::Datelike as _;

use super::{Fill, day_or, nothing, text};
use crate::domain::approval::evidence_text;
use crate::domain::calendar::expected::releases;
use crate::domain::calendar::release::{Day, ReleaseRule};
use crate::domain::calendar::window::{MaintenanceWindow, Recurs};
use crate::domain::cycle::progress::{PhaseState, current, progress, steps_of};
use crate::domain::cycle::template::{CycleTemplate, StepKey, StepWhen};
use crate::domain::cycle::{Cycle, CycleKind, CycleStep};
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Figure, Grid, Value, time_text};
use crate::domain::run::sheet::Sheet;
use crate::domain::waiver::rule::is_late;
use crate::util::clock;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    if let Some(name) = name.strip_prefix("cycle.") {
        return match cycle_of(fill) {
            Some(cycle) => about(fill, cycle, name),
            None if name.starts_with("has-") => Some(Value::Flag(false)),
            None => Some(nothing()),
        };
    }
    Some(match (kind, name) {
        (Kind::Table, "release-sources") => release_sources(fill),
        (Kind::Table, "upcoming-releases") => upcoming(fill),
        (Kind::Table, "import-sources") => {
            let mut grid = Grid::new(&["Source", "Kind"]);
            fill.book.sources.iter().for_each(|s| grid.row([s.name.clone(), s.kind.clone()]));
            Value::Table(grid)
        }
        (Kind::Table, "imports") => imports(fill),
        (Kind::Table, "cycle-steps") => template_steps(fill, CycleKind::Monthly),
        (Kind::Table, "catch-up-steps") => template_steps(fill, CycleKind::CatchUp),
        (Kind::Table, "windows") => windows(fill),
        (Kind::Table, "closures") => closures(fill),
        (Kind::Table, "runbook") => runbook(fill),
        _ => return None,
    })
}

/// The chosen cycle, else the current one, else the next, else the newest.
pub(super) fn cycle_of<'a>(fill: &Fill<'a>) -> Option<&'a Cycle> {
    let book = fill.book;
    let chosen = fill.chosen.cycle.and_then(|id| book.cycles.get(id.0));
    let ahead = || {
        let open = book.cycles.iter().filter(|c| c.closed_at.is_none() && c.anchor_at >= fill.as_of_at);
        open.min_by_key(|cycle| (cycle.anchor_at, cycle.id))
    };
    let newest = || book.cycles.iter().max_by_key(|cycle| (cycle.anchor_at, cycle.id));
    chosen.or_else(|| current(book, fill.as_of_at)).or_else(ahead).or_else(newest)
}

fn nth(nth: i64) -> &'static str {
    match nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ => "last",
    }
}

fn months(months: &[u32]) -> String {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    if months.len() >= 12 {
        return "every month".to_owned();
    }
    let names: Vec<&str> = months.iter().filter_map(|m| NAMES.get(*m as usize - 1).copied()).collect();
    names.join(", ")
}

fn rule_words(rule: &ReleaseRule) -> String {
    let ordinal = if rule.nth < 0 { "last" } else { nth(rule.nth) };
    format!("{ordinal} {} of {}", rule.weekday.text(), months(&rule.months))
}

fn release_sources(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Vendor", "What", "Comes on", "Since", "Source"]);
    let in_force = |rule: &&ReleaseRule| {
        rule.ended_at.is_none() && rule.until_on.is_none_or(|until| until >= fill.today)
    };
    let mut rules: Vec<&ReleaseRule> = fill.book.release_rules.iter().filter(in_force).collect();
    rules.sort_by(|a, b| (&a.vendor, &a.title, a.id).cmp(&(&b.vendor, &b.title, b.id)));
    for rule in rules {
        let until = rule.until_on.map(|on| format!("until {}", clock::day_text(on)));
        let since: Vec<String> = rule.from_on.map(clock::day_text).into_iter().chain(until).collect();
        grid.row([
            rule.vendor.clone(),
            rule.title.clone(),
            format!("{}, {} {}", rule_words(rule), rule.time, rule.zone),
            since.join(", "),
            with_mark(&rule.source, rule.unconfirmed, "unconfirmed"),
        ]);
    }
    Value::Table(grid)
}

/// Words with a mark behind them where it holds: `Security Patch Day (unconfirmed)`.
fn with_mark(words: &str, holds: bool, mark: &str) -> String {
    if holds { format!("{words} ({mark})") } else { words.to_owned() }
}

fn upcoming(fill: &Fill<'_>) -> Value {
    let zero = cycle_of(fill).map_or(fill.as_of_at, |cycle| cycle.anchor_at);
    let mut grid = Grid::new(&["When", "Vendor", "What"]);
    for release in releases(fill.book, zero - 14 * clock::DAY_SECS, zero + 45 * clock::DAY_SECS) {
        let Some(at) = release.at else { continue };
        let what = with_mark(&release.title, release.unconfirmed, "unconfirmed");
        grid.row([time_text(fill.zone, at), release.vendor, what]);
    }
    Value::Table(grid)
}

fn imports(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Source", "Kind", "Newest report", "Last import", "Last synchronisation"]);
    let on = |at: Option<i64>| at.map(|at| time_text(fill.zone, at)).unwrap_or_default();
    for source in &fill.book.sources {
        let batches = || fill.book.live_batches().into_iter().filter(|b| b.source == source.id);
        grid.row([
            source.name.clone(),
            source.kind.clone(),
            on(batches().map(|batch| batch.as_of_at).max()),
            on(batches().map(|batch| batch.recorded_at).max()),
            on(source.synced_at),
        ]);
    }
    Value::Table(grid)
}

/// `D+3 21:00`, `first Friday from D+2, 21:00`, `24 hours after`.
pub(super) fn step_when(when: &StepWhen) -> String {
    let offset = |days: i64| match days {
        0 => "D".to_owned(),
        1.. => format!("D+{days}"),
        _ => format!("D\u{2212}{}", days.unsigned_abs()),
    };
    match when {
        StepWhen::Days { days, time } => format!("{} {time}", offset(*days)),
        StepWhen::Weekday { weekday, from_days, time } => {
            format!("first {} from {}, {time}", weekday.text(), offset(*from_days))
        }
        StepWhen::Hours { hours: 0 } => "at once".to_owned(),
        StepWhen::Hours { hours: 1 } => "1 hour after".to_owned(),
        StepWhen::Hours { hours } => format!("{hours} hours after"),
    }
}

/// The template of a kind that the next cycle is made from.
pub(super) fn template_of<'a>(fill: &Fill<'a>, kind: CycleKind) -> Option<&'a CycleTemplate> {
    fill.book.cycle_templates.iter().filter(|t| t.kind == kind && t.ended_at.is_none()).min_by_key(|t| t.id)
}

fn template_steps(fill: &Fill<'_>, kind: CycleKind) -> Value {
    let mut grid = Grid::new(&["Phase", "Step", "When", "Role", "Leaves behind"]);
    for step in template_of(fill, kind).iter().flat_map(|template| &template.steps) {
        grid.row([
            step.phase.text().to_owned(),
            with_mark(&step.title, step.milestone, "milestone"),
            step_when(&step.when),
            fill.role_name(step.role),
            step.document.clone(),
        ]);
    }
    Value::Table(grid)
}

fn recurs(fill: &Fill<'_>, recurs: &Recurs) -> String {
    match recurs {
        Recurs::Release { rule, days } => {
            let rule = fill.book.release_rules.get(rule.0).map_or("the vendor", |rule| rule.vendor.as_str());
            let apart = crate::util::text::counted(days.unsigned_abs(), "day", "days");
            match days {
                0 => format!("on the release day of {rule}"),
                1.. => format!("{apart} after the release of {rule}"),
                _ => format!("{apart} before the release of {rule}"),
            }
        }
        Recurs::Month { nth: n, weekday } => format!("{} {} of the month", nth(*n), Day::text(*weekday)),
        Recurs::Week { weekday } => format!("every {}", weekday.text()),
        Recurs::Once { on } => clock::day_text(*on),
    }
}

/// A window in a few words; its zone where it is not the shop's.
pub(super) fn window_short(fill: &Fill<'_>, window: &MaintenanceWindow) -> String {
    let elsewhere = !window.zone.is_empty() && window.zone != fill.book.shop.zone;
    let zone = if elsewhere { format!(" {}", window.zone) } else { String::new() };
    format!("{}, {}{zone}, {} minutes", recurs(fill, &window.recurs), window.start, window.minutes)
}

fn windows(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Group", "Window", "When", "Agreed", "Holds until"]);
    for group in fill.book.groups_in_order() {
        for window in fill.book.windows.iter().filter(|w| w.group == group.id && w.ended_at.is_none()) {
            grid.row([
                group.name.clone(),
                window.name.clone(),
                window_short(fill, window),
                agreement(fill, window),
                day_or(window.agreed_until_on),
            ]);
        }
    }
    Value::Table(grid)
}

/// Who agreed to a window, when, and what shows it.
fn agreement(fill: &Fill<'_>, window: &MaintenanceWindow) -> String {
    let by = fill.person(window.agreed_by);
    if by.is_empty() {
        return "not agreed".to_owned();
    }
    let evidence = evidence_text(&window.evidence_name, &window.evidence_sha256);
    let parts = [by, day_or(window.agreed_on), evidence];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn closures(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Name", "Kind", "When", "Effect", "Groups"]);
    let mut rows: Vec<_> = fill.book.closures.iter().filter(|c| c.ended_at.is_none()).collect();
    rows.sort_by_key(|closure| (closure.from_on, closure.id));
    for closure in rows {
        let (from, until) = (clock::day_text(closure.from_on), clock::day_text(closure.until_on));
        let days = if from == until { from } else { format!("{from} to {until}") };
        let when = if closure.yearly { format!("{days}, every year") } else { days };
        let groups: Vec<String> = closure.groups.iter().map(|id| fill.group(Some(*id))).collect();
        grid.row([
            closure.name.clone(),
            closure.kind.text().to_owned(),
            when,
            closure.effect.text().to_owned(),
            if groups.is_empty() { "all".to_owned() } else { groups.join(", ") },
        ]);
    }
    Value::Table(grid)
}

fn runbook(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Day", "Time", "Minutes", "Task", "Who"]);
    let book = fill.book.runbooks.iter().filter(|r| r.ended_at.is_none()).min_by_key(|r| r.id);
    for step in book.iter().flat_map(|runbook| &runbook.steps) {
        let task = if step.parts.is_empty() {
            step.task.clone()
        } else {
            format!("{}: {}", step.task, step.parts.join("; "))
        };
        let role = fill.role_name(step.role);
        let who: Vec<&str> = [role.as_str(), &step.team].into_iter().filter(|w| !w.is_empty()).collect();
        let group = fill.group(step.group);
        let whose = if group.is_empty() { String::new() } else { format!(" (for {group})") };
        grid.row([
            (step.day + 1).to_string(),
            step.time.clone(),
            step.minutes.to_string(),
            task,
            format!("{}{whose}", who.join(", ")),
        ]);
    }
    Value::Table(grid)
}

fn about(fill: &Fill<'_>, cycle: &Cycle, name: &str) -> Option<Value> {
    let time = |at: Option<i64>| at.map_or_else(nothing, |at| Value::Time(at, fill.zone));
    let keyed = |key: StepKey| {
        let steps = steps_of(fill.book, cycle.id).into_iter();
        steps.filter(move |s| s.key == Some(key) && s.skipped_because.is_empty()).map(|s| s.due_at)
    };
    Some(match name {
        "title" => text(&cycle.name),
        "release-at" => time(Some(cycle.anchor_at)),
        "has-cut-off" => Value::Flag(cycle.cutoff_at.is_some()),
        "cut-off-at" => time(cycle.cutoff_at),
        "has-night" => Value::Flag(keyed(StepKey::PatchNight).next().is_some()),
        "first-night-at" => time(keyed(StepKey::PatchNight).min()),
        "last-window-at" => {
            time(keyed(StepKey::LastWindow).max().or_else(|| keyed(StepKey::PatchNight).max()))
        }
        "phases" => strip(fill, cycle),
        "steps" => steps(fill, cycle, false),
        "steps-ahead" => steps(fill, cycle, true),
        "open-issues" => {
            let runs = fill.book.runs.iter().filter(|run| run.cycle == Some(cycle.id));
            let sheets = runs.filter_map(|run| Sheet::of(fill.book, run.id));
            Value::Bullets(sheets.flat_map(|s| s.open_issues()).map(|entry| entry.text.clone()).collect())
        }
        "exceptions" => exceptions(fill, cycle),
        _ => return super::change::about(fill, cycle, name),
    })
}

fn strip(fill: &Fill<'_>, cycle: &Cycle) -> Value {
    let progress = progress(fill.book, cycle, fill.as_of_at);
    let on = |at| clock::day_in(fill.zone, at);
    let phases = progress.phases.iter().filter_map(|view| {
        let days = || progress.steps.iter().filter(|s| s.phase == view.phase).map(|s| on(s.due_at));
        let standing = if progress.lit == Some(view.phase) {
            "current"
        } else if view.state == PhaseState::Done {
            "past"
        } else {
            "ahead"
        };
        Some((view.phase.text().to_owned(), days().min()?, days().max()?, standing.to_owned()))
    });
    let stones = progress.steps.iter().filter(|step| step.milestone);
    Value::Figure(Figure::Strip {
        phases: phases.collect(),
        milestones: stones.map(|step| (on(step.due_at), step.title.clone())).collect(),
    })
}

fn step_standing(fill: &Fill<'_>, step: &CycleStep) -> String {
    let mut words = match step.done_at {
        _ if !step.skipped_because.is_empty() => format!("left out: {}", step.skipped_because),
        Some(at) => format!("done {}{}", fill.day(at), if at > step.due_at { ", late" } else { "" }),
        None if step.due_at <= fill.as_of_at => "late".to_owned(),
        None => "open".to_owned(),
    };
    if !step.shifted_because.is_empty() {
        words = format!("{words}; {}", step.shifted_because);
    }
    words
}

/// The steps of a cycle, or those of them that nobody has done and nobody left out.
fn steps(fill: &Fill<'_>, cycle: &Cycle, ahead: bool) -> Value {
    let mut grid = Grid::new(&["When", "Step", "Who", "Leaves behind", "Standing"]);
    let zero = clock::day_in(fill.zone, cycle.anchor_at).num_days_from_ce();
    let open = |step: &&CycleStep| step.done_at.is_none() && step.skipped_because.is_empty();
    for step in steps_of(fill.book, cycle.id).into_iter().filter(|step| !ahead || open(step)) {
        let days = clock::day_in(fill.zone, step.due_at).num_days_from_ce() - zero;
        let away = if days == 0 { "day 0".to_owned() } else { format!("day {days:+}") };
        grid.row([
            format!("{}, {away}", time_text(fill.zone, step.due_at)),
            step.title.clone(),
            step_who(fill, step),
            step.document.clone(),
            step_standing(fill, step),
        ]);
    }
    Value::Table(grid)
}

/// `Patching coordinator: Ines Hartmann, else Tomasz Lis`.
fn step_who(fill: &Fill<'_>, step: &CycleStep) -> String {
    let (role, person, deputy) =
        (fill.role_name(step.role), fill.person(step.person), fill.person(step.deputy));
    let people: Vec<String> = [person, deputy].into_iter().filter(|name| !name.is_empty()).collect();
    match (role.is_empty(), people.is_empty()) {
        (_, true) => role,
        (true, false) => people.join(", else "),
        (false, false) => format!("{role}: {}", people.join(", else ")),
    }
}

fn exceptions(fill: &Fill<'_>, cycle: &Cycle) -> Value {
    let mut grid = Grid::new(&["Waiver", "Machines", "Updates", "Reason", "Standing"]);
    for request in fill.book.waiver_requests.iter().filter(|request| request.cycle == Some(cycle.id)) {
        let standing = crate::domain::waiver::state::standing(fill.view(), request);
        grid.row([
            request.number.clone(),
            super::change::assets(fill, &request.assets),
            super::change::updates(fill, &request.updates),
            request.reason_class.text().to_owned(),
            with_mark(standing.map_or("", |s| s.state.text()), is_late(fill.book, request), "asked late"),
        ]);
    }
    Value::Table(grid)
}
