//! Released formats are frozen: a file that a release wrote opens, verifies, and has the head it had.
//!
//! `UPDATE_FIXTURES=1` writes the file of the newest format anew and tells its head and the digest of its step, to be written
//! here; only before that format is released. Files of older formats can no longer be made, only kept.

use std::path::{Path, PathBuf};

use patchbook::domain::row::RowChange;
use patchbook::store::migrate::STEPS;
use patchbook::store::{Note, Opened, Printed, verify};
use patchbook::util::hash::hex;
use patchbook::util::progress::Progress;

use super::sample::{author, batch, create, import, open, operation, person};
use super::shape::one_of_each;

/// Number and hash of the newest entry of `format1.patchbook`, then of the later ones.
const HEADS: [(i64, &str); 3] = [
    (97, "3b0a841c4080fbf575f14f45ad4485e7185a3ef9177eb2a4e0255a04b0a4d53a"),
    (126, "41019c8ce4185a7f8a7e7bf418984909b6de48590d5b6b695b8b717f383ac7fd"),
    (155, "cebde1bd2ae5565573cc15132f38a5ce481c955f788ee1a3c2720ca834de89f4"),
];
/// Digest of the text of each step; a released step never changes.
const STEP_TEXTS: [&str; 3] = [
    "26dc5ec36f8c908ccdbac564f45a608d787971cb8d9a30ae7a79c70c8dd8caa8",
    "f28ca37eaad293acf6a6c61dd7d179fd08ceebd9e310ba27d689881275cd9521",
    "471a097637144bf7643b62c50dd37f891dcb96f471ed48d4b673d4d73c2e4013",
];

fn fixture(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/format{format}.patchbook"))
}

/// Writes a file with everything that a file of the newest format can hold.
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

/// Opens a copy of a fixture, checks what was frozen, and answers it.
fn frozen(format: u32, folder: &Path) -> Opened {
    // A copy: opening for writing leaves a lock beside the file while it is open.
    let path = folder.join("frozen.patchbook");
    std::fs::copy(fixture(format), &path).expect("the fixture");
    let report = verify::file(&path, &Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!(report.format, format);
    assert_eq!((report.head.seq, hex(&report.head.hash).as_str()), HEADS[format as usize - 1]);
    super::verifier::must_accept(&path, report.head);
    let mut opened = open(&path);
    let book = opened.store.load().expect("a book");
    assert_eq!((book.batches.len(), book.live_batches().len(), book.pairs.len()), (2, 1, 12));
    assert_eq!(book.people.get(50).expect("a person").name, "person 50");
    assert_eq!(report.blanked, 1);
    opened
}

#[test]
fn a_file_of_format_1_verifies_has_its_head_and_opens_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = frozen(1, folder.path());
    assert!(matches!(opened.notes.as_slice(), [Note::Upgraded { from: 1, .. }]), "{:?}", opened.notes);
}

#[test]
fn a_file_of_format_2_verifies_has_its_head_and_opens_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = frozen(2, folder.path());
    assert!(matches!(opened.notes.as_slice(), [Note::Upgraded { from: 2, .. }]), "{:?}", opened.notes);
}

#[test]
fn a_file_of_format_3_verifies_has_its_head_and_opens() {
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        let _absent = std::fs::remove_file(fixture(3));
        build(&fixture(3));
        let head = verify::file(&fixture(3), &Progress::default()).expect("a verification").head;
        let text = STEPS.last().map(|step| hex(&step.digest())).unwrap_or_default();
        println!("head ({}, \"{}\"), step \"{text}\"", head.seq, hex(&head.hash));
    }
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(frozen(3, folder.path()).notes, []);
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
