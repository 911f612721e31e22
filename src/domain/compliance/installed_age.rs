//! How old what is installed is (requirement S3-20): for each machine in scope the time since the release of the newest covered
//! update it shows installed. A quarterly rhythm leaves months of it, however green the deadlines are.

use crate::domain::pair::{STATE_MASK, State};

use super::ratio::days_begun;
use super::tally::age_bucket;
use super::view::View;

/// Ages of what is installed, at the view's instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstalledAge {
    /// Index: place of the asset. Seconds since the release of its newest installed update; `None` out of scope, or where nothing
    /// is shown installed.
    pub newest: Vec<Option<u32>>,
    /// Machines by that age: 0-30, 31-60, 61-90, over 90 days.
    pub buckets: [u64; 4],
    /// Machines in scope of which no source shows any covered update installed.
    pub none: u64,
    /// Seconds since the newest covered release: no machine can be younger.
    pub newest_release: Option<u32>,
}

impl InstalledAge {
    /// Median over the machines that show anything, days begun; of an even number the upper one.
    pub fn median_days(&self) -> Option<i64> {
        let mut ages: Vec<u32> = self.newest.iter().flatten().copied().collect();
        ages.sort_unstable();
        ages.get(ages.len() / 2).map(|&secs| days_begun(i64::from(secs)))
    }

    /// The oldest, days begun.
    pub fn oldest_days(&self) -> Option<i64> {
        self.newest.iter().flatten().max().map(|&secs| days_begun(i64::from(secs)))
    }

    /// One machine's, days begun.
    pub fn days_of(&self, place: u32) -> Option<i64> {
        let secs = self.newest.get(place as usize).copied().flatten()?;
        Some(days_begun(i64::from(secs)))
    }
}

impl View<'_> {
    /// Measures how old what is installed is.
    pub fn installed_age(&self) -> InstalledAge {
        let mut newest: Vec<Option<u32>> = vec![None; self.subjects.list.len()];
        let mut newest_release: Option<u32> = None;
        for (place, duty) in self.duties.iter().enumerate().filter(|(_, duty)| duty.counts) {
            let update = place as u32;
            let age = self.at.saturating_sub(duty.released);
            newest_release = Some(newest_release.map_or(age, |known| known.min(age)));
            let Some(block) = self.block(update) else { continue };
            for (position, &asset) in block.assets.iter().enumerate() {
                if !self.subjects.list[asset as usize].counts {
                    continue;
                }
                let Some(span) = self.span(update, block, position, self.at) else { continue };
                if State::of_number(block.bytes[span.last] & STATE_MASK) == State::Installed {
                    let slot = &mut newest[asset as usize];
                    *slot = Some(slot.map_or(age, |known| known.min(age)));
                }
            }
        }
        let mut found = InstalledAge { newest, newest_release, ..InstalledAge::default() };
        for (subject, age) in self.subjects.list.iter().zip(&found.newest) {
            match age {
                _ if !subject.counts => {}
                Some(secs) => found.buckets[age_bucket(*secs)] += 1,
                None => found.none += 1,
            }
        }
        found
    }
}
