//! Putting things on the calendar from the console: closures, windows, one-off releases, and taking them off again.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use super::super::file::open;
use super::super::output::{Output, progress};
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::domain::book::Book;
use crate::domain::calendar::closure::{Closure, ClosureEffect, ClosureId, ClosureKind};
use crate::domain::calendar::release::{Day, ReleaseOverride, ReleaseOverrideId, ReleaseRule};
use crate::domain::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use crate::domain::calendar::zone::moved;
use crate::domain::command::{CalendarCommand, Command, Edit};
use crate::domain::cycle::forecast::release_rule;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::store::Access;
use crate::util::clock::zone;
use crate::util::text::fold;

/// Arguments of `calendar closure`.
#[derive(Debug, clap::Args)]
pub struct AddClosure {
    /// The register
    pub file: PathBuf,
    /// What people call it, such as Year end
    pub name: String,
    /// First day
    #[arg(long, value_name = "DATE")]
    pub from: NaiveDate,
    /// Last day, included; the first if absent
    #[arg(long, value_name = "DATE")]
    pub until: Option<NaiveDate>,
    /// holiday or freeze
    #[arg(long, default_value = "holiday")]
    pub kind: String,
    /// What it does to steps and windows: warn, earlier or later
    #[arg(long, default_value = "warn")]
    pub effect: String,
    /// Comes back every year
    #[arg(long)]
    pub yearly: bool,
    /// Only for this patch group; may be given several times
    #[arg(long, value_name = "GROUP")]
    pub group: Vec<String>,
}

/// Arguments of `calendar window`.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("when").required(true)))]
pub struct AddWindow {
    /// The register
    pub file: PathBuf,
    /// The patch group
    pub group: String,
    /// What people call it, such as Friday night
    pub name: String,
    /// Local start, such as 21:00
    #[arg(long)]
    pub start: String,
    /// Length in minutes
    #[arg(long)]
    pub minutes: i64,
    /// So many days after the month's release
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true, group = "when")]
    pub after_release: Option<i64>,
    /// Every week on this day, such as friday
    #[arg(long, value_name = "DAY", group = "when")]
    pub weekly: Option<String>,
    /// Every month on this day, such as 2-saturday or last-saturday
    #[arg(long, value_name = "NTH-DAY", group = "when")]
    pub monthly: Option<String>,
    /// Once, on this day
    #[arg(long, value_name = "DATE", group = "when")]
    pub once: Option<NaiveDate>,
    /// Time zone; the shop's if absent
    #[arg(long, default_value = "")]
    pub zone: String,
    /// The business owner who agreed
    #[arg(long, value_name = "PERSON")]
    pub agreed_by: Option<String>,
    /// When they agreed
    #[arg(long, value_name = "DATE")]
    pub agreed_on: Option<NaiveDate>,
    /// Until when that holds; for good if absent
    #[arg(long, value_name = "DATE")]
    pub agreed_until: Option<NaiveDate>,
}

/// Arguments of `calendar move`.
#[derive(Debug, clap::Args)]
pub struct MoveRelease {
    /// The register
    pub file: PathBuf,
    /// Which release: a part of vendor and title that no other has
    pub release: String,
    /// The month it answers for, such as 2026-12
    pub month: String,
    /// When it comes instead, in the shop's zone, such as 2026-12-09T19:00; dropped if absent
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    /// Why it leaves its rule
    #[arg(long)]
    pub because: String,
}

/// Arguments of `calendar end`.
#[derive(Debug, clap::Args)]
pub struct End {
    /// The register
    pub file: PathBuf,
    /// Name of a window, of a holiday or freeze, or vendor and title of a release rule
    pub name: String,
}

fn input(text: impl Into<String>, hint: &str) -> Error {
    Error::new(ErrorKind::Input, text, hint)
}

fn run(engine: &mut Engine, command: CalendarCommand, output: &Output) -> Result<(), Error> {
    let done = engine.run(Command::Calendar(command), &progress())?;
    let text = format!("{} (entry {})", done.label, done.entry);
    output.result(&text, &json!({ "label": done.label, "entry": done.entry }));
    Ok(())
}

fn group(book: &Book, name: &str) -> Result<GroupId, Error> {
    let found = book.groups.rows().iter().find(|group| fold(&group.name) == fold(name));
    found.map(|group| group.id).ok_or_else(|| {
        let all: Vec<&str> = book.groups.rows().iter().map(|group| group.name.as_str()).collect();
        input(format!("the register has no patch group {name}"), &format!("It has: {}.", all.join(", ")))
    })
}

fn person(book: &Book, name: &str) -> Result<PersonId, Error> {
    let found = book.people.rows().iter().find(|person| fold(&person.name) == fold(name));
    found.map(|person| person.id).ok_or_else(|| {
        input(format!("the register has no person {name}"), "Add them in the window's settings first.")
    })
}

fn day(word: &str) -> Result<Day, Error> {
    Day::of_word(word).ok_or_else(|| input(format!("{word} is no weekday"), "Write it like friday."))
}

