//! Findings without an article: tied by their vulnerabilities, and silence that proves only what was looked at.

use patchbook::domain::compliance::verdict::Kind;
use patchbook::domain::compliance::view::View;
use patchbook::domain::pair::State;
use patchbook::domain::pair::State::{Installed, NotApplicable, NotInstalled};
use patchbook::domain::threat::{Advisory, AdvisoryId, CatalogueId};
use patchbook::domain::update::{Severity, UpdateId};
use patchbook::util::clock::iso;
use patchbook::util::id::Ids;

use super::load::Rig;
use super::scan::scan as nessus;
use crate::compliance::maker::{Maker, at};

const FLAW: &str = "CVE-2026-1000";

/// A server with the updates of October and November, the second of which replaces the first, a .NET update beside them, and the
/// states in which a source shows the three. October and .NET mend the vulnerability by their advisories.
fn shop(states: [State; 3], dotnet_mends: bool) -> Rig {
    let mut maker = Maker::default();
    maker.default_rules();
    let server = maker.server("SRV-1");
    for (kb, state) in [("5000010", states[0]), ("5000011", states[1]), ("5000099", states[2])] {
        let update = maker.update(at(10, 13, 18));
        maker.change_update(update, |row| row.kbs = vec![kb.to_owned()]);
        maker.saw(server, update, at(11, 12, 8), state);
    }
    maker.supersedes(1, 0);
    let mut rig = Rig { book: maker.finish(), ids: Ids::seeded(7), now: at(11, 20, 9) };
    let kbs = if dotnet_mends { &["5000010", "5000099"][..] } else { &["5000010"] };
    for (id, kb) in (1..).zip(kbs) {
        rig.book.advisories.put(Advisory {
            id: AdvisoryId(id),
            kb: (*kb).to_owned(),
            catalogue: CatalogueId(1),
            title: String::new(),
            released_on: None,
            cves: vec![FLAW.to_owned()],
            severity: Severity::Critical,
            products: Vec::new(),
            fixes: Vec::new(),
            supersedes: Vec::new(),
            restart: String::new(),
            recorded_at: at(10, 14, 8),
        });
    }
    rig
}

/// A scan of OpenVAS: checks with their vulnerabilities, none with an article; a log row lists the host alone.
fn scan(at: &str, rows: &[(&str, &str)]) -> String {
    let mut text = "IP,Hostname,Port,Port Protocol,CVSS,Severity,Solution Type,NVT Name,Summary,Specific Result,NVT OID,CVEs,Task ID,Task Name,Timestamp\n".to_owned();
    for (oid, cves) in [("1.3.6.1.4.1.25623.1.0.1", "")].iter().chain(rows) {
        let severity = if cves.is_empty() { "Log" } else { "High" };
        text += &format!(
            "10.0.0.9,SRV-1,445,tcp,8.1,{severity},VendorFix,Remote flaw,s,r,{oid},\"{cves}\",t,Weekly,{at}\n"
        );
    }
    text
}

fn tied(rig: &Rig) -> Vec<Option<UpdateId>> {
    rig.book.findings.iter().map(|finding| finding.update).collect()
}

fn update(rig: &Rig, place: usize) -> UpdateId {
    rig.book.updates.rows()[place].id
}

/// How many required updates are open on the server.
fn open(rig: &Rig) -> usize {
    let view = View::new(&rig.book, rig.now);
    let verdicts = (0..3).filter_map(|update| view.pair(0, update));
    verdicts.filter(|verdict| verdict.kind == Kind::Open && verdict.required).count()
}

#[test]
fn a_finding_with_a_vulnerability_alone_contradicts_the_newest_update_that_a_source_calls_installed() {
    for (states, wanted) in [
        ([NotApplicable, Installed, NotApplicable], Some(1)),
        ([Installed, Installed, NotApplicable], Some(1)),
        ([Installed, NotInstalled, NotApplicable], Some(0)),
        ([NotInstalled, NotInstalled, NotApplicable], Some(1)),
        ([NotApplicable, NotApplicable, Installed], None),
    ] {
        let mut rig = shop(states, false);
        rig.load("scan.csv", &scan("2026-11-18T10:00:00Z", &[("1.2.3", "CVE-2026-1000, CVE-2026-9999")]));
        let finding = &rig.book.findings.rows()[0];
        assert_eq!(finding.update, wanted.map(|place| update(&rig, place)), "{states:?}");
        assert_eq!(finding.kb, "", "the scanner names no article");
        let view = View::new(&rig.book, rig.now);
        let contradicted: Vec<u32> = view.contradictions().iter().map(|row| row.update).collect();
        let told = wanted.filter(|place| states[*place] == Installed).map(|place| place as u32);
        assert_eq!(contradicted, told.into_iter().collect::<Vec<_>>(), "{states:?}");
    }
}

