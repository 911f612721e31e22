//! The rows to show, in their order: worked out again only when the register, the filter or the sort changed.
//!
//! Everything a key stroke needs is made once per state of the register: the folded search texts, and all rows in the order of
//! the sort. A frame in which nothing changed costs three comparisons.

use super::column::{Col, Line, SortKey};
use super::filter::Filter;
use crate::domain::query;
use crate::ui::room::Ctx;
use crate::ui::widget::table::Sort;
use crate::util::text::fold;

/// Which state of the register something was worked out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Number of the newest entry.
    seq: i64,
    /// The instant of the figures.
    as_of_at: i64,
    /// How many assets there are.
    assets: usize,
}

impl Moment {
    /// The state shown now.
    pub fn of(ctx: &Ctx<'_>) -> Self {
        Self { seq: ctx.book().head.seq, as_of_at: ctx.shown.as_of_at, assets: ctx.book().assets.len() }
    }
}

/// The rows, sorted and filtered.
#[derive(Debug, Default)]
pub struct Index {
    moment: Option<Moment>,
    /// Search text per place.
    texts: Vec<String>,
    /// Folded name per place.
    names: Vec<String>,
    /// Every place, in the order of the sort.
    sorted: Vec<u32>,
    /// Whether `sorted` is in the order of `sorted_by`.
    is_sorted: bool,
    sorted_by: Option<Sort>,
    /// The places shown.
    order: Vec<u32>,
    shown: Option<Filter>,
    exposure_unknown: usize,
    away: usize,
}

impl Index {
    /// Brings the rows up to the register, the filter and the sort. Answers whether anything was worked out.
    pub fn refresh(&mut self, ctx: &Ctx<'_>, filter: &Filter, sort: Option<&Sort>) -> bool {
        let moment = Moment::of(ctx);
        if self.moment != Some(moment) {
            self.read(ctx);
            self.moment = Some(moment);
            self.is_sorted = false;
        }
        if !self.is_sorted || self.sorted_by.as_ref() != sort {
            self.sort(ctx, sort);
            self.sorted_by = sort.cloned();
            self.is_sorted = true;
            self.shown = None;
        }
        if self.shown.as_ref() == Some(filter) {
            return false;
        }
        let words = query::words(&filter.text);
        let passes = |place: &u32| {
            query::matches(&self.texts[*place as usize], &words)
                && Line::at(ctx, *place).is_some_and(|line| filter.passes(&line))
        };
        self.order = self.sorted.iter().copied().filter(passes).collect();
        self.shown = Some(filter.clone());
        true
    }

    fn read(&mut self, ctx: &Ctx<'_>) {
        let book = ctx.book();
        let rows = book.assets.rows();
        let text = |(asset, standing)| query::search_text(book, asset, standing);
        self.texts = rows.iter().zip(ctx.standings).map(text).collect();
        self.names = rows.iter().map(|asset| fold(&asset.name)).collect();
        self.away = rows.iter().filter(|asset| asset.away.is_some()).count();
        let unknown = |standing: &&crate::domain::standing::Standing| {
            standing.exposure == crate::domain::asset::Exposure::Unknown
        };
        self.exposure_unknown = ctx.standings.iter().filter(unknown).count();
    }

    fn sort(&mut self, ctx: &Ctx<'_>, sort: Option<&Sort>) {
        let mut places: Vec<u32> = (0..self.texts.len() as u32).collect();
        places.sort_by(|a, b| self.names[*a as usize].cmp(&self.names[*b as usize]));
        let col = sort.and_then(|sort| Col::of_key(&sort.column)).unwrap_or(Col::Name);
        if col != Col::Name {
            // The sort is stable: rows alike in the column stay in the order of their names.
            let key = |place: &u32| Line::at(ctx, *place).map_or(SortKey::Blank, |line| line.sort_key(col));
            let mut keyed: Vec<(SortKey, u32)> = places.iter().map(|place| (key(place), *place)).collect();
            let descending = sort.is_some_and(|sort| sort.descending);
            keyed.sort_by(|(a, _), (b, _)| match (a, b) {
                (SortKey::Blank, _) | (_, SortKey::Blank) => a.cmp(b),
                _ if descending => b.cmp(a),
                _ => a.cmp(b),
            });
            places = keyed.into_iter().map(|(_, place)| place).collect();
        } else if sort.is_some_and(|sort| sort.descending) {
            places.reverse();
        }
        self.sorted = places;
    }

    /// The places shown, in their order.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// How many assets somebody has with them.
    pub fn away(&self) -> usize {
        self.away
    }

    /// Of how many assets nobody has said the exposure.
    pub fn exposure_unknown(&self) -> usize {
        self.exposure_unknown
    }
}
