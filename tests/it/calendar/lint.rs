//! Each thing that can be wrong with a schedule is found, named, and gone when it is mended.

use std::sync::Arc;

use patchbook::domain::asset::{Asset, AssetClass, AssetId, AssetKind, Criticality};
use patchbook::domain::calendar::closure::{ClosureEffect, ClosureKind};
use patchbook::domain::calendar::release::Day;
use patchbook::domain::calendar::window::{MaintenanceWindow, Recurs};
use patchbook::domain::change::line::{ChangeLine, ChangeLineId};
use patchbook::domain::change::test::{TestResult, TestResultId, TestStage, TestVerdict};
use patchbook::domain::change::{ChangeId, ChangeKind, ChangeRecord, ChangeState};
use patchbook::domain::command::{CycleCommand, Edit};
use patchbook::domain::compliance::view::View;
use patchbook::domain::cycle::CycleStep;
use patchbook::domain::cycle::lint::people::{is_test, workload};
use patchbook::domain::cycle::lint::test::{Depth, depth, test_period};
use patchbook::domain::cycle::lint::{Finding, Kind, lint};
use patchbook::domain::rating::Rank;

use super::desk::{Desk, at, on};

fn december(desk: &Desk) -> Vec<Finding> {
    let view = View::new(&desk.book, desk.now);
    lint(&view, at("2026-12-01 00:00"), at("2027-01-01 00:00"))
}

fn of(desk: &Desk, kind: Kind) -> Vec<Finding> {
    december(desk).into_iter().filter(|finding| finding.kind == kind).collect()
}

fn named(desk: &Desk, finding: &Finding) -> Vec<String> {
    let mut names: Vec<String> =
        finding.assets.iter().map(|id| desk.book.assets.get(id.0).unwrap().name.clone()).collect();
    names.sort();
    names
}

/// Two groups on two nights, each with a server.
fn two_nights() -> (Desk, AssetId, AssetId) {
    let mut desk = Desk::new("Europe/Berlin");
    let friday = desk.after_release(3);
    desk.window("Web", friday, "21:00", 300).unwrap();
    let saturday = desk.after_release(4);
    desk.window("Database", saturday, "21:00", 300).unwrap();
    let web = desk.server("WEB1", "Web");
    let db = desk.server("DB1", "Database");
    (desk, web, db)
}

#[test]
fn cluster_partners_in_one_slot_are_found_until_they_are_parted() {
    let (mut desk, web, _) = two_nights();
    let other = desk.server("WEB2", "Web");
    desk.change_asset(web, |asset| asset.partner = Some(other));
    desk.change_asset(other, |asset| asset.partner = Some(web));
    let found = of(&desk, Kind::ClusterTogether);
    assert_eq!(found.len(), 1, "one finding for the pair");
    assert_eq!(named(&desk, &found[0]), ["WEB1", "WEB2"]);
    assert!(
        found[0].text.contains("WEB1 and WEB2") || found[0].text.contains("WEB2 and WEB1"),
        "{}",
        found[0].text
    );
    let change = desk.change("Web", ChangeState::Draft, |_| {});
    desk.line(change, web, Some(("2026-12-11 20:00", "2026-12-11 22:00")));
    desk.line(change, other, Some(("2026-12-11 22:00", "2026-12-12 00:00")));
    assert!(of(&desk, Kind::ClusterTogether).is_empty(), "their lines have windows of their own");
}

#[test]
fn what_something_depends_on_must_not_be_patched_after_it() {
    let (mut desk, web, db) = two_nights();
    desk.change_asset(web, |asset| asset.depends_on = vec![db]);
    let found = of(&desk, Kind::DependencyAfter);
    assert_eq!(found.len(), 1);
    assert!(found[0].text.starts_with("WEB1 depends on DB1"), "{}", found[0].text);
    desk.change_asset(web, |asset| asset.depends_on.clear());
    desk.change_asset(db, |asset| asset.depends_on = vec![web]);
    assert!(of(&desk, Kind::DependencyAfter).is_empty(), "the web server is patched first");
}

#[test]
fn within_one_slot_the_order_of_groups_decides() {
    let mut desk = Desk::new("Europe/Berlin");
    for group in ["Web", "Database"] {
        let friday = desk.after_release(3);
        desk.window(group, friday, "21:00", 300).unwrap();
    }
    let (web, db) = (desk.server("WEB1", "Web"), desk.server("DB1", "Database"));
    desk.change_asset(web, |asset| asset.depends_on = vec![db]);
    assert_eq!(of(&desk, Kind::DependencyAfter).len(), 1, "web goes before database by default");
}

