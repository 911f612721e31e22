//! Which advisories say more than is known of their article.

use std::collections::{HashMap, HashSet};

use crate::domain::book::Book;
use crate::domain::threat::{Advisory, AdvisoryId, CatalogueId};
use crate::domain::update::Severity;

use super::super::{AdvisoryRow, ThreatRead};
use super::ThreatPlan;

/// All that is known of one article.
#[derive(Default)]
struct Union<'b> {
    titled: bool,
    released: bool,
    restart: bool,
    severity: Option<Severity>,
    cves: HashSet<&'b str>,
    products: HashSet<&'b str>,
    fixes: HashSet<(&'b str, &'b str)>,
    supersedes: HashSet<&'b str>,
}

impl<'b> Union<'b> {
    fn add(&mut self, advisory: &'b Advisory) {
        self.titled |= !advisory.title.is_empty();
        self.released |= advisory.released_on.is_some();
        self.restart |= !advisory.restart.is_empty();
        // The worst is the least in the order of severities.
        self.severity = Some(self.severity.map_or(advisory.severity, |known| known.min(advisory.severity)));
        self.cves.extend(advisory.cves.iter().map(String::as_str));
        self.products.extend(advisory.products.iter().map(String::as_str));
        self.fixes.extend(advisory.fixes.iter().map(|fix| (fix.product.as_str(), fix.build.as_str())));
        self.supersedes.extend(advisory.supersedes.iter().map(String::as_str));
    }

    /// Whether a row says nothing that is not known.
    fn covers(&self, row: &AdvisoryRow) -> bool {
        (row.title.is_empty() || self.titled)
            && (row.released_on.is_none() || self.released)
            && (row.restart.is_empty() || self.restart)
            && self.severity.is_some_and(|known| known <= row.severity)
            && row.cves.iter().all(|cve| self.cves.contains(cve.as_str()))
            && row.products.iter().all(|product| self.products.contains(product.as_str()))
            && row.fixes.iter().all(|fix| self.fixes.contains(&(fix.product.as_str(), fix.build.as_str())))
            && row.supersedes.iter().all(|old| self.supersedes.contains(old.as_str()))
    }
}

/// Adds what is new to the plan.
pub(super) fn plan(book: &Book, read: &ThreatRead, plan: &mut ThreatPlan) {
    let mut known: HashMap<&str, Union<'_>> = HashMap::new();
    for advisory in &book.advisories {
        known.entry(&advisory.kb).or_default().add(advisory);
    }
    let (mut new, mut more) = (0, 0);
    for row in &read.advisories {
        match known.get(row.kb.as_str()) {
            Some(union) if union.covers(row) => continue,
            Some(_) => more += 1,
            None => new += 1,
        }
        plan.rows.advisories.push(Advisory {
            id: AdvisoryId(0),
            kb: row.kb.clone(),
            catalogue: CatalogueId(0),
            title: row.title.clone(),
            released_on: row.released_on,
            cves: row.cves.clone(),
            severity: row.severity,
            products: row.products.clone(),
            fixes: row.fixes.clone(),
            supersedes: row.supersedes.clone(),
            restart: row.restart.clone(),
            recorded_at: 0,
        });
    }
    plan.tally(new, "new advisory", "new advisories");
    plan.tally(more, "advisory that says more than is known", "advisories that say more than is known");
}
