//! What the updates of a change record need, and whether it comes first (requirement S3-12). Says what the records plan and what
//! sources show of the machines of the record; never what ought to be.

use std::collections::BTreeSet;

use super::{Prerequisite, PrerequisiteKind};
use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::change::state::is_open;
use crate::domain::change::{ChangeRecord, ChangeState, lines};
use crate::domain::pair::State;
use crate::domain::stamp::of_instant;
use crate::domain::update::{Update, UpdateId};

/// How a need of a change record is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NeedStanding {
    /// Sources show that no machine of the record that gets the update lacks it.
    Installed,
    /// The same record installs it.
    Same,
    /// These records (their numbers) have it for every machine that lacks it, in time.
    Scheduled(String),
    /// These records (their numbers) have it, but not in time.
    NotInTime(String),
    /// A machine lacks it, and no record has it for that machine.
    Missing,
    /// It is no update: a person has to look.
    ByHand,
}

/// A need of a change record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need<'b> {
    /// What is needed.
    pub row: &'b Prerequisite,
    /// How it is met.
    pub standing: NeedStanding,
}

impl Need<'_> {
    /// Whether nothing is left to arrange. What a person has to look at is left.
    pub fn met(&self) -> bool {
        matches!(self.standing, NeedStanding::Installed | NeedStanding::Same | NeedStanding::Scheduled(_))
    }

    /// As a sentence, with what to do where something is left: `KB5036892 needs KB5035849 first: no record has it. ...`.
    pub fn text(&self, book: &Book) -> String {
        let name = |id: UpdateId| book.updates.get(id.0).map(Update::short_name).unwrap_or_default();
        let when = match self.row.kind {
            PrerequisiteKind::Before => "first",
            PrerequisiteKind::Together => "with it",
        };
        let what = self.row.needs.map_or_else(|| self.row.what.clone(), name);
        let head = format!("{} needs {what} {when}", name(self.row.update));
        match &self.standing {
            NeedStanding::Installed => format!("{head}: no machine lacks it."),
            NeedStanding::Same => format!("{head}: this record installs it."),
            NeedStanding::Scheduled(numbers) => format!("{head}: planned in time in {numbers}."),
            NeedStanding::NotInTime(numbers) => {
                format!("{head}: planned in {numbers}, but not in time. Move one of the windows.")
            }
            NeedStanding::Missing => {
                format!("{head}: no record has it for every machine. Add it to this record or to one before.")
            }
            NeedStanding::ByHand => format!("{head}: check it by hand."),
        }
    }
}

/// What an update needs, as it is held now, in the order of recording.
pub fn needs_of(book: &Book, update: UpdateId) -> Vec<&Prerequisite> {
    book.prerequisites.iter().filter(|row| row.update == update && row.ended_at.is_none()).collect()
}

/// Begin and end of a record's window, UTC seconds; `None` while it is not fixed.
pub type Window<'w> = &'w dyn Fn(&ChangeRecord) -> Option<(i64, i64)>;

/// What the updates of a record need, and how each need is met, at an instant (UTC seconds), by the windows of the records
/// themselves.
pub fn needs<'b>(book: &'b Book, record: &ChangeRecord, at: i64) -> Vec<Need<'b>> {
    needs_by(book, record, at, &|row| row.window_from_at.zip(row.window_until_at))
}

/// As [`needs`], by windows that the caller knows better.
pub fn needs_by<'b>(book: &'b Book, record: &ChangeRecord, at: i64, window: Window<'_>) -> Vec<Need<'b>> {
    let rows = record.updates.iter().flat_map(|update| needs_of(book, *update));
    rows.map(|row| Need { row, standing: standing(book, record, row, at, window) }).collect()
}

fn standing(
    book: &Book,
    record: &ChangeRecord,
    row: &Prerequisite,
    at: i64,
    window: Window<'_>,
) -> NeedStanding {
    let Some(needed) = row.needs else { return NeedStanding::ByHand };
    let machines = lines(book, record.id).iter().map(|line| line.asset).collect::<BTreeSet<AssetId>>();
    let lacking = lacking(book, &machines, row.update, needed, at);
    if !machines.is_empty() && lacking.is_empty() {
        return NeedStanding::Installed;
    }
    if record.updates.contains(&needed) {
        return NeedStanding::Same;
    }
    let has: Vec<&ChangeRecord> = book
        .changes
        .iter()
        .filter(|other| other.id != record.id && other.updates.contains(&needed) && may_install(other))
        .collect();
    let (in_time, late): (Vec<&ChangeRecord>, Vec<&ChangeRecord>) =
        has.iter().copied().partition(|other| in_time(row.kind, window(other), window(record)));
    if let Some(numbers) = together(book, record, &in_time, &lacking) {
        return NeedStanding::Scheduled(numbers);
    }
    match together(book, record, &has, &lacking) {
        Some(_) => NeedStanding::NotInTime(numbers(&late)),
        None => NeedStanding::Missing,
    }
}

