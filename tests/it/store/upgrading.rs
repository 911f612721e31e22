//! A file of an older format is upgraded whole, after a copy of it, or stays as it is, byte for byte.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use patchbook::domain::row::RowChange;
use patchbook::store::export::{Cell, table_names};
use patchbook::store::history::HistoryFilter;
use patchbook::store::migrate::{FORMAT, STEPS};
use patchbook::store::rebuild::into_new_file;
use patchbook::store::verify::{self, Problem, VerifyReport};
use patchbook::store::{Access, Error, Note, Opened, Store};
use patchbook::util::progress::Progress;

use super::sample::{self, author, create, me, open, operation, person};
use super::tampering::tamper;

/// A copy of the file of format 1 in a folder of its own.
pub fn old_file(folder: &Path) -> PathBuf {
    let path = folder.join("shop.patchbook");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format1.patchbook");
    std::fs::copy(fixture, &path).expect("the fixture");
    path
}

fn look(path: &Path) -> Opened {
    Store::open(path, Access::ReadOnly, &me(), sample::ids()).expect("the file opens")
}

fn sound(path: &Path) -> VerifyReport {
    let report = verify::file(path, &Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    report
}

/// Every record of every table, as texts.
fn records(store: &Store) -> BTreeMap<&'static str, Vec<Vec<Cell>>> {
    let mut all = BTreeMap::new();
    for table in table_names() {
        let mut rows = Vec::new();
        store.each_record(table, |_| (), |row| rows.push(row)).expect("a table");
        all.insert(table, rows);
    }
    all
}

#[test]
fn an_older_file_is_upgraded_after_a_verified_copy_and_keeps_all_it_held() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let backups = folder.path().join("backups");
    let mut looker = look(&path);
    let (old_head, old_records) = (looker.store.head(), records(&looker.store));
    let old_book = looker.store.load().expect("a book");
    drop(looker);

    let opened = Store::open_keeping(&path, Access::Write, &me(), Some(&backups), sample::ids());
    let Opened { mut store, notes } = opened.expect("it opens");
    let [Note::Upgraded { from: 1, to, backup }] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!((*to, store.access()), (FORMAT, Access::Write));
    let name = backup.file_name().expect("a name").to_string_lossy();
    assert!(name.ends_with(&format!("-before-format-{FORMAT}.patchbook")), "{name}");
    assert!(backup.starts_with(&backups));
    let copy = sound(backup);
    assert_eq!((copy.format, copy.head), (1, old_head));
    super::verifier::must_accept(backup, copy.head);

    let mut new_records = records(&store);
    let events = new_records.get_mut("event").expect("events");
    assert_eq!(events.len() as i64, old_head.seq + 2);
    events.truncate(old_head.seq as usize);
    assert_eq!(new_records, old_records);
    let book = store.load().expect("a book");
    assert_eq!(book.pairs.blocks, old_book.pairs.blocks);
    let newest = store.history(&HistoryFilter { limit: 2, ..HistoryFilter::default() }).expect("entries");
    let said: Vec<_> = newest.iter().map(|e| (e.kind.as_str(), e.body.clone().unwrap_or_default())).collect();
    assert_eq!(said[0], ("migration", format!("{{\"from\":1,\"to\":{FORMAT}}}")));
    assert_eq!(said[1].0, "operation");
    assert_eq!((newest[0].actor.as_str(), newest[0].at), ("Ada Admin", sample::NOW));

    let op = newest[0].op_id;
    let refused = store.undo(op, &author(9_000));
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    let grace = person(77, "Grace");
    store.commit(operation("Add", 9_000, vec![RowChange::create(&grace)]), store.head()).expect("a commit");
    drop(store);
    let report = sound(&path);
    assert_eq!(report.format, FORMAT);
    super::verifier::must_accept(&path, report.head);
    assert_eq!(open(&path).notes, [], "the second opening has nothing to upgrade");
}

#[test]
fn without_a_folder_for_backups_the_copy_lies_beside_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let notes = open(&path).notes;
    let [Note::Upgraded { backup, .. }] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!(backup.parent(), path.parent());
    assert_eq!(sound(backup).format, 1);
}

#[test]
fn one_who_looks_on_an_older_file_sees_all_of_it_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let before = std::fs::read(&path).expect("bytes");
    let Opened { mut store, notes } = look(&path);
    assert_eq!(notes, [Note::OlderFormat(1)]);
    let book = store.load().expect("a book");
    assert_eq!((book.batches.len(), book.pairs.len()), (2, 12));
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound() && report.format == 1, "{report:?}");
    let copy = folder.path().join("copy.patchbook");
    store.save_copy(&copy, false).expect("a copy");
    drop(store);
    assert_eq!(sound(&copy).format, 1);
    assert_eq!(std::fs::read(&path).expect("bytes"), before);
}

#[test]
fn one_who_looks_on_while_another_upgrades_reads_the_new_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let mut looker = look(&path);
    looker.store.load().expect("a book");
    let writer = open(&path);
    assert!(matches!(writer.notes.as_slice(), [Note::Upgraded { .. }]));
    assert!(looker.store.refresh().expect("a look"));
    assert_eq!(looker.store.load().expect("a book").head, writer.store.head());
    let report = looker.store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound() && report.format == FORMAT, "{report:?}");
}

