//! Damaged, truncated, enormous and random files against the readers.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use patchbook::import::{
    Answers, Control, FileReport, Input, IssueKind, Outcome, Progress, ReadSet, Refused, State, read,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fn read_bytes(bytes: &[u8]) -> ReadSet {
    read(&[Input::from_bytes("input", bytes)], &Answers::default(), &mut |_| Control::Continue)
        .expect("one input")
}

fn sentence(file: &FileReport) -> &str {
    match &file.outcome {
        Outcome::Unreadable { sentence } | Outcome::NotImported { sentence, .. } => sentence,
        other => panic!("{}: {other:?}", file.name),
    }
}

/// What holds for every reading, whatever the bytes were.
fn check(set: &ReadSet, bytes: &[u8]) {
    let lines = bytes.len() as u32 + 1;
    for row in &set.states {
        assert!((row.computer as usize) < set.computers.len() && (row.update as usize) < set.updates.len());
    }
    for edge in &set.supersedes {
        assert!((edge.newer as usize) < set.updates.len() && (edge.older as usize) < set.updates.len());
    }
    assert!(set.issues.kept().iter().all(|issue| issue.line <= lines && !issue.text.is_empty()));
    assert!(set.issues.kept().len() as u64 <= set.issues.total());
    let file = &set.files[0];
    assert!(file.skipped <= file.rows && file.bytes == bytes.len() as u64);
    match &file.outcome {
        Outcome::Unreadable { sentence } | Outcome::NotImported { sentence, .. } => {
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(set.states.is_empty() && set.computers.is_empty() && set.updates.is_empty());
        }
        Outcome::Waiting => assert!(!set.is_clear()),
        Outcome::Imported => assert!(set.is_clear()),
    }
    let sorted = |a: &patchbook::import::StateRow, b: &patchbook::import::StateRow| {
        (a.computer, a.update) <= (b.computer, b.update)
    };
    assert!(set.states.windows(2).all(|pair| sorted(&pair[0], &pair[1])));
}

/// A runner whose cases are the same on every machine and every day.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn fixtures() -> Vec<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = ["wsus", "golden", "systeminfo", "kev", "epss", "msrc", "scanners"];
    let paths: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let inputs = Input::from_paths(&paths).expect("the fixtures are there");
    let bytes = inputs.iter().map(|input| match &input.content {
        patchbook::import::Content::Path(path) => std::fs::read(path).expect("readable"),
        patchbook::import::Content::Bytes(bytes) => bytes.clone(),
    });
    bytes.collect()
}

#[test]
fn random_bytes_are_answered() {
    runner(400)
        .run(&proptest::collection::vec(any::<u8>(), 0..2048), |bytes| {
            check(&read_bytes(&bytes), &bytes);
            Ok(())
        })
        .expect("no random input breaks a promise");
}

#[test]
fn random_tables_are_answered() {
    let cell = prop_oneof![
        Just("ws-1"),
        Just("\"ws-2\""),
        Just("5036892"),
        Just("Installed"),
        Just("\""),
        Just(""),
        Just("a\"b"),
        Just("4/3/2024"),
        Just("\0"),
        Just("x\ny"),
        Just("\"x\ny\""),
        Just("\u{fffd}"),
        Just("2"),
        Just("99")
    ];
    let row = proptest::collection::vec(cell, 0..6);
    runner(600)
        .run(&proptest::collection::vec(row, 0..20), |rows| {
            let mut text = "Computer,KB,State,LastSyncTime\r\n".to_owned();
            for row in rows {
                text.push_str(&row.join(","));
                text.push_str("\r\n");
            }
            check(&read_bytes(text.as_bytes()), text.as_bytes());
            Ok(())
        })
        .expect("no random table breaks a promise");
}

#[test]
fn damaged_fixtures_are_answered() {
    let files = fixtures();
    let damage = (
        0..files.len(),
        proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        any::<bool>(),
    );
    runner(1500)
        .run(&damage, |(which, changes, cut)| {
            let mut bytes = files[which].clone();
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            if cut {
                let at = changes[0].0.index(bytes.len());
                bytes.truncate(at);
            }
            check(&read_bytes(&bytes), &bytes);
            Ok(())
        })
        .expect("no damage breaks a promise");
}

#[test]
fn every_fixture_cut_anywhere_near_its_end_is_answered() {
    for bytes in fixtures() {
        for cut in 1..bytes.len().min(40) {
            let bytes = &bytes[..bytes.len() - cut];
            check(&read_bytes(bytes), bytes);
        }
    }
}

#[test]
fn a_quote_that_never_closes_is_named_by_its_first_line() {
    let mut text = "Computer,KB,State\nws-1,5036892,Installed\nws-2,\"5036892,Installed\n".to_owned();
    for n in 3..50 {
        let _ = writeln!(text, "ws-{n},5036892,Installed");
    }
    let set = read_bytes(text.as_bytes());
    assert_eq!(
        sentence(&set.files[0]),
        "A quote that opens in line 3 never closes; nothing was taken from this file."
    );
    assert_eq!(set.states.len(), 0);
}

