//! What was known of an update, instant by instant: all that the rules of a set ask for. A fact counts from when it was recorded,
//! so what was learnt later never moves what was due before; a vulnerability that was listed stays listed.
//!
//! An update fixes several vulnerabilities, and a rule may ask several things of one of them. So those are kept one by one, and the
//! earliest date of any of them wins.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::software::software;
use super::{Software, Trigger};
use crate::domain::book::Book;
use crate::domain::rating::Rank;
use crate::domain::risk::Dossiers;
use crate::domain::threat::{Advisory, Exploitation, Threat, ThreatFact};
use crate::domain::update::{Severity, Update};

/// What is known of one vulnerability.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flaw {
    /// Since when it is listed as exploited.
    pub listed_on: Option<NaiveDate>,
    /// The due date that the catalogue gives.
    pub due_on: Option<NaiveDate>,
    /// Whether exploitation can be automated.
    pub automatable: Option<bool>,
    /// Whether the technical impact is total.
    pub total_impact: Option<bool>,
}

/// What is known of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traits {
    /// What kind of software it is for.
    pub software: Software,
    /// The worst severity that its vendor gives.
    pub severity: Severity,
    /// Ten times its highest CVSS base score.
    pub score_tenths: Option<i64>,
    /// A working exploit exists.
    pub exploit: bool,
    /// Somebody holds exploitation of every vulnerability for unlikely.
    pub unlikely: bool,
    /// When it came into this register, UTC seconds.
    pub known_at: i64,
    /// When a person first rated it, UTC seconds.
    pub evaluated_at: Option<i64>,
    /// The newest check of a source before its release, UTC seconds.
    pub checked_at: Option<i64>,
    /// Its vulnerabilities, equal ones once; one of which nothing is known where none is known. Never empty.
    pub flaws: Vec<Flaw>,
}

impl Traits {
    /// What a forecast takes for granted of an update of a rank that nobody has released yet.
    pub fn typical(rank: Rank) -> Self {
        let severity = match rank {
            Rank::Severe | Rank::High => Severity::Critical,
            Rank::Medium => Severity::Important,
            Rank::Low => Severity::Low,
        };
        Self {
            software: Software::System,
            severity,
            score_tenths: None,
            exploit: rank == Rank::Severe,
            unlikely: false,
            known_at: 0,
            evaluated_at: None,
            checked_at: None,
            flaws: vec![Flaw::default()],
        }
    }

    /// Listed as exploited.
    pub fn listed(&self) -> bool {
        self.flaws.iter().any(|flaw| flaw.listed_on.is_some())
    }

    /// Whether a trigger holds for the update, or for one of its vulnerabilities where it speaks of one.
    pub fn holds(&self, trigger: Trigger, flaw: &Flaw) -> bool {
        let scored = |tenths| self.score_tenths.is_some_and(|score| score >= tenths);
        let fast = || self.severity == Severity::Critical || self.exploit || self.listed();
        match trigger {
            Trigger::Any => true,
            Trigger::CriticalOrExploit => fast(),
            Trigger::NoCriticalNoExploit => !fast(),
            Trigger::Unstated => self.severity == Severity::Unspecified,
            Trigger::Critical => self.severity == Severity::Critical || scored(90),
            Trigger::High => matches!(self.severity, Severity::Critical | Severity::Important) || scored(70),
            Trigger::Likely => !self.unlikely,
            Trigger::Unlikely => self.unlikely,
            Trigger::Listed => flaw.listed_on.is_some(),
            Trigger::NotListed => flaw.listed_on.is_none(),
        }
    }
}

/// What was known of each update from each instant (UTC seconds) on; the first also holds before. Index: place of the update. The
/// dossiers are those laid out for the same instant.
pub fn traits(book: &Book, as_of_at: i64, dossiers: &Dossiers<'_>) -> Vec<Vec<(i64, Traits)>> {
    let index = Index::new(book, as_of_at, dossiers);
    book.updates.rows().iter().map(|update| index.over_time(update)).collect()
}

struct Index<'a> {
    dossiers: &'a Dossiers<'a>,
    rated: HashMap<i64, i64>,
    checks: Vec<i64>,
}

/// No rule of a set asks how likely exploitation is, or whether a catalogue still lists a vulnerability.
fn is_asked(fact: &ThreatFact) -> bool {
    !matches!(fact.value, Threat::Likelihood { .. } | Threat::Unlisted)
}

impl<'a> Index<'a> {
    fn new(book: &Book, as_of_at: i64, dossiers: &'a Dossiers<'a>) -> Self {
        let mut rated: HashMap<i64, i64> = HashMap::new();
        for rating in book.ratings.iter().filter(|rating| rating.since_at <= as_of_at) {
            let first = rated.entry(rating.update.0).or_insert(rating.since_at);
            *first = rating.since_at.min(*first);
        }
        let live = book.batches.iter().filter(|batch| batch.voided_at.is_none());
        let mut checks: Vec<i64> = live.map(|batch| batch.recorded_at).collect();
        checks.sort_unstable();
        Self { dossiers, rated, checks }
    }

