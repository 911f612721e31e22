//! The counted work of the month: approvals, changes, waivers, steps, actions, the schedule, and what must be imported before it
//! can be proved. Pure; draws nothing.

use chrono::{NaiveDate, TimeDelta};

use super::work::{Opens, Work};
use crate::domain::change::figure::overdue_approvals;
use crate::domain::change::{ChangeRecord, ChangeState};
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::cycle::CycleStep;
use crate::domain::cycle::lint::lint;
use crate::domain::cycle::progress::{is_open, settled};
use crate::domain::cycle::reminder::reminder;
use crate::domain::emergency::standing::measures_due;
use crate::domain::waiver::debt::{Owed, debt};
use crate::domain::waiver::request::WaiverRequestId;
use crate::ui::icon::{self, Icon};
use crate::ui::room::Ctx;
use crate::ui::route::Room;
use crate::ui::theme::Tone;
use crate::util::clock::{DAY_SECS, day_text};
use crate::util::text::{count, counted};

/// How far ahead the schedule is looked at, in days.
const SCHEDULE_DAYS: i64 = 62;
/// An action that is due within so many days is announced.
const ACTION_DAYS: i64 = 7;

/// What takes long to count, once for each state of the register and each day.
#[derive(Debug, Default)]
pub struct Counted {
    key: Option<(i64, NaiveDate)>,
    urgent: Vec<Work>,
    rest: Vec<Work>,
}

impl Counted {
    /// Counts again where the register or the day moved on.
    pub fn refresh(&mut self, ctx: &Ctx<'_>) {
        let key = Some((ctx.book().head.seq, ctx.today));
        if self.key == key {
            return;
        }
        let view = View::new(ctx.book(), ctx.shown.as_of_at);
        let (expired, expiring) = waivers(ctx, &view);
        self.urgent = expired.into_iter().chain(reminded(&view)).collect();
        self.rest = expiring.into_iter().chain(schedule(ctx, &view)).collect();
        self.key = key;
    }

    /// What comes first, and what comes after the machines.
    pub fn work(&self, ctx: &Ctx<'_>) -> (Vec<Work>, Vec<Work>) {
        let mut urgent = self.urgent.clone();
        urgent.extend(steps(ctx));
        urgent.extend(approvals(ctx));
        urgent.extend(changes(ctx));
        urgent.extend(measures(ctx));
        urgent.extend(requests(ctx));
        let mut rest = self.rest.clone();
        rest.extend(actions(ctx));
        (urgent, rest)
    }
}

fn work(icon: Icon, tone: Tone, count: usize, title: &str, note: String, opens: Opens) -> Work {
    Work { icon, tone, count: count as u64, title: title.to_owned(), note, opens }
}

/// The first few, for the line below a title.
fn first<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    match names.len() {
        ..=3 => shown,
        all => format!("{shown} and {} more", count(all as u64 - 3)),
    }
}

/// Waivers that ended with something still open, and those that end soon.
fn waivers(ctx: &Ctx<'_>, view: &View<'_>) -> (Option<Work>, Option<Work>) {
    let debt = debt(view, Period { from_at: 0, to_at: 0 });
    let soon: Vec<&Owed> =
        debt.active.iter().filter(|owed| owed.until_at - view.as_of_at <= 30 * DAY_SECS).collect();
    let opens = |list: &[&Owed]| match list {
        [one] => {
            let rows = ctx.book().waiver_requests.rows();
            let request = one.request.and_then(|place| rows.get(place as usize));
            request.map_or(Opens::Room(Room::Changes), |row| Opens::Waiver(row.id))
        }
        _ => Opens::Room(Room::Changes),
    };
    let expired: Vec<&Owed> = debt.expired.iter().collect();
    let ended = (!expired.is_empty()).then(|| {
        let note = format!("Ended, still open: {}", first(expired.iter().map(|owed| owed.name.as_str())));
        work(icon::SHIELD_ALERT, Tone::Bad, expired.len(), "Waivers expired", note, opens(&expired))
    });
    let ending = soon.first().map(|next| {
        let note = format!("The first, {}, ends {}", next.name, ctx.day_text(next.until_at));
        work(icon::HOURGLASS, Tone::Warn, soon.len(), "Waivers expiring within 30 days", note, opens(&soon))
    });
    (ended, ending)
}

/// The reminder on the day before due dates.
fn reminded(view: &View<'_>) -> Option<Work> {
    let reminder = reminder(view)?;
    let title = "Due until the end of tomorrow, not proved";
    Some(work(icon::UPLOAD, Tone::Bad, reminder.pairs, title, reminder.text(view), Opens::Import))
}

/// What is wrong with the schedule of the coming two months.
fn schedule(ctx: &Ctx<'_>, view: &View<'_>) -> Option<Work> {
    let found = lint(view, ctx.now_at, ctx.now_at + SCHEDULE_DAYS * DAY_SECS);
    let mut kinds: Vec<&str> = found.iter().map(|finding| finding.kind.text()).collect();
    kinds.dedup();
    let note = first(kinds.into_iter());
    (!found.is_empty())
        .then(|| work(icon::LIST_CHECKS, Tone::Warn, found.len(), "Schedule findings", note, Opens::Schedule))
}

