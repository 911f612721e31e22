//! Who may be named for a decision that somebody else records: a person of the register who is there on that day, and as what the
//! register knows them. Never decides what was decided.

use chrono::NaiveDate;

use super::{deputies_on, holders_on, role_coded};
use crate::domain::book::Book;
use crate::domain::document::{Document, shipped};
use crate::domain::person::{Person, PersonId, why_absent};
use crate::domain::practice::WaiverCap;
use crate::domain::rating::Rank;
use crate::domain::waiver::rule::{is_known_as, is_of};
use crate::util::clock::day_text;
use crate::util::text::{fold, line};

/// Ratifies the policy whatever roles the shop has named: the policy says that executive management does.
const EXECUTIVE: &str = "Managing director";
/// What is written beside a function that the register does not know of the person.
const NOT_HELD: &str = "no such role held";

/// The person of a name, there on a day; in any case of its letters.
///
/// # Errors
///
/// A sentence that says why nobody is, and what to do.
pub fn signer<'b>(book: &'b Book, name: &str, on: NaiveDate) -> Result<&'b Person, String> {
    let Some(person) = book.people.rows().iter().find(|person| fold(&person.name) == fold(name)) else {
        return Err(format!(
            "{} is not in the register. Add the person first, or name somebody who is in it.",
            line(name)
        ));
    };
    why_absent(book, person.id, on).map_or(Ok(person), Err)
}

/// Whether the register knows somebody as what they signed on a day. What follows a comma is their own addition.
pub fn is_held(book: &Book, person: PersonId, function: &str, on: NaiveDate) -> bool {
    let function = function.split(',').next().unwrap_or(function).trim();
    !function.is_empty() && is_known_as(book, person, function, &[], on)
}

/// The function as papers print it: as typed, and that it is not held where the register does not know it.
pub fn as_held(book: &Book, person: PersonId, function: &str, on: NaiveDate) -> String {
    let function = line(function).into_owned();
    if is_held(book, person, &function, on) || function.ends_with(NOT_HELD) {
        return function;
    }
    format!("{function}, {NOT_HELD}")
}

/// A name with the function of its entry, `Cleo (Auditor)`; without one, that no role is held.
pub fn with_function(book: &Book, person: &Person, on: NaiveDate) -> String {
    if !person.function.is_empty() {
        return format!("{} ({})", person.name, person.function);
    }
    let roles = super::holder::roles_of(book, person.id, on);
    match roles.first() {
        Some((role, _)) => format!("{} ({})", person.name, role.name),
        None => format!("{} (no role held)", person.name),
    }
}

/// Why somebody cannot ratify the policy on a day; `None` if they can: its owner, whoever holds the role that owns it or stands in
/// for that, and executive management: what the shop's practice names for its worst risk, or a managing director.
pub fn why_not_ratify(book: &Book, document: &Document, person: &Person, on: NaiveDate) -> Option<String> {
    let owner = shipped::template(&document.key).map_or("", |template| template.owner.as_str());
    let worst = |cap: &&WaiverCap| cap.rank == Rank::Severe;
    let cap = book.practice.waiver_caps.iter().find(worst);
    let mut functions: Vec<&str> = cap.iter().flat_map(|cap| &cap.approvers).map(String::as_str).collect();
    functions.push(EXECUTIVE);
    let may = document.owner == Some(person.id)
        || holders_on(book, owner, on).contains(&person.id)
        || deputies_on(book, owner, on).contains(&person.id)
        || functions.iter().any(|function| is_of(book, person.id, function, &[], on));
    if may {
        return None;
    }
    if let Some(role) = role_coded(book, owner)
        && !functions.iter().any(|function| fold(function) == fold(&role.name))
    {
        functions.insert(0, &role.name);
    }
    Some(format!(
        "{} was none of these on {} in the register: {}. Assign the role, write the function into their entry, make them owner of this document, or name who ratified it.",
        person.name,
        day_text(on),
        functions.join(", ")
    ))
}
