//! Which update a row is, when it was released, and how it leaves.

use patchbook::domain::update::{Classification, DeclineReason, ReleaseBasis};
use patchbook::import::FileScope;
use patchbook::util::clock::iso;

use super::rig::{Patch, Rig, START, day, export, export_of, machine, named_csv, patch, updates_csv};

const TITLE: &str = "2026-09 Cumulative Update for Windows 11 (KB5000001)";

/// 2026-09-08, second Tuesday, 10:00 in Los Angeles.
const PATCH_TUESDAY: i64 = START + 7 * 86_400 + 11 * 3_600;

fn titled(id: u32, kb: &str, title: &str) -> Patch {
    Patch { title: title.to_owned(), ..patch(id, kb) }
}

fn undated(id: u32, kb: &str, title: &str) -> Patch {
    Patch { created: String::new(), ..titled(id, kb, title) }
}

#[test]
fn the_same_kb_on_one_title_is_one_update_with_or_without_a_guid() {
    let named = named_csv("states.csv", &[("ws-1", "5000001", TITLE, "NotInstalled")]);
    let listed = vec![updates_csv(&[titled(1, "5000001", TITLE)])];
    for order in [[&named[..], &listed[..]], [&listed[..], &named[..]]] {
        let mut rig = Rig::new();
        rig.scope(FileScope::Unknown).at(day(10));
        for files in order {
            rig.import(files);
        }
        assert!(!rig.update("5000001").guid.is_empty());
        assert_eq!(rig.update("5000001").release_basis, ReleaseBasis::Vendor);
        assert!(rig.state("WS-1", "5000001").is_some());
    }
    let mut rig = Rig::new();
    let mut together = named.clone();
    together.extend(listed);
    rig.at(day(10)).import(&together);
    assert_eq!(rig.update("5000001").release_basis, ReleaseBasis::Vendor);
    assert!(!rig.update("5000001").guid.is_empty());
}

#[test]
fn an_update_known_only_by_its_kb_gets_its_title_where_only_one_has_that_kb() {
    let list =
        vec![("KB5000001.csv".to_owned(), "Computer,UpdateKB,State\nws-1,5000001,Failed\n".to_owned())];
    let mut rig = Rig::new();
    rig.at(day(3)).import(&list);
    assert_eq!(rig.update("5000001").release_basis, ReleaseBasis::FirstSeen);
    rig.import(&[updates_csv(&[titled(1, "5000001", TITLE)])]);
    assert_eq!(rig.update("5000001").title, TITLE);
    assert_eq!(rig.update("5000001").release_basis, ReleaseBasis::Vendor);

    let mut rig = Rig::new();
    rig.at(day(3)).import(&list);
    let other = "2026-09 Cumulative Update for Windows 11 on ARM (KB5000001)";
    rig.import(&[updates_csv(&[titled(1, "5000001", TITLE), titled(2, "5000001", other)])]);
    assert_eq!(rig.engine.book().updates.len(), 3, "which of the two it was is not guessed");
}

#[test]
fn one_kb_and_title_under_two_guids_is_two_updates() {
    let mut rig = Rig::new();
    rig.at(day(10)).import(&[updates_csv(&[titled(1, "5000001", TITLE)])]);
    rig.import(&[updates_csv(&[titled(2, "5000001", TITLE)])]);
    assert_eq!(rig.engine.book().updates.len(), 2);
}

#[test]
fn the_malicious_software_removal_tool_never_merges_across_months() {
    let mut rig = Rig::new();
    let tool = |v: &str| format!("Windows Malicious Software Removal Tool x64 - v5.{v} (KB890830)");
    let (first, second) = (tool("123"), tool("124"));
    rig.at(day(1)).import(&named_csv("a.csv", &[("ws-1", "890830", &first, "NotInstalled")]));
    rig.at(day(30)).import(&named_csv("b.csv", &[("ws-1", "890830", &second, "NotInstalled")]));
    rig.at(day(60)).import(&[updates_csv(&[titled(9, "890830", &first)])]);
    assert_eq!(rig.engine.book().updates.len(), 3);
    assert!(rig.engine.book().updates.rows().iter().all(|u| u.classification == Classification::Tool));
}

