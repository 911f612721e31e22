//! What binds: the earliest, by name, from the day it was adopted, for whom it was adopted.

use patchbook::domain::asset::{AssetClass, Exposure, FactValue};
use patchbook::domain::command::{Command, DeadlineCommand};
use patchbook::domain::compliance::view::View;
use patchbook::domain::group::{Group, GroupId};
use patchbook::domain::rating::Rank;
use patchbook::domain::ruleset::software::software;
use patchbook::domain::ruleset::{Filled, SetScope, Software};
use patchbook::domain::threat::{Exploitation, Threat};
use patchbook::domain::update::{Classification, Severity};
use patchbook::domain::waiver::rule::preset_warning;

use patchbook::domain::compliance::outcome::Period;

use super::rig::{Rig, end, two};
use crate::compliance::maker::{Maker, at};

#[test]
fn the_earliest_rule_wins_and_names_itself() {
    let mut rig = Rig::new(two(at(11, 10, 18), 30).finish());
    assert_eq!(rig.due(at(11, 12, 0)), (Some(end(12, 10)), "policy".to_owned()));
    rig.adopt("pci-4.0.1", at(11, 1, 0));
    rig.adopt("ce-3.3", at(11, 1, 0));
    let (due, text) = rig.due(at(11, 12, 0));
    assert_eq!(due, Some(end(11, 24)));
    assert_eq!(text, "Cyber Essentials 3.3, A6.4, operating systems and firmware, critical or high");
    let all = rig.explained(at(11, 12, 0), 0, 0);
    let dates: Vec<Option<i64>> = all.iter().map(|rule| rule.due_at).collect();
    assert_eq!(dates, [Some(end(11, 24)), Some(end(12, 10)), Some(end(12, 10))]);
    assert!(
        all[1..].iter().any(|rule| rule.source == "policy" && rule.text.contains("30 days from release"))
    );
    assert!(all[1..].iter().any(|rule| rule.text.starts_with("PCI DSS 4.0.1, 6.3.3")));
    assert!(all.iter().all(|rule| !rule.source.is_empty()));
}

#[test]
fn an_own_rule_that_is_stricter_stays_the_one_that_is_named() {
    let mut rig = Rig::new(two(at(11, 10, 18), 7).finish());
    rig.adopt("ce-3.3", at(11, 1, 0));
    assert_eq!(rig.due(at(11, 12, 0)), (Some(end(11, 17)), "policy".to_owned()));
}

#[test]
fn adopting_or_leaving_a_set_moves_no_due_date_that_already_runs() {
    let mut rig = Rig::new(two(at(11, 10, 18), 30).finish());
    let set = rig.adopt("ce-3.3", at(11, 11, 0));
    assert_eq!(rig.due(at(11, 12, 0)).1, "policy");

    let mut rig = Rig::new(two(at(11, 10, 18), 30).finish());
    let early = rig.adopt("ce-3.3", at(11, 1, 0));
    let leave = |set| Command::Deadline(DeadlineCommand::Drop { set, reason: "Left".to_owned() });
    rig.run(at(11, 12, 0), leave(early)).expect("left");
    assert_eq!(rig.due(at(11, 13, 0)).0, Some(end(11, 24)));
    let said = rig.run(at(11, 14, 0), leave(set)).expect_err("left twice").to_string();
    assert!(said.contains("no more"), "{said}");

    let mut rig = Rig::new(two(at(11, 10, 18), 30).finish());
    let early = rig.adopt("ce-3.3", at(11, 1, 0));
    rig.run(at(11, 9, 0), leave(early)).expect("left");
    assert_eq!(rig.due(at(11, 13, 0)).1, "policy");
}

#[test]
fn a_set_binds_the_classes_and_exposures_it_was_adopted_for() {
    let scopes = [
        (SetScope { classes: vec![AssetClass::Server], ..SetScope::default() }, true),
        (SetScope { classes: vec![AssetClass::Workstation], ..SetScope::default() }, false),
        (SetScope { exposures: vec![Exposure::Internal], ..SetScope::default() }, true),
        (SetScope { exposures: vec![Exposure::Internet], ..SetScope::default() }, false),
    ];
    for (scope, binds) in scopes {
        let mut rig = Rig::new(two(at(11, 10, 18), 30).finish());
        rig.adopt_with("ce-3.3", at(11, 1, 0), scope.clone(), Filled::default()).expect("adopted");
        assert_eq!(rig.due(at(11, 12, 0)).1.starts_with("Cyber"), binds, "{scope:?}");
    }
}

