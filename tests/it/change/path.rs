//! The path of a record, its hard stops, and what each says.

use chrono::NaiveDate;
use patchbook::domain::change::field::Field;
use patchbook::domain::change::line::{LineResult, Proof};
use patchbook::domain::change::missing::missing;
use patchbook::domain::change::state::{Rule, field_rule, is_open, moves};
use patchbook::domain::change::test::TestVerdict;
use patchbook::domain::change::{ChangeKind, ChangeRecord, ChangeState as S, lines};
use patchbook::domain::command::{ChangeCommand, Edit};
use patchbook::domain::role::{Assignment, AssignmentId, Part, RoleId};
use patchbook::domain::waiver::{Waiver, WaiverId};

use super::rig::{ADA, Rig, at, said};

#[test]
fn a_normal_change_goes_from_draft_to_closed_with_its_evidence() {
    let mut rig = Rig::default();
    let id = rig.in_review();
    rig.verified(id, LineResult::Done, Proof::Tool).unwrap();
    rig.reviewed(id).unwrap();
    rig.go(id, S::Closed).unwrap();
    let record = rig.record(id);
    assert_eq!((record.state, record.ended_as), (S::Closed, Some(S::Implemented)));
    assert_eq!(record.number, "CHG-2026-11-001");
    assert_eq!(record.closed_by, "Ada");
}

#[test]
fn every_state_of_the_table_is_reached_and_every_open_one_leads_on() {
    for &kind in ChangeKind::ALL {
        let mut reached = vec![S::Draft];
        for i in 0.. {
            let Some(&state) = reached.get(i) else { break };
            assert!(!is_open(state) || !moves(kind, state).is_empty(), "{kind:?} is stuck in {state:?}");
            for &to in moves(kind, state) {
                assert!(is_open(state), "{kind:?} leaves {state:?}, which is finished");
                if !reached.contains(&to) {
                    reached.push(to);
                }
            }
            for &field in Field::ALL {
                let rule = field_rule(kind, state, field);
                assert!(
                    is_open(state) || matches!(rule, Rule::Locked | Rule::Hidden),
                    "{field:?} in {state:?}"
                );
            }
        }
        assert!(reached.contains(&S::Closed) && reached.contains(&S::Cancelled));
    }
}

#[test]
fn a_record_says_everything_it_lacks_at_once() {
    let mut rig = Rig::default();
    let row = ChangeRecord { title: "Empty".to_owned(), ..ChangeRecord::new(ChangeKind::Normal) };
    let id = rig.written(row, &[]);
    let fields: Vec<&str> =
        missing(&rig.book, rig.record(id), S::Submitted, rig.now).iter().map(|issue| issue.field).collect();
    for field in
        ["lines", "updates", "reason", "backout_plan", "risk_of_waiting", "window_from_at", "implementer"]
    {
        assert!(fields.contains(&field), "{field} is not named: {fields:?}");
    }
    assert!(said(rig.go(id, S::Submitted)).contains("Back-out plan is missing"));
}

#[test]
fn a_record_without_a_back_out_plan_is_not_approved() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Emergency);
    rig.edit(id, |row| row.plan.backout_plan.clear()).unwrap();
    rig.go(id, S::Declared).unwrap();
    rig.tested(id, TestVerdict::Passed).unwrap();
    assert!(said(rig.approve(id)).contains("no back-out plan"));
    rig.edit(id, |row| row.plan.backout_plan = "Restore".to_owned()).unwrap();
    rig.approve(id).unwrap();
    assert_eq!(rig.state(id), S::Approved);
}

#[test]
fn a_record_without_test_evidence_is_approved_only_with_a_reason() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    rig.go(id, S::Submitted).unwrap();
    assert!(said(rig.approve(id)).contains("no test evidence"));
    rig.tested(id, TestVerdict::Failed).unwrap();
    assert!(said(rig.approve(id)).contains("failed"));
    rig.tested(id, TestVerdict::Passed).unwrap();
    rig.approve(id).unwrap();
    let other = rig.draft(ChangeKind::Normal);
    rig.edit(other, |row| row.untested_because = "No test system exists".to_owned()).unwrap();
    rig.go(other, S::Submitted).unwrap();
    rig.approve(other).unwrap();
}

