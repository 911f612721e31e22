//! Roles, the matrix, the committee, whom to call.

use super::{Fill, nothing, text};
use crate::domain::committee::{Contact, MailingList, card_of, members_on};
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::role::conflict::conflicts_on;
use crate::domain::role::holder::{assigned_on, roles_in_order};
use crate::domain::role::matrix::{activities_in_order, findings};
use crate::domain::role::{DutyRule, Mark, Part, role_coded, role_holder_on};

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    let book = fill.book;
    if let Some(code) = name.strip_prefix("role.") {
        return Some(role_coded(book, code).map_or_else(nothing, |role| Value::Role(role.name.clone())));
    }
    if let Some(code) = name.strip_prefix("holder.") {
        let holder = role_holder_on(book, code, fill.today);
        return Some(holder.map_or_else(nothing, |person| Value::Person(fill.person(Some(person)))));
    }
    Some(match (kind, name) {
        (Kind::Table, "roles") => roles(fill),
        (Kind::Table, "matrix") => matrix(fill),
        (Kind::Bullets, "matrix-findings") => {
            Value::Bullets(findings(book, fill.today).iter().map(|finding| finding.text(book)).collect())
        }
        (Kind::Table, "duty-conflicts") => duty_conflicts(fill),
        (Kind::Bullets, "separations") => {
            let rules = DutyRule::ALL.iter().filter(|rule| **rule != DutyRule::Matrix);
            Value::Bullets(rules.map(|rule| rule.text().to_owned()).collect())
        }
        (Kind::Table, "committee") => committee(fill),
        (Kind::Bullets, "agenda-topics") => {
            let agenda = crate::domain::meeting::agenda::committee(book, fill.today, fill.as_of_at);
            Value::Bullets(agenda.into_iter().map(|item| item.topic).collect())
        }
        (Kind::Table, "distribution") => distribution(fill),
        (Kind::Table, "contacts") => contacts(fill),
        (_, "contact.emergency") => card_of(book, None).map_or_else(nothing, |card| text(&card.emergency)),
        (_, "contact.bridge") => card_of(book, None).map_or_else(nothing, |card| text(&card.bridge)),
        _ => return None,
    })
}

fn roles(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Role", "Answers for", "Usually", "Holder", "Deputy"]);
    for role in roles_in_order(fill.book) {
        let held = assigned_on(fill.book, role.id, Part::Holder, fill.today);
        let since = |from_on| crate::util::clock::day_text(from_on);
        let named =
            held.iter().map(|a| format!("{}, since {}", fill.person(Some(a.person)), since(a.from_on)));
        let held_by = named.collect::<Vec<_>>().join("; ");
        grid.row([
            format!("{} ({})", role.name, role.code),
            role.responsibility.clone(),
            role.job_title.clone(),
            held_by,
            fill.holders(role.id, Part::Deputy),
        ]);
    }
    Value::Table(grid)
}

fn matrix(fill: &Fill<'_>) -> Value {
    let roles = roles_in_order(fill.book);
    let wrong = findings(fill.book, fill.today);
    let mut grid = Grid::new(&["Activity"]);
    grid.head.extend(roles.iter().map(|role| role.code.clone()));
    grid.head.push("Finding".to_owned());
    for activity in activities_in_order(fill.book) {
        let mine = wrong.iter().filter(|finding| finding.activity() == Some(activity.id));
        let words: Vec<String> = mine.map(|finding| finding.text(fill.book)).collect();
        let marks = roles.iter().map(|role| activity.mark_of(role.id).map_or("", Mark::word).to_owned());
        grid.row(std::iter::once(activity.name.clone()).chain(marks).chain([words.join(" ")]));
    }
    if grid.rows.iter().all(|row| row.last().is_none_or(String::is_empty)) {
        grid.head.pop();
        for row in &mut grid.rows {
            row.pop();
        }
    }
    Value::Table(grid)
}

fn duty_conflicts(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Separation", "Person", "Roles", "Accepted by", "What takes its place"]);
    for conflict in conflicts_on(fill.book, fill.today) {
        let row = conflict.accepted.and_then(|id| fill.book.duty_conflicts.get(id.0));
        grid.row([
            conflict.rule.text().to_owned(),
            fill.person(Some(conflict.person)),
            conflict.roles_text(fill.book),
            row.map_or_else(|| "nobody".to_owned(), |row| row.accepted_by.clone()),
            row.map(|row| row.instead.clone()).unwrap_or_default(),
        ]);
    }
    Value::Table(grid)
}

fn committee(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Name", "Speaks for", "Sent by", "Role", "Since"]);
    for member in members_on(fill.book, MailingList::Committee, fill.today) {
        let roles = crate::domain::role::holder::roles_of(fill.book, member.person, fill.today);
        let held = roles.iter().filter(|(_, part)| *part == Part::Holder);
        let codes: Vec<&str> = held.map(|(role, _)| role.code.as_str()).collect();
        grid.row([
            fill.person(Some(member.person)),
            member.represents.clone(),
            fill.group(member.nominee_of),
            codes.join(", "),
            crate::util::clock::day_text(member.from_on),
        ]);
    }
    Value::Table(grid)
}

fn distribution(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Name", "Function", "Mail"]);
    for member in members_on(fill.book, MailingList::Distribution, fill.today) {
        let Some(person) = fill.book.people.get(member.person.0) else { continue };
        grid.row([&person.name, &person.function, &person.mail].map(String::clone));
    }
    Value::Table(grid)
}

fn contacts(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Group", "Bridge", "Emergency number", "Escalation"]);
    let mut cards: Vec<&Contact> = fill.book.contacts.iter().filter(|c| c.ended_at.is_none()).collect();
    cards.sort_by_key(|card| (card.group.is_some(), fill.group(card.group)));
    for card in cards {
        let rung = |rung: &crate::domain::committee::Escalation| {
            let name = fill.person(Some(rung.person));
            format!("{name} {} after {} minutes", rung.phone, rung.after_minutes)
        };
        let escalation: Vec<String> = card.escalation.iter().map(rung).collect();
        let group = if card.group.is_none() { "Whole shop".to_owned() } else { fill.group(card.group) };
        grid.row([group, card.bridge.clone(), card.emergency.clone(), escalation.join("; ")]);
    }
    Value::Table(grid)
}
