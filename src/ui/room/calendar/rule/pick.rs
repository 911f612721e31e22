//! What the cards of rules share: a choice by value, numbers and times as typed. Draws fields; decides nothing.

use std::fmt::Debug;
use std::hash::Hash;

use chrono::NaiveDate;
use egui::Ui;

use crate::domain::book::Book;
use crate::domain::calendar::release::{Day, ReleaseRule, ReleaseRuleId};
use crate::domain::command::Issue;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::role::RoleId;
use crate::ui::widget::{Dropdown, date_text};

/// Words with the values they stand for.
pub type Options<T> = Vec<(String, T)>;

/// A labelled choice whose draft keeps the value itself.
pub fn choose_ui<T: PartialEq + Clone>(
    ui: &mut Ui,
    record: impl Hash + Debug,
    label: &str,
    options: &[(String, T)],
    value: &mut T,
    issue: Option<&str>,
) {
    let words: Vec<&str> = options.iter().map(|(word, _)| word.as_str()).collect();
    let mut chosen = options.iter().position(|(_, known)| known == value);
    if Dropdown::new(record, label, &words, &mut chosen).issue(issue).ui(ui).changed()
        && let Some((_, picked)) = chosen.and_then(|at| options.get(at))
    {
        *value = picked.clone();
    }
}

/// Everybody, behind a word for nobody.
pub fn people(book: &Book, nobody: &str) -> Options<Option<PersonId>> {
    let mut rows: Vec<_> = book.people.rows().iter().collect();
    rows.sort_by_key(|person| crate::util::text::fold(&person.name));
    let first = std::iter::once((nobody.to_owned(), None));
    first.chain(rows.into_iter().map(|person| (person.name.clone(), Some(person.id)))).collect()
}

/// The patch groups in their order.
pub fn groups(book: &Book) -> Options<Option<GroupId>> {
    book.groups_in_order().into_iter().map(|group| (group.name.clone(), Some(group.id))).collect()
}

/// Roles in use, behind a word for none.
pub fn roles(book: &Book) -> Options<Option<RoleId>> {
    let mut rows: Vec<_> = book.roles.rows().iter().filter(|role| role.ended_at.is_none()).collect();
    rows.sort_by_key(|role| role.position);
    let first = std::iter::once(("No role".to_owned(), None));
    first.chain(rows.into_iter().map(|role| (role.name.clone(), Some(role.id)))).collect()
}

/// `Microsoft Security updates`.
pub fn rule_name(rule: &ReleaseRule) -> String {
    format!("{} {}", rule.vendor, rule.title).trim().to_owned()
}

/// Release rules on the calendar, by vendor.
pub fn rules(book: &Book) -> Options<Option<ReleaseRuleId>> {
    let rows = book.release_rules.rows().iter().filter(|rule| rule.ended_at.is_none());
    let mut rules: Options<_> = rows.map(|rule| (rule_name(rule), Some(rule.id))).collect();
    rules.sort();
    rules
}

/// The places a weekday can have in a month.
pub fn places() -> Options<i64> {
    [("First", 1), ("Second", 2), ("Third", 3), ("Fourth", 4), ("Fifth", 5), ("Last", -1)]
        .map(|(word, nth)| (word.to_owned(), nth))
        .to_vec()
}

/// `second`.
pub fn place_word(nth: i64) -> String {
    places()
        .into_iter()
        .find(|(_, known)| *known == nth)
        .map_or_else(String::new, |(word, _)| word.to_lowercase())
}

/// The days of the week.
pub fn days() -> Options<Day> {
    Day::ALL.iter().map(|day| (day.text().to_owned(), *day)).collect()
}

/// A whole number as typed.
pub fn number(text: &str, field: &'static str, words: &str) -> Result<i64, Issue> {
    let text = text.trim().trim_start_matches('+');
    text.parse().map_err(|_| Issue { field, text: words.to_owned() })
}

/// A date as typed, or nothing.
pub fn date(text: &str, field: &'static str, today: NaiveDate) -> Result<Option<NaiveDate>, Issue> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let wrong = || Issue { field, text: "Not a date. Write it like 8 Dec 2026 or 2026-12-08".to_owned() };
    date_text::read(text, today).map(Some).ok_or_else(wrong)
}

/// A date as a form shows it, or nothing.
pub fn date_words(date: Option<NaiveDate>) -> String {
    date.map(date_text::say).unwrap_or_default()
}

/// Collects what is wrong and hands out a stand-in meanwhile.
#[derive(Debug, Default)]
pub struct Reading(pub Vec<Issue>);

impl Reading {
    /// The value, or the default and one issue more.
    pub fn take<T: Default>(&mut self, read: Result<T, Issue>) -> T {
        read.unwrap_or_else(|issue| {
            self.0.push(issue);
            T::default()
        })
    }

    /// The row, if nothing was wrong.
    pub fn done<T>(self, value: T) -> Result<T, Vec<Issue>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }
}
