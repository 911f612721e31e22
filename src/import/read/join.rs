//! Several files become one set.
//!
//! Owns joining by source identity, the check of the manifest, and the order and repetitions of states. It never matches a
//! name against an identifier: that needs the register and is the plan's work.

use std::collections::HashMap;

use crate::import::question::{Answers, QuestionKind};
use crate::import::report::{IssueList, Outcome, ReadSet, Refused};
use crate::import::row::{IssueKind, RowIssue, SourceKey, SupersedesRow};
use crate::import::scope::FileScope;
use crate::import::table::Table;
use crate::import::table::computer::merge_computer;
use crate::import::table::update::merge_update;

use super::file::FileRead;

/// The set so far.
#[derive(Default)]
pub(super) struct Joined {
    set: ReadSet,
    computers: HashMap<SourceKey, u32>,
    updates: HashMap<SourceKey, u32>,
}

impl Joined {
    /// Adds one file.
    pub fn add(&mut self, read: FileRead) -> Result<(), Refused> {
        if let Some(manifest) = read.manifest {
            if self.set.manifest.is_some() {
                return Err(Refused::TwoExports);
            }
            self.set.subscriptions.clone_from(&manifest.subscriptions);
            self.set.manifest = Some(manifest);
        }
        if let Some(table) = read.table {
            self.add_table(table);
        }
        self.set.questions.extend(read.questions);
        self.set.files.push(read.report);
        Ok(())
    }

    fn add_table(&mut self, table: Table) {
        let set = &mut self.set;
        let computers: Vec<u32> = table
            .computers
            .into_iter()
            .map(|row| {
                if let Some(&index) = self.computers.get(&row.key) {
                    merge_computer(&mut set.computers[index as usize], row);
                    return index;
                }
                let index = set.computers.len() as u32;
                self.computers.insert(row.key.clone(), index);
                set.computers.push(row);
                index
            })
            .collect();
        let updates: Vec<u32> = table
            .updates
            .into_iter()
            .map(|row| {
                if let Some(&index) = self.updates.get(&row.key) {
                    merge_update(&mut set.updates[index as usize], row);
                    return index;
                }
                let index = set.updates.len() as u32;
                self.updates.insert(row.key.clone(), index);
                set.updates.push(row);
                index
            })
            .collect();
        let mut states = table.states;
        for row in &mut states {
            row.computer = computers[row.computer as usize];
            row.update = updates[row.update as usize];
        }
        if set.states.is_empty() {
            set.states = states;
        } else {
            set.states.extend(states);
        }
        set.supersedes.extend(table.supersedes.iter().map(|edge| SupersedesRow {
            newer: updates[edge.newer as usize],
            older: updates[edge.older as usize],
        }));
        set.issues.absorb(table.issues);
    }

    /// The finished set.
    pub fn finish(mut self, answers: &Answers) -> ReadSet {
        believe_manifest(&mut self.set, answers);
        order_states(&mut self.set);
        self.set.supersedes.sort_unstable();
        self.set.supersedes.dedup();
        self.set
    }
}

/// The scope of the files a manifest counts, if the counts agree; the question about it is then answered.
fn believe_manifest(set: &mut ReadSet, answers: &Answers) {
    let Some(manifest) = &set.manifest else { return };
    let mut believed = manifest.complete;
    let mut doubts = Vec::new();
    if !manifest.complete {
        doubts.push((0, "the manifest says that the export did not finish".to_owned()));
    }
    for (name, counted) in &manifest.counts {
        let found = set.files.iter().enumerate().find(|(_, file)| file.name.to_lowercase() == *name);
        let doubt = match found {
            None => {
                (0, format!("the manifest counts {counted} rows in {name}, which is not part of this import"))
            }
            Some((_, file)) if file.rows == *counted && file.outcome != Outcome::Waiting => continue,
            Some((at, file)) => {
                (at, format!("the manifest counts {counted} rows in {name}, it has {}", file.rows))
            }
        };
        believed = false;
        doubts.push(doubt);
    }
    let scope = manifest.scope.clone();
    let named: Vec<String> = manifest.counts.iter().map(|(name, _)| name.clone()).collect();
    for (file, text) in doubts {
        set.issues.add(RowIssue {
            file: file as u16,
            line: 0,
            column: None,
            kind: IssueKind::CountMismatch,
            text,
        });
    }
    for (at, file) in set.files.iter_mut().enumerate() {
        let asked = |q: &crate::import::Question| {
            usize::from(q.file) == at && matches!(q.kind, QuestionKind::Scope { .. })
        };
        if !named.contains(&file.name.to_lowercase()) || !set.questions.iter().any(asked) {
            continue;
        }
        set.questions.retain(|q| !asked(q));
        if believed && answers.profile(&file.fingerprint).scope.is_none() {
            file.scope = scope.clone();
        }
    }
    if !believed && let Some(manifest) = &mut set.manifest {
        manifest.scope = FileScope::Unknown;
    }
}

/// Sorts states, leaves exact repetitions out and remarks upon contradictions: two states at one time. States of the same pair
/// at different times are history and all stay.
fn order_states(set: &mut ReadSet) {
    set.states.sort_unstable_by_key(|row| (row.computer, row.update, row.reported, row.file, row.line));
    let mut issues = IssueList::default();
    let before = set.states.len();
    set.states.dedup_by(|later, earlier| {
        if (later.computer, later.update, later.reported)
            != (earlier.computer, earlier.update, earlier.reported)
        {
            return false;
        }
        if later.state == earlier.state {
            earlier.installed = earlier.installed.max(later.installed);
            return true;
        }
        issues.add(RowIssue {
            file: later.file,
            line: later.line,
            column: None,
            kind: IssueKind::Contradiction,
            text: format!("the same computer and update as in line {}, with another state", earlier.line),
        });
        false
    });
    set.repeated = (before - set.states.len()) as u64;
    set.issues.absorb(issues);
}
