//! What a row of a list must hold before it is taken, by the table of fields and by the rules of its kind.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::role::role_coded;
use crate::util::text::{block, fold, line};

use super::field::{Field, FieldKind};
use super::list::{fields, unique};
use super::objection::name_of_figure;
use super::table::entries;
use super::{ProgrammeEntry, ProgrammeKind};

/// What is wrong: the field, and what to do.
pub type Fault = (&'static str, String);

/// Brings the values of a row into the form in which they are kept, and says everything that is wrong with it. `today` is the day in
/// the shop.
pub fn check(book: &Book, row: &mut ProgrammeEntry, today: NaiveDate) -> Vec<Fault> {
    let mut faults = Vec::new();
    let known = fields(row.kind);
    let unknown = row.fields.keys().filter(|name| known.iter().all(|field| field.name != name.as_str()));
    let unknown: Vec<String> = unknown.cloned().collect();
    if !unknown.is_empty() {
        let has = known.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
        faults.push(("", format!("This list has no field {}. It has {has}.", unknown.join(", "))));
    }
    for field in known {
        let typed = row.fields.remove(field.name).unwrap_or_default();
        let value = match value(book, field, &typed) {
            Ok(value) => value,
            Err(text) => {
                faults.push((field.name, text));
                typed
            }
        };
        if value.is_empty() {
            if field.required {
                faults.push((field.name, format!("Give {}.", lower(field.label))));
            }
        } else {
            row.fields.insert(field.name.to_owned(), value);
        }
    }
    repeated(book, row, &mut faults);
    match row.kind {
        ProgrammeKind::Step => step(row, &mut faults),
        ProgrammeKind::Control => control(row, &mut faults),
        ProgrammeKind::ScopePhase => phase(row, &mut faults),
        ProgrammeKind::Maturity => maturity(row, &mut faults),
        ProgrammeKind::Law => law(row, &mut faults),
        ProgrammeKind::Training => training(row, today, &mut faults),
        ProgrammeKind::Stakeholder => stakeholder(row, &mut faults),
        _ => {}
    }
    for field in ["checked_on", "tested_on", "source_on", "held_on"] {
        if let Some(field) = super::list::field(row.kind, field)
            && row.day(field.name).is_some_and(|day| day > today)
        {
            faults.push((field.name, "That day is still to come. Give the day on which it was.".to_owned()));
        }
    }
    faults
}

/// A label inside a sentence: its first letter small unless it is all capitals.
fn lower(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A value in the form in which it is kept.
fn value(book: &Book, field: &Field, typed: &str) -> Result<String, String> {
    let one = line(typed).into_owned();
    if one.is_empty() {
        return Ok(String::new());
    }
    match field.kind {
        FieldKind::Text => Ok(one),
        FieldKind::Lines => Ok(block(typed)),
        FieldKind::Date => match one.parse::<NaiveDate>() {
            Ok(day) => Ok(day.to_string()),
            Err(_) => Err(format!("“{one}” is no day. Write it like 2026-12-08.")),
        },
        FieldKind::Money => amount(&one),
        FieldKind::Number => match one.parse::<u32>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(format!("“{one}” is no whole number. Write it in digits.")),
        },
        FieldKind::Choice(words) => {
            let known = words.iter().find(|word| fold(word) == fold(&one));
            known.map(|word| (*word).to_owned()).ok_or_else(|| format!("Choose one of {}.", words.join(", ")))
        }
        FieldKind::Person => person(book, &one),
        FieldKind::Figures => figures(&one),
    }
}

fn amount(text: &str) -> Result<String, String> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 15
        || cents.len() > 2
        || !digits(whole)
        || !digits(cents)
        || text.ends_with('.')
    {
        return Err(format!("“{text}” is no amount. Write it in digits, like 1200 or 1200.50."));
    }
    Ok(text.to_owned())
}

fn person(book: &Book, text: &str) -> Result<String, String> {
    if let Some(role) = role_coded(book, text) {
        return Ok(role.code.clone());
    }
    let named = book.people.iter().find(|person| fold(&person.name) == fold(text));
    named.map(|person| person.name.clone()).ok_or_else(|| {
        format!("Nobody in the register is called {text}. Choose a person, or the short form of a role such as ISO.")
    })
}