    fn over_time(&self, update: &Update) -> Vec<(i64, Traits)> {
        let advisories = self.dossiers.advisories(update);
        let cves = advisories.iter().flat_map(|advisory| &advisory.cves);
        let facts = cves.flat_map(|cve| self.dossiers.facts(cve)).filter(|fact| is_asked(fact));
        let mut times: Vec<i64> = facts.map(|fact| fact.recorded_at).collect();
        times.extend(advisories.iter().map(|advisory| advisory.recorded_at));
        times.extend(self.rated.get(&update.id.0));
        times.sort_unstable();
        times.dedup();
        let before = times.first().map_or(0, |&first| first.saturating_sub(1));
        let mut steps = vec![(before, self.at(update, &advisories, before))];
        for at in times {
            let traits = self.at(update, &advisories, at);
            if steps.last().is_none_or(|(_, last)| *last != traits) {
                steps.push((at, traits));
            }
        }
        steps
    }

    fn at(&self, update: &Update, advisories: &[&Advisory], at: i64) -> Traits {
        let known = || advisories.iter().filter(|advisory| advisory.recorded_at <= at);
        let mut cves: Vec<&str> = known().flat_map(|advisory| &advisory.cves).map(String::as_str).collect();
        cves.sort_unstable();
        cves.dedup();
        let mut found = Found {
            severity: known().map(|advisory| advisory.severity).fold(update.severity, Severity::min),
            ..Found::default()
        };
        let mut unlikely = !cves.is_empty();
        let mut flaws: Vec<Flaw> = Vec::new();
        for cve in cves {
            let facts = self.dossiers.facts(cve).iter().copied();
            let (flaw, likely) = found.take(facts.filter(|fact| fact.recorded_at <= at));
            unlikely &= likely == Some(false);
            flaws.push(flaw);
        }
        flaws.sort_unstable();
        flaws.dedup();
        if flaws.is_empty() {
            flaws.push(Flaw::default());
        }
        let next = self.checks.partition_point(|&check| check <= update.released_at);
        Traits {
            software: software(update),
            severity: found.severity,
            score_tenths: found.score_tenths,
            exploit: found.exploit,
            unlikely: unlikely && !found.exploit,
            known_at: update.created_at,
            evaluated_at: self.rated.get(&update.id.0).copied().filter(|&rated| rated <= at),
            checked_at: next.checked_sub(1).map(|last| self.checks[last]),
            flaws,
        }
    }
}

/// What the facts of all vulnerabilities of an update come to.
struct Found {
    severity: Severity,
    score_tenths: Option<i64>,
    exploit: bool,
}

impl Default for Found {
    fn default() -> Self {
        Self { severity: Severity::Unspecified, score_tenths: None, exploit: false }
    }
}

impl Found {
    /// Takes the facts of one vulnerability, oldest first; whether exploitation is likely, where anybody says.
    fn take<'f>(&mut self, facts: impl Iterator<Item = &'f ThreatFact>) -> (Flaw, Option<bool>) {
        let mut flaw = Flaw::default();
        let mut likely = None;
        let mut exploitation = |how: Exploitation| {
            use Exploitation::{Active, LessLikely, MoreLikely, None, Public, Unlikely};
            match how {
                Active | Public | MoreLikely => likely = Some(true),
                None | Unlikely | LessLikely => likely = likely.or(Some(false)),
            }
            matches!(how, Active | Public)
        };
        for fact in facts {
            match &fact.value {
                Threat::Listed { listed_on, due_on, .. } => {
                    // The first listing holds; the date is the catalogue's newest word.
                    flaw.listed_on = Some(flaw.listed_on.map_or(*listed_on, |first| first.min(*listed_on)));
                    flaw.due_on = *due_on;
                    self.exploit |= exploitation(Exploitation::Active);
                }
                Threat::Scored { score_tenths, .. } => {
                    self.score_tenths =
                        Some(self.score_tenths.map_or(*score_tenths, |s| s.max(*score_tenths)));
                }
                Threat::Vendor { severity, exploited, .. } => {
                    self.severity = self.severity.min(*severity);
                    self.exploit |= exploitation(*exploited);
                }
                Threat::Ssvc { exploitation: how, automatable, total_impact } => {
                    self.exploit |= exploitation(*how);
                    flaw.automatable = automatable.or(flaw.automatable);
                    flaw.total_impact = total_impact.or(flaw.total_impact);
                }
                Threat::Exploit { .. } => self.exploit |= exploitation(Exploitation::Public),
                Threat::Likelihood { .. } | Threat::Unlisted => {}
            }
        }
        (flaw, likely)
    }
}
