//! An emergency: its clock, its order, its decision, its debts. A rehearsal is the same and counts nowhere.

use patchbook::domain::approval::{Medium, Subject, Verdict};
use patchbook::domain::change::{ChangeKind, ChangeState};
use patchbook::domain::command::{
    ApprovalCommand, ApprovalDraft, Command, Edit, EmergencyCommand, RunCommand,
};
use patchbook::domain::cycle::template::StepKey;
use patchbook::domain::cycle::{CycleId, CycleKind, CycleStep, Phase};
use patchbook::domain::emergency::standing::{
    Decided, approvals_missed, decided_on, holds, measures_due, owed, standing,
};
use patchbook::domain::emergency::{InterimMeasure, MeasureId, counts};
use patchbook::util::hash::{hex, sha256};

use super::rig::{Rig, day, local};

const HOUR: i64 = 3600;

fn step(rig: &Rig, cycle: CycleId, key: StepKey) -> CycleStep {
    rig.book.cycle_steps.iter().find(|s| s.cycle == cycle && s.key == Some(key)).unwrap().clone()
}

fn decision(rig: &mut Rig, cycle: CycleId, decision: Verdict) -> Command {
    let person = match rig.book.people.rows().first() {
        Some(person) => person.id,
        None => rig.person("Otto Owner"),
    };
    let text = decided_on(&rig.book, rig.book.cycles.get(cycle.0).unwrap());
    Command::Approval(ApprovalCommand::Record(Box::new(ApprovalDraft {
        subject: Subject::Cycle,
        subject_id: cycle.0,
        decision,
        person,
        function: "Information security officer".to_owned(),
        medium: Medium::Phone,
        decided_at: rig.now_at,
        comment: "The flaw is being used".to_owned(),
        evidence: None,
        shown: hex(&sha256(text.as_bytes())),
    })))
}

/// Marks a step done, as the calendar does.
fn done(rig: &mut Rig, mut step: CycleStep) {
    step.done_at = Some(rig.now_at);
    rig.book.cycle_steps.put(step);
}

#[test]
fn a_declaration_makes_the_cycle_its_steps_and_one_record() {
    let mut rig = Rig::new();
    let id = rig.declare(false);
    let cycle = rig.book.cycles.get(id.0).unwrap();
    assert_eq!((cycle.kind, cycle.name.as_str()), (CycleKind::Emergency, "EMG-2026-001"));
    assert_eq!(cycle.approve_by_at, Some(cycle.anchor_at + 48 * HOUR));
    let found = standing(&rig.book, id, rig.now_at + 90 * 60).unwrap();
    assert_eq!(found.clock_secs, 90 * 60);
    assert_eq!(found.steps.len(), 15);
    assert!(found.steps.iter().map(|s| s.due_at).is_sorted());
    let place = |key| found.steps.iter().position(|s| s.key == Some(key)).unwrap();
    let deploy = found.steps.iter().position(|s| s.phase == Phase::Deploy).unwrap();
    assert!(place(StepKey::KeepEvidence) < place(StepKey::Decision) && place(StepKey::Decision) < deploy);
    let record = &rig.book.changes.rows()[0];
    assert_eq!(
        (record.kind, record.state, record.cycle),
        (ChangeKind::Emergency, ChangeState::Declared, Some(id))
    );
    assert_eq!(rig.book.changes.len(), 1);
    rig.declare(false);
    assert_eq!(rig.book.cycles.rows()[1].name, "EMG-2026-002");
}

#[test]
fn a_drill_is_the_same_but_marked_and_outside_the_figures() {
    let mut rig = Rig::new();
    let id = rig.declare(true);
    let cycle = rig.book.cycles.get(id.0).unwrap().clone();
    assert_eq!(cycle.name, "DRILL-2026-001");
    assert!(!counts(&cycle));
    assert_eq!(standing(&rig.book, id, rig.now_at).unwrap().steps.len(), 15);
    assert_eq!(approvals_missed(&rig.book, rig.now_at + 100 * HOUR), 0);
    rig.declare(false);
    assert_eq!(rig.book.cycles.rows()[1].name, "EMG-2026-001", "a drill takes no number");
    assert_eq!(approvals_missed(&rig.book, rig.now_at + 100 * HOUR), 1);
    // A night of a drill is a drill, whatever the form says.
    let runbook = rig.book.runbooks.rows()[0].id;
    let on = day("2026-12-11");
    rig.run(Command::Run(RunCommand::Plan { runbook, cycle: Some(id), changes: vec![], on, drill: false }));
    let run = rig.book.runs.rows().last().unwrap();
    assert!(run.drill && run.title.starts_with("DRILL "));
}

