//! The agenda: everything with a date, in order of time, for list, grid, paper and the calendar file.

use chrono::NaiveDate;

use super::expected::releases;
use super::recurrence::days_from;
use super::shift::covers;
use super::slot::slots;
use crate::domain::book::Book;
use crate::domain::lifecycle::{Proof, Supports};
use crate::domain::row::words;
use crate::domain::standing::standings;
use crate::util::clock::{DAY_SECS, day_in, end_of_day, instant_of, text_in, zone};

words!(
    /// What kind of thing happens.
    What {
        /// A vendor releases.
        Release = "release", "Release";
        /// A group may be patched.
        Window = "window", "Maintenance window";
        /// People are away, or changes are unwanted.
        Closure = "closure", "Holiday or freeze";
        /// A step of a cycle is due.
        Step = "step", "Step";
        /// An asset gets no more security updates.
        SupportEnd = "support_end", "End of servicing";
    }
);

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The same for ever, whatever its date becomes: noun, row and which time of it.
    pub key: String,
    /// What kind of thing.
    pub what: What,
    /// Begin, UTC seconds; of whole days their first midnight in the shop's zone.
    pub from_at: i64,
    /// End, UTC seconds; the same as the begin for a moment.
    pub until_at: i64,
    /// First and last day, where it is about whole days.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// `Microsoft Security updates`.
    pub title: String,
    /// Remarks, one a line: shifts, warnings, who.
    pub notes: Vec<String>,
    /// It does not take place, or was done.
    pub over: bool,
    /// The row behind it.
    pub row: i64,
}

/// Everything that begins from `from_at` (included) to `to_at` (excluded); whole days and windows that reach into it too.
pub fn agenda(book: &Book, from_at: i64, to_at: i64) -> Vec<Item> {
    let mut items = Vec::new();
    items.extend(release_items(book, from_at, to_at));
    items.extend(window_items(book, from_at, to_at));
    items.extend(closure_items(book, from_at, to_at));
    items.extend(step_items(book, from_at, to_at));
    items.extend(support_items(book, from_at, to_at));
    items.sort_by(|a, b| (a.from_at, a.what, &a.title, &a.key).cmp(&(b.from_at, b.what, &b.title, &b.key)));
    items
}

fn release_items(book: &Book, from_at: i64, to_at: i64) -> impl Iterator<Item = Item> {
    let shop = zone(&book.shop.zone);
    releases(book, from_at, to_at).into_iter().filter_map(move |release| {
        let at = release.place_at()?;
        let mut notes = Vec::new();
        match (release.at, release.ruled_at) {
            (None, _) => notes.push(format!("dropped: {}", release.reason)),
            (Some(at), Some(ruled)) if at != ruled => {
                notes.push(format!("moved from {}: {}", text_in(shop, ruled), release.reason));
            }
            (Some(_), None) => notes.push(format!("one-off: {}", release.reason)),
            _ => {}
        }
        if release.unconfirmed {
            notes.push("told by one source only".to_owned());
        }
        Some(Item {
            key: format!("release-{}-{}", release.rule.0, release.month.format("%Y-%m")),
            what: What::Release,
            from_at: at,
            until_at: at,
            days: None,
            title: release.name(),
            notes,
            over: release.at.is_none(),
            row: release.rule.0,
        })
    })
}

fn window_items(book: &Book, from_at: i64, to_at: i64) -> impl Iterator<Item = Item> {
    // A window that opened before the span and is still open belongs to it.
    let open =
        slots(book, from_at - 14 * DAY_SECS, to_at).into_iter().filter(move |slot| slot.until_at > from_at);
    open.filter_map(|slot| {
        let window = book.windows.get(slot.window.0)?;
        let group = book.groups.get(slot.group.0).map_or("no group", |group| group.name.as_str());
        let mut notes = Vec::new();
        if !slot.shifted_because.is_empty() {
            notes.push(format!(
                "{}, planned for {}",
                slot.shifted_because,
                crate::util::clock::day_text(slot.planned_on)
            ));
        }
        notes.extend(slot.warnings.iter().map(|warning| format!("falls into {warning}")));
        notes.extend(slot.gap.map(|gap| gap.to_string()));
        let agreed = book.person_name(window.agreed_by);
        notes.push(if agreed.is_empty() {
            "not agreed with the business".to_owned()
        } else {
            format!("agreed by {agreed}")
        });
        Some(Item {
            key: format!("window-{}-{}", slot.window.0, slot.planned_on),
            what: What::Window,
            from_at: slot.from_at,
            until_at: slot.until_at,
            days: None,
            title: format!("{group}: {}", window.name),
            notes,
            over: false,
            row: slot.window.0,
        })
    })
}

