//! Backups, copies and rebuilding.

use std::path::Path;

use patchbook::store::backup::Keep;
use patchbook::store::rebuild::into_new_file;
use patchbook::store::verify;
use patchbook::store::{Access, Error, Store};
use patchbook::util::progress::Progress;

use super::sample::{self, NOW, author, batch, create, import, me, open, operation};
use super::tampering::{filled, tamper};

#[test]
fn a_backup_is_whole_verified_and_has_the_head_of_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let store = open(&path).store;
    let backup = store.backup(folder.path(), NOW, Keep::default()).expect("a backup");
    let report = verify::file(&backup.path, &Progress::default()).expect("a verification");
    assert!(report.is_sound());
    assert_eq!(report.head, store.head());
    let opened = open(&backup.path);
    assert_eq!((opened.store.access(), opened.notes.len()), (Access::Write, 0));
}

#[test]
fn backups_are_thinned_to_the_newest_days_weeks_and_months() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = create(&folder.path().join("shop.patchbook"));
    let keep = Keep { newest: 2, days: 3, weeks: 2, months: 2 };
    let dir = folder.path().join(store.file_id());
    std::fs::create_dir_all(&dir).expect("a folder");
    // Twice a day for ten weeks; NOW is a Sunday noon. Only the last is made in earnest, the names of the others suffice.
    for half_day in 0..139 {
        let time = patchbook::util::clock::utc(NOW + half_day * 43_200).format("%Y%m%dT%H%M%SZ");
        std::fs::write(dir.join(format!("{time}-00000001.patchbook")), b"").expect("a file");
    }
    let removed = store.backup(folder.path(), NOW + 139 * 43_200, keep).expect("a backup").removed.len();
    let mut left: Vec<String> = std::fs::read_dir(dir)
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy()[..11].to_owned())
        .collect();
    left.sort();
    assert_eq!(left.len() + removed, 140);
    // Newest: Saturday 30 January 2027, two of them; days 31, 30, 29; weeks ending 31 and 24; months January, December.
    assert_eq!(left, ["20261231T12", "20270124T12", "20270129T12", "20270130T12", "20270131T00"]);
}

#[test]
fn a_copy_never_overwrites_unless_asked_and_never_the_open_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let store = open(&path).store;
    let copy = folder.path().join("copy.patchbook");
    store.save_copy(&copy, false).expect("a copy");
    assert!(matches!(store.save_copy(&copy, false), Err(Error::Exists { .. })));
    store.save_copy(&copy, true).expect("a copy");
    assert!(matches!(store.save_copy(&path, true), Err(Error::Exists { .. })));
    assert!(verify::file(&copy, &Progress::default()).expect("a verification").is_sound());
}

#[test]
fn a_copy_of_a_tampered_file_does_not_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    tamper(&path, "UPDATE asset SET name = 'x' WHERE id = 10001");
    let store = open(&path).store;
    let copy = folder.path().join("copy.patchbook");
    assert!(matches!(store.save_copy(&copy, false), Err(Error::BadCopy { .. })));
    assert!(!copy.exists());
}

fn rebuild(damaged: &Path) -> (patchbook::store::rebuild::RebuildReport, Store) {
    let before = std::fs::read(damaged).expect("bytes");
    let new = damaged.with_file_name("rebuilt.patchbook");
    let report = into_new_file(damaged, &new, &author(9_000), &sample::ids()).expect("a rebuild");
    assert_eq!(std::fs::read(damaged).expect("bytes"), before, "the damaged file stays as it is");
    let mut store = Store::open(&new, Access::Write, &me(), sample::ids()).expect("it opens").store;
    assert!(store.verify(&Progress::default()).expect("a verification").is_sound());
    (report, store)
}

#[test]
fn damaged_tables_are_restored_from_the_history_with_the_same_head() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let head = open(&path).store.head();
    let whole = open(&path).store.load().expect("a book");
    tamper(
        &path,
        "DELETE FROM asset; UPDATE shop SET name = 'x'; INSERT INTO person VALUES (9, 'Eve', '', '')",
    );
    let (report, mut store) = rebuild(&path);
    assert_eq!((report.lost_from, report.damaged_batches.len()), (None, 0));
    assert_eq!(store.head(), head);
    let book = store.load().expect("a book");
    assert_eq!(book.assets.rows(), whole.assets.rows());
    assert_eq!(book.pairs.blocks, whole.pairs.blocks);
    assert_eq!(book.people.len(), 0);
}

