//! What each kind of file says, on real files.

use std::io::Write as _;

use chrono::NaiveDate;
use patchbook::domain::threat::{CatalogueKind, Exploitation, FixedBuild, Threat};
use patchbook::domain::update::Severity;
use patchbook::import::Input;
use patchbook::util::clock::iso;

use super::{facts, fixture, known, read_file, read_known, read_text, refusal};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn is_ransomware(value: &Threat) -> bool {
    matches!(value, Threat::Listed { ransomware: true, .. })
}

#[test]
fn the_whole_catalogue_of_exploited_vulnerabilities_is_read() {
    let read = read_file("kev/kev_whole.json.gz");
    assert_eq!((read.kind, read.entries, read.facts.len()), (CatalogueKind::Kev, 1404, 1404));
    assert_eq!(read.facts.iter().filter(|fact| is_ransomware(&fact.value)).count(), 293);
    assert_eq!((read.version.as_str(), read.complete), ("2025.08.25", true));
    assert_eq!(read.published_at.map(iso).as_deref(), Some("2025-08-25T17:04:19Z"));
    assert_eq!(read.title, "CISA Catalog of Known Exploited Vulnerabilities");
    let first = Threat::Listed {
        listed_on: day("2025-08-25"),
        due_on: Some(day("2025-09-15")),
        ransomware: false,
        product: "Git".to_owned(),
        name: "Git Link Following Vulnerability".to_owned(),
    };
    assert_eq!(facts(&read, "CVE-2025-48384"), [&first]);
    assert!(read.remarks.is_empty(), "{:?}", read.remarks);
}

#[test]
fn the_catalogue_says_the_same_as_csv_and_as_json() {
    let (json, csv) = (read_file("kev/kev_whole.json.gz"), read_file("kev/kev_whole.csv.gz"));
    assert_eq!(csv.facts, json.facts);
    assert_eq!((csv.version.as_str(), csv.entries), ("2025-08-25", 1404));
    assert!(csv.remarks[0].text.contains("bears no version"));
    let cut = read_file("kev/known_exploited_vulnerabilities.csv");
    assert_eq!(cut.entries, 12);
}

#[test]
fn a_catalogue_without_its_last_columns_and_with_new_ones_is_read() {
    let text = "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,notes,forensicTriage\n\
                cve-2021-27104,Accellion,FTA,\"Accellion FTA OS Command Injection\",2021-11-03,x,y,2021-11-17,,Yes\n";
    let read = read_text("kev.csv", text, &known(&[], &[])).expect("read");
    assert_eq!(read.facts.len(), 1);
    assert_eq!(read.facts[0].cve, "CVE-2021-27104");
    assert!(!is_ransomware(&read.facts[0].value));
}

