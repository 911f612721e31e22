//! Cuts: the figures by group, rank, site, owner, class or exposure.
//!
//! Each machine is placed where it stands at the as-of instant. A cut by rank counts pairs only: a machine owes updates of many
//! ranks and so has no rank of its own.

use std::collections::BTreeMap;

use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::group::GroupId;
use crate::domain::rating::Rank;
use crate::domain::row::words;

use super::figures::{Figures, overdue_secs};
use super::machine::Segment;
use super::ratio::Ratio;
use super::tally::Tally;
use super::view::View;

words!(
    /// What to cut by.
    Cut {
        /// Patch group.
        Group = "group", "Group";
        /// Rank of the update.
        Rank = "rank", "Rank";
        /// Site.
        Site = "site", "Site";
        /// Who answers for the machine.
        Owner = "owner", "Owner";
        /// Class.
        Class = "class", "Class";
        /// Exposure; unknown counts as exposed.
        Exposure = "exposure", "Exposure";
    }
);

/// One slice of a cut.
#[derive(Clone, Debug, Default)]
pub struct Slice {
    /// What people read.
    pub name: String,
    /// Machines by segment, in the order of [`Segment::ALL`]; all nought in a cut by rank.
    pub segments: [u64; 6],
    /// Machines observed.
    pub observed: u64,
    /// Machines with an overdue pair.
    pub overdue_machines: u64,
    /// Seconds overdue, summed over machines.
    pub overdue_secs: i64,
    /// Machines with a pair due in the period, and those of them that met every one.
    pub due_machines: (u64, u64),
    /// Pairs.
    pub tally: Tally,
}

impl Slice {
    /// Machines in scope.
    pub fn in_scope(&self) -> u64 {
        self.segments.iter().sum()
    }

    /// Machines in a segment.
    pub fn count(&self, segment: Segment) -> u64 {
        self.segments[segment as usize]
    }

    /// M1 of the slice.
    pub fn within_deadline(&self) -> Ratio {
        Ratio::good(self.count(Segment::UpToDate) + self.count(Segment::InTime), self.in_scope())
    }

    /// M1n of the slice.
    pub fn within_deadline_or_waived(&self) -> Ratio {
        Ratio::good(self.within_deadline().part + self.count(Segment::Waived), self.in_scope())
    }

    /// M2 of the slice.
    pub fn coverage(&self) -> Ratio {
        Ratio::good(self.observed, self.in_scope())
    }

    fn take_pairs(&mut self, tally: &Tally, as_of_at: i64) {
        self.tally.add(tally);
        self.overdue_machines += u64::from(tally.overdue > 0);
        self.overdue_secs += overdue_secs(tally, as_of_at);
        if tally.fell_due() > 0 {
            self.due_machines.0 += 1;
            self.due_machines.1 += u64::from(tally.met == tally.fell_due());
        }
    }

    /// Whether it has nothing to show.
    fn is_empty(&self) -> bool {
        self.in_scope() == 0 && self.tally == Tally::default()
    }
}

impl Figures {
    /// The figures cut into slices, in the order in which people expect them; slices without anything are left out.
    pub fn by(&self, view: &View<'_>, cut: Cut) -> Vec<Slice> {
        if cut == Cut::Rank {
            return self.by_rank();
        }
        let book = view.book;
        let order = group_order(view);
        let mut slices: BTreeMap<(i64, String), Slice> = BTreeMap::new();
        for (i, asset) in book.assets.rows().iter().enumerate() {
            let standing = &view.subjects.standings[i];
            let key = match cut {
                Cut::Group => group_key(view, &order, standing.group),
                Cut::Site => named(&asset.site, "No site"),
                Cut::Owner => named(book.person_name(asset.owner), "No owner"),
                Cut::Class => word(standing.class as usize, AssetClass::text(standing.class)),
                Cut::Exposure | Cut::Rank => {
                    word(standing.exposure as usize, Exposure::text(standing.exposure))
                }
            };
            let slice = slices.entry(key).or_default();
            let machine = &self.machines[i];
            slice.take_pairs(&machine.tally, self.as_of_at);
            if let Some(segment) = machine.segment {
                slice.segments[segment as usize] += 1;
                slice.observed += u64::from(machine.observed());
            }
        }
        let named = slices.into_iter().map(|((_, name), slice)| Slice { name, ..slice });
        named.filter(|slice| !slice.is_empty()).collect()
    }

    fn by_rank(&self) -> Vec<Slice> {
        let slices = Rank::ALL.iter().map(|&rank| {
            let mut slice = Slice { name: rank.text().to_owned(), ..Slice::default() };
            for tally in &self.tallies[rank as usize] {
                slice.take_pairs(tally, self.as_of_at);
            }
            slice
        });
        slices.filter(|slice| !slice.is_empty()).collect()
    }
}

/// Those without a name come last.
fn named(name: &str, missing: &str) -> (i64, String) {
    if name.is_empty() { (i64::MAX, missing.to_owned()) } else { (0, name.to_owned()) }
}

fn word(order: usize, text: &str) -> (i64, String) {
    (order as i64, text.to_owned())
}

fn group_order(view: &View<'_>) -> BTreeMap<i64, i64> {
    view.book.groups_in_order().iter().zip(0..).map(|(group, order)| (group.id.0, order)).collect()
}

fn group_key(view: &View<'_>, order: &BTreeMap<i64, i64>, group: Option<GroupId>) -> (i64, String) {
    let known = group.and_then(|id| Some((*order.get(&id.0)?, view.book.groups.get(id.0)?.name.clone())));
    known.unwrap_or((i64::MAX, "No group".to_owned()))
}