/// `2-saturday`, `last-saturday`.
fn nth_day(text: &str) -> Result<(i64, Day), Error> {
    let wrong =
        || input(format!("{text} names no day of a month"), "Write it like 2-saturday or last-saturday.");
    let (nth, weekday) = text.split_once('-').ok_or_else(wrong)?;
    let nth = if nth.eq_ignore_ascii_case("last") { -1 } else { nth.parse().map_err(|_| wrong())? };
    Ok((nth, day(weekday)?))
}

pub(super) fn closure(args: &AddClosure, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let kind = ClosureKind::of_word(&args.kind)
        .ok_or_else(|| input(format!("{} is neither holiday nor freeze", args.kind), ""))?;
    let effect = ClosureEffect::of_word(&args.effect)
        .ok_or_else(|| input(format!("{} is no effect: warn, earlier, later", args.effect), ""))?;
    let row = Closure {
        id: ClosureId(0),
        kind,
        name: args.name.clone(),
        from_on: args.from,
        until_on: args.until.unwrap_or(args.from),
        yearly: args.yearly,
        effect,
        groups: args.group.iter().map(|name| group(book, name)).collect::<Result<_, _>>()?,
        ended_at: None,
    };
    run(&mut engine, CalendarCommand::Closure(Box::new(Edit { base: None, row })), output)
}

pub(super) fn window(args: &AddWindow, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let recurs = match (args.after_release, &args.weekly, &args.monthly, args.once) {
        (Some(days), ..) => {
            let rule =
                release_rule(book).ok_or_else(|| input("no cycle template counts from a release", ""))?;
            Recurs::Release { rule: rule.id, days }
        }
        (_, Some(weekday), ..) => Recurs::Week { weekday: day(weekday)? },
        (_, _, Some(text), _) => {
            let (nth, weekday) = nth_day(text)?;
            Recurs::Month { nth, weekday }
        }
        (_, _, _, Some(on)) => Recurs::Once { on },
        // One of them is demanded before we get here.
        _ => {
            return Err(input(
                "a window comes back after a release, weekly, monthly or once",
                "Give one of the four flags.",
            ));
        }
    };
    let row = MaintenanceWindow {
        id: WindowId(0),
        group: group(book, &args.group)?,
        name: args.name.clone(),
        recurs,
        start: args.start.clone(),
        minutes: args.minutes,
        zone: args.zone.clone(),
        agreed_by: args.agreed_by.as_deref().map(|name| person(book, name)).transpose()?,
        agreed_on: args.agreed_on,
        agreed_until_on: args.agreed_until,
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        ended_at: None,
    };
    run(&mut engine, CalendarCommand::Window(Box::new(Edit { base: None, row })), output)
}

fn name_of(rule: &ReleaseRule) -> String {
    format!("{} {}", rule.vendor, rule.title)
}

fn rule<'a>(book: &'a Book, word: &str) -> Result<&'a ReleaseRule, Error> {
    let live = || book.release_rules.rows().iter().filter(|rule| rule.ended_at.is_none());
    let found: Vec<&ReleaseRule> = live().filter(|rule| fold(&name_of(rule)).contains(&fold(word))).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(input(format!("the register has no release rule {word}"), "")),
        many => {
            let names: Vec<String> = many.iter().map(|rule| name_of(rule)).collect();
            let text = format!("{word} fits several releases: {}", names.join(", "));
            Err(Error::new(ErrorKind::Question, text, "Give more of the name."))
        }
    }
}

pub(super) fn move_release(args: &MoveRelease, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let rule = rule(book, &args.release)?;
    let at = args.to.as_deref().map(|text| {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
            .map_err(|_| input(format!("{text} is no date and time"), "Write it like 2026-12-09T19:00."))?;
        Ok::<i64, Error>(moved(zone(&book.shop.zone), local.date(), local.time()))
    });
    let before = book.release_overrides.rows().iter();
    let base =
        before.rev().find(|o| o.rule == rule.id && o.month == args.month && o.ended_at.is_none()).cloned();
    let row = ReleaseOverride {
        id: base.as_ref().map_or(ReleaseOverrideId(0), |base| base.id),
        rule: rule.id,
        month: args.month.clone(),
        at: at.transpose()?,
        reason: args.because.clone(),
        ended_at: None,
    };
    run(&mut engine, CalendarCommand::Override(Box::new(Edit { base, row })), output)
}

pub(super) fn end(args: &End, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let named = |name: &str| fold(name) == fold(&args.name);
    let windows = book.windows.rows().iter().filter(|w| w.ended_at.is_none() && named(&w.name));
    let closures = book.closures.rows().iter().filter(|c| c.ended_at.is_none() && named(&c.name));
    let rules = book.release_rules.rows().iter().filter(|r| r.ended_at.is_none() && named(&name_of(r)));
    let mut found: Vec<CalendarCommand> = windows.map(|w| CalendarCommand::EndWindow(w.id)).collect();
    found.extend(closures.map(|c| CalendarCommand::EndClosure(c.id)));
    found.extend(rules.map(|r| CalendarCommand::EndRelease(r.id)));
    match (found.pop(), found.is_empty()) {
        (Some(command), true) => run(&mut engine, command, output),
        (None, _) => Err(input(format!("nothing on the calendar is called {}", args.name), "")),
        _ => Err(Error::new(
            ErrorKind::Question,
            format!("several things on the calendar are called {}", args.name),
            "End the one you mean in the window's calendar.",
        )),
    }
}
