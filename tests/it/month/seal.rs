//! Seals, restatements, signatures and postures, rule by rule.

use patchbook::domain::approval::Medium;
use patchbook::domain::asset::{Fact, FactId, FactValue, Status};
use patchbook::domain::command::MonthCommand;
use patchbook::domain::month::canonical::{self, digest, verify_posture, verify_seal};
use patchbook::domain::month::name::{first_day, name_of};
use patchbook::domain::month::standing::{baseline, differences, figures_of_month, seals_of, signatures};
use patchbook::domain::month::{Seal, SealId, Signature, SignatureId};
use patchbook::domain::row::Row as _;
use patchbook::util::hash::{hex, sha256};

use super::rig::{NOVEMBER, Shop, said};
use crate::compliance::maker::at;

/// A1 leaves the scope, recorded in the middle of November after all.
fn correct(shop: &mut Shop) {
    let asset = shop.book.assets.rows()[0].id;
    let (reason, approved_by) = ("was sold".to_owned(), "Ben".to_owned());
    for (id, since_at, status) in [(990, at(1, 1, 0), Status::InUse), (991, at(11, 20, 0), Status::Retired)] {
        let value = FactValue::Status(status);
        let (reason, approved_by) = (reason.clone(), approved_by.clone());
        shop.book.facts.put(Fact { id: FactId(id), asset, value, since_at, reason, approved_by });
    }
}

#[test]
fn a_month_has_one_name_and_no_second_spelling() {
    assert_eq!(first_day("2026-01").map(name_of).as_deref(), Some("2026-01"));
    for other in ["2026-+1", "+026-01", "2026-1", "26-01", "2026-13", "2026-00", "2026-01 ", "02026-01", ""] {
        assert_eq!(first_day(other), None, "{other}");
    }
}

#[test]
fn a_month_is_sealed_only_when_it_is_over_and_only_once() {
    let mut shop = Shop::new();
    shop.now = at(11, 30, 23);
    assert!(said(shop.try_seal()).contains("when it is over"));
    let mut shop = Shop::new().sealed();
    let seal = shop.seal().clone();
    assert_eq!((seal.as_of_at, seal.number, seal.restates), (at(12, 1, 0) - 1, 1, None));
    let refused = said(shop.try_seal());
    assert!(refused.contains("Restate it if it was wrong"), "{refused}");
    assert!(
        refused.contains("was sealed on Wed 2 Dec 2026") || refused.contains("was sealed on 2 Dec 2026"),
        "{refused}"
    );
    assert!(refused.contains("UTC") && !refused.contains("Z and"), "local time with its zone: {refused}");
    assert!(said(shop.answer("stale", "late")).contains("is sealed"));
    assert_eq!(shop.seal(), &seal);
}

#[test]
fn a_month_without_a_judgement_is_not_sealed() {
    let mut shop = Shop::new();
    shop.answer_all();
    let month = NOVEMBER.to_owned();
    let seal = MonthCommand::Seal { month, judgement: " ".to_owned(), recorded_by: Vec::new() };
    assert!(said(shop.month(seal)).contains("three sentences"));
}

