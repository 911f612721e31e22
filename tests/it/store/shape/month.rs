//! One row of every noun of the month (format 2), each referring to the others. Written as JSON, so that the kinds of all values
//! stand side by side.

use patchbook::domain::action::Action;
use patchbook::domain::approval::Approval;
use patchbook::domain::calendar::closure::Closure;
use patchbook::domain::calendar::release::{ReleaseOverride, ReleaseRule};
use patchbook::domain::calendar::window::MaintenanceWindow;
use patchbook::domain::change::ChangeRecord;
use patchbook::domain::change::line::ChangeLine;
use patchbook::domain::change::template::ChangeTemplate;
use patchbook::domain::change::test::TestResult;
use patchbook::domain::committee::{Contact, Member};
use patchbook::domain::cycle::template::CycleTemplate;
use patchbook::domain::cycle::{Cycle, CycleStep};
use patchbook::domain::emergency::InterimMeasure;
use patchbook::domain::meeting::Meeting;
use patchbook::domain::notice::NoticeSent;
use patchbook::domain::person::Departure;
use patchbook::domain::practice::Practice;
use patchbook::domain::role::{Activity, Assignment, DutyConflict, Role};
use patchbook::domain::row::{Row, RowChange};
use patchbook::domain::run::entry::RunEntry;
use patchbook::domain::run::runbook::Runbook;
use patchbook::domain::run::{Run, RunStep};
use patchbook::domain::waiver::request::WaiverRequest;
use serde_json::{Value, json};

use super::super::sample::NOW;

fn row<R: Row>(value: Value) -> RowChange {
    let row: R = serde_json::from_value(value).expect("a row");
    RowChange::create(&row)
}

fn calendar() -> Vec<RowChange> {
    let step = json!({
        "key": "cut_off", "phase": "plan", "title": "Exceptions close", "document": "Waiver list", "milestone": true,
        "when": { "by": "weekday", "weekday": "friday", "from_days": -3, "time": "12:00" }, "role": 1, "person": 1,
    });
    vec![
        RowChange::create(&Practice { id: 1, ..Practice::default() }),
        row::<ReleaseRule>(json!({
            "id": 1, "vendor": "Microsoft", "title": "Security \"B\" release", "nth": 2, "weekday": "tuesday",
            "months": [1, 2, 12], "time": "10:00", "zone": "America/Los_Angeles", "from_on": "2003-10-01",
            "source": "the vendor's notice", "unconfirmed": false,
        })),
        row::<ReleaseOverride>(json!({
            "id": 1, "rule": 1, "month": "2026-12", "at": NOW, "reason": "moved by the vendor",
        })),
        row::<Closure>(json!({
            "id": 1, "kind": "freeze", "name": "Year end", "from_on": "2026-12-20", "until_on": "2027-01-03",
            "yearly": true, "effect": "earlier", "groups": [1],
        })),
        row::<MaintenanceWindow>(json!({
            "id": 1, "group": 1, "name": "Night", "recurs": { "every": "release", "rule": 1, "days": 10 },
            "start": "22:00", "minutes": 240, "zone": "", "agreed_by": 1, "agreed_on": "2026-11-01",
            "agreed_until_on": "2027-10-31", "evidence_name": "mail.eml", "evidence_sha256": "00",
        })),
        row::<CycleTemplate>(json!({
            "id": 1, "name": "Month", "kind": "monthly", "release": 1, "steps": [step],
        })),
        row::<Cycle>(json!({
            "id": 1, "kind": "monthly", "name": "2026-12", "month": "2026-12", "template": 1, "anchor_at": NOW,
            "cutoff_at": NOW + 1, "drill": false, "updates": [1], "points": [{ "group": 1, "person": 1 }],
            "reason": "", "declared_by": "", "created_at": NOW, "closed_by": "", "cancelled_because": "",
        })),
        row::<CycleStep>(json!({
            "id": 1, "cycle": 1, "position": 1, "key": "cut_off", "phase": "plan", "title": "Exceptions close",
            "role": 1, "person": 1, "document": "", "milestone": true, "planned_at": NOW, "due_at": NOW + 1,
            "shifted_because": "holiday", "done_at": NOW, "done_by": "Ada", "recorded_at": NOW,
            "skipped_because": "", "note": "",
        })),
        row::<InterimMeasure>(json!({
            "id": 1, "cycle": 1, "what": "block port 445", "undo": "open it", "owner": 1, "in_force_at": NOW,
            "removed_because": "",
        })),
    ]
}

