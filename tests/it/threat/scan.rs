//! Scans as a second opinion: which asset, which update, what is gone.

use super::load::Rig;
use patchbook::domain::threat::{Finding, standing};
use patchbook::util::clock::iso;

const HEADER: &str =
    "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\n";

/// A scan of Nessus with a login: rows of plugin, host and KB, of a day at 10:05.
pub fn scan(day: &str, rows: &[(&str, &str, &str)]) -> String {
    let mut text = scan_without_login_row(rows);
    let hosts: std::collections::BTreeSet<&str> = rows.iter().map(|(_, host, _)| *host).collect();
    for host in hosts {
        text += &format!(
            "19506,,,None,{host},tcp,0,Nessus Scan Information,s,d,x,y,\"Credentialed checks : yes\nScan Start Date : {day} 10:05 UTC\"\n"
        );
    }
    text
}

/// The same without the row that tells of the login and of the day, as an export filtered by severity.
pub fn scan_without_login_row(rows: &[(&str, &str, &str)]) -> String {
    let mut text = HEADER.to_owned();
    for (plugin, host, kb) in rows {
        let name =
            if kb.is_empty() { "SSL certificate".to_owned() } else { format!("KB{kb}: Windows Server 2022") };
        let cve = if kb.is_empty() { "" } else { "CVE-2024-26234" };
        text += &format!("{plugin},{cve},6.7,High,{host},tcp,445,{name},s,d,x,y,z\n");
    }
    text
}

pub fn open(rig: &Rig) -> Vec<&Finding> {
    standing(&rig.book, rig.now)
}

#[test]
fn a_finding_meets_its_asset_and_its_update() {
    let mut rig = Rig::default();
    rig.load("scan.csv", &scan("2024/4/15", &[("193091", "SRV-1.corp.local", "5036909")]));
    let finding = &rig.book.findings.rows()[0];
    assert_eq!(finding.asset, rig.book.asset_named("SRV-1").expect("it").id);
    assert_eq!(finding.update, Some(rig.book.updates.rows()[0].id));
    assert_eq!(
        (finding.kb.as_str(), finding.cves.as_slice()),
        ("5036909", &["CVE-2024-26234".to_owned()][..])
    );
    assert_eq!(iso(finding.seen_at), "2024-04-15T10:05:00Z");
    assert_eq!(rig.book.catalogues.rows()[0].published_at, Some(finding.seen_at));
}

#[test]
fn an_address_that_one_asset_has_is_enough_and_told() {
    let rig = Rig::default();
    let read = rig.read("scan.csv", &scan("2024/4/15", &[("193091", "10.0.0.5", "5036909")]));
    let plan = rig.plan(&read);
    assert_eq!(plan.rows.findings[0].asset, rig.book.asset_named("SRV-2").expect("it").id);
    assert!(
        plan.warnings.iter().any(|told| told.contains("recognised by an address")),
        "{:?}",
        plan.warnings
    );
}

#[test]
fn an_unknown_machine_and_one_that_may_be_several_are_told_and_left_aside() {
    let mut rig = Rig::default();
    let mut twin = rig.book.asset_named("SRV-1").expect("it").clone();
    twin.id = patchbook::domain::asset::AssetId(777);
    twin.name = "SRV-1.other.local".to_owned();
    twin.aliases.clear();
    rig.book.assets.put(twin);
    let rows = [("1", "SRV-1", "5036909"), ("1", "ghost", "5036909"), ("1", "srv-1.corp.local", "5036909")];
    let plan = rig.plan(&rig.read("scan.csv", &scan("2024/4/15", &rows)));
    assert_eq!(plan.rows.findings.len(), 1, "only the full name is certain");
    let why: Vec<&str> = plan.left_hosts.iter().map(|host| host.why.as_str()).collect();
    assert!(why[0].contains("it may be SRV-1") && why[1].contains("no asset has this name"), "{why:?}");
}

