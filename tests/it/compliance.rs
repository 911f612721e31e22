//! Figures: the worked example, each rule as a sentence, and what must hold of any register.

pub mod example;
pub mod maker;
mod operation;
mod owing;
mod property;
mod report;
mod rules;
mod section;
mod undo;
