//! M16: machines whose security updates have ended, or end soon (`metrics.md` M16).

use chrono::{NaiveDate, TimeDelta};

use crate::domain::asset::Asset;
use crate::util::clock::{day_in, zone};

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
    /// No end is known.
    pub unknown: Vec<u32>,
}

impl View<'_> {
    /// Counts M16. What is past its end is what the figures call unsupported.
    pub fn servicing(&self, figures: &Figures) -> Servicing {
        let mut found = Servicing::default();
        for (i, asset) in self.book.assets.iter().enumerate() {
            let (place, machine) = (i as u32, &figures.machines[i]);
            if !machine.in_scope() {
                continue;
            }
            if machine.unsupported {
                found.past.push(place);
                continue;
            }
            let Some(end_on) = self.support_end(asset) else {
                found.unknown.push(place);
                continue;
            };
            let name = if asset.zone.is_empty() { &self.book.shop.zone } else { &asset.zone };
            let today = day_in(zone(name), self.as_of_at);
            for (days, list) in AHEAD_DAYS.into_iter().zip(&mut found.within) {
                if end_on >= today && end_on <= today + TimeDelta::days(days) {
                    list.push(place);
                }
            }
        }
        found
    }

    /// The last day of an asset's security updates, as far as the register knows.
    pub fn support_end(&self, asset: &Asset) -> Option<NaiveDate> {
        asset.support_end_on
    }
}
