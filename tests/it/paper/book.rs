//! A small register with a living month: a cycle, people in roles, changes, a night, a meeting, waivers, actions.

use std::sync::Arc;

use chrono::NaiveDate;
use patchbook::domain::action::{Action, ActionId, Origin};
use patchbook::domain::approval::{Approval, ApprovalId, Medium, Subject, Verdict};
use patchbook::domain::asset::{Asset, AssetId, AssetKind};
use patchbook::domain::book::{Book, Head};
use patchbook::domain::calendar::closure::{Closure, ClosureEffect, ClosureId, ClosureKind};
use patchbook::domain::calendar::release::{Day, ReleaseRule, ReleaseRuleId};
use patchbook::domain::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use patchbook::domain::change::line::{ChangeLine, ChangeLineId, LineResult, Proof};
use patchbook::domain::change::test::{TestResult, TestResultId, TestStage, TestVerdict};
use patchbook::domain::change::{
    Backup, ChangeId, ChangeKind, ChangePlan, ChangeRecord, ChangeState, fingerprint,
};
use patchbook::domain::committee::{Contact, ContactId, Escalation};
use patchbook::domain::cycle::{Cycle, CycleId, CycleKind, CycleStep, CycleStepId, Phase, Point};
use patchbook::domain::group::{Group, GroupId};
use patchbook::domain::meeting::{Attendance, Meeting, MeetingId, MeetingItem, MeetingKind, Presence};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::rating::Rank;
use patchbook::domain::role::{
    Activity, ActivityId, Assignment, AssignmentId, Hat, Mark, MarkOf, Part, Role, RoleId,
};
use patchbook::domain::run::entry::{EntryKind, RunEntry, RunEntryId};
use patchbook::domain::run::{Run, RunId, RunStep, RunStepId};
use patchbook::domain::shop::Shop;
use patchbook::domain::update::{Classification, DeclineReason, ReleaseBasis, Severity, Update, UpdateId};
use patchbook::domain::waiver::request::{Control, ReasonClass, WaiverRequest, WaiverRequestId};
use patchbook::domain::waiver::{Waiver, WaiverId};

/// When every paper of these tests is printed: Sat 12 Dec 2026 09:30 in Berlin.
pub const PRINTED_AT: i64 = 1_797_064_200;

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

/// An instant of 2026 in Berlin's winter: month, day, hour, minute.
pub fn at(month: u32, on: u32, hour: u32, minute: u32) -> i64 {
    day(month, on).and_hms_opt(hour, minute, 0).expect("a time").and_utc().timestamp() - 3600
}

fn some(text: &str) -> String {
    text.to_owned()
}

pub fn living() -> Book {
    let mut book = Book::default();
    book.shop = Arc::new(Shop {
        name: some("Example Instruments Ltd"),
        zone: some("Europe/Berlin"),
        ..Shop::default()
    });
    book.head = Head { seq: 4711, hash: [0x9f; 32], at: at(12, 12, 9, 0) };
    people(&mut book);
    estate(&mut book);
    calendar(&mut book);
    cycle(&mut book);
    changes(&mut book);
    night(&mut book);
    waivers(&mut book);
    meetings(&mut book);
    book
}

