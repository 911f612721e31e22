//! Documents: policy, procedure and their companions, in versions that somebody ratifies.

pub mod body;
pub mod compare;
pub mod compose;
pub mod fill;
pub mod kind;
pub mod name;
pub mod shipped;
pub mod standing;
pub mod subject;
pub mod template;
pub mod value;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::approval::{Medium, told_text};
use crate::domain::person::PersonId;
use crate::domain::row::{id_type, row_of, words};

words!(
    /// Where a version stands.
    DocumentState {
        /// Being written.
        Draft = "draft", "Draft";
        /// Its text stands; somebody reads it.
        UnderReview = "under_review", "Under review";
        /// In force.
        Ratified = "ratified", "Ratified";
        /// A later version was ratified.
        Superseded = "superseded", "Superseded";
        /// Taken back before it was ratified.
        Withdrawn = "withdrawn", "Withdrawn";
    }
);

/// A section in the shop's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSection {
    /// Key of the section in the template.
    pub key: String,
    /// The Markdown, with placeholders.
    pub text: String,
    /// SHA-256 of the shipped section that it was written over, hexadecimal.
    pub over_sha256: String,
}

/// A value that a version states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Name of the placeholder.
    pub name: String,
    /// What it said, as text.
    pub value: String,
}

id_type!(
    /// Which document.
    DocumentId
);

/// A document that the shop keeps: policy, procedure, and their companions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Row id.
    pub id: DocumentId,
    /// The template it is made from: `policy`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Who keeps it.
    pub owner: Option<PersonId>,
    /// Who may read it: `Internal`.
    pub classification: String,
    /// Months between reviews.
    pub review_months: i64,
    /// Sections in the shop's own words.
    pub own_sections: Vec<OwnSection>,
    /// Recorded at, UTC seconds.
    pub created_at: i64,
    /// Kept no longer since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Document, Document);

id_type!(
    /// Which version.
    DocumentVersionId
);

/// A version of a document. Its text and what it states stand from the day it is submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentVersion {
    /// Row id.
    pub id: DocumentVersionId,
    /// Of which document.
    pub document: DocumentId,
    /// 1, 2, 3.
    pub number: i64,
    /// Where it stands.
    pub state: DocumentState,
    /// Version of the template.
    pub template: i64,
    /// The whole text as Markdown, its placeholders filled; empty while a draft.
    pub text: String,
    /// What it states; empty while a draft.
    pub stated: Vec<Stated>,
    /// What it is about, where it is about one cycle, case, posture or month.
    #[serde(default)]
    pub about: subject::Chosen,
    /// What changed.
    pub note: String,
    /// Who made it.
    pub made_by: String,
    /// Recorded at, UTC seconds.
    pub made_at: i64,
    /// Submitted at, UTC seconds.
    pub submitted_at: Option<i64>,
    /// Who ratified it.
    pub ratified_by: String,
    /// As what.
    pub ratified_function: String,
    /// How they told.
    pub ratified_medium: Option<Medium>,
    /// When they ratified it, UTC seconds.
    pub ratified_at: Option<i64>,
    /// When that was recorded, UTC seconds.
    pub recorded_at: Option<i64>,
    /// Who recorded it; empty while not ratified.
    pub recorded_by: String,
    /// Name of the evidence file.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// In force from this day.
    pub effective_on: Option<NaiveDate>,
    /// To be reviewed by this day.
    pub next_review_on: Option<NaiveDate>,
    /// Superseded or withdrawn at, UTC seconds.
    pub superseded_at: Option<i64>,
}
row_of!(DocumentVersion, DocumentVersion);

impl DocumentVersion {
    /// How its ratification became known: `by e-mail, recorded by Ada, no evidence`.
    pub fn told_text(&self) -> String {
        let evidence = (self.evidence_name.as_str(), self.evidence_sha256.as_str());
        told_text(self.ratified_medium, &self.recorded_by, evidence)
    }
}
