//! Overdue items by owner: machine, update, rank, due date, days over, rule.

use crate::domain::compliance::drill::OpenPair;
use crate::domain::compliance::ratio::days_begun;
use crate::domain::stamp::instant;
use crate::report::layout::{Cell, Column, Layout, Table, Tone};
use crate::util::text::{count, counted};

use super::Source;

/// More rows than this help nobody on paper; what is left out is counted, and the window shows it.
const MOST_ROWS: usize = 2_000;

pub(super) fn overdue(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Overdue by owner", "overdue");
    let owners = source.view.overdue_by_owner();
    if owners.is_empty() {
        layout.paragraph("Nothing is overdue.");
        return;
    }
    let mut room = MOST_ROWS;
    for owner in owners {
        let mut pairs = owner.pairs;
        let all = pairs.len();
        if all > room {
            // Where not all fit, the oldest do.
            pairs.sort_by_key(|pair| pair.verdict.due);
            pairs.truncate(room);
        }
        room -= pairs.len();
        layout.heading(2, format!("{}: {}", owner.owner, counted(all as u64, "item", "items")));
        if pairs.len() < all {
            let (shown, all) = (count(pairs.len() as u64), count(all as u64));
            layout.limit(format!("The {shown} oldest of {all} are printed; the window shows every one."));
        }
        if !pairs.is_empty() {
            layout.table(table(source, &pairs));
        }
    }
}

fn table(source: &Source<'_>, pairs: &[OpenPair]) -> Table {
    let due = format!("Due ({})", source.zone.name());
    let columns = vec![
        Column::text("Machine"),
        Column::text("Update").weight(1.4),
        Column::text("Rank"),
        Column::text("State"),
        Column::text(due),
        Column::number("Days over"),
        Column::text("Rule").weight(2.6),
    ];
    let mut table = Table::new("", columns);
    for pair in pairs {
        let verdict = &pair.verdict;
        let days = days_begun(source.spec.as_of_at - instant(verdict.due));
        table.row([
            Cell::new(source.asset(verdict.asset)),
            Cell::new(source.duty(pair)),
            Cell::new(rank_text(source, pair)),
            Cell::new(verdict.state.text()),
            Cell::new(source.due(verdict.due)),
            Cell::new(count(days.unsigned_abs())).tone(Tone::Bad),
            Cell::new(source.view.rule_text(verdict.rule)),
        ]);
    }
    table
}

/// The rank of today, and the one under which it fell due where that was another.
fn rank_text(source: &Source<'_>, pair: &OpenPair) -> String {
    let rank = source.view.rank(pair.update);
    if rank == pair.verdict.rank {
        return rank.text().to_owned();
    }
    format!("{} (due as {})", rank.text(), pair.verdict.rank.text())
}
