//! The committee, the distribution list, and where to call.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::group::GroupId;
use super::person::PersonId;
use super::row::{id_type, row_of, words};

id_type!(
    /// Which membership.
    MemberId
);
id_type!(
    /// Which contact card.
    ContactId
);

words!(
    /// Which list somebody is on.
    MailingList {
        /// Decides.
        Committee = "committee", "Committee";
        /// Is told (requirement S1-32).
        Distribution = "distribution", "Distribution list";
    }
);

/// A rung of the escalation path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// Who is called.
    pub person: PersonId,
    /// On which number.
    pub phone: String,
    /// Minutes without an answer before this one is called.
    pub after_minutes: i64,
}

/// Somebody on the committee, or on the wider distribution list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Row id.
    pub id: MemberId,
    /// Who.
    pub person: PersonId,
    /// Committee or distribution list.
    pub list: MailingList,
    /// The function they speak for.
    pub represents: String,
    /// The group that sent them.
    pub nominee_of: Option<GroupId>,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, included.
    pub until_on: Option<NaiveDate>,
}
row_of!(Member, Member);

/// Where to call: for one group, or for the whole shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Row id.
    pub id: ContactId,
    /// Which group; nothing: the whole shop.
    pub group: Option<GroupId>,
    /// Conference bridge: number or link.
    pub bridge: String,
    /// The emergency number of security.
    pub emergency: String,
    /// Who is called, in order.
    pub escalation: Vec<Escalation>,
    /// No longer valid since, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(Contact, Contact);
