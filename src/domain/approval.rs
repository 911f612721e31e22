//! Approvals: who decided, as what, how we know, and exactly what was decided on.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::book::Book;
use super::change::{ChangeId, ChangeRecord, fingerprint};
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

impl Medium {
    /// How it reads in a sentence: `by e-mail`.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::InApp => "in the program",
            Self::Mail => "by e-mail",
            Self::Paper => "on paper",
            Self::Phone => "on the phone",
            Self::Spoken => "in person",
        }
    }
}

impl Verdict {
    /// How it reads in a sentence: `approved`.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Return => "returned",
            Self::Reject => "rejected",
            Self::GoAhead => "told to go ahead before approval",
            Self::Await => "held until approval",
        }
    }
}

/// The one sentence about a decision, for window, console and paper. It claims what was shown and no more:
/// `Approved on 12 Nov 2026 09:30 CET; recorded by A on 12 Nov 2026 10:02 CET as decided by B (owner) by e-mail, evidence
/// approval.eml 3f2a9c0112345678`, or `no evidence`.
pub fn sentence(book: &Book, approval: &Approval) -> String {
    let zone = crate::util::clock::zone(&book.shop.zone);
    let when = |at| crate::util::clock::text_in(zone, at);
    let who = match (book.person_name(approval.person), approval.function.as_str()) {
        ("", _) => "nobody named".to_owned(),
        (name, "") => name.to_owned(),
        (name, function) => format!("{name} ({function})"),
    };
    let evidence = evidence_text(&approval.evidence_name, &approval.evidence_sha256);
    let mut text = format!(
        "{} on {}; recorded by {} on {} as decided by {who} {}, {evidence}",
        approval.decision.text(),
        when(approval.decided_at),
        approval.recorded_by,
        when(approval.recorded_at),
        approval.medium.phrase(),
    );
    if approval.own {
        text.push_str("; decided on their own request");
    }
    if let Some(at) = approval.voided_at {
        let _infallible = write!(text, "; void since {}: {}", when(at), approval.voided_because);
    }
    text
}

/// What shows a decision, with the beginning of its SHA-256: `evidence approval.eml 3f2a9c0112345678`, or `no evidence`.
pub fn evidence_text(name: &str, sha256: &str) -> String {
    if sha256.is_empty() {
        return "no evidence".to_owned();
    }
    let short: String = sha256.chars().take(16).collect();
    format!("evidence {name} {short}").replace("  ", " ")
}

/// How somebody's decision became known: `by e-mail, recorded by Ada, no evidence`.
pub fn told_text(medium: Option<Medium>, recorded_by: &str, (name, sha256): (&str, &str)) -> String {
    let recorder = if recorded_by.is_empty() { "somebody without a name" } else { recorded_by };
    let how = medium.map_or_else(String::new, |medium| format!("{}, ", medium.phrase()));
    format!("{how}recorded by {recorder}, {}", evidence_text(name, sha256))
}

/// Every decision on a change record, oldest first, void ones included.
pub fn on_change(book: &Book, change: ChangeId) -> Vec<&Approval> {
    let about = |a: &&Approval| a.subject == Subject::Change && a.subject_id == change.0;
    let mut found: Vec<&Approval> = book.approvals.iter().filter(about).collect();
    found.sort_by_key(|approval| (approval.recorded_at, approval.id));
    found
}

/// The approval of a record that stands: not void, and given for exactly what the record says now.
pub fn standing<'b>(book: &'b Book, record: &ChangeRecord) -> Option<&'b Approval> {
    let given = on_change(book, record.id);
    let newest = given.into_iter().rev().find(|a| a.decision == Verdict::Approve && a.voided_at.is_none())?;
    (newest.fingerprint == fingerprint::fingerprint(book, record)).then_some(newest)
}
