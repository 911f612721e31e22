//! A list as a table of texts, for console and paper.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::case::live;
use crate::domain::case::money::{cents, money};
use crate::domain::role::{role_coded, role_holder_on};
use crate::util::clock::day_text;

use super::field::{Field, FieldKind};
use super::list::{field, fields};
use super::{ProgrammeEntry, ProgrammeKind};

/// The rows of a list that hold, in their order.
pub fn entries(book: &Book, kind: ProgrammeKind) -> Vec<&ProgrammeEntry> {
    let mut rows: Vec<&ProgrammeEntry> =
        book.programme.iter().filter(|row| row.kind == kind && row.ended_at.is_none()).collect();
    rows.sort_by_key(|row| (row.position, row.id));
    rows
}

/// A value as people read it: days in words, the short form of a role as whoever holds it on a day, money with the currency of the
/// newest business case.
pub fn shown(book: &Book, field: &Field, value: &str, on: NaiveDate) -> String {
    match field.kind {
        FieldKind::Date => value.parse().map_or_else(|_| value.to_owned(), day_text),
        FieldKind::Person => person(book, value, on),
        FieldKind::Choice(_) => capital(value),
        FieldKind::Figures => {
            let names = value.split(',').map(str::trim);
            let named = names.map(|id| super::objection::name_of_figure(id).unwrap_or(id));
            named.collect::<Vec<_>>().join(", ")
        }
        FieldKind::Money => match (cents(value), currency(book)) {
            (Ok(sum), code) if !code.is_empty() => money(sum, code),
            _ => value.to_owned(),
        },
        FieldKind::Text | FieldKind::Lines | FieldKind::Number => value.to_owned(),
    }
}

/// What the shop reckons in; empty while no business case says it, and an amount stays as typed.
fn currency(book: &Book) -> &str {
    live(book).last().map_or("", |case| case.currency.as_str())
}

/// A name, or a role and who holds it on a day: `Patching coordinator (Ines Hartmann)`.
fn person(book: &Book, value: &str, on: NaiveDate) -> String {
    let Some(role) = role_coded(book, value) else { return value.to_owned() };
    match book.person_name(role_holder_on(book, &role.code, on)) {
        "" => format!("{} (nobody holds it)", role.name),
        name => format!("{} ({name})", role.name),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Labels and rows of a list with all of its fields.
pub fn table(book: &Book, kind: ProgrammeKind, on: NaiveDate) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let names: Vec<&str> = fields(kind).iter().map(|field| field.name).collect();
    table_of(book, kind, &names, on)
}

/// Labels and rows of a list with the named fields; a name it does not have is left out.
pub fn table_of(
    book: &Book,
    kind: ProgrammeKind,
    names: &[&str],
    on: NaiveDate,
) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let columns: Vec<&Field> = names.iter().filter_map(|name| field(kind, name)).collect();
    let head = columns.iter().map(|field| field.label).collect();
    let row = |row: &ProgrammeEntry| -> Vec<String> {
        columns.iter().map(|field| shown(book, field, row.get(field.name), on)).collect()
    };
    (head, entries(book, kind).into_iter().map(row).collect())
}
