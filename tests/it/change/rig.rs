//! A register with two servers, a laptop, two updates and four people, and a hand that runs commands on it.

use chrono::NaiveDate;
use patchbook::domain::approval::{ApprovalId, Medium, Subject, Verdict};
use patchbook::domain::asset::{AssetId, AssetKind};
use patchbook::domain::book::Book;
use patchbook::domain::change::line::{LineResult, Proof};
use patchbook::domain::change::template::{ChangeTemplate, ChangeTemplateId};
use patchbook::domain::change::test::{TestResult, TestResultId, TestStage, TestVerdict};
use patchbook::domain::change::{
    Backup, ChangeId, ChangeKind, ChangePlan, ChangeRecord, ChangeState, fingerprint, lines,
};
use patchbook::domain::command::{
    ApprovalCommand, ApprovalDraft, ChangeCommand, Command, Edit, Issues, LineFound, Move, Ratification,
};
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::update::UpdateId;
use patchbook::util::id::Ids;

use crate::compliance::maker::Maker;
pub use crate::compliance::maker::at;

pub const ADA: PersonId = PersonId(901);
pub const BO: PersonId = PersonId(902);
pub const CY: PersonId = PersonId(903);
pub const DEE: PersonId = PersonId(904);
pub const SHA: &str = "3f2a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccdde";

pub struct Rig {
    pub book: Book,
    pub ids: Ids,
    pub now: i64,
}

impl Default for Rig {
    fn default() -> Self {
        let mut maker = Maker::default();
        maker.default_rules();
        maker.server("SRV-1");
        maker.server("SRV-2");
        maker.asset("WS-1", AssetKind::Laptop);
        maker.update(at(11, 10, 18));
        maker.update(at(11, 10, 18));
        let mut book = maker.finish();
        for (id, name) in [(ADA, "Ada"), (BO, "Bo"), (CY, "Cy"), (DEE, "Dee")] {
            let mail = format!("{}@example.org", name.to_lowercase());
            book.people.put(Person { id, name: name.to_owned(), mail, function: String::new() });
        }
        Self { book, ids: Ids::seeded(7), now: at(11, 11, 9) }
    }
}

impl Rig {
    pub fn run(&mut self, command: Command) -> Result<(), Issues> {
        let decision = decide(&self.book, command, Moment { at: self.now, actor: "Ada", ids: &self.ids })?;
        assert!(self.book.apply(&decision.changes).expect("rows fit"), "only creates and updates");
        self.now += 60;
        Ok(())
    }

    pub fn change(&mut self, command: ChangeCommand) -> Result<(), Issues> {
        self.run(Command::Change(command))
    }

    pub fn asset(&self, name: &str) -> AssetId {
        self.book.asset_named(name).unwrap().id
    }

    pub fn update(&self, place: usize) -> UpdateId {
        self.book.updates.rows()[place].id
    }

    pub fn record(&self, id: ChangeId) -> &ChangeRecord {
        self.book.changes.get(id.0).unwrap()
    }

    pub fn state(&self, id: ChangeId) -> ChangeState {
        self.record(id).state
    }

    /// A record with everything a draft of its type demands, and `SRV-1` and `SRV-2` on it.
    pub fn draft(&mut self, kind: ChangeKind) -> ChangeId {
        let mut row = ChangeRecord::new(kind);
        row.title = "November servers".to_owned();
        row.updates = vec![self.update(0)];
        row.reason = "Security updates".to_owned();
        row.plan = plan();
        row.window_from_at = Some(at(11, 14, 21));
        row.window_until_at = Some(at(11, 14, 23));
        (row.requester, row.implementer) = (Some(ADA), Some(ADA));
        self.written(row, &["SRV-1", "SRV-2"])
    }

    pub fn written(&mut self, row: ChangeRecord, assets: &[&str]) -> ChangeId {
        self.change(ChangeCommand::Save(Box::new(Edit { base: None, row }))).unwrap();
        let id = self.book.changes.rows().last().unwrap().id;
        let add = assets.iter().map(|name| self.asset(name)).collect();
        self.change(ChangeCommand::Lines { change: id, add, remove: Vec::new() }).unwrap();
        id
    }

    pub fn edit(&mut self, id: ChangeId, change: impl FnOnce(&mut ChangeRecord)) -> Result<(), Issues> {
        let base = self.record(id).clone();
        let mut row = base.clone();
        change(&mut row);
        self.change(ChangeCommand::Save(Box::new(Edit { base: Some(base), row })))
    }

    pub fn go(&mut self, id: ChangeId, to: ChangeState) -> Result<(), Issues> {
        let at = self.now;
        self.go_at(id, to, at)
    }

    pub fn go_at(&mut self, id: ChangeId, to: ChangeState, at: i64) -> Result<(), Issues> {
        let base = self.record(id).clone();
        let step = Move { base, to, at, by: "Ada".to_owned(), because: "because of it".to_owned() };
        self.change(ChangeCommand::Move(Box::new(step)))
    }

    pub fn tested(&mut self, id: ChangeId, verdict: TestVerdict) -> Result<(), Issues> {
        let row = TestResult {
            id: TestResultId(0),
            change: id,
            line: None,
            stage: TestStage::Before,
            case: "Boots and logs on".to_owned(),
            expected: "Desktop".to_owned(),
            found: "Desktop".to_owned(),
            verdict,
            tested_by: Some(CY),
            tested_at: self.now,
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            voided_because: String::new(),
        };
        self.change(ChangeCommand::Test(Box::new(Edit { base: None, row })))
    }

