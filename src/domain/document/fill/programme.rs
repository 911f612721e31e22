//! The lists of the programme as tables. Counts and standings come from the programme itself; here are only the columns.

use chrono::NaiveDate;

use super::{Fill, nothing, text};
use crate::domain::cycle::CycleKind;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::programme::applicability::{counts, gaps, reason};
use crate::domain::programme::list::field;
use crate::domain::programme::objection::{OwnFigure, answering, own_figures};
use crate::domain::programme::progress::coverage;
use crate::domain::programme::table::{entries, shown};
use crate::domain::programme::{ProgrammeEntry, ProgrammeKind};
use crate::util::clock;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    if let Some((of, head, fields)) = plain(name)
        && kind == Kind::Table
    {
        return Some(list(fill, of, head, fields));
    }
    Some(match (kind, name) {
        (Kind::Table, "programme-steps") => steps(fill),
        (Kind::Table, "laws") => laws(fill),
        (_, "records.keep-years") => keep_years(fill).map_or_else(nothing, Value::Number),
        (_, "has.keep-years") => Value::Flag(keep_years(fill).is_some()),
        (Kind::Table, "controls") => controls(fill),
        (Kind::Table, "gaps") => open_gaps(fill),
        (Kind::Table, "control-counts") => control_counts(fill),
        (Kind::Table, "training-plan") => training_plan(fill),
        (Kind::Table, "training-due") => training_due(fill),
        (Kind::Table, "training-log") => training_log(fill),
        (Kind::Table, "breaches") => breaches(fill),
        (_, "breach.is-quoted") => Value::Flag(quoted(fill).is_some()),
        (_, "breach.quoted") => quoted(fill).map_or_else(nothing, |row| text(breach_sentence(fill, row))),
        (Kind::Table, "stakeholders") => stakeholders(fill),
        (Kind::Table, "objections") => objections(fill),
        (Kind::Table, "own-figures") => {
            let mut grid = Grid::new(&["Figure", "Last 12 months"]);
            for figure in figures(fill) {
                grid.row([figure.name.to_owned(), figure.value]);
            }
            Value::Table(grid)
        }
        _ => return None,
    })
}

/// List, titles and fields of a table.
type Plain = (ProgrammeKind, &'static [&'static str], &'static [&'static str]);

/// Tables that print fields as they stand.
fn plain(name: &str) -> Option<Plain> {
    use ProgrammeKind as P;
    Some(match name {
        "scope-phases" => (
            P::ScopePhase,
            &["Phase", "What", "Begins", "Ends", "Status"],
            &["name", "what", "from_on", "until_on", "status"],
        ),
        "integrations" => (
            P::Integration,
            &["Process", "What comes in", "What goes out", "How", "Owner"],
            &["process", "inputs", "outputs", "how", "owner"],
        ),
        "maturity" => (
            P::Maturity,
            &["Step", "Stage", "Today", "Aim", "Next", "By"],
            &["step", "stage", "today", "aim", "next", "by_on"],
        ),
        "tools" => (
            P::Tool,
            &["Product", "Vendor", "Class", "Covers", "Licence", "Cost a year", "Owner"],
            &["product", "vendor", "class", "covers", "licence", "cost_year", "owner"],
        ),
        "permissions" => (
            P::Permission,
            &["Who", "Where", "May", "Control", "Evidence"],
            &["who", "where", "may", "control", "evidence"],
        ),
        _ => return None,
    })
}

fn cell(fill: &Fill<'_>, row: &ProgrammeEntry, name: &str) -> String {
    field(row.kind, name).map_or_else(String::new, |field| shown(fill.book, field, row.get(name), fill.today))
}

fn cells(fill: &Fill<'_>, row: &ProgrammeEntry, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| cell(fill, row, name)).collect()
}

fn list(fill: &Fill<'_>, kind: ProgrammeKind, head: &[&str], fields: &[&str]) -> Value {
    let mut grid = Grid::new(head);
    for row in entries(fill.book, kind) {
        grid.row(cells(fill, row, fields));
    }
    Value::Table(grid)
}

/// A reference that nobody has read at its publisher says so.
fn marked(fill: &Fill<'_>, row: &ProgrammeEntry, name: &str) -> String {
    let value = cell(fill, row, name);
    if value.is_empty() || row.says("mark", "confirmed") { value } else { format!("{value} (verify)") }
}

fn steps(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["No.", "Step", "What", "What comes of it", "Clause", "Owner", "Status"]);
    for (at, row) in entries(fill.book, ProgrammeKind::Step).into_iter().enumerate() {
        let mut line = vec![(at + 1).to_string()];
        line.push(format!("{} ({})", cell(fill, row, "name"), cell(fill, row, "phase")));
        line.extend(cells(fill, row, &["what", "artefact"]));
        line.push(marked(fill, row, "clause"));
        line.push(cell(fill, row, "owner"));
        line.push(shown_by(fill, row, "status"));
        grid.row(line);
    }
    Value::Table(grid)
}