#[test]
fn a_catalogue_with_fewer_entries_than_it_says_is_not_complete() {
    let entry = r#"{"cveID":"CVE-2024-0001","dateAdded":"2024-01-02","notes":null,"new":{"a":[1]}}"#;
    let text = format!(r#"{{"catalogVersion":"2024.01.02","count":2,"vulnerabilities":[{entry}]}}"#);
    let read = read_text("kev.json", &text, &known(&[], &[])).expect("read");
    assert!(!read.complete);
    assert!(read.remarks[0].text.contains("says that it has 2 entries"));
}

#[test]
fn likelihoods_are_read_in_three_generations_of_the_header() {
    let known = known(&[], &["CVE-2020-5902"]);
    let read =
        |name: &str| read_known(&fixture(&format!("epss/epss_scores-{name}.csv.gz")), &known).expect(name);
    let of = |score_ppm, percentile_ppm| Threat::Likelihood { score_ppm, percentile_ppm };
    for (name, model, value) in [
        ("2021-04-14", "", of(651_170, None)),
        ("2021-09-01", "", of(651_170, Some(998_106))),
        ("2022-02-04", "v2022.01.01", of(968_170, Some(999_990))),
        ("2023-03-07", "v2023.03.01", of(975_670, Some(999_950))),
    ] {
        let read = read(name);
        assert_eq!((read.version.as_str(), read.model.as_str()), (name, model));
        assert_eq!(facts(&read, "CVE-2020-5902"), [&value], "{name}");
        assert_eq!((read.entries, read.left_aside, read.facts.len()), (2, 1, 1), "{name}");
    }
}

#[test]
fn the_newest_header_and_shortened_decimals_are_read() {
    let text = "#model_version:v2026.06.15,score_date:2026-09-29T12:00:22Z\ncve,epss,percentile\n\
                CVE-2024-26234,0.2667,0.9\nCVE-2024-26235,1.5,0.9\n";
    let read = read_text("epss.csv", text, &known(&[], &["CVE-2024-26234", "CVE-2024-26235"])).expect("read");
    assert_eq!(read.published_at.map(iso).as_deref(), Some("2026-09-29T12:00:22Z"));
    assert_eq!(read.model, "v2026.06.15");
    assert_eq!(read.facts.len(), 1, "a probability above 1 is none");
    assert_eq!(read.remarks[0].first, 4);
}

#[test]
fn a_month_of_microsoft_tells_articles_severity_and_exploitation() {
    let read = read_file("msrc/vuls_fixture_2024-Mar.xml");
    assert_eq!((read.kind, read.title.as_str()), (CatalogueKind::Cvrf, "March 2024 Security Updates"));
    assert_eq!((read.version.as_str(), read.entries), ("2024-Mar", 1));
    assert_eq!(read.published_at.map(iso).as_deref(), Some("2024-04-09T07:00:00Z"));
    let vendor = Threat::Vendor {
        severity: Severity::Important,
        exploited: Exploitation::LessLikely,
        disclosed: false,
    };
    let scored = Threat::Scored {
        version: "3.1".to_owned(),
        score_tenths: 75,
        vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/E:P/RL:O/RC:C".to_owned(),
    };
    assert_eq!(facts(&read, "CVE-2024-21392"), [&vendor, &scored]);
    let kbs: Vec<&str> = read.advisories.iter().map(|advisory| advisory.kb.as_str()).collect();
    assert_eq!(kbs, ["5036451", "5036452"]);
    let first = &read.advisories[0];
    assert_eq!((first.title.as_str(), first.restart.as_str()), ("Monthly Rollup", "Maybe"));
    assert_eq!((first.released_on, first.severity), (Some(day("2024-03-12")), Severity::Important));
    assert_eq!(
        (first.cves.as_slice(), first.products.as_slice()),
        (&["CVE-2024-21392".to_owned()][..], &[".NET 7.0".to_owned()][..])
    );
    assert_eq!(first.fixes, [FixedBuild { product: ".NET 7.0".to_owned(), build: "7.0.17".to_owned() }]);
    assert_eq!(read.remarks[0].count, 4, "four fixes are release notes: {:?}", read.remarks);
}

#[test]
fn an_old_month_with_a_declaration_is_read_with_its_supersedence() {
    let read = read_file("msrc/vuls_fixture_2016-Apr.xml");
    assert_eq!(read.version, "2016-Apr");
    let article = read.advisories.iter().find(|advisory| advisory.kb == "3135456").expect("its article");
    assert_eq!(
        (article.supersedes.as_slice(), article.restart.as_str()),
        (&["3087088".to_owned()][..], "Yes")
    );
    assert!(
        article.products.iter().any(|product| product == "Windows Server 2012 R2"),
        "{:?}",
        article.products
    );
    assert!(matches!(
        facts(&read, "CVE-2016-0088")[0],
        Threat::Vendor { exploited: Exploitation::Unlikely, .. }
    ));
}

/// A month as JSON, where kinds are numbers.
const MONTH: &str = r#"{"DocumentTitle":{"Value":"April 2024 Security Updates"},"DocumentType":{"Value":"Security Update"},
"DocumentTracking":{"Identification":{"ID":{"Value":"2024-Apr"},"Alias":{"Value":"2024-Apr"}},"Status":2,"Version":"1.0",
"InitialReleaseDate":"2024-04-09T07:00:00","CurrentReleaseDate":"2024-05-10T07:00:00"},
"ProductTree":{"Branch":[{"Items":[],"Type":0,"Name":"Microsoft"}],"FullProductName":[{"ProductID":"11923","Value":"Windows Server 2022"},{"ProductID":"2","Value":"Windows 11"}]},
"Vulnerability":[{"Title":{"Value":"SmartScreen"},"CVE":"CVE-2024-29988","ProductStatuses":[{"ProductID":["11923"],"Type":3}],
"Threats":[{"Description":{"Value":"Security Feature Bypass"},"ProductID":["11923"],"Type":0,"DateSpecified":false},
{"Description":{"Value":"Important"},"ProductID":["11923"],"Type":3},{"Description":{"Value":"Critical"},"ProductID":["2"],"Type":3},{"Description":{"Value":""},"ProductID":["3"],"Type":3},
{"Description":{"Value":"Publicly Disclosed:No;Exploited:No;Latest Software Release:Exploitation More Likely;DOS:N/A"},"Type":1}],
"CVSSScoreSets":[{"BaseScore":8.8,"TemporalScore":7.7,"Vector":"CVSS:3.1/AV:N/AC:L","ProductID":["11923"]}],
"Remediations":[{"Description":{"Value":"5036909"},"URL":"https://catalog","Supercedence":"5035857","ProductID":["11923"],"Type":2,"DateSpecified":false,"Date":"0001-01-01T00:00:00","AffectedFiles":[],"RestartRequired":{"Value":"Yes"},"SubType":"Security Update","FixedBuild":"10.0.20348.2402"},
{"Description":{"Value":"5036909"},"ProductID":["11923"],"Type":6},{"Description":{"Value":null},"ProductID":[],"Type":2}],
"RevisionHistory":[{"Number":"1.0","Date":"2024-04-09T07:00:00","Description":{"Value":"x"}}]},
{"CVE":"ADV990001","Threats":[],"Remediations":[{"Description":{"Value":"5034865"},"ProductID":["11923"],"Type":2,"SubType":"Servicing Stack Update"}]}]}"#;

