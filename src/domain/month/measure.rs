//! What comes out of a month: figures, machines, overdue items, waivers, and what moved the figures. One function for seals,
//! postures and months that nobody sealed.

use chrono_tz::Tz;

use super::figure;
use super::{SealOutputs, SealedFigure, SealedItem, SealedMachine};
use crate::domain::book::Book;
use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::machine::{Machine, Reason};
use crate::domain::compliance::moved::Who;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::stamp::instant;
use crate::domain::waiver::debt::debt;
use crate::util::clock::{day_in, day_text, text_in, zone};
use crate::util::text::counted;

/// Overdue items that a seal names; all of them are counted.
pub const MOST_ITEMS: usize = 2_000;

/// Everything that comes out at an instant, over a period. `who` tells who recorded a row.
pub fn outputs(book: &Book, as_of_at: i64, period: Period, who: Who<'_>) -> SealOutputs {
    let view = View::new(book, as_of_at);
    let figures = view.figures(period);
    outputs_of(&view, &figures, period, who)
}

/// The same of a view that is there already.
pub fn outputs_of(view: &View<'_>, figures: &Figures, period: Period, who: Who<'_>) -> SealOutputs {
    let zone = zone(&view.book.shop.zone);
    SealOutputs {
        figures: figure::list(view, figures, period),
        machines: machines(view, figures, zone),
        moved: moved(view, period, who, zone),
        overdue: overdue(view),
        waivers: waivers(view, period, zone),
    }
}

/// The machines of a register, by name.
pub fn machines(view: &View<'_>, figures: &Figures, zone: Tz) -> Vec<SealedMachine> {
    let book = view.book;
    let ledger = figures.ledger(view);
    let ages = view.installed_age();
    let mut outside: Vec<String> = vec![String::new(); book.assets.len()];
    for row in ledger.outside {
        let since =
            row.since_at.map_or_else(String::new, |at| format!(" since {}", day_text(day_in(zone, at))));
        let by = if row.approved_by.is_empty() {
            String::new()
        } else {
            format!(", approved by {}", row.approved_by)
        };
        let reason = if row.reason.is_empty() { String::new() } else { format!(": {}", row.reason) };
        outside[row.asset as usize] = format!("{}{since}{reason}{by}", row.why);
    }
    let machine = |(i, asset): (usize, &crate::domain::asset::Asset)| {
        let machine = &figures.machines[i];
        let group = view.subjects.standings[i].group.and_then(|id| book.groups.get(id.0));
        SealedMachine {
            asset: asset.id,
            name: asset.name.clone(),
            segment: machine.segment.map_or_else(String::new, |segment| segment.word().to_owned()),
            open: machine.tally.open.into(),
            overdue: machine.tally.overdue.into(),
            waived: machine.tally.waived.into(),
            group: group.map_or_else(String::new, |group| group.name.clone()),
            owner: book.person_name(asset.owner).to_owned(),
            silent: silent(machine, zone),
            outside: outside[i].clone(),
            report_at: machine.report_at,
            installed_age_days: ages.days_of(i as u32),
        }
    };
    let registered = |&(i, _): &(usize, &crate::domain::asset::Asset)| view.subjects.registered[i];
    let mut list: Vec<SealedMachine> =
        book.assets.iter().enumerate().filter(registered).map(machine).collect();
    list.sort_by_cached_key(|machine| (machine.name.to_lowercase(), machine.asset));
    list
}

fn silent(machine: &Machine, zone: Tz) -> Vec<String> {
    let text = |reason: &Reason| match reason {
        Reason::Stale { report_at, limit_days } => {
            format!("newest report {}, limit {limit_days} days", text_in(zone, *report_at))
        }
        Reason::NotSeenSince { released_at, .. } => {
            format!("not seen since the release of {}", day_text(day_in(zone, *released_at)))
        }
        Reason::StateUnknown { pairs } => counted(
            u64::from(*pairs),
            "required item with state unknown",
            "required items with state unknown",
        ),
        Reason::NotSubscribed { products } => format!("not subscribed: {}", products.join(", ")),
        other => other.name().to_lowercase(),
    };
    machine.reasons.iter().map(text).collect()
}

fn moved(view: &View<'_>, period: Period, who: Who<'_>, zone: Tz) -> Vec<String> {
    let line = |change: crate::domain::compliance::moved::Change| {
        let reason = if change.reason.is_empty() { String::new() } else { format!(" ({})", change.reason) };
        let by = change.by.map_or_else(String::new, |by| format!(", by {by}"));
        let before = if change.before.is_empty() { String::new() } else { format!("{} to ", change.before) };
        format!(
            "{}: {} of {}: {before}{}{reason}{by}",
            text_in(zone, change.at),
            change.matter.text(),
            change.subject,
            change.after
        )
    };
    view.moved(period, who).into_iter().map(line).collect()
}

fn overdue(view: &View<'_>) -> Vec<SealedItem> {
    let book = view.book;
    let mut pairs: Vec<_> = view.overdue().collect();
    pairs.sort_by_key(|pair| (pair.verdict.due, pair.verdict.asset, pair.update));
    pairs.truncate(MOST_ITEMS);
    let item = |pair: crate::domain::compliance::drill::OpenPair| {
        let asset = &book.assets.rows()[pair.verdict.asset as usize];
        SealedItem {
            machine: asset.name.clone(),
            update: book.updates.rows()[pair.update as usize].short_name(),
            // As M5 by rank counts it: how bad the update is held to be at the as-of instant.
            rank: view.rank(pair.update).text().to_owned(),
            state: pair.verdict.state.text().to_owned(),
            due_at: instant(pair.verdict.due),
            rule: view.rule_text(pair.verdict.rule).clone(),
            owner: book.person_name(asset.owner).to_owned(),
        }
    };
    pairs.into_iter().map(item).collect()
}

fn waivers(view: &View<'_>, period: Period, zone: Tz) -> Vec<String> {
    let debt = debt(view, period);
    let line = |owed: &crate::domain::waiver::debt::Owed| {
        format!(
            "{}: {}, until {}, renewed {} times, {}",
            owed.name,
            owed.state.text(),
            day_text(day_in(zone, owed.until_at)),
            owed.renewals,
            counted(owed.open.len() as u64, "open item", "open items")
        )
    };
    debt.expired.iter().chain(&debt.active).map(line).collect()
}

impl SealOutputs {
    /// A figure by its id.
    pub fn figure(&self, id: &str) -> Option<&SealedFigure> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// The part of a figure; nought where there is none.
    pub fn part(&self, id: &str) -> u64 {
        self.figure(id).and_then(|figure| figure.part).map_or(0, i64::unsigned_abs)
    }

    /// What a figure was printed as; empty where it was not counted.
    pub fn text(&self, id: &str) -> &str {
        self.figure(id).map_or("", |figure| figure.text.as_str())
    }

    /// Machines by segment, in the order of [`crate::domain::compliance::machine::Segment::ALL`].
    pub fn segments(&self) -> [u64; 6] {
        segments(&self.figures)
    }
}

/// Machines by segment in a list of figures.
pub fn segments(figures: &[SealedFigure]) -> [u64; 6] {
    use crate::domain::compliance::machine::Segment;
    let mut counts = [0; 6];
    for &segment in Segment::ALL {
        let id = format!("segment/{}", segment.word());
        let figure = figures.iter().find(|figure| figure.id == id);
        counts[segment as usize] = figure.and_then(|figure| figure.part).map_or(0, i64::unsigned_abs);
    }
    counts
}
