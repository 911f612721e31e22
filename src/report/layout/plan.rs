//! Plans as figures: a month, the strip of a cycle, a burndown. Owns their days and words; never draws.

use chrono::NaiveDate;

use super::Tone;

/// A month with its entries, filling what is left of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Month {
    /// Stands above the month; empty for none.
    pub caption: String,
    /// Any day of the month.
    pub month_on: NaiveDate,
    /// The current day, if it is to be marked.
    pub today: Option<NaiveDate>,
    /// The entries in order.
    pub entries: Vec<MonthEntry>,
    /// Holidays and freezes, a word for each day.
    pub apart: Vec<(NaiveDate, String)>,
}

/// One entry of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthEntry {
    /// The day.
    pub on: NaiveDate,
    /// When on that day; empty for the whole day.
    pub time: String,
    /// What.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
}

/// The strip of a cycle.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// Stands above the strip; empty for none.
    pub caption: String,
    /// First day shown.
    pub from_on: NaiveDate,
    /// Last day shown, included.
    pub to_on: NaiveDate,
    /// The current day, if it is to be marked.
    pub today: Option<NaiveDate>,
    /// The phases.
    pub phases: Vec<Phase>,
    /// The milestones.
    pub milestones: Vec<Milestone>,
}

/// A phase of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Its name.
    pub name: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, included.
    pub to_on: NaiveDate,
    /// Past, current or ahead.
    pub standing: Standing,
}

/// Where a phase stands against the current day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Over.
    Past,
    /// Now.
    Current,
    /// Still to come.
    #[default]
    Ahead,
}

/// A day that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The day.
    pub on: NaiveDate,
    /// What.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
}

/// What is still open of a campaign, against the straight line to its due day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Burndown {
    /// Stands above the chart; empty for none.
    pub caption: String,
    /// The first day.
    pub from_on: NaiveDate,
    /// The day it is due.
    pub due_on: NaiveDate,
    /// What was open at the beginning.
    pub total: u64,
    /// How many were open at the end of each of these days, in order.
    pub open: Vec<(NaiveDate, u64)>,
}
