//! A changed deadline waits until the policy that states it is ratified.

use patchbook::domain::command::{Command, DeadlineCommand};
use patchbook::domain::deadline::DeadlineRule;
use patchbook::domain::document::DocumentVersion;
use patchbook::domain::rating::Rank;
use patchbook::domain::ruleset::standing::{
    change_text, in_force, pending, policy_ratified, proposed_rules, proposed_sets, ratification_text,
};
use patchbook::domain::ruleset::{Filled, PendingKind, SetScope, Settled};

use super::rig::{Rig, day, end, two};
use crate::compliance::maker::at;

fn rig() -> Rig {
    Rig::new(two(at(11, 10, 18), 14).finish())
}

fn stricter(rig: &Rig) -> (DeadlineRule, Command) {
    let old = rig.book.rules.rows()[0].clone();
    let rule = DeadlineRule { amount: 7, source: "policy 2".to_owned(), ..old.clone() };
    (old.clone(), Command::SaveRule { replaces: Some(old.id), rule })
}

fn ratify(rig: &mut Rig, version: &DocumentVersion, now: i64) {
    rig.ratify(version, now).expect("ratified");
}

fn withdraw(rig: &mut Rig, now: i64) {
    let id = pending(&rig.book)[0].id;
    rig.run(now, Command::Deadline(DeadlineCommand::Withdraw(id))).expect("withdrawn");
}

#[test]
fn before_any_policy_was_ratified_a_change_holds_at_once_and_is_called_not_ratified() {
    let mut rig = rig();
    rig.submitted_policy(at(10, 1, 0));
    assert!(!policy_ratified(&rig.book));
    let (_, command) = stricter(&rig);
    rig.run(at(11, 1, 0), command).expect("changed");
    rig.adopt("ce-3.3", at(11, 1, 0));
    assert!(pending(&rig.book).is_empty());
    assert_eq!(in_force(&rig.book, at(11, 2, 0)).len(), 1);
    assert_eq!(rig.due(at(11, 12, 0)), (Some(end(11, 17)), "policy 2".to_owned()));
    assert!(ratification_text(&rig.book).starts_with("Not ratified"));
}

#[test]
fn once_a_policy_was_ratified_nothing_changes_until_the_next_one() {
    let mut rig = rig();
    rig.ratified_policy(at(10, 1, 0));
    let (_, command) = stricter(&rig);
    let said = rig.run(at(11, 1, 0), command).expect("proposed").label;
    assert!(said.starts_with("Propose: Change a deadline"), "{said}");
    rig.adopt("ce-3.3", at(11, 1, 0));
    assert_eq!(rig.due(at(11, 12, 0)), (Some(end(11, 24)), "policy".to_owned()));
    assert!(in_force(&rig.book, at(11, 12, 0)).is_empty());
    assert_eq!(pending(&rig.book).len(), 2);
    assert!(change_text(&rig.book, pending(&rig.book)[0]).contains("becomes"));
    assert!(!ratification_text(&rig.book).starts_with("Not ratified"));
    // A policy that is written now states what shall be.
    let stated = proposed_rules(&rig.book, at(11, 2, 0));
    assert_eq!((stated.len(), stated[0].amount), (1, 7));
    assert_eq!(proposed_sets(&rig.book, at(11, 2, 0)).len(), 1);
}

