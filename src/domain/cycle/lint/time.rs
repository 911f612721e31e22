//! Windows, agreements and the order of things in time.

use super::{Finding, Kind, Scene, Turn};
use crate::domain::change::{ChangeRecord, window_of};
use crate::domain::cycle::generate::is_patching;
use crate::domain::cycle::progress::{is_open, steps_of};
use crate::domain::cycle::template::StepKey;
use crate::domain::cycle::{Cycle, CycleStep};
use crate::util::clock::day_text;
use crate::util::text::counted;

pub(super) fn findings(scene: &Scene<'_>) -> Vec<Finding> {
    let mut found = agreements(scene);
    for slot in &scene.slots {
        let name = scene.group_name(slot.group);
        if let Some(gap) = &slot.gap {
            found.push(
                Finding::new(Kind::ClockGap, format!("{name}: {gap}")).groups([slot.group]).at(slot.from_at),
            );
        }
        for warning in &slot.warnings {
            let text = format!(
                "{name}: its window falls into {warning}. Move it, or agree on it with the business."
            );
            found.push(Finding::new(Kind::InClosure, text).groups([slot.group]).at(slot.from_at));
        }
    }
    for change in &scene.changes {
        found.extend(order(scene, change));
        found.extend(block(scene, change));
        found.extend(outside(scene, change));
    }
    let cycles = scene.book.cycles.rows().iter().filter(|cycle| is_open(cycle));
    found.extend(cycles.flat_map(|cycle| steps(scene, cycle)));
    found
}

fn agreements(scene: &Scene<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for window in scene.book.windows.rows().iter().filter(|window| window.ended_at.is_none()) {
        let Some(slot) = scene.slots.iter().find(|slot| slot.window == window.id) else { continue };
        let group = scene.group_name(window.group);
        if window.agreed_by.is_none() {
            let text = format!(
                "{group}: nobody of the business has agreed to {}. Ask, and record who agreed and when.",
                window.name
            );
            found.push(Finding::new(Kind::NotAgreed, text).groups([window.group]).at(slot.from_at));
        }
        let late = scene.slots.iter().find(|slot| {
            slot.window == window.id && window.agreed_until_on.is_some_and(|until| slot.on > until)
        });
        if let (Some(slot), Some(until)) = (late, window.agreed_until_on) {
            let text = format!(
                "{group}: the agreement on {} ends on {}, before its window of {}. Agree on it anew.",
                window.name,
                day_text(until),
                day_text(slot.on)
            );
            let finding = Finding::new(Kind::AgreementLapsed, text).groups([window.group]).at(slot.from_at);
            found.push(Finding { people: window.agreed_by.into_iter().collect(), ..finding });
        }
    }
    found
}

/// An end before a start, in a record or in one of its lines.
fn order(scene: &Scene<'_>, change: &ChangeRecord) -> Vec<Finding> {
    let mut found = Vec::new();
    if let (Some(from), Some(until)) = (change.window_from_at, change.window_until_at)
        && until <= from
    {
        let text = format!(
            "{} ends on {}, before it begins. Set its window again.",
            change.number,
            scene.when(until)
        );
        found.push(Finding::new(Kind::WrongOrder, text).at(from));
    }
    for line in scene.lines(change) {
        let (from, until) = window_of(change, line);
        let own = line.window_from_at.is_some() || line.window_until_at.is_some();
        if let (true, Some(from), Some(until)) = (own, from, until)
            && until <= from
        {
            let name = scene.asset_name(line.asset);
            let text =
                format!("{}: {name} ends before it begins. Set the window of its line again.", change.number);
            found.push(Finding::new(Kind::WrongOrder, text).assets([line.asset]).at(from));
        }
    }
    found
}

/// The window a record has: its own, else the first slot of its group.
pub(super) fn window(scene: &Scene<'_>, change: &ChangeRecord) -> Option<Turn> {
    if let (Some(from_at), Some(until_at)) = (change.window_from_at, change.window_until_at) {
        return Some(Turn { from_at, until_at });
    }
    let slot = scene.slots.iter().find(|slot| Some(slot.group) == change.group)?;
    Some(Turn { from_at: slot.from_at, until_at: slot.until_at })
}

fn block(scene: &Scene<'_>, change: &ChangeRecord) -> Option<Finding> {
    let plan = &change.plan;
    let needed = plan.downtime_minutes.unwrap_or(0) + plan.backout_minutes.unwrap_or(0);
    let window = window(scene, change)?;
    let minutes = (window.until_at - window.from_at) / 60;
    if needed <= 0 || minutes <= 0 || needed <= minutes {
        return None;
    }
    let text = format!(
        "{} plans {} of downtime and {} to back out; its window has {}. Part the group, or agree on a longer window.",
        change.number,
        counted(plan.downtime_minutes.unwrap_or(0).unsigned_abs(), "minute", "minutes"),
        plan.backout_minutes.unwrap_or(0),
        minutes
    );
    Some(Finding::new(Kind::BlockTooLong, text).groups(change.group).at(window.from_at))
}

/// A record's own window must lie within a slot of its group, where the group has any.
fn outside(scene: &Scene<'_>, change: &ChangeRecord) -> Option<Finding> {
    let (from, until, group) = (change.window_from_at?, change.window_until_at?, change.group?);
    let own = || scene.slots.iter().filter(|slot| slot.group == group);
    if own().next().is_none() || own().any(|slot| slot.from_at <= from && until <= slot.until_at) {
        return None;
    }
    let text = format!(
        "{} is planned for {}, outside every window agreed for {}. Move it, or have the business agree.",
        change.number,
        scene.when(from),
        scene.group_name(group)
    );
    Some(Finding::new(Kind::OutsideWindow, text).groups([group]).at(from))
}

/// Steps of a cycle that come before what they follow.
fn steps(scene: &Scene<'_>, cycle: &Cycle) -> Vec<Finding> {
    let steps = steps_of(scene.book, cycle.id);
    let live = || steps.iter().copied().filter(|step| step.skipped_because.is_empty());
    let keyed = |key: StepKey| live().filter(move |step| step.key == Some(key));
    let first_night = live().filter(|step| is_patching(step)).min_by_key(|step| step.due_at);
    let last_night = keyed(StepKey::PatchNight).max_by_key(|step| step.due_at);
    let mut found = Vec::new();
    let mut wrong = |early: &CycleStep, late: &CycleStep| {
        if (scene.from_at..scene.to_at).contains(&early.due_at) {
            let text = format!(
                "{}: \"{}\" comes before \"{}\". Change one of the dates.",
                cycle.name, early.title, late.title
            );
            found.push(Finding::new(Kind::WrongOrder, text).at(early.due_at));
        }
    };
    if let Some(night) = first_night {
        for cutoff in keyed(StepKey::CutOff).filter(|cutoff| cutoff.due_at > night.due_at) {
            wrong(night, cutoff);
        }
    }
    if let Some(night) = last_night {
        for last in keyed(StepKey::LastWindow).filter(|last| last.due_at < night.due_at) {
            wrong(last, night);
        }
    }
    found
}
