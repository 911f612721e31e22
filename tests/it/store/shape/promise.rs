//! One row of every noun of the promise (format 3), each referring to the others. Written as JSON, so that the kinds of all
//! values stand side by side.

use patchbook::domain::case::BusinessCase;
use patchbook::domain::counting::Counting;
use patchbook::domain::document::{Document, DocumentVersion};
use patchbook::domain::gate::{GoDecision, KnownConflict, Prerequisite, TechDomain};
use patchbook::domain::lifecycle::{ExtendedSupport, Lifecycle};
use patchbook::domain::month::{CloseAnswer, Posture, Seal, Signature};
use patchbook::domain::programme::ProgrammeEntry;
use patchbook::domain::rating::RatingGround;
use patchbook::domain::row::{Row, RowChange};
use patchbook::domain::ruleset::{PendingRule, RuleSet, SetRule};
use patchbook::domain::threat::{Advisory, Catalogue, Finding, ThreatFact};
use serde_json::{Value, json};

use super::super::sample::NOW;

fn row<R: Row>(value: Value) -> RowChange {
    let row: R = serde_json::from_value(value).expect("a row");
    RowChange::create(&row)
}

fn threat() -> Vec<RowChange> {
    let says = [
        json!({ "says": "listed", "listed_on": "2026-11-10", "due_on": "2026-12-01", "ransomware": true,
            "product": "Microsoft Windows", "name": "Something \"wild\"" }),
        json!({ "says": "unlisted" }),
        json!({ "says": "likelihood", "score_ppm": 266_700 }),
        json!({ "says": "scored", "version": "3.1", "score_tenths": 98, "vector": "AV:N" }),
        json!({ "says": "vendor", "severity": "critical", "exploited": "active", "disclosed": true }),
        json!({ "says": "ssvc", "exploitation": "public", "automatable": true }),
        json!({ "says": "exploit", "reference": "a page" }),
    ];
    let mut changes = vec![row::<Catalogue>(json!({
        "id": 1, "kind": "kev", "title": "Known exploited", "version": "2026.11.20", "model": "", "published_at": NOW,
        "file_name": "kev.json", "sha256": "00", "entries": 2, "kept": 1,
        "looked": [{ "asset": 1, "at": NOW, "blind": false }], "recorded_at": NOW,
    }))];
    changes.extend((1..).zip(says).map(|(id, value)| {
        row::<ThreatFact>(json!({
            "id": id, "cve": "CVE-2026-1", "catalogue": 1, "value": value, "recorded_at": NOW,
        }))
    }));
    changes.push(row::<Advisory>(json!({
        "id": 1, "kb": "5031364", "catalogue": 1, "title": "t", "released_on": "2026-11-10", "cves": ["CVE-2026-1"],
        "severity": "critical", "products": ["Windows 11"], "fixes": [{ "product": "Windows 11", "build": "10.0.1" }],
        "supersedes": ["5031363"], "restart": "Yes", "recorded_at": NOW,
    })));
    changes.push(row::<Finding>(json!({
        "id": 1, "catalogue": 1, "asset": 1, "update": 1, "kb": "5031364", "cves": ["CVE-2026-1"], "plugin": "12",
        "name": "missing", "severity": "High", "seen_at": NOW, "gone_at": NOW, "recorded_at": NOW,
    })));
    changes
}