fn figures(text: &str) -> Result<String, String> {
    let ids: Vec<&str> = text.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    match ids.iter().find(|id| name_of_figure(id).is_none()) {
        None => Ok(ids.join(", ")),
        Some(unknown) => {
            let known = super::objection::FIGURES.map(|(id, _)| id).join(", ");
            Err(format!("{unknown} is none of the figures {known}."))
        }
    }
}

fn repeated(book: &Book, row: &ProgrammeEntry, faults: &mut Vec<Fault>) {
    let together = unique(row.kind);
    let Some(first) = together.first() else { return };
    let same = |other: &&ProgrammeEntry| {
        other.id != row.id && together.iter().all(|field| fold(other.get(field)) == fold(row.get(field)))
    };
    if !row.get(first).is_empty()
        && let Some(other) = entries(book, row.kind).into_iter().find(same)
    {
        faults.push((first, format!("There is a row about {} already. Change that one.", other.name())));
    }
}

/// Demands fields that a word in another field makes necessary.
fn needs(row: &ProgrammeEntry, faults: &mut Vec<Fault>, wanted: &[(&'static str, &str)]) {
    for (field, text) in wanted {
        if row.get(field).is_empty() {
            faults.push((field, (*text).to_owned()));
        }
    }
}

fn step(row: &ProgrammeEntry, faults: &mut Vec<Fault>) {
    if matches!(row.get("status"), "done" | "repeats") {
        needs(
            row,
            faults,
            &[
                ("owner", "A step that is done has an owner. Say who."),
                ("evidence", "Name what shows that the step is done."),
                ("checked_on", "Give the day on which it was found done."),
            ],
        );
    }
}

fn control(row: &ProgrammeEntry, faults: &mut Vec<Fault>) {
    match row.get("applies") {
        "yes" => {
            needs(row, faults, &[("reason_in", "Say why it is included: law, contract, risk or practice.")]);
        }
        "no" => needs(row, faults, &[("reason_out", "Say why it does not apply here.")]),
        _ => {}
    }
    if matches!(row.get("implemented"), "yes" | "partly") {
        needs(
            row,
            faults,
            &[("how", "Say how it is implemented."), ("checked_on", "Give the day it was checked.")],
        );
    }
    if super::applicability::is_gap(row) {
        needs(row, faults, &[("gap", "Say what is missing.")]);
    }
    if !row.get("action").is_empty() {
        needs(
            row,
            faults,
            &[
                ("action_owner", "Say who carries the action out."),
                ("due_on", "Say by when the action is done."),
            ],
        );
    }
    if row.says("gap_status", "closed") {
        needs(
            row,
            faults,
            &[
                ("tested_on", "A gap is closed once it was tested again. Give the day."),
                ("test_result", "Say what the test showed."),
            ],
        );
        if super::applicability::is_gap(row) {
            faults.push((
                "gap_status",
                "It is not fully implemented, so the gap is not closed. Set it to under way.".to_owned(),
            ));
        }
    }
}

fn phase(row: &ProgrammeEntry, faults: &mut Vec<Fault>) {
    match row.get("status") {
        "runs" => needs(row, faults, &[("from_on", "Say since when it runs.")]),
        "complete" => needs(
            row,
            faults,
            &[("from_on", "Say when it began."), ("until_on", "Say when it was complete.")],
        ),
        _ => {}
    }
    if let (Some(from), Some(until)) = (row.day("from_on"), row.day("until_on"))
        && until < from
    {
        faults.push(("until_on", "It ends before it begins. Give a later day.".to_owned()));
    }
}

fn maturity(row: &ProgrammeEntry, faults: &mut Vec<Fault>) {
    if !matches!(row.get("stage"), "" | "not assessed") {
        needs(row, faults, &[("today", "Say how it is done today, so that others can see why.")]);
    }
}

fn law(row: &ProgrammeEntry, faults: &mut Vec<Fault>) {
    if row.says("applies", "yes") {
        needs(row, faults, &[("answered_by", "Say what answers it here: a document, a list, a figure.")]);
    }
}

fn training(row: &ProgrammeEntry, today: NaiveDate, faults: &mut Vec<Fault>) {
    if row.day("held_on").is_some_and(|held| held <= today) {
        needs(row, faults, &[("attended", "Say who attended.")]);
    }
}

fn stakeholder(row: &ProgrammeEntry, faults: &mut Vec<Fault>) {
    if row.get("name").is_empty() && row.get("function").is_empty() {
        faults.push(("name", "Give a name, or at least a function.".to_owned()));
    }
}
