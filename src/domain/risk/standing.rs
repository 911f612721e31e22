//! The rank of an update over time: what facts suggested, what people set, what raised it since.
//!
//! A person's rating holds until a fact recorded later raises the suggestion above it. Facts raise and never lower: a lower rank
//! needs a person and a reason.

use crate::domain::book::Book;
use crate::domain::compliance::view::View;
use crate::domain::rating::{Rank, Rating};
use crate::domain::update::Update;

use super::bundle::ratings_of;
use super::dossier::Dossiers;
use super::suggestion::{Suggestion, suggest};

/// What a rank stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RankBasis {
    /// Suggested; nobody has rated.
    Suggested,
    /// A person rated.
    Rated(Rating),
    /// A fact raised it, with the reason.
    Raised(String),
}

/// A rank from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankStep {
    /// Since when, UTC seconds; the first also holds before.
    pub since_at: i64,
    /// The rank.
    pub rank: Rank,
    /// What it stands on.
    pub basis: RankBasis,
}

/// The rank of an update over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Oldest first; never empty.
    pub steps: Vec<RankStep>,
    /// What is suggested at the end.
    pub suggestion: Suggestion,
}

impl Course {
    /// The rank at the end.
    pub fn rank(&self) -> Rank {
        self.steps.last().map_or(Rank::High, |step| step.rank)
    }

    /// Raised by a fact that nobody has confirmed.
    pub fn raised(&self) -> bool {
        matches!(self.steps.last(), Some(RankStep { basis: RankBasis::Raised(_), .. }))
    }
}

/// The course of one update. `ratings`: those of the update up to the instant that the dossiers were laid out for, oldest first.
/// Exposure does not count here: it belongs to machines and has its own deadlines.
pub fn course(update: &Update, dossiers: &Dossiers<'_>, ratings: &[&Rating]) -> Course {
    let instants = dossiers.instants(update);
    let before = instants.first().map_or(i64::MIN, |&first| first.saturating_sub(1));
    let mut suggestion = suggest(update, &dossiers.at(update, before), false);
    let first = RankStep { since_at: 0, rank: suggestion.rank, basis: RankBasis::Suggested };
    let mut steps = vec![first];
    let mut ratings = ratings.iter().peekable();
    for &at in &instants {
        // What a person recorded in the same second as a fact was recorded knowing it.
        while let Some(rating) = ratings.next_if(|rating| rating.since_at < at) {
            steps.push(rated(rating));
        }
        let next = suggest(update, &dossiers.at(update, at), false);
        let worse = next.rank < suggestion.rank;
        if worse && steps.last().is_some_and(|step| next.rank < step.rank) {
            let reason = next.reasons.first().map(|reason| reason.text.clone()).unwrap_or_default();
            steps.push(RankStep { since_at: at, rank: next.rank, basis: RankBasis::Raised(reason) });
        }
        suggestion = if worse { next } else { Suggestion { rank: suggestion.rank.min(next.rank), ..next } };
    }
    steps.extend(ratings.map(|rating| rated(rating)));
    Course { steps, suggestion }
}

fn rated(rating: &Rating) -> RankStep {
    RankStep { since_at: rating.since_at, rank: rating.rank, basis: RankBasis::Rated(rating.clone()) }
}

/// Whether a fact recorded since a person rated an update has raised its rank: what it was raised to, and why.
pub fn changed_since_rated(view: &View<'_>, update: &Update) -> Option<(Rank, String)> {
    let ratings = ratings_of(view, update);
    if ratings.is_empty() {
        return None;
    }
    let course = course(update, &view.dossiers, &ratings);
    match course.steps.last() {
        Some(RankStep { rank, basis: RankBasis::Raised(reason), .. }) => Some((*rank, reason.clone())),
        _ => None,
    }
}

/// The rank of one update at an instant (UTC seconds). For many at once look through a view.
pub fn rank_at(book: &Book, update: &Update, at: i64) -> Rank {
    let mut ratings: Vec<&Rating> =
        book.ratings.iter().filter(|row| row.update == update.id && row.since_at <= at).collect();
    ratings.sort_by_key(|rating| (rating.since_at, rating.id));
    course(update, &Dossiers::new(book, at), &ratings).rank()
}
