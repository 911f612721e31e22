//! Which papers there are, and what each can be about: one list for the window's dialog and the console.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::book::Book;
use crate::domain::change::line::ChangeLineId;
use crate::domain::change::{ChangeId, lines};
use crate::domain::cycle::CycleId;
use crate::domain::document::{DocumentState, DocumentVersionId, shipped, standing};
use crate::domain::meeting::{Meeting, MeetingId, MeetingKind};
use crate::domain::month::compare::{Side, side, sides};
use crate::domain::month::standing::{postures, seal_named};
use crate::domain::month::{PostureId, SealId};
use crate::domain::row::words;
use crate::domain::run::RunId;
use crate::domain::waiver::request::WaiverRequestId;
use crate::util::clock;

words!(
    /// A sort of paper.
    PaperKind {
        /// The monthly compliance report.
        Monthly = "report", "Compliance report";
        /// A month on one sheet, with its agenda.
        Calendar = "calendar", "Month calendar";
        /// The steps of a cycle.
        Schedule = "timeline", "Timeline of a cycle";
        /// A patch night to carry along.
        RunSheet = "run-sheet", "Run sheet of a night";
        /// What came of a patch night.
        Night = "night", "Summary of a night";
        /// Matrix, roles and holders.
        Roles = "roles", "Roles and holders";
        /// A change record as a form.
        Change = "change", "Change record";
        /// One machine of a change record as a form.
        ChangeLine = "change-line", "Change record, one machine";
        /// The change records of a cycle.
        Changes = "changes", "Change list of a cycle";
        /// The updates of a cycle, back to security.
        Status = "status", "Status of updates";
        /// A waiver as a form.
        Waiver = "waiver", "Waiver";
        /// Every waiver.
        Waivers = "waivers", "Waiver register";
        /// The agenda of a meeting.
        Agenda = "agenda", "Agenda of a meeting";
        /// Minutes, or a decision note.
        Minutes = "minutes", "Minutes of a meeting";
        /// The review of a cycle or an emergency.
        Review = "review", "Review of a cycle";
        /// Every action item.
        Actions = "actions", "Action list";
        /// A document: policy, procedure and their companions.
        Document = "document", "Document";
        /// The compliance report of a sealed month, out of its seal.
        Sealed = "sealed", "Compliance report, sealed";
        /// The certificate of a seal.
        Certificate = "certificate", "Certificate of a seal";
        /// A posture.
        Posture = "posture", "Security posture";
        /// Two sealed months or postures beside each other.
        Comparison = "comparison", "Comparison of two";
        /// Months beside each other.
        Trend = "trend", "Trend of the months";
    }
);

/// A paper and what it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// The monthly compliance report.
    #[default]
    Monthly,
    /// The month of a day.
    Calendar(NaiveDate),
    /// The steps of a cycle.
    Schedule(CycleId),
    /// A patch night to carry along.
    RunSheet(RunId),
    /// What came of a patch night.
    Night(RunId),
    /// Matrix, roles and holders, as of the day of printing.
    Roles,
    /// A change record.
    Change(ChangeId),
    /// One line of a change record.
    ChangeLine(ChangeLineId),
    /// The change records of a cycle.
    Changes(CycleId),
    /// The updates of a cycle.
    Status(CycleId),
    /// A waiver request.
    Waiver(WaiverRequestId),
    /// Every waiver.
    Waivers,
    /// The agenda of a meeting.
    Agenda(MeetingId),
    /// The minutes of a meeting of the committee.
    Minutes(MeetingId),
    /// The minutes of a review.
    Review(MeetingId),
    /// Every action item.
    Actions,
    /// A version of a document.
    Document(DocumentVersionId),
    /// The compliance report of a sealed month, out of its seal.
    Sealed(SealId),
    /// The certificate of a seal.
    Certificate(SealId),
    /// A posture.
    Posture(PostureId),
    /// An earlier and a later side beside each other.
    Comparison(SideId, SideId),
    /// Months beside each other.
    Trend,
}

/// A sealed month or a posture by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideId {
    /// A sealed month.
    Seal(SealId),
    /// A posture.
    Posture(PostureId),
}

impl SideId {
    /// The row, if it is in the register.
    pub fn of(self, book: &Book) -> Option<Side<'_>> {
        match self {
            Self::Seal(id) => book.seals.get(id.0).map(Side::Seal),
            Self::Posture(id) => book.postures.get(id.0).map(Side::Posture),
        }
    }
}

impl From<Side<'_>> for SideId {
    fn from(side: Side<'_>) -> Self {
        match side {
            Side::Seal(seal) => Self::Seal(seal.id),
            Side::Posture(posture) => Self::Posture(posture.id),
        }
    }
}

