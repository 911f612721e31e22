//! A month of Microsoft's security update guide as CVRF 1.1 (`formats.md` section 3).
//!
//! Owns what one vulnerability of it means: the worst severity over its products, how far exploitation has come, and the
//! articles that fix it. XML and JSON say the same in different words; [`xml`] and [`json`] only translate.

mod json;
mod xml;

use std::collections::HashMap;

pub(super) use json::read_json;
pub(super) use xml::read_xml;

use crate::domain::threat::{CatalogueKind, Exploitation, Threat};
use crate::domain::update::Severity;
use crate::util::text::line;

use super::article::Articles;
use super::text::{cve, cvss_version, day, exploit_status, instant, kb, kbs, severity, tenths, worse};
use super::{FactRow, Fault, ThreatRead};

/// What a threat element is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// Exploitation.
    Status,
    /// Severity for some products.
    Severity,
}

/// One vulnerability as the file has it.
#[derive(Default)]
struct Entry {
    cve: String,
    /// What, its words, the products it is about.
    threats: Vec<(Option<About>, String, Vec<String>)>,
    /// Score and vector.
    scores: Vec<(f64, String)>,
    fixes: Vec<Fix>,
    /// When it was first published.
    first: String,
}

/// One remediation of the kind "vendor fix".
#[derive(Default)]
struct Fix {
    description: String,
    date: String,
    sub_type: String,
    supersedes: String,
    products: Vec<String>,
    restart: String,
    build: String,
}

/// The document so far.
struct Month {
    read: ThreatRead,
    articles: Articles,
    products: HashMap<String, String>,
    released: String,
}

impl Month {
    fn new() -> Month {
        Month {
            read: ThreatRead::new(CatalogueKind::Cvrf),
            articles: Articles::default(),
            products: HashMap::new(),
            released: String::new(),
        }
    }

    /// The head of the document.
    fn head(&mut self, title: &str, id: &str, first_released: &str, released: &str) {
        self.read.title = line(title).into_owned();
        self.read.version = line(id).into_owned();
        self.read.published_at = instant(released).or_else(|| instant(first_released));
        first_released.clone_into(&mut self.released);
    }

    fn add(&mut self, entry: &Entry) {
        self.read.entries += 1;
        let at = self.read.entries;
        let mut worst: Option<Severity> = None;
        let mut worst_of: HashMap<&str, Severity> = HashMap::new();
        for (_, word, products) in entry.threats.iter().filter(|(about, ..)| *about == Some(About::Severity))
        {
            let found = severity(word);
            worst = Some(worst.map_or(found, |known| worse(known, found)));
            for product in products {
                let known = worst_of.entry(product).or_insert(found);
                *known = worse(*known, found);
            }
        }
        let cve = cve(&entry.cve);
        match &cve {
            Some(cve) => self.facts(entry, cve, worst.unwrap_or(Severity::Unspecified)),
            None => self.read.remark("entries are advisories without a CVE; their articles are taken", at),
        }
        for fix in &entry.fixes {
            let Some(number) = kb(&fix.description) else {
                self.read.remark(
                    "fixes are not by an article of the knowledge base (release notes, other tools)",
                    at,
                );
                continue;
            };
            let article = self.articles.of(&number);
            article.title(&fix.sub_type);
            article.released(day(&fix.date).or_else(|| day(&entry.first)).or_else(|| day(&self.released)));
            if let Some(cve) = &cve {
                article.fixes_cve(cve);
            }
            let own = fix.products.iter().filter_map(|product| worst_of.get(product.as_str()).copied());
            let own = own.reduce(worse).or(worst);
            article.severity(own.unwrap_or(Severity::Unspecified));
            for old in kbs(&fix.supersedes) {
                article.supersedes(old);
            }
            article.restart(fix.restart.trim());
            for id in &fix.products {
                let name = self.products.get(id).unwrap_or(id);
                article.product(name);
                article.fixed(name, fix.build.trim());
            }
        }
    }

    fn facts(&mut self, entry: &Entry, cve: &str, severity: Severity) {
        let (mut disclosed, mut exploited) = (false, Exploitation::None);
        for (_, words, _) in entry.threats.iter().filter(|(about, ..)| *about == Some(About::Status)) {
            let (public, how_far) = exploit_status(words);
            disclosed |= public;
            exploited = exploited.max(how_far);
        }
        let vendor = Threat::Vendor { severity, exploited, disclosed };
        self.read.facts.push(FactRow { cve: cve.to_owned(), value: vendor });
        let scores = entry.scores.iter().filter_map(|(score, vector)| Some((tenths(*score)?, vector)));
        if let Some((score_tenths, vector)) = scores.max_by_key(|(score, _)| *score) {
            let version = line(cvss_version(vector)).into_owned();
            let vector = line(vector).into_owned();
            let value = Threat::Scored { version, score_tenths, vector };
            self.read.facts.push(FactRow { cve: cve.to_owned(), value });
        }
    }

    fn done(mut self) -> Result<ThreatRead, Fault> {
        if self.read.entries == 0 {
            return Err(Fault::Bad(
                "The document describes no vulnerability. Download it again; nothing was taken from it."
                    .to_owned(),
            ));
        }
        // A month may name a vulnerability twice; the later entry is the newer word.
        let mut last: HashMap<(String, bool), usize> = HashMap::new();
        for (at, fact) in self.read.facts.iter().enumerate() {
            last.insert((fact.cve.clone(), matches!(fact.value, Threat::Vendor { .. })), at);
        }
        let mut at = 0;
        self.read.facts.retain(|fact| {
            at += 1;
            last.get(&(fact.cve.clone(), matches!(fact.value, Threat::Vendor { .. }))) == Some(&(at - 1))
        });
        self.read.advisories = self.articles.rows()?;
        Ok(self.read)
    }
}
