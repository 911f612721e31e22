//! The list before a month is sealed, answered by the program as far as it can: what it found, by name. Only an exception to
//! which nobody gave an answer stops the seal.
//!
//! An answer holds for what was found when it was given: when something else is found later, it is asked anew.

use super::standing::{seal_of, signatures};
use super::{CloseAnswer, name};
use crate::domain::book::Book;
use crate::domain::change::orphan::orphans;
use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::verdict::Kind;
use crate::domain::compliance::view::View;
use crate::domain::cycle::{Cycle, CycleKind};
use crate::domain::meeting::MeetingKind;
use crate::domain::pair::State;
use crate::domain::role::holder::{role_coded, role_holder_on};
use crate::domain::row::words;
use crate::domain::waiver::debt::debt;
use crate::util::clock::{DAY_SECS, day_in, day_text, text_in, zone};
use crate::util::hash::{hex, sha256};
use crate::util::text::counted;

/// An import must lie within so many days of the month's end (`metrics.md` rule 10, `standards.md` 4.3).
pub const IMPORT_DAYS: i64 = 3;

/// Who signs a sealed month, and the role they hold (`standards.md` 3.9).
pub const SIGNERS: [(&str, &str); 3] = [("Prepared", "PC"), ("Reviewed", "AU"), ("Accepted", "BA")];

words!(
    /// A point of the list.
    Item {
        /// Patch states were imported close to the month's end.
        Import = "import", "Import at the month's end";
        /// Computers of the imports that match no asset.
        Unmatched = "unmatched", "Unmatched computers";
        /// Machines in scope that are not observed.
        Stale = "stale", "Silent machines";
        /// Items that failed or wait for a restart.
        Failures = "failures", "Failures and missing restarts";
        /// Waivers that ran out with something open.
        WaiversExpired = "waivers_expired", "Waivers that ran out";
        /// Waivers that end soon.
        WaiversExpiring = "waivers_expiring", "Waivers that end within 30 days";
        /// Installs outside any change, and changes that no install shows.
        Orphans = "orphans", "Installs and changes that do not match";
        /// The month's review.
        Review = "review", "Review of the month";
        /// Action items past their date.
        Actions = "actions", "Open actions";
        /// Who signs, and whether the month before was signed.
        Signatures = "signatures", "Signatures";
    }
);

/// A point as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Which.
    pub item: Item,
    /// Something a person must look at and answer.
    pub exception: bool,
    /// In one sentence.
    pub summary: String,
    /// What was found, by name.
    pub found: Vec<String>,
    /// The answer that holds for what was found.
    pub answer: Option<CloseAnswer>,
    /// An answer was given, but to other findings.
    pub outdated: bool,
}

impl Point {
    /// Whether it stops the seal.
    pub fn stops(&self) -> bool {
        self.exception && self.answer.is_none()
    }

    /// SHA-256 over what was found, hexadecimal: what an answer is given to.
    pub fn found_sha256(&self) -> String {
        found_sha256(&self.found)
    }
}

fn found_sha256(found: &[String]) -> String {
    hex(&sha256(found.join("\n").as_bytes()))
}

/// The list of a month, as of its end, or of now (UTC seconds) while it runs. `None` for a name that is no month, and for one
/// that has not begun.
pub fn list(book: &Book, month: &str, now_at: i64) -> Option<Vec<Point>> {
    let period = name::period(book, month)?;
    if now_at < period.from_at {
        return None;
    }
    list_as_of(book, month, now_at.min(period.to_at - 1))
}

/// The list of a month as of an instant (UTC seconds), as the register stands now. `None` for a name that is no month.
pub fn list_as_of(book: &Book, month: &str, as_of_at: i64) -> Option<Vec<Point>> {
    let period = name::period(book, month)?;
    let view = View::new(book, as_of_at);
    let figures = view.figures(period);
    let look = Look { book, month, period, view: &view, figures: &figures };
    Some(Item::ALL.iter().map(|&item| look.point(item)).collect())
}

/// Points of a list that stop the seal.
pub fn stopping(points: &[Point]) -> Vec<&Point> {
    points.iter().filter(|point| point.stops()).collect()
}

/// What a point found: whether it is an exception, in one sentence, by name.
type Found = (bool, String, Vec<String>);

struct Look<'a> {
    book: &'a Book,
    month: &'a str,
    period: Period,
    view: &'a View<'a>,
    figures: &'a Figures,
}

