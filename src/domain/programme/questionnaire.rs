//! What assessors and insurers ask, each answer with the machines it was counted from: devices by system and version, what mattered
//! and was installed in time, what gets no security updates any more, and who may install.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate, TimeDelta};

use crate::domain::asset::AssetKind;
use crate::domain::book::Book;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::verdict::{Kind, Verdict};
use crate::domain::compliance::view::View;
use crate::domain::lifecycle::{End, Supports};
use crate::domain::person::PersonId;
use crate::domain::ruleset::Amount;
use crate::domain::stamp::of_instant;
use crate::domain::standing::standings;
use crate::domain::threat::Threat;
use crate::domain::update::{Classification, Severity, Update};
use crate::util::clock::{day_in, end_of_day, zone};

/// Days within which assessors of Cyber Essentials want what mattered installed.
pub const DAYS: i64 = 14;

/// The days that the adopted rule set for Cyber Essentials asks for, else [`DAYS`].
pub fn asked_days(book: &Book) -> i64 {
    let sets = book.rule_sets.iter().filter(|s| s.key.starts_with("ce-") && s.adopted_at.is_some());
    let newest = sets.filter(|set| set.ended_at.is_none()).max_by_key(|set| (set.adopted_at, set.id));
    let rules = newest.and_then(|set| {
        let mine = book.set_rules.iter().filter(|rule| rule.set == set.id);
        mine.filter(|rule| rule.unit == Amount::Days).map(|rule| rule.count).min()
    });
    rules.unwrap_or(DAYS)
}

/// Devices of one kind, system and version. Machines by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Devices {
    /// What kind of thing.
    pub kind: AssetKind,
    /// System and version as the register has them; empty: not recorded.
    pub system: String,
    /// First end of security updates among them, proof counted; `None`: none is known or set.
    pub until_on: Option<NaiveDate>,
    /// Which.
    pub machines: Vec<u32>,
}

/// Devices in scope by kind, system and version.
pub fn devices(view: &View<'_>) -> Vec<Devices> {
    let book = view.book;
    let supports = Supports::new(book, view.as_of_at);
    let mut found: BTreeMap<(AssetKind, String), Devices> = BTreeMap::new();
    for (machine, place) in in_scope(book, view.as_of_at) {
        let asset = &book.assets.rows()[place];
        let system = [asset.os_text(), asset.os_version_text()].join(" ").trim().to_owned();
        let until = supports.of(asset).first().and_then(End::until);
        let one = found.entry((asset.kind, system.clone())).or_insert_with(|| Devices {
            kind: asset.kind,
            system,
            until_on: None,
            machines: Vec::new(),
        });
        one.until_on = match (one.until_on, until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        one.machines.push(machine);
    }
    found.into_values().collect()
}

fn in_scope(book: &Book, at: i64) -> impl Iterator<Item = (u32, usize)> {
    let counted = standings(book, at).into_iter().enumerate().filter(|(_, standing)| standing.counts());
    counted.map(|(place, _)| (place as u32, place))
}

/// Required pairs of one class of update that mattered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassShare {
    /// All of them.
    pub all: u64,
    /// Satisfied within the days.
    pub in_time: u64,
    /// Open and under a valid waiver; none of these is satisfied.
    pub waived: u64,
    /// Neither satisfied nor known to be so.
    pub open: u64,
}

/// How much of what mattered was installed in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InTime {
    /// First day of release counted.
    pub from_on: NaiveDate,
    /// Last day of release whose time is over.
    pub until_on: NaiveDate,
    /// Required pairs of these updates.
    pub all: u64,
    /// Of these, satisfied within the days.
    pub in_time: u64,
    /// Satisfied when first seen, later than that: nobody can tell, which counts against the share.
    pub cannot_tell: u64,
    /// Machines with a pair that was not, by place, and how many such pairs.
    pub late: BTreeMap<u32, u64>,
    /// Of these machines, those with such a pair still open or unknown.
    pub open: BTreeSet<u32>,
    /// The pairs by class, for every class that the policy covers, in the order of classes.
    pub classes: Vec<(Classification, ClassShare)>,
}

impl InTime {
    /// The share.
    pub fn ratio(&self) -> Ratio {
        Ratio::good(self.in_time, self.all)
    }
}

/// The days of release that are counted: twelve months, the last of them the last day whose time is over.
fn releases(view: &View<'_>, days: i64) -> (NaiveDate, NaiveDate) {
    let until_on = day_in(zone(&view.book.shop.zone), view.as_of_at) - TimeDelta::days(days + 1);
    let from_on =
        until_on.checked_sub_months(Months::new(12)).map_or(until_on, |day| day + TimeDelta::days(1));
    (from_on, until_on)
}

/// The required pairs (metrics.md: released, of a covered class, applicable, in scope) of the updates released in these days.
fn required_pairs(
    view: &View<'_>,
    (from_on, until_on): (NaiveDate, NaiveDate),
    mut take: impl FnMut(&Update, NaiveDate, &Verdict),
) {
    let shop = zone(&view.book.shop.zone);
    for (place, update) in view.book.updates.iter().enumerate() {
        let released_on = day_in(shop, update.released_at);
        if (from_on..=until_on).contains(&released_on) {
            let pairs = view.pairs_of(place as u32);
            pairs.iter().filter(|verdict| verdict.required).for_each(|pair| take(update, released_on, pair));
        }
    }
}

