//! The figures: one pass over all pairs, and what is read off it (`metrics.md`, M1 to M8).

use std::collections::BTreeMap;

use crate::domain::book::Book;
use crate::domain::pair::STATE_MASK;
use crate::domain::row::words;
use crate::domain::stamp::{Stamp, instant};
use crate::domain::update::Classification;
use crate::util::clock::DAY_SECS;

use super::machine::{Machine, Segment, Watch};
use super::outcome::Period;
use super::ratio::Ratio;
use super::rule::NEVER;
use super::survival::{Times, length, until_share};
use super::tally::Tally;
use super::verdict::{Kind, Verdict};
use super::view::View;

/// Pairs of one update in scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpdateCount {
    /// By raw state, numbered as [`crate::domain::pair::State`].
    pub by_state: [u32; 8],
    /// Required.
    pub required: u32,
    /// Of these, satisfied.
    pub satisfied: u32,
    /// Of these, open.
    pub open: u32,
    /// Of the open, past due and not waived.
    pub overdue: u32,
    /// Of the open, validly waived.
    pub waived: u32,
    /// Machines that owe it, or of which nobody can tell, by where each stands: index as [`Segment::ALL`].
    pub owed_by: [u32; 6],
    /// The earliest due date among them, waived pairs apart.
    pub first: Option<FirstDue>,
}

/// The pair of an update that is due first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstDue {
    /// When.
    pub due: Stamp,
    /// Place of the asset.
    pub asset: u32,
    /// Place of the rule that set it, for [`View::rule_text`].
    pub rule: u32,
}

impl UpdateCount {
    /// Machines that owe it, or of which nobody can tell.
    pub fn owed(&self) -> u32 {
        self.owed_by.iter().sum()
    }
}

/// The updates released in one month.
#[derive(Clone, Debug, Default)]
pub struct Cohort {
    /// Year times twelve plus month from 0, in the shop's zone.
    pub month: i32,
    /// Required pairs.
    pub required: u32,
    /// Of these, satisfied when first seen: out of the times.
    pub left_censored: u32,
    /// How long they took (M6), sorted.
    pub times: Times,
    /// Seconds from release until 95 of 100 required pairs were satisfied (M7); `None` is "not reached".
    pub until_95: Option<u32>,
}

/// A class of update that the policy does not cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noise {
    /// Class.
    pub class: Classification,
    /// Released updates.
    pub updates: u32,
    /// Their pairs listed.
    pub pairs: u32,
    /// Of these, in an open state.
    pub open: u32,
}

words!(
    /// What a pair check by hand amounts to.
    ByHand {
        /// No source says otherwise: the pair is satisfied, counted apart.
        Accepted = "accepted", "Accepted";
        /// No source lists the pair: kept, in no figure.
        Unlisted = "unlisted", "No source lists it";
        /// A source says open, or a scanner missing: a contradiction, and the worse counts.
        Contradicted = "contradicted", "Contradicted by a source";
        /// A source says the same, or that it does not apply.
        Confirmed = "confirmed", "A source says the same";
    }
);

/// Everything that is counted.
#[derive(Clone, Debug)]
pub struct Figures {
    /// As of, UTC seconds.
    pub as_of_at: i64,
    /// The period of M3.
    pub period: Period,
    /// Index: place of the asset.
    pub machines: Vec<Machine>,
    /// Per rank, index: place of the asset; empty where no update has the rank.
    pub tallies: [Vec<Tally>; 4],
    /// Index: place of the update.
    pub updates: Vec<UpdateCount>,
    /// By month of release, oldest first.
    pub cohorts: Vec<Cohort>,
    /// Classes that are not covered and have updates.
    pub noise: Vec<Noise>,
    /// All pairs.
    pub total: Tally,
    /// Places of asset and update, and due date, of the oldest overdue pair.
    pub oldest: Option<(u32, u32, Stamp)>,
    /// The covered release that every observed machine must have reported after, UTC seconds.
    pub newest_release_at: Option<i64>,
}

/// Counts everything as of an instant; M3 over a period.
pub fn figures(book: &Book, as_of_at: i64, period: Period) -> Figures {
    View::new(book, as_of_at).figures(period)
}

struct Pass<'v, 'b> {
    view: &'v View<'b>,
    period: Period,
    tallies: [Vec<Tally>; 4],
    updates: Vec<UpdateCount>,
    cohorts: BTreeMap<i32, (Cohort, Vec<u32>)>,
    noise: BTreeMap<Classification, Noise>,
    oldest: Option<(u32, u32, Stamp)>,
    /// Places of the assets that owe each update: where they stand is known only at the end.
    owing: Vec<(u32, Vec<u32>)>,
}

