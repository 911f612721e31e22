//! Meetings of the committee, and the reviews of cycles: agenda, attendance, decisions, minutes.
//!
//! Minutes are a draft until a named person accepts them; whether a quorum was met is worked out from who came, never typed.

pub mod agenda;
pub mod review;

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::compliance::month::patch_tuesday;
use super::cycle::CycleId;
use super::person::PersonId;
use super::row::{id_type, row_of, words};
use crate::util::clock;

id_type!(
    /// Which meeting.
    MeetingId
);

words!(
    /// What kind of meeting.
    MeetingKind {
        /// The committee's monthly meeting.
        Committee = "committee", "Committee meeting";
        /// The review of a cycle (requirement S1-70).
        Review = "review", "Cycle review";
        /// The review after an emergency (requirement S1-69).
        Emergency = "emergency", "Emergency review";
    }
);

words!(
    /// Whether somebody came.
    Presence {
        /// Was there.
        Present = "present", "Present";
        /// Sent somebody.
        Deputised = "deputised", "Sent a deputy";
        /// Sent word.
        Apologies = "apologies", "Apologies";
        /// Was not there.
        Absent = "absent", "Absent";
    }
);

/// Who came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Who was asked.
    pub person: PersonId,
    /// Whether they came.
    pub presence: Presence,
    /// Who came for them.
    pub deputy: Option<PersonId>,
    /// Counts towards the quorum.
    pub votes: bool,
}

/// An item of the agenda and what came of it. A decision without a named decider is not evidence (standards.md 3.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingItem {
    /// What it is about.
    pub topic: String,
    /// What the program knows about it, when the agenda was made.
    pub brief: String,
    /// The discussion in brief.
    pub discussion: String,
    /// The decision.
    pub decision: String,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// Who disagreed, and why.
    pub dissent: String,
}

/// A meeting of the committee, or the review of a cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Row id.
    pub id: MeetingId,
    /// Committee, review, or review of an emergency.
    pub kind: MeetingKind,
    /// Its number among the meetings of its kind.
    pub number: i64,
    /// The cycle it is about.
    pub cycle: Option<CycleId>,
    /// What people call it.
    pub title: String,
    /// Planned for, UTC seconds.
    pub planned_at: i64,
    /// Begun at, UTC seconds.
    pub held_at: Option<i64>,
    /// Ended at, UTC seconds.
    pub ended_at: Option<i64>,
    /// Room or call.
    pub place: String,
    /// Who leads.
    pub chair: Option<PersonId>,
    /// Who writes.
    pub taker: Option<PersonId>,
    /// Who came.
    pub attendance: Vec<Attendance>,
    /// Members needed, as it stood then; 0: none.
    pub quorum: i64,
    /// The agenda with what came of it.
    pub items: Vec<MeetingItem>,
    /// What went well.
    pub good: String,
    /// What to improve.
    pub improve: String,
    /// How.
    pub solutions: String,
    /// Thanks to the team.
    pub thanks: String,
    /// Who accepted the minutes; empty: a draft.
    pub accepted_by: String,
    /// When, UTC seconds.
    pub accepted_at: Option<i64>,
    /// Why it did not take place; empty: it did.
    pub cancelled_because: String,
}
row_of!(Meeting, Meeting);

words!(
    /// Where a meeting stands.
    Standing {
        /// Its agenda is made.
        Planned = "planned", "Planned";
        /// It was held; its minutes are a draft.
        Draft = "draft", "Minutes in draft";
        /// A named person accepted the minutes: they no longer change.
        Accepted = "accepted", "Minutes accepted";
        /// It did not take place.
        Cancelled = "cancelled", "Cancelled";
    }
);

/// Who came, against who is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quorum {
    /// Members needed; 0: none.
    pub needed: i64,
    /// Voting members who came or sent somebody.
    pub present: i64,
    /// All voting members.
    pub members: i64,
}

impl Quorum {
    /// Whether enough came.
    pub fn is_met(self) -> bool {
        self.present >= self.needed
    }

    /// `4 of 6 voting members present, 3 needed: quorum met`.
    pub fn text(self) -> String {
        let Self { needed, present, members } = self;
        let verdict = if needed == 0 {
            "no quorum demanded".to_owned()
        } else if self.is_met() {
            format!("{needed} needed: quorum met")
        } else {
            format!("{needed} needed: no quorum, so what follows is a decision note")
        };
        format!("{present} of {members} voting members present, {verdict}")
    }
}

