//! Deadline rules: how long a duty may stay open, as dated rows.

use serde::{Deserialize, Serialize};

use super::asset::{AssetClass, Exposure};
use super::rating::Rank;
use super::row::{id_type, row_of, words};
use super::shelf::Shelf;

id_type!(
    /// Which rule.
    DeadlineRuleId
);

words!(
    /// What starts the clock.
    ClockStart {
        /// The vendor's release (the default).
        Release = "release", "release";
        /// The asset's first report of the duty, or its release where that is later.
        FirstSeen = "first_seen", "first seen";
    }
);

words!(
    /// How the time is counted.
    TimeUnit {
        /// Ends 23:59:59 in the site's zone, release day being day 0.
        Days = "days", "days";
        /// Exact.
        Hours = "hours", "hours";
    }
);

/// One rule. Where several bind, the earliest due date wins and names itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineRule {
    /// Row id.
    pub id: DeadlineRuleId,
    /// For updates of this rank.
    pub rank: Rank,
    /// For this class; `None` for every class.
    pub class: Option<AssetClass>,
    /// For this exposure; `None` for every exposure.
    pub exposure: Option<Exposure>,
    /// How much time.
    pub amount: i64,
    /// In which unit.
    pub unit: TimeUnit,
    /// What starts the clock.
    pub clock: ClockStart,
    /// Duties whose clock starts before this instant keep the rule of their day; 0 for always.
    pub from_at: i64,
    /// Replaced at this instant by a newer version; `None` while in force.
    pub until_at: Option<i64>,
    /// Where the rule comes from, printed with the due date.
    pub source: String,
}
row_of!(DeadlineRule, DeadlineRule);

impl DeadlineRule {
    /// Whether two rules are of one rank, class and exposure.
    #[must_use]
    pub fn is_twin(&self, other: &Self) -> bool {
        (self.rank, self.class, self.exposure) == (other.rank, other.class, other.exposure)
    }
}

/// Of rules that hold at one time those that bind: of one rank, class and exposure only the newest, as due dates are worked out.
/// Their order is kept.
pub fn binding(mut rules: Vec<&DeadlineRule>) -> Vec<&DeadlineRule> {
    let age = |rule: &DeadlineRule| (rule.from_at, rule.id);
    let all = rules.clone();
    rules.retain(|rule| !all.iter().any(|other| other.is_twin(rule) && age(other) > age(rule)));
    rules
}

/// The live rules beside another of their rank, class and exposure that binds instead; a file of older days may hold some.
pub fn seconds(rules: &Shelf<DeadlineRule>) -> Vec<&DeadlineRule> {
    let live: Vec<&DeadlineRule> = rules.iter().filter(|rule| rule.until_at.is_none()).collect();
    let binds = binding(live.clone());
    live.into_iter().filter(|rule| !binds.iter().any(|other| other.id == rule.id)).collect()
}

/// What to say of such a rule, and how to end it.
pub fn second_text(rule: &DeadlineRule) -> String {
    let any = |text: Option<&str>| text.unwrap_or("any").to_lowercase();
    format!(
        "There is a second live deadline for {} on class {}, exposure {}: {} {} ({}). The newer one binds. End this one: Settings, \
         Deadlines, or patchbook-cli deadline end.",
        rule.rank.text(),
        any(rule.class.map(AssetClass::text)),
        any(rule.exposure.map(Exposure::text)),
        rule.amount,
        rule.unit.text(),
        rule.source
    )
}

/// A rule in short: rank, class, exposure, amount, unit.
pub type ShortRule = (Rank, Option<AssetClass>, Option<Exposure>, i64, TimeUnit);

/// The rules a new file starts with: `standards.md` 1.7, with High at most 14 days everywhere.
/// Unknown exposure counts as internet-facing.
pub const DEFAULT_RULES: [ShortRule; 12] = {
    use AssetClass::{Server, Workstation};
    use Exposure::Internet;
    use TimeUnit::{Days, Hours};
    [
        (Rank::Severe, Some(Server), Some(Internet), 48, Hours),
        (Rank::Severe, Some(Server), None, 3, Days),
        (Rank::Severe, Some(Workstation), None, 3, Days),
        (Rank::High, Some(Server), Some(Internet), 7, Days),
        (Rank::High, Some(Server), None, 14, Days),
        (Rank::High, Some(Workstation), None, 14, Days),
        (Rank::Medium, Some(Server), Some(Internet), 14, Days),
        (Rank::Medium, Some(Server), None, 30, Days),
        (Rank::Medium, Some(Workstation), None, 14, Days),
        (Rank::Low, Some(Server), Some(Internet), 30, Days),
        (Rank::Low, Some(Server), None, 90, Days),
        (Rank::Low, Some(Workstation), None, 30, Days),
    ]
};