fn risk() -> Vec<RowChange> {
    vec![
        row::<RatingGround>(json!({
            "id": 1, "suggested": "high", "reasons": ["Listed in KEV"], "bundle": "Windows 11", "recorded_at": NOW,
        })),
        row::<TechDomain>(json!({
            "id": 1, "name": "Windows", "technologies": ["windows"], "decider": 1, "deputy": 1, "section": "4.2",
            "silent_go": true, "silent_since_at": NOW, "object_weekday": "thursday", "object_time": "12:00",
            "position": 1,
        })),
        row::<GoDecision>(json!({
            "id": 1, "domain": 1, "updates": [1], "decision": "no_go", "reason": "r", "risk": "k", "cost_cents": 100,
            "cost_minutes": 30, "outage": true, "outage_when": "Friday night", "wait_until_on": "2026-12-01",
            "decided_by": "Ada", "function": "Operations", "medium": "mail", "decided_at": NOW, "recorded_at": NOW, "recorded_by": "Grace",
            "evidence_name": "mail.eml", "evidence_sha256": "00",
        })),
        row::<KnownConflict>(json!({
            "id": 1, "product": "Label printing", "update": 1, "asset": 1, "what": "stopped", "remedy": "driver",
            "solved_by": "Grace", "seen_on": "2026-11-12", "recorded_at": NOW,
        })),
        row::<Prerequisite>(json!({
            "id": 1, "update": 1, "needs": 1, "what": "servicing stack", "kind": "before", "recorded_at": NOW,
        })),
        row::<BusinessCase>(json!({
            "id": 1, "name": "14 days", "currency": "EUR",
            "cost": { "hour_cents": 5500, "fixed_minutes": 600, "prerequisite_cents": 0, "rework_permille": 50,
                "rework_minutes": 120, "emergencies": 2, "emergency_cents": 100_000, "tool_cents": 600_000,
                "training_cents": 0, "groups": [{ "name": "g", "machines": 3, "touch_minutes": 10,
                    "automated_permille": 900, "failed_permille": 30, "retry_minutes": 20, "outage_minutes": 30,
                    "outage_cents_an_hour": 5000 }] },
            "loss": { "loss_cents": { "low": 1, "likely": 2, "high": 3 },
                "before_permille": { "low": 1, "likely": 2, "high": 3 },
                "after_permille": { "low": 1, "likely": 2, "high": 3 }, "grounds": "own incidents" },
            "ask": "a window", "other_side": "insurance", "created_at": NOW, "judged": "reasonable",
            "judged_by": "Grace", "judged_function": "Finance", "judged_medium": "mail", "judged_at": NOW, "recorded_by": "Grace", "comment": "go", "evidence_name": "",
            "evidence_sha256": "",
        })),
        row::<Lifecycle>(json!({
            "id": 1, "product": "Windows 11 25H2", "edition": "W", "security_end_on": "2027-10-12",
            "extended_end_on": "2028-10-12", "source": "the vendor", "as_of_on": "2026-08-22", "own": true,
            "recorded_at": NOW,
        })),
        row::<ExtendedSupport>(json!({
            "id": 1, "asset": 1, "product": "", "until_on": "2027-10-12", "reference": "order 7", "evidence_name": "",
            "evidence_sha256": "", "recorded_at": NOW,
        })),
    ]
}

fn rule() -> Vec<RowChange> {
    vec![
        row::<RuleSet>(json!({
            "id": 1, "key": "ce-3.3", "name": "Cyber Essentials", "source": "s", "note": "", "from_on": "2026-04-27",
            "until_on": "2027-04-27", "binds": { "classes": ["server"], "exposures": ["internet"], "groups": [1] },
            "waivers": false, "unconfirmed": true, "adopted_at": NOW,
        })),
        row::<SetRule>(json!({
            "id": 1, "set": 1, "position": 1, "label": "A6.4",
            "condition": { "ranks": ["high"], "classes": [], "exposures": [], "software": ["system"],
                "trigger": "high", "automatable": true, "total_impact": null, "unassessed": false },
            "stage": "correct", "count": 14, "unit": "days", "clock": "release", "triage": true, "unconfirmed": false,
        })),
        row::<PendingRule>(json!({
            "id": 1, "kind": "change", "replaces": 1,
            "shall_be": { "id": 1, "rank": "high", "class": "server", "exposure": null, "amount": 7, "unit": "days",
                "clock": "release", "from_at": 0, "until_at": null, "source": "policy" },
            "set": 1, "reason": "r", "proposed_by": "Ada", "proposed_at": NOW, "case": 1, "settled": "in_force",
            "settled_at": NOW, "version": 1,
        })),
    ]
}

