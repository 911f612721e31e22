//! Every rule that binds one pair, with its date: why it is due when it is. And the times of rule sets that are not about installing:
//! to learn of an update, to tell of it. Those make no pair overdue; they are a list of their own.
//!
//! Where the sources leave room they are read as follows. To *assess* is met by the first rating by a person; to *learn* of an update by
//! its coming into this register; to *tell* of it by the first notice that was sent about a change record or a cycle that names it.

use std::collections::HashMap;

use crate::domain::approval::Subject;
use crate::domain::book::Book;
use crate::domain::deadline::ClockStart;
use crate::domain::ruleset::standing::{in_force, rule_binds_text, rules_of, set_binds_text};
use crate::domain::ruleset::{Amount, SetClock, SetRule, Stage};
use crate::domain::stamp::{Stamp, instant};

use super::binding::{Bound, Clocks, Regime, in_scope};
use super::moved::rule_text;
use super::rule::{NEVER, RuleRef, rule_at, text};
use super::verdict::Kind;
use super::view::View;

/// A rule that binds a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What people read of it.
    pub text: String,
    /// Where it comes from.
    pub source: String,
    /// When its clock started, UTC seconds.
    pub start_at: i64,
    /// When it ends, UTC seconds; `None` where it gives no date.
    pub due_at: Option<i64>,
    /// Why it gives none; empty where it does.
    pub no_date: &'static str,
    /// From which releases on it binds.
    pub binds: String,
    /// Evidence is to be secured before anything is changed.
    pub triage: bool,
    /// The rule, its clock or its unit could not be confirmed.
    pub unconfirmed: bool,
}

/// Every rule that binds a pair under the regime that decides it, earliest first; those without a date last. `update` and `asset` are
/// places. What it inherits from an older update is left to [`standing`].
pub fn explain(view: &View<'_>, update: u32, asset: u32) -> Vec<Explained> {
    let found = view.block(update).and_then(|block| Some((block, block.find(asset)?)));
    let first_seen = found.map_or(view.duties[update as usize].released, |(block, position)| {
        block.times[block.starts[position] as usize]
    });
    let verdict = found.and_then(|(block, position)| view.judge(update, block, position));
    let closed = verdict.map_or(NEVER, |verdict| verdict.closed);
    let (rank, profile, clocks, traits) = view.terms(update).regime(asset, first_seen, closed);
    let mut bound: HashMap<u32, (Stamp, Stamp)> = HashMap::new();
    view.rules.each(rank, profile, clocks, traits, &mut |place, start, at| {
        let known = bound.entry(place).or_insert((start, at));
        if at < known.1 {
            *known = (start, at);
        }
    });
    let mut bound: Vec<(u32, (Stamp, Stamp))> = bound.into_iter().collect();
    bound.sort_unstable_by_key(|&(place, (_, at))| (at, place));
    bound.into_iter().map(|(place, (start, at))| told(view.book, place, start, at)).collect()
}

/// The due date that a pair inherits from an older update which it replaces, where that is what it is due by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// Place of the older update.
    pub from: u32,
    /// UTC seconds.
    pub due_at: i64,
    /// What people read of the rule that set it.
    pub text: String,
}

/// What a pair stands as, in words, and the due date that it inherits. `update` and `asset` are places.
pub fn standing(view: &View<'_>, update: u32, asset: u32) -> (&'static str, Option<Inherited>) {
    let found = view.block(update).and_then(|block| Some((block, block.find(asset)?)));
    let verdict = found.and_then(|(block, position)| view.judge(update, block, position));
    let Some(verdict) = verdict else { return ("No source lists the pair: it is not owed.", None) };
    let inherited = verdict.inherited_from.map(|from| Inherited {
        from,
        due_at: instant(verdict.due),
        text: text(view.book, verdict.rule),
    });
    let words = match verdict.kind {
        Kind::NotApplicable => "It does not apply to the machine: it is not owed.",
        Kind::Merged => "Its source merges installed and not applicable: it is not owed.",
        Kind::Satisfied(_) => "It is satisfied.",
        Kind::Open | Kind::Unknown if !verdict.required => "It is not required: it is not owed.",
        Kind::Unknown => "Nobody can tell its state.",
        Kind::Open if verdict.waived => "It is open and waived.",
        Kind::Open => "It is open.",
    };
    (words, inherited)
}

fn told(book: &Book, place: u32, start: Stamp, at: Stamp) -> Explained {
    let (source, triage, unconfirmed, unit) = match rule_at(book, place) {
        Some(RuleRef::Set(rule)) => {
            let source = book.rule_sets.get(rule.set.0).map_or("", |set| set.source.as_str());
            (source, rule.triage, rule.unconfirmed, Some(rule.unit))
        }
        Some(RuleRef::Own(rule)) => (rule.source.as_str(), false, false, None),
        None => ("", false, false, None),
    };
    let no_date = match unit {
        _ if at != NEVER => "",
        Some(Amount::Upgrade) => "with the next scheduled upgrade",
        _ => "the catalogue gives no date",
    };
    let (words, binds) = match rule_at(book, place) {
        Some(RuleRef::Own(rule)) => (rule_text(rule), rule_binds_text(book, rule)),
        Some(RuleRef::Set(rule)) => {
            let releases = book.rule_sets.get(rule.set.0).and_then(|set| set_binds_text(book, set));
            (text(book, place), releases.map_or_else(String::new, |text| format!("releases {text}")))
        }
        None => (text(book, place), String::new()),
    };
    Explained {
        text: words,
        source: source.to_owned(),
        start_at: instant(start),
        due_at: (at != NEVER).then(|| instant(at)),
        no_date,
        binds,
        triage,
        unconfirmed,
    }
}

