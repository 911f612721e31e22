//! Approvals: what they were given for, what voids them, and what is claimed about them.

use patchbook::domain::approval::{Medium, Verdict, on_change, sentence, standing};
use patchbook::domain::asset::Criticality;
use patchbook::domain::change::duty::conflicts;
use patchbook::domain::change::fingerprint::{of_text, since_approved};
use patchbook::domain::change::test::TestVerdict;
use patchbook::domain::change::{ChangeKind, ChangeState as S, lines};
use patchbook::domain::command::ChangeCommand;
use patchbook::domain::role::{DutyConflict, DutyConflictId, DutyRule};

use super::rig::{ADA, CY, Rig, at, said};

#[test]
fn an_approval_says_who_recorded_it_who_decided_and_what_shows_it() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    let approval = on_change(&rig.book, id)[0];
    let text = sentence(&rig.book, approval);
    assert!(
        text.contains("recorded by Ada on") && text.contains("as decided by Bo (Business owner) by e-mail")
    );
    assert!(text.ends_with("evidence approval.eml 3f2a0b1c2d3e4f50"), "{text}");
    assert_eq!(of_text(&approval.decided_text), approval.fingerprint, "anybody can check it");
    let bare = patchbook::domain::approval::Approval {
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        ..approval.clone()
    };
    assert!(sentence(&rig.book, &bare).ends_with("by e-mail, no evidence"));
}

#[test]
fn a_material_edit_voids_the_approval_and_shows_what_differs() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    let text = on_change(&rig.book, id)[0].decided_text.clone();
    rig.edit(id, |row| row.window_until_at = Some(at(11, 15, 2))).unwrap();
    let approval = on_change(&rig.book, id)[0];
    assert!(approval.voided_at.is_some() && approval.voided_because == "changed since: Window ends");
    assert_eq!(rig.state(id), S::Draft, "it has to be decided on again");
    let differences = since_approved(&rig.book, id, &text);
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0].approved, "2026-11-14T23:00:00Z");
    assert_eq!(differences[0].now, "2026-11-15T02:00:00Z");
}

#[test]
fn another_asset_on_the_record_voids_the_approval() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    let add = vec![rig.asset("WS-1")];
    let text = on_change(&rig.book, id)[0].decided_text.clone();
    rig.change(ChangeCommand::Lines { change: id, add, remove: Vec::new() }).unwrap();
    assert!(standing(&rig.book, rig.record(id)).is_none());
    assert_eq!(since_approved(&rig.book, id, &text)[0].now, "WS-1 (ring 1)");
}

#[test]
fn a_typo_in_the_title_and_a_note_on_a_line_void_nothing() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    rig.edit(id, |row| row.title = "November servers, second half".to_owned()).unwrap();
    let line = lines(&rig.book, id)[0].clone();
    let mut row = line.clone();
    row.note = "Restart twice".to_owned();
    let edit = patchbook::domain::command::Edit { base: Some(line), row };
    rig.change(ChangeCommand::Line(Box::new(edit))).unwrap();
    assert!(standing(&rig.book, rig.record(id)).is_some());
    assert_eq!(rig.state(id), S::Scheduled);
}

#[test]
fn renaming_an_asset_voids_nothing() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    let mut asset = rig.book.assets.rows()[0].clone();
    asset.name = "SRV-ONE".to_owned();
    rig.book.assets.put(asset);
    assert!(standing(&rig.book, rig.record(id)).is_some());
}

#[test]
fn two_approvals_from_a_stale_screen_are_one_approval() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    rig.go(id, S::Submitted).unwrap();
    rig.tested(id, TestVerdict::Passed).unwrap();
    let (first, second) = (rig.decision(id, Verdict::Approve), rig.decision(id, Verdict::Approve));
    rig.decide(first).unwrap();
    assert!(said(rig.decide(second)).contains("was approved already by Bo"));
    assert_eq!(on_change(&rig.book, id).len(), 1);
}

#[test]
fn a_decision_on_what_the_screen_no_longer_shows_is_refused() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    let stale = rig.decision(id, Verdict::Approve);
    rig.edit(id, |row| row.plan.rollout_plan = "Another way".to_owned()).unwrap();
    rig.go(id, S::Submitted).unwrap();
    rig.tested(id, TestVerdict::Passed).unwrap();
    assert!(said(rig.decide(stale)).contains("was changed since it was shown"));
    assert_eq!(rig.state(id), S::Submitted);
}

#[test]
fn an_edit_from_a_stale_screen_is_refused() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    let base = rig.record(id).clone();
    rig.edit(id, |row| row.title = "One".to_owned()).unwrap();
    let mut row = base.clone();
    row.title = "Two".to_owned();
    let edit = patchbook::domain::command::Edit { base: Some(base), row };
    assert!(said(rig.change(ChangeCommand::Save(Box::new(edit)))).contains("was changed meanwhile"));
}

#[test]
fn an_approval_recorded_wrongly_is_void_and_the_record_waits_again() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    let approval = on_change(&rig.book, id)[0].id;
    rig.void(approval).unwrap();
    assert_eq!(rig.state(id), S::Submitted);
    assert!(said(rig.void(approval)).contains("void already"));
    rig.approve(id).unwrap();
    assert_eq!(rig.state(id), S::Approved);
}

