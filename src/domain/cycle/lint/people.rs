//! Who works when: weekends in a row, nights, and who tests (requirements S1-21, S1-22, S1-53).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate, NaiveTime, Weekday};

use super::{Finding, Kind, Scene, list};
use crate::domain::asset::{AssetClass, AssetId};
use crate::domain::book::Book;
use crate::domain::calendar::recurrence::days_from;
use crate::domain::calendar::slot::slots;
use crate::domain::cycle::generate::is_patching;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::role::holder::role_holder_on;
use crate::domain::standing::standings;
use crate::util::clock::{DAY_SECS, day_in, day_text, instant_of, zone};
use crate::util::text::fold;

/// What one person has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub person: PersonId,
    /// The Saturdays of the weekends they work, in order.
    pub weekends: Vec<NaiveDate>,
    /// The evenings of the nights they work (between 22:00 and 06:00), in order.
    pub nights: Vec<NaiveDate>,
    /// The longest run of weekends in a row.
    pub longest_run: usize,
}

/// Nights and weekends per person between two instants: whoever deploys to an asset of a group works in its windows, whoever is
/// named at a patch step of a cycle works on its day. People with nothing to do are left out.
pub fn workload(book: &Book, from_at: i64, to_at: i64) -> Vec<Load> {
    let zone = zone(&book.shop.zone);
    let mut spans: BTreeMap<PersonId, BTreeSet<(i64, i64)>> = BTreeMap::new();
    let crews = crews(book, from_at);
    for slot in slots(book, from_at, to_at) {
        for person in crews.get(&slot.group).into_iter().flatten() {
            spans.entry(*person).or_default().insert((slot.from_at, slot.until_at));
        }
    }
    let steps =
        book.cycle_steps.rows().iter().filter(|step| is_patching(step) && step.skipped_because.is_empty());
    for step in steps.filter(|step| (from_at..to_at).contains(&step.due_at)) {
        let cycle = book.cycles.get(step.cycle.0);
        if let Some(person) = step.person.filter(|_| cycle.is_some_and(|c| c.cancelled_because.is_empty())) {
            // A step has no end; a patch night is an evening's work.
            spans.entry(person).or_default().insert((step.due_at, step.due_at + 4 * 3600));
        }
    }
    let load = |(person, spans): (PersonId, BTreeSet<(i64, i64)>)| {
        let mut weekends = BTreeSet::new();
        let mut nights = BTreeSet::new();
        for (from_at, until_at) in spans {
            let (first, last) = (day_in(zone, from_at), day_in(zone, (until_at - 1).max(from_at)));
            let mut day = first;
            while day <= last {
                weekends.extend(saturday_of(day));
                day = days_from(day, 1);
            }
            nights.extend(nights_in(zone, days_from(first, -1), last, from_at, until_at));
        }
        let weekends: Vec<NaiveDate> = weekends.into_iter().collect();
        let longest_run = runs(&weekends).map(<[NaiveDate]>::len).max().unwrap_or(0);
        Load { person, weekends, nights: nights.into_iter().collect(), longest_run }
    };
    spans.into_iter().map(load).collect()
}

/// The Saturday of a weekend day.
fn saturday_of(day: NaiveDate) -> Option<NaiveDate> {
    match day.weekday() {
        Weekday::Sat => Some(day),
        Weekday::Sun => Some(days_from(day, -1)),
        _ => None,
    }
}

fn nights_in(
    zone: chrono_tz::Tz,
    first: NaiveDate,
    last: NaiveDate,
    from_at: i64,
    until_at: i64,
) -> Vec<NaiveDate> {
    let hour = |day: NaiveDate, hour: u32| {
        instant_of(zone, day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)))
    };
    let mut nights = Vec::new();
    let mut day = first;
    while day <= last {
        if from_at < hour(days_from(day, 1), 6) && hour(day, 22) < until_at {
            nights.push(day);
        }
        day = days_from(day, 1);
    }
    nights
}

/// Weekends that follow each other.
fn runs(saturdays: &[NaiveDate]) -> impl Iterator<Item = &[NaiveDate]> {
    saturdays.chunk_by(|one, next| (*next - *one).num_days() == 7)
}

