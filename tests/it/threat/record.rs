//! Records of vulnerabilities with CISA's decision points, and the deadlines that ask for them.

use patchbook::domain::threat::{CatalogueKind, Exploitation, Threat};
use patchbook::util::clock::iso;

use super::{facts, known, read_text, refusal};

/// A record as the CVE programme publishes it, made by hand, with the container of CISA's Vulnrichment.
fn record(cve: &str, exploitation: &str, automatable: &str, impact: &str) -> String {
    format!(
        r#"{{"dataType": "CVE_RECORD", "dataVersion": "5.1",
"cveMetadata": {{"cveId": "{cve}", "assignerShortName": "microsoft", "state": "PUBLISHED", "dateUpdated": "2026-11-12T08:00:00.000Z"}},
"containers": {{"cna": {{"title": "A flaw", "affected": [{{"vendor": "Microsoft", "versions": [{{"version": "10", "lessThan": "10.1"}}]}}],
"metrics": [{{"format": "CVSS", "cvssV3_1": {{"version": "3.1", "baseScore": 7.8, "baseSeverity": "HIGH", "vectorString": "CVSS:3.1/AV:L"}}}}]}},
"adp": [{{"title": "Some other container"}}, {{"title": "CISA ADP Vulnrichment", "providerMetadata": {{"shortName": "CISA-ADP"}},
"metrics": [{{"other": {{"type": "ssvc", "content": {{"id": "{cve}", "role": "CISA Coordinator", "version": "2.0.3", "timestamp": "2026-11-11T03:55:20Z",
"options": [{{"Exploitation": "none"}}, {{"Automatable": "no"}}, {{"Technical Impact": "partial"}}]}}}}}},
{{"other": {{"type": "ssvc", "content": {{"id": "{cve}", "timestamp": "2026-11-12T03:55:20Z",
"options": [{{"Exploitation": "{exploitation}"}}, {{"Automatable": "{automatable}"}}, {{"Technical Impact": "{impact}"}}]}}}}}},
{{"other": {{"type": "kev", "content": {{"dateAdded": "2026-11-12"}}}}}}]}}]}}}}"#
    )
}

#[test]
fn the_newest_decision_points_and_the_score_are_taken() {
    let text = record("CVE-2026-1000", "active", "yes", "total");
    let read = read_text("CVE-2026-1000.json", &text, &known(&[], &["CVE-2026-1000"])).expect("read");
    assert_eq!((read.kind, read.entries, read.left_aside), (CatalogueKind::Record, 1, 0));
    assert_eq!(read.version, "CVE-2026-1000");
    assert_eq!(read.published_at.map(iso).as_deref(), Some("2026-11-12T08:00:00Z"));
    let found = facts(&read, "CVE-2026-1000");
    assert_eq!(found.len(), 2, "what it says of the catalogue of exploited ones is left to that: {found:?}");
    let ssvc = Threat::Ssvc {
        exploitation: Exploitation::Active,
        automatable: Some(true),
        total_impact: Some(true),
    };
    assert_eq!(found[0], &ssvc);
    assert!(matches!(found[1], Threat::Scored { score_tenths: 78, .. }), "{found:?}");
}

#[test]
fn a_list_of_records_is_read_and_only_what_is_known_is_kept() {
    let [one, two, three] = ["CVE-2026-1000", "CVE-2026-1001", "CVE-2026-1002"];
    let rejected = record(three, "none", "no", "partial").replace("PUBLISHED", "REJECTED");
    let list = format!(
        "[{},{},{rejected}]",
        record(one, "poc", "no", "partial"),
        record(two, "none", "no", "total")
    );
    let read = read_text("records.json", &list, &known(&[], &[one, three])).expect("read");
    assert_eq!((read.entries, read.left_aside, read.version.as_str()), (3, 1, "2026-11-12"));
    assert!(facts(&read, two).is_empty() && facts(&read, three).is_empty());
    let ssvc = Threat::Ssvc {
        exploitation: Exploitation::Public,
        automatable: Some(false),
        total_impact: Some(false),
    };
    assert_eq!(facts(&read, one)[0], &ssvc);
    assert!(read.remarks.iter().any(|remark| remark.text.contains("rejected")));
}

#[test]
fn a_record_without_decision_points_says_nothing_of_them() {
    let text = record("CVE-2026-1000", "guessed", "no", "partial")
        .replace("\"type\": \"ssvc\"", "\"type\": \"note\"");
    let read = read_text("record.json", &text, &known(&[], &["CVE-2026-1000"])).expect("read");
    assert!(facts(&read, "CVE-2026-1000").iter().all(|fact| matches!(fact, Threat::Scored { .. })));
}

#[test]
fn a_record_that_was_cut_off_or_is_none_is_refused() {
    let text = record("CVE-2026-1000", "active", "yes", "total");
    for part in 4..20 {
        let _sentence = refusal(read_text("record.json", &text[..text.len() * part / 20], &known(&[], &[])));
    }
    let _sentence = refusal(read_text("record.json", "[{\"cveMetadata\": 7}]", &known(&[], &[])));
    let _sentence = refusal(read_text("record.json", "{\"cveMetadata\": []}", &known(&[], &[])));
}
