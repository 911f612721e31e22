//! How the shop works: the numbers behind the month's rules, kept as one row so that a change of any is in the history.

use serde::{Deserialize, Serialize};

use super::rating::Rank;
use super::row::{Row, Table};

/// How long a waiver of a rank may run, and who may accept it (standards.md 3.7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverCap {
    /// The risk that stays.
    pub rank: Rank,
    /// Longest run in days.
    pub days: i64,
    /// How often it may be renewed.
    pub renewals: i64,
    /// The functions that must all approve, in words.
    pub approvers: Vec<String>,
}

impl WaiverCap {
    /// The longest run in days and the most renewals a shop may give a rank (standards.md 3.7). A shop may be stricter.
    #[must_use]
    pub fn most(rank: Rank) -> (i64, i64) {
        match rank {
            Rank::Severe => (30, 0),
            Rank::High => (60, 1),
            Rank::Medium => (90, 1),
            Rank::Low => (180, 1),
        }
    }

    /// The name of a rank's cap in an issue, so that each is said under its own field.
    #[must_use]
    pub fn field(rank: Rank) -> &'static str {
        match rank {
            Rank::Severe => "waiver_caps/severe",
            Rank::High => "waiver_caps/high",
            Rank::Medium => "waiver_caps/medium",
            Rank::Low => "waiver_caps/low",
        }
    }
}

/// How the shop works: the settings of the month's rules. One row, id 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// 1 in a file; 0 while a file of an older format has no such row yet.
    pub id: i64,
    /// One person does everything and a boss approves: the roles fold into three hats.
    pub hats: bool,
    /// Days without a reported issue before a change may be closed (requirement S4-04: 7).
    pub quiet_days: i64,
    /// Working days after a window in which its review is due.
    pub review_days: i64,
    /// Members who must be present before a committee decides.
    pub quorum: i64,
    /// More desktops than this in one night flood the help desk (requirement S4-02).
    pub desktops_per_night: i64,
    /// Whether severe duties may be waived at all; off by default.
    pub severe_waivers: bool,
    /// The shop answers for Cyber Essentials, which knows no waiver inside its scope.
    pub cyber_essentials: bool,
    /// Longest run and who may accept, by rank.
    pub waiver_caps: Vec<WaiverCap>,
}

impl Row for Practice {
    const TABLE: Table = Table::Practice;
    fn id(&self) -> i64 {
        self.id
    }
}

impl Default for Practice {
    fn default() -> Self {
        let cap = |rank, approvers: &[&str]| {
            let (days, renewals) = WaiverCap::most(rank);
            WaiverCap { rank, days, renewals, approvers: approvers.iter().map(|a| (*a).to_owned()).collect() }
        };
        Self {
            id: 0,
            hats: false,
            quiet_days: 7,
            review_days: 5,
            quorum: 3,
            desktops_per_night: 100,
            severe_waivers: false,
            cyber_essentials: false,
            waiver_caps: vec![
                cap(Rank::Severe, &["Executive", "Information security officer"]),
                cap(Rank::High, &["Business owner", "Information security officer"]),
                cap(Rank::Medium, &["Business owner"]),
                cap(Rank::Low, &["System owner"]),
            ],
        }
    }
}