fn people(book: &mut Book) {
    let people = [
        ("Ada Byron", "Information security architect"),
        ("Jürgen Müller", "System administrator"),
        ("Zoë O’Neill", "Head of operations"),
        ("Σοφία Παπαδοπούλου", "Quality assurance engineer"),
        ("Tomasz Łuczak", "Network operations"),
    ];
    for (id, (name, function)) in (1..).zip(people) {
        let (name, function) = (some(name), some(function));
        book.people.put(Person { id: PersonId(id), name, mail: String::new(), function });
    }
    let roles = [
        ("PC", "Patching coordinator", "Coordinates meetings, timelines and notices", Hat::Does, 1),
        ("PA", "Patching administrator", "Acquires and deploys updates, groups systems", Hat::Does, 2),
        ("SS", "System support", "Brings systems back after restart", Hat::Does, 2),
        ("AS", "Application support", "Brings applications back after restart", Hat::Does, 2),
        ("QA", "Quality assurance", "Tests systems and applications", Hat::LooksOver, 4),
        ("SM", "System monitor", "Verifies that systems come back", Hat::LooksOver, 5),
        ("AU", "Patching auditor", "Runs compliance reports, verifies deployment", Hat::LooksOver, 0),
        ("BA", "Business approval", "Authorises deployment in the window", Hat::Approves, 3),
        ("ISO", "Information security officer", "Decides in an emergency", Hat::Approves, 3),
    ];
    for (id, (code, name, responsibility, hat, person)) in (1..).zip(roles) {
        book.roles.put(Role {
            id: RoleId(id),
            code: some(code),
            name: some(name),
            responsibility: some(responsibility),
            job_title: String::new(),
            hat,
            position: id,
            ended_at: None,
        });
        if person > 0 {
            book.assignments.put(Assignment {
                id: AssignmentId(id),
                role: RoleId(id),
                person: PersonId(person),
                part: Part::Holder,
                from_on: day(1, 1),
                until_on: None,
                reason: String::new(),
            });
        }
    }
    book.assignments.put(Assignment {
        id: AssignmentId(90),
        role: RoleId(1),
        person: PersonId(2),
        part: Part::Deputy,
        from_on: day(1, 1),
        until_on: None,
        reason: String::new(),
    });
    matrix(book);
}

fn matrix(book: &mut Book) {
    let rows: [(&str, [&str; 9]); 6] = [
        ("Rate the risk; set priority and deadline", ["R", "C", "C", "C", "I", "I", "I", "C", "A"]),
        (
            "Raise the change record, back-out plan and notices",
            ["A/R", "R", "C", "C", "C", "I", "I", "I", "I"],
        ),
        ("Authorise the change and its maintenance window", ["C", "C", "I", "C", "C", "I", "I", "A/R", "C"]),
        ("Deploy to production and restart", ["A", "R", "C", "C", "I", "I", "I", "I", "I"]),
        ("Smoke-test production; accept or reject", ["I", "C", "C", "C", "A/R", "C", "I", "A", "I"]),
        ("Keep evidence; answer auditors", ["C", "C", "I", "I", "I", "I", "A", "C", "I"]),
    ];
    for (id, (name, letters)) in (1..).zip(rows) {
        let marks = (1..).zip(letters).map(|(role, letter)| MarkOf {
            role: RoleId(role),
            mark: Mark::of_word(letter).expect("a letter"),
        });
        book.activities.put(Activity {
            id: ActivityId(id),
            position: id,
            name: some(name),
            duty: None,
            marks: marks.collect(),
            ended_at: None,
        });
    }
}

fn estate(book: &mut Book) {
    for (id, name) in (1..).zip(["Domain controllers", "Application servers", "Workstations"]) {
        book.groups.put(Group { id: GroupId(id), name: some(name), position: id, note: String::new() });
    }
    let assets = [
        ("DC-01", "Domain controller"),
        ("DC-02", "Domain controller"),
        ("APP-ERP-01", "ERP application"),
        ("APP-LABEL-02", "Label printing"),
    ];
    for (id, (name, function)) in (1..).zip(assets) {
        let mut asset = Asset::new(AssetId(id), name, at(1, 2, 8, 0));
        asset.kind = AssetKind::Server;
        asset.function = some(function);
        asset.owner = Some(PersonId(3));
        asset.app_support = Some(PersonId(2));
        asset.site = some("Zürich, room 2.14");
        if id <= 2 {
            asset.restart_procedure =
                some("Transfer the FSMO roles first; wait for SYSVOL before the other node.");
        }
        book.assets.put(asset);
    }
    let updates = [
        (
            "5048685",
            "2026-12 Cumulative Update for Windows Server 2022 for x64-based Systems",
            Severity::Critical,
        ),
        ("5048661", "2026-12 Security Update for .NET 8", Severity::Important),
    ];
    for (id, (kb, title, severity)) in (1..).zip(updates) {
        book.updates.put(Update {
            id: UpdateId(id),
            vendor: some("Microsoft"),
            title: format!("{title} (KB{kb})"),
            kbs: vec![some(kb)],
            guid: String::new(),
            classification: Classification::Security,
            severity,
            products: Vec::new(),
            minimum_version: String::new(),
            released_at: at(12, 8, 19, 0),
            release_basis: ReleaseBasis::Vendor,
            declined_at: None,
            declined_reason: DeclineReason::None,
            withdrawn_at: None,
            superseded: false,
            created_at: at(12, 9, 8, 0),
        });
    }
    book.contacts.put(Contact {
        id: ContactId(1),
        group: None,
        bridge: some("+41 44 555 01 00, code 4711"),
        emergency: some("+41 44 555 01 99"),
        escalation: vec![
            Escalation { person: PersonId(2), phone: some("+41 79 555 11 22"), after_minutes: 0 },
            Escalation { person: PersonId(3), phone: some("+41 79 555 33 44"), after_minutes: 15 },
        ],
        ended_at: None,
    });
}

