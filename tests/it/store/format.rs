//! Format 1 is frozen: a file that the first release wrote opens, verifies, and has the head it had.
//!
//! `UPDATE_FIXTURES=1` writes the file anew and tells its head; only before the format is released.

use std::path::{Path, PathBuf};

use patchbook::domain::row::RowChange;
use patchbook::store::migrate::STEPS;
use patchbook::store::{Printed, verify};
use patchbook::util::hash::hex;
use patchbook::util::progress::Progress;

use super::sample::{author, batch, create, import, open, operation, person};
use super::shape::one_of_each;

/// Number and hash of the newest entry of the fixture.
const HEAD: (i64, &str) = (97, "3b0a841c4080fbf575f14f45ad4485e7185a3ef9177eb2a4e0255a04b0a4d53a");
/// Digest of the text of each step; a released step never changes.
const STEP_TEXTS: [&str; 1] = ["26dc5ec36f8c908ccdbac564f45a608d787971cb8d9a30ae7a79c70c8dd8caa8"];

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format1.patchbook")
}

/// Writes a file with everything that a file of format 1 can hold.
fn build(path: &Path) {
    let mut store = create(path);
    let first = store.commit(import(1, 10_000, 4, 3), store.head()).expect("an import").op_id;
    let mut second = operation("Import 2", 120, Vec::new());
    second.batches.push(batch(2, 10_000, 4, 3));
    let second = store.commit(second, store.head()).expect("an import").op_id;
    store.undo(second, &author(200)).expect("an undo");
    let first_undone = store.undo(first, &author(210)).expect("an undo").op_id;
    store.undo(first_undone, &author(220)).expect("a redo");
    store.commit(operation("One of each", 230, one_of_each()), store.head()).expect("a commit");
    store
        .commit(operation("Add Grace", 240, vec![RowChange::create(&person(50, "Grace"))]), store.head())
        .expect("a commit");
    store.redact(&person(50, "person 50"), "asked for", &author(250)).expect("a redaction");
    let printed =
        Printed { title: "Report".to_owned(), file: "report.pdf".to_owned(), sha256: "00".repeat(32) };
    store.record_printed(&printed, &author(260)).expect("an entry");
}

#[test]
fn a_file_of_format_1_opens_verifies_and_has_its_head() {
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        let _absent = std::fs::remove_file(fixture());
        build(&fixture());
    }
    // A copy: opening for writing leaves a lock beside the file while it is open.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("format1.patchbook");
    std::fs::copy(fixture(), &path).expect("the fixture");
    let report = verify::file(&path, &Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!((report.head.seq, hex(&report.head.hash).as_str()), HEAD);
    super::verifier::must_accept(&path, report.head);
    let mut opened = open(&path);
    assert_eq!(opened.notes, []);
    let book = opened.store.load().expect("a book");
    assert_eq!((book.batches.len(), book.live_batches().len(), book.pairs.len()), (2, 1, 12));
    assert_eq!(book.people.get(50).expect("a person").name, "person 50");
    assert_eq!(report.blanked, 1);
}

#[test]
fn the_same_work_gives_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("one.patchbook"), folder.path().join("two.patchbook"));
    build(&one);
    build(&two);
    assert!(std::fs::read(one).expect("bytes") == std::fs::read(two).expect("bytes"), "the bytes differ");
}

#[test]
fn the_texts_of_released_steps_do_not_change() {
    for (step, expected) in STEPS.iter().zip(STEP_TEXTS) {
        assert_eq!(hex(&step.digest()), expected, "format {}", step.to);
    }
    assert_eq!(STEPS.len(), STEP_TEXTS.len());
}
