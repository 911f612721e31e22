//! The suggested rank of an update and its reasons (`standards.md` 1.7; `metrics.md`, rank).

use crate::domain::rating::{Rank, suggested};
use crate::domain::update::{Severity, Update};
use crate::util::clock::day_text;

use super::dossier::Dossier;

/// From this likelihood on (in millionths) exploitation counts as likely: 0.10, as practitioners cut it; there is no official mark.
pub const LIKELY_PPM: i64 = 100_000;

/// One reason, and the rank that it speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rank it speaks for; `None` where it only informs.
    pub rank: Option<Rank>,
    /// In words.
    pub text: String,
}

/// A suggested rank with every reason, the weightiest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The rank.
    pub rank: Rank,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Suggestion {
    /// The reasons as one text each.
    pub fn texts(&self) -> Vec<String> {
        self.reasons.iter().map(|reason| reason.text.clone()).collect()
    }
}

/// Suggests a rank. `exposed`: some asset that is reachable from the internet, or whose exposure nobody knows, may owe it.
///
/// Without threat data this is what the server's severity alone suggests.
pub fn suggest(update: &Update, dossier: &Dossier, exposed: bool) -> Suggestion {
    let mut reasons = Vec::new();
    exploitation(dossier, &mut reasons);
    let known = !dossier.cves.is_empty();
    vendor(update, dossier, known && exposed, &mut reasons);
    scores(dossier, &mut reasons);
    let rank = reasons.iter().filter_map(|reason| reason.rank).min().unwrap_or(Rank::Low);
    reasons.sort_by_key(|reason| reason.rank.map_or(u8::MAX, |rank| rank as u8));
    Suggestion { rank, reasons }
}

fn exploitation(dossier: &Dossier, reasons: &mut Vec<Reason>) {
    let mut add = |rank, text: String| reasons.push(Reason { rank, text });
    if let Some(listing) = &dossier.listing {
        let ransom = if listing.ransomware { ", used for ransom" } else { "" };
        let dropped = if listing.dropped { "; a newer catalogue lists it no longer" } else { "" };
        let day = day_text(listing.listed_on);
        add(
            Some(Rank::Severe),
            format!("Exploited: {} is listed in KEV since {day}{ransom}{dropped}", listing.cve),
        );
    }
    if let Some(cve) = &dossier.vendor_exploited {
        add(Some(Rank::Severe), format!("Exploited: the vendor has detected exploitation of {cve}"));
    } else if dossier.listing.is_none() && dossier.exploited() {
        add(Some(Rank::Severe), "Exploited by the word of a loaded file".to_owned());
    }
    if dossier.vendor_denies {
        add(None, "Contradiction: the vendor says not exploited, KEV lists it; the worse counts".to_owned());
    }
    if let Some(cve) = &dossier.public_exploit {
        add(None, format!("An exploit of {cve} is public"));
    }
    if dossier.disclosed {
        add(None, "Publicly disclosed before the update".to_owned());
    }
}

fn vendor(update: &Update, dossier: &Dossier, exposed: bool, reasons: &mut Vec<Reason>) {
    let text = |word: &str| format!("The vendor rates it {word}");
    let (rank, text) = match dossier.severity {
        Severity::Critical if exposed => {
            (Rank::Severe, format!("{}, and machines that may owe it are exposed", text("critical")))
        }
        Severity::Critical => (Rank::High, text("critical")),
        Severity::Important => (Rank::Medium, text("important")),
        Severity::Moderate => (Rank::Low, text("moderate")),
        Severity::Low => (Rank::Low, text("low")),
        // Nobody has rated it: the strictest rank that is no emergency, if it is a security update.
        Severity::Unspecified => (
            suggested(update),
            format!("No severity is given; its class is {}", update.classification.text().to_lowercase()),
        ),
    };
    reasons.push(Reason { rank: Some(rank), text });
}

fn scores(dossier: &Dossier, reasons: &mut Vec<Reason>) {
    let likely = dossier.likelihood.as_ref().is_some_and(|known| known.ppm >= LIKELY_PPM);
    if let Some(score) = &dossier.score {
        let high = score.tenths >= 70;
        let rank = match (high, likely || dossier.public_exploit.is_some()) {
            (true, true) => Some(Rank::High),
            (true, false) => Some(Rank::Medium),
            (false, _) => None,
        };
        let text =
            format!("CVSS {} {}.{} ({})", score.version, score.tenths / 10, score.tenths % 10, score.cve);
        reasons.push(Reason { rank, text });
    }
    if let Some(known) = &dossier.likelihood {
        let share = format!("{}.{:02} %", known.ppm / 10_000, known.ppm % 10_000 / 100);
        let word = if likely { "likely" } else { "not likely" };
        let model = if known.model.is_empty() { String::new() } else { format!(", {}", known.model) };
        reasons.push(Reason {
            rank: None,
            text: format!("EPSS {share} ({}){model}: {word} within 30 days", known.cve),
        });
    }
}
