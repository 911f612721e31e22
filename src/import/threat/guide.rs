//! The table that Microsoft's update guide offers for download: one row for each article, vulnerability and product.
//!
//! Owns its columns. The table says nothing of exploitation, so no word of the vendor's about that is taken from it.

use std::collections::BTreeMap;

use crate::domain::threat::{CatalogueKind, Threat};

use super::article::Articles;
use super::sheet::Sheet;
use super::text::{cve, day, kb, kb_of_address, kbs, severity, tenths};
use super::{FactRow, Fault, Hook, Source, ThreatRead};

/// Reads the table.
pub(super) fn read(source: Source<'_, '_>, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let mut sheet = Sheet::open(source, &[&["maxseverity", "article"]], hook)?;
    let column = |names: &[&str]| sheet.column(names);
    let (at_day, at_product, at_severity) =
        (column(&["releasedate"]), column(&["product"]), column(&["maxseverity"]));
    let (at_article, at_link) = (column(&["article"]), column(&["articlelink"]));
    let (at_old, at_build) = (column(&["supercedence", "supersedence"]), column(&["buildnumber"]));
    let (at_cve, at_download) = (column(&["details"]), column(&["download"]));
    let at_score = column(&["basescore"]);
    let mut read = ThreatRead::new(CatalogueKind::Guide);
    "Microsoft security update guide".clone_into(&mut read.title);
    let mut articles = Articles::default();
    let mut scores: BTreeMap<String, i64> = BTreeMap::new();
    let mut newest = None;
    while let Some(row) = sheet.next(hook)? {
        read.entries += 1;
        let line = u64::from(row.line());
        let released = day(&row.text(at_day));
        if released.is_none() && !row.text(at_day).is_empty() {
            read.remark("rows have a release date that is not read (such as Apr 9, 2024)", line);
        }
        newest = newest.max(released);
        let cve = cve(&row.text(at_cve));
        if let (Some(cve), Some(score)) = (&cve, row.text(at_score).parse().ok().and_then(tenths)) {
            let worst = scores.entry(cve.clone()).or_default();
            *worst = score.max(*worst);
        }
        let Some(kb) = kb(&row.text(at_article)).or_else(|| kb_of_address(&row.text(at_link))) else {
            read.remark("rows name no article of the knowledge base", line);
            continue;
        };
        let article = articles.of(&kb);
        article.title(&row.text(at_download));
        article.released(released);
        article.severity(severity(&row.text(at_severity)));
        article.product(&row.text(at_product));
        article.fixed(&row.text(at_product), &row.text(at_build));
        for old in kbs(&row.text(at_old)) {
            article.supersedes(old);
        }
        match cve {
            Some(cve) => article.fixes_cve(&cve),
            None => read.remark("rows name no vulnerability that is a CVE", line),
        }
    }
    if read.entries == 0 {
        return Err(Fault::Bad(
            "The table has no rows. Download it again; nothing was taken from it.".to_owned(),
        ));
    }
    // The table gives the number alone; the guide scores by CVSS 3.
    let scored = |(cve, score_tenths)| FactRow {
        cve,
        value: Threat::Scored { version: "3".to_owned(), score_tenths, vector: String::new() },
    };
    read.facts = scores.into_iter().map(scored).collect();
    read.advisories = articles.rows()?;
    read.version = newest.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default();
    read.published_at =
        newest.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|time| time.and_utc().timestamp());
    Ok(read)
}