#[test]
fn ratifying_brings_into_force_what_was_proposed_before_that_version_was_submitted() {
    let mut rig = rig();
    rig.ratified_policy(at(10, 1, 0));
    let (old, command) = stricter(&rig);
    rig.run(at(11, 1, 0), command).expect("proposed");
    let version = rig.submitted_policy(at(11, 2, 0));
    rig.adopt("ce-3.3", at(11, 3, 0));
    ratify(&mut rig, &version, at(11, 5, 0));
    let before = rig.book.rules.get(old.id.0).expect("the old rule");
    assert_eq!(before.until_at, Some(at(11, 5, 0)));
    let now = rig.book.rules.rows().last().expect("the new rule");
    assert_eq!((now.amount, now.from_at, now.until_at), (7, at(11, 5, 0), None));
    assert_eq!(rig.due(at(11, 12, 0)), (Some(end(11, 17)), "policy 2".to_owned()));
    let rows = rig.book.pending_rules.rows();
    assert_eq!(rows[0].settled, Settled::InForce);
    assert_eq!((rows[0].version, rows[0].settled_at), (Some(version.id), Some(at(11, 5, 0))));
    assert_eq!(
        (rows[1].kind, rows[1].settled),
        (PendingKind::Adopt, Settled::Open),
        "proposed too late for it"
    );
    let next = rig.submitted_policy(at(11, 6, 0));
    ratify(&mut rig, &next, at(11, 7, 0));
    assert_eq!(in_force(&rig.book, at(11, 8, 0)).len(), 1);
    assert!(pending(&rig.book).is_empty());
}

#[test]
fn a_policy_is_in_force_from_no_later_day_and_a_day_that_has_passed_reaches_back_to_nothing() {
    let mut rig = rig();
    rig.ratified_policy(at(10, 1, 0));
    let (_, command) = stricter(&rig);
    rig.run(at(11, 1, 0), command).expect("proposed");
    let version = rig.submitted_policy(at(11, 2, 0));
    let said = rig.ratify_from(&version, at(11, 13, 0), day(11, 14)).expect_err("refused").to_string();
    assert!(said.contains("come into force with the ratification"), "{said}");
    rig.ratify_from(&version, at(11, 13, 0), day(11, 2)).expect("ratified");
    assert_eq!(rig.book.rules.rows().last().expect("the new rule").from_at, at(11, 13, 0));
    assert_eq!(rig.due(at(11, 14, 0)), (Some(end(11, 24)), "policy".to_owned()), "released before it");
}

/// What a version is refused for.
fn unsaid(rig: &mut Rig, version: &DocumentVersion, now: i64) -> String {
    rig.ratify(version, now).expect_err("it states something else").to_string()
}

#[test]
fn a_version_is_not_ratified_once_what_it_states_was_withdrawn() {
    let mut rig = rig();
    rig.ratified_policy(at(10, 1, 0));
    let (_, command) = stricter(&rig);
    rig.run(at(11, 1, 0), command).expect("proposed");
    let version = rig.submitted_policy(at(11, 2, 0));
    withdraw(&mut rig, at(11, 3, 0));
    let said = unsaid(&mut rig, &version, at(11, 4, 0));
    assert!(said.contains("deadlines (Deadlines") && said.contains("submit a new version"), "{said}");
    assert_eq!(rig.due(at(11, 12, 0)).1, "policy");
    let version = rig.submitted_policy(at(11, 4, 0));
    ratify(&mut rig, &version, at(11, 5, 0));
}

#[test]
fn the_first_policy_is_not_ratified_over_a_deadline_that_changed_after_it_was_submitted() {
    let mut rig = rig();
    let version = rig.submitted_policy(at(10, 1, 0));
    let (_, command) = stricter(&rig);
    rig.run(at(11, 1, 0), command).expect("changed at once");
    assert!(unsaid(&mut rig, &version, at(11, 2, 0)).contains("deadlines"));
    rig.adopt("ce-3.3", at(11, 2, 0));
    let version = rig.submitted_policy(at(11, 3, 0));
    ratify(&mut rig, &version, at(11, 4, 0));
    assert!(policy_ratified(&rig.book));
}