#[test]
fn a_month_as_json_says_the_same_in_numbers() {
    let read = read_text("2024-Apr.json", MONTH, &known(&[], &[])).expect("read");
    assert_eq!((read.kind, read.version.as_str(), read.entries), (CatalogueKind::Cvrf, "2024-Apr", 2));
    let vendor = Threat::Vendor {
        severity: Severity::Critical,
        exploited: Exploitation::MoreLikely,
        disclosed: false,
    };
    assert_eq!(facts(&read, "CVE-2024-29988")[0], &vendor);
    let article = &read.advisories[1];
    assert_eq!(
        (article.kb.as_str(), article.severity),
        ("5036909", Severity::Important),
        "its own products' severity"
    );
    assert_eq!(
        (article.supersedes.as_slice(), article.released_on),
        (&["5035857".to_owned()][..], Some(day("2024-04-09")))
    );
    assert_eq!(article.fixes[0].build, "10.0.20348.2402");
    assert_eq!(read.advisories[0].kb, "5034865");
    assert!(read.advisories[0].cves.is_empty(), "an advisory without a CVE still has an article");
}

#[test]
fn a_file_in_utf_16_is_read_like_any_other() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(MONTH.encode_utf16().flat_map(u16::to_le_bytes));
    let read = read_known(&Input::from_bytes("month.json", bytes), &known(&[], &[])).expect("read");
    assert_eq!(read.advisories.len(), 2);
}

#[test]
fn an_advisory_takes_its_article_from_the_end_of_an_address() {
    let read = read_file("msrc/msrc_cve-2025-29795.json");
    assert_eq!((read.kind, read.entries), (CatalogueKind::Csaf, 1));
    assert_eq!(read.version, "msrc_CVE-2025-29795 1");
    assert!(read.advisories.is_empty(), "release notes of Edge are no article");
    assert_eq!(facts(&read, "CVE-2025-29795").len(), 2);
    let text = std::fs::read_to_string(format!(
        "{}/tests/fixtures/msrc/msrc_cve-2025-29795.json",
        env!("CARGO_MANIFEST_DIR")
    ))
    .expect("a fixture");
    let notes = "https://docs.microsoft.com/en-us/DeployEdge/microsoft-edge-relnotes-security";
    let read = read_text(
        "a.json",
        &text.replace(notes, "https://support.microsoft.com/help/5075904"),
        &known(&[], &[]),
    )
    .expect("read");
    let article = &read.advisories[0];
    assert_eq!((article.kb.as_str(), article.title.as_str()), ("5075904", "Security Update"));
    assert_eq!(article.products, ["Microsoft Edge Update Setup"]);
    assert_eq!(article.fixes[0].build, "1.3.195.45");
    assert_eq!(article.severity, Severity::Important);
}

