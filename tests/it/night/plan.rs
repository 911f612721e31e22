//! From a runbook to a night: a copy with instants.

use patchbook::domain::command::{Command, Edit, RunCommand};
use patchbook::domain::run::deviation::{Deviation, before, from_run, from_runbook};
use patchbook::domain::run::entry::EntryKind;
use patchbook::domain::run::runbook::Runbook;

use super::rig::{BERLIN, Rig, local, plan};

#[test]
fn a_new_register_offers_the_thirteen_steps_of_figure_8() {
    let rig = Rig::new();
    let runbook = &rig.book.runbooks.rows()[0];
    assert_eq!(runbook.steps.len(), 13);
    assert_eq!(runbook.steps[0].time, "08:00");
    assert_eq!(runbook.steps[12].time, "04:00");
    assert_eq!(runbook.steps[12].day, 1);
    let controllers = runbook.steps.iter().find(|step| step.group.is_some()).unwrap();
    assert_eq!(controllers.group, Some(rig.group("Domain controllers")));
}

#[test]
fn clock_times_become_instants_of_the_evening_and_of_the_day_after() {
    let mut rig = Rig::new();
    let run = rig.planned();
    let sheet = rig.sheet(run);
    assert_eq!(sheet.run.title, "Patch night Fri 11 Dec 2026");
    assert_eq!(sheet.run.planned_at, local("2026-12-11 08:00"));
    let times: Vec<i64> = sheet.steps.iter().map(|step| step.planned_at).collect();
    assert!(times.is_sorted());
    assert_eq!(*times.last().unwrap(), local("2026-12-12 04:00"));
}

#[test]
fn steps_of_the_same_time_stand_in_the_order_of_their_groups() {
    let mut rig = Rig::new();
    let base = rig.book.runbooks.rows()[0].clone();
    let mut row = base.clone();
    row.steps.truncate(2);
    for (step, group) in row.steps.iter_mut().zip(["Workstations", "Domain controllers"]) {
        step.time = "21:00".to_owned();
        step.task = group.to_owned();
        step.group = Some(rig.group(group));
    }
    rig.run(Command::Run(RunCommand::Runbook(Box::new(Edit { base: Some(base), row }))));
    let run = rig.planned();
    let tasks: Vec<&str> = rig.sheet(run).steps.iter().map(|step| step.task.as_str()).collect();
    assert_eq!(tasks, ["Domain controllers", "Workstations"]);
}

#[test]
fn a_time_the_clocks_skip_is_named_in_the_log_and_planned_for_the_first_moment_that_exists() {
    let mut rig = Rig::new();
    let base = rig.book.runbooks.rows()[0].clone();
    let mut row = base.clone();
    row.steps.truncate(1);
    row.steps[0].day = 1;
    row.steps[0].time = "2:30".to_owned();
    rig.run(Command::Run(RunCommand::Runbook(Box::new(Edit { base: Some(base), row }))));
    rig.now_at = local("2027-03-20 12:00");
    // In the night to Sunday 28 March 2027 Berlin goes from 02:00 to 03:00.
    let run = rig.plan_on("2027-03-27");
    let sheet = rig.sheet(run);
    assert_eq!(sheet.run.planned_at, local("2027-03-28 03:00"));
    let notes = sheet.standing(EntryKind::Note);
    assert!(notes[0].text.contains("02:30 does not exist on Sun 28 Mar 2027"), "{}", notes[0].text);
    assert!(notes[0].text.contains("03:00"), "{}", notes[0].text);
}

#[test]
fn an_hour_that_comes_twice_is_named_too() {
    let mut rig = Rig::new();
    let base = rig.book.runbooks.rows()[0].clone();
    let mut row = base.clone();
    row.steps.truncate(1);
    row.steps[0].day = 1;
    row.steps[0].time = "02:30".to_owned();
    rig.run(Command::Run(RunCommand::Runbook(Box::new(Edit { base: Some(base), row }))));
    rig.now_at = local("2026-10-20 12:00");
    let run = rig.plan_on("2026-10-24");
    let notes = rig.sheet(run).standing(EntryKind::Note);
    assert!(notes[0].text.contains("comes twice"), "{}", notes[0].text);
}

#[test]
fn a_run_never_changes_its_runbook_and_the_difference_is_shown() {
    let mut rig = Rig::new();
    let before_run = rig.book.runbooks.rows()[0].clone();
    let run = rig.planned();
    let step = rig.step(run, "Patch workstations");
    let base = rig.sheet(run).step(step).unwrap().clone();
    let mut row = base.clone();
    row.minutes = 90;
    rig.run(Command::Run(RunCommand::Step(Box::new(Edit { base: Some(base), row }))));
    assert_eq!(rig.book.runbooks.rows()[0], before_run);
    let sheet = rig.sheet(run);
    let found = from_runbook(&sheet, &before_run, BERLIN);
    let how = "90 min instead of 60".to_owned();
    assert_eq!(found, [Deviation::Changed { task: "Patch workstations".to_owned(), how }]);
}

#[test]
fn a_night_is_compared_with_the_one_before_it() {
    let mut rig = Rig::new();
    let first = rig.begun();
    rig.run(Command::Run(RunCommand::End { run: first, at: rig.now_at }));
    let base = rig.book.runbooks.rows()[0].clone();
    let mut row: Runbook = base.clone();
    let gone = row.steps.remove(0);
    row.steps[0].task = "Freeze the list of exceptions".to_owned();
    rig.run(Command::Run(RunCommand::Runbook(Box::new(Edit { base: Some(base), row }))));
    let second = rig.plan_on("2026-12-12");
    let sheet = rig.sheet(second);
    let earlier = before(&rig.book, sheet.run).unwrap();
    assert_eq!(earlier.id, first);
    let found = from_run(&rig.sheet(first), &sheet);
    assert!(found.contains(&Deviation::Added("Freeze the list of exceptions".to_owned())), "{found:?}");
    assert!(found.contains(&Deviation::Missing(gone.task)), "{found:?}");
}

#[test]
fn a_night_is_not_planned_twice_nor_a_year_and_a_day_ahead() {
    let mut rig = Rig::new();
    rig.planned();
    let runbook = rig.book.runbooks.rows()[0].id;
    assert!(rig.refused(plan(runbook, "2026-12-11", false)).contains("already planned"));
    assert!(rig.refused(plan(runbook, "2028-01-01", false)).contains("at most a year"));
    // A rehearsal on the same evening is another night.
    rig.run(plan(runbook, "2026-12-11", true));
    assert!(rig.book.runs.rows()[1].title.starts_with("DRILL "));
}

#[test]
fn a_runbook_says_everything_that_is_wrong_with_it_at_once() {
    let mut rig = Rig::new();
    let mut row = rig.book.runbooks.rows()[0].clone();
    row.name = String::new();
    row.steps.truncate(1);
    row.steps[0].task = String::new();
    row.steps[0].time = "25:00".to_owned();
    row.steps[0].minutes = 0;
    row.steps[0].day = 9;
    let said = rig.refused(Command::Run(RunCommand::Runbook(Box::new(Edit { base: None, row }))));
    for words in
        ["Give the runbook a name", "what is to be done in step 1", "like 21:00", "1 minute", "three days"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
}
