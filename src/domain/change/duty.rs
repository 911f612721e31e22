//! Separation of duties on one change (standards.md 3.4), and people who have left.
//!
//! A conflict blocks nothing: in a small shop one person does much. It is named, and either accepted in the open with what
//! takes the place of the separation, or it stays listed as not accepted.

use chrono::NaiveDate;

use super::{ChangeKind, ChangeRecord, lines};
use crate::domain::approval;
use crate::domain::asset::Criticality;
use crate::domain::book::Book;
use crate::domain::change::line::Proof;
use crate::domain::person::PersonId;
use crate::domain::role::{DutyConflict, DutyRule};
use crate::util::text::fold;

/// Two duties of one change in one hand.
#[derive(Clone, Copy, Debug)]
pub struct Conflict<'b> {
    /// Which separation is missing.
    pub rule: DutyRule,
    /// In whose hand.
    pub person: PersonId,
    /// How it was accepted; `None`: it was not.
    pub accepted: Option<&'b DutyConflict>,
}

impl Conflict<'_> {
    /// `Approver is the requester: Ada. Accepted by Bo: Cy reviews within five days.`
    pub fn text(&self, book: &Book) -> String {
        let name = book.person_name(Some(self.person));
        match self.accepted {
            Some(row) => {
                format!("{}: {name}. Accepted by {}: {}", self.rule.text(), row.accepted_by, row.instead)
            }
            None => format!("{}: {name}. Not accepted by anybody.", self.rule.text()),
        }
    }
}

/// The conflicts of duty of a record as it stands, each once.
pub fn conflicts<'b>(book: &'b Book, record: &ChangeRecord) -> Vec<Conflict<'b>> {
    let mut found: Vec<(DutyRule, PersonId)> = Vec::new();
    let mut note = |rule, person: Option<PersonId>, other: Option<PersonId>| {
        if let Some(person) = person.filter(|_| person == other)
            && !found.contains(&(rule, person))
        {
            found.push((rule, person));
        }
    };
    let approver = approval::standing(book, record).and_then(|approval| approval.person);
    if record.kind == ChangeKind::Emergency {
        note(DutyRule::OwnEmergency, approver, record.requester);
    } else {
        note(DutyRule::ApproverRequester, approver, record.requester);
    }
    note(DutyRule::ApproverImplementer, approver, record.implementer);
    let rows = lines(book, record.id);
    let vital = |criticality| matches!(criticality, Criticality::One | Criticality::Two);
    let critical =
        rows.iter().filter_map(|line| book.assets.get(line.asset.0)).any(|asset| vital(asset.criticality));
    if critical {
        note(DutyRule::TesterImplementer, record.tester, record.implementer);
        let tests = book.tests.iter();
        for test in tests.filter(|test| test.change == record.id && test.voided_because.is_empty()) {
            note(DutyRule::TesterImplementer, test.tested_by, record.implementer);
        }
    }
    for line in rows.iter().filter(|line| line.proof == Some(Proof::ByHand)) {
        let same = |person: &&crate::domain::person::Person| fold(&person.name) == fold(&line.result_by);
        let verifier = book.people.iter().find(same).map(|person| person.id);
        note(DutyRule::VerifierImplementer, verifier, record.implementer);
    }
    let accepted = |rule, person| {
        book.duty_conflicts.iter().find(|row| {
            row.rule == rule
                && row.person == person
                && row.ended_at.is_none()
                && row.change.is_none_or(|change| change == record.id)
        })
    };
    found
        .into_iter()
        .map(|(rule, person)| Conflict { rule, person, accepted: accepted(rule, person) })
        .collect()
}

/// The last day of somebody whose every assignment has ended before a day; `None` for whoever is still there, or was never
/// given a role.
pub fn left_on(book: &Book, person: PersonId, day: NaiveDate) -> Option<NaiveDate> {
    let held = book.assignments.iter().filter(|a| a.person == person);
    let mut last = None;
    for assignment in held {
        match assignment.until_on {
            Some(until) if until < day => last = last.max(Some(until)),
            _ => return None,
        }
    }
    last
}

/// The people a record names who have left by an instant: field, person, last day.
pub fn left_people(
    book: &Book,
    record: &ChangeRecord,
    at: i64,
) -> Vec<(super::field::Field, PersonId, NaiveDate)> {
    use super::field::Field;
    let day = crate::util::clock::day_in(crate::util::clock::zone(&book.shop.zone), at);
    let named = [
        (Field::Requester, record.requester),
        (Field::Coordinator, record.coordinator),
        (Field::Implementer, record.implementer),
        (Field::Tester, record.tester),
        (Field::Monitor, record.monitor),
        (Field::BackoutOwner, record.plan.backout_owner),
    ];
    let gone = |(field, person): (Field, Option<PersonId>)| {
        let person = person?;
        Some((field, person, left_on(book, person, day)?))
    };
    named.into_iter().filter_map(gone).collect()
}
