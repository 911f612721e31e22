//! The plan of an import: what would change in the register, computer by computer and update by update, before anything does.
//!
//! Pure: a Book, what was read, and the choices made so far give a plan; the plan holds the very rows that will be written.
//! Nothing here touches the file. A blank never erases, own values win, nothing unresolved is guessed.

mod computer;
mod field;
pub(super) mod name;
mod release;
mod state;
mod update;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::asset::AssetId;
use crate::domain::batch::{Batch, BatchFile, BatchId, Scope};
use crate::domain::book::Book;
use crate::domain::command::{BatchRows, ImportRows};
use crate::domain::decide::Moment;
use crate::domain::row::RowChange;
use crate::domain::source::{Source, SourceId, Subscription, SubscriptionId};
use crate::util::text::{counted, fold};

use super::{FileScope, IdSpace, Outcome, ReadSet, StateRow, SubscriptionKind};

pub use computer::{ComputerPlan, Verdict};
pub use field::FieldDiff;
pub use state::StateCounts;
pub use update::UpdateCounts;

/// What the person at the preview decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Computers, by source key, that are left out.
    pub leave_out: BTreeSet<String>,
    /// Computers, by source key, that are taken although the plan would leave them out.
    pub take: BTreeSet<String>,
    /// Computers, by source key, that are an asset of the register.
    pub take_as: BTreeMap<String, AssetId>,
    /// Name of the source where the files do not say; `WSUS` if empty.
    pub source_name: String,
}

/// What an import would do.
#[derive(Clone, Debug)]
pub struct ImportPlan {
    /// Name of the source.
    pub source_name: String,
    /// One entry per computer the files describe, in their order.
    pub computers: Vec<ComputerPlan>,
    /// What happens to updates.
    pub updates: UpdateCounts,
    /// What happens to pairs.
    pub states: StateCounts,
    /// What a missing row proves here.
    pub scope: Scope,
    /// Newest report, UTC seconds; `None` for files without states.
    pub as_of_at: Option<i64>,
    /// Things to know before agreeing, each a sentence.
    pub warnings: Vec<String>,
    /// The batch that brought the very same files before.
    pub already: Option<BatchId>,
    /// What will be written.
    pub rows: ImportRows,
}

impl ImportPlan {
    /// Whether agreeing would change nothing.
    pub fn is_nothing_new(&self) -> bool {
        self.rows.changes.is_empty() && self.rows.batch.is_none()
    }

    /// How many computers have a verdict.
    pub fn count(&self, wanted: impl Fn(&Verdict) -> bool) -> usize {
        self.computers.iter().filter(|c| wanted(&c.verdict)).count()
    }

    /// `2 new computers, 3 changed, 14 new updates, 210 pair states` for a title or a toast.
    pub fn summary(&self) -> String {
        if self.is_nothing_new() {
            return "nothing new".to_owned();
        }
        let parts = [
            (self.count(|v| matches!(v, Verdict::Create)) as u64, "new computer", "new computers"),
            (self.count(|v| matches!(v, Verdict::Change(_))) as u64, "computer changed", "computers changed"),
            (self.updates.created, "new update", "new updates"),
            (self.updates.changed, "update changed", "updates changed"),
            (self.states.written(), "pair state", "pair states"),
        ];
        let said: Vec<String> =
            parts.into_iter().filter(|p| p.0 > 0).map(|(n, one, many)| counted(n, one, many)).collect();
        if said.is_empty() { "reports without changes".to_owned() } else { said.join(", ") }
    }
}

/// Plans an import. `recorded` is the moment it would be written.
pub fn plan(book: &Book, read: &ReadSet, choices: &Choices, moment: Moment<'_>) -> ImportPlan {
    let mut changes = Vec::new();
    let (source, source_name) = source_of(book, read, choices, moment, &mut changes);
    let scope = scope_of(read);
    let mut warnings = Vec::new();

    let computers = computer::plan(book, read, choices, source, moment, &mut changes);
    let is_older = is_older(book, read, source);
    let updates = update::plan(book, read, source, is_older, moment, &mut changes);
    if !is_older {
        plan_subscriptions(book, read, source, moment, &mut changes);
    }
    let files = batch_files(read);
    let brought = already(book, &files);
    let states = state::plan(book, read, &computers, &updates, scope, source, moment, brought, &mut warnings);
    warn(read, &states.counts, &computers.plans, &mut warnings);

    let already = brought.map(|batch| batch.id);
    let nothing_new = changes.is_empty() && states.observations.is_empty() && !states.new_reports;
    let again = nothing_new && already.is_some();
    let batch = (!files.is_empty() && !again).then(|| Batch {
        id: BatchId(moment.ids.next()),
        source,
        number: book.batches.rows().iter().map(|b| b.number).max().unwrap_or(0) + 1,
        files: files.clone(),
        scope,
        as_of_at: states.as_of_at.unwrap_or(moment.at),
        recorded_at: moment.at,
        observations: states.observations.len() as i64,
        digest: String::new(),
        voided_at: None,
    });
    let label = label(&files);
    ImportPlan {
        source_name,
        computers: computers.plans,
        updates: updates.counts,
        scope,
        as_of_at: states.as_of_at,
        warnings,
        already,
        rows: ImportRows {
            label,
            batch: batch.map(|batch| BatchRows {
                batch,
                observations: states.observations,
                reports: states.reports,
            }),
            changes: if nothing_new { Vec::new() } else { changes },
        },
        states: states.counts,
    }
}

