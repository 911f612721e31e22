//! Who holds which role: nobody by accident, nobody after they left.

use patchbook::domain::command::{Command, Edit, RoleCommand};
use patchbook::domain::person::{is_there, last_day};
use patchbook::domain::role::leaving::left_behind;
use patchbook::domain::role::{Assignment, Part, deputy_on, holders_on, holds, role_holder_on};

use super::{day, new, shop};

#[test]
fn a_new_register_has_nine_roles_and_nobody_in_them() {
    let shop = shop();
    let codes: Vec<&str> = shop.book.roles.rows().iter().map(|role| role.code.as_str()).collect();
    assert_eq!(codes, ["PC", "PA", "SS", "AS", "QA", "SM", "AU", "BA", "ISO"]);
    assert!(shop.book.roles.rows().iter().all(|role| !role.responsibility.is_empty()));
    assert_eq!(role_holder_on(&shop.book, "PC", day("2026-11-23")), None);
    assert_eq!(shop.book.practice.id, 1);
}

#[test]
fn a_role_is_held_from_its_first_day_to_its_last() {
    let mut shop = shop();
    let row = shop.assign("PC", shop.ines, Part::Holder, "2026-11-01");
    let ends = Assignment { until_on: Some(day("2026-11-30")), ..row.clone() };
    let label = shop.role(RoleCommand::Assign(Box::new(Edit { base: Some(row), row: ends })));
    assert_eq!(label, "End Patching coordinator for Ines Hartmann on Mon 30 Nov 2026");
    for (on, held) in
        [("2026-10-31", false), ("2026-11-01", true), ("2026-11-30", true), ("2026-12-01", false)]
    {
        assert_eq!(holds(&shop.book, shop.ines, "pc", day(on)), held, "{on}");
    }
}

#[test]
fn an_end_before_the_start_is_refused_under_its_field() {
    let shop = shop();
    let row = Assignment {
        until_on: Some(day("2026-10-31")),
        ..shop.assignment("PC", shop.ines, Part::Holder, "2026-11-01")
    };
    let issues = shop.refused(Command::Role(new(row)));
    assert_eq!(
        issues,
        [(
            "until_on",
            "The last day lies before the first, Sun 1 Nov 2026. Choose Sun 1 Nov 2026 or later.".to_owned()
        )]
    );
}

#[test]
fn two_hold_one_role_only_with_a_reason() {
    let mut shop = shop();
    shop.assign("AS", shop.ines, Part::Holder, "2026-11-01");
    let second = shop.assignment("AS", shop.tomasz, Part::Holder, "2026-11-15");
    let issues = shop.refused(Command::Role(new(second.clone())));
    assert_eq!(issues[0].0, "reason");
    assert!(issues[0].1.contains("Ines Hartmann holds Application support from Sun 1 Nov 2026"));
    shop.role(new(Assignment { reason: "One each for ERP and mail".to_owned(), ..second }));
    assert_eq!(holders_on(&shop.book, "AS", day("2026-11-20")), [shop.ines, shop.tomasz]);
    assert_eq!(role_holder_on(&shop.book, "AS", day("2026-11-20")), Some(shop.ines), "the longest first");
}

#[test]
fn nobody_is_their_own_deputy() {
    let mut shop = shop();
    shop.assign("PC", shop.ines, Part::Holder, "2026-11-01");
    let own = shop.assignment("PC", shop.ines, Part::Deputy, "2026-12-01");
    assert!(shop.refused(Command::Role(new(own)))[0].1.contains("nobody is their own deputy"));
    shop.assign("PC", shop.tomasz, Part::Deputy, "2026-11-01");
    assert_eq!(deputy_on(&shop.book, "PC", day("2026-11-23")), Some(shop.tomasz));
    assert!(!holds(&shop.book, shop.tomasz, "PC", day("2026-11-23")));
}

