//! Choosing people, groups and dates in the forms of the rooms.

use std::fmt::Debug;
use std::hash::Hash;

use chrono::{NaiveDate, NaiveTime};
use egui::{Response, Ui};

use crate::domain::command::Issue;
use crate::domain::group::GroupId;
use crate::domain::person::{Person, PersonId, is_there};
use crate::ui::room::Ctx;
use crate::ui::widget::Dropdown;
use crate::ui::widget::date_text;
use crate::util::clock::{instant_of, utc};
use crate::util::text::fold;

/// How a person is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The label.
    pub label: &'a str,
    /// On which day they must be there.
    pub on: NaiveDate,
    /// The word for nobody; nothing where somebody must be chosen.
    pub nobody: Option<&'a str>,
    /// What is wrong with the choice.
    pub issue: Option<&'a str>,
    /// Without a label above, in a row of a list.
    pub bare: Option<f32>,
}

impl<'a> Ask<'a> {
    /// Somebody must be chosen.
    pub fn one(label: &'a str, on: NaiveDate, issue: Option<&'a str>) -> Self {
        Self { label, on, nobody: None, issue, bare: None }
    }
}

/// Draws the choice of a person among those who are there on the day; whoever is chosen already stays on the list.
pub fn person_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    record: impl Hash + Debug,
    chosen: &mut Option<PersonId>,
    ask: Ask<'_>,
) -> Response {
    let book = ctx.book();
    let mut people: Vec<&Person> = book.people.rows().iter().collect();
    people.retain(|person| is_there(book, person.id, ask.on) || *chosen == Some(person.id));
    people.sort_by_cached_key(|person| fold(&person.name));
    let mut names: Vec<&str> = ask.nobody.into_iter().collect();
    names.extend(people.iter().map(|person| person.name.as_str()));
    let lead = usize::from(ask.nobody.is_some());
    let mut at = match chosen {
        Some(id) => people.iter().position(|person| person.id == *id).map(|place| place + lead),
        None => ask.nobody.map(|_| 0),
    };
    let dropdown = match ask.bare {
        Some(width) => Dropdown::bare(record, ask.label, &names, &mut at).width(width),
        None => Dropdown::new(record, ask.label, &names, &mut at).issue(ask.issue),
    };
    let dropdown = if ask.nobody.is_none() && ask.bare.is_none() { dropdown.required() } else { dropdown };
    let response = dropdown.ui(ui);
    if response.changed() {
        *chosen = at.and_then(|at| at.checked_sub(lead)).map(|place| people[place].id);
    }
    response
}

/// Draws the choice of a patch group; `none` is the word for no group.
pub fn group_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    record: impl Hash + Debug,
    (label, none): (&str, &str),
    chosen: &mut Option<GroupId>,
    issue: Option<&str>,
) {
    let groups = ctx.book().groups_in_order();
    let mut names = vec![none];
    names.extend(groups.iter().map(|group| group.name.as_str()));
    let place = |id: GroupId| groups.iter().position(|group| group.id == id).map(|place| place + 1);
    let mut at = chosen.map_or(Some(0), place);
    if Dropdown::new(record, label, &names, &mut at).issue(issue).ui(ui).changed() {
        *chosen = at.and_then(|at| at.checked_sub(1)).map(|place| groups[place].id);
    }
}

/// What is wrong with a field, before anybody is asked.
pub fn wrong(field: &'static str, text: &str) -> Issue {
    Issue { field, text: text.to_owned() }
}

/// Reads a date that must be there.
pub fn date(text: &str, ctx: &Ctx<'_>, field: &'static str, issues: &mut Vec<Issue>) -> Option<NaiveDate> {
    let read = date_text::read(text, ctx.today);
    if read.is_none() {
        issues.push(wrong(field, "Give a day, such as 8 Dec 2026."));
    }
    read
}

/// Reads a date that may be left out.
pub fn maybe_date(
    text: &str,
    ctx: &Ctx<'_>,
    field: &'static str,
    issues: &mut Vec<Issue>,
) -> Option<NaiveDate> {
    if text.trim().is_empty() { None } else { date(text, ctx, field, issues) }
}

/// Writes an instant as it is typed: `7 Dec 2026 10:00`, in the shop's zone.
pub fn time_text(ctx: &Ctx<'_>, at: Option<i64>) -> String {
    at.map(|at| utc(at).with_timezone(&ctx.zone).format("%-d %b %Y %H:%M").to_string()).unwrap_or_default()
}

/// Reads a day and a time in the shop's zone; empty is nothing.
pub fn time(text: &str, ctx: &Ctx<'_>, field: &'static str, issues: &mut Vec<Issue>) -> Option<i64> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let (day, hour) = text.rsplit_once(' ').unwrap_or(("today", text));
    let read = date_text::read(day, ctx.today).zip(NaiveTime::parse_from_str(hour, "%H:%M").ok());
    if read.is_none() {
        issues.push(wrong(field, "Give a day and a time, such as 8 Dec 2026 10:00."));
    }
    read.map(|(day, hour)| instant_of(ctx.zone, day.and_time(hour)))
}