/// Satisfied by the end of so many days, release day being day 0. A pair that nobody has an answer for was not.
fn met(view: &View<'_>, released_on: NaiveDate, verdict: &Verdict, days: i64) -> bool {
    let last = of_instant(end_of_day(zone(&view.book.shop.zone), released_on + TimeDelta::days(days)));
    matches!(verdict.kind, Kind::Satisfied(_)) && verdict.closed <= last
}

/// Updates of the last twelve months whose time is over, that the vendor calls critical or important, or says nothing of, or that
/// fix something scored 7.0 or more: what was installed by the end of so many days. A waiver changes nothing.
pub fn in_time(view: &View<'_>, days: i64) -> InTime {
    let book = view.book;
    let (from_on, until_on) = releases(view, days);
    let mut found = InTime { from_on, until_on, ..InTime::default() };
    let mut classes: BTreeMap<usize, ClassShare> = BTreeMap::new();
    let mattering: BTreeSet<_> =
        book.updates.iter().filter(|u| matters(book, u, view.as_of_at)).map(|u| u.id).collect();
    required_pairs(view, (from_on, until_on), |update, released_on, verdict| {
        if !mattering.contains(&update.id) {
            return;
        }
        let class = classes.entry(update.classification as usize).or_default();
        let satisfied = matches!(verdict.kind, Kind::Satisfied(_));
        found.all += 1;
        class.all += 1;
        class.waived += u64::from(verdict.waived);
        class.open += u64::from(!satisfied);
        if met(view, released_on, verdict, days) {
            found.in_time += 1;
            class.in_time += 1;
            return;
        }
        *found.late.entry(verdict.asset).or_default() += 1;
        found.cannot_tell += u64::from(satisfied && verdict.left_censored);
        if !satisfied {
            found.open.insert(verdict.asset);
        }
    });
    let covered = Classification::ALL.iter().filter(|class| book.shop.covered.contains(class));
    found.classes =
        covered.map(|class| (*class, classes.get(&(*class as usize)).copied().unwrap_or_default())).collect();
    found
}

/// Over all updates that [`in_time`] counts from for these days, whatever their severity: the share satisfied within each of `within`.
pub fn within(view: &View<'_>, days: i64, within: &[i64]) -> Vec<(i64, Ratio)> {
    let (mut all, mut counts) = (0, vec![0_u64; within.len()]);
    required_pairs(view, releases(view, days), |_, released_on, verdict| {
        all += 1;
        for (count, days) in counts.iter_mut().zip(within) {
            *count += u64::from(met(view, released_on, verdict, *days));
        }
    });
    within.iter().zip(counts).map(|(days, count)| (*days, Ratio::good(count, all))).collect()
}

fn matters(book: &Book, update: &Update, at: i64) -> bool {
    matches!(update.severity, Severity::Critical | Severity::Important | Severity::Unspecified)
        || scored_high(book, update, at)
}

fn scored_high(book: &Book, update: &Update, at: i64) -> bool {
    let digits = |kb: &String| kb.chars().filter(char::is_ascii_digit).collect::<String>();
    let kbs: BTreeSet<String> = update.kbs.iter().map(digits).collect();
    let advisories =
        book.advisories.iter().filter(|advisory| advisory.recorded_at <= at && kbs.contains(&advisory.kb));
    let cves: BTreeSet<&String> = advisories.flat_map(|advisory| &advisory.cves).collect();
    let high = |threat: &Threat| matches!(threat, Threat::Scored { score_tenths, .. } if *score_tenths >= 70);
    !cves.is_empty()
        && book
            .threats
            .iter()
            .any(|fact| fact.recorded_at <= at && high(&fact.value) && cves.contains(&fact.cve))
}

/// A machine without security updates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndOfLife {
    /// Its place.
    pub machine: u32,
    /// What ended.
    pub product: String,
    /// When.
    pub ended_on: Option<NaiveDate>,
}

/// Machines in scope past the end of security updates without proof.
pub fn end_of_life(view: &View<'_>) -> Vec<EndOfLife> {
    let supports = Supports::new(view.book, view.as_of_at);
    let past = |(machine, place): (u32, usize)| {
        let support = supports.of(&view.book.assets.rows()[place]);
        let end = support.past()?;
        Some(EndOfLife { machine, product: end.name.clone(), ended_on: end.until() })
    };
    in_scope(view.book, view.as_of_at).filter_map(past).collect()
}

/// Who deploys, by the register: people with the machines they are named for, and the machines nobody is named for.
pub fn deployers(view: &View<'_>) -> (Vec<(PersonId, Vec<u32>)>, Vec<u32>) {
    let mut named: BTreeMap<PersonId, Vec<u32>> = BTreeMap::new();
    let mut nobody = Vec::new();
    for (machine, place) in in_scope(view.book, view.as_of_at) {
        match view.book.assets.rows()[place].deploy_admin {
            Some(person) => named.entry(person).or_default().push(machine),
            None => nobody.push(machine),
        }
    }
    (named.into_iter().collect(), nobody)
}
