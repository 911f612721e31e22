//! What stands in the calendar, as lines for grid, list and day: the agenda of the domain with the deadlines beside it.

use chrono::{NaiveDate, TimeDelta};

use super::due;
use super::rule::Target;
use crate::domain::asset::AssetId;
use crate::domain::calendar::agenda::{Item, What, agenda};
use crate::domain::calendar::closure::ClosureId;
use crate::domain::calendar::release::ReleaseRuleId;
use crate::domain::calendar::window::WindowId;
use crate::domain::cycle::{CycleId, CycleStepId};
use crate::draw;
use crate::ui::action::AssetFilter;
use crate::ui::room::Ctx;
use crate::ui::room::strip::cycle_name;
use crate::ui::theme::Tone;
use crate::util::clock::{day_in, day_text, instant_of, utc};
use crate::util::text::{counted, fold};

/// Where a line leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Opens {
    /// A step of a cycle.
    Step(CycleId, CycleStepId),
    /// A rule.
    Rule(Target),
    /// One asset.
    Asset(AssetId),
    /// Machines.
    Machines(AssetFilter),
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// `Release`, `Maintenance window`, ...
    pub kind: &'static str,
    /// Its tone in the grid, shown by a shape.
    pub tone: draw::Tone,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, included.
    pub until_on: NaiveDate,
    /// Begin, UTC seconds.
    pub at: i64,
    /// `19:00`; empty for whole days.
    pub time: String,
    /// What.
    pub title: String,
    /// Who does it or agreed to it.
    pub who: String,
    /// The document it produces.
    pub document: String,
    /// How it stands: a word and its tone.
    pub state: (Tone, String),
    /// Shifts, warnings, sources: one a line.
    pub notes: Vec<String>,
    /// A day on which one does not patch.
    pub apart: bool,
    /// Where it leads.
    pub opens: Opens,
    /// What is searched.
    text: String,
}

impl Entry {
    /// Whether it touches a day.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        (self.from_on..=self.until_on).contains(&day)
    }

    /// Whether it holds all these words.
    pub fn matches(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.text.contains(word.as_str()))
    }

    /// `Tue 8 Dec 2026 19:00`, or the days.
    pub fn when_words(&self) -> String {
        let first = day_text(self.from_on);
        match (self.time.is_empty(), self.from_on == self.until_on) {
            (false, _) => format!("{first} {}", self.time.split('-').next().unwrap_or_default()),
            (true, true) => first,
            (true, false) => format!("{first} to {}", day_text(self.until_on)),
        }
    }
}

/// Every line from a day to a day, both included, in order of time.
pub fn entries(ctx: &Ctx<'_>, from_on: NaiveDate, until_on: NaiveDate) -> Vec<Entry> {
    let midnight = |day: NaiveDate| instant_of(ctx.zone, day.and_time(chrono::NaiveTime::MIN));
    let after = until_on.succ_opt().unwrap_or(until_on);
    let items = agenda(ctx.book(), midnight(from_on), midnight(after));
    let mut found: Vec<Entry> = items.into_iter().map(|item| of_item(ctx, &item)).collect();
    for (on, due) in due::dues(ctx).range(from_on..=until_on) {
        found.push(of_due(ctx, *on, due));
    }
    for entry in &mut found {
        entry.text = fold(&format!(
            "{} {} {} {} {} {}",
            entry.kind,
            entry.title,
            entry.who,
            entry.document,
            entry.state.1,
            entry.notes.join(" ")
        ));
    }
    found.sort_by(|a, b| (a.at, a.kind, &a.title).cmp(&(b.at, b.kind, &b.title)));
    found
}

