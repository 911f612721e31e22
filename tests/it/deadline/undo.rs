//! No undo moves a deadline beside a ratified policy, and before one an undo stays as free as it was.

use std::path::Path;
use std::sync::Arc;

use patchbook::app::{Context, Engine};
use patchbook::domain::command::{Command, DeadlineCommand, Decision, DocumentCommand, ImportRows};
use patchbook::domain::deadline::DeadlineRule;
use patchbook::domain::month::{Seal, SealId, SealInputs, SealOutputs};
use patchbook::domain::row::RowChange;
use patchbook::domain::shop::Shop;
use patchbook::domain::undo::{Reversal, refusals, stands};
use patchbook::util::clock::Clock;
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

use super::rig::{Rig, two};
use crate::compliance::maker::at;

fn inverse(decision: &Decision) -> Vec<RowChange> {
    decision.changes.iter().rev().cloned().map(RowChange::inverse).collect()
}

/// Why an operation of an instant is not taken back at another, and what to do instead; empty where it is.
fn refused(rig: &Rig, changes: &[RowChange], recorded_at: i64, now_at: i64) -> String {
    let found = refusals(&rig.book, Reversal { changes, recorded_at, now_at }).expect("rows");
    found.iter().map(|refusal| format!("{}: {}", refusal.text, refusal.hint)).collect::<Vec<_>>().join("\n")
}

fn stricter(rig: &Rig) -> Command {
    let old = rig.book.rules.rows()[0].clone();
    let rule = DeadlineRule { amount: 7, source: "policy 2".to_owned(), ..old.clone() };
    Command::SaveRule { replaces: Some(old.id), rule }
}

fn seal(rig: &mut Rig, sealed_at: i64) {
    rig.book.seals.put(Seal {
        id: SealId(1),
        month: "2026-11".to_owned(),
        number: 1,
        as_of_at: sealed_at - 86_400,
        sealed_at,
        sealed_by: "Ada".to_owned(),
        definitions: String::new(),
        program: String::new(),
        inputs: SealInputs::default(),
        outputs: SealOutputs::default(),
        answered: Vec::new(),
        judgement: String::new(),
        restates: None,
        reason: String::new(),
        approved_by: String::new(),
        sha256: String::new(),
    });
}

#[test]
fn before_any_policy_was_ratified_a_deadline_is_undone_until_a_month_was_sealed_under_it() {
    let mut rig = Rig::new(two(at(11, 10, 18), 14).finish());
    let command = stricter(&rig);
    let changed = rig.run(at(11, 1, 0), command).expect("changed");
    assert!(!stands(&rig.book, &changed.changes));
    let changes = inverse(&changed);
    assert_eq!(refused(&rig, &changes, at(11, 1, 0), at(11, 20, 0)), "");
    seal(&mut rig, at(12, 1, 9));
    let said = refused(&rig, &changes, at(11, 1, 0), at(12, 2, 0));
    assert!(said.contains("2026-11 was sealed") && said.contains("Set the deadline anew"), "{said}");
}

#[test]
fn beside_a_ratified_policy_neither_a_deadline_nor_what_waits_is_undone_and_the_way_is_named() {
    let mut rig = Rig::new(two(at(11, 10, 18), 14).finish());
    let command = stricter(&rig);
    let set = rig.run(at(10, 1, 0), command).expect("changed");
    let due = rig.due(at(11, 12, 0));
    rig.ratified_policy(at(10, 2, 0));
    let said = refused(&rig, &inverse(&set), at(10, 1, 0), at(10, 1, 1));
    assert!(said.contains("ratified") && said.contains("Propose the change"), "{said}");
    assert_eq!(rig.due(at(11, 12, 0)), due);

    let command = Command::EndRule(rig.book.rules.rows()[1].id);
    let proposed = rig.run(at(11, 1, 0), command).expect("proposed");
    assert!(stands(&rig.book, &proposed.changes));
    let said = refused(&rig, &inverse(&proposed), at(11, 1, 0), at(11, 1, 1));
    assert!(said.contains("Withdraw the change"), "{said}");
    let id = rig.book.pending_rules.rows()[0].id;
    let withdrawn =
        rig.run(at(11, 1, 2), Command::Deadline(DeadlineCommand::Withdraw(id))).expect("withdrawn");
    let said = refused(&rig, &inverse(&withdrawn), at(11, 1, 2), at(11, 1, 3));
    assert!(said.contains("Propose the change anew"), "{said}");

    let mut estimated = rig.book.pending_rules.rows()[0].clone();
    estimated.case = Some(patchbook::domain::case::BusinessCaseId(3));
    let estimate =
        RowChange::update(&rig.book.pending_rules.rows()[0].clone(), &estimated).expect("a change");
    assert!(!stands(&rig.book, std::slice::from_ref(&estimate)));
    assert_eq!(refused(&rig, &[estimate], at(11, 1, 2), at(11, 20, 0)), "", "an estimate moves nothing");
}

