//! What a person can do to roles, committee, meetings and actions.

use chrono::NaiveDate;

use super::Edit;
use crate::domain::action::{Action, ActionId};
use crate::domain::committee::{Contact, ContactId, Member};
use crate::domain::cycle::CycleId;
use crate::domain::meeting::{Meeting, MeetingId, MeetingKind};
use crate::domain::person::PersonId;
use crate::domain::practice::Practice;
use crate::domain::role::{Activity, ActivityId, Assignment, DutyConflict, DutyConflictId, Role, RoleId};

/// Roles and the matrix.
#[derive(Clone, Debug, PartialEq)]
pub enum RoleCommand {
    /// Set up the usual roles and the usual matrix, in a register that has none.
    Begin,
    /// Add or change a role.
    Role(Box<Edit<Role>>),
    /// Use a role no longer.
    EndRole(RoleId),
    /// Add or change an assignment.
    Assign(Box<Edit<Assignment>>),
    /// Hand a role over: ends what its holder has, begins the next one (requirement S1-28).
    HandOver {
        /// Which role.
        role: RoleId,
        /// Who takes it.
        to: PersonId,
        /// First day of the new holder.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Somebody leaves: ends every assignment and membership of theirs.
    Leave {
        /// Who.
        person: PersonId,
        /// Last day.
        on: NaiveDate,
    },
    /// Somebody who left is there again.
    Return(PersonId),
    /// Add or change a row of the matrix.
    Activity(Box<Edit<Activity>>),
    /// Take a row out of the matrix.
    EndActivity(ActivityId),
    /// Accept a conflict of duty in the open. Its id, its date and who recorded it are set here.
    AcceptConflict(Box<DutyConflict>),
    /// Accept it no longer.
    EndConflict(DutyConflictId),
    /// Fold every role into three hats.
    Hats {
        /// Does.
        does: PersonId,
        /// Approves.
        approves: PersonId,
        /// Looks over.
        looks_over: PersonId,
        /// From which day.
        on: NaiveDate,
    },
    /// Change how the shop works.
    Practice(Box<Edit<Practice>>),
}

/// Committee, contacts, meetings, actions.
#[derive(Clone, Debug, PartialEq)]
pub enum CommitteeCommand {
    /// Add or change a membership.
    Member(Box<Edit<Member>>),
    /// Add or change a contact card.
    Contact(Box<Edit<Contact>>),
    /// Use a contact card no longer.
    EndContact(ContactId),
    /// Plan a meeting with its generated agenda.
    Plan {
        /// Which kind.
        kind: MeetingKind,
        /// About which cycle.
        cycle: Option<CycleId>,
        /// When, UTC seconds.
        at: i64,
    },
    /// Change a meeting: attendance, discussion, decisions.
    Meeting(Box<Edit<Meeting>>),
    /// Accept the minutes: from here they are no draft and no longer change.
    AcceptMinutes {
        /// Which.
        meeting: MeetingId,
        /// Who accepts them.
        by: String,
    },
    /// Add or change an action.
    Action(Box<Edit<Action>>),
    /// An action was done.
    ActionDone {
        /// Which.
        action: ActionId,
        /// By whom.
        by: String,
        /// What came of it.
        result: String,
    },
    /// Give an action up.
    DropAction {
        /// Which.
        action: ActionId,
        /// Why; demanded.
        because: String,
    },
}