fn people() -> Vec<RowChange> {
    let item = json!({
        "topic": "t", "brief": "b", "discussion": "d", "decision": "yes", "decided_by": 1, "dissent": "",
    });
    vec![
        row::<Departure>(json!({ "id": 1, "person": 1, "last_on": "2026-12-31", "ended_at": NOW })),
        row::<Role>(json!({
            "id": 1, "code": "PC", "name": "Patch coordinator", "responsibility": "r", "job_title": "j",
            "hat": "does", "position": 1,
        })),
        row::<Assignment>(json!({
            "id": 1, "role": 1, "person": 1, "part": "deputy", "from_on": "2026-11-01", "reason": "",
        })),
        row::<Activity>(json!({
            "id": 1, "position": 1, "name": "Approve", "marks": [{ "role": 1, "mark": "A/R" }],
        })),
        row::<DutyConflict>(json!({
            "id": 1, "rule": "matrix", "person": 1, "change": 1, "accepted_by": "Grace", "accepted_at": NOW,
            "instead": "a second look",
        })),
        row::<Member>(json!({
            "id": 1, "person": 1, "list": "committee", "represents": "payroll", "nominee_of": 1,
            "from_on": "2026-11-01",
        })),
        row::<Contact>(json!({
            "id": 1, "group": 1, "bridge": "b", "emergency": "112",
            "escalation": [{ "person": 1, "phone": "1", "after_minutes": 15 }],
        })),
        row::<Meeting>(json!({
            "id": 1, "kind": "review", "number": 1, "cycle": 1, "title": "Review", "planned_at": NOW,
            "held_at": NOW, "place": "", "chair": 1,
            "attendance": [{ "person": 1, "presence": "present", "votes": true }], "quorum": 1, "items": [item],
            "good": "g", "improve": "i", "solutions": "s", "thanks": "t", "accepted_by": "",
            "cancelled_because": "",
        })),
        row::<Action>(json!({
            "id": 1, "what": "buy a disk", "owner": 1, "due_on": "2026-12-31",
            "origin": { "of": "meeting", "id": 1 }, "created_at": NOW, "done_by": "", "result": "",
            "dropped_because": "",
        })),
    ]
}

