//! The lists of the programme as tables.

use chrono::NaiveDate;

use super::{Fill, nothing, text};
use crate::domain::cycle::CycleKind;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::programme::{ProgrammeEntry, ProgrammeKind};

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    use ProgrammeKind as P;
    let list = |of: P, columns: &[(&str, &str)]| table(fill, of, columns, |_| true);
    Some(match (kind, name) {
        (Kind::Table, "programme-steps") => list(
            P::Step,
            &[
                ("Step", "name"),
                ("Phase", "phase"),
                ("What", "what"),
                ("Owner", "owner"),
                ("Status", "status"),
                ("Evidence", "evidence"),
                ("Date", "checked_on"),
            ],
        ),
        (Kind::Table, "scope-phases") => list(
            P::ScopePhase,
            &[
                ("Phase", "name"),
                ("What", "what"),
                ("Begins", "from_on"),
                ("Ends", "until_on"),
                ("Status", "status"),
            ],
        ),
        (Kind::Table, "integrations") => list(
            P::Integration,
            &[
                ("Process", "process"),
                ("Gives us", "inputs"),
                ("Gets from us", "outputs"),
                ("Owner", "owner"),
                ("How", "how"),
            ],
        ),
        (Kind::Table, "maturity") => list(
            P::Maturity,
            &[("Step", "step"), ("Stage", "stage"), ("Today", "today"), ("Aim", "aim"), ("By", "by_on")],
        ),
        (Kind::Table, "tools") => list(
            P::Tool,
            &[
                ("Product", "product"),
                ("Vendor", "vendor"),
                ("Class", "class"),
                ("Covers", "covers"),
                ("Licence", "licence"),
                ("Cost a year", "cost_year"),
                ("Owner", "owner"),
            ],
        ),
        (Kind::Table, "permissions") => list(
            P::Permission,
            &[
                ("Who", "who"),
                ("Where", "where"),
                ("May", "may"),
                ("Control", "control"),
                ("Evidence", "evidence"),
            ],
        ),
        (Kind::Table, "laws") => table(
            fill,
            P::Law,
            &[
                ("Law or standard", "name"),
                ("Clause", "clause"),
                ("Asks for", "asks"),
                ("Here", "answered_by"),
                ("Keep years", "keep_years"),
                ("Mark", "mark"),
            ],
            |row| field(row, "applies") == "yes",
        ),
        (_, "records.keep-years") => keep_years(fill).map_or_else(nothing, Value::Number),
        (_, "has.keep-years") => Value::Flag(keep_years(fill).is_some()),
        _ => return controls(fill, kind, name).or_else(|| people(fill, kind, name)),
    })
}

fn controls(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    Some(match (kind, name) {
        (Kind::Table, "controls") => {
            let mut grid = Grid::new(&[
                "Code",
                "Framework",
                "Title",
                "Applies",
                "Reason",
                "Implemented",
                "How",
                "Owner",
                "Evidence",
                "Checked on",
            ]);
            for row in rows(fill, ProgrammeKind::Control) {
                let reason = if field(row, "applies") == "no" { "reason_out" } else { "reason_in" };
                grid.row(
                    [
                        "code",
                        "framework",
                        "title",
                        "applies",
                        reason,
                        "implemented",
                        "how",
                        "owner",
                        "evidence",
                        "checked_on",
                    ]
                    .map(|name| cell(row, name)),
                );
            }
            Value::Table(grid)
        }
        (Kind::Table, "gaps") => table(
            fill,
            ProgrammeKind::Control,
            &[
                ("Code", "code"),
                ("Required", "required"),
                ("Today", "today"),
                ("Gap", "gap"),
                ("Likelihood", "likelihood"),
                ("Impact", "impact"),
                ("Action", "action"),
                ("Owner", "action_owner"),
                ("Due", "due_on"),
                ("Cost", "cost"),
                ("Status", "gap_status"),
                ("Tested again", "tested_on"),
            ],
            |row| field(row, "applies") == "yes" && field(row, "implemented") != "yes",
        ),
        (Kind::Table, "control-counts") => control_counts(fill),
        _ => return None,
    })
}

