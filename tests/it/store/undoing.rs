//! What can be undone, what stands in the way, and what the history says of it.

use patchbook::domain::asset::AssetId;
use patchbook::domain::command::BatchRows;
use patchbook::domain::row::{Row as _, RowChange};
use patchbook::store::history::{HeadCheck, HistoryFilter, Verb};
use patchbook::store::{Conflict, Error, Operation, Printed, Store};
use patchbook::util::hash::hex;
use patchbook::util::progress::Progress;

use super::sample::{author, batch, create, import, operation, person};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = create(&folder.path().join("shop.patchbook"));
    (folder, store)
}

fn conflict(result: Result<patchbook::store::Committed, Error>) -> Conflict {
    match result {
        Err(Error::Conflict(conflict)) => conflict,
        other => panic!("{other:?}"),
    }
}

fn add(store: &mut Store, id: i64, name: &str) -> i64 {
    let change = RowChange::create(&person(id, name));
    store.commit(operation(&format!("Add {name}"), 1, vec![change]), store.head()).expect("a commit").op_id
}

fn sound(store: &mut Store) {
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
}

#[test]
fn undo_and_redo_go_back_and_forth_by_name_until_something_new_is_recorded() {
    let (_folder, mut store) = store();
    add(&mut store, 1, "Ada");
    add(&mut store, 2, "Grace");
    let labels = |list: &[patchbook::store::history::OperationView]| {
        list.iter().map(|o| o.label.clone()).collect::<Vec<_>>()
    };
    for _ in 0..3 {
        let top = store.stacks().expect("stacks").undo.pop().expect("something to undo");
        assert_eq!(top.label, "Add Grace");
        store.undo(top.op_id, &author(5)).expect("an undo");
        let stacks = store.stacks().expect("stacks");
        assert_eq!(
            (labels(&stacks.undo), labels(&stacks.redo)),
            (vec!["Add Ada".into()], vec!["Add Grace".into()])
        );
        assert_eq!(store.load().expect("a book").people.len(), 1);
        store.undo(stacks.redo[0].op_id, &author(6)).expect("a redo");
        assert_eq!(store.load().expect("a book").people.len(), 2);
    }
    let top = store.stacks().expect("stacks").undo.pop().expect("something to undo");
    store.undo(top.op_id, &author(7)).expect("an undo");
    add(&mut store, 3, "Edsger");
    let stacks = store.stacks().expect("stacks");
    assert_eq!((labels(&stacks.undo), stacks.redo.len()), (vec!["Add Ada".into(), "Add Edsger".into()], 0));
    let verbs: Vec<Verb> = store.operations().expect("operations").iter().map(|o| o.verb).collect();
    assert_eq!(verbs[3..6], [Verb::Undone, Verb::Redone, Verb::Undone]);
    sound(&mut store);
}

#[test]
fn an_operation_brought_back_can_be_undone_under_its_first_id() {
    let (_folder, mut store) = store();
    let op = add(&mut store, 1, "Ada");
    let undone = store.undo(op, &author(1)).expect("an undo").op_id;
    store.undo(undone, &author(2)).expect("a redo");
    store.undo(op, &author(3)).expect("an undo of the redone operation");
    assert!(store.stacks().expect("stacks").undo.is_empty());
    assert!(matches!(conflict(store.undo(op, &author(4))), Conflict::AlreadyUndone { .. }));
}

#[test]
fn an_operation_whose_rows_were_changed_later_is_not_undone() {
    let (_folder, mut store) = store();
    let op = add(&mut store, 1, "Ada");
    let change = RowChange::update(&person(1, "Ada"), &person(1, "Ada L.")).expect("a change");
    store.commit(operation("Rename Ada", 2, vec![change]), store.head()).expect("a commit");
    let head = store.head();
    match conflict(store.undo(op, &author(3))) {
        Conflict::RowChanged { by, .. } => assert_eq!(by, "Rename Ada"),
        other => panic!("{other:?}"),
    }
    assert_eq!(store.load().expect("a book").head, head);
}

