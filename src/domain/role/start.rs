//! The rows a new register starts with: nine roles, 24 activities, and how the shop works.
//!
//! The matrix is that of `assets/data/raci.csv`; a test compares the two. Roles are those of requirement S1-25, in fresh words.

use super::{Activity, ActivityId, Duty, Hat, Mark, MarkOf, Role, RoleId};
use crate::domain::practice::Practice;
use crate::domain::row::RowChange;
use crate::util::id::Ids;

/// Code, name, what they answer for, whose job that usually is, hat.
pub const ROLES: [(&str, &str, &str, &str, Hat); 9] = [
    (
        "PC",
        "Patching coordinator",
        "Leads the month: calls the meetings, raises the changes, keeps IT and the business informed of what comes when",
        "Information security architect, later IT operations",
        Hat::Does,
    ),
    (
        "PA",
        "Patching administrator",
        "Gets the updates, sorts machines into patch groups, deploys, and reports what came of it",
        "Domain or systems administrator",
        Hat::Does,
    ),
    (
        "SS",
        "System support",
        "Brings systems back after the restart, with the other groups where something hangs",
        "Configuration management engineer",
        Hat::Does,
    ),
    (
        "AS",
        "Application support",
        "Brings applications back after the restart, with the other groups where something hangs",
        "Application engineer",
        Hat::Does,
    ),
    (
        "QA",
        "Quality assurance",
        "Tests systems and applications before and after, and signs that they do what they did",
        "Quality assurance engineer",
        Hat::Does,
    ),
    (
        "SM",
        "System monitor",
        "Watches that every machine comes back and tells the committee what did not",
        "Network operations engineer",
        Hat::Does,
    ),
    (
        "AU",
        "Patching auditor",
        "Checks independently that the updates are on, and takes what is open to the committee",
        "Information security analyst",
        Hat::LooksOver,
    ),
    (
        "BA",
        "Business approval",
        "Authorises a change and its window for the business, and accepts the risk that stays",
        "Change management board, business owner",
        Hat::Approves,
    ),
    (
        "ISO",
        "Information security officer",
        "Sets priority and deadlines, and decides in an emergency whether to go at once or to wait",
        "Information security officer",
        Hat::Approves,
    ),
];

/// Activity, what it means to the program, and a mark for each of [`ROLES`].
pub const ACTIVITIES: [(&str, Option<Duty>, &str); 24] = [
    ("Approve the policy and review it yearly", None, "R C C C C I C C A"),
    ("Keep the procedure and the implementation details current", None, "A R R C C C C I I"),
    ("Keep asset register, criticality and patch groups current", None, "C A/R R C I I I C I"),
    ("Watch sources; log new patches and exploitation signals", None, "A/R C I I I I I I I"),
    ("Rate the risk; set priority and deadline", None, "R C C C I I I C A"),
    ("Cost of compliance, prerequisites, go/no-go per technology domain", None, "C A/R C R C I I C I"),
    ("Raise the change record, back-out plan and notices", Some(Duty::Request), "A/R R C C C I I I I"),
    ("Authorise the change and its maintenance window", Some(Duty::Authorise), "C C I C C I I A/R C"),
    ("Acquire patches, check signature/hash, stage", None, "I A/R C I I I I I I"),
    ("Deploy to the test group; test; sign the result", Some(Duty::Test), "I R C R A/R I I I I"),
    ("Run the window: bridge, running log, hand-offs", None, "A/R C C C C C I I I"),
    ("Deploy to production and restart", Some(Duty::Implement), "A R C C I I I I I"),
    ("Bring systems back online", None, "I C A/R C I C I I I"),
    ("Bring applications back online", None, "I C C A/R C I I I I"),
    ("Monitor hosts and services; raise alerts", None, "I I C I I A/R I I I"),
    ("Smoke-test production; accept or reject", Some(Duty::Test), "I C C C A/R C I I I"),
    ("Decide on and run the back-out", None, "A R R R C C I C C"),
    ("Verify installs independently; issue the compliance report", Some(Duty::Verify), "C C I I I I A/R I I"),
    ("Prepare and assess an exception request", Some(Duty::RequestWaiver), "A C R R C I I C C"),
    ("Accept the residual risk of an exception", Some(Duty::AcceptRisk), "C I I C I I I A/R C"),
    (
        "Declare an emergency; decide to patch before business approval",
        Some(Duty::Declare),
        "R C I C I I I C A/R",
    ),
    ("Post-implementation review and action items", None, "A/R R R R R R C C I"),
    ("Keep evidence; answer auditors", None, "R C I I I I A/R C I"),
    ("Train and inform staff", None, "A/R C C C C C C C C"),
];

/// Roles and matrix of a new register.
pub fn matrix_rows(ids: &Ids) -> Vec<RowChange> {
    let mut rows = Vec::new();
    let mut columns = Vec::new();
    for (position, (code, name, responsibility, job_title, hat)) in (1_i64..).zip(ROLES) {
        let id = RoleId(ids.next());
        columns.push(id);
        rows.push(RowChange::create(&Role {
            id,
            code: code.to_owned(),
            name: name.to_owned(),
            responsibility: responsibility.to_owned(),
            job_title: job_title.to_owned(),
            hat,
            position,
            ended_at: None,
        }));
    }
    for (position, (name, duty, letters)) in (1_i64..).zip(ACTIVITIES) {
        let marks = columns.iter().zip(letters.split_whitespace());
        let marks =
            marks.filter_map(|(role, letter)| Some(MarkOf { role: *role, mark: Mark::of_word(letter)? }));
        rows.push(RowChange::create(&Activity {
            id: ActivityId(ids.next()),
            position,
            name: name.to_owned(),
            duty,
            marks: marks.collect(),
            ended_at: None,
        }));
    }
    rows
}

/// How a new shop works: the defaults, as a row.
pub fn practice_row() -> RowChange {
    RowChange::create(&Practice { id: 1, ..Practice::default() })
}

/// Everything of roles that a new register starts with.
pub fn starting_rows(ids: &Ids) -> Vec<RowChange> {
    let mut rows = vec![practice_row()];
    rows.extend(matrix_rows(ids));
    rows
}