#[test]
fn the_digest_of_a_seal_is_that_of_its_canonical_text_and_any_change_shows() {
    let shop = Shop::new().sealed();
    let seal = shop.seal();
    let text = canonical::text(&seal.image());
    assert_eq!(hex(&sha256(text.as_bytes())), seal.sha256);
    assert!(verify_seal(seal));
    assert!(text.starts_with(r#"{"answered":[["#), "{}", &text[..60]);
    assert!(!text.contains("\"sha256\":\"\"") && !text.contains(&seal.sha256));
    let mut forged = seal.clone();
    forged.outputs.figures[0].text = "13".to_owned();
    assert!(!verify_seal(&forged));
    let mut forged = seal.clone();
    forged.judgement = "A good month.".to_owned();
    assert!(!verify_seal(&forged));
}

#[test]
fn a_seal_survives_being_written_and_read() {
    let shop = Shop::new().sealed();
    let text = serde_json::to_string(shop.seal()).expect("a text");
    let read: Seal = serde_json::from_str(&text).expect("a seal");
    assert_eq!(&read, shop.seal());
    assert_eq!(digest(&read), read.sha256);
}

#[test]
fn a_seal_names_the_rows_of_every_table_it_was_made_from() {
    let shop = Shop::new().sealed();
    let inputs = &shop.seal().inputs;
    let rows = |name: &str| inputs.tables.iter().find(|table| table.name == name).map(|table| table.rows);
    assert_eq!(rows("asset"), Some(12));
    assert_eq!(rows("waiver"), Some(2));
    assert_eq!(rows("patch_update"), Some(2));
    assert_eq!(rows("seal"), None, "the seal itself came later");
    assert!(inputs.tables.iter().all(|table| table.sha256.len() == 64));
    assert_eq!(inputs.rules.len(), 2);
    assert_eq!(shop.seal().definitions, patchbook::domain::compliance::DEFINITIONS);
}

#[test]
fn the_same_register_seals_to_the_same_inputs_and_outputs() {
    let (one, two) = (Shop::new().sealed(), Shop::new().sealed());
    assert_eq!(one.seal().inputs, two.seal().inputs);
    assert_eq!(one.seal().outputs, two.seal().outputs);
}

#[test]
fn a_restatement_is_another_seal_and_the_first_stays_as_it_was() {
    let mut shop = Shop::new().sealed();
    let first = shop.seal().clone();
    assert!(said(shop.restate(first.id)).contains("nothing to restate"));
    correct(&mut shop);
    shop.restate(first.id).expect("a restatement");
    let seals = seals_of(&shop.book, NOVEMBER);
    assert_eq!(seals.len(), 2);
    assert_eq!(seals[0], &first);
    assert_eq!((seals[1].number, seals[1].restates, seals[1].as_of_at), (2, Some(first.id), first.as_of_at));
    assert!(verify_seal(seals[0]) && verify_seal(seals[1]));
    let found = differences(&seals[0].outputs, &seals[1].outputs);
    let of = |id: &str| found.iter().find(|d| d.of == id).map(|d| (d.before.as_str(), d.after.as_str()));
    assert_eq!(of("S"), Some(("11", "10")));
    assert_eq!(of("A1"), Some(("Up to date, 0 open, 0 overdue", "Out of scope, 0 open, 0 overdue")));
    assert_eq!(of("R"), None, "what did not change is not listed");
    assert!(said(shop.restate(first.id)).contains("was restated already"));
}

#[test]
fn a_restatement_needs_a_reason_and_an_approver() {
    let mut shop = Shop::new().sealed();
    correct(&mut shop);
    let command = MonthCommand::Restate {
        seal: shop.seal().id,
        reason: String::new(),
        approved_by: String::new(),
        judgement: String::new(),
        recorded_by: Vec::new(),
    };
    let refused = said(shop.month(command));
    assert!(refused.contains("what was wrong") && refused.contains("who approved"), "{refused}");
    assert!(refused.contains("Judge the month as it comes out now"), "{refused}");
}

#[test]
fn a_restatement_builds_its_list_anew_and_says_what_nobody_answered() {
    let mut shop = Shop::new().sealed();
    let first = shop.seal().clone();
    // The reports of A1 turn out to be another machine's: it was silent all along.
    let pairs = std::sync::Arc::make_mut(&mut shop.book.pairs);
    pairs.reports[0] = std::sync::Arc::default();
    shop.restate(first.id).expect("a restatement");
    let answer = |seal: &Seal, point: &str| {
        seal.answered.iter().find(|(of, _)| of == point).map(|(_, text)| text.clone()).expect("a point")
    };
    let (old, new) = (answer(&first, "Silent machines"), answer(shop.seal(), "Silent machines"));
    assert!(old.starts_with("1 machine in scope is not observed. Known; in hand"), "{old}");
    assert!(new.starts_with("2 machines in scope are not observed."), "{new}");
    assert!(
        new.contains("Nobody answered this: the answer that was given is about other findings."),
        "{new}"
    );
    let failures = answer(shop.seal(), "Failures and missing restarts");
    assert!(failures.contains("Known; in hand (answered by Ada)"), "what is found as before was answered");
    assert_eq!(shop.seal().judgement, "It was another month.");
}

#[test]
fn sealed_figures_come_from_the_seal_and_others_say_that_they_are_not_sealed() {
    let mut shop = Shop::new();
    let before = figures_of_month(&shop.book, NOVEMBER, shop.now).expect("a month");
    assert_eq!((before.mark().as_str(), before.outputs.part("S")), ("not sealed", 11));
    drop(before);
    shop = shop.sealed();
    correct(&mut shop);
    let sealed = figures_of_month(&shop.book, NOVEMBER, shop.now).expect("a month");
    assert_eq!(sealed.outputs.part("S"), 11);
    assert_eq!(sealed.mark(), format!("SEALED {}", shop.seal().sha256));
    assert!(figures_of_month(&shop.book, "2027-01", shop.now).is_none(), "it has not begun");
}

fn signature(seal: SealId, signed_at: i64) -> Signature {
    Signature {
        id: SignatureId(0),
        seal,
        meaning: "Reviewed".to_owned(),
        name: "Cleo".to_owned(),
        function: "Auditor".to_owned(),
        medium: Medium::Paper,
        signed_at,
        recorded_at: 0,
        recorded_by: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        voided_at: Some(3),
    }
}

#[test]
fn a_signature_is_kept_with_when_it_was_recorded_and_can_be_taken_back_but_not_removed() {
    let mut shop = Shop::new().sealed();
    let (seal, now) = (shop.seal().id, shop.now);
    shop.month(MonthCommand::Sign(Box::new(signature(seal, now)))).expect("a signature");
    let row = signatures(&shop.book, seal)[0].clone();
    assert_eq!((row.recorded_at, row.voided_at), (now, None));
    assert_eq!(row.told_text(), "on paper, recorded by Ada, no evidence");
    let sat = Signature { medium: Medium::InApp, meaning: "Accepted".to_owned(), ..signature(seal, now) };
    let refused = said(shop.month(MonthCommand::Sign(Box::new(sat))));
    assert!(refused.contains("who sits at it, and that is Ada. Say how Cleo told it"), "{refused}");
    assert!(
        said(shop.month(MonthCommand::Sign(Box::new(signature(seal, now))))).contains("signed this already")
    );
    shop.month(MonthCommand::VoidSignature(row.id)).expect("taken back");
    assert!(signatures(&shop.book, seal).is_empty());
    assert_eq!(shop.book.signatures.len(), 1);
    assert!(said(shop.month(MonthCommand::VoidSignature(row.id))).contains("already"));
}

#[test]
fn a_stranger_neither_signs_a_month_nor_approves_that_it_is_restated() {
    let mut shop = Shop::new().sealed();
    let (seal, now) = (shop.seal().id, shop.now);
    let by = |name: &str, function: &str| {
        let row = Signature { name: name.to_owned(), function: function.to_owned(), ..signature(seal, now) };
        MonthCommand::Sign(Box::new(row))
    };
    let refused = said(shop.month(by("Mallory", "Auditor")));
    assert!(refused.contains("Mallory is not in the register. Add the person first"), "{refused}");
    let id = patchbook::domain::person::DepartureId(1);
    let person = patchbook::domain::person::PersonId(902);
    let last_on = "2026-11-20".parse().expect("a day");
    shop.book.departures.put(patchbook::domain::person::Departure { id, person, last_on, ended_at: None });
    assert!(said(shop.month(by("Ben", "Auditor"))).contains("Ben left on Fri 20 Nov 2026"));
    shop.month(by("cleo", "Auditor")).expect("in whatever case");
    shop.month(by("Cleo Okafor", "Director")).expect("nothing says who must sign");
    let signed: Vec<_> =
        signatures(&shop.book, seal).iter().map(|row| (row.name.clone(), row.function.clone())).collect();
    let wanted = [("Cleo Okafor", "Director, no such role held"), ("Cleo", "Auditor")];
    assert_eq!(signed, wanted.map(|(name, function)| (name.to_owned(), function.to_owned())));
    correct(&mut shop);
    let restate = |approved_by: &str| MonthCommand::Restate {
        seal,
        reason: "A report came late".to_owned(),
        approved_by: approved_by.to_owned(),
        judgement: "It was another month.".to_owned(),
        recorded_by: Vec::new(),
    };
    assert!(said(shop.month(restate("Mallory"))).contains("Mallory is not in the register"));
    assert!(said(shop.month(restate("Ben"))).contains("Ben left"));
    shop.month(restate("CLEO")).expect("restated");
    assert_eq!(shop.seal().approved_by, "Cleo (Auditor)");
}

#[test]
fn nobody_signs_before_the_seal_or_in_the_future() {
    let mut shop = Shop::new().sealed();
    let (seal, sealed_at, now) = (shop.seal().id, shop.seal().sealed_at, shop.now);
    let early = signature(seal, sealed_at - 1);
    assert!(said(shop.month(MonthCommand::Sign(Box::new(early)))).contains("before it was sealed"));
    let late = signature(seal, now + 60);
    assert!(said(shop.month(MonthCommand::Sign(Box::new(late)))).contains("future"));
    assert!(
        said(shop.month(MonthCommand::Sign(Box::new(signature(SealId(1), now)))))
            .contains("not in the register")
    );
}

fn take(name: &str, seal: Option<SealId>) -> MonthCommand {
    MonthCommand::Posture {
        name: name.to_owned(),
        parts: ["Ransomware", "The orders", "Two sites", "Firewall, backups"].map(str::to_owned),
        seal,
        baseline_instead_of: None,
    }
}

#[test]
fn a_posture_needs_its_four_parts_and_a_name_of_its_own() {
    let mut shop = Shop::new();
    let empty = MonthCommand::Posture {
        name: String::new(),
        parts: Default::default(),
        seal: None,
        baseline_instead_of: None,
    };
    assert_eq!(shop.month(empty).expect_err("it must be refused").0.len(), 5);
    shop.month(take("Winter", None)).expect("a posture");
    assert!(said(shop.month(take("winter", None))).contains("of this name already"));
}

#[test]
fn the_first_posture_is_the_baseline_only_when_the_catch_up_lies_behind() {
    let mut shop = Shop::new();
    shop.month(take("First", None)).expect("a posture");
    shop.month(take("Second", None)).expect("a posture");
    assert_eq!(baseline(&shop.book).map(|posture| posture.name.as_str()), Some("First"));
    let mut shop = Shop::new();
    std::sync::Arc::make_mut(&mut shop.book.shop).adoption_on = chrono::NaiveDate::from_ymd_opt(2026, 11, 1);
    shop.month(take("Too early", None)).expect("a posture");
    assert_eq!(baseline(&shop.book), None, "there is a catch-up to be done, and none was closed");
}

#[test]
fn a_baseline_is_replaced_only_by_name_and_the_old_row_stays() {
    let mut shop = Shop::new();
    shop.month(take("First", None)).expect("a posture");
    let first = baseline(&shop.book).expect("a baseline").clone();
    let MonthCommand::Posture { name, parts, seal, .. } = take("New start", None) else { unreachable!() };
    let wrong = MonthCommand::Posture {
        name: name.clone(),
        parts: parts.clone(),
        seal,
        baseline_instead_of: Some(patchbook::domain::month::PostureId(5)),
    };
    assert!(said(shop.month(wrong)).contains("not the baseline"));
    let right = MonthCommand::Posture { name, parts, seal, baseline_instead_of: Some(first.id) };
    shop.month(right).expect("a posture");
    let new = baseline(&shop.book).expect("a baseline");
    assert_eq!(new.name, "New start");
    assert_eq!(shop.book.postures.get(first.id.0), Some(&first));
}

#[test]
fn a_posture_of_a_sealed_month_has_its_figures_and_its_instant() {
    let mut shop = Shop::new().sealed();
    correct(&mut shop);
    let seal = shop.seal().clone();
    shop.month(take("Autumn", Some(seal.id))).expect("a posture");
    let posture = shop.book.postures.rows()[0].clone();
    assert_eq!((posture.taken_at, &posture.figures), (seal.as_of_at, &seal.outputs.figures));
    assert!(verify_posture(&posture));
}