fn label(files: &[BatchFile]) -> String {
    let rows: u64 = files.iter().map(|f| f.rows).sum();
    match files {
        [] => "Import".to_owned(),
        [one] => format!("Import {} from {}", counted(rows, "row", "rows"), one.name),
        [first, rest @ ..] => {
            format!("Import {} from {} and {} more", counted(rows, "row", "rows"), first.name, rest.len())
        }
    }
}

/// The source the files come from: the manifest's server, the only one of its kind so far, or the name that was chosen.
fn source_of(
    book: &Book,
    read: &ReadSet,
    choices: &Choices,
    moment: Moment<'_>,
    changes: &mut Vec<RowChange>,
) -> (SourceId, String) {
    let directory = !read.computers.is_empty()
        && read.states.is_empty()
        && read.computers.iter().all(|c| c.id_space == IdSpace::Directory);
    let kind = if directory { "directory" } else { "wsus" };
    let manifest = read.manifest.as_ref();
    let said = manifest.map(|m| m.server.as_str()).filter(|s| !s.is_empty()).unwrap_or(&choices.source_name);
    let mut of_kind = book.sources.rows().iter().filter(|s| s.kind == kind);
    let existing = if said.is_empty() {
        of_kind.next()
    } else {
        // A server that was imported before anybody gave its name is the same server.
        let unnamed = |s: &&Source| {
            s.name == "WSUS" && book.sources.rows().iter().filter(|o| o.kind == kind).count() == 1
        };
        of_kind.clone().find(|s| fold(&s.name) == fold(said)).or_else(|| of_kind.find(unnamed))
    };
    let synced_at = manifest.and_then(|m| m.last_sync_at);
    let sync_result = manifest.map(|m| m.last_sync_result.clone()).unwrap_or_default();
    if let Some(existing) = existing {
        let mut after = existing.clone();
        if !said.is_empty() {
            said.clone_into(&mut after.name);
        }
        if synced_at > existing.synced_at {
            after.synced_at = synced_at;
            after.sync_result = sync_result;
        }
        changes.extend(RowChange::update(existing, &after));
        return (existing.id, after.name);
    }
    let fallback = if directory { "Directory" } else { "WSUS" };
    let source = Source {
        id: SourceId(moment.ids.next()),
        kind: kind.to_owned(),
        name: if said.is_empty() { fallback.to_owned() } else { said.to_owned() },
        synced_at,
        sync_result,
    };
    changes.push(RowChange::create(&source));
    (source.id, source.name)
}

/// The narrowest scope of the files that carry states.
fn scope_of(read: &ReadSet) -> Scope {
    let narrowness = |scope: Scope| match scope {
        Scope::NoStates => 0,
        Scope::AllButNotApplicable => 1,
        Scope::All => 2,
        Scope::NeededOnly => 3,
        Scope::SomeUpdates => 4,
    };
    let mut with_states: BTreeSet<u16> = BTreeSet::new();
    let mut last = None;
    for row in &read.states {
        if last != Some(row.file) {
            with_states.insert(row.file);
            last = Some(row.file);
        }
    }
    // A set of our own script that lists no open update at all still reports for every computer in it.
    let silent = read.manifest.as_ref().map(|m| &m.scope).filter(|_| with_states.is_empty());
    let scopes = with_states.iter().map(|&file| &read.files[usize::from(file)].scope).chain(silent);
    scopes
        .map(|scope| match scope {
            FileScope::AllButNotApplicable => Scope::AllButNotApplicable,
            FileScope::All => Scope::All,
            FileScope::NeededOnly => Scope::NeededOnly,
            FileScope::OneUpdate(_) | FileScope::Unknown => Scope::SomeUpdates,
        })
        .max_by_key(|&scope| narrowness(scope))
        .unwrap_or(Scope::NoStates)
}

