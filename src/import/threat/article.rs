//! Articles gathered from the rows of a file: many rows speak of one.
//!
//! Owns the union of what they say, with the worst severity, and the cap on it. It never reads a file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::threat::FixedBuild;
use crate::domain::update::Severity;
use crate::util::text::line;

use super::text::worse;
use super::{AdvisoryRow, Fault};

/// The most vulnerabilities or products of one article; the real record is 88 and some 200.
const MAX_OF_ONE: usize = 20_000;

/// What is said about one article.
#[derive(Default)]
pub(super) struct Article {
    title: String,
    released_on: Option<NaiveDate>,
    cves: BTreeSet<String>,
    severity: Option<Severity>,
    products: BTreeSet<String>,
    fixes: BTreeSet<(String, String)>,
    supersedes: BTreeSet<String>,
    restart: String,
}

impl Article {
    /// Its title, unless it has one.
    pub fn title(&mut self, title: &str) {
        if self.title.is_empty() {
            self.title = line(title).into_owned();
        }
    }

    /// A day of release; the earliest counts.
    pub fn released(&mut self, day: Option<NaiveDate>) {
        self.released_on = match (self.released_on, day) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// A vulnerability that it fixes.
    pub fn fixes_cve(&mut self, cve: &str) {
        if !self.cves.contains(cve) {
            self.cves.insert(cve.to_owned());
        }
    }

    /// A severity; the worst counts.
    pub fn severity(&mut self, severity: Severity) {
        self.severity = Some(self.severity.map_or(severity, |known| worse(known, severity)));
    }

    /// A product that it is for.
    pub fn product(&mut self, product: &str) {
        let product = line(product);
        if !product.is_empty() && !self.products.contains(product.as_ref()) {
            self.products.insert(product.into_owned());
        }
    }

    /// The build from which a product is fixed.
    pub fn fixed(&mut self, product: &str, build: &str) {
        let is_build =
            build.bytes().any(|b| b.is_ascii_digit()) && build.len() <= 60 && !build.contains("://");
        if is_build {
            self.fixes.insert((line(product).into_owned(), line(build).into_owned()));
        }
    }

    /// An article that it replaces.
    pub fn supersedes(&mut self, kb: String) {
        self.supersedes.insert(kb);
    }

    /// Whether it needs a restart: Yes outweighs Maybe, Maybe outweighs No.
    pub fn restart(&mut self, word: &str) {
        let weight = |word: &str| match word {
            "Yes" => 3,
            "Maybe" => 2,
            "No" => 1,
            _ => 0,
        };
        if weight(word) > weight(&self.restart) {
            word.clone_into(&mut self.restart);
        }
    }
}

/// Articles by number.
#[derive(Default)]
pub(super) struct Articles(BTreeMap<String, Article>);

impl Articles {
    /// The article of a number.
    pub fn of(&mut self, kb: &str) -> &mut Article {
        self.0.entry(kb.to_owned()).or_default()
    }

    /// As rows, by number.
    ///
    /// # Errors
    /// An article with more vulnerabilities or products than any has.
    pub fn rows(self) -> Result<Vec<AdvisoryRow>, Fault> {
        let row = |(kb, article): (String, Article)| {
            if article.cves.len().max(article.products.len()).max(article.supersedes.len()) > MAX_OF_ONE {
                return Err(Fault::Bad(format!(
                    "KB{kb} stands beside more than 20,000 vulnerabilities or products, as no article does. Download \
                     the file again; nothing was taken from it."
                )));
            }
            let fixes = article.fixes.into_iter().map(|(product, build)| FixedBuild { product, build });
            Ok(AdvisoryRow {
                title: article.title,
                released_on: article.released_on,
                cves: article.cves.into_iter().collect(),
                severity: article.severity.unwrap_or(Severity::Unspecified),
                products: article.products.into_iter().collect(),
                fixes: fixes.collect(),
                supersedes: article.supersedes.into_iter().filter(|old| *old != kb).collect(),
                restart: article.restart,
                kb,
            })
        };
        self.0.into_iter().map(row).collect()
    }
}
