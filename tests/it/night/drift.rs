//! How far a night is from its plan, against times worked out by hand.

use patchbook::domain::command::{Command, RunCommand};
use patchbook::domain::run::drift::{StepState, drift, drift_text};

use super::rig::{Rig, local};

#[test]
fn a_night_on_time_ends_as_planned() {
    let mut rig = Rig::new();
    let run = rig.planned();
    let found = drift(&rig.sheet(run), rig.now_at);
    assert_eq!(found.planned_end_at, local("2026-12-12 04:30"));
    assert_eq!(found.secs(), 0);
    assert_eq!(drift_text(found.secs()), "on time");
}

#[test]
fn a_late_step_pushes_only_what_waits_for_it() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch the servers that remain");
    // Planned 00:00 to 01:00; begun at 01:00, so its end is expected at 02:00 and the hour moves what follows it.
    rig.begin(step, "2026-12-12 01:00");
    let found = drift(&rig.sheet(run), local("2026-12-12 01:00"));
    let of = |task: &str| *found.of(rig.step(run, task)).unwrap();
    assert_eq!(of("Bring applications back").begin_at, Some(local("2026-12-12 02:00")));
    assert_eq!(of("Test that systems work").begin_at, Some(local("2026-12-12 03:00")));
    assert_eq!(found.end_at, local("2026-12-12 05:30"));
    assert_eq!(drift_text(found.secs()), "1 h 00 min late");
    assert_eq!(of("Patch workstations").state, StepState::PassedOver);
}

#[test]
fn the_length_of_a_step_comes_from_earlier_nights_where_there_are_any() {
    let mut rig = Rig::new();
    let first = rig.begun();
    let step = rig.step(first, "Test that systems work");
    rig.begin(step, "2026-12-12 02:00");
    rig.end(step, "2026-12-12 03:10");
    rig.run(Command::Run(RunCommand::End { run: first, at: rig.now_at }));
    let second = rig.plan_on("2026-12-18");
    let found = drift(&rig.sheet(second), rig.now_at);
    let test = found.of(rig.step(second, "Test that systems work")).unwrap();
    assert_eq!((test.length_secs, test.nights), (70 * 60, 1));
    let other = found.of(rig.step(second, "Patch workstations")).unwrap();
    assert_eq!((other.length_secs, other.nights), (60 * 60, 0));
}

#[test]
fn the_next_step_stands_behind_the_last_one_that_began() {
    let mut rig = Rig::new();
    let run = rig.begun();
    assert_eq!(rig.sheet(run).next().unwrap().id, rig.step(run, "Check that every update"));
    let step = rig.step(run, "Patch domain controllers");
    rig.begin(step, "2026-12-11 21:00");
    let sheet = rig.sheet(run);
    assert_eq!(sheet.next().unwrap().id, rig.step(run, "Patch the first node"));
    assert_eq!(sheet.running()[0].id, step);
}

#[test]
fn five_minutes_are_on_time_and_six_are_not() {
    assert_eq!(drift_text(300), "on time");
    assert_eq!(drift_text(-300), "on time");
    assert_eq!(drift_text(360), "6 min late");
    assert_eq!(drift_text(-3900), "1 h 05 min early");
}
