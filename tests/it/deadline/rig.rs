//! A register whose rule sets are adopted command by command.

use chrono::NaiveDate;
use patchbook::domain::approval::Medium;
use patchbook::domain::asset::AssetKind;
use patchbook::domain::asset::Exposure;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, DeadlineCommand, Decision, DocumentCommand, Issues, Told};
use patchbook::domain::compliance::explain::{Explained, explain};
use patchbook::domain::compliance::view::View;
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::document::compose::compose;
use patchbook::domain::document::fill::Fill;
use patchbook::domain::document::shipped;
use patchbook::domain::document::{Document, DocumentId, DocumentState, DocumentVersion, DocumentVersionId};
use patchbook::domain::pair::State;
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::rating::Rank;
use patchbook::domain::ruleset::{Filled, RuleSetId, SetScope};
use patchbook::domain::threat::{
    Advisory, AdvisoryId, CatalogueId, Exploitation, Threat, ThreatFact, ThreatFactId,
};
use patchbook::domain::update::{Severity, Update};
use patchbook::util::id::Ids;

use crate::compliance::maker::{Maker, at};

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

/// 23:59:59 UTC of a day of 2026.
pub fn end(month: u32, day: u32) -> i64 {
    at(month, day, 0) + 86_399
}

pub struct Rig {
    pub book: Book,
    pub ids: Ids,
    next: i64,
}

impl Rig {
    pub fn new(mut book: Book) -> Self {
        let people = [
            (900, "Ruth", "Managing director"),
            (901, "Dora", "CIO"),
            (902, "Grace", "CIO"),
            (903, "Eve", ""),
        ];
        for (id, name, function) in people {
            let (name, function) = (name.to_owned(), function.to_owned());
            book.people.put(Person { id: PersonId(id), name, mail: String::new(), function });
        }
        Self { book, ids: Ids::seeded(7), next: 500_000 }
    }

    /// One server that owes one critical Windows update of this release, seen a day later; no own rule binds it.
    pub fn one(released_at: i64, exposure: Exposure) -> Self {
        Self::with(released_at, exposure, |_| {})
    }

    pub fn with(released_at: i64, exposure: Exposure, change: impl FnOnce(&mut Update)) -> Self {
        let mut m = Maker::default();
        let server = m.asset("one", AssetKind::Server);
        m.exposure(server, exposure);
        let update = m.update(released_at);
        m.change_update(update, |row| row.title = "Cumulative Update for Windows Server".to_owned());
        m.change_update(update, change);
        m.saw(server, update, released_at + 86_400, State::NotInstalled);
        Self::new(m.finish())
    }

    fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    pub fn run(&mut self, now: i64, command: Command) -> Result<Decision, Issues> {
        let decision = decide(&self.book, command, Moment { at: now, actor: "Ada", ids: &self.ids })?;
        assert!(self.book.apply(&decision.changes).expect("rows"), "no row may go");
        Ok(decision)
    }

    pub fn adopt(&mut self, key: &str, now: i64) -> RuleSetId {
        self.adopt_with(key, now, SetScope::default(), Filled::default()).expect("adopted")
    }

    pub fn adopt_with(
        &mut self,
        key: &str,
        now: i64,
        binds: SetScope,
        filled: Filled,
    ) -> Result<RuleSetId, Issues> {
        let (key, reason) = (key.to_owned(), "The insurer asks".to_owned());
        let command = DeadlineCommand::Adopt { key, binds, filled, reason, case: None };
        self.run(now, Command::Deadline(command))?;
        Ok(self.book.rule_sets.rows().last().expect("a set").id)
    }

    /// The update fixes these, as was learnt at an instant.
    pub fn fixes(&mut self, update: usize, cves: &[&str], recorded_at: i64) {
        let id = AdvisoryId(self.id());
        let kb = self.book.updates.rows()[update].kbs[0].clone();
        self.book.advisories.put(Advisory {
            id,
            kb,
            catalogue: CatalogueId(1),
            title: String::new(),
            released_on: None,
            cves: cves.iter().map(|cve| (*cve).to_owned()).collect(),
            severity: Severity::Unspecified,
            products: Vec::new(),
            fixes: Vec::new(),
            supersedes: Vec::new(),
            restart: String::new(),
            recorded_at,
        });
    }

    pub fn learn(&mut self, cve: &str, value: Threat, recorded_at: i64) {
        let id = ThreatFactId(self.id());
        let cve = cve.to_owned();
        self.book.threats.put(ThreatFact { id, cve, catalogue: CatalogueId(1), value, recorded_at });
    }

    pub fn listed(&mut self, cve: &str, listed_on: NaiveDate, due_on: Option<NaiveDate>, recorded_at: i64) {
        let (product, name) = (String::new(), String::new());
        self.learn(cve, Threat::Listed { listed_on, due_on, ransomware: false, product, name }, recorded_at);
    }

