//! The papers of the month, from a register with real-looking content: what they say, and that they print.

pub mod book;
mod choice;
mod golden;
mod rules;
pub mod words;