#[test]
fn a_change_that_came_back_into_the_time_before_a_version_was_submitted_is_not_brought_into_force() {
    let mut rig = rig();
    rig.ratified_policy(at(10, 1, 0));
    let (_, command) = stricter(&rig);
    let proposed = rig.run(at(11, 1, 0), command).expect("proposed").changes;
    let mut without = rig.book.pending_rules.rows()[0].clone();
    without.settled = Settled::Withdrawn;
    rig.book.pending_rules.put(without);
    let version = rig.submitted_policy(at(11, 2, 0));
    assert!(rig.book.apply(&proposed).expect("rows"), "as a redo of the proposal would have it");
    assert!(unsaid(&mut rig, &version, at(11, 3, 0)).contains("deadlines"));
    let silent = DocumentVersion { stated: Vec::new(), ..version };
    rig.book.versions.put(silent.clone());
    let said = unsaid(&mut rig, &silent, at(11, 3, 0));
    assert!(said.contains("becomes"), "a text that states no deadlines brings none: {said}");
}

#[test]
fn there_is_never_a_second_deadline_for_one_rank_class_and_exposure() {
    let mut rig = rig();
    let (old, _) = stricter(&rig);
    let second = DeadlineRule { amount: 30, source: "own".to_owned(), ..old.clone() };
    let add = Command::SaveRule { replaces: None, rule: second.clone() };
    let said = rig.run(at(10, 1, 0), add.clone()).expect_err("a second one").to_string();
    assert!(said.contains("already") && said.contains("Change that one"), "{said}");
    let other = DeadlineRule { rank: Rank::Low, ..second.clone() };
    rig.run(at(10, 1, 0), Command::SaveRule { replaces: None, rule: other.clone() }).expect("another rank");
    let low = rig.book.rules.rows()[1].id;
    let moved = Command::SaveRule { replaces: Some(low), rule: second.clone() };
    assert!(rig.run(at(10, 1, 1), moved).expect_err("onto the first").to_string().contains("already"));

    rig.ratified_policy(at(10, 2, 0));
    rig.run(at(11, 1, 0), add.clone()).expect_err("beside a ratified policy neither");
    rig.run(at(11, 1, 0), Command::EndRule(old.id)).expect("proposed");
    rig.run(at(11, 1, 1), add.clone()).expect("in the place of what ends");
    rig.run(at(11, 1, 2), add).expect_err("and no second proposal");
    let end = pending(&rig.book)[0].id;
    let said = rig
        .run(at(11, 1, 3), Command::Deadline(DeadlineCommand::Withdraw(end)))
        .expect_err("first the other");
    assert!(said.to_string().contains("Withdraw that change first"), "{said}");
    let version = rig.submitted_policy(at(11, 2, 0));
    ratify(&mut rig, &version, at(11, 3, 0));
    let live = rig.book.rules.iter().filter(|rule| rule.rank == old.rank && rule.until_at.is_none()).count();
    assert_eq!(live, 1);
    let again =
        Command::SaveRule { replaces: Some(old.id), rule: DeadlineRule { rank: Rank::Medium, ..old } };
    let said = rig.run(at(11, 4, 0), again).expect_err("it was ended").to_string();
    assert!(said.contains("replaced or ended already"), "{said}");
}

#[test]
fn leaving_a_set_and_ending_a_rule_wait_too() {
    let mut rig = rig();
    let set = rig.adopt("ce-3.3", at(9, 1, 0));
    let low = DeadlineRule { rank: Rank::Low, ..rig.book.rules.rows()[0].clone() };
    rig.run(at(9, 1, 0), Command::SaveRule { replaces: None, rule: low }).expect("a policy states some");
    rig.ratified_policy(at(10, 1, 0));
    let drop = Command::Deadline(DeadlineCommand::Drop { set, reason: "The customer left".to_owned() });
    rig.run(at(11, 1, 0), drop.clone()).expect("proposed");
    let end_rule = Command::EndRule(rig.book.rules.rows()[0].id);
    rig.run(at(11, 1, 0), end_rule.clone()).expect("proposed");
    assert_eq!(in_force(&rig.book, at(11, 2, 0)).len(), 1);
    assert_eq!(rig.book.rules.rows()[0].until_at, None);
    for twice in [drop, end_rule] {
        let said = rig.run(at(11, 1, 1), twice).expect_err("proposed already").to_string();
        assert!(said.contains("Withdraw"), "{said}");
    }
    let version = rig.submitted_policy(at(11, 2, 0));
    ratify(&mut rig, &version, at(11, 3, 0));
    assert!(in_force(&rig.book, at(11, 4, 0)).is_empty());
    assert_eq!(rig.book.rules.rows()[0].until_at, Some(at(11, 3, 0)));
    assert_eq!(rig.due(at(11, 12, 0)).1, "no rule");
}

