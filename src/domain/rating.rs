//! Ranks: how bad an update is, suggested from facts, overridden with a reason.

use serde::{Deserialize, Serialize};

use super::row::{id_type, row_of, words};
use super::update::{Classification, Severity, Update, UpdateId};

words!(
    /// How bad. The order is the order of urgency.
    Rank {
        /// Must be patched everywhere; the go/no-go is skipped.
        Severe = "severe", "Severe";
        /// Strongly advised.
        High = "high", "High";
        /// Advised.
        Medium = "medium", "Medium";
        /// Case by case.
        Low = "low", "Low";
    }
);

id_type!(
    /// Which rating.
    RatingId
);

/// A rank that a person set, with the reason. It holds from the instant it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Row id.
    pub id: RatingId,
    /// Which update.
    pub update: UpdateId,
    /// The rank.
    pub rank: Rank,
    /// Why.
    pub reason: String,
    /// Recorded at, UTC seconds.
    pub since_at: i64,
}
row_of!(Rating, Rating);

/// What was known when a person rated: goes with the rating of the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingGround {
    /// Row id.
    pub id: RatingId,
    /// The rank that the facts suggested.
    pub suggested: Rank,
    /// Why.
    pub reasons: Vec<String>,
    /// The bundle it was confirmed in; empty where it was rated by itself.
    pub bundle: String,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
}
row_of!(RatingGround, RatingGround);

/// The rank suggested from what WSUS says. An unrated security update gets the strictest non-emergency rank, High; what MSRC
/// calls Critical is High too, since WSUS never says whether a flaw is exploited (`standards.md` 1.7, `metrics.md` rank).
pub fn suggested(update: &Update) -> Rank {
    match update.severity {
        Severity::Critical => Rank::High,
        Severity::Important => Rank::Medium,
        Severity::Moderate | Severity::Low => Rank::Low,
        Severity::Unspecified => match update.classification {
            Classification::Security
            | Classification::Critical
            | Classification::Unknown
            | Classification::Version => Rank::High,
            _ => Rank::Low,
        },
    }
}
