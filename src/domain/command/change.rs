//! What a person can do to change records, approvals, messages and waivers.

use chrono::NaiveDate;

use super::Edit;
use crate::domain::approval::{ApprovalId, Medium, Subject, Verdict};
use crate::domain::asset::AssetId;
use crate::domain::change::line::{ChangeLine, ChangeLineId, LineResult, Proof};
use crate::domain::change::template::{ChangeTemplate, ChangeTemplateId};
use crate::domain::change::test::{TestResult, TestResultId};
use crate::domain::change::{ChangeId, ChangeRecord, ChangeState};
use crate::domain::cycle::CycleId;
use crate::domain::notice::{NoticeId, NoticeSent};
use crate::domain::person::PersonId;
use crate::domain::waiver::request::{WaiverRequest, WaiverRequestId};

/// Change records.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeCommand {
    /// Write a record or change it. Number, state and dates of a new one are set here.
    Save(Box<Edit<ChangeRecord>>),
    /// Put assets on a record, take lines off it (each with a reason).
    Lines {
        /// Which record.
        change: ChangeId,
        /// Which assets come on.
        add: Vec<AssetId>,
        /// Which lines go, and why.
        remove: Vec<(ChangeLineId, String)>,
    },
    /// Change a line.
    Line(Box<Edit<ChangeLine>>),
    /// Make a cycle's records: one for each group that owes something, from templates.
    Bulk {
        /// Which cycle.
        cycle: CycleId,
    },
    /// Move a record along its states.
    Move(Box<Move>),
    /// Record a test, or put one right.
    Test(Box<Edit<TestResult>>),
    /// A test no longer counts.
    VoidTest {
        /// Which.
        test: TestResultId,
        /// Why; demanded.
        because: String,
    },
    /// Record what came of lines.
    Verify {
        /// Which record.
        change: ChangeId,
        /// What was found.
        found: Vec<LineFound>,
    },
    /// Add or change a template.
    Template(Box<Edit<ChangeTemplate>>),
    /// Ratify a template: from here it makes standard changes.
    RatifyTemplate(Box<Ratification>),
    /// Withdraw a template.
    RevokeTemplate {
        /// Which.
        template: ChangeTemplateId,
        /// Why; demanded.
        because: String,
    },
    /// Write a message. Its id and instant are set here.
    Notice(Box<NoticeSent>),
    /// A message was sent.
    Sent {
        /// Which.
        notice: NoticeId,
        /// When, UTC seconds.
        at: i64,
    },
}

/// A step along the states of a change record.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The record as the screen showed it.
    pub base: ChangeRecord,
    /// Where it goes.
    pub to: ChangeState,
    /// When it happened, UTC seconds.
    pub at: i64,
    /// Who.
    pub by: String,
    /// Why, where the move demands it.
    pub because: String,
}

/// What was found on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineFound {
    /// Which line.
    pub line: ChangeLineId,
    /// What came of it.
    pub result: LineResult,
    /// How it is known.
    pub proof: Proof,
    /// Who found it, or which source.
    pub by: String,
}

/// A template's ratification.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratification {
    /// Which template.
    pub template: ChangeTemplateId,
    /// Who ratified it.
    pub person: PersonId,
    /// As what.
    pub function: String,
    /// When, UTC seconds.
    pub at: i64,
    /// Last day on which it may be used.
    pub expires_on: NaiveDate,
    /// Name and SHA-256 (hexadecimal) of the file that shows it.
    pub evidence: Option<(String, String)>,
}

/// Approvals.
#[derive(Clone, Debug, PartialEq)]
pub enum ApprovalCommand {
    /// Record a decision. It also moves what it is about.
    Record(Box<ApprovalDraft>),
    /// A decision was recorded wrongly.
    Void {
        /// Which.
        approval: ApprovalId,
        /// Why; demanded.
        because: String,
    },
}

/// A decision as it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalDraft {
    /// What kind of thing was decided on.
    pub subject: Subject,
    /// Which one: the row id.
    pub subject_id: i64,
    /// What was decided.
    pub decision: Verdict,
    /// Who decided.
    pub person: PersonId,
    /// As what.
    pub function: String,
    /// How they told.
    pub medium: Medium,
    /// When they decided, UTC seconds.
    pub decided_at: i64,
    /// What they said.
    pub comment: String,
    /// Name and SHA-256 (hexadecimal) of the file that shows it.
    pub evidence: Option<(String, String)>,
    /// Fingerprint of what was on the screen; another one now is a stale screen.
    pub shown: String,
}

/// Waivers. They are decided by [`ApprovalCommand::Record`].
#[derive(Clone, Debug, PartialEq)]
pub enum WaiverCommand {
    /// Write a request or change its draft.
    Save(Box<Edit<WaiverRequest>>),
    /// Ask for it.
    Request(WaiverRequestId),
    /// Take it under review.
    Review(WaiverRequestId),
    /// Write a new request that follows this one.
    Renew(WaiverRequestId),
    /// End it early.
    Revoke {
        /// Which.
        request: WaiverRequestId,
        /// Why; demanded.
        because: String,
    },
}
