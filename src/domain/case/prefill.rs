//! What the register knows of an estimate before anybody writes one: groups with their machines, how much fails at first (M10), how
//! long the agreed window is. Hours and prices are the shop's own: those stay empty.

use std::collections::BTreeMap;

use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::group::GroupId;
use crate::util::clock::DAY_SECS;

use super::{CostGroup, CostInput};

/// How far back failures are looked at.
const YEAR_DAYS: i64 = 365;

/// The groups of an estimate as the register stands at the view's instant: machines in scope, the share of first attempts of the last
/// year that failed (rounded up), the longest window that the group has agreed. Machines of no group come last.
pub fn groups(view: &View<'_>) -> Vec<CostGroup> {
    let book = view.book;
    let mut machines: BTreeMap<Option<GroupId>, i64> = BTreeMap::new();
    let group_of = |place: u32| view.subjects.standings[place as usize].group;
    for standing in view.subjects.standings.iter().filter(|standing| standing.counts()) {
        *machines.entry(standing.group).or_default() += 1;
    }
    let period = Period { from_at: view.as_of_at - YEAR_DAYS * DAY_SECS, to_at: view.as_of_at + 1 };
    let operation = view.operation(period);
    let mut tried: BTreeMap<Option<GroupId>, (i64, i64)> = BTreeMap::new();
    for &(asset, _) in &operation.attempted {
        tried.entry(group_of(asset)).or_default().1 += 1;
    }
    for &(asset, _) in &operation.cannot_tell {
        tried.entry(group_of(asset)).or_default().1 -= 1;
    }
    for &(asset, _) in &operation.first_failed {
        tried.entry(group_of(asset)).or_default().0 += 1;
    }
    let mut order: Vec<Option<GroupId>> =
        book.groups_in_order().into_iter().map(|group| Some(group.id)).collect();
    order.push(None);
    let row = |group: Option<GroupId>| {
        let machines = machines.get(&group).copied()?;
        let (failed, told) = tried.get(&group).copied().unwrap_or_default();
        let windows =
            book.windows.iter().filter(|window| window.ended_at.is_none() && Some(window.group) == group);
        let name = group.and_then(|id| book.groups.get(id.0)).map_or("No group", |group| group.name.as_str());
        Some(CostGroup {
            name: name.to_owned(),
            machines,
            failed_permille: if told > 0 { (failed * 1000 + told - 1) / told } else { 0 },
            outage_minutes: windows.map(|window| window.minutes).max().unwrap_or(0),
            ..CostGroup::default()
        })
    };
    order.into_iter().filter_map(row).collect()
}

/// An estimate with the groups of the register; numbers that are only the shop's are taken from an earlier one where there is one.
pub fn input(view: &View<'_>, earlier: Option<&CostInput>) -> CostInput {
    let mut input = earlier.cloned().unwrap_or_default();
    let known = std::mem::take(&mut input.groups);
    input.groups = groups(view);
    for group in &mut input.groups {
        if let Some(old) = known.iter().find(|old| old.name == group.name) {
            group.touch_minutes = old.touch_minutes;
            group.automated_permille = old.automated_permille;
            group.retry_minutes = old.retry_minutes;
            group.outage_cents_an_hour = old.outage_cents_an_hour;
        }
    }
    input
}