#[test]
fn a_returned_record_is_improved_and_submitted_again() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    rig.go(id, S::Submitted).unwrap();
    let mut draft = rig.decision(id, Verdict::Return);
    draft.comment = "Window too short".to_owned();
    rig.decide(draft).unwrap();
    assert_eq!(rig.record(id).cancelled_because, "Window too short");
    rig.edit(id, |row| row.window_until_at = Some(at(11, 15, 1))).unwrap();
    rig.go(id, S::Submitted).unwrap();
    assert!(rig.record(id).cancelled_because.is_empty());
    let mut silent = rig.decision(id, Verdict::Reject);
    silent.comment.clear();
    assert!(said(rig.decide(silent)).contains("Say why"));
}

#[test]
fn duties_in_one_hand_are_named_and_accepted_with_what_replaces_the_separation() {
    let mut rig = Rig::default();
    let mut asset = rig.book.assets.rows()[0].clone();
    asset.criticality = Criticality::One;
    rig.book.assets.put(asset);
    let id = rig.draft(ChangeKind::Normal);
    rig.edit(id, |row| row.tester = Some(ADA)).unwrap();
    rig.go(id, S::Submitted).unwrap();
    rig.tested(id, TestVerdict::Passed).unwrap();
    let mut own = rig.decision(id, Verdict::Approve);
    (own.person, own.medium, own.evidence) = (ADA, Medium::InApp, None);
    rig.decide(own).unwrap();
    assert!(on_change(&rig.book, id)[0].own);
    let rules = |rig: &Rig| conflicts(&rig.book, rig.record(id)).iter().map(|c| c.rule).collect::<Vec<_>>();
    assert_eq!(
        rules(&rig),
        [DutyRule::ApproverRequester, DutyRule::ApproverImplementer, DutyRule::TesterImplementer]
    );
    assert!(conflicts(&rig.book, rig.record(id))[0].text(&rig.book).ends_with("Not accepted by anybody."));
    rig.book.duty_conflicts.put(DutyConflict {
        id: DutyConflictId(1),
        rule: DutyRule::ApproverRequester,
        person: ADA,
        change: Some(id),
        accepted_by: "Bo".to_owned(),
        accepted_at: rig.now,
        instead: "Cy reviews within five days".to_owned(),
        ended_at: None,
    });
    let text = conflicts(&rig.book, rig.record(id))[0].text(&rig.book);
    assert!(text.ends_with("Accepted by Bo: Cy reviews within five days"), "{text}");
    assert_ne!(CY, ADA);
}

#[test]
fn exactly_the_material_fields_are_in_the_fingerprint() {
    use patchbook::domain::change::field::Field;
    use patchbook::domain::change::fingerprint::canonical;
    use patchbook::domain::change::template::ChangeTemplateId;
    use patchbook::domain::change::{Backup, ChangePlan, ChangeRecord};
    use patchbook::domain::cycle::CycleId;
    use patchbook::domain::group::GroupId;
    let rig = Rig::default();
    let text = || "other".to_owned();
    let mut other = ChangeRecord::new(ChangeKind::Normal);
    (other.title, other.reason, other.untested_because) = (text(), text(), text());
    (other.outcome, other.issues, other.review) = (text(), text(), text());
    (other.cycle, other.group, other.template) =
        (Some(CycleId(1)), Some(GroupId(1)), Some(ChangeTemplateId(1)));
    (other.updates, other.rank) = (vec![rig.update(1)], Some(patchbook::domain::rating::Rank::Low));
    (other.window_from_at, other.window_until_at, other.approve_by_at) = (Some(1), Some(2), Some(3));
    (other.requester, other.coordinator, other.implementer) = (Some(ADA), Some(ADA), Some(ADA));
    (other.tester, other.monitor, other.backup) = (Some(ADA), Some(ADA), Some(Backup::default()));
    (other.after_the_fact, other.criteria_met, other.downtime_minutes) = (true, Some(true), Some(1));
    other.plan = ChangePlan {
        impact: text(),
        risk_of_applying: text(),
        risk_of_waiting: text(),
        outage: true,
        downtime_minutes: Some(1),
        prerequisites: text(),
        test_plan: text(),
        rollout_plan: text(),
        phasing: text(),
        backout_plan: text(),
        backout_trigger: text(),
        backout_minutes: Some(1),
        backout_owner: Some(ADA),
        backout_proven_on: chrono::NaiveDate::from_ymd_opt(2026, 1, 1),
        monitoring_plan: text(),
        acceptance: text(),
        quiet_days: Some(1),
        notifications: text(),
        cost_hours: Some(1),
    };
    let empty = ChangeRecord::new(ChangeKind::Normal);
    for &field in Field::ALL.iter().filter(|field| **field != Field::Lines) {
        let mut one = empty.clone();
        field.copy(&other, &mut one);
        assert!(one != empty, "{field:?} has no second value");
        let differs = canonical(&rig.book, &one) != canonical(&rig.book, &empty);
        assert_eq!(differs, field.is_material(), "{field:?}");
    }
}
