//! M16: machines whose security updates have ended, or end soon (`metrics.md` M16).

use chrono::{NaiveDate, TimeDelta};

use crate::domain::asset::Asset;
use crate::domain::lifecycle::{End, Supports};

use super::figures::Figures;
use super::view::View;

/// How far ahead ends are announced, in days.
pub const AHEAD_DAYS: [i64; 3] = [90, 180, 365];

/// M16 at the view's instant. Places of assets in scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Servicing {
    /// Past the end without proof of extended support.
    pub past: Vec<u32>,
    /// Ends within 90, 180 and 365 days; each list holds the ones before it too.
    pub within: [Vec<u32>; 3],
    /// No row of the table fits the operating system, so that no end of it is known. A product may still be past its own.
    pub unknown: Vec<u32>,
}

impl View<'_> {
    /// Counts M16. What is past its end is what the figures call unsupported.
    pub fn servicing(&self, figures: &Figures) -> Servicing {
        let mut found = Servicing::default();
        let supports = Supports::new(self.book, self.as_of_at);
        for (i, asset) in self.book.assets.iter().enumerate() {
            let (place, machine) = (i as u32, &figures.machines[i]);
            if !machine.in_scope() {
                continue;
            }
            let support = supports.of(asset);
            if support.is_unknown() {
                found.unknown.push(place);
            }
            if machine.unsupported {
                found.past.push(place);
                continue;
            }
            let Some(end_on) = support.first().and_then(End::until) else { continue };
            for (days, list) in AHEAD_DAYS.into_iter().zip(&mut found.within) {
                if end_on <= support.today + TimeDelta::days(days) {
                    list.push(place);
                }
            }
        }
        found
    }

    /// The last day of an asset's security updates, proof counted, as far as the register knows.
    pub fn support_end(&self, asset: &Asset) -> Option<NaiveDate> {
        Supports::new(self.book, self.as_of_at).of(asset).first().and_then(End::until)
    }
}
