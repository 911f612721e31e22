//! Presets: rule sets of others as data, with source, dates and what could not be confirmed. Nothing here binds anybody until a
//! shop adopts it, and nothing here copies a standard's wording: clause numbers and paraphrase only.
//!
//! What could be read where is said in `source`: "read at the issuer", "read in secondary pages". Whatever nobody could confirm is
//! marked, rule by rule, and the mark is printed with every due date that the rule sets.

mod cisa;
mod essential;
mod federal;
mod trade;

use chrono::NaiveDate;

use super::{Amount, Condition, SetClock, Software, Stage, Trigger};
use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::rating::Rank;
use crate::domain::row::words;

words!(
    /// Where the source of a preset stands.
    Offer {
        /// Somebody enforces it.
        Live = "live", "in force";
        /// Somebody enforces it, and has said that it will go.
        Leaving = "leaving", "in force, retirement announced";
        /// Gone: for past periods only.
        Revoked = "revoked", "revoked";
        /// Not law.
        Proposal = "proposal", "proposal, not in force";
        /// Still being written.
        Beta = "beta", "beta";
        /// Somebody's example, nobody's law.
        Example = "example", "example";
    }
);

/// A rule set as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its key: `ce-3.3`.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Where its source stands.
    pub offer: Offer,
    /// Where it comes from, of when, and where that was read.
    pub source: &'static str,
    /// What to know of it.
    pub note: &'static str,
    /// First day on which its source was in force, where known.
    pub from_on: Option<NaiveDate>,
    /// Last day on which its source was in force.
    pub until_on: Option<NaiveDate>,
    /// It knows waivers.
    pub waivers: bool,
    /// Its source does not say what starts the clock: a shop may choose, the earliest holds until it does.
    pub clock_open: bool,
    /// Its rules, in the order of its source.
    pub rules: Vec<PresetRule>,
}

impl Preset {
    /// Whether anything of it could not be confirmed.
    pub fn unconfirmed(&self) -> bool {
        self.rules.iter().any(|rule| rule.unconfirmed)
    }

    /// The times that it leaves to the shop, in the order of its rules.
    pub fn own_times(&self) -> Vec<Stage> {
        self.rules.iter().filter(|rule| rule.own).map(|rule| rule.stage).collect()
    }
}

/// One rule of a preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetRule {
    /// What is printed.
    pub label: &'static str,
    /// Whom and what it binds.
    pub condition: Condition,
    /// Which time it speaks of.
    pub stage: Stage,
    /// How much time; 0 where the unit gives the date itself, or where the shop must say.
    pub count: i64,
    /// In what it is counted.
    pub unit: Amount,
    /// What starts the clock.
    pub clock: SetClock,
    /// Evidence is to be secured before anything is changed.
    pub triage: bool,
    /// The rule, its clock or its unit could not be confirmed.
    pub unconfirmed: bool,
    /// The source demands that the shop itself says how long.
    pub own: bool,
}

/// Every preset, in the order in which they are offered.
pub fn presets() -> Vec<Preset> {
    let mut all = vec![trade::cyber_essentials()];
    all.extend(essential::levels());
    all.extend([trade::pci(), trade::cis()]);
    all.extend(cisa::presets());
    all.extend(federal::presets());
    all.extend([trade::meta(), trade::sans(), trade::peer()]);
    all
}

/// The preset of a key.
pub fn preset(key: &str) -> Option<Preset> {
    presets().into_iter().find(|preset| preset.key == key)
}

fn on(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// A rule on every update: so much time from the vendor's release.
fn rule(label: &'static str, count: i64, unit: Amount) -> PresetRule {
    PresetRule {
        label,
        condition: Condition::default(),
        stage: Stage::Correct,
        count,
        unit,
        clock: SetClock::Release,
        triage: false,
        unconfirmed: false,
        own: false,
    }
}

impl PresetRule {
    fn when(mut self, trigger: Trigger) -> Self {
        self.condition.trigger = trigger;
        self
    }

    fn ranks(mut self, ranks: &[Rank]) -> Self {
        self.condition.ranks = ranks.to_vec();
        self
    }

    fn class(mut self, class: AssetClass) -> Self {
        self.condition.classes = vec![class];
        self
    }

    fn exposed(mut self, exposed: bool) -> Self {
        self.condition.exposures =
            if exposed { vec![Exposure::Internet] } else { vec![Exposure::Internal, Exposure::Isolated] };
        self
    }

    fn software(mut self, kinds: &[Software]) -> Self {
        self.condition.software = kinds.to_vec();
        self
    }

    fn stage(mut self, stage: Stage) -> Self {
        self.stage = stage;
        self
    }

    fn from(mut self, clock: SetClock) -> Self {
        self.clock = clock;
        self
    }

    fn unconfirmed(mut self) -> Self {
        self.unconfirmed = true;
        self
    }

    fn own(mut self) -> Self {
        self.own = true;
        self
    }
}
