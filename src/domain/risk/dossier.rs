//! What was known of an update at an instant: its vulnerabilities and the worst that any loaded file says of them.
//!
//! A fact counts from when it was recorded. What was listed stays known, also after a catalogue dropped it.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::threat::{Advisory, CatalogueId, Exploitation, Threat, ThreatFact};
use crate::domain::update::{Severity, Update};
use crate::util::clock;

/// A listing as exploited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Which vulnerability.
    pub cve: String,
    /// Since when.
    pub listed_on: NaiveDate,
    /// The due date of the catalogue.
    pub due_on: Option<NaiveDate>,
    /// Known to be used for ransom.
    pub ransomware: bool,
    /// A newer catalogue lists it no longer.
    pub dropped: bool,
}

/// The highest CVSS base score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Which vulnerability.
    pub cve: String,
    /// Version of the scoring.
    pub version: String,
    /// Ten times the score.
    pub tenths: i64,
}

/// The highest likelihood of exploitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likelihood {
    /// Which vulnerability.
    pub cve: String,
    /// Probability within 30 days, in millionths.
    pub ppm: i64,
    /// Percentile in millionths.
    pub percentile_ppm: Option<i64>,
    /// From which file: its model and date say how to read it.
    pub catalogue: CatalogueId,
    /// Version of the model behind it, and the day it was published: `model v2026.06.15, Fri 20 Nov 2026`; empty where unknown.
    pub model: String,
}

/// What was known of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The vulnerabilities it mends, sorted.
    pub cves: Vec<String>,
    /// The worst severity: the server's word or an advisory's.
    pub severity: Severity,
    /// The first listing as exploited among its vulnerabilities.
    pub listing: Option<Listing>,
    /// The vulnerability that its vendor says is exploited.
    pub vendor_exploited: Option<String>,
    /// The vendor speaks of exploitation, and of none for the vulnerability that is listed.
    pub vendor_denies: bool,
    /// Publicly disclosed.
    pub disclosed: bool,
    /// The worst word on exploitation.
    pub exploitation: Exploitation,
    /// A vulnerability with a public exploit.
    pub public_exploit: Option<String>,
    /// The highest score.
    pub score: Option<Score>,
    /// The highest likelihood.
    pub likelihood: Option<Likelihood>,
    /// Whether exploitation of any can be automated.
    pub automatable: Option<bool>,
    /// Whether the impact of any is total.
    pub total_impact: Option<bool>,
}

impl Dossier {
    /// It is being exploited: listed, or by its vendor's own word.
    pub fn exploited(&self) -> bool {
        self.listing.is_some() || self.vendor_exploited.is_some() || self.exploitation == Exploitation::Active
    }
}

/// The threat data of a Book, laid out by article and by vulnerability.
#[derive(Clone, Debug)]
pub struct Dossiers<'a> {
    book: &'a Book,
    advisories: HashMap<&'a str, Vec<&'a Advisory>>,
    facts: HashMap<&'a str, Vec<&'a ThreatFact>>,
}

impl<'a> Dossiers<'a> {
    /// Lays out everything recorded up to an instant (UTC seconds).
    pub fn new(book: &'a Book, as_of_at: i64) -> Self {
        let advisories = book.advisories.iter().filter(|row| row.recorded_at <= as_of_at);
        let facts = book.threats.iter().filter(|fact| fact.recorded_at <= as_of_at);
        Self::laid_out(book, advisories, facts)
    }

    /// Lays out what was recorded of some updates up to an instant (UTC seconds): for a few of them cheaper than everything.
    pub fn about(book: &'a Book, updates: &[&Update], as_of_at: i64) -> Self {
        let kbs: HashSet<&str> = updates.iter().flat_map(|update| &update.kbs).map(String::as_str).collect();
        let of_them = |row: &&Advisory| row.recorded_at <= as_of_at && kbs.contains(row.kb.as_str());
        let advisories: Vec<&Advisory> = book.advisories.iter().filter(of_them).collect();
        let cves: HashSet<&str> = advisories.iter().flat_map(|row| &row.cves).map(String::as_str).collect();
        let of_them = |fact: &&ThreatFact| fact.recorded_at <= as_of_at && cves.contains(fact.cve.as_str());
        let facts = book.threats.iter().filter(|_| !cves.is_empty()).filter(of_them);
        Self::laid_out(book, advisories.iter().copied(), facts)
    }

    fn laid_out(
        book: &'a Book,
        rows: impl Iterator<Item = &'a Advisory>,
        known: impl Iterator<Item = &'a ThreatFact>,
    ) -> Self {
        let mut advisories: HashMap<&str, Vec<&Advisory>> = HashMap::new();
        for advisory in rows {
            advisories.entry(advisory.kb.as_str()).or_default().push(advisory);
        }
        let mut facts: HashMap<&str, Vec<&ThreatFact>> = HashMap::new();
        for fact in known {
            facts.entry(fact.cve.as_str()).or_default().push(fact);
        }
        for list in facts.values_mut() {
            list.sort_by_key(|fact| (fact.recorded_at, fact.id));
        }
        Self { book, advisories, facts }
    }

