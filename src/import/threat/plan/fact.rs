//! Which facts about vulnerabilities are new.
//!
//! Owns the comparison with the newest fact of the same kind of file, and what a catalogue that drops an entry means.

use std::collections::{BTreeSet, HashMap};

use crate::domain::book::Book;
use crate::domain::threat::{CatalogueId, CatalogueKind, Threat, ThreatFact, ThreatFactId};
use crate::util::text::{count, counted};

use super::super::ThreatRead;
use super::ThreatPlan;

/// So many entries, and a tenth of all, never leave the catalogue at once: then the file is a part of it.
const MANY_GONE: usize = 20;

/// What a fact is about, so that a newer one of the same kind takes its place.
#[derive(PartialEq, Eq, Hash)]
enum About<'t> {
    Listing,
    Likelihood,
    Score(&'t str),
    Vendor,
    Ssvc,
    Exploit(&'t str),
}

fn about(value: &Threat) -> About<'_> {
    match value {
        Threat::Listed { .. } | Threat::Unlisted => About::Listing,
        Threat::Likelihood { .. } => About::Likelihood,
        Threat::Scored { version, .. } => About::Score(version),
        Threat::Vendor { .. } => About::Vendor,
        Threat::Ssvc { .. } => About::Ssvc,
        Threat::Exploit { reference } => About::Exploit(reference),
    }
}

type Key<'t> = (&'t str, CatalogueKind, About<'t>);

/// The newest fact of every kind of file about every vulnerability.
fn newest(book: &Book) -> HashMap<Key<'_>, &ThreatFact> {
    let mut newest: HashMap<Key<'_>, &ThreatFact> = HashMap::new();
    for fact in &book.threats {
        let Some(catalogue) = book.catalogues.get(fact.catalogue.0) else { continue };
        let place = newest.entry((&fact.cve, catalogue.kind, about(&fact.value))).or_insert(fact);
        if fact.recorded_at >= place.recorded_at {
            *place = fact;
        }
    }
    newest
}

/// Adds what is new to the plan.
pub(super) fn plan(book: &Book, read: &ThreatRead, published_at: Option<i64>, plan: &mut ThreatPlan) {
    let known = newest(book);
    let published_of =
        |id: CatalogueId| book.catalogues.get(id.0).and_then(|catalogue| catalogue.published_at);
    let is_older = |fact: &ThreatFact| match (published_of(fact.catalogue), published_at) {
        (Some(known), Some(own)) => own < known,
        _ => false,
    };
    let (mut new, mut changed, mut older) = (0, 0, 0_u64);
    let mut kinds = [0_usize; 5];
    for fact in &read.facts {
        let before = known.get(&(fact.cve.as_str(), read.kind, about(&fact.value)));
        match before {
            Some(before) if before.value == fact.value => continue,
            Some(before) if is_older(before) => {
                older += 1;
                continue;
            }
            Some(_) => changed += 1,
            None => {}
        }
        // CISA's own catalogue says more than NVD's note of it.
        let listed_by_cisa = || known.get(&(fact.cve.as_str(), CatalogueKind::Kev, About::Listing));
        if read.kind == CatalogueKind::Nvd
            && matches!(fact.value, Threat::Listed { .. })
            && listed_by_cisa().is_some_and(|known| matches!(known.value, Threat::Listed { .. }))
        {
            changed -= usize::from(before.is_some());
            continue;
        }
        if before.is_none() {
            new += 1;
            kinds[match fact.value {
                Threat::Listed { .. } | Threat::Unlisted => 0,
                Threat::Likelihood { .. } => 1,
                Threat::Scored { .. } => 2,
                Threat::Vendor { .. } | Threat::Ssvc { .. } => 3,
                Threat::Exploit { .. } => 4,
            }] += 1;
        }
        plan.rows.facts.push(row(&fact.cve, fact.value.clone()));
    }
    let words = [
        ("newly listed as exploited", "newly listed as exploited"),
        ("new likelihood", "new likelihoods"),
        ("new score", "new scores"),
        ("new word of the vendor or of CISA", "new words of the vendor or of CISA"),
        ("new public exploit", "new public exploits"),
    ];
    for (number, (one, many)) in kinds.into_iter().zip(words) {
        plan.tally(number, one, many);
    }
    plan.tally(changed, "changed fact", "changed facts");
    if older > 0 {
        plan.warnings.push(format!(
            "{} older than what a newer file said and left aside.",
            counted(older, "fact is", "facts are")
        ));
    }
    if read.kind == CatalogueKind::Kev {
        drop_missing(book, read, published_at, &known, plan, new);
    }
}

/// What a newer catalogue lists no longer.
fn drop_missing(
    book: &Book,
    read: &ThreatRead,
    published_at: Option<i64>,
    known: &HashMap<Key<'_>, &ThreatFact>,
    plan: &mut ThreatPlan,
    new: usize,
) {
    let catalogues = book.catalogues.iter().filter(|catalogue| catalogue.kind == CatalogueKind::Kev);
    let Some(newest_at) = catalogues.filter_map(|catalogue| catalogue.published_at).max() else { return };
    if published_at.is_none_or(|own| own < newest_at) {
        let added = if new > 0 { " What it lists that no newer one named is taken as listed." } else { "" };
        plan.warnings.push(format!(
            "This catalogue is older than the newest one loaded, so nothing counts as no longer listed.{added}"
        ));
        return;
    }
    if published_at == Some(newest_at) || !read.complete {
        return;
    }
    let listed: BTreeSet<&str> = read.facts.iter().map(|fact| fact.cve.as_str()).collect();
    let still = known.iter().filter(|((_, kind, about), fact)| {
        *kind == CatalogueKind::Kev && *about == About::Listing && matches!(fact.value, Threat::Listed { .. })
    });
    let mut all = 0;
    let mut gone: Vec<&str> = Vec::new();
    for ((cve, ..), _) in still {
        all += 1;
        if !listed.contains(cve) {
            gone.push(cve);
        }
    }
    if gone.len() > MANY_GONE && gone.len() * 10 > all {
        plan.warnings.push(format!(
            "{} entries that are known are missing, more than ever leave the catalogue, so this file is a part of it: \
             nothing counts as no longer listed.",
            count(gone.len() as u64)
        ));
        return;
    }
    gone.sort_unstable();
    plan.tally(gone.len(), "no longer listed (it stays known)", "no longer listed (they stay known)");
    plan.rows.facts.extend(gone.into_iter().map(|cve| row(cve, Threat::Unlisted)));
}

fn row(cve: &str, value: Threat) -> ThreatFact {
    ThreatFact { id: ThreatFactId(0), cve: cve.to_owned(), catalogue: CatalogueId(0), value, recorded_at: 0 }
}
