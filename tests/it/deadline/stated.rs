//! What the policy says of deadlines: from which releases on a rule set binds, and of two rules of one key the one that binds.

use patchbook::domain::asset::Exposure;
use patchbook::domain::book::Book;
use patchbook::domain::deadline::{DeadlineRule, DeadlineRuleId, second_text, seconds};
use patchbook::domain::document::fill::Fill;
use patchbook::domain::document::kind::Kind;
use patchbook::domain::document::shipped;
use patchbook::domain::document::value::Value;
use patchbook::domain::month::input::rules;

use super::rig::{Rig, two};
use crate::compliance::maker::at;

fn rows(book: &Book, name: &str, now: i64) -> Vec<Vec<String>> {
    let template = shipped::template("policy").expect("the policy");
    let fill = Fill::new(book, now, template);
    match fill.value(Kind::Table, name) {
        Ok(Some(Value::Table(grid))) => grid.rows.clone(),
        _ => Vec::new(),
    }
}

#[test]
fn a_rule_set_is_stated_with_the_releases_that_it_binds() {
    let mut rig = Rig::one(at(11, 10, 18), Exposure::Internal);
    rig.adopt("ce-3.3", at(11, 1, 9));
    for name in ["rule-sets", "rule-sets-in-force"] {
        let found = rows(&rig.book, name, at(11, 20, 0));
        assert!(found[0][4].starts_with("from ") && found[0][4].contains("1 Nov 2026"), "{name}: {found:?}");
    }
    let mut rig = Rig::one(at(11, 10, 18), Exposure::Internal);
    rig.ratified_policy(at(10, 1, 0));
    rig.adopt("ce-3.3", at(11, 1, 9));
    let found = rows(&rig.book, "rule-sets", at(11, 20, 0));
    assert_eq!(found[0][4], "from the day this version is ratified");
}

#[test]
fn of_two_live_deadlines_of_one_key_the_binding_one_is_listed_and_the_other_is_named_to_be_ended() {
    let mut book = two(at(11, 10, 18), 14).finish();
    let first = book.rules.rows()[0].clone();
    assert!(seconds(&book.rules).is_empty());
    let id = DeadlineRuleId(990_000);
    let second =
        DeadlineRule { id, amount: 30, from_at: first.from_at + 1, source: "another".to_owned(), ..first };
    book.rules.put(second);
    let listed = rows(&book, "deadlines", at(11, 20, 0));
    assert!(listed.len() == 1 && listed[0][5] == "another", "the newer binds: {listed:?}");
    assert_eq!(rules(&book, at(11, 20, 0)).len(), 1);
    let found = seconds(&book.rules);
    assert!(found.len() == 1 && found[0].id != id);
    let said = second_text(found[0]);
    assert!(said.contains("second live deadline for High") && said.contains("deadline end"), "{said}");
}