#[test]
fn a_standby_is_not_patched_with_its_primary() {
    let (mut desk, web, db) = two_nights();
    let spare = desk.server("WEB9", "Web");
    desk.change_asset(spare, |asset| asset.standby_of = Some(web));
    assert_eq!(of(&desk, Kind::StandbyTogether).len(), 1);
    desk.change_asset(spare, |asset| asset.standby_of = Some(db));
    assert!(of(&desk, Kind::StandbyTogether).is_empty());
}

#[test]
fn nobody_to_test_is_found_by_group_and_a_tester_ends_it() {
    let (mut desk, web, db) = two_nights();
    assert_eq!(of(&desk, Kind::NoTester).len(), 2);
    let ann = desk.person("Ann");
    for asset in [web, db] {
        desk.change_asset(asset, |asset| asset.tester = Some(ann));
    }
    assert!(of(&desk, Kind::NoTester).is_empty());
}

#[test]
fn without_a_test_system_the_least_critical_are_suggested_as_pilots() {
    let (mut desk, web, db) = two_nights();
    desk.change_asset(web, |asset| asset.criticality = Criticality::One);
    desk.change_asset(db, |asset| asset.criticality = Criticality::Four);
    let found = of(&desk, Kind::NoTestSystem);
    assert_eq!((found.len(), named(&desk, &found[0])), (1, vec!["DB1".to_owned()]));
    desk.change_asset(db, |asset| asset.environment = "Pilot group".to_owned());
    assert!(of(&desk, Kind::NoTestSystem).is_empty());
    assert!(is_test("pre-prod / staging") && !is_test("production") && !is_test("contest"));
}

#[test]
fn a_block_that_does_not_fit_its_window_is_found_with_its_numbers() {
    let (mut desk, _, _) = two_nights();
    desk.change("Web", ChangeState::Draft, |change| {
        change.plan.downtime_minutes = Some(240);
        change.plan.backout_minutes = Some(90);
    });
    let found = of(&desk, Kind::BlockTooLong);
    assert!(
        found.len() == 1 && found[0].text.contains("240 minutes") && found[0].text.contains("has 300"),
        "{found:?}"
    );
}

#[test]
fn a_change_outside_what_was_agreed_is_found() {
    let (mut desk, _, _) = two_nights();
    desk.change("Web", ChangeState::Scheduled, |change| {
        change.window_from_at = Some(at("2026-12-12 20:00"));
        change.window_until_at = Some(at("2026-12-12 23:00"));
    });
    assert_eq!(of(&desk, Kind::OutsideWindow).len(), 1);
    desk.change("Database", ChangeState::Scheduled, |change| {
        change.window_from_at = Some(at("2026-12-12 20:00"));
        change.window_until_at = Some(at("2026-12-12 23:00"));
    });
    assert_eq!(of(&desk, Kind::OutsideWindow).len(), 1, "the second lies inside");
}

#[test]
fn the_third_weekend_in_a_row_names_the_person() {
    let mut desk = Desk::new("Europe/Berlin");
    let (ann, ben) = (desk.person("Ann"), desk.person("Ben"));
    let friday = Recurs::Week { weekday: Day::Friday };
    // From Friday evening into Saturday: that is a weekend.
    desk.window("Web", friday, "21:00", 300).unwrap();
    let monthly = Recurs::Month { nth: 1, weekday: Day::Saturday };
    desk.window("Database", monthly, "20:00", 120).unwrap();
    let (web, db) = (desk.server("WEB1", "Web"), desk.server("DB1", "Database"));
    desk.change_asset(web, |asset| asset.deploy_admin = Some(ann));
    desk.change_asset(db, |asset| asset.deploy_admin = Some(ben));
    let found = of(&desk, Kind::ThirdWeekend);
    assert_eq!((found.len(), found[0].people.as_slice()), (1, [ann].as_slice()));
    assert!(found[0].text.starts_with("Ann works"), "{}", found[0].text);
    let loads = workload(&desk.book, at("2026-12-01 00:00"), at("2027-01-01 00:00"));
    let of_ann = loads.iter().find(|load| load.person == ann).unwrap();
    assert_eq!((of_ann.nights.len(), of_ann.weekends.len(), of_ann.longest_run), (4, 4, 4));
    let of_ben = loads.iter().find(|load| load.person == ben).unwrap();
    assert_eq!((of_ben.nights.len(), of_ben.weekends.as_slice()), (0, [on("2026-12-05")].as_slice()));
}

