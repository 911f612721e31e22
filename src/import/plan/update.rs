//! Which update of the register each update of the files is.

use std::collections::HashMap;

use crate::domain::book::Book;
use crate::domain::decide::Moment;
use crate::domain::row::RowChange;
use crate::domain::source::{SourceId, SourceUpdate, SourceUpdateId};
use crate::domain::update::{
    Classification, DeclineReason, ReleaseBasis, Severity, Supersedence, SupersedenceId, Update, UpdateId,
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
    is_older: bool,
    moment: Moment<'_>,
    changes: &mut Vec<RowChange>,
) -> Updates {
    let mut finder = Finder::new(book, read, source);
    let mut out = Updates { counts: UpdateCounts::default(), identities: Vec::new(), updates: Vec::new() };
    let mut drafts = Drafts::default();
    let mut mappings = Vec::new();
    for row in &read.updates {
        let known = finder.by_key.get(row.key.0.as_str()).copied();
        let found = known.and_then(|k| k.update).or_else(|| finder.find(row));
        let update = match found {
            Some(id) => {
                drafts.merge(book, id, row, is_older, moment.at);
                finder.learn(id, row);
                Some(id)
            }
            None if row.placeholder => {
                out.counts.placeholders += 1;
                None
            }
            None => {
                let update = fresh(row, moment);
                finder.know(&update);
                let id = update.id;
                drafts.add(None, update);
                Some(id)
            }
        };
        let identity = if let Some(known) = known {
            if known.update != update {
                let after = SourceUpdate { update, ..known.clone() };
                mappings.extend(RowChange::update(known, &after));
            }
            known.id
        } else {
            let id = SourceUpdateId(moment.ids.next());
            mappings.push(RowChange::create(&SourceUpdate { id, source, key: row.key.0.clone(), update }));
            id
        };
        out.identities.push(identity);
        out.updates.push(update);
    }
    drafts.finish(&mut out.counts, changes);
    changes.extend(mappings);
    plan_edges(book, read, &mut out, moment, changes);
    out
}

/// Updates as this import leaves them: several rows may describe one.
#[derive(Default)]
struct Drafts<'a> {
    /// As the register has it, and as it shall be.
    list: Vec<(Option<&'a Update>, Update)>,
    places: HashMap<UpdateId, usize>,
}

impl<'a> Drafts<'a> {
    fn add(&mut self, before: Option<&'a Update>, after: Update) {
        self.places.insert(after.id, self.list.len());
        self.list.push((before, after));
    }

    fn merge(&mut self, book: &'a Book, id: UpdateId, row: &UpdateRow, is_older: bool, at: i64) {
        if !self.places.contains_key(&id) {
            let Some(before) = book.updates.get(id.0) else { return };
            self.add(Some(before), before.clone());
        }
        if let Some((_, after)) = self.places.get(&id).and_then(|&place| self.list.get_mut(place)) {
            *after = merged(after, row, is_older, at);
        }
    }

    fn finish(self, counts: &mut UpdateCounts, changes: &mut Vec<RowChange>) {
        for (before, after) in self.list {
            let Some(before) = before else {
                counts.created += 1;
                changes.push(RowChange::create(&after));
                continue;
            };
            let change = RowChange::update(before, &after);
            counts.changed += u64::from(change.is_some());
            counts.unchanged += u64::from(change.is_none());
            changes.extend(change);
        }
    }
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
    /// KB to the updates that carry it.
    by_kb: HashMap<String, Vec<Carrier>>,
    /// How many updates of the files carry a KB.
    rows_by_kb: HashMap<&'a str, u32>,
}

/// An update that carries a KB number.
struct Carrier {
    title: String,
    guid: String,
    id: UpdateId,
}

