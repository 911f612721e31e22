//! Frozen months and postures: what was true when somebody signed it, kept for good.
//!
//! A seal holds its figures as texts and counts, so that nothing that is recorded later can move them: whoever shows a past month
//! asks [`standing::figures_of_month`] and never counts by itself.

pub mod canonical;
pub mod close;
pub mod compare;
pub mod figure;
pub mod input;
pub mod measure;
pub mod name;
pub mod standing;
pub mod trend;
pub mod way;

use serde::{Deserialize, Serialize};

use crate::domain::approval::{Medium, told_text};
use crate::domain::asset::AssetId;
use crate::domain::row::{id_type, row_of};

/// A loaded catalogue, as a seal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedCatalogue {
    /// What kind.
    pub kind: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

/// The rows of a table, as a seal keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedTable {
    /// Name of the table, or `batch 12` for the observations of an import.
    pub name: String,
    /// How many rows.
    pub rows: i64,
    /// SHA-256 over their canonical texts in the order of their ids, hexadecimal.
    pub sha256: String,
}

/// What went into a sealed month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealInputs {
    /// Number of the newest entry of the history.
    pub head_seq: i64,
    /// Its hash, hexadecimal.
    pub head: String,
    /// Threat data.
    pub catalogues: Vec<SealedCatalogue>,
    /// Every table of the register, and every import.
    pub tables: Vec<SealedTable>,
    /// Versions of documents in force: key and number.
    pub documents: Vec<(String, i64)>,
    /// Deadline rules and presets in force, one line each.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Settings that the figures depend on, one line each.
    #[serde(default)]
    pub settings: Vec<String>,
    /// Name of the shop then.
    #[serde(default)]
    pub shop: String,
    /// Its time zone then, by which instants of the month are written.
    #[serde(default)]
    pub zone: String,
}

/// A figure of a sealed month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedFigure {
    /// `M1`, or `M3/rank/Severe` for a cut: see [`figure`].
    pub id: String,
    /// Its name.
    pub name: String,
    /// Above the line; `None` where the figure is no ratio.
    pub part: Option<i64>,
    /// Below the line.
    pub whole: Option<i64>,
    /// As printed.
    pub text: String,
}

/// A machine of a sealed month or of a posture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedMachine {
    /// Row id.
    pub asset: AssetId,
    /// Its name then.
    pub name: String,
    /// Where it stood; empty out of scope.
    pub segment: String,
    /// Open pairs.
    pub open: i64,
    /// Overdue pairs.
    pub overdue: i64,
    /// Of the open, validly waived.
    #[serde(default)]
    pub waived: i64,
    /// Its patch group; empty for none.
    #[serde(default)]
    pub group: String,
    /// Its owner's name; empty for none.
    #[serde(default)]
    pub owner: String,
    /// Why it was not observed; empty if it was, or if it was out of scope.
    #[serde(default)]
    pub silent: Vec<String>,
    /// Out of scope: why, since when, by whom; empty in scope.
    #[serde(default)]
    pub outside: String,
    /// Its newest patch-state report, UTC seconds.
    #[serde(default)]
    pub report_at: Option<i64>,
    /// Days since the release of the newest update it showed installed.
    #[serde(default)]
    pub installed_age_days: Option<i64>,
}

/// An overdue item of a sealed month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedItem {
    /// The machine's name then.
    pub machine: String,
    /// The update's short name.
    pub update: String,
    /// The rank under which it fell due.
    pub rank: String,
    /// Its state.
    pub state: String,
    /// When it was due, UTC seconds.
    pub due_at: i64,
    /// The rule that set the date.
    pub rule: String,
    /// Who answers for the machine; empty for nobody.
    pub owner: String,
}

/// What came out of a sealed month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealOutputs {
    /// The figures.
    pub figures: Vec<SealedFigure>,
    /// The machines.
    pub machines: Vec<SealedMachine>,
    /// What moved the figures besides patching: one line each.
    pub moved: Vec<String>,
    /// Overdue items, the oldest first; at most [`measure::MOST_ITEMS`], all of them are in M5.
    #[serde(default)]
    pub overdue: Vec<SealedItem>,
    /// Waivers in force or run out with something open, one line each.
    #[serde(default)]
    pub waivers: Vec<String>,
}