#[test]
fn the_worse_of_source_and_scanner_counts() {
    let mut rig = shop([NotApplicable, Installed, NotApplicable], false);
    assert_eq!(open(&rig), 0);
    rig.load("scan.csv", &scan("2026-11-18T10:00:00Z", &[("1.2.3", FLAW)]));
    assert_eq!(open(&rig), 1);
    // From before the installation was reported: contradicts nothing.
    let mut rig = shop([NotApplicable, Installed, NotApplicable], false);
    rig.load("scan.csv", &scan("2026-11-11T10:00:00Z", &[("1.2.3", FLAW)]));
    assert_eq!((tied(&rig), open(&rig)), (vec![Some(update(&rig, 1))], 0));
}

#[test]
fn what_may_mean_two_updates_is_tied_to_neither_and_told() {
    let rig = shop([NotApplicable, Installed, Installed], true);
    let plan = rig.plan(&rig.read("scan.csv", &scan("2026-11-18T10:00:00Z", &[("1.2.3", FLAW)])));
    assert_eq!(plan.rows.findings[0].update, None);
    assert!(plan.warnings.iter().any(|told| told.contains("more than one update")), "{:?}", plan.warnings);
    // Where a source calls one alone installed, the vulnerability speaks against that one.
    let rig = shop([NotInstalled, NotInstalled, Installed], true);
    let plan = rig.plan(&rig.read("scan.csv", &scan("2026-11-18T10:00:00Z", &[("1.2.3", FLAW)])));
    assert_eq!(plan.rows.findings[0].update, Some(update(&rig, 2)));
    assert!(plan.warnings.iter().any(|told| told.contains("names no article")), "{:?}", plan.warnings);
}

#[test]
fn a_scan_that_cannot_show_it_logged_in_is_kept_as_a_look_and_ends_nothing() {
    let mut rig = shop([NotApplicable, Installed, NotApplicable], false);
    rig.load("one.csv", &scan("2026-11-16T10:00:00Z", &[("1.2.3", FLAW)]));
    rig.load("two.csv", &scan("2026-11-18T10:00:00Z", &[]));
    let look = rig.book.catalogues.rows()[1].looked[0];
    assert_eq!((iso(look.at).as_str(), look.blind), ("2026-11-18T10:00:00Z", true));
    assert_eq!(rig.book.findings.rows()[0].gone_at, None);
    assert_eq!(open(&rig), 1);
}

#[test]
fn an_older_scan_that_is_loaded_late_speaks_where_the_newer_one_could_not_show_that_it_logged_in() {
    let mut rig = shop([NotApplicable, Installed, NotApplicable], false);
    rig.load("two.csv", &scan("2026-11-18T10:00:00Z", &[]));
    let plan = rig.plan(&rig.read("one.csv", &scan("2026-11-16T10:00:00Z", &[("1.2.3", FLAW)])));
    assert_eq!(plan.rows.findings.len(), 1);
}

#[test]
fn a_scan_that_logged_in_and_finds_nothing_ends_what_was_found_before_or_is_told_late() {
    let mut rig = shop([NotApplicable, Installed, NotApplicable], false);
    rig.load("one.csv", &nessus("2026/11/16", &[("190000", "SRV-1", "5000011")]));
    rig.load("two.csv", &nessus("2026/11/18", &[("5", "SRV-1", "")]));
    let look = rig.book.catalogues.rows()[1].looked[0];
    assert_eq!((iso(look.at).as_str(), look.blind), ("2026-11-18T10:05:00Z", false));
    let ends = |rig: &Rig| -> Vec<Option<String>> {
        rig.book.findings.iter().map(|finding| finding.gone_at.map(iso)).collect()
    };
    assert_eq!(ends(&rig), [Some("2026-11-18T10:05:00Z".to_owned())]);
    // An older scan that is loaded late does not speak over the newer one that found nothing.
    let mut late = shop([NotApplicable, Installed, NotApplicable], false);
    late.load("two.csv", &nessus("2026/11/18", &[("5", "SRV-1", "")]));
    let read = late.read("one.csv", &nessus("2026/11/16", &[("190000", "SRV-1", "5000011")]));
    let plan = late.plan(&read);
    assert!(plan.warnings.iter().any(|told| told.contains("shown no longer by a newer scan")));
    late.try_load(&read).expect("loaded");
    assert_eq!(ends(&late), [Some("2026-11-18T10:05:00Z".to_owned())]);
    assert_eq!(open(&late), 0);
}

#[test]
fn a_silent_scanner_satisfies_nothing() {
    let mut rig = shop([NotInstalled, NotInstalled, NotApplicable], false);
    assert_eq!(open(&rig), 2);
    rig.load("scan.csv", &scan("2026-11-18T10:00:00Z", &[]));
    assert_eq!(open(&rig), 2);
}
