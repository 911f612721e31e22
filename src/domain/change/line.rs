//! The lines of a change record: one asset each. What a line leaves out, it has from its record.

use serde::{Deserialize, Serialize};

use super::{Backup, ChangeId};
use crate::domain::asset::AssetId;
use crate::domain::row::{id_type, row_of, words};

id_type!(
    /// Which line.
    ChangeLineId
);

words!(
    /// What came of a line.
    LineResult {
        /// Every update of it is satisfied.
        Done = "done", "Done";
        /// Something failed.
        Failed = "failed", "Failed";
        /// Waits for a restart.
        Pending = "pending", "Pending restart";
        /// Taken back.
        RolledBack = "rolled_back", "Rolled back";
        /// Not touched.
        NotDone = "not_done", "Not done";
        /// Nothing shows either way.
        CannotTell = "cannot_tell", "Cannot tell";
    }
);

words!(
    /// How a result is known.
    Proof {
        /// From an import.
        Tool = "tool", "Shown by a tool";
        /// Somebody looked.
        ByHand = "by_hand", "Attested by hand";
    }
);

/// One asset of a change record. What it leaves out, it has from the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// Row id.
    pub id: ChangeLineId,
    /// Which record.
    pub change: ChangeId,
    /// Which asset.
    pub asset: AssetId,
    /// Which ring it goes in; 1 goes first.
    pub ring: i64,
    /// Its own begin, UTC seconds.
    pub window_from_at: Option<i64>,
    /// Its own end, UTC seconds.
    pub window_until_at: Option<i64>,
    /// Its own backup.
    pub backup: Option<Backup>,
    /// What is special about it.
    pub note: String,
    /// What came of it.
    pub result: Option<LineResult>,
    /// When that was found, UTC seconds.
    pub result_at: Option<i64>,
    /// Who found it; the source of an import where a tool did.
    pub result_by: String,
    /// How it was found.
    pub proof: Option<Proof>,
    /// Who saw it back after the restart.
    pub monitored_by: String,
    /// When, UTC seconds.
    pub monitored_at: Option<i64>,
    /// Why it was taken out; empty: it is in.
    pub removed_because: String,
}
row_of!(ChangeLine, ChangeLine);

impl ChangeLine {
    /// A line as it starts: it has everything from its record.
    pub fn new(id: ChangeLineId, change: ChangeId, asset: AssetId) -> Self {
        Self {
            id,
            change,
            asset,
            ring: 1,
            window_from_at: None,
            window_until_at: None,
            backup: None,
            note: String::new(),
            result: None,
            result_at: None,
            result_by: String::new(),
            proof: None,
            monitored_by: String::new(),
            monitored_at: None,
            removed_because: String::new(),
        }
    }
}