fn with_group(mut m: Maker) -> (Maker, GroupId) {
    let id = GroupId(900);
    m.book.groups.put(Group { id, name: "Web".to_owned(), position: 1, note: String::new() });
    (m, id)
}

#[test]
fn a_set_binds_the_group_that_a_machine_was_in_at_the_time() {
    let (mut m, web) = with_group(two(at(11, 10, 18), 30));
    m.fact(0, at(1, 2, 0), FactValue::Group(Some(web)));
    // The other machine comes into the group after it would have been due, and the third view is before that.
    m.fact(1, at(1, 2, 0), FactValue::Group(None));
    m.fact(1, at(12, 15, 0), FactValue::Group(Some(web)));
    let mut rig = Rig::new(m.finish());
    let scope = SetScope { groups: vec![web], ..SetScope::default() };
    rig.adopt_with("ce-3.3", at(11, 1, 0), scope, Filled::default()).expect("adopted");
    assert_eq!(rig.due_of(at(11, 12, 0), 0, 0).0, Some(end(11, 24)));
    assert_eq!(rig.due_of(at(11, 12, 0), 0, 1).0, Some(end(12, 10)));
    assert_eq!(
        rig.due_of(at(12, 20, 0), 0, 1).0,
        Some(end(12, 10)),
        "it was missed before it came into the group"
    );
}

#[test]
fn a_machine_that_joins_a_group_in_time_is_bound_by_what_binds_the_group() {
    let (mut m, web) = with_group(two(at(11, 10, 18), 30));
    m.fact(0, at(1, 2, 0), FactValue::Group(None));
    m.fact(0, at(11, 15, 0), FactValue::Group(Some(web)));
    let mut rig = Rig::new(m.finish());
    let scope = SetScope { groups: vec![web], ..SetScope::default() };
    rig.adopt_with("ce-3.3", at(11, 1, 0), scope, Filled::default()).expect("adopted");
    assert_eq!(rig.due_of(at(11, 14, 0), 0, 0).0, Some(end(12, 10)));
    assert_eq!(rig.due_of(at(11, 16, 0), 0, 0).0, Some(end(11, 24)));
}

const NOVEMBER: Period = Period { from_at: 1_793_491_200, to_at: 1_796_083_200 };

#[test]
fn a_set_that_binds_nobody_changes_no_figure() {
    let (mut m, web) = with_group(two(at(11, 10, 18), 14));
    m.default_rules();
    let book = m.finish();
    for now in [at(11, 12, 0), at(11, 24, 0), at(12, 20, 0)] {
        let before = format!("{:?}", View::new(&book, now).figures(NOVEMBER));
        let mut rig = Rig::new(book.clone());
        let scope = SetScope { groups: vec![web], ..SetScope::default() };
        rig.adopt_with("e8-ml3", at(11, 1, 0), scope, Filled::default()).expect("adopted");
        let after = format!("{:?}", View::new(&rig.book, now).figures(NOVEMBER));
        assert_eq!(before, after);
    }
}

#[test]
fn an_exploit_that_becomes_known_moves_the_fast_lane_from_then_on() {
    let mut rig =
        Rig::with(at(11, 10, 18), Exposure::Internet, |update| update.severity = Severity::Important);
    rig.fixes(0, &["CVE-2026-1"], at(11, 10, 18));
    rig.learn("CVE-2026-1", Threat::Exploit { reference: "a public proof".to_owned() }, at(11, 14, 0));
    rig.adopt("e8-ml1", at(11, 1, 0));
    let (due, text) = rig.due(at(11, 13, 0));
    assert_eq!((due, text.contains("ISM-1694")), (Some(end(11, 24)), true), "{text}");
    let (due, text) = rig.due(at(11, 15, 0));
    assert_eq!((due, text.contains("ISM-1877")), (Some(at(11, 12, 18)), true), "{text}");
}

