//! What binds a duty over time: the spells in which neither its rank nor what is known of it changes, the due dates under each, and
//! which of them decides a pair.

use crate::domain::rating::Rank;
use crate::domain::ruleset::traits::Traits;
use crate::domain::stamp::{Stamp, of_instant};

use super::binding::Clocks;
use super::duty::Duty;
use super::rule::{Due, NEVER, NO_RULE, Profile, Rules};
use super::subject::Subjects;
use super::view::{View, value_at};

/// A spell in which neither the rank of an update nor what is known of it changes.
#[derive(Clone, Copy, Debug)]
struct Era {
    /// It ends before this instant.
    ends: Stamp,
    rank: Rank,
    /// Place among the update's traits.
    traits: u32,
}

/// The spells of all updates, and the due dates that follow from them.
#[derive(Clone, Debug, Default)]
pub(super) struct Spells {
    /// What is known of each update over time; empty where no rule set asks.
    traits: Vec<Vec<(i64, Traits)>>,
    /// Those of each update in order of time.
    eras: Vec<Era>,
    /// The first era of each update, and one more place at the end.
    first: Vec<u32>,
    /// Due dates counted from release, per era and profile.
    dues: Vec<Due>,
    /// Per profile and rank: due dates depend on the pair itself.
    by_pair: Vec<[bool; 4]>,
}

/// The due date of a pair, and the regime (of rank, class, exposure, group and what is known) that set it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decided {
    /// The due date by the asset's own rules.
    pub due: Due,
    /// Since when that regime holds; zero where it held from the start.
    pub since: Stamp,
    /// Place among the update's eras.
    era: usize,
    profile: u16,
}

impl Spells {
    /// Lays out the spells of every update, and what is due under each when counted from its release.
    pub fn new(
        duties: &[Duty],
        traits: Vec<Vec<(i64, Traits)>>,
        subjects: &Subjects,
        rules: &Rules<'_>,
    ) -> Self {
        let (eras, first) = eras(duties, &traits);
        let by_pair = subjects.profiles.iter().map(|&profile| {
            let mut depends = [rules.sets.by_pair(profile); 4];
            for &rank in Rank::ALL {
                depends[rank as usize] |= rules.by_first_seen(rank, profile);
            }
            depends
        });
        let mut spells = Self { traits, eras, first, dues: Vec::new(), by_pair: by_pair.collect() };
        spells.dues = spells.release_dues(duties, subjects, rules);
        spells
    }

    fn release_dues(&self, duties: &[Duty], subjects: &Subjects, rules: &Rules<'_>) -> Vec<Due> {
        let mut dues = Vec::with_capacity(self.eras.len() * subjects.profiles.len());
        for (update, duty) in duties.iter().enumerate() {
            for era in self.of(update as u32) {
                for &profile in &subjects.profiles {
                    let clocks = Clocks::at_release(duty.released);
                    dues.push(if duty.counts {
                        rules.due(era.rank, profile, clocks, self.known(update as u32, era))
                    } else {
                        Due { at: NEVER, start: duty.released, rule: NO_RULE, rank: era.rank }
                    });
                }
            }
        }
        dues
    }

    fn of(&self, update: u32) -> &[Era] {
        &self.eras[self.first[update as usize] as usize..self.first[update as usize + 1] as usize]
    }

    fn known(&self, update: u32, era: &Era) -> Option<&Traits> {
        self.traits.get(update as usize).map(|steps| &steps[era.traits as usize].1)
    }
}

/// The spells and due dates of one update, to be asked for pair after pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'v> {
    view: &'v View<'v>,
    update: u32,
    eras: &'v [Era],
    /// Per era and profile.
    dues: &'v [Due],
}

