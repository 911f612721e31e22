//! The threat data of the sample: files in the form in which they are published, about vulnerabilities that do not exist.
//!
//! Owns the texts only; they are read by the real readers. Their numbers begin with 9, far above any that was ever given.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use crate::app::sample::Calendar;
use crate::app::sample::story::{Released, released};
use crate::util::clock::{DAY_SECS, day_in, iso, utc};
use crate::util::file::write_whole;

/// The files of a month, and when somebody fetched them.
#[derive(Clone, Debug)]
pub(in crate::app::sample) struct ThreatFiles {
    /// In the order in which they are loaded.
    pub paths: Vec<PathBuf>,
    /// When, UTC seconds.
    pub fetched_at: i64,
}

/// A vulnerability of the story.
struct Flaw {
    cve: String,
    severity: &'static str,
    score: &'static str,
    vector: &'static str,
    exploitation: &'static str,
    likelihood: f64,
    listed: bool,
}

/// Writes the files of the last three months below a folder: the vendor's guide on the morning after each release, the catalogue
/// of exploited vulnerabilities and the likelihoods two days later.
pub(in crate::app::sample) fn write(folder: &Path, calendar: &Calendar) -> io::Result<Vec<ThreatFiles>> {
    let releases = calendar.releases_at();
    let mut written = Vec::new();
    for (month, &released_at) in releases.iter().enumerate().skip(releases.len().saturating_sub(3)) {
        let day = day_in(chrono_tz::UTC, released_at);
        let below = folder.join(day.format("threat-data-%Y-%m").to_string());
        std::fs::create_dir(&below)?;
        let all = released(calendar, released_at + 20 * DAY_SECS);
        let updates: Vec<&Released> = all.iter().filter(|update| update.month == month).collect();
        let guide = below.join(format!("cvrf-{}.xml", day.format("%Y-%b")));
        write_whole(&guide, guide_text(&updates, day).as_bytes())?;
        written.push(ThreatFiles { paths: vec![guide], fetched_at: released_at + 14 * 3600 });
        let fetched_at = released_at + 2 * DAY_SECS + 14 * 3600;
        let known: Vec<&Released> = all.iter().filter(|update| update.month <= month).collect();
        let kev = below.join("known_exploited_vulnerabilities.json");
        write_whole(&kev, kev_text(&known, fetched_at).as_bytes())?;
        let epss = below.join(format!("epss_scores-{}.csv", utc(fetched_at).format("%Y-%m-%d")));
        write_whole(&epss, epss_text(&known, fetched_at).as_bytes())?;
        written.push(ThreatFiles { paths: vec![kev, epss], fetched_at });
    }
    Ok(written)
}

/// What an update mends: the worse of them for the big cumulative ones.
fn flaws(update: &Released) -> Vec<Flaw> {
    let number = |n: u32| {
        let kb: u32 = update
            .kb
            .chars()
            .rev()
            .take(4)
            .collect::<String>()
            .chars()
            .rev()
            .collect::<String>()
            .parse()
            .unwrap_or(0);
        format!("CVE-{}-9{:04}", utc(update.released_at).year(), (kb * 7 + n * 13) % 10_000)
    };
    let plain = |n, severity, score, likelihood| Flaw {
        cve: number(n),
        severity,
        score,
        vector: "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
        exploitation: "Exploitation Less Likely",
        likelihood,
        listed: false,
    };
    let mut flaws = match update.product.severity.as_str() {
        "Critical" => vec![plain(1, "Critical", "8.8", 0.021), plain(2, "Important", "7.0", 0.004)],
        "Important" => vec![plain(1, "Important", "7.8", 0.006), plain(2, "Important", "5.5", 0.0009)],
        "Moderate" | "Low" => vec![plain(1, "Moderate", "4.3", 0.0007)],
        _ => Vec::new(),
    };
    // In odd months the vendor itself knows of exploitation; in even ones it says no, and two days later the catalogue says yes.
    let known_at_once = update.product.code == "srv22" && update.month % 2 == 1;
    let listed_later = update.product.code == "win10" && update.month.is_multiple_of(2);
    if (known_at_once || listed_later)
        && let Some(first) = flaws.first_mut()
    {
        first.listed = true;
        first.likelihood = 0.412;
        first.vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
        if known_at_once {
            first.exploitation = "Exploitation Detected";
        }
    }
    flaws
}

