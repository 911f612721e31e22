//! The cycle templates a new file starts with: the month of figure 4, and a campaign that catches up.
//!
//! Steps that belong to a weekday say so: west of the date line the release is a Tuesday, in Asia and Oceania a Wednesday, and
//! the patch night is a Friday in both.

use super::template::{CycleTemplate, CycleTemplateId, StepKey, StepWhen, TemplateStep};
use super::{CycleKind, Phase};
use crate::domain::calendar::release::{Day, ReleaseRuleId};
use crate::domain::role::RoleId;
use crate::util::id::Ids;

/// When, in short.
enum At {
    /// Weekday, first day it may be, time.
    On(Day, i64, &'static str),
    /// Hours after day 0.
    After(i64),
    /// Days after day 0, time.
    Days(i64, &'static str),
}

type Short = (Option<StepKey>, Phase, &'static str, At, &'static str, &'static str, bool);

use At::{After, Days, On};

/// Figure 4 (`requirements.md`), with the noon of figure 8 for the cut-off. Role codes are those of the roles matrix.
const MONTH: [Short; 18] = [
    (
        None,
        Phase::Plan,
        "Tell the committee of the coming release",
        On(Day::Monday, -9, "09:00"),
        "PC",
        "Committee notice",
        true,
    ),
    (
        None,
        Phase::Plan,
        "Open the change records and tell the business",
        On(Day::Monday, -9, "10:00"),
        "PC",
        "Change records",
        false,
    ),
    (
        Some(StepKey::TicketDeadline),
        Phase::Plan,
        "Every change record carries business approval and a back-out plan",
        On(Day::Friday, -5, "17:00"),
        "PC",
        "Approvals",
        true,
    ),
    (
        None,
        Phase::Plan,
        "Change-management meeting on the month",
        On(Day::Monday, -3, "10:00"),
        "BA",
        "Minutes",
        false,
    ),
    (Some(StepKey::Release), Phase::Assess, "The vendor releases", After(0), "PC", "", false),
    (None, Phase::Assess, "Evaluate each update: does it concern us", After(2), "PA", "Evaluation", true),
    (Some(StepKey::TestBegins), Phase::Test, "Deploy to the test systems", After(4), "PA", "", true),
    (None, Phase::Test, "Watch the test systems", Days(1, "16:00"), "QA", "Test findings", false),
    (
        None,
        Phase::Plan,
        "Send the weekend schedule to the committee and announce it",
        On(Day::Thursday, 1, "14:00"),
        "PC",
        "Schedule and announcement",
        true,
    ),
    (
        Some(StepKey::CutOff),
        Phase::Plan,
        "Cut-off for exceptions",
        On(Day::Friday, 1, "12:00"),
        "PC",
        "Exception list",
        true,
    ),
    (
        Some(StepKey::PatchNight),
        Phase::Deploy,
        "Patch servers and workstations",
        On(Day::Friday, 1, "21:00"),
        "PA",
        "Run log",
        true,
    ),
    (
        Some(StepKey::PatchNight),
        Phase::Deploy,
        "Patch the servers missed on the first night",
        On(Day::Saturday, 2, "21:00"),
        "PA",
        "Run log",
        false,
    ),
    (
        None,
        Phase::Verify,
        "All server patching is complete",
        On(Day::Sunday, 3, "18:00"),
        "PA",
        "Summary of the night",
        true,
    ),
    (None, Phase::Verify, "Import the patch states", On(Day::Monday, 4, "09:00"), "AU", "Import", true),
    (
        None,
        Phase::Verify,
        "Monitor in production, contingency plan ready",
        On(Day::Friday, 6, "16:00"),
        "SM",
        "",
        false,
    ),
    (
        Some(StepKey::LastWindow),
        Phase::Deploy,
        "Patch exceptions and failures",
        On(Day::Saturday, 8, "20:00"),
        "PA",
        "Run log",
        true,
    ),
    (
        None,
        Phase::Verify,
        "Import again and report compliance",
        On(Day::Monday, 10, "09:00"),
        "AU",
        "Compliance report",
        true,
    ),
    (
        Some(StepKey::Review),
        Phase::Review,
        "Review the month with the committee",
        On(Day::Wednesday, 13, "14:00"),
        "PC",
        "Minutes",
        true,
    ),
];

/// A campaign apart from the month (requirements S0-05, S1-51): two weekends, and a list that must come out empty.
const CATCH_UP: [Short; 10] = [
    (
        None,
        Phase::Assess,
        "List the old open pairs by group and rank",
        Days(0, "12:00"),
        "AU",
        "List of open pairs",
        true,
    ),
    (
        None,
        Phase::Plan,
        "Agree the catch-up weekends with the business",
        Days(3, "12:00"),
        "PC",
        "Agreement",
        true,
    ),
    (
        Some(StepKey::TicketDeadline),
        Phase::Plan,
        "Every change record carries business approval and a back-out plan",
        Days(6, "17:00"),
        "PC",
        "Approvals",
        true,
    ),
    (Some(StepKey::TestBegins), Phase::Test, "Deploy to the test systems", Days(7, "09:00"), "PA", "", true),
    (None, Phase::Test, "Watch the test systems", Days(8, "16:00"), "QA", "Test findings", false),
    (
        Some(StepKey::CutOff),
        Phase::Plan,
        "Cut-off for exceptions",
        On(Day::Friday, 9, "12:00"),
        "PC",
        "Exception list",
        true,
    ),
    (
        Some(StepKey::PatchNight),
        Phase::Deploy,
        "First catch-up night",
        On(Day::Saturday, 10, "20:00"),
        "PA",
        "Run log",
        true,
    ),
    (
        Some(StepKey::LastWindow),
        Phase::Deploy,
        "Last catch-up night",
        On(Day::Saturday, 17, "20:00"),
        "PA",
        "Run log",
        true,
    ),
    (
        None,
        Phase::Verify,
        "Import and compare with the list",
        On(Day::Monday, 19, "09:00"),
        "AU",
        "What is left",
        true,
    ),
    (
        Some(StepKey::Review),
        Phase::Review,
        "Review the campaign; what is left becomes waivers or actions",
        On(Day::Wednesday, 21, "14:00"),
        "PC",
        "Minutes",
        true,
    ),
];

/// Makes the templates. `release`: what months count from. `role`: the role of a code of the matrix, where the shop has it.
pub fn templates(
    ids: &Ids,
    release: Option<ReleaseRuleId>,
    role: &dyn Fn(&str) -> Option<RoleId>,
) -> Vec<CycleTemplate> {
    let template = |name: &str, kind, release, steps: &[Short]| CycleTemplate {
        id: CycleTemplateId(ids.next()),
        name: name.to_owned(),
        kind,
        release,
        steps: steps.iter().map(|short| step(short, role)).collect(),
        ended_at: None,
    };
    vec![
        template("The month", CycleKind::Monthly, release, &MONTH),
        template("Catch-up campaign", CycleKind::CatchUp, None, &CATCH_UP),
    ]
}

fn step(short: &Short, role: &dyn Fn(&str) -> Option<RoleId>) -> TemplateStep {
    let (key, phase, title, at, code, document, milestone) = short;
    let when = match at {
        On(weekday, from_days, time) => {
            StepWhen::Weekday { weekday: *weekday, from_days: *from_days, time: (*time).to_owned() }
        }
        After(hours) => StepWhen::Hours { hours: *hours },
        Days(days, time) => StepWhen::Days { days: *days, time: (*time).to_owned() },
    };
    TemplateStep {
        key: *key,
        phase: *phase,
        title: (*title).to_owned(),
        when,
        role: role(code),
        person: None,
        deputy: None,
        document: (*document).to_owned(),
        milestone: *milestone,
    }
}
