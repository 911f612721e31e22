//! A file that is not ours, newer, damaged or in use gets its name, and stays as it is, byte by byte.

use std::path::Path;

use patchbook::domain::row::RowChange;
use patchbook::store::migrate::FORMAT;
use patchbook::store::{Access, Error, Note, Store};
use rusqlite::Connection;

use super::sample::{self, create, me, open, operation, person};
use super::tampering::filled;

/// Opens for writing, expects an error, and checks that nothing was touched.
fn refused(path: &Path) -> Error {
    let before = std::fs::read(path).expect("bytes");
    let folder = path.parent().expect("a folder");
    let names = |folder: &Path| {
        let mut names: Vec<_> =
            std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    let listed = names(folder);
    let error = Store::open(path, Access::Write, &me(), sample::ids()).expect_err("it must be refused");
    assert_eq!(std::fs::read(path).expect("bytes"), before, "{error}");
    assert_eq!(names(folder), listed, "{error}");
    assert!(!error.hint().is_empty());
    error
}

fn refused_bytes(bytes: &[u8]) -> Error {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("odd.patchbook");
    std::fs::write(&path, bytes).expect("a file");
    refused(&path)
}

#[test]
fn a_foreign_file_is_refused_by_name_and_not_touched() {
    assert!(matches!(refused_bytes(b""), Error::Foreign { found: "it is empty", .. }));
    assert!(matches!(refused_bytes(b"MZ, a program"), Error::Foreign { found: "not even a database", .. }));
    assert!(matches!(refused_bytes(&[0; 5_000]), Error::Foreign { .. }));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("other.patchbook");
    let connection = Connection::open(&path).expect("a connection");
    connection.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)").expect("a table");
    drop(connection);
    assert!(matches!(refused(&path), Error::Foreign { found: "a database of another program", .. }));
    let missing = Store::open(&folder.path().join("none"), Access::Write, &me(), sample::ids());
    assert!(matches!(missing, Err(Error::Io { .. })), "{missing:?}");
}

#[test]
fn a_newer_file_is_refused_by_its_format_and_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let connection = Connection::open(&path).expect("a connection");
    connection.pragma_update(None, "user_version", 7).expect("a pragma");
    drop(connection);
    let error = refused(&path);
    assert!(matches!(error, Error::Newer { found: 7, known: FORMAT, .. }), "{error}");
}

#[test]
fn a_damaged_file_is_refused_by_name_and_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let whole = std::fs::read(&path).expect("bytes");
    let try_bytes = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("a file");
        refused(&path)
    };
    assert!(matches!(try_bytes(&whole[..60]), Error::Damaged { .. }));
    assert!(matches!(try_bytes(&whole[..4_096]), Error::Damaged { .. }));
    // The page that holds the schema itself.
    let mut torn = whole.clone();
    torn[100..4_096].fill(0xaa);
    assert!(matches!(try_bytes(&torn), Error::Damaged { .. }));
    // Somebody's own objects in the file: none of them may ever run.
    for sql in [
        "CREATE TRIGGER evil AFTER INSERT ON event BEGIN DELETE FROM asset; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE evil (a)",
        "CREATE INDEX evil ON asset (abs(id))",
        "DROP TRIGGER event_keeps_rows",
    ] {
        std::fs::write(&path, &whole).expect("a file");
        let connection = Connection::open(&path).expect("a connection");
        connection.execute_batch(sql).expect(sql);
        drop(connection);
        assert!(matches!(refused(&path), Error::Damaged { .. }), "{sql}");
    }
}

#[test]
fn a_second_opener_is_told_who_has_the_file_and_looks_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.patchbook");
    let mut first = create(&path);
    let before = std::fs::read_dir(folder.path()).expect("a folder").count();
    let mut second = open(&path);
    assert_eq!(second.store.access(), Access::ReadOnly);
    assert_eq!(second.notes, [Note::LockedBy(Some(me()))]);
    assert!(me().to_string().starts_with("Ada Admin on desk since"), "{}", me());
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), before);

    assert!(!second.store.refresh().expect("a look"));
    first
        .commit(operation("Add", 1, vec![RowChange::create(&person(1, "Grace"))]), first.head())
        .expect("the first goes on");
    assert!(second.store.refresh().expect("a look"));
    assert_eq!(second.store.load().expect("a book").people.len(), 1);

    drop(first);
    drop(second);
    let third = open(&path);
    assert_eq!((third.store.access(), third.notes.len()), (Access::Write, 0));
    drop(third);
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name())
        .collect();
    assert_eq!(left, ["shop.patchbook"], "nothing stays beside a closed file");
}