fn context(now: i64) -> Context {
    Context {
        actor: "Ada".to_owned(),
        site: "test".to_owned(),
        clock: Clock::Fixed(now),
        ids: Arc::new(Ids::seeded(9)),
        backups: None,
    }
}

fn register(folder: &Path) -> Engine {
    let shop = Shop { name: "Example".to_owned(), ..Shop::default() };
    Engine::create(&folder.join("shop.patchbook"), shop, context(at(10, 1, 9))).expect("a register")
}

/// Runs a command an hour after the one before; answers which operation it was.
fn run(engine: &mut Engine, command: Command) -> i64 {
    let now = engine.context().clock.now_at() + 3_600;
    engine.context_mut().clock = Clock::Fixed(now);
    engine.run(command, &Progress::default()).expect("it is allowed").op_id.expect("an operation")
}

/// Records a policy that was ratified, as its rows.
fn ratify(engine: &mut Engine) -> i64 {
    let mut rig = Rig::new(patchbook::domain::book::Book::default());
    rig.ratified_policy(engine.context().clock.now_at());
    let mut changes: Vec<RowChange> = rig.book.documents.iter().map(RowChange::create).collect();
    changes.extend(rig.book.versions.iter().map(RowChange::create));
    let label = "Record version 1 of Patch policy as ratified by Ruth".to_owned();
    run(engine, Command::Import(Box::new(ImportRows { label, changes, batch: None })))
}

#[test]
fn the_engine_refuses_by_number_and_offers_no_undo_of_what_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut engine = register(folder.path());
    let rule = engine.book().rules.rows()[4].clone();
    let changed = DeadlineRule { amount: 7, source: "policy".to_owned(), ..rule.clone() };
    let set = run(&mut engine, Command::SaveRule { replaces: Some(rule.id), rule: changed });
    let undone = engine.undo_operation(set).expect("before any policy it is undone").op_id.expect("one");
    engine.undo_operation(undone).expect("and brought back");
    let rules = engine.book().rules.len();
    let ratified = ratify(&mut engine);
    for op in [set, ratified] {
        let error = engine.undo_operation(op).expect_err("it is refused");
        assert!(error.summary.contains("ratified") && !error.hints.is_empty(), "{error:?}");
    }
    assert_eq!(engine.book().rules.len(), rules);
    assert!(!engine.steps().undo.as_deref().unwrap_or_default().starts_with("Record version"));

    let begun = run(&mut engine, Command::Document(DocumentCommand::Begin("charter".to_owned())));
    let end = Command::EndRule(engine.book().rules.rows()[0].id);
    run(&mut engine, end);
    assert_eq!(engine.book().pending_rules.len(), 1);
    let offered = engine.steps().undo.clone().unwrap_or_default();
    assert!(offered.starts_with("Begin the document"), "a proposal is withdrawn, not undone: {offered}");
    engine.context_mut().clock = Clock::Fixed(at(12, 1, 0));
    engine.undo_operation(begun).expect("a draft is undone at any time");
    assert!(engine.verify(&Progress::default()).expect("a verification").is_sound());
}