/// Whether the files tell of a time before the newest export of the source: they fill gaps, and take nothing back. Only imports
/// that brought a list of updates or a manifest count: nothing else says what was declined, withdrawn or subscribed.
fn is_older(book: &Book, read: &ReadSet, source: SourceId) -> bool {
    let telling = [super::FileKind::Updates, super::FileKind::Manifest];
    let tells = |file: &BatchFile| telling.iter().any(|kind| kind.name() == file.kind);
    let of_source = |batch: &&Batch| {
        let live = batch.source == source && batch.voided_at.is_none() && batch.scope != Scope::NoStates;
        live && batch.files.iter().any(tells)
    };
    let known = book.batches.rows().iter().filter(of_source).map(|batch| batch.as_of_at).max();
    let listed = read.computers.iter().filter_map(|computer| computer.last_status_at).max();
    let told = listed.max(read.states.iter().filter_map(StateRow::reported_at).max());
    told.zip(known).is_some_and(|(told, known)| told < known)
}

fn batch_files(read: &ReadSet) -> Vec<BatchFile> {
    let imported = read.files.iter().filter(|file| file.outcome == Outcome::Imported);
    let describe = |file: &super::FileReport| BatchFile {
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        kind: file.recognised.kind.name().to_owned(),
        rows: file.rows,
        skipped: file.skipped,
    };
    imported.map(describe).collect()
}

/// The live batch that brought every one of these files already.
fn already<'a>(book: &'a Book, files: &[BatchFile]) -> Option<&'a Batch> {
    let brought = |batch: &&Batch| {
        batch.voided_at.is_none()
            && !files.is_empty()
            && files.iter().all(|file| batch.files.iter().any(|known| known.sha256 == file.sha256))
    };
    book.batches.rows().iter().find(brought)
}

fn plan_subscriptions(
    book: &Book,
    read: &ReadSet,
    source: SourceId,
    moment: Moment<'_>,
    changes: &mut Vec<RowChange>,
) {
    if read.subscriptions.is_empty() {
        return;
    }
    let word = |kind: SubscriptionKind| match kind {
        SubscriptionKind::Product => "product",
        SubscriptionKind::Classification => "classification",
    };
    let live: Vec<&Subscription> =
        book.subscriptions.rows().iter().filter(|s| s.source == source && s.ended_at.is_none()).collect();
    for row in &read.subscriptions {
        if !live.iter().any(|s| s.kind == word(row.kind) && s.title == row.title) {
            changes.push(RowChange::create(&Subscription {
                id: SubscriptionId(moment.ids.next()),
                source,
                kind: word(row.kind).to_owned(),
                title: row.title.clone(),
                ended_at: None,
            }));
        }
    }
    for gone in live {
        if !read.subscriptions.iter().any(|row| word(row.kind) == gone.kind && row.title == gone.title) {
            let ended = Subscription { ended_at: Some(moment.at), ..gone.clone() };
            changes.extend(RowChange::update(gone, &ended));
        }
    }
}

fn warn(read: &ReadSet, states: &StateCounts, computers: &[ComputerPlan], warnings: &mut Vec<String>) {
    let skipped: u64 = read.files.iter().map(|file| file.skipped).sum();
    if skipped > 0 {
        warnings.push(format!(
            "{} left out, each listed with its reason.",
            counted(skipped, "row is", "rows are")
        ));
    }
    let asking = computers.iter().filter(|c| matches!(c.verdict, Verdict::Ask(_))).count() as u64;
    if asking > 0 {
        warnings.push(format!(
            "{} be matched for certain and will be left out unless you choose.",
            counted(asking, "computer cannot", "computers cannot")
        ));
    }
    if states.unresolved > 0 {
        warnings.push(format!(
            "{} a computer or an update known only by its GUID. They are kept, and count as soon as a file names them.",
            counted(states.unresolved, "state belongs to", "states belong to")
        ));
    }
    if states.older > 0 {
        warnings.push(format!(
            "{} older than what the register already knows. They are recorded as history and overwrite nothing.",
            counted(states.older, "state is", "states are")
        ));
    }
    if read.manifest.as_ref().is_some_and(|m| !m.complete) {
        warnings.push(
            "The export did not reach every computer, so a missing row proves nothing in this set."
                .to_owned(),
        );
    }
}
