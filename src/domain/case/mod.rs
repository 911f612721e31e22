//! The business case: what a promise costs, what it saves, and whether the one who pays holds it for reasonable.

pub mod actual;
pub mod change;
pub mod money;
pub mod prefill;
pub mod sum;

use serde::{Deserialize, Serialize};

use crate::domain::approval::{Medium, told_text};
use crate::domain::book::Book;
use crate::domain::row::{id_type, row_of, words};

words!(
    /// What the one who pays made of an estimate (requirement S3-07).
    Judgement {
        /// Nobody has judged it.
        Open = "open", "Not judged";
        /// Worth it.
        Reasonable = "reasonable", "Reasonable";
        /// Worth it if something changes.
        WithChanges = "with_changes", "Reasonable with changes";
        /// Not worth it.
        Unreasonable = "unreasonable", "Not reasonable";
    }
);

/// What the machines of a group cost in one cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostGroup {
    /// Name of the group.
    pub name: String,
    /// Machines.
    pub machines: i64,
    /// Minutes of work on each.
    pub touch_minutes: i64,
    /// Automated share, in thousandths.
    pub automated_permille: i64,
    /// Share that fails at first, in thousandths.
    pub failed_permille: i64,
    /// Minutes of work to try again.
    pub retry_minutes: i64,
    /// Minutes of outage in the cycle.
    pub outage_minutes: i64,
    /// What an hour of outage costs, in hundredths of the currency.
    pub outage_cents_an_hour: i64,
}

/// What compliance costs (standards.md 5.1). Amounts in hundredths of the currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostInput {
    /// An hour of work, with everything on it.
    pub hour_cents: i64,
    /// Minutes to evaluate, test, coordinate, report in one cycle, whatever the number of machines.
    pub fixed_minutes: i64,
    /// By group.
    pub groups: Vec<CostGroup>,
    /// Prerequisites of one cycle: licences, extended support, storage.
    pub prerequisite_cents: i64,
    /// Probability of work on compatibility in one cycle, in thousandths.
    pub rework_permille: i64,
    /// Minutes of that work.
    pub rework_minutes: i64,
    /// Emergencies a year.
    pub emergencies: i64,
    /// What one emergency costs.
    pub emergency_cents: i64,
    /// Tools a year.
    pub tool_cents: i64,
    /// Training a year.
    pub training_cents: i64,
}

/// A guess with its bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// At best.
    pub low: i64,
    /// Likely.
    pub likely: i64,
    /// At worst.
    pub high: i64,
}

/// What a loss would cost, before and after (standards.md 5.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LossInput {
    /// What is lost once: asset value times exposure factor, in hundredths of the currency.
    pub loss_cents: Range,
    /// How often a year without the programme, in thousandths.
    pub before_permille: Range,
    /// How often a year with it, in thousandths.
    pub after_permille: Range,
    /// Where the guesses come from.
    pub grounds: String,
}

impl CostInput {
    /// Machines of all groups.
    pub fn machines(&self) -> i64 {
        self.groups.iter().map(|group| group.machines.max(0)).fold(0, i64::saturating_add)
    }
}

id_type!(
    /// Which estimate.
    BusinessCaseId
);

/// An estimate of what a promise costs, and what the one who pays made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessCase {
    /// Row id.
    pub id: BusinessCaseId,
    /// Its name.
    pub name: String,
    /// `EUR`.
    pub currency: String,
    /// What compliance costs.
    pub cost: CostInput,
    /// What a loss would cost.
    pub loss: Option<LossInput>,
    /// What is asked for, in one sentence.
    pub ask: String,
    /// What the sums leave out: contracts, certification, orders, insurance.
    pub other_side: String,
    /// Recorded at, UTC seconds.
    pub created_at: i64,
    /// What the one who pays made of it.
    pub judged: Judgement,
    /// Who judged.
    pub judged_by: String,
    /// As what.
    pub judged_function: String,
    /// How they told.
    pub judged_medium: Option<Medium>,
    /// When, UTC seconds.
    pub judged_at: Option<i64>,
    /// Who recorded the judgement.
    pub recorded_by: String,
    /// In their words.
    pub comment: String,
    /// Name of the evidence file.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// Given up at, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(BusinessCase, BusinessCase);

impl BusinessCase {
    /// How its judgement became known: `by e-mail, recorded by Ada, no evidence`.
    pub fn told_text(&self) -> String {
        told_text(self.judged_medium, &self.recorded_by, (&self.evidence_name, &self.evidence_sha256))
    }
}

impl BusinessCase {
    /// An estimate with nothing in it.
    pub fn new(name: &str, currency: &str) -> Self {
        Self {
            id: BusinessCaseId(0),
            name: name.to_owned(),
            currency: currency.to_owned(),
            cost: CostInput::default(),
            loss: None,
            ask: String::new(),
            other_side: String::new(),
            created_at: 0,
            judged: Judgement::Open,
            judged_by: String::new(),
            judged_function: String::new(),
            judged_medium: None,
            judged_at: None,
            recorded_by: String::new(),
            comment: String::new(),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            ended_at: None,
        }
    }
}

/// The estimates that nobody gave up, the oldest first.
pub fn live(book: &Book) -> Vec<&BusinessCase> {
    let mut cases: Vec<&BusinessCase> = book.cases.iter().filter(|case| case.ended_at.is_none()).collect();
    cases.sort_by_key(|case| (case.created_at, case.id));
    cases
}
