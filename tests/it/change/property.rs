//! No sequence of commands gets round the rules.

use patchbook::domain::approval::{Verdict, on_change};
use patchbook::domain::change::fingerprint::fingerprint;
use patchbook::domain::change::line::{LineResult, Proof};
use patchbook::domain::change::missing::is_settled;
use patchbook::domain::change::state::has_begun;
use patchbook::domain::change::test::TestVerdict;
use patchbook::domain::change::{ChangeId, ChangeKind, ChangeRecord, ChangeState as S, lines};
use patchbook::domain::command::ChangeCommand;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::rig::{ADA, Rig, at};

#[derive(Clone, Debug)]
enum Act {
    Go(S, i64),
    Decide(Verdict, bool),
    VoidNewest,
    Test(bool),
    BackUp,
    Verify(LineResult),
    Review(bool),
    Write(u8),
    PutOn,
    TakeOff,
    Ratify,
    Revoke,
    Wait(i64),
}

fn act() -> impl Strategy<Value = Act> {
    let state = proptest::sample::select(S::ALL.to_vec());
    let verdict = proptest::sample::select(Verdict::ALL.to_vec());
    let result = proptest::sample::select(LineResult::ALL.to_vec());
    prop_oneof![
        8 => (state, -2..2_i64).prop_map(|(to, hours)| Act::Go(to, hours * 3600)),
        4 => (verdict, any::<bool>()).prop_map(|(verdict, fresh)| Act::Decide(verdict, fresh)),
        1 => Just(Act::VoidNewest),
        2 => any::<bool>().prop_map(Act::Test),
        2 => Just(Act::BackUp),
        2 => result.prop_map(Act::Verify),
        2 => any::<bool>().prop_map(Act::Review),
        3 => (0..8_u8).prop_map(Act::Write),
        1 => Just(Act::PutOn),
        1 => Just(Act::TakeOff),
        1 => Just(Act::Ratify),
        1 => Just(Act::Revoke),
        2 => (0..10_i64).prop_map(|days| Act::Wait(days * 86_400)),
    ]
}

/// Does it if the rules let it; what they refuse is part of the walk.
fn perform(rig: &mut Rig, id: ChangeId, stale: &str, act: Act) {
    let _refused = match act {
        Act::Go(to, after) => {
            let when = rig.now + after;
            rig.go_at(id, to, when)
        }
        Act::Decide(verdict, fresh) => {
            let mut draft = rig.decision(id, verdict);
            if !fresh {
                stale.clone_into(&mut draft.shown);
            }
            rig.decide(draft)
        }
        Act::VoidNewest => {
            let newest = on_change(&rig.book, id).last().map(|approval| approval.id);
            newest.map_or(Ok(()), |newest| rig.void(newest))
        }
        Act::Test(passed) => rig.tested(id, if passed { TestVerdict::Passed } else { TestVerdict::Failed }),
        Act::BackUp => rig.backed_up(id),
        Act::Verify(result) => rig.verified(id, result, Proof::ByHand),
        Act::Review(met) => rig.edit(id, |row| {
            row.outcome = "Told".to_owned();
            row.review = "Looked at".to_owned();
            row.criteria_met = Some(met);
        }),
        Act::Write(what) => rig.edit(id, |row| match what {
            0 => row.title.push('x'),
            1 => row.plan.backout_plan.clear(),
            2 => row.plan.backout_plan.push_str(" and more"),
            3 => row.window_until_at = row.window_until_at.map(|until| until + 60),
            4 => row.untested_because.push('x'),
            5 => row.state = S::Closed,
            6 => row.started_at = Some(1),
            _ => row.kind = ChangeKind::Standard,
        }),
        Act::PutOn => {
            let add = vec![rig.asset("WS-1")];
            rig.change(ChangeCommand::Lines { change: id, add, remove: Vec::new() })
        }
        Act::TakeOff => {
            let remove = lines(&rig.book, id).iter().take(1).map(|l| (l.id, "out".to_owned())).collect();
            rig.change(ChangeCommand::Lines { change: id, add: Vec::new(), remove })
        }
        Act::Ratify => {
            let template = rig.book.change_templates.rows()[0].id;
            rig.ratify(template)
        }
        Act::Revoke => {
            let template = rig.book.change_templates.rows()[0].id;
            rig.change(ChangeCommand::RevokeTemplate { template, because: "out".to_owned() })
        }
        Act::Wait(secs) => {
            rig.now += secs;
            Ok(())
        }
    };
}