#[test]
fn what_is_withdrawn_never_comes_into_force() {
    let mut rig = rig();
    rig.ratified_policy(at(10, 1, 0));
    let (_, command) = stricter(&rig);
    rig.run(at(11, 1, 0), command.clone()).expect("proposed");
    withdraw(&mut rig, at(11, 1, 1));
    rig.adopt("ce-3.3", at(11, 1, 2));
    withdraw(&mut rig, at(11, 1, 3));
    let version = rig.submitted_policy(at(11, 2, 0));
    ratify(&mut rig, &version, at(11, 3, 0));
    assert_eq!(rig.due(at(11, 12, 0)).1, "policy");
    assert!(in_force(&rig.book, at(11, 12, 0)).is_empty());
    rig.run(at(11, 4, 0), command).expect("it may be proposed anew");
    rig.adopt("ce-3.3", at(11, 4, 0));
}

#[test]
fn another_document_ratifies_no_deadline() {
    let mut rig = rig();
    rig.ratified_policy(at(10, 1, 0));
    let (_, command) = stricter(&rig);
    rig.run(at(11, 1, 0), command).expect("proposed");
    let version = rig.submitted_policy(at(11, 2, 0));
    let mut document = rig.book.documents.rows()[0].clone();
    document.key = "procedure".to_owned();
    rig.book.documents.put(document);
    ratify(&mut rig, &version, at(11, 3, 0));
    assert_eq!(pending(&rig.book).len(), 1);
}

#[test]
fn an_adoption_that_lacks_something_says_everything_at_once() {
    let mut rig = rig();
    let binds = SetScope { groups: vec![patchbook::domain::group::GroupId(5)], ..SetScope::default() };
    let filled = Filled { clock: Some(patchbook::domain::ruleset::SetClock::Release), times: Vec::new() };
    let command = DeadlineCommand::Adopt {
        key: "ce-3.3".to_owned(),
        binds,
        filled,
        reason: " ".to_owned(),
        case: Some(patchbook::domain::case::BusinessCaseId(5)),
    };
    let issues = rig.run(at(11, 1, 0), Command::Deadline(command)).expect_err("refused").0;
    let fields: Vec<&str> = issues.iter().map(|issue| issue.field).collect();
    assert_eq!(fields, ["reason", "binds", "case", "clock"]);
    rig.adopt("ce-3.3", at(11, 1, 0));
    let twice = rig.adopt_with("ce-3.3", at(11, 1, 1), SetScope::default(), Filled::default());
    assert!(twice.expect_err("adopted already").to_string().contains("in force"));
    let servers =
        SetScope { classes: vec![patchbook::domain::asset::AssetClass::Server], ..SetScope::default() };
    rig.adopt_with("ce-3.3", at(11, 1, 1), servers, Filled::default()).expect("for other assets it may");
}

#[test]
fn a_past_directive_cannot_be_left_because_it_left_by_itself() {
    let mut rig = rig();
    let set = rig.adopt("bod-22-01", at(11, 1, 0));
    let drop = DeadlineCommand::Drop { set, reason: "Old".to_owned() };
    let said = rig.run(at(11, 2, 0), Command::Deadline(drop)).expect_err("refused").to_string();
    assert!(said.contains("by itself"), "{said}");
}
