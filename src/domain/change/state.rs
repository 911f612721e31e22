//! The one table of change records: per type and state, which fields are hidden, offered, demanded or locked, and which moves
//! there are (peers.md D1). Window, console and validation ask here and nowhere else.
//!
//! It knows fields and states, not values: whether a move may be made now is [`super::missing`].

use super::field::Field;
use super::{ChangeKind, ChangeState};

/// What a state does with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Not shown.
    Hidden,
    /// May be filled.
    Offered,
    /// Must be filled before the record goes on.
    Demanded,
    /// Shown, no longer changed.
    Locked,
}

/// The stretches of a record's life that treat fields alike. The order is that of the columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Draft, declared, returned.
    Plan,
    /// Submitted: somebody is deciding on it as it is.
    Wait,
    /// Approved, going ahead, scheduled.
    Ready,
    /// In progress.
    Work,
    /// Ended, and its quiet period.
    Done,
    /// In review.
    Review,
    /// Closed, cancelled, rejected.
    End,
}

fn stage(state: ChangeState) -> Stage {
    use ChangeState as S;
    match state {
        S::Draft | S::Declared | S::Returned => Stage::Plan,
        S::Submitted => Stage::Wait,
        S::Approved | S::GoAhead | S::Scheduled => Stage::Ready,
        S::InProgress => Stage::Work,
        S::Implemented | S::Partly | S::RolledBack | S::Failed | S::Monitoring => Stage::Done,
        S::Review => Stage::Review,
        S::Closed | S::Cancelled | S::Rejected => Stage::End,
    }
}

/// A field with its seven letters a type: plan, wait, ready, work, done, review, end. `-` hidden, `o` offered, `D` demanded,
/// `.` locked.
type Letters = (Field, &'static str, &'static str, &'static str);

/// Field, standard, normal, emergency. A standard change has its plan from its template, locked. A material field that is
/// offered while a record is ready voids its approval when it is changed. An emergency may complete its plan afterwards.
#[rustfmt::skip]
const TABLE: &[Letters] = &[
    (Field::Title,           "D.oooo.", "D.oooo.", "D.oooo."),
    (Field::Cycle,           "o.oooo.", "o.oooo.", "o.oooo."),
    (Field::Group,           "o.o....", "o.o....", "o.o...."),
    (Field::Template,        "D......", "o......", "o......"),
    (Field::Lines,           "D.o....", "D.o....", "D.oo..."),
    (Field::Updates,         "D.o....", "D.o....", "o.ooo.."),
    (Field::Rank,            "o.oooo.", "o.oooo.", "o.oooo."),
    (Field::Reason,          "o.o....", "D.oo...", "D.oooo."),
    (Field::Impact,          ".......", "D.o....", "o.oooo."),
    (Field::RiskOfApplying,  ".......", "D.o....", "o.oooo."),
    (Field::RiskOfWaiting,   ".......", "D.o....", "D.oooo."),
    (Field::Outage,          ".......", "o.o....", "o.oooo."),
    (Field::PlannedDowntime, ".......", "o.o....", "o.oooo."),
    (Field::Prerequisites,   ".......", "o.o....", "o.oooo."),
    (Field::TestPlan,        ".......", "D.o....", "o.oooo."),
    (Field::UntestedBecause, "-------", "o.oo...", "o.oooo."),
    (Field::RolloutPlan,     ".......", "D.o....", "o.oooo."),
    (Field::Phasing,         ".......", "o.o....", "o.oooo."),
    (Field::BackoutPlan,     ".......", "D.o....", "o.oooo."),
    (Field::BackoutTrigger,  ".......", "o.o....", "o.oooo."),
    (Field::BackoutMinutes,  ".......", "o.o....", "o.oooo."),
    (Field::BackoutOwner,    ".......", "o.o....", "o.oooo."),
    (Field::BackoutProvenOn, ".......", "o.oooo.", "o.oooo."),
    (Field::MonitoringPlan,  ".......", "o.o....", "o.oooo."),
    (Field::Acceptance,      ".......", "D.o....", "o.oooo."),
    (Field::QuietDays,       ".......", "o.o....", "o.oo..."),
    (Field::Notifications,   ".......", "o.oo...", "o.oooo."),
    (Field::CostHours,       ".......", "o.oooo.", "o.oooo."),
    (Field::WindowFrom,      "D.o....", "D.o....", "o.oo..."),
    (Field::WindowUntil,     "D.o....", "D.o....", "o.oo..."),
    (Field::Requester,       "o.oo...", "D.oo...", "D.oo..."),
    (Field::Coordinator,     "o.oooo.", "o.oooo.", "o.oooo."),
    (Field::Implementer,     "D.oo...", "D.oo...", "D.oo..."),
    (Field::Tester,          "o.oo...", "o.oo...", "o.oooo."),
    (Field::Monitor,         "o.oooo.", "o.oooo.", "o.oooo."),
    (Field::Backup,          "o.o....", "o.o....", "o.oo..."),
    (Field::ApproveBy,       "-------", "-------", "D.oooo."),
    (Field::AfterTheFact,    "-------", "o......", "o......"),
    (Field::ActualDowntime,  "---ooo.", "---ooo.", "---ooo."),
    (Field::Outcome,         "---ooo.", "---oDD.", "---oDD."),
    (Field::Issues,          "---ooo.", "---ooo.", "---ooo."),
    (Field::Review,          "----oo.", "----oD.", "----oD."),
    (Field::CriteriaMet,     "----oD.", "----oD.", "----oD."),
];

fn letters(kind: ChangeKind, field: Field) -> &'static str {
    let line = TABLE.iter().find(|line| line.0 == field);
    line.map_or("", |&(_, standard, normal, emergency)| match kind {
        ChangeKind::Standard => standard,
        ChangeKind::Normal => normal,
        ChangeKind::Emergency => emergency,
    })
}

