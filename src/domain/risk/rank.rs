//! The rank that counts, for whoever decides something on it: facts and people together, as the figures have it.

use crate::domain::book::Book;
use crate::domain::rating::{Rank, Rating};
use crate::domain::update::{Update, UpdateId};

use super::dossier::Dossiers;
use super::standing::{Course, course};

/// How an update is held over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Which update.
    pub update: UpdateId,
    /// Its rank.
    pub course: Course,
    /// First known to be exploited at, UTC seconds; `None` if it is not.
    pub exploited_at: Option<i64>,
}

/// Some updates with everything recorded up to an instant (UTC seconds); one that is no longer in the register is left out.
pub fn ranked(book: &Book, updates: &[UpdateId], as_of_at: i64) -> Vec<Ranked> {
    let rows: Vec<&Update> = updates.iter().filter_map(|id| book.updates.get(id.0)).collect();
    let dossiers = Dossiers::about(book, &rows, as_of_at);
    let held = |update: &&Update| {
        let of_it = |rating: &&Rating| rating.update == update.id && rating.since_at <= as_of_at;
        let mut ratings: Vec<&Rating> = book.ratings.iter().filter(of_it).collect();
        ratings.sort_by_key(|rating| (rating.since_at, rating.id));
        let known = dossiers.instants(update);
        let exploited_at = known.into_iter().find(|&at| dossiers.at(update, at).exploited());
        Ranked { update: update.id, course: course(update, &dossiers, &ratings), exploited_at }
    };
    rows.iter().map(held).collect()
}

/// The most urgent rank among updates at an instant (UTC seconds); nothing where none is in the register.
pub fn worst_rank(book: &Book, updates: &[UpdateId], at: i64) -> Option<Rank> {
    ranked(book, updates, at).iter().map(|row| row.course.rank()).min()
}
