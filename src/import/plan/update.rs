//! Which update of the register each update of the files is.

use std::collections::HashMap;

use crate::domain::book::Book;
use crate::domain::decide::Moment;
use crate::domain::row::RowChange;
use crate::domain::source::{SourceId, SourceUpdate, SourceUpdateId};
use crate::domain::update::{
    DeclineReason, ReleaseBasis, Severity, Supersedence, SupersedenceId, Update, UpdateId,
};
use crate::util::text::{fold, line};

use super::super::{ReadSet, UpdateRow};
use super::release;

/// KB numbers that come back every month on another update: never an identity (`metrics.md`, update).
const RECURRING: [&str; 3] = ["890830", "2267602", "4052623"];

/// What would happen to updates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpdateCounts {
    /// New in the register.
    pub created: u64,
    /// Known, with new values.
    pub changed: u64,
    /// Known, nothing new.
    pub unchanged: u64,
    /// Known only by a GUID so far.
    pub placeholders: u64,
    /// New edges of supersedence.
    pub superseded: u64,
}

pub(super) struct Updates {
    pub(super) counts: UpdateCounts,
    /// Index as in `ReadSet::updates`: the identity observations hang on.
    pub(super) identities: Vec<SourceUpdateId>,
    /// Index as in `ReadSet::updates`: the update, once known.
    pub(super) updates: Vec<Option<UpdateId>>,
}

pub(super) fn plan(
    book: &Book,
    read: &ReadSet,
    source: SourceId,
    moment: Moment<'_>,
    changes: &mut Vec<RowChange>,
) -> Updates {
    let mut finder = Finder::new(book, source);
    let mut out = Updates { counts: UpdateCounts::default(), identities: Vec::new(), updates: Vec::new() };
    for row in &read.updates {
        let known = finder.by_key.get(row.key.0.as_str()).copied();
        let found = known.and_then(|k| k.update).or_else(|| finder.find(row));
        let update = match found {
            Some(id) => {
                if let Some(before) = book.updates.get(id.0) {
                    let after = merged(before, row, moment.at);
                    let change = RowChange::update(before, &after);
                    out.counts.changed += u64::from(change.is_some());
                    out.counts.unchanged += u64::from(change.is_none());
                    changes.extend(change);
                }
                Some(id)
            }
            None if row.placeholder => {
                out.counts.placeholders += 1;
                None
            }
            None => {
                let update = fresh(row, moment);
                changes.push(RowChange::create(&update));
                finder.know(&update);
                out.counts.created += 1;
                Some(update.id)
            }
        };
        let identity = match known {
            Some(known) => {
                if known.update != update {
                    let after = SourceUpdate { update, ..known.clone() };
                    changes.extend(RowChange::update(known, &after));
                }
                known.id
            }
            None => {
                let id = SourceUpdateId(moment.ids.next());
                changes.push(RowChange::create(&SourceUpdate { id, source, key: row.key.0.clone(), update }));
                id
            }
        };
        out.identities.push(identity);
        out.updates.push(update);
    }
    plan_edges(book, read, &mut out, moment, changes);
    out
}

fn plan_edges(
    book: &Book,
    read: &ReadSet,
    out: &mut Updates,
    moment: Moment<'_>,
    changes: &mut Vec<RowChange>,
) {
    let known: std::collections::HashSet<(UpdateId, UpdateId)> =
        book.supersedences.rows().iter().map(|s| (s.older, s.newer)).collect();
    for edge in &read.supersedes {
        let (Some(older), Some(newer)) = (out.updates[edge.older as usize], out.updates[edge.newer as usize])
        else {
            continue;
        };
        if older != newer && !known.contains(&(older, newer)) {
            let id = SupersedenceId(moment.ids.next());
            changes.push(RowChange::create(&Supersedence { id, older, newer }));
            out.counts.superseded += 1;
        }
    }
}

struct Finder<'a> {
    by_key: HashMap<&'a str, &'a SourceUpdate>,
    by_guid: HashMap<String, UpdateId>,
    /// KB to the updates that carry it, with their folded titles.
    by_kb: HashMap<String, Vec<(String, UpdateId)>>,
}

