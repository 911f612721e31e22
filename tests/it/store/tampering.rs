//! Every change behind the program's back is found and named.

use std::path::{Path, PathBuf};

use patchbook::domain::row::Table;
use patchbook::store::verify::{self, Problem, VerifyReport};
use patchbook::store::{Access, Note, Store};
use patchbook::util::progress::Progress;
use rusqlite::Connection;

use super::sample::{self, batch, create, import, me, open, operation};

/// A file with two imports, closed.
pub fn filled(folder: &Path) -> PathBuf {
    let path = folder.join("shop.patchbook");
    let mut store = create(&path);
    store.commit(import(1, 10_000, 4, 3), store.head()).expect("an import");
    let mut second = operation("Import 2", 120, Vec::new());
    second.batches.push(batch(2, 10_000, 4, 3));
    store.commit(second, store.head()).expect("an import");
    path
}

/// Runs statements on the closed file with every trigger away, as somebody with a database tool would.
pub fn tamper(path: &Path, sql: &str) {
    let connection = Connection::open(path).expect("a connection");
    let triggers: Vec<(String, String)> = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
        .expect("triggers");
    connection.pragma_update(None, "foreign_keys", false).expect("a pragma");
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).expect("a trigger goes");
    }
    connection.execute_batch(sql).expect("the tampering itself");
    assert!(connection.total_changes() > 0, "the tampering changed nothing: {sql}");
    for (_, text) in &triggers {
        connection.execute_batch(text).expect("a trigger comes back");
    }
}

fn report(path: &Path) -> VerifyReport {
    verify::file(path, &Progress::default()).expect("a verification")
}

/// What is done, the statements that do it, and what must be found.
type Tampering = (&'static str, &'static str, fn(&[Problem]) -> bool);

#[test]
fn every_kind_of_tampering_is_found_and_named() {
    let table: &[Tampering] = &[
        (
            "a changed text",
            "UPDATE event SET body = replace(body, 'pc-10001', 'pc-1000X') WHERE seq = 8",
            |p| p.first() == Some(&Problem::TextChanged(8)),
        ),
        ("a changed actor", "UPDATE event SET actor = 'Eve' WHERE seq = 5", |p| {
            p == [Problem::ChainBroken(5)]
        }),
        ("a changed time", "UPDATE event SET at = at - 86400 WHERE seq = 5", |p| {
            p == [Problem::ChainBroken(5)]
        }),
        ("a deleted entry", "DELETE FROM event WHERE seq = 8", |p| p.contains(&Problem::EntryMissing(8))),
        (
            "a deleted and renumbered entry",
            "DELETE FROM event WHERE seq = 8; UPDATE event SET seq = seq - 1 WHERE seq > 8",
            |p| p.contains(&Problem::ChainBroken(8)),
        ),
        (
            "two swapped entries",
            "UPDATE event SET seq = -1 WHERE seq = 7; UPDATE event SET seq = 7 WHERE seq = 8;
             UPDATE event SET seq = 8 WHERE seq = -1",
            |p| p.contains(&Problem::ChainBroken(7)) && p.contains(&Problem::ChainBroken(8)),
        ),
        ("a blanked text", "UPDATE event SET body = NULL WHERE seq = 5", |p| {
            p.contains(&Problem::Blanked(5))
        }),
        ("a wiped history", "DELETE FROM event", |p| p.contains(&Problem::NoHistory)),
        ("a cut history", "DELETE FROM event WHERE seq > 20", |p| {
            p.iter().any(|p| matches!(p, Problem::RowAdded(..)))
        }),
        ("a changed row", "UPDATE asset SET owner = NULL, name = 'x' WHERE id = 10001", |p| {
            p == [Problem::RowChanged(Table::Asset, 10_001)]
        }),
        ("a changed setting", "UPDATE shop SET fresh_server_days = 90", |p| {
            p == [Problem::RowChanged(Table::Shop, 1)]
        }),
        ("an added row", "INSERT INTO person VALUES (99, 'Eve', '', '')", |p| {
            p == [Problem::RowAdded(Table::Person, 99)]
        }),
        ("a removed row", "DELETE FROM asset_fact WHERE id = 10002", |p| {
            p == [Problem::RowRemoved(Table::AssetFact, 10_002)]
        }),
        (
            "a changed observation",
            "UPDATE observation SET state = 4 WHERE batch = 1010002 AND source_asset = 10002 AND source_update = 10001",
            |p| p == [Problem::BatchDamaged(2, 1_010_002)],
        ),
        (
            "a removed observation",
            "DELETE FROM observation WHERE batch = 1010001 AND source_asset = 10002 AND source_update = 10001",
            |p| p == [Problem::BatchDamaged(1, 1_010_001)],
        ),
        ("an added observation", "INSERT INTO observation VALUES (1010001, 10002, 5, 4, 1, NULL)", |p| {
            p == [Problem::BatchDamaged(1, 1_010_001)]
        }),
        (
            "a changed report",
            "UPDATE report SET reported_at = reported_at + 1 WHERE batch = 1010001 AND source_asset = 10003",
            |p| p == [Problem::BatchDamaged(1, 1_010_001)],
        ),
        ("observations of no import", "INSERT INTO observation VALUES (5, 1, 1, 4, 1, NULL)", |p| {
            p == [Problem::StrayObservations(5)]
        }),
        ("another identity", "UPDATE file SET file_id = '00'", |p| p == [Problem::ChainBroken(1)]),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let clean = filled(folder.path());
    assert!(report(&clean).is_sound(), "{:?}", report(&clean).problems);
    for (what, sql, expected) in table {
        let path = folder.path().join("tampered.patchbook");
        std::fs::copy(&clean, &path).expect("a copy of a closed file");
        tamper(&path, sql);
        let problems = report(&path).problems;
        assert!(expected(&problems), "{what}: {problems:?}");
        super::verifier::must_refuse(&path, what);
    }
}

#[test]
fn a_broken_chain_opens_for_looking_on_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    tamper(&path, "UPDATE event SET actor = 'Eve' WHERE seq = 5");
    let before = std::fs::read(&path).expect("bytes");
    let mut opened = open(&path);
    assert_eq!(opened.store.access(), Access::ReadOnly);
    assert!(
        matches!(&opened.notes[..], [Note::HistoryBroken(text)] if text.contains("entry 5")),
        "{:?}",
        opened.notes
    );
    assert_eq!(opened.store.load().expect("a book").assets.len(), 4);
    drop(opened);
    assert_eq!(std::fs::read(&path).expect("bytes"), before);
}