    pub fn ssvc(&mut self, cve: &str, automatable: bool, total: bool, recorded_at: i64) {
        let (automatable, total_impact) = (Some(automatable), Some(total));
        let value = Threat::Ssvc { exploitation: Exploitation::None, automatable, total_impact };
        self.learn(cve, value, recorded_at);
    }

    /// Every rule that binds a pair, as of an instant.
    pub fn explained(&self, as_of_at: i64, update: u32, asset: u32) -> Vec<Explained> {
        explain(&View::new(&self.book, as_of_at), update, asset)
    }

    /// When the first pair is due and what says so, as the figures have it.
    pub fn due(&self, as_of_at: i64) -> (Option<i64>, String) {
        self.due_of(as_of_at, 0, 0)
    }

    pub fn due_of(&self, as_of_at: i64, update: u32, asset: u32) -> (Option<i64>, String) {
        let view = View::new(&self.book, as_of_at);
        let block = view.block(update).expect("a block");
        let position = block.find(asset).expect("a pair");
        let verdict = view.judge(update, block, position).expect("a verdict");
        let due_at = (verdict.due != u32::MAX).then(|| patchbook::domain::stamp::instant(verdict.due));
        (due_at, view.rule_text(verdict.rule))
    }

    /// A policy that was ratified once, without anybody asking this program.
    pub fn ratified_policy(&mut self, ratified_at: i64) {
        let version = self.submitted_policy(ratified_at - 86_400);
        let row = DocumentVersion {
            state: DocumentState::Ratified,
            ratified_at: Some(ratified_at),
            recorded_at: Some(ratified_at),
            recorded_by: String::new(),
            ..version
        };
        self.book.versions.put(row);
    }

    /// A version of the policy that was submitted and not ratified.
    pub fn submitted_policy(&mut self, submitted_at: i64) -> DocumentVersion {
        let document = DocumentId(77);
        self.book.documents.put(Document {
            id: document,
            key: "policy".to_owned(),
            title: "Patch policy".to_owned(),
            owner: None,
            classification: String::new(),
            review_months: 12,
            own_sections: Vec::new(),
            created_at: submitted_at,
            ended_at: None,
        });
        let id = DocumentVersionId(self.id());
        let version = DocumentVersion {
            id,
            document,
            number: self.book.versions.len() as i64 + 1,
            state: DocumentState::UnderReview,
            template: 1,
            text: String::new(),
            stated: Vec::new(),
            about: patchbook::domain::document::subject::Chosen::default(),
            note: String::new(),
            made_by: "Ada".to_owned(),
            made_at: submitted_at,
            submitted_at: Some(submitted_at),
            ratified_by: String::new(),
            ratified_function: String::new(),
            ratified_medium: None,
            ratified_at: None,
            recorded_at: None,
            recorded_by: String::new(),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            effective_on: None,
            next_review_on: None,
            superseded_at: None,
        };
        self.book.versions.put(version.clone());
        let template = shipped::template("policy").expect("the policy");
        let document = self.book.documents.get(document.0).expect("the document").clone();
        let fill = Fill::new(&self.book, submitted_at, template).of(&document, Some(id));
        let stated = compose(&fill, template, &[]).stated;
        let version = DocumentVersion { stated, ..version };
        self.book.versions.put(version.clone());
        version
    }

    /// Records that somebody ratified a version, in force from a day.
    pub fn ratify_from(
        &mut self,
        version: &DocumentVersion,
        now: i64,
        effective_on: NaiveDate,
    ) -> Result<Decision, Issues> {
        let told = Told {
            by: "Ruth".to_owned(),
            function: "Managing director".to_owned(),
            medium: Medium::Mail,
            at: now,
            evidence: None,
        };
        let version = version.id;
        self.run(
            now,
            Command::Document(DocumentCommand::Ratify { version, told, effective_on, next_review_on: None }),
        )
    }

    /// The same, in force from that very day.
    pub fn ratify(&mut self, version: &DocumentVersion, now: i64) -> Result<Decision, Issues> {
        let zone = patchbook::util::clock::zone(&self.book.shop.zone);
        self.ratify_from(version, now, patchbook::util::clock::day_in(zone, now))
    }
}

/// Two servers that owe one High update under an own rule of so many days.
pub fn two(released_at: i64, days: i64) -> Maker {
    let mut m = Maker::default();
    m.rule_with(Rank::High, |rule| rule.amount = days);
    let (a, b) = (m.server("one"), m.server("two"));
    let update = m.update(released_at);
    m.change_update(update, |row| row.title = "Cumulative Update for Windows Server".to_owned());
    for server in [a, b] {
        m.saw(server, update, released_at + 86_400, State::NotInstalled);
    }
    m
}
