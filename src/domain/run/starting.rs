//! The runbook a new register starts with: figure 8 of the requirements, in our own words.

use super::runbook::{Runbook, RunbookId, RunbookStep};
use crate::domain::group::GroupId;

/// Day, time, minutes, task, team, parts, name of the patch group.
type Line = (i64, &'static str, i64, &'static str, &'static str, &'static [&'static str], &'static str);

const LINES: [Line; 13] = [
    (0, "08:00", 60, "Check that every update is downloaded and approved", "System admins", &[], ""),
    (0, "12:00", 15, "Close the list of exceptions", "All groups", &[], ""),
    (
        0,
        "13:00",
        60,
        "Set up the patch groups for the night",
        "System admins",
        &["Domain controllers", "Virtual machines", "E-mail", "Everything else"],
        "",
    ),
    (
        0,
        "21:00",
        10,
        "Open the conference bridge and take the roll",
        "Patch lead, network operations",
        &[],
        "",
    ),
    (
        0,
        "21:00",
        60,
        "Patch domain controllers and what has to be installed by hand",
        "System admins",
        &["Domain controllers from remote only", "Systems without automatic installation"],
        "Domain controllers",
    ),
    (0, "22:00", 60, "Patch the first node of each cluster and the head office", "System admins", &[], ""),
    (0, "23:00", 60, "Patch the second node of each cluster and the other sites", "System admins", &[], ""),
    (0, "23:00", 60, "Patch workstations", "Workstation admins", &[], "Workstations"),
    (1, "00:00", 60, "Patch the servers that remain", "System admins", &[], ""),
    (1, "00:30", 30, "Write the first report", "System admins", &[], ""),
    (
        1,
        "01:00",
        60,
        "Bring applications back",
        "Application support",
        &["Join the bridge", "Start applications and databases", "Tell the committee when done"],
        "",
    ),
    (
        1,
        "02:00",
        120,
        "Test that systems work",
        "Quality assurance",
        &["Join the bridge", "Run the smoke tests", "Tell the committee when done"],
        "",
    ),
    (1, "04:00", 30, "Send the summary and the list of issues", "Patch lead", &[], ""),
];

/// The runbook of a new register (figure 8). `groups`: the groups it starts with, by name.
pub fn starting_runbook(id: RunbookId, groups: &[(GroupId, &str)]) -> Runbook {
    let step = |(day, time, minutes, task, team, parts, group): &Line| RunbookStep {
        day: *day,
        time: (*time).to_owned(),
        minutes: *minutes,
        task: (*task).to_owned(),
        parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        role: None,
        team: (*team).to_owned(),
        group: groups.iter().find(|(_, name)| name == group).map(|(id, _)| *id),
    };
    Runbook { id, name: "Patch night".to_owned(), steps: LINES.iter().map(step).collect(), ended_at: None }
}
