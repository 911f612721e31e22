//! Progress and cancel for anything that may take longer than 300 ms.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Where a long job stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What is being done, in the user's words: `Reading states.csv`.
    pub title: String,
    /// Units done.
    pub done: u64,
    /// Units in all; zero where unknown.
    pub total: u64,
}

/// The job was cancelled by the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Shared between a job and whoever watches it. Cheap to clone; the same call reports and asks whether to stop.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    stop: Arc<AtomicBool>,
    step: Arc<Mutex<Step>>,
}

impl Progress {
    /// Reports where the job stands.
    pub fn report(&self, title: &str, done: u64, total: u64) -> Result<(), Cancelled> {
        if let Ok(mut step) = self.step.lock() {
            if step.title != title {
                title.clone_into(&mut step.title);
            }
            step.done = done;
            step.total = total;
        }
        if self.stop.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// Asks the job to stop at its next report.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// The last report.
    pub fn step(&self) -> Step {
        self.step.lock().map(|step| step.clone()).unwrap_or_default()
    }
}