#[test]
fn the_vendor_s_own_word_counts_beside_the_server_s() {
    let mut rig = Rig::with(at(11, 10, 18), Exposure::Internal, |update| update.severity = Severity::Low);
    rig.adopt("ce-3.3", at(11, 1, 0));
    assert_eq!(rig.due(at(11, 12, 0)).0, None, "low is outside");
    rig.fixes(0, &["CVE-2026-1"], at(11, 11, 0));
    let scored = Threat::Scored { version: "3.1".to_owned(), score_tenths: 70, vector: String::new() };
    rig.learn("CVE-2026-1", scored, at(11, 11, 0));
    assert_eq!(rig.due(at(11, 12, 0)).0, Some(end(11, 24)), "7.0 is inside");

    let mut rig = Rig::with(at(11, 10, 18), Exposure::Internal, |update| update.severity = Severity::Low);
    rig.adopt("ce-3.3", at(11, 1, 0));
    rig.fixes(0, &["CVE-2026-1"], at(11, 11, 0));
    let word =
        Threat::Vendor { severity: Severity::Important, exploited: Exploitation::Unlikely, disclosed: false };
    rig.learn("CVE-2026-1", word, at(11, 11, 0));
    assert_eq!(rig.due(at(11, 12, 0)).0, Some(end(11, 24)));
}

#[test]
fn an_update_whose_vendor_keeps_its_severity_to_itself_is_inside_cyber_essentials_and_marked() {
    let mut rig =
        Rig::with(at(11, 10, 18), Exposure::Internal, |update| update.severity = Severity::Unspecified);
    rig.adopt("ce-3.3", at(11, 1, 0));
    let (due, text) = rig.due(at(11, 12, 0));
    assert_eq!(due, Some(end(11, 24)));
    assert!(text.ends_with("no severity given (unconfirmed)"), "{text}");
}

#[test]
fn the_kind_of_software_is_read_off_class_products_and_title() {
    let kind = |class, product: &str, title: &str| {
        let mut m = Maker::default();
        let update = m.update(at(1, 1, 0));
        m.change_update(update, |row| {
            row.classification = class;
            row.products = if product.is_empty() { Vec::new() } else { vec![product.to_owned()] };
            row.title = title.to_owned();
        });
        software(&m.book.updates.rows()[update as usize])
    };
    let security = Classification::Security;
    assert_eq!(kind(Classification::Driver, "Windows 11", "Intel display"), Software::Firmware);
    assert_eq!(kind(security, "Windows 11", "Security Update for Windows 11"), Software::System);
    assert_eq!(kind(security, "Microsoft Office 2019", "Update for Windows"), Software::Office);
    assert_eq!(kind(security, "", "Google Chrome 142 for Windows"), Software::Office);
    assert_eq!(kind(security, "Exchange Server 2019", "CU15"), Software::Service);
    assert_eq!(kind(security, "Microsoft SQL Server 2022", "GDR"), Software::Other);
    assert_eq!(kind(security, "", "Ubuntu 24.04 linux-image"), Software::System);
    assert_eq!(kind(security, "", "Fiberglass designer 3"), Software::Other);
}

#[test]
fn a_set_that_knows_no_waiver_says_so_beside_every_request() {
    let mut rig = Rig::new(two(at(11, 10, 18), 30).finish());
    rig.adopt("pci-4.0.1", at(11, 1, 0));
    assert_eq!(preset_warning(&rig.book), None);
    let set = rig.adopt("ce-3.3", at(11, 1, 0));
    assert!(preset_warning(&rig.book).is_some_and(|text| text.contains("Cyber Essentials 3.3")));
    let leave = DeadlineCommand::Drop { set, reason: "Left".to_owned() };
    rig.run(at(11, 12, 0), Command::Deadline(leave)).expect("left");
    assert_eq!(preset_warning(&rig.book), None);
}

#[test]
fn a_rank_that_rises_is_bound_by_the_rules_of_the_new_rank() {
    let mut m = two(at(11, 10, 18), 30);
    m.rating(0, Rank::Severe, at(11, 12, 0));
    let mut rig = Rig::new(m.finish());
    rig.adopt("meta-2003", at(11, 1, 0));
    assert_eq!(rig.due(at(11, 11, 20)).1, "policy");
    let (due, text) = rig.due(at(11, 13, 0));
    assert_eq!((due, text.as_str()), (Some(end(11, 15)), "META Group 2003, severe, all servers"));
}