impl View<'_> {
    /// Counts everything.
    pub fn figures(&self, period: Period) -> Figures {
        self.count(period, None)
    }

    /// Counts the pairs of one update (its place) only; machines stand as if nothing else were owed.
    pub fn figures_of(&self, update: u32, period: Period) -> Figures {
        self.count(period, Some(update))
    }

    fn count(&self, period: Period, only: Option<u32>) -> Figures {
        let mut pass = Pass {
            view: self,
            period,
            tallies: Default::default(),
            updates: vec![UpdateCount::default(); self.duties.len()],
            cohorts: BTreeMap::new(),
            noise: BTreeMap::new(),
            oldest: None,
            owing: Vec::new(),
        };
        for update in 0..self.duties.len() as u32 {
            if only.is_none_or(|wanted| wanted == update) {
                pass.update(update);
            }
        }
        pass.finish()
    }
}

impl Pass<'_, '_> {
    fn update(&mut self, update: u32) {
        let view = self.view;
        let duty = &view.duties[update as usize];
        if !duty.counts {
            return self.noise(update);
        }
        let Some(block) = view.block(update) else { return };
        let assets = view.subjects.list.len();
        for tallies in &mut self.tallies {
            // A rank of its own may come from an earlier regime, so every rank needs its row once there is one pair.
            if tallies.is_empty() {
                tallies.resize(assets, Tally::default());
            }
        }
        let (cohort, reached) = self.cohorts.entry(duty.month).or_default();
        cohort.month = duty.month;
        let mut counts = UpdateCount::default();
        let mut owing = Vec::new();
        let listing = view.listing(update, block);
        for position in 0..block.len() {
            let Some(span) = listing.span(position, view.at) else { continue };
            let verdict = listing.judge_span(position, span);
            let asset = verdict.asset as usize;
            let tally = &mut self.tallies[duty.rank as usize][asset];
            tally.listed += 1;
            if view.subjects.list[asset].counts {
                tally.take(&verdict, view.at, duty.catch_up);
                counts.take(&verdict, view.at);
                if verdict.required && matches!(verdict.kind, Kind::Open | Kind::Unknown) {
                    owing.push(verdict.asset);
                }
                if verdict.required {
                    cohort.take(&verdict, view.at, duty.released, reached);
                }
                if verdict.past_due(view.at)
                    && verdict.required
                    && !verdict.waived
                    && self.oldest.is_none_or(|(.., due)| verdict.due < due)
                {
                    self.oldest = Some((verdict.asset, update, verdict.due));
                }
            }
            if let Some(judged) = listing.outcome(position, &verdict, self.period) {
                self.tallies[verdict.rank as usize][asset].judge(judged);
            }
        }
        self.updates[update as usize] = counts;
        if !owing.is_empty() {
            self.owing.push((update, owing));
        }
    }

    fn noise(&mut self, update: u32) {
        let row = &self.view.book.updates.rows()[update as usize];
        if row.released_at > self.view.as_of_at {
            return;
        }
        let empty = Noise { class: row.classification, updates: 0, pairs: 0, open: 0 };
        let noise = self.noise.entry(row.classification).or_insert(empty);
        noise.updates += 1;
        let Some(block) = self.view.block(update) else { return };
        for position in 0..block.len() {
            if let Some(span) = self.view.span(update, block, position, self.view.at) {
                let state = crate::domain::pair::State::of_number(block.bytes[span.last] & STATE_MASK);
                noise.pairs += 1;
                noise.open += u32::from(state.is_open());
            }
        }
    }

    fn finish(mut self) -> Figures {
        let watch = Watch::new(self.view);
        let mut total = Tally::default();
        let mut machines = Vec::with_capacity(self.view.subjects.list.len());
        for (i, asset) in self.view.book.assets.rows().iter().enumerate() {
            let mut tally = Tally::default();
            for tallies in self.tallies.iter().filter_map(|tallies| tallies.get(i)) {
                tally.add(tallies);
            }
            total.add(&tally);
            let place = i as u32;
            let mut machine = Machine { tally, report_at: watch.report_at(place), ..Machine::default() };
            if self.view.subjects.list[i].counts {
                machine.reasons = watch.reasons(asset, place, tally.unknown);
                machine.unsupported = watch.unsupported(asset);
                machine.segment = Some(Watch::segment(&machine));
            }
            machines.push(machine);
        }
        for (update, owing) in std::mem::take(&mut self.owing) {
            let owed_by = &mut self.updates[update as usize].owed_by;
            for segment in owing.iter().filter_map(|&asset| machines[asset as usize].segment) {
                owed_by[segment as usize] += 1;
            }
        }
        let cohorts = self.cohorts.into_values().filter(|(cohort, _)| cohort.required > 0);
        let cohorts = cohorts.map(|(mut cohort, mut reached)| {
            cohort.times.sort();
            cohort.until_95 = until_share(&mut reached, cohort.required as usize, 95);
            cohort
        });
        Figures {
            as_of_at: self.view.as_of_at,
            period: self.period,
            machines,
            cohorts: cohorts.collect(),
            tallies: self.tallies,
            updates: self.updates,
            noise: self.noise.into_values().collect(),
            total,
            oldest: self.oldest,
            newest_release_at: watch.newest_release_at(),
        }
    }
}