fn calendar(book: &mut Book) {
    book.release_rules.put(ReleaseRule {
        id: ReleaseRuleId(1),
        vendor: some("Microsoft"),
        title: some("security updates"),
        nth: 2,
        weekday: Day::Tuesday,
        months: (1..=12).collect(),
        time: some("10:00"),
        zone: some("America/Los_Angeles"),
        from_on: None,
        until_on: None,
        source: String::new(),
        unconfirmed: false,
        ended_at: None,
    });
    for (id, (group, name, days, start)) in (1..).zip([
        (1, "first night", 3, "21:00"),
        (2, "first night", 3, "22:30"),
        (3, "workstations", 3, "23:00"),
        (2, "second night", 4, "21:00"),
    ]) {
        book.windows.put(MaintenanceWindow {
            id: WindowId(id),
            group: GroupId(group),
            name: some(name),
            recurs: Recurs::Release { rule: ReleaseRuleId(1), days },
            start: some(start),
            minutes: 240,
            zone: String::new(),
            agreed_by: Some(PersonId(3)),
            agreed_on: Some(day(1, 15)),
            agreed_until_on: Some(NaiveDate::from_ymd_opt(2027, 1, 14).expect("a date")),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            ended_at: None,
        });
    }
    let closure = |id, kind, name: &str, from_on, until_on| Closure {
        id: ClosureId(id),
        kind,
        name: some(name),
        from_on,
        until_on,
        yearly: false,
        effect: ClosureEffect::Warn,
        groups: Vec::new(),
        ended_at: None,
    };
    book.closures.put(closure(1, ClosureKind::Holiday, "Christmas", day(12, 25), day(12, 26)));
    book.closures.put(closure(2, ClosureKind::Freeze, "Closing of the books", day(12, 28), day(12, 31)));
}

