//! What a file leaves open, and what a person answered: once per source, remembered by the header's fingerprint.
//!
//! Owns questions and answers as data. It never decides one itself and never stores one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::date::DateOrder;
use super::encoding::CodePage;
use super::mapping::Mapping;
use super::row::State;
use super::scope::FileScope;

/// One thing a file leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Index into [`super::ReadSet::files`].
    pub file: u16,
    /// Fingerprint of the file's header: the key the answer is remembered under.
    pub fingerprint: String,
    /// What is asked.
    pub kind: QuestionKind,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Day or month first? Answer: [`Profile::date_order`].
    DateOrder {
        /// Header of the column that shows it best.
        column: String,
        /// A few of its values.
        samples: Vec<String>,
    },
    /// Which state does this word mean? Answer: [`Profile::state_words`].
    StateWord {
        /// The word, folded as [`super::state::fold_word`] does.
        word: String,
        /// How many rows say it.
        count: u64,
        /// The first line that says it.
        line: u32,
    },
    /// What does this file list? Answer: [`Profile::scope`]. May stay open: absence then proves nothing.
    Scope {
        /// What its rows look like.
        suggested: FileScope,
    },
    /// Each row of this file, which names no state, stands for which one? Answer: [`Profile::every_state`].
    StateOfFile {
        /// The likeliest.
        suggested: Option<State>,
    },
    /// Which update is this file about? Answer: [`Answers::update_of_file`], by file name.
    UpdateOfFile {
        /// The file's name.
        name: String,
    },
    /// Which column means what? Answer: [`Profile::mapping`].
    Mapping {
        /// The header as it stands.
        header: Vec<String>,
        /// The first few rows under it.
        samples: Vec<Vec<String>>,
        /// The best guess.
        guess: Mapping,
    },
}

impl QuestionKind {
    /// Whether the rows must wait for the answer.
    pub fn is_required(&self) -> bool {
        !matches!(self, QuestionKind::Scope { .. })
    }

    /// The question's short name, for console flags and messages.
    pub fn name(&self) -> &'static str {
        match self {
            QuestionKind::DateOrder { .. } => "date-order",
            QuestionKind::StateWord { .. } => "state-word",
            QuestionKind::Scope { .. } => "scope",
            QuestionKind::StateOfFile { .. } => "state-of-file",
            QuestionKind::UpdateOfFile { .. } => "update-of-file",
            QuestionKind::Mapping { .. } => "mapping",
        }
    }
}

/// Answers about one source, remembered under the fingerprint of its header.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Which column means what.
    pub mapping: Option<Mapping>,
    /// Day or month first.
    pub date_order: Option<DateOrder>,
    /// Minutes the source's clock is ahead of UTC; none or 0 means its times are UTC.
    pub zone_offset_minutes: Option<i32>,
    /// What words mean, by folded word; none as a meaning leaves such rows out.
    pub state_words: BTreeMap<String, Option<State>>,
    /// The state every row stands for, where no column says it.
    pub every_state: Option<State>,
    /// What its states list.
    pub scope: Option<FileScope>,
    /// The code page of its bytes, where they are neither UTF-8 nor UTF-16.
    pub code_page: Option<CodePage>,
}

/// Everything answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Saved answers per source, by header fingerprint.
    pub profiles: BTreeMap<String, Profile>,
    /// Answers for every file of this import that has none of its own (console flags, shop settings).
    pub for_all: Profile,
    /// KB number (digits) a whole file is about, by file name.
    pub update_of_file: BTreeMap<String, String>,
}

impl Answers {
    /// The profile that applies to a header: its own answers, gaps filled from [`Answers::for_all`].
    pub fn profile(&self, fingerprint: &str) -> Profile {
        let mut profile = self.profiles.get(fingerprint).cloned().unwrap_or_default();
        let all = &self.for_all;
        profile.mapping = profile.mapping.or_else(|| all.mapping.clone());
        profile.date_order = profile.date_order.or(all.date_order);
        profile.zone_offset_minutes = profile.zone_offset_minutes.or(all.zone_offset_minutes);
        profile.every_state = profile.every_state.or(all.every_state);
        profile.scope = profile.scope.or_else(|| all.scope.clone());
        profile.code_page = profile.code_page.or(all.code_page);
        for (word, state) in &all.state_words {
            profile.state_words.entry(word.clone()).or_insert(*state);
        }
        profile
    }

    /// The profile to write an answer into.
    pub fn profile_mut(&mut self, fingerprint: &str) -> &mut Profile {
        self.profiles.entry(fingerprint.to_owned()).or_default()
    }
}