#[test]
fn the_table_of_the_update_guide_is_read() {
    let read = read_file("wsus/23_msrc_update_guide_download.csv");
    assert_eq!((read.kind, read.entries, read.version.as_str()), (CatalogueKind::Guide, 1, "2024-04-09"));
    let article = &read.advisories[0];
    assert_eq!((article.kb.as_str(), article.severity), ("5036909", Severity::Important));
    assert_eq!(
        (article.cves.as_slice(), article.supersedes.as_slice()),
        (&["CVE-2024-26234".to_owned()][..], &["5035857".to_owned()][..])
    );
    assert_eq!(article.fixes[0].build, "10.0.20348.2402");
    assert!(matches!(facts(&read, "CVE-2024-26234")[..], [Threat::Scored { score_tenths: 67, .. }]));
}

const WES_NG: &str = "\"DatePosted\",\"CVE\",\"BulletinKB\",\"Title\",\"AffectedProduct\",\"AffectedComponent\",\"Severity\",\"Impact\",\"Supersedes\",\"Exploits\"\n\
# a comment of one's own\n\
\"20240409\",\"CVE-2024-26234\",\"5036909\",\"Proxy Driver\",\"Windows Server 2022\",\"\",\"Important\",\"Spoofing\",\"5035857;5034129\",\"https://www.exploit-db.com/exploits/1\"\n\
\"20240409\",\"CVE-2024-29988\",\"5036909\",\"SmartScreen\",\"Windows Server 2022, 23H2 Edition\",\"\",\"System.Object[]\",\"Bypass\",\"5035857\",\"\"\n\
\"20240312\",\"CVE-2024-21400\",\"5035857\",\"Other\",\"Windows Server 2022\",\"\",\"Critical\",\"x\",\"5034770\",\"\"\n\
\"20240213\",\"CVE-2024-21412\",\"5034770\",\"Older\",\"Windows Server 2022\",\"\",\"Critical\",\"x\",\"5034129\",\"\"\n\
\"20240109\",\"CVE-2024-20652\",\"5034129\",\"Oldest\",\"Windows Server 2022\",\"\",\"\",\"x\",\"5033118\",\"\"\n\
\"20240109\",\"CVE-2014-0001\",\"SP81X86\",\"Service pack\",\"Windows 8.1\",\"\",\"\",\"x\",\"\",\"\"\n\
\"20240109\",\"CVE-2014-0002\",\"\",\"None\",\"Windows 8.1\",\"\",\"\",\"x\",\"\",\"\"\n\
\"20240109\",\"CVE-2024-20000\",\"4000001\",\"Stranger\",\"Windows 8.1\",\"\",\"Low\",\"x\",\"4000000\",\"\"\n";

#[test]
fn of_wes_ng_only_known_articles_and_the_chain_between_them_are_kept() {
    let read = read_text("CVEs_20260626.csv", WES_NG, &known(&["5036909", "5034129"], &[])).expect("read");
    assert_eq!((read.kind, read.entries, read.left_aside), (CatalogueKind::WesNg, 8, 5));
    let kbs: Vec<&str> = read.advisories.iter().map(|advisory| advisory.kb.as_str()).collect();
    assert_eq!(
        kbs,
        ["5034129", "5034770", "5035857", "5036909"],
        "5034770 and 5035857 link the two that are known"
    );
    assert!(read.advisories[1].cves.is_empty(), "a link brings nothing but the link");
    assert_eq!(read.advisories[1].supersedes, ["5034129"]);
    let newest = &read.advisories[3];
    assert_eq!(newest.cves, ["CVE-2024-26234", "CVE-2024-29988"]);
    assert_eq!(newest.severity, Severity::Important, "junk is not given");
    assert_eq!(read.facts.len(), 1);
    assert!(matches!(&read.facts[0].value, Threat::Exploit { reference } if reference.ends_with("/1")));
    let told: Vec<&str> = read.remarks.iter().map(|remark| remark.text.as_str()).collect();
    assert!(
        told.iter().any(|text| text.contains("lost"))
            && told.iter().any(|text| text.contains("something else than a number")),
        "{told:?}"
    );
}

