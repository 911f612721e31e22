//! The patch night of the sample: planned in the morning, told step by step, some notes from the phone afterwards.

use super::cycle;
use super::diary::Month;
use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::domain::command::{Command, EntryDraft, RunCommand};
use crate::domain::run::entry::EntryKind;
use crate::domain::run::{Run, RunId, RunStep};

fn run_of(teller: &Teller, month: &Month) -> Option<Run> {
    let cycle = cycle::of(teller, month)?.id;
    teller.book().runs.iter().find(|run| run.cycle == Some(cycle) && !run.drill).cloned()
}

/// Friday morning: the night's run is copied from the runbook.
pub(super) fn plan(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    cycle::catch_up(teller, month)?;
    let Some(cycle) = cycle::of(teller, month).map(|cycle| cycle.id) else { return Ok(()) };
    let Some(runbook) = teller.book().runbooks.iter().next().map(|runbook| runbook.id) else { return Ok(()) };
    let changes = super::record::open(teller, month).into_iter().map(|record| record.id).collect();
    teller.run(Command::Run(RunCommand::Plan {
        runbook,
        cycle: Some(cycle),
        changes,
        on: month.on(3),
        drill: false,
    }))
}

/// The night: every step a few minutes off its plan, one issue, one decision, a hand-over, notes pasted the next morning.
pub(super) fn tell(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    super::record::work(teller, month)?;
    let Some(run) = run_of(teller, month) else { return Ok(()) };
    let mut steps: Vec<RunStep> =
        teller.book().run_steps.iter().filter(|step| step.run == run.id).cloned().collect();
    steps.sort_by_key(|step| step.position);
    let Some(first) = steps.first().map(|step| step.planned_at) else { return Ok(()) };
    teller.at(first);
    teller.run(Command::Run(RunCommand::Begin { run: run.id, at: first }))?;
    let mut last = first;
    for (place, step) in steps.iter().enumerate() {
        let late = [0, 2, 0, 5, 3, 8, 11, 6][place % 8] * 60;
        let begin = (step.planned_at + late).max(last);
        let end = begin + step.minutes.max(5) * 60 - 120;
        teller.at(begin);
        teller.run(Command::Run(RunCommand::BeginStep { step: step.id, at: begin }))?;
        if place == 5 {
            say(
                teller,
                run.id,
                begin + 600,
                EntryKind::Issue,
                "SRV-PRINT: the spooler does not start",
                step,
                "SRV-PRINT",
            )?;
            say(
                teller,
                run.id,
                begin + 1200,
                EntryKind::Decision,
                "Leave the spooler for the morning, no back-out",
                step,
                "SRV-PRINT",
            )?;
        }
        teller.at(end);
        teller.run(Command::Run(RunCommand::EndStep { step: step.id, at: end }))?;
        last = end;
    }
    teller.at(last + 600);
    teller.run(Command::Run(RunCommand::End { run: run.id, at: last + 300 }))?;
    let morning = month.at(4, 8, 30);
    teller.at(morning.max(last + 900));
    let back = EntryDraft {
        at: morning - 1800,
        kind: EntryKind::Note,
        text: "Spooler started by hand, test page printed".to_owned(),
        step: None,
        group: None,
        asset: teller.asset("SRV-PRINT"),
        receiver: String::new(),
        late: true,
        corrects: None,
    };
    teller.run(Command::Run(RunCommand::Log { run: run.id, entries: vec![back] }))?;
    if month.is_past {
        teller.run(Command::Run(RunCommand::AcceptSummary { run: run.id, by: "Ruth Okafor".to_owned() }))?;
    }
    Ok(())
}

fn say(
    teller: &mut Teller,
    run: RunId,
    at: i64,
    kind: EntryKind,
    text: &str,
    step: &RunStep,
    asset: &str,
) -> Result<(), Error> {
    teller.at(at);
    let entry = EntryDraft {
        at,
        kind,
        text: text.to_owned(),
        step: Some(step.id),
        group: None,
        asset: teller.asset(asset),
        receiver: String::new(),
        late: false,
        corrects: None,
    };
    teller.run(Command::Run(RunCommand::Log { run, entries: vec![entry] }))
}
