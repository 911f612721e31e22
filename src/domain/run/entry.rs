//! The log of a run: lines that are never changed, only followed by others (requirement S1-57).

use serde::{Deserialize, Serialize};

use super::{RunId, RunStepId};
use crate::domain::asset::AssetId;
use crate::domain::group::GroupId;
use crate::domain::row::{id_type, row_of, words};

id_type!(
    /// Which line of the log.
    RunEntryId
);

words!(
    /// What a line of the log is.
    EntryKind {
        /// Something begins.
        Begin = "begin", "Begin";
        /// Something ends.
        End = "end", "End";
        /// Something is wrong.
        Issue = "issue", "Issue";
        /// Something was decided.
        Decision = "decision", "Decision";
        /// Anything else.
        Note = "note", "Note";
        /// One group hands over to the next (requirement S1-60).
        HandOver = "hand_over", "Hand-over";
        /// A change is taken back (requirement S1-64).
        BackOut = "back_out", "Back-out";
    }
);

/// One line of the night's log; never changed, only followed by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunEntry {
    /// Row id.
    pub id: RunEntryId,
    /// Which run.
    pub run: RunId,
    /// When it happened, UTC seconds.
    pub at: i64,
    /// When it was recorded, UTC seconds.
    pub recorded_at: i64,
    /// Who wrote it.
    pub author: String,
    /// What it is.
    pub kind: EntryKind,
    /// What happened.
    pub text: String,
    /// Which step it is about.
    pub step: Option<RunStepId>,
    /// Which patch group it is about.
    pub group: Option<GroupId>,
    /// Which asset it is about.
    pub asset: Option<AssetId>,
    /// Who took over, for a hand-over.
    pub receiver: String,
    /// Entered later than it happened.
    pub late: bool,
    /// The entry it puts right.
    pub corrects: Option<RunEntryId>,
}
row_of!(RunEntry, RunEntry);
