//! The life of a document: begun, edited by section, submitted, ratified, superseded, withdrawn, out of date.

use std::sync::OnceLock;

use patchbook::domain::approval::Medium;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, Decision, DocumentCommand, Edit, Issues, Told};
use patchbook::domain::deadline::DeadlineRule;
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::document::{Document, DocumentState, DocumentVersion, OwnSection, shipped, standing};
use patchbook::domain::practice::Practice;
use patchbook::domain::ruleset::Settled;
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

const HASH: &str = "3f2a000000000000000000000000000000000000000000000000000000000000";

/// The sample register, built once, and the instant it ends at.
pub fn sample() -> (Book, i64) {
    static SAMPLE: OnceLock<Book> = OnceLock::new();
    let now = crate::sample::NOW;
    let book = SAMPLE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let built = patchbook::app::sample::build(
            &folder.path().join("s"),
            &crate::sample::context(now),
            &Progress::default(),
        )
        .expect("the sample");
        let access = patchbook::store::Access::ReadOnly;
        let engine = patchbook::app::Engine::open(&built.register, access, crate::sample::context(now));
        Book::clone(engine.expect("the engine").book())
    });
    (book.clone(), now)
}

pub struct Desk {
    pub book: Book,
    pub ids: Ids,
    pub at: i64,
}

impl Desk {
    /// A register with what every shipped document of the tests needs.
    pub fn new() -> Self {
        let (book, at) = sample();
        Self { book, ids: Ids::seeded(11), at }
    }

    pub fn ask(&self, command: DocumentCommand) -> Result<Decision, Issues> {
        let moment = Moment { at: self.at, actor: "Ines Hartmann", ids: &self.ids };
        decide(&self.book, Command::Document(command), moment)
    }

    pub fn run(&mut self, command: DocumentCommand) -> String {
        self.at += 60;
        let decision = self.ask(command).unwrap_or_else(|issues| panic!("refused: {issues}"));
        assert!(self.book.apply(&decision.changes).expect("rows"));
        decision.label
    }

    fn refused(&self, command: DocumentCommand) -> String {
        self.ask(command).expect_err("refused").to_string()
    }

    pub fn document(&self, key: &str) -> Document {
        standing::keyed(&self.book, key).expect("kept").clone()
    }

    pub fn newest(&self, key: &str) -> DocumentVersion {
        let document = self.document(key);
        (*standing::versions(&self.book, document.id).last().expect("a version")).clone()
    }

    fn save(&mut self, key: &str, change: impl Fn(&mut Document)) -> Result<(), Issues> {
        let base = self.document(key);
        let mut row = base.clone();
        change(&mut row);
        let decision = self.ask(DocumentCommand::Save(Box::new(Edit { base: Some(base), row })))?;
        assert!(self.book.apply(&decision.changes).expect("rows"));
        Ok(())
    }

    pub fn told(&self) -> Told {
        Told {
            by: "Ruth Okafor".into(),
            function: "Managing director".into(),
            medium: Medium::Mail,
            at: self.at,
            evidence: Some(("mail.eml".into(), HASH.into())),
        }
    }

    pub fn ratify_now(&mut self, key: &str) -> String {
        let (version, told) = (self.newest(key).id, self.told());
        let zone = patchbook::util::clock::zone(&self.book.shop.zone);
        let effective_on = patchbook::util::clock::day_in(zone, self.at);
        self.run(DocumentCommand::Ratify { version, told, effective_on, next_review_on: None })
    }

    pub fn submit_now(&mut self, key: &str) {
        let version = self.newest(key).id;
        self.run(DocumentCommand::Submit(version));
    }

    pub fn practice(&mut self, change: impl Fn(&mut Practice)) {
        change(std::sync::Arc::make_mut(&mut self.book.practice));
    }

    pub fn draft_now(&mut self, key: &str) {
        let document = self.document(key).id;
        self.run(DocumentCommand::Draft { document, note: "Settings changed".into() });
    }
}

fn own(key: &str, text: &str) -> OwnSection {
    OwnSection { key: key.into(), text: text.into(), over_sha256: String::new() }
}

