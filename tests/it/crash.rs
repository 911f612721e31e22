//! What was acknowledged is never lost: not by killing the program in the midst of imports, not by a full disk.
//!
//! The child is this very test binary, told by the environment which file to work on; run by itself, its two entries do
//! nothing.

mod upgrade;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use patchbook::store::{Access, Error, Store};
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

use crate::store::sample::{batch, create, import, me, open, operation};

/// Names the file for a child.
const FILE: &str = "PATCHBOOK_CRASH_FILE";
const BASE: i64 = 10_000;
const MACHINES: i64 = 20;
const UPDATES: i64 = 150;

fn prepared(path: &Path) {
    let mut store = create(path);
    store.commit(import(1, BASE, MACHINES, UPDATES), store.head()).expect("an import");
}

/// Imports batch after batch; tells after each commit that it is done.
fn import_until_error(store: &mut Store, done: impl Fn(i64)) -> Error {
    let mut number = store.load().expect("a book").batches.len() as i64;
    loop {
        number += 1;
        let mut next = operation(&format!("Import {number}"), number, Vec::new());
        next.batches.push(batch(number, BASE, MACHINES, UPDATES));
        if let Err(error) = store.commit(next, store.head()) {
            return error;
        }
        done(number);
    }
}

fn acknowledge(number: i64) {
    say(&format!("ack {number}"));
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // The parent may be gone; then nobody needs to know.
    let _unheard = writeln!(out, "\n{line}").and_then(|()| out.flush());
}

#[test]
fn child_imports_until_it_is_killed() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let opened = Store::open(Path::new(&path), Access::Write, &me(), std::sync::Arc::new(Ids::Random));
    let mut store = opened.expect("the file opens").store;
    assert_eq!(store.access(), Access::Write);
    say("ready");
    panic!("{}", import_until_error(&mut store, acknowledge));
}

#[test]
fn child_imports_until_the_disk_is_full() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let opened = Store::open(Path::new(&path), Access::Write, &me(), std::sync::Arc::new(Ids::Random));
    let mut store = opened.expect("the file opens").store;
    say("ready");
    let error = import_until_error(&mut store, acknowledge);
    assert!(matches!(error, Error::DiskFull { .. }), "{error:?}");
    let report = store.verify(&Progress::default()).expect("the file can still be read");
    assert!(report.is_sound(), "{:?}", report.problems);
    say("full");
}

fn command(entry: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.args(["--exact", entry, "--nocapture", "--test-threads=1"]).env(FILE, path);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The lines that a child says.
fn listen(child: &mut Child) -> Receiver<String> {
    let (send, receive) = sync_channel(1_000);
    let out = BufReader::new(child.stdout.take().expect("a pipe"));
    let read = move || {
        for line in out.lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    };
    std::thread::Builder::new().name("listener".to_owned()).spawn(read).expect("a thread");
    receive
}

fn acknowledged(line: &str) -> Option<i64> {
    line.strip_prefix("ack ")?.parse().ok()
}

/// Kills one child after some time of importing. Answers the last number it acknowledged, if any, and whether the kill hit a
/// commit under way.
fn kill_one(path: &Path, after: Duration) -> (Option<i64>, bool) {
    let mut child = command("crash::child_imports_until_it_is_killed", path).spawn().expect("a child");
    let lines = listen(&mut child);
    while lines.recv_timeout(Duration::from_mins(1)).expect("the child starts") != "ready" {}
    let end = Instant::now() + after;
    let mut last = None;
    while let Ok(line) = lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
        last = acknowledged(&line).or(last);
    }
    child.kill().expect("a kill");
    child.wait().expect("an end");
    let journal = path.with_file_name("shop.patchbook-journal").exists();
    // What was said before the kill and not heard yet.
    last = lines.iter().filter_map(|line| acknowledged(&line)).max().or(last);
    (last, journal)
}

#[test]
fn a_hundred_kills_during_imports_lose_nothing_that_was_acknowledged() {
    let rounds = |seed: u64| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.patchbook");
        prepared(&path);
        let waits = Ids::seeded(seed);
        let mut known = 1;
        let mut hits = 0;
        for round in 0..25 {
            let wait = Duration::from_micros((waits.next() % 90_000) as u64);
            let (last, journal) = kill_one(&path, wait);
            hits += u32::from(journal);
            let mut store = open(&path).store;
            assert_eq!(store.access(), Access::Write, "the lock of a dead process is free");
            let book = store.load().expect("a book");
            let recorded = book.batches.len() as i64;
            let acknowledged = last.unwrap_or(known);
            assert!(acknowledged >= known);
            // The last commit may have been done without the word getting out.
            assert!(recorded == acknowledged || recorded == acknowledged + 1, "{recorded}, {acknowledged}");
            for (i, batch) in book.live_batches().iter().enumerate() {
                assert_eq!(
                    (batch.number, batch.observations),
                    (i as i64 + 1, MACHINES * UPDATES),
                    "round {round}"
                );
            }
            let report = store.verify(&Progress::default()).expect("a verification");
            assert!(report.is_sound(), "round {round}: {:?}", report.problems);
            known = recorded;
        }
        hits
    };
    let hits: u32 = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..=4).map(|seed| scope.spawn(move || rounds(seed))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a quarter of the kills")).sum()
    });
    assert!(hits >= 10, "only {hits} of 100 kills hit a commit under way: this test tests nothing");
}

#[test]
fn a_file_that_may_not_grow_any_more_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.patchbook");
    prepared(&path);
    let mut store = open(&path).store;
    store.limit_pages(400).expect("a limit");
    let error = import_until_error(&mut store, |_| ());
    assert!(matches!(error, Error::DiskFull { .. }), "{error:?}");
    let before = store.load().expect("a book");
    assert!(before.batches.len() > 1, "some imports had room");
    let report = store.verify(&Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!(report.head, before.head);
    // With room again the same connection goes on.
    store.limit_pages(1_000_000).expect("a limit");
    let number = before.batches.len() as i64 + 1;
    let mut next = operation("Import with room", number, Vec::new());
    next.batches.push(batch(number, BASE, MACHINES, UPDATES));
    store.commit(next, before.head).expect("an import");
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.patchbook");
    prepared(&path);
    let entry = command("crash::child_imports_until_the_disk_is_full", &path);
    // The limit on the size of any file stands in for the disk; its signal is ignored, so that writes fail as on a full one.
    let mut shell = Command::new("sh");
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\"");
    shell.arg(entry.get_program()).args(entry.get_args()).env(FILE, &path);
    let output = shell.stdout(Stdio::piped()).output().expect("a child");
    let text = String::from_utf8_lossy(&output.stdout);
    let said: Vec<&str> = text.lines().collect();
    assert!(said.contains(&"full"), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let last = said.iter().rev().find_map(|line| acknowledged(line)).expect("some imports had room");
    let mut store = open(&path).store;
    assert_eq!(store.load().expect("a book").batches.len() as i64, last);
    assert!(store.verify(&Progress::default()).expect("a verification").is_sound());
}
