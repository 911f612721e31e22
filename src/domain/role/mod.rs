//! Roles, who holds them, and the roles matrix.

pub mod conflict;
pub mod holder;
pub mod leaving;
pub mod matrix;
pub mod signer;
pub mod start;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::change::ChangeId;
use super::person::PersonId;
use super::row::{id_type, row_of, words};

pub use holder::{deputies_on, deputy_on, holders_on, holds, role_coded, role_holder_on};

id_type!(
    /// Which role.
    RoleId
);
id_type!(
    /// Which assignment.
    AssignmentId
);
id_type!(
    /// Which activity of the matrix.
    ActivityId
);
id_type!(
    /// Which accepted conflict of duty.
    DutyConflictId
);

words!(
    /// The three hats of a shop with one manager and a boss.
    Hat {
        /// Does the work.
        Does = "does", "Does";
        /// Approves it.
        Approves = "approves", "Approves";
        /// Looks over it afterwards.
        LooksOver = "looks_over", "Looks over";
    }
);

words!(
    /// In which part somebody holds a role.
    Part {
        /// Holds it.
        Holder = "holder", "Holder";
        /// Stands in.
        Deputy = "deputy", "Deputy";
    }
);

words!(
    /// A letter of the roles matrix.
    Mark {
        /// Answers for it; exactly one a row.
        Accountable = "A", "Accountable";
        /// Answers for it and does it.
        Both = "A/R", "Accountable and responsible";
        /// Does it; at least one a row.
        Responsible = "R", "Responsible";
        /// Is asked before.
        Consulted = "C", "Consulted";
        /// Is told after.
        Informed = "I", "Informed";
    }
);

/// A cell of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkOf {
    /// The column.
    pub role: RoleId,
    /// The letter.
    pub mark: Mark,
}

words!(
    /// What an activity of the matrix means to the program, beyond its words: the duties that should be apart.
    Duty {
        /// Raises the change.
        Request = "request", "Raises the change";
        /// Authorises the change.
        Authorise = "authorise", "Authorises the change";
        /// Signs off the tests.
        Test = "test", "Signs off the tests";
        /// Deploys to production.
        Implement = "implement", "Deploys to production";
        /// Verifies independently.
        Verify = "verify", "Verifies independently";
        /// Asks for a waiver.
        RequestWaiver = "request_waiver", "Asks for a waiver";
        /// Accepts the risk that stays.
        AcceptRisk = "accept_risk", "Accepts the risk";
        /// Declares an emergency.
        Declare = "declare", "Declares an emergency";
    }
);

words!(
    /// The separations of duty that are checked (standards.md 3.4).
    DutyRule {
        /// The approver is not the requester.
        ApproverRequester = "approver_requester", "Approver is the requester";
        /// The approver is not the implementer.
        ApproverImplementer = "approver_implementer", "Approver is the implementer";
        /// Tests of critical assets are not signed off by the implementer.
        TesterImplementer = "tester_implementer", "Tester is the implementer";
        /// Whoever verifies is not the implementer.
        VerifierImplementer = "verifier_implementer", "Verifier is the implementer";
        /// Whoever accepts the risk is not the requester of the waiver.
        AcceptorRequester = "acceptor_requester", "Risk acceptor is the requester";
        /// Nobody approves their own emergency.
        OwnEmergency = "own_emergency", "Own emergency approved";
        /// One person holds duties of the matrix that should be apart.
        Matrix = "matrix", "Roles that should be apart";
    }
);

/// A role in patching (figure 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Row id.
    pub id: RoleId,
    /// Short form for the matrix, `PC`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// What they answer for.
    pub responsibility: String,
    /// Whose job that usually is.
    pub job_title: String,
    /// Which hat it folds into where one person does everything.
    pub hat: Hat,
    /// Place in the matrix.
    pub position: i64,
    /// No longer used since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Role, Role);

/// Who holds a role, from when until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Row id.
    pub id: AssignmentId,
    /// Which role.
    pub role: RoleId,
    /// Who.
    pub person: PersonId,
    /// Holder or deputy.
    pub part: Part,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, included; nothing: until further notice.
    pub until_on: Option<NaiveDate>,
    /// Why it began or ended.
    pub reason: String,
}
row_of!(Assignment, Assignment);

/// A row of the roles matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Row id.
    pub id: ActivityId,
    /// Place in the matrix.
    pub position: i64,
    /// What is done.
    pub name: String,
    /// What it means to the program; nothing: only its words.
    pub duty: Option<Duty>,
    /// Who does what in it.
    pub marks: Vec<MarkOf>,
    /// Taken out at, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Activity, Activity);

/// Two duties in one hand, accepted in the open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyConflict {
    /// Row id.
    pub id: DutyConflictId,
    /// Which separation is missing.
    pub rule: DutyRule,
    /// In whose hand.
    pub person: PersonId,
    /// For one change only; nothing: for the matrix.
    pub change: Option<ChangeId>,
    /// Who accepts it.
    pub accepted_by: String,
    /// When, UTC seconds.
    pub accepted_at: i64,
    /// What takes the place of the separation.
    pub instead: String,
    /// No longer accepted since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(DutyConflict, DutyConflict);
