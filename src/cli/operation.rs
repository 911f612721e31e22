//! The figures of the work itself, as the console lists them: M7, M9, M10, M11, M14, M16, M17.

use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::month::month_text;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::ratio::days_text;
use crate::domain::compliance::view::View;
use crate::domain::cycle::measure::kept;
use crate::domain::month::figure;
use crate::domain::waiver::debt::debt;

use super::waiver::debt_text;

/// Months of release listed for M7, the newest last.
const MONTHS: usize = 3;

/// Id, name and value of each.
pub(super) fn named(
    view: &View<'_>,
    figures: &Figures,
    period: Period,
) -> Vec<(&'static str, &'static str, String)> {
    let cohorts = figures.cohorts.iter().filter(|cohort| cohort.required > 0);
    let cohorts: Vec<_> = cohorts.collect();
    let newest = &cohorts[cohorts.len().saturating_sub(MONTHS)..];
    let until_95: Vec<String> = newest
        .iter()
        .map(|cohort| {
            let days = cohort.until_95.map(|secs| format!("{} days", days_text(f64::from(secs))));
            format!("{} {}", month_text(cohort.month), days.unwrap_or_else(|| "not reached".to_owned()))
        })
        .collect();
    let until_95 = if until_95.is_empty() { "n/a (0 items)".to_owned() } else { until_95.join(", ") };
    let mut named = vec![
        ("M7", "Days until 95 % of a month's pairs were satisfied", until_95),
        ("M11", "Waivers", debt_text(&debt(view, period))),
    ];
    // Written by the one place that also writes them for a seal, so that both always say the same.
    let measured = figure::list(view, figures, period);
    let text =
        |id: &str| measured.iter().find(|row| row.id == id).map(|row| row.text.clone()).unwrap_or_default();
    named.push(("M9", "Unpatched three months after release", text("M9")));
    named.push(("M16", "Past the end of servicing, without proof", text("M16")));
    named.extend(view.operation(period).named());
    named.extend(kept(view.book, period, crate::domain::stamp::instant(view.at)).named());
    named
}

/// Where a figure stands in the list: by number, then as they come.
pub(super) fn place_of(id: &str) -> u32 {
    let digits: String = id.chars().skip(1).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(u32::MAX)
}