#[test]
fn the_release_is_the_vendors_then_the_titles_then_the_arrival_then_first_seen() {
    let arrived = |p: Patch| Patch { arrived: iso(day(9)), ..p };
    let cases = [
        (arrived(titled(1, "5000001", TITLE)), START, ReleaseBasis::Vendor),
        (arrived(undated(1, "5000001", TITLE)), PATCH_TUESDAY, ReleaseBasis::Title),
        (arrived(undated(1, "5000001", "Security update")), day(9), ReleaseBasis::Arrival),
        (undated(1, "5000001", "Security update"), day(12), ReleaseBasis::FirstSeen),
    ];
    for (listed, wanted_at, basis) in cases {
        let mut rig = Rig::new();
        rig.at(day(12)).import(&[updates_csv(&[listed])]);
        let update = rig.update("5000001");
        assert_eq!((update.released_at, update.release_basis), (wanted_at, basis));
    }
}

#[test]
fn a_better_basis_replaces_a_derived_one_and_never_the_reverse() {
    let mut rig = Rig::new();
    let plain = "Security update";
    let steps = [
        (undated(1, "5000001", plain), day(2), ReleaseBasis::FirstSeen),
        (Patch { arrived: iso(day(9)), ..undated(1, "5000001", plain) }, day(9), ReleaseBasis::Arrival),
        (undated(1, "5000001", TITLE), PATCH_TUESDAY, ReleaseBasis::Title),
        (titled(1, "5000001", TITLE), START, ReleaseBasis::Vendor),
        (Patch { created: iso(day(30)), ..titled(1, "5000001", TITLE) }, START, ReleaseBasis::Vendor),
        (Patch { arrived: iso(day(9)), ..undated(1, "5000001", plain) }, START, ReleaseBasis::Vendor),
        (undated(1, "5000001", plain), START, ReleaseBasis::Vendor),
    ];
    for (number, (listed, wanted_at, basis)) in steps.into_iter().enumerate() {
        rig.at(day(2 + number as i64)).import(&[updates_csv(&[listed])]);
        let update = rig.update("5000001");
        assert_eq!((update.released_at, update.release_basis), (wanted_at, basis), "step {number}");
    }
}

#[test]
fn declined_because_superseded_ends_the_duty_and_declined_otherwise_does_not() {
    let mut rig = Rig::new();
    let declined = |id, kb, superseded| Patch { declined: true, superseded, ..patch(id, kb) };
    rig.at(day(3)).import(&[updates_csv(&[declined(1, "5000001", true), declined(2, "5000002", false)])]);
    let (replaced, refused) = (rig.update("5000001"), rig.update("5000002"));
    assert_eq!((replaced.declined_at, replaced.declined_reason), (Some(day(3)), DeclineReason::Superseded));
    assert_eq!((refused.declined_at, refused.declined_reason), (Some(day(3)), DeclineReason::None));
    assert!(replaced.declined_for_good() && !refused.declined_for_good());
    // It is replaced later, which ends the duty that day and not before; approved again at last.
    rig.at(day(4)).import(&[updates_csv(&[declined(2, "5000002", true)])]);
    let update = rig.update("5000002");
    assert_eq!((update.declined_at, update.declined_reason), (Some(day(4)), DeclineReason::Superseded));
    rig.at(day(5)).import(&[updates_csv(&[patch(2, "5000002")])]);
    assert_eq!(rig.update("5000002").declined_at, None);
}

#[test]
fn expired_withdraws_from_the_day_it_was_recorded() {
    let mut rig = Rig::new();
    rig.at(day(1)).import(&[updates_csv(&[patch(1, "5000001")])]);
    assert_eq!(rig.update("5000001").withdrawn_at, None);
    let expired = || vec![updates_csv(&[Patch { expired: true, ..patch(1, "5000001") }])];
    rig.at(day(6)).import(&expired());
    rig.at(day(7)).import(&expired());
    assert_eq!(rig.update("5000001").withdrawn_at, Some(day(6)));
}

