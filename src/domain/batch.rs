//! Import batches: which files, from where, what they could show, and the digest of what they said.

use serde::{Deserialize, Serialize};

use super::row::{id_type, row_of, words};
use super::source::{SourceAssetId, SourceId, SourceUpdateId};

id_type!(
    /// Which batch.
    BatchId
);

words!(
    /// What a missing row proves (`metrics.md` rule 10).
    Scope {
        /// Everything but not applicable: a row that vanishes is not applicable now.
        AllButNotApplicable = "all_but_not_applicable", "All states but not applicable";
        /// Every state: a missing row proves nothing, but every asset named was looked at whole.
        All = "all", "All states";
        /// Only needed updates: shows what is missing, never what is installed.
        NeededOnly = "needed_only", "Needed updates only";
        /// Some updates only: says nothing of any other.
        SomeUpdates = "some_updates", "Some updates only";
        /// No states at all: a register of computers.
        NoStates = "no_states", "No states";
    }
);

impl Scope {
    /// Whether a row of such a file is a patch-state report of the whole asset.
    pub fn is_report(self) -> bool {
        matches!(self, Self::AllButNotApplicable | Self::All | Self::NeededOnly)
    }
}

/// One file of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchFile {
    /// File name without its folder.
    pub name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// What it was recognised as.
    pub kind: String,
    /// Rows read.
    pub rows: u64,
    /// Rows that were skipped, each with a reason in the import's report.
    pub skipped: u64,
}

/// One import: a set of files that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Row id.
    pub id: BatchId,
    /// Which source.
    pub source: SourceId,
    /// Order of recording: 1, 2, 3, ...
    pub number: i64,
    /// The files.
    pub files: Vec<BatchFile>,
    /// What a missing row proves.
    pub scope: Scope,
    /// Newest report in it, UTC seconds: "data as of".
    pub as_of_at: i64,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
    /// How many observations it added.
    pub observations: i64,
    /// SHA-256 over its observations and reports, hexadecimal (see `store::observation`).
    pub digest: String,
    /// Undone at, UTC seconds: its observations count no more, and it may be imported again.
    pub voided_at: Option<i64>,
}
row_of!(Batch, Batch);

/// One observation: a pair changed its state. Kept apart from the log, covered by the batch's digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observation {
    /// Which computer, as the source names it.
    pub asset: SourceAssetId,
    /// Which update, as the source names it.
    pub update: SourceUpdateId,
    /// [`super::pair::State`] as its number.
    pub state: u8,
    /// The asset's own report time, UTC seconds.
    pub reported_at: i64,
    /// True install time where the source gives one, UTC seconds.
    pub installed_at: Option<i64>,
}

/// An asset reported its patch state in a batch, whether or not anything changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Report {
    /// Which computer, as the source names it.
    pub asset: SourceAssetId,
    /// The asset's own report time, UTC seconds.
    pub reported_at: i64,
}
