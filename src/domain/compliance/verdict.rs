//! One pair judged at the as-of instant: what it is, whether it is required, when it was due, whether a waiver covers it.

use crate::domain::pair::{Block, STATE_MASK, State};
use crate::domain::rating::Rank;
use crate::domain::stamp::Stamp;

use super::rule::NEVER;
use super::view::{View, is_exact, run_start};

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
    /// When it is due, the inherited due date included; [`NEVER`] where no rule binds.
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
    /// When it was closed: true install time, or the report that first showed it; [`NEVER`] while open.
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
    /// Judges the pair at a position of an update's block. `None` if it was not listed by the as-of instant. The update must be
    /// one that counts.
    #[inline]
    pub fn judge(&self, update: u32, block: &Block, position: usize) -> Option<Verdict> {
        let span = self.span(update, block, position, self.at)?;
        let asset = block.assets[position];
        let state = State::of_number(block.bytes[span.last] & STATE_MASK);
        let first_seen = block.times[span.first];
        let mut closed = NEVER;
        let mut left_censored = false;
        let kind = match state {
            // Whatever the source or a check by hand says: the worse of two counts.
            _ if self.contradicted(update, block, span, asset) => match self.chain.satisfied(update, asset) {
                Some((at, by)) if by != update => {
                    closed = at;
                    Kind::Satisfied(Proof::Superseding(by))
                }
                _ => Kind::Open,
            },
            State::NotApplicable => Kind::NotApplicable,
            State::InstalledOrNotApplicable => Kind::Merged,
            State::Installed => {
                let start = run_start(block, span);
                closed = block.times[start];
                left_censored = start == span.first && !is_exact(block.bytes[start]);
                match self.chain.satisfied(update, asset) {
                    Some((at, by)) if by != update && at < closed => {
                        closed = at;
                        Kind::Satisfied(Proof::Superseding(by))
                    }
                    _ => Kind::Satisfied(Proof::Itself),
                }
            }
            _ => match self.chain.satisfied(update, asset) {
                Some((at, by)) => {
                    closed = at;
                    Kind::Satisfied(Proof::Superseding(by))
                }
                None if state.is_open() => Kind::Open,
                None => match self.attested.get(&(update, asset)) {
                    Some(&(at, _)) => {
                        closed = at;
                        // A check by hand gives no install time, only a bound.
                        left_censored = true;
                        Kind::Satisfied(Proof::Hand)
                    }
                    None => Kind::Unknown,
                },
            },
        };
        let decided = self.deciding(update, asset, first_seen, closed);
        let own = decided.due;
        let mut verdict = Verdict {
            asset,
            state,
            kind,
            required: !matches!(kind, Kind::NotApplicable | Kind::Merged),
            due: own.at,
            own_due: own.at,
            fell_due: own.at.max(decided.since).max(self.duties[update as usize].joined),
            start: own.start,
            aged_from: own.start,
            rule: own.rule,
            rank: own.rank,
            inherited_from: None,
            closed,
            left_censored,
            waived: false,
        };
        if matches!(kind, Kind::Open | Kind::Unknown) {
            self.finish_open(update, &mut verdict);
        }
        let left = self.duties[update as usize].left;
        // What was met, or past due and open, when the update left stays as it was; only the future leaves. What nobody had
        // an answer to stays unanswered until the asset reports again.
        let stays = verdict.closed <= left || verdict.due < left || kind == Kind::Unknown;
        verdict.required &= left == NEVER || stays;
        Some(verdict)
    }

    fn finish_open(&self, update: u32, verdict: &mut Verdict) {
        if verdict.kind == Kind::Open {
            verdict.waived = self.covers.find(update, verdict.asset, self.at).is_some();
            if let Some((at, older)) = self.chain.inherited(update, verdict.asset)
                && self.chain.satisfied(older, verdict.asset).is_none()
            {
                self.inherit(verdict, at, older);
            }
        }
    }

    fn inherit(&self, verdict: &mut Verdict, at: Stamp, older: u32) {
        let Some(block) = self.block(older) else { return };
        let Some(position) = block.find(verdict.asset) else { return };
        let first_seen = block.times[block.starts[position] as usize];
        let due = self.due(older, verdict.asset, first_seen, NEVER);
        verdict.aged_from = verdict.aged_from.min(due.start);
        if at < verdict.due {
            verdict.due = at;
            verdict.rule = due.rule;
            verdict.rank = due.rank;
            verdict.inherited_from = Some(older);
        }
    }

    /// What people read of the rule that set a due date.
    pub fn rule_text(&self, rule: u32) -> String {
        super::rule::text(self.book, rule)
    }
}
