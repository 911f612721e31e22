//! Duties as the figures see them: which updates count, since when, until when, and how bad they were held to be.
//!
//! What leaves (withdrawn, declined for a reason that ends the duty, of a class that the policy no longer covers) leaves the future only;
//! `left` is that instant. What a class brings in that the policy came to cover joins at that instant: `joined`.

use chrono::Datelike as _;
use chrono_tz::Tz;

use crate::domain::book::Book;
use crate::domain::counting::{self, Coverage};
use crate::domain::rating::{Rank, Rating};
use crate::domain::risk::{self, Dossiers};
use crate::domain::stamp::{Stamp, of_instant};
use crate::domain::update::{Classification, DeclineReason};
use crate::util::clock;

use super::rule::NEVER;

/// One update.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Of a class the policy covers, and released by the as-of instant.
    pub counts: bool,
    /// Release.
    pub released: Stamp,
    /// When it left; [`NEVER`] if it has not by the as-of instant.
    pub left: Stamp,
    /// When its class came to be covered, if it was not when it was released; else zero.
    pub joined: Stamp,
    /// It left because something replaces it or because its vendor took it back: who takes its place inherits its clock.
    pub hands_on: bool,
    /// Rank at the as-of instant.
    pub rank: Rank,
    /// Rank from each instant on; the first also holds before. Empty if it never changed.
    pub ranks: Vec<(Stamp, Rank)>,
    /// Month of release in the shop's zone: year times twelve plus month from 0.
    pub month: i32,
    /// Older than the day the shop began: part of the catch-up campaign.
    pub catch_up: bool,
}

/// Reads a Book's updates, given what is known of them by the as-of instant. Index: place of the update.
pub fn duties(book: &Book, as_of_at: i64, shop_zone: Tz, dossiers: &Dossiers<'_>) -> Vec<Duty> {
    let mut ratings: Vec<Vec<&Rating>> = vec![Vec::new(); book.updates.len()];
    for rating in &book.ratings {
        if let Some(place) = book.updates.place(rating.update.0).filter(|_| rating.since_at <= as_of_at) {
            ratings[place as usize].push(rating);
        }
    }
    let course = counting::course(book, as_of_at);
    let coverage: Vec<Option<Coverage>> =
        Classification::ALL.iter().map(|&class| counting::coverage(&course, class)).collect();
    let adoption_on = course.last().and_then(|row| row.adoption_on);
    let adopted_at = adoption_on.map(|day| {
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        clock::instant_of(shop_zone, midnight)
    });
    let rows = book.updates.rows().iter().zip(&mut ratings);
    rows.map(|(update, ratings)| {
        ratings.sort_by_key(|rating| (rating.since_at, rating.id));
        let mut ranks: Vec<(Stamp, Rank)> = Vec::new();
        for step in risk::course(update, dossiers, ratings).steps {
            if ranks.last().is_none_or(|&(_, before)| before != step.rank) {
                ranks.push((of_instant(step.since_at), step.rank));
            }
        }
        let rank = ranks.last().map_or(Rank::High, |&(_, rank)| rank);
        if ranks.len() < 2 {
            ranks.clear();
        }
        let declined = update.declined_at.filter(|_| update.declined_for_good());
        let covered = coverage[update.classification as usize]
            .filter(|class| class.dropped_at.is_none_or(|dropped_at| dropped_at > update.released_at));
        let dropped = covered.and_then(|class| class.dropped_at);
        let left_at =
            [declined, update.withdrawn_at, dropped].into_iter().flatten().min().filter(|&at| at <= as_of_at);
        let joined_at = covered.map(|class| class.since_at).filter(|&at| at > update.released_at);
        let absent =
            matches!(update.declined_reason, DeclineReason::ProductAbsent | DeclineReason::Architecture);
        let day = clock::day_in(shop_zone, update.released_at);
        Duty {
            counts: covered.is_some() && update.released_at <= as_of_at,
            released: of_instant(update.released_at),
            left: left_at.map_or(NEVER, of_instant),
            joined: joined_at.map_or(0, of_instant),
            hands_on: !(absent && update.declined_at.is_some_and(|at| at <= as_of_at)),
            rank,
            ranks,
            month: day.year() * 12 + day.month0() as i32,
            catch_up: adopted_at.is_some_and(|adopted| update.released_at < adopted),
        }
    })
    .collect()
}