#[test]
fn a_document_begins_with_a_draft_from_its_template() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    let version = desk.newest("charter");
    assert_eq!((version.number, version.state, version.template), (1, DocumentState::Draft, 1));
    assert!(version.text.is_empty() && version.stated.is_empty());
    assert_eq!(desk.document("charter").title, shipped::template("charter").unwrap().title);
    assert!(desk.refused(DocumentCommand::Begin("charter".into())).contains("kept already"));
    assert!(desk.refused(DocumentCommand::Begin("nonsense".into())).contains("Choose one of: policy"));
}

#[test]
fn a_submitted_text_and_what_it_states_stand_still() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    desk.submit_now("charter");
    let version = desk.newest("charter");
    assert_eq!(version.state, DocumentState::UnderReview);
    assert!(version.text.contains("Decisions need 3 members present"), "{}", version.text);
    assert!(version.text.contains("{{signatures:committee}}"), "signatures are drawn at printing");
    assert!(version.stated.iter().any(|s| s.name == "practice.quorum" && s.value == "3"));
    desk.practice(|practice| practice.quorum = 4);
    assert_eq!(desk.newest("charter").text, version.text);
}

#[test]
fn a_stranger_ratifies_nothing_and_the_policy_takes_its_owner_or_executive_management() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    desk.submit_now("charter");
    let today = patchbook::util::clock::day_in(patchbook::util::clock::zone(&desk.book.shop.zone), desk.at);
    let by = |desk: &Desk, key: &str, name: &str| {
        let told = Told { by: name.into(), function: "Warehouse lead".into(), ..desk.told() };
        let version = desk.newest(key).id;
        DocumentCommand::Ratify { version, told, effective_on: today, next_review_on: None }
    };
    assert!(desk.refused(by(&desk, "charter", "Mallory")).contains("Mallory is not in the register"));
    let mut other = Desk { book: desk.book.clone(), ids: Ids::seeded(12), at: desk.at };
    let command = by(&other, "charter", "tomasz lis");
    other.run(command);
    let version = other.newest("charter");
    let told = (version.ratified_by.as_str(), version.ratified_function.as_str());
    assert_eq!(told, ("Tomasz Lis", "Warehouse lead, no such role held"));
    desk.draft_now("policy");
    desk.submit_now("policy");
    let refused = desk.refused(by(&desk, "policy", "Milan Dvorak"));
    assert!(
        refused.contains("Milan Dvorak was none of these")
            && refused.contains("Information security officer"),
        "{refused}"
    );
    let command = by(&desk, "policy", "Ruth Okafor");
    desk.run(command);
}

#[test]
fn ratifying_says_who_as_what_how_and_with_which_evidence() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    let version = desk.newest("charter").id;
    let zone = patchbook::util::clock::zone(&desk.book.shop.zone);
    let today = patchbook::util::clock::day_in(zone, desk.at);
    let ask = |desk: &Desk, told: Told| {
        desk.refused(DocumentCommand::Ratify { version, told, effective_on: today, next_review_on: None })
    };
    assert!(ask(&desk, desk.told()).contains("Submit it first"));
    desk.submit_now("charter");
    let nobody = Told {
        by: String::new(),
        function: " ".into(),
        evidence: Some(("x".into(), "y".into())),
        ..desk.told()
    };
    let text = ask(&desk, nobody);
    for wanted in ["Say who ratified it", "Say as what", "SHA-256"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let text = ask(&desk, Told { at: desk.at - 100_000, ..desk.told() });
    assert!(text.contains("before the version was submitted"), "{text}");
    assert!(ask(&desk, Told { at: desk.at + 100, ..desk.told() }).contains("future"));
    assert!(desk.ratify_now("charter").contains("ratified by Ruth Okafor"));
    let version = desk.newest("charter");
    assert_eq!((version.state, version.ratified_by.as_str()), (DocumentState::Ratified, "Ruth Okafor"));
    assert_eq!(version.evidence_sha256, HASH);
    assert_eq!(version.next_review_on, today.checked_add_months(chrono::Months::new(12)));
}

