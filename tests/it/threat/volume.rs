//! Large lists: memory follows what is kept, not the length of the file.

use std::io::{BufWriter, Write as _};
use std::process::Command;

use patchbook::import::Input;

use super::{known, read_known};

/// Rows of the real file, and about its size: 135 MB.
const ROWS: u32 = 608_740;

/// Where the child finds the file.
const FILE: &str = "PATCHBOOK_TEST_WES_NG";

/// The most memory the reading may take, in kB.
const MAX_KB: u64 = 200 * 1024;

fn write_definitions(path: &std::path::Path) -> u64 {
    let mut out = BufWriter::new(std::fs::File::create(path).expect("a file"));
    writeln!(out, "\"DatePosted\",\"CVE\",\"BulletinKB\",\"Title\",\"AffectedProduct\",\"AffectedComponent\",\"Severity\",\"Impact\",\"Supersedes\",\"Exploits\"").expect("written");
    for row in 0..ROWS {
        let kb = 4_000_000 + row % 7_951;
        writeln!(
            out,
            "\"2024{:02}{:02}\",\"CVE-{}-{}\",\"{kb}\",\"A vulnerability of some length in a component of Windows, number {row}\",\
             \"Windows 10 Version {} for x64-based Systems\",\"\",\"{}\",\"Remote Code Execution\",\"{};{}\",\"{}\"",
            1 + row % 12,
            1 + row % 28,
            2016 + row % 10,
            10_000 + row % 22_134,
            1507 + row % 40,
            if row % 270 == 0 { "System.Object[]" } else { "Important" },
            kb.saturating_sub(1).max(4_000_000),
            kb.saturating_sub(30).max(4_000_000),
            if row % 50 == 0 { "https://www.exploit-db.com/exploits/12345" } else { "" },
        )
        .expect("written");
    }
    out.into_inner().expect("written").metadata().expect("a size").len()
}

/// Peak memory of this process in kB, where the system tells.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn read_definitions(path: &str) {
    let known = known(&["4007000", "4007100", "4000005"], &[]);
    let read = read_known(&Input::from_path(path), &known).expect("read");
    assert_eq!(read.entries, u64::from(ROWS));
    assert!(read.left_aside > u64::from(ROWS) * 9 / 10);
    let of = |kb: &str| read.advisories.iter().find(|advisory| advisory.kb == kb).expect("kept");
    assert!(!of("4007000").cves.is_empty());
    assert!(of("4007050").cves.is_empty(), "a link of the chain between two known ones");
}

#[test]
fn a_table_of_135_mb_is_streamed_under_200_mb() {
    if let Ok(path) = std::env::var(FILE) {
        // The child: nothing else runs in this process, so its peak is the reading's.
        read_definitions(&path);
        let Some(peak) = peak_kb() else { return };
        assert!(peak < MAX_KB, "{peak} kB at the peak");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("CVEs_20260626.csv");
    let bytes = write_definitions(&path);
    assert!(bytes > 120_000_000, "{bytes}");
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "threat::volume::a_table_of_135_mb_is_streamed_under_200_mb"])
        .env(FILE, &path)
        .output()
        .expect("a child");
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}