#[test]
fn one_article_may_fix_88_vulnerabilities() {
    let mut text = WES_NG.lines().next().expect("a header").to_owned() + "\n";
    for number in 0..88 {
        text += &format!(
            "\"20240409\",\"CVE-2024-{}\",\"5036910\",\"T\",\"Windows 11\",\"\",\"Important\",\"x\",\"\",\"\"\n",
            26000 + number
        );
    }
    let read = read_text("CVEs.csv", &text, &known(&["5036910"], &[])).expect("read");
    assert_eq!(read.advisories[0].cves.len(), 88);
}

#[test]
fn a_packed_folder_of_definitions_is_asked_to_be_unpacked() {
    let said = refusal(read_known(
        &Input::from_bytes("definitions.zip", *b"PK\x03\x04rest of it"),
        &known(&[], &[]),
    ));
    assert!(said.contains("Unpack it first"), "{said}");
}

/// A list of NVD, with the decision points of CISA's.
const NVD: &str = r#"{"resultsPerPage":2,"startIndex":0,"totalResults":2,"format":"NVD_CVE","version":"2.0","timestamp":"2026-09-29T12:00:00.000",
"vulnerabilities":[{"cve":{"id":"CVE-2024-26234","vulnStatus":"Analyzed","descriptions":[{"lang":"en","value":"x"}],
"cisaExploitAdd":"2024-04-09","cisaActionDue":"2024-04-30","cisaRequiredAction":"Apply","cisaVulnerabilityName":"Proxy Driver",
"metrics":{"cvssMetricV31":[{"source":"secure@microsoft.com","type":"Secondary","cvssData":{"version":"3.1","vectorString":"CVSS:3.1/AV:L","baseScore":6.7}},
{"source":"nvd@nist.gov","type":"Primary","cvssData":{"version":"3.1","vectorString":"CVSS:3.1/AV:N","baseScore":9.8}}],
"cvssMetricV2":[{"type":"Primary","cvssData":{"version":"2.0","vectorString":"AV:N","baseScore":5.0}}],
"ssvcV203":[{"source":"x","ssvcData":{"id":"CVE-2024-26234","options":[{"exploitation":"active"},{"automatable":"no"},{"technicalImpact":"total"}]}}]},
"configurations":[{"nodes":[{"cpeMatch":[]}]}]}},
{"cve":{"id":"CVE-2024-99999","metrics":{}}}]}"#;

#[test]
fn nvd_gives_the_primary_score_the_listing_and_the_decision_points() {
    let read = read_text("nvd.json", NVD, &known(&[], &["CVE-2024-26234"])).expect("read");
    assert_eq!((read.kind, read.entries, read.left_aside), (CatalogueKind::Nvd, 2, 1));
    assert_eq!(read.version, "2026-09-29");
    let found = facts(&read, "CVE-2024-26234");
    assert!(matches!(found[0], Threat::Listed { due_on: Some(_), .. }), "{found:?}");
    assert!(matches!(found[1], Threat::Scored { score_tenths: 98, .. }), "{found:?}");
    let ssvc = Threat::Ssvc {
        exploitation: Exploitation::Active,
        automatable: Some(false),
        total_impact: Some(true),
    };
    assert_eq!(found[2], &ssvc);
}

#[test]
fn a_scan_of_nessus_is_read_as_tenable_writes_it() {
    let read = read_file("scanners/nessus_many_vuln.csv");
    assert_eq!((read.kind, read.version.as_str()), (CatalogueKind::Nessus, "2021-01-05"));
    assert_eq!((read.entries, read.findings.len(), read.left_aside), (4, 2, 2), "blank rows are none");
    assert_eq!(read.hosts.len(), 2);
    assert_eq!(read.hosts[0].address, "10.1.1.1");
    assert_eq!(read.findings[1].cves, ["CVE-2013-2566", "CVE-2015-2808"]);
    assert_eq!((read.findings[1].plugin.as_str(), read.findings[1].severity.as_str()), ("65821", "Medium"));
}