#[test]
fn what_something_later_refers_to_is_not_removed() {
    let (_folder, mut store) = store();
    let op = add(&mut store, 1, "Ada");
    let mut asset = patchbook::domain::asset::Asset::new(AssetId(9), "web-01", 0);
    asset.owner = Some(patchbook::domain::person::PersonId(1));
    store
        .commit(operation("Add web-01", 2, vec![RowChange::create(&asset)]), store.head())
        .expect("a commit");
    assert_eq!(conflict(store.undo(op, &author(3))), Conflict::StillUsed { table: "asset".to_owned() });
    assert_eq!(store.load().expect("a book").people.len(), 1);
    // The guard against such references in ordinary operations must be back.
    asset.id = AssetId(10);
    asset.owner = Some(patchbook::domain::person::PersonId(77));
    let stray = store.commit(operation("Add", 4, vec![RowChange::create(&asset)]), store.head());
    assert_eq!(conflict(stray), Conflict::MissingReference);
    let again =
        store.commit(operation("Add Ada again", 5, vec![RowChange::create(&person(1, "A"))]), store.head());
    assert!(matches!(conflict(again), Conflict::RowExists { id: 1, .. }));
    sound(&mut store);
}

#[test]
fn only_the_newest_import_of_a_source_is_undone_and_the_later_one_is_named() {
    let (_folder, mut store) = store();
    let first = store.commit(import(1, 10_000, 3, 3), store.head()).expect("an import").op_id;
    let mut later = operation("Import October", 120, Vec::new());
    later.batches.push(batch(2, 10_000, 3, 3));
    let second = store.commit(later, store.head()).expect("an import").op_id;
    // Another source does not stand in the way.
    store.commit(import(3, 50_000, 2, 2), store.head()).expect("an import");
    assert_eq!(
        conflict(store.undo(first, &author(500))),
        Conflict::LaterBatch { number: 2, label: "Import October".to_owned() }
    );
    let second_undone = store.undo(second, &author(501)).expect("an undo").op_id;
    let first_undone = store.undo(first, &author(502)).expect("an undo").op_id;
    // Out of turn: its identities went with the first import.
    let refused = conflict(store.undo(second_undone, &author(503)));
    assert_eq!(refused, Conflict::LostIdentities { number: 2 });
    store.undo(first_undone, &author(504)).expect("a redo");
    store.undo(second_undone, &author(505)).expect("a redo");
    assert_eq!(store.load().expect("a book").live_batches().len(), 3);
    sound(&mut store);
}

#[test]
fn the_files_of_an_undone_import_may_be_imported_again() {
    let (_folder, mut store) = store();
    let op = store.commit(import(1, 10_000, 3, 3), store.head()).expect("an import").op_id;
    store.undo(op, &author(500)).expect("an undo");
    store.commit(import(2, 10_000, 3, 3), store.head()).expect("the same again");
    let book = store.load().expect("a book");
    assert_eq!((book.batches.len(), book.live_batches().len(), book.pairs.len()), (2, 1, 9));
    sound(&mut store);
}

#[test]
fn the_beginning_of_a_file_cannot_be_undone() {
    let (_folder, mut store) = store();
    let first = store.operations().expect("operations")[0].op_id;
    assert!(matches!(conflict(store.undo(first, &author(1))), Conflict::Fixed { .. }));
    assert!(matches!(conflict(store.undo(12_345, &author(1))), Conflict::UnknownOperation { op_id: 12_345 }));
}

#[test]
fn an_operation_that_fails_half_way_leaves_nothing() {
    let (_folder, mut store) = store();
    let head = store.head();
    let mut bad = RowChange::create(&person(2, "Grace"));
    bad.after.as_mut().expect("an image").insert("name".to_owned(), serde_json::Value::Null);
    let changes = vec![RowChange::create(&person(1, "Ada")), bad];
    let error = store.commit(operation("Add two", 1, changes), head);
    assert!(matches!(error, Err(Error::BadImage { .. })), "{error:?}");
    let mut twice = batch(1, 10_000, 2, 2);
    twice.observations.push(twice.observations[0]);
    let error = store.commit(Operation { batches: vec![twice], ..operation("Twice", 1, Vec::new()) }, head);
    assert!(matches!(error, Err(Error::BadImage { .. })), "{error:?}");
    assert_eq!(store.load().expect("a book").head, head);
    sound(&mut store);
}