#[test]
fn a_quote_open_over_a_megabyte_is_named_by_its_first_line() {
    let mut text = "Computer,KB,State\nws-1,5036892,Installed\n\"ws-2,5036892,Installed\n".to_owned();
    while text.len() < 3 << 20 {
        text.push_str("ws-3,5036892,Installed\n");
    }
    assert!(sentence(&read_bytes(text.as_bytes()).files[0]).contains("opens in line 3 "));
}

#[test]
fn ragged_rows_are_listed_by_line_and_the_rest_is_read() {
    let set = read_bytes(b"Computer,KB,State\r\nws-1,5036892,Installed\r\nws-2,5036892\r\n\r\nws-3,5036892,Failed,x\r\nws-4,5036892,Failed\r\n");
    assert_eq!(set.states.len(), 2);
    let lines: Vec<u32> = set.issues.kept().iter().map(|issue| issue.line).collect();
    assert_eq!((lines, set.issues.count(IssueKind::Ragged)), (vec![3, 5], 2));
    assert_eq!((set.files[0].rows, set.files[0].skipped), (4, 2));
}

#[test]
fn line_numbers_hold_over_multi_line_cells() {
    let set = read_bytes(
        b"Computer,KB,Title,State\n\"ws-1\",5036892,\"one\ntwo\nthree\",Installed\nws-2,5036892,x,Nonsense\n",
    );
    assert_eq!(set.issues.kept()[0].line, 5);
    assert_eq!(set.states[0].line, 2);
}

#[test]
fn a_missing_closing_quote_costs_its_own_rows_and_says_how_far() {
    let text = b"\"Computer\",\"KB\",\"State\"\n\"ws-1\",\"5036892\",\"Installed\n\"ws-2\",\"5036892\",\"Failed\"\n\"ws-3\",\"5036892\",\"Failed\"\n";
    let set = read_bytes(text);
    assert_eq!(set.states.len(), 1);
    let issue = &set.issues.kept()[0];
    assert_eq!((issue.line, issue.kind), (2, IssueKind::Ragged));
    assert!(issue.text.ends_with("runs to line 3: a quote may be missing"), "{}", issue.text);
}

#[test]
fn rows_with_nul_bytes_are_left_out_by_line() {
    let set = read_bytes(
        b"Computer,KB,State\nws-1,5036892,Installed\nws\0-2,5036892,Failed\nws-3,5036892,Failed\n",
    );
    assert_eq!((set.states.len(), set.issues.count(IssueKind::Nul)), (2, 1));
    assert_eq!(set.issues.kept()[0].line, 3);
}

#[test]
fn a_file_full_of_nul_bytes_is_no_text() {
    let set = read_bytes(&[0; 4096]);
    assert!(sentence(&set.files[0]).contains("no text"));
}

#[test]
fn a_file_cut_inside_a_quoted_cell_says_so() {
    let set = read_bytes(
        b"\"Computer\",\"KB\",\"State\"\r\n\"ws-1\",\"5036892\",\"Installed\"\r\n\"ws-2\",\"5036892\",\"Inst",
    );
    assert_eq!((set.states.len(), set.files[0].skipped), (1, 1));
    assert_eq!(set.issues.kept()[0].text, "the file ends inside this row");
}

#[test]
fn a_table_of_thousands_of_columns_is_refused() {
    let mut text = "Computer,KB,State".to_owned();
    text.push_str(&",x".repeat(5000));
    text.push('\n');
    assert!(sentence(&read_bytes(text.as_bytes()).files[0]).contains("more than 1000 columns"));
    let mut text = "Computer,KB,State\nws-1,5036892,Installed\nws-2".to_owned();
    text.push_str(&",x".repeat(5000));
    assert!(sentence(&read_bytes(text.as_bytes()).files[0]).contains("line 3"));
}

#[test]
fn remarks_are_capped_and_counted() {
    let mut text = "Computer,KB,State\n".to_owned();
    for n in 0..5000 {
        let _ = writeln!(text, "ws-{n},5036892");
    }
    let set = read_bytes(text.as_bytes());
    assert_eq!((set.issues.count(IssueKind::Ragged), set.issues.kept().len()), (5000, 200));
}

#[test]
fn a_missing_file_and_a_folder_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in [folder.path().join("nothing.csv"), folder.path().to_owned()] {
        let set = read(&[Input::from_path(path)], &Answers::default(), &mut |_| Control::Continue)
            .expect("one input");
        assert!(sentence(&set.files[0]).starts_with("The file cannot be opened"));
    }
}

#[test]
fn a_file_over_the_cap_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("huge.csv");
    std::fs::File::create(&path).and_then(|file| file.set_len(600 << 20)).expect("a sparse file");
    let set =
        read(&[Input::from_path(path)], &Answers::default(), &mut |_| Control::Continue).expect("one input");
    assert!(sentence(&set.files[0]).contains("600 MB"));
}

