//! A small shop whose waivers are decided command by command.

use chrono::NaiveDate;
use patchbook::domain::approval::{Medium, Subject, Verdict};
use patchbook::domain::asset::AssetId;
use patchbook::domain::book::Book;
use patchbook::domain::command::{
    ApprovalCommand, ApprovalDraft, Command, Decision, Edit, Issues, WaiverCommand,
};
use patchbook::domain::compliance::view::View;
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::pair::State;
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::practice::Practice;
use patchbook::domain::rating::Rank;
use patchbook::domain::threat::{CatalogueId, Threat, ThreatFact, ThreatFactId};
use patchbook::domain::update::UpdateId;
use patchbook::domain::waiver::request::{Control, ReasonClass, WaiverRequest, WaiverRequestId};
use patchbook::domain::waiver::state::{WaiverState, standing};
use patchbook::domain::waiver::text::fingerprint;
use patchbook::util::id::Ids;
use serde_json::json;

use crate::compliance::maker::{Maker, at};

/// Who asks, and who may sign as what.
pub const ASKER: PersonId = PersonId(9_001);
pub const OWNER: PersonId = PersonId(9_002);
pub const OFFICER: PersonId = PersonId(9_003);
pub const BOSS: PersonId = PersonId(9_004);
pub const NOBODY: PersonId = PersonId(9_005);

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

/// The shop, its book and its clock.
pub struct Shop {
    pub book: Book,
    pub now: i64,
    ids: Ids,
}

impl Shop {
    /// Two servers that owe two updates of rank High, released on 1 March; it is 20 March.
    pub fn new() -> Self {
        let mut m = Maker::default();
        m.rule(Rank::High, 14 * 24);
        let (a, b) = (m.server("one"), m.server("two"));
        for _ in 0..2 {
            let update = m.update(at(3, 1, 0));
            m.saw(a, update, at(3, 15, 0), State::NotInstalled);
            m.saw(b, update, at(3, 15, 0), State::NotInstalled);
        }
        let mut book = m.finish();
        for (id, name, function) in [
            (ASKER, "Ada", "System administrator"),
            (OWNER, "Ben", "Business owner"),
            (OFFICER, "Cleo", "Information security officer"),
            (BOSS, "Dora", "Executive"),
            (NOBODY, "Eve", "Clerk"),
        ] {
            let (name, function) = (name.to_owned(), function.to_owned());
            book.people.put(Person { id, name, mail: String::new(), function });
        }
        Self { book, now: at(3, 20, 12), ids: Ids::seeded(5) }
    }

    pub fn run(&mut self, command: Command) -> Result<Decision, Issues> {
        let moment = Moment { at: self.now, actor: "Ada", ids: &self.ids };
        let decision = decide(&self.book, command, moment)?;
        assert!(self.book.apply(&decision.changes).expect("rows"), "no row may go");
        let (assets, updates) = (self.book.assets.len(), self.book.updates.len());
        std::sync::Arc::make_mut(&mut self.book.pairs).fit(assets, updates);
        self.now += 60;
        Ok(decision)
    }

    pub fn waiver(&mut self, command: WaiverCommand) -> Result<Decision, Issues> {
        self.run(Command::Waiver(command))
    }

    pub fn practice(&mut self, change: impl FnOnce(&mut Practice)) {
        change(std::sync::Arc::make_mut(&mut self.book.practice));
    }

    pub fn asset(&self, place: usize) -> AssetId {
        self.book.assets.rows()[place].id
    }

    pub fn update(&self, place: usize) -> UpdateId {
        self.book.updates.rows()[place].id
    }

    /// A request that lacks nothing: both servers, the first update, until 1 May.
    pub fn draft(&self) -> WaiverRequest {
        WaiverRequest {
            id: WaiverRequestId(0),
            number: String::new(),
            cycle: None,
            updates: vec![self.update(0)],
            assets: vec![self.asset(0), self.asset(1)],
            reason_class: ReasonClass::Compatibility,
            reason: "The payroll does not start with it".to_owned(),
            recommendation: "Wait for the vendor's fix".to_owned(),
            residual: Rank::High,
            controls: vec![control("Firewall closes the port")],
            exit_plan: "The vendor's fix is due in April".to_owned(),
            exit_on: Some(day(4, 20)),
            requested_by: Some(ASKER),
            requested_at: None,
            until_on: Some(day(5, 1)),
            review_on: None,
            void_if_exploited: true,
            void_if_exposed: true,
            renews: None,
            reviewed_at: None,
            grants: Vec::new(),
            granted_at: None,
            rejected_because: String::new(),
            revoked_at: None,
            revoked_because: String::new(),
            created_at: 0,
        }
    }

