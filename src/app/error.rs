//! What went wrong, in the user's words: what could not be done, what to do, and the details folded away.

use std::path::Path;

use crate::domain::command::{Issue, Issues};
use crate::store;
use crate::util::progress::Cancelled;

/// What kind of failure: decides exit code, icon and log level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A value that was given does not do; nothing changed.
    Input,
    /// A question must be answered first; nothing changed.
    Question,
    /// The file cannot be used as it is; it stays untouched.
    File,
    /// Something else changed in between; what was typed is kept.
    Conflict,
    /// The user stopped it; nothing changed.
    Cancelled,
    /// The verification found something.
    Unsound,
    /// The machine failed: disk, permissions.
    Machine,
}

impl ErrorKind {
    /// Exit code of the console.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Input => 2,
            Self::Question => 3,
            Self::File => 4,
            Self::Conflict => 5,
            Self::Cancelled => 6,
            Self::Unsound => 7,
            Self::Machine => 1,
        }
    }
}

/// A failure, shown or returned, never both.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{summary}")]
pub struct Error {
    /// What kind.
    pub kind: ErrorKind,
    /// What could not be done and why, one sentence, the path last.
    pub summary: String,
    /// What to do.
    pub hints: Vec<String>,
    /// What is wrong with single fields.
    pub issues: Vec<Issue>,
}

impl Error {
    /// A failure with one hint; an empty hint is left out.
    pub fn new(kind: ErrorKind, summary: impl Into<String>, hint: impl Into<String>) -> Self {
        let hint = hint.into();
        let hints = if hint.is_empty() { Vec::new() } else { vec![hint] };
        Self { kind, summary: summary.into(), hints, issues: Vec::new() }
    }

    /// A file or folder that could not be read or written.
    pub fn io(what: &str, path: &Path, cause: &std::io::Error) -> Self {
        let summary = format!("{what}: {cause}: {}", path.display());
        Self::new(ErrorKind::Machine, summary, "Check the folder, its permissions and the disk.")
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        let kind = match &error {
            E::Foreign { .. }
            | E::Newer { .. }
            | E::Damaged { .. }
            | E::Unfinished { .. }
            | E::BadRow(_)
            | E::Locked { .. }
            | E::ReadOnly { .. } => ErrorKind::File,
            E::Io { cause, .. } if cause.kind() == std::io::ErrorKind::NotFound => ErrorKind::File,
            E::Conflict(_) => ErrorKind::Conflict,
            E::Exists { .. } => ErrorKind::Input,
            E::Cancelled(_) => ErrorKind::Cancelled,
            _ => ErrorKind::Machine,
        };
        Self::new(kind, error.to_string(), error.hint())
    }
}

impl From<Issues> for Error {
    fn from(issues: Issues) -> Self {
        let mut error = Self::new(ErrorKind::Input, issues.to_string(), "");
        error.issues = issues.0;
        error
    }
}

impl From<Cancelled> for Error {
    fn from(_: Cancelled) -> Self {
        Self::new(ErrorKind::Cancelled, "stopped; nothing was changed", "")
    }
}
