//! An advisory as CSAF 2.0, as Microsoft publishes one for each vulnerability.
//!
//! Owns its fields. The article stands only at the end of an address; supersedence is not in these files at all.

use std::collections::HashMap;
use std::marker::PhantomData;

use serde::Deserialize;
use serde_json::Value;

use crate::domain::threat::{CatalogueKind, Threat};
use crate::domain::update::Severity;
use crate::util::text::line;

use super::article::Articles;
use super::pipe::{Pipe, Watch, json, text_or_nothing};
use super::text::{cve, day, exploit_status, instant, kb_of_address, severity, tenths};
use super::{FactRow, Fault, Hook, Source, ThreatRead};

#[derive(Deserialize)]
struct Document {
    document: Head,
    #[serde(default)]
    product_tree: Value,
    #[serde(default)]
    vulnerabilities: Vec<Vulnerability>,
}

#[derive(Deserialize)]
struct Head {
    #[serde(default, deserialize_with = "text_or_nothing")]
    title: String,
    aggregate_severity: Option<Text>,
    tracking: Tracking,
}

#[derive(Deserialize)]
struct Text {
    #[serde(default, deserialize_with = "text_or_nothing")]
    text: String,
}

#[derive(Deserialize)]
struct Tracking {
    #[serde(default, deserialize_with = "text_or_nothing")]
    id: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    version: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    current_release_date: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    initial_release_date: String,
}

#[derive(Deserialize)]
struct Vulnerability {
    #[serde(default, deserialize_with = "text_or_nothing")]
    cve: String,
    #[serde(default)]
    remediations: Vec<Remediation>,
    #[serde(default)]
    scores: Vec<Score>,
    #[serde(default)]
    threats: Vec<ThreatText>,
}

#[derive(Deserialize)]
struct Remediation {
    #[serde(default, deserialize_with = "text_or_nothing")]
    category: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    date: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    details: String,
    #[serde(default)]
    product_ids: Vec<String>,
    #[serde(default, deserialize_with = "text_or_nothing")]
    url: String,
    restart_required: Option<Restart>,
}

#[derive(Deserialize)]
struct Restart {
    #[serde(default, deserialize_with = "text_or_nothing")]
    category: String,
}

#[derive(Deserialize)]
struct Score {
    cvss_v3: Option<Cvss>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cvss {
    base_score: f64,
    #[serde(default, deserialize_with = "text_or_nothing")]
    vector_string: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    version: String,
}

#[derive(Deserialize)]
struct ThreatText {
    #[serde(default, deserialize_with = "text_or_nothing")]
    category: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    details: String,
}

/// Reads the advisory.
pub(super) fn read(source: Source<'_, '_>, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let pipe = Pipe::new(source.feed, hook, Watch::Document);
    let document: Document = json(pipe, PhantomData, "The advisory")?;
    let tracking = &document.document.tracking;
    let mut read = ThreatRead::new(CatalogueKind::Csaf);
    read.title = line(&document.document.title).into_owned();
    read.version = line(format!("{} {}", tracking.id, tracking.version).trim()).into_owned();
    read.published_at = instant(&tracking.current_release_date);
    let worst =
        document.document.aggregate_severity.as_ref().map_or(Severity::Unspecified, |s| severity(&s.text));
    let mut products = HashMap::new();
    name_products(&document.product_tree, "", &mut products, 0);
    let mut articles = Articles::default();
    for (at, entry) in (1_u64..).zip(&document.vulnerabilities) {
        read.entries += 1;
        let cve = cve(&entry.cve);
        match &cve {
            Some(cve) => read.facts.extend(facts(entry, cve, worst)),
            None => read.remark("entries name no vulnerability that is a CVE", at),
        }
        for fix in entry.remediations.iter().filter(|fix| fix.category == "vendor_fix") {
            let (build, address) = match fix.details.split_once(':') {
                Some((build, rest)) => (build, rest.rsplit_once("http").map(|(_, tail)| tail)),
                None => ("", None),
            };
            let Some(kb) = kb_of_address(&fix.url).or_else(|| kb_of_address(address.unwrap_or_default()))
            else {
                read.remark("fixes name no article of the knowledge base", at);
                continue;
            };
            let article = articles.of(&kb);
            article.title(fix.details.split(':').nth(1).unwrap_or_default());
            article.released(day(&fix.date).or_else(|| day(&tracking.initial_release_date)));
            article.severity(worst);
            if let Some(cve) = &cve {
                article.fixes_cve(cve);
            }
            if let Some(restart) = &fix.restart_required {
                article.restart(if restart.category == "none" { "No" } else { "Yes" });
            }
            for id in &fix.product_ids {
                let name = products.get(id.as_str()).copied().unwrap_or(id.as_str());
                article.product(name);
                article.fixed(name, build);
            }
        }
    }
    if read.entries == 0 {
        return Err(Fault::Bad(
            "The advisory describes no vulnerability. Choose another file; nothing was taken from it."
                .to_owned(),
        ));
    }
    read.advisories = articles.rows()?;
    Ok(read)
}

fn facts(entry: &Vulnerability, cve: &str, severity: Severity) -> Vec<FactRow> {
    let status = entry.threats.iter().find(|threat| threat.category == "exploit_status");
    let mut values = Vec::new();
    if let Some(status) = status {
        let (disclosed, exploited) = exploit_status(&status.details);
        values.push(Threat::Vendor { severity, exploited, disclosed });
    }
    let scores = entry.scores.iter().filter_map(|score| score.cvss_v3.as_ref());
    let worst =
        scores.filter_map(|cvss| Some((tenths(cvss.base_score)?, cvss))).max_by_key(|(score, _)| *score);
    if let Some((score_tenths, cvss)) = worst {
        values.push(Threat::Scored {
            version: line(&cvss.version).into_owned(),
            score_tenths,
            vector: line(&cvss.vector_string).into_owned(),
        });
    }
    values.into_iter().map(|value| FactRow { cve: cve.to_owned(), value }).collect()
}

/// The product of each id: the nearest name above it, so that a range of versions reads as its product.
fn name_products<'t>(tree: &'t Value, above: &'t str, names: &mut HashMap<&'t str, &'t str>, level: u8) {
    if level > 32 {
        return;
    }
    let named =
        if tree["category"] == "product_name" { tree["name"].as_str().unwrap_or(above) } else { above };
    if let Some(id) = tree["product"]["product_id"].as_str() {
        let own = tree["product"]["name"].as_str().unwrap_or_default();
        names.insert(id, if named.is_empty() { own } else { named });
    }
    for branch in tree["branches"].as_array().into_iter().flatten() {
        name_products(branch, named, names, level + 1);
    }
    for product in tree["full_product_names"].as_array().into_iter().flatten() {
        if let (Some(id), Some(name)) = (product["product_id"].as_str(), product["name"].as_str()) {
            names.insert(id, name);
        }
    }
}
