//! Change records: what may be done, was done, and was not done.

pub mod default;
pub mod duty;
pub mod field;
pub mod figure;
pub mod fingerprint;
pub mod install;
pub mod line;
pub mod message;
pub mod missing;
pub mod orphan;
pub mod outcome;
pub mod state;
pub mod template;
pub mod test;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::line::ChangeLine;
use self::template::ChangeTemplateId;
use super::book::Book;
use super::cycle::CycleId;
use super::group::GroupId;
use super::person::PersonId;
use super::rating::Rank;
use super::row::{id_type, row_of, words};
use super::update::UpdateId;

id_type!(
    /// Which change record.
    ChangeId
);

words!(
    /// What kind of change.
    ChangeKind {
        /// From a ratified template; the approval is inherited.
        Standard = "standard", "Standard";
        /// The full path.
        Normal = "normal", "Normal";
        /// The short path, with its approval before or soon after.
        Emergency = "emergency", "Emergency";
    }
);

words!(
    /// Where a change record stands (peers.md D1).
    ChangeState {
        /// Being written.
        Draft = "draft", "Draft";
        /// An emergency that was declared.
        Declared = "declared", "Declared";
        /// Waiting for a decision.
        Submitted = "submitted", "Submitted";
        /// Sent back to be improved.
        Returned = "returned", "Returned";
        /// Refused.
        Rejected = "rejected", "Rejected";
        /// Approved.
        Approved = "approved", "Approved";
        /// An emergency that goes ahead, its approval to follow.
        GoAhead = "go_ahead", "Going ahead";
        /// Its window is fixed.
        Scheduled = "scheduled", "Scheduled";
        /// Being done.
        InProgress = "in_progress", "In progress";
        /// Done.
        Implemented = "implemented", "Implemented";
        /// Done for some assets.
        Partly = "partly", "Partly implemented";
        /// Taken back.
        RolledBack = "rolled_back", "Rolled back";
        /// Not achieved.
        Failed = "failed", "Failed";
        /// In its quiet period.
        Monitoring = "monitoring", "Monitoring";
        /// Being reviewed.
        Review = "review", "In review";
        /// Finished.
        Closed = "closed", "Closed";
        /// Given up.
        Cancelled = "cancelled", "Cancelled";
    }
);

/// What a change plans. A record has one, and so has a template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePlan {
    /// What it does to the service.
    pub impact: String,
    /// What may go wrong if it is done.
    pub risk_of_applying: String,
    /// What may go wrong if it is not (requirement S2-12).
    pub risk_of_waiting: String,
    /// Whether there is an outage.
    pub outage: bool,
    /// Planned downtime.
    pub downtime_minutes: Option<i64>,
    /// What must be in place before.
    pub prerequisites: String,
    /// What is tested, and where.
    pub test_plan: String,
    /// The steps.
    pub rollout_plan: String,
    /// In which rings, so that nothing goes down everywhere at once (requirement S4-02).
    pub phasing: String,
    /// How it is taken back.
    pub backout_plan: String,
    /// What makes one take it back.
    pub backout_trigger: String,
    /// The point of no return, in minutes after the begin.
    pub backout_minutes: Option<i64>,
    /// Who decides on it.
    pub backout_owner: Option<PersonId>,
    /// When taking it back was last tried.
    pub backout_proven_on: Option<NaiveDate>,
    /// Who watches what, and how.
    pub monitoring_plan: String,
    /// What must hold to close it; written before the work.
    pub acceptance: String,
    /// Days without a reported issue before it may be closed.
    pub quiet_days: Option<i64>,
    /// Who is told.
    pub notifications: String,
    /// Estimated cost in hours of work.
    pub cost_hours: Option<i64>,
}

/// A verified backup, one job report for all it covers (requirement S2-09).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// The job.
    pub job: String,
    /// Who verified it.
    pub verified_by: Option<PersonId>,
    /// When, UTC seconds.
    pub verified_at: Option<i64>,
    /// Whether a restore was tried.
    pub restore_tested: bool,
    /// Name of the job report.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
}

