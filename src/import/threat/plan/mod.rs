//! What of a file of threat data is new to the register: the very rows that a load would write.
//!
//! Pure: a Book, what was read, and an instant give a plan. What is known is never repeated and never unlearnt: an entry that
//! a newer catalogue drops is marked as dropped, an older file never overrules a newer one, and the same file twice changes
//! nothing.

mod advisory;
mod fact;
mod finding;
mod tie;

use crate::domain::book::Book;
use crate::domain::command::CatalogueRows;
use crate::domain::threat::{Catalogue, CatalogueId, CatalogueKind};
use crate::util::clock::{self, DAY_SECS, day_text, utc};
use crate::util::text::{count, counted};

use super::{Known, ThreatRead};

impl Known {
    /// What concerns a register: the articles of its updates and advisories, and the vulnerabilities that its advisories and
    /// findings name.
    pub fn of(book: &Book) -> Known {
        let updates = book.updates.iter().flat_map(|update| &update.kbs);
        let advised = book.advisories.iter().map(|advisory| &advisory.kb);
        let fixed = book.advisories.iter().flat_map(|advisory| &advisory.cves);
        let found = book.findings.iter().flat_map(|finding| &finding.cves);
        Known { kbs: updates.chain(advised).cloned().collect(), cves: fixed.chain(found).cloned().collect() }
    }
}

/// Older than so many days, a list that is published daily or weekly is called old.
const STALE_DAYS: i64 = 30;

/// How many of something a load brings: `12` and `newly listed as exploited`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub count: u64,
    /// Of what.
    pub what: &'static str,
}

/// A machine of a scan that nothing is recorded for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftHost {
    /// Its names and address, as the file has them.
    pub name: String,
    /// Why.
    pub why: String,
}

/// What a load would write.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreatPlan {
    /// The rows; new ones have the id 0.
    pub rows: CatalogueRows,
    /// What is new, by kind; only what there is.
    pub tallies: Vec<Tally>,
    /// Things to know before agreeing, each a sentence.
    pub warnings: Vec<String>,
    /// Machines of a scan that are left aside.
    pub left_hosts: Vec<LeftHost>,
    /// The very same file, loaded before. It may still say something new of what the register did not know then.
    pub already: Option<CatalogueId>,
}

impl ThreatPlan {
    /// Whether agreeing would change nothing.
    pub fn is_nothing_new(&self) -> bool {
        self.already.is_some() && self.rows.catalogue.kept == 0
    }

    /// `1 404 newly listed as exploited, 3 no longer listed`.
    pub fn summary(&self) -> String {
        if self.is_nothing_new() {
            return "nothing new".to_owned();
        }
        if self.tallies.is_empty() {
            return "nothing new but the version".to_owned();
        }
        let part = |tally: &Tally| format!("{} {}", count(tally.count), tally.what);
        self.tallies.iter().map(part).collect::<Vec<_>>().join(", ")
    }

    fn tally(&mut self, number: usize, one: &'static str, many: &'static str) {
        if number > 0 {
            let what = if number == 1 { one } else { many };
            self.tallies.push(Tally { count: number as u64, what });
        }
    }
}

/// Plans what was read against a register; `now_at` stands for the time of a scan that bears none.
pub fn plan(book: &Book, read: &ThreatRead, now_at: i64) -> ThreatPlan {
    let is_scan = matches!(read.kind, CatalogueKind::Nessus | CatalogueKind::OpenVas);
    // A scanner that names no offset stands where the shop does.
    let zone = clock::zone(&book.shop.zone);
    let local_at = read.hosts.iter().filter_map(|host| host.seen_local).max();
    let local_at = local_at.map(|local| clock::instant_of(zone, local));
    let published_at = match read.published_at {
        None if is_scan => Some(local_at.or(read.modified_at).unwrap_or(now_at).min(now_at)),
        known => known,
    };
    let catalogue = Catalogue {
        id: CatalogueId(0),
        kind: read.kind,
        title: read.title.clone(),
        version: if read.version.is_empty() {
            published_at.map(day).unwrap_or_default()
        } else {
            read.version.clone()
        },
        model: read.model.clone(),
        published_at,
        file_name: read.file_name.clone(),
        sha256: read.sha256.clone(),
        entries: read.entries as i64,
        kept: 0,
        looked: Vec::new(),
        recorded_at: 0,
    };
    let rows = CatalogueRows {
        catalogue,
        facts: Vec::new(),
        advisories: Vec::new(),
        findings: Vec::new(),
        lifecycles: Vec::new(),
    };
    let already = book.catalogues.iter().find(|known| known.sha256 == read.sha256).map(|known| known.id);
    let mut plan =
        ThreatPlan { rows, tallies: Vec::new(), warnings: Vec::new(), left_hosts: Vec::new(), already };
    tell(&mut plan, read, is_scan);
    tell_age(&mut plan, now_at);
    fact::plan(book, read, published_at, &mut plan);
    if read.kind == CatalogueKind::Epss && Known::of(book).cves.is_empty() {
        plan.warnings.push(
            "Likelihoods are kept only for vulnerabilities that the register knows from advisories or scans, and it knows none yet. \
             Load the vendor's advisories (MSRC, CSAF) first, then this file."
                .to_owned(),
        );
    }
    advisory::plan(book, read, &mut plan);
    if is_scan {
        finding::plan(book, read, published_at.unwrap_or(now_at), &mut plan);
    }
    let rows = &mut plan.rows;
    rows.catalogue.kept = (rows.facts.len() + rows.advisories.len() + rows.findings.len()) as i64;
    plan
}

/// What the reading has to say, in sentences.
fn tell(plan: &mut ThreatPlan, read: &ThreatRead, is_scan: bool) {
    let tells = read.published_at.is_some() || read.hosts.iter().any(|host| host.seen_local.is_some());
    if is_scan && !tells {
        plan.warnings.push(match plan.rows.catalogue.published_at {
            Some(at) if read.modified_at.is_some() => format!(
                "The scan does not say when it was made; the day on which the file was last changed, {}, stands for it.",
                day_text(utc(at).date_naive())
            ),
            _ => "The scan does not say when it was made; now stands for it.".to_owned(),
        });
    }
    if read.left_aside > 0 {
        let what = if is_scan {
            "rows that name neither an article nor a vulnerability"
        } else {
            "entries that concern nothing the register or its advisories know"
        };
        plan.warnings.push(format!("Left aside: {} {what}.", count(read.left_aside)));
    }
    for remark in &read.remarks {
        plan.warnings.push(match remark.first {
            0 => format!("{}.", sentence(&remark.text)),
            first => {
                format!("{}: {}, the first at {}.", sentence(&remark.text), count(remark.count), count(first))
            }
        });
    }
}

/// A list that is published every day or week and is old says nothing of what became known since. Whether it is older than the one
/// loaded last is told with what that means.
fn tell_age(plan: &mut ThreatPlan, now_at: i64) {
    let catalogue = &plan.rows.catalogue;
    let Some(published_at) = catalogue.published_at else { return };
    let days = (now_at - published_at) / DAY_SECS;
    if matches!(catalogue.kind, CatalogueKind::Kev | CatalogueKind::Epss) && days > STALE_DAYS {
        let on = day_text(utc(published_at).date_naive());
        plan.warnings.push(format!(
            "This file is of {on}, {} days old: it says nothing of what became known since. Download today's.",
            count(days.unsigned_abs())
        ));
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

fn day(at: i64) -> String {
    utc(at).format("%Y-%m-%d").to_string()
}

/// `1 finding`, `2 findings`.
fn findings(number: usize) -> String {
    counted(number as u64, "finding", "findings")
}
