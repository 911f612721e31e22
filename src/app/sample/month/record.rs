//! The change records of a month in the sample: raised in bulk, tested, approved by e-mail, done, verified, watched, closed.

use super::cycle;
use super::diary::Month;
use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::domain::approval::{Medium, Subject, Verdict};
use crate::domain::change::outcome::outcomes;
use crate::domain::change::test::{TestResult, TestResultId, TestStage, TestVerdict};
use crate::domain::change::{Backup, ChangeId, ChangeRecord, ChangeState, fingerprint};
use crate::domain::command::{ApprovalCommand, ApprovalDraft, ChangeCommand, Command, Edit, LineFound, Move};
use crate::domain::compliance::view::View;
use crate::util::hash::{hex, sha256};

/// The month's records that are open, oldest number first.
pub(super) fn open(teller: &Teller, month: &Month) -> Vec<ChangeRecord> {
    let Some(cycle) = cycle::of(teller, month).map(|cycle| cycle.id) else { return Vec::new() };
    let mine = |record: &&ChangeRecord| {
        record.cycle == Some(cycle) && !matches!(record.state, ChangeState::Closed | ChangeState::Cancelled)
    };
    let mut records: Vec<ChangeRecord> = teller.book().changes.iter().filter(mine).cloned().collect();
    records.sort_by(|a, b| a.number.cmp(&b.number));
    records
}

fn now_as(teller: &Teller, change: ChangeId) -> Option<ChangeRecord> {
    teller.book().changes.get(change.0).cloned()
}

pub(super) fn step(
    teller: &mut Teller,
    change: ChangeId,
    to: ChangeState,
    at: i64,
    because: &str,
) -> Result<(), Error> {
    let Some(base) = now_as(teller, change) else { return Ok(()) };
    let (by, because) = ("Ines Hartmann".to_owned(), because.to_owned());
    teller.run(Command::Change(ChangeCommand::Move(Box::new(Move { base, to, at, by, because }))))
}

fn save(teller: &mut Teller, change: ChangeId, edit: impl FnOnce(&mut ChangeRecord)) -> Result<(), Error> {
    let Some(base) = now_as(teller, change) else { return Ok(()) };
    let mut row = base.clone();
    edit(&mut row);
    teller.run(Command::Change(ChangeCommand::Save(Box::new(Edit { base: Some(base), row }))))
}

/// The day after the release: one record a group from the template, filled in, tested on the test system, submitted.
pub(super) fn raise(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    cycle::catch_up(teller, month)?;
    let Some(cycle) = cycle::of(teller, month).map(|cycle| cycle.id) else { return Ok(()) };
    teller.run(Command::Change(ChangeCommand::Bulk { cycle }))?;
    let people =
        ["Ines Hartmann", "Tomasz Lis", "Milan Dvorak", "Aoife Byrne"].map(|name| teller.person(name));
    for record in open(teller, month) {
        let id = record.id;
        let is_normal =
            record.template.is_none_or(|_| record.kind == crate::domain::change::ChangeKind::Normal);
        save(teller, id, |row| {
            row.requester = people[0];
            row.coordinator = people[0];
            row.implementer = people[1];
            row.tester = people[2];
            row.monitor = people[3];
        })?;
        if !is_normal {
            continue;
        }
        let tests = [
            ("Install and restart", "Comes back within ten minutes"),
            ("Sign in, open the three main functions", "As before"),
        ];
        for (case, expected) in tests {
            let row = TestResult {
                id: TestResultId(0),
                change: id,
                line: None,
                stage: TestStage::Before,
                case: format!("{case} (SRV-TEST)"),
                expected: expected.to_owned(),
                found: "As expected".to_owned(),
                verdict: TestVerdict::Passed,
                tested_by: people[2],
                tested_at: month.at(1, 15, 0),
                evidence_name: String::new(),
                evidence_sha256: String::new(),
                voided_because: String::new(),
            };
            teller.run(Command::Change(ChangeCommand::Test(Box::new(Edit { base: None, row }))))?;
        }
        step(teller, id, ChangeState::Submitted, month.at(1, 16, 30), "")?;
    }
    Ok(())
}