fn people(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    use ProgrammeKind as P;
    Some(match (kind, name) {
        (Kind::Table, "training-plan") => table(
            fill,
            P::Training,
            &[
                ("Audience", "audience"),
                ("Topic", "topic"),
                ("Every so many months", "every_months"),
                ("Trainer", "trainer"),
                ("Next", "next_on"),
            ],
            |row| field(row, "held_on").is_empty(),
        ),
        (Kind::Table, "training-due") => training_due(fill),
        (Kind::Table, "training-log") => training_log(fill),
        (Kind::Table, "breaches") => table(
            fill,
            P::Breach,
            &[
                ("When", "happened"),
                ("Who", "who"),
                ("Line of business", "line"),
                ("What happened", "what"),
                ("Cause", "cause"),
                ("Loss", "loss"),
                ("Source", "source"),
                ("Date of source", "source_on"),
                ("Mark", "mark"),
            ],
            |_| true,
        ),
        (_, "breach.is-quoted") => Value::Flag(quoted(fill).is_some()),
        (_, "breach.quoted") => quoted(fill).map_or_else(nothing, |row| {
            let mark = if field(row, "mark") == "confirmed" { "" } else { "; verify" };
            let [when, who, what, loss, source, source_on] =
                ["happened", "who", "what", "loss", "source", "source_on"].map(|name| cell(row, name));
            text(format!("{when}, {who}: {what} Loss: {loss}. Source: {source}, {source_on}{mark}."))
        }),
        (Kind::Table, "stakeholders") => table(
            fill,
            P::Stakeholder,
            &[
                ("Name", "name"),
                ("Function", "function"),
                ("Stands", "stands"),
                ("Objection", "objection"),
                ("Next talk", "next_on"),
                ("Owner", "owner"),
            ],
            |row| !field(row, "name").is_empty(),
        ),
        (Kind::Table, "objections") => objections(fill),
        (Kind::Table, "own-figures") => {
            let mut grid = Grid::new(&["Figure", "Last 12 months"]);
            super::own::figures(fill).into_iter().for_each(|(_, name, value)| grid.row([name, value]));
            Value::Table(grid)
        }
        _ => return None,
    })
}

/// The rows of a list in their order.
fn rows<'a>(fill: &Fill<'a>, kind: ProgrammeKind) -> Vec<&'a ProgrammeEntry> {
    let mut rows: Vec<&ProgrammeEntry> =
        fill.book.programme.iter().filter(|row| row.kind == kind && row.ended_at.is_none()).collect();
    rows.sort_by_key(|row| (row.position, row.id));
    rows
}

fn field<'a>(row: &'a ProgrammeEntry, name: &str) -> &'a str {
    row.fields.get(name).map_or("", |value| value.trim())
}

/// A field as it is printed: dates in words.
fn cell(row: &ProgrammeEntry, name: &str) -> String {
    let value = field(row, name);
    let day = if name.ends_with("_on") { value.parse::<NaiveDate>().ok() } else { None };
    day.map_or_else(|| value.to_owned(), crate::util::clock::day_text)
}

fn table(
    fill: &Fill<'_>,
    kind: ProgrammeKind,
    columns: &[(&str, &str)],
    wanted: fn(&ProgrammeEntry) -> bool,
) -> Value {
    let mut grid = Grid::new(&columns.iter().map(|(title, _)| *title).collect::<Vec<_>>());
    for row in rows(fill, kind).into_iter().filter(|row| wanted(row)) {
        grid.row(columns.iter().map(|(_, name)| cell(row, name)));
    }
    Value::Table(grid)
}

fn keep_years(fill: &Fill<'_>) -> Option<i64> {
    let laws = rows(fill, ProgrammeKind::Law).into_iter().filter(|row| field(row, "applies") == "yes");
    laws.filter_map(|row| field(row, "keep_years").parse().ok()).max()
}

