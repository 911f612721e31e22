//! The cycle of a month in the sample: begun, discussed, closed, its steps done as they come up.

use chrono::Days;

use super::diary::Month;
use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::domain::action::{Action, ActionId, Origin};
use crate::domain::command::{Command, CommitteeCommand, CycleCommand, Edit};
use crate::domain::cycle::progress::before_close;
use crate::domain::cycle::{Cycle, CycleKind, CycleStep};
use crate::domain::meeting::{Attendance, Meeting, MeetingKind, Presence};
use crate::util::clock::DAY_SECS;

/// The month's cycle.
pub(super) fn of<'b>(teller: &'b Teller, month: &Month) -> Option<&'b Cycle> {
    let wanted = |cycle: &&Cycle| cycle.kind == CycleKind::Monthly && cycle.month == month.name;
    teller.book().cycles.iter().find(wanted)
}

pub(super) fn begin(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let template = teller.book().cycle_templates.iter().find(|t| t.kind == CycleKind::Monthly).map(|t| t.id);
    let Some(template) = template else { return Ok(()) };
    teller.run(Command::Cycle(CycleCommand::Begin { template, month: month.name.clone() }))?;
    let Some(cycle) = of(teller, month).map(|cycle| cycle.id) else { return Ok(()) };
    for (group, name) in [
        ("Domain controllers", "Tomasz Lis"),
        ("Application", "Milan Dvorak"),
        ("Workstations", "Ines Hartmann"),
    ] {
        let group = teller.book().groups.iter().find(|g| g.name == group).map(|g| g.id);
        let (Some(group), person) = (group, teller.person(name)) else { continue };
        teller.run(Command::Cycle(CycleCommand::SetPoint { cycle, group, person }))?;
    }
    Ok(())
}

/// Marks every step done that was due before now, as the story stands; the newest ones are left for the reader.
pub(super) fn catch_up(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let now = teller.now();
    finish_due_by(teller, month, now)
}

fn finish_due_by(teller: &mut Teller, month: &Month, due_by: i64) -> Result<(), Error> {
    let Some(cycle) = of(teller, month).map(|cycle| cycle.id) else { return Ok(()) };
    let now = teller.now();
    let due = |step: &&CycleStep| {
        step.cycle == cycle
            && step.done_at.is_none()
            && step.skipped_because.is_empty()
            && step.due_at <= due_by
    };
    let mut steps: Vec<CycleStep> = teller.book().cycle_steps.iter().filter(due).cloned().collect();
    steps.sort_by_key(|step| step.position);
    for step in steps {
        let name = teller.book().person_name(step.person).to_owned();
        let by = if name.is_empty() { "Ines Hartmann".to_owned() } else { name };
        teller.run(Command::Cycle(CycleCommand::StepDone { step: step.id, at: step.due_at.min(now), by }))?;
    }
    Ok(())
}

pub(super) fn call_committee(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let cycle = of(teller, month).map(|cycle| cycle.id);
    let at = month.at(-1, 14, 0);
    teller.run(Command::Committee(CommitteeCommand::Plan { kind: MeetingKind::Committee, cycle, at }))
}

fn meeting(teller: &Teller, month: &Month, kind: MeetingKind) -> Option<Meeting> {
    let cycle = of(teller, month)?.id;
    teller.book().meetings.iter().find(|m| m.kind == kind && m.cycle == Some(cycle)).cloned()
}

fn attendance(teller: &Teller, absent: &str) -> Vec<Attendance> {
    let members = teller.book().members.iter();
    members
        .map(|member| Attendance {
            person: member.person,
            presence: if teller.book().person_name(Some(member.person)) == absent {
                Presence::Apologies
            } else {
                Presence::Present
            },
            deputy: None,
            votes: true,
        })
        .collect()
}

fn change(teller: &mut Teller, base: Meeting, row: Meeting) -> Result<(), Error> {
    teller.run(Command::Committee(CommitteeCommand::Meeting(Box::new(Edit { base: Some(base), row }))))
}

