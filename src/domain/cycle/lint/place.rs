//! Which assets are patched when: partners, dependencies, standbys, desktops.

use std::collections::BTreeMap;

use super::{Finding, Kind, Scene, list};
use crate::domain::asset::{Asset, AssetClass, AssetId};
use crate::domain::compliance::verdict::Kind as PairKind;
use crate::domain::compliance::view::View;
use crate::domain::group::GroupId;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::count;

pub(super) fn findings(scene: &Scene<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for place in scene.in_scope() {
        let asset = &scene.book.assets.rows()[place];
        found.extend(partner(scene, asset));
        found.extend(asset.depends_on.iter().filter_map(|other| dependency(scene, asset, *other)));
        if let Some(primary) = asset.standby_of {
            found.extend(standby(scene, asset, primary));
        }
    }
    found.extend(desktops(scene));
    found.extend(without_window(scene));
    found
}

/// When both are patched at once, the first time.
fn together(scene: &Scene<'_>, one: AssetId, other: AssetId) -> Option<i64> {
    let turns = scene.turns_of(one).iter();
    let meeting = turns.filter(|turn| scene.turns_of(other).iter().any(|theirs| turn.meets(*theirs)));
    meeting.map(|turn| turn.from_at).min()
}

fn partner(scene: &Scene<'_>, asset: &Asset) -> Option<Finding> {
    let partner = asset.partner?;
    // Where both name each other the one with the lower id speaks.
    let mutual = scene.book.assets.get(partner.0).is_some_and(|other| other.partner == Some(asset.id));
    if mutual && partner < asset.id {
        return None;
    }
    let at = together(scene, asset.id, partner)?;
    let text = format!(
        "{} and {} are nodes of one cluster and share the slot of {}. Put them into groups with other windows, or give each its own window in the change record.",
        asset.name,
        scene.asset_name(partner),
        scene.when(at)
    );
    Some(Finding::new(Kind::ClusterTogether, text).assets([asset.id, partner]).at(at))
}

fn dependency(scene: &Scene<'_>, asset: &Asset, other: AssetId) -> Option<Finding> {
    let (own, theirs) = (scene.turns_of(asset.id).first()?, scene.turns_of(other).first()?);
    let after = match own.from_at.cmp(&theirs.from_at) {
        std::cmp::Ordering::Less => true,
        // Within one slot groups go in their order.
        std::cmp::Ordering::Equal => {
            position(scene, asset.id).zip(position(scene, other)).is_some_and(|(own, theirs)| own < theirs)
        }
        std::cmp::Ordering::Greater => false,
    };
    after.then(|| {
        let text = format!(
            "{} depends on {}, which is patched after it. Change the order of the groups or their windows.",
            asset.name,
            scene.asset_name(other)
        );
        Finding::new(Kind::DependencyAfter, text).assets([asset.id, other]).at(own.from_at)
    })
}

/// Place of an asset's group in the order.
fn position(scene: &Scene<'_>, asset: AssetId) -> Option<i64> {
    let place = scene.book.asset_place(asset)?;
    let group = scene.view.subjects.standings[place as usize].group?;
    scene.book.groups.get(group.0).map(|group| group.position)
}

fn standby(scene: &Scene<'_>, asset: &Asset, primary: AssetId) -> Vec<Finding> {
    let mut found = Vec::new();
    let name = scene.asset_name(primary);
    if let Some(at) = together(scene, asset.id, primary) {
        let text = format!(
            "{} stands by for {name} and shares its slot of {}. Patch one, see it work, then patch the other.",
            asset.name,
            scene.when(at)
        );
        found.push(Finding::new(Kind::StandbyTogether, text).assets([asset.id, primary]).at(at));
    }
    let places = scene.book.asset_place(asset.id).zip(scene.book.asset_place(primary));
    let missing = places.map_or(Vec::new(), |(own, theirs)| missing(scene.view, own, theirs));
    if !missing.is_empty() {
        let names: Vec<String> =
            missing.iter().map(|&u| scene.book.updates.rows()[u as usize].short_name()).collect();
        let text = format!(
            "{} stands by for {name} and misses {} that {name} has: {}. Bring it level before it is needed.",
            asset.name,
            count(missing.len() as u64),
            list(names.iter().map(String::as_str))
        );
        found.push(Finding::new(Kind::StandbyBehind, text).assets([asset.id, primary]));
    }
    found
}

/// The updates (their places) that one asset has and the other still owes: patch-level drift (requirement S3-19).
pub fn missing(view: &View<'_>, standby: u32, primary: u32) -> Vec<u32> {
    let updates = 0..view.duties.len() as u32;
    let drift = updates.filter(|&update| {
        let owes = view.pair(standby, update).is_some_and(|v| v.required && v.kind == PairKind::Open);
        owes && view.pair(primary, update).is_some_and(|v| matches!(v.kind, PairKind::Satisfied(_)))
    });
    drift.collect()
}

fn desktops(scene: &Scene<'_>) -> Vec<Finding> {
    let zone = zone(&scene.book.shop.zone);
    let limit = scene.book.practice.desktops_per_night.max(0) as usize;
    let mut nights: BTreeMap<chrono::NaiveDate, Vec<usize>> = BTreeMap::new();
    for place in scene.in_scope() {
        if scene.view.subjects.standings[place].class != AssetClass::Workstation {
            continue;
        }
        // A fallback window patches only what the first left over.
        if let Some(turn) = scene.turns[place].first() {
            // What begins after midnight belongs to the evening before.
            nights.entry(day_in(zone, turn.from_at - 12 * 3600)).or_default().push(place);
        }
    }
    let crowded = nights.into_iter().filter(|(_, places)| places.len() > limit);
    let finding = |(night, places): (chrono::NaiveDate, Vec<usize>)| {
        let rows = scene.book.assets.rows();
        let text = format!(
            "{} desktops are patched in the night of {}; the shop's limit is {}. Part them into rings on several nights.",
            count(places.len() as u64),
            day_text(night),
            count(limit as u64)
        );
        let at = places
            .first()
            .and_then(|&place| scene.turns[place].first())
            .map_or(scene.from_at, |turn| turn.from_at);
        Finding::new(Kind::ManyDesktops, text).assets(places.iter().map(|&place| rows[place].id)).at(at)
    };
    crowded.map(finding).collect()
}

fn without_window(scene: &Scene<'_>) -> Vec<Finding> {
    let mut members: BTreeMap<GroupId, Vec<AssetId>> = BTreeMap::new();
    for place in scene.in_scope() {
        if let Some(group) = scene.view.subjects.standings[place].group {
            members.entry(group).or_default().push(scene.book.assets.rows()[place].id);
        }
    }
    let windows = scene.book.windows.rows();
    members
        .retain(|group, _| !windows.iter().any(|window| window.group == *group && window.ended_at.is_none()));
    let finding = |(group, assets): (GroupId, Vec<AssetId>)| {
        let text = format!(
            "{} has {} in scope and no maintenance window. Agree one with the business.",
            scene.group_name(group),
            crate::util::text::counted(assets.len() as u64, "asset", "assets")
        );
        Finding::new(Kind::NoWindow, text).assets(assets).groups([group])
    };
    members.into_iter().map(finding).collect()
}
