//! The committee, the distribution list, and where to call.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::book::Book;
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

impl Member {
    /// Whether the membership is in force on a day; both ends count.
    pub fn is_on(&self, on: NaiveDate) -> bool {
        self.from_on <= on && self.until_on.is_none_or(|until| on <= until)
    }
}

/// Who is on a list on a day, by name.
pub fn members_on(book: &Book, list: MailingList, on: NaiveDate) -> Vec<&Member> {
    let rows = book.members.rows().iter();
    let mut found: Vec<&Member> = rows.filter(|member| member.list == list && member.is_on(on)).collect();
    found.sort_by_key(|member| (book.person_name(Some(member.person)), member.id));
    found
}

/// Where to call for a group (requirement S1-34).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Conference bridge; empty: none is known.
    pub bridge: String,
    /// Emergency number of security; empty: none is known.
    pub emergency: String,
    /// Who is called, in order.
    pub escalation: Vec<Escalation>,
}

/// The card in use of a group, or of the whole shop.
pub fn card_of(book: &Book, group: Option<GroupId>) -> Option<&Contact> {
    book.contacts.rows().iter().find(|card| card.group == group && card.ended_at.is_none())
}

/// Where to call for a group; what its own card leaves out is that of the whole shop.
pub fn reach_of(book: &Book, group: Option<GroupId>) -> Reach {
    let mut reach = Reach::default();
    let own = group.and_then(|id| card_of(book, Some(id)));
    for card in own.into_iter().chain(card_of(book, None)) {
        if reach.bridge.is_empty() {
            reach.bridge.clone_from(&card.bridge);
        }
        if reach.emergency.is_empty() {
            reach.emergency.clone_from(&card.emergency);
        }
        if reach.escalation.is_empty() {
            reach.escalation.clone_from(&card.escalation);
        }
    }
    reach
}
