//! People, patch groups and the settings of the shop.

use std::collections::BTreeSet;

use super::super::book::Book;
use super::super::command::{Decision, Issues};
use super::super::counting::{Counting, CountingId};
use super::super::group::{Group, GroupId};
use super::super::person::{Person, PersonId};
use super::super::row::RowChange;
use super::super::shop::Shop;
use super::{Findings, Moment, one_change, refused, still_as_read};
use crate::util::text::{block, fold, line};

/// A logo larger than this does not belong into every copy of the file, in bytes of PNG.
const LOGO_MAX: usize = 512 * 1024;

pub(super) fn save_person(
    book: &Book,
    base: Option<&Person>,
    mut person: Person,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    if let Some(base) = base {
        still_as_read(book.people.get(base.id.0), base, &base.name)?;
    }
    person.id = base.map_or_else(|| PersonId(moment.ids.next()), |base| base.id);
    for text in [&mut person.name, &mut person.mail, &mut person.function] {
        *text = line(text).into_owned();
    }
    let mut findings = Findings::default();
    findings.demand("name", &person.name, "Give the person a name.");
    let same = |other: &&Person| other.id != person.id && fold(&other.name) == fold(&person.name);
    if let Some(other) = book.people.rows().iter().find(same) {
        findings.add("name", format!("{} is already in the register.", other.name));
    }
    if !person.mail.is_empty() && !person.mail.contains('@') {
        findings.add("mail", "An e-mail address needs an @.");
    }
    findings.done()?;
    let label = format!("{} {}", if base.is_some() { "Change" } else { "Add" }, person.name);
    Ok(one_change(label, base, &person))
}

pub(super) fn save_group(
    book: &Book,
    base: Option<&Group>,
    mut group: Group,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    if let Some(base) = base {
        still_as_read(book.groups.get(base.id.0), base, &base.name)?;
    }
    group.id = base.map_or_else(|| GroupId(moment.ids.next()), |base| base.id);
    group.name = line(&group.name).into_owned();
    group.note = block(&group.note);
    let mut findings = Findings::default();
    findings.demand("name", &group.name, "Give the patch group a name.");
    let same = |other: &&Group| other.id != group.id && fold(&other.name) == fold(&group.name);
    if let Some(other) = book.groups.rows().iter().find(same) {
        findings.add("name", format!("There is already a group called {}.", other.name));
    }
    findings.done()?;
    let label = format!("{} group {}", if base.is_some() { "Change" } else { "Add" }, group.name);
    Ok(one_change(label, base, &group))
}

pub(super) fn order_groups(book: &Book, order: &[GroupId]) -> Result<Decision, Issues> {
    let named: BTreeSet<GroupId> = order.iter().copied().collect();
    let known: BTreeSet<GroupId> = book.groups.rows().iter().map(|group| group.id).collect();
    if named != known || named.len() != order.len() {
        return Err(refused("The patch groups were changed meanwhile. Look at them, then order them again."));
    }
    let placed = (1_i64..).zip(order).filter_map(|(position, id)| {
        let before = book.groups.get(id.0)?;
        RowChange::update(before, &Group { position, ..before.clone() })
    });
    Ok(Decision {
        label: "Change the order of patch groups".to_owned(),
        changes: placed.collect(),
        batch: None,
    })
}

/// Settings are saved with why: once anything was imported, a change of what is counted moves the figures and needs a reason.
pub(super) fn save_shop(
    book: &Book,
    base: &Shop,
    mut shop: Shop,
    reason: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    if *book.shop != *base {
        return Err(refused("The settings were changed meanwhile. Look at the new values, then save again."));
    }
    shop.id = 1;
    shop.name = line(&shop.name).into_owned();
    shop.covered.sort_unstable();
    shop.covered.dedup();
    let mut findings = Findings::default();
    findings.demand("name", &shop.name, "Give the shop a name; every page prints it.");
    if shop.zone.parse::<chrono_tz::Tz>().is_err() {
        findings.add("zone", "This time zone is not known. Write it like Europe/Berlin.");
    }
    for (field, days) in
        [("fresh_server_days", shop.fresh_server_days), ("fresh_other_days", shop.fresh_other_days)]
    {
        if !(1..=365).contains(&days) {
            findings.add(field, "Freshness is between 1 and 365 days.");
        }
    }
    if shop.covered.is_empty() {
        findings.add("covered", "The policy must cover at least one class of update.");
    }
    if shop.logo.len() / 4 * 3 > LOGO_MAX {
        findings.add("logo", "The logo is larger than 512 KB. Choose a smaller PNG.");
    }
    let was = Counting::of(base, CountingId(0), i64::MIN, "");
    let counts_else = !Counting::of(&shop, CountingId(0), i64::MIN, "").is_like(&was);
    let has_begun = counts_else && !book.batches.is_empty();
    if has_begun {
        findings.demand("reason", reason, "Say why. It is printed with what moved the figures.");
    }
    findings.done()?;
    let mut decision = one_change("Change settings".to_owned(), Some(base), &shop);
    if has_begun {
        if book.countings.is_empty() {
            // What counted so far holds for all time before.
            let began_at = book.batches.iter().map(|batch| batch.recorded_at).min().unwrap_or(moment.at);
            let row =
                Counting { id: CountingId(moment.ids.next()), since_at: began_at.min(moment.at - 1), ..was };
            decision.changes.push(RowChange::create(&row));
        }
        let id = CountingId(moment.ids.next());
        decision.changes.push(RowChange::create(&Counting::of(&shop, id, moment.at, &line(reason))));
    }
    Ok(decision)
}
