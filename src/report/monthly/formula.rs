//! The formula page: what each figure from M1 to M17 is, in our own words, beside its value. One text for the report of a running
//! month and that of a sealed one.

use crate::domain::compliance::DEFINITIONS;
use crate::domain::month::SealedFigure;
use crate::report::layout::{Column, Layout, Table};

/// Id, name and definition of every figure (`metrics.md`).
pub(in crate::report) const FORMULAS: [(&str, &str, &str); 32] = [
    ("M1", "Machines within deadline, gross", "(up to date + in time) / in scope"),
    (
        "M1n",
        "The same or waived, net",
        "(up to date + in time + waived) / in scope; never larger than what it stands beside",
    ),
    ("M2", "Reporting coverage", "observed / in scope"),
    (
        "M3",
        "Deadline rate, gross",
        "items met by their due date / items whose due date fell in the period; fixed on the due date, and what nobody can tell is not met",
    ),
    (
        "M3n",
        "Deadline rate, net",
        "as M3, items validly waived on their due date left out of the denominator only",
    ),
    (
        "M3m",
        "Machines without a miss",
        "machines that met every item due in the period / machines with an item due",
    ),
    ("M4", "State coverage, gross", "satisfied / required items at the as-of instant"),
    ("M4n", "State coverage, net", "as M4, waived items left out"),
    ("M4o", "State coverage, observed", "as M4, items of machines that are not observed left out"),
    (
        "M5",
        "Overdue",
        "required items that are open, past due and not waived; with their machines and machine-days",
    ),
    (
        "M5x",
        "Overdue items known to be exploited",
        "overdue items of updates that a loaded catalogue lists as exploited, or whose vendor says so, by then",
    ),
    (
        "M5d",
        "Machine-days overdue",
        "for each overdue machine the time since its earliest unmet due date, summed, days begun",
    ),
    (
        "M6",
        "Time to patch",
        "from clock start to closing: mean, median, 90th percentile of closed items, and the median that counts open ones",
    ),
    (
        "M7",
        "Days to 95 %",
        "days from release until 95 % of the required items of a month of release are satisfied; may be not reached",
    ),
    ("M8", "Age of open items", "open items by days since clock start; a second table since due date"),
    (
        "M9",
        "Unpatched three months after release",
        "items open 90 days after release / items required then, of the releases whose 90th day fell in the period; a waiver changes nothing",
    ),
    (
        "M10",
        "First attempts that failed",
        "items whose first attempt in the period failed / items attempted of which somebody can tell",
    ),
    ("M10f", "Attempted and failed as it stands", "items failed now / items attempted in the period"),
    (
        "M11",
        "Waivers",
        "in force, new, ending within 30 days, run out with something open, renewed twice or more; median age; machine-days",
    ),
    ("M12", "Changes, successful", "changes that ended in the period without issues / all that ended"),
    (
        "M12e",
        "Changes with all evidence",
        "approval, test, back-out plan, backup, verification and acceptance shown / all that ended",
    ),
    (
        "M12a",
        "Changes approved before start",
        "approved before start by the time of recording / all that ended",
    ),
    (
        "M13",
        "Installs outside any change",
        "installs of the period that no change and no standing template covers / installs known",
    ),
    (
        "M14",
        "Drift",
        "items installed before and open now / items installed at some time; machines below what most of their group has",
    ),
    (
        "M15",
        "Deployments validated by a tool",
        "machines reported done that an import shows done / machines reported done",
    ),
    (
        "M16",
        "Past the end of servicing",
        "machines past the end of security updates without proof / in scope; and those within 90, 180, 365 days",
    ),
    ("M17", "Cycles closed on time", "cycles closed by the day of their last step / cycles due to be closed"),
    (
        "M17m",
        "Milestones met on time",
        "milestones done by their day / milestones due; one moved by hand is measured by its old day",
    ),
    (
        "age",
        "Age of what is installed",
        "for each machine the days since the release of the newest covered update that it shows installed",
    ),
    ("R", "Register", "every asset in the file"),
    (
        "S",
        "In scope",
        "the register without what is retired, stored, planned or excluded with reason and approver",
    ),
    ("O", "Observed", "in scope, with a fresh patch-state report that could show what is missing"),
];

/// The page. `figures`: those of the report.
pub(in crate::report) fn formulas(figures: &[SealedFigure], definitions: &str, layout: &mut Layout) {
    layout.heading_at(1, "Every figure with its formula", "formulas");
    let columns = vec![
        Column::text("Figure").weight(0.6),
        Column::text("Name").weight(1.8),
        Column::text("Formula").weight(4.2),
        Column::text("Value").weight(3.0),
    ];
    let mut table = Table::new(format!("M1 to M17 by {definitions}"), columns);
    for (id, name, formula) in FORMULAS {
        let value = match id {
            "M7" => by_month(figures),
            "M8" => by_bucket(figures),
            _ => figures.iter().find(|figure| figure.id == id).map_or_else(String::new, |f| f.text.clone()),
        };
        table.row([id.to_owned(), name.to_owned(), formula.to_owned(), value]);
    }
    layout.table(table);
    if definitions != DEFINITIONS {
        layout.note(format!(
            "The formulas above are those of {DEFINITIONS}; the values were counted by {definitions}."
        ));
    }
}

/// M7 of the newest months of release.
fn by_month(figures: &[SealedFigure]) -> String {
    let months: Vec<String> = figures
        .iter()
        .filter_map(|figure| Some(format!("{} {}", figure.id.strip_prefix("M7/")?, figure.text)))
        .collect();
    match months.as_slice() {
        [] => "n/a (0 items)".to_owned(),
        all => all[all.len().saturating_sub(3)..].join(", "),
    }
}

fn by_bucket(figures: &[SealedFigure]) -> String {
    let buckets = figures.iter().filter_map(|figure| Some((figure.id.strip_prefix("M8/")?, &figure.text)));
    buckets.map(|(bucket, text)| format!("{bucket}: {text}")).collect::<Vec<_>>().join(", ")
}
