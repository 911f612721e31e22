//! How an asset stood at an instant: scope, status, exposure, class and group out of their dated rows.

use super::asset::{Asset, AssetClass, AssetKind, Exposure, Fact, FactValue, Status};
use super::book::Book;
use super::group::GroupId;

/// An asset's dated values at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Said to be in scope.
    pub scope: bool,
    /// Status.
    pub status: Status,
    /// Exposure; unknown counts as internet-facing.
    pub exposure: Exposure,
    /// Class.
    pub class: AssetClass,
    /// Patch group.
    pub group: Option<GroupId>,
}

impl Standing {
    /// What holds while nobody has said anything.
    pub fn of_kind(kind: AssetKind) -> Self {
        use AssetKind::{Appliance, Cloud, Network, Server, VmHost};
        let class = match kind {
            Server | VmHost | Network | Appliance | Cloud => AssetClass::Server,
            _ => AssetClass::Workstation,
        };
        Self { scope: true, status: Status::InUse, exposure: Exposure::Unknown, class, group: None }
    }

    /// In the denominator: in scope, and neither stored, retired nor only planned.
    pub fn counts(&self) -> bool {
        self.scope && matches!(self.status, Status::InUse | Status::ColdStandby)
    }

    /// Takes one dated value.
    pub fn take(&mut self, value: &FactValue) {
        match value {
            FactValue::Scope(scope) => self.scope = *scope,
            FactValue::Status(status) => self.status = *status,
            FactValue::Exposure(exposure) => self.exposure = *exposure,
            FactValue::Class(class) => self.class = *class,
            FactValue::Group(group) => self.group = *group,
        }
    }
}

/// The dated rows of every asset, sorted by time. Index: place of the asset.
#[derive(Clone, Debug, Default)]
pub struct FactsByAsset<'a> {
    facts: Vec<Vec<&'a Fact>>,
}

impl<'a> FactsByAsset<'a> {
    /// Groups a Book's facts.
    pub fn new(book: &'a Book) -> Self {
        let mut facts: Vec<Vec<&Fact>> = vec![Vec::new(); book.assets.len()];
        for fact in &book.facts {
            if let Some(place) = book.assets.place(fact.asset.0) {
                facts[place as usize].push(fact);
            }
        }
        for list in &mut facts {
            // Within one second the id decides: a later row of an asset has a higher one.
            list.sort_by_key(|fact| (fact.since_at, fact.id));
        }
        Self { facts }
    }

    /// One asset's rows, oldest first.
    pub fn of(&self, place: u32) -> &[&'a Fact] {
        self.facts.get(place as usize).map_or(&[], Vec::as_slice)
    }

    /// How the asset stood. The first row of each kind also holds for all time before; but leaving the scope is never
    /// backdated, so a scope or status recorded after the asset was put into the register holds from then on only.
    pub fn standing(&self, asset: &Asset, place: u32, at: i64) -> Standing {
        let mut standing = Standing::of_kind(asset.kind);
        let facts = self.of(place);
        for fact in facts.iter().rev() {
            if fact.since_at > at && reaches_back(asset, fact) {
                standing.take(&fact.value);
            }
        }
        for fact in facts {
            if fact.since_at <= at {
                standing.take(&fact.value);
            }
        }
        standing
    }
}

fn reaches_back(asset: &Asset, fact: &Fact) -> bool {
    !matches!(fact.value, FactValue::Scope(_) | FactValue::Status(_)) || fact.since_at <= asset.created_at
}

/// How every asset stood. Index: place of the asset.
pub fn standings(book: &Book, at: i64) -> Vec<Standing> {
    let facts = FactsByAsset::new(book);
    book.assets.rows().iter().enumerate().map(|(i, asset)| facts.standing(asset, i as u32, at)).collect()
}
