//! What of a file is new to the register, and loading it as one step.

use chrono::NaiveDate;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, Issues, ThreatCommand};
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::threat::{Threat, ThreatFact};
use patchbook::domain::update::Severity;
use patchbook::import::Input;
use patchbook::import::threat::plan::{ThreatPlan, plan};
use patchbook::import::threat::{Known, ThreatRead};
use patchbook::util::id::Ids;

use super::{read_file, read_known};
use crate::compliance::maker::{Maker, at};

/// A register with a server and two updates, KB5036909 and KB5034129, and a hand that loads files.
pub struct Rig {
    pub book: Book,
    pub ids: Ids,
    pub now: i64,
}

impl Default for Rig {
    fn default() -> Self {
        let mut maker = Maker::default();
        let server = maker.server("SRV-1");
        maker.change_asset(server, |asset| asset.aliases.push("srv-1.corp.local".to_owned()));
        let other = maker.server("SRV-2");
        maker.change_asset(other, |asset| asset.ip = "10.0.0.5".to_owned());
        for kb in ["5036909", "5034129"] {
            let update = maker.update(at(4, 9, 18));
            maker.change_update(update, |update| update.kbs = vec![kb.to_owned()]);
            maker.saw(server, update, at(4, 20, 8), patchbook::domain::pair::State::NotInstalled);
        }
        Self { book: maker.finish(), ids: Ids::seeded(7), now: at(11, 11, 9) }
    }
}

impl Rig {
    pub fn read(&self, name: &str, text: &str) -> ThreatRead {
        read_known(&Input::from_bytes(name, text), &Known::of(&self.book)).unwrap_or_else(|e| panic!("{e}"))
    }

    pub fn plan(&self, read: &ThreatRead) -> ThreatPlan {
        plan(&self.book, read, self.now)
    }

    pub fn try_load(&mut self, read: &ThreatRead) -> Result<usize, Issues> {
        let command = Command::Threat(ThreatCommand::Load(Box::new(self.plan(read).rows)));
        let decision = decide(&self.book, command, Moment { at: self.now, actor: "Ada", ids: &self.ids })?;
        assert!(self.book.apply(&decision.changes).expect("rows fit"), "only creates and updates");
        self.now += 60;
        Ok(decision.changes.len())
    }

    /// Loads what a text says; answers how many rows it wrote, the file's own among them.
    pub fn load(&mut self, name: &str, text: &str) -> usize {
        let read = self.read(name, text);
        self.try_load(&read).expect("a sound load")
    }

    pub fn facts(&self, cve: &str) -> Vec<&ThreatFact> {
        self.book.threats.iter().filter(|fact| fact.cve == cve).collect()
    }

    pub fn values(&self, cve: &str) -> Vec<&Threat> {
        self.facts(cve).into_iter().map(|fact| &fact.value).collect()
    }
}

