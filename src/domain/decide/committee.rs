//! Committee, distribution list and contact cards; meetings and actions have a file of their own.

use std::collections::BTreeSet;

use super::super::book::Book;
use super::super::command::{CommitteeCommand, Decision, Edit, Issues};
use super::super::committee::{Contact, ContactId, MailingList, Member, MemberId};
use super::super::group::GroupId;
use super::super::person::{last_day, why_absent};
use super::{Findings, Moment, action, meeting, one_change, refused, still_as_read, today};
use crate::util::clock::day_text;
use crate::util::text::line;

/// The longest wait before the next rung of an escalation is called, in minutes: a day.
const WAIT_MAX: i64 = 24 * 60;

pub(super) fn decide(book: &Book, command: CommitteeCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        CommitteeCommand::Member(edit) => save_member(book, *edit, moment),
        CommitteeCommand::Contact(edit) => save_contact(book, *edit, moment),
        CommitteeCommand::EndContact(id) => end_contact(book, id, moment),
        CommitteeCommand::Plan { kind, cycle, at } => meeting::plan(book, kind, cycle, at, moment),
        CommitteeCommand::Meeting(edit) => meeting::save(book, *edit, moment),
        CommitteeCommand::AcceptMinutes { meeting, by } => meeting::accept(book, meeting, &by, moment),
        CommitteeCommand::Action(edit) => action::save(book, *edit, moment),
        CommitteeCommand::ActionDone { action, by, result } => {
            action::done(book, action, &by, &result, moment)
        }
        CommitteeCommand::DropAction { action, because } => action::give_up(book, action, &because),
    }
}

fn save_member(book: &Book, edit: Edit<Member>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.members.get(base.id.0), base, "The membership")?;
    }
    row.id = base.as_ref().map_or_else(|| MemberId(moment.ids.next()), |base| base.id);
    row.represents = line(&row.represents).into_owned();
    let mut findings = Findings::default();
    if base.is_none()
        && let Some(why) = why_absent(book, row.person, row.from_on)
    {
        findings.add("person", why);
    } else if let Some(last) = last_day(book, row.person)
        && row.until_on.is_none_or(|until| until > last)
    {
        let (name, last) = (book.person_name(Some(row.person)), day_text(last));
        findings.add("until_on", format!("{name} leaves on {last}: choose {last} or earlier."));
    }
    if row.list == MailingList::Committee {
        findings.demand(
            "represents",
            &row.represents,
            "Say which function they speak for, such as change management, operations, business, security or audit.",
        );
    }
    if row.nominee_of.is_some_and(|group| book.groups.get(group.0).is_none()) {
        findings.add("nominee_of", "This group is not in the register. Choose one that is, or none.");
    }
    if row.until_on.is_some_and(|until| until < row.from_on) {
        let from = day_text(row.from_on);
        findings
            .add("until_on", format!("The last day lies before the first, {from}. Choose {from} or later."));
    }
    let meets = |other: &&Member| {
        other.until_on.is_none_or(|until| row.from_on <= until)
            && row.until_on.is_none_or(|until| other.from_on <= until)
    };
    let same = |other: &&Member| other.id != row.id && other.person == row.person && other.list == row.list;
    if let Some(other) = book.members.rows().iter().filter(same).find(meets) {
        let (name, since) = (book.person_name(Some(row.person)), day_text(other.from_on));
        findings.add("person", format!("{name} is on this list from {since}. Change that entry."));
    }
    findings.done()?;
    let (who, list) = (book.person_name(Some(row.person)), row.list.text().to_lowercase());
    let label = match (&base, row.until_on) {
        (Some(base), Some(until)) if base.until_on != row.until_on => {
            format!("Take {who} off the {list} on {}", day_text(until))
        }
        (Some(_), _) => format!("Change {who} on the {list}"),
        (None, _) => format!("Put {who} on the {list}"),
    };
    Ok(one_change(label, base.as_ref(), &row))
}

fn place(book: &Book, group: Option<GroupId>) -> String {
    group.map_or_else(
        || "the whole shop".to_owned(),
        |id| book.groups.get(id.0).map_or_else(|| "a group that is gone".to_owned(), |row| row.name.clone()),
    )
}

fn save_contact(book: &Book, edit: Edit<Contact>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.contacts.get(base.id.0), base, "The contact card")?;
    }
    row.id = base.as_ref().map_or_else(|| ContactId(moment.ids.next()), |base| base.id);
    row.ended_at = None;
    for text in [&mut row.bridge, &mut row.emergency] {
        *text = line(text).into_owned();
    }
    for rung in &mut row.escalation {
        rung.phone = line(&rung.phone).into_owned();
    }
    let mut findings = Findings::default();
    if row.group.is_some_and(|group| book.groups.get(group.0).is_none()) {
        findings.add("group", "This group is not in the register. Choose one that is, or the whole shop.");
    }
    let name = place(book, row.group);
    let same = |card: &&Contact| card.id != row.id && card.group == row.group && card.ended_at.is_none();
    if book.contacts.rows().iter().any(|card| same(&card)) {
        findings.add("group", format!("There is a card for {name} already. Change that one."));
    }
    if row.bridge.is_empty() && row.emergency.is_empty() && row.escalation.is_empty() {
        findings.add("bridge", "Give a bridge, an emergency number or somebody to call.");
    }
    let (mut called, mut waited) = (BTreeSet::new(), 0);
    for (number, rung) in (1..).zip(&row.escalation) {
        let who = book.person_name(Some(rung.person));
        if let Some(why) = why_absent(book, rung.person, today(book, moment)) {
            findings.add("escalation", why);
        } else if rung.phone.is_empty() {
            findings.add("escalation", format!("Give a number on which {who} is called."));
        }
        if !called.insert(rung.person) {
            findings.add("escalation", format!("{who} is called twice. Leave the first."));
        }
        if !(0..=WAIT_MAX).contains(&rung.after_minutes) {
            findings.add("escalation", "A wait is between 0 minutes and a day.");
        } else if number > 1 && rung.after_minutes < waited {
            findings.add(
                "escalation",
                format!("{who} would be called before the one above. Give {waited} minutes or more."),
            );
        }
        waited = rung.after_minutes.max(waited);
    }
    findings.done()?;
    let label =
        format!("{} for {name}", if base.is_some() { "Change where to call" } else { "Say where to call" });
    Ok(one_change(label, base.as_ref(), &row))
}

fn end_contact(book: &Book, id: ContactId, moment: Moment<'_>) -> Result<Decision, Issues> {
    match book.contacts.get(id.0) {
        Some(row) if row.ended_at.is_none() => {
            let after = Contact { ended_at: Some(moment.at), ..row.clone() };
            let label = format!("Use the contact card of {} no longer", place(book, row.group));
            Ok(one_change(label, Some(row), &after))
        }
        _ => Err(refused("This contact card is not used any more.")),
    }
}