#[test]
fn a_window_that_ends_at_midnight_before_the_weekend_is_no_weekend() {
    let mut desk = Desk::new("Europe/Berlin");
    let ann = desk.person("Ann");
    desk.window("Web", Recurs::Week { weekday: Day::Friday }, "21:00", 180).unwrap();
    let web = desk.server("WEB1", "Web");
    desk.change_asset(web, |asset| asset.deploy_admin = Some(ann));
    assert!(of(&desk, Kind::ThirdWeekend).is_empty());
}

#[test]
fn too_many_desktops_in_one_night_are_counted_against_the_limit_of_the_shop() {
    let mut desk = Desk::new("Europe/Berlin");
    let friday = desk.after_release(3);
    desk.window("Workstations", friday, "21:00", 300).unwrap();
    let desks: Vec<AssetId> =
        (0..4).map(|n| desk.asset(&format!("WS-{n}"), AssetKind::Workstation, "Workstations")).collect();
    Arc::make_mut(&mut desk.book.practice).desktops_per_night = 3;
    let found = of(&desk, Kind::ManyDesktops);
    assert!(found.len() == 1 && found[0].assets.len() == 4, "{found:?}");
    let change = desk.change("Workstations", ChangeState::Draft, |_| {});
    desk.line(change, desks[0], Some(("2026-12-09 20:00", "2026-12-09 22:00")));
    assert!(of(&desk, Kind::ManyDesktops).is_empty(), "one of them is in a ring of its own");
}

#[test]
fn depth_of_testing_follows_rank_and_platform() {
    use AssetClass::{Server, Workstation};
    for (rank, class, criticality, wanted) in [
        (Rank::Low, Workstation, Criticality::Four, Depth::Light),
        (Rank::Severe, Workstation, Criticality::Three, Depth::Light),
        (Rank::Low, Workstation, Criticality::One, Depth::Standard),
        (Rank::Low, Server, Criticality::Three, Depth::Light),
        (Rank::High, Server, Criticality::Three, Depth::Standard),
        (Rank::Medium, Server, Criticality::Two, Depth::Standard),
        (Rank::High, Server, Criticality::Two, Depth::Rigorous),
        (Rank::Low, Server, Criticality::One, Depth::Rigorous),
    ] {
        assert_eq!(depth(rank, class, criticality), wanted, "{rank:?} {class:?} {criticality:?}");
    }
}

#[test]
fn an_approved_change_with_too_few_tests_is_found() {
    let (mut desk, web, _) = two_nights();
    desk.change_asset(web, |asset| asset.criticality = Criticality::One);
    let change = desk.change("Web", ChangeState::Approved, |change| {
        change.rank = Some(Rank::High);
        change.window_from_at = Some(at("2026-12-11 20:00"));
        change.window_until_at = Some(at("2026-12-11 23:00"));
    });
    desk.line(change, web, None);
    for (id, case) in (1..).zip(["Logon", "Search", "Pay", "Print", "logon"]) {
        desk.book.tests.put(TestResult {
            id: TestResultId(id),
            change,
            line: None,
            stage: TestStage::Before,
            case: case.to_owned(),
            expected: String::new(),
            found: String::new(),
            verdict: TestVerdict::Passed,
            tested_by: None,
            tested_at: desk.now,
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            voided_because: String::new(),
        });
    }
    let found = of(&desk, Kind::ShallowTest);
    assert!(
        found.len() == 1 && found[0].text.contains("4 tests") && found[0].text.contains("at least 5"),
        "{found:?}"
    );
    let mut fifth = desk.book.tests.rows()[4].clone();
    fifth.case = "Restore".to_owned();
    desk.book.tests.put(fifth);
    assert!(of(&desk, Kind::ShallowTest).is_empty());
}

#[test]
fn the_test_period_is_shown_against_the_exposure_and_found_where_it_cannot_show_anything() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    let period = test_period(&desk.book, desk.cycle()).unwrap();
    assert_eq!(period.text(), "tested for 2.9 days, exposed for 3.1 to 11.0 days");
    assert!(of(&desk, Kind::TestPeriod).is_empty());
    let base = desk.step("Deploy to the test");
    let row =
        CycleStep { due_at: at("2026-12-11 15:00"), shifted_because: "No system".to_owned(), ..base.clone() };
    desk.cycle_command(CycleCommand::Step(Box::new(Edit { base: Some(base), row }))).unwrap();
    assert_eq!(of(&desk, Kind::TestPeriod).len(), 1);
}

