//! When pairs were covered: the spans of all waivers, with what ended them early, and what one register covers that another does
//! not.

use std::collections::HashMap;

use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::update::UpdateId;

use super::void::voids;

/// From when on, and until when not any more; UTC seconds.
pub type Span = (i64, i64);

/// The spans of every pair that a waiver covers at some time, in order and apart from each other.
pub fn spans(book: &Book) -> HashMap<(AssetId, UpdateId), Vec<Span>> {
    let voids = voids(book);
    let mut found: HashMap<(AssetId, UpdateId), Vec<Span>> = HashMap::new();
    for waiver in &book.waivers {
        let by_itself = voids.get(&waiver.id.0).map(|void| void.at);
        let ended = [Some(waiver.until_at.saturating_add(1)), waiver.voided_at, by_itself];
        let until = ended.into_iter().flatten().min().unwrap_or(i64::MAX);
        if waiver.approved_at < until {
            found.entry((waiver.asset, waiver.update)).or_default().push((waiver.approved_at, until));
        }
    }
    for list in found.values_mut() {
        list.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(list.len());
        for &(from, until) in list.iter() {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(until),
                _ => joined.push((from, until)),
            }
        }
        *list = joined;
    }
    found
}

/// A pair that is covered where it was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newly {
    /// Which asset.
    pub asset: AssetId,
    /// Which update.
    pub update: UpdateId,
    /// The first such instant, UTC seconds.
    pub from_at: i64,
}

/// What `after` covers before an instant that `before` does not: the earliest of it.
pub fn newly_covered(before: &Book, after: &Book, until_at: i64) -> Option<Newly> {
    let old = spans(before);
    let first = |(&(asset, update), list): (&(AssetId, UpdateId), &Vec<Span>)| {
        let known = old.get(&(asset, update)).map_or(&[][..], Vec::as_slice);
        let from_at = list.iter().filter_map(|&span| uncovered(span, known)).min()?;
        (from_at < until_at).then_some(Newly { asset, update, from_at })
    };
    spans(after).iter().filter_map(first).min_by_key(|newly| (newly.from_at, newly.asset, newly.update))
}

/// The first instant of a span that lies in none of these.
fn uncovered((from, until): Span, known: &[Span]) -> Option<i64> {
    let mut at = from;
    for &(begins, ends) in known {
        if begins <= at {
            at = at.max(ends);
        }
    }
    (at < until).then_some(at)
}