    /// The advisories of an update's articles.
    pub fn advisories(&self, update: &Update) -> Vec<&'a Advisory> {
        let lists = update.kbs.iter().filter_map(|kb| self.advisories.get(kb.as_str()));
        lists.flatten().copied().collect()
    }

    /// What is recorded of a vulnerability, oldest first.
    pub fn facts(&self, cve: &str) -> &[&'a ThreatFact] {
        self.facts.get(cve).map_or(&[], Vec::as_slice)
    }

    /// Every instant at which something was learnt of an update, in order.
    pub fn instants(&self, update: &Update) -> Vec<i64> {
        let advisories = self.advisories(update);
        let cves = advisories.iter().flat_map(|advisory| &advisory.cves);
        let mut all: BTreeSet<i64> =
            cves.flat_map(|cve| self.facts(cve)).map(|fact| fact.recorded_at).collect();
        all.extend(advisories.iter().map(|advisory| advisory.recorded_at));
        all.into_iter().collect()
    }

    /// What was known of an update at an instant.
    pub fn at(&self, update: &Update, at: i64) -> Dossier {
        let known: Vec<&Advisory> =
            self.advisories(update).into_iter().filter(|advisory| advisory.recorded_at <= at).collect();
        let cves: BTreeSet<&str> =
            known.iter().flat_map(|advisory| &advisory.cves).map(String::as_str).collect();
        let severity = known.iter().map(|advisory| advisory.severity).fold(update.severity, Severity::min);
        let mut found = Dossier {
            cves: cves.iter().map(|cve| (*cve).to_owned()).collect(),
            severity,
            listing: None,
            vendor_exploited: None,
            vendor_denies: false,
            disclosed: false,
            exploitation: Exploitation::None,
            public_exploit: None,
            score: None,
            likelihood: None,
            automatable: None,
            total_impact: None,
        };
        for cve in cves {
            found.take(cve, self.facts(cve).iter().copied().filter(|fact| fact.recorded_at <= at));
        }
        if let Some(known) = &mut found.likelihood {
            known.model = self.model(known.catalogue);
        }
        found
    }

    /// A likelihood means little without the model and the day it is from.
    fn model(&self, catalogue: CatalogueId) -> String {
        let Some(row) = self.book.catalogues.get(catalogue.0) else { return String::new() };
        let model = Some(row.model.as_str()).filter(|model| !model.is_empty());
        let zone = clock::zone(&self.book.shop.zone);
        let day = row.published_on(zone).map(clock::day_text);
        model.map(|model| format!("model {model}")).into_iter().chain(day).collect::<Vec<_>>().join(", ")
    }
}

impl Dossier {
    /// Takes in what is known of one vulnerability, oldest first: the newest word of each kind holds, but a listing stays.
    fn take<'f>(&mut self, cve: &str, facts: impl Iterator<Item = &'f ThreatFact>) {
        let mut listing: Option<Listing> = None;
        let mut vendor: Option<Exploitation> = None;
        let mut score: Option<Score> = None;
        let mut likelihood: Option<Likelihood> = None;
        for fact in facts {
            match &fact.value {
                Threat::Listed { listed_on, due_on, ransomware, .. } => {
                    let first = listing.as_ref().map_or(*listed_on, |known| known.listed_on.min(*listed_on));
                    listing = Some(Listing {
                        cve: cve.to_owned(),
                        listed_on: first,
                        due_on: *due_on,
                        ransomware: *ransomware,
                        dropped: false,
                    });
                }
                Threat::Unlisted => {
                    if let Some(listing) = &mut listing {
                        listing.dropped = true;
                    }
                }
                Threat::Likelihood { score_ppm, percentile_ppm } => {
                    likelihood = Some(Likelihood {
                        cve: cve.to_owned(),
                        ppm: *score_ppm,
                        percentile_ppm: *percentile_ppm,
                        catalogue: fact.catalogue,
                        model: String::new(),
                    });
                }
                Threat::Scored { version, score_tenths, .. } => {
                    let higher = score.as_ref().is_none_or(|known| known.tenths < *score_tenths);
                    if higher {
                        score = Some(Score {
                            cve: cve.to_owned(),
                            version: version.clone(),
                            tenths: *score_tenths,
                        });
                    }
                }
                Threat::Vendor { severity, exploited, disclosed } => {
                    self.severity = self.severity.min(*severity);
                    self.disclosed |= *disclosed;
                    vendor = Some(vendor.map_or(*exploited, |known| known.max(*exploited)));
                }
                Threat::Ssvc { exploitation, automatable, total_impact } => {
                    self.exploitation = self.exploitation.max(*exploitation);
                    if *exploitation == Exploitation::Public {
                        self.public_exploit.get_or_insert_with(|| cve.to_owned());
                    }
                    self.automatable = worse(self.automatable, *automatable);
                    self.total_impact = worse(self.total_impact, *total_impact);
                }
                Threat::Exploit { .. } => self.public_exploit = Some(cve.to_owned()),
            }
        }
        if let Some(word) = vendor {
            self.exploitation = self.exploitation.max(word);
            if word == Exploitation::Active {
                self.vendor_exploited.get_or_insert_with(|| cve.to_owned());
            }
        }
        if let Some(listing) = listing {
            self.vendor_denies |= vendor.is_some_and(|word| word != Exploitation::Active);
            if self.listing.as_ref().is_none_or(|known| listing.listed_on < known.listed_on) {
                self.listing = Some(listing);
            }
        }
        if score.as_ref().map(|score| score.tenths) > self.score.as_ref().map(|score| score.tenths) {
            self.score = score;
        }
        if likelihood.as_ref().map(|known| known.ppm) > self.likelihood.as_ref().map(|known| known.ppm) {
            self.likelihood = likelihood;
        }
    }
}

/// Yes if anything says yes; no if something says no; else nobody knows.
fn worse(known: Option<bool>, said: Option<bool>) -> Option<bool> {
    match (known, said) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        _ => None,
    }
}
