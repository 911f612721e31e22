//! Where an emergency stands: its clock, its decision, what holds it up, what it still owes.
//!
//! Computed from the register and an instant; nothing of it is stored.

use super::InterimMeasure;
use crate::domain::approval::{Approval, Subject, Verdict};
use crate::domain::book::Book;
use crate::domain::cycle::template::StepKey;
use crate::domain::cycle::{Cycle, CycleId, CycleKind, CycleStep, Phase};
use crate::domain::meeting::{Meeting, MeetingKind};

/// What the officer decided (requirement S1-66).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Nothing yet.
    Nothing,
    /// Go ahead; the approval is to follow.
    GoAhead,
    /// Await the approval of the business.
    Await,
    /// Approved.
    Approved,
    /// Refused.
    Refused,
}

impl Decided {
    /// The word for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Nothing => "Not decided",
            Self::GoAhead => "Go ahead, approval to follow",
            Self::Await => "Await approval",
            Self::Approved => "Approved",
            Self::Refused => "Refused",
        }
    }

    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::GoAhead => "go_ahead",
            Self::Await => "await",
            Self::Approved => "approved",
            Self::Refused => "refused",
        }
    }
}

/// An emergency and where it stands.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// The cycle.
    pub cycle: &'a Cycle,
    /// Its steps, in order.
    pub steps: Vec<&'a CycleStep>,
    /// Its decisions that stand, oldest first.
    pub decisions: Vec<&'a Approval>,
    /// What follows from them.
    pub decided: Decided,
    /// Its interim measures, oldest first.
    pub measures: Vec<&'a InterimMeasure>,
    /// Its review.
    pub review: Option<&'a Meeting>,
    /// Since the declaration, until it was closed: seconds.
    pub clock_secs: i64,
    /// The approval that must follow has not come in time, or came too late.
    pub approval_missed: bool,
}

/// The emergencies of a register, newest first, rehearsals among them.
pub fn emergencies(book: &Book) -> Vec<&Cycle> {
    let mut found: Vec<&Cycle> = book.cycles.iter().filter(|c| c.kind == CycleKind::Emergency).collect();
    found.sort_by_key(|cycle| (-cycle.anchor_at, cycle.id));
    found
}

/// Where an emergency stands; `None` for another kind of cycle.
pub fn standing(book: &Book, cycle: CycleId, now_at: i64) -> Option<Standing<'_>> {
    let cycle = book.cycles.get(cycle.0).filter(|cycle| cycle.kind == CycleKind::Emergency)?;
    let decisions = decisions(book, cycle.id);
    let mut measures: Vec<_> = book.measures.iter().filter(|m| m.cycle == cycle.id).collect();
    measures.sort_by_key(|measure| (measure.in_force_at, measure.id));
    let of_cycle = |m: &&Meeting| {
        m.kind == MeetingKind::Emergency && m.cycle == Some(cycle.id) && m.cancelled_because.is_empty()
    };
    let approved_at = decisions.iter().filter(|a| a.decision == Verdict::Approve).map(|a| a.decided_at).min();
    let missed = |by_at: i64| {
        approved_at.map_or(now_at.min(cycle.closed_at.unwrap_or(now_at)) > by_at, |at| at > by_at)
    };
    Some(Standing {
        steps: steps(book, cycle.id),
        decided: decided(&decisions),
        decisions,
        measures,
        review: book.meetings.iter().filter(of_cycle).max_by_key(|m| m.planned_at),
        clock_secs: cycle.closed_at.unwrap_or(now_at) - cycle.anchor_at,
        approval_missed: cycle.cancelled_because.is_empty() && cycle.approve_by_at.is_some_and(missed),
        cycle,
    })
}

/// What a decision on an emergency is about, as text: what was known of it. Its SHA-256 is what a form shows it has read.
pub fn decided_on(book: &Book, cycle: &Cycle) -> String {
    let mut text = format!("{}\n{}\n", cycle.name, cycle.reason);
    let mut names: Vec<String> = cycle
        .updates
        .iter()
        .filter_map(|id| book.updates.get(id.0))
        .map(super::super::update::Update::short_name)
        .collect();
    names.sort();
    for name in names {
        text.push_str(&name);
        text.push('\n');
    }
    text
}

/// Emergencies whose approval did not follow in time; rehearsals are not counted.
pub fn approvals_missed(book: &Book, now_at: i64) -> usize {
    let missed = |cycle: &&Cycle| standing(book, cycle.id, now_at).is_some_and(|s| s.approval_missed);
    emergencies(book).iter().filter(|cycle| super::counts(cycle)).filter(|cycle| missed(cycle)).count()
}