fn control_counts(fill: &Fill<'_>) -> Value {
    let mut grid =
        Grid::new(&["Framework", "Controls", "Apply", "Implemented", "Partly", "Not", "Not checked"]);
    let all = rows(fill, ProgrammeKind::Control);
    if all.is_empty() {
        grid.row(std::iter::once("none entered".to_owned()).chain(std::iter::repeat_n("0".to_owned(), 6)));
    }
    let mut frameworks: Vec<&str> = Vec::new();
    for row in &all {
        if !frameworks.contains(&field(row, "framework")) {
            frameworks.push(field(row, "framework"));
        }
    }
    for framework in frameworks {
        let of = || all.iter().filter(|row| field(row, "framework") == framework);
        let applying = || of().filter(|row| field(row, "applies") == "yes");
        let is = |word: &str| applying().filter(|row| field(row, "implemented") == word).count();
        let (yes, partly, no) = (is("yes"), is("partly"), is("no"));
        let apply = applying().count();
        let counts = [of().count(), apply, yes, partly, no, apply - yes - partly - no];
        grid.row(std::iter::once(framework.to_owned()).chain(counts.map(|count| count.to_string())));
    }
    Value::Table(grid)
}

/// Trainings of the plan whose date has passed, or that have none.
fn training_due(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Audience", "Topic", "Last held", "Due"]);
    let all = rows(fill, ProgrammeKind::Training);
    for plan in all.iter().filter(|row| field(row, "held_on").is_empty()) {
        let same = |row: &&&ProgrammeEntry| {
            field(row, "audience") == field(plan, "audience") && field(row, "topic") == field(plan, "topic")
        };
        let held = all.iter().filter(same).filter_map(|row| field(row, "held_on").parse::<NaiveDate>().ok());
        let last = held.max();
        let months = field(plan, "every_months").parse::<u32>().ok();
        let repeated = last.zip(months).and_then(|(on, n)| on.checked_add_months(chrono::Months::new(n)));
        let due = field(plan, "next_on").parse::<NaiveDate>().ok().or(repeated);
        if due.is_none_or(|due| due <= fill.today) {
            let words = due.map_or_else(|| "no date is set".to_owned(), crate::util::clock::day_text);
            let last = last.map_or_else(|| "never".to_owned(), crate::util::clock::day_text);
            grid.row([cell(plan, "audience"), cell(plan, "topic"), last, words]);
        }
    }
    Value::Table(grid)
}

fn training_log(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Held on", "Audience", "Topic", "Attended by", "Trainer", "Evidence"]);
    let mut held: Vec<(NaiveDate, [String; 6])> = Vec::new();
    for row in rows(fill, ProgrammeKind::Training) {
        let Ok(on) = field(row, "held_on").parse::<NaiveDate>() else { continue };
        let cells = ["held_on", "audience", "topic", "attended", "trainer", "evidence"];
        held.push((on, cells.map(|name| cell(row, name))));
    }
    for cycle in fill.book.cycles.iter().filter(|c| c.kind == CycleKind::Emergency && c.drill) {
        let Some(closed_at) = cycle.closed_at else { continue };
        let on = crate::util::clock::day_in(fill.zone, closed_at);
        let words =
            [&crate::util::clock::day_text(on), "maintenance", "Emergency drill", "", &cycle.closed_by];
        let [a, b, c, d, e] = words.map(str::to_owned);
        held.push((on, [a, b, c, d, e, cycle.name.clone()]));
    }
    held.sort_by_key(|(on, _)| *on);
    held.into_iter().for_each(|(_, cells)| grid.row(cells));
    Value::Table(grid)
}

fn quoted<'a>(fill: &Fill<'a>) -> Option<&'a ProgrammeEntry> {
    rows(fill, ProgrammeKind::Breach).into_iter().find(|row| field(row, "quote") == "yes")
}

fn objections(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Objection", "Own figures", "Answer"]);
    let known = super::own::figures(fill);
    for row in
        rows(fill, ProgrammeKind::Stakeholder).into_iter().filter(|r| !field(r, "objection").is_empty())
    {
        let named = field(row, "figures").split(',').map(str::trim).filter(|id| !id.is_empty());
        let figures = named.map(|id| match known.iter().find(|(known, ..)| *known == id) {
            Some((_, name, value)) => format!("{name}: {value}"),
            None => format!("{id}: not counted"),
        });
        grid.row([cell(row, "objection"), figures.collect::<Vec<_>>().join("; "), cell(row, "answer")]);
    }
    Value::Table(grid)
}
