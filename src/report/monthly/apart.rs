//! What is counted apart, so that it is never hidden: waivers, checks by hand, noise classes, the catch-up campaign.

use std::collections::BTreeMap;

use crate::domain::compliance::figures::ByHand;
use crate::report::layout::{Cell, Column, Layout, Table, Tone};
use crate::util::text::count;

use super::Source;
use super::words::{few, number};

pub(super) fn apart(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Counted apart", "apart");
    waivers(source, layout);
    by_hand(source, layout);
    noise(source, layout);
    catch_up(source, layout);
}

/// What waivers share that were granted together: when, until when, standing, reason, who.
type Grant<'a> = (i64, i64, &'a str, &'a str, &'a str);

fn waivers(source: &Source<'_>, layout: &mut Layout) {
    layout.heading(2, "Waivers");
    let columns = vec![
        Column::text("Machines").weight(1.0),
        Column::text("Updates").weight(1.2),
        Column::number("Items"),
        Column::text("Approved"),
        Column::text("Until"),
        Column::text("Standing"),
        Column::text("Reason").weight(2.4),
        Column::text("By").weight(1.2),
    ];
    let mut table = Table::new("", columns).when_empty("None recorded.");
    let as_of_at = source.spec.as_of_at;
    // One line for what was granted together; its items are counted and a few machines and updates named.
    let mut grants: BTreeMap<Grant<'_>, Vec<(String, String)>> = BTreeMap::new();
    for waiver in source.book.waivers.rows().iter().filter(|waiver| waiver.approved_at <= as_of_at) {
        let standing = match waiver.voided_at {
            Some(voided) if voided <= as_of_at => "voided",
            _ if waiver.until_at < as_of_at => "expired",
            _ => "valid",
        };
        let asset = source.book.assets.get(waiver.asset.0).map(|asset| asset.name.clone());
        let update = source.book.updates.get(waiver.update.0).map(crate::domain::update::Update::short_name);
        let key = (
            waiver.approved_at,
            waiver.until_at,
            standing,
            waiver.reason.as_str(),
            waiver.approved_by.as_str(),
        );
        grants.entry(key).or_default().push((asset.unwrap_or_default(), update.unwrap_or_default()));
    }
    let named = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.dedup();
        few(&names)
    };
    for ((approved_at, until_at, standing, reason, by), items) in grants {
        table.row([
            named(items.iter().map(|(asset, _)| asset.as_str()).collect()),
            named(items.iter().map(|(_, update)| update.as_str()).collect()),
            count(items.len() as u64),
            source.day(approved_at),
            source.day(until_at),
            standing.to_owned(),
            reason.to_owned(),
            by.to_owned(),
        ]);
    }
    layout.table(table);
}

fn by_hand(source: &Source<'_>, layout: &mut Layout) {
    layout.heading(2, "Attested by hand");
    let columns = vec![
        Column::text("Machine"),
        Column::text("Update"),
        Column::text("Checked"),
        Column::text("By"),
        Column::text("How").weight(2.0),
        Column::text("Evidence"),
        Column::text("Amounts to"),
    ];
    let mut table = Table::new("", columns).when_empty("None recorded.");
    for check in source.view.hand_checks() {
        let row = &source.book.attestations.rows()[check.attestation as usize];
        let evidence = row
            .evidence_sha256
            .get(..16)
            .map_or_else(String::new, |hash| format!("{} {hash}", row.evidence_name));
        let tone = if check.amounts_to == ByHand::Contradicted { Tone::Bad } else { Tone::Plain };
        table.row([
            Cell::new(source.asset(check.asset)),
            Cell::new(source.update(check.update)),
            Cell::new(source.minute(row.checked_at)),
            Cell::new(row.checked_by.clone()),
            Cell::new(row.how.clone()),
            Cell::new(evidence),
            Cell::new(check.amounts_to.text()).tone(tone),
        ]);
    }
    layout.table(table);
    layout
        .paragraph(format!("Satisfied by a check by hand alone: {}.", number(source.figures.total.by_hand)));
}

fn noise(source: &Source<'_>, layout: &mut Layout) {
    layout.heading(2, "Classes that the policy does not cover");
    let mut columns = vec![Column::text("Class").weight(3.0)];
    columns.extend(["Updates", "Items listed", "Of these open"].map(Column::number));
    let mut table = Table::new("", columns).when_empty("Every class that was imported is covered.");
    for row in &source.figures.noise {
        table.row([row.class.text().to_owned(), number(row.updates), number(row.pairs), number(row.open)]);
    }
    layout.table(table);
}

fn catch_up(source: &Source<'_>, layout: &mut Layout) {
    layout.heading(2, "Catch-up campaign");
    let Some(day) = source.book.shop.adoption_on else {
        layout.paragraph("No adoption date is set: every duty counts alike.");
        return;
    };
    let total = &source.figures.total;
    layout.paragraph(format!(
        "The shop began on {}. Required items released before: {}; open: {}; overdue: {}. They count in every figure of this report \
         like any other.",
        day.format("%-d %b %Y"),
        number(total.catch_up),
        number(total.catch_up_open),
        number(total.catch_up_overdue)
    ));
}
