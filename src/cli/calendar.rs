//! The calendar on the console: what happens when, what is wrong with the schedule, whether it keeps the deadlines.

mod edit;

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Value, json};

use super::file::open;
use super::output::{Output, columns};
use crate::app::{Context, Error, ErrorKind, calendar as writing};
use crate::domain::book::Book;
use crate::domain::calendar::agenda::{What, agenda};
use crate::domain::calendar::expected::month_named;
use crate::domain::compliance::view::View;
use crate::domain::cycle::forecast::{Forecast, Outcome, forecast as look_ahead};
use crate::domain::cycle::lint::lint as look_for;
use crate::domain::cycle::lint::people::workload;
use crate::domain::cycle::reminder::reminder;
use crate::store::Access;
use crate::util::clock::{day_in, day_text, instant_of, text_in, zone};
use crate::util::text::{count, counted};

/// What can be seen of the calendar.
#[derive(Debug, Subcommand)]
pub enum CalendarAction {
    /// List releases, windows, closures, steps and ends of servicing
    List(List),
    /// Write them as an iCalendar file for calendar programs
    Ics(Ics),
    /// Put a holiday or freeze on the calendar
    Closure(edit::AddClosure),
    /// Put a maintenance window of a patch group on the calendar
    Window(Box<edit::AddWindow>),
    /// Move or drop the release of one month
    Move(edit::MoveRelease),
    /// Take a window, a holiday, a freeze or a release rule off the calendar
    End(edit::End),
}

/// Arguments of `calendar list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// How many months
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=36))]
    pub months: u32,
    /// First month, such as 2026-12; this month if absent
    #[arg(long, value_name = "MONTH")]
    pub from: Option<String>,
    /// Only one kind: release, window, closure, step, `support_end`
    #[arg(long, value_name = "KIND")]
    pub only: Option<String>,
}

/// Arguments of `calendar ics`.
#[derive(Debug, clap::Args)]
pub struct Ics {
    /// The register
    pub file: PathBuf,
    /// The calendar file; replaced if it exists
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Arguments of `lint`.
#[derive(Debug, clap::Args)]
pub struct Lint {
    /// The register
    pub file: PathBuf,
    /// First month, such as 2026-12; this month if absent
    #[arg(long, value_name = "MONTH")]
    pub from: Option<String>,
    /// How many months
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=24))]
    pub months: u32,
}

/// Arguments of `forecast`.
#[derive(Debug, clap::Args)]
pub struct ForecastArgs {
    /// The register
    pub file: PathBuf,
}

pub(super) fn calendar(action: &CalendarAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        CalendarAction::List(args) => list(args, context, output),
        CalendarAction::Ics(args) => ics(args, context, output),
        CalendarAction::Closure(args) => edit::closure(args, context, output),
        CalendarAction::Window(args) => edit::window(args, context, output),
        CalendarAction::Move(args) => edit::move_release(args, context, output),
        CalendarAction::End(args) => edit::end(args, context, output),
    }
}

/// The span of so many months from a month, UTC seconds.
fn span(book: &Book, now: i64, from: Option<&str>, months: u32) -> Result<(i64, i64), Error> {
    let shop = zone(&book.shop.zone);
    let first = if let Some(text) = from {
        month_named(text).map_err(|text| Error::new(ErrorKind::Input, text, ""))?
    } else {
        let today = day_in(shop, now);
        today - chrono::TimeDelta::days(i64::from(chrono::Datelike::day0(&today)))
    };
    let last = first.checked_add_months(chrono::Months::new(months)).unwrap_or(first);
    let at = |day: NaiveDate| instant_of(shop, day.and_time(chrono::NaiveTime::MIN));
    Ok((at(first), at(last)))
}

fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let shop = zone(&book.shop.zone);
    let (from_at, to_at) = span(book, engine.context().clock.now_at(), args.from.as_deref(), args.months)?;
    let only = args.only.as_deref().map(kind_of).transpose()?;
    let mut items = agenda(book, from_at, to_at);
    items.retain(|item| only.is_none_or(|only| only == item.what));
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            let when = match item.days {
                Some((first, last)) if first == last => day_text(first),
                Some((first, last)) => format!("{} to {}", day_text(first), day_text(last)),
                None => text_in(shop, item.from_at),
            };
            vec![when, item.what.text().to_owned(), item.title.clone(), item.notes.join("; ")]
        })
        .collect();
    let values: Vec<Value> = items
        .iter()
        .map(|item| {
            json!({ "key": item.key, "kind": item.what.word(), "from_at": item.from_at, "until_at": item.until_at,
                    "days": item.days.map(|(first, last)| [first.to_string(), last.to_string()]),
                    "title": item.title, "notes": item.notes, "over": item.over })
        })
        .collect();
    let text = if rows.is_empty() {
        "Nothing is on the calendar in these months.".to_owned()
    } else {
        columns(&["When", "What", "Title", "Remarks"], &rows)
    };
    output.result(&text, &Value::Array(values));
    Ok(())
}

fn kind_of(word: &str) -> Result<What, Error> {
    What::of_word(&word.replace('-', "_")).ok_or_else(|| {
        let all: Vec<&str> = What::ALL.iter().map(|what| what.word()).collect();
        Error::new(ErrorKind::Input, format!("{word} is no kind: {}", all.join(", ")), "")
    })
}

fn ics(args: &Ics, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let written = writing::write_ics(&engine, &args.out)?;
    let entries = counted(written.entries as u64, "entry", "entries");
    output.result(
        &format!("Wrote {entries}: {}", args.out.display()),
        &json!({ "file": args.out, "entries": written.entries }),
    );
    Ok(())
}