impl<'a> Finder<'a> {
    fn new(book: &'a Book, read: &'a ReadSet, source: SourceId) -> Self {
        let of_source = book.source_updates.rows().iter().filter(|s| s.source == source);
        let by_key = of_source.map(|s| (s.key.as_str(), s)).collect();
        let mut rows_by_kb: HashMap<&str, u32> = HashMap::new();
        for kb in read.updates.iter().filter(|row| !row.title.is_empty()).flat_map(|row| &row.kbs) {
            *rows_by_kb.entry(kb).or_default() += 1;
        }
        let mut finder = Self { by_key, by_guid: HashMap::new(), by_kb: HashMap::new(), rows_by_kb };
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
            let carrier = Carrier { title: fold(&update.title), guid: update.guid.clone(), id: update.id };
            self.by_kb.entry(kb.clone()).or_default().push(carrier);
        }
    }

    /// An update that was found by its KB has the row's GUID from now on.
    fn learn(&mut self, id: UpdateId, row: &UpdateRow) {
        if row.source_id.is_empty() || self.by_guid.contains_key(&row.source_id) {
            return;
        }
        self.by_guid.insert(row.source_id.clone(), id);
        for kb in &row.kbs {
            let carriers = self.by_kb.entry(kb.clone()).or_default().iter_mut();
            for carrier in carriers.filter(|c| c.id == id && c.guid.is_empty()) {
                carrier.guid.clone_from(&row.source_id);
            }
        }
    }

    fn find(&self, row: &UpdateRow) -> Option<UpdateId> {
        if !row.source_id.is_empty()
            && let Some(&id) = self.by_guid.get(&row.source_id)
        {
            return Some(id);
        }
        let kb = row.kbs.first().filter(|kb| !RECURRING.contains(&kb.as_str()))?;
        let same_kb = self.by_kb.get(kb)?;
        let title = fold(&row.title);
        if title.is_empty() {
            // Only a KB: enough where just one update carries it.
            return match same_kb.as_slice() {
                [one] => Some(one.id),
                _ => None,
            };
        }
        // Two GUIDs are two updates, whatever else agrees.
        let fits = |c: &&Carrier| c.title == title && (c.guid.is_empty() || row.source_id.is_empty());
        if let Some(found) = same_kb.iter().find(fits) {
            return Some(found.id);
        }
        // So far only its KB was known, and only one update of these files has it.
        let untitled = |c: &&Carrier| c.guid.is_empty() && c.title == fold(&format!("KB{kb}"));
        match same_kb.as_slice() {
            [one] if untitled(&one) && self.rows_by_kb.get(kb.as_str()) == Some(&1) => Some(one.id),
            _ => None,
        }
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
/// A row of an older export fills gaps and changes nothing else.
fn merged(before: &Update, row: &UpdateRow, is_older: bool, at: i64) -> Update {
    let mut after = before.clone();
    if !row.title.is_empty() && !is_older {
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
    let classification = release::classification(row);
    let unclassified = after.classification == Classification::Unknown;
    if classification != Classification::Unknown
        && (unclassified || (!row.classification.is_empty() && !is_older))
    {
        after.classification = classification;
    }
    let severity = release::severity(row);
    if severity != Severity::Unspecified && (after.severity == Severity::Unspecified || !is_older) {
        after.severity = severity;
    }
    if !row.products.is_empty() && (after.products.is_empty() || !is_older) {
        after.products.clone_from(&row.products);
    }
    let (released_at, basis) = release::of(row, at);
    // The order of the bases is the order of their worth; a new revision never restarts the clock.
    if basis < after.release_basis && basis != ReleaseBasis::FirstSeen {
        after.released_at = released_at;
        after.release_basis = basis;
    }
    if is_older { after } else { with_flags(after, row, at) }
}

/// Flags carry the time they were first recorded: a past month must not learn of them.
fn with_flags(mut update: Update, row: &UpdateRow, at: i64) -> Update {
    let was_superseded = update.superseded;
    if let Some(superseded) = row.superseded {
        update.superseded = superseded;
    }
    match row.declined {
        Some(true) if update.declined_at.is_none() => {
            update.declined_at = Some(at);
            update.declined_reason =
                if update.superseded { DeclineReason::Superseded } else { DeclineReason::None };
        }
        // It was declined first and replaced later: the duty ends with the reason, not before it.
        Some(true)
            if update.superseded && !was_superseded && update.declined_reason == DeclineReason::None =>
        {
            (update.declined_at, update.declined_reason) = (Some(at), DeclineReason::Superseded);
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