fn change() -> Vec<RowChange> {
    let plan = json!({
        "impact": "i", "risk_of_applying": "", "risk_of_waiting": "", "outage": true, "downtime_minutes": 20,
        "prerequisites": "", "test_plan": "", "rollout_plan": "", "phasing": "", "backout_plan": "b",
        "backout_trigger": "", "backout_owner": 1, "backout_proven_on": "2026-10-01", "monitoring_plan": "",
        "acceptance": "", "notifications": "",
    });
    let backup = json!({
        "job": "nightly", "verified_by": 1, "verified_at": NOW, "restore_tested": true, "evidence_name": "",
        "evidence_sha256": "",
    });
    vec![
        row::<ChangeTemplate>(json!({
            "id": 1, "name": "Workstations", "kind": "standard", "reason": "", "plan": plan, "window_minutes": 60,
            "ratified_by": 1, "ratified_function": "Manager", "ratified_at": NOW, "evidence_name": "",
            "evidence_sha256": "", "expires_on": "2027-11-01", "revoked_because": "",
        })),
        row::<ChangeRecord>(json!({
            "id": 1, "number": "CHG-2026-12-001", "kind": "normal", "state": "draft", "title": "t", "cycle": 1,
            "group": 1, "template": 1, "updates": [1], "rank": "high", "reason": "", "plan": plan,
            "window_from_at": NOW, "window_until_at": NOW + 1, "backup": backup, "untested_because": "",
            "go_ahead_because": "", "after_the_fact": false, "outcome": "", "issues": "", "review": "",
            "criteria_met": true, "created_at": NOW, "closed_by": "", "cancelled_because": "",
        })),
        row::<ChangeLine>(json!({
            "id": 1, "change": 1, "asset": 1, "ring": 1, "backup": backup, "note": "", "result": "done",
            "result_at": NOW, "result_by": "wsus01", "proof": "tool", "monitored_by": "", "removed_because": "",
        })),
        row::<TestResult>(json!({
            "id": 1, "change": 1, "line": 1, "stage": "smoke", "case": "logon", "expected": "e", "found": "f",
            "verdict": "passed", "tested_by": 1, "tested_at": NOW, "evidence_name": "", "evidence_sha256": "",
            "voided_because": "",
        })),
        row::<Approval>(json!({
            "id": 1, "subject": "change", "subject_id": 1, "decision": "approve", "person": 1,
            "function": "Business owner", "medium": "mail", "decided_at": NOW, "recorded_at": NOW + 60,
            "recorded_by": "Ada", "comment": "", "evidence_name": "yes.eml", "evidence_sha256": "00",
            "fingerprint": "00", "decided_text": "all of\nit", "own": false, "voided_because": "",
        })),
        row::<NoticeSent>(json!({
            "id": 1, "kind": "upcoming", "subject": "cycle", "subject_id": 1, "recipients": "all@example.org",
            "title": "t", "text": "one\ntwo", "created_at": NOW, "sent_by": "",
        })),
    ]
}

fn night() -> Vec<RowChange> {
    let step = json!({
        "day": 0, "time": "22:00", "minutes": 30, "task": "Reboot", "parts": ["one", "two"], "role": 1,
        "team": "Servers", "group": 1,
    });
    vec![
        row::<Runbook>(json!({ "id": 1, "name": "Night", "steps": [step] })),
        row::<Run>(json!({
            "id": 1, "cycle": 1, "changes": [1], "runbook": 1, "title": "December", "drill": true, "lead": 1,
            "bridge": "", "planned_at": NOW, "begun_at": NOW, "summary": "", "accepted_by": "",
            "cancelled_because": "", "created_at": NOW,
        })),
        row::<RunStep>(json!({
            "id": 1, "run": 1, "position": 1, "planned_at": NOW, "minutes": 30, "task": "Reboot",
            "parts": ["one", "two"], "team": "", "person": 1, "group": 1, "skipped_because": "",
        })),
        row::<RunEntry>(json!({
            "id": 1, "run": 1, "at": NOW, "recorded_at": NOW, "author": "Ada", "kind": "hand_over", "text": "done",
            "step": 1, "group": 1, "asset": 1, "receiver": "Grace", "late": false, "corrects": 1,
        })),
    ]
}

fn waiver() -> RowChange {
    row::<WaiverRequest>(json!({
        "id": 1, "number": "WVR-2026-12-001", "cycle": 1, "updates": [1], "assets": [1],
        "reason_class": "compatibility", "reason": "r", "recommendation": "", "residual": "medium",
        "controls": [{ "text": "firewall", "owner": 1, "since_on": "2026-11-01", "proof": "rule 12", "verified_at": NOW }],
        "exit_plan": "replace it", "exit_on": "2027-02-01", "requested_by": 1, "requested_at": NOW,
        "until_on": "2027-01-31", "void_if_exploited": true, "void_if_exposed": true, "renews": 1, "grants": [1],
        "granted_at": NOW, "rejected_because": "", "revoked_because": "", "created_at": NOW,
    }))
}

/// One row of every noun of the month.
pub fn one_of_each() -> Vec<RowChange> {
    let mut changes = calendar();
    changes.extend(people());
    changes.extend(change());
    changes.push(waiver());
    changes.extend(night());
    changes
}