/// Opens for writing, expects that it was not upgraded, and that nothing changed. Answers why.
fn stays(path: &Path, backups: Option<&Path>) -> String {
    let before = std::fs::read(path).expect("bytes");
    let opened = Store::open_keeping(path, Access::Write, &me(), backups, sample::ids()).expect("it opens");
    assert_eq!(opened.store.access(), Access::ReadOnly);
    let why = match opened.notes.as_slice() {
        [Note::NotUpgraded { format: 1, why }] => why.clone(),
        other => panic!("{other:?}"),
    };
    drop(opened);
    assert_eq!(std::fs::read(path).expect("bytes"), before, "{why}");
    let left = std::fs::read_dir(path.parent().expect("a folder")).expect("a folder");
    let names: Vec<_> = left.map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("before-format")), "{names:?}");
    why
}

#[test]
fn a_file_that_does_not_hold_together_is_not_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    tamper(&path, "UPDATE asset SET name = 'x' WHERE id = 1");
    let why = stays(&path, None);
    assert!(why.contains("did not pass its verification"), "{why}");

    let path = old_file(folder.path());
    tamper(&path, "UPDATE event SET body = '{}' WHERE seq = 5");
    let before = std::fs::read(&path).expect("bytes");
    let opened = open(&path);
    assert!(
        matches!(opened.notes.as_slice(), [Note::HistoryBroken(_), Note::OlderFormat(1)]),
        "{:?}",
        opened.notes
    );
    drop(opened);
    assert_eq!(std::fs::read(&path).expect("bytes"), before);
}

#[test]
fn a_file_that_cannot_be_copied_is_not_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    // A file where the folder for backups should be.
    let backups = folder.path().join("backups");
    std::fs::write(&backups, b"in the way").expect("a file");
    stays(&path, Some(&backups));
}

#[test]
fn a_file_that_somebody_else_has_open_is_not_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let before = std::fs::read(&path).expect("bytes");
    // What the lock of another process on another machine looks like from here.
    let lock = std::fs::File::create(folder.path().join("~$shop.patchbook.lock")).expect("a file");
    lock.try_lock().expect("a lock");
    let opened = open(&path);
    assert!(
        matches!(opened.notes.as_slice(), [Note::LockedBy(None), Note::OlderFormat(1)]),
        "{:?}",
        opened.notes
    );
    assert_eq!(std::fs::read(&path).expect("bytes"), before);
}

#[test]
fn thinning_backups_never_takes_the_copy_from_before_an_upgrade() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let backups = folder.path().join("backups");
    let opened = Store::open_keeping(&path, Access::Write, &me(), Some(&backups), sample::ids());
    let Opened { store, notes } = opened.expect("it opens");
    let [Note::Upgraded { backup, .. }] = notes.as_slice() else { panic!("{notes:?}") };
    let keep = patchbook::store::backup::Keep { newest: 1, days: 1, weeks: 1, months: 1 };
    for day in 1..=40 {
        store.backup(&backups, sample::NOW + day * 86_400, keep).expect("a backup");
    }
    assert!(backup.exists());
    let left = std::fs::read_dir(backup.parent().expect("a folder")).expect("a folder").count();
    assert!(left <= 3, "{left} files");
}

#[test]
fn a_damaged_older_file_is_rebuilt_in_its_own_format_and_then_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let head = sound(&path).head;
    tamper(&path, "DELETE FROM asset_fact");
    let new = folder.path().join("rebuilt.patchbook");
    into_new_file(&path, &new, &author(9_000), &sample::ids()).expect("a rebuild");
    let report = sound(&new);
    assert_eq!((report.format, report.head), (1, head));
    let opened = open(&new);
    assert!(matches!(opened.notes.as_slice(), [Note::Upgraded { .. }]), "{:?}", opened.notes);
    drop(opened);

    // An upgraded file is rebuilt in the newest format; one whose history breaks before the upgrade in the older one.
    let report = sound(&new);
    let again = folder.path().join("again.patchbook");
    into_new_file(&new, &again, &author(9_100), &sample::ids()).expect("a rebuild");
    assert_eq!((sound(&again).format, sound(&again).head), (FORMAT, report.head));
    tamper(&new, &format!("UPDATE event SET body = '{{}}' WHERE seq = {}", report.head.seq));
    let cut = folder.path().join("cut.patchbook");
    into_new_file(&new, &cut, &author(9_200), &sample::ids()).expect("a rebuild");
    assert_eq!(sound(&cut).format, 1);
}

#[test]
fn a_format_that_the_history_does_not_tell_of_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let connection = rusqlite::Connection::open(&path).expect("a connection");
    for text in STEPS.iter().skip(1).flat_map(|step| step.texts) {
        connection.execute_batch(text).expect("the tables");
    }
    connection.pragma_update(None, "user_version", FORMAT).expect("a pragma");
    drop(connection);
    let report = verify::file(&path, &Progress::default()).expect("a verification");
    assert_eq!(report.problems, [Problem::OtherFormat(FORMAT)]);
    super::verifier::must_refuse(&path, "a format that nobody recorded");
    // Tables of one format under the number of the other.
    let path = old_file(folder.path());
    let connection = rusqlite::Connection::open(&path).expect("a connection");
    connection.pragma_update(None, "user_version", FORMAT).expect("a pragma");
    drop(connection);
    let refused = Store::open(&path, Access::Write, &me(), sample::ids());
    assert!(matches!(refused, Err(Error::Damaged { .. })), "{refused:?}");
}

#[test]
fn a_redaction_and_an_undo_reach_back_beyond_the_upgrade() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let mut store = open(&path).store;
    let last = store.stacks().expect("stacks").undo.last().cloned().expect("an operation");
    assert!(last.seq < store.head().seq);
    store.redact(&person(1, "person 1"), "asked for", &author(9_000)).expect("a redaction");
    store.undo(last.op_id, &author(9_100)).expect_err("its text was blanked by the redaction in the file");
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);

    let fresh = folder.path().join("fresh.patchbook");
    drop(create(&fresh));
    assert_eq!(open(&fresh).notes, []);
}