pub(super) fn lint(args: &Lint, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let shop = zone(&book.shop.zone);
    let (from_at, to_at) = span(book, now, args.from.as_deref(), args.months)?;
    let view = View::new(book, now);
    let findings = look_for(&view, from_at, to_at);
    let names = |ids: &[crate::domain::asset::AssetId]| {
        ids.iter().filter_map(|id| book.assets.get(id.0)).map(|asset| asset.name.clone()).collect::<Vec<_>>()
    };
    let people = |ids: &[crate::domain::person::PersonId]| {
        ids.iter().map(|id| book.person_name(Some(*id)).to_owned()).collect::<Vec<_>>()
    };
    let groups = |ids: &[crate::domain::group::GroupId]| {
        ids.iter().filter_map(|id| book.groups.get(id.0)).map(|group| group.name.clone()).collect::<Vec<_>>()
    };
    let mut text = if findings.is_empty() {
        "Nothing is wrong with the schedule, as far as the register can tell.".to_owned()
    } else {
        let lines = findings.iter().map(|finding| format!("{}: {}", finding.kind.text(), finding.text));
        format!(
            "{}\n{} in all",
            lines.collect::<Vec<_>>().join("\n"),
            counted(findings.len() as u64, "finding", "findings")
        )
    };
    let loads = workload(book, from_at, to_at);
    if !loads.is_empty() {
        let rows: Vec<Vec<String>> = loads
            .iter()
            .map(|load| {
                vec![
                    book.person_name(Some(load.person)).to_owned(),
                    count(load.nights.len() as u64),
                    count(load.weekends.len() as u64),
                    count(load.longest_run as u64),
                ]
            })
            .collect();
        let _infallible =
            write!(text, "\n\n{}", columns(&["Person", "#Nights", "#Weekends", "#In a row"], &rows));
    }
    let value = json!({
        "findings": findings.iter().map(|f| json!({
            "kind": f.kind.word(), "text": f.text, "assets": names(&f.assets), "people": people(&f.people),
            "groups": groups(&f.groups), "at": f.at, "when": f.at.map(|at| text_in(shop, at)),
        })).collect::<Vec<_>>(),
        "workload": loads.iter().map(|load| json!({
            "person": book.person_name(Some(load.person)), "nights": load.nights, "weekends": load.weekends,
            "weekends_in_a_row": load.longest_run,
        })).collect::<Vec<_>>(),
    });
    output.result(&text, &value);
    Ok(())
}

pub(super) fn forecast(args: &ForecastArgs, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let seen = look_ahead(book, now);
    let view = View::new(book, now);
    let reminded = reminder(&view);
    let mut text = String::new();
    if let Some(reminder) = &reminded {
        let _infallible = writeln!(text, "{}\n", reminder.text(&view));
    }
    text.push_str(&forecast_text(&seen));
    let month = |place: usize| seen.months[place].first.format("%Y-%m").to_string();
    let value = json!({
        "months": seen.months.iter().map(|m| json!({ "month": m.first.format("%Y-%m").to_string(), "release_at": m.release_at })).collect::<Vec<_>>(),
        "lines": seen.lines.iter().map(|line| json!({
            "rank": line.rank.word(), "class": line.class.word(), "exposure": line.exposure.word(), "assets": line.assets,
            "cells": line.cells.iter().map(|cell| json!({
                "outcome": cell.outcome.word(), "due_at": cell.due_at, "finish_at": cell.finish_at,
                "days_late": cell.days_late, "shifted_because": cell.shifted_because,
                "group": cell.group.and_then(|id| book.groups.get(id.0)).map(|group| group.name.clone()),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "failures": seen.failures.iter().map(|f| json!({ "month": month(f.month), "text": f.text })).collect::<Vec<_>>(),
        "assets_without_group": seen.without_group,
        "holds": seen.holds(),
        "reminder": reminded.as_ref().map(|r| json!({ "text": r.text(&view), "pairs": r.pairs, "machines": r.machines, "before_at": r.before_at })),
    });
    output.result(&text, &value);
    Ok(())
}

/// Failing lines that are printed; `--json` lists all.
const SHOWN: usize = 48;

fn forecast_text(seen: &Forecast) -> String {
    if seen.no_release {
        return "No cycle template counts from a release that is on the calendar, so there is nothing to look ahead from.".to_owned();
    }
    let mut text = String::new();
    let rows: Vec<Vec<String>> = seen
        .lines
        .iter()
        .map(|line| {
            let outcomes =
                |wanted: Outcome| line.cells.iter().filter(|cell| cell.outcome == wanted).count() as u64;
            vec![
                line.name(),
                count(line.assets),
                count(line.kept() as u64),
                count(outcomes(Outcome::Late)),
                count(outcomes(Outcome::NoWindow)),
                count(outcomes(Outcome::Emergency)),
                count(outcomes(Outcome::NoRule)),
            ]
        })
        .collect();
    let header =
        ["Promise", "#Assets", "#In time", "#Late", "#No window", "#By emergency only", "#Nothing promised"];
    let _infallible = writeln!(text, "The next {} months\n\n{}", seen.months.len(), columns(&header, &rows));
    for failure in seen.failures.iter().take(SHOWN) {
        let month = seen.months[failure.month].first.format("%b %Y");
        let _infallible = write!(text, "\n{month}  {}", failure.text);
    }
    if seen.failures.len() > SHOWN {
        let _infallible = write!(text, "\nand {} more; --json lists all", seen.failures.len() - SHOWN);
    }
    if seen.without_group > 0 {
        let assets = counted(seen.without_group, "asset", "assets");
        let _infallible =
            write!(text, "\n{assets} in scope are in no patch group; no window can be said to be theirs.");
    }
    if seen.holds() {
        text.push_str("\nThe calendar meets the promise in every month.");
    }
    text
}
