//! Threat data as a script loads and asks for it.

use crate::desk::{Desk, fixtures};

fn file(name: &str) -> String {
    fixtures().join(name).display().to_string()
}

#[test]
fn threat_data_is_shown_loaded_listed_and_undone_from_a_script() {
    let desk = Desk::new();
    let (kev, month) = (file("kev/kev_whole.json.gz"), file("msrc/vuls_fixture_2024-Mar.xml"));
    let before = desk.bytes();
    let (code, out, said) = desk.run(&["threat", "load", "shop.patchbook", &kev, "--dry-run"]);
    assert_eq!(code, 0, "{said}");
    assert!(out.contains("1\u{202f}404 newly listed as exploited") && out.contains("dry run"), "{out}");
    assert_eq!(desk.bytes(), before, "a dry run changes nothing");
    let loaded = desk.json(&["threat", "load", "shop.patchbook", &kev, &month]);
    assert_eq!(loaded["files"][0]["version"], "2025.08.25");
    assert_eq!(loaded["files"][1]["kind"], "cvrf");
    let (_, out, _) = desk.run(&["threat", "list", "shop.patchbook"]);
    assert!(out.contains("CISA KEV") && out.contains("2024-Mar"), "{out}");
    let (_, out, _) = desk.run(&["threat", "show", "shop.patchbook", "cve-2024-21392"]);
    assert!(out.contains("The vendor says Important, exploitation less likely"), "{out}");
    assert!(out.contains("Fixed by KB5036451, KB5036452") && out.contains("CVSS 3.1 7.5"), "{out}");
    let (_, out, _) = desk.run(&["threat", "show", "shop.patchbook", "KB5036451"]);
    assert!(out.contains(".NET 7.0 is fixed from build 7.0.17"), "{out}");
    let (_, out, _) = desk.run(&["threat", "load", "shop.patchbook", &kev]);
    assert!(out.contains("Nothing new"), "{out}");
    assert_eq!(desk.run(&["undo", "shop.patchbook"]).0, 0);
    let (_, out, _) = desk.run(&["threat", "list", "shop.patchbook"]);
    assert!(out.contains("CISA KEV") && !out.contains("2024-Mar"), "{out}");
    assert_eq!(desk.run(&["verify", "shop.patchbook"]).0, 0);
}

#[test]
fn a_damaged_or_foreign_file_changes_nothing_and_says_what_to_do() {
    let desk = Desk::new();
    let before = desk.bytes();
    for (name, words) in [
        ("golden/states.csv", "ordinary import"),
        ("scanners/BulletinSearch.xlsx", "Save As"),
        ("scanners/jc_xml-nmap.xml", "is recognised as nmap scan, which is not threat data"),
        ("kev/known_exploited_vulnerabilities_schema.json", "no entries"),
    ] {
        let (code, _, said) = desk.run(&["threat", "load", "shop.patchbook", &file(name)]);
        assert!(code == 2 && said.contains(words), "{name}: {code} {said}");
    }
    let (code, _, said) = desk.run(&["threat", "show", "shop.patchbook", "CVE-2020-0001"]);
    assert!(code == 2 && said.contains("nothing is known"), "{said}");
    assert_eq!(desk.bytes(), before);
}

#[test]
fn a_folder_is_answered_with_the_files_in_it_and_a_missing_file_is_called_missing() {
    let desk = Desk::new();
    let (code, _, said) = desk.run(&["threat", "load", "shop.patchbook", &file("kev")]);
    assert!(code == 2 && said.contains("this is a folder") && said.contains("kev_whole.json.gz"), "{said}");
    assert!(!said.contains("_schema.json"), "what is not threat data is not offered: {said}");
    let (code, _, said) = desk.run(&["threat", "load", "shop.patchbook", &file("golden")]);
    assert!(code == 2 && said.contains("Name the file that you downloaded"), "{said}");
    let (code, _, said) = desk.run(&["threat", "load", "shop.patchbook", "kev.json"]);
    assert!(code == 2 && said.contains("there is no file of this name"), "{said}");
}

#[test]
fn an_old_catalogue_is_called_old_and_a_date_without_a_time_is_printed_without_one() {
    let desk = Desk::new();
    let out = desk.ok(&["threat", "load", "shop.patchbook", &file("kev/kev_whole.json.gz")]);
    assert!(out.contains("days old: it says nothing of what became known since"), "{out}");
    let day =
        "#model_version:v2023.03.01,score_date:2023-03-07\ncve,epss,percentile\nCVE-2024-21392,0.1,0.2\n";
    std::fs::write(desk.path("epss.csv"), day).unwrap();
    let out = desk.ok(&["threat", "load", "shop.patchbook", "epss.csv"]);
    assert!(out.contains("published Tue 7 Mar 2023\n"), "{out}");
    let list = desk.ok(&["threat", "list", "shop.patchbook"]);
    assert!(list.contains("Tue 7 Mar 2023  "), "{list}");
}