impl Look<'_> {
    fn point(&self, item: Item) -> Point {
        let (exception, summary, found) = match item {
            Item::Import => self.import(),
            Item::Unmatched => self.unmatched(),
            Item::Stale => self.stale(),
            Item::Failures => self.failures(),
            Item::WaiversExpired => self.waivers(true),
            Item::WaiversExpiring => self.waivers(false),
            Item::Orphans => self.orphans(),
            Item::Review => self.review(),
            Item::Actions => self.actions(),
            Item::Signatures => self.signatures(),
        };
        let given =
            self.book.close_answers.iter().filter(|row| row.month == self.month && row.item == item.word());
        let given = given.max_by_key(|row| (row.answered_at, row.id)).filter(|row| !row.answer.is_empty());
        let fits = given.filter(|row| row.found == found_sha256(&found));
        let outdated = exception && given.is_some() && fits.is_none();
        let answer = fits.filter(|_| exception).cloned();
        Point { item, exception, summary, found, answer, outdated }
    }

    fn asset(&self, place: u32) -> &str {
        &self.book.assets.rows()[place as usize].name
    }

    fn instant(&self, at: i64) -> String {
        text_in(zone(&self.book.shop.zone), at)
    }

    fn day(&self, at: i64) -> String {
        day_text(day_in(zone(&self.book.shop.zone), at))
    }

    fn pair(&self, asset: u32, update: u32) -> String {
        format!("{} on {}", self.book.updates.rows()[update as usize].short_name(), self.asset(asset))
    }

    fn import(&self) -> Found {
        let reports = self.book.live_batches().into_iter().filter(|batch| batch.scope.is_report());
        // An import of a later month says nothing of this one, however new it is.
        let away = |batch: &crate::domain::batch::Batch| (batch.as_of_at - self.view.as_of_at).abs();
        let Some(nearest) = reports.min_by_key(|batch| (away(batch), std::cmp::Reverse(batch.number))) else {
            let text = "No import shows the patch state of machines.".to_owned();
            return (true, text.clone(), vec![text]);
        };
        let source = self.book.sources.get(nearest.source.0).map_or("", |source| source.name.as_str());
        let line = format!(
            "import {} from {source}, newest report {}",
            nearest.number,
            self.instant(nearest.as_of_at)
        );
        let end = self.instant(self.view.as_of_at);
        let missing = away(nearest) > IMPORT_DAYS * DAY_SECS;
        let text = if missing {
            format!("No import shows the patch state within {IMPORT_DAYS} days of {end}.")
        } else {
            format!("An import shows the patch state within {IMPORT_DAYS} days of {end}.")
        };
        (missing, text, vec![line])
    }

    fn unmatched(&self) -> Found {
        let live: Vec<_> = self.book.live_batches().iter().map(|batch| batch.source).collect();
        let strangers =
            self.book.source_assets.iter().filter(|row| row.asset.is_none() && live.contains(&row.source));
        let mut found: Vec<String> = strangers.map(|row| row.name.clone()).collect();
        found.sort();
        let n = found.len() as u64;
        let text = if n == 0 {
            "Every computer of the imports is an asset of the register.".to_owned()
        } else {
            format!(
                "{} no asset of the register.",
                counted(n, "computer of the imports is", "computers of the imports are")
            )
        };
        (n > 0, text, found)
    }

    fn stale(&self) -> Found {
        let silent = self.figures.machines.iter().enumerate().filter(|(_, m)| m.in_scope() && !m.observed());
        let mut found: Vec<String> = silent
            .map(|(i, machine)| {
                let reasons: Vec<&str> =
                    machine.reasons.iter().map(super::super::compliance::machine::Reason::name).collect();
                format!("{}: {}", self.asset(i as u32), reasons.join(", ").to_lowercase())
            })
            .collect();
        found.sort();
        let n = found.len() as u64;
        // Of nothing, nothing is observed.
        if !self.figures.machines.iter().any(super::super::compliance::machine::Machine::in_scope) {
            let text = "No machine was in scope, so nothing was observed.".to_owned();
            return (true, text.clone(), vec![text]);
        }
        let text = if n == 0 {
            "Every machine in scope is observed.".to_owned()
        } else {
            format!("{} not observed.", counted(n, "machine in scope is", "machines in scope are"))
        };
        (n > 0, text, found)
    }

    fn failures(&self) -> Found {
        let mut found = Vec::new();
        for update in 0..self.view.duties.len() as u32 {
            for verdict in
                self.view.pairs_of(update).into_iter().filter(|v| v.required && v.kind == Kind::Open)
            {
                if matches!(verdict.state, State::Failed | State::PendingReboot) {
                    let pair = self.pair(verdict.asset, update);
                    found.push(format!("{pair}: {}", verdict.state.text().to_lowercase()));
                }
            }
        }
        found.sort();
        let n = found.len() as u64;
        let text = if n == 0 {
            "Nothing failed and no restart is missing.".to_owned()
        } else {
            format!("Failed or in need of a restart: {}.", counted(n, "item", "items"))
        };
        (n > 0, text, found)
    }

    fn waivers(&self, expired: bool) -> Found {
        let debt = debt(self.view, self.period);
        let soon = self.view.as_of_at + 30 * DAY_SECS;
        let list: Vec<_> = if expired {
            debt.expired.iter().collect()
        } else {
            debt.active.iter().filter(|owed| owed.until_at <= soon).collect()
        };
        let line = |owed: &&crate::domain::waiver::debt::Owed| {
            let open = counted(owed.open.len() as u64, "open item", "open items");
            format!("{}, until {}, {open}", owed.name, self.day(owed.until_at))
        };
        let found: Vec<String> = list.iter().map(line).collect();
        let n = found.len() as u64;
        let text = match (n, expired) {
            (0, true) => "No waiver ran out with something open.".to_owned(),
            (0, false) => "No waiver ends within 30 days.".to_owned(),
            (n, true) => format!("{} with something open.", counted(n, "waiver ran out", "waivers ran out")),
            (n, false) => format!("{} within 30 days.", counted(n, "waiver ends", "waivers end")),
        };
        (n > 0, text, found)
    }

    fn orphans(&self) -> Found {
        let orphans = orphans(self.view, self.period);
        let outside = orphans
            .outside()
            .map(|row| format!("{}: installed outside any change", self.pair(row.asset, row.install.update)));
        let number = |id: crate::domain::change::ChangeId| {
            self.book.changes.get(id.0).map_or("?", |record| record.number.as_str())
        };
        let unshown =
            orphans.unmatched().into_iter().map(|id| format!("{}: no install shows it", number(id)));
        let mut found: Vec<String> = outside.chain(unshown).collect();
        found.sort();
        let n = found.len() as u64;
        let text = if n == 0 {
            "Every known install has its change, and every change its installs.".to_owned()
        } else {
            format!("{} a counterpart.", counted(n, "install or change lacks", "installs or changes lack"))
        };
        (n > 0, text, found)
    }

    fn cycle(&self) -> Option<&Cycle> {
        let of_month = |cycle: &&Cycle| {
            cycle.kind == CycleKind::Monthly
                && cycle.month == self.month
                && !cycle.drill
                && cycle.cancelled_because.is_empty()
        };
        self.book.cycles.iter().find(of_month)
    }

    fn review(&self) -> Found {
        let Some(cycle) = self.cycle() else {
            let text = format!("The register has no cycle of {}.", name::text(self.month));
            return (true, text.clone(), vec![text]);
        };
        let of_cycle = |meeting: &&crate::domain::meeting::Meeting| {
            meeting.kind == MeetingKind::Review
                && meeting.cycle == Some(cycle.id)
                && meeting.cancelled_because.is_empty()
        };
        let held: Vec<i64> = self.book.meetings.iter().filter(of_cycle).filter_map(|m| m.held_at).collect();
        if let Some(at) = held.into_iter().max() {
            let text = format!("The review of {} was held on {}.", cycle.name, self.day(at));
            (false, text.clone(), vec![text])
        } else {
            let text = format!("The review of {} was not held.", cycle.name);
            (true, text.clone(), vec![text])
        }
    }

    fn actions(&self) -> Found {
        let today = day_in(zone(&self.book.shop.zone), self.view.as_of_at);
        let open: Vec<_> = self
            .book
            .actions
            .iter()
            .filter(|action| {
                let done = action.done_at.is_some_and(|at| at <= self.view.as_of_at);
                action.created_at <= self.view.as_of_at && !done && action.dropped_because.is_empty()
            })
            .collect();
        let mut found: Vec<String> = open
            .iter()
            .filter(|action| action.due_on.is_some_and(|due| due < today))
            .map(|action| {
                let owner = match self.book.person_name(action.owner) {
                    "" => "nobody",
                    name => name,
                };
                let due = action.due_on.map_or_else(String::new, day_text);
                format!("{} ({owner}, due {due})", action.what)
            })
            .collect();
        found.sort();
        let n = found.len() as u64;
        let text = format!(
            "{}, {} past the date.",
            counted(open.len() as u64, "action is open", "actions are open"),
            counted(n, "one of them", "of them")
        );
        let text = if n == 0 {
            format!(
                "{}, none past its date.",
                counted(open.len() as u64, "action is open", "actions are open")
            )
        } else {
            text
        };
        (n > 0, text, found)
    }

    fn signatures(&self) -> Found {
        let today = day_in(zone(&self.book.shop.zone), self.view.as_of_at);
        let mut found = Vec::new();
        let mut signers = Vec::new();
        for (meaning, code) in SIGNERS {
            let role = role_coded(self.book, code).map_or(code, |role| role.name.as_str());
            match role_holder_on(self.book, code, today) {
                Some(person) => {
                    signers.push(format!("{meaning}: {} ({role})", self.book.person_name(Some(person))));
                }
                None => found.push(format!("{meaning}: nobody held the role {role} on {}", day_text(today))),
            }
        }
        let before = name::before(self.month).and_then(|month| seal_of(self.book, &month));
        if let Some(seal) = before {
            let given = signatures(self.book, seal.id);
            let missing =
                SIGNERS.iter().filter(|(meaning, _)| !given.iter().any(|row| row.meaning == *meaning));
            for (meaning, _) in missing {
                found.push(format!(
                    "{} is not signed as {}",
                    name::text(&seal.month),
                    meaning.to_lowercase()
                ));
            }
        }
        if found.is_empty() {
            let earlier = if before.is_some() { "is signed" } else { "was never sealed" };
            return (false, format!("Who signs is known; the month before {earlier}."), signers);
        }
        let n = found.len() as u64;
        (
            true,
            format!("{} missing.", counted(n, "signature or signer is", "signatures or signers are")),
            found,
        )
    }
}