fn guide_text(updates: &[&Released], day: NaiveDate) -> String {
    let mut out = String::from(
        "<cvrf:cvrfdoc xmlns:vuln=\"http://www.icasi.org/CVRF/schema/vuln/1.1\" \
         xmlns:prod=\"http://www.icasi.org/CVRF/schema/prod/1.1\" \
         xmlns:cvrf=\"http://www.icasi.org/CVRF/schema/cvrf/1.1\">\n",
    );
    let (title, id) = (day.format("%B %Y Security Updates"), day.format("%Y-%b"));
    // Writing into a String cannot fail, here and below.
    let _infallible = write!(
        out,
        "  <cvrf:DocumentTitle>{title}</cvrf:DocumentTitle>\n  <cvrf:DocumentTracking>\n    <cvrf:Identification>\
         <cvrf:ID>{id}</cvrf:ID></cvrf:Identification>\n    <cvrf:Version>1.0</cvrf:Version>\n    \
         <cvrf:InitialReleaseDate>{day}T08:00:00</cvrf:InitialReleaseDate>\n    \
         <cvrf:CurrentReleaseDate>{day}T08:00:00</cvrf:CurrentReleaseDate>\n  </cvrf:DocumentTracking>\n  \
         <prod:ProductTree>\n",
    );
    for (place, update) in updates.iter().enumerate() {
        let _infallible = writeln!(
            out,
            "    <prod:FullProductName ProductID=\"{}\">{}</prod:FullProductName>",
            10_000 + place,
            update.product.product,
        );
    }
    out.push_str("  </prod:ProductTree>\n");
    for (place, update) in updates.iter().enumerate() {
        for flaw in flaws(update) {
            vulnerability(&mut out, update, &flaw, 10_000 + place);
        }
    }
    out.push_str("</cvrf:cvrfdoc>\n");
    out
}

fn vulnerability(out: &mut String, update: &Released, flaw: &Flaw, product: usize) {
    let exploited = if flaw.exploitation.ends_with("Detected") { "Yes" } else { "No" };
    let _infallible = write!(
        out,
        "  <vuln:Vulnerability Ordinal=\"1\">\n    <vuln:Title>{} Vulnerability</vuln:Title>\n    \
         <vuln:CVE>{}</vuln:CVE>\n    <vuln:ProductStatuses><vuln:Status Type=\"Known Affected\">\
         <vuln:ProductID>{product}</vuln:ProductID></vuln:Status></vuln:ProductStatuses>\n    <vuln:Threats>\n      \
         <vuln:Threat Type=\"Severity\"><vuln:Description>{}</vuln:Description><vuln:ProductID>{product}</vuln:ProductID>\
         </vuln:Threat>\n      <vuln:Threat Type=\"Exploit Status\"><vuln:Description>Publicly Disclosed:No;\
         Exploited:{exploited};Latest Software Release:{}</vuln:Description></vuln:Threat>\n    </vuln:Threats>\n    \
         <vuln:CVSSScoreSets><vuln:ScoreSet><vuln:BaseScore>{}</vuln:BaseScore><vuln:Vector>{}</vuln:Vector>\
         <vuln:ProductID>{product}</vuln:ProductID></vuln:ScoreSet></vuln:CVSSScoreSets>\n    <vuln:Remediations>\n      \
         <vuln:Remediation Type=\"Vendor Fix\"><vuln:Description>{}</vuln:Description>\
         <vuln:ProductID>{product}</vuln:ProductID><vuln:RestartRequired>Yes</vuln:RestartRequired>\
         <vuln:SubType>Security Update</vuln:SubType></vuln:Remediation>\n    </vuln:Remediations>\n  \
         </vuln:Vulnerability>\n",
        update.product.product,
        flaw.cve,
        flaw.severity,
        flaw.exploitation,
        flaw.score,
        flaw.vector,
        update.kb,
    );
}

fn kev_text(updates: &[&Released], fetched_at: i64) -> String {
    let mut entries = Vec::new();
    for update in updates {
        for flaw in flaws(update).iter().filter(|flaw| flaw.listed) {
            let listed_on = day_in(chrono_tz::UTC, update.released_at + DAY_SECS);
            let due_on = day_in(chrono_tz::UTC, update.released_at + 22 * DAY_SECS);
            entries.push(serde_json::json!({
                "cveID": flaw.cve, "vendorProject": "Microsoft", "product": update.product.product,
                "vulnerabilityName": format!("{} privilege escalation (sample)", update.product.product),
                "dateAdded": listed_on.to_string(),
                "shortDescription": "Invented for the sample register.",
                "requiredAction": "Apply the vendor's update.", "dueDate": due_on.to_string(),
                "knownRansomwareCampaignUse": if update.month % 2 == 0 { "Known" } else { "Unknown" },
                "notes": "", "cwes": [],
            }));
        }
    }
    let catalogue = serde_json::json!({
        "title": "CISA Catalog of Known Exploited Vulnerabilities (invented for the sample)",
        "catalogVersion": utc(fetched_at).format("%Y.%m.%d").to_string(),
        "dateReleased": iso(fetched_at - 3600),
        "count": entries.len(),
        "vulnerabilities": entries,
    });
    format!("{catalogue:#}\n")
}

fn epss_text(updates: &[&Released], fetched_at: i64) -> String {
    let mut out =
        format!("#model_version:v2026.06.15,score_date:{}\ncve,epss,percentile\n", iso(fetched_at - 3600));
    let mut rows: Vec<(String, f64)> =
        updates.iter().flat_map(|update| flaws(update)).map(|flaw| (flaw.cve, flaw.likelihood)).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.dedup_by(|a, b| a.0 == b.0);
    for (cve, likelihood) in rows {
        let _infallible = writeln!(out, "{cve},{likelihood:.5},{:.5}", 0.5 + likelihood / 2.0);
    }
    out
}