    pub fn write(&mut self, row: WaiverRequest) -> WaiverRequestId {
        let edit = Edit { base: None, row };
        self.waiver(WaiverCommand::Save(Box::new(edit))).expect("a draft");
        self.book
            .waiver_requests
            .rows()
            .iter()
            .max_by_key(|r| (r.created_at, r.number.clone()))
            .expect("one")
            .id
    }

    pub fn change(
        &mut self,
        id: WaiverRequestId,
        change: impl FnOnce(&mut WaiverRequest),
    ) -> Result<Decision, Issues> {
        let base = self.request(id).clone();
        let mut row = base.clone();
        change(&mut row);
        self.waiver(WaiverCommand::Save(Box::new(Edit { base: Some(base), row })))
    }

    pub fn request(&self, id: WaiverRequestId) -> &WaiverRequest {
        self.book.waiver_requests.get(id.0).expect("a request")
    }

    pub fn decide(
        &mut self,
        id: WaiverRequestId,
        decision: Verdict,
        person: PersonId,
        function: &str,
    ) -> Result<Decision, Issues> {
        let shown = fingerprint(&self.book, self.request(id), self.now);
        self.run(Command::Approval(ApprovalCommand::Record(Box::new(ApprovalDraft {
            subject: Subject::Waiver,
            subject_id: id.0,
            decision,
            person,
            function: function.to_owned(),
            medium: Medium::Mail,
            decided_at: self.now - 3_600,
            comment: "As discussed".to_owned(),
            evidence: None,
            shown,
        }))))
    }

    pub fn approve(
        &mut self,
        id: WaiverRequestId,
        person: PersonId,
        function: &str,
    ) -> Result<Decision, Issues> {
        self.decide(id, Verdict::Approve, person, function)
    }

    /// Writes, asks for and grants a request.
    pub fn granted(&mut self, row: WaiverRequest) -> WaiverRequestId {
        let id = self.write(row);
        self.waiver(WaiverCommand::Request(id)).expect("a request");
        self.sign_all(id);
        id
    }

    pub fn sign_all(&mut self, id: WaiverRequestId) {
        self.approve(id, OWNER, "Business owner").expect("the first signature");
        self.approve(id, OFFICER, "Information security officer").expect("the second signature");
        assert!(self.request(id).granted_at.is_some());
    }

    pub fn state_at(&self, id: WaiverRequestId, at: i64) -> Option<WaiverState> {
        standing(&View::new(&self.book, at), self.request(id)).map(|standing| standing.state)
    }

    pub fn state(&self, id: WaiverRequestId) -> WaiverState {
        self.state_at(id, self.now).expect("a state")
    }

    /// An update's vulnerability is listed as exploited from now on; answers when.
    pub fn learn_listed(&mut self, update: usize) -> i64 {
        let now = self.now;
        let (kb, cve) = (self.book.updates.rows()[update].kbs[0].clone(), format!("CVE-2026-{update}"));
        let advisory = json!({
            "id": 80_000 + update, "kb": kb, "catalogue": 1, "title": "", "cves": [cve], "severity": "unspecified",
            "products": [], "fixes": [], "supersedes": [], "restart": "", "recorded_at": now,
        });
        self.book.advisories.put(serde_json::from_value(advisory).expect("an advisory"));
        self.book.threats.put(ThreatFact {
            id: ThreatFactId(80_000 + update as i64),
            cve,
            catalogue: CatalogueId(1),
            value: Threat::Listed {
                listed_on: day(3, 20),
                due_on: None,
                ransomware: false,
                product: String::new(),
                name: String::new(),
            },
            recorded_at: now,
        });
        self.now += 60;
        now
    }

    /// Whether a pair is covered at an instant.
    pub fn covered(&self, asset: usize, update: usize, at: i64) -> bool {
        let view = View::new(&self.book, at);
        view.covers.find(update as u32, asset as u32, view.at).is_some()
    }
}

pub fn control(text: &str) -> Control {
    Control {
        text: text.to_owned(),
        owner: Some(ASKER),
        since_on: Some(day(3, 10)),
        proof: "Rule 12 of the firewall".to_owned(),
        verified_at: None,
        failed_at: None,
    }
}

/// What was refused, as one text.
pub fn said(answer: Result<Decision, Issues>) -> String {
    answer.expect_err("it must be refused").to_string()
}