/// Given up, or over: what it did not install by then it installs no more.
fn may_install(record: &ChangeRecord) -> bool {
    let given_up = [ChangeState::RolledBack, ChangeState::Failed];
    let ended = |state| given_up.contains(&state);
    is_open(record.state) && !ended(record.state) && !record.ended_as.is_some_and(ended)
}

/// The numbers of those records that concern machines of this one, if they reach every machine that lacks something. A record
/// whose machines are not chosen yet stands for those of its group, one without a group for all.
fn together(
    book: &Book,
    record: &ChangeRecord,
    others: &[&ChangeRecord],
    lacking: &BTreeSet<AssetId>,
) -> Option<String> {
    let mut left = lacking.clone();
    let mut named: Vec<&ChangeRecord> = Vec::new();
    for other in others {
        let theirs: BTreeSet<AssetId> = lines(book, other.id).iter().map(|line| line.asset).collect();
        let for_group = other.group.is_none() || other.group == record.group;
        let concerns = if lacking.is_empty() || theirs.is_empty() {
            for_group
        } else {
            theirs.iter().any(|asset| lacking.contains(asset))
        };
        if concerns {
            named.push(other);
            left.retain(|asset| !theirs.is_empty() && !theirs.contains(asset));
        }
    }
    (!named.is_empty() && left.is_empty()).then(|| numbers(&named))
}

fn numbers(records: &[&ChangeRecord]) -> String {
    records.iter().map(|record| record.number.as_str()).collect::<Vec<_>>().join(", ")
}

/// A window that is not fixed yet is in time for nothing.
fn in_time(kind: PrerequisiteKind, other: Option<(i64, i64)>, own: Option<(i64, i64)>) -> bool {
    let (Some((other_from, other_until)), Some((from, _))) = (other, own) else { return false };
    match kind {
        PrerequisiteKind::Before => other_until <= from,
        PrerequisiteKind::Together => other_from == from,
    }
}

/// The machines that are to get an update and lack what it needs. Where sources list the update for some machines of the record
/// alone, those are the ones.
fn lacking(
    book: &Book,
    machines: &BTreeSet<AssetId>,
    update: UpdateId,
    needed: UpdateId,
    at: i64,
) -> BTreeSet<AssetId> {
    let is_listed = machines.iter().any(|asset| state(book, *asset, update, at).is_some());
    let gets = |asset: &&AssetId| match state(book, **asset, update, at) {
        Some(state) => state.is_open() || state == State::Unknown,
        None => !is_listed,
    };
    machines.iter().filter(gets).filter(|asset| !has(book, **asset, needed, at)).copied().collect()
}

/// Whether a source or a check by hand shows that an asset does not lack an update, or has one that replaces it.
fn has(book: &Book, asset: AssetId, update: UpdateId, at: i64) -> bool {
    let known = state(book, asset, update, at);
    // As for the figures, no check by hand beats a source that shows it open.
    let attested = || {
        !known.is_some_and(State::is_open)
            && book.attestations.iter().any(|row| {
                row.asset == asset && row.update == update && row.checked_at <= at && row.voided_at.is_none()
            })
    };
    if matches!(known, Some(State::NotApplicable | State::InstalledOrNotApplicable)) || attested() {
        return true;
    }
    let (mut seen, mut ahead) = (BTreeSet::from([update]), vec![update]);
    while let Some(next) = ahead.pop() {
        if state(book, asset, next, at) == Some(State::Installed) {
            return true;
        }
        let newer = book.supersedences.iter().filter(|edge| edge.older == next).map(|edge| edge.newer);
        ahead.extend(newer.filter(|newer| seen.insert(*newer)));
    }
    false
}

fn state(book: &Book, asset: AssetId, update: UpdateId, at: i64) -> Option<State> {
    let block = book.pairs.blocks.get(book.updates.place(update.0)? as usize)?;
    Some(block.at(block.find(book.asset_place(asset)?)?, of_instant(at))?.state())
}