#[test]
fn patching_waits_for_the_evidence_and_for_a_decision() {
    let mut rig = Rig::new();
    let id = rig.declare(false);
    let runbook = rig.book.runbooks.rows()[0].id;
    let on = day("2026-12-11");
    rig.run(Command::Run(RunCommand::Plan { runbook, cycle: Some(id), changes: vec![], on, drill: false }));
    let run = rig.book.runs.rows()[0].id;
    let begin = RunCommand::Begin { run, at: rig.now_at };
    let deploy = step(&rig, id, StepKey::PatchNight);
    assert!(holds(&rig.book, &deploy).unwrap().contains("evidence comes before patching"));
    assert!(rig.refused(Command::Run(begin.clone())).contains("evidence comes before patching"));
    let evidence = step(&rig, id, StepKey::KeepEvidence);
    assert_eq!(holds(&rig.book, &evidence), None, "only patching waits");
    done(&mut rig, evidence);
    assert!(rig.refused(Command::Run(begin.clone())).contains("nobody has decided"));
    let command = decision(&mut rig, id, Verdict::Await);
    rig.run(command);
    assert!(rig.refused(Command::Run(begin.clone())).contains("await approval"));
    rig.now_at += HOUR;
    let command = decision(&mut rig, id, Verdict::GoAhead);
    rig.run(command);
    assert_eq!(holds(&rig.book, &deploy), None);
    rig.run(Command::Run(begin));
}

#[test]
fn an_approval_after_the_fact_is_in_time_or_missed_and_counted() {
    let mut rig = Rig::new();
    let id = rig.declare(false);
    let declared_at = rig.now_at;
    let command = decision(&mut rig, id, Verdict::GoAhead);
    rig.run(command);
    let missed =
        |rig: &Rig, hours: i64| standing(&rig.book, id, declared_at + hours * HOUR).unwrap().approval_missed;
    assert!(!missed(&rig, 48) && missed(&rig, 49));
    assert_eq!(approvals_missed(&rig.book, declared_at + 49 * HOUR), 1);
    rig.now_at = declared_at + 50 * HOUR;
    let command = decision(&mut rig, id, Verdict::Approve);
    rig.run(command);
    let found = standing(&rig.book, id, rig.now_at).unwrap();
    assert_eq!(found.decided, Decided::Approved);
    assert!(found.approval_missed, "two hours late stays two hours late");
}

#[test]
fn a_decision_on_what_was_not_shown_or_before_the_declaration_is_refused() {
    let mut rig = Rig::new();
    let id = rig.declare(false);
    let Command::Approval(ApprovalCommand::Record(mut draft)) = decision(&mut rig, id, Verdict::GoAhead)
    else {
        panic!("a decision")
    };
    draft.shown = "0".repeat(64);
    draft.decided_at = rig.now_at - 60;
    draft.comment = String::new();
    let said = rig.refused(Command::Approval(ApprovalCommand::Record(draft)));
    for words in ["changed since it was shown", "before the declaration", "Say why"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn an_emergency_owes_its_review_and_its_approval_until_it_has_them() {
    let mut rig = Rig::new();
    let id = rig.declare(false);
    let owes = owed(&rig.book, id, rig.now_at).join(" ");
    for words in ["emergency review", "Record the approval", "Keep evidence"] {
        assert!(owes.contains(words), "{words}: {owes}");
    }
    for key in [StepKey::KeepEvidence, StepKey::Decision] {
        let step = step(&rig, id, key);
        done(&mut rig, step);
    }
    let command = decision(&mut rig, id, Verdict::Approve);
    rig.run(command);
    assert_eq!(owed(&rig.book, id, rig.now_at), ["Plan and hold an emergency review."]);
}

#[test]
fn an_interim_measure_has_a_way_back_and_a_date_and_goes_deliberately() {
    let mut rig = Rig::new();
    let id = rig.declare(false);
    let row = InterimMeasure {
        id: MeasureId(0),
        cycle: id,
        what: "Port 445 blocked at the border".to_owned(),
        undo: String::new(),
        owner: None,
        in_force_at: rig.now_at,
        review_at: None,
        removed_at: None,
        removed_because: String::new(),
    };
    let save = |row: &InterimMeasure| {
        Command::Emergency(EmergencyCommand::Measure(Box::new(Edit { base: None, row: row.clone() })))
    };
    let said = rig.refused(save(&row));
    assert!(said.contains("how it is taken back") && said.contains("looked at again"), "{said}");
    let sound = InterimMeasure {
        undo: "Delete firewall rule 12".to_owned(),
        review_at: Some(local("2026-12-14 09:00")),
        ..row
    };
    rig.run(save(&sound));
    assert!(measures_due(&rig.book, local("2026-12-13 09:00")).is_empty());
    assert_eq!(measures_due(&rig.book, local("2026-12-15 09:00")).len(), 1);
    let measure = rig.book.measures.rows()[0].id;
    let remove = |because: &str| {
        Command::Emergency(EmergencyCommand::RemoveMeasure { measure, because: because.to_owned() })
    };
    assert!(rig.refused(remove("")).contains("why it is taken back"));
    assert!(owed(&rig.book, id, rig.now_at).iter().any(|line| line.contains("Port 445")));
    rig.run(remove("Every machine is patched"));
    assert!(rig.refused(remove("Again")).contains("taken back already"));
}

#[test]
fn a_declaration_says_what_and_by_whom() {
    let mut rig = Rig::new();
    let at = rig.now_at + 1;
    let declare = EmergencyCommand::Declare {
        reason: String::new(),
        updates: vec![],
        drill: false,
        by: String::new(),
        at,
    };
    let said = rig.refused(Command::Emergency(declare));
    for words in ["what the emergency is about", "who declares it", "has not come"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
