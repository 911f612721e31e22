//! What a person can do to documents, the programme's lists, the business case and the frozen months.

use chrono::NaiveDate;

use super::Edit;
use crate::domain::approval::Medium;
use crate::domain::case::{BusinessCase, BusinessCaseId, Judgement};
use crate::domain::document::subject::Chosen;
use crate::domain::document::{Document, DocumentId, DocumentVersionId};
use crate::domain::month::{PostureId, SealId, Signature, SignatureId};
use crate::domain::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};
use crate::domain::row::Table;

/// How somebody decided outside this program, and how we know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who decided.
    pub by: String,
    /// As what.
    pub function: String,
    /// How they told.
    pub medium: Medium,
    /// When they decided, UTC seconds.
    pub at: i64,
    /// Name and SHA-256 (hexadecimal) of the evidence file.
    pub evidence: Option<(String, String)>,
}

/// Documents and their versions.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentCommand {
    /// Keep a document from now on, made from the template of this key.
    Begin(String),
    /// Change a document: title, owner, own sections.
    Save(Box<Edit<Document>>),
    /// Keep a document no longer.
    End(DocumentId),
    /// Begin a new version.
    Draft {
        /// Of which document.
        document: DocumentId,
        /// What changes.
        note: String,
    },
    /// Say what a draft is about: which cycle, business case, posture, month.
    Choose {
        /// Which version.
        version: DocumentVersionId,
        /// What it is about; nothing takes the current one.
        about: Chosen,
    },
    /// Submit a draft: its text and what it states stand from here.
    Submit(DocumentVersionId),
    /// Somebody ratified it.
    Ratify {
        /// Which version.
        version: DocumentVersionId,
        /// Who, as what, how we know.
        told: Told,
        /// In force from this day.
        effective_on: NaiveDate,
        /// To be reviewed by this day; `None`: after the document's usual time.
        next_review_on: Option<NaiveDate>,
    },
    /// Take a draft or a submitted version back.
    Withdraw(DocumentVersionId),
}

/// The programme's lists.
#[derive(Clone, Debug, PartialEq)]
pub enum ProgrammeCommand {
    /// Add or change a row.
    Save(Box<Edit<ProgrammeEntry>>),
    /// Put the rows of a list into this order.
    Order(ProgrammeKind, Vec<ProgrammeEntryId>),
    /// Take a row out.
    End(ProgrammeEntryId),
}

/// The business case.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseCommand {
    /// Add or change an estimate that nobody has judged.
    Save(Box<Edit<BusinessCase>>),
    /// The one who pays judged it; from here it stands.
    Judge {
        /// Which.
        case: BusinessCaseId,
        /// What they made of it.
        judgement: Judgement,
        /// In their words.
        comment: String,
        /// Who, as what, how we know.
        told: Told,
    },
    /// Give an estimate up.
    End(BusinessCaseId),
}

/// Frozen months and postures.
#[derive(Clone, Debug, PartialEq)]
pub enum MonthCommand {
    /// Answer a point of the list of a month.
    Answer {
        /// `2026-11`.
        month: String,
        /// The point.
        item: String,
        /// The answer; empty takes it back.
        answer: String,
    },
    /// Freeze a month.
    Seal {
        /// `2026-11`.
        month: String,
        /// Three sentences on it.
        judgement: String,
        /// Who recorded what moved the figures: table, row, name. The engine fills it in from the history.
        recorded_by: Vec<(Table, i64, String)>,
    },
    /// Correct a frozen month by another seal; the first one stays.
    Restate {
        /// Which seal.
        seal: SealId,
        /// Why.
        reason: String,
        /// Who approved it.
        approved_by: String,
        /// Three sentences on the month as it comes out now.
        judgement: String,
        /// Who recorded what moved the figures: table, row, name. The engine fills it in from the history.
        recorded_by: Vec<(Table, i64, String)>,
    },
    /// Record a signature under a frozen month. Its id and the instant of recording are set here.
    Sign(Box<Signature>),
    /// Take a signature back.
    VoidSignature(SignatureId),
    /// Take a posture.
    Posture {
        /// Its name.
        name: String,
        /// Threat model, protection requirements, environment, defences.
        parts: [String; 4],
        /// The sealed month it goes with.
        seal: Option<SealId>,
        /// It replaces this one as the baseline.
        baseline_instead_of: Option<PostureId>,
    },
}
