//! Meetings of the committee, and the reviews of cycles: agenda, attendance, decisions, minutes.

use serde::{Deserialize, Serialize};

use super::cycle::CycleId;
use super::person::PersonId;
use super::row::{id_type, row_of, words};

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
