//! What may be put on the calendar, and what becomes of it.

use patchbook::domain::calendar::agenda::{What, agenda};
use patchbook::domain::calendar::closure::{ClosureEffect, ClosureKind};
use patchbook::domain::calendar::expected::{next_release, releases};
use patchbook::domain::calendar::release::{Day, ReleaseOverride, ReleaseOverrideId, ReleaseRule};
use patchbook::domain::calendar::slot::slots;
use patchbook::domain::calendar::window::{MaintenanceWindow, Recurs};
use patchbook::domain::command::{CalendarCommand, Edit};
use patchbook::domain::cycle::CycleKind;
use patchbook::domain::cycle::template::StepWhen;
use patchbook::util::clock::iso;

use super::desk::{Desk, NO_RULE, at, fields, on};

fn names(desk: &Desk, from: &str, to: &str) -> Vec<String> {
    let found = releases(&desk.book, at(from), at(to));
    found
        .iter()
        .map(|r| format!("{} {}", iso(r.place_at().unwrap()).split('T').next().unwrap(), r.vendor))
        .collect()
}

#[test]
fn a_new_register_knows_what_is_released_in_december_2026() {
    let desk = Desk::new("Europe/Berlin");
    assert_eq!(
        names(&desk, "2026-12-01 00:00", "2027-01-01 00:00"),
        [
            "2026-12-02 Cisco",
            "2026-12-08 SAP",
            "2026-12-08 Adobe",
            "2026-12-08 Microsoft",
            "2026-12-15 Oracle",
            "2026-12-16 Cisco",
            "2026-12-22 Adobe",
        ]
    );
}

#[test]
fn rules_hold_between_their_days() {
    let desk = Desk::new("UTC");
    let adobe = |month: &str| {
        let found = releases(
            &desk.book,
            at(&format!("{month}-01 00:00")),
            at(&format!("{month}-28 23:59")) + 3 * 86_400,
        );
        found.into_iter().filter(|r| r.vendor == "Adobe" && r.month == on(&format!("{month}-01"))).count()
    };
    // One in May; in June also the one off its rule; two from July on.
    assert_eq!((adobe("2026-05"), adobe("2026-06"), adobe("2026-07"), adobe("2026-08")), (1, 2, 2, 2));
    let cisco = names(&desk, "2026-03-01 00:00", "2026-04-01 00:00");
    assert!(
        cisco.contains(&"2026-03-25 Cisco".to_owned())
            && cisco.iter().filter(|n| n.contains("Cisco")).count() == 1
    );
    let oracle = names(&desk, "2026-05-01 00:00", "2026-07-31 00:00");
    let oracle: Vec<&String> = oracle.iter().filter(|name| name.contains("Oracle")).collect();
    assert_eq!(oracle, ["2026-05-28 Oracle", "2026-06-16 Oracle", "2026-07-21 Oracle"]);
}

fn moved(desk: &Desk, month: &str, to: Option<i64>, reason: &str) -> CalendarCommand {
    let row = ReleaseOverride {
        id: ReleaseOverrideId(0),
        rule: desk.microsoft().id,
        month: month.to_owned(),
        at: to,
        reason: reason.to_owned(),
        ended_at: None,
    };
    CalendarCommand::Override(Box::new(Edit { base: None, row }))
}

#[test]
fn one_release_may_move_or_fall_out_with_a_reason() {
    let mut desk = Desk::new("UTC");
    let rule = desk.microsoft().clone();
    let next =
        |desk: &Desk, after: &str| iso(next_release(&desk.book, &rule, at(after)).unwrap().at.unwrap());
    assert_eq!(next(&desk, "2026-12-01 00:00"), "2026-12-08T18:00:00Z");
    let command = moved(&desk, "2026-12", Some(at("2026-12-09 18:00")), "Announced late");
    assert_eq!(desk.calendar(command).unwrap(), "Move Microsoft Security updates (B release) in 2026-12");
    assert_eq!(next(&desk, "2026-12-01 00:00"), "2026-12-09T18:00:00Z");
    let again = moved(&desk, "2026-12", None, "twice");
    assert_eq!(fields(&desk.calendar(again).unwrap_err()), ["month"]);
    let drop = moved(&desk, "2027-01", None, "Skipped by the vendor");
    desk.calendar(drop).unwrap();
    assert_eq!(next(&desk, "2026-12-10 00:00"), "2027-02-09T18:00:00Z");
    assert!(
        desk.begin("2027-01").unwrap_err().to_string().contains("dropped in 2027-01: Skipped by the vendor")
    );
    let wrong = moved(&desk, "2027-03", Some(at("2027-07-01 00:00")), "");
    assert_eq!(fields(&desk.calendar(wrong).unwrap_err()), ["reason", "at"]);
    let id = desk.book.release_overrides.rows().last().unwrap().id;
    desk.calendar(CalendarCommand::EndOverride(id)).unwrap();
    assert_eq!(next(&desk, "2026-12-10 00:00"), "2027-01-12T18:00:00Z");
}