#[test]
fn only_one_version_is_in_force_and_the_next_supersedes_it() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    desk.submit_now("charter");
    desk.ratify_now("charter");
    desk.draft_now("charter");
    let document = desk.document("charter").id;
    let again = DocumentCommand::Draft { document, note: "x".into() };
    assert!(desk.refused(again).contains("Finish or withdraw it first"));
    desk.submit_now("charter");
    desk.ratify_now("charter");
    let states: Vec<_> = standing::versions(&desk.book, document).iter().map(|v| v.state).collect();
    assert_eq!(states, [DocumentState::Superseded, DocumentState::Ratified]);
}

#[test]
fn a_draft_is_withdrawn_and_a_ratified_version_is_not() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    let first = desk.newest("charter").id;
    desk.run(DocumentCommand::Withdraw(first));
    assert_eq!(desk.newest("charter").state, DocumentState::Withdrawn);
    desk.draft_now("charter");
    desk.submit_now("charter");
    desk.ratify_now("charter");
    let ratified = desk.newest("charter").id;
    assert!(desk.refused(DocumentCommand::Withdraw(ratified)).contains("Begin a new version"));
}

#[test]
fn own_words_take_the_place_of_a_section_and_stay() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    desk.save("charter", |row| row.own_sections = vec![own("quorum-of-ours", "x")])
        .expect_err("no such section");
    let issues = desk.save("charter", |row| row.own_sections = vec![own("purpose", "Of {{text:shop.nmae}}")]);
    assert!(issues.expect_err("a name").to_string().contains("There is no name \"shop.nmae\""));
    let issues = desk.save("charter", |row| row.own_sections = vec![own("purpose", "# New {#new}")]);
    assert!(issues.expect_err("a heading").to_string().contains("begin another section"));
    desk.save("charter", |row| row.own_sections = vec![own("purpose", "We meet at {{text:shop.name}}.")])
        .unwrap();
    let kept = desk.document("charter").own_sections;
    let shipped = shipped::template("charter").unwrap().sections.iter().find(|s| s.key == "purpose").unwrap();
    assert_eq!(kept[0].over_sha256, shipped::section_sha256(&shipped.text));
    desk.submit_now("charter");
    let expected = format!("We meet at {}.", desk.book.shop.name);
    assert!(desk.newest("charter").text.contains(&expected));
    let text = shipped.text.clone();
    desk.save("charter", |row| row.own_sections = vec![own("purpose", text.trim())]).unwrap();
    assert!(
        desk.document("charter").own_sections.is_empty(),
        "what reads as it is shipped is not in own words"
    );
}

#[test]
fn an_empty_value_stops_the_submission_and_says_where_to_set_it() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    std::sync::Arc::make_mut(&mut desk.book.practice).waiver_caps.clear();
    let version = desk.newest("charter").id;
    let text = desk.refused(DocumentCommand::Submit(version));
    assert!(text.contains("waiver-caps is empty") && text.contains("Settings, Practice"), "{text}");
    assert!(text.contains("line "), "{text}");
}

/// What is out of date of the charter; the sample's own documents are another matter.
fn stale_charter(desk: &Desk) -> Vec<standing::Stale<'_>> {
    let charter = desk.document("charter").id;
    let all = standing::stale(&desk.book, desk.at);
    all.into_iter().filter(|stale| stale.version.document == charter).collect()
}

#[test]
fn a_changed_setting_marks_every_version_that_states_it() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    desk.submit_now("charter");
    desk.ratify_now("charter");
    assert!(stale_charter(&desk).is_empty());
    desk.practice(|practice| practice.quorum = 5);
    let stale = stale_charter(&desk);
    assert_eq!(stale.len(), 1);
    let changed: Vec<_> =
        stale[0].changed.iter().map(|c| (c.name.as_str(), c.then.as_str(), c.now.as_str())).collect();
    assert_eq!(changed, [("practice.quorum", "3", "5")]);
    desk.draft_now("charter");
    desk.submit_now("charter");
    desk.ratify_now("charter");
    assert!(stale_charter(&desk).is_empty(), "the new version says what is set");
}

