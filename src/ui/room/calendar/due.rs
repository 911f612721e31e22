//! The deadlines of each day: pairs that are still owed, by the day on which they are due.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::asset::AssetId;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::stamp::instant;
use crate::ui::room::Ctx;
use crate::util::clock::day_in;

/// What is due on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueDay {
    /// Pairs that are open.
    pub pairs: usize,
    /// Their machines, in the order of the register.
    pub assets: Vec<AssetId>,
}

/// Open, required, unwaived pairs of machines in scope, by the day they are due in the shop's zone.
pub fn dues(ctx: &Ctx<'_>) -> BTreeMap<NaiveDate, DueDay> {
    let book = ctx.book();
    let view = View::new(book, ctx.shown.as_of_at);
    let mut days: BTreeMap<NaiveDate, (usize, BTreeSet<u32>)> = BTreeMap::new();
    for update in 0..book.updates.len() as u32 {
        let owed = view
            .pairs_of(update)
            .into_iter()
            .filter(|pair| pair.required && !pair.waived && pair.kind == Kind::Open && pair.due != NEVER);
        for pair in owed {
            let day = days.entry(day_in(ctx.zone, instant(pair.due))).or_default();
            day.0 += 1;
            day.1.insert(pair.asset);
        }
    }
    let id = |place: u32| book.assets.rows().get(place as usize).map(|asset| asset.id);
    let row = |(on, (pairs, places)): (NaiveDate, (usize, BTreeSet<u32>))| {
        (on, DueDay { pairs, assets: places.into_iter().filter_map(id).collect() })
    };
    days.into_iter().map(row).collect()
}