fn closure_items(book: &Book, from_at: i64, to_at: i64) -> Vec<Item> {
    let shop = zone(&book.shop.zone);
    let (first, last) = (day_in(shop, from_at), day_in(shop, to_at - 1));
    let mut items = Vec::new();
    for closure in book.closures.rows().iter().filter(|closure| closure.ended_at.is_none()) {
        let mut day = first;
        while day <= last {
            let Some((begin, end)) = covers(closure, day) else {
                day = days_from(day, 1);
                continue;
            };
            let groups: Vec<&str> = closure
                .groups
                .iter()
                .filter_map(|id| book.groups.get(id.0))
                .map(|g| g.name.as_str())
                .collect();
            let mut notes = vec![closure.effect.text().to_owned()];
            if !groups.is_empty() {
                notes.push(format!("for {}", groups.join(", ")));
            }
            items.push(Item {
                key: format!("closure-{}-{}", closure.id.0, begin.format("%Y")),
                what: What::Closure,
                from_at: instant_of(shop, begin.and_time(chrono::NaiveTime::MIN)),
                until_at: end_of_day(shop, end),
                days: Some((begin, end)),
                title: format!("{} {}", closure.kind.text(), closure.name),
                notes,
                over: false,
                row: closure.id.0,
            });
            day = days_from(end, 1).max(days_from(day, 1));
        }
    }
    items
}

fn step_items(book: &Book, from_at: i64, to_at: i64) -> impl Iterator<Item = Item> {
    let shop = zone(&book.shop.zone);
    let steps = book.cycle_steps.rows().iter().filter(move |step| (from_at..to_at).contains(&step.due_at));
    steps.filter_map(move |step| {
        let cycle = book.cycles.get(step.cycle.0).filter(|cycle| cycle.cancelled_because.is_empty())?;
        let mut notes = Vec::new();
        let person = book.person_name(step.person);
        if !person.is_empty() {
            notes.push(format!("by {person}"));
        }
        if !step.document.is_empty() {
            notes.push(step.document.clone());
        }
        if !step.shifted_because.is_empty() {
            notes.push(format!("{}, planned for {}", step.shifted_because, text_in(shop, step.planned_at)));
        }
        if step.done_at.is_some() {
            notes.push(format!("done by {}", step.done_by));
        }
        if !step.skipped_because.is_empty() {
            notes.push(format!("left out: {}", step.skipped_because));
        }
        let drill = if cycle.drill { "DRILL " } else { "" };
        Some(Item {
            key: format!("step-{}", step.id.0),
            what: What::Step,
            from_at: step.due_at,
            until_at: step.due_at,
            days: None,
            title: format!("{drill}{}: {}", cycle.name, step.title),
            notes,
            over: step.done_at.is_some() || !step.skipped_because.is_empty(),
            row: step.id.0,
        })
    })
}

fn support_items(book: &Book, from_at: i64, to_at: i64) -> Vec<Item> {
    let shop = zone(&book.shop.zone);
    let standings = standings(book, from_at);
    let counted = book.assets.rows().iter().zip(&standings).filter(|(_, standing)| standing.counts());
    let supports = Supports::new(book, from_at);
    let ends = counted.filter_map(|(asset, _)| {
        let end = supports.of(asset).first()?.clone();
        Some((asset, end.until()?, end))
    });
    let items = ends.map(|(asset, day, end)| Item {
        key: format!("support-{}", asset.id.0),
        what: What::SupportEnd,
        from_at: instant_of(shop, day.and_time(chrono::NaiveTime::MIN)),
        until_at: end_of_day(shop, day),
        days: Some((day, day)),
        title: format!("Last security updates for {}", asset.name),
        notes: match end.proof {
            Proof::None => vec![end.name],
            Proof::Named(proof) | Proof::Until(_, proof) => {
                vec![end.name, format!("proof of extended support: {proof}")]
            }
        },
        over: false,
        row: asset.id.0,
    });
    items.filter(|item| (from_at..to_at).contains(&item.from_at)).collect()
}
