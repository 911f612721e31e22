//! How far a night is from its plan, and when it will be over.
//!
//! A step waits for every step whose planned end lies before its planned begin; a step takes as long as planned, or as long as it
//! took in the middle of earlier nights. A step the night went past without doing holds up nobody.

use super::sheet::{Sheet, Stage};
use super::{Run, RunStep, RunStepId};
use crate::domain::book::Book;
use crate::util::text::fold;

/// So near to the plan is on time, seconds.
pub const ON_TIME_SECS: i64 = 5 * 60;

/// What a step stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Its time has not come.
    Waiting,
    /// Its time has come and it has not begun.
    Late,
    /// Being done.
    Running,
    /// Done.
    Done,
    /// Left out, with a reason.
    Skipped,
    /// Later ones have begun, or the night is over, and nothing says what became of it.
    PassedOver,
}

impl StepState {
    /// The word for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Late => "Late",
            Self::Running => "Running",
            Self::Done => "Done",
            Self::Skipped => "Left out",
            Self::PassedOver => "Passed over",
        }
    }

    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Late => "late",
            Self::Running => "running",
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::PassedOver => "passed_over",
        }
    }
}

/// A step against its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepDrift {
    /// Which.
    pub step: RunStepId,
    /// What it stands at.
    pub state: StepState,
    /// When it began or is expected to, UTC seconds; nothing for one that will not.
    pub begin_at: Option<i64>,
    /// When it ended or is expected to, UTC seconds.
    pub end_at: Option<i64>,
    /// End against the planned end, or begin against the planned begin while it waits: seconds, late is positive.
    pub drift_secs: i64,
    /// How long it takes, as assumed: seconds.
    pub length_secs: i64,
    /// How many earlier nights that length comes from; 0: from the plan.
    pub nights: usize,
}

/// A night against its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The steps, in their order.
    pub steps: Vec<StepDrift>,
    /// Planned end of the whole night, UTC seconds.
    pub planned_end_at: i64,
    /// When it ended or is expected to, UTC seconds.
    pub end_at: i64,
}

impl Drift {
    /// The whole night's drift: seconds, late is positive.
    pub fn secs(&self) -> i64 {
        self.end_at - self.planned_end_at
    }

    /// The drift of one step.
    pub fn of(&self, step: RunStepId) -> Option<&StepDrift> {
        self.steps.iter().find(|drift| drift.step == step)
    }
}

/// `on time`, `12 min late`, `1 h 05 min early`.
pub fn drift_text(secs: i64) -> String {
    if secs.abs() <= ON_TIME_SECS {
        return "on time".to_owned();
    }
    format!("{} {}", span_text(secs.abs()), if secs > 0 { "late" } else { "early" })
}

/// `12 min`, `1 h 05 min`.
pub fn span_text(secs: i64) -> String {
    let minutes = secs / 60;
    if minutes < 60 {
        format!("{minutes} min")
    } else {
        format!("{} h {:02} min", minutes / 60, minutes % 60)
    }
}

/// Works out where a night stands at an instant.
pub fn drift(sheet: &Sheet<'_>, now_at: i64) -> Drift {
    let over = !matches!(sheet.run.stage(), Stage::Planned | Stage::UnderWay);
    let last_begun_at = sheet.steps.iter().filter(|s| s.begun_at.is_some()).map(|s| s.planned_at).max();
    let mut found: Vec<StepDrift> = Vec::with_capacity(sheet.steps.len());
    let mut order: Vec<&RunStep> = sheet.steps.clone();
    order.sort_by_key(|step| (step.planned_at, step.position));
    for step in order {
        let (length_secs, nights) = length(sheet.book, sheet.run, step);
        let passed = over || last_begun_at.is_some_and(|begun_at| begun_at >= step.planned_end_at());
        let state = state(step, passed, now_at);
        let (begin_at, end_at) = match state {
            StepState::Skipped | StepState::PassedOver => (None, None),
            StepState::Done => (step.begun_at, step.ended_at),
            StepState::Running => {
                let begun_at = step.begun_at.unwrap_or(step.planned_at);
                (Some(begun_at), Some(if over { begun_at } else { (begun_at + length_secs).max(now_at) }))
            }
            StepState::Waiting | StepState::Late => {
                let waits_for = sheet.steps.iter().filter(|other| other.planned_end_at() <= step.planned_at);
                let free_at = waits_for
                    .filter_map(|other| found.iter().find(|d| d.step == other.id).and_then(|d| d.end_at))
                    .max();
                let begin_at = step.planned_at.max(free_at.unwrap_or(i64::MIN));
                let begin_at =
                    if sheet.run.stage() == Stage::UnderWay { begin_at.max(now_at) } else { begin_at };
                (Some(begin_at), Some(begin_at + length_secs))
            }
        };
        let drift_secs = match (state, begin_at, end_at) {
            (StepState::Done | StepState::Running, _, Some(end_at)) => end_at - step.planned_end_at(),
            (StepState::Waiting | StepState::Late, Some(begin_at), _) => begin_at - step.planned_at,
            _ => 0,
        };
        found.push(StepDrift { step: step.id, state, begin_at, end_at, drift_secs, length_secs, nights });
    }
    let planned_end_at = sheet.steps.iter().map(|s| s.planned_end_at()).max().unwrap_or(sheet.run.planned_at);
    let expected = found.iter().filter_map(|d| d.end_at).max().unwrap_or(planned_end_at);
    let end_at = sheet.run.ended_at.unwrap_or(expected);
    let place = |drift: &StepDrift| sheet.steps.iter().position(|step| step.id == drift.step);
    found.sort_by_key(place);
    Drift { steps: found, planned_end_at, end_at }
}

fn state(step: &RunStep, passed: bool, now_at: i64) -> StepState {
    if step.is_skipped() {
        StepState::Skipped
    } else if step.ended_at.is_some() {
        StepState::Done
    } else if step.begun_at.is_some() {
        StepState::Running
    } else if passed {
        StepState::PassedOver
    } else if now_at > step.planned_at + ON_TIME_SECS {
        StepState::Late
    } else {
        StepState::Waiting
    }
}

/// How long a step takes: the median of the same task in earlier nights that ended, else as planned. Seconds, and of how many.
fn length(book: &Book, run: &Run, step: &RunStep) -> (i64, usize) {
    let counts = |other: &Run| {
        !other.drill
            && other.ended_at.is_some()
            && other.cancelled_because.is_empty()
            && other.planned_at < run.planned_at
    };
    let task = fold(&step.task);
    let mut took: Vec<i64> = book
        .run_steps
        .iter()
        .filter(|other| other.run != run.id && fold(&other.task) == task)
        .filter(|other| book.runs.get(other.run.0).is_some_and(counts))
        .filter_map(|other| Some(other.ended_at? - other.begun_at?))
        .collect();
    if took.is_empty() {
        return (step.minutes * 60, 0);
    }
    took.sort_unstable();
    (took[took.len() / 2], took.len())
}