#[test]
fn a_hand_over_ends_one_and_begins_the_next_in_one_step() {
    let mut shop = shop();
    shop.assign("PC", shop.ines, Part::Holder, "2026-01-01");
    shop.assign("PC", shop.tomasz, Part::Deputy, "2026-01-01");
    let (role, to, on) = (shop.coded("PC"), shop.tomasz, day("2026-12-01"));
    let before = shop.book.assignments.len();
    let label = shop.role(RoleCommand::HandOver { role, to, on, reason: "Now with operations".to_owned() });
    assert_eq!(label, "Hand Patching coordinator over to Tomasz Lis from Tue 1 Dec 2026");
    assert_eq!(shop.book.assignments.len(), before + 1);
    assert_eq!(holders_on(&shop.book, "PC", day("2026-11-30")), [shop.ines]);
    assert_eq!(holders_on(&shop.book, "PC", on), [shop.tomasz]);
    assert_eq!(deputy_on(&shop.book, "PC", on), None, "the new holder is nobody's deputy");
    let again = RoleCommand::HandOver { role, to, on: day("2026-12-05"), reason: String::new() };
    assert!(shop.refused(Command::Role(again))[0].1.contains("already holds it"));
    let vacant = RoleCommand::HandOver { role: shop.coded("AU"), to, on, reason: String::new() };
    assert!(shop.refused(Command::Role(vacant))[0].1.contains("Assign it instead"));
}

#[test]
fn whoever_leaves_holds_nothing_after_and_cannot_be_named_again() {
    let mut shop = shop();
    shop.assign("PC", shop.ines, Part::Holder, "2026-01-01");
    shop.assign("AU", shop.ines, Part::Holder, "2027-01-01");
    shop.assign("AS", shop.tomasz, Part::Holder, "2026-01-01");
    let (who, on) = (shop.ines, day("2026-11-30"));
    let left = left_behind(&shop.book, who, on);
    assert_eq!(left.vacant, [shop.coded("PC"), shop.coded("AU")]);
    assert_eq!(left.lines(&shop.book), ["2 roles without a holder: Patching coordinator; Patching auditor"]);
    shop.role(RoleCommand::Leave { person: who, on });
    assert_eq!(last_day(&shop.book, who), Some(on));
    assert!(holds(&shop.book, who, "PC", on) && !holds(&shop.book, who, "PC", day("2026-12-01")));
    assert!(!holds(&shop.book, who, "AU", day("2027-01-02")), "what was to come never begins");
    assert!(is_there(&shop.book, who, on) && !is_there(&shop.book, who, day("2026-12-01")));
    let late = shop.assignment("QA", who, Part::Holder, "2026-12-01");
    let issues = shop.refused(Command::Role(new(late)));
    assert_eq!(
        issues[0].1,
        "Ines Hartmann left on Mon 30 Nov 2026: choose somebody who is there after that."
    );
    let until_then = shop.assignment("QA", who, Part::Holder, "2026-11-24");
    assert_eq!(shop.refused(Command::Role(new(until_then)))[0].0, "until_on");
    assert!(shop.refused(Command::Role(RoleCommand::Leave { person: who, on }))[0].1.contains("already"));
    shop.role(RoleCommand::Return(who));
    shop.assign("QA", who, Part::Holder, "2026-12-01");
}

#[test]
fn three_hats_hold_every_role() {
    let mut shop = shop();
    shop.assign("PC", shop.milan, Part::Holder, "2026-01-01");
    shop.assign("BA", shop.ines, Part::Deputy, "2026-01-01");
    let on = day("2026-12-01");
    let same = RoleCommand::Hats { does: shop.ines, approves: shop.ines, looks_over: shop.ruth, on };
    assert_eq!(shop.refused(Command::Role(same))[0].0, "approves");
    shop.role(RoleCommand::Hats { does: shop.ines, approves: shop.ruth, looks_over: shop.ruth, on });
    assert!(shop.book.practice.hats);
    for (code, who) in [
        ("PC", shop.ines),
        ("PA", shop.ines),
        ("QA", shop.ines),
        ("BA", shop.ruth),
        ("ISO", shop.ruth),
        ("AU", shop.ruth),
    ] {
        assert_eq!(holders_on(&shop.book, code, on), [who], "{code}");
    }
    assert_eq!(holders_on(&shop.book, "PC", day("2026-11-30")), [shop.milan]);
    let rows = shop.book.assignments.len();
    let again = RoleCommand::Hats {
        does: shop.ines,
        approves: shop.ruth,
        looks_over: shop.ruth,
        on: day("2027-01-01"),
    };
    shop.role(again);
    assert_eq!(shop.book.assignments.len(), rows, "who holds it keeps it");
}

#[test]
fn a_register_of_an_older_format_is_given_the_usual_roles_once() {
    let mut shop = shop();
    assert!(shop.refused(Command::Role(RoleCommand::Begin))[0].1.contains("already has roles"));
    shop.book = patchbook::domain::book::Book::default();
    shop.role(RoleCommand::Begin);
    assert_eq!((shop.book.roles.len(), shop.book.activities.len()), (9, 24));
    assert_eq!(shop.book.practice.id, 1);
}