fn document() -> Vec<RowChange> {
    vec![
        row::<Document>(json!({
            "id": 1, "key": "policy", "title": "Policy", "owner": 1, "classification": "Internal", "review_months": 12,
            "own_sections": [{ "key": "purpose", "text": "Ours.", "over_sha256": "00" }], "created_at": NOW,
        })),
        row::<DocumentVersion>(json!({
            "id": 1, "document": 1, "number": 1, "state": "ratified", "template": 1, "text": "# Policy",
            "stated": [{ "name": "shop.name", "value": "Ours" }],
            "about": { "cycle": 1, "case": null, "posture": 1, "month": "2026-11-01" }, "note": "first", "made_by": "Ada", "made_at": NOW,
            "submitted_at": NOW, "ratified_by": "Grace", "ratified_function": "Director", "ratified_medium": "paper",
            "ratified_at": NOW, "recorded_at": NOW, "recorded_by": "Grace", "evidence_name": "scan.pdf", "evidence_sha256": "00",
            "effective_on": "2026-12-01", "next_review_on": "2027-12-01",
        })),
        row::<ProgrammeEntry>(json!({
            "id": 1, "kind": "step", "position": 1, "fields": { "title": "Importance", "owner": "Ada" },
            "created_at": NOW,
        })),
    ]
}

fn month() -> Vec<RowChange> {
    let figure = json!({ "id": "M1", "name": "within deadline", "part": 6, "whole": 11, "text": "54.5 %" });
    let machine = json!({ "asset": 1, "name": "web-01", "segment": "overdue", "open": 2, "overdue": 1 });
    vec![
        row::<Seal>(json!({
            "id": 1, "month": "2026-11", "number": 1, "as_of_at": NOW, "sealed_at": NOW, "sealed_by": "Ada",
            "definitions": "1", "program": "0.1.0",
            "inputs": { "head_seq": 1, "head": "00", "catalogues": [{ "kind": "kev", "version": "1", "sha256": "00" }],
                "tables": [{ "name": "asset", "rows": 1, "sha256": "00" }], "documents": [["policy", 1]] },
            "outputs": { "figures": [figure], "machines": [machine], "moved": ["a line"] },
            "answered": [["stale", "away"]], "judgement": "j", "restates": 1, "reason": "r", "approved_by": "Grace",
            "sha256": "00",
        })),
        row::<CloseAnswer>(json!({
            "id": 1, "month": "2026-11", "item": "stale", "answer": "away", "found": "", "answered_by": "Ada", "answered_at": NOW,
        })),
        row::<Signature>(json!({
            "id": 1, "seal": 1, "meaning": "Reviewed", "name": "Grace", "function": "Audit", "medium": "paper",
            "signed_at": NOW, "recorded_at": NOW, "recorded_by": "Grace", "evidence_name": "", "evidence_sha256": "",
        })),
        row::<Posture>(json!({
            "id": 1, "name": "Baseline", "taken_at": NOW, "taken_by": "Ada", "baseline": true, "threat": "t",
            "protection": "p", "environment": "e", "defence": "d", "definitions": "definitions 1", "figures": [figure], "machines": [machine],
            "seal": 1, "sha256": "00",
        })),
        row::<Counting>(json!({
            "id": 1, "covered": ["security"], "fresh_server_days": 14, "fresh_other_days": 30,
            "adoption_on": "2026-06-01", "zone": "UTC", "since_at": NOW, "reason": "r",
        })),
    ]
}

/// One row of every noun of the promise.
pub fn one_of_each() -> Vec<RowChange> {
    let mut changes = threat();
    changes.extend(risk());
    changes.extend(document());
    changes.extend(rule());
    changes.extend(month());
    changes
}