/// Who deploys to the assets of each group.
fn crews(book: &Book, at: i64) -> BTreeMap<GroupId, BTreeSet<PersonId>> {
    let mut crews: BTreeMap<GroupId, BTreeSet<PersonId>> = BTreeMap::new();
    for (asset, standing) in book.assets.rows().iter().zip(standings(book, at)) {
        if let (true, Some(group), Some(person)) = (standing.counts(), standing.group, asset.deploy_admin) {
            crews.entry(group).or_default().insert(person);
        }
    }
    crews
}

pub(super) fn findings(scene: &Scene<'_>) -> Vec<Finding> {
    let mut found = weekends(scene);
    found.extend(testers(scene));
    found.extend(test_systems(scene));
    found
}

fn weekends(scene: &Scene<'_>) -> Vec<Finding> {
    // The two weekends before the span count towards its first.
    let begin = scene.from_at - 21 * DAY_SECS;
    let first = day_in(zone(&scene.book.shop.zone), scene.from_at);
    let mut found = Vec::new();
    for load in workload(scene.book, begin, scene.to_at) {
        for run in runs(&load.weekends).filter(|run| run.len() >= 3) {
            let Some(third) = run[2..].iter().find(|saturday| days_from(**saturday, 1) >= first) else {
                continue;
            };
            let days: Vec<String> = run.iter().map(|day| day_text(*day)).collect();
            let text = format!(
                "{} works {} weekends in a row: {}. Let somebody else take one.",
                scene.book.person_name(Some(load.person)),
                run.len(),
                days.join(", ")
            );
            let at = instant_of(zone(&scene.book.shop.zone), third.and_time(NaiveTime::MIN));
            let finding = Finding::new(Kind::ThirdWeekend, text).at(at);
            found.push(Finding { people: vec![load.person], ..finding });
        }
    }
    found
}

fn testers(scene: &Scene<'_>) -> Vec<Finding> {
    let day = day_in(zone(&scene.book.shop.zone), scene.from_at);
    if role_holder_on(scene.book, "QA", day).is_some() {
        return Vec::new();
    }
    let mut untested: BTreeMap<Option<GroupId>, Vec<AssetId>> = BTreeMap::new();
    for place in scene.in_scope().filter(|&place| !scene.turns[place].is_empty()) {
        let (asset, standing) = (&scene.book.assets.rows()[place], &scene.view.subjects.standings[place]);
        if standing.class == AssetClass::Server && asset.tester.is_none() {
            untested.entry(standing.group).or_default().push(asset.id);
        }
    }
    let finding = |(group, assets): (Option<GroupId>, Vec<AssetId>)| {
        let text = format!(
            "Nobody is named to test {} after patching. Name a tester on the asset, or give somebody the role of quality assurance.",
            list(assets.iter().map(|id| scene.asset_name(*id)))
        );
        Finding::new(Kind::NoTester, text).assets(assets).groups(group)
    };
    untested.into_iter().map(finding).collect()
}

/// Words in an asset's environment that make it a test system or a pilot.
const TEST_WORDS: [&str; 6] = ["test", "pilot", "staging", "stage", "qa", "uat"];

/// Whether an environment is a place to try things.
pub fn is_test(environment: &str) -> bool {
    let folded = fold(environment);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| TEST_WORDS.contains(&word))
}

fn test_systems(scene: &Scene<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for &class in AssetClass::ALL {
        let own: Vec<usize> =
            scene.in_scope().filter(|&place| scene.view.subjects.standings[place].class == class).collect();
        let rows = scene.book.assets.rows();
        if own.is_empty() || own.iter().any(|&place| is_test(&rows[place].environment)) {
            continue;
        }
        let least = own.iter().map(|&place| rows[place].criticality).max();
        let pilots: Vec<AssetId> = own
            .iter()
            .filter(|&&place| Some(rows[place].criticality) == least)
            .map(|&place| rows[place].id)
            .collect();
        let text = format!(
            "No {} is a test system or a pilot. The least critical ones could be: {}. Write test or pilot into their environment.",
            class.text().to_lowercase(),
            list(pilots.iter().map(|id| scene.asset_name(*id)))
        );
        found.push(Finding::new(Kind::NoTestSystem, text).assets(pilots));
    }
    found
}