/// The next step that leads on, so that walks get far enough to try the last doors too.
fn lead_on(rig: &mut Rig, id: ChangeId) {
    let kind = rig.record(id).kind;
    let act = match (rig.state(id), kind) {
        (S::Draft | S::Returned, ChangeKind::Normal) => Act::Go(S::Submitted, 0),
        (S::Draft | S::Returned, ChangeKind::Emergency) => Act::Go(S::Declared, 0),
        (S::Draft, ChangeKind::Standard) => Act::Go(S::Scheduled, 0),
        (S::Submitted | S::Declared, _) => Act::Decide(Verdict::Approve, true),
        (S::Approved, ChangeKind::Normal) => Act::Go(S::Scheduled, 0),
        (S::Approved | S::GoAhead | S::Scheduled, _) => Act::Go(S::InProgress, 0),
        (S::InProgress, _) => Act::Go(S::Implemented, 0),
        (S::Implemented | S::Partly, _) => Act::Go(S::Monitoring, 0),
        (S::Monitoring | S::Failed | S::RolledBack, _) => Act::Go(S::Review, 0),
        _ => Act::Go(S::Closed, 0),
    };
    perform(rig, id, "", act);
}

fn started(rig: &mut Rig, kind: ChangeKind) -> ChangeId {
    let template = rig.ratified();
    if kind != ChangeKind::Standard {
        return rig.draft(kind);
    }
    let mut row = ChangeRecord::new(kind);
    row.title = "Workstations".to_owned();
    (row.template, row.implementer) = (Some(template), Some(ADA));
    row.updates = vec![rig.update(0)];
    (row.window_from_at, row.window_until_at) = (Some(at(11, 14, 21)), Some(at(11, 14, 23)));
    rig.written(row, &["WS-1"])
}

fn holds(rig: &Rig, id: ChangeId, before: S) -> Result<(), TestCaseError> {
    let record = rig.record(id);
    let print = fingerprint(&rig.book, record);
    let approvals = on_change(&rig.book, id);
    let mut stands =
        approvals.iter().filter(|a| a.decision == Verdict::Approve && a.voided_at.is_none()).peekable();
    let approved = stands.peek().is_some();
    for approval in stands {
        prop_assert_eq!(&approval.fingerprint, &print, "an approval stands for something else");
    }
    if before != record.state && record.state == S::InProgress {
        let ratified = record.template.and_then(|t| rig.book.change_templates.get(t.0));
        let allowed = match record.kind {
            ChangeKind::Standard => {
                ratified.is_some_and(|t| t.ratified_at.is_some() && t.revoked_at.is_none())
            }
            ChangeKind::Normal => approved,
            ChangeKind::Emergency => approved || !record.go_ahead_because.is_empty(),
        };
        prop_assert!(allowed, "began without authority");
        if record.kind == ChangeKind::Normal {
            let recorded = approvals.iter().map(|a| a.recorded_at).max();
            prop_assert!(recorded <= record.started_at, "began before its approval was recorded");
        }
    }
    if record.state == S::Closed {
        prop_assert!(record.kind == ChangeKind::Standard || approved, "closed without approval");
        prop_assert!(!lines(&rig.book, id).is_empty());
        for line in lines(&rig.book, id) {
            prop_assert!(is_settled(&rig.book, record, line, rig.now), "closed with an unverified asset");
        }
        prop_assert!(
            record.criteria_met.is_some() && record.started_at.is_some() && record.ended_at.is_some()
        );
        prop_assert!(!record.plan.backout_plan.is_empty(), "closed without a back-out plan");
        prop_assert!(
            record.monitor_until_at.is_none_or(|until| until <= rig.now),
            "closed in its quiet period"
        );
    }
    prop_assert!(!has_begun(record.state) || record.started_at.is_some());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_gets_round_the_evidence(
        kind in proptest::sample::select(ChangeKind::ALL.to_vec()),
        acts in proptest::collection::vec((act(), 0..3_u8), 1..70),
    ) {
        let mut rig = Rig::default();
        let id = started(&mut rig, kind);
        let stale = fingerprint(&rig.book, rig.record(id));
        for (act, leads) in acts {
            for lead in 0..=leads {
                let before = rig.state(id);
                if lead == 0 { perform(&mut rig, id, &stale, act.clone()) } else { lead_on(&mut rig, id) }
                holds(&rig, id, before)?;
            }
        }
    }
}

#[test]
fn the_walks_do_reach_the_end() {
    // A property over walks that never get there would prove nothing.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let walk = proptest::collection::vec((act(), 0..3_u8), 1..70);
    let (mut closed, mut begun) = (0, 0);
    for n in 0..300 {
        let mut rig = Rig::default();
        let id = started(&mut rig, ChangeKind::ALL[n % 3]);
        let stale = fingerprint(&rig.book, rig.record(id));
        let acts = walk.new_tree(&mut runner).unwrap().current();
        for (act, leads) in acts {
            perform(&mut rig, id, &stale, act);
            (0..leads).for_each(|_| lead_on(&mut rig, id));
        }
        closed += usize::from(rig.state(id) == S::Closed);
        begun += usize::from(has_begun(rig.state(id)));
    }
    assert!(closed > 5 && begun > 40, "closed {closed}, begun {begun}");
}