impl Attendance {
    /// Whether somebody sat on this chair: the member, or who came for them.
    pub fn is_filled(&self) -> bool {
        match self.presence {
            Presence::Present => true,
            Presence::Deputised => self.deputy.is_some(),
            Presence::Apologies | Presence::Absent => false,
        }
    }
}

impl MeetingItem {
    /// An item with what the program knows about it.
    pub fn of(topic: &str, brief: String) -> Self {
        Self {
            topic: topic.to_owned(),
            brief,
            discussion: String::new(),
            decision: String::new(),
            decided_by: None,
            dissent: String::new(),
        }
    }

    /// Whether it holds a decision that names nobody: written down, and no evidence (standards.md 3.5).
    pub fn lacks_decider(&self) -> bool {
        !self.decision.trim().is_empty() && self.decided_by.is_none()
    }
}

impl Meeting {
    /// Where it stands.
    pub fn standing(&self) -> Standing {
        if !self.cancelled_because.is_empty() {
            Standing::Cancelled
        } else if self.accepted_at.is_some() {
            Standing::Accepted
        } else if self.held_at.is_some() {
            Standing::Draft
        } else {
            Standing::Planned
        }
    }

    /// Who came, against who is needed.
    pub fn quorum_found(&self) -> Quorum {
        let voting = || self.attendance.iter().filter(|one| one.votes);
        Quorum {
            needed: self.quorum,
            present: voting().filter(|one| one.is_filled()).count() as i64,
            members: voting().count() as i64,
        }
    }

    /// What its paper is called: minutes, or a decision note where too few came.
    pub fn paper_name(&self) -> &'static str {
        if self.held_at.is_none() {
            "Agenda"
        } else if self.quorum_found().is_met() {
            "Minutes"
        } else {
            "Decision note"
        }
    }

    /// When it was held, or is planned for, UTC seconds.
    pub fn at(&self) -> i64 {
        self.held_at.unwrap_or(self.planned_at)
    }
}

/// The number of the next meeting of a kind.
pub fn next_number(book: &Book, kind: MeetingKind) -> i64 {
    let numbers = book.meetings.rows().iter().filter(|meeting| meeting.kind == kind);
    numbers.map(|meeting| meeting.number).max().unwrap_or(0) + 1
}

/// The last meeting of a kind that was held before an instant.
pub fn last_held(book: &Book, kind: MeetingKind, before_at: i64) -> Option<&Meeting> {
    let held = book.meetings.rows().iter().filter(|meeting| meeting.kind == kind);
    let held = held.filter(|meeting| meeting.held_at.is_some_and(|at| at < before_at));
    held.max_by_key(|meeting| meeting.held_at)
}

/// When the next monthly meeting is proposed: the day before the coming second Tuesday (figure 4), at the hour of the last one,
/// or at ten. `None` if a meeting of the committee is planned from today on.
pub fn next_monthly_at(book: &Book, now_at: i64) -> Option<i64> {
    let zone = clock::zone(&book.shop.zone);
    let today = clock::day_in(zone, now_at);
    let is_planned = |meeting: &Meeting| {
        meeting.kind == MeetingKind::Committee
            && meeting.standing() == Standing::Planned
            && clock::day_in(zone, meeting.planned_at) >= today
    };
    if book.meetings.rows().iter().any(is_planned) {
        return None;
    }
    let hour = last_held(book, MeetingKind::Committee, now_at).map_or_else(
        || NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default(),
        |last| clock::utc(last.planned_at).with_timezone(&zone).time(),
    );
    let eve = monthly_day(today)?;
    Some(clock::instant_of(zone, eve.and_time(hour)))
}

/// The first eve of a second Tuesday after a day.
fn monthly_day(today: NaiveDate) -> Option<NaiveDate> {
    let eve = |day: NaiveDate| patch_tuesday(day.year(), day.month())?.checked_sub_days(Days::new(1));
    let next_month = today.with_day(1)?.checked_add_months(chrono::Months::new(1))?;
    eve(today).filter(|eve| *eve > today).or_else(|| eve(next_month))
}