fn of_due(ctx: &Ctx<'_>, on: NaiveDate, due: &due::DueDay) -> Entry {
    let end = crate::util::clock::end_of_day(ctx.zone, on);
    let machines = counted(due.assets.len() as u64, "machine", "machines");
    let late = on < ctx.today;
    let title = format!("{} due", counted(due.pairs as u64, "open update", "open updates"));
    Entry {
        kind: "Deadline",
        tone: draw::Tone::Bad,
        from_on: on,
        until_on: on,
        at: end,
        time: String::new(),
        title: format!("{title} on {machines}"),
        who: String::new(),
        document: String::new(),
        state: if late { (Tone::Bad, "Overdue".to_owned()) } else { (Tone::Warn, "Open".to_owned()) },
        notes: Vec::new(),
        apart: false,
        opens: Opens::Machines(AssetFilter::only(format!("Due on {}", day_text(on)), due.assets.clone())),
        text: String::new(),
    }
}

fn of_item(ctx: &Ctx<'_>, item: &Item) -> Entry {
    let (from_on, until_on) = item.days.unwrap_or_else(|| {
        let on = day_in(ctx.zone, item.from_at);
        (on, on)
    });
    let local = |at: i64| utc(at).with_timezone(&ctx.zone).format("%H:%M").to_string();
    let time = if item.days.is_some() { String::new() } else { local(item.from_at) };
    let mut entry = Entry {
        kind: item.what.text(),
        tone: draw::Tone::Accent,
        from_on,
        until_on,
        at: item.from_at,
        time,
        title: item.title.clone(),
        who: String::new(),
        document: String::new(),
        state: (Tone::Neutral, "Ahead".to_owned()),
        notes: item.notes.clone(),
        apart: false,
        opens: Opens::Asset(AssetId(item.row)),
        text: String::new(),
    };
    let past = item.until_at < ctx.now_at;
    if past {
        entry.state = (Tone::Neutral, "Past".to_owned());
    }
    match item.what {
        What::Release => {
            entry.opens = Opens::Rule(Target::Release(ReleaseRuleId(item.row)));
            if item.over {
                entry.state = (Tone::Warn, "Dropped".to_owned());
            } else if past {
                entry.state = (Tone::Neutral, "Released".to_owned());
            }
        }
        What::Window => {
            entry.tone = draw::Tone::Good;
            entry.opens = Opens::Rule(Target::Window(WindowId(item.row)));
            entry.time = format!("{}-{}", local(item.from_at), local(item.until_at));
            let agreed = ctx.book().windows.get(item.row).and_then(|window| window.agreed_by);
            ctx.book().person_name(agreed).clone_into(&mut entry.who);
            if agreed.is_none() && !past {
                entry.state = (Tone::Warn, "Not agreed".to_owned());
            }
        }
        What::Closure => {
            entry.apart = true;
            entry.tone = draw::Tone::Warn;
            entry.opens = Opens::Rule(Target::Closure(ClosureId(item.row)));
        }
        What::Step => step(ctx, &mut entry, item.row),
        What::SupportEnd => entry.tone = draw::Tone::Warn,
    }
    entry
}

fn step(ctx: &Ctx<'_>, entry: &mut Entry, row: i64) {
    let Some(step) = ctx.book().cycle_steps.get(row) else { return };
    entry.tone = draw::Tone::Plain;
    entry.opens = Opens::Step(step.cycle, step.id);
    let cycle = ctx.book().cycles.get(step.cycle.0);
    let drill = if cycle.is_some_and(|cycle| cycle.drill) { "DRILL: " } else { "" };
    entry.title = format!("{drill}{}", step.title);
    // What has a column of its own is not said twice.
    entry.notes.retain(|note| *note != step.document && !note.starts_with("by "));
    entry.notes.extend(cycle.map(|cycle| format!("cycle {}", cycle_name(cycle))));
    ctx.book().person_name(step.person).clone_into(&mut entry.who);
    entry.document.clone_from(&step.document);
    entry.state = super::step_state(ctx, step);
}

/// The first and last day of the whole weeks a month touches.
pub fn weeks(month_on: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (first, weeks) = draw::weeks_of(month_on);
    (first, first + TimeDelta::days(weeks as i64 * 7 - 1))
}