fn cycle(book: &mut Book) {
    book.cycles.put(Cycle {
        id: CycleId(1),
        kind: CycleKind::Monthly,
        name: some("2026-12"),
        month: some("2026-12"),
        template: None,
        anchor_at: at(12, 8, 19, 0),
        cutoff_at: Some(at(12, 11, 12, 0)),
        drill: false,
        updates: Vec::new(),
        points: vec![
            Point { group: GroupId(1), person: PersonId(2) },
            Point { group: GroupId(2), person: PersonId(4) },
        ],
        reason: String::new(),
        declared_by: String::new(),
        approve_by_at: None,
        created_at: at(11, 27, 9, 0),
        closed_at: None,
        closed_by: String::new(),
        cancelled_because: String::new(),
    });
    let steps = [
        (Phase::Assess, "Announce patching to the committee", 1, at(12, 1, 9, 0), true, true, "Notice"),
        (
            Phase::Plan,
            "Change records carry approval and back-out plan",
            1,
            at(12, 4, 17, 0),
            true,
            true,
            "Change records",
        ),
        (Phase::Plan, "Change-management meeting", 3, at(12, 7, 10, 0), true, false, "Minutes"),
        (Phase::Assess, "Evaluate the updates, set ranks", 1, at(12, 8, 19, 0), true, true, ""),
        (Phase::Test, "Deploy to the test systems", 2, at(12, 8, 21, 0), true, false, "Test results"),
        (Phase::Test, "Watch the test systems", 5, at(12, 9, 17, 0), true, false, ""),
        (Phase::Plan, "Send schedule and announcement", 1, at(12, 10, 12, 0), false, false, "Announcement"),
        (Phase::Deploy, "Cut-off for exceptions", 1, at(12, 11, 12, 0), true, true, ""),
        (Phase::Deploy, "First patch night", 2, at(12, 11, 21, 0), true, true, "Run log"),
        (Phase::Deploy, "Second patch night", 2, at(12, 12, 21, 0), false, true, "Run log"),
        (Phase::Verify, "Import and check what was installed", 0, at(12, 14, 12, 0), false, false, "Import"),
        (Phase::Verify, "Exceptions and failed attempts", 2, at(12, 19, 21, 0), false, true, ""),
        (Phase::Review, "Review", 1, at(12, 21, 10, 0), false, true, "Review"),
    ];
    for (id, (phase, title, person, due_at, done, milestone, document)) in (1..).zip(steps) {
        book.cycle_steps.put(CycleStep {
            id: CycleStepId(id),
            cycle: CycleId(1),
            position: id,
            key: None,
            phase,
            title: some(title),
            role: Some(RoleId(if person == 0 { 7 } else { person })),
            person: (person > 0).then_some(PersonId(person)),
            deputy: (person == 1).then_some(PersonId(2)),
            document: some(document),
            milestone,
            planned_at: due_at,
            due_at,
            shifted_because: String::new(),
            done_at: done.then_some(due_at - 1800),
            done_by: if done { some("Ada Byron") } else { String::new() },
            recorded_at: done.then_some(due_at),
            skipped_because: String::new(),
            note: String::new(),
        });
    }
}

pub fn plan() -> ChangePlan {
    ChangePlan {
        impact: some(
            "Sign-in is slower for some minutes while one domain controller restarts; nothing is down.",
        ),
        risk_of_applying: some("Directory replication may stop after the restart; seen once in March 2026."),
        risk_of_waiting: some(
            "KB5048685 closes a weakness that is exploited in the wild; both machines answer to every client.",
        ),
        outage: false,
        downtime_minutes: Some(20),
        prerequisites: some("Servicing stack of November is installed."),
        test_plan: some("Install on DC-TEST, sign in from two sites, check replication with repadmin."),
        rollout_plan: some(
            "1. Check replication.\n2. Install on DC-01, restart, check sign-in.\n3. Wait 30 minutes.\n4. Install on DC-02, restart, check sign-in.",
        ),
        phasing: some("Ring 1 DC-01, ring 2 DC-02; never both at once."),
        backout_plan: some(
            "Uninstall KB5048685 and restart; if the machine does not start, restore the system state from the backup of the day.",
        ),
        backout_trigger: some("Replication errors 30 minutes after the restart, or sign-in fails at a site."),
        backout_minutes: Some(120),
        backout_owner: Some(PersonId(3)),
        backout_proven_on: Some(day(6, 12)),
        monitoring_plan: some("Network operations watch both machines until Monday noon."),
        acceptance: some("No reported sign-in issue within seven days."),
        quiet_days: Some(7),
        notifications: some("Announcement to everybody on Thursday."),
        cost_hours: Some(4),
    }
}

