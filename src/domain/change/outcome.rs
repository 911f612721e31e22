//! What came of a change, read from the imports after it: one finding an update, one proposed result a line.
//!
//! It proposes; nothing is recorded until somebody accepts it. A tool proves what it shows: an asset that has not reported
//! since the work cannot tell, whatever it said before.

use super::install::{Lies, Stretch, install_of};
use super::line::{ChangeLine, ChangeLineId, LineResult, Proof};
use super::{ChangeRecord, ChangeState, lines, window_of};
use crate::domain::asset::AssetId;
use crate::domain::batch::Scope;
use crate::domain::book::Book;
use crate::domain::command::LineFound;
use crate::domain::compliance::verdict::{Kind, Proof as Shown};
use crate::domain::compliance::view::View;
use crate::domain::pair::State;
use crate::domain::stamp::of_instant;
use crate::domain::update::UpdateId;

/// What the imports say of one update on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Installed while the work went on.
    Installed,
    /// Installed, but the reports do not show whether during the work.
    InstalledSometime,
    /// Installed before the work began, or after it ended.
    InstalledOutside,
    /// Somebody attested it by hand.
    ByHand,
    /// Does not concern the asset.
    NotApplicable,
    /// The installation failed.
    Failed,
    /// Waits for a restart.
    Pending,
    /// Still owed, as a report after the work shows.
    StillOpen,
    /// No report since the work, or none that answers.
    CannotTell,
}

impl Finding {
    /// What people read.
    pub fn text(self) -> &'static str {
        match self {
            Self::Installed => "Installed during the work",
            Self::InstalledSometime => "Installed, time not known",
            Self::InstalledOutside => "Installed outside the work",
            Self::ByHand => "Attested by hand",
            Self::NotApplicable => "Not applicable",
            Self::Failed => "Failed",
            Self::Pending => "Pending restart",
            Self::StillOpen => "Still open",
            Self::CannotTell => "Cannot tell",
        }
    }
}

/// What the imports say of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineOutcome {
    /// Which line.
    pub line: ChangeLineId,
    /// Its asset.
    pub asset: AssetId,
    /// One finding an update of the record.
    pub updates: Vec<(UpdateId, Finding)>,
    /// The result they add up to.
    pub result: LineResult,
    /// How it is known.
    pub proof: Proof,
    /// Which import shows it: `import 12 of WSUS-01`; empty where none does.
    pub by: String,
}

impl LineOutcome {
    /// The result to be recorded; `None` where nothing was found, or where it is recorded already.
    pub fn found(&self, book: &Book) -> Option<LineFound> {
        let row = book.change_lines.get(self.line.0)?;
        let known = row.result == Some(self.result) && row.proof == Some(self.proof);
        if self.result == LineResult::CannotTell || known {
            return None;
        }
        Some(LineFound { line: self.line, result: self.result, proof: self.proof, by: self.by.clone() })
    }
}

/// When the work on a line went on: from its recorded begin to its recorded end, or its window where that reaches further.
/// `None` while it has not begun.
pub fn worked(record: &ChangeRecord, line: &ChangeLine, now_at: i64) -> Option<Stretch> {
    let started = record.started_at?;
    let (from, until) = window_of(record, line);
    let ended = record.ended_at.unwrap_or(now_at);
    Some(Stretch::of(from.map_or(started, |from| from.min(started)), until.map_or(ended, |u| u.max(ended))))
}

/// What the imports say of every line of a record as of the view; empty while the work has not begun.
pub fn outcomes(view: &View<'_>, record: &ChangeRecord) -> Vec<LineOutcome> {
    lines(view.book, record.id).into_iter().filter_map(|line| outcome(view, record, line)).collect()
}