/// How something stands, with the evidence, or that there is none, and the day on which it was checked.
fn shown_by(fill: &Fill<'_>, row: &ProgrammeEntry, name: &str) -> String {
    let standing = cell(fill, row, name);
    let (evidence, checked) = (cell(fill, row, "evidence"), cell(fill, row, "checked_on"));
    let evidence = match evidence.as_str() {
        "" => "no evidence".to_owned(),
        evidence => format!("evidence: {evidence}"),
    };
    let checked = if checked.is_empty() { String::new() } else { format!(", checked {checked}") };
    if standing.is_empty() {
        format!("{evidence}{checked}")
    } else {
        format!("{standing}; {evidence}{checked}")
    }
}

fn applying_laws<'a>(fill: &Fill<'a>) -> Vec<&'a ProgrammeEntry> {
    entries(fill.book, ProgrammeKind::Law).into_iter().filter(|row| row.says("applies", "yes")).collect()
}

fn laws(fill: &Fill<'_>) -> Value {
    let mut grid =
        Grid::new(&["Law or standard", "Clause", "Asks for", "Answered by", "Records kept, years"]);
    for row in applying_laws(fill) {
        let mut line = vec![cell(fill, row, "name"), marked(fill, row, "clause")];
        line.extend(cells(fill, row, &["asks", "answered_by", "keep_years"]));
        grid.row(line);
    }
    Value::Table(grid)
}

fn keep_years(fill: &Fill<'_>) -> Option<i64> {
    applying_laws(fill).into_iter().filter_map(|row| row.number("keep_years")).max()
}

fn controls(fill: &Fill<'_>) -> Value {
    let mut grid =
        Grid::new(&["Control", "Asks for", "Applies", "How it is carried out", "Owner", "Standing"]);
    for row in entries(fill.book, ProgrammeKind::Control) {
        let [applies, reason] = [cell(fill, row, "applies"), reason(row).to_owned()];
        grid.row([
            format!("{} {}", cell(fill, row, "framework"), marked(fill, row, "code")),
            cell(fill, row, "title"),
            if reason.is_empty() { applies } else { format!("{applies}: {reason}") },
            cell(fill, row, "how"),
            cell(fill, row, "owner"),
            shown_by(fill, row, "implemented"),
        ]);
    }
    Value::Table(grid)
}

fn open_gaps(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Control", "Required and today", "Gap", "Risk", "Action", "Standing"]);
    let told = |parts: &[(&str, String)]| {
        let known = parts.iter().filter(|(_, value)| !value.is_empty());
        known.map(|(before, value)| format!("{before}{value}")).collect::<Vec<_>>().join("; ")
    };
    for row in gaps(fill.book) {
        let of = |name: &str| cell(fill, row, name);
        grid.row([
            format!("{} {}", of("framework"), marked(fill, row, "code")),
            told(&[("required: ", of("required")), ("today: ", of("today"))]),
            of("gap"),
            told(&[("likelihood ", of("likelihood")), ("impact ", of("impact"))]),
            told(&[
                ("", of("action")),
                ("by ", of("action_owner")),
                ("due ", of("due_on")),
                ("cost ", of("cost")),
            ]),
            told(&[("", of("gap_status")), ("tested again ", of("tested_on"))]),
        ]);
    }
    Value::Table(grid)
}

fn control_counts(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&[
        "Framework",
        "Controls",
        "Apply",
        "Not decided",
        "Implemented",
        "Partly",
        "Not",
        "Not checked",
    ]);
    let all = entries(fill.book, ProgrammeKind::Control);
    for (framework, of) in counts(fill.book) {
        let open = all.iter().filter(|row| row.get("framework") == framework);
        let open =
            open.filter(|row| !row.says("applies", "yes") && !row.says("applies", "no")).count() as u64;
        let counts = [of.all, of.apply, open, of.implemented, of.partly, of.not, of.unchecked];
        grid.row(std::iter::once(framework).chain(counts.map(|count| count.to_string())));
    }
    if grid.rows.is_empty() {
        grid.row(std::iter::once("No control is entered").chain(["0"; 7]));
    }
    Value::Table(grid)
}

fn training_plan(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Audience", "Topic", "Every so many months", "Trainer"]);
    let planned = entries(fill.book, ProgrammeKind::Training).into_iter();
    for row in planned.filter(|row| row.get("held_on").is_empty()) {
        grid.row(cells(fill, row, &["audience", "topic", "every_months", "trainer"]));
    }
    Value::Table(grid)
}