/// Steps of open cycles that came due.
fn steps(ctx: &Ctx<'_>) -> Option<Work> {
    let book = ctx.book();
    let runs = |step: &&CycleStep| {
        let cycle = book.cycles.get(step.cycle.0);
        cycle.is_some_and(|cycle| is_open(cycle) && !cycle.drill)
    };
    let late = |step: &&CycleStep| !settled(step) && step.due_at <= ctx.now_at;
    let mut found: Vec<&CycleStep> = book.cycle_steps.rows().iter().filter(late).filter(runs).collect();
    found.sort_by_key(|step| step.due_at);
    let oldest = found.first()?;
    let note = format!("The oldest since {}: {}", ctx.day_text(oldest.due_at), oldest.title);
    Some(work(
        icon::CALENDAR_CLOCK,
        Tone::Bad,
        found.len(),
        "Steps overdue",
        note,
        Opens::Cycle(oldest.cycle),
    ))
}

/// Changes that went ahead and whose approval should have been written down by now.
fn approvals(ctx: &Ctx<'_>) -> Option<Work> {
    let found = overdue_approvals(ctx.book(), ctx.now_at);
    let numbers: Vec<&str> =
        found.iter().filter_map(|id| Some(ctx.book().changes.get(id.0)?.number.as_str())).collect();
    let opens = if let [one] = found.as_slice() { Opens::Change(*one) } else { Opens::Room(Room::Changes) };
    let note = format!("Went ahead, not approved yet: {}", first(numbers.into_iter()));
    (!found.is_empty())
        .then(|| work(icon::USER_CHECK, Tone::Bad, found.len(), "Approvals overdue", note, opens))
}

/// Interim measures of an emergency whose review is due.
fn measures(ctx: &Ctx<'_>) -> Option<Work> {
    let found = measures_due(ctx.book(), ctx.now_at);
    let opens = Opens::Room(Room::Night);
    let note = first(found.iter().map(|measure| measure.what.as_str()));
    let title = "Interim measures to review";
    (!found.is_empty()).then(|| work(icon::SHIELD_ALERT, Tone::Warn, found.len(), title, note, opens))
}

/// Change records that wait for somebody.
fn changes(ctx: &Ctx<'_>) -> Vec<Work> {
    use ChangeState as S;
    let by = |states: &[ChangeState]| -> Vec<&ChangeRecord> {
        ctx.book().changes.rows().iter().filter(|row| states.contains(&row.state)).collect()
    };
    let mut to_start = by(&[S::Scheduled]);
    to_start.retain(|row| row.window_from_at.is_none_or(|at| at <= ctx.now_at + DAY_SECS));
    let kinds = [
        ("Approvals waiting", icon::USER_CHECK, Tone::Warn, by(&[S::Submitted, S::Declared, S::GoAhead])),
        ("Changes to start", icon::CLOCK, Tone::Warn, to_start),
        (
            "Changes to verify",
            icon::CLIPBOARD_LIST,
            Tone::Warn,
            by(&[S::Implemented, S::Partly, S::Monitoring]),
        ),
        (
            "Changes to review",
            icon::CLIPBOARD_LIST,
            Tone::Neutral,
            by(&[S::RolledBack, S::Failed, S::Review]),
        ),
    ];
    kinds
        .into_iter()
        .filter(|(.., rows)| !rows.is_empty())
        .map(|(title, icon, tone, rows)| {
            let opens = match rows.as_slice() {
                [one] => Opens::Change(one.id),
                _ => Opens::Room(Room::Changes),
            };
            let names: Vec<String> = rows.iter().map(|row| format!("{} {}", row.number, row.title)).collect();
            work(icon, tone, rows.len(), title, first(names.iter().map(String::as_str)), opens)
        })
        .collect()
}

/// Waiver requests that nobody has decided.
fn requests(ctx: &Ctx<'_>) -> Option<Work> {
    let waits = |row: &&crate::domain::waiver::request::WaiverRequest| {
        row.requested_at.is_some()
            && row.granted_at.is_none()
            && row.rejected_because.is_empty()
            && row.revoked_at.is_none()
    };
    let found: Vec<_> = ctx.book().waiver_requests.rows().iter().filter(waits).collect();
    let only: Option<WaiverRequestId> = if let [one] = found.as_slice() { Some(one.id) } else { None };
    let opens = only.map_or(Opens::Room(Room::Changes), Opens::Waiver);
    let note = first(found.iter().map(|row| row.number.as_str()));
    let title = "Waiver requests to decide";
    (!found.is_empty()).then(|| work(icon::USER_CHECK, Tone::Warn, found.len(), title, note, opens))
}

/// Actions that are overdue or due within a week.
fn actions(ctx: &Ctx<'_>) -> Option<Work> {
    let until = ctx.today + TimeDelta::days(ACTION_DAYS);
    let rows = ctx.book().actions.rows().iter().filter(|row| row.is_open());
    let mut found: Vec<_> =
        rows.filter_map(|row| Some((row.due_on.filter(|on| *on <= until)?, row))).collect();
    found.sort_by_key(|(on, row)| (*on, row.id));
    let late = found.iter().filter(|(on, _)| *on < ctx.today).count();
    let (on, next) = found.first()?;
    let note = format!(
        "{}; the first, due {}: {}",
        counted(late as u64, "is overdue", "are overdue"),
        day_text(*on),
        next.what
    );
    let tone = if late > 0 { Tone::Bad } else { Tone::Warn };
    Some(work(icon::SQUARE_CHECK_BIG, tone, found.len(), "Actions due", note, Opens::Room(Room::Programme)))
}