fn changes(book: &mut Book) {
    let evidence = "3f2a9c01d4e5b6a798877665544332211ffeeddccbbaa99887766554433221100";
    let mut record = ChangeRecord {
        id: ChangeId(1),
        number: some("CHG-2026-12-001"),
        kind: ChangeKind::Normal,
        state: ChangeState::Monitoring,
        title: some("December updates for the domain controllers"),
        cycle: Some(CycleId(1)),
        group: Some(GroupId(1)),
        updates: vec![UpdateId(1), UpdateId(2)],
        rank: Some(Rank::High),
        reason: some("Monthly security updates."),
        plan: plan(),
        window_from_at: Some(at(12, 11, 21, 0)),
        window_until_at: Some(at(12, 12, 1, 0)),
        requester: Some(PersonId(1)),
        coordinator: Some(PersonId(1)),
        implementer: Some(PersonId(2)),
        tester: Some(PersonId(4)),
        monitor: Some(PersonId(5)),
        backup: Some(Backup {
            job: some("Veeam DC nightly"),
            verified_by: Some(PersonId(5)),
            verified_at: Some(at(12, 11, 20, 15)),
            restore_tested: true,
            evidence_name: some("veeam-report.pdf"),
            evidence_sha256: some(evidence),
        }),
        started_at: Some(at(12, 11, 21, 4)),
        start_recorded_at: Some(at(12, 11, 21, 5)),
        ended_at: Some(at(12, 11, 22, 40)),
        ended_as: Some(ChangeState::Implemented),
        outcome: some("Both machines patched."),
        monitor_until_at: Some(at(12, 18, 22, 40)),
        created_at: at(12, 2, 9, 12),
        ..ChangeRecord::new(ChangeKind::Normal)
    };
    book.changes.put(record.clone());
    for (id, result) in [(1, Some(LineResult::Done)), (2, Some(LineResult::Pending))] {
        book.change_lines.put(ChangeLine {
            ring: id,
            result,
            result_at: Some(at(12, 12, 8, 0)),
            result_by: some("WSUS Zürich"),
            proof: Some(Proof::Tool),
            monitored_by: some("Tomasz Łuczak"),
            monitored_at: Some(at(12, 11, 22, 10)),
            ..ChangeLine::new(ChangeLineId(id), ChangeId(1), AssetId(id))
        });
    }
    let approval = |id, decided: (String, String), decided_at| Approval {
        id: ApprovalId(id),
        subject: Subject::Change,
        subject_id: 1,
        decision: Verdict::Approve,
        person: Some(PersonId(3)),
        function: some("Business approval"),
        medium: Medium::Mail,
        decided_at,
        recorded_at: decided_at + 1860,
        recorded_by: some("Ada Byron"),
        comment: String::new(),
        evidence_name: some("RE: December window.eml"),
        evidence_sha256: some(evidence),
        fingerprint: decided.0,
        decided_text: decided.1,
        own: false,
        voided_at: None,
        voided_because: String::new(),
    };
    let as_it_stands = |book: &Book, record: &ChangeRecord| {
        (fingerprint::fingerprint(book, record), fingerprint::canonical(book, record))
    };
    let now = as_it_stands(book, &record);
    let mut earlier = record.clone();
    earlier.plan.backout_plan = some("Uninstall KB5048685 and restart.");
    earlier.window_until_at = Some(at(12, 12, 0, 0));
    let mut void = approval(1, as_it_stands(book, &earlier), at(12, 3, 15, 2));
    void.voided_at = Some(at(12, 4, 9, 20));
    void.voided_because = some("back-out plan and window were changed");
    book.approvals.put(void);
    let mut stands = approval(2, now, at(12, 4, 11, 47));
    stands.comment = some("Fine, but call me before DC-02.");
    book.approvals.put(stands);
    tests(book);

    record.id = ChangeId(2);
    record.number = some("CHG-2026-12-002");
    record.title = some("December updates for the application servers");
    record.group = Some(GroupId(2));
    record.state = ChangeState::Draft;
    record.plan = ChangePlan { outage: true, ..ChangePlan::default() };
    record.backup = None;
    (record.started_at, record.start_recorded_at, record.ended_at, record.ended_as) =
        (None, None, None, None);
    record.monitor_until_at = None;
    record.outcome = String::new();
    book.changes.put(record);
    book.change_lines.put(ChangeLine {
        window_from_at: Some(at(12, 12, 23, 0)),
        window_until_at: Some(at(12, 13, 1, 0)),
        note: some("Stop the interface service first"),
        ..ChangeLine::new(ChangeLineId(3), ChangeId(2), AssetId(3))
    });
}

