//! People the register names: owners, admins, testers, approvers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::row::{id_type, row_of};

id_type!(
    /// Which person.
    PersonId
);
id_type!(
    /// Which departure.
    DepartureId
);

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Row id.
    pub id: PersonId,
    /// Full name, unique without regard to case.
    pub name: String,
    /// E-mail address.
    pub mail: String,
    /// What they do in the shop.
    pub function: String,
}
row_of!(Person, Person);

/// Somebody left the shop: from the day after, nothing new is put into their hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// Row id.
    pub id: DepartureId,
    /// Who.
    pub person: PersonId,
    /// Last day, included.
    pub last_on: NaiveDate,
    /// Came back at, UTC seconds; nothing: did not.
    pub ended_at: Option<i64>,
}
row_of!(Departure, Departure);

/// The last day of somebody who left and did not come back.
pub fn last_day(book: &Book, person: PersonId) -> Option<NaiveDate> {
    let left = |departure: &&Departure| departure.person == person && departure.ended_at.is_none();
    book.departures.rows().iter().filter(left).map(|departure| departure.last_on).min()
}

/// Whether somebody can be named for a day: known, and not gone by then.
pub fn is_there(book: &Book, person: PersonId, on: NaiveDate) -> bool {
    book.people.get(person.0).is_some() && last_day(book, person).is_none_or(|last| on <= last)
}

/// Why somebody cannot be named for a day, and what to do; `None` if they can.
pub fn why_absent(book: &Book, person: PersonId, on: NaiveDate) -> Option<String> {
    let Some(named) = book.people.get(person.0) else {
        return Some("This person is not in the register: choose somebody who is.".to_owned());
    };
    let last = last_day(book, person).filter(|last| on > *last)?;
    let day = crate::util::clock::day_text(last);
    Some(format!("{} left on {day}: choose somebody who is there after that.", named.name))
}
