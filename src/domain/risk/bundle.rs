//! What is to be rated: in bundles by product and month where the facts agree, one by one where they differ.

use std::collections::BTreeMap;

use chrono::Datelike as _;

use crate::domain::asset::{AssetClass, Criticality, Exposure};
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::rating::{Rank, Rating};
use crate::domain::update::{Update, UpdateId};
use crate::util::clock;

use super::dossier::Dossiers;
use super::standing::course;
use super::suggestion::{Reason, Suggestion, suggest};

/// Updates that can be confirmed together: one product, one month, one suggested rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// `Windows 11, November 2026`.
    pub name: String,
    /// The rank that all of them are suggested.
    pub rank: Rank,
    /// Which updates, newest first.
    pub updates: Vec<UpdateId>,
    /// The reasons of the first; the others have the same rank for reasons of their own.
    pub reasons: Vec<String>,
}

/// Everything that somebody owes and nobody has rated, or whose rank a fact has raised since. Where the updates of a product and
/// month are suggested different ranks, each rank is a bundle of its own.
pub fn bundles(view: &View<'_>) -> Vec<Bundle> {
    let dossiers = &view.dossiers;
    let zone = clock::zone(&view.book.shop.zone);
    let mut found: BTreeMap<(i32, String, u8), Bundle> = BTreeMap::new();
    for (place, update) in view.book.updates.rows().iter().enumerate() {
        let duty = &view.duties[place];
        if !duty.counts || duty.left != NEVER || !owed(view, place as u32) {
            continue;
        }
        let ratings = ratings_of(view, update);
        if !ratings.is_empty() && !course(update, dossiers, &ratings).raised() {
            continue;
        }
        let suggestion = suggestion(view, dossiers, place as u32);
        let day = clock::day_in(zone, update.released_at);
        let product = update.products.first().map_or("No product", String::as_str);
        // Newest month first.
        let key = (-(day.year() * 12 + day.month0() as i32), product.to_owned(), suggestion.rank as u8);
        let bundle = found.entry(key).or_insert_with(|| Bundle {
            name: format!("{product}, {}", day.format("%B %Y")),
            rank: suggestion.rank,
            updates: Vec::new(),
            reasons: suggestion.texts(),
        });
        bundle.updates.push(update.id);
    }
    for bundle in found.values_mut() {
        let released = |id: &UpdateId| view.book.updates.get(id.0).map(|update| update.released_at);
        bundle.updates.sort_by_key(|id| (std::cmp::Reverse(released(id)), *id));
    }
    found.into_values().collect()
}

/// The ratings of an update up to the view's instant, oldest first.
pub fn ratings_of<'b>(view: &View<'b>, update: &Update) -> Vec<&'b Rating> {
    let rows = view.book.ratings.rows().iter();
    let mut found: Vec<&Rating> =
        rows.filter(|row| row.update == update.id && row.since_at <= view.as_of_at).collect();
    found.sort_by_key(|rating| (rating.since_at, rating.id));
    found
}

/// What is suggested to the person who rates: the facts, and the machines that owe it. Exposure speaks here and not in what counts
/// by itself: a critical update counts as High until somebody confirms that it is Severe.
pub fn suggestion(view: &View<'_>, dossiers: &Dossiers<'_>, update: u32) -> Suggestion {
    let row = &view.book.updates.rows()[update as usize];
    let owing = machines(view, update);
    let mut suggestion = suggest(row, &dossiers.at(row, view.as_of_at), owing.exposed > 0);
    let held = course(row, dossiers, &[]).rank();
    if held < suggestion.rank {
        let text =
            format!("An earlier fact raised it to {}: only a person lowers it, with a reason", held.text());
        suggestion.reasons.insert(0, Reason { rank: Some(held), text });
        suggestion.rank = held;
    }
    let mut inform = |count: usize, text: &str| {
        if count > 0 {
            let machines = crate::util::text::counted(count as u64, "machine", "machines");
            suggestion.reasons.push(Reason { rank: None, text: format!("Owed by {machines} {text}") });
        }
    };
    inform(owing.exposed, "that the internet can reach, or of which nobody has said");
    inform(owing.critical, "of the highest criticality");
    suggestion
}

#[derive(Default)]
struct Owing {
    exposed: usize,
    critical: usize,
}

fn machines(view: &View<'_>, update: u32) -> Owing {
    let mut owing = Owing::default();
    let Some(block) = view.block(update) else { return owing };
    for position in 0..block.assets.len() {
        let Some(verdict) = view.judge(update, block, position) else { continue };
        let place = verdict.asset as usize;
        if verdict.kind != Kind::Open || !verdict.required || !view.subjects.list[place].counts {
            continue;
        }
        let standing = &view.subjects.standings[place];
        let reached = matches!(standing.exposure, Exposure::Internet)
            || (standing.exposure == Exposure::Unknown && standing.class == AssetClass::Server);
        owing.exposed += usize::from(reached);
        let critical = view.book.assets.rows()[place].criticality == Criticality::One;
        owing.critical += usize::from(critical);
    }
    owing
}

fn owed(view: &View<'_>, update: u32) -> bool {
    let Some(block) = view.block(update) else { return false };
    (0..block.assets.len()).filter_map(|position| view.judge(update, block, position)).any(|verdict| {
        verdict.kind == Kind::Open && verdict.required && view.subjects.list[verdict.asset as usize].counts
    })
}