fn tests(book: &mut Book) {
    let rows = [
        (
            TestStage::Before,
            "Sign in from Zürich",
            "Within 10 s",
            "4 s",
            TestVerdict::Passed,
            at(12, 9, 10, 0),
        ),
        (
            TestStage::Before,
            "repadmin /replsummary",
            "No failure",
            "1 failure, gone after an hour",
            TestVerdict::Failed,
            at(12, 9, 10, 20),
        ),
        (
            TestStage::Smoke,
            "Sign in from both sites",
            "Works",
            "Works",
            TestVerdict::Passed,
            at(12, 11, 22, 30),
        ),
    ];
    for (id, (stage, case, expected, found, verdict, tested_at)) in (1..).zip(rows) {
        book.tests.put(TestResult {
            id: TestResultId(id),
            change: ChangeId(1),
            line: None,
            stage,
            case: some(case),
            expected: some(expected),
            found: some(found),
            verdict,
            tested_by: Some(PersonId(4)),
            tested_at,
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            voided_because: String::new(),
        });
    }
}

fn night(book: &mut Book) {
    book.runs.put(Run {
        id: RunId(1),
        cycle: Some(CycleId(1)),
        changes: vec![ChangeId(1), ChangeId(2)],
        runbook: None,
        title: some("Patch night Fri 11 Dec 2026"),
        drill: false,
        lead: Some(PersonId(1)),
        bridge: some("+41 44 555 01 00, code 4711"),
        planned_at: at(12, 11, 8, 0),
        begun_at: Some(at(12, 11, 8, 2)),
        ended_at: Some(at(12, 12, 4, 20)),
        summary: some("13 steps, 12 done, 1 left out.\nDC-02 waits for its second restart.\nNo back-out."),
        accepted_by: String::new(),
        accepted_at: None,
        cancelled_because: String::new(),
        created_at: at(12, 10, 9, 0),
    });
    let steps: [(i64, i64, &str, &[&str], &str, i64); 9] = [
        (at(12, 11, 8, 0), 60, "Verify that the updates are ready", &[], "System admins", 2),
        (at(12, 11, 12, 0), 15, "Cut-off for all exceptions", &[], "All groups", 1),
        (at(12, 11, 13, 0), 60, "Configure the patch groups for deployment", &[], "System admins", 2),
        (at(12, 11, 21, 0), 10, "Open the conference bridge", &[], "Patch lead, network operations", 1),
        (
            at(12, 11, 21, 0),
            60,
            "Domain controllers and what is installed by hand",
            &["Check replication", "DC-01", "DC-02"],
            "System admins",
            2,
        ),
        (at(12, 11, 22, 0), 60, "Node 1 servers", &[], "System admins", 2),
        (at(12, 12, 0, 30), 30, "First patching report", &[], "System admins", 0),
        (
            at(12, 12, 1, 0),
            60,
            "Bring applications back online",
            &["Dial in", "Start the applications", "Tell the committee"],
            "Application support",
            4,
        ),
        (at(12, 12, 4, 0), 20, "Send the summary and the issues", &[], "Patch lead", 1),
    ];
    for (id, (planned_at, minutes, task, parts, team, person)) in (1..).zip(steps) {
        book.run_steps.put(RunStep {
            id: RunStepId(id),
            run: RunId(1),
            position: id,
            planned_at,
            minutes,
            task: some(task),
            parts: parts.iter().map(|part| some(part)).collect(),
            team: some(team),
            person: (person > 0).then_some(PersonId(person)),
            group: (id == 5).then_some(GroupId(1)),
            begun_at: (id != 7).then_some(planned_at + 120),
            ended_at: (id != 7).then_some(planned_at + minutes * 60 + 60 * (id - 3)),
            skipped_because: if id == 7 {
                some("the report server was being patched")
            } else {
                String::new()
            },
        });
    }
    let entries = [
        (at(12, 11, 21, 4), EntryKind::Begin, "Domain controllers begin", "", false),
        (at(12, 11, 22, 14), EntryKind::Note, "DC-01 back", "", true),
        (at(12, 11, 22, 31), EntryKind::Issue, "DC-02 asks for a second restart", "", false),
        (
            at(12, 11, 22, 35),
            EntryKind::Decision,
            "Second restart on Saturday night, called Zoë O’Neill",
            "",
            false,
        ),
        (at(12, 12, 1, 0), EntryKind::HandOver, "Servers are up", "Σοφία Παπαδοπούλου", false),
    ];
    for (id, (happened, kind, text, receiver, late)) in (1..).zip(entries) {
        book.run_entries.put(RunEntry {
            id: RunEntryId(id),
            run: RunId(1),
            at: happened,
            recorded_at: if late { at(12, 12, 8, 10) } else { happened },
            author: some("Jürgen Müller"),
            kind,
            text: some(text),
            step: None,
            group: (id == 1).then_some(GroupId(1)),
            asset: (id == 3).then_some(AssetId(2)),
            receiver: some(receiver),
            late,
            corrects: None,
        });
    }
}