#[test]
fn nothing_begins_before_its_approval() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    assert!(said(rig.go(id, S::InProgress)).contains("cannot become in progress"));
    rig.go(id, S::Submitted).unwrap();
    assert!(said(rig.go(id, S::Approved)).contains("Record who decided"));
    rig.tested(id, TestVerdict::Passed).unwrap();
    let before = rig.now - 3600;
    rig.approve(id).unwrap();
    rig.backed_up(id).unwrap();
    rig.go(id, S::Scheduled).unwrap();
    assert!(said(rig.go_at(id, S::InProgress, before)).contains("cannot begin before"));
    let later = rig.now + 3600;
    assert!(said(rig.go_at(id, S::InProgress, later)).contains("later than now"));
    rig.go(id, S::InProgress).unwrap();
}

#[test]
fn a_server_is_not_patched_without_a_verified_backup() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    rig.go(id, S::Submitted).unwrap();
    rig.tested(id, TestVerdict::Passed).unwrap();
    rig.approve(id).unwrap();
    rig.go(id, S::Scheduled).unwrap();
    assert!(said(rig.go(id, S::InProgress)).contains("No verified backup for SRV-1, SRV-2"));
    rig.backed_up(id).unwrap();
    rig.go(id, S::InProgress).unwrap();
}

#[test]
fn a_change_does_not_close_while_an_asset_is_unverified() {
    let mut rig = Rig::default();
    let id = rig.in_review();
    rig.reviewed(id).unwrap();
    assert!(said(rig.go(id, S::Closed)).contains("Nobody has verified SRV-1, SRV-2"));
    rig.verified(id, LineResult::CannotTell, Proof::ByHand).unwrap();
    assert!(said(rig.go(id, S::Closed)).contains("Nobody has verified"));
    rig.verified(id, LineResult::Done, Proof::ByHand).unwrap();
    rig.go(id, S::Closed).unwrap();
}

#[test]
fn a_valid_waiver_settles_a_line_that_nobody_verified() {
    let mut rig = Rig::default();
    let id = rig.in_review();
    rig.reviewed(id).unwrap();
    for (n, asset) in ["SRV-1", "SRV-2"].into_iter().enumerate() {
        let waiver = Waiver {
            id: WaiverId(n as i64 + 1),
            asset: rig.asset(asset),
            update: rig.update(0),
            approved_at: at(11, 12, 0),
            until_at: if n == 0 { at(12, 31, 0) } else { at(11, 15, 0) },
            voided_at: None,
            reason: "Vendor".to_owned(),
            approved_by: "Bo".to_owned(),
        };
        rig.book.waivers.put(waiver);
    }
    let text = said(rig.go(id, S::Closed));
    assert!(text.contains("SRV-2") && !text.contains("SRV-1"), "an expired waiver settles nothing: {text}");
}

#[test]
fn the_quiet_period_is_seven_days_unless_the_plan_says_otherwise() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    rig.go(id, S::InProgress).unwrap();
    rig.now = at(11, 14, 23);
    rig.go(id, S::Implemented).unwrap();
    rig.edit(id, |row| row.outcome = "Done".to_owned()).unwrap();
    rig.go(id, S::Monitoring).unwrap();
    assert_eq!(rig.record(id).monitor_until_at, Some(at(11, 21, 23)));
    rig.now = at(11, 21, 22);
    assert!(said(rig.go(id, S::Review)).contains("quiet period runs until"));
    rig.now = at(11, 21, 23);
    rig.go(id, S::Review).unwrap();
}

#[test]
fn an_end_before_its_begin_is_named_and_the_draft_is_not_written() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    let before = rig.record(id).clone();
    let text = said(rig.edit(id, |row| row.window_until_at = Some(at(11, 14, 20))));
    assert!(text.contains("ends before it begins"), "{text}");
    assert_eq!(*rig.record(id), before);
    let line = lines(&rig.book, id)[0].clone();
    let mut row = line.clone();
    (row.window_from_at, row.window_until_at) = (Some(at(11, 14, 23)), Some(at(11, 14, 22)));
    let edit = Edit { base: Some(line), row };
    assert!(said(rig.change(ChangeCommand::Line(Box::new(edit)))).contains("ends before it begins"));
    let id = rig.scheduled();
    rig.go(id, S::InProgress).unwrap();
    let early = rig.now - 3600;
    assert!(said(rig.go_at(id, S::Implemented, early)).contains("ends before it began"));
}

