//! Assets as the figures see them: where each stood at every instant that matters.
//!
//! Most assets never changed class, exposure or scope; those that did carry their regimes in a side table.

use std::collections::HashMap;

use crate::domain::asset::FactValue;
use crate::domain::book::Book;
use crate::domain::stamp::{Stamp, of_instant};
use crate::domain::standing::{FactsByAsset, Standing};

use super::rule::Profile;

/// One asset.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Place of its profile at the as-of instant.
    pub profile: u16,
    /// In the register and in scope at the as-of instant.
    pub counts: bool,
    /// Its profile never changed.
    pub steady: bool,
    /// Scope and status never changed.
    pub scope_steady: bool,
}

/// What changed over time.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Profile from each instant on; the first also holds before.
    pub profiles: Vec<(Stamp, u16)>,
    /// In scope from each instant on; the first also holds before.
    pub scopes: Vec<(Stamp, bool)>,
}

/// All assets.
#[derive(Clone, Debug, Default)]
pub struct Subjects {
    /// Index: place of the asset.
    pub list: Vec<Subject>,
    /// Whether each was in the register at the as-of instant (`metrics.md`, R): recorded by then, or told of by a dated row, a report
    /// or an import from before.
    pub registered: Vec<bool>,
    /// How each stood at the as-of instant.
    pub standings: Vec<Standing>,
    /// Distinct profiles, past ones included.
    pub profiles: Vec<Profile>,
    pasts: HashMap<u32, Past>,
    places: HashMap<Profile, u16>,
}

impl Subjects {
    /// Reads a Book's dated rows. `zone_of`: place of each asset's zone; `by_group`: whether due dates depend on the group.
    pub fn new(book: &Book, as_of_at: i64, zone_of: &[u16], by_group: bool) -> Self {
        let facts = FactsByAsset::new(book);
        let mut all = Self::default();
        let imports = imports(book);
        for (i, asset) in book.assets.rows().iter().enumerate() {
            let place = i as u32;
            let standing = facts.standing(asset, place, as_of_at);
            let mut profile_times = Vec::new();
            let mut scope_times = Vec::new();
            for fact in facts.of(place).iter().filter(|fact| fact.since_at <= as_of_at) {
                match fact.value {
                    FactValue::Class(_) | FactValue::Exposure(_) => profile_times.push(fact.since_at),
                    FactValue::Scope(_) | FactValue::Status(_) => scope_times.push(fact.since_at),
                    FactValue::Group(_) if by_group => profile_times.push(fact.since_at),
                    FactValue::Group(_) => {}
                }
            }
            let mut profile_at = |at: i64| {
                let then = facts.standing(asset, place, at);
                let group = then.group.filter(|_| by_group);
                all.intern(Profile { class: then.class, exposure: then.exposure, zone: zone_of[i], group })
            };
            let profiles = steps(&profile_times, &mut profile_at);
            let scopes = steps(&scope_times, &mut |at| facts.standing(asset, place, at).counts());
            let profile = profile_at(as_of_at);
            let (steady, scope_steady) = (profiles.len() < 2, scopes.len() < 2);
            if !steady || !scope_steady {
                all.pasts.insert(place, Past { profiles, scopes });
            }
            let told = facts.of(place).iter().any(|fact| fact.since_at <= as_of_at);
            let reported = || book.pairs.newest_report(place, of_instant(as_of_at)).is_some();
            let named = || imports.get(&asset.created_at).is_some_and(|&made_at| made_at <= as_of_at);
            let registered = asset.created_at <= as_of_at || told || reported() || named();
            let counts = registered && standing.counts();
            all.registered.push(registered);
            all.list.push(Subject { profile, counts, steady, scope_steady });
            all.standings.push(standing);
        }
        all
    }

    /// What changed of an asset; nothing for most.
    pub fn past(&self, asset: u32) -> Option<&Past> {
        self.pasts.get(&asset)
    }

    /// Whether an asset was in scope at an instant not after the as-of instant.
    pub fn counted_at(&self, asset: u32, at: Stamp) -> bool {
        let subject = &self.list[asset as usize];
        if subject.scope_steady {
            return subject.counts;
        }
        self.past(asset).map_or(subject.counts, |past| {
            let next = past.scopes.partition_point(|&(since, _)| since <= at);
            past.scopes.get(next.saturating_sub(1)).map_or(subject.counts, |&(_, counts)| counts)
        })
    }

    fn intern(&mut self, profile: Profile) -> u16 {
        let next = self.profiles.len() as u16;
        *self.places.entry(profile).or_insert_with(|| {
            self.profiles.push(profile);
            next
        })
    }
}

/// Of when each import tells, by when it was recorded: what it put into the register was there by then.
fn imports(book: &Book) -> HashMap<i64, i64> {
    let mut imports: HashMap<i64, i64> = HashMap::new();
    for batch in book.live_batches() {
        let told = imports.entry(batch.recorded_at).or_insert(batch.as_of_at);
        *told = (*told).min(batch.as_of_at);
    }
    imports
}

/// The distinct values over time. The first instant given holds what was before it too.
fn steps<V: PartialEq + Copy>(times: &[i64], value_at: &mut dyn FnMut(i64) -> V) -> Vec<(Stamp, V)> {
    let mut out: Vec<(Stamp, V)> = Vec::new();
    let before = times.first().map(|&first| first - 1);
    for at in before.into_iter().chain(times.iter().copied()) {
        let value = value_at(at);
        let since = of_instant(at);
        match out.last_mut() {
            Some(last) if last.1 == value => {}
            // Several rows of one instant: what holds after the last of them.
            Some(last) if last.0 == since => last.1 = value,
            _ => out.push((since, value)),
        }
    }
    out
}