fn waivers(book: &mut Book) {
    let control = |text: &str, verified_at, failed_at| Control {
        text: some(text),
        owner: Some(PersonId(5)),
        since_on: Some(day(11, 20)),
        proof: some("Rule 4711 in the firewall, tested with nmap"),
        verified_at,
        failed_at,
    };
    let request = |id, number: &str, until: NaiveDate| WaiverRequest {
        id: WaiverRequestId(id),
        number: some(number),
        cycle: Some(CycleId(1)),
        updates: vec![UpdateId(1)],
        assets: vec![AssetId(4)],
        reason_class: ReasonClass::Compatibility,
        reason: some(
            "The label printing driver stops with KB5048685; the vendor delivers a new one in January.",
        ),
        recommendation: some("Accept for 30 days with the machine behind the firewall rule."),
        residual: Rank::Medium,
        controls: vec![control("Machine reachable from the print VLAN only", Some(at(12, 10, 9, 0)), None)],
        exit_plan: some("Install driver 7.2, then the update"),
        exit_on: Some(until),
        requested_by: Some(PersonId(2)),
        requested_at: Some(at(12, 9, 14, 0)),
        until_on: Some(until),
        review_on: Some(day(12, 20)),
        void_if_exploited: true,
        void_if_exposed: true,
        renews: None,
        reviewed_at: Some(at(12, 10, 9, 0)),
        grants: Vec::new(),
        granted_at: None,
        rejected_because: String::new(),
        revoked_at: None,
        revoked_because: String::new(),
        created_at: at(12, 9, 13, 0),
    };
    let soon = day(12, 31);
    let mut granted = request(1, "WVR-2026-12-001", soon);
    granted.grants = vec![WaiverId(1)];
    granted.granted_at = Some(at(12, 10, 16, 0));
    book.waivers.put(Waiver {
        id: WaiverId(1),
        asset: AssetId(4),
        update: UpdateId(1),
        approved_at: at(12, 10, 16, 0),
        until_at: at(12, 31, 23, 59),
        voided_at: None,
        reason: granted.reason.clone(),
        approved_by: some("Zoë O’Neill"),
    });
    book.waiver_requests.put(granted);
    let mut asked = request(2, "WVR-2026-12-002", soon);
    asked.requested_at = Some(at(12, 11, 13, 30));
    asked.reviewed_at = None;
    asked.updates = vec![UpdateId(2)];
    book.waiver_requests.put(asked);
    book.approvals.put(Approval {
        id: ApprovalId(9),
        subject: Subject::Waiver,
        subject_id: 1,
        decision: Verdict::Approve,
        person: Some(PersonId(3)),
        function: some("Business owner"),
        medium: Medium::Phone,
        decided_at: at(12, 10, 15, 40),
        recorded_at: at(12, 10, 16, 0),
        recorded_by: some("Ada Byron"),
        comment: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        fingerprint: String::new(),
        decided_text: String::new(),
        own: false,
        voided_at: None,
        voided_because: String::new(),
    });
}