impl Paper {
    /// Its sort.
    pub fn kind(self) -> PaperKind {
        match self {
            Self::Monthly => PaperKind::Monthly,
            Self::Calendar(_) => PaperKind::Calendar,
            Self::Schedule(_) => PaperKind::Schedule,
            Self::RunSheet(_) => PaperKind::RunSheet,
            Self::Night(_) => PaperKind::Night,
            Self::Roles => PaperKind::Roles,
            Self::Change(_) => PaperKind::Change,
            Self::ChangeLine(_) => PaperKind::ChangeLine,
            Self::Changes(_) => PaperKind::Changes,
            Self::Status(_) => PaperKind::Status,
            Self::Waiver(_) => PaperKind::Waiver,
            Self::Waivers => PaperKind::Waivers,
            Self::Agenda(_) => PaperKind::Agenda,
            Self::Minutes(_) => PaperKind::Minutes,
            Self::Review(_) => PaperKind::Review,
            Self::Actions => PaperKind::Actions,
            Self::Document(_) => PaperKind::Document,
            Self::Sealed(_) => PaperKind::Sealed,
            Self::Certificate(_) => PaperKind::Certificate,
            Self::Posture(_) => PaperKind::Posture,
            Self::Comparison(..) => PaperKind::Comparison,
            Self::Trend => PaperKind::Trend,
        }
    }
}

/// Something a sort of paper can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// How people and the console name it: `CHG-2026-12-001`, `2026-12`; empty where the paper is about the whole register.
    pub name: String,
    /// The paper.
    pub paper: Paper,
}

/// What a sort of paper can be about in a register, the likeliest first; empty where there is nothing yet.
pub fn subjects(book: &Book, kind: PaperKind, now_at: i64) -> Vec<Subject> {
    let whole = |paper| vec![Subject { name: String::new(), paper }];
    match kind {
        PaperKind::Monthly => whole(Paper::Monthly),
        PaperKind::Roles => whole(Paper::Roles),
        PaperKind::Waivers => whole(Paper::Waivers),
        PaperKind::Actions => whole(Paper::Actions),
        PaperKind::Document => documents(book),
        PaperKind::Trend => whole(Paper::Trend),
        PaperKind::Sealed => seals(book, Paper::Sealed),
        PaperKind::Certificate => seals(book, Paper::Certificate),
        PaperKind::Posture => {
            named(postures(book).into_iter().map(|row| (row.name.clone(), Paper::Posture(row.id))))
        }
        PaperKind::Comparison => comparisons(book),
        PaperKind::Calendar => months(book, now_at),
        PaperKind::Schedule => cycles(book, Paper::Schedule),
        PaperKind::Changes => cycles(book, Paper::Changes),
        PaperKind::Status => cycles(book, Paper::Status),
        PaperKind::RunSheet => runs(book, Paper::RunSheet),
        PaperKind::Night => runs(book, Paper::Night),
        PaperKind::Change => {
            let records = book.changes.iter().rev();
            named(records.map(|record| (record.number.clone(), Paper::Change(record.id))))
        }
        PaperKind::ChangeLine => change_lines(book),
        PaperKind::Waiver => {
            let requests = book.waiver_requests.iter().rev();
            named(requests.map(|request| (request.number.clone(), Paper::Waiver(request.id))))
        }
        PaperKind::Agenda => meetings(book, |_| true, Paper::Agenda),
        PaperKind::Minutes => {
            let held = |m: &Meeting| m.kind == MeetingKind::Committee && m.held_at.is_some();
            meetings(book, held, Paper::Minutes)
        }
        PaperKind::Review => {
            let held = |m: &Meeting| m.kind != MeetingKind::Committee && m.held_at.is_some();
            meetings(book, held, Paper::Review)
        }
    }
}

fn named(found: impl Iterator<Item = (String, Paper)>) -> Vec<Subject> {
    found.map(|(name, paper)| Subject { name, paper }).collect()
}

/// This month, the next two, and those before back to the first cycle, at most a year.
fn months(book: &Book, now_at: i64) -> Vec<Subject> {
    let zone = clock::zone(&book.shop.zone);
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let this = first(clock::day_in(zone, now_at));
    let oldest = book.cycles.iter().map(|cycle| first(clock::day_in(zone, cycle.anchor_at))).min();
    let later = (0..=2).filter_map(|n| this.checked_add_months(chrono::Months::new(n)));
    let earlier = (1..=12).filter_map(|n| this.checked_sub_months(chrono::Months::new(n)));
    let known = earlier.filter(|month| oldest.is_some_and(|oldest| *month >= oldest));
    named(later.chain(known).map(|month| (month.format("%Y-%m").to_string(), Paper::Calendar(month))))
}

