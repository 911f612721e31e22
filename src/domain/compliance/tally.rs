//! Counters of pairs: what is counted of one asset under one rank, and summed up for every cut.

use super::outcome::{Judged, Outcome};
use super::ratio::Ratio;
use super::rule::{NEVER, NO_RULE};
use super::verdict::{Kind, Proof, Verdict};
use crate::domain::pair::State;
use crate::domain::stamp::Stamp;
use crate::util::clock::DAY_SECS;

/// Defines the counters and their sum in one place, so that none can be forgotten.
macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// Counts of pairs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Tally {
            $($(#[$doc])* pub $name: u32,)+
            /// Open pairs by age from clock start: 0-30, 31-60, 61-90, over 90 days.
            pub ages: [u32; 4],
            /// Open pairs past due by age from due date, waived ones included.
            pub due_ages: [u32; 4],
            /// The earliest due date of an overdue pair; `u32::MAX` where there is none.
            pub oldest_due: Stamp,
        }

        impl Default for Tally {
            fn default() -> Self {
                Self { $($name: 0,)+ ages: [0; 4], due_ages: [0; 4], oldest_due: NEVER }
            }
        }

        impl Tally {
            /// Adds another's counts.
            pub fn add(&mut self, other: &Self) {
                $(self.$name += other.$name;)+
                for i in 0..4 {
                    self.ages[i] += other.ages[i];
                    self.due_ages[i] += other.due_ages[i];
                }
                self.oldest_due = self.oldest_due.min(other.oldest_due);
            }
        }
    };
}

counters! {
    /// Listed by a source, of assets in scope or not.
    listed,
    /// In scope and not applicable.
    not_applicable,
    /// In scope, from a source that merges installed and not applicable.
    merged,
    /// In scope, required, satisfied.
    satisfied,
    /// Of these, by a superseding update.
    superseded,
    /// Of these, attested by hand.
    by_hand,
    /// Of these, satisfied when first seen: time unknown.
    left_censored,
    /// In scope, required, open.
    open,
    /// In scope, required, nobody has an answer.
    unknown,
    /// Of the open, covered by a valid waiver.
    waived,
    /// Of the open, past due and not waived.
    overdue,
    /// Of the open, without any deadline rule.
    no_rule,
    /// Of the open, failed.
    failed,
    /// Of the open, waiting for a restart.
    pending,
    /// Required pairs of the catch-up campaign.
    catch_up,
    /// Of these, open.
    catch_up_open,
    /// Of these, overdue.
    catch_up_overdue,
    /// Due in the period and met.
    met,
    /// Due in the period and missed.
    missed,
    /// Due in the period, nobody can tell.
    cannot_tell,
    /// Not met, and validly waived on the due date.
    waived_at_due,
}

/// Where an age (seconds) falls: a day that has begun counts.
pub fn age_bucket(secs: u32) -> usize {
    const DAY: u32 = DAY_SECS as u32;
    usize::from(secs > 30 * DAY) + usize::from(secs > 60 * DAY) + usize::from(secs > 90 * DAY)
}

impl Tally {
    /// Counts a judged pair of an asset in scope.
    #[inline]
    pub fn take(&mut self, verdict: &Verdict, at: Stamp, catch_up: bool) {
        match verdict.kind {
            Kind::NotApplicable => self.not_applicable += 1,
            Kind::Merged => self.merged += 1,
            _ if !verdict.required => {}
            Kind::Satisfied(proof) => {
                self.satisfied += 1;
                self.superseded += u32::from(matches!(proof, Proof::Superseding(_)));
                self.by_hand += u32::from(proof == Proof::Hand);
                self.left_censored += u32::from(verdict.left_censored);
                self.catch_up += u32::from(catch_up);
            }
            Kind::Unknown => {
                self.unknown += 1;
                self.catch_up += u32::from(catch_up);
            }
            Kind::Open => self.take_open(verdict, at, catch_up),
        }
    }

    fn take_open(&mut self, verdict: &Verdict, at: Stamp, catch_up: bool) {
        self.open += 1;
        self.waived += u32::from(verdict.waived);
        self.no_rule += u32::from(verdict.rule == NO_RULE);
        self.failed += u32::from(verdict.state == State::Failed);
        self.pending += u32::from(verdict.state == State::PendingReboot);
        self.ages[age_bucket(at.saturating_sub(verdict.aged_from))] += 1;
        let late = verdict.due < at;
        let overdue = late && !verdict.waived;
        if late {
            self.due_ages[age_bucket(at - verdict.due)] += 1;
        }
        if overdue {
            self.overdue += 1;
            self.oldest_due = self.oldest_due.min(verdict.due);
        }
        if catch_up {
            self.catch_up += 1;
            self.catch_up_open += 1;
            self.catch_up_overdue += u32::from(overdue);
        }
    }

    /// Counts a pair whose due date fell in the period.
    pub fn judge(&mut self, judged: Judged) {
        match judged.outcome {
            Outcome::Met => self.met += 1,
            Outcome::Missed => self.missed += 1,
            Outcome::CannotTell => self.cannot_tell += 1,
        }
        self.waived_at_due += u32::from(judged.waived && judged.outcome != Outcome::Met);
    }

    /// Required pairs.
    pub fn applicable(&self) -> u32 {
        self.satisfied + self.open + self.unknown
    }

    /// Pairs whose due date fell in the period.
    pub fn fell_due(&self) -> u32 {
        self.met + self.missed + self.cannot_tell
    }

    /// M3, gross: met of all whose due date fell in the period.
    pub fn deadline_gross(&self) -> Ratio {
        Ratio::good(self.met.into(), self.fell_due().into())
    }

    /// M3, net. A waived pair that was met all the same stays on both sides, so the figure cannot pass 100 %.
    pub fn deadline_net(&self) -> Ratio {
        Ratio::good(self.met.into(), (self.fell_due() - self.waived_at_due).into())
    }

    /// M4, gross: satisfied of required.
    pub fn state_gross(&self) -> Ratio {
        Ratio::good(self.satisfied.into(), self.applicable().into())
    }

    /// M4, net: waived pairs left out.
    pub fn state_net(&self) -> Ratio {
        Ratio::good(self.satisfied.into(), (self.applicable() - self.waived).into())
    }
}
