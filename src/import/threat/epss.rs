//! FIRST's likelihoods of exploitation, in the three generations of their header (`formats.md` section 3).
//!
//! Owns the comment that bears model and date, and both layouts of columns. It keeps only vulnerabilities that are known.

use crate::domain::threat::{CatalogueKind, Threat};
use crate::util::text::line;

use super::sheet::Sheet;
use super::text::{cve, instant, millionths};
use super::{FactRow, Fault, Hook, Known, Source, ThreatRead};

/// Reads the list.
pub(super) fn read(source: Source<'_, '_>, known: &Known, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let name = source.name;
    let mut sheet = Sheet::open(source, &[&["cve", "epss"]], hook)?;
    let (at_cve, at_score, at_percentile) =
        (sheet.column(&["cve"]), sheet.column(&["epss"]), sheet.column(&["percentile"]));
    let mut read = ThreatRead::new(CatalogueKind::Epss);
    "Exploit Prediction Scoring System".clone_into(&mut read.title);
    let comment = sheet.preamble.join(",");
    for part in comment.trim_start_matches('#').split(',') {
        match part.split_once(':') {
            Some(("model_version", model)) => read.model = line(model).into_owned(),
            Some(("score_date", date)) => read.published_at = instant(date),
            _ => {}
        }
    }
    if read.published_at.is_none() {
        read.published_at = date_in(name);
        read.remark("the file bears no date; the one in its name is taken", 0);
    }
    read.version = read.published_at.map(day_of).unwrap_or_default();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(row) = sheet.next(hook)? {
        read.entries += 1;
        let line = u64::from(row.line());
        let Some(cve) = cve(&row.text(at_cve)) else {
            read.remark("rows name no vulnerability that is a CVE", line);
            continue;
        };
        if !known.cves.contains(&cve) {
            read.left_aside += 1;
            continue;
        }
        let percentile = row.text(at_percentile);
        let (Some(score_ppm), percentile_ppm) = (millionths(&row.text(at_score)), millionths(&percentile))
        else {
            read.remark("rows have no probability between 0 and 1", line);
            continue;
        };
        if !seen.insert(cve.clone()) {
            read.remark("rows repeat an earlier one", line);
            continue;
        }
        read.facts.push(FactRow { cve, value: Threat::Likelihood { score_ppm, percentile_ppm } });
    }
    if read.entries == 0 {
        return Err(Fault::Bad(
            "The list has no rows. Download it again; nothing was taken from it.".to_owned(),
        ));
    }
    Ok(read)
}

/// The date in a name such as `epss_scores-2021-04-14.csv.gz`.
fn date_in(name: &str) -> Option<i64> {
    let bytes = name.as_bytes();
    (0..bytes.len().saturating_sub(9)).find_map(|at| {
        let part = name.get(at..at + 10)?;
        let shaped = part
            .bytes()
            .enumerate()
            .all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        if shaped { instant(part) } else { None }
    })
}

fn day_of(at: i64) -> String {
    crate::util::clock::utc(at).format("%Y-%m-%d").to_string()
}