#[test]
fn a_fact_of_the_day_makes_nothing_out_of_date() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("timeline".into()));
    let composed = {
        let template = shipped::template("timeline").unwrap();
        let fill = patchbook::domain::document::fill::Fill::new(&desk.book, desk.at, template);
        patchbook::domain::document::compose::compose(&fill, template, &[])
    };
    assert!(composed.stated.iter().all(|s| !s.name.starts_with("cycle.")), "{:?}", composed.stated);
}

#[test]
fn a_document_kept_no_longer_takes_its_draft_with_it() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    let document = desk.document("charter").id;
    desk.run(DocumentCommand::End(document));
    assert!(standing::keyed(&desk.book, "charter").is_none());
    let states: Vec<_> = standing::versions(&desk.book, document).iter().map(|v| v.state).collect();
    assert_eq!(states, [DocumentState::Withdrawn]);
    desk.run(DocumentCommand::Begin("charter".into()));
}

/// A rule that is stricter by half, proposed; the change waits, because a policy was ratified.
fn propose(desk: &mut Desk) -> i64 {
    let old = desk
        .book
        .rules
        .iter()
        .find(|rule| rule.until_at.is_none() && rule.amount >= 30)
        .expect("a rule")
        .clone();
    let rule = DeadlineRule { amount: old.amount / 2, source: "Board of November".to_owned(), ..old.clone() };
    desk.at += 60;
    let moment = Moment { at: desk.at, actor: "Ines Hartmann", ids: &desk.ids };
    let command = Command::SaveRule { replaces: Some(old.id), rule };
    let decision = decide(&desk.book, command, moment).unwrap_or_else(|issues| panic!("refused: {issues}"));
    assert!(desk.book.apply(&decision.changes).expect("rows"));
    old.amount / 2
}

fn stale_policy(desk: &Desk) -> Vec<standing::Changed> {
    let stale = standing::stale(&desk.book, desk.at);
    stale.into_iter().filter(|stale| stale.document.key == "policy").flat_map(|stale| stale.changed).collect()
}

/// The next version of the policy, submitted; as it reads.
fn next_policy(desk: &mut Desk) -> String {
    desk.draft_now("policy");
    desk.at += 60;
    desk.submit_now("policy");
    desk.newest("policy").text
}

#[test]
fn a_pending_deadline_comes_into_force_with_the_policy_that_states_it_and_leaves_it_up_to_date() {
    let mut desk = Desk::new();
    let amount = propose(&mut desk);
    let in_force = |desk: &Desk| {
        let holds = |rule: &&DeadlineRule| rule.source == "Board of November" && rule.from_at <= desk.at;
        desk.book.rules.iter().find(holds).map(|rule| (rule.amount, rule.until_at))
    };
    assert_eq!(in_force(&desk), None, "it waits");
    let marks = stale_policy(&desk);
    let deadlines = marks.iter().find(|change| change.name == "deadlines").expect("the table is marked");
    assert_eq!(deadlines.label, "the table of deadlines");
    let lines = deadlines.lines();
    assert_eq!(lines.len(), 2, "one row went and one came: {lines:?}");
    assert!(lines[1].starts_with("+ ") && lines[1].contains(&format!("{amount} days, ")), "{lines:?}");
    let sets = marks.iter().find(|change| change.name == "rule-sets").expect("the rule sets are marked");
    assert_eq!(
        (sets.label.as_str(), sets.place),
        ("the rule sets of others", "Settings, Rule sets of others")
    );
    let came = |line: &String| line.starts_with("+ ") && line.contains("every machine in scope");
    assert!(sets.lines().iter().any(came), "{sets:?}");
    let text = next_policy(&mut desk);
    assert!(text.contains("Board of November") && text.contains("Cyber Essentials"), "{text}");
    assert_eq!(in_force(&desk), None, "a submitted policy brings nothing into force");
    assert!(stale_policy(&desk).iter().all(|change| change.then != change.now));
    desk.ratify_now("policy");
    assert_eq!(in_force(&desk), Some((amount, None)));
    assert!(desk.book.pending_rules.iter().all(|row| row.settled != Settled::Open));
    assert!(desk.book.rule_sets.iter().any(|set| set.adopted_at.is_some()));
    assert_eq!(stale_policy(&desk), [], "the fresh policy says what is in force");
    assert_eq!(desk.newest("policy").state, DocumentState::Ratified);
}
