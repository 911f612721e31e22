//! Months: what is sealed never changes, what is not can be told from it, and nothing stops a seal but an unanswered exception.

mod close;
mod example;
mod input;
mod later;
mod paper;
mod property;
pub mod rig;
mod seal;
mod step;
mod trend;
