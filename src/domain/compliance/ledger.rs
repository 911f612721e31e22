//! The ledger of the denominator: the register, less what is out of scope (by name), is the scope; the scope falls into six
//! segments. Both sums are printed and must come out.

use crate::domain::asset::{FactValue, Status};
use crate::domain::standing::FactsByAsset;

use super::figures::Figures;
use super::machine::Segment;
use super::view::View;

/// An asset out of scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Place of the asset.
    pub asset: u32,
    /// `Retired`, `Stored`, `Planned`, or `Excluded`.
    pub why: &'static str,
    /// Reason as recorded.
    pub reason: String,
    /// Who approved it.
    pub approved_by: String,
    /// Since when, UTC seconds; `None` where no dated row says.
    pub since_at: Option<i64>,
}

/// The sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// R.
    pub register: u64,
    /// Out of scope, by name of the asset.
    pub outside: Vec<Outside>,
    /// S.
    pub in_scope: u64,
    /// Machines by segment, in the order of [`Segment::ALL`].
    pub segments: [u64; 6],
}

impl Ledger {
    /// The sum as it is printed: `12 = 1 out of scope + 11; 11 = 4 + 0 + 0 + 1 + 1 + 5`.
    pub fn sum_text(&self) -> String {
        let parts: Vec<String> = self.segments.iter().map(u64::to_string).collect();
        let (register, outside) = (self.register, self.outside.len());
        format!(
            "{register} = {outside} out of scope + {scope}; {scope} = {}",
            parts.join(" + "),
            scope = self.in_scope
        )
    }

    /// Whether both sums come out. They always do; the report says so only because it was checked.
    pub fn adds_up(&self) -> bool {
        self.register == self.outside.len() as u64 + self.in_scope
            && self.in_scope == self.segments.iter().sum::<u64>()
    }
}

impl Figures {
    /// The ledger.
    pub fn ledger(&self, view: &View<'_>) -> Ledger {
        let facts = FactsByAsset::new(view.book);
        let registered = (0..).zip(&view.subjects.registered).filter(|(_, registered)| **registered);
        let places: Vec<u32> = registered.map(|(place, _)| place).collect();
        let apart = places.iter().filter(|&&place| !self.machines[place as usize].in_scope());
        let mut outside: Vec<Outside> = apart.map(|&place| out_of_scope(view, &facts, place)).collect();
        outside.sort_by_key(|row| view.book.assets.rows()[row.asset as usize].name.to_lowercase());
        let mut segments = [0; 6];
        for &segment in Segment::ALL {
            segments[segment as usize] = self.in_segment(segment);
        }
        Ledger { register: places.len() as u64, outside, in_scope: self.in_scope(), segments }
    }
}

fn out_of_scope(view: &View<'_>, facts: &FactsByAsset<'_>, place: u32) -> Outside {
    let standing = &view.subjects.standings[place as usize];
    let why = match standing.status {
        Status::InUse | Status::ColdStandby => "Excluded",
        status => status.text(),
    };
    let tells = |value: &FactValue| match value {
        FactValue::Scope(scope) => why == "Excluded" && !scope,
        FactValue::Status(status) => *status == standing.status && why != "Excluded",
        _ => false,
    };
    let row = facts.of(place).iter().rev().find(|fact| fact.since_at <= view.as_of_at && tells(&fact.value));
    Outside {
        asset: place,
        why,
        reason: row.map(|fact| fact.reason.clone()).unwrap_or_default(),
        approved_by: row.map(|fact| fact.approved_by.clone()).unwrap_or_default(),
        since_at: row.map(|fact| fact.since_at),
    }
}