    pub fn decision(&self, id: ChangeId, decision: Verdict) -> ApprovalDraft {
        ApprovalDraft {
            subject: Subject::Change,
            subject_id: id.0,
            decision,
            person: BO,
            function: "Business owner".to_owned(),
            medium: Medium::Mail,
            decided_at: self.now - 30,
            comment: "As we said".to_owned(),
            evidence: Some(("approval.eml".to_owned(), SHA.to_owned())),
            shown: fingerprint::fingerprint(&self.book, self.record(id)),
        }
    }

    pub fn decide(&mut self, draft: ApprovalDraft) -> Result<(), Issues> {
        self.run(Command::Approval(ApprovalCommand::Record(Box::new(draft))))
    }

    pub fn approve(&mut self, id: ChangeId) -> Result<(), Issues> {
        let draft = self.decision(id, Verdict::Approve);
        self.decide(draft)
    }

    pub fn void(&mut self, approval: ApprovalId) -> Result<(), Issues> {
        let because = "wrong record".to_owned();
        self.run(Command::Approval(ApprovalCommand::Void { approval, because }))
    }

    pub fn backed_up(&mut self, id: ChangeId) -> Result<(), Issues> {
        let backup = Backup {
            job: "Nightly".to_owned(),
            verified_by: Some(CY),
            verified_at: Some(self.now),
            restore_tested: true,
            evidence_name: "job.pdf".to_owned(),
            evidence_sha256: SHA.to_owned(),
        };
        self.edit(id, |row| row.backup = Some(backup))
    }

    pub fn verified(&mut self, id: ChangeId, result: LineResult, proof: Proof) -> Result<(), Issues> {
        let of = |line: &&patchbook::domain::change::line::ChangeLine| LineFound {
            line: line.id,
            result,
            proof,
            by: "Dee".to_owned(),
        };
        let found = lines(&self.book, id).iter().map(of).collect();
        self.change(ChangeCommand::Verify { change: id, found })
    }

    /// Draft, submitted, approved, scheduled with a verified backup; the clock stands at the begin of the window.
    pub fn scheduled(&mut self) -> ChangeId {
        let id = self.draft(ChangeKind::Normal);
        self.go(id, ChangeState::Submitted).unwrap();
        self.tested(id, TestVerdict::Passed).unwrap();
        self.approve(id).unwrap();
        self.backed_up(id).unwrap();
        self.go(id, ChangeState::Scheduled).unwrap();
        self.now = at(11, 14, 21);
        id
    }

    /// Done and past its quiet period, in review, nothing verified.
    pub fn in_review(&mut self) -> ChangeId {
        let id = self.scheduled();
        self.go(id, ChangeState::InProgress).unwrap();
        self.now = at(11, 14, 23);
        self.go(id, ChangeState::Implemented).unwrap();
        self.edit(id, |row| row.outcome = "All servers are back.".to_owned()).unwrap();
        self.go(id, ChangeState::Monitoring).unwrap();
        self.now = at(11, 22, 9);
        self.go(id, ChangeState::Review).unwrap();
        id
    }

    pub fn reviewed(&mut self, id: ChangeId) -> Result<(), Issues> {
        self.edit(id, |row| {
            row.review = "Nothing to improve.".to_owned();
            row.criteria_met = Some(true);
        })
    }

    /// A standard template that was ratified.
    pub fn ratified(&mut self) -> ChangeTemplateId {
        let row = ChangeTemplate {
            id: ChangeTemplateId(0),
            name: "Workstations".to_owned(),
            kind: ChangeKind::Standard,
            reason: "Monthly updates".to_owned(),
            plan: plan(),
            window_minutes: 120,
            ratified_by: None,
            ratified_function: String::new(),
            ratified_at: None,
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            expires_on: None,
            revoked_at: None,
            revoked_because: String::new(),
        };
        self.change(ChangeCommand::Template(Box::new(Edit { base: None, row }))).unwrap();
        let template = self.book.change_templates.rows().last().unwrap().id;
        self.ratify(template).unwrap();
        template
    }

    pub fn ratify(&mut self, template: ChangeTemplateId) -> Result<(), Issues> {
        let ratification = Ratification {
            template,
            person: BO,
            function: "Owner".to_owned(),
            at: self.now,
            expires_on: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
            evidence: None,
        };
        self.change(ChangeCommand::RatifyTemplate(Box::new(ratification)))
    }
}

pub fn plan() -> ChangePlan {
    ChangePlan {
        impact: "File shares are away for half an hour".to_owned(),
        risk_of_applying: "The print service may not start".to_owned(),
        risk_of_waiting: "Known weaknesses stay open".to_owned(),
        test_plan: "Test servers first".to_owned(),
        rollout_plan: "Install, restart, check".to_owned(),
        backout_plan: "Restore the snapshot".to_owned(),
        acceptance: "No reported issue within a week".to_owned(),
        ..ChangePlan::default()
    }
}

/// What a refusal says, all of it.
pub fn said(result: Result<(), Issues>) -> String {
    result.expect_err("it should be refused").to_string()
}
