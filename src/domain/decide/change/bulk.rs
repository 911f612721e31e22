//! A cycle's records in one go: one for each group that owes something, with its assets as lines (requirements S2-06, S2-07).

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::asset::{Asset, AssetClass, AssetId};
use super::super::super::book::Book;
use super::super::super::calendar::slot::slots;
use super::super::super::change::missing::template_gap;
use super::super::super::change::state::is_open;
use super::super::super::change::template::ChangeTemplate;
use super::super::super::change::{ChangeKind, ChangeRecord};
use super::super::super::command::{Decision, Issues};
use super::super::super::compliance::view::View;
use super::super::super::cycle::template::StepKey;
use super::super::super::cycle::{Cycle, CycleId, CycleKind};
use super::super::super::group::GroupId;
use super::super::super::person::PersonId;
use super::super::super::row::RowChange;
use super::super::super::update::UpdateId;
use super::super::{Moment, refused};
use super::{decision, line, save};
use crate::util::clock::{DAY_SECS, day_in, zone};
use crate::util::text::{counted, fold};

/// How far ahead the next window of a group is looked for.
const AHEAD_SECS: i64 = 45 * DAY_SECS;

/// What one record is made of.
#[derive(Default)]
struct Owed {
    assets: Vec<AssetId>,
    updates: BTreeSet<UpdateId>,
}

pub(super) fn make(book: &Book, cycle: CycleId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(cycle) = book.cycles.get(cycle.0) else {
        return Err(refused("The cycle is no longer in the register."));
    };
    if cycle.closed_at.is_some() || !cycle.cancelled_because.is_empty() {
        return Err(refused(format!("{} is closed; it takes no more change records.", cycle.name)));
    }
    let mut changes = Vec::new();
    let mut made = 0;
    for ((_, group, class), owed) in owed(book, cycle, moment.at) {
        let has_one = |record: &ChangeRecord| {
            let servers = record.kind != ChangeKind::Standard;
            record.cycle == Some(cycle.id)
                && record.group == group
                && is_open(record.state)
                && (class == AssetClass::Workstation || servers)
        };
        if book.changes.iter().any(has_one) {
            continue;
        }
        made += 1;
        let draft = draft(book, cycle, group, class, &owed, moment.at);
        let record = save::prepare(book, draft, made, moment);
        let lines = owed.assets.iter().map(|&asset| line::new_line(record.id, asset, moment));
        let lines: Vec<RowChange> = lines.map(|line| RowChange::create(&line)).collect();
        changes.push(RowChange::create(&record));
        changes.extend(lines);
    }
    let many = counted(made as u64, "change record", "change records");
    Ok(decision(format!("Make {many} for {}", cycle.name), changes))
}

/// What every group owes of the cycle's updates, servers and workstations apart, in the order of groups.
fn owed(book: &Book, cycle: &Cycle, at: i64) -> BTreeMap<(usize, Option<GroupId>, AssetClass), Owed> {
    let view = View::new(book, at);
    let order = book.groups_in_order();
    let place = |group: Option<GroupId>| {
        order.iter().position(|known| Some(known.id) == group).unwrap_or(order.len())
    };
    let mut found: BTreeMap<(usize, Option<GroupId>, AssetClass), Owed> = BTreeMap::new();
    for (asset_place, asset) in book.assets.iter().enumerate() {
        let standing = view.subjects.standings[asset_place];
        if !standing.counts() {
            continue;
        }
        let pairs = view.open_pairs(asset_place as u32);
        let updates: Vec<UpdateId> = pairs
            .iter()
            .filter_map(|pair| book.updates.rows().get(pair.update as usize))
            .filter(|update| covers(book, cycle, update))
            .map(|update| update.id)
            .collect();
        if !updates.is_empty() {
            let entry = found.entry((place(standing.group), standing.group, standing.class)).or_default();
            entry.assets.push(asset.id);
            entry.updates.extend(updates);
        }
    }
    found
}

/// Whether a cycle is about an update: the ones it names, else what was released in its month, else everything.
fn covers(book: &Book, cycle: &Cycle, update: &super::super::super::update::Update) -> bool {
    if !cycle.updates.is_empty() {
        return cycle.updates.contains(&update.id);
    }
    let released = day_in(zone(&book.shop.zone), update.released_at).format("%Y-%m").to_string();
    cycle.kind != CycleKind::Monthly || cycle.month.is_empty() || cycle.month == released
}

fn draft(
    book: &Book,
    cycle: &Cycle,
    group: Option<GroupId>,
    class: AssetClass,
    owed: &Owed,
    at: i64,
) -> ChangeRecord {
    let template = template_for(book, class, at);
    let standard = template.is_some_and(|template| template.kind == ChangeKind::Standard);
    let mut record = ChangeRecord::new(if standard { ChangeKind::Standard } else { ChangeKind::Normal });
    let name = group.and_then(|id| book.groups.get(id.0)).map_or("no group", |group| group.name.as_str());
    record.title = format!("{}: {name}", cycle.name);
    record.cycle = Some(cycle.id);
    record.group = group;
    record.template = template.map(|template| template.id);
    record.updates = owed.updates.iter().copied().collect();
    record.reason = template.map_or_else(String::new, |template| template.reason.clone());
    if record.reason.is_empty() {
        record.reason = format!("Updates owed in {}.", cycle.name);
    }
    let assets: Vec<&Asset> = owed.assets.iter().filter_map(|id| book.assets.get(id.0)).collect();
    record.coordinator = cycle.points.iter().find(|p| Some(p.group) == group).map(|point| point.person);
    record.implementer = shared(&assets, |asset| asset.deploy_admin).or(record.coordinator);
    record.tester = shared(&assets, |asset| asset.tester);
    record.requester = record.coordinator;
    (record.window_from_at, record.window_until_at) = window(book, cycle, group, at);
    record
}

/// The group's next maintenance window, else the cycle's next patch night.
fn window(book: &Book, cycle: &Cycle, group: Option<GroupId>, at: i64) -> (Option<i64>, Option<i64>) {
    let next = slots(book, at, at + AHEAD_SECS).into_iter();
    let mut own = next.filter(|slot| Some(slot.group) == group && slot.gap.is_none());
    if let Some(slot) = own.next() {
        return (Some(slot.from_at), Some(slot.until_at));
    }
    let night = |step: &&super::super::super::cycle::CycleStep| {
        step.cycle == cycle.id
            && step.key == Some(StepKey::PatchNight)
            && step.skipped_because.is_empty()
            && step.due_at > at
    };
    (book.cycle_steps.iter().filter(night).map(|step| step.due_at).min(), None)
}

/// The template of a class: a ratified standard one for workstations, else one of a normal change, the first by name.
fn template_for(book: &Book, class: AssetClass, at: i64) -> Option<&ChangeTemplate> {
    let first = |fits: &dyn Fn(&ChangeTemplate) -> bool| {
        let fitting = book.change_templates.iter().filter(|template| fits(template));
        fitting.min_by_key(|template| fold(&template.name))
    };
    let standard = first(&|t| t.kind == ChangeKind::Standard && template_gap(book, t, at).is_none());
    let normal = || first(&|t| t.kind == ChangeKind::Normal && t.revoked_at.is_none());
    standard.filter(|_| class == AssetClass::Workstation).or_else(normal)
}

/// The one person that all assets name, if they do.
fn shared(assets: &[&Asset], of: impl Fn(&Asset) -> Option<PersonId>) -> Option<PersonId> {
    let mut people = assets.iter().map(|asset| of(asset));
    let first = people.next()??;
    people.all(|other| other == Some(first)).then_some(first)
}