#[test]
fn a_scan_of_nessus_is_read_as_the_scanner_writes_it_in_both_lengths() {
    let short = "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\n\
        193091,CVE-2024-26234,6.7,High,WS-1.corp.local,tcp,445,KB5036909: Windows Server 2022 (April 2024),s,\"many\nlines\",x,y,z\n\
        193091,CVE-2024-29988,8.8,High,WS-1.corp.local,tcp,445,KB5036909: Windows Server 2022 (April 2024),s,d,x,y,z\n\
        19506,,,None,WS-1.corp.local,tcp,0,Nessus Scan Information,s,d,x,y,\"Credentialed checks : no\nScan Start Date : 2024/4/15 10:05 UTC\"\n";
    let read = read_text("scan.csv", short, &known(&[], &[])).expect("read");
    assert_eq!(read.findings.len(), 1, "one finding of two rows");
    let finding = &read.findings[0];
    assert_eq!((finding.kbs.as_slice(), finding.cves.len()), (&["5036909".to_owned()][..], 2));
    assert_eq!(read.hosts[0].with_login, Some(false));
    assert_eq!(read.published_at.map(iso).as_deref(), Some("2024-04-15T10:05:00Z"));
    let long = "Plugin ID,CVE,CVSS v2.0 Base Score,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output,STIG Severity,CVSS v3.0 Base Score,XREF,MSKB\n\
        193092,CVE-2024-26234,6.7,High,10.0.0.5,tcp,445,Security Updates for Office (April 2024),s,d,x,y,z,I,8.8,\"MSFT:MS24-5002568\",\"5002568,5002569\"\n";
    let read = read_text("scan.csv", long, &known(&[], &[])).expect("read");
    assert_eq!(read.findings[0].kbs, ["5002568", "5002569"]);
    assert_eq!((read.hosts[0].names.len(), read.hosts[0].address.as_str()), (0, "10.0.0.5"));
}

#[test]
fn the_time_of_a_scan_is_read_with_its_offset_and_else_kept_as_the_wall_had_it() {
    let host = |began: &str| {
        let text = format!(
            "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\n\
             19506,,,None,WS-1.corp.local,tcp,0,Nessus Scan Information,s,d,x,y,\"Credentialed checks : yes\nScan Start Date : {began}\"\n"
        );
        let read = read_text("scan.csv", &text, &known(&[], &[])).expect("read");
        (read.hosts[0].seen_at.map(iso), read.hosts[0].seen_local.map(|local| local.to_string()))
    };
    let utc = Some("2024-04-15T10:05:00Z".to_owned());
    for began in
        ["2024/4/15 10:05 UTC", "2024/4/15 12:05 CEST (UTC +02:00)", "2024/4/15 6:05 EDT (UTC -04:00)"]
    {
        assert_eq!(host(began), (utc.clone(), None), "{began}");
    }
    assert_eq!(host("2024/4/15 12:05 CEST"), (None, Some("2024-04-15 12:05:00".to_owned())));
}

#[test]
fn a_scan_of_openvas_is_read() {
    let read = read_file("scanners/report_detail_v2.csv");
    assert_eq!((read.kind, read.entries, read.findings.len()), (CatalogueKind::OpenVas, 1, 1));
    assert_eq!(
        (read.hosts[0].names.as_slice(), read.hosts[0].address.as_str()),
        (&["server99".to_owned()][..], "10.99.99.99")
    );
    assert_eq!(read.published_at.map(iso).as_deref(), Some("2025-08-22T14:27:22Z"));
    let finding = &read.findings[0];
    assert_eq!((finding.kbs.as_slice(), finding.cves.len()), (&["5062557".to_owned()][..], 93));
    assert!(read.remarks.is_empty(), "{:?}", read.remarks);
}

#[test]
fn the_hash_is_that_of_the_file_packed_or_not() {
    let bytes = MONTH.as_bytes();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("packed");
    let packed = packer.finish().expect("packed");
    for bytes in [bytes, &packed] {
        let read = read_known(&Input::from_bytes("month.json", bytes), &known(&[], &[])).expect("read");
        assert_eq!(read.sha256, patchbook::util::hash::hex(&patchbook::util::hash::sha256(bytes)));
    }
}