/// Trainings that are due and for which no day to come is planned.
fn training_due(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Audience", "Topic", "Last held", "Due"]);
    let of = |row: &ProgrammeEntry| (row.get("audience").to_owned(), row.get("topic").to_owned());
    for one in coverage(fill.book, fill.today).into_iter().filter(|c| c.overdue && c.planned_on.is_none()) {
        let rows = entries(fill.book, ProgrammeKind::Training).into_iter();
        let named = rows.filter(|row| of(row) == (one.audience.clone(), one.topic.clone()));
        let audience = named.map(|row| cell(fill, row, "audience")).next().unwrap_or_default();
        let last = one.last_on.map_or_else(|| "never".to_owned(), clock::day_text);
        let due = one.due_on.map_or_else(|| "now".to_owned(), clock::day_text);
        grid.row([audience, one.topic, last, due]);
    }
    Value::Table(grid)
}

fn training_log(fill: &Fill<'_>) -> Value {
    let mut grid =
        Grid::new(&["Held on", "Audience and topic", "Attended by", "Trainer", "Evidence", "Result"]);
    let mut held: Vec<(NaiveDate, Vec<String>)> = Vec::new();
    for row in entries(fill.book, ProgrammeKind::Training) {
        let Some(on) = row.day("held_on") else { continue };
        let of = |name: &str| cell(fill, row, name);
        let mut line = vec![of("held_on"), format!("{}: {}", of("audience"), of("topic"))];
        line.extend(["attended", "trainer", "evidence", "result"].map(of));
        held.push((on, line));
    }
    for cycle in fill.book.cycles.iter().filter(|cycle| cycle.kind == CycleKind::Emergency && cycle.drill) {
        let Some(closed_at) = cycle.closed_at else { continue };
        let on = clock::day_in(fill.zone, closed_at);
        let words = ["Maintenance: emergency drill", "", &cycle.closed_by, &cycle.name, ""];
        let line = std::iter::once(clock::day_text(on)).chain(words.map(str::to_owned));
        held.push((on, line.collect()));
    }
    held.sort_by_key(|(on, _)| *on);
    for (_, line) in held {
        grid.row(line);
    }
    Value::Table(grid)
}

fn source(fill: &Fill<'_>, row: &ProgrammeEntry) -> String {
    let parts = [cell(fill, row, "source"), cell(fill, row, "source_on")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn breaches(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["When", "Who", "What happened", "Cause", "Update known", "Loss", "Source"]);
    for row in entries(fill.book, ProgrammeKind::Breach) {
        let (who, business) = (cell(fill, row, "who"), cell(fill, row, "line"));
        let mut line = vec![cell(fill, row, "happened")];
        line.push(if business.is_empty() { who } else { format!("{who} ({business})") });
        line.extend(cells(fill, row, &["what", "cause", "update_known", "loss"]));
        let mark = if row.says("mark", "confirmed") { "confirmed" } else { "verify" };
        line.push(format!("{} ({mark})", source(fill, row)));
        grid.row(line);
    }
    Value::Table(grid)
}

fn quoted<'a>(fill: &Fill<'a>) -> Option<&'a ProgrammeEntry> {
    entries(fill.book, ProgrammeKind::Breach).into_iter().find(|row| row.says("quote", "yes"))
}

fn breach_sentence(fill: &Fill<'_>, row: &ProgrammeEntry) -> String {
    let [when, who, what, loss] = ["happened", "who", "what", "loss"].map(|name| cell(fill, row, name));
    let mark = if row.says("mark", "confirmed") { "" } else { "; verify" };
    let what = what.trim_end_matches('.');
    format!("{when}, {who}: {what}. Loss: {loss}. Source: {}{mark}.", source(fill, row))
}

fn stakeholders(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Name", "Function", "Stands", "Last said", "Next talk", "Owner"]);
    let rows = entries(fill.book, ProgrammeKind::Stakeholder).into_iter();
    for row in rows.filter(|row| !row.get("name").is_empty()) {
        grid.row(cells(fill, row, &["name", "function", "stands", "said", "next_on", "owner"]));
    }
    Value::Table(grid)
}

fn figures(fill: &Fill<'_>) -> Vec<OwnFigure> {
    own_figures(fill.view(), super::case::chosen(fill))
}

/// A value without its details, which stand in the table of own figures.
fn short(value: &str) -> &str {
    value.split([';', '(']).next().map_or(value, str::trim).trim_end_matches(',')
}

fn objections(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Function", "Objection", "Own figures", "Answer"]);
    let known = figures(fill);
    let rows = entries(fill.book, ProgrammeKind::Stakeholder).into_iter();
    for row in rows.filter(|row| !row.get("objection").is_empty()) {
        let figures: Vec<String> = answering(row, &known)
            .into_iter()
            .map(|figure| format!("{}: {}", figure.name, short(&figure.value)))
            .collect();
        let [function, objection, answer] = ["function", "objection", "answer"].map(|n| cell(fill, row, n));
        grid.row([function, objection, figures.join("; "), answer]);
    }
    Value::Table(grid)
}
