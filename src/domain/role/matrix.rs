//! The live rules of the roles matrix (standards.md 3.4): one who answers for each row, at least one who does it.
//!
//! Columns of roles that are no longer used count for nothing.

use chrono::NaiveDate;

use super::holder::{assigned_on, roles_in_order};
use super::{Activity, ActivityId, Mark, Part, RoleId};
use crate::domain::book::Book;
use crate::util::text::counted;

impl Mark {
    /// Whether it answers for the row: `A` or `A/R`.
    pub fn answers(self) -> bool {
        matches!(self, Self::Accountable | Self::Both)
    }

    /// Whether it does the work: `R` or `A/R`.
    pub fn does(self) -> bool {
        matches!(self, Self::Responsible | Self::Both)
    }
}

impl Activity {
    /// The mark of a role.
    pub fn mark_of(&self, role: RoleId) -> Option<Mark> {
        self.marks.iter().find(|mark| mark.role == role).map(|mark| mark.mark)
    }

    /// The row with another mark for a role; nothing clears it.
    #[must_use]
    pub fn marked(mut self, role: RoleId, mark: Option<Mark>) -> Self {
        self.marks.retain(|other| other.role != role);
        self.marks.extend(mark.map(|mark| super::MarkOf { role, mark }));
        self.marks.sort_by_key(|mark| mark.role);
        self
    }
}

/// Something the matrix lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A row without any mark.
    Empty(ActivityId),
    /// Nobody answers for it.
    NobodyAnswers(ActivityId),
    /// More than one role answers for it.
    SeveralAnswer(ActivityId, Vec<RoleId>),
    /// Nobody does it.
    NobodyDoes(ActivityId),
    /// A role that answers for or does something has no holder; how many rows that concerns.
    Vacant(RoleId, usize),
}

impl Finding {
    /// The row it is about, if it is about one.
    pub fn activity(&self) -> Option<ActivityId> {
        match self {
            Self::Empty(id) | Self::NobodyAnswers(id) | Self::SeveralAnswer(id, _) | Self::NobodyDoes(id) => {
                Some(*id)
            }
            Self::Vacant(..) => None,
        }
    }

    /// The word of its kind on the console.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Empty(_) => "empty",
            Self::NobodyAnswers(_) => "nobody_answers",
            Self::SeveralAnswer(..) => "several_answer",
            Self::NobodyDoes(_) => "nobody_does",
            Self::Vacant(..) => "vacant",
        }
    }

    /// What is wrong and what to do, without naming the row.
    pub fn text(&self, book: &Book) -> String {
        match self {
            Self::Empty(_) => "No marks at all: give one role A/R, or take the row out.".to_owned(),
            Self::NobodyAnswers(_) => "Nobody answers for it: give one role A or A/R.".to_owned(),
            Self::SeveralAnswer(_, roles) => {
                let code = |id: &RoleId| book.roles.get(id.0).map_or("", |role| role.code.as_str());
                let codes: Vec<&str> = roles.iter().map(code).collect();
                format!("{} answer for it: leave A with one of them.", codes.join(" and "))
            }
            Self::NobodyDoes(_) => "Nobody does it: give at least one role R or A/R.".to_owned(),
            Self::Vacant(role, rows) => {
                let name = book.roles.get(role.0).map_or("", |role| role.name.as_str());
                let rows = counted(*rows as u64, "activity", "activities");
                format!("{name} has work in {rows} and nobody holds it: assign it in Roles.")
            }
        }
    }
}

/// Activities in use, in their order.
pub fn activities_in_order(book: &Book) -> Vec<&Activity> {
    let mut rows: Vec<&Activity> = book.activities.rows().iter().filter(|a| a.ended_at.is_none()).collect();
    rows.sort_by_key(|a| (a.position, a.id));
    rows
}

/// What one row lacks, given the roles in use.
pub fn row_findings(activity: &Activity, roles: &[RoleId]) -> Vec<Finding> {
    let marks = || roles.iter().filter_map(|role| Some((*role, activity.mark_of(*role)?)));
    if marks().next().is_none() {
        return vec![Finding::Empty(activity.id)];
    }
    let mut found = Vec::new();
    let answering: Vec<RoleId> = marks().filter(|(_, mark)| mark.answers()).map(|(role, _)| role).collect();
    match answering.len() {
        0 => found.push(Finding::NobodyAnswers(activity.id)),
        1 => {}
        _ => found.push(Finding::SeveralAnswer(activity.id, answering)),
    }
    if !marks().any(|(_, mark)| mark.does()) {
        found.push(Finding::NobodyDoes(activity.id));
    }
    found
}

/// What the matrix lacks on a day: rows in their order, then roles with work and without a holder.
pub fn findings(book: &Book, on: NaiveDate) -> Vec<Finding> {
    let roles: Vec<RoleId> = roles_in_order(book).iter().map(|role| role.id).collect();
    let rows = activities_in_order(book);
    let mut found: Vec<Finding> = rows.iter().flat_map(|row| row_findings(row, &roles)).collect();
    for role in roles {
        let work = |row: &&&Activity| row.mark_of(role).is_some_and(|mark| mark.answers() || mark.does());
        let count = rows.iter().filter(work).count();
        if count > 0 && assigned_on(book, role, Part::Holder, on).is_empty() {
            found.push(Finding::Vacant(role, count));
        }
    }
    found
}
