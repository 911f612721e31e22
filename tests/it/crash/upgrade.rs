//! An upgrade that is killed, or for which the disk has no room, leaves every file either as it was or wholly upgraded.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use patchbook::store::migrate::FORMAT;
use patchbook::store::verify;
use patchbook::store::{Access, Note, Store};
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

use super::{FILE, acknowledged, command, listen, say};
use crate::store::sample::{ids, me, open};
use crate::store::upgrading::old_file;

/// Files that one child is given.
const FILES: i64 = 12;

fn numbered(folder: &Path, number: i64) -> PathBuf {
    folder.join(format!("{number:03}")).join("shop.patchbook")
}

fn format_of(path: &Path) -> u32 {
    let report = verify::file(path, &Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);
    report.format
}

#[test]
fn child_upgrades_file_after_file() {
    let Some(folder) = std::env::var_os(FILE) else { return };
    say("ready");
    for number in 0..FILES {
        let path = numbered(Path::new(&folder), number);
        let opened = Store::open(&path, Access::Write, &me(), ids()).expect("the file opens");
        assert!(matches!(opened.notes.as_slice(), [Note::Upgraded { .. }]));
        drop(opened);
        say(&format!("ack {number}"));
    }
}

#[test]
fn child_has_no_room_to_upgrade() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let opened = Store::open(Path::new(&path), Access::Write, &me(), ids()).expect("the file opens");
    assert_eq!(opened.store.access(), Access::ReadOnly);
    match opened.notes.as_slice() {
        [Note::NotUpgraded { format: 1, why }] => say(&format!("why {why}")),
        other => panic!("{other:?}"),
    }
}

/// Kills one child while it works on a file: so long after that file's transaction began. Answers how many files it left with
/// a transaction under way.
fn kill_one(target: i64, after: Duration) -> u32 {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..FILES {
        let home = folder.path().join(format!("{number:03}"));
        std::fs::create_dir(&home).expect("a folder");
        old_file(&home);
    }
    let whole = std::fs::read(numbered(folder.path(), 0)).expect("bytes");
    let entry = "crash::upgrade::child_upgrades_file_after_file";
    let mut child = command(entry, folder.path()).spawn().expect("a child");
    let lines = listen(&mut child);
    while lines.recv_timeout(Duration::from_mins(1)).expect("the child starts") != "ready" {}
    let begun = numbered(folder.path(), target).with_file_name("shop.patchbook-journal");
    let mut last = -1;
    // Looks without pause, for the transaction takes a few milliseconds at most.
    while !begun.exists() && last < target {
        last = lines.try_iter().filter_map(|line| acknowledged(&line)).max().unwrap_or(last);
    }
    let end = Instant::now() + after;
    while Instant::now() < end {
        std::hint::spin_loop();
    }
    child.kill().expect("a kill");
    child.wait().expect("an end");
    last = lines.iter().filter_map(|line| acknowledged(&line)).max().unwrap_or(last);
    let mut hits = 0;
    for number in 0..FILES {
        let path = numbered(folder.path(), number);
        let journal = path.with_file_name("shop.patchbook-journal").exists();
        hits += u32::from(journal);
        if journal {
            // Whoever opens it next rolls back what was cut off; then it is upgraded like any other.
            let opened = open(&path);
            assert!(matches!(opened.notes.as_slice(), [Note::Upgraded { .. }]), "{:?}", opened.notes);
        }
        let format = format_of(&path);
        if number <= last || journal {
            assert_eq!(format, FORMAT, "file {number} of {last} that were done");
        } else if format == 1 {
            assert!(std::fs::read(&path).expect("bytes") == whole, "file {number} is not as it was");
        }
    }
    hits
}

#[test]
fn kills_during_upgrades_leave_every_file_as_it_was_or_whole() {
    let rounds = |seed: u64| {
        let chance = Ids::seeded(seed);
        let kill = |_| kill_one(chance.next() % 10, Duration::from_micros((chance.next() % 3_000) as u64));
        (0..10).map(kill).sum::<u32>()
    };
    let hits: u32 = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..=4).map(|seed| scope.spawn(move || rounds(seed))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a quarter of the kills")).sum()
    });
    assert!(hits >= 3, "only {hits} of 40 kills hit an upgrade under way: this test tests nothing");
}

#[cfg(unix)]
#[test]
fn an_upgrade_without_room_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let before = std::fs::read(&path).expect("bytes");
    // Room for the copy and the journal, and one page more: less than the new tables need.
    let blocks = before.len().div_ceil(512) + 8;
    let entry = command("crash::upgrade::child_has_no_room_to_upgrade", &path);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""));
    shell.arg(entry.get_program()).args(entry.get_args()).env(FILE, &path);
    let output = shell.stdout(Stdio::piped()).output().expect("a child");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("why the disk is full; nothing was changed"), "{text}");
    assert!(std::fs::read(&path).expect("bytes") == before, "the file is not as it was");
    assert_eq!(format_of(&path), 1);
    let copies = std::fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("an entry").path());
    let copies: Vec<_> = copies.filter(|copy| copy.to_string_lossy().contains("before-format")).collect();
    assert_eq!(copies.len(), 1, "the copy had room, the new tables had none");
    // With room again it is upgraded.
    assert!(matches!(open(&path).notes.as_slice(), [Note::Upgraded { .. }]));
}
