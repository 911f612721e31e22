//! What a reading delivers: the set of rows, a report per file, and the hook that shows progress and can stop it.
//!
//! Owns shapes and the small arithmetic over them. It never reads a byte.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::mapping::Mapping;
use super::question::Question;
use super::row::{
    ComputerRow, IssueKind, Manifest, RowIssue, StateRow, SubscriptionRow, SupersedesRow, UpdateRow,
};
use super::scope::FileScope;
use super::sniff::Recognised;

/// Everything one reading of one set of files delivers.
#[derive(Debug, Clone, Default)]
pub struct ReadSet {
    /// One report per input, in the order given.
    pub files: Vec<FileReport>,
    /// Every computer any file names, each source key once, in the order first seen.
    pub computers: Vec<ComputerRow>,
    /// Every update any file names, each source key once, in the order first seen.
    pub updates: Vec<UpdateRow>,
    /// States, sorted by computer, update, time of report, file and line; exact repetitions are left out.
    pub states: Vec<StateRow>,
    /// Edges of supersedence, sorted, each once.
    pub supersedes: Vec<SupersedesRow>,
    /// What the server subscribes to, from the manifest.
    pub subscriptions: Vec<SubscriptionRow>,
    /// The manifest of our own export script, if the set has one.
    pub manifest: Option<Manifest>,
    /// What must be asked before these rows may be planned; empty when all is clear.
    pub questions: Vec<Question>,
    /// Remarks about rows, capped, with exact totals.
    pub issues: IssueList,
    /// State rows that repeated another one exactly and were left out.
    pub repeated: u64,
}

impl ReadSet {
    /// When a state was reported: by the row itself, else by the computer's last status report.
    pub fn reported_at(&self, row: &StateRow) -> Option<i64> {
        row.reported_at().or_else(|| self.computers.get(row.computer as usize).and_then(|c| c.last_status_at))
    }

    /// What the states of a file list.
    pub fn scope_of(&self, row: &StateRow) -> &FileScope {
        static UNKNOWN: FileScope = FileScope::Unknown;
        self.files.get(usize::from(row.file)).map_or(&UNKNOWN, |file| &file.scope)
    }

    /// Whether nothing needs an answer before the rows may be planned.
    pub fn is_clear(&self) -> bool {
        self.questions.iter().all(|question| !question.kind.is_required())
    }
}

/// What became of one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// The input's name as given.
    pub name: String,
    /// SHA-256 of its raw bytes, lower-case hexadecimal; empty if it could not be read to its end.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it was recognised as, and why.
    pub recognised: Recognised,
    /// Which column was read as what; none for files without columns.
    pub mapping: Option<Mapping>,
    /// Fingerprint of its header, the key of a saved profile; empty for files without columns.
    pub fingerprint: String,
    /// The first rows under the header as they stand, for a preview; empty for files without columns.
    pub samples: Vec<Vec<String>>,
    /// What its states list.
    pub scope: FileScope,
    /// Rows read from it, the skipped ones included.
    pub rows: u64,
    /// Rows left out, each with an issue or an open question.
    pub skipped: u64,
    /// Remarks about its rows.
    pub issues: u64,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of one input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Its rows are in the set.
    Imported,
    /// A required question about it is open; its rows are in the set only as far as they could be read without an answer,
    /// for a preview.
    Waiting,
    /// Recognised, and not something to read states from.
    NotImported {
        /// What it is, in a few words.
        name: String,
        /// What it is, why it gives no patch states, and what to export instead.
        sentence: String,
    },
    /// It should have been readable and is not; nothing was taken from it.
    Unreadable {
        /// What is wrong, with the line where there is one.
        sentence: String,
    },
}

/// How many remarks of one kind are kept word for word.
pub const ISSUES_KEPT_PER_KIND: usize = 200;

/// Remarks about rows: the first of each kind word for word, all of them counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssueList {
    kept: Vec<RowIssue>,
    totals: Vec<(IssueKind, u64)>,
}

impl IssueList {
    /// The remarks kept word for word, in the order found.
    pub fn kept(&self) -> &[RowIssue] {
        &self.kept
    }

    /// How many remarks there are of each kind, in the order first found.
    pub fn totals(&self) -> &[(IssueKind, u64)] {
        &self.totals
    }

    /// How many remarks there are in all.
    pub fn total(&self) -> u64 {
        self.totals.iter().map(|(_, n)| n).sum()
    }

    /// How many remarks there are of one kind.
    pub fn count(&self, kind: IssueKind) -> u64 {
        self.totals.iter().find(|(k, _)| *k == kind).map_or(0, |(_, n)| *n)
    }

    /// Counts a remark and says whether its text is still wanted.
    pub(super) fn count_one(&mut self, kind: IssueKind) -> bool {
        if let Some((_, n)) = self.totals.iter_mut().find(|(k, _)| *k == kind) {
            *n += 1;
            return *n <= ISSUES_KEPT_PER_KIND as u64;
        }
        self.totals.push((kind, 1));
        true
    }

    /// Counts a remark and keeps it if its text is still wanted.
    pub(super) fn add(&mut self, issue: RowIssue) {
        if self.count_one(issue.kind) {
            self.keep(issue);
        }
    }

    /// Takes over another list.
    pub(super) fn absorb(&mut self, other: IssueList) {
        for issue in other.kept {
            let kept = self.kept.iter().filter(|known| known.kind == issue.kind).count();
            if kept < ISSUES_KEPT_PER_KIND {
                self.kept.push(issue);
            }
        }
        for (kind, n) in other.totals {
            match self.totals.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, total)) => *total += n,
                None => self.totals.push((kind, n)),
            }
        }
    }

    /// Keeps the text of a remark already counted.
    pub(super) fn keep(&mut self, issue: RowIssue) {
        self.kept.push(issue);
    }
}

/// How far a reading is; given to the hook about every 256 kB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Index of the file being read.
    pub file: usize,
    /// Number of files.
    pub files: usize,
    /// Bytes read of all files.
    pub bytes: u64,
    /// Bytes of all files together.
    pub bytes_total: u64,
    /// Rows read so far.
    pub rows: u64,
}

/// What the hook wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// Go on.
    Continue,
    /// Stop; the reading ends with [`Refused::Cancelled`].
    Cancel,
}

/// Why a reading delivered nothing at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The hook said so.
    #[error("the import was stopped")]
    Cancelled,
    /// No input was given, or only empty folders.
    #[error("there is no file to read")]
    Nothing,
    /// Two exports of our own script: their times would mix.
    #[error("these are two exports in one; import one folder after the other, the older first")]
    TwoExports,
    /// More files than a set can hold.
    #[error("{0} files at once are more than the {MAX_FILES} that one import takes")]
    TooMany(usize),
}

/// The most files one import takes.
pub const MAX_FILES: usize = 4096;
