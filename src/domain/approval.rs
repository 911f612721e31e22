//! Approvals: who decided, as what, how we know, and exactly what was decided on.

use serde::{Deserialize, Serialize};

use super::person::PersonId;
use super::row::{id_type, row_of, words};

id_type!(
    /// Which approval.
    ApprovalId
);

words!(
    /// What a decision or a message is about.
    Subject {
        /// A change record.
        Change = "change", "Change record";
        /// A waiver request.
        Waiver = "waiver", "Waiver";
        /// A cycle: an emergency's go.
        Cycle = "cycle", "Cycle";
        /// A patch night.
        Run = "run", "Patch night";
        /// A meeting.
        Meeting = "meeting", "Meeting";
    }
);

words!(
    /// What was decided.
    Verdict {
        /// Go.
        Approve = "approve", "Approved";
        /// Back to the requester.
        Return = "return", "Returned";
        /// No.
        Reject = "reject", "Rejected";
        /// Go at once, before the business has approved (requirement S1-66).
        GoAhead = "go_ahead", "Go ahead before approval";
        /// Wait for the business (requirement S1-66).
        Await = "await", "Await approval";
    }
);

words!(
    /// How the decision was told.
    Medium {
        /// In this program, by the person at it.
        InApp = "in_app", "In the program";
        /// By e-mail.
        Mail = "mail", "E-mail";
        /// On paper.
        Paper = "paper", "Paper";
        /// On the phone.
        Phone = "phone", "Phone";
        /// Face to face, or in a meeting.
        Spoken = "spoken", "In person";
    }
);

/// Somebody's decision, and how we know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Row id.
    pub id: ApprovalId,
    /// What kind of thing was decided on.
    pub subject: Subject,
    /// Which one: the row id.
    pub subject_id: i64,
    /// What was decided.
    pub decision: Verdict,
    /// Who decided.
    pub person: Option<PersonId>,
    /// As what.
    pub function: String,
    /// How they told.
    pub medium: Medium,
    /// When they decided, UTC seconds.
    pub decided_at: i64,
    /// When it was recorded, UTC seconds.
    pub recorded_at: i64,
    /// Who recorded it.
    pub recorded_by: String,
    /// What they said.
    pub comment: String,
    /// Name of the file that shows it; empty: no evidence.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// SHA-256 over what was decided on, hexadecimal.
    pub fingerprint: String,
    /// What was decided on, in canonical text, so that a later edit can be shown.
    pub decided_text: String,
    /// The requester decided on their own request.
    pub own: bool,
    /// No longer stands since, UTC seconds.
    pub voided_at: Option<i64>,
    /// Why.
    pub voided_because: String,
}
row_of!(Approval, Approval);