#[test]
fn an_older_export_takes_no_flag_back_and_ends_no_subscription() {
    let mut rig = Rig::new();
    let set = |number: i64, p: Patch, products: &[&str]| {
        let at = day(number);
        export_of(
            at,
            &[machine(1, "ws-1", at)],
            &[p],
            &[(1, 1, "NotInstalled")],
            "all_but_not_applicable",
            products,
        )
    };
    let gone = Patch { declined: true, superseded: true, expired: true, ..patch(1, "5000001") };
    rig.at(day(20)).import(&set(20, gone, &["Windows 11", "Office"]));
    rig.at(day(21)).import(&set(10, patch(1, "5000001"), &["Windows 11", "Windows 10"]));
    let update = rig.update("5000001");
    assert_eq!((update.declined_at, update.withdrawn_at), (Some(day(20)), Some(day(20))));
    assert!(update.superseded);
    let mut live: Vec<&str> = rig
        .engine
        .book()
        .subscriptions
        .rows()
        .iter()
        .filter(|s| s.kind == "product" && s.ended_at.is_none())
        .map(|s| s.title.as_str())
        .collect();
    live.sort_unstable();
    assert_eq!(live, ["Office", "Windows 11"]);
}

#[test]
fn a_list_of_states_without_times_makes_no_export_an_older_one() {
    let mut rig = Rig::new();
    let set = |number: i64, p: Patch, products: &[&str]| {
        let at = day(number);
        let scope = "all_but_not_applicable";
        export_of(at, &[machine(1, "ws-1", at)], &[p], &[(1, 1, "NotInstalled")], scope, products)
    };
    rig.at(day(1)).import(&set(1, patch(1, "5000001"), &["Windows 11"]));
    rig.at(day(20)).import(&named_csv("list.csv", &[("ws-1", "5000001", TITLE, "Failed")]));
    let declined = Patch { declined: true, ..patch(1, "5000001") };
    rig.at(day(21)).import(&set(19, declined, &["Windows 11", "Office"]));
    let update = rig.engine.book().updates.rows().iter().find(|u| !u.guid.is_empty()).unwrap();
    assert_eq!(update.declined_at, Some(day(21)));
    assert!(rig.engine.book().subscriptions.rows().iter().any(|s| s.title == "Office"));
}

#[test]
fn a_class_nobody_can_read_does_not_erase_a_known_one() {
    let mut rig = Rig::new();
    rig.at(day(1)).import(&[updates_csv(&[patch(1, "5000001")])]);
    let (name, text) = updates_csv(&[titled(1, "5000001", "Things")]);
    rig.at(day(2)).import(&[(name, text.replace("Security Updates", "Безопасность"))]);
    assert_eq!(rig.update("5000001").classification, Classification::Security);
}

#[test]
fn subscriptions_start_and_end() {
    let mut rig = Rig::new();
    let set = |number: i64, products: &[&str]| {
        let at = day(number);
        export_of(
            at,
            &[machine(1, "ws-1", at)],
            &[patch(1, "5000001")],
            &[],
            "all_but_not_applicable",
            products,
        )
    };
    rig.at(day(1)).import(&set(1, &["Windows 10", "Windows 11"]));
    rig.at(day(8)).import(&set(8, &["Windows 11"]));
    let ended = |rig: &Rig, title: &str| -> Vec<Option<i64>> {
        let rows =
            rig.engine.book().subscriptions.rows().iter().filter(|s| s.title == title).map(|s| s.ended_at);
        // Rows stand in the order of their ids, which say nothing; the ended ones come first.
        let mut ended: Vec<Option<i64>> = rows.collect();
        ended.sort_by_key(Option::is_none);
        ended
    };
    assert_eq!(ended(&rig, "Windows 10"), [Some(day(8))]);
    assert_eq!(ended(&rig, "Windows 11"), [None]);
    assert_eq!(ended(&rig, "Security Updates"), [None]);
    rig.at(day(15)).import(&set(15, &["Windows 10", "Windows 11"]));
    assert_eq!(ended(&rig, "Windows 10"), [Some(day(8)), None], "it starts again as a new one");
}

#[test]
fn a_guid_named_later_brings_its_update_once() {
    let mut rig = Rig::new();
    let at = day(1);
    rig.at(at).import(&export(at, &[machine(1, "ws-1", at)], &[], &[(1, 1, "NotInstalled")]));
    assert!(rig.engine.book().updates.is_empty());
    let plan = rig.at(day(2)).import(&[updates_csv(&[patch(1, "5000001")])]);
    assert_eq!(plan.updates.created, 1);
    assert!(rig.state("WS-1", "5000001").is_some());
}
