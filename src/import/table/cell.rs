//! Words that repeat down a column, decoded once each.
//!
//! Owns the memory of state and approval words, and recognising a cell that lost its value. It never skips a row itself.

use std::collections::BTreeMap;

use crate::import::encoding::Cells;
use crate::import::row::{Approval, State};
use crate::import::state::{approval_of_word, digits_allowed, fold_word, state_of_number, state_of_word};

/// How many different words a column may have before the rest are looked up without being remembered.
const REMEMBERED: usize = 64;

/// How many different unknown words are asked about.
const ASKED: usize = 40;

/// The state words of one file.
pub(super) struct States {
    digits: bool,
    flag_digits: bool,
    answers: BTreeMap<String, Option<State>>,
    known: Vec<(Vec<u8>, State)>,
    unknown: Vec<(String, u64, u32)>,
}

impl States {
    /// Words of a column with this header, with what was answered about them.
    pub fn new(header: &str, answers: &BTreeMap<String, Option<State>>) -> States {
        States {
            digits: digits_allowed(header),
            flag_digits: false,
            answers: answers.clone(),
            known: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// The state a cell means; unknown words are counted with the line that has them first.
    pub fn state(&mut self, cell: &[u8], cells: Cells, line: u32) -> Option<State> {
        if let Some((_, state)) = self.known.iter().find(|(word, _)| word == cell) {
            return Some(*state);
        }
        let word = fold_word(&cells.decode(cell));
        let state = match self.answers.get(&word) {
            Some(answer) => *answer,
            None => self.look_up(&word, line),
        };
        if let Some(state) = state
            && self.known.len() < REMEMBERED
        {
            self.known.push((cell.to_vec(), state));
        }
        state
    }

    fn look_up(&mut self, word: &str, line: u32) -> Option<State> {
        if self.digits && word.bytes().all(|b| b.is_ascii_digit()) {
            let number = word.parse().unwrap_or(u8::MAX);
            // 8, 16, 32 and 64 exist only as flags, and then 1, 2 and 4 mean something else too.
            self.flag_digits |= number > 6;
            return state_of_number(number);
        }
        let state = state_of_word(word);
        if state.is_none() {
            if let Some((_, count, _)) = self.unknown.iter_mut().find(|(known, _, _)| known == word) {
                *count += 1;
            } else if self.unknown.len() < ASKED {
                self.unknown.push((word.to_owned(), 1, line));
            }
        }
        state
    }

    /// The words nobody has explained: folded word, rows, first line.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, u64, u32)> {
        self.unknown.iter().map(|(word, count, line)| (word.as_str(), *count, *line))
    }

    /// Whether a number beyond the plain enumeration was seen.
    pub fn has_flag_digits(&self) -> bool {
        self.flag_digits
    }
}

/// The approval words of one file.
#[derive(Default)]
pub(super) struct Approvals {
    known: Vec<(Vec<u8>, Approval)>,
}

impl Approvals {
    /// The approval a cell means.
    pub fn approval(&mut self, cell: &[u8], cells: Cells) -> Approval {
        if let Some((_, approval)) = self.known.iter().find(|(word, _)| word == cell) {
            return *approval;
        }
        let approval = approval_of_word(&cells.decode(cell));
        if self.known.len() < REMEMBERED {
            self.known.push((cell.to_vec(), approval));
        }
        approval
    }
}

/// Whether a cell holds the name of a .NET type: what PowerShell prints for a nested value.
pub(super) fn is_type_name(text: &str) -> bool {
    (text.starts_with("System.") || text.starts_with("Microsoft."))
        && text.len() > 12
        && !text.contains(' ')
        && text.bytes().filter(|&b| b == b'.').count() >= 1
        && (text.ends_with("[]")
            || text.contains("Collection")
            || text.contains("Administration.")
            || text.contains("BaseApi.")
            || text.contains("Generic."))
}
