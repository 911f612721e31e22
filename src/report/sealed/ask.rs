//! What a sealed month asks of management, read off its seal alone: no name and no number that was not sealed.

use std::collections::BTreeSet;

use super::Source;
use crate::domain::month::SealedMachine;
use crate::domain::rating::Rank;
use crate::report::layout::{Layout, RichText};
use crate::report::monthly::words::few;
use crate::util::text::{count, counted};

pub(super) fn asks(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(2, "Asks to management", "asks");
    let lines: Vec<RichText> =
        [severe(source), others(source), lapsed(source), servicing(source), silent(source)]
            .into_iter()
            .flatten()
            .collect();
    if lines.is_empty() {
        layout.paragraph("Nothing: no point that is looked at here waited for a decision of management.");
    } else {
        layout.bullets(lines);
    }
}

fn owners<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: BTreeSet<&str> = names.filter(|name| !name.is_empty()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        " Nobody was named as owner.".to_owned()
    } else {
        format!(" To act: {}.", few(&names))
    }
}

/// Counted by the sealed figures; the names are those of the items that a seal lists.
fn severe(source: &Source<'_>) -> Option<RichText> {
    let sealed = &source.seal.outputs.overdue;
    let late = || sealed.iter().filter(|item| item.rank == Rank::Severe.text());
    let machines: BTreeSet<&str> = late().map(|item| item.machine.as_str()).collect();
    let machines: Vec<&str> = machines.into_iter().collect();
    let overdue = source.part("M5/rank/Severe");
    let items = counted(overdue, "item of rank Severe was", "items of rank Severe were");
    let named = if machines.is_empty() { String::new() } else { format!(" ({})", few(&machines)) };
    (overdue > 0).then(|| {
        let told = RichText::new().strong(format!("Give priority: {items} overdue{named}."));
        if machines.is_empty() { told } else { told.plain(owners(late().map(|item| item.owner.as_str()))) }
    })
}

/// Overdue items of every other rank.
fn others(source: &Source<'_>) -> Option<RichText> {
    let overdue = source.part("M5").saturating_sub(source.part("M5/rank/Severe"));
    let items = counted(overdue, "item of another rank was", "items of other ranks were");
    (overdue > 0).then(|| RichText::new().strong(format!("Have done, or waive: {items} overdue.")))
}

fn lapsed(source: &Source<'_>) -> Option<RichText> {
    let ended = source.part("M11x");
    (ended > 0).then(|| {
        let waivers = counted(ended, "waiver had run out", "waivers had run out");
        RichText::new().strong(format!("Renew or patch: {waivers} with something still open."))
    })
}

fn servicing(source: &Source<'_>) -> Option<RichText> {
    let past = source.part("M16");
    (past > 0).then(|| {
        let machines = counted(past, "machine was", "machines were");
        RichText::new().strong(format!(
            "Replace, or buy extended support: {machines} past the end of security updates without proof of it."
        ))
    })
}

fn silent(source: &Source<'_>) -> Option<RichText> {
    let sealed = &source.seal.outputs.machines;
    let silent: Vec<&SealedMachine> = sealed.iter().filter(|machine| !machine.silent.is_empty()).collect();
    let names: Vec<&str> = silent.iter().map(|machine| machine.name.as_str()).collect();
    (!silent.is_empty()).then(|| {
        let told = counted(silent.len() as u64, "machine in scope was", "machines in scope were");
        RichText::new()
            .strong(format!("Find or retire: {told} not observed ({}).", few(&names)))
            .plain(owners(silent.iter().map(|machine| machine.owner.as_str())))
    })
}

/// What a report of a running month tells and no seal keeps.
pub(super) fn absent(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "What is not part of a seal", "absent");
    layout.paragraph(format!(
        "A seal keeps {} figures, {} machines, the overdue items, the waivers and what moved the figures. This report is printed from it \
         and the seals before it. Not in them, and so not on these pages, are the following. Where a paper is named it is printed from the register \
         as it stands then:",
        count(source.seal.outputs.figures.len() as u64),
        count(source.seal.outputs.machines.len() as u64)
    ));
    layout.bullets([
        "the share closed by day after release, and the reasons of what was missed: only the report printed before the month was sealed",
        "changes of the month: the change list",
        "patch nights, planned and actual: the paper of each night",
        "emergencies: their change records and reviews",
        "meetings, reviews and actions: minutes and action list",
        "what the month took: the business case",
        "roles without a holder and waivers that wait for a signature",
    ]);
}
