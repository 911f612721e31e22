//! Truncated, damaged and hostile files: one sentence, nothing taken, bounded memory.

use std::io::Write as _;

use patchbook::import::threat::{ThreatRefused, read};
use patchbook::import::{Control, Input};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{fixture, known, read_known, read_text, refusal};

fn bytes_of(name: &str) -> Vec<u8> {
    match fixture(name).content {
        patchbook::import::Content::Path(path) => std::fs::read(path).expect("a fixture"),
        patchbook::import::Content::Bytes(bytes) => bytes,
    }
}

fn refused(bytes: impl Into<Vec<u8>>) -> String {
    refusal(read_known(&Input::from_bytes("input", bytes), &known(&[], &[])))
}

#[test]
fn a_file_that_was_cut_off_is_refused_wherever_it_was_cut() {
    let files = [
        "msrc/vuls_fixture_2024-Mar.xml",
        "msrc/msrc_cve-2025-29795.json",
        "kev/known_exploited_vulnerabilities.json",
    ];
    for name in files {
        let bytes = bytes_of(name);
        let whole = String::from_utf8_lossy(&bytes).trim_end().len();
        for part in 1..20 {
            let _sentence = refused(&bytes[..whole * part / 20]);
        }
        let _sentence = refused(&bytes[..whole - 1]);
    }
}

#[test]
fn a_packed_catalogue_that_was_cut_off_is_refused() {
    for name in ["kev/kev_whole.json.gz", "kev/kev_whole.csv.gz", "epss/epss_scores-2023-03-07.csv.gz"] {
        let bytes = bytes_of(name);
        let said = refused(&bytes[..bytes.len() - 5]);
        assert!(said.contains("cannot be read"), "{said}");
    }
}

#[test]
fn a_table_that_was_cut_off_in_a_row_is_refused() {
    let bytes = bytes_of("kev/known_exploited_vulnerabilities.csv");
    let text = String::from_utf8(bytes).expect("text");
    let last = text.trim_end().rfind('\n').expect("rows") + 1;
    let cut = &text[..last + 60];
    assert!(refused(cut).contains("cut off"));
    let open = &text[..last + 40];
    assert!(refused(open).contains("cut off"));
}

#[test]
fn a_document_type_is_refused_and_nothing_is_expanded() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE cvrfdoc [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
                <cvrf:cvrfdoc xmlns:cvrf=\"x\"><cvrf:DocumentTitle>&b;</cvrf:DocumentTitle></cvrf:cvrfdoc>";
    assert!(refused(bomb).contains("document type"));
    let own = "<cvrf:cvrfdoc xmlns:cvrf=\"x\"><cvrf:DocumentTitle>&b;</cvrf:DocumentTitle></cvrf:cvrfdoc>";
    assert!(refused(own).contains("entity of its own"));
}

#[test]
fn nesting_is_capped() {
    let deep = "<cvrf:cvrfdoc>".to_owned() + &"<a>".repeat(100_000);
    assert!(refused(deep).contains("64 levels"));
    let deep = r#"{"catalogVersion":"1","vulnerabilities":"#.to_owned() + &"[".repeat(100_000);
    assert!(refused(deep).contains("64 levels"));
}

#[test]
fn a_bomb_is_refused_by_its_ratio() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer
        .write_all(b"#model_version:v1,score_date:2024-01-01T00:00:00+0000\ncve,epss,percentile\n")
        .expect("packed");
    let row = b"CVE-2024-0001,0.00001,0.00001\n".repeat(1024);
    for _ in 0..1024 {
        packer.write_all(&row).expect("packed");
    }
    let said = refused(packer.finish().expect("packed"));
    assert!(said.contains("100 times its size"), "{said}");
}

#[test]
fn one_endless_text_or_entry_is_refused() {
    let long =
        format!(r#"{{"catalogVersion":"1","vulnerabilities":[{{"cveID":"{}"}}]}}"#, "x".repeat(5 << 20));
    assert!(refused(long).contains("4 MB"));
    let many = format!(
        r#"{{"format":"NVD_CVE","vulnerabilities":[{{"cve":{{"id":"CVE-2024-0001","metrics":{{"a":[{}0]}}}}}}]}}"#,
        "0,".repeat(2_100_000)
    );
    assert!(refused(many).contains("two million values"));
}

#[test]
fn what_is_no_threat_data_is_answered_by_name() {
    for name in [
        "golden/states.csv",
        "scanners/BulletinSearch.xlsx",
        "kev/known_exploited_vulnerabilities_schema.json",
        "scanners/jc_xml-nmap.xml",
        "scanners/many_vulns_cve.csv",
    ] {
        let error = read_known(&fixture(name), &known(&[], &[])).expect_err(name);
        assert!(matches!(error, ThreatRefused::Other { .. }), "{error}");
    }
}

#[test]
fn a_catalogue_without_entries_is_refused() {
    assert!(refused(r#"{"catalogVersion":"1","count":0,"vulnerabilities":[]}"#).contains("no entries"));
    let said = refusal(read_text("kev.csv", "cveID,vendorProject,dateAdded\n", &known(&[], &[])));
    assert!(said.contains("no entries"), "{said}");
}

#[test]
fn a_reading_that_is_stopped_delivers_nothing() {
    let stopped = read(&fixture("kev/kev_whole.json.gz"), &known(&[], &[]), &mut |_| Control::Cancel);
    assert_eq!(stopped, Err(ThreatRefused::Cancelled));
}

/// Whatever the bytes were, a refusal is a sentence and a reading is in order.
fn check(bytes: &[u8]) {
    let known = known(&["5036909", "5036451"], &["CVE-2024-21392", "CVE-2020-5902"]);
    match read_known(&Input::from_bytes("input", bytes), &known) {
        Err(error) => assert!(error.to_string().ends_with('.'), "{error}"),
        Ok(read) => {
            assert!(read.findings.iter().all(|finding| finding.host < read.hosts.len()));
            assert!(read.left_aside <= read.entries && read.sha256.len() == 64);
            assert!(read.facts.iter().all(|fact| fact.cve.starts_with("CVE-")));
        }
    }
}

#[test]
fn arbitrary_bytes_never_panic() {
    let names = [
        "msrc/vuls_fixture_2024-Mar.xml",
        "msrc/msrc_cve-2025-29795.json",
        "kev/known_exploited_vulnerabilities.json",
        "kev/known_exploited_vulnerabilities.csv",
        "epss/epss_scores-2023-03-07.csv.gz",
        "scanners/report_detail_v2.csv",
        "wsus/23_msrc_update_guide_download.csv",
    ];
    let files: Vec<Vec<u8>> = names.iter().map(|name| bytes_of(name)).collect();
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..30);
    let strategy = (0..=files.len(), edits, proptest::collection::vec(any::<u8>(), 0..2048));
    let ran = runner.run(&strategy, |(which, edits, noise)| {
        let Some(file) = files.get(which) else {
            check(&noise);
            return Ok(());
        };
        let mut bytes = file.clone();
        for (at, byte, how) in edits {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if bytes.len() > 1 => drop(bytes.remove(at)),
                _ => bytes.swap(at, 0),
            }
        }
        check(&bytes);
        Ok(())
    });
    ran.expect("no panic");
}