fn meetings(book: &mut Book) {
    let sat =
        |person, presence, deputy| Attendance { person: PersonId(person), presence, deputy, votes: true };
    let item = |topic: &str, brief: &str, decision: &str, by| MeetingItem {
        topic: some(topic),
        brief: some(brief),
        discussion: String::new(),
        decision: some(decision),
        decided_by: by,
        dissent: String::new(),
    };
    let meeting = Meeting {
        id: MeetingId(1),
        kind: MeetingKind::Committee,
        number: 12,
        cycle: Some(CycleId(1)),
        title: String::new(),
        planned_at: at(12, 7, 10, 0),
        held_at: Some(at(12, 7, 10, 3)),
        ended_at: Some(at(12, 7, 10, 55)),
        place: some("Room 3.1 and the bridge"),
        chair: Some(PersonId(3)),
        taker: Some(PersonId(1)),
        attendance: vec![
            sat(1, Presence::Present, None),
            sat(3, Presence::Present, None),
            sat(4, Presence::Deputised, Some(PersonId(2))),
            sat(5, Presence::Apologies, None),
        ],
        quorum: 3,
        items: vec![
            item("Open actions", "2 actions are open, 1 of them overdue.", "", None),
            item(
                "Waivers",
                "1 waiver ends within 30 days.",
                "WVR-2026-11-004 is not renewed.",
                Some(PersonId(3)),
            ),
            item(
                "Windows and freezes",
                "Closing of the books from 28 to 31 Dec.",
                "Second night on Sat 12 Dec.",
                None,
            ),
        ],
        good: String::new(),
        improve: String::new(),
        solutions: String::new(),
        thanks: String::new(),
        accepted_by: String::new(),
        accepted_at: None,
        cancelled_because: String::new(),
    };
    let mut note = meeting.clone();
    note.id = MeetingId(2);
    note.number = 13;
    note.planned_at = at(12, 14, 10, 0);
    note.attendance[1].presence = Presence::Absent;
    note.attendance[2].deputy = None;
    let review = Meeting {
        id: MeetingId(3),
        kind: MeetingKind::Review,
        number: 11,
        planned_at: at(12, 12, 8, 0),
        good: some("Both domain controllers within the window."),
        improve: some("The report server was patched while it was needed."),
        solutions: some("Move it to the second night."),
        thanks: some("Jürgen Müller for staying until four."),
        accepted_by: some("Zoë O’Neill"),
        accepted_at: Some(at(12, 12, 9, 0)),
        held_at: Some(at(12, 12, 8, 0)),
        ended_at: None,
        items: Vec::new(),
        ..meeting.clone()
    };
    for row in [meeting, note, review] {
        book.meetings.put(row);
    }
    let action = |id, what: &str, owner: Option<i64>, due_on, origin| Action {
        id: ActionId(id),
        what: some(what),
        owner: owner.map(PersonId),
        due_on,
        origin,
        created_at: at(12, 1, 9, 0),
        done_at: None,
        done_by: String::new(),
        result: String::new(),
        dropped_because: String::new(),
    };
    book.actions.put(action(
        1,
        "Name a second tester for the ERP",
        Some(3),
        Some(day(12, 10)),
        Origin::Meeting(MeetingId(1)),
    ));
    book.actions.put(action(
        2,
        "Second restart of DC-02",
        Some(2),
        Some(day(12, 13)),
        Origin::Entry(RunEntryId(3)),
    ));
    book.actions.put(action(3, "Write down the restart of the label server", None, None, Origin::Own));
    let mut done =
        action(4, "Ask the vendor for driver 7.2", Some(2), Some(day(12, 5)), Origin::Change(ChangeId(1)));
    done.done_at = Some(at(12, 4, 11, 0));
    done.done_by = some("Jürgen Müller");
    done.result = some("Promised for 15 January");
    book.actions.put(done);
}