#[cfg(unix)]
#[test]
fn a_new_file_is_open_to_whom_the_system_says() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let copy = folder.path().join("copy.patchbook");
    open(&path).store.save_copy(&copy, false).expect("a copy");
    let plain = folder.path().join("plain");
    std::fs::write(&plain, b"").expect("a file");
    let mode = |path: &Path| std::fs::metadata(path).expect("a file").permissions().mode();
    assert_eq!((mode(&path), mode(&copy)), (mode(&plain), mode(&plain)));
}

#[test]
fn the_holder_who_moved_the_file_away_writes_nothing_to_the_wrong_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.patchbook");
    let mut store = create(&path);
    if std::fs::rename(&path, folder.path().join("moved.patchbook")).is_err() {
        return; // Windows keeps an open file where it is.
    }
    let head = store.head();
    let error = store.commit(operation("Add", 1, vec![RowChange::create(&person(1, "G"))]), head);
    assert!(matches!(error, Err(Error::Moved { .. })), "{error:?}");
    let rescued = folder.path().join("rescued.patchbook");
    store.save_copy(&rescued, false).expect("a rescue");
    assert_eq!(open(&rescued).store.head(), head);
}

#[test]
fn write_ahead_logging_set_by_another_program_is_switched_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let connection = Connection::open(&path).expect("a connection");
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).expect("a pragma");
    drop(connection);
    let looker = Store::open(&path, Access::ReadOnly, &me(), sample::ids()).expect("it opens");
    assert_eq!(looker.notes, [Note::WasWal]);
    drop(looker);
    let opened = open(&path);
    assert_eq!((opened.store.access(), &opened.notes[..]), (Access::Write, &[Note::WasWal][..]));
    drop(opened);
    assert_eq!(std::fs::read(&path).expect("bytes")[18..20], [1, 1]);
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.patchbook");
    std::fs::write(&path, b"mine").expect("a file");
    let new = patchbook::store::NewFile {
        author: sample::author(0),
        shop: patchbook::domain::shop::Shop::default(),
        rows: Vec::new(),
    };
    assert!(matches!(Store::create(&path, &new, sample::ids()), Err(Error::Exists { .. })));
    assert_eq!(std::fs::read(&path).expect("bytes"), b"mine");
}

#[test]
fn a_write_that_was_cut_off_is_named_where_it_cannot_be_rolled_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    // A copy of file and journal in the midst of a transaction is what a crash leaves.
    let connection = Connection::open(&path).expect("a connection");
    connection.pragma_update(None, "cache_size", 2).expect("a pragma");
    connection.execute_batch("BEGIN; UPDATE asset SET note = hex(zeroblob(20000))").expect("half a write");
    let cut = folder.path().join("cut.patchbook");
    for (from, to) in [("", "cut.patchbook"), ("-journal", "cut.patchbook-journal")] {
        let from = folder.path().join(format!("shop.patchbook{from}"));
        std::fs::copy(from, folder.path().join(to)).expect("a copy");
    }
    drop(connection);
    let looker = Store::open(&cut, Access::ReadOnly, &me(), sample::ids());
    assert!(matches!(looker, Err(Error::Unfinished { .. })), "{looker:?}");
    let mut store = open(&cut).store;
    let report = store.verify(&patchbook::util::progress::Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
}

#[test]
fn a_verification_in_the_background_does_not_disturb_the_writer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let mut store = open(&path).store;
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            for _ in 0..20 {
                let report =
                    patchbook::store::verify::file(&path, &patchbook::util::progress::Progress::default());
                let report = report.expect("a verification");
                assert!(report.is_sound(), "{:?}", report.problems);
            }
        });
        for id in 1..=20 {
            let add = operation("Add", id, vec![RowChange::create(&person(id, "Somebody"))]);
            store.commit(add, store.head()).expect("a commit");
        }
        reader.join().expect("the reader");
    });
    store.look_on_only();
    let add = operation("Add", 99, vec![RowChange::create(&person(99, "Somebody"))]);
    assert!(matches!(store.commit(add, store.head()), Err(Error::ReadOnly { .. })));
}
