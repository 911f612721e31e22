//! One machine under many spellings is one asset; a doubt is asked and never guessed.

use patchbook::import::FileScope;
use patchbook::import::plan::Verdict;

use super::rig::{Files, Rig, computers_csv, day, directory_csv, entry, guid, machine, named_csv};

fn states(computer: &str) -> Files {
    named_csv("states.csv", &[(computer, "5000001", "Security update (KB5000001)", "NotInstalled")])
}

fn with_computers(names: &[&str]) -> Rig {
    let mut rig = Rig::new();
    rig.scope(FileScope::Unknown).at(day(1));
    let machines: Vec<_> = names.iter().zip(1..).map(|(name, id)| machine(id, name, day(1))).collect();
    rig.import(&[computers_csv(&machines)]);
    rig
}

#[test]
fn full_names_short_names_case_and_dollar_are_one_machine() {
    for spelling in [
        "ws-1.corp.example",
        "WS-1.CORP.EXAMPLE",
        "ws-1",
        "WS-1",
        "WS-1$",
        "CORP\\WS-1",
        "ws-1.corp.example.",
    ] {
        let mut rig = with_computers(&["ws-1", "ws-2"]);
        let plan = rig.import(&states(spelling));
        assert_eq!(rig.names(), ["WS-1", "WS-2"], "{spelling}");
        assert_eq!(plan.computers[0].asset, Some(rig.asset("WS-1").id), "{spelling}");
        assert!(rig.state("WS-1", "5000001").is_some(), "{spelling}");
    }
}

#[test]
fn a_full_name_that_follows_a_short_one_is_the_same_machine() {
    let mut rig = Rig::new();
    rig.at(day(1)).import(&states("WS-1"));
    rig.import(&[computers_csv(&[machine(1, "ws-1", day(1))])]);
    assert_eq!(rig.names(), ["WS-1"]);
    assert_eq!(rig.asset("WS-1").imported.fqdn.as_deref(), Some("ws-1.corp.example"));
}

#[test]
fn the_same_short_name_in_two_domains_is_two_machines_and_a_bare_one_is_asked() {
    let mut rig = Rig::new();
    let mut other = machine(2, "ws-1", day(1));
    other.name = "ws-1.lab.example".to_owned();
    rig.at(day(1)).import(&[computers_csv(&[machine(1, "ws-1", day(1)), other])]);
    assert_eq!(rig.engine.book().assets.len(), 2);
    let plan = rig.import(&states("ws-1"));
    assert!(matches!(&plan.computers[0].verdict, Verdict::Ask(_)), "{:?}", plan.computers);
    assert_eq!(plan.states.left_out, 1);
    assert_eq!(rig.engine.book().assets.len(), 2);
}

#[test]
fn a_name_cut_to_fifteen_characters_is_the_long_one_where_only_one_fits() {
    let mut rig = with_computers(&["warehouse-desk-012"]);
    rig.import(&states("WAREHOUSE-DESK-"));
    assert_eq!(rig.engine.book().assets.len(), 1);
    let mut rig = with_computers(&["warehouse-desk-012", "warehouse-desk-013"]);
    let plan = rig.import(&states("WAREHOUSE-DESK-"));
    assert!(matches!(&plan.computers[0].verdict, Verdict::Ask(_)), "{:?}", plan.computers);
    assert_eq!(rig.engine.book().assets.len(), 2);
}

#[test]
fn a_name_that_lost_a_letter_is_asked_and_never_guessed() {
    let mut rig = with_computers(&["buero-07", "biro-07"]);
    for name in ["b?ro-07", "nobody-?"] {
        let plan = rig.import(&states(name));
        assert!(matches!(&plan.computers[0].verdict, Verdict::Ask(_)), "{:?}", plan.computers);
        assert_eq!(plan.states.left_out, 1);
        assert!(plan.warnings.iter().any(|w| w.contains("cannot be matched")), "{:?}", plan.warnings);
    }
    assert_eq!(rig.names(), ["BIRO-07", "BUERO-07"]);
}

#[test]
fn what_a_person_said_it_is_holds_now_and_for_the_next_file() {
    let mut rig = with_computers(&["biro-07"]);
    let id = rig.asset("BIRO-07").id;
    rig.choices.take_as.insert("name:b?ro-07".to_owned(), id);
    let plan = rig.import(&states("b?ro-07"));
    assert_eq!(plan.computers[0].asset, Some(id));
    assert!(rig.state("BIRO-07", "5000001").is_some());
    assert!(rig.asset("BIRO-07").aliases.iter().all(|a| !a.contains('?')), "a damaged name is no name");
    rig.choices.take_as.clear();
    let next = rig
        .plan(&named_csv("later.csv", &[("b?ro-07", "5000001", "Security update (KB5000001)", "Installed")]));
    assert_eq!(next.computers[0].asset, Some(id));
}

