//! Words of the console into values of a record: names into rows, local times into instants, `field=value` into a field.
//!
//! Nothing is guessed: a name that is not in the register, or a time that its zone skips, is an error that says so.

use chrono::NaiveDate;

use crate::app::{Engine, Error, ErrorKind};
use crate::domain::book::Book;
use crate::domain::calendar::zone::{agreed, time_of};
use crate::domain::change::field::Field;
use crate::domain::change::{ChangeRecord, numbered};
use crate::domain::person::PersonId;
use crate::domain::rating::Rank;
use crate::domain::update::UpdateId;
use crate::util::clock::zone;
use crate::util::text::fold;

/// A word as the register keeps it: the console also takes it with a dash.
pub(in crate::cli) fn word(text: &str) -> String {
    text.trim().replace('-', "_")
}

/// A failure that names what was given.
pub(in crate::cli) fn wrong(text: impl Into<String>, hint: &str) -> Error {
    Error::new(ErrorKind::Input, text, hint)
}

/// A missing answer: exit code 3, and the flag that gives it.
pub(in crate::cli) fn unanswered(text: impl Into<String>, hint: &str) -> Error {
    Error::new(ErrorKind::Question, text, hint)
}

/// The record of a number.
pub(in crate::cli) fn record<'b>(book: &'b Book, number: &str) -> Result<&'b ChangeRecord, Error> {
    let none = || wrong(format!("there is no change record {number}"), "See patchbook-cli change list.");
    numbered(book, number).ok_or_else(none)
}

/// A person by name or address.
pub(in crate::cli) fn person(book: &Book, name: &str) -> Result<PersonId, Error> {
    let wanted = fold(name);
    let known = book.people.iter().find(|p| fold(&p.name) == wanted || fold(&p.mail) == wanted);
    known.map(|person| person.id).ok_or_else(|| {
        wrong(
            format!("the register has nobody called {name}"),
            "Add them first, or write the name as it is there.",
        )
    })
}

/// A local time of the shop; now where none is given.
pub(in crate::cli) fn instant(engine: &Engine, text: Option<&str>) -> Result<i64, Error> {
    text.map_or_else(|| Ok(engine.context().clock.now_at()), |text| local(engine.book(), text))
}

/// A local time of the shop: `2026-11-14 21:00`. One that the zone skips is an error.
pub(in crate::cli) fn local(book: &Book, text: &str) -> Result<i64, Error> {
    let form = || wrong(format!("{text} is no time"), "Write it like \"2026-11-14 21:00\".");
    let (day, time) = text.trim().split_once([' ', 'T']).ok_or_else(form)?;
    let day = date(day).map_err(|_| form())?;
    let time = time_of(time).ok_or_else(form)?;
    agreed(zone(&book.shop.zone), day, time).map_err(|gap| wrong(gap.to_string(), ""))
}

/// A day: `2026-11-14`.
pub(in crate::cli) fn date(text: &str) -> Result<NaiveDate, Error> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .map_err(|_| wrong(format!("{text} is no date"), "Write it like 2026-11-14."))
}

/// The two sides of `NAME=VALUE`.
pub(in crate::cli) fn sides(text: &str) -> Result<(&str, &str), Error> {
    text.split_once('=').ok_or_else(|| wrong(format!("{text} has no ="), "Write it like NAME=VALUE."))
}

