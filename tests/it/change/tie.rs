//! What updates need and what they once broke, as demands of a change record.

use patchbook::domain::approval::Medium;
use patchbook::domain::change::missing::missing;
use patchbook::domain::change::test::TestVerdict;
use patchbook::domain::change::{ChangeId, ChangeKind, ChangeState};
use patchbook::domain::command::{Command, RiskCommand};
use patchbook::domain::gate::rule::{domains, starting};
use patchbook::domain::gate::{
    Go, GoDecision, GoDecisionId, KnownConflict, KnownConflictId, Prerequisite, PrerequisiteId,
    PrerequisiteKind,
};
use patchbook::domain::rating::Rank;

use super::rig::{Rig, at};

fn gaps(rig: &Rig, id: ChangeId, to: ChangeState) -> Vec<String> {
    let issues = missing(&rig.book, rig.record(id), to, rig.now);
    issues.into_iter().map(|issue| format!("{}: {}", issue.field, issue.text)).collect()
}

fn need(rig: &mut Rig, needs: Option<usize>, what: &str) {
    let row = Prerequisite {
        id: PrerequisiteId(1),
        update: rig.update(0),
        needs: needs.map(|place| rig.update(place)),
        what: what.to_owned(),
        kind: PrerequisiteKind::Before,
        recorded_at: rig.now,
        ended_at: None,
    };
    rig.book.prerequisites.put(row);
}

fn conflict(rig: &mut Rig, asset: Option<&str>) {
    let row = KnownConflict {
        id: KnownConflictId(1),
        product: "Label printing".to_owned(),
        update: Some(rig.update(0)),
        asset: asset.map(|name| rig.asset(name)),
        what: "Labels came out blank".to_owned(),
        remedy: "Restart the print service".to_owned(),
        solved_by: String::new(),
        seen_on: "2026-11-11".parse().unwrap(),
        recorded_at: rig.now,
        ended_at: None,
    };
    rig.book.conflicts.put(row);
}

#[test]
fn a_record_whose_update_needs_another_first_goes_on_only_with_it() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    assert!(gaps(&rig, id, ChangeState::Submitted).is_empty());
    need(&mut rig, Some(1), "");
    let found = gaps(&rig, id, ChangeState::Submitted);
    assert!(found.len() == 1 && found[0].starts_with("updates: KB"), "{found:?}");
    assert!(found[0].contains("Add it to this record or to one before"), "{found:?}");
    assert!(rig.go(id, ChangeState::Submitted).is_err());
    let second = rig.update(1);
    rig.edit(id, |row| row.updates.push(second)).unwrap();
    rig.go(id, ChangeState::Submitted).unwrap();
}

#[test]
fn what_is_needed_and_is_no_update_is_looked_at_and_said_so() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    rig.edit(id, |row| row.plan.prerequisites.clear()).unwrap();
    need(&mut rig, None, "20 GB free on C:");
    let found = gaps(&rig, id, ChangeState::Submitted);
    assert!(found.len() == 1 && found[0].starts_with("prerequisites: "), "{found:?}");
    rig.edit(id, |row| row.plan.prerequisites = "20 GB are free everywhere".to_owned()).unwrap();
    assert!(gaps(&rig, id, ChangeState::Submitted).is_empty());
}

#[test]
fn a_known_conflict_is_spoken_of_in_the_plan_or_tested() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    conflict(&mut rig, Some("WS-1"));
    assert!(gaps(&rig, id, ChangeState::Submitted).is_empty(), "it was seen on a machine that is not in it");
    conflict(&mut rig, Some("SRV-1"));
    let found = gaps(&rig, id, ChangeState::Submitted);
    assert!(found.len() == 1 && found[0].starts_with("risk_of_applying: Known conflict with Label printing"));
    assert!(found[0].contains("What helped: Restart the print service"), "{found:?}");
    let mut planned = rig.book.clone();
    let mut row = rig.record(id).clone();
    row.plan.test_plan = "Print a label: label printing must work".to_owned();
    planned.changes.put(row.clone());
    assert!(missing(&planned, &row, ChangeState::Submitted, rig.now).is_empty());
    // A test that failed answers nothing.
    for (verdict, open) in [(TestVerdict::Failed, true), (TestVerdict::Passed, false)] {
        rig.tested(id, verdict).unwrap();
        let mut test = rig.book.tests.rows().last().unwrap().clone();
        test.case = "Label printing".to_owned();
        rig.book.tests.put(test);
        let found = gaps(&rig, id, ChangeState::Submitted);
        assert_eq!(found.iter().any(|text| text.contains("Label printing")), open, "{found:?}");
    }
}

#[test]
fn a_conflict_learnt_of_after_the_approval_stops_the_night_and_no_standard_change() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    assert!(gaps(&rig, id, ChangeState::InProgress).is_empty());
    conflict(&mut rig, None);
    assert_eq!(gaps(&rig, id, ChangeState::InProgress).len(), 1);
    rig.book.changes.put({
        let mut row = rig.record(id).clone();
        row.kind = ChangeKind::Standard;
        row
    });
    assert!(!gaps(&rig, id, ChangeState::InProgress).iter().any(|text| text.contains("Label")));
    assert_eq!(rig.now, at(11, 14, 21));
}

#[test]
fn what_somebody_held_back_is_not_scheduled_until_it_is_decided_again() {
    for (go, machine, stops) in [
        (Go::NoGo, "Windows Server 2022", true),
        (Go::Wait, "Windows Server 2022", true),
        (Go::Go, "Windows Server 2022", false),
        (Go::NoGo, "Debian 13", false),
    ] {
        let mut rig = Rig::default();
        let changes = starting(&rig.ids);
        assert!(rig.book.apply(&changes).unwrap());
        for name in ["SRV-1", "SRV-2"] {
            let mut asset = rig.book.assets.get(rig.asset(name).0).unwrap().clone();
            asset.os = machine.to_owned();
            rig.book.assets.put(asset);
        }
        let id = rig.scheduled();
        let row = GoDecision {
            id: GoDecisionId(0),
            domain: domains(&rig.book)[0].id,
            updates: vec![rig.update(0)],
            decision: go,
            reason: "The vendor withdrew its driver".to_owned(),
            risk: "It stays open".to_owned(),
            cost_cents: None,
            cost_minutes: None,
            outage: false,
            outage_when: String::new(),
            wait_until_on: (go == Go::Wait).then(|| "2026-11-30".parse().unwrap()),
            decided_by: "Bo".to_owned(),
            function: "Operations".to_owned(),
            medium: Medium::Mail,
            decided_at: at(11, 14, 9),
            recorded_at: 0,
            recorded_by: String::new(),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            voided_at: None,
        };
        rig.run(Command::Risk(RiskCommand::Decide(Box::new(row)))).unwrap();
        let found = gaps(&rig, id, ChangeState::InProgress);
        assert_eq!(!found.is_empty(), stops, "{go:?} {machine}: {found:?}");
        assert!(
            found.iter().all(|text| text.contains("decided by Bo (Operations, no such role held) by e-mail")),
            "{found:?}"
        );
        // The facts say severe: then nobody holds it back.
        let (update, rank, reason) = (rig.update(0), Rank::Severe, "Exploited".to_owned());
        rig.run(Command::SetRank { update, rank, reason }).unwrap();
        assert!(gaps(&rig, id, ChangeState::InProgress).is_empty());
    }
}