#[test]
fn somebody_who_left_is_named() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    rig.book.assignments.put(Assignment {
        id: AssignmentId(1),
        role: RoleId(1),
        person: ADA,
        part: Part::Holder,
        from_on: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        until_on: NaiveDate::from_ymd_opt(2026, 11, 3),
        reason: String::new(),
    });
    let text = said(rig.go(id, S::Submitted));
    assert!(text.contains("Ada left on Tue 3 Nov 2026. Name somebody else as implementer."), "{text}");
    let mut draft = rig.decision(id, patchbook::domain::approval::Verdict::Approve);
    draft.person = ADA;
    assert!(rig.decide(draft).is_err());
}

#[test]
fn a_standard_change_inherits_plan_and_approval_from_its_ratified_template() {
    let mut rig = Rig::default();
    let template = rig.ratified();
    let mut row = ChangeRecord::new(ChangeKind::Standard);
    row.title = "Workstations in November".to_owned();
    (row.template, row.implementer) = (Some(template), Some(ADA));
    row.updates = vec![rig.update(0)];
    row.window_from_at = Some(at(11, 14, 21));
    let id = rig.written(row, &["WS-1"]);
    assert_eq!(rig.record(id).plan.backout_plan, "Restore the snapshot");
    assert_eq!(rig.record(id).window_until_at, Some(at(11, 14, 23)));
    let text = said(rig.edit(id, |row| row.plan.rollout_plan = "By hand".to_owned()));
    assert!(text.contains("is its template's"), "{text}");
    rig.go(id, S::Scheduled).unwrap();
    rig.now = at(11, 14, 21);
    rig.go(id, S::InProgress).unwrap();
    rig.go(id, S::Failed).unwrap();
    let lost = rig.book.change_templates.get(template.0).unwrap();
    assert!(lost.revoked_because.contains("CHG-2026-11-001 ended as failed"));
}

#[test]
fn a_template_that_is_not_ratified_or_expired_or_withdrawn_carries_no_change() {
    let mut rig = Rig::default();
    let template = rig.ratified();
    let mut row = ChangeRecord::new(ChangeKind::Standard);
    row.title = "Workstations".to_owned();
    (row.template, row.implementer) = (Some(template), Some(ADA));
    row.updates = vec![rig.update(0)];
    (row.window_from_at, row.window_until_at) = (Some(at(12, 14, 21)), Some(at(12, 14, 23)));
    let id = rig.written(row, &["WS-1"]);
    let before = rig.now;
    rig.now = at(12, 31, 23) + 3600;
    assert!(said(rig.go(id, S::Scheduled)).contains("expired on Thu 31 Dec 2026"));
    rig.now = before;
    let base = rig.book.change_templates.get(template.0).unwrap().clone();
    let mut edited = base.clone();
    edited.plan.rollout_plan = "Another way".to_owned();
    rig.change(ChangeCommand::Template(Box::new(Edit { base: Some(base), row: edited }))).unwrap();
    assert!(said(rig.go(id, S::Scheduled)).contains("is not ratified"));
    rig.ratify(template).unwrap();
    assert!(said(rig.go(id, S::Scheduled)).contains("changed since this record was made"));
    rig.edit(id, |row| row.title = "Workstations again".to_owned()).unwrap();
    assert_eq!(rig.record(id).plan.rollout_plan, "Another way", "a draft takes the plan anew");
    let because = "A run failed".to_owned();
    rig.change(ChangeCommand::RevokeTemplate { template, because }).unwrap();
    assert!(said(rig.go(id, S::Scheduled)).contains("was withdrawn"));
    rig.ratify(template).unwrap();
    rig.go(id, S::Scheduled).unwrap();
}