impl<'a> Finder<'a> {
    fn new(book: &'a Book, source: SourceId) -> Self {
        let of_source = book.source_updates.rows().iter().filter(|s| s.source == source);
        let by_key = of_source.map(|s| (s.key.as_str(), s)).collect();
        let mut finder = Self { by_key, by_guid: HashMap::new(), by_kb: HashMap::new() };
        for update in &book.updates {
            finder.know(update);
        }
        finder
    }

    fn know(&mut self, update: &Update) {
        if !update.guid.is_empty() {
            self.by_guid.insert(update.guid.clone(), update.id);
        }
        for kb in &update.kbs {
            self.by_kb.entry(kb.clone()).or_default().push((fold(&update.title), update.id));
        }
    }

    fn find(&self, row: &UpdateRow) -> Option<UpdateId> {
        if !row.source_id.is_empty() {
            if let Some(&id) = self.by_guid.get(&row.source_id) {
                return Some(id);
            }
        }
        let kb = row.kbs.first().filter(|kb| !RECURRING.contains(&kb.as_str()))?;
        let same_kb = self.by_kb.get(kb)?;
        let title = fold(&row.title);
        if title.is_empty() {
            // Only a KB: enough where just one update carries it.
            return match same_kb.as_slice() {
                [(_, one)] => Some(*one),
                _ => None,
            };
        }
        same_kb.iter().find(|(known, _)| *known == title).map(|(_, id)| *id)
    }
}

fn fresh(row: &UpdateRow, moment: Moment<'_>) -> Update {
    let (released_at, release_basis) = release::of(row, moment.at);
    let title = if row.title.is_empty() {
        row.kbs.first().map_or_else(|| row.key.0.clone(), |kb| format!("KB{kb}"))
    } else {
        line(&row.title).into_owned()
    };
    let blank = Update {
        id: UpdateId(moment.ids.next()),
        vendor: "Microsoft".to_owned(),
        title,
        kbs: row.kbs.clone(),
        guid: row.source_id.clone(),
        classification: release::classification(row),
        severity: release::severity(row),
        products: row.products.clone(),
        minimum_version: String::new(),
        released_at,
        release_basis,
        declined_at: None,
        declined_reason: DeclineReason::None,
        withdrawn_at: None,
        superseded: false,
        created_at: moment.at,
    };
    with_flags(blank, row, moment.at)
}

/// Known values with what the row says; a blank keeps what was known, and a derived release gives way to a better one only.
fn merged(before: &Update, row: &UpdateRow, at: i64) -> Update {
    let mut after = before.clone();
    if !row.title.is_empty() {
        after.title = line(&row.title).into_owned();
    }
    for kb in &row.kbs {
        if !after.kbs.contains(kb) {
            after.kbs.push(kb.clone());
        }
    }
    if after.guid.is_empty() {
        after.guid.clone_from(&row.source_id);
    }
    if !row.classification.is_empty() {
        after.classification = release::classification(row);
    }
    let severity = release::severity(row);
    if severity != Severity::Unspecified {
        after.severity = severity;
    }
    if !row.products.is_empty() {
        after.products.clone_from(&row.products);
    }
    let (released_at, basis) = release::of(row, at);
    // The order of the bases is the order of their worth; a new revision never restarts the clock.
    if basis < after.release_basis && basis != ReleaseBasis::FirstSeen {
        after.released_at = released_at;
        after.release_basis = basis;
    }
    with_flags(after, row, at)
}

/// Flags carry the time they were first recorded: a past month must not learn of them.
fn with_flags(mut update: Update, row: &UpdateRow, at: i64) -> Update {
    if let Some(superseded) = row.superseded {
        update.superseded = superseded;
    }
    match row.declined {
        Some(true) if update.declined_at.is_none() => {
            update.declined_at = Some(at);
            update.declined_reason =
                if update.superseded { DeclineReason::Superseded } else { DeclineReason::None };
        }
        Some(false) => {
            update.declined_at = None;
            update.declined_reason = DeclineReason::None;
        }
        _ => {}
    }
    match row.expired {
        Some(true) => update.withdrawn_at = update.withdrawn_at.or(Some(at)),
        Some(false) => update.withdrawn_at = None,
        None => {}
    }
    update
}
