//! Who holds a role on a day: what steps, change records and the night take their people from.
//!
//! Hats need no case of their own: folding the roles writes ordinary assignments.

use chrono::NaiveDate;

use super::{Assignment, Part, Role, RoleId};
use crate::domain::book::Book;
use crate::domain::person::PersonId;
use crate::util::text::fold;

impl Assignment {
    /// Whether it is in force on a day; both ends count.
    pub fn is_on(&self, on: NaiveDate) -> bool {
        self.from_on <= on && self.until_on.is_none_or(|until| on <= until)
    }

    /// Whether it shares a day with another stretch.
    pub fn meets(&self, from_on: NaiveDate, until_on: Option<NaiveDate>) -> bool {
        self.until_on.is_none_or(|mine| from_on <= mine) && until_on.is_none_or(|until| self.from_on <= until)
    }
}

/// A role by its short form, `PC`, in any case; one in use before one that ended.
pub fn role_coded<'a>(book: &'a Book, code: &str) -> Option<&'a Role> {
    let coded = || book.roles.rows().iter().filter(|role| fold(&role.code) == fold(code));
    coded().find(|role| role.ended_at.is_none()).or_else(|| coded().next())
}

/// Roles in use, in the order of the matrix.
pub fn roles_in_order(book: &Book) -> Vec<&Role> {
    let mut roles: Vec<&Role> = book.roles.rows().iter().filter(|role| role.ended_at.is_none()).collect();
    roles.sort_by(|a, b| (a.position, &a.name).cmp(&(b.position, &b.name)));
    roles
}

/// Assignments of a role in force on a day, who came first before who came later.
pub fn assigned_on(book: &Book, role: RoleId, part: Part, on: NaiveDate) -> Vec<&Assignment> {
    let wanted = |a: &&Assignment| a.role == role && a.part == part && a.is_on(on);
    let mut found: Vec<&Assignment> = book.assignments.rows().iter().filter(wanted).collect();
    found.sort_by_key(|a| (a.from_on, a.id));
    found
}

fn people_on(book: &Book, code: &str, part: Part, on: NaiveDate) -> Vec<PersonId> {
    let Some(role) = role_coded(book, code) else { return Vec::new() };
    assigned_on(book, role.id, part, on).into_iter().map(|assignment| assignment.person).collect()
}

/// Everybody who holds a role on a day, by its short form.
pub fn holders_on(book: &Book, code: &str, on: NaiveDate) -> Vec<PersonId> {
    people_on(book, code, Part::Holder, on)
}

/// Who holds a role on a day, by its short form; where several do, whoever has held it longest.
pub fn role_holder_on(book: &Book, code: &str, on: NaiveDate) -> Option<PersonId> {
    holders_on(book, code, on).first().copied()
}

/// Everybody who stands in for a role on a day, by its short form.
pub fn deputies_on(book: &Book, code: &str, on: NaiveDate) -> Vec<PersonId> {
    people_on(book, code, Part::Deputy, on)
}

/// Who stands in for a role on a day, by its short form; where several do, whoever has done so longest.
pub fn deputy_on(book: &Book, code: &str, on: NaiveDate) -> Option<PersonId> {
    deputies_on(book, code, on).first().copied()
}

/// Whether somebody holds a role on a day, by its short form. A deputy does not.
pub fn holds(book: &Book, person: PersonId, code: &str, on: NaiveDate) -> bool {
    holders_on(book, code, on).contains(&person)
}

/// What somebody holds or stands in for on a day, in the order of the matrix.
pub fn roles_of(book: &Book, person: PersonId, on: NaiveDate) -> Vec<(&Role, Part)> {
    let mut found = Vec::new();
    for role in roles_in_order(book) {
        for part in Part::ALL {
            if assigned_on(book, role.id, *part, on).iter().any(|a| a.person == person) {
                found.push((role, *part));
            }
        }
    }
    found
}
