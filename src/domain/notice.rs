//! Messages to people: written from templates, sent by the shop's own mail program, logged as sent.

use serde::{Deserialize, Serialize};

use super::approval::Subject;
use super::row::{id_type, row_of, words};

id_type!(
    /// Which message.
    NoticeId
);

words!(
    /// Which message (requirement S1-33).
    NoticeKind {
        /// Patching is coming up.
        Upcoming = "upcoming", "Upcoming patching";
        /// The schedule.
        Schedule = "schedule", "Schedule";
        /// To everybody.
        Announcement = "announcement", "Announcement";
        /// A group begins.
        Begins = "begins", "Group begins";
        /// A group ends.
        Ends = "ends", "Group ends";
        /// Something is wrong.
        Issue = "issue", "Issue";
        /// How it went.
        Summary = "summary", "Summary";
        /// An emergency.
        Emergency = "emergency", "Emergency";
    }
);

/// A message that went out, or is ready to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSent {
    /// Row id.
    pub id: NoticeId,
    /// Which message.
    pub kind: NoticeKind,
    /// What it is about.
    pub subject: Subject,
    /// Which one: the row id.
    pub subject_id: i64,
    /// Who gets it.
    pub recipients: String,
    /// Subject line.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Written at, UTC seconds.
    pub created_at: i64,
    /// Sent at, as somebody said, UTC seconds.
    pub sent_at: Option<i64>,
    /// Who said so.
    pub sent_by: String,
}
row_of!(NoticeSent, NoticeSent);
