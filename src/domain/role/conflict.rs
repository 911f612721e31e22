//! Duties that should be apart and lie in one hand, over the whole matrix (standards.md 3.4, requirement S1-27).
//!
//! Small shops cannot separate everything: a conflict is shown until somebody else accepts it, and is counted as accepted after
//! that. Only holders count; a deputy has the duty only while standing in. Single changes are checked where changes are.

use chrono::NaiveDate;

use super::holder::{assigned_on, roles_in_order};
use super::matrix::activities_in_order;
use super::{Duty, DutyConflictId, DutyRule, Part, RoleId};
use crate::domain::book::Book;
use crate::domain::person::PersonId;

/// Which duty decides on which: the first is taken from whoever answers for it, the second from whoever does it.
pub const SEPARATIONS: [(DutyRule, Duty, Duty); 6] = [
    (DutyRule::ApproverRequester, Duty::Authorise, Duty::Request),
    (DutyRule::ApproverImplementer, Duty::Authorise, Duty::Implement),
    (DutyRule::TesterImplementer, Duty::Test, Duty::Implement),
    (DutyRule::VerifierImplementer, Duty::Verify, Duty::Implement),
    (DutyRule::AcceptorRequester, Duty::AcceptRisk, Duty::RequestWaiver),
    (DutyRule::OwnEmergency, Duty::Authorise, Duty::Declare),
];

/// Two duties that should be apart, in one hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Which separation is missing.
    pub rule: DutyRule,
    /// In whose hand.
    pub person: PersonId,
    /// Their roles that decide.
    pub decides: Vec<RoleId>,
    /// Their roles that are decided on.
    pub does: Vec<RoleId>,
    /// The acceptance, where somebody accepted it.
    pub accepted: Option<DutyConflictId>,
}

impl Conflict {
    /// `Business approval and Patching administrator`.
    pub fn roles_text(&self, book: &Book) -> String {
        let names = |ids: &[RoleId]| {
            let name = |id: &RoleId| book.roles.get(id.0).map_or("", |role| role.name.as_str());
            ids.iter().map(name).collect::<Vec<_>>().join(", ")
        };
        if self.decides == self.does {
            return names(&self.decides);
        }
        format!("{} and {}", names(&self.decides), names(&self.does))
    }
}

/// The acceptance in force of a conflict over the matrix.
pub fn acceptance(book: &Book, rule: DutyRule, person: PersonId) -> Option<DutyConflictId> {
    let rows = book.duty_conflicts.rows().iter();
    let mut same = rows.filter(|row| row.change.is_none() && row.ended_at.is_none());
    same.find(|row| row.rule == rule && row.person == person).map(|row| row.id)
}

/// Every conflict over the matrix on a day: by separation, then by name.
pub fn conflicts_on(book: &Book, on: NaiveDate) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (rule, first, second) in SEPARATIONS {
        let (deciding, doing) = (with_duty(book, first, true), with_duty(book, second, false));
        let holders = |roles: &[RoleId]| -> Vec<(PersonId, RoleId)> {
            let of = |role: &RoleId| {
                let held = assigned_on(book, *role, Part::Holder, on).into_iter();
                held.map(|a| (a.person, *role)).collect::<Vec<_>>()
            };
            roles.iter().flat_map(of).collect()
        };
        let (deciders, doers) = (holders(&deciding), holders(&doing));
        let mut people: Vec<PersonId> = deciders.iter().map(|(person, _)| *person).collect();
        people.retain(|person| doers.iter().any(|(other, _)| other == person));
        people.sort_by_key(|person| (book.person_name(Some(*person)), *person));
        people.dedup();
        for person in people {
            let of = |held: &[(PersonId, RoleId)]| {
                let mut roles: Vec<RoleId> =
                    held.iter().filter(|(p, _)| *p == person).map(|(_, r)| *r).collect();
                roles.dedup();
                roles
            };
            let accepted = acceptance(book, rule, person);
            found.push(Conflict { rule, person, decides: of(&deciders), does: of(&doers), accepted });
        }
    }
    found
}

/// Roles in use that answer for an activity of a duty, or that do it.
fn with_duty(book: &Book, duty: Duty, answers: bool) -> Vec<RoleId> {
    let rows: Vec<_> = activities_in_order(book).into_iter().filter(|row| row.duty == Some(duty)).collect();
    let has = |role: RoleId| {
        let marks = rows.iter().filter_map(|row| row.mark_of(role));
        marks.into_iter().any(|mark| if answers { mark.answers() } else { mark.does() })
    };
    roles_in_order(book).into_iter().map(|role| role.id).filter(|role| has(*role)).collect()
}