/// Thursday: the business says yes by e-mail; one approval of the newest month comes without evidence.
pub(super) fn decide(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let Some(ruth) = teller.person("Ruth Okafor") else { return Ok(()) };
    for (place, record) in open(teller, month).into_iter().enumerate() {
        if record.state != ChangeState::Submitted {
            continue;
        }
        let number = &record.number;
        let mail = format!("From: ruth.okafor@tidewater.example\nSubject: Re: {number}\n\nApproved, Ruth\n");
        let with_evidence = month.is_past || place > 0;
        let draft = ApprovalDraft {
            subject: Subject::Change,
            subject_id: record.id.0,
            decision: Verdict::Approve,
            person: ruth,
            function: "Business approval".to_owned(),
            medium: if with_evidence { Medium::Mail } else { Medium::Phone },
            decided_at: month.at(2, 10, 40),
            comment: "Go, in the agreed window".to_owned(),
            evidence: with_evidence.then(|| (format!("RE {number}.eml"), hex(&sha256(mail.as_bytes())))),
            shown: fingerprint::fingerprint(teller.book(), &record),
        };
        teller.run(Command::Approval(ApprovalCommand::Record(Box::new(draft))))?;
    }
    Ok(())
}

/// Thursday afternoon: everything approved gets its place in the schedule.
pub(super) fn announce(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    for record in open(teller, month) {
        if matches!(record.state, ChangeState::Approved | ChangeState::Draft) {
            step(teller, record.id, ChangeState::Scheduled, month.at(2, 15, 0), "")?;
        }
    }
    cycle::catch_up(teller, month)
}

/// The night itself: the backups looked at, begun and ended.
pub(super) fn work(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let tomasz = teller.person("Tomasz Lis");
    let report = format!("Veeam job report {}.pdf", month.name);
    let seen_at = month.at(3, 19, 15);
    for record in open(teller, month).into_iter().filter(|record| record.state == ChangeState::Scheduled) {
        teller.at(seen_at);
        let digest = hex(&sha256(report.as_bytes()));
        save(teller, record.id, |row| {
            row.backup = Some(Backup {
                job: "Nightly servers".to_owned(),
                verified_by: tomasz,
                verified_at: Some(seen_at),
                restore_tested: false,
                evidence_name: report.clone(),
                evidence_sha256: digest,
            });
        })?;
        let from = record.window_from_at.unwrap_or(seen_at).max(seen_at + 60);
        let until = record.window_until_at.unwrap_or(from + 3600) - 600;
        teller.at(from + 60);
        step(teller, record.id, ChangeState::InProgress, from + 60, "")?;
        teller.at(until);
        step(teller, record.id, ChangeState::Implemented, until, "")?;
    }
    Ok(())
}

/// Sunday: the import tells what came of each machine.
pub(super) fn verify(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    for record in open(teller, month) {
        let book = teller.book();
        let view = View::new(book, teller.now());
        let found: Vec<LineFound> =
            outcomes(&view, &record).iter().filter_map(|outcome| outcome.found(book)).collect();
        if !found.is_empty() {
            teller.run(Command::Change(ChangeCommand::Verify { change: record.id, found }))?;
        }
    }
    Ok(())
}

/// Monday: the quiet week begins.
pub(super) fn watch(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    for record in open(teller, month) {
        if matches!(record.state, ChangeState::Implemented | ChangeState::Partly) {
            save(teller, record.id, |row| {
                "Done in the window".clone_into(&mut row.outcome);
                row.downtime_minutes = Some(12);
            })?;
            step(teller, record.id, ChangeState::Monitoring, month.at(6, 9, 30), "")?;
        }
    }
    cycle::catch_up(teller, month)
}

/// After the quiet week: what can be closed is closed, the rest stays open with its reasons.
pub(super) fn close(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    verify(teller, month)?;
    let at = teller.now();
    for record in open(teller, month) {
        if record.state != ChangeState::Monitoring {
            continue;
        }
        step(teller, record.id, ChangeState::Review, at, "")?;
        save(teller, record.id, |row| {
            "Nothing was reported in the quiet week".clone_into(&mut row.review);
            row.criteria_met = Some(true);
        })?;
        let Some(ready) = now_as(teller, record.id) else { continue };
        if crate::domain::change::missing::missing(teller.book(), &ready, ChangeState::Closed, at).is_empty()
        {
            step(teller, record.id, ChangeState::Closed, at, "")?;
        }
    }
    Ok(())
}
