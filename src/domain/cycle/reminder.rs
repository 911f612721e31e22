//! What cannot be proved in time unless somebody imports: the reminder on the day before due dates.
//!
//! A pair that is open at its due date counts as missed, whether it was patched or only never shown. So on the day before,
//! everything due until the end of tomorrow that no import shows satisfied is counted: patched or not, an import is needed.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::compliance::drill::OpenPair;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::stamp::instant;
use crate::util::clock::{day_in, end_of_day, zone};
use crate::util::text::{count, counted};

/// Pairs that fall due together and are not shown to be satisfied.
#[derive(Clone, Debug)]
pub struct Unproved {
    /// When they are due, UTC seconds.
    pub due_at: i64,
    /// The pairs, in the order of updates.
    pub pairs: Vec<OpenPair>,
    /// How many machines they are on.
    pub machines: usize,
}

/// What to be reminded of.
#[derive(Clone, Debug)]
pub struct Reminder {
    /// Everything that falls due until the end of tomorrow, by due date.
    pub unproved: Vec<Unproved>,
    /// Import before this instant, UTC seconds: the first of the due dates.
    pub before_at: i64,
    /// How many pairs.
    pub pairs: usize,
    /// On how many machines.
    pub machines: usize,
    /// The newest import that counts, UTC seconds.
    pub imported_at: Option<i64>,
}

/// Required pairs of machines in scope that are open or unanswered, not waived, and due after the view's instant and not after
/// `until_at`, by due date.
pub fn unproved(view: &View<'_>, until_at: i64) -> Vec<Unproved> {
    let mut by_due: BTreeMap<i64, Vec<OpenPair>> = BTreeMap::new();
    for update in 0..view.duties.len() as u32 {
        for verdict in view.pairs_of(update) {
            let owed =
                verdict.required && !verdict.waived && matches!(verdict.kind, Kind::Open | Kind::Unknown);
            if owed && verdict.due != NEVER && verdict.due >= view.at && instant(verdict.due) <= until_at {
                by_due.entry(instant(verdict.due)).or_default().push(OpenPair { update, verdict });
            }
        }
    }
    let group =
        |(due_at, pairs): (i64, Vec<OpenPair>)| Unproved { due_at, machines: machines(&pairs), pairs };
    by_due.into_iter().map(group).collect()
}

fn machines<'a>(pairs: impl IntoIterator<Item = &'a OpenPair>) -> usize {
    pairs.into_iter().map(|pair| pair.verdict.asset).collect::<BTreeSet<u32>>().len()
}

/// The reminder of a day: what falls due until the end of tomorrow in the shop's zone. Nothing where all of it is proved.
pub fn reminder(view: &View<'_>) -> Option<Reminder> {
    let shop = zone(&view.book.shop.zone);
    let today = day_in(shop, view.as_of_at);
    let unproved = unproved(view, end_of_day(shop, today.succ_opt().unwrap_or(today)));
    let before_at = unproved.first()?.due_at;
    let all = || unproved.iter().flat_map(|due| &due.pairs);
    let (pairs, machines) = (all().count(), machines(all()));
    let imported_at = view.book.live_batches().last().map(|batch| batch.recorded_at);
    Some(Reminder { unproved, before_at, pairs, machines, imported_at })
}

impl Reminder {
    /// `Import today or 31 pairs on 12 machines cannot be proved in time.`
    pub fn text(&self, view: &View<'_>) -> String {
        let shop = zone(&view.book.shop.zone);
        let today = day_in(shop, self.before_at) == day_in(shop, view.as_of_at);
        let when = if today { "Import at once" } else { "Import today" };
        format!(
            "{when} or {} on {} cannot be proved in time.",
            if self.pairs == 1 { "1 pair".to_owned() } else { format!("{} pairs", count(self.pairs as u64)) },
            counted(self.machines as u64, "machine", "machines")
        )
    }
}