#[test]
fn a_cancelled_operation_leaves_nothing() {
    let (_folder, mut store) = store();
    let head = store.head();
    let progress = Progress::default();
    progress.cancel();
    let error = store.commit_watched(import(1, 10_000, 3, 3), head, &progress);
    assert!(matches!(error, Err(Error::Cancelled(_))), "{error:?}");
    assert_eq!(store.load().expect("a book").head, head);
}

#[test]
fn the_history_tells_who_did_what_to_a_row_newest_first() {
    let (_folder, mut store) = store();
    add(&mut store, 1, "Ada");
    add(&mut store, 11, "Not Ada");
    let change = RowChange::update(&person(1, "Ada"), &person(1, "Ada L.")).expect("a change");
    store.commit(operation("Rename Ada", 2, vec![change]), store.head()).expect("a commit");
    let filter = HistoryFilter {
        row: Some((patchbook::domain::person::Person::TABLE, 1)),
        ..HistoryFilter::default()
    };
    let views = store.history(&filter).expect("a history");
    assert_eq!(views.len(), 2);
    assert!(views[0].seq > views[1].seq);
    assert_eq!((views[0].actor.as_str(), views[0].site.as_str()), ("Ada Admin", "desk"));
    assert!(views[0].body.as_ref().expect("a body").contains("Ada L."));
    let page =
        store.history(&HistoryFilter { limit: 2, before: Some(views[0].seq), ..HistoryFilter::default() });
    assert_eq!(page.expect("a page").len(), 2);
}

#[test]
fn a_printed_head_is_found_again_and_a_wrong_one_is_not() {
    let (_folder, mut store) = store();
    let head = store.head();
    let printed = Printed { title: "Report".to_owned(), file: "r.pdf".to_owned(), sha256: "ab".repeat(32) };
    store.record_printed(&printed, &author(1)).expect("an entry");
    let text = hex(&head.hash);
    let groups = format!("{} {}", &text[..8].to_uppercase(), &text[8..16]);
    assert_eq!(store.check_head(head.seq, &groups).expect("a check"), HeadCheck::Found);
    assert_eq!(store.check_head(head.seq + 1, &groups).expect("a check"), HeadCheck::Differs);
    assert_eq!(store.check_head(head.seq + 9, &groups).expect("a check"), HeadCheck::Missing);
    assert_eq!(store.check_head(head.seq, "xyz").expect("a check"), HeadCheck::NotAHash);
    let views = store.history(&HistoryFilter { kind: Some("printed"), ..HistoryFilter::default() });
    assert_eq!(views.expect("a history").len(), 1);
    sound(&mut store);
}

#[test]
fn a_redacted_name_is_nowhere_in_the_file_and_the_history_still_holds() {
    let (folder, mut store) = store();
    let op = add(&mut store, 1, "Rumpelstilzchen");
    let change =
        RowChange::update(&person(1, "Rumpelstilzchen"), &person(1, "Rumpelstilzchen II")).expect("a change");
    store.commit(operation("Rename", 2, vec![change]), store.head()).expect("a commit");
    store.redact(&person(1, "person 1"), "asked for on paper", &author(3)).expect("a redaction");
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!(report.blanked, 2);
    assert!(matches!(conflict(store.undo(op, &author(4))), Conflict::Fixed { .. }));
    drop(store);
    let bytes = std::fs::read(folder.path().join("shop.patchbook")).expect("bytes");
    // The labels of operations are the user's own words; this one names the person and stays.
    let found = bytes.windows(15).filter(|w| w == b"Rumpelstilzchen").count();
    assert_eq!(found, 1, "only the label of the first operation still holds the name");
}

#[test]
fn observations_come_back_as_they_were_recorded_in_any_order() {
    let (_folder, mut store) = store();
    let BatchRows { observations, .. } = batch(1, 10_000, 3, 3);
    store.commit(import(1, 10_000, 3, 3), store.head()).expect("an import");
    let book = store.load().expect("a book");
    assert_eq!(book.pairs.len(), observations.len());
    let installed = observations.iter().filter(|o| o.installed_at.is_some()).count();
    let exact = book.pairs.blocks.iter().flat_map(|b| &b.bytes).filter(|b| **b & 0x10 != 0).count();
    assert_eq!(installed, exact);
}