#[test]
fn an_emergency_goes_ahead_with_a_reason_and_closes_only_with_its_approval() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Emergency);
    assert!(rig.record(id).approve_by_at.is_some(), "its approval has a deadline from the start");
    rig.go(id, S::Declared).unwrap();
    rig.go(id, S::GoAhead).unwrap();
    rig.go(id, S::InProgress).unwrap();
    rig.go(id, S::Implemented).unwrap();
    rig.go(id, S::Monitoring).unwrap();
    rig.now = at(11, 22, 9);
    rig.go(id, S::Review).unwrap();
    rig.verified(id, LineResult::Done, Proof::Tool).unwrap();
    rig.reviewed(id).unwrap();
    assert!(said(rig.go(id, S::Closed)).contains("There is no approval"));
    rig.tested(id, TestVerdict::Passed).unwrap();
    rig.approve(id).unwrap();
    assert_eq!(rig.state(id), S::Review, "a late approval moves nothing");
    rig.go(id, S::Closed).unwrap();
}

#[test]
fn an_asset_is_on_one_open_record_of_a_cycle_and_leaves_with_a_reason() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    let asset = rig.asset("SRV-1");
    let again = ChangeCommand::Lines { change: id, add: vec![asset], remove: Vec::new() };
    assert!(said(rig.change(again)).contains("SRV-1 is on CHG-2026-11-001 already"));
    let line = lines(&rig.book, id)[0].id;
    let bare = ChangeCommand::Lines { change: id, add: Vec::new(), remove: vec![(line, " ".to_owned())] };
    assert!(said(rig.change(bare)).contains("Say why"));
    let off =
        ChangeCommand::Lines { change: id, add: Vec::new(), remove: vec![(line, "Retired".to_owned())] };
    rig.change(off).unwrap();
    assert_eq!(lines(&rig.book, id).len(), 1);
}

#[test]
fn a_backup_that_was_verified_after_the_begin_does_not_count() {
    let mut rig = Rig::default();
    let id = rig.draft(ChangeKind::Normal);
    rig.go(id, S::Submitted).unwrap();
    rig.tested(id, TestVerdict::Passed).unwrap();
    rig.approve(id).unwrap();
    rig.go(id, S::Scheduled).unwrap();
    rig.now = at(11, 15, 9);
    rig.backed_up(id).unwrap();
    assert!(said(rig.go_at(id, S::InProgress, at(11, 14, 21))).contains("No verified backup"));
}

#[test]
fn an_approval_lost_during_the_work_is_recorded_again_before_it_closes() {
    let mut rig = Rig::default();
    let id = rig.in_review();
    rig.verified(id, LineResult::Done, Proof::Tool).unwrap();
    rig.reviewed(id).unwrap();
    let approval = patchbook::domain::approval::on_change(&rig.book, id)[0].id;
    rig.void(approval).unwrap();
    assert_eq!(rig.state(id), S::Review);
    assert!(said(rig.go(id, S::Closed)).contains("There is no approval"));
    rig.approve(id).unwrap();
    rig.go(id, S::Closed).unwrap();
    let newest = patchbook::domain::approval::on_change(&rig.book, id).last().unwrap().id;
    assert!(said(rig.void(newest)).contains("is closed"));
}

#[test]
fn a_line_overrides_its_record_and_is_seen_back_after_the_work_began() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    let line = lines(&rig.book, id)[0].clone();
    let mut row = line.clone();
    (row.monitored_by, row.monitored_at) = ("Dee".to_owned(), Some(rig.now));
    let edit = Edit { base: Some(line.clone()), row };
    assert!(said(rig.change(ChangeCommand::Line(Box::new(edit.clone())))).contains("has not begun"));
    rig.go(id, S::InProgress).unwrap();
    let seen = Edit {
        row: patchbook::domain::change::line::ChangeLine { monitored_at: Some(rig.now), ..edit.row },
        ..edit
    };
    rig.change(ChangeCommand::Line(Box::new(seen.clone()))).unwrap();
    let mut ring = seen.row.clone();
    ring.ring = 2;
    let late = Edit { base: Some(lines(&rig.book, id)[0].clone()), row: ring };
    assert!(
        said(rig.change(ChangeCommand::Line(Box::new(late))))
            .contains("does not change while it is in progress")
    );
    assert_eq!(lines(&rig.book, id)[0].monitored_by, "Dee");
}