/// Why a step of an emergency cannot be done yet; `None`: it can. Patching waits for the evidence and for a decision to go.
pub fn holds(book: &Book, step: &CycleStep) -> Option<String> {
    if step.phase != Phase::Deploy {
        return None;
    }
    holds_night(book, step.cycle)
}

/// Why a patch night of a cycle cannot begin yet; `None`: it can, or the cycle is no emergency.
pub fn holds_night(book: &Book, cycle: CycleId) -> Option<String> {
    let cycle = book.cycles.get(cycle.0).filter(|cycle| cycle.kind == CycleKind::Emergency)?;
    let open = |step: &&&CycleStep| {
        step.key == Some(StepKey::KeepEvidence) && step.done_at.is_none() && step.skipped_because.is_empty()
    };
    if let Some(step) = steps(book, cycle.id).iter().find(open) {
        return Some(format!(
            "{}: evidence comes before patching. Do \"{}\", or leave it out with a reason.",
            cycle.name, step.title
        ));
    }
    match decided(&decisions(book, cycle.id)) {
        Decided::GoAhead | Decided::Approved => None,
        Decided::Nothing => Some(format!(
            "{}: nobody has decided to go. Record the decision of the information security officer first.",
            cycle.name
        )),
        Decided::Await => {
            Some(format!("{}: the decision is to await approval. Record the approval first.", cycle.name))
        }
        Decided::Refused => {
            Some(format!("{}: the approval was refused. Record a new decision first.", cycle.name))
        }
    }
}

/// What an emergency still owes before it may be closed, in words; empty: nothing.
pub fn owed(book: &Book, cycle: CycleId, now_at: i64) -> Vec<String> {
    let Some(standing) = standing(book, cycle, now_at) else { return Vec::new() };
    let mut owed = Vec::new();
    match standing.review {
        Some(review) if review.held_at.is_some() => {}
        Some(_) => owed.push("Hold the emergency review and enter who came and what was found.".to_owned()),
        None => owed.push("Plan and hold an emergency review.".to_owned()),
    }
    if standing.decided != Decided::Approved {
        owed.push("Record the approval, also where it comes after the fact.".to_owned());
    }
    for measure in standing.measures.iter().filter(|m| m.removed_at.is_none()) {
        owed.push(format!("Take back \"{}\", or say what replaced it.", measure.what));
    }
    let open = standing.steps.iter().filter(|s| s.done_at.is_none() && s.skipped_because.is_empty());
    for step in open.filter(|s| matches!(s.key, Some(StepKey::KeepEvidence | StepKey::Decision))) {
        owed.push(format!("Do \"{}\", or leave it out with a reason.", step.title));
    }
    owed
}

/// Interim measures in force whose review date has passed.
pub fn measures_due(book: &Book, now_at: i64) -> Vec<&InterimMeasure> {
    let due = |m: &&InterimMeasure| m.removed_at.is_none() && m.review_at.is_some_and(|at| at < now_at);
    book.measures.iter().filter(due).collect()
}

fn steps(book: &Book, cycle: CycleId) -> Vec<&CycleStep> {
    let mut steps: Vec<_> = book.cycle_steps.iter().filter(|step| step.cycle == cycle).collect();
    steps.sort_by_key(|step| (step.position, step.id));
    steps
}

fn decisions(book: &Book, cycle: CycleId) -> Vec<&Approval> {
    let of_cycle =
        |a: &&Approval| a.subject == Subject::Cycle && a.subject_id == cycle.0 && a.voided_at.is_none();
    let mut found: Vec<_> = book.approvals.iter().filter(of_cycle).collect();
    found.sort_by_key(|approval| (approval.decided_at, approval.recorded_at, approval.id));
    found
}

fn decided(decisions: &[&Approval]) -> Decided {
    // An approval that is there stands, whatever was said before it; else the newest word counts.
    match decisions.last().map(|approval| approval.decision) {
        None => Decided::Nothing,
        Some(Verdict::Approve) => Decided::Approved,
        Some(Verdict::GoAhead) if decisions.iter().any(|a| a.decision == Verdict::Approve) => {
            Decided::Approved
        }
        Some(Verdict::GoAhead) => Decided::GoAhead,
        Some(Verdict::Await) => Decided::Await,
        Some(Verdict::Return | Verdict::Reject) => Decided::Refused,
    }
}
