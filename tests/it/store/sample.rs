//! A small deterministic register for the tests of the file: fixed clock, counted ids.

use std::path::Path;
use std::sync::Arc;

use patchbook::domain::asset::{Asset, AssetId, Fact, FactId, FactValue, Status};
use patchbook::domain::batch::{Batch, BatchFile, BatchId, Observation, Report, Scope};
use patchbook::domain::command::BatchRows;
use patchbook::domain::group::{Group, GroupId};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::row::RowChange;
use patchbook::domain::shop::Shop;
use patchbook::domain::source::{Source, SourceAsset, SourceAssetId, SourceId, SourceUpdate, SourceUpdateId};
use patchbook::domain::update::{Classification, DeclineReason, ReleaseBasis, Severity, Update, UpdateId};
use patchbook::store::{Access, Author, Holder, NewFile, Opened, Operation, Store};
use patchbook::util::id::Ids;

/// Sunday 22 November 2026, 12:00 UTC.
pub const NOW: i64 = 1_795_348_800;

/// An author a number of seconds after [`NOW`].
pub fn author(after: i64) -> Author {
    Author { actor: "Ada Admin".to_owned(), site: "desk".to_owned(), at: NOW + after }
}

/// Whoever opens.
pub fn me() -> Holder {
    Holder { who: "Ada Admin".to_owned(), host: "desk".to_owned(), since_at: NOW }
}

/// Counted ids.
pub fn ids() -> Arc<Ids> {
    Arc::new(Ids::seeded(1))
}

/// Makes a file with a shop and a group.
pub fn create(path: &Path) -> Store {
    let shop = Shop { name: "Corner Shop".to_owned(), zone: "Europe/Berlin".to_owned(), ..Shop::default() };
    let group = Group {
        id: GroupId(7),
        name: "Servers \"all\"".to_owned(),
        position: 1,
        note: "line\nline".to_owned(),
    };
    let new = NewFile { author: author(0), shop, rows: vec![RowChange::create(&group)] };
    Store::create(path, &new, ids()).expect("a new file").store
}

/// Opens a file for writing.
pub fn open(path: &Path) -> Opened {
    Store::open(path, Access::Write, &me(), Arc::new(Ids::Random)).expect("the file opens")
}

/// An update.
pub fn update(id: i64, kb: &str) -> Update {
    Update {
        id: UpdateId(id),
        vendor: "Microsoft".to_owned(),
        title: format!("2026-10 Cumulative Update (KB{kb})"),
        kbs: vec![kb.to_owned()],
        guid: String::new(),
        classification: Classification::Security,
        severity: Severity::Critical,
        products: vec!["Windows Server 2022".to_owned()],
        minimum_version: String::new(),
        released_at: NOW - 40 * 86_400,
        release_basis: ReleaseBasis::Vendor,
        declined_at: None,
        declined_reason: DeclineReason::None,
        withdrawn_at: None,
        superseded: false,
        created_at: NOW,
    }
}

/// A person.
pub fn person(id: i64, name: &str) -> Person {
    Person { id: PersonId(id), name: name.to_owned(), mail: String::new(), function: String::new() }
}

/// An operation of one label with nothing in it.
pub fn operation(label: &str, after: i64, changes: Vec<RowChange>) -> Operation {
    Operation { label: label.to_owned(), author: author(after), changes, ..Operation::default() }
}

/// An import of `machines` x `updates`: it creates source, assets, updates and identities, all with ids from `base` on, and
/// observes every pair as state 2, or 4 where asset and update are both odd.
pub fn import(number: i64, base: i64, machines: i64, updates: i64) -> Operation {
    let mut changes = Vec::new();
    let source = SourceId(base);
    changes.push(RowChange::create(&Source {
        id: source,
        kind: "wsus".to_owned(),
        name: format!("wsus-{base}"),
        synced_at: Some(NOW),
        sync_result: "Succeeded".to_owned(),
    }));
    for m in 1..=machines {
        let id = base + m;
        changes.push(RowChange::create(&Asset::new(AssetId(id), &format!("pc-{id}"), NOW)));
        changes.push(RowChange::create(&Fact {
            id: FactId(id),
            asset: AssetId(id),
            value: FactValue::Status(Status::InUse),
            since_at: NOW,
            reason: String::new(),
            approved_by: String::new(),
        }));
        let key = format!("guid-{id}");
        let name = format!("pc-{id}.corp.example");
        let identity = SourceAsset { id: SourceAssetId(id), source, key, name, asset: Some(AssetId(id)) };
        changes.push(RowChange::create(&identity));
    }
    for u in 1..=updates {
        let id = base + u;
        changes.push(RowChange::create(&update(id, &format!("{}", 5_000_000 + u))));
        let key = format!("KB{id}");
        let identity = SourceUpdate { id: SourceUpdateId(id), source, key, update: Some(UpdateId(id)) };
        changes.push(RowChange::create(&identity));
    }
    Operation {
        label: format!("Import {number}"),
        author: author(60 * number),
        changes,
        batches: vec![batch(number, base, machines, updates)],
        ..Operation::default()
    }
}

/// The batch of such an import, for identities that are there already.
pub fn batch(number: i64, base: i64, machines: i64, updates: i64) -> BatchRows {
    let reported_at = NOW + 3_600 * number;
    let mut observations = Vec::new();
    let mut reports = Vec::new();
    // Backwards, so that the file has to sort them.
    for m in (1..=machines).rev() {
        reports.push(Report { asset: SourceAssetId(base + m), reported_at });
        for u in (1..=updates).rev() {
            let done = m % 2 == 1 && u % 2 == 1;
            observations.push(Observation {
                asset: SourceAssetId(base + m),
                update: SourceUpdateId(base + u),
                state: if done { 4 } else { 2 },
                reported_at,
                installed_at: done.then_some(reported_at - 600),
            });
        }
    }
    let file = BatchFile {
        name: "states.csv".to_owned(),
        sha256: "00".repeat(32),
        kind: "states".to_owned(),
        rows: (machines * updates) as u64,
        skipped: 0,
    };
    let batch = Batch {
        id: BatchId(base + 1_000_000 + number),
        source: SourceId(base),
        number,
        files: vec![file],
        scope: Scope::All,
        as_of_at: reported_at,
        recorded_at: NOW + 60 * number,
        observations: 0,
        digest: String::new(),
        voided_at: None,
    };
    BatchRows { batch, observations, reports }
}
