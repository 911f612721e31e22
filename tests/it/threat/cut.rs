//! Files that were cut off: in a row they are refused, and at the end of a row nothing that is known is taken back.

use patchbook::import::Input;
use patchbook::import::threat::Known;

use super::load::Rig;
use super::read_known;
use super::scan::{open, scan};

const WES_NG: &str = "\"DatePosted\",\"CVE\",\"BulletinKB\",\"Title\",\"AffectedProduct\",\"AffectedComponent\",\"Severity\",\"Impact\",\"Supersedes\",\"Exploits\"\n\
\"20240409\",\"CVE-2024-26234\",\"5036909\",\"Proxy Driver\",\"Windows Server 2022\",\"\",\"Important\",\"Spoofing\",\"5034129\",\"https://x.example/1\"\n\
\"20240409\",\"CVE-2024-29988\",\"5036909\",\"SmartScreen\",\"Windows Server 2022\",\"\",\"Critical\",\"Bypass\",\"5034129\",\"\"\n\
\"20240109\",\"CVE-2024-20652\",\"5034129\",\"Oldest\",\"Windows Server 2022\",\"\",\"Important\",\"x\",\"\",\"https://x.example/2\"\n";

const GUIDE: &str = "Release Date,Product Family,Product,Platform,Impact,Max Severity,Article,Article Link,Supercedence,Download,Download Link,Build Number,Details,Details Link,Base Score,Temporal Score,Customer Action Required\n\
\"Apr 9, 2024\",Windows,Windows Server 2022,,Spoofing,Important,5036909,https://x/1,5034129,Security Update,https://y,10.0.20348.2402,CVE-2024-26234,https://z,6.7,5.8,Yes\n\
\"Jan 9, 2024\",Windows,Windows Server 2022,,Spoofing,Important,5034129,https://x/2,,Security Update,https://y,10.0.20348.2227,CVE-2024-20652,https://z,6.7,5.8,Yes\n";

const EPSS: &str = "#model_version:v2023.03.01,score_date:2024-04-10T00:00:00+0000\ncve,epss,percentile\n\
CVE-2024-26234,0.10,0.9\nCVE-2024-20652,0.20,0.9\n";

const NVD: &str = r#"{"resultsPerPage":1,"startIndex":0,"totalResults":1,"format":"NVD_CVE","version":"2.0","timestamp":"2026-09-29T12:00:00.000","vulnerabilities":[{"cve":{"id":"CVE-2024-26234","vulnStatus":"Analyzed","cisaExploitAdd":"2024-04-30","metrics":{"cvssMetricV31":[{"type":"Primary","cvssData":{"version":"3.1","baseScore":6.7,"vectorString":"CVSS:3.1/AV:L"}}]}}}]}"#;

const KEV: &str = "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes\n\
CVE-2024-29988,Microsoft,SmartScreen,Bypass,2024-04-30,d,a,2024-05-21,Unknown,n,CWE-693\n\
CVE-2024-26234,Microsoft,Windows,Spoofing,2024-04-12,d,a,2024-05-03,Unknown,n,CWE-284\n\
CVE-2024-20652,Microsoft,Windows,Bypass,2024-04-09,d,a,2024-05-03,Unknown,n,CWE-284\n";

/// A scan with a login: three findings on two machines, the logins last.
fn whole_scan(day: &str) -> String {
    scan(
        day,
        &[("190000", "SRV-1", "5034129"), ("193091", "SRV-1", "5036909"), ("193091", "10.0.0.5", "5036909")],
    )
}

fn line_ends(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at + 1).filter(|&at| at < text.len()).collect()
}

#[test]
fn a_list_of_nvd_is_refused_wherever_it_was_cut() {
    let known = Known::of(&Rig::default().book);
    assert!(read_known(&Input::from_bytes("nvd.json", NVD), &known).is_ok());
    for cut in 1..NVD.len() {
        let read = read_known(&Input::from_bytes("nvd.json", &NVD[..cut]), &known);
        assert!(read.is_err(), "cut at {cut}: {read:?}");
    }
}

#[test]
fn a_table_that_was_cut_before_its_last_column_is_refused() {
    let scan = whole_scan("2024/4/15");
    for text in [scan.as_str(), WES_NG, GUIDE, EPSS, KEV] {
        let known = Known::of(&Rig::default().book);
        let text = text.trim_end();
        // The last row of a scan is a quoted cell of two lines: only its last quote ends it.
        let (last, from) = if let Some(last) = text.rfind("19506,") {
            (last, text.len() - last)
        } else {
            let last = text.rfind('\n').expect("rows") + 1;
            (last, text[last..].rfind(',').expect("columns"))
        };
        // Right before its last cell a row has as many cells as any.
        for cut in (last + 1..last + from).filter(|cut| !text[*cut..].starts_with("\"Credentialed")) {
            let read = read_known(&Input::from_bytes("table.csv", &text[..cut]), &known);
            assert!(read.is_err(), "cut at {cut}: {}", &text[last..cut]);
        }
    }
}

#[test]
fn a_table_that_was_cut_at_the_end_of_a_row_takes_nothing_back() {
    for (name, text) in [("wes.csv", WES_NG), ("guide.csv", GUIDE), ("epss.csv", EPSS), ("kev.csv", KEV)] {
        let mut rig = Rig::default();
        // What the likelihoods are about is known by the guide.
        rig.load("first.csv", &GUIDE.replace("Customer Action Required", "Customer Action"));
        rig.load(name, text);
        let newer = text
            .replace("2024-04-30", "2024-05-30")
            .replace("2024-04-10", "2024-05-10")
            .replace("\"20240409\",\"CVE-2024-29988\"", "\"20240509\",\"CVE-2024-29988\"");
        let mut told = 0;
        for cut in line_ends(&newer) {
            let Ok(read) = read_known(&Input::from_bytes(name, &newer[..cut]), &Known::of(&rig.book)) else {
                continue;
            };
            told += 1;
            let rows = rig.plan(&read).rows;
            let taken_back = |value| matches!(value, &patchbook::domain::threat::Threat::Unlisted);
            assert!(
                !rows.facts.iter().any(|fact| taken_back(&fact.value)),
                "{name} cut at {cut}: {:?}",
                rows.facts
            );
            assert!(rows.advisories.is_empty(), "{name} cut at {cut}: {:?}", rows.advisories);
        }
        assert!(told > 0, "{name} is read when it is cut at the end of a row");
    }
}

#[test]
fn a_scan_that_was_cut_ends_no_finding_unless_it_tells_of_its_login() {
    let mut rig = Rig::default();
    rig.load("whole.csv", &whole_scan("2024/4/15"));
    assert_eq!(open(&rig).len(), 3);
    let next = whole_scan("2024/4/22");
    let (mut read_some, mut refused) = (0, 0);
    for cut in 1..next.len() {
        match read_known(&Input::from_bytes("cut.csv", &next[..cut]), &Known::of(&rig.book)) {
            Err(_) => refused += 1,
            Ok(read) => {
                read_some += 1;
                let rows = rig.plan(&read).rows.findings;
                assert!(rows.iter().all(|row| row.gone_at.is_none()), "cut at {cut}: {:?}", &next[..cut]);
            }
        }
    }
    assert!(read_some > 0 && refused > read_some, "{read_some} read, {refused} refused");
}