pub(super) fn hold_committee(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    catch_up(teller, month)?;
    let Some(base) = meeting(teller, month, MeetingKind::Committee) else { return Ok(()) };
    let ruth = teller.person("Ruth Okafor");
    let mut row = base.clone();
    row.held_at = Some(month.at(-1, 14, 0));
    row.ended_at = Some(month.at(-1, 14, 40));
    "Meeting room, ground floor".clone_into(&mut row.place);
    row.chair = teller.person("Ines Hartmann");
    row.taker = teller.person("Aoife Byrne");
    row.attendance = attendance(teller, "Milan Dvorak");
    if let Some(item) = row.items.iter_mut().find(|item| item.topic.to_lowercase().contains("window")) {
        "Friday evening suits the warehouse; the web shop is quiet after 22:00"
            .clone_into(&mut item.discussion);
        "The windows stand as agreed".clone_into(&mut item.decision);
        item.decided_by = ruth;
    }
    let id = row.id;
    change(teller, base, row)?;
    teller.at(month.at(0, 9, 0));
    teller.run(Command::Committee(CommitteeCommand::AcceptMinutes {
        meeting: id,
        by: "Ruth Okafor".to_owned(),
    }))
}

pub(super) fn release_day(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    catch_up(teller, month)
}

/// Two weeks after the release: the review, its actions, the end of the cycle.
pub(super) fn close(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let Some(cycle) = of(teller, month).map(|cycle| cycle.id) else { return Ok(()) };
    super::record::close(teller, month)?;
    catch_up(teller, month)?;
    let at = month.at(14, 10, 0);
    teller.run(Command::Committee(CommitteeCommand::Plan {
        kind: MeetingKind::Review,
        cycle: Some(cycle),
        at,
    }))?;
    if let Some(base) = meeting(teller, month, MeetingKind::Review) {
        let mut row = base.clone();
        row.held_at = Some(at);
        row.ended_at = Some(at + DAY_SECS / 48);
        "Meeting room, ground floor".clone_into(&mut row.place);
        row.chair = teller.person("Ines Hartmann");
        row.taker = teller.person("Tomasz Lis");
        row.attendance = attendance(teller, "Ruth Okafor");
        "Servers done before midnight; nobody noticed the restarts".clone_into(&mut row.good);
        "The print queue stood still until Saturday morning".clone_into(&mut row.improve);
        "Print a test page as part of the smoke test".clone_into(&mut row.solutions);
        "Thanks to Tomasz for a quiet night".clone_into(&mut row.thanks);
        let id = row.id;
        teller.at(at + DAY_SECS / 24);
        change(teller, base, row)?;
        let due_on = (month.release_on + Days::new(24)).into();
        for (what, owner) in [
            ("Add a test page to the smoke test of the print server", "Milan Dvorak"),
            ("Find out why WS-015 fails its cumulative update", "Tomasz Lis"),
        ] {
            let row = Action {
                id: ActionId(0),
                what: what.to_owned(),
                owner: teller.person(owner),
                due_on,
                origin: Origin::Meeting(id),
                created_at: 0,
                done_at: None,
                done_by: String::new(),
                result: String::new(),
                dropped_because: String::new(),
            };
            teller.run(Command::Committee(CommitteeCommand::Action(Box::new(Edit { base: None, row }))))?;
        }
        teller.run(Command::Committee(CommitteeCommand::AcceptMinutes {
            meeting: id,
            by: "Ines Hartmann".to_owned(),
        }))?;
    }
    // The review came a little before its day.
    finish_due_by(teller, month, i64::MAX)?;
    // A record that still waits for a machine keeps its month open.
    if !before_close(teller.book(), cycle, teller.now()).is_empty() {
        return Ok(());
    }
    teller.run(Command::Cycle(CycleCommand::Close { cycle, by: "Ines Hartmann".to_owned() }))
}