#[test]
fn a_damaged_batch_is_named_and_voided_and_can_be_imported_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    tamper(&path, "UPDATE observation SET state = 4 WHERE batch = 1010002");
    let (report, mut store) = rebuild(&path);
    assert_eq!((report.damaged_batches.as_slice(), report.observations), (&[2][..], 12));
    assert_eq!(store.load().expect("a book").live_batches().len(), 1);
    let mut again = operation("Import again", 9_100, Vec::new());
    let mut rows = batch(3, 10_000, 4, 3);
    rows.batch.number = 3;
    again.batches.push(rows);
    store.commit(again, store.head()).expect("an import");
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!(report.lost_batches, [2]);
}

#[test]
fn a_broken_history_is_kept_up_to_the_last_whole_operation() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let mut store = open(&path).store;
    let third = store.head().seq + 1;
    store.commit(import(3, 50_000, 2, 2), store.head()).expect("an import");
    drop(store);
    tamper(&path, &format!("UPDATE event SET body = '{{}}' WHERE seq = {}", third + 6));
    let (report, mut store) = rebuild(&path);
    assert_eq!((report.lost_from, report.events), (Some(third), third as u64 - 1));
    let book = store.load().expect("a book");
    assert_eq!((book.assets.len(), book.live_batches().len()), (4, 2));
    assert!(store.operations().expect("operations").last().expect("one").note.contains(&third.to_string()));
}

/// Overwrites the root page of a table with zeros: the database itself can no longer read it.
fn wipe_page(path: &Path, table: &str) {
    let connection = rusqlite::Connection::open(path).expect("a connection");
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: u32 = connection.query_row(sql, [table], |r| r.get(0)).expect("a page");
    drop(connection);
    let mut bytes = std::fs::read(path).expect("bytes");
    bytes[(page as usize - 1) * 4_096..page as usize * 4_096].fill(0);
    std::fs::write(path, bytes).expect("the damage");
}

#[test]
fn a_page_that_cannot_be_read_is_named_and_the_rest_is_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let head = open(&path).store.head();
    wipe_page(&path, "asset");
    let loaded = open(&path).store.load();
    assert!(matches!(loaded, Err(Error::Damaged { .. })), "{loaded:?}");
    let (report, mut store) = rebuild(&path);
    assert_eq!((report.lost_from, store.head()), (None, head));
    assert_eq!(store.load().expect("a book").assets.len(), 4);
    drop(store);

    std::fs::remove_file(folder.path().join("rebuilt.patchbook")).expect("out of the way");
    wipe_page(&path, "observation");
    let (report, mut store) = rebuild(&path);
    assert_eq!(report.damaged_batches, [1, 2]);
    assert_eq!(store.load().expect("a book").live_batches().len(), 0);
}

#[test]
fn a_copy_into_no_folder_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let gone = folder.path().join("no folder").join("copy.patchbook");
    assert!(matches!(open(&path).store.save_copy(&gone, false), Err(Error::Io { .. })));
    assert!(!gone.exists());
}

#[test]
fn every_table_can_be_taken_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let store = open(&path).store;
    let mut counts = std::collections::BTreeMap::new();
    for table in patchbook::store::export::table_names() {
        let (mut names, mut records) = (Vec::new(), 0);
        let header =
            |columns: &[&str]| names = columns.iter().map(|c| (*c).to_owned()).collect::<Vec<String>>();
        store.each_record(table, header, |_| records += 1).expect("a table");
        assert!(names.len() > 2, "{table}");
        counts.insert(table, records);
    }
    assert_eq!((counts["asset"], counts["observation"], counts["report"]), (4, 24, 8));
    assert_eq!(counts["event"], store.head().seq);
    let mut any = false;
    store.each_record("sqlite_schema", |_| any = true, |_| ()).expect("nothing");
    assert!(!any);
}