#[test]
fn a_scan_is_loaded_again_once_its_machine_is_in_the_register() {
    let mut rig = Rig::default();
    let text = scan("2024/4/15", &[("193091", "SRV-1", "5036909"), ("193091", "ghost", "5036909")]);
    rig.load("scan.csv", &text);
    assert!(rig.plan(&rig.read("scan.csv", &text)).is_nothing_new(), "the same scan says nothing new");
    let mut ghost = rig.book.asset_named("SRV-2").expect("it").clone();
    ghost.id = patchbook::domain::asset::AssetId(778);
    (ghost.name, ghost.ip) = ("ghost".to_owned(), String::new());
    rig.book.assets.put(ghost);
    let plan = rig.plan(&rig.read("scan.csv", &text));
    assert_eq!((plan.rows.findings.len(), plan.is_nothing_new()), (1, false));
}

#[test]
fn what_a_newer_scan_no_longer_reports_is_gone_and_may_come_back() {
    let mut rig = Rig::default();
    let both =
        [("193091", "SRV-1", "5036909"), ("190000", "SRV-1", "5034129"), ("193091", "10.0.0.5", "5036909")];
    rig.load("one.csv", &scan("2024/4/15", &both));
    assert_eq!(open(&rig).len(), 3);
    let read = rig.read("two.csv", &scan("2024/4/22", &[("190000", "SRV-1", "5034129")]));
    let summary = rig.plan(&read).summary();
    assert!(
        summary.contains("1 finding seen again") && summary.contains("1 finding no longer reported"),
        "{summary}"
    );
    rig.try_load(&read).expect("loaded");
    assert_eq!(open(&rig).len(), 2, "a host that the newer scan did not cover keeps its finding");
    let gone = rig.book.findings.iter().find(|finding| finding.gone_at.is_some()).expect("one");
    assert_eq!(
        (gone.plugin.as_str(), gone.gone_at.map(iso).as_deref()),
        ("193091", Some("2024-04-22T10:05:00Z"))
    );
    assert_eq!(gone.catalogue, rig.book.catalogues.rows()[0].id, "the scan that showed it last");
    let again = open(&rig).into_iter().find(|finding| finding.plugin == "190000").expect("it").clone();
    assert_eq!(
        (again.catalogue, iso(again.seen_at).as_str()),
        (rig.book.catalogues.rows()[1].id, "2024-04-22T10:05:00Z")
    );
    rig.load("three.csv", &scan("2024/4/29", &both));
    assert_eq!((rig.book.findings.len(), open(&rig).len()), (7, 3), "every showing is a row of its own");
}

#[test]
fn an_older_scan_does_not_speak_over_a_newer_one() {
    let mut rig = Rig::default();
    rig.load("new.csv", &scan("2024/4/22", &[("190000", "SRV-1", "5034129")]));
    let read = rig.read("old.csv", &scan("2024/4/15", &[("193091", "SRV-1", "5036909")]));
    let plan = rig.plan(&read);
    assert!(
        plan.warnings.iter().any(|told| told.contains("1 finding is shown no longer by a newer scan")),
        "{:?}",
        plan.warnings
    );
    rig.try_load(&read).expect("loaded");
    let standing: Vec<&str> = open(&rig).iter().map(|row| row.plugin.as_str()).collect();
    assert_eq!((standing, rig.book.findings.len()), (vec!["190000"], 2), "recorded for its own time");
}

#[test]
fn a_scan_that_could_not_log_in_proves_nothing_gone() {
    let mut rig = Rig::default();
    rig.load("one.csv", &scan("2024/4/15", &[("193091", "SRV-1", "5036909")]));
    let blind = scan("2024/4/22", &[("5", "SRV-1", "")]).replace("checks : yes", "checks : no");
    let plan = rig.plan(&rig.read("two.csv", &blind));
    assert!(plan.rows.findings.is_empty());
    assert!(
        plan.warnings.iter().any(|told| told.contains("does not show that it logged in")),
        "{:?}",
        plan.warnings
    );
}

#[test]
fn a_scan_without_a_time_is_dated_by_its_file_and_that_is_told() {
    let rig = Rig::default();
    let text = "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\n1,CVE-2024-26234,6.7,High,SRV-1,tcp,445,KB5036909,s,d,x,y,z\n";
    let mut read = rig.read("scan.csv", text);
    assert!(rig.plan(&read).warnings[0].contains("now stands for it"));
    read.modified_at = Some(rig.now - 86_400);
    let plan = rig.plan(&read);
    assert!(plan.warnings[0].contains("was last changed"), "{:?}", plan.warnings);
    assert_eq!(plan.rows.findings[0].seen_at, rig.now - 86_400);
}