/// A catalogue of exploited vulnerabilities of a day.
fn kev(day: &str, cves: &[&str]) -> String {
    let entries: Vec<String> = cves
        .iter()
        .map(|cve| format!(r#"{{"cveID":"{cve}","vendorProject":"Microsoft","product":"Windows","dateAdded":"2024-04-30","dueDate":"2024-05-21","knownRansomwareCampaignUse":"Unknown"}}"#))
        .collect();
    let (version, count) = (day.replace('-', "."), cves.len());
    format!(
        r#"{{"title":"KEV","catalogVersion":"{version}","dateReleased":"{day}T12:00:00.0Z","count":{count},"vulnerabilities":[{}]}}"#,
        entries.join(",")
    )
}

#[test]
fn a_load_writes_the_file_and_what_it_says_with_one_instant() {
    let mut rig = Rig::default();
    assert_eq!(rig.load("kev.json", &kev("2024-05-01", &["CVE-2024-29988", "CVE-2024-26234"])), 3);
    let catalogue = &rig.book.catalogues.rows()[0];
    assert_eq!((catalogue.version.as_str(), catalogue.entries, catalogue.kept), ("2024.05.01", 2, 2));
    let fact = rig.facts("CVE-2024-29988")[0];
    assert_eq!((fact.catalogue, fact.recorded_at), (catalogue.id, catalogue.recorded_at));
    assert_ne!(fact.id.0, 0);
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let mut rig = Rig::default();
    let text = kev("2024-05-01", &["CVE-2024-29988"]);
    rig.load("kev.json", &text);
    let read = rig.read("again.json", &text);
    let plan = rig.plan(&read);
    assert!(plan.is_nothing_new() && plan.rows.facts.is_empty(), "{}", plan.summary());
    let refused = rig.try_load(&read).expect_err("the same bytes");
    assert!(refused.0[0].text.contains("was loaded on"), "{}", refused.0[0].text);
}

#[test]
fn a_newer_catalogue_with_the_same_entries_brings_its_version_only() {
    let mut rig = Rig::default();
    rig.load("a.json", &kev("2024-05-01", &["CVE-2024-29988"]));
    assert_eq!(rig.load("b.json", &kev("2024-05-02", &["CVE-2024-29988"])), 1);
    assert_eq!(rig.book.catalogues.len(), 2);
}

#[test]
fn an_entry_that_a_newer_catalogue_drops_stays_known_as_dropped() {
    let mut rig = Rig::default();
    rig.load("a.json", &kev("2024-05-01", &["CVE-2024-29988", "CVE-2024-26234"]));
    let read = rig.read("b.json", &kev("2024-05-02", &["CVE-2024-29988"]));
    assert!(rig.plan(&read).summary().contains("1 no longer listed"), "{}", rig.plan(&read).summary());
    rig.try_load(&read).expect("loaded");
    assert!(matches!(rig.values("CVE-2024-26234")[..], [Threat::Listed { .. }, Threat::Unlisted]));
    assert_eq!(rig.load("c.json", &kev("2024-05-03", &["CVE-2024-29988"])), 1, "it is dropped once");
    rig.load("d.json", &kev("2024-05-04", &["CVE-2024-29988", "CVE-2024-26234"]));
    assert!(matches!(rig.values("CVE-2024-26234").last(), Some(Threat::Listed { .. })), "and listed again");
}

#[test]
fn an_older_catalogue_never_drops_and_never_overrules() {
    let mut rig = Rig::default();
    rig.load("new.json", &kev("2024-05-10", &["CVE-2024-29988", "CVE-2024-26234"]));
    let older = kev("2024-05-01", &["CVE-2024-29988", "CVE-2024-20000"]).replace("2024-05-21", "2024-05-30");
    let read = rig.read("old.json", &older);
    let plan = rig.plan(&read);
    assert!(
        plan.warnings.iter().any(|told| told.contains("older than the newest one loaded")),
        "{:?}",
        plan.warnings
    );
    rig.try_load(&read).expect("loaded");
    assert_eq!(rig.facts("CVE-2024-26234").len(), 1, "not dropped");
    assert_eq!(rig.facts("CVE-2024-29988").len(), 1, "its newer due date stands");
    assert!(
        matches!(rig.values("CVE-2024-20000")[..], [Threat::Listed { .. }]),
        "what it alone knows is taken"
    );
}

#[test]
fn a_part_of_the_catalogue_drops_nothing() {
    let mut rig = Rig::default();
    let all: Vec<String> = (0..60).map(|number| format!("CVE-2024-{}", 20_000 + number)).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    rig.load("all.json", &kev("2024-05-01", &all));
    let read = rig.read("part.json", &kev("2024-05-02", &all[..10]));
    assert!(rig.plan(&read).rows.facts.is_empty());
    let cut = kev("2024-05-03", &all[..55]).replace("\"count\":55", "\"count\":60");
    assert!(
        rig.plan(&rig.read("cut.json", &cut)).rows.facts.is_empty(),
        "it says itself that some are missing"
    );
    assert_eq!(rig.plan(&rig.read("next.json", &kev("2024-05-03", &all[..55]))).rows.facts.len(), 5);
}

#[test]
fn the_whole_catalogue_loads_and_its_csv_adds_nothing() {
    let mut rig = Rig::default();
    let json = read_file("kev/kev_whole.json.gz");
    assert_eq!(rig.try_load(&json).expect("loaded"), 1405);
    let csv = read_file("kev/kev_whole.csv.gz");
    assert_eq!(rig.try_load(&csv).expect("loaded"), 1, "the same entries in another form");
    assert_eq!(rig.book.threats.len(), 1404);
}

const EPSS: &str = "#model_version:v2023.03.01,score_date:2024-04-10T00:00:00+0000\ncve,epss,percentile\n\
                    CVE-2024-26234,0.10,0.9\nCVE-2024-29988,0.20,0.9\nCVE-2024-99999,0.5,0.9\n";

const GUIDE: &str = "Release Date,Product Family,Product,Platform,Impact,Max Severity,Article,Article Link,Supercedence,Download,Download Link,Build Number,Details,Details Link,Base Score,Temporal Score,Customer Action Required\n\
    \"Apr 9, 2024\",Windows,Windows Server 2022,,Spoofing,Important,5036909,https://x/5036909,5035857,Security Update,https://y,10.0.20348.2402,CVE-2024-26234,https://z,6.7,5.8,Yes\n\
    \"Apr 9, 2024\",Windows,Windows Server 2022,,Bypass,Important,5036909,https://x/5036909,5035857,Security Update,https://y,10.0.20348.2402,CVE-2024-29988,https://z,8.8,7.7,Yes\n";

#[test]
fn likelihoods_are_kept_for_what_advisories_name_and_newer_ones_are_added() {
    let mut rig = Rig::default();
    let before = rig.plan(&rig.read("epss.csv", EPSS));
    assert!(before.rows.facts.is_empty(), "without advisories nothing is known");
    assert!(
        before.warnings.iter().any(|told| told.starts_with("Left aside: 3 entries")),
        "{:?}",
        before.warnings
    );
    let hint = |told: &String| told.contains("Load the vendor's advisories");
    assert!(before.warnings.iter().any(hint), "{:?}", before.warnings);
    rig.load("guide.csv", GUIDE);
    assert!(!rig.plan(&rig.read("epss.csv", EPSS)).warnings.iter().any(hint), "they are loaded by now");
    assert_eq!(rig.load("epss.csv", EPSS), 3);
    let next = EPSS.replace("2024-04-10", "2024-04-11").replace("0.20", "0.30");
    assert_eq!(rig.load("epss.csv", &next), 2, "one score moved");
    let of = |value: &&Threat| matches!(value, Threat::Likelihood { .. });
    assert_eq!(
        rig.values("CVE-2024-29988").into_iter().filter(of).count(),
        2,
        "both stay, each with its day"
    );
    let older = EPSS.replace("2024-04-10", "2024-04-01").replace("0.30", "0.01");
    assert_eq!(rig.load("epss.csv", &older), 1, "an older day says nothing new");
}

#[test]
fn a_file_loaded_before_may_be_loaded_again_once_the_register_knows_more() {
    let mut rig = Rig::default();
    assert_eq!(rig.load("epss.csv", EPSS), 1, "nothing is known yet");
    assert!(rig.plan(&rig.read("epss.csv", EPSS)).is_nothing_new());
    rig.load("guide.csv", GUIDE);
    let plan = rig.plan(&rig.read("epss.csv", EPSS));
    assert!(plan.already.is_some() && !plan.is_nothing_new());
    assert_eq!(rig.load("epss.csv", EPSS), 3, "two vulnerabilities are known by now");
    assert!(rig.plan(&rig.read("epss.csv", EPSS)).is_nothing_new());
}

#[test]
fn an_advisory_is_added_again_only_where_it_says_more() {
    let mut rig = Rig::default();
    rig.load("guide.csv", GUIDE);
    assert_eq!(rig.book.advisories.len(), 1);
    let advisory = &rig.book.advisories.rows()[0];
    assert_eq!(advisory.cves, ["CVE-2024-26234", "CVE-2024-29988"]);
    assert_eq!(advisory.released_on, NaiveDate::from_ymd_opt(2024, 4, 9));
    let same = GUIDE.replace("Customer Action Required", "Customer Action");
    rig.load("same.csv", &same);
    assert_eq!(rig.book.advisories.len(), 1);
    let less: String = GUIDE.lines().take(2).flat_map(|line| [line, "\n"]).collect();
    rig.load("less.csv", &less);
    assert_eq!(rig.book.advisories.len(), 1, "a part of what is known is known");
    rig.load("more.csv", &GUIDE.replace("CVE-2024-29988", "CVE-2024-30000"));
    assert_eq!(rig.book.advisories.len(), 2);
    rig.load("worse.csv", &GUIDE.replace(",Important,", ",Critical,"));
    assert_eq!(rig.book.advisories.rows()[2].severity, Severity::Critical);
}

#[test]
fn nvd_does_not_speak_over_the_catalogue_of_exploited_vulnerabilities() {
    let nvd = r#"{"format":"NVD_CVE","version":"2.0","timestamp":"2024-06-01T00:00:00.000","vulnerabilities":[{"cve":{"id":"CVE-2024-29988","cisaExploitAdd":"2024-04-30","cisaActionDue":"2024-05-21","metrics":{}}}]}"#;
    let mut rig = Rig::default();
    rig.load("guide.csv", GUIDE);
    let alone = rig.plan(&rig.read("nvd.json", nvd)).rows.facts.len();
    assert_eq!(alone, 1, "without the catalogue NVD's note counts");
    rig.load("kev.json", &kev("2024-05-01", &["CVE-2024-29988"]));
    assert_eq!(rig.load("nvd.json", nvd), 1, "the catalogue says more");
}

#[test]
fn a_load_says_everything_that_is_wrong_with_it() {
    let rig = Rig::default();
    let read = rig.read("kev.json", &kev("2024-05-01", &["CVE-2024-29988"]));
    let mut rows = rig.plan(&read).rows;
    rows.catalogue.sha256 = "none".to_owned();
    rows.facts[0].cve = "cve".to_owned();
    let command = Command::Threat(ThreatCommand::Load(Box::new(rows)));
    let issues =
        decide(&rig.book, command, Moment { at: rig.now, actor: "Ada", ids: &rig.ids }).expect_err("wrong");
    let fields: Vec<&str> = issues.0.iter().map(|issue| issue.field).collect();
    assert_eq!(fields, ["file", "facts"]);
}