#[test]
fn an_agreement_that_lapsed_or_was_never_given_is_found() {
    let (mut desk, _, _) = two_nights();
    assert_eq!(of(&desk, Kind::NotAgreed).len(), 2);
    let boss = desk.person("Boss");
    let mut window: MaintenanceWindow = desk.book.windows.rows()[0].clone();
    window.agreed_by = Some(boss);
    window.agreed_on = Some(on("2025-12-01"));
    window.agreed_until_on = Some(on("2026-11-30"));
    desk.book.windows.put(window.clone());
    let found = of(&desk, Kind::AgreementLapsed);
    assert_eq!((found.len(), found[0].people.as_slice()), (1, [boss].as_slice()));
    window.agreed_until_on = None;
    desk.book.windows.put(window);
    assert!(of(&desk, Kind::AgreementLapsed).is_empty());
    assert_eq!(of(&desk, Kind::NotAgreed).len(), 1);
}

#[test]
fn a_group_with_assets_and_no_window_is_found() {
    let (mut desk, _, _) = two_nights();
    desk.server("MAIL1", "E-mail");
    let found = of(&desk, Kind::NoWindow);
    assert!(found.len() == 1 && found[0].text.starts_with("E-mail has 1 asset"), "{found:?}");
}

#[test]
fn a_window_that_a_later_change_of_zone_puts_into_the_gap_is_found() {
    let mut desk = Desk::new("Europe/Berlin");
    let sunday = Recurs::Week { weekday: Day::Sunday };
    desk.window("Web", sunday, "03:30", 60).unwrap();
    let march = |desk: &Desk| {
        let view = View::new(&desk.book, desk.now);
        let found = lint(&view, at("2027-03-01 00:00"), at("2027-04-01 00:00"));
        found.into_iter().filter(|finding| finding.kind == Kind::ClockGap).count()
    };
    assert_eq!(march(&desk), 0);
    // In Athens clocks go from three to four.
    desk.book.shop = Arc::new(patchbook::domain::shop::Shop {
        zone: "Europe/Athens".to_owned(),
        ..(*desk.book.shop).clone()
    });
    assert_eq!(march(&desk), 1);
}

#[test]
fn a_window_in_a_freeze_that_only_warns_is_found() {
    let (mut desk, _, _) = two_nights();
    desk.closure(ClosureKind::Freeze, ClosureEffect::Warn, "2026-12-12", "2026-12-13").unwrap();
    let found = of(&desk, Kind::InClosure);
    assert!(found.len() == 1 && found[0].text.contains("freeze Year end"), "{found:?}");
}

#[test]
fn an_end_before_a_start_is_a_named_finding() {
    let (mut desk, web, _) = two_nights();
    let change = desk.change("Web", ChangeState::Draft, |change| {
        change.window_from_at = Some(at("2026-12-11 22:00"));
        change.window_until_at = Some(at("2026-12-11 21:00"));
    });
    desk.line(change, web, Some(("2026-12-11 22:00", "2026-12-11 22:00")));
    assert_eq!(of(&desk, Kind::WrongOrder).len(), 2);
}

#[test]
fn an_asset_out_of_scope_is_nobodys_business() {
    let (mut desk, web, _) = two_nights();
    let other = desk.server("WEB2", "Web");
    desk.change_asset(web, |asset| asset.partner = Some(other));
    assert_eq!(of(&desk, Kind::ClusterTogether).len(), 1);
    desk.out_of_scope(other);
    assert!(of(&desk, Kind::ClusterTogether).is_empty());
}

impl Desk {
    fn line(&mut self, change: ChangeId, asset: AssetId, window: Option<(&str, &str)>) {
        let id = ChangeLineId(self.ids.next());
        self.book.change_lines.put(ChangeLine {
            ring: 0,
            window_from_at: window.map(|(from, _)| at(from)),
            window_until_at: window.map(|(_, until)| at(until)),
            ..ChangeLine::new(id, change, asset)
        });
    }

    fn change(&mut self, group: &str, state: ChangeState, with: impl FnOnce(&mut ChangeRecord)) -> ChangeId {
        let mut change = ChangeRecord::new(ChangeKind::Normal);
        change.id = ChangeId(self.ids.next());
        change.number = format!("CHG-{}", self.book.changes.len() + 1);
        change.group = Some(self.group(group));
        change.state = state;
        with(&mut change);
        let id = change.id;
        self.book.changes.put(change);
        id
    }

    fn change_asset(&mut self, id: AssetId, change: impl FnOnce(&mut Asset)) {
        let mut asset = self.book.assets.get(id.0).unwrap().clone();
        change(&mut asset);
        self.book.assets.put(asset);
    }
}
