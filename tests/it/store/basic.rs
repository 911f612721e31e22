//! Making, opening, recording, reading, undoing.

use patchbook::domain::row::RowChange;
use patchbook::store::migrate::{FORMAT, STEPS, built_schema};
use patchbook::store::{Access, Conflict, Error, Store};
use patchbook::util::progress::Progress;

use super::sample::{self, author, create, import, me, open, operation, person};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn every_step_builds_the_schema_it_is_frozen_at() {
    for step in STEPS {
        assert_eq!(built_schema(step.to).expect("a schema"), step.schema, "format {}", step.to);
    }
    assert_eq!(STEPS.last().map(|step| step.to), Some(FORMAT));
}

#[test]
fn what_was_recorded_is_there_after_reopening() {
    let folder = folder();
    let path = folder.path().join("shop.patchbook");
    let mut store = create(&path);
    let book = store.load().expect("a book");
    assert_eq!(book.shop.name, "Corner Shop");
    store.commit(import(1, 10_000, 5, 4), book.head).expect("an import");
    let before = store.load().expect("a book");
    drop(store);

    let mut store = open(&path).store;
    let book = store.load().expect("a book");
    assert_eq!(book.head, before.head);
    assert_eq!(book.assets.len(), 5);
    assert_eq!(book.updates.len(), 4);
    assert_eq!(book.pairs.len(), 20);
    assert_eq!(book.batches.rows()[0].observations, 20);
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!((report.batches, report.observations, report.head), (1, 20, book.head));
}

#[test]
fn an_import_is_undone_and_brought_back_as_one_step() {
    let folder = folder();
    let path = folder.path().join("shop.patchbook");
    let mut store = create(&path);
    let empty = store.load().expect("a book");
    let done = store.commit(import(1, 10_000, 5, 4), store.head()).expect("an import");
    let full = store.load().expect("a book");
    drop(store);

    // A restart in between: the log alone must be enough.
    let mut store = open(&path).store;
    assert_eq!(store.stacks().expect("stacks").undo.last().map(|o| o.op_id), Some(done.op_id));
    let undone = store.undo(done.op_id, &author(500)).expect("an undo");
    let book = store.load().expect("a book");
    assert_eq!((book.assets.len(), book.pairs.len()), (empty.assets.len(), 0));
    assert_eq!(book.batches.rows()[0].voided_at, Some(author(500).at));
    let stacks = store.stacks().expect("stacks");
    assert!(stacks.undo.is_empty());
    assert_eq!(stacks.redo.last().map(|o| (o.op_id, o.label.as_str())), Some((undone.op_id, "Import 1")));

    store.undo(undone.op_id, &author(600)).expect("a redo");
    let book = store.load().expect("a book");
    assert_eq!(book.pairs.blocks, full.pairs.blocks);
    assert_eq!(book.assets.rows(), full.assets.rows());
    assert_eq!(book.batches.rows(), full.batches.rows());
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    assert!(matches!(
        store.undo(undone.op_id, &author(700)),
        Err(Error::Conflict(Conflict::AlreadyUndone { .. }))
    ));
}

#[test]
fn an_operation_decided_on_an_older_register_is_refused() {
    let folder = folder();
    let mut store = create(&folder.path().join("shop.patchbook"));
    let head = store.head();
    store
        .commit(operation("Add Grace", 1, vec![RowChange::create(&person(1, "Grace"))]), head)
        .expect("a commit");
    let late = store.commit(operation("Add Ada", 2, vec![RowChange::create(&person(2, "Ada"))]), head);
    assert!(matches!(late, Err(Error::Conflict(Conflict::HeadMoved { .. }))), "{late:?}");
    assert_eq!(store.load().expect("a book").people.len(), 1);
}

#[test]
fn a_row_that_is_not_as_it_was_decided_on_is_refused_by_name() {
    let folder = folder();
    let mut store = create(&folder.path().join("shop.patchbook"));
    let (old, new) = (person(1, "Grace"), person(1, "Grace Hopper"));
    store.commit(operation("Add Grace", 1, vec![RowChange::create(&old)]), store.head()).expect("a commit");
    let change = RowChange::update(&old, &new).expect("a change");
    store.commit(operation("Rename Grace", 2, vec![change.clone()]), store.head()).expect("a commit");
    let head = store.head();
    match store.commit(operation("Rename again", 3, vec![change]), head) {
        Err(Error::Conflict(Conflict::RowChanged { id: 1, by, .. })) => assert_eq!(by, "Rename Grace"),
        other => panic!("{other:?}"),
    }
    assert_eq!(store.load().expect("a book").head, head, "nothing was written");
}

#[test]
fn one_who_looks_on_cannot_record() {
    let folder = folder();
    let path = folder.path().join("shop.patchbook");
    drop(create(&path));
    let opened = Store::open(&path, Access::ReadOnly, &me(), sample::ids()).expect("it opens");
    let mut store = opened.store;
    let head = store.head();
    let refused = store.commit(operation("Add", 1, vec![RowChange::create(&person(1, "G"))]), head);
    assert!(matches!(refused, Err(Error::ReadOnly { .. })), "{refused:?}");
}