#[test]
fn a_renamed_machine_keeps_its_old_name_and_takes_the_new_one_as_another() {
    let mut rig = with_computers(&["ws-1"]);
    let mut renamed = machine(1, "till-4", day(8));
    renamed.ip = "10.0.0.1".to_owned();
    let plan = rig.at(day(8)).import(&[computers_csv(&[renamed])]);
    assert!(plan.computers[0].remark.contains("Now called"), "{:?}", plan.computers);
    assert_eq!(rig.names(), ["WS-1"]);
    assert!(rig.asset("WS-1").aliases.contains(&"till-4.corp.example".to_owned()));
    let by_name = rig.import(&states("TILL-4"));
    assert_eq!(by_name.computers[0].asset, Some(rig.asset("WS-1").id));
    assert_eq!(rig.names(), ["WS-1"]);
}

#[test]
fn a_cloned_key_is_remarked_upon_and_takes_over_nothing() {
    let mut rig = with_computers(&["ws-1"]);
    let before = rig.asset("WS-1").clone();
    let mut clone = machine(1, "till-4", day(8));
    (clone.ip, clone.model) = ("10.9.9.9".to_owned(), "Latitude 5440".to_owned());
    let plan = rig.at(day(8)).import(&[computers_csv(&[clone])]);
    assert!(plan.computers[0].remark.contains("cloned"), "{:?}", plan.computers);
    let after = rig.asset("WS-1");
    assert_eq!((&after.name, &after.aliases), (&before.name, &before.aliases));
    assert_eq!((&after.imported.fqdn, &after.imported.ip), (&before.imported.fqdn, &before.imported.ip));
    assert_eq!(after.imported.model, before.imported.model);
}

#[test]
fn another_address_alone_is_a_rename_and_no_clone() {
    let mut rig = with_computers(&["ws-1"]);
    let mut moved = machine(1, "till-4", day(8));
    (moved.ip, moved.model) = ("10.9.9.9".to_owned(), String::new());
    let plan = rig.at(day(8)).import(&[computers_csv(&[moved])]);
    assert!(plan.computers[0].remark.contains("Now called"), "{:?}", plan.computers);
    assert_eq!(rig.asset("WS-1").imported.ip.as_deref(), Some("10.9.9.9"));
}

#[test]
fn a_machine_set_up_again_is_one_asset_and_its_newer_record_wins_in_one_file() {
    for newer_first in [true, false] {
        let mut rig = Rig::new();
        let (mut old, mut new) = (machine(1, "ws-1", day(1)), machine(2, "ws-1", day(9)));
        (old.model, new.model) = ("Old box".to_owned(), "New box".to_owned());
        let list = if newer_first { [new, old] } else { [old, new] };
        let plan = rig.at(day(10)).import(&[computers_csv(&list)]);
        assert_eq!(rig.names(), ["WS-1"]);
        assert_eq!(rig.asset("WS-1").imported.model.as_deref(), Some("New box"));
        let left = plan.computers.iter().find(|c| c.key == format!("id:{}", guid(1))).unwrap();
        assert!(matches!(&left.verdict, Verdict::LeftOut(why) if why.contains("older record")), "{left:?}");
    }
}

#[test]
fn a_machine_set_up_again_is_one_asset_across_imports() {
    let mut rig = with_computers(&["ws-1"]);
    let again = machine(7, "ws-1", day(9));
    let plan = rig.at(day(10)).import(&[computers_csv(&[again])]);
    assert_eq!(entry(&plan, "ws-1.corp.example").asset, Some(rig.asset("WS-1").id));
    assert_eq!(rig.names(), ["WS-1"]);
    assert_eq!(rig.asset("WS-1").imported.status_at, Some(day(9)));
}

#[test]
fn the_directory_and_then_wsus_give_one_asset() {
    let mut rig = Rig::new();
    rig.at(day(1)).import(&directory_csv(&[(100, "WS-1", true), (101, "WS-2", true)]));
    let list = vec![computers_csv(&[machine(1, "ws-1", day(1)), machine(2, "ws-3", day(1))])];
    rig.import(&list);
    assert_eq!(rig.names(), ["WS-1", "WS-2", "WS-3"]);
    assert_eq!(rig.asset("WS-1").imported.model.as_deref(), Some("OptiPlex 7090"));
    assert_eq!(rig.engine.book().sources.len(), 2);
}

#[test]
fn the_directory_beside_wsus_in_one_import_gives_one_asset() {
    let mut rig = Rig::new();
    let mut files = directory_csv(&[(100, "WS-1", true)]);
    files.push(computers_csv(&[machine(1, "ws-1", day(1))]));
    let plan = rig.at(day(1)).import(&files);
    assert_eq!(rig.names(), ["WS-1"]);
    assert!(plan.computers.iter().all(|c| !matches!(c.verdict, Verdict::LeftOut(_))), "{:?}", plan.computers);
    assert_eq!(rig.asset("WS-1").imported.disabled, Some(false));
    assert_eq!(rig.asset("WS-1").imported.model.as_deref(), Some("OptiPlex 7090"));
}
