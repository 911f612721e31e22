//! Where a cycle stands: the phase that is lit, what is due next, what is late (requirement S1-41).
//!
//! The lit phase follows what was done and what the calendar says. It is the phase of the latest step that was settled or has
//! come due; when every step of that phase is settled, it is the phase of the next open one. Steps that came due and were not
//! settled leave their phase marked as behind, wherever the light is.

use super::{Cycle, CycleId, CycleKind, CycleStep, Phase};
use crate::domain::book::Book;
use crate::domain::change::state;
use crate::domain::emergency::standing::owed;

/// Where one phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseState {
    /// No step belongs to it.
    Empty,
    /// Nothing of it has begun.
    Ahead,
    /// Begun, not finished.
    Under,
    /// Every step is settled.
    Done,
}

/// One phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseView {
    /// Which.
    pub phase: Phase,
    /// Where it stands.
    pub state: PhaseState,
    /// Steps that came due and are open.
    pub late: usize,
    /// Steps that are settled.
    pub settled: usize,
    /// Steps in all.
    pub steps: usize,
}

/// A cycle at an instant.
#[derive(Clone, Debug)]
pub struct Progress<'a> {
    /// Steps in order of their dates.
    pub steps: Vec<&'a CycleStep>,
    /// The lit phase; nothing once every step is settled or the cycle is over.
    pub lit: Option<Phase>,
    /// All phases, in their order.
    pub phases: Vec<PhaseView>,
    /// The open step that comes next, late ones not counted.
    pub next: Option<&'a CycleStep>,
    /// How long until it is due, seconds.
    pub next_in_secs: Option<i64>,
    /// Open steps that came due, the oldest first.
    pub late: Vec<&'a CycleStep>,
}

/// Done or left out.
pub fn settled(step: &CycleStep) -> bool {
    step.done_at.is_some() || !step.skipped_because.is_empty()
}

/// Neither closed nor given up.
pub fn is_open(cycle: &Cycle) -> bool {
    cycle.closed_at.is_none() && cycle.cancelled_because.is_empty()
}

/// The steps of a cycle in order of their dates.
pub fn steps_of(book: &Book, cycle: CycleId) -> Vec<&CycleStep> {
    let mut steps: Vec<&CycleStep> =
        book.cycle_steps.rows().iter().filter(|step| step.cycle == cycle).collect();
    steps.sort_by_key(|step| (step.due_at, step.position, step.id));
    steps
}

/// Looks at a cycle at an instant, UTC seconds.
pub fn progress<'a>(book: &'a Book, cycle: &Cycle, at: i64) -> Progress<'a> {
    let steps = steps_of(book, cycle.id);
    let open = || steps.iter().copied().filter(|step| !settled(step));
    let late: Vec<&CycleStep> = open().filter(|step| step.due_at <= at).collect();
    let next = open().find(|step| step.due_at > at);
    let phases = Phase::ALL.iter().map(|&phase| phase_view(&steps, phase, at)).collect();
    let lit = if is_open(cycle) { lit(&steps, at) } else { None };
    let next_in_secs = next.map(|step| step.due_at - at);
    Progress { steps, lit, phases, next, next_in_secs, late }
}

fn lit(steps: &[&CycleStep], at: i64) -> Option<Phase> {
    let first_open = steps.iter().find(|step| !settled(step))?;
    let reached = steps.iter().rev().find(|step| settled(step) || step.due_at <= at);
    let phase = reached.map_or(first_open.phase, |step| step.phase);
    let whole = steps.iter().filter(|step| step.phase == phase).all(|step| settled(step));
    if !whole {
        return Some(phase);
    }
    let after =
        |step: &&&CycleStep| !settled(step) && reached.is_none_or(|reached| step.due_at >= reached.due_at);
    Some(steps.iter().find(after).unwrap_or(first_open).phase)
}

fn phase_view(steps: &[&CycleStep], phase: Phase, at: i64) -> PhaseView {
    let own: Vec<&&CycleStep> = steps.iter().filter(|step| step.phase == phase).collect();
    let done = own.iter().filter(|step| settled(step)).count();
    let late = own.iter().filter(|step| !settled(step) && step.due_at <= at).count();
    let state = match (own.len(), done, late) {
        (0, ..) => PhaseState::Empty,
        (all, done, _) if done == all => PhaseState::Done,
        (_, 0, 0) => PhaseState::Ahead,
        _ => PhaseState::Under,
    };
    PhaseView { phase, state, late, settled: done, steps: own.len() }
}

/// The month's cycle that matters at an instant: the open one whose day 0 came last, else the open one that comes first.
/// Drills are never it.
pub fn current(book: &Book, at: i64) -> Option<&Cycle> {
    let open = || {
        let rows = book.cycles.rows().iter();
        rows.filter(|cycle| cycle.kind == CycleKind::Monthly && !cycle.drill && is_open(cycle))
    };
    // In the week before a release its cycle has begun: its first step decides, not its day 0.
    let begun = open().filter(|cycle| begins_at(book, cycle) <= at).max_by_key(|cycle| cycle.anchor_at);
    begun.or_else(|| open().min_by_key(|cycle| cycle.anchor_at))
}

/// When the first step of a cycle is due, UTC seconds; day 0 where it has none.
pub fn begins_at(book: &Book, cycle: &Cycle) -> i64 {
    steps_of(book, cycle.id).first().map_or(cycle.anchor_at, |step| step.due_at)
}

/// What stands between a cycle and its end at an instant, UTC seconds: a sentence each, none where it may be closed.
pub fn before_close(book: &Book, id: CycleId, at: i64) -> Vec<String> {
    let mut lacks = Vec::new();
    let open: Vec<&str> = steps_of(book, id)
        .into_iter()
        .filter(|step| !settled(step))
        .map(|step| step.title.as_str())
        .collect();
    if !open.is_empty() {
        lacks.push(format!("Still open: {}. Do each step or leave it out with a reason.", open.join("; ")));
    }
    let changes = book.changes.rows().iter();
    let running: Vec<&str> = changes
        .filter(|change| change.cycle == Some(id) && state::is_open(change.state))
        .map(|change| change.number.as_str())
        .collect();
    if !running.is_empty() {
        lacks.push(format!(
            "Change records are not finished: {}. Close or cancel them first.",
            running.join(", ")
        ));
    }
    lacks.extend(owed(book, id, at));
    lacks
}

/// `in 3 days`, `in 5 hours`, `in 12 minutes`.
pub fn countdown(secs: i64) -> String {
    let (n, one, many) = match secs {
        ..3600 => (secs.max(0) / 60, "minute", "minutes"),
        3600..172_800 => (secs / 3600, "hour", "hours"),
        _ => (secs / 86_400, "day", "days"),
    };
    format!("in {}", crate::util::text::counted(n.unsigned_abs(), one, many))
}