/// Seals, the newest first; `2026-11` is the newest seal of its month, `2026-11.1` its first one.
fn seals(book: &Book, paper: fn(SealId) -> Paper) -> Vec<Subject> {
    let found = sides(book).into_iter().rev().filter_map(|side| match side {
        Side::Seal(seal) => Some((side.name(book), paper(seal.id))),
        Side::Posture(_) => None,
    });
    named(found)
}

/// A sealed month, or two things to compare, by any name they have: `2026-11.2` also where the newest is listed as `2026-11`.
pub fn subject_named(book: &Book, kind: PaperKind, wanted: &str) -> Option<Subject> {
    let paper = match kind {
        PaperKind::Sealed => Paper::Sealed(seal_named(book, wanted)?.id),
        PaperKind::Certificate => Paper::Certificate(seal_named(book, wanted)?.id),
        PaperKind::Comparison => {
            let mut cuts = wanted.match_indices(" and ");
            let (before, after) = cuts.find_map(|(at, joint)| {
                side(book, &wanted[..at]).zip(side(book, &wanted[at + joint.len()..]))
            })?;
            Paper::Comparison(before.into(), after.into())
        }
        _ => return None,
    };
    Some(Subject { name: wanted.to_owned(), paper })
}

/// Every pair of sides, the earlier one first: the newest two lead. `2026-10 and 2026-11`.
fn comparisons(book: &Book) -> Vec<Subject> {
    let all = sides(book);
    let mut found = Vec::new();
    for (i, after) in all.iter().enumerate().rev() {
        for before in all[..i].iter().rev() {
            let name = format!("{} and {}", before.name(book), after.name(book));
            found.push((name, Paper::Comparison((*before).into(), (*after).into())));
        }
    }
    named(found.into_iter())
}

/// Documents by their keys, each in its newest version that was not withdrawn, then every version: `policy`, `policy/2`.
fn documents(book: &Book) -> Vec<Subject> {
    let mut newest = Vec::new();
    let mut every = Vec::new();
    for (key, _) in shipped::TEXTS {
        let Some(document) = standing::keyed(book, key) else { continue };
        let versions = standing::versions(book, document.id);
        let live = versions.iter().rev().find(|version| version.state != DocumentState::Withdrawn);
        newest.extend(live.map(|version| ((*key).to_owned(), Paper::Document(version.id))));
        let all = versions.iter().rev();
        every.extend(all.map(|version| (format!("{key}/{}", version.number), Paper::Document(version.id))));
    }
    named(newest.into_iter().chain(every))
}

fn cycles(book: &Book, paper: fn(CycleId) -> Paper) -> Vec<Subject> {
    let mut found: Vec<_> = book.cycles.iter().collect();
    found.sort_by_key(|cycle| (std::cmp::Reverse(cycle.anchor_at), cycle.id));
    named(found.into_iter().map(|cycle| (cycle.name.clone(), paper(cycle.id))))
}

fn runs(book: &Book, paper: fn(RunId) -> Paper) -> Vec<Subject> {
    let mut found: Vec<_> = book.runs.iter().collect();
    found.sort_by_key(|run| (std::cmp::Reverse(run.planned_at), run.id));
    named(found.into_iter().map(|run| (run.title.clone(), paper(run.id))))
}

fn change_lines(book: &Book) -> Vec<Subject> {
    let name = |asset: crate::domain::asset::AssetId| book.assets.get(asset.0).map(|a| a.name.clone());
    let of = |record: &crate::domain::change::ChangeRecord| {
        let number = record.number.clone();
        let rows = lines(book, record.id).into_iter();
        rows.filter_map(move |line| {
            Some((format!("{number}/{}", name(line.asset)?), Paper::ChangeLine(line.id)))
        })
        .collect::<Vec<_>>()
    };
    named(book.changes.iter().rev().flat_map(of))
}

fn meetings(book: &Book, wanted: impl Fn(&Meeting) -> bool, paper: fn(MeetingId) -> Paper) -> Vec<Subject> {
    let mut found: Vec<&Meeting> = book.meetings.iter().filter(|meeting| wanted(meeting)).collect();
    found.sort_by_key(|meeting| (std::cmp::Reverse(meeting.planned_at), meeting.id));
    let name = |meeting: &Meeting| format!("{} {}", meeting.kind.text(), meeting.number);
    named(found.into_iter().map(|meeting| (name(meeting), paper(meeting.id))))
}
