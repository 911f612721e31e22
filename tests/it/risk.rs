//! Risk: what the facts suggest, what people confirm, what a later fact raises, who lets what go, and what is remembered.

mod chain;
mod console;
mod gate;
mod need;
mod rank;
mod rating;
mod undo;

use chrono::NaiveDate;
use patchbook::domain::pair::State::NotInstalled;
use patchbook::domain::rating::Rank;
use patchbook::domain::threat::{
    Advisory, AdvisoryId, Catalogue, CatalogueId, CatalogueKind, Exploitation, FixedBuild, Threat,
    ThreatFact, ThreatFactId,
};
use patchbook::domain::update::{Severity, UpdateId};

pub use super::compliance::maker::{Maker, at};
pub use super::decision::{ask, done, refusal};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// A server that owes an update of Windows Server 2022, released on 10 November and rated by nobody; one CVE unless said otherwise.
pub struct Rig {
    pub m: Maker,
    pub update: u32,
    pub asset: u32,
    next: i64,
}

pub const CVE: &str = "CVE-2026-1000";

impl Rig {
    pub fn new(severity: Severity) -> Self {
        let mut m = Maker::default();
        m.default_rules();
        let update = m.update(at(11, 10, 18));
        m.change_update(update, |row| {
            row.severity = severity;
            row.products = vec!["Windows Server 2022".to_owned()];
        });
        let asset = m.server("DC-01");
        m.saw(asset, update, at(11, 11, 6), NotInstalled);
        Self { m, update, asset, next: 1 }
    }

    fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    pub fn id_of(&self, update: u32) -> UpdateId {
        self.m.book.updates.rows()[update as usize].id
    }

    /// An advisory of an update's article.
    pub fn advisory(&mut self, update: u32, cves: &[&str], change: impl FnOnce(&mut Advisory)) {
        let kb = self.m.book.updates.rows()[update as usize].kbs[0].clone();
        let mut row = Advisory {
            id: AdvisoryId(self.id()),
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
            recorded_at: at(11, 11, 8),
        };
        change(&mut row);
        self.m.book.advisories.put(row);
    }

    pub fn fact(&mut self, cve: &str, recorded_at: i64, value: Threat) {
        let id = ThreatFactId(self.id());
        self.m.book.threats.put(ThreatFact {
            id,
            cve: cve.to_owned(),
            catalogue: CatalogueId(1),
            value,
            recorded_at,
        });
    }

    /// One advisory with one vulnerability, known since the day after the release.
    pub fn known(severity: Severity) -> Self {
        let mut rig = Self::new(severity);
        rig.advisory(rig.update, &[CVE], |_| ());
        rig
    }

    pub fn says(&mut self, value: Threat) -> &mut Self {
        self.fact(CVE, at(11, 11, 8), value);
        self
    }
}

pub fn listed(on: &str) -> Threat {
    Threat::Listed {
        listed_on: day(on),
        due_on: Some(day("2026-12-04")),
        ransomware: true,
        product: "Windows".to_owned(),
        name: "A flaw".to_owned(),
    }
}

pub fn scored(score_tenths: i64) -> Threat {
    Threat::Scored { version: "3.1".to_owned(), score_tenths, vector: String::new() }
}

pub fn likely(score_ppm: i64) -> Threat {
    Threat::Likelihood { score_ppm, percentile_ppm: Some(900_000) }
}

pub fn vendor(severity: Severity, exploited: Exploitation) -> Threat {
    Threat::Vendor { severity, exploited, disclosed: false }
}

pub fn build(product: &str, build: &str) -> FixedBuild {
    FixedBuild { product: product.to_owned(), build: build.to_owned() }
}

pub fn catalogue(kind: CatalogueKind, id: i64, published_at: i64) -> Catalogue {
    Catalogue {
        id: CatalogueId(id),
        kind,
        title: String::new(),
        version: String::new(),
        model: "v2026.06.15".to_owned(),
        published_at: Some(published_at),
        file_name: "scan.csv".to_owned(),
        sha256: String::new(),
        entries: 1,
        kept: 1,
        looked: Vec::new(),
        recorded_at: published_at,
    }
}

pub const RANKS: [Rank; 4] = [Rank::Severe, Rank::High, Rank::Medium, Rank::Low];
