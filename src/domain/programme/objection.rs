//! The shop's own figures of the last twelve months, which answer what is objected to patching (requirement S0-07). What nobody
//! recorded is said to be so, never counted as nought.

use crate::domain::case::BusinessCase;
use crate::domain::case::sum::cost;
use crate::domain::change::ChangeId;
use crate::domain::change::figure::{changes, named};
use crate::domain::compliance::month::reference_month;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::view::View;
use crate::domain::cycle::measure::kept;
use crate::domain::document::value::money_text;
use crate::domain::month::name::name_of;
use crate::domain::month::standing::figures_of_month;
use crate::domain::waiver::debt::debt;
use crate::util::clock::{DAY_SECS, day_in, zone};
use crate::util::text::{count, counted};

use super::ProgrammeEntry;

/// Ids and names of the figures that an answer may lean on.
pub const FIGURES: [(&str, &str); 14] = [
    ("patched", "Installations seen"),
    ("failed-first", "Failed at first"),
    ("backed-out", "Changes taken back"),
    ("issues", "Changes with issues"),
    ("hours", "Hours of work, as estimated in change records"),
    ("outage", "Outage recorded"),
    ("days-to-patch", "Days from release to installed, of the month"),
    ("overdue", "Overdue, of the month"),
    ("silent", "Overdue machines that are silent, of the month"),
    ("orphans", "Installations outside any change"),
    ("waivers", "Waivers active now"),
    ("cycles-on-time", "Cycles closed on time"),
    ("machine-cost", "Cost of a machine a year"),
    ("emergencies", "Emergency changes"),
];

/// The name of a figure.
pub fn name_of_figure(id: &str) -> Option<&'static str> {
    FIGURES.into_iter().find(|(known, _)| *known == id).map(|(_, name)| name)
}

/// A figure with its value in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFigure {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its value, with counts.
    pub value: String,
}

/// Every figure of the twelve months before the view's instant. `case` is the estimate that says what a machine costs a year.
pub fn own_figures(view: &View<'_>, case: Option<&BusinessCase>) -> Vec<OwnFigure> {
    let (book, at) = (view.book, view.as_of_at);
    let period = Period { from_at: at - 365 * DAY_SECS, to_at: at + 1 };
    let work = changes(book, period, at);
    let operation = view.operation(period);
    let all = work.ended.len() as u64;
    let share = |part: &[ChangeId]| Ratio::bad(part.len() as u64, all).with_counts();
    let records = || work.ended.iter().filter_map(|id| book.changes.get(id.0));
    let sum = |values: Vec<i64>, unit: &str| match values.len() {
        0 => "not recorded in any change".to_owned(),
        n => {
            format!("{} {unit} in {} of {}", values.iter().sum::<i64>(), n, counted(all, "change", "changes"))
        }
    };
    let month = name_of(reference_month(day_in(zone(&book.shop.zone), at)));
    let figures = figures_of_month(book, &month, at);
    let of_month = |id: &str| {
        let text = figures.as_ref().map_or("", |figures| figures.outputs.text(id));
        if text.is_empty() { "not counted yet".to_owned() } else { format!("{text} ({month})") }
    };
    let orphans = named(view, period).into_iter().find(|(id, ..)| *id == "M13").map(|(.., value)| value);
    let [(.., cycles), _] = kept(book, period, at).named();
    let value = |id: &str| match id {
        "patched" => count(operation.once_installed),
        "failed-first" => operation.first_failure().with_counts(),
        "backed-out" => share(&work.backed_out),
        "issues" => share(&work.with_issues),
        "hours" => sum(records().filter_map(|record| record.plan.cost_hours).collect(), "hours"),
        "outage" => sum(records().filter_map(|record| record.downtime_minutes).collect(), "minutes"),
        "days-to-patch" => of_month("M6"),
        "overdue" => of_month("M5"),
        "silent" => of_month("M5s"),
        "orphans" => orphans.clone().unwrap_or_else(|| "not counted yet".to_owned()),
        "waivers" => count(debt(view, period).active.len() as u64),
        "cycles-on-time" => cycles.clone(),
        "machine-cost" => machine_cost(case),
        _ => count(work.emergency.len() as u64),
    };
    FIGURES.into_iter().map(|(id, name)| OwnFigure { id, name, value: value(id) }).collect()
}

/// What a machine costs a year by an estimate (standards.md 5.1).
fn machine_cost(case: Option<&BusinessCase>) -> String {
    let Some(case) = case else { return "no business case was made".to_owned() };
    let cents = cost(&case.cost).machine_year_cents;
    cents
        .map_or_else(|| "no machine is in the estimate".to_owned(), |cents| money_text(cents, &case.currency))
}

/// What answers the objection of a stakeholder: the figures its row names, in its order.
pub fn answering<'f>(row: &ProgrammeEntry, figures: &'f [OwnFigure]) -> Vec<&'f OwnFigure> {
    let wanted = row.get("figures").split(',').map(str::trim);
    wanted.filter_map(|id| figures.iter().find(|figure| figure.id == id)).collect()
}