/// The rules and sets in force that could bind a pair but for its age: it was released before they were put in force. `update` and
/// `asset` are places.
pub fn later(view: &View<'_>, update: u32, asset: u32) -> Vec<String> {
    let (book, duty) = (view.book, &view.duties[update as usize]);
    let profile = view.subjects.profiles[usize::from(view.subjects.list[asset as usize].profile)];
    let released_at = instant(duty.released);
    let own = view.rules.of(duty.rank, profile).filter(|rule| {
        (released_at + 1..=view.as_of_at).contains(&rule.from_at)
            && rule.until_at.is_none_or(|until| until > view.as_of_at)
            && rule.clock == ClockStart::Release
    });
    let own = own.map(|rule| format!("{}, which binds {}", rule_text(rule), rule_binds_text(book, rule)));
    let sets = in_force(book, view.as_of_at).into_iter().filter(|set| {
        // A set with clocks of other kinds may bind an older update: one that was listed as exploited since.
        let by_release = |rule: &&SetRule| rule.stage != Stage::Correct || rule.clock == SetClock::Release;
        set.until_on.is_none()
            && rules_of(book, set).iter().all(by_release)
            && set.adopted_at.is_some_and(|adopted| adopted > released_at)
            && in_scope(&set.binds, profile)
    });
    let sets = sets
        .filter_map(|set| Some(format!("{}, which binds releases {}", set.name, set_binds_text(book, set)?)));
    own.chain(sets).collect()
}

/// A time to learn or to tell of an update that has passed unmet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateStage {
    /// Place of the update.
    pub update: u32,
    /// Which time.
    pub stage: Stage,
    /// What people read of the rule.
    pub text: String,
    /// When it ended, UTC seconds.
    pub due_at: i64,
}

/// Updates whose time to learn or to tell of them has passed unmet, earliest first: those that some machine in scope was ever
/// listed with, under the strictest of the machines that a set binds.
pub fn late_stages(view: &View<'_>) -> Vec<LateStage> {
    let mut late = Vec::new();
    if view.rules.sets.is_empty() {
        return late;
    }
    let told_of = first_told(view);
    let subjects = &view.subjects;
    for (update, duty) in view.duties.iter().enumerate().filter(|(_, duty)| duty.counts) {
        let update = update as u32;
        let (Some(block), Some(traits)) = (view.block(update), view.terms(update).known_now()) else {
            continue;
        };
        let mut profiles: Vec<u16> = block
            .assets
            .iter()
            .map(|&asset| &subjects.list[asset as usize])
            .filter(|subject| subject.counts)
            .map(|subject| subject.profile)
            .collect();
        profiles.sort_unstable();
        profiles.dedup();
        let mut owed: HashMap<u32, (Stage, SetClock, Stamp)> = HashMap::new();
        for profile in profiles.into_iter().map(|place| subjects.profiles[usize::from(place)]) {
            let zone = &view.rules.zones[usize::from(profile.zone)];
            let clocks = Clocks::at_release(duty.released);
            for stage in [Stage::Identify, Stage::Report] {
                let tell = &mut |bound: &Bound<'_>, _: Stamp, at: Stamp| {
                    let known = owed.entry(bound.place).or_insert((stage, bound.rule.clock, at));
                    known.2 = known.2.min(at);
                };
                let of = Regime { rank: duty.rank, profile, clocks, traits };
                view.rules.sets.each(stage, of, zone, tell);
            }
        }
        for (place, (stage, clock, at)) in owed.into_iter().filter(|&(_, (.., at))| at < view.at) {
            let met_at = match (stage, clock) {
                (Stage::Identify, SetClock::Checked) => traits.evaluated_at,
                (Stage::Identify, _) => Some(traits.known_at),
                _ => told_of.get(&view.book.updates.rows()[update as usize].id.0).copied(),
            };
            if met_at.is_none_or(|met| met > view.as_of_at) {
                let text = text(view.book, view.book.rules.len() as u32 + place);
                late.push(LateStage { update, stage, text, due_at: instant(at) });
            }
        }
    }
    late.sort_by_key(|a| (a.due_at, a.update, a.stage));
    late
}

/// When each update, by id, was first told of.
fn first_told(view: &View<'_>) -> HashMap<i64, i64> {
    let book = view.book;
    let mut first: HashMap<i64, i64> = HashMap::new();
    for notice in &book.notices {
        let Some(sent_at) = notice.sent_at.filter(|&sent| sent <= view.as_of_at) else { continue };
        let updates = match notice.subject {
            Subject::Change => book.changes.get(notice.subject_id).map(|change| &change.updates),
            Subject::Cycle => book.cycles.get(notice.subject_id).map(|cycle| &cycle.updates),
            _ => None,
        };
        for update in updates.into_iter().flatten() {
            let known = first.entry(update.0).or_insert(sent_at);
            *known = sent_at.min(*known);
        }
    }
    first
}