fn outcome(view: &View<'_>, record: &ChangeRecord, line: &ChangeLine) -> Option<LineOutcome> {
    let work = worked(record, line, view.as_of_at)?;
    let asset = view.book.assets.place(line.asset.0)?;
    // A report counts once the work has ended; before that it may show a machine in between.
    let ended = of_instant(record.ended_at.unwrap_or(view.as_of_at));
    let reported = view.book.pairs.newest_report(asset, view.at).is_some_and(|at| at >= ended);
    let findings: Vec<(UpdateId, Finding)> =
        record.updates.iter().map(|&update| (update, finding(view, asset, update, work, reported))).collect();
    let has = |wanted: Finding| findings.iter().any(|(_, finding)| *finding == wanted);
    let owed = findings.iter().any(|(_, finding)| *finding != Finding::NotApplicable);
    let place = |id: &UpdateId| view.book.updates.place(id.0);
    let listed = record.updates.iter().filter_map(place).any(|update| view.pair(asset, update).is_some());
    let result = if !listed || !owed && !reported {
        LineResult::CannotTell
    } else if has(Finding::Failed) {
        LineResult::Failed
    } else if has(Finding::Pending) {
        LineResult::Pending
    } else if has(Finding::CannotTell) {
        LineResult::CannotTell
    } else if has(Finding::StillOpen) {
        let taken_back = record.ended_as == Some(ChangeState::RolledBack);
        if taken_back { LineResult::RolledBack } else { LineResult::NotDone }
    } else {
        LineResult::Done
    };
    let proof = if has(Finding::ByHand) { Proof::ByHand } else { Proof::Tool };
    let by =
        if proof == Proof::ByHand { attested_by(view, asset, record) } else { shown_by(view.book, ended) };
    Some(LineOutcome { line: line.id, asset: line.asset, updates: findings, result, proof, by })
}

fn finding(view: &View<'_>, asset: u32, update: UpdateId, work: Stretch, reported: bool) -> Finding {
    let Some(update) = view.book.updates.place(update.0) else { return Finding::CannotTell };
    let Some(verdict) = view.pair(asset, update) else {
        let elsewhere = view.block(update).is_some();
        let whole = reported && elsewhere && leaves_out_what_does_not_apply(view.book, work);
        return if whole { Finding::NotApplicable } else { Finding::CannotTell };
    };
    match verdict.kind {
        Kind::Satisfied(Shown::Hand) => Finding::ByHand,
        Kind::Satisfied(_) => match install_of(view, asset, update).map(|install| work.lies(install)) {
            Some(Lies::Inside) => Finding::Installed,
            Some(Lies::Outside) => Finding::InstalledOutside,
            _ => Finding::InstalledSometime,
        },
        Kind::NotApplicable => Finding::NotApplicable,
        Kind::Merged | Kind::Unknown => Finding::CannotTell,
        Kind::Open if !reported => Finding::CannotTell,
        Kind::Open => match verdict.state {
            State::Failed => Finding::Failed,
            State::PendingReboot => Finding::Pending,
            _ => Finding::StillOpen,
        },
    }
}

/// Whether the imports that reach beyond the work list all but what is not applicable, so that what they never listed on a machine
/// does not concern it: a record for a group with two systems names updates of both (`metrics.md` rule 10). The caller asks whether
/// the update is listed elsewhere; one that nobody lists, or a machine of which nothing is listed, shows nothing.
pub(super) fn leaves_out_what_does_not_apply(book: &Book, work: Stretch) -> bool {
    let batches = book.live_batches();
    let mut later = batches.iter().filter(|b| b.scope.is_report() && of_instant(b.as_of_at) >= work.until);
    let first = later.next().map(|batch| batch.scope);
    first == Some(Scope::AllButNotApplicable) && later.all(|batch| batch.scope == Scope::AllButNotApplicable)
}

/// The newest import that holds reports from after the work.
fn shown_by(book: &Book, ended: crate::domain::stamp::Stamp) -> String {
    let batches = book.live_batches();
    let newest = batches.iter().rev().find(|batch| of_instant(batch.as_of_at) >= ended);
    newest.map_or_else(String::new, |batch| {
        let source = book.sources.get(batch.source.0).map_or("a source", |source| source.name.as_str());
        format!("import {} of {source}", batch.number)
    })
}

fn attested_by(view: &View<'_>, asset: u32, record: &ChangeRecord) -> String {
    let places = record.updates.iter().filter_map(|update| view.book.updates.place(update.0));
    let mut rows = places.filter_map(|update| view.attested.get(&(update, asset)));
    let row = rows.next().and_then(|&(_, row)| view.book.attestations.rows().get(row as usize));
    row.map_or_else(String::new, |row| row.checked_by.clone())
}
