//! What an update is and when it was released, where the source does not say it outright.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Weekday};

use crate::domain::update::{Classification, ReleaseBasis, Severity};
use crate::util::clock::instant_of;

use super::super::UpdateRow;

/// The instant a duty begins and where it comes from: vendor, then the month in the title, then arrival, then first seen.
pub(super) fn of(row: &UpdateRow, seen_at: i64) -> (i64, ReleaseBasis) {
    if let Some(at) = row.created_at {
        return (at, ReleaseBasis::Vendor);
    }
    if let Some(at) = title_month(&row.title).and_then(|(year, month)| release_day(&row.title, year, month)) {
        return (at, ReleaseBasis::Title);
    }
    match row.arrived_at {
        Some(at) => (at, ReleaseBasis::Arrival),
        None => (seen_at, ReleaseBasis::FirstSeen),
    }
}

/// `2024-04 Cumulative Update ...` is of April 2024.
fn title_month(title: &str) -> Option<(i32, u32)> {
    let (year, rest) = title.split_at_checked(4)?;
    let (month, tail) = rest.strip_prefix('-')?.split_at_checked(2)?;
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    let plausible = (2003..=2136).contains(&year) && (1..=12).contains(&month) && tail.starts_with(' ');
    plausible.then_some((year, month))
}

/// Second Tuesday of the month at 10:00 Pacific; a preview's is the fourth (`standards.md` 2.1).
fn release_day(title: &str, year: i32, month: u32) -> Option<i64> {
    let nth = if is_preview(title) { 4 } else { 2 };
    let day = NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Tue, nth)?;
    debug_assert_eq!(day.month(), month);
    Some(instant_of(chrono_tz::America::Los_Angeles, day.and_time(NaiveTime::from_hms_opt(10, 0, 0)?)))
}

fn is_preview(title: &str) -> bool {
    title.to_lowercase().contains("preview")
}

/// The class the source names, in the languages seen; what the title gives away where the source is silent.
pub(super) fn classification(row: &UpdateRow) -> Classification {
    let title = row.title.to_lowercase();
    if is_preview(&title) {
        return Classification::Preview;
    }
    if title.contains("malicious software removal") {
        return Classification::Tool;
    }
    let word = row.classification.trim().to_lowercase();
    let named = match word.as_str() {
        "security updates"
        | "security update"
        | "sicherheitsupdates"
        | "mises à jour de sécurité"
        | "actualizaciones de seguridad"
        | "aggiornamenti della protezione" => Some(Classification::Security),
        "critical updates"
        | "critical update"
        | "wichtige updates"
        | "mises à jour critiques"
        | "actualizaciones críticas" => Some(Classification::Critical),
        "update rollups" | "update rollup" | "updaterollups" => Some(Classification::Rollup),
        "service packs" | "service pack" => Some(Classification::ServicePack),
        "feature packs" | "feature pack" => Some(Classification::FeaturePack),
        "upgrades" | "upgrade" => Some(Classification::Upgrade),
        "updates" | "update" => Some(Classification::Update),
        "tools" | "tool" => Some(Classification::Tool),
        "definition updates" | "definition update" | "definitionsupdates" => Some(Classification::Definition),
        "drivers" | "driver" | "driver sets" | "treiber" => Some(Classification::Driver),
        _ => None,
    };
    if let Some(named) = named {
        return named;
    }
    if title.contains("security intelligence update") || title.contains("definition update") {
        Classification::Definition
    } else if title.contains("cumulative update") || title.contains("security") {
        // Microsoft's monthly cumulative updates are security updates; a source that leaves the class out cannot make them less.
        Classification::Security
    } else {
        Classification::Unknown
    }
}

/// MSRC's word; anything else is unspecified.
pub(super) fn severity(row: &UpdateRow) -> Severity {
    Severity::of_word(&row.severity).unwrap_or(Severity::Unspecified)
}
