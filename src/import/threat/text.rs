//! Single values as threat data writes them.
//!
//! Owns pure functions over short texts: numbers of vulnerabilities and articles, dates, scores, words of severity and of
//! exploitation. It never reads a file, and never guesses: what has no clear meaning is nothing.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::domain::threat::Exploitation;
use crate::domain::update::Severity;

/// Years up to this mean "never" in files of .NET programs.
const NEVER: i32 = 1753;

/// `CVE-2024-21392` in upper case; nothing for anything else.
pub(super) fn cve(text: &str) -> Option<String> {
    let text = text.trim();
    let (prefix, rest) = text.split_at_checked(4)?;
    let (year, number) = rest.split_once('-')?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fits = prefix.eq_ignore_ascii_case("CVE-")
        && year.len() == 4
        && (4..=19).contains(&number.len())
        && digits(year)
        && digits(number);
    fits.then(|| format!("CVE-{year}-{number}"))
}

/// All vulnerabilities named in a cell, in its order, each once.
pub(super) fn cves(text: &str) -> Vec<String> {
    each_once(text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter_map(cve))
}

/// Values in their order, each once. A cell may hold 100,000 of them.
pub(super) fn each_once(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut known: HashSet<String> = HashSet::new();
    values.filter(|value| known.insert(value.clone())).collect()
}

/// Digits of an article: `5036909`, `KB5036909`; nothing for words such as `Release Notes` or `SP81X86`.
pub(super) fn kb(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = match text.get(..2) {
        Some(prefix) if prefix.eq_ignore_ascii_case("KB") => text[2..].trim_start(),
        _ => text,
    };
    let fits = (6..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.to_owned())
}

/// All articles of a list such as `5035857;5034123` or `KB5035857, KB5034123`, each once.
pub(super) fn kbs(text: &str) -> Vec<String> {
    each_once(text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(kb))
}

/// Articles written as `KB5036909` anywhere in a sentence; bare numbers in it may be anything.
pub(super) fn kbs_in_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| {
        part.len() > 2 && part.get(..2).is_some_and(|prefix| prefix.eq_ignore_ascii_case("KB"))
    });
    each_once(words.filter_map(kb))
}

/// The article at the end of an address: `https://support.microsoft.com/help/5075904`.
pub(super) fn kb_of_address(address: &str) -> Option<String> {
    let path = address.trim().split(['?', '#']).next().unwrap_or_default();
    kb(path.trim_end_matches('/').rsplit('/').next().unwrap_or_default())
}

/// An instant in UTC seconds. A time without a zone is UTC; the name of a zone in letters is passed over. Dates whose day
/// and month cannot be told apart are nothing.
pub(super) fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    let zoned = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z"]
        .iter()
        .find_map(|format| DateTime::parse_from_str(text, format).ok())
        .or_else(|| DateTime::parse_from_rfc3339(text).ok());
    if let Some(zoned) = zoned {
        return later_than_never(zoned.naive_utc());
    }
    let bare = text.trim_end_matches(|c: char| c.is_ascii_uppercase()).trim_end();
    let timed = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%b %d, %Y %H:%M:%S", "%b %d, %Y %I:%M %p"];
    let dated = ["%Y-%m-%d", "%Y%m%d", "%b %d, %Y", "%d %b %Y"];
    let with_time = timed.iter().find_map(|format| {
        NaiveDateTime::parse_from_str(bare, format)
            .or_else(|_| NaiveDateTime::parse_from_str(text, format))
            .ok()
    });
    let found = with_time.or_else(|| {
        let day = dated.iter().find_map(|format| NaiveDate::parse_from_str(bare, format).ok())?;
        day.and_hms_opt(0, 0, 0)
    });
    found.and_then(later_than_never)
}

fn later_than_never(time: NaiveDateTime) -> Option<i64> {
    use chrono::Datelike as _;
    (time.year() > NEVER && time.year() < 10_000).then(|| time.and_utc().timestamp())
}

/// The day of [`instant`], in UTC.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    instant(text).map(|at| crate::util::clock::utc(at).date_naive())
}

/// A probability between 0 and 1 in millionths.
pub(super) fn millionths(text: &str) -> Option<i64> {
    let value: f64 = text.trim().parse().ok()?;
    (0.0..=1.0).contains(&value).then(|| (value * 1_000_000.0).round() as i64)
}

/// Ten times a score between 0 and 10: 98 for `9.8`.
pub(super) fn tenths(value: f64) -> Option<i64> {
    (0.0..=10.0).contains(&value).then(|| (value * 10.0).round() as i64)
}

/// The version of a CVSS vector: `3.1` of `CVSS:3.1/AV:N/...`; one without a prefix is of version 2.
pub(super) fn cvss_version(vector: &str) -> &str {
    match vector.strip_prefix("CVSS:") {
        Some(rest) => rest.split('/').next().unwrap_or_default(),
        None if vector.starts_with("AV:") || vector.starts_with("(AV:") => "2.0",
        None => "",
    }
}

/// The vendor's severity; nothing for junk such as `System.Object[]`.
pub(super) fn severity(text: &str) -> Severity {
    Severity::of_word(text.trim()).unwrap_or(Severity::Unspecified)
}

/// The worse of two severities; not given is the least.
pub(super) fn worse(a: Severity, b: Severity) -> Severity {
    a.min(b)
}

/// Whether it was disclosed and how far exploitation has come, by a line such as
/// `Publicly Disclosed:No;Exploited:No;Latest Software Release:Exploitation Less Likely;DOS:N/A`.
pub(super) fn exploit_status(text: &str) -> (bool, Exploitation) {
    let (mut disclosed, mut exploited) = (false, Exploitation::None);
    for part in text.split(';') {
        let Some((name, value)) = part.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
        let yes = value == "yes";
        match name.as_str() {
            "publicly disclosed" => disclosed |= yes,
            "exploited" if yes => exploited = Exploitation::Active,
            _ if name.ends_with("software release") => exploited = exploited.max(likelihood(&value)),
            _ => {}
        }
    }
    (disclosed, exploited)
}

fn likelihood(value: &str) -> Exploitation {
    if value.contains("exploitation detected") {
        Exploitation::Active
    } else if value.contains("more likely") {
        Exploitation::MoreLikely
    } else if value.contains("less likely") {
        Exploitation::LessLikely
    } else if value.contains("unlikely") {
        Exploitation::Unlikely
    } else {
        Exploitation::None
    }
}
