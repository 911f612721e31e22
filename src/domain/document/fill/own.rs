//! The shop's own figures of the last twelve months, which answer objections.

use super::Fill;
use crate::domain::change::ChangeId;
use crate::domain::change::figure::{changes, named};
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::cycle::measure::kept;
use crate::domain::waiver::debt::debt;
use crate::util::clock::DAY_SECS;
use crate::util::text::{count, counted};

/// Id, name and value of each.
pub(super) fn figures(fill: &Fill<'_>) -> Vec<(&'static str, String, String)> {
    let period = Period { from_at: fill.as_of_at - 365 * DAY_SECS, to_at: fill.as_of_at + 1 };
    let (view, book) = (fill.view(), fill.book);
    let work = changes(book, period, fill.as_of_at);
    let operation = view.operation(period);
    let all = work.ended.len() as u64;
    let share = |part: &[ChangeId]| Ratio::bad(part.len() as u64, all).with_counts();
    let records = || work.ended.iter().filter_map(|id| book.changes.get(id.0));
    let sum = |values: Vec<i64>, unit: &str| match values.len() {
        0 => "n/a (0 items)".to_owned(),
        n => format!("{} {unit} in {}", values.iter().sum::<i64>(), counted(n as u64, "change", "changes")),
    };
    let hours = sum(records().filter_map(|record| record.plan.cost_hours).collect(), "hours");
    let outage = sum(records().filter_map(|record| record.downtime_minutes).collect(), "minutes");
    let of_month = |id: &str| {
        super::figure::figures(fill).map_or_else(String::new, |figures| figures.outputs.text(id).to_owned())
    };
    let orphans = named(view, period).into_iter().find(|(id, ..)| *id == "M13").map(|(.., value)| value);
    let on_time = kept(book, period, fill.as_of_at).named().map(|(.., value)| value);
    let machine = super::case::chosen(fill).map(super::case::machine_cost);
    let list: Vec<(&'static str, &str, String)> = vec![
        ("patched", "Installations seen", count(operation.once_installed)),
        ("failed-first", "Failed at first", operation.first_failure().with_counts()),
        ("backed-out", "Changes taken back", share(&work.backed_out)),
        ("issues", "Changes with issues reported afterwards", share(&work.with_issues)),
        ("hours", "Hours of work, as estimated in change records", hours),
        ("outage", "Outage recorded", outage),
        ("days-to-patch", "Days from release to installed, of the month", of_month("M6")),
        ("overdue", "Overdue, of the month", of_month("M5")),
        ("silent", "Overdue machines that are silent, of the month", of_month("M5s")),
        ("orphans", "Installations outside any change", orphans.unwrap_or_default()),
        ("waivers", "Waivers active now", count(debt(view, period).active.len() as u64)),
        ("cycles-on-time", "Cycles closed on time", on_time.into_iter().next().unwrap_or_default()),
        ("machine-cost", "Cost of a machine a year", machine.map(|value| value.text()).unwrap_or_default()),
        ("emergencies", "Emergency changes", count(work.emergency.len() as u64)),
    ];
    let said = |value: String| if value.is_empty() { "not counted yet".to_owned() } else { value };
    list.into_iter().map(|(id, name, value)| (id, name.to_owned(), said(value))).collect()
}
