//! What a file of states lists, so that a missing row can mean something.
//!
//! Owns the vocabulary and the suggestion. It never decides: a scope comes from a manifest or from a person
//! (counting rule 10: a row missing from a file proves nothing unless the file's scope says so).

use serde::{Deserialize, Serialize};

use super::row::{State, StateRow};

/// What a file of states lists.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileScope {
    /// Every state but "not applicable": a pair that is missing is not applicable now.
    AllButNotApplicable,
    /// Every state, "not applicable" too.
    All,
    /// Only what is needed; absence proves nothing about installation.
    NeededOnly,
    /// Every computer for the update with this KB number.
    OneUpdate(String),
    /// Nobody said; absence proves nothing.
    #[default]
    Unknown,
}

/// What the states of a file look like, to be offered as an answer.
pub(super) fn suggest(states: &[StateRow]) -> FileScope {
    let any = |wanted: State| states.iter().any(|row| row.state == wanted);
    if any(State::NotApplicable) {
        FileScope::All
    } else if any(State::Installed) {
        FileScope::AllButNotApplicable
    } else if states.is_empty() {
        FileScope::Unknown
    } else {
        FileScope::NeededOnly
    }
}
