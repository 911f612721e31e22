//! The change templates a register starts with (requirements S2-08, S4-10): texts to begin from, not to be believed.
//!
//! Neither is ratified; that is for a named person of the shop to do.

use super::template::{ChangeTemplate, ChangeTemplateId};
use super::{ChangeKind, ChangePlan};
use crate::util::id::Ids;

/// One template for servers, one for workstations.
pub fn starting_templates(ids: &Ids) -> Vec<ChangeTemplate> {
    vec![
        template(ids, "Servers, monthly", ChangeKind::Normal, 240, servers()),
        template(ids, "Workstations, monthly", ChangeKind::Standard, 480, workstations()),
    ]
}

fn template(
    ids: &Ids,
    name: &str,
    kind: ChangeKind,
    window_minutes: i64,
    plan: ChangePlan,
) -> ChangeTemplate {
    ChangeTemplate {
        id: ChangeTemplateId(ids.next()),
        name: name.to_owned(),
        kind,
        reason: "Vendor updates of the month that the policy covers.".to_owned(),
        plan,
        window_minutes,
        ratified_by: None,
        ratified_function: String::new(),
        ratified_at: None,
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        expires_on: None,
        revoked_at: None,
        revoked_because: String::new(),
    }
}

fn servers() -> ChangePlan {
    let text = str::to_owned;
    ChangePlan {
        impact: text("Each machine restarts once."),
        risk_of_applying: text("A service may not start, or an application may not work with an update."),
        risk_of_waiting: text("Known weaknesses stay open past their deadline and may be exploited."),
        outage: true,
        downtime_minutes: Some(30),
        prerequisites: text("The updates passed on test systems. A verified backup of this cycle exists."),
        test_plan: text(
            "Install on the test systems. Restart. Log on, run the two main functions of each application, read the event logs.",
        ),
        rollout_plan: text(
            "1. Say on the bridge that the group begins.\n2. Install ring by ring.\n3. Restart and wait until monitoring is green.\n\
             4. Run the smoke tests.\n5. Say that the group has ended.",
        ),
        phasing: text("One half of each cluster in ring 1, the other in ring 2."),
        backout_plan: text(
            "Uninstall the update and restart. If the server does not come back, restore it from the verified backup.",
        ),
        backout_trigger: text("A smoke test fails and cannot be put right before the point of no return."),
        backout_minutes: Some(180),
        backout_owner: None,
        backout_proven_on: None,
        monitoring_plan: text(
            "The system monitor confirms that each server and service is back after its restart.",
        ),
        acceptance: text("The smoke tests passed, and a week goes by without a reported issue."),
        quiet_days: None,
        notifications: text(
            "Schedule two days after the release, announcement on the day, begin and end of each group.",
        ),
        cost_hours: None,
    }
}

fn workstations() -> ChangePlan {
    let text = str::to_owned;
    ChangePlan {
        impact: text("Each workstation asks for a restart."),
        risk_of_applying: text("A program may not work with an update."),
        risk_of_waiting: text("Known weaknesses stay open past their deadline and may be exploited."),
        outage: false,
        downtime_minutes: Some(15),
        prerequisites: text("The pilot group has had the updates for two working days."),
        test_plan: text("The pilot group works as usual. One or two main functions are tried."),
        rollout_plan: text("The deployment tool installs ring by ring and reports."),
        phasing: text(
            "Pilot group first, then at most as many workstations a night as the help desk can carry.",
        ),
        backout_plan: text("Withdraw the update in the deployment tool and uninstall it ring by ring."),
        backout_trigger: text("The help desk reports the same fault from more than two workstations."),
        backout_minutes: None,
        backout_owner: None,
        backout_proven_on: None,
        monitoring_plan: text("The help desk watches for reports of the same fault."),
        acceptance: text("A week goes by without a fault that is traced back to the updates."),
        quiet_days: None,
        notifications: text("Announcement on the day before."),
        cost_hours: None,
    }
}
