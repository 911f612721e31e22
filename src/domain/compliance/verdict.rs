//! What a judged pair is: its kind, whether it is required, when it was due, whether a waiver covers it. Judging is done by
//! [`super::listing`].

use crate::domain::pair::State;
use crate::domain::rating::Rank;
use crate::domain::stamp::Stamp;

use super::view::View;

/// What a pair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Does not concern the asset.
    NotApplicable,
    /// A source merges installed and not applicable: its own line.
    Merged,
    /// Satisfied.
    Satisfied(Proof),
    /// Still owed: a source calls it open, or a scanner calls it missing.
    Open,
    /// Nobody has an answer.
    Unknown,
}

/// Who says that a pair is satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A source shows the update itself installed.
    Itself,
    /// A source shows this required superseding update (its place) installed.
    Superseding(u32),
    /// A person checked by hand; no source and no scanner says otherwise.
    Hand,
}

/// A judged pair.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// Place of the asset.
    pub asset: u32,
    /// Raw state that holds.
    pub state: State,
    /// What the pair is.
    pub kind: Kind,
    /// Counts for the figures as of the instant; the asset's scope apart.
    pub required: bool,
    /// When it is due, the inherited due date included; [`super::rule::NEVER`] where no rule binds.
    pub due: Stamp,
    /// Its own due date.
    pub own_due: Stamp,
    /// When it fell due for M3: its own due date, but never before the rank, class, exposure or group that set it held, nor before the
    /// policy covered it. A pair made stricter when its new due date had passed is a miss of that moment, else it were one of no
    /// month.
    pub fell_due: Stamp,
    /// When its own clock started.
    pub start: Stamp,
    /// When the clock started by which it is aged: an inherited one stays at the first obligation.
    pub aged_from: Stamp,
    /// Place of the rule that set `due`; [`super::rule::NO_RULE`] where none binds.
    pub rule: u32,
    /// The rank by which it is due.
    pub rank: Rank,
    /// The older update (its place) whose due date it inherited.
    pub inherited_from: Option<u32>,
    /// When it was closed: true install time, or the report that first showed it; [`super::rule::NEVER`] while open.
    pub closed: Stamp,
    /// Satisfied when first seen: the time is unknown.
    pub left_censored: bool,
    /// Open and covered by a valid waiver.
    pub waived: bool,
}

impl Verdict {
    /// What people read of the state that counts: the source's, unless a scanner says worse.
    pub fn state_text(&self) -> &'static str {
        if self.kind == Kind::Open && !self.state.is_open() { "Missing by a scan" } else { self.state.text() }
    }

    /// Past due at an instant, waived or not.
    pub fn past_due(&self, at: Stamp) -> bool {
        self.kind == Kind::Open && self.due < at
    }
}

impl View<'_> {
    /// What people read of the rule that set a due date.
    pub fn rule_text(&self, rule: u32) -> String {
        super::rule::text(self.book, rule)
    }
}
