//! What was overdue, who was silent, how old, how fast, and how the month was worked, all out of the seal.

use super::Source;
use crate::domain::compliance::ratio::days_begun;
use crate::domain::month::figure::BUCKETS;
use crate::domain::month::measure::MOST_ITEMS;
use crate::report::layout::{Bar, BarChart, Cell, Column, Direction, Layout, Pattern, Table, Tone};
use crate::util::text::{count, counted};

pub(super) fn overdue(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Overdue by owner", "overdue");
    let items = &source.seal.outputs.overdue;
    if items.is_empty() {
        layout.paragraph("Nothing was overdue.");
        return;
    }
    let all = source.part("M5");
    if all > MOST_ITEMS as u64 {
        layout.limit(format!(
            "The {} oldest of {} are sealed by name.",
            count(items.len() as u64),
            count(all)
        ));
    }
    let mut owners: Vec<&str> = items.iter().map(|item| item.owner.as_str()).collect();
    // Nobody's come last.
    owners.sort_unstable_by_key(|owner| (owner.is_empty(), *owner));
    owners.dedup();
    for owner in owners {
        let mut of_owner: Vec<_> = items.iter().filter(|item| item.owner == owner).collect();
        of_owner.sort_by_key(|item| (item.machine.to_lowercase(), item.due_at));
        let title = if owner.is_empty() { "No owner" } else { owner };
        layout.heading(2, format!("{title}: {}", counted(of_owner.len() as u64, "item", "items")));
        let columns = vec![
            Column::text("Machine"),
            Column::text("Update").weight(1.4),
            Column::text("Rank"),
            Column::text("State"),
            Column::text(format!("Due ({})", source.zone.name())),
            Column::number("Days over"),
            Column::text("Rule").weight(2.6),
        ];
        let mut table = Table::new("", columns);
        for item in of_owner {
            let days = days_begun(source.seal.as_of_at - item.due_at);
            table.row([
                Cell::new(item.machine.clone()),
                Cell::new(item.update.clone()),
                Cell::new(item.rank.clone()),
                Cell::new(item.state.clone()),
                Cell::new(source.minute(item.due_at)),
                Cell::new(count(days.unsigned_abs())).tone(Tone::Bad),
                Cell::new(item.rule.clone()),
            ]);
        }
        layout.table(table);
    }
}

pub(super) fn silent(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Unknown, with reasons", "unknown");
    layout.paragraph(format!("{} of machines in scope were observed.", source.text("M2")));
    let columns = vec![
        Column::text("Machine"),
        Column::text("Reasons").weight(4.0),
        Column::text("Last report").weight(1.2),
    ];
    let mut table = Table::new("Machines that were not observed", columns)
        .when_empty("Every machine in scope was observed.");
    for machine in source.seal.outputs.machines.iter().filter(|machine| !machine.silent.is_empty()) {
        let report = machine.report_at.map_or_else(|| "never".to_owned(), |at| source.day(at));
        table.row([machine.name.clone(), machine.silent.join("; "), report]);
    }
    layout.table(table);
}

pub(super) fn ages(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Age of open items, and of what is installed", "ages");
    let bar = |id: &str, bucket: &str| {
        let n = source.part(&format!("{id}/{bucket}"));
        Bar::new(bucket, n as f64, count(n)).filled(Tone::Accent, Pattern::Solid)
    };
    for (id, caption) in [
        ("M8", "Open items by age from clock start"),
        ("age", "Machines by age of the newest update they show installed"),
    ] {
        let bars: Vec<Bar> = BUCKETS.iter().map(|bucket| bar(id, bucket)).collect();
        layout.bar_chart(BarChart {
            caption: caption.to_owned(),
            direction: Direction::Up,
            bars,
            full: None,
        });
    }
    let mut columns = vec![Column::text("Of").weight(3.0)];
    columns.extend(BUCKETS.map(Column::number));
    let mut table = Table::new("Ages", columns);
    for (id, line) in [
        ("M8", "M8 Open items, from clock start"),
        ("M8d", "M8 Open items past due, from due date"),
        ("age", "Machines, age of what is installed"),
    ] {
        let mut row = vec![line.to_owned()];
        row.extend(BUCKETS.iter().map(|bucket| source.text(&format!("{id}/{bucket}"))));
        table.row(row);
    }
    layout.table(table);
    layout.paragraph(format!(
        "Age of what is installed: {}; {} show nothing installed. Unpatched three months after release (M9): {}.",
        source.text("age"),
        counted(source.part("age/none"), "machine", "machines"),
        source.text("M9")
    ));
}

pub(super) fn pace(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Deadlines kept and time to patch", "pace");
    listed(source, "M3 Deadline rate", &["M3", "M3n", "M3m", "M6"], layout);
    let columns = vec![
        Column::text("Released in").weight(2.0),
        Column::number("Median of closed"),
        Column::number("Open-aware median"),
        Column::number("To 95 %"),
    ];
    let mut table = Table::new("M6 and M7 by month of release", columns).when_empty("Nothing was owed.");
    let figures = &source.seal.outputs.figures;
    let months = figures.iter().filter_map(|figure| figure.id.strip_prefix("M7/"));
    for month in months.collect::<Vec<_>>().into_iter().rev() {
        let value = |id: &str| source.text(&format!("{id}/{month}"));
        let title = crate::domain::month::name::text(month);
        table.row([title, value("M6"), value("M6k"), value("M7")]);
    }
    layout.table(table);
}

pub(super) fn work(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "How the month was worked", "work");
    let ids = ["M10", "M10f", "M11", "M12", "M12e", "M12a", "M13", "M14", "M15", "M16", "M17", "M17m"];
    listed(source, "M10 to M17", &ids, layout);
    layout.heading(2, "Waivers");
    let waivers = &source.seal.outputs.waivers;
    if waivers.is_empty() {
        layout.paragraph("No waiver was in force, and none ran out unsolved.");
    } else {
        layout.bullets(waivers.clone());
    }
}

fn listed(source: &Source<'_>, caption: &str, ids: &[&str], layout: &mut Layout) {
    let columns = vec![
        Column::text("Figure").weight(0.6),
        Column::text("Name").weight(2.0),
        Column::text("Value").weight(4.0),
    ];
    let mut table = Table::new(caption, columns);
    for figure in ids.iter().filter_map(|id| source.figure(id)) {
        table.row([figure.id.as_str(), figure.name.as_str(), figure.text.as_str()]);
    }
    layout.table(table);
}