/// One change: one record a cycle and group, with its assets as [`ChangeLine`]s.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRecord {
    /// Row id.
    pub id: ChangeId,
    /// `CHG-2026-11-003`.
    pub number: String,
    /// Standard, normal or emergency.
    pub kind: ChangeKind,
    /// Where it stands; moved by a command only.
    pub state: ChangeState,
    /// What is changed.
    pub title: String,
    /// The cycle it belongs to.
    pub cycle: Option<CycleId>,
    /// The group it is for.
    pub group: Option<GroupId>,
    /// What it was made from.
    pub template: Option<ChangeTemplateId>,
    /// What is installed.
    pub updates: Vec<UpdateId>,
    /// The highest rank among them.
    pub rank: Option<Rank>,
    /// Why.
    pub reason: String,
    /// Risk, tests, steps, back-out, acceptance.
    pub plan: ChangePlan,
    /// Begin of the window, UTC seconds.
    pub window_from_at: Option<i64>,
    /// End of the window, UTC seconds.
    pub window_until_at: Option<i64>,
    /// Who asks for it.
    pub requester: Option<PersonId>,
    /// Who holds it together.
    pub coordinator: Option<PersonId>,
    /// Who does it.
    pub implementer: Option<PersonId>,
    /// Who tests.
    pub tester: Option<PersonId>,
    /// Who watches that everything comes back.
    pub monitor: Option<PersonId>,
    /// The backup that was verified, one report for all lines.
    pub backup: Option<Backup>,
    /// Why there is no test evidence; empty: there is.
    pub untested_because: String,
    /// Why it began without approval (emergency); empty: it did not.
    pub go_ahead_because: String,
    /// By when the approval must follow, UTC seconds.
    pub approve_by_at: Option<i64>,
    /// Raised when the work was already done.
    pub after_the_fact: bool,
    /// Begun at, UTC seconds.
    pub started_at: Option<i64>,
    /// When the begin was recorded, UTC seconds.
    pub start_recorded_at: Option<i64>,
    /// Ended at, UTC seconds.
    pub ended_at: Option<i64>,
    /// How the work ended: implemented, partly, rolled back or failed. Stays when the record moves on.
    pub ended_as: Option<ChangeState>,
    /// What it cost in downtime.
    pub downtime_minutes: Option<i64>,
    /// What came of it, in words.
    pub outcome: String,
    /// What went wrong.
    pub issues: String,
    /// End of the quiet period, UTC seconds.
    pub monitor_until_at: Option<i64>,
    /// What the review says.
    pub review: String,
    /// Whether the acceptance criteria were met.
    pub criteria_met: Option<bool>,
    /// Made at, UTC seconds.
    pub created_at: i64,
    /// Closed at, UTC seconds.
    pub closed_at: Option<i64>,
    /// Who closed it.
    pub closed_by: String,
    /// Why it was returned, rejected or given up.
    pub cancelled_because: String,
}
row_of!(ChangeRecord, ChangeRecord);

impl ChangeRecord {
    /// An empty draft; number and dates are set when it is saved.
    pub fn new(kind: ChangeKind) -> Self {
        Self {
            id: ChangeId(0),
            number: String::new(),
            kind,
            state: ChangeState::Draft,
            title: String::new(),
            cycle: None,
            group: None,
            template: None,
            updates: Vec::new(),
            rank: None,
            reason: String::new(),
            plan: ChangePlan::default(),
            window_from_at: None,
            window_until_at: None,
            requester: None,
            coordinator: None,
            implementer: None,
            tester: None,
            monitor: None,
            backup: None,
            untested_because: String::new(),
            go_ahead_because: String::new(),
            approve_by_at: None,
            after_the_fact: false,
            started_at: None,
            start_recorded_at: None,
            ended_at: None,
            ended_as: None,
            downtime_minutes: None,
            outcome: String::new(),
            issues: String::new(),
            monitor_until_at: None,
            review: String::new(),
            criteria_met: None,
            created_at: 0,
            closed_at: None,
            closed_by: String::new(),
            cancelled_because: String::new(),
        }
    }
}

impl Backup {
    /// Somebody verified it, and there is a report to show for it (requirement S2-09).
    pub fn is_verified(&self) -> bool {
        self.verified_at.is_some() && self.verified_by.is_some() && !self.evidence_sha256.is_empty()
    }
}

/// The lines of a record that are in, in the order of rings and names.
pub fn lines(book: &Book, change: ChangeId) -> Vec<&ChangeLine> {
    let of = |line: &&ChangeLine| line.change == change && line.removed_because.is_empty();
    let mut lines: Vec<&ChangeLine> = book.change_lines.iter().filter(of).collect();
    let name = |line: &ChangeLine| book.assets.get(line.asset.0).map_or("", |asset| asset.name.as_str());
    lines.sort_by(|a, b| (a.ring, name(a), a.id).cmp(&(b.ring, name(b), b.id)));
    lines
}

/// The window of a line: its own, or what it has from its record.
pub fn window_of(record: &ChangeRecord, line: &ChangeLine) -> (Option<i64>, Option<i64>) {
    (line.window_from_at.or(record.window_from_at), line.window_until_at.or(record.window_until_at))
}

/// The backup of a line: its own, or what it has from its record.
pub fn backup_of<'r>(record: &'r ChangeRecord, line: &'r ChangeLine) -> Option<&'r Backup> {
    line.backup.as_ref().or(record.backup.as_ref())
}

/// A record by its number, without regard to case.
pub fn numbered<'b>(book: &'b Book, number: &str) -> Option<&'b ChangeRecord> {
    book.changes.iter().find(|record| record.number.eq_ignore_ascii_case(number.trim()))
}
