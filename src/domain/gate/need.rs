//! What the updates of a change record need, and whether it comes first (requirement S3-12). Says what the records plan and what
//! sources show; never what ought to be.

use super::{Prerequisite, PrerequisiteKind};
use crate::domain::book::Book;
use crate::domain::change::{ChangeRecord, ChangeState, lines};
use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::update::{Update, UpdateId};

/// How a need of a change record is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NeedStanding {
    /// Sources show that no machine of the record lacks it.
    Installed,
    /// The same record installs it.
    Same,
    /// This record (its number) has it, in time.
    Scheduled(String),
    /// This record (its number) has it, but not in time.
    NotInTime(String),
    /// No record has it.
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
            NeedStanding::Scheduled(number) => format!("{head}: {number} has it in time."),
            NeedStanding::NotInTime(number) => {
                format!("{head}: {number} has it, but not in time. Move one of the two windows.")
            }
            NeedStanding::Missing => {
                format!("{head}: no record has it. Add it to this record or to one before.")
            }
            NeedStanding::ByHand => format!("{head}: check it by hand."),
        }
    }
}

/// What an update needs, as it is held now, in the order of recording.
pub fn needs_of(book: &Book, update: UpdateId) -> Vec<&Prerequisite> {
    book.prerequisites.iter().filter(|row| row.update == update && row.ended_at.is_none()).collect()
}

/// What the updates of a record need, and how each need is met.
pub fn needs<'b>(view: &View<'b>, record: &ChangeRecord) -> Vec<Need<'b>> {
    let rows = record.updates.iter().flat_map(|update| needs_of(view.book, *update));
    rows.map(|row| Need { row, standing: standing(view, record, row) }).collect()
}

fn standing(view: &View<'_>, record: &ChangeRecord, row: &Prerequisite) -> NeedStanding {
    let Some(needed) = row.needs else { return NeedStanding::ByHand };
    if everywhere(view, record, needed) {
        return NeedStanding::Installed;
    }
    if record.updates.contains(&needed) {
        return NeedStanding::Same;
    }
    let given_up =
        [ChangeState::Rejected, ChangeState::Cancelled, ChangeState::RolledBack, ChangeState::Failed];
    let has = |other: &&ChangeRecord| {
        other.id != record.id
            && other.updates.contains(&needed)
            && !given_up.contains(&other.state)
            && (other.group.is_none() || other.group == record.group)
            && !other.ended_as.is_some_and(|state| given_up.contains(&state))
    };
    let mut late = None;
    for other in view.book.changes.iter().filter(has) {
        if in_time(row.kind, other, record) {
            return NeedStanding::Scheduled(other.number.clone());
        }
        late.get_or_insert_with(|| other.number.clone());
    }
    late.map_or(NeedStanding::Missing, NeedStanding::NotInTime)
}

/// A window that is not fixed yet is in time for nothing.
fn in_time(kind: PrerequisiteKind, other: &ChangeRecord, record: &ChangeRecord) -> bool {
    match kind {
        PrerequisiteKind::Before => {
            matches!((other.window_until_at, record.window_from_at), (Some(until), Some(from)) if until <= from)
        }
        PrerequisiteKind::Together => {
            other.window_from_at.is_some() && other.window_from_at == record.window_from_at
        }
    }
}

/// Whether sources show that no machine of the record lacks an update; a record without machines shows nothing.
fn everywhere(view: &View<'_>, record: &ChangeRecord, update: UpdateId) -> bool {
    let lines = lines(view.book, record.id);
    let Some(place) = view.book.updates.place(update.0).filter(|_| !lines.is_empty()) else { return false };
    let Some(block) = view.block(place) else { return false };
    lines.iter().all(|line| {
        let position = view.book.asset_place(line.asset).and_then(|asset| block.find(asset));
        let verdict = position.and_then(|position| view.judge(place, block, position));
        verdict.is_some_and(|verdict| {
            matches!(verdict.kind, Kind::Satisfied(_) | Kind::NotApplicable | Kind::Merged)
        })
    })
}