fn rule_of(letter: Option<u8>) -> Rule {
    match letter {
        Some(b'o') => Rule::Offered,
        Some(b'D') => Rule::Demanded,
        Some(b'.') => Rule::Locked,
        _ => Rule::Hidden,
    }
}

/// What a state of a type does with a field.
pub fn field_rule(kind: ChangeKind, state: ChangeState, field: Field) -> Rule {
    rule_of(letters(kind, field).as_bytes().get(stage(state) as usize).copied())
}

/// The fields that must be filled before a record of a type leaves a state forwards: what this state and every one before it
/// demands.
pub fn demanded(kind: ChangeKind, state: ChangeState) -> impl Iterator<Item = Field> {
    let until = stage(state) as usize;
    let asks = move |field: &&Field| letters(kind, **field).bytes().take(until + 1).any(|l| l == b'D');
    Field::ALL.iter().filter(asks).copied()
}

/// The states a record of a type may go to from a state.
pub fn moves(kind: ChangeKind, state: ChangeState) -> &'static [ChangeState] {
    use ChangeState as S;
    match (kind, state) {
        (ChangeKind::Normal, S::Draft | S::Returned) => &[S::Submitted, S::Cancelled],
        (ChangeKind::Normal, S::Submitted) => {
            &[S::Approved, S::Returned, S::Rejected, S::Draft, S::Cancelled]
        }
        (ChangeKind::Normal, S::Approved) | (ChangeKind::Standard, S::Draft) => &[S::Scheduled, S::Cancelled],
        (ChangeKind::Emergency, S::Draft | S::Returned) => &[S::Declared, S::Cancelled],
        (ChangeKind::Emergency, S::Declared) => {
            &[S::Approved, S::GoAhead, S::Returned, S::Rejected, S::Cancelled]
        }
        (ChangeKind::Emergency, S::Approved) => &[S::InProgress, S::Scheduled, S::Cancelled],
        (ChangeKind::Emergency, S::GoAhead) => &[S::InProgress, S::Approved, S::Rejected, S::Cancelled],
        (_, S::Scheduled) => &[S::InProgress, S::Cancelled],
        (_, S::InProgress) => &[S::Implemented, S::Partly, S::RolledBack, S::Failed],
        (_, S::Implemented | S::Partly) => &[S::Monitoring],
        (_, S::RolledBack | S::Failed | S::Monitoring) => &[S::Review],
        (_, S::Review) => &[S::Closed],
        _ => &[],
    }
}

/// Reached by a recorded decision only.
pub fn needs_decision(to: ChangeState) -> bool {
    matches!(to, ChangeState::Approved | ChangeState::Returned | ChangeState::Rejected)
}

/// Where a record goes that lost its approval before the work began.
pub fn without_approval(kind: ChangeKind, state: ChangeState) -> ChangeState {
    match (kind, state) {
        (ChangeKind::Normal, ChangeState::Approved | ChangeState::Scheduled) => ChangeState::Draft,
        (ChangeKind::Emergency, ChangeState::Approved | ChangeState::Scheduled) => ChangeState::Declared,
        _ => state,
    }
}

/// Open: neither finished nor given up.
pub fn is_open(state: ChangeState) -> bool {
    stage(state) != Stage::End
}

/// The work has begun.
pub fn has_begun(state: ChangeState) -> bool {
    matches!(stage(state), Stage::Work | Stage::Done | Stage::Review) || state == ChangeState::Closed
}

/// The verb on the button and on the console that moves a record there.
pub fn verb(to: ChangeState) -> &'static str {
    use ChangeState as S;
    match to {
        S::Draft => "Take back",
        S::Declared => "Declare",
        S::Submitted => "Submit",
        S::Returned => "Return",
        S::Rejected => "Reject",
        S::Approved => "Approve",
        S::GoAhead => "Go ahead before approval",
        S::Scheduled => "Schedule",
        S::InProgress => "Start",
        S::Implemented => "Finish",
        S::Partly => "Finish in part",
        S::RolledBack => "Finish as rolled back",
        S::Failed => "Finish as failed",
        S::Monitoring => "Monitor",
        S::Review => "Review",
        S::Closed => "Close",
        S::Cancelled => "Cancel the change",
    }
}
