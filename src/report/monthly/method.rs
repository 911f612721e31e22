//! How it is counted, in our own words: the definitions page, and the deadline rules in force.

use crate::domain::compliance::DEFINITIONS;
use crate::domain::compliance::moved::rule_text;
use crate::domain::month::input;
use crate::domain::ruleset::standing::ratification_text;
use crate::report::layout::{Column, Layout, Table};
use crate::report::sealed::input::{catalogues, documents};

use super::Source;

const TERMS: [(&str, &str); 11] = [
    (
        "In scope",
        "every asset of the register but those retired, stored, planned or excluded; leaving holds from the day it was recorded.",
    ),
    (
        "Observed",
        "its newest patch-state report is within the freshness limit and not older than the newest covered release of more than five days \
         ago, every required item has an answer, and all software it owns is subscribed. A logon or a contact is not a report.",
    ),
    ("Item", "one update, or one minimum version, on one machine."),
    (
        "Required",
        "released, of a covered class, applicable, and not withdrawn or declined as superseded, absent or foreign before it was due.",
    ),
    ("Open", "not installed, downloaded, failed, or waiting for a restart."),
    ("Satisfied", "installed, or replaced by a required update that is installed."),
    (
        "Due",
        "clock start plus the time the rule gives for rank, class and exposure; the earliest binding rule wins. Days end at 23:59:59 at the \
         machine's site, the day of release being day 0; hours are exact. What replaces an unmet duty inherits its due date.",
    ),
    (
        "M1",
        "machines up to date or in time, of machines in scope. Waived machines are added only in the figure beside it.",
    ),
    (
        "M3",
        "items met by their due date, of items whose due date fell in the period. Membership is fixed on the due date: nothing that is \
         retired, declined, withdrawn, re-ranked or re-grouped later takes a miss away. Where the last report before and the first after \
         enclose the due date nobody can tell, and it counts against the rate.",
    ),
    (
        "M4",
        "satisfied items of required items; net leaves out waived ones, observed leaves out machines that are not observed.",
    ),
    (
        "M5, M8",
        "items past due without a valid waiver; machine-days run from each machine's earliest unmet due date. Ages count days begun.",
    ),
];

pub(super) fn method(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "How it is counted", "method");
    layout.paragraph(format!(
        "These figures follow {DEFINITIONS}. The aim of every rule: nothing nobody has looked at is ever green, and no bookkeeping turns \
         red into green."
    ));
    let columns = vec![Column::text("Term").weight(1.0), Column::text("Meaning").weight(6.0)];
    let mut table = Table::new("Terms", columns);
    for (term, meaning) in TERMS {
        table.row([term, meaning]);
    }
    layout.table(table);
    layout.bullets([
        "A share of nothing prints n/a, never 100 %.",
        "Shares of which more is better are cut off, times and bad shares are rounded up, and what is not nought never prints as 0.0 %.",
        "A waiver changes no figure but the one beside it.",
        "A check by hand satisfies an item only where no source gives an answer; where a source says open, open counts.",
        "A row that vanishes from a source because its update was declined there proves nothing.",
        "Anything nobody has said about exposure counts as reachable from the internet.",
    ]);
    let columns = vec![
        Column::text("Rule").weight(4.0),
        Column::text("Source").weight(2.0),
        Column::text("In force").weight(2.0),
    ];
    let mut table = Table::new("Deadline rules", columns)
        .when_empty("No deadline rule is recorded, so nothing can fall due.");
    for rule in &source.book.rules {
        let from = if rule.from_at == 0 {
            "always".to_owned()
        } else {
            format!("from {}", source.day(rule.from_at))
        };
        let until = rule.until_at.map_or_else(String::new, |at| format!(" until {}", source.day(at)));
        table.row([rule_text(rule), rule.source.clone(), from + &until]);
    }
    layout.table(table);
    layout.paragraph(ratification_text(source.book));
    let shop = &source.book.shop;
    let covered: Vec<&str> = shop.covered.iter().map(|class| class.text()).collect();
    layout.paragraph(format!(
        "Freshness limit: {} days for servers, {} days for all others. Covered classes: {}.",
        shop.fresh_server_days,
        shop.fresh_other_days,
        covered.join(", ")
    ));
    // Tables last: a sentence behind the last of them would stand alone on a page before the list of machines.
    presets(source, layout);
}

/// Adopted presets, threat data and documents with their versions.
fn presets(source: &Source<'_>, layout: &mut Layout) {
    let book = source.book;
    let columns = vec![
        Column::text("Preset").weight(2.0),
        Column::text("Source").weight(3.0),
        Column::text("In force").weight(2.0),
        Column::text("Confirmed"),
    ];
    let mut table = Table::new("Presets adopted", columns)
        .when_empty("No preset is adopted: the shop's own rules alone bind.");
    let as_of_at = source.spec.as_of_at;
    for set in &book.rule_sets {
        let Some(adopted) = set.adopted_at.filter(|&at| at <= as_of_at) else { continue };
        let until = set.ended_at.map_or_else(String::new, |at| format!(" until {}", source.day(at)));
        let confirmed = if set.unconfirmed { "in part" } else { "yes" };
        let force = format!("from {}{until}", source.day(adopted));
        table.row([set.name.clone(), set.source.clone(), force, confirmed.to_owned()]);
    }
    layout.table(table);
    layout.table(catalogues(&input::catalogues(book, as_of_at)));
    layout.table(documents(&input::documents(book, as_of_at)));
}
