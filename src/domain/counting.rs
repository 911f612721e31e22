//! What is counted, over time: classes of update that the policy covers, freshness limits, adoption day.
//!
//! The shop row holds what counts now; rows of this table tell since when, so that a change moves the future only and past months
//! are told as they were (`metrics.md` rule 6). The first row also holds for all time before it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::row::{id_type, row_of};
use super::shop::Shop;
use super::update::Classification;
use crate::util::clock::day_text;
use crate::util::text::counted;

id_type!(
    /// Which change of what is counted.
    CountingId
);

/// What is counted from an instant on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// Row id.
    pub id: CountingId,
    /// Classes of update that the policy covers.
    pub covered: Vec<Classification>,
    /// A server's newest patch-state report must be younger, days.
    pub fresh_server_days: i64,
    /// Any other asset's newest patch-state report must be younger, days.
    pub fresh_other_days: i64,
    /// Older duties are the catch-up campaign.
    pub adoption_on: Option<NaiveDate>,
    /// Where the shop's days end and its months begin. Kept so that a change is told; months that are not sealed are counted in the
    /// zone of today.
    pub zone: String,
    /// Since when, UTC seconds: the instant it was recorded.
    pub since_at: i64,
    /// Why; empty for what the register began with.
    pub reason: String,
}
row_of!(Counting, Counting);

impl Counting {
    /// What a shop counts by, as of an instant.
    pub fn of(shop: &Shop, id: CountingId, since_at: i64, reason: &str) -> Self {
        Self {
            id,
            covered: shop.covered.clone(),
            fresh_server_days: shop.fresh_server_days,
            fresh_other_days: shop.fresh_other_days,
            adoption_on: shop.adoption_on,
            zone: shop.zone.clone(),
            since_at,
            reason: reason.to_owned(),
        }
    }

    /// Each part as people read it: what it is, and its value.
    pub fn parts(&self) -> [(&'static str, String); 5] {
        let covered: Vec<&str> = self.covered.iter().map(|class| class.text()).collect();
        let days = |n: i64| counted(n.unsigned_abs(), "day", "days");
        [
            ("Covered classes", covered.join(", ")),
            ("Freshness of servers", days(self.fresh_server_days)),
            ("Freshness of all others", days(self.fresh_other_days)),
            ("Adoption day", self.adoption_on.map_or_else(|| "none".to_owned(), day_text)),
            ("Time zone", self.zone.clone()),
        ]
    }

    /// Whether two count alike, whenever and why.
    pub fn is_like(&self, other: &Self) -> bool {
        let bare = |of: &Self| Self { id: CountingId(0), since_at: 0, reason: String::new(), ..of.clone() };
        bare(self) == bare(other)
    }
}

/// What is counted over time up to an instant (UTC seconds), oldest first; at least one. The first also holds before.
pub fn course(book: &Book, until_at: i64) -> Vec<Counting> {
    let mut rows: Vec<Counting> = book.countings.iter().cloned().collect();
    rows.sort_by_key(|row| (row.since_at, row.id));
    let known = rows.partition_point(|row| row.since_at <= until_at).max(1);
    rows.truncate(known);
    if rows.is_empty() {
        rows.push(Counting::of(&book.shop, CountingId(0), i64::MIN, ""));
    }
    rows
}

/// A class of update over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Covered for the first time since; `i64::MIN` where it always was.
    pub since_at: i64,
    /// No longer covered since; `None` while it is.
    pub dropped_at: Option<i64>,
}

/// Since and until when a class is covered, by what counted over time. `None` for one that never was. A class that was dropped and
/// taken up again counts as never dropped.
pub fn coverage(course: &[Counting], class: Classification) -> Option<Coverage> {
    let covers = |row: &&Counting| row.covered.contains(&class);
    let first = course.iter().position(|row| covers(&row))?;
    let since_at = if first == 0 { i64::MIN } else { course[first].since_at };
    let last = course.iter().rposition(|row| covers(&row)).unwrap_or(first);
    Some(Coverage { since_at, dropped_at: course.get(last + 1).map(|row| row.since_at) })
}