#[test]
fn a_rule_says_everything_that_is_wrong_with_it_at_once() {
    let mut desk = Desk::new("UTC");
    let row = ReleaseRule {
        vendor: " ".to_owned(),
        nth: 6,
        months: vec![13],
        time: "25:00".to_owned(),
        zone: "Mars/Olympus".to_owned(),
        from_on: Some(on("2026-02-01")),
        until_on: Some(on("2026-01-01")),
        source: String::new(),
        ..desk.microsoft().clone()
    };
    let issues = desk.calendar(CalendarCommand::Release(Box::new(Edit { base: None, row }))).unwrap_err();
    assert_eq!(fields(&issues), ["vendor", "source", "nth", "months", "time", "zone", "until_on"]);
}

#[test]
fn a_rule_that_others_count_from_stays() {
    let mut desk = Desk::new("UTC");
    let rule = desk.microsoft().id;
    let text = desk.calendar(CalendarCommand::EndRelease(rule)).unwrap_err().to_string();
    assert!(text.contains("template The month"), "{text}");
    let oracle = desk.book.release_rules.rows().iter().find(|rule| rule.vendor == "SAP").unwrap().id;
    desk.calendar(CalendarCommand::EndRelease(oracle)).unwrap();
    assert!(!names(&desk, "2026-12-01 00:00", "2027-01-01 00:00").iter().any(|name| name.contains("SAP")));
}

#[test]
fn a_window_in_the_gap_of_a_clock_change_is_a_named_error() {
    let mut desk = Desk::new("Europe/Berlin");
    let sundays = Recurs::Week { weekday: Day::Sunday };
    let issues = desk.window("Web", sundays.clone(), "02:30", 120).unwrap_err();
    assert_eq!(fields(&issues), ["start"]);
    assert!(issues.to_string().contains("02:30 does not exist on Sun 28 Mar 2027"), "{issues}");
    assert!(desk.window("Web", sundays, "03:00", 120).is_ok());
    assert!(desk.window("Web", Recurs::Week { weekday: Day::Saturday }, "02:30", 120).is_ok());
}

#[test]
fn a_window_ends_after_it_begins_and_follows_a_release_that_exists() {
    let mut desk = Desk::new("Europe/Berlin");
    let friday = desk.after_release(3);
    assert_eq!(fields(&desk.window("Web", friday, "21:00", 0).unwrap_err()), ["minutes"]);
    assert_eq!(
        fields(&desk.window("Web", Recurs::Release { rule: NO_RULE, days: 60 }, "9 pm", 60).unwrap_err()),
        ["start", "recurs", "recurs"]
    );
    let base_fields = |change: &dyn Fn(&mut MaintenanceWindow)| {
        let mut desk = Desk::new("Europe/Berlin");
        let recurs = desk.after_release(3);
        desk.window("Web", recurs, "21:00", 300).unwrap();
        let base = desk.book.windows.rows()[0].clone();
        let mut row = base.clone();
        change(&mut row);
        fields(&desk.calendar(CalendarCommand::Window(Box::new(Edit { base: Some(base), row }))).unwrap_err())
    };
    assert_eq!(base_fields(&|w| w.agreed_on = Some(on("2026-11-01"))), ["agreed_by"]);
    assert_eq!(base_fields(&|w| w.evidence_name = "mail.eml".to_owned()), ["evidence_name"]);
    assert_eq!(base_fields(&|w| w.zone = "Nowhere".to_owned()), ["zone"]);
}

#[test]
fn windows_open_where_the_agreement_says_and_move_with_a_freeze() {
    let mut desk = Desk::new("Europe/Berlin");
    let friday = desk.after_release(3);
    desk.window("Web", friday, "21:00", 300).unwrap();
    let december = |desk: &Desk| slots(&desk.book, at("2026-12-01 00:00"), at("2027-01-01 00:00"));
    let found = december(&desk);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].from_at, found[0].until_at), (at("2026-12-11 20:00"), at("2026-12-12 01:00")));
    desk.closure(ClosureKind::Freeze, ClosureEffect::Later, "2026-12-10", "2026-12-13").unwrap();
    let found = december(&desk);
    assert_eq!((found[0].planned_on, found[0].on), (on("2026-12-11"), on("2026-12-14")));
    assert_eq!(found[0].shifted_because, "shifted by freeze Year end");
}

