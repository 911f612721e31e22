//! What is known of each update, read once for each state of the register: rank, how it came about, and the facts beside it.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::compliance::rule::{NO_RULE, text};
use crate::domain::rating::{Rank, Rating};
use crate::domain::risk::Dossiers;
use crate::domain::risk::{RankBasis, RankStep, course};
use crate::domain::update::UpdateId;
use crate::ui::room::Ctx;

/// How the rank of an update came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rated {
    /// The facts say so; nobody has looked.
    Suggested,
    /// A person agreed.
    Confirmed,
    /// A person said otherwise.
    Overridden,
    /// A fact came after a person had rated it.
    Raised,
}

impl Rated {
    /// What people read.
    pub fn text(self) -> &'static str {
        match self {
            Self::Suggested => "Suggested",
            Self::Confirmed => "Confirmed",
            Self::Overridden => "Overridden",
            Self::Raised => "Raised since",
        }
    }
}

/// What is known of one update.
#[derive(Clone, Debug)]
pub struct Known {
    /// The rank that counts.
    pub rank: Rank,
    /// How it came about.
    pub rated: Rated,
    /// Whether somebody should rate it.
    pub to_rate: bool,
    /// Since when it is listed as exploited.
    pub listed_on: Option<NaiveDate>,
    /// Ten times the highest score.
    pub cvss_tenths: Option<i64>,
    /// The highest likelihood of exploitation, in millionths.
    pub epss_ppm: Option<i64>,
    /// The vulnerabilities it fixes.
    pub cves: Vec<String>,
    /// How the rank came about, oldest first.
    pub steps: Vec<RankStep>,
}

/// Reads what is known of every update. Index: place of the update.
pub fn read(ctx: &Ctx<'_>) -> Vec<Known> {
    let (book, at) = (ctx.book(), ctx.shown.as_of_at);
    let dossiers = Dossiers::new(book, at);
    let mut ratings: HashMap<UpdateId, Vec<&Rating>> = HashMap::new();
    for rating in book.ratings.iter().filter(|rating| rating.since_at <= at) {
        ratings.entry(rating.update).or_default().push(rating);
    }
    let rows = book.updates.rows().iter().zip(&ctx.figures().updates);
    rows.map(|(update, counts)| {
        let mut mine = ratings.remove(&update.id).unwrap_or_default();
        mine.sort_by_key(|rating| (rating.since_at, rating.id));
        let course = course(update, &dossiers, &mine);
        let rated = match course.steps.last().map(|step| &step.basis) {
            None | Some(RankBasis::Suggested) => Rated::Suggested,
            Some(RankBasis::Raised(_)) if mine.is_empty() => Rated::Suggested,
            Some(RankBasis::Raised(_)) => Rated::Raised,
            Some(RankBasis::Rated(rating)) => match book.grounds.get(rating.id.0) {
                Some(ground) if ground.suggested == rating.rank => Rated::Confirmed,
                _ => Rated::Overridden,
            },
        };
        let dossier = dossiers.at(update, at);
        Known {
            rank: course.rank(),
            rated,
            to_rate: counts.open > 0 && matches!(rated, Rated::Suggested | Rated::Raised),
            listed_on: dossier.listing.map(|listing| listing.listed_on),
            cvss_tenths: dossier.score.map(|score| score.tenths),
            epss_ppm: dossier.likelihood.map(|likelihood| likelihood.ppm),
            cves: dossier.cves,
            steps: course.steps,
        }
    })
    .collect()
}

/// Ten times a score as people write it: `9.8`; empty for none.
pub fn tenths(score: Option<i64>) -> String {
    score.map(|score| format!("{}.{}", score / 10, score % 10)).unwrap_or_default()
}

/// Millionths as a percentage: `94.2 %`; empty for none.
pub fn percent(ppm: Option<i64>) -> String {
    ppm.map(|ppm| format!("{}.{} %", ppm / 10_000, ppm % 10_000 / 1_000)).unwrap_or_default()
}

/// What people read of the rule that set a due date, by its place.
pub fn rule_text(book: &Book, rule: u32) -> String {
    if rule == NO_RULE { "No rule".to_owned() } else { text(book, rule) }
}
