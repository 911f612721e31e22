//! Roles, matrix, committee, meetings, actions and how the shop works on the console; what they share: people by name, days, and what was done.

pub mod action;
pub mod committee;
pub mod matrix;
pub mod meeting;
pub mod minutes;
pub mod own;
pub mod person;
pub mod practice;
pub mod role;

use chrono::NaiveDate;
use serde_json::json;

use super::change::value;
use super::output::{Output, progress};
use crate::app::{Engine, Error, ErrorKind};
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::role::{Role, role_coded};
use crate::util::clock::{day_in, zone};
use crate::util::text::fold;

pub(super) fn input(what: String, hint: &str) -> Error {
    Error::new(ErrorKind::Input, what, hint)
}

/// An answer that must be given: exit code 3 names the flag.
pub(super) fn needed<'a, T: ?Sized>(
    answer: Option<&'a T>,
    flag: &str,
    question: &str,
) -> Result<&'a T, Error> {
    answer.ok_or_else(|| {
        Error::new(
            ErrorKind::Question,
            format!("an answer is missing: {question}"),
            format!("Give it: {flag}."),
        )
    })
}

/// Answers that must all be given: whether each is, its flag and its question. Exit code 3 names every flag that is missing, so
/// that nobody is asked one by one.
pub(super) fn all_needed(asked: &[(bool, &str, &str)]) -> Result<(), Error> {
    let missing: Vec<_> = asked.iter().filter(|(given, ..)| !given).collect();
    let joined = |of: fn(&(bool, &str, &str)) -> String, by: &str| {
        missing.iter().map(|one| of(one)).collect::<Vec<_>>().join(by)
    };
    let what = match missing.len() {
        0 => return Ok(()),
        1 => "an answer is missing",
        _ => "answers are missing",
    };
    let questions = joined(|(_, _, question)| (*question).to_owned(), "; ");
    let flags = joined(|(_, flag, _)| (*flag).to_owned(), ", ");
    Err(Error::new(ErrorKind::Question, format!("{what}: {questions}"), format!("Give: {flags}.")))
}

pub(super) fn person(book: &Book, name: &str) -> Result<PersonId, Error> {
    let named = book.people.rows().iter().find(|person| fold(&person.name) == fold(name));
    named.map(|person| person.id).ok_or_else(|| {
        let hint = "See who is: patchbook-cli person list. Add somebody: patchbook-cli person add.";
        input(format!("{name} is not in the register"), hint)
    })
}

fn maybe_person(book: &Book, name: Option<&str>) -> Result<Option<PersonId>, Error> {
    name.map(|name| person(book, name)).transpose()
}

fn role<'a>(book: &'a Book, word: &str) -> Result<&'a Role, Error> {
    let named = || book.roles.rows().iter().find(|role| fold(&role.name) == fold(word));
    role_coded(book, word).or_else(named).ok_or_else(|| {
        input(format!("{word} is no role"), "Give its short form or its name: patchbook-cli role list.")
    })
}

fn group(book: &Book, name: &str) -> Result<GroupId, Error> {
    let named = book.groups.rows().iter().find(|group| fold(&group.name) == fold(name));
    named.map(|group| group.id).ok_or_else(|| {
        let all: Vec<&str> = book.groups_in_order().iter().map(|group| group.name.as_str()).collect();
        input(format!("{name} is no patch group: {}", all.join(", ")), "")
    })
}

pub(super) fn day(text: &str) -> Result<NaiveDate, Error> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| input(format!("{text} is no date"), "Write it like 2026-10-31."))
}

fn today(engine: &Engine) -> NaiveDate {
    day_in(zone(&engine.book().shop.zone), engine.context().clock.now_at())
}

/// A day, or today if none is named.
fn day_or_today(engine: &Engine, text: Option<&str>) -> Result<NaiveDate, Error> {
    text.map_or_else(|| Ok(today(engine)), day)
}

/// A time in the shop's zone; one that the zone skips is an error.
pub(super) fn instant(book: &Book, text: &str) -> Result<i64, Error> {
    value::local(book, text)
}

/// Carries a command out and says what was done.
pub(super) fn run(engine: &mut Engine, command: Command, output: &Output) -> Result<(), Error> {
    run_and_tell(engine, command, output, |_, _| Vec::new())
}

/// The same, with what is to be known of what was recorded: remarks on the register after it, as of now (UTC seconds), one a line.
pub(super) fn run_and_tell(
    engine: &mut Engine,
    command: Command,
    output: &Output,
    remarks: impl FnOnce(&Book, i64) -> Vec<String>,
) -> Result<(), Error> {
    let done = engine.run(command, &progress())?;
    let changed = done.op_id.is_some();
    let mut value = json!({ "label": done.label, "entry": done.entry, "changed": changed });
    if !changed {
        output.result("Nothing differs, nothing was recorded.", &value);
        return Ok(());
    }
    let remarks = remarks(engine.book(), engine.context().clock.now_at());
    let mut lines = vec![format!("{} (entry {})", done.label, done.entry)];
    lines.extend(remarks.iter().cloned());
    if !remarks.is_empty() {
        value["remarks"] = json!(remarks);
    }
    output.result(&lines.join("\n"), &value);
    Ok(())
}