impl<'v> View<'v> {
    /// What binds an update.
    pub(super) fn terms(&'v self, update: u32) -> Terms<'v> {
        let first = self.spells.first[update as usize] as usize;
        let profiles = self.subjects.profiles.len();
        let eras = self.spells.of(update);
        let dues = &self.spells.dues[first * profiles..(first + eras.len()) * profiles];
        Terms { view: self, update, eras, dues }
    }
}

impl<'v> Terms<'v> {
    /// The due date of a pair by its own rules, without what it inherits. The first regime (of rank, class, exposure, group and what
    /// is known) whose due date falls before that regime ends is final; so is the one in which the pair closed.
    #[expect(
        clippy::inline_always,
        reason = "asked of every pair; what is handed over in memory stalls the next step"
    )]
    #[inline(always)]
    pub fn decide(&self, asset: u32, first_seen: Stamp, closed: Stamp) -> Decided {
        let subject = &self.view.subjects.list[asset as usize];
        if self.eras.len() > 1 || !subject.steady {
            return self.decide_over_time(asset, first_seen, closed);
        }
        // Most pairs were always under one regime.
        let due = self.due(0, subject.profile, asset, first_seen);
        Decided { due, since: 0, era: 0, profile: subject.profile }
    }

    fn decide_over_time(&self, asset: u32, first_seen: Stamp, closed: Stamp) -> Decided {
        let subject = &self.view.subjects.list[asset as usize];
        if !subject.steady {
            return self.decide_by_regimes(asset, first_seen, closed);
        }
        let (mut era, mut since) = (0, 0);
        loop {
            let due = self.due(era, subject.profile, asset, first_seen);
            let ends = self.eras[era].ends;
            if due.at < ends || closed < ends || era + 1 >= self.eras.len() {
                return Decided { due, since, era, profile: subject.profile };
            }
            (era, since) = (era + 1, ends);
        }
    }

    fn decide_by_regimes(&self, asset: u32, first_seen: Stamp, closed: Stamp) -> Decided {
        let subject = &self.view.subjects.list[asset as usize];
        let profiles = self.view.subjects.past(asset).map_or(&[][..], |past| past.profiles.as_slice());
        let mut bounds: Vec<Stamp> = self.eras.iter().map(|era| era.ends).collect();
        bounds.extend(profiles.iter().map(|&(since, _)| since).skip(1));
        bounds.sort_unstable();
        bounds.dedup();
        let mut since = 0;
        let mut found = None;
        for ends in bounds {
            let passed = self.eras.partition_point(|era| era.ends <= since);
            let era = passed.min(self.eras.len() - 1);
            let profile = value_at(profiles, since).unwrap_or(subject.profile);
            let due = self.due(era, profile, asset, first_seen);
            found = Some(Decided { due, since, era, profile });
            if due.at < ends || closed < ends {
                break;
            }
            since = ends;
        }
        // The last era of every update ends never, so there is at least one bound.
        found.unwrap_or_else(|| {
            let due = self.due(0, subject.profile, asset, first_seen);
            Decided { due, since: 0, era: 0, profile: subject.profile }
        })
    }

    #[inline]
    fn due(&self, era: usize, profile: u16, asset: u32, first_seen: Stamp) -> Due {
        let place = usize::from(profile);
        let rank = self.eras[era].rank;
        if self.view.spells.by_pair[place][rank as usize] {
            return self.due_of_pair(era, profile, asset, first_seen);
        }
        self.dues[era * self.view.subjects.profiles.len() + place]
    }

    fn due_of_pair(&self, era: usize, profile: u16, asset: u32, first_seen: Stamp) -> Due {
        let era = &self.eras[era];
        let of = self.view.subjects.profiles[usize::from(profile)];
        let known = self.view.spells.known(self.update, era);
        self.view.rules.due(era.rank, of, self.clocks(asset, first_seen), known)
    }

    /// The clocks of a pair.
    fn clocks(&self, asset: u32, first_seen: Stamp) -> Clocks {
        let joined = self.view.book.assets.rows()[asset as usize].created_at;
        let released = self.view.duties[self.update as usize].released;
        Clocks { released, first_seen, joined: of_instant(joined) }
    }

    /// Under what a pair fell due: rank, profile, clocks, and what was known of the update; nothing is known where no set is adopted.
    pub fn regime(
        &self,
        asset: u32,
        first_seen: Stamp,
        closed: Stamp,
    ) -> (Rank, Profile, Clocks, Option<&'v Traits>) {
        let decided = self.decide(asset, first_seen, closed);
        let era = &self.eras[decided.era];
        let profile = self.view.subjects.profiles[usize::from(decided.profile)];
        (era.rank, profile, self.clocks(asset, first_seen), self.view.spells.known(self.update, era))
    }

    /// What is known of the update at the as-of instant; nothing where no set is adopted.
    pub fn known_now(&self) -> Option<&'v Traits> {
        self.view.spells.traits.get(self.update as usize)?.last().map(|(_, traits)| traits)
    }
}

/// The spells of every update, and where those of each begin.
fn eras(duties: &[Duty], traits: &[Vec<(i64, Traits)>]) -> (Vec<Era>, Vec<u32>) {
    let mut eras = Vec::with_capacity(duties.len());
    let mut first = Vec::with_capacity(duties.len() + 1);
    for (update, duty) in duties.iter().enumerate() {
        first.push(eras.len() as u32);
        let steps: Vec<(Stamp, u32)> = traits.get(update).map_or_else(Vec::new, |steps| {
            steps.iter().enumerate().map(|(i, &(since, _))| (of_instant(since), i as u32)).collect()
        });
        let mut bounds: Vec<Stamp> = duty.ranks.iter().map(|&(since, _)| since).skip(1).collect();
        bounds.extend(steps.iter().map(|&(since, _)| since).skip(1));
        bounds.sort_unstable();
        bounds.dedup();
        bounds.push(NEVER);
        let mut begins = 0;
        for ends in bounds {
            let rank = value_at(&duty.ranks, begins).unwrap_or(duty.rank);
            eras.push(Era { ends, rank, traits: value_at(&steps, begins).unwrap_or(0) });
            begins = ends;
        }
    }
    first.push(eras.len() as u32);
    (eras, first)
}