#[test]
fn the_file_itself_refuses_changes_to_its_history_and_observations() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let connection = Connection::open(&path).expect("a connection");
    for sql in [
        "DELETE FROM event WHERE seq = 3",
        "UPDATE event SET actor = 'Eve'",
        "UPDATE event SET body = NULL WHERE seq = 3",
        "DELETE FROM observation",
        "UPDATE observation SET state = 4",
        "DELETE FROM report",
        "UPDATE report SET reported_at = 0",
    ] {
        let error = connection.execute(sql, []).expect_err(sql);
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
}

#[test]
fn a_torn_copy_is_found_by_comparing_the_log_with_the_tables() {
    // A copy taken in the midst of a commit holds the old pages of some tables and the new ones of others. Both halves are whole
    // pages, so the page check of the database itself finds nothing.
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let old = std::fs::read(&path).expect("bytes");
    let mut store = open(&path).store;
    let mut asset = store.load().expect("a book").assets.rows()[0].clone();
    let before = asset.clone();
    asset.site = "Rack 2".to_owned();
    let change = patchbook::domain::row::RowChange::update(&before, &asset).expect("a change");
    store.commit(operation("Move", 900, vec![change]), store.head()).expect("a commit");
    drop(store);
    let new = std::fs::read(&path).expect("bytes");
    let connection = Connection::open(&path).expect("a connection");
    let page: u32 = connection
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'asset'", [], |r| r.get(0))
        .expect("a page");
    drop(connection);
    let mut torn = new.clone();
    let range = (page as usize - 1) * 4_096..page as usize * 4_096;
    assert_ne!(old[range.clone()], new[range.clone()], "the row lies on that page");
    torn[range.clone()].copy_from_slice(&old[range]);
    std::fs::write(&path, &torn).expect("the torn copy");

    let connection = Connection::open(&path).expect("a connection");
    let check: String = connection.query_row("PRAGMA integrity_check", [], |r| r.get(0)).expect("a check");
    drop(connection);
    assert_eq!(check, "ok");
    assert_eq!(report(&path).problems, [Problem::RowChanged(Table::Asset, asset.id.0)]);

    let rebuilt = folder.path().join("rebuilt.patchbook");
    let done = verify::file(&path, &Progress::default()).map(|_| ()).and_then(|()| {
        patchbook::store::rebuild::into_new_file(&path, &rebuilt, &sample::author(1_000), &sample::ids())
    });
    assert_eq!(done.expect("a rebuild").lost_from, None);
    let mut store = Store::open(&rebuilt, Access::Write, &me(), sample::ids()).expect("it opens").store;
    assert_eq!(store.load().expect("a book").assets.get(asset.id.0).expect("the asset").site, "Rack 2");
}