impl UpdateCount {
    fn take(&mut self, verdict: &Verdict, at: Stamp) {
        self.by_state[verdict.state as usize] += 1;
        if !verdict.required {
            return;
        }
        self.required += 1;
        self.satisfied += u32::from(matches!(verdict.kind, Kind::Satisfied(_)));
        self.open += u32::from(verdict.kind == Kind::Open);
        self.waived += u32::from(verdict.waived);
        self.overdue += u32::from(verdict.past_due(at) && !verdict.waived);
        let sooner = self.first.is_none_or(|first| verdict.due < first.due);
        if verdict.kind == Kind::Open && !verdict.waived && verdict.due != NEVER && sooner {
            self.first = Some(FirstDue { due: verdict.due, asset: verdict.asset, rule: verdict.rule });
        }
    }
}

impl Cohort {
    fn take(&mut self, verdict: &Verdict, at: Stamp, released: Stamp, reached: &mut Vec<u32>) {
        self.required += 1;
        if verdict.closed != NEVER {
            reached.push(length(released, verdict.closed));
        }
        if verdict.left_censored {
            self.left_censored += 1;
        } else if verdict.closed == NEVER {
            self.times.add_open(length(verdict.start, at));
        } else {
            self.times.closed.push(length(verdict.start, verdict.closed));
        }
    }
}

impl Figures {
    /// Machines of a segment.
    pub fn in_segment(&self, segment: Segment) -> u64 {
        self.machines.iter().filter(|machine| machine.segment == Some(segment)).count() as u64
    }

    /// S: machines in scope.
    pub fn in_scope(&self) -> u64 {
        self.machines.iter().filter(|machine| machine.in_scope()).count() as u64
    }

    /// O: machines observed.
    pub fn observed(&self) -> u64 {
        self.machines.iter().filter(|machine| machine.observed()).count() as u64
    }

    /// Overdue machines that are not observed.
    pub fn overdue_silent(&self) -> u64 {
        let silent = |m: &&Machine| m.segment == Some(Segment::Overdue) && !m.observed();
        self.machines.iter().filter(silent).count() as u64
    }

    /// M1: machines within deadline, gross. Print with [`Figures::not_yet_due`].
    pub fn within_deadline(&self) -> Ratio {
        Ratio::good(self.in_segment(Segment::UpToDate) + self.in_segment(Segment::InTime), self.in_scope())
    }

    /// Of M1: machines that owe something not yet due.
    pub fn not_yet_due(&self) -> u64 {
        self.in_segment(Segment::InTime)
    }

    /// M1n: within deadline or waived; never print it alone or larger than M1.
    pub fn within_deadline_or_waived(&self) -> Ratio {
        let gross = self.within_deadline();
        Ratio::good(gross.part + self.in_segment(Segment::Waived), gross.whole)
    }

    /// M2: reporting coverage.
    pub fn coverage(&self) -> Ratio {
        Ratio::good(self.observed(), self.in_scope())
    }

    /// M3 per machine: machines with no miss of machines with a pair due. "Cannot tell" is a miss.
    pub fn deadline_by_machine(&self) -> Ratio {
        let due = self.machines.iter().filter(|machine| machine.tally.fell_due() > 0);
        let (mut all, mut clean) = (0, 0);
        for machine in due {
            all += 1;
            clean += u64::from(machine.tally.met == machine.tally.fell_due());
        }
        Ratio::good(clean, all)
    }

    /// M4, observed: pairs of machines that are not observed left out.
    pub fn state_observed(&self) -> Ratio {
        let mut seen = Tally::default();
        for machine in self.machines.iter().filter(|machine| machine.observed()) {
            seen.add(&machine.tally);
        }
        seen.state_gross()
    }

    /// M5: machine-days overdue, rounded up: for each overdue machine the time since its earliest unmet due date.
    pub fn machine_days(&self) -> i64 {
        let secs: i64 = self.machines.iter().map(|machine| overdue_secs(&machine.tally, self.as_of_at)).sum();
        secs / DAY_SECS + i64::from(secs % DAY_SECS != 0)
    }

    /// The times of every month together (M6 over all).
    pub fn all_times(&self) -> Times {
        let mut all = Times::default();
        for cohort in &self.cohorts {
            all.closed.extend(&cohort.times.closed);
            all.open.extend(&cohort.times.open);
        }
        all.sort();
        all
    }
}

/// Seconds since the earliest unmet due date.
pub(super) fn overdue_secs(tally: &Tally, as_of_at: i64) -> i64 {
    if tally.oldest_due == NEVER { 0 } else { as_of_at - instant(tally.oldest_due) }
}