#[test]
fn a_reading_can_be_stopped_and_says_how_far_it_is() {
    let mut text = "Computer,KB,State\n".to_owned();
    while text.len() < 2 << 20 {
        text.push_str("ws-1,5036892,Installed\n");
    }
    let input = [Input::from_bytes("a.csv", text.clone())];
    let mut seen: Vec<Progress> = Vec::new();
    read(&input, &Answers::default(), &mut |progress| {
        seen.push(progress);
        Control::Continue
    })
    .expect("not stopped");
    assert!(seen.len() > 4 && seen.windows(2).all(|pair| pair[0].bytes <= pair[1].bytes));
    assert!(seen.iter().all(|p| p.bytes <= p.bytes_total && p.bytes_total == text.len() as u64));
    let stopped = read(&input, &Answers::default(), &mut |p| {
        if p.bytes > 1 << 20 { Control::Cancel } else { Control::Continue }
    });
    assert_eq!(stopped.expect_err("stopped"), Refused::Cancelled);
}

/// Writes a file of a header, one good row and one cell of 200 MB.
fn write_huge_cell(path: &Path, quoted: bool) {
    let mut file = std::fs::File::create(path).expect("a file");
    file.write_all(b"Computer,KB,State\nws-1,5036892,Installed\nws-2,").expect("written");
    if quoted {
        file.write_all(b"\"").expect("written");
    }
    let block = vec![b'x'; 1 << 20];
    for _ in 0..200 {
        file.write_all(&block).expect("written");
    }
    if quoted {
        file.write_all(b"\"").expect("written");
    }
    file.write_all(b",Installed\n").expect("written");
}

/// Writes the rows of 60 computers and 5,000 updates, 300,000 in all.
fn write_large_table(path: &Path, wide: bool) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    let mut put = |text: &str| {
        if wide {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            file.write_all(&bytes).expect("written");
        } else {
            file.write_all(text.as_bytes()).expect("written");
        }
    };
    put(if wide { "\u{feff}" } else { "" });
    put("\"FullDomainName\",\"TargetGroup\",\"UpdateKB\",\"UpdateTitle\",\"UpdateInstallationState\"\r\n");
    let states = ["NotApplicable", "NotApplicable", "Installed", "NotApplicable", "NotInstalled"];
    for pc in 0..60 {
        for update in 0..5000_u32 {
            let (kb, state) = (5_000_000 + update, states[(pc + update as usize) % states.len()]);
            put(&format!(
                "\"ws-{pc:03}.corp.example.com\",\"Workstations\",\"{kb}\",\"Cumulative Update for Windows 10 Version 22H2 for x64-based Systems (KB{kb})\",\"{state}\"\r\n"
            ));
        }
    }
}

/// The most memory this process ever had, in MB, where the system tells.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}

/// Set for the process that runs one measured test alone.
const ALONE: &str = "PATCHBOOK_TEST_ALONE";

/// Whether this process runs one measured test alone. In the common run those tests leave the measuring to their parents.
fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Runs one measured test in a process of its own, so that its memory is its own.
fn run_alone(test: &str) {
    let output = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", test])
        .env(ALONE, "1")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn a_cell_of_200_megabytes_is_refused_in_little_memory() {
    run_alone("hostile::reader::alone_a_huge_cell");
}

#[test]
fn three_hundred_thousand_rows_are_read_in_little_memory() {
    run_alone("hostile::reader::alone_a_large_table");
}

#[test]
fn alone_a_huge_cell() {
    if !is_alone() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for quoted in [true, false] {
        let path = folder.path().join("huge.csv");
        write_huge_cell(&path, quoted);
        let mut furthest = 0;
        let set = read(&[Input::from_path(path)], &Answers::default(), &mut |p| {
            furthest = p.bytes;
            Control::Continue
        })
        .expect("one input");
        assert!(sentence(&set.files[0]).contains("line 3"), "{}", sentence(&set.files[0]));
        assert!(furthest < 4 << 20, "refused early, not after {furthest} bytes");
    }
    if let Some(peak) = peak_megabytes() {
        assert!(peak < 60, "{peak} MB");
    }
}

#[test]
fn alone_a_large_table() {
    if !is_alone() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for wide in [false, true] {
        let path = folder.path().join("states.csv");
        write_large_table(&path, wide);
        let set = read(&[Input::from_path(path)], &Answers::default(), &mut |_| Control::Continue)
            .expect("one input");
        assert_eq!((set.states.len(), set.computers.len(), set.updates.len()), (300_000, 60, 5000));
        assert_eq!(set.states.iter().filter(|row| row.state == State::NotApplicable).count(), 180_000);
        assert_eq!(set.issues.total(), 0);
    }
    if let Some(peak) = peak_megabytes() {
        assert!(peak < 100, "{peak} MB");
    }
}
