//! The cycle in words, for every room that shows where it stands: phases, what is next, what can be begun.
//!
//! Invariant: draws nothing and keeps nothing.

use chrono::{Months, NaiveDate};

use super::Ctx;
use crate::domain::cycle::generate::{self, Draft};
use crate::domain::cycle::progress::{PhaseState, PhaseView, Progress, countdown};
use crate::domain::cycle::template::{CycleTemplate, CycleTemplateId};
use crate::domain::cycle::{Cycle, CycleKind, CycleStep};
use crate::ui::widget::{PhaseMark, Stage};
use crate::util::clock::{DAY_SECS, utc};
use crate::util::text::counted;

/// A release older than this many days is no longer offered first.
const STALE_DAYS: i64 = 21;

/// The phases as the strip shows them.
pub fn phases(now: &Progress<'_>) -> Vec<PhaseMark> {
    let mark = |view: &PhaseView| {
        let stage = match view.state {
            _ if now.lit == Some(view.phase) => Stage::Current,
            _ if view.late > 0 => Stage::Late,
            PhaseState::Done => Stage::Over,
            _ => Stage::Ahead,
        };
        let count =
            if view.steps == 0 { String::new() } else { format!("{} of {}", view.settled, view.steps) };
        PhaseMark { name: view.phase.text(), stage, count }
    };
    now.phases.iter().map(mark).collect()
}

/// What comes next, and what is late, in words.
pub fn next_words(now: &Progress<'_>, ctx: &Ctx<'_>) -> (String, Option<String>) {
    let who = |step: &CycleStep| match ctx.book().person_name(step.person) {
        "" => "nobody named".to_owned(),
        name => name.to_owned(),
    };
    let next = now.next.map_or_else(
        || "No step is ahead".to_owned(),
        |step| {
            let left = countdown(step.due_at - ctx.now_at);
            format!("Next {left}: {}, {}, {}", step.title, time_words(ctx, step.due_at), who(step))
        },
    );
    let late = now.late.first().map(|step| {
        let number = counted(now.late.len() as u64, "step is overdue", "steps are overdue");
        format!("{number}, the oldest since {}: {}, {}", time_words(ctx, step.due_at), step.title, who(step))
    });
    (next, late)
}

/// `December 2026`, `Catch-up 2026`, `DRILL EMG-2026-001`.
pub fn cycle_name(cycle: &Cycle) -> String {
    let name = match cycle.kind {
        CycleKind::Monthly => month_words(&cycle.name),
        CycleKind::CatchUp | CycleKind::Emergency => cycle.name.clone(),
    };
    if cycle.drill { format!("DRILL {name}") } else { name }
}

/// The templates of months that are offered.
pub fn monthly<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = &'a CycleTemplate> {
    let rows = ctx.book().cycle_templates.rows().iter();
    rows.filter(|row| row.kind == CycleKind::Monthly && row.ended_at.is_none())
}

/// The first day of the month before a day's.
pub fn month_before(today: NaiveDate) -> NaiveDate {
    let first = crate::domain::calendar::recurrence::first_of_month(today);
    first.checked_sub_months(Months::new(1)).unwrap_or(first)
}

/// The month that is to be begun next, and from which template: the first without a cycle whose release is not long past.
pub fn next(ctx: &Ctx<'_>) -> Option<(CycleTemplateId, String)> {
    let template = monthly(ctx).next()?;
    let first = month_before(ctx.today);
    let months = (0..4).filter_map(|n| first.checked_add_months(Months::new(n)));
    let month = months.map(|month| month.format("%Y-%m").to_string()).find(|month| {
        let begun = ctx.book().cycles.rows().iter().any(|cycle| {
            cycle.kind == CycleKind::Monthly && cycle.month == *month && cycle.cancelled_because.is_empty()
        });
        let fresh = |draft: Draft| draft.anchor_at > ctx.now_at - STALE_DAYS * DAY_SECS;
        !begun && generate::month(ctx.book(), template, month).is_ok_and(fresh)
    })?;
    Some((template.id, month))
}

/// `December 2026`.
pub fn month_words(month: &str) -> String {
    let first = crate::domain::calendar::recurrence::month_of(month);
    first.map_or_else(|| month.to_owned(), |first| first.format("%B %Y").to_string())
}

/// `Fri 11 Dec 2026 21:00`, in the shop's zone.
pub fn time_words(ctx: &Ctx<'_>, at: i64) -> String {
    utc(at).with_timezone(&ctx.zone).format("%a %-d %b %Y %H:%M").to_string()
}