/// Puts a `field=value` into a record; an empty value clears the field.
pub(in crate::cli) fn set(book: &Book, record: &mut ChangeRecord, text: &str) -> Result<(), Error> {
    let (name, value) = sides(text)?;
    let fields = || {
        let all: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
        wrong(format!("{name} is no field of a change record"), &format!("Fields are: {}.", all.join(", ")))
    };
    let field = Field::of_word(&word(name)).ok_or_else(fields)?;
    let value = value.trim();
    let some = Some(value).filter(|value| !value.is_empty());
    let text = value.to_owned();
    let plan = &mut record.plan;
    match field {
        Field::Title => record.title = text,
        Field::Reason => record.reason = text,
        Field::Impact => plan.impact = text,
        Field::RiskOfApplying => plan.risk_of_applying = text,
        Field::RiskOfWaiting => plan.risk_of_waiting = text,
        Field::Prerequisites => plan.prerequisites = text,
        Field::TestPlan => plan.test_plan = text,
        Field::UntestedBecause => record.untested_because = text,
        Field::RolloutPlan => plan.rollout_plan = text,
        Field::Phasing => plan.phasing = text,
        Field::BackoutPlan => plan.backout_plan = text,
        Field::BackoutTrigger => plan.backout_trigger = text,
        Field::MonitoringPlan => plan.monitoring_plan = text,
        Field::Acceptance => plan.acceptance = text,
        Field::Notifications => plan.notifications = text,
        Field::Outcome => record.outcome = text,
        Field::Issues => record.issues = text,
        Field::Review => record.review = text,
        Field::PlannedDowntime => plan.downtime_minutes = number(some)?,
        Field::BackoutMinutes => plan.backout_minutes = number(some)?,
        Field::QuietDays => plan.quiet_days = number(some)?,
        Field::CostHours => plan.cost_hours = number(some)?,
        Field::ActualDowntime => record.downtime_minutes = number(some)?,
        Field::Outage => plan.outage = yes(value)?,
        Field::AfterTheFact => record.after_the_fact = yes(value)?,
        Field::CriteriaMet => record.criteria_met = some.map(yes).transpose()?,
        Field::BackoutProvenOn => plan.backout_proven_on = some.map(date).transpose()?,
        Field::BackoutOwner => plan.backout_owner = some.map(|name| person(book, name)).transpose()?,
        Field::Requester => record.requester = some.map(|name| person(book, name)).transpose()?,
        Field::Coordinator => record.coordinator = some.map(|name| person(book, name)).transpose()?,
        Field::Implementer => record.implementer = some.map(|name| person(book, name)).transpose()?,
        Field::Tester => record.tester = some.map(|name| person(book, name)).transpose()?,
        Field::Monitor => record.monitor = some.map(|name| person(book, name)).transpose()?,
        Field::WindowFrom => record.window_from_at = some.map(|at| local(book, at)).transpose()?,
        Field::WindowUntil => record.window_until_at = some.map(|at| local(book, at)).transpose()?,
        Field::ApproveBy => record.approve_by_at = some.map(|at| local(book, at)).transpose()?,
        Field::Rank => record.rank = some.map(rank).transpose()?,
        Field::Updates => record.updates = updates(book, value)?,
        Field::Cycle => record.cycle = some.map(|name| cycle(book, name)).transpose()?,
        Field::Group => {
            let known = |name: &str| book.groups.iter().find(|group| fold(&group.name) == fold(name));
            record.group = named(some, "group", known)?.map(|group| group.id);
        }
        Field::Template => {
            record.template = named(some, "template", |name| template(book, name))?.map(|t| t.id);
        }
        Field::Lines => return Err(wrong("assets are not set as a field", "Use --asset and --remove.")),
        Field::Backup => {
            return Err(wrong("a backup is not set as a field", "Use --backup and what goes with it."));
        }
    }
    Ok(())
}

/// A template by its name.
pub(in crate::cli) fn template<'b>(
    book: &'b Book,
    name: &str,
) -> Option<&'b crate::domain::change::template::ChangeTemplate> {
    book.change_templates.iter().find(|template| fold(&template.name) == fold(name))
}

/// A cycle by its name.
pub(in crate::cli) fn cycle(book: &Book, name: &str) -> Result<crate::domain::cycle::CycleId, Error> {
    let known = |name: &str| book.cycles.iter().find(|cycle| fold(&cycle.name) == fold(name));
    let found = named(Some(name), "cycle", known)?;
    found.map(|cycle| cycle.id).ok_or_else(|| wrong("no cycle was named", ""))
}

fn named<R>(name: Option<&str>, what: &str, known: impl Fn(&str) -> Option<R>) -> Result<Option<R>, Error> {
    let none =
        |name: &str| wrong(format!("the register has no {what} {name}"), "Write the name as it is there.");
    name.map(|name| known(name).ok_or_else(|| none(name))).transpose()
}

fn number(text: Option<&str>) -> Result<Option<i64>, Error> {
    let parsed = |text: &str| text.parse().map_err(|_| wrong(format!("{text} is no whole number"), ""));
    text.map(parsed).transpose()
}

fn yes(text: &str) -> Result<bool, Error> {
    match fold(text).as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" | "" => Ok(false),
        _ => Err(wrong(format!("{text} is neither yes nor no"), "Write yes or no.")),
    }
}

fn rank(text: &str) -> Result<Rank, Error> {
    Rank::of_word(text)
        .ok_or_else(|| wrong(format!("{text} is no rank"), "Ranks are severe, high, medium, low."))
}

/// Updates by KB, separated by commas; every update of a KB is meant.
fn updates(book: &Book, text: &str) -> Result<Vec<UpdateId>, Error> {
    let mut found = Vec::new();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let bare = name.trim_start_matches(['K', 'k', 'B', 'b']);
        let has = |update: &&crate::domain::update::Update| {
            update.kbs.iter().any(|kb| kb == bare) || fold(&update.title) == fold(name)
        };
        let before = found.len();
        found.extend(book.updates.iter().filter(has).map(|update| update.id));
        if found.len() == before {
            return Err(wrong(
                format!("the register has no update {name}"),
                "Name it by its KB, such as KB5036892.",
            ));
        }
    }
    Ok(found)
}