id_type!(
    /// Which answer.
    CloseAnswerId
);

/// What a person answered to a point of the list before a month was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseAnswer {
    /// Row id.
    pub id: CloseAnswerId,
    /// `2026-11`.
    pub month: String,
    /// The point: `stale`.
    pub item: String,
    /// What they answered.
    pub answer: String,
    /// SHA-256 over what the point had found then, hexadecimal: the answer holds only for that.
    pub found: String,
    /// Who.
    pub answered_by: String,
    /// Recorded at, UTC seconds.
    pub answered_at: i64,
}
row_of!(CloseAnswer, CloseAnswer);

id_type!(
    /// Which seal.
    SealId
);

/// A frozen month. It never changes; a correction is another seal that restates it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Row id.
    pub id: SealId,
    /// `2026-11`.
    pub month: String,
    /// 1, or higher for a restatement.
    pub number: i64,
    /// The instant the figures are of, UTC seconds.
    pub as_of_at: i64,
    /// Recorded at, UTC seconds.
    pub sealed_at: i64,
    /// Who sealed it.
    pub sealed_by: String,
    /// Version of the definitions.
    pub definitions: String,
    /// Version of the program.
    pub program: String,
    /// What went in.
    pub inputs: SealInputs,
    /// What came out.
    pub outputs: SealOutputs,
    /// The points of the list and their answers.
    pub answered: Vec<(String, String)>,
    /// Three sentences on the month.
    pub judgement: String,
    /// The seal that it restates.
    pub restates: Option<SealId>,
    /// Why it restates.
    pub reason: String,
    /// Who approved the restatement.
    pub approved_by: String,
    /// SHA-256 over the canonical text of all this, hexadecimal.
    pub sha256: String,
}
row_of!(Seal, Seal);

impl Seal {
    /// What names it for good: `2026-11.1`, `2026-11.2` for its restatement.
    pub fn key(&self) -> String {
        format!("{}.{}", self.month, self.number)
    }
}

id_type!(
    /// Which signature.
    SignatureId
);

/// A signature under a sealed month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Row id.
    pub id: SignatureId,
    /// Under which seal.
    pub seal: SealId,
    /// What it means: `Reviewed`.
    pub meaning: String,
    /// Who signed.
    pub name: String,
    /// As what.
    pub function: String,
    /// How.
    pub medium: Medium,
    /// When, UTC seconds.
    pub signed_at: i64,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
    /// Who recorded it.
    pub recorded_by: String,
    /// Name of the evidence file.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// Taken back at, UTC seconds.
    pub voided_at: Option<i64>,
}
row_of!(Signature, Signature);

impl Signature {
    /// How it became known: `by e-mail, recorded by Ada, no evidence`.
    pub fn told_text(&self) -> String {
        told_text(Some(self.medium), &self.recorded_by, (&self.evidence_name, &self.evidence_sha256))
    }
}

id_type!(
    /// Which posture.
    PostureId
);

/// How the shop stood, in four parts (requirement S0-02). It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posture {
    /// Row id.
    pub id: PostureId,
    /// Its name.
    pub name: String,
    /// The instant it is of, UTC seconds.
    pub taken_at: i64,
    /// Who took it.
    pub taken_by: String,
    /// The first after a catch-up: all later ones are compared with it.
    pub baseline: bool,
    /// The threat model.
    pub threat: String,
    /// What must be protected.
    pub protection: String,
    /// The environment.
    pub environment: String,
    /// The state of the defences.
    pub defence: String,
    /// Version of the definitions the figures were counted by.
    pub definitions: String,
    /// The figures of that instant.
    pub figures: Vec<SealedFigure>,
    /// The machines of that instant.
    pub machines: Vec<SealedMachine>,
    /// The sealed month it goes with.
    pub seal: Option<SealId>,
    /// SHA-256 over the canonical text of all this, hexadecimal.
    pub sha256: String,
}
row_of!(Posture, Posture);
