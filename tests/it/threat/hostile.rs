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

/// Packs to about half: digits of a generator, so that no ratio gives it away.
fn noise(bytes: usize) -> String {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut text = String::with_capacity(bytes + 16);
    while text.len() < bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text += &format!("{:016x}", state ^ (state >> 29));
    }
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).expect("packed");
    packer.finish().expect("packed")
}

const CVRF_HEAD: &str = "<cvrf:cvrfdoc xmlns:cvrf=\"x\"><cvrf:DocumentTitle>May</cvrf:DocumentTitle>";

#[test]
fn a_packed_document_is_measured_by_what_it_unpacks_to() {
    let line = noise(1 << 20);
    let xml = CVRF_HEAD.to_owned() + &format!("<cvrf:Note>{line}</cvrf:Note>").repeat(34);
    let bytes = packed(&xml);
    assert!(bytes.len() < 32 << 20, "{} bytes packed", bytes.len());
    let said = refused(bytes);
    assert!(said.contains("32 MB"), "{said}");
    let entry = format!(r#"{{"cveID":"CVE-2024-0001","dateAdded":"2024-04-30","notes":"{line}"}},"#);
    let json = format!(r#"{{"catalogVersion":"1","vulnerabilities":[{}"#, entry.repeat(34));
    let said = refused(packed(&json));
    assert!(said.contains("32 MB"), "{said}");
}

#[test]
fn a_document_of_countless_elements_or_one_endless_text_is_refused_as_xml_too() {
    let many = CVRF_HEAD.to_owned() + &"<a/>".repeat(2_100_000);
    assert!(refused(many).contains("two million values"));
    let long = format!("{CVRF_HEAD}<cvrf:Note>{}", "x".repeat(5 << 20));
    assert!(refused(long).contains("4 MB"));
}

/// Far more than such a reading takes, far less than comparing each with each would.
const SOON: std::time::Duration = std::time::Duration::from_secs(30);

#[test]
fn a_cell_of_countless_articles_or_vulnerabilities_takes_no_more_than_a_glance() {
    let began = std::time::Instant::now();
    let cell: Vec<String> = (0..120_000).map(|number| format!("{}", 1_000_000 + number)).collect();
    let kbs = cell.join(",");
    let head = "Plugin ID,CVE,Risk,Host,Name,Plugin Output,MSKB,XREF\n";
    let text = format!("{head}1,,High,SRV-1,n,x,\"{kbs}\",\n");
    let read = read_text("scan.csv", &text, &known(&[], &[])).expect("read");
    assert_eq!(read.findings[0].kbs.len(), 5_000, "no check names more");
    let references: Vec<String> = cell.iter().take(100_000).map(|kb| format!("MSKB:{kb}")).collect();
    let text = format!("{head}1,,High,SRV-1,n,x,,\"{}\"\n", references[..80_000].join(","));
    assert_eq!(read_text("scan.csv", &text, &known(&[], &[])).expect("read").findings[0].kbs.len(), 5_000);
    let cves: Vec<String> = (0..60_000).map(|number| format!("CVE-2024-{}", 10_000 + number)).collect();
    let text = format!("{head}1,\"{}\",High,SRV-1,n,x,,\n", cves.join(","));
    assert_eq!(read_text("scan.csv", &text, &known(&[], &[])).expect("read").findings[0].cves.len(), 5_000);
    let names: Vec<String> = cell.iter().take(100_000).map(|kb| format!("KB{kb}")).collect();
    let text = format!("{head}1,,High,SRV-1,\"{}\",x,,\n", names.join(" "));
    assert_eq!(read_text("scan.csv", &text, &known(&[], &[])).expect("read").findings[0].kbs.len(), 5_000);
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
}

#[test]
fn a_month_with_many_severities_products_and_fixes_takes_no_more_than_a_glance() {
    let ids = |from: u32| -> String {
        let ids: Vec<String> = (from..from + 300).map(|id| format!("<ProductID>{id}</ProductID>")).collect();
        ids.concat()
    };
    // No severity shares a product with a fix, so that each is compared with all.
    let threats =
        format!("<Threat Type=\"Severity\"><Description>Low</Description>{}</Threat>", ids(1000)).repeat(600);
    let fixes = format!(
        "<Remediation Type=\"Vendor Fix\"><Description>5036909</Description>{}</Remediation>",
        ids(5000)
    )
    .repeat(600);
    let xml = format!(
        "{CVRF_HEAD}<cvrf:DocumentTracking></cvrf:DocumentTracking><Vulnerability><CVE>CVE-2024-0001</CVE>\
         <Threats>{threats}</Threats><Remediations>{fixes}</Remediations></Vulnerability></cvrf:cvrfdoc>"
    );
    let began = std::time::Instant::now();
    let read = read_text("month.xml", &xml, &known(&[], &[])).expect("read");
    assert_eq!(read.advisories[0].products.len(), 300);
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
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