#[test]
fn a_closure_of_one_group_leaves_the_others_alone_and_comes_back_every_year() {
    let mut desk = Desk::new("Europe/Berlin");
    for group in ["Web", "Database"] {
        desk.window(group, Recurs::Month { nth: -1, weekday: Day::Saturday }, "20:00", 240).unwrap();
    }
    desk.closure(ClosureKind::Freeze, ClosureEffect::Earlier, "2026-12-24", "2027-01-02").unwrap();
    let base = desk.book.closures.rows()[0].clone();
    let mut row = base.clone();
    row.groups = vec![desk.group("Database")];
    row.yearly = true;
    desk.calendar(CalendarCommand::Closure(Box::new(Edit { base: Some(base), row }))).unwrap();
    for (from, to, web, database) in [
        ("2026-12-01 00:00", "2026-12-31 00:00", "2026-12-26", "2026-12-23"),
        ("2027-12-01 00:00", "2027-12-31 00:00", "2027-12-25", "2027-12-23"),
    ] {
        let found = slots(&desk.book, at(from), at(to));
        let day = |group: &str| found.iter().find(|slot| slot.group == desk.group(group)).unwrap().on;
        assert_eq!((day("Web"), day("Database")), (on(web), on(database)));
    }
}

#[test]
fn a_holiday_that_ends_before_it_begins_is_refused() {
    let mut desk = Desk::new("UTC");
    let issues =
        desk.closure(ClosureKind::Holiday, ClosureEffect::Warn, "2026-12-26", "2026-12-24").unwrap_err();
    assert_eq!(fields(&issues), ["until_on"]);
}

#[test]
fn a_template_is_refused_step_by_step() {
    let mut desk = Desk::new("UTC");
    let base = desk.template(CycleKind::Monthly).clone();
    let mut row = base.clone();
    row.release = None;
    row.steps[0].title = " ".to_owned();
    row.steps[1].when = StepWhen::Days { days: 46, time: "24:00".to_owned() };
    let issues = desk
        .calendar(CalendarCommand::Template(Box::new(Edit { base: Some(base.clone()), row })))
        .unwrap_err();
    let text = issues.to_string();
    assert!(
        text.contains("Choose the release")
            && text.contains("Step 1:")
            && text.matches("Step 2:").count() == 2,
        "{text}"
    );
    let mut row = base.clone();
    row.steps.truncate(5);
    assert!(desk.calendar(CalendarCommand::Template(Box::new(Edit { base: Some(base), row }))).is_ok());
}

#[test]
fn the_agenda_holds_everything_in_order_and_its_keys_outlive_a_move() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    let friday = desk.after_release(3);
    desk.window("Web", friday, "21:00", 300).unwrap();
    desk.closure(ClosureKind::Holiday, ClosureEffect::Warn, "2026-12-24", "2026-12-26").unwrap();
    let read = |desk: &Desk| agenda(&desk.book, at("2026-12-01 00:00"), at("2027-01-01 00:00"));
    let items = read(&desk);
    assert!(items.windows(2).all(|pair| pair[0].from_at <= pair[1].from_at));
    let count = |what: What| items.iter().filter(|item| item.what == what).count();
    assert_eq!(
        (count(What::Release), count(What::Window), count(What::Closure), count(What::Step)),
        (7, 1, 1, 16)
    );
    let keys = |items: &[patchbook::domain::calendar::agenda::Item]| {
        items.iter().map(|item| item.key.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(keys(&items).len(), items.len(), "keys are told apart");
    desk.calendar(moved(&desk, "2026-12", Some(at("2026-12-10 18:00")), "Late")).unwrap();
    desk.closure(ClosureKind::Freeze, ClosureEffect::Earlier, "2026-12-13", "2026-12-14").unwrap();
    let after = read(&desk);
    let release = |items: &[patchbook::domain::calendar::agenda::Item]| {
        items.iter().find(|item| item.title.contains("B release")).unwrap().clone()
    };
    assert_eq!(release(&items).key, release(&after).key);
    assert!(release(&after).from_at > release(&items).from_at);
}
